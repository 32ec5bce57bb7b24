"""Paper 07: a report that was printed, signed and scanned: one page that is only a picture, a little askew, with speckles."""

from __future__ import annotations

import io
import random
import tempfile
from pathlib import Path

import pypdfium2
from PIL import Image, ImageFilter
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from printing import folder, office_to_pdf
from word import new_document, widths, write

HEAD = ["Indicator", "2016/17", "2017/18", "2018/19"]
ROWS = [
    ("New EHC plans issued", "164", "181", "203"),
    ("Plans issued within 20 weeks", "71%", "66%", "62%"),
    ("Statements transferred to EHC plans", "312", "287", "0"),
    ("Plans maintained at 31 March", "1,215", "1,298", "1,407"),
    ("Appeals to the Tribunal", "9", "14", "17"),
    ("Placements out of city", "58", "63", "71"),
]
TEXT = [
    "Members will recall that all statements of special educational needs had to be transferred by 31 March 2018. That work was finished on time.",
    "62% of new plans were issued within 20 weeks in 2018/19, against a target of 80%. The caseload grew by 8.4% in the year to 1,407 plans.",
    "Recommendation: that the Board notes the report.",
]


def page() -> Image.Image:
    """The page as the office printed it, before it met the scanner."""
    document = new_document(font="Liberation Serif", size=12)
    document.add_heading("FENHOLME CITY COUNCIL", 1)
    document.add_paragraph("Children's Trust Board, 12 June 2019\nAgenda item 6: SEND annual report 2018/19")
    table = document.add_table(rows=1, cols=4)
    table.style = "Table Grid"
    for cell, text in zip(table.rows[0].cells, HEAD, strict=True):
        write(cell, text, size=11, bold=True)
    for entry in ROWS:
        for cell, text in zip(table.add_row().cells, entry, strict=True):
            write(cell, text, size=11)
    widths(table, [7.5, 3, 3, 3])
    document.add_paragraph()
    for text in TEXT:
        document.add_paragraph(text)
    with tempfile.TemporaryDirectory() as scratch:
        source = Path(scratch) / "page.docx"
        document.save(source)
        office_to_pdf(source, Path(scratch) / "page.pdf")
        with pypdfium2.PdfDocument(Path(scratch) / "page.pdf") as pdf:
            return pdf[0].render(scale=120 / 72, grayscale=True).to_pil().convert("L")


def draw() -> None:
    rough = random.Random(7)
    image = page().rotate(0.9, resample=Image.Resampling.BICUBIC, fillcolor=252)
    pixels = image.load()
    for _ in range(900):
        pixels[rough.randrange(image.width), rough.randrange(image.height)] = rough.choice((90, 140, 180))
    for y in range(image.height):
        pixels[6, y] = 170
    image = image.filter(ImageFilter.GaussianBlur(0.5))
    store = io.BytesIO()
    image.save(store, "JPEG", quality=38)
    store.seek(0)
    target = folder("07-fenholme-scan") / "send-annual-report-2019-scan.pdf"
    canvas = Canvas(str(target), pagesize=(595.28, 841.89), invariant=1)
    canvas.drawImage(ImageReader(store), 0, 0, width=595.28, height=841.89)
    canvas.save()


if __name__ == "__main__":
    draw()
