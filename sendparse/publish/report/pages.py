"""Pages from templates: every text of a paper is escaped, every page stays small.

In: a Site and what can be shown of its papers. Out: files. A page that would be heavy is cut into several, with links
from each to the next. Templates are in templates/, the style and the script in static/.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from sendparse.publish.periods import day_name
from sendparse.publish.report.site import VERDICTS
from sendparse.publish.showing import place, shown_figure, unit_name

HERE = Path(__file__).resolve().parent
HEAVY = 600_000
"""Bytes of rows that one page may hold."""

_ESCAPES = {"<": "\\u003c", ">": "\\u003e", "&": "\\u0026", "\u2028": "\\u2028", "\u2029": "\\u2029"}
_SHUT = "default-src 'none'; script-src {own}; style-src {own}; img-src {own}; connect-src {connect}; base-uri 'none'; form-action 'none'"


@dataclass(slots=True)
class Writer:
    """Fills templates and writes them into a folder. `review`: pages may talk to the server they come from."""

    folder: Path
    review: bool = False
    charts: bool = True
    written: int = 0
    _environment: Environment = field(init=False)

    def __post_init__(self) -> None:
        self._environment = Environment(
            loader=FileSystemLoader(HERE / "templates"),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        )
        self._environment.globals |= {
            "verdicts": VERDICTS,
            "policy": content_policy(review=self.review),
            "review": self.review,
            "charts": self.charts,
        }
        self._environment.filters |= {
            "shown": shown_figure,
            "place": place,
            "unit": unit_name,
            "thousands": lambda number: f"{number:,}",
            "day": lambda day: day_name(day) if day else "",
            "words": lambda code: str(code).replace("_", " "),
        }

    def rows(self, macro: str, items: Iterable[Any], **context: object) -> Iterator[str]:
        """Each item through a macro of rows.html."""
        module: Any = self._environment.get_template("rows.html").make_module(context)
        render: Callable[[Any], str] = getattr(module, macro)
        for item in items:
            yield render(item)

    def page(self, name: str, template: str, **context: object) -> None:
        """One page. `name` is its path in the report, with forward slashes."""
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        root = "../" * name.count("/")
        text = self._environment.get_template(template).render(root=root, here=name, **context)
        path.write_text(text, encoding="utf-8", errors="backslashreplace", newline="\n")
        self.written += 1

    def pages(self, name: str, template: str, rows: Iterable[str], **context: object) -> list[str]:
        """As many pages as rows need. `name` is that of the first; returns the names of all."""
        portions = list(portioned(rows)) or [[]]
        names = [name if at == 0 else name.replace(".html", f"-{at + 1}.html") for at in range(len(portions))]
        for at, portion in enumerate(portions):
            parts = [Part(at=n + 1, name=one, here=n == at) for n, one in enumerate(names)]
            self.page(names[at], template, rows=Markup("".join(portion)), parts=parts, **context)
        return names


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """One of the pages that hold one long table."""

    at: int
    name: str
    here: bool

    @property
    def file(self) -> str:
        """Its name in its own folder."""
        return self.name.rpartition("/")[2]


def portioned(rows: Iterable[str], heavy: int = HEAVY) -> Iterator[list[str]]:
    """Rows in portions that are no heavier than a page may be."""
    portion: list[str] = []
    size = 0
    for row in rows:
        weight = len(row.encode("utf-8", "backslashreplace"))
        if portion and size + weight > heavy:
            yield portion
            portion, size = [], 0
        portion.append(row)
        size += weight
    if portion:
        yield portion


def content_policy(*, review: bool) -> str:
    """What a page may load: its own files, no network; under review, its own server."""
    return _SHUT.format(own="'self'", connect="'self'" if review else "'none'")


def data_block(content: object) -> Markup:
    """JSON that may stand inside a script element that is no script: no tag can end it."""
    text = json.dumps(content, ensure_ascii=False, separators=(",", ":"))
    for char, escaped in _ESCAPES.items():
        text = text.replace(char, escaped)
    return Markup(text)


def copy_static(folder: Path, names: Sequence[str]) -> None:
    """The style and the scripts, beside the pages."""
    (folder / "assets").mkdir(parents=True, exist_ok=True)
    for name in names:
        text = (HERE / "static" / name).read_text(encoding="utf-8")
        (folder / "assets" / name).write_text(text, encoding="utf-8", newline="\n")
