"""Telling a paper's format from its content: the suffix is not asked.

In: the bytes of a file. Out: `pdf`, `html`, `docx` or `txt`, or UnreadablePaper that names what the file is instead.
Council sites hand out web pages named .pdf and Word files without a suffix; what the first bytes say holds.
"""

from __future__ import annotations

import io
import re
import zipfile

from sendparse.errors import UnreadablePaper
from sendparse.model import Format

_HEAD = 4096
_HTML_START = re.compile(
    rb"\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|body|title|meta|link|script|style|header"
    rb"|nav|main|article|section|div|span|table|h[1-6]|p|ul|ol|a|font|center|form)\b",
    re.IGNORECASE | re.DOTALL,
)
_XML_WITH_HTML = re.compile(rb"<html[\s>]", re.IGNORECASE)
_BOMS = (
    (b"\xef\xbb\xbf", "utf-8-sig"),
    (b"\xff\xfe\x00\x00", "utf-32"),
    (b"\x00\x00\xfe\xff", "utf-32"),
    (b"\xff\xfe", "utf-16"),
    (b"\xfe\xff", "utf-16"),
)
_SAVE_AS_PDF = "open it and save it as PDF or DOCX, then run again on that file"
_KNOWN = "give a PDF, a web page (HTML), a Word file (DOCX) or plain text"
_FOREIGN = (
    # first bytes, what it is, what to try
    (b"{\\rtf", "a rich text file (RTF)", _SAVE_AS_PDF),
    (b"\xff\xd8\xff", "a JPEG picture", "run OCR over it first, so that it becomes a PDF with text"),
    (b"\x89PNG", "a PNG picture", "run OCR over it first, so that it becomes a PDF with text"),
    (b"GIF8", "a GIF picture", "run OCR over it first, so that it becomes a PDF with text"),
    (b"II*\x00", "a TIFF picture", "run OCR over it first, so that it becomes a PDF with text"),
    (b"MM\x00*", "a TIFF picture", "run OCR over it first, so that it becomes a PDF with text"),
    (b"\x1f\x8b", "a gzip archive", "unpack it and run again on the files inside"),
    (b"7z\xbc\xaf", "a 7-Zip archive", "unpack it and run again on the files inside"),
    (b"Rar!", "a RAR archive", "unpack it and run again on the files inside"),
    (b"%!PS", "a PostScript file", "turn it into a PDF first"),
)
_ZIPPED = (
    # a file or folder in the archive, what it is
    ("xl/", "an Excel workbook"),
    ("ppt/", "a PowerPoint file"),
    ("content.xml", "an OpenDocument file"),
)


def decode_bom(data: bytes) -> str | None:
    """The text, where a byte order mark says how it is written; else nothing."""
    for mark, name in _BOMS:
        if data.startswith(mark):
            return data.decode(name, "replace")
    return None


def sniff(data: bytes, *, file: str) -> Format:
    """The format of `data`. Raises UnreadablePaper (`empty_file`, `unknown_format`, `encrypted`, `damaged`)."""
    if not data.strip(b"\x00 \t\r\n"):
        cause = "the file has no content" if data else "the file is empty (0 bytes)"
        raise UnreadablePaper(file, cause, "download it again", code="empty_file")
    if b"%PDF-" in data[:1024]:
        return "pdf"
    if data.startswith(b"PK\x03\x04") or data.startswith(b"PK\x05\x06"):
        return _zipped(data, file)
    if data.startswith(b"\xd0\xcf\x11\xe0"):
        raise _old_office(data, file)
    for start, what, hint in _FOREIGN:
        if data.startswith(start):
            raise UnreadablePaper(file, f"this is {what}, which is not read", hint, code="unknown_format")
    return _text_or_html(data, file)


def _zipped(data: bytes, file: str) -> Format:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = archive.namelist()
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as error:
        cause = "the file is damaged: it begins like a Word file (a zip archive), but cannot be opened"
        raise UnreadablePaper(file, cause, "download it again", code="damaged") from error
    if any(name.replace("\\", "/").lower().startswith("word/") for name in names):
        return "docx"
    for start, what in _ZIPPED:
        if any(name.startswith(start) for name in names):
            raise UnreadablePaper(file, f"this is {what}, which is not read", _SAVE_AS_PDF, code="unknown_format")
    hint = "unpack it and run again on the files inside"
    raise UnreadablePaper(file, "this is a zip archive, which is not read", hint, code="unknown_format")


def _old_office(data: bytes, file: str) -> UnreadablePaper:
    if "EncryptedPackage".encode("utf-16-le") in data:
        hint = "open it with its password and save a copy without one"
        return UnreadablePaper(file, "the file is protected by a password", hint, code="encrypted")
    cause = "this is an Office file of the kind before 2007 (.doc, .xls, .ppt), which is not read"
    return UnreadablePaper(file, cause, _SAVE_AS_PDF, code="unknown_format")


def _text_or_html(data: bytes, file: str) -> Format:
    marked = decode_bom(data)
    head = (marked if marked is not None else data.decode("latin-1"))[: 4 * _HEAD].encode("utf-8", "replace")
    if _HTML_START.match(head) or (_XML_WITH_HTML.search(head) and head.lstrip().startswith(b"<")):
        return "html"
    if head[:512].lower().startswith(b"mime-version:") or b"\nMIME-Version: 1.0" in head[:512]:
        hint = "save the page as HTML or PDF and run again on that file"
        raise UnreadablePaper(file, "this is a mail or web archive, which is not read", hint, code="unknown_format")
    if head.lstrip().startswith(b"<?xml"):
        raise UnreadablePaper(file, "this is an XML file that is no web page", _KNOWN, code="unknown_format")
    if marked is None and _binary(data):
        raise UnreadablePaper(file, "the content is no format that is read here", _KNOWN, code="unknown_format")
    return "txt"


def _binary(data: bytes) -> bool:
    """Text has no NUL bytes and hardly a control character; a form feed is common, so is a lone escape."""
    sample = data[: 16 * _HEAD]
    if b"\x00" in sample:
        return True
    odd = sum(sample.count(bytes([code])) for code in range(32) if code not in (9, 10, 12, 13))
    return odd > max(2, len(sample) // 200)
