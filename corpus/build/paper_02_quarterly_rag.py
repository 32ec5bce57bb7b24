"""Paper 02: a quarterly performance report from Word: stacked and merged headings, RAG as words, letters and fills, Wingdings arrows."""

from __future__ import annotations

import tempfile
from pathlib import Path

from printing import folder, office_to_pdf
from word import heading_rows, keep_rows_whole, new_document, shade, symbol, widths, write

RAG = {"RED": "E4343B", "AMBER": "FFC000", "GREEN": "4CB050", "R": "E4343B", "A": "FFC000", "G": "4CB050",
       "fill:A": "FFC000", "fill:G": "4CB050"}
WIDTHS = [1.5, 7.6, 2.2, 1.9, 1.7, 1.7, 1.7, 1.8, 1.8, 1.9, 1.8]
ROWS = [
    ("Assessment and planning",),
    ("SEN 01", "% of new EHC plans issued within 20 weeks (excluding exceptions)", "Higher", "57.2%", "61.0%", "58.4%", "63.9%", "65%", "AMBER", "up", "50.3%"),
    ("SEN 02", "Requests received for an EHC needs assessment", "Context", "431", "118", "74", "129", "-", "", "up", "-"),
    ("SEN 03", "% of educational psychology advice returned within six weeks", "Higher", "46%", "44%", "52%", "61%", "70%", "RED", "up", "n/a"),
    ("SEN 04", "Children and young people with an EHC plan (end of period)", "Context", "1,982", "2,021", "2,044", "2,097", "-", "", "up", "-"),
    ("Reviewing plans",),
    ("SEN 05", "% of plans reviewed within the last 12 months", "Higher", "81.5%", "80.2%", "79.7%", "84.6%", "85%", "A", "up", "n/a"),
    ("SEN 06", "Annual reviews more than six months overdue (end of period)", "Lower", "133", "141", "138", "97", "80", "R", "down", "n/a"),
    ("SEN 07", "% of amended plans issued within 12 weeks of the review meeting", "Higher", "34%", "31%", "29%", "33%", "50%", "R", "up", "n/a"),
    ("SEN 08", "% of phase transfer plans finalised by the statutory date", "Higher", "98.8%", "annual", "annual", "annual", "100%", "", "", "n/a"),
    ("Resolving disagreements",),
    ("SEN 09", "Appeals lodged with the First-tier Tribunal (SEND)", "Lower", "42", "9", "14", "12", "10", "fill:A", "down", "n/a"),
    ("SEN 10", "Mediation meetings held", "Context", "51", "12", "17", "15", "-", "", "down", "-"),
    ("SEN 11", "% of mediation cases settled without an appeal", "Higher", "74%", "75%", "71%", "80%", "75%", "fill:G", "up", "n/a"),
    ("Inclusion",),
    ("SEN 12", "% of pupils with an EHC plan who are persistently absent", "Lower", "37.6%", "36.9%", "36.9%", "35.4%", "35%", "AMBER", "down", "n/a"),
    ("SEN 13", "Children with an EHC plan on a part-time timetable", "Lower", "28", "31", "26", "26", "20", "RED", "flat", "n/a"),
    ("SEN 14", "% of 16 and 17 year olds with SEND in education or training", "Higher", "89.7%", "90.1%", "90.3%", "91.2%", "91%", "GREEN", "up", "n/a"),
]
COMMENTARY = [
    ("SEN 01 - Timeliness of new plans",
     "In Quarter 3, 63.9% of new plans were issued within 20 weeks once exceptions are set aside, up from 58.4% in Quarter 2 and only just short of the 65% target. "
     "This is still well above the latest England figure of 50.3%."),
    ("SEN 03 - Educational psychology advice",
     "Educational psychologists returned 61% of their advice within six weeks between October and December 2024, against a target of 75%. This is 9 percentage points better than the quarter before; "
     "in Quarter 1 the figure stood at 52%."),
    ("SEN 04 - Caseload",
     "The number of plans we maintain grew by 5.8% between 31 March 2024 (1,982) and 31 December 2024 (2,097). Each plan co-ordinator now carries around 190 cases."),
    ("SEN 05 and SEN 06 - Annual reviews",
     "The share of plans reviewed in the last 12 months reached 84.6% at the end of December 2024, its highest this year. 97 reviews are now more than six months overdue, a reduction of 30% on the 138 reported at the end of September 2024."),
    ("SEN 09 - Appeals",
     "12 appeals were lodged in Quarter 3, two fewer than in Quarter 2. Taking the first three quarters of 2024/25 together there have been 35 appeals, compared with 42 in the whole of 2023/24."),
    ("SEN 11 - Mediation",
     "Eighty per cent of mediation cases were settled without an appeal, which is five percentage points above target. Mediation meetings rose again, from 15 in Quarter 2 to 17 in Quarter 3."),
]


def scorecard(document) -> None:
    table = document.add_table(rows=2, cols=11)
    table.style = "Table Grid"
    head = ["Ref", "Performance indicator", "Good performance is", "2023/24 outturn", "2024/25", "", "", "Q3 target", "RAG", "Direction of travel", "England (latest)"]
    for column in (0, 1, 2, 3, 7, 8, 9, 10):
        table.cell(0, column).merge(table.cell(1, column))
    table.cell(0, 4).merge(table.cell(0, 6))
    for column, text in enumerate(head):
        if text:
            write(table.cell(0, column), text, bold=True, colour="FFFFFF", align=1)
    for column, text in ((4, "Q1"), (5, "Q2"), (6, "Q3")):
        write(table.cell(1, column), text, bold=True, colour="FFFFFF", align=1)
    for row in table.rows:
        for cell in row.cells:
            shade(cell, "2E5E4E")
    for entry in ROWS:
        cells = table.add_row().cells
        if len(entry) == 1:
            merged = cells[0].merge(cells[-1])
            write(merged, entry[0], bold=True)
            shade(merged, "D9E7E0")
            continue
        for column, text in enumerate(entry):
            if column == 8:
                if text:
                    shade(cells[8], RAG[text])
                    if not text.startswith("fill:"):
                        write(cells[8], text, bold=True, align=1)
            elif column == 9:
                if text:
                    symbol(cells[9], text)
            else:
                write(cells[column], text, align=None if column in (0, 1) else 1)
    widths(table, WIDTHS)
    heading_rows(table, 2)
    keep_rows_whole(table)


def draw() -> None:
    document = new_document(landscape=True)
    document.add_heading("Aldermere Borough Council", 1)
    document.add_heading("Children and Families Performance Report: Quarter 3 2024/25", 2)
    document.add_paragraph("Report to: Children and Families Overview and Scrutiny Committee\nDate of meeting: Thursday 6 February 2025\nPeriod covered: 1 October to 31 December 2024")
    document.add_heading("Special educational needs and disabilities: indicator summary", 3)
    scorecard(document)
    document.add_paragraph("Direction of travel compares Quarter 3 with Quarter 2. A rating is given only where there is a target for the quarter.").runs[0].italic = True
    document.add_heading("Commentary", 2)
    for title, text in COMMENTARY:
        document.add_heading(title, 3)
        document.add_paragraph(text)
    with tempfile.TemporaryDirectory() as scratch:
        source = Path(scratch) / "report.docx"
        document.save(source)
        office_to_pdf(source, folder("02-aldermere-quarterly-rag") / "childrens-performance-report-q3-2024-25.pdf")


if __name__ == "__main__":
    draw()
