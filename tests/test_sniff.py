"""The format of a file is told from its content, and what is no paper is called by its name."""

from __future__ import annotations

import io
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from sendparse.errors import InputError, UnreadablePaper
from sendparse.read import read_bytes, read_document
from sendparse.read.sniff import sniff


def zipped(*names: str) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name in names:
            archive.writestr(name, "x")
    return out.getvalue()


FORMATS = [
    # content, format, why it is here
    (b"%PDF-1.7\n...", "pdf", "a PDF"),
    (b"\xef\xbb\xbf\r\nHTTP junk\n%PDF-1.4", "pdf", "a PDF with something before it"),
    (zipped("[Content_Types].xml", "word/document.xml"), "docx", "a Word file"),
    (zipped("word\\document.xml"), "docx", "a Word file packed on Windows"),
    (b"<!DOCTYPE html><html>", "html", "a web page"),
    (b"\n  <!-- x --><!-- y -->\n<HTML>", "html", "a web page after comments"),
    (b'<?xml version="1.0"?>\n<!DOCTYPE html PUBLIC "x"><html>', "html", "XHTML"),
    (b"<div><p>27%</p></div>", "html", "a piece of a web page"),
    ("<html>".encode("utf-16"), "html", "a web page in UTF-16"),
    (b"Timeliness was 68.5%.\n", "txt", "text"),
    ("£19.4m\n".encode("windows-1252"), "txt", "text in windows-1252"),
    ("68.5%".encode("utf-16"), "txt", "text in UTF-16 with its mark"),
    (b"Fewer than <5 plans, p < 0.05\n", "txt", "text with a sign that tags have"),
    (b"page one\x0cpage two", "txt", "text with a form feed"),
]


@pytest.mark.parametrize(("data", "expected"), [case[:2] for case in FORMATS], ids=[case[2] for case in FORMATS])
def test_formats(data: bytes, expected: str) -> None:
    assert sniff(data, file="x") == expected


REFUSED = [
    # content, code, a word that the message must hold, why it is here
    (b"", "empty_file", "empty", "no bytes"),
    (b" \n\t\r\n", "empty_file", "no content", "white space"),
    (bytes(4096), "empty_file", "no content", "a file of zeros, as a broken download leaves it"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "unknown_format", ".doc", "an old Word file"),
    (
        b"\xd0\xcf\x11\xe0" + bytes(9) + "EncryptedPackage".encode("utf-16-le"),
        "encrypted",
        "password",
        "a Word file with one",
    ),
    (zipped("xl/workbook.xml"), "unknown_format", "Excel", "a workbook"),
    (zipped("ppt/presentation.xml"), "unknown_format", "PowerPoint", "slides"),
    (zipped("content.xml"), "unknown_format", "OpenDocument", "an OpenDocument file"),
    (zipped("papers/a.pdf"), "unknown_format", "zip", "a folder of papers"),
    (zipped("word/document.xml")[:40], "damaged", "damaged", "a Word file cut off"),
    (b"{\\rtf1 x}", "unknown_format", "rich text", "RTF"),
    (b"\xff\xd8\xff\xe0\x00\x10JFIF", "unknown_format", "JPEG", "a photograph"),
    (b"\x89PNG\r\n\x1a\n\x00", "unknown_format", "PNG", "a screenshot"),
    (b"MIME-Version: 1.0\nContent-Type: multipart/related", "unknown_format", "archive", "a saved web archive"),
    (b"<?xml version='1.0'?><rss/>", "unknown_format", "XML", "a feed"),
    (b"text, then\x00 what text never holds", "unknown_format", "no format", "a zero byte in the midst"),
    (bytes(range(256)) * 8, "unknown_format", "no format", "anything else"),
]


@pytest.mark.parametrize(("data", "code", "says"), [case[:3] for case in REFUSED], ids=[case[3] for case in REFUSED])
def test_what_is_no_paper_is_called_by_its_name(data: bytes, code: str, says: str) -> None:
    with pytest.raises(UnreadablePaper) as caught:
        sniff(data, file="papers/x.pdf")
    assert caught.value.code == code
    assert says in caught.value.problem
    assert caught.value.hint
    assert str(caught.value).startswith("papers/x.pdf: ")


def test_the_suffix_is_not_asked(tmp_path: Path) -> None:
    path = tmp_path / "påper – 'final' (2) #3.PDF"
    path.write_bytes(b"<html><body><p>Timeliness was 68.5%.</p></body></html>")
    document = read_document(path)
    assert (document.format, document.text) == ("html", "Timeliness was 68.5%.")
    assert document.file == path.as_posix()
    assert read_document(path, file="as given").file == "as given"


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    for path in (tmp_path / "none.pdf", tmp_path):
        with pytest.raises(InputError):
            read_document(path)


def test_the_id_is_the_content() -> None:
    one, same, other = (read_bytes(b"<p>%d</p>" % n, file=str(n)) for n in (1, 1, 2))
    assert one.document_id == same.document_id != other.document_id


LOADED = "import sys; from sendparse.read import read_bytes; read_bytes({}, file='a'); print(*sys.modules)"


@pytest.mark.parametrize(
    ("data", "unwanted"),
    [
        (b"Timeliness was 68.5%.", {"lxml", "pypdfium2", "spacy", "pandas", "camelot", "pdfplumber"}),
        (b"<html><p>68.5%</p></html>", {"pypdfium2", "spacy", "pandas", "camelot", "pdfplumber"}),
    ],
    ids=["text", "html"],
)
def test_a_format_loads_only_what_it_needs(data: bytes, unwanted: set[str]) -> None:
    run = subprocess.run([sys.executable, "-c", LOADED.format(data)], capture_output=True, text=True, check=True)
    assert not unwanted & set(run.stdout.split())
