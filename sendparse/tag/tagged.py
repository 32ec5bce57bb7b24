"""A sentence with everything that can be read in it by itself: figures, periods, areas, roles, symbols.

In: a Sentence and the anchor for relative periods. Out: a Tagged. Nothing of the sentences around it is used here, except
the period last stated, which "that year" leans on.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from sendparse.model import Period, Sentence, Value
from sendparse.tag.benchmark import Area, figure_areas
from sendparse.tag.candidates import Candidates
from sendparse.tag.not_figures import NotFigure
from sendparse.tag.parts import Part, parts
from sendparse.tag.period import Anchor, read_periods
from sendparse.tag.role import Role, roles
from sendparse.tag.value import Scan, scan
from sendparse.tag.wording import Item

_LEANS = re.compile(
    r"^\W*(?:(?:However|Positively|Furthermore|Additionally|Also|In\s+addition|Overall|Nationally|Locally|Regionally|In\s+England|By\s+\w+(?:\s+\d{4})?|In\s+\w+(?:\s+\d{4})?|As\s+of\s+[\w\s]{3,20}|At\s+the\s+end\s+of\s+[\w\s]{3,16}),?\s+)?"
    r"(?:this|these|that|those|it|they|of\s+(?:these|those|which|them|the)|the\s+(?:figure|figures|number|rate|percentage|proportion|total|remaining|remainder|rest|average|majority|comparable|equivalent|same|latest|current|local|result|data|position|trend|target|aim|ambition|goal|benchmark|standard|trajectory|increase|reduction|decrease|last\s+\d+\s+months)|"
    r"performance|which|up\s+from|down\s+from|an?\s+(?:increase|rise|reduction|decrease|fall|drop|total)|for\s+comparison|compared\s+(?:to|with)|against|a\s+further|another|among(?:st)?\s+(?:these|those|them)|there\s+(?:has|have)\s+been|there\s+(?:had\s+been|were|was|are)\s+(?:about\s+|around\s+|only\s+|just\s+)?\d+(?:,\d{3})*+(?!\d)(?=\s*(?:[.,;]|$|\s(?:last|in|at|this|by|during|compared|before|a\s+year))|,)|(?:our|its)\s+(?:target|aim|ambition|goal)|we\s+(?:have|are)\s+(?:now\s+)?(?:increased|reduced|improved|at))\b",
    re.I,
)
# "Without any of this it would be £84m by 2029", "With the plan, it will be £58m."
_LEANS_LATE = re.compile(
    r"^\W*(?:\d[\d.]*\s+)?(?:without|with|by|under|if)\s[^.;:%£]{3,90}?\bit\s+(?:would|will|is|was|could|may)\b", re.I
)


_POINTS_BACK = re.compile(
    r"^\W*(?:(?:by|in)\s+\w+,?\s+)?(?:of\s+(?:these|those|which|whom|them)|these|those|the\s+(?:remaining|remainder|rest|others?))\b",
    re.I,
)
_PARALLEL = re.compile(
    r"^\W*(?:for|in|among(?:st)?|of|within)\s+[^,;.]{2,60}?,?\s+(?:it|this|that|they|these|the\s+(?:figure|rate|number|percentage|equivalent|proportion|average))\s+(?:is|was|are|were|stood|rose|fell|had)\b|"
    r"^\W*[^,;.%\d]{3,60}?\s(?:did\s+(?:better|worse|well)|fared|performed|achieved|managed|scored)\b",
    re.I,
)


@dataclass(slots=True)
class Tagged:
    """One sentence, read by itself. Lists over figures run in step with `values`."""

    sentence: Sentence
    values: tuple[Value, ...] = ()
    rejected: tuple[NotFigure, ...] = ()
    periods: list[Period] = field(default_factory=list)
    parts: list[Part] = field(default_factory=list)
    roles: list[Role] = field(default_factory=list)
    areas: list[Area | None] = field(default_factory=list)
    items: list[Item] = field(default_factory=list)
    leans: bool = False  # it speaks of what the sentence before named: "This rose to 90%"
    points_back: bool = False  # it counts among what the sentence before counted: "Of these, 62% were boys"
    parallel: bool = False  # it says of another part what the sentence before said: "For SEN support it was 19%"

    @property
    def text(self) -> str:
        """The words of the sentence."""
        return self.sentence.text


def tag_sentence(
    sentence: Sentence,
    candidates: Candidates,
    anchor: Anchor,
    own: Sequence[str] = (),
    *,
    found: Scan | None = None,
) -> Tagged:
    """Read one sentence. One without a figure is only kept for what it may hand on. `found`: its figures, where known."""
    found = found if found is not None else scan(sentence.text)
    if not found.values:
        return Tagged(sentence, rejected=found.rejected)
    places = [(value.start, value.end) for value in found.values]
    periods = read_periods(sentence.text, anchor)
    own_parts = parts(sentence.text, places, [(p.text_start, p.text_end) for p in periods])
    return Tagged(
        sentence=sentence,
        values=found.values,
        rejected=found.rejected,
        periods=periods,
        parts=own_parts,
        roles=roles(sentence.text, found.values, own_parts),
        areas=figure_areas(sentence.text, places, own),
        items=candidates.read(sentence.text),
        leans=_LEANS.match(sentence.text) is not None or _LEANS_LATE.match(sentence.text) is not None,
        points_back=_POINTS_BACK.match(sentence.text) is not None,
        parallel=_PARALLEL.match(sentence.text) is not None,
    )
