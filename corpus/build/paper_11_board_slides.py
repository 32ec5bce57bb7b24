"""Paper 11: a partnership board's data pack as slides: tiles with one big figure, small tables with few rules, footnotes in tiny type."""

from __future__ import annotations

from reportlab.lib.colors import HexColor
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Paragraph

from drawing import chart, dot, triangle
from printing import folder

WIDTH, HEIGHT = 960, 540
BULLET = ParagraphStyle("bullet", fontName="Helvetica", fontSize=14, leading=18, leftIndent=14, bulletIndent=0)
TILES = [
    ("3,046", "children and young people with an EHC plan", "up 11% on September 2024", "up"),
    ("73%", "of new plans issued on time in September 2025*", "Target 75%", "up"),
    ("352", "annual reviews overdue", "Target: fewer than 200", "down"),
    ("£8.4m", "forecast high needs overspend 2025/26", "£7.6m forecast in July", "up"),
    ("86", "tribunal appeals still open", "no target", "flat"),
    ("4.5", "FTE case officer posts vacant", "9.0 FTE in September 2024", "down"),
]
MONTHS = ["Apr", "May", "Jun", "Jul", "Aug", "Sep"]
ROWS = [
    ("Requests for assessment", ["41", "52", "57", "63", "22", "48"], "", "up"),
    ("Plans issued", ["28", "31", "35", "42", "30", "33"], "", "up"),
    ("% issued within 20 weeks*", ["61", "58", "63", "67", "70", "73"], "AMBER", "up"),
    ("Annual reviews overdue", ["412", "405", "391", "376", "380", "352"], "RED", "down"),
    ("Children in EOTAS packages", ["58", "60", "60", "57", "57", "59"], "", "up"),
    ("Mediation cases open", ["17", "15", "14", "18", "<5", "12"], "GREEN", "up"),
]
BULLETS = [
    "We received 283 requests between April and September 2025, 14% more than in the same six months of 2024 (248).",
    "July 2025 was the busiest month, with 63.",
    "On average 33 plans were issued each month.",
    "73% of plans issued in September 2025 were on time. This has gone up for four months in a row.",
    "Overdue annual reviews fell from 412 in April 2025 to 376 in September 2025.",
    "59 children are now in EOTAS packages; at the start of the year it was 51.",
]
PLACES = [
    ("Mainstream school", "1,061 (38.7%)", "1,204 (39.5%)"),
    ("Resourced provision", "141 (5.1%)", "163 (5.4%)"),
    ("Special school", "942 (34.3%)", "1,012 (33.2%)"),
    ("Independent or non-maintained special", "131 (4.8%)", "148 (4.9%)"),
    ("College or other post-16", "352 (12.8%)", "385 (12.6%)"),
    ("Educated elsewhere", "117 (4.3%)", "134 (4.4%)"),
    ("All plans", "2,744", "3,046"),
]
PLACE_NOTES = [
    "The share of plans in mainstream schools rose by 0.8 percentage points in a year.",
    "Placements in independent and non-maintained special schools rose by 13%, from 131 to 148.",
    "A special school place costs us £24,800 a year on average, an independent one £68,500.",
]


def frame(canvas: Canvas, title: str, number: int, note: str) -> None:
    canvas.setFillColor(HexColor("#12355B"))
    canvas.rect(0, HEIGHT - 64, WIDTH, 64, stroke=0, fill=1)
    canvas.setFillColor(HexColor("#FFFFFF"))
    canvas.setFont("Helvetica-Bold", 24)
    canvas.drawString(36, HEIGHT - 42, title)
    canvas.setFillColor(HexColor("#444444"))
    canvas.setFont("Helvetica", 5.2)
    canvas.drawString(36, 20, note)
    canvas.setFont("Helvetica", 9)
    canvas.drawRightString(WIDTH - 30, 18, str(number))
    canvas.setFillColor(HexColor("#000000"))


def bullets(canvas: Canvas, texts: list[str], x: float, top: float, width: float) -> None:
    for text in texts:
        paragraph = Paragraph(text, BULLET, bulletText="•")
        _, height = paragraph.wrap(width, 500)
        paragraph.drawOn(canvas, x, top - height)
        top -= height + 9


def tiles(canvas: Canvas) -> None:
    frame(canvas, "SEND Partnership Board: headlines", 1, "* Plans issued in the month, exceptions excluded. September figures are provisional. Extracted on 06.10.2025.")
    canvas.setFont("Helvetica", 13)
    canvas.drawString(36, HEIGHT - 90, "Stourhaven Council and NHS Stourhaven | Board meeting 16 October 2025 | position at 30 September 2025")
    for n, (value, label, below, direction) in enumerate(TILES):
        x, y = 36 + (n % 3) * 302, 270 - (n // 3) * 205
        canvas.setFillColor(HexColor("#EAF1F8"))
        canvas.roundRect(x, y, 284, 160, 8, stroke=0, fill=1)
        canvas.setFillColor(HexColor("#12355B"))
        canvas.setFont("Helvetica-Bold", 44)
        canvas.drawString(x + 18, y + 102, value)
        triangle(canvas, x + 252, y + 118, 22, direction, "#12355B")
        canvas.setFillColor(HexColor("#000000"))
        canvas.setFont("Helvetica", 12.5)
        canvas.drawString(x + 18, y + 72, label)
        canvas.setFont("Helvetica-Oblique", 11)
        canvas.drawString(x + 18, y + 40, below)
    canvas.showPage()


def months(canvas: Canvas) -> None:
    frame(canvas, "Demand and timeliness, April to September 2025", 2,
          "* Plans issued in the month, exceptions excluded. <5: number below five, not shown. Arrows compare September with August. Rated only where there is a target.")
    top = HEIGHT - 110
    canvas.setFont("Helvetica-Bold", 11)
    for n, month in enumerate(MONTHS):
        canvas.drawRightString(250 + n * 42, top, month)
    canvas.drawCentredString(500, top, "RAG")
    canvas.setLineWidth(1.2)
    canvas.line(36, top - 7, 560, top - 7)
    for label, values, rating, direction in ROWS:
        top -= 34
        canvas.setFont("Helvetica", 12)
        canvas.drawString(36, top, label)
        for n, value in enumerate(values):
            canvas.drawRightString(250 + n * 42, top, value)
        if rating:
            dot(canvas, 500, top + 4, 8, rating)
        triangle(canvas, 540, top + 4, 13, direction, "#333333")
    canvas.line(36, top - 12, 560, top - 12)
    canvas.drawImage(chart([61, 58, 63, 67, 70, 73], target=75, labels=tuple(MONTHS)), 60, 70, width=440, height=136)
    bullets(canvas, BULLETS, 600, HEIGHT - 96, 320)
    canvas.showPage()


def places(canvas: Canvas) -> None:
    frame(canvas, "Where children with a plan learn", 3, "Percentages are of all plans maintained by Stourhaven and may not add up to 100 because of rounding.")
    left, top = 36, HEIGHT - 96
    canvas.setFillColor(HexColor("#D5E3F0"))
    canvas.rect(left, top - 28, 520, 28, stroke=0, fill=1)
    canvas.setFillColor(HexColor("#000000"))
    canvas.setFont("Helvetica-Bold", 13)
    canvas.drawString(left + 8, top - 19, "Setting")
    canvas.drawCentredString(left + 340, top - 19, "Sept 2024")
    canvas.drawCentredString(left + 455, top - 19, "Sept 2025")
    y = top - 28
    for n, (label, before, now) in enumerate(PLACES):
        y -= 34
        if n % 2:
            canvas.setFillColor(HexColor("#F1F5F9"))
            canvas.rect(left, y - 11, 520, 34, stroke=0, fill=1)
            canvas.setFillColor(HexColor("#000000"))
        canvas.setFont("Helvetica-Bold" if n == len(PLACES) - 1 else "Helvetica", 13)
        canvas.drawString(left + 8, y, label)
        canvas.drawCentredString(left + 340, y, before)
        canvas.drawCentredString(left + 455, y, now)
    bullets(canvas, PLACE_NOTES, 600, HEIGHT - 96, 320)
    canvas.showPage()


def draw() -> None:
    canvas = Canvas(str(folder("11-stourhaven-board-slides") / "send-partnership-board-data-pack-october-2025.pdf"), pagesize=(WIDTH, HEIGHT), invariant=1)
    canvas.setTitle("SEND Partnership Board data pack October 2025")
    tiles(canvas)
    months(canvas)
    places(canvas)
    canvas.save()


if __name__ == "__main__":
    draw()
