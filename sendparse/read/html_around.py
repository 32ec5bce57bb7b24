"""What stands around the main content of a web page: its header and footer, with the words of their pictures.

In: a parsed page, before its main content is taken out. Out: lines of text. They hold no figures of the paper, but they
often say whose page it is and when it was last changed.
"""

from __future__ import annotations

import re

from lxml.html import HtmlElement

from sendparse.read.flow import clean

_PLACES = (
    ".//header | .//footer | .//*[@role='banner'] | .//*[@role='contentinfo']"
    " | .//*[contains(concat(' ', @class, ' ', @id, ' '), 'ooter')]"
    " | .//*[contains(concat(' ', @class, ' ', @id, ' '), 'asthead')]"
    " | .//*[contains(concat(' ', @class, ' ', @id, ' '), 'opyright')]"
)
_NOT_SHOWN = frozenset({"script", "style", "noscript", "template", "svg", "nav", "form", "select", "option"})
_LONGEST = 200  # letters of one line: longer ones are prose
_MOST = 120  # lines


def around(tree: HtmlElement) -> str:
    """Lines of the page's headers and footers, each once, in page order."""
    lines: dict[str, None] = {}
    for place in tree.xpath(_PLACES):
        for element in place.iter():
            if not isinstance(element.tag, str) or element.tag in _NOT_SHOWN or _within_hidden(element, place):
                continue
            for text in (element.text, element.get("alt") if element.tag == "img" else None):
                _add(lines, text)
            for child in element:
                _add(lines, child.tail)
    return "\n".join(list(lines)[:_MOST])


def _add(lines: dict[str, None], text: str | None) -> None:
    line = clean(text or "")
    if re.search(r"[A-Za-z]{2}", line) and len(line) <= _LONGEST:
        lines[line] = None


def _within_hidden(element: HtmlElement, place: HtmlElement) -> bool:
    """Inside a menu or a form: its links name other sites."""
    parent = element.getparent()
    while parent is not None and parent is not place:
        if parent.tag in _NOT_SHOWN:
            return True
        parent = parent.getparent()
    return False
