"""Paper 01: a monthly scorecard kept in Excel and printed over two landscape pages; the second has no heading row."""

from __future__ import annotations

import tempfile
from pathlib import Path

from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.worksheet.pagebreak import Break

from printing import folder, office_to_pdf

HEAD = ["Ref", "Measure", "Good is", "2023/24\noutturn", "Target\n2024/25", "Oct-24", "Nov-24", "Dec-24", "Jan-25", "Feb-25",
        "Mar-25", "Stat\nneighbours", "East\nMidlands", "England"]

# U up, D down, F flat; the arrow that follows the figure is green (g) or red (r) by what is good, black (k) if neither
ROWS = [
    ("A. Demand",),
    ("A1", "Requests for an EHC needs assessment received in month", "-", "612", "-", "48 Dk", "55 Uk", "61 Uk", "44 Dk", "57 Uk", "57 Fk", "", "", ""),
    ("", "   of which: from parents and carers", "-", "171", "-", "13 Dk", "12 Dk", "19 Uk", "15 Dk", "21 Uk", "18 Dk", "", "", ""),
    ("", "   of which: early years", "-", "104", "-", "9 Uk", "11 Uk", "11 Fk", "6 Dk", "8 Uk", "10 Uk", "", "", ""),
    ("A2", "% of requests agreed for assessment", "-", "71.4%", "-", "70.8% Dk", "72.7% Uk", "68.9% Dk", "70.5% Uk", "73.7% Uk", "75.4% Uk", "66.1%", "69.0%", "67.3%"),
    ("A3", "Decision whether to assess made within 6 weeks (%)", "High", "92.0%", "95%", "93.8% Ug", "96.4% Ug", "91.8 Dr", "95.5% Ug", "94.7% Dr", "98.2% Ug", "88.0%", "86.1%", "84.8%"),
    ("A4", "Assessments in progress at month end", "Low", "281", "240", "296 Ur", "301 Ur", "312 Ur", "298 Dg", "290 Dg", "284 Dg", "", "", ""),
    ("", "   of which: open for more than 20 weeks", "Low", "88", "40", "97 Ur", "101 Ur", "109 Ur", "94 Dg", "83 Dg", "71 Dg", "", "", ""),
    ("A5", "Average wait of assessments open over 20 weeks (weeks)", "Low", "31.2", "25", "30.8 Dg", "30.1 Dg", "29.7 Dg", "29.9 Ur", "28.4 Dg", "27.6 Dg", "", "", ""),
    ("B. Timeliness of new plans",),
    ("B1", "New EHC plans issued in month", "-", "398", "-", "36 Dk", "33 Dk", "29 Dk", "47 Uk", "44 Dk", "51 Uk", "", "", ""),
    ("B2", "% of plans issued within 20 weeks - excluding exceptions", "High", "48.6%", "60%", "44.4% Dr", "45.5% Ug", "41.4% Dr", "53.2% Ug", "56.8% Ug", "58.8% Ug", "55.2%", "52.7%", "50.3%"),
    ("B3", "% of plans issued within 20 weeks - including exceptions", "High", "47.0%", "-", "43.2% Dr", "44.1% Ug", "40.0% Dr", "52.1% Ug", "0.556 Ug", "57.7% Ug", "53.9%", "51.0%", "49.1%"),
    ("B4", "% of plans issued after more than 52 weeks (number)", "Low", "6.5% (26)", "0%", "8.3% (3) Ur", "6.1% (2) Dg", "6.9% (2) Ur", "4.3% (2) Dg", "2.3% (1) Dg", "2.0% (1) Dg", "", "", "5.1%"),
    ("B5", "Average time to issue a plan (weeks)", "Low", "26.9", "22", "27.4 Ur", "27.0 Dg", "27.8 Ur", "25.1 Dg", "24.6 Dg", "24.2 Dg", "", "", ""),
    ("B6", "Educational psychology advice received within 6 weeks (%)", "High", "54%", "75%", "49% Dr", "51% Ug", "47% Dr", "58% Ug", "66% Ug", "71% Ug", "", "", ""),
    ("B7", "Social care advice received within 6 weeks (%)", "High", "81%", "90%", "84% Ug", "84% Fk", "79% Dr", "86% Ug", "88% Ug", "88% Fk", "", "", ""),
    ("C. Caseload and placement",),
    ("C1", "EHC plans maintained at month end", "-", "2,874", "-", "3,012 Uk", "3,038 Uk", "3,059 Uk", "3,096 Uk", "3,131 Uk", "3,172 Uk", "", "", ""),
    ("", "   early years", "-", "148", "-", "151 Uk", "155 Uk", "158 Uk", "163 Uk", "163 Fk", "168 Uk", "", "", ""),
    ("", "   primary", "-", "1,067", "-", "1,119 Uk", "1,128 Uk", "1,134 Uk", "1,147 Uk", "1,161 Uk", "1,175 Uk", "", "", ""),
    ("", "   secondary", "-", "1,022", "-", "1,081 Uk", "1,090 Uk", "1,098 Uk", "1,109 Uk", "1,124 Uk", "1,138 Uk", "", "", ""),
    ("", "   post-16", "-", "637", "-", "661 Uk", "665 Uk", "669 Uk", "677 Uk", "683 Uk", "691 Uk", "", "", ""),
    ("C2", "% of EHC plans in mainstream schools", "High", "41.2%", "44%", "41.0% Dr", "41.1% Ug", "41.3% Ug", "41.6% Ug", "41.8 Ug", "42.0% Ug", "42.4%", "44.9%", "43.3%"),
    ("C3", "% of EHC plans in special schools", "-", "33.6%", "-", "33.5% Dk", "33.4% Dk", "33.4% Fk", "33.1% Dk", "32.9% Dk", "32.8% Dk", "33.8%", "33.0%", "32.3%"),
    ("C4", "Placements in independent and non-maintained special schools", "Low", "214", "200", "221 Ur", "222 Ur", "222 Fk", "226 Ur", "229 Ur", "231 Ur", "", "", ""),
    ("C5", "Children with a plan who are electively home educated", "Low", "41", "-", "44 Ur", "44 Fk", "46 Ur", "49 Ur", "48 Dg", "48 Fk", "", "", ""),
    ("C6", "Children with a plan educated otherwise than at school (EOTAS)", "Low", "67", "60", "72 Ur", "74 Ur", "74 Fk", "77 Ur", "75 Dg", "73 Dg", "", "", ""),
    ("D. Annual reviews",),
    ("D1", "% of plans with an annual review in the last 12 months", "High", "72.3%", "85%", "74.9% Ug", "75.2% Ug", "75.8% Ug", "77.0% Ug", "78.4% Ug", "79.6% Ug", "", "", ""),
    ("D2", "Annual reviews overdue at month end", "Low", "796", "400", "756 Dg", "753 Dg", "740 Dg", "712 Dg", "676 Dg", "647 Dg", "", "", ""),
    ("D3", "Decision notified within 4 weeks of the review meeting (%)", "High", "38%", "60%", "37% Dr", "40% Ug", "36% Dr", "43% Ug", "46 Ug", "45% Dr", "", "", ""),
    ("D4", "Phase transfer plans finalised by 15 February (%)", "High", "93.1%", "100%", "n/a", "n/a", "n/a", "n/a", "97.6% Ug", "n/a", "", "", ""),
    ("E. Resolving disagreements",),
    ("E1", "Mediation cases opened (cumulative from April)", "-", "118", "-", "79 Uk", "92 Uk", "101 Uk", "113 Uk", "127 Uk", "140 Uk", "", "", ""),
    ("E2", "Appeals registered with the SEND Tribunal in month", "Low", "97", "-", "8 Fk", "11 Ur", "7 Dg", "9 Ur", "12 Ur", "10 Dg", "", "", ""),
    ("", "   of which: against refusal to assess", "Low", "29", "-", "2 Dg", "4 Ur", "2 Dg", "2 Fk", "3 Ur", "<5", "", "", ""),
    ("E3", "Complaints received about the SEND service", "Low", "83", "-", "6 Dg", "9 Ur", "5 Dg", "8 Ur", "7 Dg", "7 Fk", "", "", ""),
    ("E4", "Compliments received about the SEND service", "High", "61", "-", "4 Dr", "4 Fk", "7 Ug", "5 Dr", "6 Ug", "9 Ug", "", "", ""),
    ("F. Quality and workforce",),
    ("F1", "% of audited plans graded good or better", "High", "64%", "80%", "67% (12) Ug", "67% (12) Fk", "not held", "75% (12) Ug", "83% (12) Ug", "75% (12) Dr", "", "", ""),
    ("F2", "% of parents and carers satisfied with the new plan", "High", "new measure", "75%", "new measure", "68% -", "70% Ug", "66% Dr", "71% Ug", "74% Ug", "", "", ""),
    ("F3", "EHC plan co-ordinators in post (FTE)", "High", "21.4", "26.0", "22.4 Ug", "22.4 Fk", "21.8 Dr", "23.8 Ug", "24.6 Ug", "24.6 Fk", "", "", ""),
    ("F4", "Educational psychologist posts vacant (%)", "Low", "27%", "10%", "24% Dg", "24% Fk", "24% Fk", "21% Dg", "18% Dg", "18% Fk", "", "", ""),
]
BREAK_BEFORE = "D. Annual reviews"
ARROW = {"U": "▲", "D": "▼", "F": "►"}
COLOUR = {"g": "00803C", "r": "C00000", "k": "404040"}
LINE = Side(style="thin", color="9AA5B1")
BOX = Border(left=LINE, right=LINE, top=LINE, bottom=LINE)


def figure(text: str) -> tuple[str, str]:
    """What is printed, and its colour."""
    if len(text) > 3 and text[-3] == " " and text[-2] in ARROW:
        return f"{text[:-3]} {ARROW[text[-2]]}", COLOUR[text[-1]]
    return text.removesuffix(" -"), "000000"


def draw() -> None:
    book = Workbook()
    sheet = book.active
    sheet.title = "Scorecard"
    sheet["A1"] = "Wexcombe Council - SEND monthly scorecard"
    sheet["A1"].font = Font(name="Liberation Sans", size=15, bold=True, color="1F3B57")
    sheet["A2"] = "Position at 31 March 2025. England, East Midlands and statistical neighbour figures are the latest published (calendar year 2023; placements at January 2024)."
    sheet["A2"].font = Font(name="Liberation Sans", size=9, italic=True)
    row = 4
    for column, text in enumerate(HEAD, 1):
        cell = sheet.cell(row, column, text)
        cell.font = Font(name="Liberation Sans", size=9, bold=True, color="FFFFFF")
        cell.fill = PatternFill("solid", fgColor="1F3B57")
        cell.alignment = Alignment(horizontal="center", vertical="center", wrap_text=True)
        cell.border = BOX
    sheet.row_dimensions[row].height = 30
    for entry in ROWS:
        row += 1
        if entry[0] == BREAK_BEFORE:
            sheet.row_breaks.append(Break(id=row - 1))
        if len(entry) == 1:
            sheet.merge_cells(start_row=row, start_column=1, end_row=row, end_column=len(HEAD))
            cell = sheet.cell(row, 1, entry[0])
            cell.font = Font(name="Liberation Sans", size=9, bold=True)
            for column in range(1, len(HEAD) + 1):
                sheet.cell(row, column).fill = PatternFill("solid", fgColor="CBD8E6")
                sheet.cell(row, column).border = BOX
            continue
        for column, text in enumerate(entry, 1):
            printed, colour = figure(text)
            cell = sheet.cell(row, column, printed)
            cell.font = Font(name="Liberation Sans", size=8.5, color=colour if column > 3 else "000000")
            cell.alignment = Alignment(horizontal="left" if column == 2 else "center", vertical="center", wrap_text=column == 2)
            cell.border = BOX
    for column, width in zip("ABCDEFGHIJKLMN", [5, 57, 8, 12, 9, 11, 11, 11, 11, 11, 11, 11, 10, 9], strict=True):
        sheet.column_dimensions[column].width = width
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = 9
    sheet.page_setup.fitToWidth = 1
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.page_margins.left = sheet.page_margins.right = 0.4
    sheet.page_margins.top = sheet.page_margins.bottom = 0.5
    sheet.oddFooter.center.text = "Page &P of &N"
    with tempfile.TemporaryDirectory() as scratch:
        source = Path(scratch) / "scorecard.xlsx"
        book.save(source)
        office_to_pdf(source, folder("01-wexcombe-scorecard") / "wexcombe-send-scorecard-march-2025.pdf")


if __name__ == "__main__":
    draw()
