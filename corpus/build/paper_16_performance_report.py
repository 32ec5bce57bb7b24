"""Paper 16: a performance report from Word: prose and lists first, then a table by quarter that runs over the page without its heading; Word file and print."""

from __future__ import annotations

from printing import folder, office_to_pdf
from word import new_document, shade, widths, write

BODY = [
    ("p", "This report covers October to December 2025, that is Quarter 3 of 2025/26. Appendix 1 has the figures for the last five quarters."),
    ("h", "Headlines"),
    ("p", "The county maintained 7,906 EHC plans on 31 December 2025, against 7,214 a year earlier: growth of 9.6%. New plans issued on time, exceptions excluded, rose from 29.9% in Quarter 3 of 2024/25 to 47.5% in Quarter 3 of 2025/26, "
          "which takes us past the England average of 46.4% for 2024."),
    ("p", "Two measures are furthest from where we want them. Annual reviews completed on time and amended plans issued within 12 weeks were at 58% and 30% respectively in Quarter 3."),
    ("h", "Demand"),
    ("p", "Schools and families made 463 requests for an EHC needs assessment in Quarter 3, the most in any of the five quarters. Between April and December 2025 there were 1,162 requests, and we expect about 1,600 for 2025/26 as a whole."),
    ("p", "The main need of the children for whom a request was made in Quarter 3 was:"),
    ("b", "social, emotional and mental health - 171"),
    ("b", "autism - 138"),
    ("b", "speech, language and communication - 96"),
    ("b", "other needs - 58"),
    ("p", "Parents made 15% of these requests. In Quarter 2 we took 95.2% of decisions within six weeks; in Quarter 3 it was 96.1%, better than the 95% target."),
    ("h", "Waiting times"),
    ("p", "402 assessments had been open for more than 20 weeks at the end of December 2025, down by a third from 611 twelve months before. Our trajectory is 350 by 31 March 2026 and 200 by the end of 2026. "
          "Plans issued in Quarter 3 had taken 28.6 weeks on average; in the same quarter of 2024/25 it was 34.8."),
    ("p", "Educational psychologists met the six-week limit in 52% of cases. Their vacancy rate has halved, from 34% in Quarter 3 of 2024/25 to 19% now. Ten educational psychologists were appointed in the autumn term 2025."),
    ("h", "Annual reviews"),
    ("p", "In Quarter 3, 58% of reviews were on time, up 5 percentage points on the quarter before. The number of overdue reviews has gone down in every quarter since then and stood at 2,390 on 31 December 2025. Nearly 1,900 review meetings were held between October and December 2025."),
    ("h", "Places"),
    ("p", "39.9% of plans are for children in mainstream schools; nationally it is 43.6%. Another 7.1% are for children in independent and non-maintained special schools, where a place cost £61,300 on average in 2024/25 and most cost between £58,000 and £64,000. "
          "The 160 places that opened in September 2025 bring our special schools to 2,140 places."),
    ("h", "When we disagree"),
    ("p", "77 appeals were registered in Quarter 3, 11 more than in Quarter 3 of 2024/25. Three in four mediation cases (74%) were settled without an appeal. Stage 1 complaints fell to 38, the lowest number in five quarters, and 79% of complaints were answered in time (Quarter 2: 70%)."),
    ("h", "Money"),
    ("p", "We now forecast an in-year deficit of £26.4m on the high needs block for 2025/26 instead of the £23.9m reported in September, on an allocation of £131.2m. The accumulated DSG deficit was £74.6m on 31 March 2025 and would be £101.0m on 31 March 2026. "
          "SEND transport cost £33.7m in 2024/25, 11% over budget, for 4,870 children."),
    ("h", "Staff"),
    ("p", "49.4 FTE case officers were in post at the end of December 2025, each with 160 plans. In Quarter 3 of 2024/25 it was 38.2 FTE and 182 plans. "
          "All of them have had the training on writing outcomes, and parents who took part in the last two panels of the forum have told us that letters are easier to read than they were before. That matters: families remember the tone of a letter longer than its date."),
]
HEAD = ["Measure", "Q3 2024/25", "Q4 2024/25", "Q1 2025/26", "Q2 2025/26", "Q3 2025/26", "Target 2025/26", "England 2024"]
ROWS = [
    ("Demand and waiting times",),
    ("EHC needs assessment requests received", "402", "447", "431", "268", "463", "", ""),
    ("Decisions whether to assess taken within six weeks", "91.4%", "93.0%", "95.2%", "88.9%", "96.1%", "95%", "84.8%"),
    ("New EHC plans issued", "251", "262", "279", "318", "305", "", ""),
    ("New EHC plans issued within 20 weeks, exceptions excluded", "29.9%", "33.6%", "38.7%", "41.2%", "47.5%", "50%", "46.4%"),
    ("Educational psychology advice given within six weeks", "27%", "31%", "36%", "44%", "52%", "60%", ""),
    ("Assessments open for more than 20 weeks, end of quarter", "611", "574", "530", "468", "402", "350", ""),
    ("Average time from request to final plan, for plans issued in the quarter (weeks)", "34.8", "33.9", "31.7", "30.2", "28.6", "26.0", ""),
    ("Caseload and places",),
    ("EHC plans maintained, end of quarter", "7,214", "7,391", "7,562", "7,718", "7,906", "", ""),
    ("Share of plans for children in mainstream schools", "37.9%", "38.3%", "38.8%", "39.4%", "39.9%", "42%", "43.6%"),
    ("Share of plans for children in independent and non-maintained special schools", "6.9%", "6.9%", "7.0%", "7.1%", "7.1%", "6.5%", ""),
    ("Children with a plan who are electively home educated", "141", "148", "152", "163", "158", "", ""),
    ("Annual reviews",),
    ("Annual reviews completed on time", "48%", "51%", "55%", "53%", "58%", "70%", ""),
    ("Annual reviews overdue, end of quarter", "2,960", "2,811", "2,604", "2,655", "2,390", "1,800", ""),
    ("Amended plans issued within 12 weeks of the review meeting", "19%", "22%", "21%", "26%", "30%", "40%", ""),
    ("Disagreements and complaints",),
    ("Appeals registered with the SEND Tribunal", "61", "74", "69", "58", "77", "", ""),
    ("Mediation cases", "83", "92", "95", "71", "98", "", ""),
    ("Mediation cases settled without an appeal", "68%", "70%", "69%", "72%", "74%", "75%", ""),
    ("Stage 1 complaints received about SEND services", "54", "49", "57", "44", "38", "", ""),
    ("Complaints about SEND services answered within the time the council allows itself", "61%", "66%", "63%", "70%", "79%", "90%", ""),
    ("Staff",),
    ("Case officers in post, end of quarter (FTE)", "38.2", "40.6", "43.0", "46.8", "49.4", "52.0", ""),
    ("EHC plans for each case officer", "189", "182", "176", "165", "160", "150", ""),
    ("Educational psychologist vacancy rate", "34%", "31%", "28%", "22%", "19%", "10%", ""),
]


def draw() -> None:
    document = new_document(font="Liberation Serif", size=11.5)
    document.core_properties.title = "SEND performance, Quarter 3 2025/26"
    document.add_heading("Oxmarsh County Council", 1)
    document.add_paragraph("People Scrutiny Committee - 22 January 2026\nSEND performance, Quarter 3 2025/26\nReport of the Cabinet Member for Education")
    for kind, text in BODY:
        if kind == "h":
            document.add_heading(text, 2)
        else:
            document.add_paragraph(text, style="List Bullet" if kind == "b" else None)
    document.add_heading("Appendix 1: SEND measures by quarter", 2)
    table = document.add_table(rows=1, cols=len(HEAD))
    table.style = "Table Grid"
    for cell, text in zip(table.rows[0].cells, HEAD, strict=True):
        write(cell, text, size=9, bold=True, align=1)
        shade(cell, "E8E2D0")
    for entry in ROWS:
        cells = table.add_row().cells
        if len(entry) == 1:
            write(cells[0].merge(cells[-1]), entry[0], size=9.5, bold=True)
            continue
        for column, text in enumerate(entry):
            write(cells[column], text, size=9.5, align=1 if column else None)
    widths(table, [5.6, 1.6, 1.6, 1.6, 1.6, 1.6, 1.7, 1.7])
    place = folder("16-oxmarsh-performance-report")
    document.save(place / "send-performance-q3-2025-26.docx")
    office_to_pdf(place / "send-performance-q3-2025-26.docx", place / "send-performance-q3-2025-26.pdf")


if __name__ == "__main__":
    draw()
