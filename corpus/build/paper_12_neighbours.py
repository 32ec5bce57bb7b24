"""Paper 12: a county's statistical-neighbour sheet: councils down, years across, no rules, white working figures beside the table, a chart of vectors.

The figures are the Department for Education's (EHC plans, reporting year 2025); the neighbours' averages are simple means.
"""

from __future__ import annotations

from reportlab.lib.colors import HexColor
from reportlab.lib.pagesizes import A4, landscape
from reportlab.pdfgen.canvas import Canvas

from printing import folder

WIDTH, HEIGHT = landscape(A4)
YEARS = ["2019", "2020", "2021", "2022", "2023", "2024"]
TIMELY = [
    ("926", "Norfolk", "7.3 20.5 53.5 x 42.6 56.3 +13.7"),
    ("908", "Cornwall", "94.4 95.8 90.9 26.2 1.6 7.0 +5.4"),
    ("830", "Derbyshire", "43.4 78.4 86.3 32.1 17.8 37.8 +20.0"),
    ("878", "Devon", "32.1 54.5 38.8 11.8 4.9 3.2 -1.7"),
    ("886", "Kent", "28.7 31.6 41.4 41.1 18.0 33.3 +15.3"),
    ("925", "Lincolnshire", "74.8 40.3 94.5 76.6 99.5 99.0 -0.5"),
    ("887", "Medway", "60.9 68.0 55.5 67.7 26.0 11.9 -14.1"),
    ("929", "Northumberland", "85.1 89.9 86.4 66.6 41.6 49.0 +7.4"),
    ("891", "Nottinghamshire", "85.2 98.0 43.7 4.5 32.3 37.5 +5.2"),
    ("933", "Somerset", "21.8 35.6 64.7 69.4 42.1 33.5 -8.6"),
    ("935", "Suffolk", "34.6 81.1 89.2 22.8 3.9 25.4 +21.5"),
    ("-", "Statistical neighbours average", "56.1 67.3 69.1 41.9 28.8 33.8 +5.0"),
    ("-", "East of England", "65.0 58.8 65.0 32.4 34.2 39.6 +5.4"),
    ("970", "England", "60.4 58.0 59.9 49.2 50.3 46.4 -3.9"),
]
PLANS = [
    ("Norfolk", "6,689 7,753 8,671 8,735 10,736 12,147"),
    ("Statistical neighbours average", "4,731 5,342 5,981 6,446 7,013 7,838"),
    ("East of England", "43,205 48,023 53,263 57,481 65,552 72,487"),
    ("England", "390,109 430,697 473,255 517,048 576,474 638,745"),
]
STOPS = [330, 390, 450, 510, 570, 630, 720]


def banner(canvas: Canvas, text: str, top: float, colour: str, size: float = 11) -> None:
    canvas.setFillColor(HexColor(colour))
    canvas.rect(40, top - 16, WIDTH - 80, 20, stroke=0, fill=1)
    canvas.setFillColor(HexColor("#FFFFFF"))
    canvas.setFont("Helvetica-Bold", size)
    canvas.drawCentredString(WIDTH / 2, top - 10, text)
    canvas.setFillColor(HexColor("#000000"))


def chart(canvas: Canvas, rows: dict[str, list[float | None]], top: float) -> None:
    """Lines drawn as vectors over a grid, as a spreadsheet prints its chart."""
    left, width, height = 470, 300, 110
    canvas.setLineWidth(0.4)
    canvas.setStrokeColor(HexColor("#BBBBBB"))
    for n in range(6):
        canvas.line(left, top - n * height / 5, left + width, top - n * height / 5)
        canvas.setFont("Helvetica", 6)
        canvas.drawRightString(left - 4, top - n * height / 5 - 2, f"{100 - n * 20}.0")
    for n, year in enumerate(YEARS):
        canvas.drawCentredString(left + 20 + n * 52, top - height - 9, year)
    for (name, values), colour in zip(rows.items(), ("#0B6E4F", "#3D5A98", "#222222"), strict=True):
        canvas.setStrokeColor(HexColor(colour))
        canvas.setLineWidth(1.2)
        points = [(left + 20 + n * 52, top - height + value * height / 100) for n, value in enumerate(values) if value is not None]
        for start, end in zip(points, points[1:], strict=False):
            canvas.line(*start, *end)
        canvas.setFillColor(HexColor(colour))
        canvas.drawString(left + 8 + list(rows).index(name) * 90, top - height - 22, name)
    canvas.setFillColor(HexColor("#000000"))
    canvas.setStrokeColor(HexColor("#000000"))


def draw() -> None:
    canvas = Canvas(str(folder("12-norfolk-neighbour-sheet") / "norfolk-ehcp-statistical-neighbours-2024.pdf"), pagesize=(WIDTH, HEIGHT), invariant=1)
    canvas.setTitle("Norfolk - statistical neighbour view")
    banner(canvas, "Norfolk County Council - Statistical neighbour view", HEIGHT - 40, "#173F5F", 13)
    banner(canvas, "EHC plans issued within 20 weeks, excluding exceptions (%)", HEIGHT - 64, "#3C7A89")
    canvas.setFillColor(HexColor("#FFFFFF"))
    canvas.setFont("Helvetica", 6)
    for n, text in enumerate(("LA code 926", "row 14", "check 0.563", "rank 3", "min 3.2", "max 99.0")):
        canvas.drawString(744, HEIGHT - 110 - 14 * n, text)
    canvas.setFillColor(HexColor("#000000"))
    y = HEIGHT - 102
    canvas.setFont("Helvetica-Bold", 8.5)
    canvas.drawString(52, y, "Code")
    canvas.drawString(96, y, "Local authority")
    for x, text in zip(STOPS, [*YEARS, "Change 2023 to 2024"], strict=True):
        canvas.drawRightString(x, y, text)
    for code, name, values in TIMELY:
        y -= 14 if name not in ("Cornwall", "Statistical neighbours average") else 20
        canvas.setFont("Helvetica-Bold" if name in ("Norfolk", "England", "Statistical neighbours average") else "Helvetica", 8.5)
        canvas.drawString(52, y, code)
        canvas.drawString(96, y, name)
        for x, text in zip(STOPS, values.split(), strict=True):
            canvas.drawRightString(x, y, text)
    banner(canvas, "EHC plans maintained, January", y - 22, "#3C7A89")
    y -= 52
    canvas.setFont("Helvetica-Bold", 8.5)
    for x, text in zip((210, 255, 300, 345, 390, 435), ("2020", "2021", "2022", "2023", "2024", "2025"), strict=True):
        canvas.drawRightString(x, y, text)
    chart(canvas, {"Norfolk": [7.3, 20.5, 53.5, None, 42.6, 56.3], "Neighbours": [56.1, 67.3, 69.1, 41.9, 28.8, 33.8], "England": [60.4, 58, 59.9, 49.2, 50.3, 46.4]}, y + 4)
    canvas.setFont("Helvetica", 8)
    for name, values in PLANS:
        y -= 15
        canvas.drawString(44, y, name)
        for x, text in zip((210, 255, 300, 345, 390, 435), values.split(), strict=True):
            canvas.drawRightString(x, y, text)
    canvas.setFont("Helvetica", 6.5)
    canvas.drawString(44, 44, "x: not available. The average is the simple mean of the ten statistical neighbours (May 2025 model).")
    canvas.drawString(44, 34, "Sample sheet written to test software; Norfolk County Council did not publish it. Figures: Department for Education, Education, health and care plans, under the Open Government Licence v3.0.")
    canvas.save()


if __name__ == "__main__":
    draw()
