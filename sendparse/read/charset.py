"""Bytes of a web page to text: byte order mark, then UTF-8 where it is UTF-8, then what the page declares, then windows-1252.

A page whose bytes are valid UTF-8 beyond ASCII is UTF-8, whatever it says: old templates declare ISO-8859-1 over newer
content. A stray byte in a UTF-8 page is read as windows-1252, which is where such bytes come from.
"""

from __future__ import annotations

import codecs
import re

from sendparse.read.sniff import decode_bom

_DECLARED = re.compile(rb"""<meta[^>]+charset\s*=\s*["']?\s*([a-z0-9_:.-]+)""", re.IGNORECASE)
_XML = re.compile(rb"""^\s*<\?xml[^>]+encoding\s*=\s*["']([a-z0-9_:.-]+)["']""", re.IGNORECASE)
_LATIN = frozenset({"iso8859-1", "ascii", "latin-1", "iso8859-15"})
_FAMILIES = ("utf-8", "cp", "iso8859", "ascii", "latin", "mac", "koi8", "gb", "big5", "shift", "euc")
_HEAD = 8192


def _stray(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeDecodeError):
        raise error
    piece = error.object[error.start : error.end]
    return piece.decode("windows-1252", "replace"), error.end


codecs.register_error("sendparse.stray", _stray)


def decode(data: bytes) -> str:
    """The text of a web page."""
    marked = decode_bom(data)
    if marked is not None:
        return marked
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        pass
    declared = _declared(data)
    if declared == "utf-8":
        return data.decode("utf-8", "sendparse.stray")
    return data.decode(declared or "windows-1252", "replace")


def _declared(data: bytes) -> str:
    """The codec that the page names, or an empty string where it names none that is known."""
    head = data[:_HEAD]
    found = _XML.search(head) or _DECLARED.search(head)
    if found is None:
        return ""
    try:
        name = codecs.lookup(found[1].decode("ascii")).name
    except LookupError:
        return ""
    # a page that says UTF-16 in letters of one byte is not UTF-16; Latin-1 on the web is windows-1252
    if not name.startswith(_FAMILIES):
        return ""
    return "windows-1252" if name in _LATIN else name
