"""Reading a paper: a file becomes a Document, whatever its format.

In: a path, or the bytes of a file. Out: a Document (pages with words and lines for PDF; text, blocks and tables for HTML,
DOCX and TXT). The format is told from the content. Nothing here looks into the meaning of the words.
"""

from __future__ import annotations

import hashlib
from pathlib import Path

from sendparse.errors import InputError, UnreadablePaper
from sendparse.model import Document
from sendparse.read.sniff import sniff

__all__ = ["read_bytes", "read_document"]


def read_document(path: Path, *, file: str | None = None, ocr: bool = False) -> Document:
    """The paper at `path`. `file` is the name to keep for it (default: the path with forward slashes); `ocr`, whether
    pages of a PDF that are pictures of text are read, which takes the extra `ocr`.

    Raises UnreadablePaper, whose `code` is `empty_file`, `unknown_format`, `encrypted`, `damaged` or `too_large`, and
    InputError where there is no such file.
    """
    name = path.as_posix() if file is None else file
    try:
        if path.is_dir():
            hint = "read all papers in it with `sendparse batch FOLDER --out DATASET`, or name a file"
            raise InputError(name, "this is a folder, not a file", hint, code="no_such_file")
        if path.exists() and not path.is_file():  # it might never end
            cause = "this is a pipe, a socket or a device, not a file"
            raise InputError(name, cause, "write what it gives into a file, and name that", code="no_such_file")
        data = path.read_bytes()
    except (FileNotFoundError, IsADirectoryError, NotADirectoryError) as error:
        raise InputError(name, "there is no such file", "check the name", code="no_such_file") from error
    except OSError as error:
        reason = error.strerror or str(error)
        raise UnreadablePaper(
            name, f"the file cannot be opened: {reason}", "check that you may read it", code="not_opened"
        ) from error
    return read_bytes(data, file=name, ocr=ocr)


def read_bytes(data: bytes, *, file: str, ocr: bool = False) -> Document:
    """The paper whose bytes are `data`; `file` is the name to keep for it, `ocr` as above. Raises UnreadablePaper."""
    kind = sniff(data, file=file)
    document_id = hashlib.sha256(data).hexdigest()
    if kind == "pdf":
        from sendparse.read.pdf import read_pdf

        return read_pdf(data, document_id=document_id, file=file, ocr=ocr)
    if kind == "html":
        from sendparse.read.html import read_html

        return read_html(data, document_id=document_id, file=file)
    if kind == "docx":
        from sendparse.read.docx import read_docx

        return read_docx(data, document_id=document_id, file=file)
    from sendparse.read.txt import read_txt

    return read_txt(data, document_id=document_id, file=file)
