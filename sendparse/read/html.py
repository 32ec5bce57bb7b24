"""A web page becomes a Document: the main content as one text, with its headings, paragraphs, list items and tables.

In: the bytes. Out: a Document of format `html`. Tables that hold data become tables; tables that only lay the page out are
unwrapped. Nothing is fetched: what the page links to stays where it is.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml import etree
from lxml.html import HtmlElement, HTMLParser, document_fromstring

from sendparse.errors import UnreadablePaper
from sendparse.model import BlockKind, Document, Problem
from sendparse.read.charset import decode
from sendparse.read.flow import BOLD_HEADING, Flow, GivenCell, GivenTable, clean, looks_like_heading
from sendparse.read.html_around import around
from sendparse.read.html_main import main_content
from sendparse.read.html_style import Styles, styles_of
from sendparse.read.html_tiles import tiles_in
from sendparse.read.raised import raised

_BLOCK_NAMES = """
    address article blockquote body caption center dd details div dl dt fieldset figcaption figure footer form h1 h2 h3 h4 h5 h6
    header hgroup hr html legend li main menu ol p pre section summary table tbody td tfoot th thead tr ul
"""
_BLOCKS = frozenset(_BLOCK_NAMES.split())
_HEADINGS = {"h1": 1, "h2": 2, "h3": 3, "h4": 4, "h5": 5, "h6": 6}
_BOLD = frozenset({"b", "strong"})
_DEEPEST = 150  # elements within elements; what is deeper is taken as plain text
_LONG_CELL = 250  # letters: a cell that is longer holds prose
_DECLARATION = re.compile(r"^\s*<\?xml[^>]*\?>")
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
_ADDRESS = re.compile(r"saved from url=\(\d+\)(\S+)")
_CHART = re.compile(r"(?:^|[\W_])(?:graph|chart|infographic|diagram|dashboard)s?(?:[\W_]|$)", re.IGNORECASE)
_LONG_VALUE = 60  # letters: what is said of a term is prose where it is longer
_ENDS_IN_NUMBER = re.compile(r"(?<![\w.,])[£(]?\d[\d,.]*(?:%|[mkMK]|bn)?\)?$")
_ENDS_IN_WORD = re.compile(r"[A-Za-z]{3}[):]?$")
_BEGINS_WITH_WORD = re.compile(r"\(?(?:[A-Za-z]{3}|(?:of|in|on|to|by|at|is)\b)")
_ENDS_A_WORD, _BEGINS_ANEW = re.compile(r"[a-z]{4}[):]?$"), re.compile(r"\(?[A-Z][a-z]{3}")
_BEGINS_WITH_NUMBER = re.compile(r"[£(]?\d")
_SIGN_OF_FIGURE = re.compile(r"(?:st|nd|rd|th|pp)\b", re.IGNORECASE)
_NEW_LINE = re.compile(r"[.:;?!•]$")


def read_html(data: bytes, *, document_id: str, file: str) -> Document:
    """The page in `data`. Raises UnreadablePaper (`damaged`, `empty_file`)."""
    source = _CONTROL.sub("", _DECLARATION.sub("", decode(data), count=1))
    parser = HTMLParser(no_network=True, huge_tree=True, remove_pis=True, encoding="utf-8")
    try:
        tree = document_fromstring(source.encode("utf-8", "replace"), parser=parser)
    except (etree.LxmlError, ValueError, AssertionError) as error:
        raise UnreadablePaper(file, "the web page cannot be read", "save it again", code="damaged") from error
    title, url, producer = _title(tree), _url(tree, source), _meta(tree, "generator")
    flow = Flow(document_id)
    surroundings = around(tree)
    styles = styles_of(tree)
    content = main_content(tree, styles)
    _Walker(flow, styles).read(content)
    return Document(
        document_id=document_id,
        file=file,
        format="html",
        text=flow.text,
        blocks=tuple(flow.blocks),
        tables=tuple(flow.tables),
        title=title,
        producer=producer,
        url=url,
        around=surroundings,
        text_layer="born_digital" if flow.text else "none",
        problems=(*_problems(content, flow), *_cut_off(parser, document_id)),
    )


def _problems(content: HtmlElement, flow: Flow) -> Iterator[Problem]:
    """A page that says nothing, and pictures that call themselves charts."""
    if not flow.text:
        message = "the page has no text in its main content"
        yield Problem(document_id=flow.document_id, code="no_text_layer", message=message)
    for picture in content.iter("img"):
        words = " ".join(picture.get(name) or "" for name in ("alt", "title", "src"))
        if _CHART.search(words):
            message = "a chart or another picture of figures is not read: what it says is not in the text"
            quote = clean(picture.get("alt") or "")
            yield Problem(document_id=flow.document_id, code="picture_not_read", message=message, quote=quote)


def _cut_off(parser: HTMLParser, document_id: str) -> Iterator[Problem]:
    """A page whose elements stand so deep in each other that the parser stopped: what follows is not in the tree."""
    if any(entry.type == etree.ErrorTypes.ERR_RESOURCE_LIMIT for entry in parser.error_log):
        message = "elements of the page stand thousands deep in each other; from there on it was not read"
        yield Problem(document_id=document_id, code="too_deep", message=f"{message}. Try: save the page as PDF")


def _meta(tree: HtmlElement, name: str) -> str:
    for element in tree.iter("meta"):
        if name in ((element.get("name") or "").lower(), (element.get("property") or "").lower()):
            return clean(element.get("content") or "")
    return ""


def _title(tree: HtmlElement) -> str:
    """The page's title, with the name of its site where the page states one that the title does not hold."""
    title = clean(tree.findtext(".//title") or "") or _meta(tree, "og:title")
    if not title:
        first = tree.find(".//h1")
        title = clean("".join(first.itertext())) if first is not None else ""
    site = _meta(tree, "og:site_name")
    return f"{title} - {site}" if site and site.lower() not in title.lower() else title


def _url(tree: HtmlElement, source: str) -> str:
    for element in tree.iter("link"):
        if "canonical" in (element.get("rel") or "").lower().split() and element.get("href"):
            return (element.get("href") or "").strip()
    stated = _meta(tree, "og:url")
    saved = _ADDRESS.search(source[:4096])
    return stated or (saved[1] if saved else "")


class _Walker:
    """Goes through the content from top to bottom and hands blocks and tables to the flow."""

    def __init__(self, flow: Flow, styles: Styles, nested: int = 0) -> None:
        self.flow = flow
        self.styles = styles
        self.seam = False  # whether an element has ended right here and another begins
        self.kind: BlockKind = "paragraph"
        self.level = 0
        self.depth = 0  # of lists
        self.line: list[str] = []
        self.bold: list[bool] = []
        self.in_bold = 0
        self.nested = nested

    def read(self, root: HtmlElement) -> None:
        """All of an element."""
        self._inside(root)
        self._flush()

    def _inside(self, element: HtmlElement) -> None:
        if self.nested >= _DEEPEST:
            self._words(" ".join(element.itertext()))
            return
        self.nested += 1
        self._words(element.text)
        tiles = tiles_in(element, self._lines_of) if len(element) > 1 else {}
        for child in element:
            if child in tiles:
                self._flush()
                self.flow.add_table(GivenTable([[GivenCell(line)] for line in tiles[child]], flags=("tile",)))
            elif isinstance(child.tag, str):
                self._element(child)
            self._words(child.tail)
        self.nested -= 1

    def _words(self, text: str | None) -> None:
        if text:
            if self.seam and _stand_apart("".join(self.line), text):
                self.line.append(" ")
            self.seam = False
            self.line.append(text)
            if not text.isspace():
                self.bold.append(self.in_bold > 0)

    def _flush(self) -> None:
        text = clean("".join(self.line))
        bold = bool(self.bold) and all(self.bold)
        self.line, self.bold = [], []
        if self.kind == "paragraph" and looks_like_heading(text, bold=bold):
            self.flow.add("heading", text, BOLD_HEADING)
        else:
            self.flow.add(self.kind, text, self.level)

    def _element(self, element: HtmlElement) -> None:
        tag = str(element.tag)
        if tag == "br":
            self._break(element)
        elif tag == "table":
            self._flush()
            self._table(element)
        elif tag == "dl" and (pairs := _pairs(element)):
            self._flush()
            self.flow.add_table(_labelled(pairs, self.styles, self.nested))
        elif tag in _BLOCKS:
            self._block(element, tag)
        elif tag == "sup":
            self.line.append(raised("".join(self.line), "".join(element.itertext())))
        elif self.styles.sets_apart(element):
            self.line.append(" ")
            self._inline(element, tag)
            self.line.append(" ")
        else:
            self._inline(element, tag)

    def _inline(self, element: HtmlElement, tag: str) -> None:
        before = element.getprevious()
        self.seam = before is not None and not before.tail
        self.in_bold += tag in _BOLD
        self._inside(element)
        self.in_bold -= tag in _BOLD

    def _break(self, element: HtmlElement) -> None:
        """A forced line break ends the block where the next line begins anew, and is a space within a sentence."""
        after = clean(element.tail or "")
        before = clean("".join(self.line))
        goes_on = bool(after) and after[0].islower() and not _NEW_LINE.search(before)
        if goes_on:
            self.line.append(" ")
        else:
            self._flush()

    def _block(self, element: HtmlElement, tag: str) -> None:
        self._flush()
        before = (self.kind, self.level, self.depth)
        if tag in _HEADINGS:
            self.kind, self.level = "heading", _HEADINGS[tag]
        elif element.get("role") == "heading":
            level = element.get("aria-level") or ""
            self.kind, self.level = "heading", int(level) if level.isdecimal() else 2
        elif tag in ("ul", "ol", "menu"):
            self.depth += 1
        elif tag == "li":
            self.kind, self.level = "list_item", max(1, self.depth)
        elif tag in ("dt", "dd", "blockquote", "td", "th") and self.kind != "list_item":
            self.kind, self.level = "paragraph", 0
        if tag == "pre":
            self._lines(element)
        else:
            self._inside(element)
        self._flush()
        self.kind, self.level, self.depth = before

    def _lines_of(self, element: HtmlElement) -> list[str]:
        """The lines of a small element by itself; none where it holds a table."""
        inner = Flow("")
        _Walker(inner, self.styles, self.nested).read(element)
        return [] if inner.tables else [block.text for block in inner.blocks]

    def _lines(self, element: HtmlElement) -> None:
        for line in "".join(element.itertext()).splitlines():
            self.line.append(line)
            self._flush()

    def _table(self, element: HtmlElement) -> None:
        if _lays_out(element):
            before = (self.kind, self.level)
            self.kind, self.level = "paragraph", 0
            self._inside(element)
            self._flush()
            self.kind, self.level = before
        else:
            self.flow.add_table(_given(element, self.styles, self.nested))


def _stand_apart(before: str, after: str) -> bool:
    """Whether words of two elements without a space between them are two: a number and a whole word, or "weeks" and "National".

    Elements part words too ("<b>E</b>HCP", a figure in pieces), so that letters beside letters and digits beside digits stay.
    """
    if _SIGN_OF_FIGURE.match(after):
        return False
    return bool(
        (_ENDS_IN_NUMBER.search(before) and _BEGINS_WITH_WORD.match(after))
        or (_ENDS_IN_WORD.search(before) and _BEGINS_WITH_NUMBER.match(after))
        or (_ENDS_A_WORD.search(before) and _BEGINS_ANEW.match(after))
    )


def _pairs(element: HtmlElement) -> list[tuple[HtmlElement, HtmlElement]]:
    """The terms and their figures of a definition list that holds figures; nothing where it explains words."""
    parts = [part for part in element.iter("dt", "dd") if _own_list(part) is element]
    terms, said = parts[::2], parts[1::2]
    if len(terms) != len(said) or any(part.tag != "dt" for part in terms) or any(part.tag != "dd" for part in said):
        return []
    texts = [clean("".join(part.itertext())) for part in said]
    if len(texts) < 2 or any(len(text) > _LONG_VALUE for text in texts) or element.find(".//table") is not None:
        return []
    figures = sum(any(char.isdigit() for char in text) for text in texts)
    return list(zip(terms, said, strict=True)) if 2 * figures > len(texts) else []


def _own_list(part: HtmlElement) -> HtmlElement | None:
    return next((above for above in part.iterancestors() if above.tag == "dl"), None)


def _labelled(pairs: list[tuple[HtmlElement, HtmlElement]], styles: Styles, nested: int) -> GivenTable:
    """Terms with their figures as the rows of a table."""
    return GivenTable(rows=[[_given_cell(part, False, styles, nested) for part in pair] for pair in pairs])


def _rows(table: HtmlElement) -> list[HtmlElement]:
    """Rows in printed order: a foot may stand before the body in the source."""
    parts: dict[str, list[HtmlElement]] = {"thead": [], "tbody": [], "tfoot": []}
    for child in table:
        if child.tag == "tr":
            parts["tbody"].append(child)
        elif child.tag in parts:
            parts[str(child.tag)].extend(row for row in child if row.tag == "tr")
    return [*parts["thead"], *parts["tbody"], *parts["tfoot"]]


def _cells(row: HtmlElement) -> list[HtmlElement]:
    return [cell for cell in row if cell.tag in ("td", "th")]


def _lays_out(table: HtmlElement) -> bool:
    """Whether a table only puts things side by side: it holds another table, headings, prose, or a single column or row."""
    named = "layout" in (table.get("class") or "").lower()
    if named or (table.get("role") or "").lower() in ("presentation", "none") or table.find(".//table") is not None:
        return True
    rows = [_cells(row) for row in _rows(table)]
    if max((len(cells) for cells in rows), default=0) < 2:
        return True
    if any(cell.tag == "th" for cells in rows for cell in cells) or table.find("caption") is not None:
        return False
    if sum(1 for cells in rows if cells) < 2:
        return True
    if any(table.find(f".//{tag}") is not None for tag in ("h1", "h2", "h3")):
        return True
    texts = [clean("".join(cell.itertext())) for cells in rows for cell in cells]
    return sum(len(text) for text in texts if len(text) > _LONG_CELL) > 0.7 * sum(map(len, texts))


def _given(table: HtmlElement, styles: Styles, nested: int) -> GivenTable:
    caption = table.find("caption")
    title = clean("".join(caption.itertext())) if caption is not None else ""
    rows = []
    for row in _rows(table):
        head = row.getparent() is not None and row.getparent().tag == "thead"
        rows.append([_given_cell(cell, head, styles, nested) for cell in _cells(row)])
    return GivenTable(rows=rows, title=title)


def _given_cell(cell: HtmlElement, in_head: bool, styles: Styles, nested: int) -> GivenCell:
    inner = Flow("")
    walker = _Walker(inner, styles, nested)
    walker.read(cell)
    text = "\n".join(block.text for block in inner.blocks)
    strong = "".join("".join(element.itertext()) for element in cell.iter("b", "strong"))
    return GivenCell(
        text=text,
        row_span=_span(cell.get("rowspan")),
        column_span=_span(cell.get("colspan")),
        header=in_head or cell.tag == "th",
        bold=cell.tag == "th" or (bool(text) and clean(strong) == clean(text)),
    )


def _span(stated: str | None) -> int:
    """What a span attribute says; `0` and nonsense are 1."""
    text = (stated or "").strip()
    return max(1, min(int(text), 1000)) if text.isdecimal() and len(text) <= 6 else 1
