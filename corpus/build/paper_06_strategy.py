"""Paper 06: a strategy from Word, with a table of measures most of which have no value yet."""

from __future__ import annotations

from docx.enum.section import WD_SECTION

from printing import folder, office_to_pdf
from word import heading_rows, keep_rows_whole, new_document, shade, turn, widths, write

BODY = [
    ("h", "Our local area"),
    ("p", "Penmarrow is home to 61,300 children and young people aged 0 to 25. In January 2025, 3.9% of pupils in our schools had an Education, Health and Care Plan, below the national figure of 5.3%, "
          "while 15.1% received SEN Support (14.2% nationally)."),
    ("p", "The number of plans we maintain has grown by 74% in five years, from 1,140 in January 2020 to 1,984 in January 2025. Autism is the main need in 36% of plans, followed by social, emotional and mental health "
          "(24%) and speech, language and communication (19%)."),
    ("h", "What families told us"),
    ("p", "More than 450 parents, carers and young people took part in the consultation, which ran from 4 November to 20 December 2024. 58% of them said that getting the right help took too long. "
          "Young people aged 16 to 25 asked for better help with the move into work: only 11 are on a supported internship at the moment."),
    ("h", "What we will do"),
    ("b", "Priority 1: Help early, and close to home"),
    ("b", "Priority 2: Assessments and plans that are timely and good"),
    ("b", "Priority 3: Enough of the right places"),
    ("b", "Priority 4: Prepared for adult life"),
    ("p", "We will open 120 additional specialist places by September 2028, 48 of them in resourced provision at mainstream secondary schools. At present we spend £4.1m a year on places at independent special schools."),
    ("h", "How we will know it is working"),
    ("p", "The partnership board will look at the measures below twice a year. Most baselines will be set when the new data dashboard is ready in the summer of 2025."),
]
HEAD = ["Priority", "Measure", "What good looks like", "Source", "Baseline (2024/25)", "Year 1 2025/26", "Year 2 2026/27", "Year 3 2027/28"]
ROWS = [
    ("1", "Children on SEN Support whose parents say that their needs are met", "Increase", "Annual parent survey", "To be set", "", "", ""),
    ("1", "Pupils with SEN Support who are persistently absent", "Decrease", "School census", "To be set", "", "", ""),
    ("1", "Suspensions of pupils with an EHC plan", "Decrease", "School census", "To be set", "", "", ""),
    ("2", "EHC plans issued within 20 weeks", "Increase", "SEN2 return", "46%", "55%", "65%", "75%"),
    ("2", "Annual reviews completed on time", "Increase", "SEND dashboard", "To be set", "", "", ""),
    ("2", "EHC plans audited as good or better", "Increase", "Quality assurance panel", "To be set", "", "", ""),
    ("2", "Appeals registered with the SEND Tribunal", "Decrease", "SEND dashboard", "To be set", "", "", ""),
    ("3", "Children with an EHC plan in mainstream schools", "Increase", "SEN2 return", "38.5%", "", "", "45%"),
    ("3", "Children placed in independent special schools", "Decrease", "SEND dashboard", "74", "70", "64", "58"),
    ("3", "Pupils with an EHC plan who travel more than 45 minutes to school", "Decrease", "Transport team", "To be set", "", "", ""),
    ("4", "Young people with an EHC plan who are not in education, employment or training", "Decrease", "SEND dashboard", "To be set", "", "", ""),
    ("4", "Young people on supported internships", "Increase", "College returns", "11", "16", "22", "30"),
]


def measures(document) -> None:
    table = document.add_table(rows=1, cols=len(HEAD))
    table.style = "Table Grid"
    for cell, text in zip(table.rows[0].cells, HEAD, strict=True):
        write(cell, text, bold=True, colour="FFFFFF")
        shade(cell, "5B2A6E")
    first: dict[str, int] = {}
    for entry in ROWS:
        row = table.add_row()
        first.setdefault(entry[0], len(table.rows) - 1)
        for column, text in enumerate(entry[1:], 1):
            write(row.cells[column], text, align=1 if column > 3 else None)
    for name, start in first.items():
        count = sum(entry[0] == name for entry in ROWS)
        cell = table.cell(start, 0).merge(table.cell(start + count - 1, 0))
        write(cell, name, bold=True, align=1)
    widths(table, [1.6, 7.0, 2.4, 3.6, 2.6, 2.6, 2.6, 2.6])
    heading_rows(table, 1)
    keep_rows_whole(table)


def draw() -> None:
    document = new_document()
    document.core_properties.title = "Penmarrow SEND and Inclusion Strategy 2025 to 2028"
    document.add_heading("SEND and Inclusion Strategy 2025 to 2028", 1)
    document.add_paragraph("Penmarrow Council and NHS partners. Approved by Cabinet on 11 March 2025.")
    for kind, text in BODY:
        if kind == "h":
            document.add_heading(text, 2)
        else:
            document.add_paragraph(text, style="List Bullet" if kind == "b" else None)
    section = document.add_section(WD_SECTION.NEW_PAGE)
    turn(section)
    document.add_heading("Measures of success", 2)
    measures(document)
    document.add_paragraph("Targets for measures without a baseline will be agreed by the board in December 2025.")
    place = folder("06-penmarrow-strategy")
    document.save(place / "send-inclusion-strategy-2025-2028.docx")
    office_to_pdf(place / "send-inclusion-strategy-2025-2028.docx", place / "send-inclusion-strategy-2025-2028.pdf")


if __name__ == "__main__":
    draw()
