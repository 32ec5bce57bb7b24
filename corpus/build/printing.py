"""Turning what the drawing scripts make into what councils publish: office files and web pages to PDF."""

from __future__ import annotations

import functools
import http.server
import os
import shutil
import subprocess
import tempfile
import threading
from pathlib import Path

CORPUS = Path(__file__).resolve().parent.parent


def folder(name: str) -> Path:
    """The paper's folder in the corpus, made if need be."""
    place = CORPUS / name
    place.mkdir(exist_ok=True)
    return place


def office_to_pdf(source: Path, target: Path) -> None:
    """Print a Word or Excel file as LibreOffice prints it."""
    with tempfile.TemporaryDirectory() as scratch:
        subprocess.run(
            ["soffice", f"-env:UserInstallation=file://{scratch}/profile", "--headless", "--convert-to", "pdf",
             "--outdir", scratch, str(source)],
            check=True, capture_output=True, timeout=180,
        )
        shutil.copyfile(Path(scratch) / (source.stem + ".pdf"), target)


class _Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, *_: object) -> None:
        """Say nothing."""


def web_page_to_pdf(source: Path, target: Path, address: str) -> None:
    """Print a web page as Chromium prints it from `address`, a host under .example that exists only for the print."""
    host = address.split("/")[2]
    handler = functools.partial(_Quiet, directory=str(source.parent))
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server, tempfile.TemporaryDirectory() as scratch:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        subprocess.run(
            ["chromium", "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
             "--disable-background-networking", "--disable-component-update", "--disable-sync", "--lang=en-GB",
             f"--host-resolver-rules=MAP {host} 127.0.0.1:{server.server_port}",
             f"--user-data-dir={scratch}", f"--print-to-pdf={target}", f"{address}/{source.name}"],
            check=True, capture_output=True, timeout=180, env={**os.environ, "LANGUAGE": "en_GB", "TZ": "Europe/London"},
        )
        server.shutdown()
