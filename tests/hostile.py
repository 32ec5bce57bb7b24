"""Files of strangers who mean no good, and files that went wrong on the way: made here, byte by byte."""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Callable
from functools import cache

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
SENTENCE = "In June 2024, 61.5% of EHC plans were issued within 20 weeks."
_FONT = b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>"


def pdf(*parts: bytes, end: bytes = b"trailer<</Root 1 0 R/Size 9>>\n") -> bytes:
    """A PDF of these objects, numbered from 1; the first is the catalogue. Without a table of their places."""
    body = b"".join(b"%d 0 obj%s endobj\n" % (number, part) for number, part in enumerate(parts, start=1))
    return b"%PDF-1.4\n" + body + end


def page(contents: int, font: int = 3, box: bytes = b"0 0 400 200", parent: int = 2) -> bytes:
    return b"<</Type/Page/Parent %d 0 R/MediaBox[%s]/Contents %d 0 R/Resources<</Font<</F %d 0 R>>>>>>" % (
        parent,
        box,
        contents,
        font,
    )


def drawing(content: bytes, filters: bytes = b"") -> bytes:
    return b"<</Length %d%s>>stream\n%s\nendstream" % (len(content), filters, content)


def says(text: str = SENTENCE) -> bytes:
    return drawing(b"BT /F 10 Tf 20 100 Td(%s)Tj ET" % text.encode())


CATALOGUE = b"<</Type/Catalog/Pages 2 0 R>>"


def many_pages(count: int) -> bytes:
    kids = b" ".join(b"%d 0 R" % (5 + number) for number in range(count))
    tree = b"<</Type/Pages/Count %d/Kids[%s]>>" % (count, kids)
    return pdf(CATALOGUE, tree, _FONT, says(), *[page(4)] * count)


def one_page(content: bytes, box: bytes = b"0 0 400 200") -> bytes:
    return pdf(CATALOGUE, b"<</Type/Pages/Count 1/Kids[5 0 R]>>", _FONT, content, page(4, box=box))


def deep_page_tree(depth: int) -> bytes:
    nodes = [
        b"<</Type/Pages/Count 1/Kids[%d 0 R]/Parent %d 0 R>>" % (number + 1 if number < depth + 3 else 2, number - 1)
        for number in range(4, depth + 4)
    ]
    nodes[-1] = page(3, font=3)
    return pdf(CATALOGUE, b"<</Type/Pages/Count 1/Kids[4 0 R]>>", says(), *nodes)


def cyclic_page_tree() -> bytes:
    tree = b"<</Type/Pages/Count 2/Kids[5 0 R 2 0 R]>>"
    return pdf(CATALOGUE, tree, _FONT, says(), page(4))


def deep_arrays(depth: int) -> bytes:
    return one_page(drawing(b"BT /F 10 Tf 20 100 Td " + b"[" * depth + b"(Hi)" + b"]" * depth + b" TJ ET"))


def deep_dictionaries(depth: int) -> bytes:
    return pdf(b"<</Type/Catalog/Pages 2 0 R/X " + b"<</A " * depth + b"1" + b">>" * depth + b">>", b"null")


@cache
def flate_bomb(megabytes: int, chained: int) -> bytes:
    content = b"BT /F 10 Tf 20 100 Td(%s)Tj ET\n" % SENTENCE.encode()
    packer = zlib.compressobj(9)
    packed = packer.compress(content)
    blank = b" " * (1 << 20)
    packed += b"".join(packer.compress(blank) for _ in range(megabytes)) + packer.flush()
    for _ in range(chained - 1):
        packed = zlib.compress(packed, 9)
    return one_page(drawing(packed, b"/Filter[" + b"/FlateDecode" * chained + b"]"))


def cyclic_form() -> bytes:
    form = drawing(b"/X Do", b"/Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources<</XObject<</X 4 0 R>>>>")
    only = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 400 200]/Contents 5 0 R/Resources<</XObject<</X 4 0 R>>>>>>"
    return pdf(CATALOGUE, b"<</Type/Pages/Count 1/Kids[6 0 R]>>", _FONT, form, drawing(b"/X Do"), only)


def form_bomb(depth: int, times: int) -> bytes:
    """Forms that each draw the next one several times."""
    forms = []
    for number in range(depth):
        head = b"/Type/XObject/Subtype/Form/BBox[0 0 99 99]/Resources<</XObject<</X %d 0 R>>>>" % (number + 6)
        forms.append(drawing(b"/X Do " * times, head))
    forms.append(drawing(b"0 0 9 9 re f", b"/Type/XObject/Subtype/Form/BBox[0 0 99 99]"))
    only = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 400 200]/Contents 3 0 R/Resources<</XObject<</X 5 0 R>>>>>>"
    return pdf(CATALOGUE, b"<</Type/Pages/Count 1/Kids[4 0 R]>>", drawing(b"/X Do " * times), only, *forms)


def wide_picture() -> bytes:
    """A picture that says it is 60,000 by 60,000 points."""
    head = b"/Type/XObject/Subtype/Image/Width 60000/Height 60000/ColorSpace/DeviceRGB/BitsPerComponent 8/Filter/FlateDecode"
    picture = drawing(zlib.compress(bytes(1 << 20)), head)
    only = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 400 200]/Contents 5 0 R/Resources<</XObject<</X 4 0 R>>>>>>"
    draw = drawing(b"q 400 0 0 200 0 0 cm /X Do Q")
    return pdf(CATALOGUE, b"<</Type/Pages/Count 1/Kids[6 0 R]>>", _FONT, picture, draw, only)


def many_rulings(count: int) -> bytes:
    lines = b"".join(b"%d %d m %d %d l S\n" % (n % 400, n % 199, n % 400 + 60, n % 199) for n in range(count))
    return one_page(drawing(lines + b"BT /F 10 Tf 20 100 Td(%s)Tj ET" % SENTENCE.encode()))


def many_words(count: int) -> bytes:
    words = b"".join(
        b"BT /F 2 Tf %d %d Td(%d%%)Tj ET\n" % (n % 97 * 4, n // 97 % 99 * 2, n % 100) for n in range(count)
    )
    return one_page(drawing(words))


def encrypted(**passwords: str) -> bytes:
    from reportlab.lib.pdfencrypt import StandardEncryption
    from reportlab.pdfgen.canvas import Canvas

    out = io.BytesIO()
    canvas = Canvas(out, encrypt=StandardEncryption(**passwords), invariant=True)
    canvas.drawString(50, 700, SENTENCE)
    canvas.save()
    return out.getvalue()


def two_pages() -> bytes:
    """A sound PDF with a table of places, whose second page stands near its end."""
    from reportlab.pdfgen.canvas import Canvas

    out = io.BytesIO()
    canvas = Canvas(out, invariant=True)
    for number in (1, 2):
        canvas.drawString(50, 700, f"Page {number}. {SENTENCE}")
        canvas.showPage()
    canvas.save()
    return out.getvalue()


# Word files


def word(body: str, head: str = "", **parts: bytes | str) -> bytes:
    document = f'<?xml version="1.0"?>{head}<w:document xmlns:w="{W}"><w:body>{body}</w:body></w:document>'
    return packed({"word/document.xml": document, **parts})


def packed(parts: dict[str, bytes | str]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return out.getvalue()


def paragraph(text: str = SENTENCE) -> str:
    return f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>"


@cache
def zip_bomb(megabytes: int, name: str = "word/document.xml") -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        if name != "word/document.xml":
            archive.writestr(
                "word/document.xml", f'<w:document xmlns:w="{W}"><w:body>{paragraph()}</w:body></w:document>'
            )
        with archive.open(name, "w") as part:
            part.write(f'<w:document xmlns:w="{W}"><w:body>'.encode())
            for _ in range(megabytes):
                part.write(b"<w:p/>" * (174_762))
            part.write(b"</w:body></w:document>")
    return out.getvalue()


def lying_zip() -> bytes:
    """The size that the archive states is far less than what it unpacks to."""
    data = bytearray(zip_bomb(50))
    at = data.rindex(b"PK\x01\x02")
    data[at + 24 : at + 28] = (1000).to_bytes(4, "little")
    return bytes(data)


def billion_laughs() -> str:
    names = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 10))
    return f'<!DOCTYPE x [<!ENTITY a0 "ha 61.5 ">{names}]>'


def external_entity(target: str) -> str:
    return f'<!DOCTYPE x [<!ENTITY s SYSTEM "{target}"> <!ENTITY % p SYSTEM "{target}"> %p;]>'


def travelling() -> bytes:
    return word(
        paragraph(), **{"../../../escaped.txt": "out", "/tmp/escaped-absolute.txt": "out", "word\\..\\..\\x.txt": "out"}
    )


def deep_word(depth: int) -> bytes:
    table = "<w:tbl><w:tr><w:tc>" * depth + paragraph() + "</w:tc></w:tr></w:tbl>" * depth
    return word(table)


def deep_runs(depth: int) -> bytes:
    return word("<w:p>" + "<w:smartTag>" * depth + "<w:r><w:t>5%</w:t></w:r>" + "</w:smartTag>" * depth + "</w:p>")


# Web pages


def html(body: str, head: str = "") -> bytes:
    return f"<!DOCTYPE html><html><head><title>x</title>{head}</head><body>{body}</body></html>".encode()


def deep_html(depth: int, tag: str = "div") -> bytes:
    return html(f"<p>{SENTENCE}</p>" + f"<{tag}>" * depth + f"<p>{SENTENCE}</p>" + f"</{tag}>" * depth)


_REMOTE = "http://192.0.2.1/x"

PAPERS: dict[str, tuple[Callable[[], bytes], str]] = {
    # name: how it is made, and the code of the problem it must give ("" where it is simply read)
    "empty.pdf": (lambda: b"", "empty_file"),
    "blank.pdf": (lambda: b" \n\x00" * 50, "empty_file"),
    "garbage.pdf": (lambda: b"%PDF-1.7\n" + bytes(range(256)) * 400, "damaged"),
    "noise.pdf": (lambda: bytes((n * 7919 + n // 251) % 251 for n in range(50_000)), "unknown_format"),
    "password.pdf": (lambda: encrypted(userPassword="open", ownerPassword="own"), "encrypted"),
    "owner.pdf": (lambda: encrypted(userPassword="", ownerPassword="own"), ""),
    "half.pdf": (lambda: many_pages(60)[:6000], "damaged"),
    "cut.pdf": (lambda: two_pages()[:-900], "damaged"),
    "no-end.pdf": (lambda: two_pages()[: two_pages().rindex(b"startxref")], ""),
    "pages-10000.pdf": (lambda: many_pages(10_000), "too_many_pages"),
    "huge-page.pdf": (lambda: one_page(says(), b"0 0 1000000 1000000"), "page_not_read"),
    "no-size.pdf": (lambda: one_page(says(), b"0 0 0 0"), ""),
    "deep-tree.pdf": (lambda: deep_page_tree(5000), "page_not_read"),
    "cyclic-tree.pdf": (cyclic_page_tree, ""),
    "deep-arrays.pdf": (lambda: deep_arrays(100_000), ""),
    "deep-dictionaries.pdf": (lambda: deep_dictionaries(100_000), "damaged"),
    "flate-bomb.pdf": (lambda: flate_bomb(200, 2), ""),
    "flate-chain.pdf": (lambda: flate_bomb(900, 3), ""),
    "cyclic-form.pdf": (cyclic_form, ""),
    "form-bomb.pdf": (lambda: form_bomb(10, 10), ""),
    "wide-picture.pdf": (wide_picture, ""),
    "rulings.pdf": (lambda: many_rulings(60_000), "page_too_complex"),
    "words.pdf": (lambda: many_words(20_000), ""),
    "bomb.docx": (lambda: zip_bomb(120), "too_large"),
    "bomb-styles.docx": (lambda: zip_bomb(120, "word/styles.xml"), "too_large"),
    "lying.docx": (lying_zip, "damaged"),
    "travel.docx": (travelling, ""),
    "entity.docx": (lambda: word(paragraph("a&s;b"), external_entity("file:///etc/hostname")), ""),
    "laughs.docx": (lambda: word(paragraph("&a9;"), billion_laughs()), "too_large"),
    "deep.docx": (lambda: deep_word(2000), "too_deep"),
    "deep-runs.docx": (lambda: deep_runs(5000), "too_deep"),
    "script.html": (
        lambda: html(f"<script>while(1){{}} document.write('99% of EHC plans')</script><p>{SENTENCE}</p>"),
        "",
    ),
    "attribute.html": (lambda: html(f"<p title='{'x' * 12_000_000}' class='{'nav ' * 500_000}'>{SENTENCE}</p>"), ""),
    "charset.html": (lambda: html(f"<p>{SENTENCE}</p><p>£5m \xa35m</p>", "<meta charset=utf-16>"), ""),
    "charset-odd.html": (lambda: html(f"<p>{SENTENCE}</p>", "<meta charset='hex'><meta charset='zlib'>"), ""),
    "deep.html": (lambda: deep_html(100_000), "too_deep"),
    "deep-tables.html": (lambda: deep_html(100_000, "table"), ""),
    "deep-lists.html": (lambda: deep_html(100_000, "ul"), "too_deep"),
    "laughs.html": ((billion_laughs() + f"<html><body><p>&a9; {SENTENCE}</p></body></html>").encode, ""),
    "remote.html": (
        lambda: html(
            f"<img src='{_REMOTE}.png'><script src='{_REMOTE}.js'></script><iframe src='{_REMOTE}'></iframe><p>{SENTENCE}</p>",
            f"<base href='{_REMOTE}/'><link rel=stylesheet href='{_REMOTE}.css'>",
        ),
        "",
    ),
    "binary.txt": (lambda: b"text\x00" * 1000, "unknown_format"),
    "one-line.txt": (lambda: (SENTENCE + " ").encode() * 2_000, ""),
    "no-space.txt": (lambda: b"7" * 2_000_000, "not_text"),
    "escapes.txt": (f"\x1b[2J\x1b]0;title\x07 {SENTENCE}\n".encode, ""),
}
