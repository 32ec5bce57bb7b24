"""Paper 10: a schools forum finance report: one table in thousands with bracketed negatives and subtotals under few rules, two small tables side by side."""

from __future__ import annotations

from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Paragraph

from printing import folder

WIDTH, HEIGHT = A4
BODY = ParagraphStyle("body", fontName="Times-Roman", fontSize=11, leading=14, leftIndent=30, firstLineIndent=-30)
TEXT = [
    ("1. Summary", [
        "1.1&nbsp;&nbsp;&nbsp;&nbsp;The high needs block is forecast to overspend by £9.3m in 2024/25, against the £8.1m reported to the Forum at Quarter 2. The forecast rests on actual spend of £48.7m to 31 December 2024.",
        "1.2&nbsp;&nbsp;&nbsp;&nbsp;The main pressure is independent and non-maintained special schools, where we expect to spend £18.9m in 2024/25, some £4.6m (32%) more than the budget of £14.3m. The number of pupils placed there went from 212 in December 2023 to 251 in December 2024, and a place now costs £71.4k on average.",
        "1.3&nbsp;&nbsp;&nbsp;&nbsp;Top-ups for mainstream schools are expected to be £1.1m over budget at year end. Further education top-ups are forecast to underspend by £52k.",
        "1.4&nbsp;&nbsp;&nbsp;&nbsp;Tribunal and mediation costs will come to £640,000 this financial year, nearly three times the budget of £240,000.",
    ]),
    ("2. The deficit", [
        "2.1&nbsp;&nbsp;&nbsp;&nbsp;The cumulative deficit on the Dedicated Schools Grant was £14.7m at 31 March 2024. It is now forecast to be £22.7m at 31 March 2025 and £32.3m at 31 March 2026, after moving 0.5% (£1.3m) from the schools block in each year.",
        "2.2&nbsp;&nbsp;&nbsp;&nbsp;Of the £2.6m of savings planned for 2024/25, £1.6m had been achieved by the end of December 2024, or 62%. Half of the planned saving on mainstream inclusion is still to be found.",
        "2.3&nbsp;&nbsp;&nbsp;&nbsp;High needs funding for 2025/26 has been announced at £61.4 million, an increase of 7.2 per cent on 2024/25.",
    ]),
    ("3. Recommendations", [
        "3.1&nbsp;&nbsp;&nbsp;&nbsp;The Forum is asked to note the forecast in Table 1 and the reserve in Table 2, and to comment on the savings in Table 3.",
    ]),
]
HEAD = [["Approved", "budget"], ["Actual to", "31 Dec 2024"], ["Forecast", "outturn"], ["Variance", ""], ["Movement", "since Q2"]]
ROWS = [
    ("g", "Place funding"),
    ("r", "Special schools and academies", "11,240", "8,430", "11,240", "-", "-"),
    ("r", "Resourced provision", "2,310", "1,702", "2,275", "(35)", "(10)"),
    ("r", "Alternative provision", "1,480", "1,110", "1,480", "-", "-"),
    ("s", "Place funding total", "15,030", "11,242", "14,995", "(35)", "(10)"),
    ("g", "Top-up funding"),
    ("r", "Mainstream schools", "6,420", "5,871", "7,905", "1,485", "212"),
    ("r", "Special schools", "12,860", "10,344", "14,702", "1,842", "298"),
    ("r", "Further education", "2,150", "1,266", "2,098", "(52)", "(18)"),
    ("r", "Alternative provision", "1,320", "1,104", "1,561", "241", "64"),
    ("s", "Top-up funding total", "22,750", "18,585", "26,266", "3,516", "556"),
    ("g", "Other provision"),
    ("r", "Independent and non-maintained special schools", "14,300", "14,226", "18,910", "4,610", "585"),
    ("r", "Education otherwise than at school", "1,860", "2,014", "2,705*", "845", "53"),
    ("r", "Therapies and support services", "3,110", "2,287", "3,058", "(52)", "-"),
    ("r", "SEND tribunal and mediation", "240", "381", "640", "400", "-"),
    ("s", "Other provision total", "19,510", "18,908", "25,313", "5,803", "638"),
    ("t", "Total high needs expenditure", "57,290", "48,735", "66,574", "9,284", "1,184"),
    ("r", "High needs block allocation", "(57,290)", "(42,968)", "(57,290)", "-", "-"),
    ("t", "In-year deficit", "-", "5,767", "9,284", "9,284", "1,184"),
]
RESERVE = [("", "2023/24", "2024/25", "2025/26"), ("", "Outturn", "Forecast", "Forecast"), ("Brought forward", "(7.9)", "(14.7)", "(22.7)"), ("In-year deficit", "(6.8)", "(9.3)", "(10.9)"),
           ("Schools block transfer", "0.0", "1.3", "1.3"), ("Carried forward", "(14.7)", "(22.7)", "(32.3)")]
SAVINGS = [("", "Planned", "Achieved"), ("Local special places", "1.2", "0.7"), ("Mainstream inclusion", "0.9", "0.4"), ("Commissioning", "0.5", "0.5"), ("Total", "2.6", "1.6")]
COLUMNS = [318, 376, 434, 488, 545]


def prose(canvas: Canvas) -> None:
    canvas.setFont("Times-Bold", 15)
    canvas.drawString(50, HEIGHT - 70, "Tarnbeck Metropolitan Borough Council")
    canvas.setFont("Times-Roman", 11)
    for n, line in enumerate(("Report to: Schools Forum", "Date: 16 January 2025", "Subject: Dedicated Schools Grant monitoring, Quarter 3 2024/25", "Agenda item: 5")):
        canvas.drawString(50, HEIGHT - 92 - 15 * n, line)
    top = HEIGHT - 165
    for title, paragraphs in TEXT:
        canvas.setFont("Times-Bold", 12)
        canvas.drawString(50, top, title)
        top -= 8
        for text in paragraphs:
            paragraph = Paragraph(text, BODY)
            _, height = paragraph.wrap(490, 600)
            paragraph.drawOn(canvas, 50, top - height)
            top -= height + 7
        top -= 14
    canvas.setFont("Times-Roman", 9)
    canvas.drawCentredString(WIDTH / 2, 36, "Page 1 of 2")
    canvas.showPage()


def main_table(canvas: Canvas) -> None:
    top = HEIGHT - 60
    canvas.setFont("Times-Bold", 11)
    canvas.drawString(50, top, "Table 1: High needs block, forecast at Quarter 3 2024/25")
    top -= 18
    canvas.setFont("Times-Bold", 9.5)
    canvas.drawCentredString(432, top, "£000")
    canvas.setLineWidth(0.5)
    canvas.line(272, top - 3, 547, top - 3)
    for x, (first, second) in zip(COLUMNS, HEAD, strict=True):
        canvas.drawRightString(x, top - 14, first)
        canvas.drawRightString(x, top - 25, second)
    top -= 30
    canvas.setLineWidth(1)
    canvas.line(50, top, 547, top)
    for kind, label, *values in ROWS:
        top -= 16 if kind != "g" else 20
        canvas.setFont("Times-Bold" if kind in "gst" else "Times-Roman", 9.5)
        canvas.drawString(50 if kind != "r" else 60, top, label)
        for x, text in zip(COLUMNS, values, strict=False):
            canvas.drawRightString(x, top, text)
        if kind in "st":
            canvas.setLineWidth(0.4 if kind == "s" else 1)
            canvas.line(272, top + 11, 547, top + 11)
    canvas.line(50, top - 5, 547, top - 5)
    canvas.setFont("Times-Italic", 8.5)
    canvas.drawString(50, top - 18, "* Includes 14 packages agreed by the Tribunal since October. Brackets show income or an underspend.")


def small_tables(canvas: Canvas) -> None:
    top = 235
    canvas.setFont("Times-Bold", 11)
    canvas.drawString(50, top, "Table 2: DSG reserve (£m)")
    canvas.drawString(335, top, "Table 3: Savings 2024/25 (£m)")
    for rows, left, stops in ((RESERVE, 50, [178, 233, 288]), (SAVINGS, 335, [480, 545])):
        y = top - 4
        canvas.setLineWidth(0.8)
        canvas.line(left, y, stops[-1] + 2, y)
        for n, (label, *values) in enumerate(rows):
            y -= 15
            heads = 2 if rows is RESERVE else 1
            canvas.setFont("Times-Bold" if n < heads or n == len(rows) - 1 else "Times-Roman", 9.5)
            canvas.drawString(left, y, label)
            for x, text in zip(stops, values, strict=True):
                canvas.drawRightString(x, y, text)
            if n in (heads - 1, len(rows) - 1, len(rows) - 2):
                canvas.line(left, y - 4, stops[-1] + 2, y - 4)
    canvas.setFont("Times-Roman", 9)
    canvas.drawCentredString(WIDTH / 2, 36, "Page 2 of 2")
    canvas.showPage()


def draw() -> None:
    canvas = Canvas(str(folder("10-tarnbeck-finance") / "schools-forum-dsg-monitoring-q3-2024-25.pdf"), pagesize=A4, invariant=1)
    canvas.setTitle("Dedicated Schools Grant monitoring, Quarter 3 2024/25")
    prose(canvas)
    main_table(canvas)
    small_tables(canvas)
    canvas.save()


if __name__ == "__main__":
    draw()
