"""Paper 15: a letter after an inspection: full of the words of the subject, of dates, ages and section numbers, with hardly a figure in it."""

from __future__ import annotations

import tempfile
from pathlib import Path

from printing import folder, office_to_pdf
from word import new_document, widths, write

CONTACTS = [
    ("Local authority", "Integrated care board"),
    ("Director of Children's Services, Hollinbeck Council", "Chief Nurse, NHS Hollinbeck and Fells ICB"),
    ("www.hollinbeck.example", "www.hollinbeckfells.example"),
    ("Floor 3, Mill House, 22 Weir Street", "Unit 7, Fells Park"),
]
SECTIONS = [
    ("Area SEND inspection of the Hollinbeck Local Area Partnership", [
        "Inspection dates: 9 to 27 September 2024",
        "Date of previous inspection: 11 to 15 June 2018",
    ]),
    ("Inspection outcome", [
        "What children and young people with special educational needs and/or disabilities (SEND) experience in Hollinbeck, and what they achieve, varies too much from one place to another. The council and the health services have to put this right together.",
        "We expect to come back for a full inspection in about three years. Before then the partnership should bring its published plan up to date, so that it deals with the recommendations at the end of this letter.",
    ]),
    ("About the partnership", [
        "Services for those aged 0 to 25 with SEND are planned and bought by two bodies: Hollinbeck Council and NHS Hollinbeck and Fells Integrated Care Board (ICB). The council maintains around 2,300 education, health and care (EHC) plans. "
        "Leadership has changed since 2022: a new director started in April 2023, and the designated clinical officer took up post on 1 February 2024.",
        "Alternative provision, which the council pays for, takes pupils in Years 7 to 11: some have been permanently excluded or nearly so, others are too anxious to be in school.",
    ]),
    ("Growing up with SEND in Hollinbeck", [
        "Children's needs are often found early. Health visitors use the two-year review well, and settings know whom to ask. Where practitioners from education, health and social care write advice together, plans describe the child in a way that families recognise. "
        "Where they do not, section B is thin, section F repeats section B, and outcomes are copied from one year's plan to the next.",
        "Families wait too long. Many EHC plans miss the 20-week statutory timescale, and educational psychologists' advice often arrives after the six weeks allowed. Annual reviews are late, above all for young people in Year 9 and for those aged 16 and over. "
        "The 18-week standard for speech and language therapy is not met, and some children wait more than two years for a neurodevelopmental assessment. While they wait, the help on offer depends on where they live.",
        "Young people told inspectors that they feel safe and that adults listen to them. Those in post-16 provision value their supported internships. Those on part-time timetables told us that nobody had explained when this would end.",
    ]),
    ("What works well", [
        "Leaders know their strengths and weaknesses. The self-evaluation is honest, the SEND data dashboard is in its second version, and the partnership board, which meets every six weeks, asks hard questions about the percentage of plans that are on time and the number of tribunal appeals.",
        "The parent carer forum is a partner at every table. It helped to write the 2023 to 2026 strategy, it co-chairs one of the workstreams, and its 'ask once' approach has been taken up by the 0 to 19 service.",
        "The dynamic support register is used well. Professionals meet early when a child's placement is at risk, so that fewer children come into tier 4 hospital care.",
        "Since the 2018 inspection, the work of the early years inclusion team has become a strength. Section 23 notifications from health reach the council quickly.",
    ]),
    ("What has to improve", [
        "The partnership does not yet make sure that plans are made on time or that their quality is good enough. Quality assurance looks at too few plans, and what it finds does not reach those who write them. Not all advice givers follow the guidance of paragraphs 9.49 to 9.52 of the SEND code of practice (January 2015).",
        "Oversight of children who are educated otherwise than at school under section 61 of the Children and Families Act 2014, or under section 19 of the Education Act 1996, is too weak. Leaders cannot say with confidence how many hours of education each child receives.",
        "Preparation for adulthood starts too late. The transition from CAMHS to adult services at 18 is abrupt, and the 14+ team does not have the capacity that it needs.",
    ]),
    ("Recommendations", [
        "1. Leaders across the partnership should reduce the time that children and young people wait for EHC plans, annual reviews and neurodevelopmental assessments.",
        "2. Leaders should strengthen the quality assurance of EHC plans, so that plans set out clearly what each child needs and who will provide it.",
        "3. The council should know, for each child on an EOTAS package or a part-time timetable, what education is provided and when it will be reviewed.",
    ]),
    ("Inspection team and details", [
        "We inspected because the Secretary of State asked us to, under section 20(1)(a) of the Children Act 2004. One of His Majesty's Inspectors led a team from Ofsted and the Care Quality Commission (CQC).",
        "If you want to complain about the inspection or this letter, write within 10 working days. Telephone 0300 555 0142, textphone 0161 555 0199. Reference 50312877. Published 12 November 2024.",
    ]),
]


def draw() -> None:
    document = new_document(size=11.5)
    for title, paragraphs in SECTIONS:
        document.add_heading(title, 1 if title.startswith("Area SEND") else 2)
        for text in paragraphs:
            document.add_paragraph(text)
    table = document.add_table(rows=0, cols=2)
    table.style = "Table Grid"
    for entry in CONTACTS:
        for cell, text in zip(table.add_row().cells, entry, strict=True):
            write(cell, text, size=10.5)
    widths(table, [8.5, 8.5])
    with tempfile.TemporaryDirectory() as scratch:
        source = Path(scratch) / "letter.docx"
        document.save(source)
        office_to_pdf(source, folder("15-hollinbeck-inspection-letter") / "area-send-inspection-hollinbeck-2024.pdf")


if __name__ == "__main__":
    draw()
