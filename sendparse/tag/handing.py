"""Periods handed down to figures whose own sentence states none.

In: the links of one sentence after another. Out: the same with their periods completed: from the line that leads a list, the
question, the heading; a bare month from the month the paper has dated; a change from the levels it lies between. All of it
is flagged as inferred. A period that is stated but cannot be resolved is left alone.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

from sendparse.begins import Sought
from sendparse.model import Period, Sentence
from sendparse.packs import Packs
from sendparse.records import changed
from sendparse.tag.accounts import Accounts
from sendparse.tag.asked_periods import Asked
from sendparse.tag.bare_parts import at_its_end, bare_part, dated_part, day_named
from sendparse.tag.captions import Caption, is_line, is_point, is_row
from sendparse.tag.dates import month
from sendparse.tag.dating_changes import counts_from, later_of, spanned
from sendparse.tag.growth import of_what_is_to_come, share_the_census
from sendparse.tag.headed import OF_AN_EVENT, heads_figures, is_day_of_the_paper, is_reported
from sendparse.tag.hints import Hinted
from sendparse.tag.led_roles import is_led, leading_role
from sendparse.tag.link import Link
from sendparse.tag.paragraph import Frame, goes_on, is_set_beside, looks_back, reported_at, stands_alone
from sendparse.tag.period import Anchor, as_academic, is_bare_slash_year, read_periods
from sendparse.tag.period_atoms import Atom
from sendparse.tag.report_year import ReportYear, caption_period, line_period, stretch_of
from sendparse.tag.role_runs import EARLIER
from sendparse.tag.set_beside import is_compared_with
from sendparse.tag.settled import (
    closed,
    date_the_run,
    in_that_month,
    in_the_year_of,
    is_of_the_top,
    lies_in,
    of_a_run,
    of_its_letter,
    of_its_year,
    only_counts_from,
    share_school_years,
    share_what_is_above,
)
from sendparse.tag.stated import Stated
from sendparse.tag.tagged import Tagged

_SHORT_LINE = 6  # words
_LEVELS = frozenset({"actual", "forecast", "target", "baseline"})


class Dates:
    """Hands periods down to figures whose sentence states none."""

    def __init__(self, packs: Packs, about: ReportYear | None = None, newest: date | None = None) -> None:
        self.about = about  # what the whole report is about
        self.newest = newest  # the last day of its data, as the paper states it
        self.packs = packs
        self.stated = Stated()
        self.before: list[Link] = []
        self.frame = Frame()
        self.asked = Asked()
        self.line: tuple[Period | None, int] = (
            None,
            -1,
        )  # the last line that was a period and nothing else, and its block
        self.caption: tuple[Period | None, str, int] = (
            None,
            "",
            -1,
        )  # "Chart 4. Placements, August 2025.", and its block
        self.table = Caption()
        self.accounts = Accounts()
        self.kind = ""  # what the paper last called its slash years
        self.school_year = tuple(packs.rules["links"].get("school_year_groups", ()))

    def hear(self, sentence: Sentence, anchor: Anchor, *, figures: bool) -> None:
        """Take in any sentence, heading or line before its figures are placed: questions, kinds of years, lines that are a period."""
        self.asked.hear(sentence, anchor, figures=figures)
        if not figures:
            period, captioned = line_period(sentence.text), caption_period(sentence.text)
            self.caption = (captioned, sentence.text, sentence.block)
            self.table.hear(sentence, period, captioned)
            self.accounts.hear(sentence)
            for named in _KIND.finditer(sentence.text):
                self.kind = named[1].lower()
            if period is not None and not is_of_the_top(period, sentence.block):
                self.line = (period, sentence.block)
            elif sentence.kind == "heading" or "?" in sentence.text or len(sentence.text.split()) > 8:
                self.line = (None, -1)

    def settle(self, tagged: Tagged, made: Sequence[Link], anchor: Anchor) -> None:
        """Complete the periods of one sentence's figures, and remember what it has dated."""
        for link in made:
            if link.role.name == "change":
                if not _own(link) or link.period is None:
                    self._between_ends(tagged, link, made)
                if link.period_from == "sentence":
                    self._of_the_level_before(tagged, link, made)
                if (found := of_what_is_to_come(link, made, self.before)) is not None:
                    link.period, link.period_from = found, "levels"
            if reported_at(link):
                link.period = None  # "At Month 8 spending is forecast at £53.9m": when, not of what
            if link.period is None or (link.role.cue == EARLIER and not link.number):
                self._hand_down(tagged, link, made, anchor)
            if link.role.cue == "from" and link.period is not None and link.period.end is None:
                link.period = closed(link.period, anchor)
            if link.period is not None:
                bare = link.period_from == "sentence" and link.period.end is None
                link.period = of_its_year(of_a_run(self._resolved(link.period, link, anchor), link), link)
                if bare and link.role.name == "change":
                    self._of_the_level_before(tagged, link, made, dated=True)
                if only_counts_from(tagged, link, made):
                    link.period, link.period_from = None, ""
        share_school_years(made)
        share_the_census(made)
        date_the_run(made)
        share_what_is_above(made)
        self._remember(tagged, made, anchor)

    def _remember(self, tagged: Tagged, made: Sequence[Link], anchor: Anchor) -> None:
        """Keep what the sentence has dated, for those that follow."""
        if _KIND.may_hold(tagged.text) or _KIND.may_hold(tagged.sentence.lead):
            for named in _KIND.finditer(f"{tagged.sentence.lead} {tagged.text}"):
                self.kind = named[1].lower()
        block = tagged.sentence.block
        if tagged.periods or made:
            self.stated.keep(tagged.text, block, tagged.periods or read_periods(tagged.text, anchor), made)
        else:
            self.stated.hear(tagged.text, block, anchor)
        if made or not tagged.text.rstrip().endswith(":"):
            self.before = list(made)
        self.frame.keep(tagged, made)
        self.accounts.keep(made)

    def _hand_down(self, tagged: Tagged, link: Link, made: Sequence[Link], anchor: Anchor) -> None:
        """From what is pointed to, the paragraph, the figure beside it, the lead or the heading, the title: in that order."""
        if link.role.cue == EARLIER and not link.number and self.before:
            link.period, link.period_from = self.before[-1].period, "the sentence before"
        if tagged.points_back or tagged.parallel:
            self._from_what_it_points_to(tagged, link)
        if link.period is None and (found := self._in_the_same_order(tagged, link)) is not None:
            link.period, link.period_from = changed(found, inferred=True), "the sentence before"
        if link.period is None and (found := self.frame.lent(tagged, link)) is not None:
            link.period, link.period_from = found, "the paragraph"
        before = made[link.number - 1] if link.number else None
        moved = before is not None and before.period_from == "the accounts" and link.role.name == "change"
        above = before is not None and (before.period_from in _FROM_ABOVE or moved)
        if link.period is None and before is not None and above and _beside(link):
            link.period, link.period_from = before.period, before.period_from
        if link.period is None:
            self._inherit(tagged, link, anchor)
        held, block = self.line
        if link.period is None and held is not None and link.area is None and is_line(tagged, block):
            link.period, link.period_from = changed(held, inferred=True), "the line above"
        captioned, line, block = self.caption
        here = link.period is None and block == tagged.sentence.block
        if (
            captioned is not None
            and here
            and (is_row(tagged, link) or (len(line.split()) <= _SHORT_LINE and goes_on(tagged, link)))
        ):
            link.period, link.period_from = changed(captioned, inferred=True), "the caption"
        if (found := self.table.lent(tagged, link)) is not None and link.period is None:
            link.period, link.period_from = found, "the caption"
        if link.period is None and (found := self.accounts.lent(tagged, link, self.before)) is not None:
            link.period, link.period_from = found, "the accounts"
        if link.period is None and self.about is not None and self._of_the_report(tagged, link, self.about):
            link.period, link.period_from = changed(self.about.period, inferred=True), "the title"
        if link.period is None and (found := self._as_asked(tagged, link)) is not None:
            link.period, link.period_from = changed(found, inferred=True), "the question"

    def _as_asked(self, tagged: Tagged, link: Link) -> Period | None:
        if link.area is not None or link.role.name not in {"actual", "change"}:
            return None
        if any(p.text_start < link.value.start for p in tagged.periods):
            return None  # something of another time, by then
        return self.asked.answered(tagged.sentence, tagged.parts[link.number].end)

    def _of_the_report(self, tagged: Tagged, link: Link, about: ReportYear) -> bool:
        """Whether a figure without a period is of what its report is about: nothing of its paragraph is of another."""
        if is_point(tagged):
            return stands_alone(tagged, link)
        here = self.frame.links if self.frame.block == tagged.sentence.block else ()
        dated = [(x, x.period) for x in here if x.role.name == "actual" and x.period is not None]
        levels = [period for x, period in dated if not is_set_beside(x, period)]
        elsewhere = any(not lies_in(period, about.period) and not looks_back(period) for period in levels)
        told = about.yearly or any((p.start, p.end) == (about.period.start, about.period.end) for p in levels)
        return told and goes_on(tagged, link) and not elsewhere

    def _between_ends(self, tagged: Tagged, link: Link, made: Sequence[Link]) -> None:
        """A change is dated by the levels it lies between, of which one or both may stand in the sentence before."""
        inside = [other for other in made[: link.number] if other.role.name in _LEVELS and other.period is not None]
        if not tagged.leans or len(inside) > 1:
            return
        levels = [
            other
            for other in (*self.before, *made)
            if other.kpi is link.kpi and other.role.name in _LEVELS and other.area is None
        ]
        ends = [
            other.period
            for other in levels
            if other is not link and other.period is not None and other.period.start and other.period.end
        ]
        if len(ends) < 2:
            return
        behind = [p for p in tagged.periods if p.text_start > link.value.end]
        if behind and is_compared_with(tagged.text, behind[0], of_change=True) and link.period_from == "sentence":
            return  # "12% more than in 2023 (346)": of the level it counts from, and the one told of
        moving = any(other in made for other in levels)
        found = spanned(ends[-2], ends[-1]) if moving else later_of(ends[-2], ends[-1])
        if found is not None:
            link.period, link.period_from = changed(found, inferred=True), "levels"

    def _of_the_level_before(self, tagged: Tagged, link: Link, made: Sequence[Link], *, dated: bool = False) -> None:
        """As in "There were 388 in 2024. This is 12% more than in 2023": of the level that it speaks of.

        So is "213 requests, up 11% on the same quarter last year" where the level has been dated by what stands above.
        """
        period = link.period
        if period is None or (period.start and period.end is None) or period.text_start < link.value.end:
            return
        if not counts_from(tagged.text, link.value, period):
            return
        around = [o for o in made[: link.number] if dated or o.period_from != "sentence"]
        if period.end is not None and tagged.leans and not link.number:
            around = self.before
        told = [o.period for o in around if o.area is None and o.role.name in _LEVELS and o.period is not None]
        if told and (level := told[-1]) is not None and level.end:
            if period.end is None and (part := bare_part(period)) is not None:
                period = at_its_end(dated_part(period, part, (), level.end) or period, tagged.text)
            points = period.start == period.end and level.start == level.end and period.end is not None
            found = spanned(period, level) if points else level  # "10% more than on the same day in 2024"
            link.period, link.period_from = changed(found or level, inferred=True), "levels"

    def _from_what_it_points_to(self, tagged: Tagged, link: Link) -> None:
        """As in "Of these, 62% were boys": these are those of the sentence before, and of its period."""
        before = [o for o in self.before if o.period is not None and o.role.name in _LEVELS and o.area is None]
        before = [o for o in before if o.period is not None and not is_set_beside(o, o.period)] or before
        if before and before[-1].tagged.sentence.block == tagged.sentence.block and before[-1].period is not None:
            link.period, link.period_from = changed(before[-1].period, inferred=True), "the sentence before"

    def _in_the_same_order(self, tagged: Tagged, link: Link) -> Period | None:
        """As in "41 were lost in 2023/24 and 57 in 2024/25. The council won two and five respectively"."""
        dated = [other.period for other in self.before if other.period is not None and other.area is None]
        told = len(tagged.values) > 1 and not tagged.periods and "respectively" in tagged.text
        same = told and len(dated) == len(self.before) == len(tagged.values)
        return dated[link.number] if same and len({(p.start, p.end) for p in dated}) == len(dated) else None

    def _inherit(self, tagged: Tagged, link: Link, anchor: Anchor) -> None:
        sentence = tagged.sentence
        leads = [("lead", sentence.lead), *(("heading", heading) for heading in reversed(sentence.headings[-3:]))]
        for source, text in leads:
            if text and leading_role(text) is not None and not is_led(tagged, link.number):
                continue  # "down from 8.3%" under "By 2030 we want"
            found = (
                [p for p in read_periods(text, anchor) if not OF_AN_EVENT.search(text[: p.text_start])] if text else []
            )
            if source == "heading":
                found = [p for p in found if not is_day_of_the_paper(text, p, sentence.headings)]
                if _OF_THE_PAPER.search(text) and not is_reported(found, tagged, link):
                    continue
                title = text == sentence.headings[0] and len(tagged.text.split()) > 4
                if title and not is_reported(found, tagged, link) and not heads_figures(text, found, link, tagged):
                    continue  # a dated paper dates no figure of its prose
            if (
                found
                and all(not (p.start or p.end) for p in found)
                and source == "lead"
                and len(tagged.text.split()) < 8
            ):
                continue  # "requests this month" under the heading "November 2023"
            if source == "lead" and len(found) == len(tagged.values) > 1 and not tagged.periods:
                link.period, link.period_from = changed(found[link.number], inferred=True), source
                return  # "412 and 465" to "how many in 2022/23 and 2023/24?"
            if len(found) > 1 and (own := of_its_letter(tagged.text, text, found)) is not None:
                found = [own]
            if len(found) == 1 or (found and source == "lead"):
                link.period, link.period_from = changed(found[0], inferred=True), source
                return

    def _resolved(self, period: Period, link: Link, anchor: Anchor) -> Period:
        if (part := bare_part(period)) is not None and (found := self._known_part(period, part, link, anchor)):
            return at_its_end(found, link.tagged.text) if link.period_from == "sentence" else found
        if period.basis == "quarter" and (period.start is None or period.inferred) and link.period_from == "sentence":
            _, caption, block = self.caption
            here = (caption,) if block == link.tagged.sentence.block else ()
            period = in_the_year_of((*link.tagged.sentence.headings, *here), period, link.role.name)
        sentence = link.tagged.sentence
        if _BARE_YEAR.fullmatch(period.label) and (found := in_that_month(period, sentence.lead)) is not None:
            return found
        if (
            _BARE_YEAR.fullmatch(period.label)
            and period.start is not None
            and _of_a_census(sentence, link.unit, link.tagged.text)
        ):
            first, last = month(period.start.year, 1)  # "2023: 3,102" under a question on the SEN2 census
            return changed(period, start=first, end=last, basis="snapshot", inferred=True)
        if is_bare_slash_year(period.label) and period.start is not None:
            listed = self.kind == "academic" and len(link.tagged.text.split()) <= 6 and link.unit != "gbp"
            if listed or (link.kpi is not None and link.kpi.group.startswith(self.school_year)):
                return as_academic(period)
        if _of_an_unnamed_year(period) and link.kpi is not None and link.kpi.group.startswith(self.school_year):
            return as_academic(period)  # "27.6 the year before", "Latest (2023/24)" of suspensions
        return period

    def _known_part(self, period: Period, part: Atom, link: Link, anchor: Anchor) -> Period | None:
        """As in "Over the 12 months to December 2024 it was 38%. For December alone it was 51%".

        A bare month is the one that lies in the stretch just named, else the newest of that name that the paper has dated,
        else the one that lies in what the section or the report is about, or before the last day of its data.
        """
        stated, block = self.stated.last()
        named = stated if block == link.tagged.sentence.block else None
        found = dated_part(period, part, [named], None)
        if found is None and part.kind == "month" and (day := self.stated.newest(part.month)) is not None:
            first, last = month(day.year, day.month)
            return changed(period, start=first, end=last, basis="month", inferred=True)
        past = link.role.name in {"actual", "change"}
        sentence = link.tagged.sentence
        if found is None and (named_day := day_named(part, (sentence.lead, *sentence.headings))) is not None:
            return changed(period, start=named_day, end=named_day, basis="snapshot", inferred=True)
        around = [stretch_of(text) for text in (sentence.lead, *reversed(sentence.headings[-2:])) if text]
        return found or dated_part(period, part, [*around, anchor.report], self._last_day() if past else None)

    def _last_day(self) -> date | None:
        """The last day that the paper may tell of, as far as it says."""
        covered = self.about.period.end if self.about is not None and self.about.yearly else None
        return self.newest or covered


_BARE_YEAR = re.compile(r"\s*20\d\d\s*")


def _of_a_census(sentence: Sentence, unit: str, text: str) -> bool:
    """Whether the line that leads here asks for what a census of January counts: a caseload, no flow of a year."""
    lead = sentence.lead or (sentence.headings[-1] if sentence.headings else "")
    return unit == "count" and _CENSUS.search(lead) is not None and _FLOWS.search(f"{lead} {text}") is None


_CENSUS = Sought(r"(?i)\bSEN\s?2\b|\bcensus\b")
_FLOWS = Sought(r"(?i)\b(?:new|made|received|issued|request\w*|appeal\w*|within|on\s+time|refused|ceased|lodged)\b")


_FINANCIAL = Hinted(r"(?i)\b(?:financial|fiscal|fy|outturn)\b")


def _of_an_unnamed_year(period: Period) -> bool:
    """Whether a period is a financial year only because nothing said which kind of year it is."""
    return period.basis == "financial_year" and _FINANCIAL.search(period.label) is None


_FROM_ABOVE = frozenset({"the paragraph", "the sentence before"})
_JOINED = frozenset({"bracket", "none", "and", "comma", "with"})


def _beside(link: Link) -> bool:
    """As in "2,583 of them (92.5%)", "0.41, compared with 0.33 for England": set beside the figure before it."""
    joint = link.tagged.parts[link.number].joint
    return joint in _JOINED or (joint == "comparison" and link.area is not None)


_OF_THE_PAPER = Hinted(
    r"(?i)\b(?:meeting|minutes?|agenda|committee|board|cabinet|panel|forum|published|date|council|strategy|plan 20)\b"
)
_KIND = Hinted(r"(?i)\b(academic|financial)\s+years?\b")


def _own(link: Link) -> bool:
    """Whether a figure's period stands in its own part of the sentence."""
    part = link.tagged.parts[link.number]
    return link.period is not None and part.start <= link.period.text_start < part.end and not link.period.inferred
