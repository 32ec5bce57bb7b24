"""Which part of a web page is the paper: its main content, without navigation, cookie bars, share links and the like.

In: a parsed page. Out: the element that holds the content, with what is no content taken out. A page says it best (`main`,
`role=main`, `article`, a content id); where it says nothing, the body stays and what looks like navigation goes. Whatever is
hidden from a reader goes in any case. Made for agenda pages of committee systems and for council web pages alike.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from lxml import etree
from lxml.html import HtmlElement

from sendparse.read.html_style import Styles


def _set(names: str) -> frozenset[str]:
    return frozenset(names.split())


_NEVER = _set(
    "script style noscript template svg iframe object embed audio video canvas map select option datalist input textarea "
    "nav footer aside dialog head link meta base progress meter "
    "del s strike"  # what its writer has struck out
)
_ROLES = _set("navigation banner contentinfo complementary search menu menubar toolbar dialog alertdialog")
_CONTENT_NAMES = _set(
    "content maincontent contentmain pagecontent contentbody bodycontent articlebody articlecontent contentarea "
    "mgcontent modgov pagebody textcontent editorcontent sitecontent contentinner"
)
_UNSEEN_NAMES = _set(
    "visuallyhidden visually-hidden sr-only sronly screen-reader-text screenreader govuk-visually-hidden "
    "mgnonvisual hidden-accessible u-hidden is-hidden element-invisible"
)
_SURE = _set(
    "cookie cookies cookiebar cookiebanner breadcrumb breadcrumbs mgbreadcrumbs skip skiplink skiplinks skipnav gdpr "
    "consent noprint"
)
_LIKELY = _set(
    "nav navbar navigation navigate menu menus submenu sidebar sidenav sidemenu related share sharing social socialmedia "
    "addthis pagination pager pagefooter footer masthead siteheader pageheader banner toolbar feedback rating ratings "
    "helpful comments search searchbox login signin newsletter subscribe mglinks mgtoolbar mgsidenav "
    "mgrelatedpages backtotop toc"
)
_FILE_LINK = re.compile(r"\b(?:pdf|docx?|xlsx?|pptx?|zip|rtf|html?)\b[^a-z]*\d[\d.,]*\s*[kmg]b\b", re.IGNORECASE)
_DATED = re.compile(
    r"\b(?:January|February|March|April|May|June|July|August|September|October|November|December),? 20\d\d\b"
)
_KEEP_BUTTONS = _set("h1 h2 h3 h4 h5 h6 summary dt")  # the button that opens a section is its heading
_WORDS = re.compile(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])|\d+")
_HIDING = re.compile(r"(?:display\s*:\s*none|visibility\s*:\s*hidden)", re.IGNORECASE)
_ENOUGH = 0.25  # of the page's text: less is no main content
_LINKED = 0.45  # of a block's text in links: navigation
_MOST_OF_IT = 0.5
_CALLED_BY_LINK = 80  # letters: a longer link is a sentence


def main_content(tree: HtmlElement, styles: Styles | None = None) -> HtmlElement:
    """The element that holds the paper's content. The tree is changed: what is no content is gone from it."""
    body = tree.find("body")
    root: HtmlElement = body if body is not None else tree
    _drop(root.iter(etree.Comment, etree.ProcessingInstruction))
    styles = styles or Styles()
    _drop([element for element in root.iter(etree.Element) if element is not root and _is_unseen(element, styles)])
    whole = len(_text(root))
    chosen = _stated(root, whole)
    if chosen is None:
        chosen = _named(root, whole)
    if chosen is None:
        chosen = root
    _prune(chosen, whole_page=chosen is root)
    return chosen


def _stated(root: HtmlElement, whole: int) -> HtmlElement | None:
    """What the page itself calls its main content; of several, the one that says most."""
    for path in (".//main|.//*[@role='main']", ".//article"):
        found: list[HtmlElement] = root.xpath(path)
        best = max(found, key=lambda element: len(_text(element)), default=None)
        if best is not None and len(_text(best)) >= _ENOUGH * whole:
            return best
    return None


def _named(root: HtmlElement, whole: int) -> HtmlElement | None:
    """The innermost element named like content that holds most of the page's text."""
    best = None
    for element in root.iter("div", "section", "td", "form", "span"):
        names = {name.replace("-", "").replace("_", "").lower() for name in _names(element)}
        if names & _CONTENT_NAMES and len(_text(element)) >= _MOST_OF_IT * whole:
            best = element
    return best


def _names(element: HtmlElement) -> list[str]:
    return f"{element.get('id') or ''} {element.get('class') or ''}".split()


def _parts(element: HtmlElement) -> Iterator[str]:
    """The names of an element, and the words they are made of: `page-nav`, `mgSideNav`."""
    for name in _names(element):
        yield name.lower()
        for word in _WORDS.findall(name):
            yield word.lower()


def _is_unseen(element: HtmlElement, styles: Styles) -> bool:
    tag = element.tag
    if tag in _NEVER:
        return True
    hidden = element.get("hidden")
    if (hidden is not None and hidden.lower() != "until-found") or _HIDING.search(element.get("style") or ""):
        return True
    if tag == "caption":
        return False  # a caption for screen readers still names its table
    if styles.hides(element):
        return True
    return any(name.lower() in _UNSEEN_NAMES for name in _names(element))


def _prune(root: HtmlElement, *, whole_page: bool) -> None:
    """Take navigation and the like out of the content."""
    whole = max(1, len(_text(root)))
    for element in list(root.iter(etree.Element)):
        if element is root or element.getparent() is None or not _within(element, root):
            continue
        if _is_furniture(element, whole, whole_page):
            element.drop_tree()
    for lists in list(root.iter("ul", "ol")):
        if _within(lists, root) and _is_link_list(lists):
            lists.drop_tree()
    for item in list(root.iter("li", "p", "td")):
        if _within(item, root) and _is_file_link(item):
            item.drop_tree()
    for button in list(root.iter("button")):
        if _within(button, root) and not any(above.tag in _KEEP_BUTTONS for above in button.iterancestors()):
            button.drop_tree()


def _within(element: HtmlElement, root: HtmlElement) -> bool:
    """Whether an element still hangs in the content: its ancestor may be gone by now."""
    return any(ancestor is root for ancestor in element.iterancestors())


def _is_furniture(element: HtmlElement, whole: int, whole_page: bool) -> bool:
    if (element.get("role") or "").lower() in _ROLES:
        return True
    if element.tag == "header" and whole_page:
        return element.find(".//h1") is None
    if element.tag not in ("div", "ul", "ol", "section", "form", "p", "span", "td", "header", "table"):
        return False
    parts = set(_parts(element))
    if parts.isdisjoint(_SURE | _LIKELY):
        return False
    text = _text(element)
    if len(text) > _MOST_OF_IT * whole or element.find(".//h1") is not None:
        return False
    return bool(parts & _SURE) or bool(parts & _LIKELY and _link_share(element, text) > _LINKED)


def _is_link_list(element: HtmlElement) -> bool:
    """A list of nothing but short links leads elsewhere; it says nothing itself, unless it dates a meeting."""
    items = element.findall("li")
    if any(_DATED.search(_text(item)) for item in items):
        return False
    return len(items) >= 2 and all(
        _link_share(item, _text(item)) > 0.9 and len(_text(item)) <= _CALLED_BY_LINK for item in items
    )


def _is_file_link(element: HtmlElement) -> bool:
    """A link to a document with its kind and size, "PDF 340 KB": no figure of the paper."""
    text = _text(element)
    return len(text) < 4 * _CALLED_BY_LINK and element.find(".//a") is not None and _FILE_LINK.search(text) is not None


def _link_share(element: HtmlElement, text: str) -> float:
    if not text:
        return 1.0
    return sum(len(_text(link)) for link in element.iter("a")) / len(text)


def _text(element: HtmlElement) -> str:
    return " ".join("".join(element.itertext()).split())


def _drop(elements: Iterable[HtmlElement]) -> None:
    for element in list(elements):
        parent = element.getparent()
        if parent is None:
            continue
        if element.tail:
            before = element.getprevious()
            if before is not None:
                before.tail = (before.tail or "") + element.tail
            else:
                parent.text = (parent.text or "") + element.tail
        parent.remove(element)
