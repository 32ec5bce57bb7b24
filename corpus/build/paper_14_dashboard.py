"""Paper 14: a year-end dashboard on one A3 page that is turned: bands of colour and no rules, headings that run up the page, last year left of the label."""

from __future__ import annotations

from reportlab.lib.colors import HexColor
from reportlab.lib.pagesizes import A3
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Paragraph

from printing import folder

WIDTH, HEIGHT = A3[1], A3[0]
LABEL = ParagraphStyle("label", fontName="Helvetica", fontSize=10, leading=12)
HEAD = ["2022/23", "Measure", "2023/24", "2024/25", "Change on year", "Target 2025/26", "Region (latest)", "England (latest)"]
CENTRES = [105, 0, 560, 650, 740, 830, 920, 1010]
ROWS = [
    ("Plans",),
    ("3,915", "EHC plans maintained at 31 March", "4,388", "4,871", "+483", "-", "-", "-"),
    ("41.7", "% of new plans issued within 20 weeks, excluding exceptions", "35.2", "44.9", "+9.7", "60", "47.1", "46.4"),
    ("-", "% of new plans issued within 20 weeks, including exceptions", "34.6", "44.0", "+9.4", "-", "46.0", "45.9"),
    ("28.4", "Average number of weeks from the request for an assessment to the final plan being sent to the family", "31.9", "26.2", "-5.7", "22.0", "n/a", "n/a"),
    ("12", "Assessments open for more than 52 weeks at 31 March", "31", "9", "-22", "0", "-", "-"),
    ("Reviews",),
    ("61%", "Plans with an annual review completed in the last 12 months", "66%", "74%", "+8pp", "85%", "-", "-"),
    ("1,380", "Annual reviews outstanding at 31 March", "1,212", "877", "-335", "400", "-", "-"),
    ("Disagreements",),
    ("64", "Appeals registered with the SEND Tribunal", "88", "117", "+29", "-", "-", "-"),
    ("c", "Appeals decided in favour of the council", "c", "6", "n/a", "-", "-", "-"),
    ("£212k", "Cost of SEND tribunals", "£268k", "£341k", "+£73k", "£250k", "-", "-"),
    ("Attendance and inclusion (academic years, 2024/25 not yet published)",),
    ("36.1", "% of pupils with an EHC plan who are persistently absent", "35.4", "x", "x", "32", "36.9", "n/a"),
    ("19.8", "Suspensions per 100 pupils with an EHC plan", "22.3", "x", "x", "18.0", "21.7", "n/a"),
    ("0.11", "Permanent exclusions per 100 pupils with an EHC plan", "0.16", "z", "z", "0.10", "0.21", "n/a"),
    ("Money",),
    ("£68.4m", "High needs block spend", "£77.9m", "£88.6m", "+£10.7m", "£92.0m", "-", "-"),
    ("(£11.2m)", "Dedicated Schools Grant reserve at 31 March (deficit in brackets)", "(£19.8m)", "(£31.5m)", "(£11.7m)", "-", "-", "-"),
    ("£14.2m", "Home to school transport for pupils with SEND", "£16.0m", "£18.3m", "+£2.3m", "£17.5m", "-", "-"),
    ("Preparing for adulthood",),
    ("14.1% (62)", "Young people aged 16 to 25 with a plan who are not in education, employment or training", "13.0% (64)", "11.8% (66)", "-1.2pp", "10%", "-", "-"),
    ("24", "Young people on supported internships", "31", "40-44", "-", "60", "-", "-"),
]


def headings(canvas: Canvas, top: float) -> None:
    """Column headings that read upwards; the label's own heading lies flat."""
    canvas.setFillColor(HexColor("#4A2C5A"))
    canvas.rect(60, top - 84, 1000, 84, stroke=0, fill=1)
    canvas.setFillColor(HexColor("#FFFFFF"))
    canvas.setFont("Helvetica-Bold", 10)
    for centre, text in zip(CENTRES, HEAD, strict=True):
        if not centre:
            canvas.drawString(165, top - 76, text)
            continue
        canvas.saveState()
        canvas.translate(centre + 3, top - 78)
        canvas.rotate(90)
        canvas.drawString(0, 0, text)
        canvas.restoreState()


def draw() -> None:
    canvas = Canvas(str(folder("14-ellerdale-dashboard") / "childrens-dashboard-year-end-2024-25.pdf"), pagesize=(WIDTH, HEIGHT), invariant=1)
    canvas.setTitle("Children's dashboard: SEND, year end 2024/25")
    canvas.setPageRotation(90)
    canvas.translate(A3[0], 0)
    canvas.rotate(90)
    canvas.setFont("Helvetica-Bold", 20)
    canvas.drawString(60, HEIGHT - 56, "Ellerdale County Council")
    canvas.setFont("Helvetica", 14)
    canvas.drawString(60, HEIGHT - 78, "Children's dashboard: SEND, year end 2024/25")
    canvas.setFont("Helvetica", 11)
    canvas.drawString(60, HEIGHT - 96, "Corporate Overview Committee, 24 June 2025")
    top = HEIGHT - 112
    headings(canvas, top)
    y, band = top - 84, 0
    for entry in ROWS:
        if len(entry) == 1:
            y -= 20
            canvas.setFillColor(HexColor("#CDBFD6"))
            canvas.rect(60, y, 1000, 20, stroke=0, fill=1)
            canvas.setFillColor(HexColor("#000000"))
            canvas.setFont("Helvetica-Bold", 10.5)
            canvas.drawString(165, y + 6, entry[0])
            band = 0
            continue
        label = Paragraph(entry[1], LABEL)
        _, height = label.wrap(330, 100)
        tall = height + 8
        y -= tall
        if band % 2:
            canvas.setFillColor(HexColor("#F2EDF5"))
            canvas.rect(60, y, 1000, tall, stroke=0, fill=1)
        band += 1
        canvas.setFillColor(HexColor("#000000"))
        label.drawOn(canvas, 165, y + 4)
        canvas.setFont("Helvetica", 10)
        for centre, text in zip(CENTRES, entry, strict=True):
            if centre:
                canvas.drawCentredString(centre, y + tall / 2 - 3.5, text)
    canvas.setFont("Helvetica", 5)
    canvas.drawString(60, 40, "c: suppressed, fewer than five. x: not available. z: not applicable. Figures for 2024/25 are provisional. pp: percentage points. England and region: calendar year 2024 for timeliness, academic year 2023/24 for attendance and inclusion.")
    canvas.save()


if __name__ == "__main__":
    draw()
