"""Paper 03: a quarterly report of KPI cards: boxed titles, ratings, arrows drawn as curves, charts that are pictures."""

from __future__ import annotations

from reportlab.lib.colors import HexColor
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Paragraph

from drawing import RAG, arrow, chart, dot
from printing import folder

WIDTH, HEIGHT = A4
BODY = ParagraphStyle("body", fontName="Helvetica", fontSize=10, leading=13)
SUMMARY = [
    ("EHC plans issued within 20 weeks (excluding exceptions)", "RED", "RED", "up"),
    ("Annual review decisions sent within 4 weeks of the meeting", "AMBER", "AMBER", "flat"),
    ("EHC needs assessments open for more than 20 weeks", "GREEN", "AMBER", "down"),
    ("Average cost of an independent or non-maintained special placement", "AMBER", "AMBER", "up"),
    ("EHC plans for each full-time equivalent case officer", "RED", "RED", "up"),
    ("Parents and carers satisfied with their child's new plan", "GREEN", "AMBER", "up"),
    ("Pupils with an EHC plan who are in mainstream schools", "AMBER", "AMBER", "flat"),
]
WIDE = [
    ("Percentage of Education, Health and Care Plans issued within 20 weeks (excluding exceptions)", "RED", "up", "41%", "60%", "50%", "36% (Red)", [22, 27, 31, 30, 36, 41], 60,
     "Between July and September 2025, 41% of new plans were issued within 20 weeks, exceptions left out. That is five percentage points more than in the quarter before and the best result since June 2024, "
     "but still well short of the target of 60%. The backlog team closed 212 older cases over the summer."),
    ("Percentage of annual review decisions sent within 4 weeks of the review meeting", "AMBER", "flat", "58%", "65%", "55%", "58% (Amber)", [49, 51, 55, 57, 58, 58], 65,
     "Performance is unchanged at 58%, three points above the floor. Just over 1,900 decision letters were sent in the quarter."),
    ("Number of EHC needs assessments open for more than 20 weeks", "GREEN", "down", "1,118", "1,200", "1,450", "1,306 (Amber)", [1690, 1612, 1544, 1420, 1306, 1118], 1200,
     "The number of assessments that have been open for more than 20 weeks fell to 1,118, down from 1,360 at the end of June and below the target of 1,200 for the first time."),
]
TILES = [
    ("Average annual cost of a placement in an independent or non-maintained special school", "AMBER", "up", "£64.3k", "£62.0k", "£66.0k", "£63.9k (Amber)"),
    ("Education, Health and Care Plans for each full-time equivalent case officer", "RED", "up", "231", "180", "210", "224 (Red)"),
    ("Parents and carers satisfied with the quality of their child's new plan", "GREEN", "up", "78%", "75%", "65%", "71% (Amber)"),
    ("Pupils with an Education, Health and Care Plan in mainstream schools", "AMBER", "flat", "40.9%", "42.0%", "38.0%", "40.9% (Amber)"),
]
NOTES = [
    "The average cost of a placement in the independent and non-maintained sector is £64,300 a year, £400 more than in Quarter 1.",
    "Caseloads went up to 231 for each case officer, against a target of 180; recruitment to 14 posts is under way.",
    "78% of parents and carers said they were satisfied with the new plan (71% in Quarter 1).",
]


def words(canvas: Canvas, text: str, x: float, top: float, width: float, style: ParagraphStyle = BODY) -> float:
    """Write a paragraph from its top edge and give back the height it took."""
    paragraph = Paragraph(text, style)
    _, height = paragraph.wrap(width, 1000)
    paragraph.drawOn(canvas, x, top - height)
    return height


def summary_page(canvas: Canvas) -> None:
    canvas.setFont("Helvetica-Bold", 18)
    canvas.drawString(56, HEIGHT - 80, "Northmere County Council")
    canvas.setFont("Helvetica-Bold", 14)
    canvas.drawString(56, HEIGHT - 104, "SEND Quarterly Performance Report")
    canvas.drawString(56, HEIGHT - 122, "Quarter 2, 2025/26 (July to September 2025)")
    words(canvas, "Cabinet Committee for Children, Young People and Education, 18 November 2025", 56, HEIGHT - 132, 480)
    words(canvas, "Each indicator is rated Green where the target has been met, Amber where the floor standard has been met but not the target, and Red where it has not. "
          "The arrow shows the direction of the result since the quarter before, whether or not that is an improvement. 'Previous' is the result for the quarter before.", 56, HEIGHT - 160, 480)
    top = HEIGHT - 240
    canvas.setFont("Helvetica-Bold", 10)
    canvas.drawString(60, top, "Indicator")
    for x, text in ((395, "This quarter"), (462, "Last quarter"), (527, "Direction")):
        canvas.drawCentredString(x, top, text)
    canvas.setLineWidth(1.2)
    canvas.line(56, top - 6, 555, top - 6)
    canvas.setFont("Helvetica", 9.5)
    for label, now, before, direction in SUMMARY:
        top -= 24
        canvas.drawString(60, top, label)
        dot(canvas, 395, top + 3, 6, now)
        dot(canvas, 462, top + 3, 6, before)
        arrow(canvas, 527, top + 3, 15, direction)
        canvas.setLineWidth(0.4)
        canvas.setStrokeColor(HexColor("#999999"))
        canvas.line(56, top - 8, 555, top - 8)
    canvas.setFont("Helvetica", 8)
    canvas.drawString(56, 40, "Northmere Insight Team | performance@northmere.example")
    canvas.drawRightString(555, 40, "1")
    canvas.showPage()


def title_box(canvas: Canvas, box: tuple[float, float, float, float], title: str, rating: str, direction: str) -> None:
    """The boxed title with its rating and arrow at the right."""
    x, y, width, height = box
    canvas.setStrokeColor(HexColor("#000000"))
    canvas.setLineWidth(0.8)
    canvas.setFillColor(HexColor("#E3E3E3"))
    canvas.rect(x, y, width - 56, height, stroke=1, fill=1)
    canvas.setFillColor(RAG[rating])
    canvas.rect(x + width - 56, y, 56, height, stroke=1, fill=1)
    canvas.setFillColor(HexColor("#FFFFFF" if rating == "RED" else "#000000"))
    canvas.setFont("Helvetica-Bold", 9)
    canvas.drawCentredString(x + width - 28, y + height - 11, rating)
    arrow(canvas, x + width - 28, y + 10, 15, direction)
    canvas.setFillColor(HexColor("#000000"))
    words(canvas, title, x + 5, y + height - 3, width - 66, ParagraphStyle("title", parent=BODY, fontName="Helvetica-Bold", fontSize=9.5, leading=11.5))


def wide_cards(canvas: Canvas) -> None:
    canvas.setFont("Helvetica-Bold", 13)
    canvas.drawString(56, HEIGHT - 60, "Key performance indicators")
    top = HEIGHT - 80
    for title, rating, direction, latest, target, floor, previous, values, line, note in WIDE:
        title_box(canvas, (56, top - 34, 490, 34), title, rating, direction)
        canvas.rect(56, top - 150, 490, 116, stroke=1, fill=0)
        canvas.drawImage(chart(values, target=line), 66, top - 146, width=400, height=108)
        for n, text in enumerate((f"Latest: {latest}", f"Target: {target}, Floor: {floor}", f"Previous: {previous}")):
            canvas.rect(56 + n * 490 / 3, top - 166, 490 / 3, 16, stroke=1, fill=0)
            canvas.setFont("Helvetica", 9.5)
            canvas.drawCentredString(56 + (n + 0.5) * 490 / 3, top - 162, text)
        used = words(canvas, note, 56, top - 172, 490)
        top -= 172 + used + 16
    canvas.setFont("Helvetica", 8)
    canvas.drawRightString(555, 40, "2")
    canvas.showPage()


def tiles(canvas: Canvas) -> None:
    canvas.setFont("Helvetica-Bold", 13)
    canvas.drawString(56, HEIGHT - 60, "Further indicators")
    for n, (title, rating, direction, latest, target, floor, previous) in enumerate(TILES):
        x, top = 56 + (n % 2) * 250, HEIGHT - 80 - (n // 2) * 190
        title_box(canvas, (x, top - 46, 238, 46), title, rating, direction)
        canvas.rect(x, top - 170, 238, 124, stroke=1, fill=0)
        for k, (name, value) in enumerate((("Latest", latest), ("Target", target), ("Floor standard", floor), ("Previous", previous))):
            y = top - 70 - k * 26
            canvas.setFont("Helvetica", 10)
            canvas.drawString(x + 14, y, name)
            canvas.setFont("Helvetica-Bold", 13 if k == 0 else 10)
            canvas.drawRightString(x + 222, y, value)
    top = HEIGHT - 80 - 2 * 190 - 10
    for note in NOTES:
        top -= words(canvas, note, 56, top, 490) + 8
    canvas.setFont("Helvetica", 8)
    canvas.drawRightString(555, 40, "3")
    canvas.showPage()


def draw() -> None:
    target = folder("03-northmere-kpi-cards") / "send-quarterly-performance-q2-2025-26.pdf"
    canvas = Canvas(str(target), pagesize=A4, invariant=1)
    canvas.setTitle("SEND Quarterly Performance Report Q2 2025/26")
    summary_page(canvas)
    wide_cards(canvas)
    tiles(canvas)
    canvas.save()


if __name__ == "__main__":
    draw()
