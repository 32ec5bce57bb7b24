"""Paper 04: a scrutiny report from Word with numbered paragraphs and a scorecard as its appendix; the Word file and its print are both published."""

from __future__ import annotations

from docx.enum.section import WD_SECTION
from docx.shared import Pt

from printing import folder, office_to_pdf
from word import heading_rows, keep_rows_whole, new_document, shade, turn, widths, write

FRONT = [
    ("Report to", "Children's Services Scrutiny Panel"),
    ("Date", "Tuesday, 20 May 2025"),
    ("Title", "SEND Improvement Programme: progress and performance"),
    ("Report of", "Executive Director for Children and Education"),
    ("Wards affected", "All"),
    ("Public or exempt", "Public"),
]
BODY = [
    ("1. Purpose of the report",),
    ("1.1", "This report tells the Panel how the local area is doing against its SEND Improvement Programme. The data runs to 31 March 2025 unless we say otherwise, and the monthly scorecard is at Appendix A."),
    ("2. Recommendations",),
    ("2.1", "The Panel is asked to note the progress made, and to agree that a further report comes back in November 2025."),
    ("3. Demand for assessments and plans",),
    ("3.1", "At the end of March 2025 the council maintained 3,871 Education, Health and Care Plans (EHCPs), compared with 3,418 twelve months earlier, an increase of 13.3%."),
    ("3.2", "We received 79 requests for an education, health and care needs assessment (EHCNA) in March 2025, five more than in March 2024. In the autumn term 2024 there were 298 requests, of which 96 came from parents and carers."),
    ("3.3", "The peak came in November 2024 with 96 requests, the highest number in any month so far."),
    ("3.4", "In March 2025 we agreed to assess 62% of the requests we decided. That is lower than both England (67%) and our statistical neighbours (64%)."),
    ("4. Timeliness",),
    ("4.1", "The timeliness of new plans has improved every month since September 2024. Of the 57 plans issued in March 2025, 38 met the 20-week deadline (66.7%, exceptions excluded); in March 2024 it was 36.6%. "
            "For January to March 2025 taken together the figure is 63.3%, well above the England average of 50.3% for 2023."),
    ("4.2", "Educational psychologists gave 64% of their advice within six weeks in March 2025. In January 2025 it was 52%."),
    ("4.3", "Assessments open beyond 20 weeks have come down from 187 to 104 over the year to March 2025, and we expect fewer than 60 by the end of September 2025. On average these children have now waited 31 weeks; the oldest case has been open for 58 weeks."),
    ("4.4", "The target agreed with the Department for Education is that 70% of plans are on time by December 2025, rising to 80% by August 2026."),
    ("5. Annual reviews",),
    ("5.1", "There were 951 overdue annual reviews at the end of March 2025, a fall of 302 since March 2024."),
    ("5.2", "In March 2025, 63% of reviews were completed on time, up from 52% a year earlier."),
    ("5.3", "This year's phase transfers went well: of 214 pupils with a plan who were due to change school, all but six had their final plan by 15 February 2025 (97.2%)."),
    ("6. Resolving disagreements",),
    ("6.1", "10 appeals were registered with the SEND Tribunal in March 2025, and numbers have now fallen for three months running. Of the 37 appeals that concluded in 2024, the council conceded 21 before a hearing."),
    ("6.2", "41 mediations took place between January and March 2025 compared with 24 in the same period of 2024, a rise of 71%."),
    ("6.3", "Six complaints about the service were received in March 2025, against 14 in October 2024 and eight in February."),
    ("7. Placements and money",),
    ("7.1", "The number of children educated otherwise than at school (EOTAS) has gone up every month since September 2024 and now stands at 74."),
    ("7.2", "279 children are placed in independent and non-maintained special schools, 36 more than in March 2024, at an average cost of £66,400 a year each. 41.3% of our plans are for children in mainstream schools, against 43.3% nationally."),
    ("7.3", "The High Needs Block overspent by £7.2m in 2024/25 on a budget of £48.6m. The cumulative deficit on the Dedicated Schools Grant stood at £19.85 million on 31 March 2025; without further action it is forecast to reach about £31m by the end of 2026/27."),
    ("7.4", "A capital grant of £5.6m will pay for 94 new specialist places by September 2026: 60 in special schools and 34 in resourced provision."),
    ("8. Workforce",),
    ("8.1", "There are 14.6 FTE plan co-ordinators in post against an establishment of 18.0 FTE. Each of them holds 265 plans on average."),
    ("9. Legal and equality implications",),
    ("9.1", "The council's duties are set out in Part 3 of the Children and Families Act 2014, in particular sections 36 to 44, and in the Special Educational Needs and Disability Regulations 2014 (SI 2014/1530). "
            "Regulation 13 sets the 20-week limit. An equality impact assessment was completed on 02.05.2025 (version 1.3)."),
    ("9.2", "Contact officer: Head of SEND, 01632 960417, by 5.00pm on working days."),
]
HEAD = ["No.", "Measure", "Mar 24", "Sep 24", "Oct 24", "Nov 24", "Dec 24", "Jan 25", "Feb 25", "Mar 25", "England", "Stat. neigh."]
ROWS = [
    ("1", "EHCPs maintained at month end", "3,418", "3,655", "3,690", "3,721", "3,748", "3,790", "3,826", "3,871", "", ""),
    ("2", "EHCNA requests received", "74", "58", "81", "96", "63", "88", "92", "79", "", ""),
    ("", "- of which from parents or carers", "21", "17", "26", "33", "20", "31", "30", "24", "", ""),
    ("3", "% of decided requests agreed", "66%", "64%", "67%", "63%", "61%", "60%", "62%", "62%", "67%", "64%"),
    ("4", "New plans issued (excluding exceptions)", "41", "38", "44", "39", "31", "52", "49", "57", "", ""),
    ("", "- of which within 20 weeks", "15", "17", "21", "20", "17", "31", "31", "38", "", ""),
    ("5", "% of new plans issued within 20 weeks (excluding exceptions)", "36.6%", "44.7%", "47.7%", "51.3%", "54.8%", "59.6%", "63.3%", "66.7%", "50.3%", "48.9%"),
    ("6", "% of EP advice received within 6 weeks", "31%", "40%", "38%", "45%", "52%", "57%", "61%", "64%", "", ""),
    ("7", "Assessments open for more than 20 weeks", "187", "168", "171", "159", "150", "133", "120", "104", "", ""),
    ("8", "% of annual reviews completed on time", "52%", "55%", "54%", "57%", "58%", "58%", "60%", "63%", "", ""),
    ("9", "Annual reviews overdue at month end", "1,204", "1,122", "1,118", "1,075", "1,040", "998", "951", "902", "", ""),
    ("10", "Children in EOTAS arrangements", "61", "66", "68", "70", "70", "73", "75", "74", "", ""),
    ("11", "Appeals registered with the SEND Tribunal", "7", "9", "12", "8", "6", "11", "13", "10", "", ""),
    ("12", "Mediations held (cumulative from January)", "24", "102", "117", "131", "140", "12", "25", "41", "", ""),
    ("13", "Complaints received", "11", "9", "14", "12", "7", "10", "8", "6", "", ""),
    ("14", "Placements in independent and non-maintained special schools", "243", "259", "262", "262", "266", "271", "274", "279", "", ""),
    ("15", "% of EHCPs in mainstream schools", "39.8%", "40.4%", "40.6%", "40.7%", "40.9%", "41.0%", "41.2%", "41.3%", "43.3%", "41.9%"),
]


def draw() -> None:
    document = new_document()
    document.core_properties.title = "SEND Improvement Programme: progress and performance"
    document.add_heading("Ravensmoor Council", 1)
    front = document.add_table(rows=0, cols=2)
    front.style = "Table Grid"
    for name, text in FRONT:
        cells = front.add_row().cells
        write(cells[0], name, size=10.5, bold=True)
        write(cells[1], text, size=10.5)
    widths(front, [4.5, 12.5])
    for entry in BODY:
        if len(entry) == 1:
            document.add_heading(entry[0], 2)
        else:
            paragraph = document.add_paragraph(f"{entry[0]}\t{entry[1]}")
            paragraph.paragraph_format.left_indent = Pt(36)
            paragraph.paragraph_format.first_line_indent = Pt(-36)
    section = document.add_section(WD_SECTION.NEW_PAGE)
    turn(section)
    document.add_heading("Appendix A: SEND scorecard", 2)
    table = document.add_table(rows=1, cols=len(HEAD))
    table.style = "Table Grid"
    for cell, text in zip(table.rows[0].cells, HEAD, strict=True):
        write(cell, text, bold=True, align=1)
        shade(cell, "DDE3EC")
    for entry in ROWS:
        cells = table.add_row().cells
        for column, text in enumerate(entry):
            write(cells[column], text, align=None if column == 1 else 1)
    widths(table, [1.2, 7.6] + [1.65] * 8 + [1.8, 1.8])
    heading_rows(table, 1)
    keep_rows_whole(table)
    document.add_paragraph("England and statistical neighbour figures are for 2023 (placements: January 2024), the latest published.")
    place = folder("04-ravensmoor-committee-report")
    document.save(place / "send-improvement-programme-may-2025.docx")
    office_to_pdf(place / "send-improvement-programme-may-2025.docx", place / "send-improvement-programme-may-2025.pdf")


if __name__ == "__main__":
    draw()
