"""Sentences with what a reader knows on reaching them.

In: blocks in reading order. Out: sentences, each with its heading path and its lead: the sentence that announces the list it
stands in, the item it is a part of, or the question in the line before. What the sentences say is not looked at here.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from sendparse.begins import Sought
from sendparse.model import Block, Sentence, Word
from sendparse.text.bounds import LONGEST_SENTENCE, in_pieces, is_run
from sendparse.text.figures_first import with_labels_below
from sendparse.text.split import spans

_ENDS_ASKING = Sought(r"\?[\"'”’)]*\s*$")
_OPENS_ASKING = re.compile(
    r"^\s*(?:\(?(?:\d{1,2}|[a-z]|[ivx]{1,4})[.)]\s*|Q\s?\d*[.:)]?\s*|Question\s*\d*[.:)]?\s*)*"
    r"(?:[Hh]ow many|[Hh]ow much|[Hh]ow long|[Ww]hat (?:is|was|are|were|percentage|proportion|number|has|have|did|does)|"
    r"Please (?:provide|state|confirm|supply|give|tell|can you|could)|Can you|Could you|I would like|"
    r"The (?:total )?number of [^.]*[:]\s*$)|"
    r"^\s*Q(?:uestion)?\s?\d{1,2}[.:)]\s+(?:[^\W\d]\w*\W+){2}[^\n]*[^\W\d]\W*$|"
    r"^\s*Q(?:uestion)?\s?\d{1,2}[.:)]\s+(?:The )?(?:[Tt]otal |[Aa]verage )?(?:[Nn]umber|[Pp]ercentage|[Pp]roportion|[Cc]ost|[Aa]mount)\b"
)
_TOLD = Sought(r"(?:^|[:–=-])\s*£?[\d,.]+\s*(?:$|\(|(?:weeks|days|months|FTE)\b)|[%£]")  # a line with a figure
_ENDS_WITH_DIGIT = re.compile(r"\d\s*$")
_LETTERED = re.compile(r"\s*\(?[a-z]\)")
_CELL = re.compile(r"[^\t]+")
_COUNTED = re.compile(  # "Independent special 167", "NEET 1,059", but not "Key Stage 4" or "In 2024"
    r"[A-Z](?:[^.:;?!\d]|(?<=-)\d|(?<=-\d)\d){2,60}(?<!\bYear)(?<!\bSection)(?<!\bWeek)(?<!\bPage)(?<!\bunder)(?<!\bof)(?<!\bto)(?<!\bin)"
    r"\s(?!(?:19|20)\d\d\s*$)\d(?:\d|,\d{3})[\d,]*\s*"
)
_BARE = re.compile(  # a line that is nothing but a figure or two
    r"(?i)\s*(?:A\s?\d*[.:)]\s*)?(?:£\s?)?\d[\d,]*(?:\.\d+)?\s?(?:%|per\s?cent|weeks?|days?|months?|FTE|million|[mk])?"
    r"(?:\s*(?:and|;|,|/)\s*(?:£\s?)?\d[\d,]*(?:\.\d+)?\s?%?)?\s*\.?\s*"
)
_ITEM_OF_A_REQUEST = re.compile(r"\s*\(?(?:\d{1,2}|[a-z])[.)]\s+[^\W\d]\w*(?:\W+[^\W\d]\w*)+[^\n]*")
_ANSWER = re.compile(r"^\s*(?:A\s?\d*[.:)]|Answer\s*[.:)]?|Response\s*[.:)]?|Reply\s*[.:)]?)\s*", re.I)
_ANSWERED_AT_ONCE = Sought(
    r"\?[\"'”’)]*\s+(?=[^?]*\d)(?:[^\s?]+\s+){4}[^?]*$"
)  # "How many? In January 2025 it was 310."
_YEAR_AT_END = re.compile(r"(?:19|20)\d\d(?:[/-]\d{2,4})?\W*$")
_BACK = re.compile(r"\b(?:of\s+(?:these|those|them|which|the\s+above)|the\s+above|these|those)\b", re.I)
_COMPARES = Sought(r"(?i)^\W*(?:how|what)\b[^?]{0,20}\b(?:this|that|it)\s+(?:compare|change|differ|look)")
MARK = re.compile(r"\s*(?:(?:Q(?:uestion)?|A(?:nswer)?)\s*)?\(?(?:\d{1,2}|[a-z])[.):]\s*")
_NUMBERED = re.compile(r"\s*\(?((?:\d{1,2}|[a-z]))[.)](?!\d)")
_SHORT_CELL = 14
_ENDS = LONGEST_SENTENCE // 2
_BULLET = re.compile(r"^[•·▪◦●○‣⁃∙*\uf0b7]\s*")


@dataclass(slots=True)
class _Context:
    """What has been read so far."""

    path: list[tuple[int, str]] = field(default_factory=list)
    above: bool = False  # whether the block before was a heading
    lead: str = ""  # of the list being read
    items: list[tuple[int, str]] = field(default_factory=list)  # list items that an item further in may belong to
    last: str = ""  # the sentence before
    question: str = ""
    answered: int = 0
    told: int = 0  # lines with figures since the lead
    request: str = ""  # "Please provide the following for 2022/23:", above things that are asked for by naming them
    line: str = ""  # the line before, where it asks for a figure by naming it: "2. The number refused."
    asked: dict[str, str] = field(default_factory=dict)  # questions by their number; the answers may follow in one go
    caption: str = ""  # a short line without a figure, above lines of label and figure


@dataclass(slots=True)
class _Said:
    """What is asked of a block more than once."""

    asks: bool
    words: int


def sentences(blocks: Iterable[Block]) -> list[Sentence]:
    """All sentences of the blocks, headings included (kind `heading`)."""
    out: list[Sentence] = []
    context = _Context()
    for number, block in enumerate(with_labels_below(list(blocks))):
        if block.kind == "heading":
            # "Annual reviews" right over "RAG: Red" heads what follows too.
            over = context.path[-1:] if context.above else []
            kept = [(level, title) for level, title in context.path if level < block.level]
            context.path = kept if not over or over[0] in kept else [*kept, *over]
            whole = (0, min(len(block.text), LONGEST_SENTENCE))
            out.append(_sentence(block, whole, (number, 0), _headings(context), ""))
            context.path.append((block.level, _flat(block.text)))
            context.lead, context.items, context.last, context.question, context.caption = "", [], "", "", ""
            context.request = context.line = ""
            context.above = True
            continue
        context.above = False
        said = _Said(asks=_asks(block.text), words=len(block.text.split()))
        lead = _lead(block, said, context)
        headings = _headings(context)
        cut = _cells(block.text) if block.kind == "table_row" else spans(block.text)
        cut = [span for span in in_pieces(block.text, cut) if not is_run(block.text[span[0] : span[1]])]
        for place, (start, end) in enumerate(cut):
            here = lead if not place or block.kind == "list_item" or is_question(lead) else context.question
            if block.kind == "table_row" and place:
                here = _flat(block.text[cut[0][0] : cut[0][1]]) if len(block.text[cut[0][0] : cut[0][1]]) < 120 else ""
            out.append(_sentence(block, (start, end), (number, place), headings, here))
        if lead and MARK.fullmatch(block.text):  # "b)" by itself: what was asked under it leads to the lines below
            context.question, context.answered, context.lead, context.caption = lead, 0, "", ""
            continue
        _remember(block, block.text[cut[-1][0] : cut[-1][1]] if cut else "", said, context)
    return out


def _cells(text: str) -> list[tuple[int, int]]:
    """A row with tabs: short cells stay together, a cell that holds running text falls into its sentences."""
    cells = [match.span() for match in _CELL.finditer(text)]
    if all(len(text[start:end].split()) <= _SHORT_CELL for start, end in cells):
        return [(0, len(text))]
    return [(start + a, start + b) for start, end in cells for a, b in spans(text[start:end])]


def _headings(context: _Context) -> tuple[str, ...]:
    return tuple(title for _, title in context.path)


def _flat(text: str) -> str:
    return _BULLET.sub("", " ".join(text[:LONGEST_SENTENCE].split()))


def _sentence(
    block: Block, span: tuple[int, int], at: tuple[int, int], headings: tuple[str, ...], lead: str
) -> Sentence:
    start, end = span
    return Sentence(
        text=block.text[start:end],
        kind=block.kind,
        start=None if block.start is None else block.start + start,
        page=block.page,
        anchors=_anchors(block.anchors, start, end),
        headings=headings,
        lead=lead,
        block=at[0],
        place=at[1],
    )


def is_question(text: str) -> bool:
    """Whether a text asks, by its end or by its beginning."""
    ends = "?" in text and _ENDS_ASKING.search(text) is not None
    return ends or _OPENS_ASKING.match(text) is not None


def _asks(text: str) -> bool:
    """Whether a block asks. Of a long one, its beginning and its end tell."""
    return is_question(text if len(text) <= LONGEST_SENTENCE else f"{text[:_ENDS]} {text[-_ENDS:]}")


def _anchors(anchors: Sequence[tuple[int, Word]], start: int, end: int) -> tuple[tuple[int, Word], ...]:
    """Words that begin in a stretch, from its beginning: anchors stand in the order of the text."""
    if not anchors:
        return ()
    last = len(anchors) if anchors[-1][0] < end else bisect_left(anchors, end, key=_place)
    if not start and anchors[0][0] >= 0:
        return tuple(anchors[:last])
    return tuple([(here - start, word) for here, word in anchors[bisect_left(anchors, start, key=_place) : last]])


def _place(anchor: tuple[int, Word]) -> int:
    return anchor[0]


def _number_of(block: Block) -> str:
    match = _NUMBERED.match(block.text)
    return match[1] if match else ""


def _lead(block: Block, said: _Said, context: _Context) -> str:
    """What announces this block."""
    if not said.asks and (question := context.asked.get(_number_of(block), "")):
        return question
    if context.line and _BARE.fullmatch(block.text):
        return f"{context.line} {context.request}".strip()
    if block.kind == "list_item":
        outer = [text for level, text in context.items if level < block.level]
        return outer[-1] if outer else context.lead or context.question or context.last
    told = context.answered > 1 and said.words > _SHORT_CELL  # rows have answered it; here prose goes on
    if context.question and not said.asks and not told:
        return context.question
    if context.lead.endswith((":", "-", "–")):
        return context.lead
    return context.caption if context.caption and said.words <= _SHORT_CELL else ""


def _remember(block: Block, piece: str, said: _Said, context: _Context) -> None:
    """Keep what the block says; `piece` is its last sentence."""
    _remember_question(block, said, context)
    told = _TOLD.search(block.text) is not None
    names = not told and _ITEM_OF_A_REQUEST.fullmatch(block.text) and not is_question(block.text)
    context.line = _flat(block.text) if names else ""
    if block.text.rstrip().endswith(":") and is_question(block.text):
        context.request = _flat(block.text)
    last = _flat(piece)
    if said.words > _SHORT_CELL:
        context.caption = ""
    elif not (told or block.text.rstrip().endswith((".", "!", "?")) or _COUNTED.fullmatch(block.text)):
        context.caption = last
        if context.told:
            context.lead = ""  # what the lead announced has been told
        if context.answered and not said.asks:
            context.question = ""  # the answer is given; what follows has a caption of its own
    if block.kind == "list_item":
        _remember_item(block, last, context)
        return
    if last.endswith(":") and said.words > 2 and not said.asks:
        context.question = ""
    if said.asks:
        asked = _flat(_ANSWER.sub("", block.text))
        if context.question and (_BACK.search(asked) or _COMPARES.search(asked)):
            asked = f"{asked} {context.question}"  # "How many of these were refused?" leans on the question before
        context.question, context.answered = "" if _ANSWERED_AT_ONCE.search(block.text) else asked, 0
    elif context.question:
        context.answered += 1
        if context.answered > 1 and said.words > 12:
            context.question = ""
    context.told += told
    _remember_lead(block, last, said, context)


def _remember_question(block: Block, said: _Said, context: _Context) -> None:
    """A question with a number: its answer may bear the same number further on."""
    number = _number_of(block)
    if number and number not in context.asked and said.words < 50:
        bare = _YEAR_AT_END.sub("", block.text)
        listed = context.asked or _asks(context.lead)
        if said.asks or (listed and not ("%" in bare or "£" in bare or _ENDS_WITH_DIGIT.search(bare))):
            context.asked[number] = _flat(block.text)


def _remember_item(block: Block, last: str, context: _Context) -> None:
    context.items = [(level, text) for level, text in context.items if level < block.level]
    context.items.append((block.level, last))
    if _LETTERED.match(block.text) and not (last.endswith("%") or _ENDS_WITH_DIGIT.search(last)):
        context.caption = last  # "a) The number of requests", with its figures in the lines below
        context.question = context.lead = ""


def _remember_lead(block: Block, last: str, said: _Said, context: _Context) -> None:
    short = block.kind == "table_row" or said.words <= 8
    if not short or last.endswith(":"):
        context.lead = last if last.endswith((":", "-", "–")) else ""
        context.told = 0
        context.items = []
        context.last = last
    elif not context.lead:
        context.last = last
