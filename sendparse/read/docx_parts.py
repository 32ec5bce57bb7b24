"""The parts of a Word file that its text leans on: styles, numbering, notes, properties.

In: the zip archive. Out: parsed parts. Made for files of strangers: a part is unpacked only up to a limit, entities are not
followed, nothing is fetched. Names of styles are taken as Word stores them (English for the built-in ones in every language).
"""

from __future__ import annotations

import io
import posixpath
import re
import zipfile
import zlib
from dataclasses import dataclass, field

from lxml import etree

from sendparse.errors import UnreadablePaper

MOST_BYTES = 200_000_000  # of one part, unpacked
_MOST_RATIO = 400  # unpacked to packed, of a part that is large
_LARGE = 20_000_000
_HEADING = re.compile(r"heading ([1-9])$")
_OFF = frozenset({"0", "false", "off", "none"})
_DAMAGE = (zipfile.BadZipFile, zlib.error, EOFError, OSError, etree.XMLSyntaxError)
_BODY_LEVEL = 9  # the outline level of text that is no heading
_LIMIT = 114  # the parser's code for "deeper, or more, than a file of good faith needs"
_MANY_LEVELS = re.compile(r"%\d.*%\d")

Element = etree._Element


@dataclass(frozen=True, slots=True)
class Style:
    """What a paragraph style says, with what it inherits."""

    name: str = ""
    heading: int = 0
    bold: bool = False
    number: str = ""  # id of the numbering it brings
    number_level: int = 0

    @property
    def is_contents(self) -> bool:
        """A line of a table of contents."""
        return self.name.startswith("toc ") or self.name == "table of figures"


@dataclass(slots=True)
class Parts:
    """A Word file taken apart. `space` is the namespace that its main part uses (transitional or strict)."""

    body: Element
    space: str
    styles: dict[str, Style] = field(default_factory=dict)
    lists: set[tuple[str, int]] = field(default_factory=set)  # numbering id and level that make a list item
    footnotes: dict[str, Element] = field(default_factory=dict)
    title: str = ""
    producer: str = ""


def local(element: Element) -> str:
    """The name of an element without its namespace; empty for a comment."""
    tag = element.tag
    return tag[tag.rfind("}") + 1 :] if isinstance(tag, str) else ""


def attribute(element: Element, name: str) -> str:
    """An attribute by its bare name, whatever its namespace."""
    for key, value in element.attrib.items():
        if str(key).rpartition("}")[2] == name:
            return str(value)
    return ""


def child(element: Element | None, *names: str) -> Element | None:
    """The first child of that name, and of that the first child of the next name."""
    for name in names:
        if element is None:
            return None
        element = next(element.iterchildren("{*}" + name), None)
    return element


def is_on(element: Element | None) -> bool:
    """A property that is there is on, unless it says otherwise."""
    return element is not None and attribute(element, "val").lower() not in _OFF


def read_parts(data: bytes, file: str) -> Parts:
    """The parts of the Word file in `data`. Raises UnreadablePaper (`damaged`, `too_large`, `encrypted`)."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return _read(_Archive(archive, file))
    except etree.XMLSyntaxError as error:
        raise refusal(error, file) from error
    except (*_DAMAGE, ValueError, NotImplementedError) as error:
        raise UnreadablePaper(file, "the Word file is damaged", "download it again", code="damaged") from error
    except RuntimeError as error:  # what zipfile raises for a part with a password
        hint = "open it with its password and save a copy without one"
        raise UnreadablePaper(file, "the file is protected by a password", hint, code="encrypted") from error


def refusal(error: etree.XMLSyntaxError, file: str) -> UnreadablePaper:
    """Why a part cannot be read, from what the parser says."""
    code = getattr(error, "code", 0)
    if code == etree.ErrorTypes.ERR_ENTITY_LOOP or (code == _LIMIT and "ntity" in str(error.msg)):
        cause = "the Word file holds entities that grow without end, as no program writes them"
        return UnreadablePaper(file, cause, "leave it out: it was made to do harm", code="too_large")
    if code == _LIMIT:
        cause = "its text stands deeper within tables or other elements than is read"
        return UnreadablePaper(file, cause, "save it as PDF and run again on that file", code="too_deep")
    return UnreadablePaper(file, "the Word file is damaged", "download it again", code="damaged")


class _Archive:
    """Parts by name, each unpacked only up to a limit."""

    def __init__(self, archive: zipfile.ZipFile, file: str) -> None:
        self.archive = archive
        self.file = file
        self.names = {info.filename.replace("\\", "/").lstrip("/").lower(): info for info in archive.infolist()}

    def part(self, name: str) -> Element | None:
        """The root of a part, or nothing where there is no such part."""
        info = self.names.get(name.lower())
        if info is None:
            return None
        if info.file_size > MOST_BYTES or (
            info.file_size > _LARGE and info.file_size > _MOST_RATIO * max(1, info.compress_size)
        ):
            raise self._too_large()
        content = self.archive.read(info)  # never more than the size stated above
        parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
        return etree.fromstring(content, parser)

    def optional(self, name: str) -> Element | None:
        """A part that the text can do without: damaged counts as absent."""
        try:
            return self.part(name)
        except _DAMAGE:
            return None

    def _too_large(self) -> UnreadablePaper:
        cause = "the Word file unpacks to far more than a paper holds"
        return UnreadablePaper(self.file, cause, "save it as PDF and run again on that file", code="too_large")


def _read(archive: _Archive) -> Parts:
    name = _main_part(archive)
    root = archive.part(name)
    body = child(root, "body")
    if root is None or body is None:
        raise ValueError("no main part")
    folder = posixpath.dirname(name)
    styles = _styles(archive.optional(f"{folder}/styles.xml"))
    parts = Parts(body=body, space=str(root.tag).rpartition("}")[0].lstrip("{"), styles=styles)
    parts.lists = _lists(archive.optional(f"{folder}/numbering.xml"))
    for kind in ("footnote", "endnote"):
        notes = archive.optional(f"{folder}/{kind}s.xml")
        for note in notes if notes is not None else ():
            if local(note) == kind and not attribute(note, "type"):
                parts.footnotes[kind + attribute(note, "id")] = note
    core = child(archive.optional("docProps/core.xml"), "title")
    parts.title = " ".join((core.text or "").split()) if core is not None else ""
    application = child(archive.optional("docProps/app.xml"), "Application")
    parts.producer = (application.text or "").strip() if application is not None else ""
    return parts


def _main_part(archive: _Archive) -> str:
    """The part that the file names as its document."""
    relations = archive.optional("_rels/.rels")
    for relation in relations if relations is not None else ():
        if attribute(relation, "Type").endswith("/officeDocument"):
            return attribute(relation, "Target").lstrip("/")
    return "word/document.xml"


def _styles(root: Element | None) -> dict[str, Style]:
    """Paragraph styles with what they inherit, by id."""
    given = {
        attribute(style, "styleId"): style
        for style in (root if root is not None else ())
        if local(style) == "style" and attribute(style, "type") in ("paragraph", "")
    }
    done: dict[str, Style] = {}

    def resolve(name: str, seen: frozenset[str]) -> Style:
        if name in done:
            return done[name]
        style = given.get(name)
        if style is None or name in seen or len(seen) > 50:
            return Style()
        based = child(style, "basedOn")
        parent = resolve(attribute(based, "val"), seen | {name}) if based is not None else Style()
        done[name] = _style(style, parent)
        return done[name]

    for name in given:
        resolve(name, frozenset())
    return done


def _style(style: Element, parent: Style) -> Style:
    named = child(style, "name")
    name = attribute(named, "val").lower() if named is not None else ""
    paragraph = child(style, "pPr")
    bold = child(style, "rPr", "b")
    number = child(paragraph, "numPr", "numId")
    level = child(paragraph, "numPr", "ilvl")
    return Style(
        name=name,
        heading=_heading(name, paragraph) or (parent.heading if child(paragraph, "outlineLvl") is None else 0),
        bold=is_on(bold) if bold is not None else parent.bold,
        number=attribute(number, "val") if number is not None else parent.number,
        number_level=_whole(level, parent.number_level),
    )


def _heading(name: str, paragraph: Element | None) -> int:
    found = _HEADING.match(name)
    if found:
        return int(found[1])
    if name in ("title", "subtitle"):
        return 1 if name == "title" else 2
    return outline_level(paragraph)


def outline_level(paragraph: Element | None) -> int:
    """The heading level (from 1) that paragraph properties state; 0 where they state none."""
    outline = child(paragraph, "outlineLvl")
    level = _whole(outline, _BODY_LEVEL)
    return level + 1 if level < _BODY_LEVEL else 0


def _whole(element: Element | None, otherwise: int) -> int:
    text = attribute(element, "val") if element is not None else ""
    return int(text) if text.isdecimal() and len(text) < 9 else otherwise


def _lists(root: Element | None) -> set[tuple[str, int]]:
    """Which numbering at which level makes list items. `1.2` numbers the paragraphs of a report: those stay paragraphs."""
    if root is None:
        return set()
    kinds: dict[str, set[int]] = {}
    for abstract in root:
        if local(abstract) == "abstractNum":
            levels = (level for level in abstract if local(level) == "lvl")
            kinds[attribute(abstract, "abstractNumId")] = {
                int(attribute(level, "ilvl") or 0) for level in levels if _makes_item(level)
            }
    out: set[tuple[str, int]] = set()
    for number in root:
        if local(number) == "num":
            refers = child(number, "abstractNumId")
            levels_of = kinds.get(attribute(refers, "val"), set()) if refers is not None else set()
            out.update((attribute(number, "numId"), level) for level in levels_of)
    return out


def _makes_item(level: Element) -> bool:
    kind, text = child(level, "numFmt"), child(level, "lvlText")
    form = attribute(kind, "val") if kind is not None else "decimal"
    if form == "none":
        return False
    return form != "decimal" or text is None or not _MANY_LEVELS.search(attribute(text, "val"))
