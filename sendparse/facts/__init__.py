"""Who published a paper, for which meeting, when, and under which title.

In: a paper that has been read, its blocks and tables. Out: `Facts`, and a problem for each thing that matters and that
the paper does not say. Nothing certain stays empty: a wrong council is worse than none.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from sendparse.facts.data_day import data_day
from sendparse.facts.front import read_front
from sendparse.facts.meeting import Meeting, MeetingReader, published_day
from sendparse.facts.names import council_names
from sendparse.facts.publisher import Publisher, PublisherFinder
from sendparse.facts.title import paper_title
from sendparse.facts.wordings import load_wordings
from sendparse.model import Block, Document, Facts, Problem, Table
from sendparse.reference import Council, Reference

__all__ = ["document_facts", "unproved_wordings"]


def document_facts(
    document: Document,
    blocks: Sequence[Block],
    reference: Reference,
    *,
    tables: Sequence[Table] = (),
    council: str = "",
    day: date | None = None,
) -> tuple[Facts, list[Problem]]:
    """The facts of one paper.

    Arguments: `blocks` in reading order; `tables` as found (front sheets of PDFs are tables); `council` (name, GSS code
    or three-digit DfE code) and `day` (of the meeting) override what the paper says.
    Returns the facts and problems `council_unknown`, `council_ambiguous`, `meeting_date_unknown`,
    `meeting_date_ambiguous`. Raises InputError when `council` names none.
    """
    wordings = load_wordings(reference.folder.parent / "facts.yaml")
    names = council_names(reference, wordings)
    chosen = reference.find_council(council) if council else None
    tables = tables or document.tables
    front = read_front(document, blocks, tables, wordings)
    reader = MeetingReader(wordings, names)
    meeting = reader.read(front, document.title)
    publisher = Publisher(council=chosen)
    if chosen is None:
        finder = PublisherFinder(reference, wordings, names)
        publisher = finder.find(document, blocks, tables, front, meeting)
    if publisher.other and not meeting.committee:
        meeting = Meeting()  # the day of a decision or an inspection, not of a council's meeting
    held = day or meeting.day
    facts = Facts(
        **_council_fields(publisher.council),
        committee=meeting.committee,
        meeting_date=held,
        published_date=published_day(front, (block.text for block in blocks), document.around),
        title=paper_title(front, document.title, wordings, reader, names),
        data_date=data_day(front, blocks, tables, wordings, held),
    )
    return facts, _problems(document, publisher, meeting, held)


def unproved_wordings(reference: Reference) -> list[str]:
    """Every example of `facts.yaml` that does not give what it says, as one line each; empty when all hold."""
    found = []
    for example in load_wordings(reference.folder.parent / "facts.yaml").examples:
        document = Document(document_id="", file="facts.yaml", format="pdf")
        facts, _ = document_facts(document, [Block(kind="paragraph", text=example.says, page=1)], reference)
        given = str(getattr(facts, "committee" if example.group == "meeting" else example.group) or "")
        # A lone line that is no labelled title may still be taken for the title of so short a paper.
        if given != example.gives and (example.gives or example.group != "title"):
            found.append(f"facts.yaml, {example.group}: '{example.says}' gives '{given}', not '{example.gives}'")
    return found


def _council_fields(council: Council | None) -> dict[str, str]:
    if council is None:
        return {}
    return {
        "council_code": council.gss_code,
        "council": council.name,
        "la_code": council.la_code,
        "region": council.region,
    }


def _problems(document: Document, publisher: Publisher, meeting: Meeting, held: date | None) -> list[Problem]:
    problems: list[Problem] = []

    def add(code: str, message: str, quote: str) -> None:
        problems.append(Problem(document_id=document.document_id, code=code, message=message, quote=quote))

    if publisher.doubt == "unknown":
        why = f"it names {publisher.seen}, but not as its publisher" if publisher.seen else "it names none"
        why = f"another body seems to have, by the words '{publisher.seen[:80]}'" if publisher.other else why
        message = f"No council is sure to have published this paper: {why}. Try: --council"
        add("council_unknown", message, publisher.seen)
    if publisher.doubt == "ambiguous":
        message = f"More than one council may have published this paper: {publisher.seen}. Try: --council"
        add("council_ambiguous", message, publisher.seen)
    if held is None and meeting.conflict:
        add("meeting_date_ambiguous", "The front sheets name different days. Try: --date", meeting.conflict)
    elif held is None:
        add("meeting_date_unknown", "The paper does not say for which day it was written. Try: --date", "")
    return problems
