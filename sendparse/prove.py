"""Proof of the patterns: every example is read, every wording is met in an example, and no two measures share a wording.

In: packs, and (to check figures too) a function that reads one sentence into observations. Out: plain messages, one a
fault, each naming file and id; none when all holds. Nothing is repaired here, and nothing is printed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any

from sendparse.model import KpiMatch, Observation, breakdown_text
from sendparse.packs import Example, Kpi, Packs
from sendparse.tag.kpi import KpiMatcher, Wording, alike

ReadSentence = Callable[[str], Iterable[Observation]]


def check_packs(packs: Packs, parse_sentence: ReadSentence | None = None) -> list[str]:
    """Every fault of the patterns, as a sentence a person can act on.

    `parse_sentence` reads a sentence into observations; with it, the figure, unit and period of the examples count
    too, and the examples that must give nothing.
    """
    matcher = KpiMatcher(packs)
    out = [*clashing_forms(matcher), *lost_words(matcher), *shared_wordings(matcher), *unknown_names(packs)]
    for kpi in packs.kpis.values():
        faults = [*incomplete(kpi), *unproved_phrases(kpi, matcher)]
        for example in kpi.examples:
            faults += misread(example, matcher)
            if parse_sentence and not example.is_label:
                faults += misread_figure(example, packs, parse_sentence)
        out += [f"{kpi.file}: {kpi.id}: {fault}" for fault in faults]
    return out


def sentence_reader(packs: Packs) -> ReadSentence:
    """Reads one sentence as a paper would be read: the `parse_sentence` of `check_packs`."""
    from sendparse.model import Document, Facts, Sentence
    from sendparse.observe.from_text import from_text

    def read(sentence: str) -> Sequence[Observation]:
        paper = Document(document_id="example", file="example.txt", format="txt", text=sentence)
        return from_text([Sentence(text=sentence, start=0)], paper, Facts(), packs)[0]

    return read


def clashing_forms(matcher: KpiMatcher) -> Iterator[str]:
    """Forms that two concepts or breakdowns claim: the second would never be met."""
    for form, first, second in matcher.lexicon.clashes:
        yield f"words.yaml: the form '{form}' belongs to {first} and to {second}; only the first is ever met"


def lost_words(matcher: KpiMatcher) -> Iterator[str]:
    """Words of a wording that count for nothing, so that it matches more than it says."""
    for wording, word in matcher.lexicon.lost:
        yield f"words.yaml: '{word}' in the wording '{wording.strip()}' is a word without weight; name a concept instead"


def shared_wordings(matcher: KpiMatcher) -> Iterator[str]:
    """Wordings of two measures that are the same once their words are read."""
    seen: dict[tuple[str, ...], Wording] = {}
    told: set[tuple[str, str]] = set()
    for wording in matcher.all_wordings:
        other = seen.setdefault(wording.symbols, wording)
        pair = (other.kpi.id, wording.kpi.id)
        if other.kpi.id != wording.kpi.id and pair not in told:
            told.add(pair)
            owner = f"'{other.text}' of {other.kpi.id} ({other.kpi.file})"
            yield f"{wording.kpi.file}: {wording.kpi.id}: the wording '{wording.text}' is also {owner}"


# Where the rules name measures, concepts or groups of measures: the way to them, * for any key or item.
_MEASURES = {
    "foreign": ("anywhere", "own_words.*", "answers.measures", "undone.measures"),
    "heads": ("counted.*.measures",),
    "links": (
        "read_as.*", "read_as.=", "growth_of.*", "growth_of.=", "whole_of.*", "whole_of.=", "sizes.*", "staff_measures", "answer_measures",
        "in_year.measures.*", "in_year.measures.=", "of_one_month.*", "spent_of.*", "spent_of.=",
        "of_one_month.=", "same_place.*", "same_place.=.=",
    ),
}  # fmt: skip
_CONCEPTS = {
    "foreign": ("services.concepts", "shared", "answering.things", "referred.services", "referred.things", "own_words.="),
    "heads": ("paid.=.ours", "named"),
    "links": (
        "colours", "no_money", "dated_names.*", "conditions", "events", "telling", "things", "services", "contrasts.=", "subject_signs",
        "implied", "no_count", "close", "rivals.=", "in_year.block", "in_year.of_the_years", "money_over.concept", "same_place.=.*",
    ),
}  # fmt: skip
_GROUPS = {"foreign": ("answering.groups", "referred.groups"), "links": ("answer_groups", "school_year_groups")}


def unknown_names(packs: Packs) -> Iterator[str]:
    """Measures, concepts and groups that the rules name and that are none."""
    groups = {kpi.group for kpi in packs.kpis.values()}
    concepts = {*packs.words.concepts, *packs.breakdowns}
    for known, places, what in (
        (packs.kpis, _MEASURES, "measure"), (concepts, _CONCEPTS, "concept"), (groups, _GROUPS, "group of measures"),
    ):  # fmt: skip
        for stem, paths in places.items():
            for path in paths:
                for name in _named(packs.rules.get(stem, {}), path.split(".")):
                    if name and name not in known:
                        yield f"{stem}.yaml: {path.rstrip('.*=')}: there is no {what} '{name}'"


def _named(rules: Any, path: Sequence[str]) -> Iterator[str]:
    """The names at the end of a way through rules: `*` takes the keys, or what is below every key; `=` what is below every key."""
    if not path:
        yield from [rules] if isinstance(rules, str) else rules
    elif path[0] == "=" or (path[0] == "*" and len(path) > 1):
        for below in rules.values() if isinstance(rules, Mapping) else rules:
            yield from _named(below, path[1:])
    elif path[0] == "*":
        yield from rules
    elif path[0] in rules:
        yield from _named(rules[path[0]], path[1:])


def incomplete(kpi: Kpi) -> Iterator[str]:
    """What an entry must have: wordings of its own or borrowed ones, and examples on both sides."""
    phrases = (*kpi.phrases, *kpi.in_text, *kpi.in_labels)
    if not phrases and not kpi.words_of:
        yield "has no wording"
    if not any(example.kpi == kpi.id for example in kpi.examples):
        yield "has no example that it must read"
    if phrases and not any(example.kpi != kpi.id for example in kpi.examples):
        yield "has no example that it must not read (gives: null, or another id)"


def unproved_phrases(kpi: Kpi, matcher: KpiMatcher) -> Iterator[str]:
    """Wordings that no example of the measure, or of one that shares its wordings, contains."""
    family = {member.id for member in matcher.packs.family(kpi.id)}
    examples = [e for member in matcher.packs.family(kpi.id) for e in member.examples if e.kpi in family]
    met: set[str] = set()
    for example in examples:
        met |= {wording.text for wording in matcher.met(example.says, section=example.section) if wording.kpi is kpi}
    for phrase in (*kpi.phrases, *kpi.in_text, *kpi.in_labels):
        if phrase not in met:
            yield f"the wording '{phrase}' is in no example"


def misread(example: Example, matcher: KpiMatcher) -> Iterator[str]:
    """What the matcher makes of an example, where that is not what it must give."""
    if example.is_label:
        found = matcher.match_label(example.says, section=example.section, unit=example.unit)
    elif example.kpi:
        found = _winner(matcher.mentions(example.says), matcher, example.unit)
    else:
        return
    got = found.kpi if found else ""
    through = f" through '{found.pattern}'" if found else ""
    if got != example.kpi:
        yield f"'{example.says}' gives {got or 'nothing'}{through}, not {example.kpi or 'nothing'}"
    elif found and example.is_label and breakdown_text(found.breakdown) != example.breakdown:
        stated = example.breakdown or "none"
        yield f"'{example.says}' gives the breakdown {breakdown_text(found.breakdown) or 'none'}, not {stated}"


def _winner(mentions: Sequence[KpiMatch], matcher: KpiMatcher, unit: str) -> KpiMatch | None:
    """The mention that speaks loudest for a figure in this unit."""
    fitting = [matcher.for_unit(mention, unit) for mention in mentions]
    fitting = [match for match in fitting if alike(match.unit, unit)] or fitting
    return max(fitting, key=lambda match: match.score, default=None)


def misread_figure(example: Example, packs: Packs, parse_sentence: ReadSentence) -> Iterator[str]:
    """What the whole reading of a sentence gives, where that is not what the example states."""
    found = list(parse_sentence(example.says))
    if not example.kpi:
        yield from (f"'{example.says}' gives {_said(row)}, not nothing" for row in found if row.kpi)
        return
    fits = [row for row in found if _same(example, row, packs)]
    if example.value is not None and not fits:
        stated = " ".join(part for part in (example.kpi, f"{example.value:g}", example.unit, example.period) if part)
        yield f"'{example.says}' gives {'; '.join(map(_said, found)) or 'nothing'}, not {stated}"


def _same(example: Example, row: Observation, packs: Packs) -> bool:
    period = "/".join(day.isoformat() if day else "" for day in (row.period_start, row.period_end))
    meant = packs.rules["links"].get("read_as", {})  # prose that counts one thing by another
    return (
        row.kpi in (example.kpi, meant.get(example.kpi))
        and (example.value is None or row.value == example.value)
        and (example.value_high is None or row.value_high == example.value_high)
        and (not example.unit or _unit_fits(example, row, packs))
        and (not example.period or period == example.period)
        and (not example.role or row.role == example.role)
    )


def _unit_fits(example: Example, row: Observation, packs: Packs) -> bool:
    """A measure in full-time equivalents may be stated in heads; any other unit must be the one stated."""
    return row.unit == example.unit or {row.unit, packs.kpis[example.kpi].unit} == {"count", "fte"}


def _said(row: Observation) -> str:
    days = "/".join(day.isoformat() if day else "" for day in (row.period_start, row.period_end)).strip("/")
    value = "" if row.value is None else f"{row.value:g}"
    return " ".join(part for part in (row.kpi or "no measure", value, row.unit, days) if part)
