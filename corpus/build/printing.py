"""Turning what the drawing scripts make into what councils publish: office files and web pages to PDF."""

from __future__ import annotations

import shutil
import subprocess
import tempfile
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


def web_page_to_pdf(source: Path, target: Path) -> None:
    """Print a web page as Chromium prints it."""
    with tempfile.TemporaryDirectory() as scratch:
        subprocess.run(
            ["chromium", "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
             "--disable-background-networking", "--disable-component-update", "--disable-sync",
             f"--user-data-dir={scratch}", f"--print-to-pdf={target}", source.as_uri()],
            check=True, capture_output=True, timeout=180,
        )
