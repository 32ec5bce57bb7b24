"""A paper without pages (text, HTML, DOCX) as one web page: its text with every figure marked and explained.

In: the Outcome. Out: HTML that needs nothing else, no script and no network; all of the paper's text is escaped.
"""

from __future__ import annotations

from html import escape

from sendparse.explain.label import Group, grouped
from sendparse.model import Outcome

_STYLE = """\
body { font: 16px/1.5 sans-serif; margin: 2em auto; max-width: 60em; padding: 0 1em; color: #1e1e1e; }
pre { white-space: pre-wrap; font: inherit; }
mark { background: #cdeeda; border-bottom: 2px solid #00823c; }
mark.unknown { background: #fbe3c4; border-color: #c86400; }
mark sup { font-size: .7em; font-weight: bold; }
table { border-collapse: collapse; width: 100%; }
td, th { border: 1px solid #ccc; padding: .2em .5em; text-align: left; vertical-align: top; }
.problem { color: #c80028; }
"""


def mark_text(outcome: Outcome) -> str:
    """The paper's text with its figures marked, then a list of what each was taken for, then the problems."""
    document = outcome.document
    groups = grouped(outcome.observations)
    title = escape(f"How {document.file} was read")
    problems = "".join(
        f'<li class="problem">{escape(p.code)}: {escape(p.message)} <q>{escape(p.quote)}</q></li>'
        for p in outcome.problems
    )
    return (
        f'<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        f"<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">\n"
        f"<title>{title}</title>\n<style>\n{_STYLE}</style>\n</head>\n<body>\n<h1>{title}</h1>\n"
        f"<p>Green: the measure is known. Amber: it is not in the vocabulary. Point at a figure, or look it up by its "
        f"number below the text.</p>\n"
        f"<pre>{_marked(document.text, groups)}</pre>\n"
        f"<h2>Figures</h2>\n<table>\n<tr><th>No.</th><th>Measure</th><th>Read as</th><th>From</th></tr>\n"
        f"{''.join(_row(group) for group in groups)}</table>\n"
        f"<h2>Problems</h2>\n<ul>{problems or '<li>none</li>'}</ul>\n</body>\n</html>\n"
    )


def _marked(text: str, groups: list[Group]) -> str:
    places = sorted(
        (row.char_start, row.char_end, group)
        for group in groups
        for row in group.rows
        if row.char_start is not None and row.char_end is not None
    )
    out = []
    done = 0
    for start, end, group in places:
        if start < done:
            continue  # inside a figure that is marked already
        kind = "" if group.known else ' class="unknown"'
        about = escape(f"{group.number}. {group.title}: {'; '.join(group.details)}")
        out.append(escape(text[done:start]))
        out.append(f'<mark{kind} title="{about}">{escape(text[start:end])}<sup>{group.number}</sup></mark>')
        done = end
    return "".join([*out, escape(text[done:])])


def _row(group: Group) -> str:
    evidence = group.rows[0].evidence
    return (
        f"<tr><td>{group.number}</td><td>{escape(group.title)}</td><td>{'<br>'.join(map(escape, group.details))}</td>"
        f"<td>{escape(evidence)}</td></tr>\n"
    )
