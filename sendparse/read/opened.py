"""A PDF that is open in pdfium, mended where its end is missing.

In: the bytes. Out: pdfium's handle of the file, until it is closed; UnreadablePaper where it cannot be opened.
"""

from __future__ import annotations

from types import TracebackType
from typing import Self

from sendparse.errors import UnreadablePaper
from sendparse.read import pdfium
from sendparse.read.mend import lost_its_end, with_an_end

AGAIN = "download it again, or open it in a PDF viewer and print it to a new PDF"
_LOCKED = (pdfium.PASSWORD_ERROR, pdfium.SECURITY_ERROR)


class Opened:
    """An open file. Raises UnreadablePaper (`encrypted`, `damaged`)."""

    def __init__(self, data: bytes, file: str) -> None:
        self.data = data  # pdfium reads on in the bytes for as long as the file is open
        self.handle = pdfium.load_document(data, len(data), None)
        error = 0 if self.handle else pdfium.last_error()
        whole = None if self.handle or error in _LOCKED else with_an_end(data)
        self.mended = whole is not None  # it had to be given a new end
        if whole is not None:
            self.data = whole
            self.handle = pdfium.load_document(whole, len(whole), None)
        if not self.handle:
            raise _refusal(error, data, file)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, where: TracebackType | None
    ) -> None:
        pdfium.close_document(self.handle)


def _refusal(error: int, data: bytes, file: str) -> UnreadablePaper:
    if error in _LOCKED:
        hint = "open it with its password and save a copy without one"
        return UnreadablePaper(file, "the file is protected by a password", hint, code="encrypted")
    cause = "the file is damaged: it begins like a PDF, but cannot be opened"
    if lost_its_end(data):
        cause = "the file is cut off: its end is missing, and no page of it can be read"
    return UnreadablePaper(file, cause, AGAIN, code="damaged")
