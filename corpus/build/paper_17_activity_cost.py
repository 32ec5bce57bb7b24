"""Paper 17: activity and cost over two pages: boxes around sections instead of a grid, labels against the right edge, arrows as small pictures,
the heading again on page two beside an empty column, signs on a line of their own."""

from __future__ import annotations

import io

from PIL import Image, ImageDraw
from reportlab.lib.pagesizes import A4
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from printing import folder

WIDTH, HEIGHT = A4
PAGES = [
    [
        ("Activity (number)", [
            ("Requests for an EHC needs assessment", "688", "741", "+ 53", "up"),
            ("EHC plans issued", "402", "455", "+ 53", "up"),
            ("EHC plans ceased", "211", "236", "+ 25", "up"),
            ("EHC plans maintained at year end", "3,144", "3,363", "+ 219", "up"),
            ("Children placed outside the area", "182", "177", "- 5", "down"),
            ("Pupils with SEND given transport", "1,246", "1,310", "+ 64", "up"),
        ]),
        ("Performance (%)", [
            ("EHC plans issued within 20 weeks, excluding exceptions", "61.4", "58.0", "- 3.4", "down"),
            ("EHC plans issued within 20 weeks, including exceptions", "60.2", "57.1", "- 3.1", "down"),
            ("Plans with an annual review in the last 12 months", "78.0", "81.6", "+ 3.6", "up"),
            ("Annual review decisions sent within four weeks", "49.3", "49.3", "0.0", "flat"),
        ]),
    ],
    [
        ("Cost (£m)", [
            ("Independent special schools", "11.6", "13.2", "+ 1.6", "up"),
            ("Top-up funding, mainstream schools", "6.0", "5.5", "-|0.5", "down"),
            ("Top-up funding, special schools", "9.8", "10.4", "+ 0.6", "up"),
            ("Transport for pupils with SEND", "7.4", "7.1", "-|0.3", "down"),
            ("High needs block deficit in the year", "2.9", "4.4", "+ 1.5", "up"),
        ]),
        ("Unit cost (£)", [
            ("Average cost of an independent special school place", "58,310", "61,870", "+ 3,560", "up"),
            ("Average cost of SEND transport for each pupil", "5,939", "5,420", "- 519", "down"),
        ]),
    ],
]
HEAD = ["Measure", "2023/24", "2024/25", "Change", "Trend"]
RIGHT = [310, 375, 440, 500]


def arrow_picture(direction: str) -> ImageReader:
    """A small bitmap arrow, as pasted from an icon set."""
    image = Image.new("RGB", (32, 32), "white")
    pen = ImageDraw.Draw(image)
    pen.polygon([(16, 3), (28, 17), (20, 17), (20, 29), (12, 29), (12, 17), (4, 17)], fill=(45, 90, 160))
    image = image.rotate({"up": 0, "down": 180, "flat": -90}[direction], fillcolor="white")
    store = io.BytesIO()
    image.quantize(8).save(store, "PNG")
    store.seek(0)
    return ImageReader(store)


def table(canvas: Canvas, sections: list, top: float, *, surplus: bool) -> None:
    right = 575 if surplus else 545
    canvas.setLineWidth(0.8)
    canvas.rect(40, top - 22, right - 40, 22, stroke=1, fill=0)
    canvas.setFont("Helvetica-Bold", 10)
    for x, text in zip(RIGHT, HEAD, strict=False):
        canvas.drawRightString(x, top - 15, text)
    canvas.drawCentredString(523, top - 15, HEAD[4])
    if surplus:
        canvas.line(548, top, 548, top - 22)
    top -= 22
    for name, rows in sections:
        height = 22 + sum(34 if "|" in row[3] else 22 for row in rows) + 6
        canvas.rect(40, top - height, right - 40, height, stroke=1, fill=0)
        if surplus:
            canvas.line(548, top, 548, top - height)
        canvas.setFont("Helvetica-Bold", 10)
        canvas.drawString(46, top - 15, name)
        y = top - 22
        canvas.setFont("Helvetica", 10)
        for label, before, now, change, direction in rows:
            tall = 34 if "|" in change else 22
            middle = y - tall / 2 - 3
            for x, text in zip(RIGHT, (label, before, now), strict=False):
                canvas.drawRightString(x, middle, text)
            if "|" in change:
                sign, amount = change.split("|")
                canvas.drawRightString(RIGHT[3], middle + 6, sign)
                canvas.drawRightString(RIGHT[3], middle - 6, amount)
            else:
                canvas.drawRightString(RIGHT[3], middle, change)
            canvas.drawImage(arrow_picture(direction), 516, middle - 3, width=13, height=13)
            y -= tall
        top -= height


def draw() -> None:
    canvas = Canvas(str(folder("17-thornmoor-activity-cost") / "send-activity-and-cost-outturn-2024-25.pdf"), pagesize=A4, invariant=1)
    canvas.setTitle("SEND activity and cost: outturn 2024/25")
    canvas.setFont("Helvetica-Bold", 16)
    canvas.drawString(40, HEIGHT - 60, "Thornmoor Council")
    canvas.setFont("Helvetica", 12)
    canvas.drawString(40, HEIGHT - 80, "SEND activity and cost: outturn 2024/25")
    canvas.drawString(40, HEIGHT - 98, "Audit and Performance Panel, 9 July 2025")
    table(canvas, PAGES[0], HEIGHT - 125, surplus=False)
    canvas.setFont("Helvetica", 9)
    canvas.drawCentredString(WIDTH / 2, 36, "- 1 -")
    canvas.showPage()
    table(canvas, PAGES[1], HEIGHT - 60, surplus=True)
    canvas.setFont("Helvetica", 9)
    canvas.drawString(40, HEIGHT - 360, "Change is 2024/25 less 2023/24. All years are financial years.")
    canvas.drawCentredString(WIDTH / 2, 36, "- 2 -")
    canvas.save()


if __name__ == "__main__":
    draw()
