"""The review server: the report's files and three addresses for decisions, for browsers on this machine only.

It listens on the loopback address. Whatever asks must name this server as its host, so that no foreign name can be bent
to it; whatever reads or writes decisions must bring the token that was printed at the start, and a write must come from
a page of this server.
"""

from __future__ import annotations

import json
import secrets
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from sendparse.errors import SendparseError
from sendparse.publish.report.pages import content_policy
from sendparse.publish.review.desk import Desk

LOOPBACK = "127.0.0.1"
TOKEN_HEADER = "X-Sendparse-Token"
_MOST = 64_000  # bytes of a decision
_TYPES = {
    ".html": "text/html; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".json": "application/json",
    ".csv": "text/csv; charset=utf-8",
    ".svg": "image/svg+xml",
    ".jpg": "image/jpeg",
    ".txt": "text/plain; charset=utf-8",
}


class Refused(Exception):
    """A request that is not answered, with the status that says why."""

    def __init__(self, status: HTTPStatus, why: str) -> None:
        super().__init__(why)
        self.status = status


class ReviewServer(ThreadingHTTPServer):
    """Serves a report's folder and a desk. `address` is what a reviewer opens; it holds the token."""

    daemon_threads = True

    def __init__(self, folder: Path, desk: Desk, port: int = 0) -> None:
        super().__init__((LOOPBACK, port), _Handler)
        self.folder = folder.resolve()
        self.desk = desk
        self.token = secrets.token_urlsafe(24)
        number = self.server_address[1]
        self.hosts = frozenset({f"{LOOPBACK}:{number}", f"localhost:{number}"})

    @property
    def address(self) -> str:
        """The token stands behind a #, so that no log and no other page gets to see it."""
        return f"http://{LOOPBACK}:{self.server_address[1]}/index.html#token={self.token}"


class _Handler(BaseHTTPRequestHandler):
    server: ReviewServer
    protocol_version = "HTTP/1.1"
    server_version = "sendparse"
    sys_version = ""
    timeout = 30

    def do_GET(self) -> None:
        """A file of the report, or the state of the desk."""
        self._answer(self._get)

    def do_HEAD(self) -> None:
        """The same without its body."""
        self._answer(self._get)

    def do_POST(self) -> None:
        """A decision."""
        self._answer(self._post)

    def log_message(self, format: str, *args: Any) -> None:
        """The library never prints."""

    def _answer(self, work: Any) -> None:
        try:
            self._prove_host()
            kind, body = work()
            self._send(HTTPStatus.OK, kind, body)
        except Refused as refused:
            self.close_connection = True  # what was sent along may not have been read
            self._send_json(refused.status, {"error": str(refused)})
        except SendparseError as error:
            self._send_json(HTTPStatus.UNPROCESSABLE_ENTITY, {"error": str(error)})

    def _get(self) -> tuple[str, bytes]:
        path = unquote(urlsplit(self.path).path)
        if path == "/api/state":
            self._prove_token()
            return _TYPES[".json"], _json(self.server.desk.state())
        if path.startswith("/api/figure/"):
            self._prove_token()
            return _TYPES[".json"], _json(self.server.desk.figure(path.removeprefix("/api/figure/")))
        return self._file(path)

    def _post(self) -> tuple[str, bytes]:
        if urlsplit(self.path).path != "/api/decide":
            raise Refused(HTTPStatus.NOT_FOUND, "there is nothing here")
        self._prove_origin()
        self._prove_token()
        if self.headers.get_content_type() != "application/json":
            raise Refused(HTTPStatus.UNSUPPORTED_MEDIA_TYPE, "a decision is JSON")
        return _TYPES[".json"], _json(self.server.desk.decide(self._body()))

    def _body(self) -> Any:
        length = self.headers.get("Content-Length", "")
        if not length.isdigit():
            raise Refused(HTTPStatus.LENGTH_REQUIRED, "the length is missing")
        if int(length) > _MOST:
            raise Refused(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, "the decision is too long")
        try:
            return json.loads(self.rfile.read(int(length)))
        except (ValueError, RecursionError) as error:
            raise Refused(HTTPStatus.BAD_REQUEST, "the decision is no JSON") from error

    def _prove_host(self) -> None:
        """A page elsewhere may bend its own name to this address; it cannot make the browser say another name."""
        if self.headers.get_all("Host") is None or self.headers.get("Host", "").lower() not in self.server.hosts:
            raise Refused(HTTPStatus.MISDIRECTED_REQUEST, "this server answers only to its own address")

    def _prove_token(self) -> None:
        given = self.headers.get(TOKEN_HEADER, "")
        if not secrets.compare_digest(given.encode("utf-8", "replace"), self.server.token.encode()):
            raise Refused(HTTPStatus.FORBIDDEN, "the token is missing or wrong: open the address that was printed")

    def _prove_origin(self) -> None:
        own = {f"http://{host}" for host in self.server.hosts}
        if self.headers.get("Origin") not in own or self.headers.get("Sec-Fetch-Site", "same-origin") != "same-origin":
            raise Refused(HTTPStatus.FORBIDDEN, "a decision must come from a page of this server")

    def _file(self, path: str) -> tuple[str, bytes]:
        name = path.lstrip("/") or "index.html"
        if "\0" in name or "\\" in name:
            raise Refused(HTTPStatus.NOT_FOUND, "there is nothing here")
        target = (self.server.folder / name).resolve()
        kind = _TYPES.get(target.suffix)
        if kind is None or not target.is_relative_to(self.server.folder) or not target.is_file():
            raise Refused(HTTPStatus.NOT_FOUND, "there is nothing here")
        return kind, target.read_bytes()

    def _send_json(self, status: HTTPStatus, content: object) -> None:
        self._send(status, _TYPES[".json"], _json(content))

    def _send(self, status: HTTPStatus, kind: str, body: bytes) -> None:
        self.send_response(status)
        for name, value in {
            "Content-Type": kind,
            "Content-Length": str(len(body)),
            "Content-Security-Policy": content_policy(review=True) + "; frame-ancestors 'none'",
            "X-Content-Type-Options": "nosniff",
            "X-Frame-Options": "DENY",
            "Cross-Origin-Resource-Policy": "same-origin",
            "Cross-Origin-Opener-Policy": "same-origin",
            "Referrer-Policy": "no-referrer",
            "Cache-Control": "no-store",
        }.items():
            self.send_header(name, value)
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)


def _json(content: object) -> bytes:
    return json.dumps(content, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "backslashreplace")
