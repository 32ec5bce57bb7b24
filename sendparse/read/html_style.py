"""What a web page's own style sheets say of its elements: which are not shown, and which are set apart from each other.

In: a parsed page. Out: the class names and ids that are hidden, and those that are shown as blocks. Only rules for screens
with one simple selector count ("display: none" for `.hidden`), and what a reader can open is not hidden: the panels of tabs
and accordions are hidden until they are clicked on, and say something.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from lxml.html import HtmlElement

_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_RULE = re.compile(r"([^{}]+)\{([^{}]*)\}")
_MEDIA = re.compile(r"@(?:media|supports|container|layer)[^{]*\{(?:[^{}]*\{[^{}]*\})*[^{}]*\}", re.IGNORECASE)
_SIMPLE = re.compile(r"(?:[a-z][a-z0-9]*)?([.#][\w-]+)", re.IGNORECASE)
_HIDDEN = re.compile(r"(?:^|;)\s*(?:display\s*:\s*none|visibility\s*:\s*hidden)\b", re.IGNORECASE)
_APART = re.compile(
    r"(?:^|;)\s*display\s*:\s*(?:block|flex|grid|table|table-row|table-cell|list-item)\b", re.IGNORECASE
)
_OPENED = re.compile(
    r"tab|panel|pane|accordion|collaps|expand|toggle|more|detail|content|faq|answer|section|slide|step|body|drop",
    re.IGNORECASE,
)
_LARGEST = 300_000  # letters of style sheets that are looked at


@dataclass(frozen=True, slots=True)
class Styles:
    """Names as selectors have them: `.name` for a class, `#name` for an id."""

    hidden: frozenset[str] = frozenset()
    apart: frozenset[str] = frozenset()

    def hides(self, element: HtmlElement) -> bool:
        """Whether an element is not shown."""
        return not self.hidden.isdisjoint(_selectors(element))

    def sets_apart(self, element: HtmlElement) -> bool:
        """Whether an element that is none by its name is shown as a block."""
        return bool(_APART.search(element.get("style") or "")) or not self.apart.isdisjoint(_selectors(element))


def styles_of(tree: HtmlElement) -> Styles:
    """What the page's `style` elements say."""
    sheets = [element for element in tree.iter("style") if (element.get("media") or "all").lower() in ("all", "screen")]
    text = "\n".join(element.text or "" for element in sheets)[:_LARGEST]
    text = _MEDIA.sub(" ", _COMMENT.sub(" ", text))
    hidden: set[str] = set()
    shown: set[str] = set()
    apart: set[str] = set()
    for selectors, body in _RULE.findall(text):
        for selector in selectors.split(","):
            simple = _SIMPLE.fullmatch(selector.strip())
            if simple is None:
                if not _HIDDEN.search(body):  # ".panel.open { display: block }": what is hidden can be opened
                    shown.update(re.findall(r"[.#][\w-]+", selector) if "display" in body.lower() else ())
            elif _HIDDEN.search(body):
                hidden.add(simple[1])
            elif _APART.search(body):
                apart.add(simple[1])
    return Styles(
        hidden=frozenset(name for name in hidden - shown - apart if not _OPENED.search(name)), apart=frozenset(apart)
    )


def _selectors(element: HtmlElement) -> set[str]:
    names = {f".{name}" for name in (element.get("class") or "").split()}
    return names | {f"#{element.get('id')}"} if element.get("id") else names
