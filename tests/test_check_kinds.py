"""For every kind of check, on any figures: a claim made from a table is never wrong, one altered beyond its precision never right.

test_check_properties.py has cells, changes, sums over quarters and hedges; here is every other kind, and what keeps the
list whole.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from itertools import pairwise

import pytest
import test_check_properties
from checking import claim, month, row, says, table, verdicts
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from sendparse import check
from sendparse.check import comparison, trend
from sendparse.check.across import run_across
from sendparse.check.compare import AGREES
from sendparse.check.paper import when
from sendparse.model import Observation

PLANS, REQUESTS, TIMELY, EOTAS = (
    "ehcp_total_count", "ehcna_requests_count", "ehcp_20wk_excl_exceptions_pct", "ehcp_eotas_pct",
)  # fmt: skip
PARENTS, SCHOOLS = "ehcna_requests_from_parents_pct", "ehcna_requests_from_schools_pct"
QUICK = settings(max_examples=60, deadline=None)
WRONG = {"mismatch", "stale", "mislabelled"}

steps = st.lists(st.integers(1, 60), min_size=4, max_size=11)
shares = st.lists(st.integers(0, 1000).map(lambda n: n / 10), min_size=6, max_size=12)

# The properties of each kind, by the wording or the arithmetic that it judges. A new kind is to be added with its property.
TESTED: dict[str, tuple[str, ...]] = {
    "cell": ("test_counts", "test_shares_printed_in_full_or_rounded", "test_money_with_a_scale_word",
             "test_hedges_are_taken_at_their_word", "test_a_figure_of_now_without_a_period", "test_the_figure_of_another_column_is_stale"),
    "arithmetic": ("test_changes_of_a_level", "test_differences_of_a_stated_pair", "test_a_part_of_a_whole_and_its_share",
                   "test_shares_that_leave_a_rest", "test_the_majority"),
    "sum": ("test_sums_over_a_quarter", "test_a_window_by_a_wrong_name", "test_a_share_lies_between_those_of_its_months",
            "test_a_part_is_no_larger_than_its_whole"),
    "trend": ("test_a_run_of_rises", "test_what_continues", "test_the_highest", "test_steps_of_at_least_so_much",
              "test_every_column_under_a_bound", "test_columns_that_remained_lower", "test_unchanged",
              "test_a_way_from_one_figure_to_another"),
    "comparison": ("test_against_a_benchmark", "test_against_a_target", "test_double_and_times"),
    "consistency": ("test_two_statements_of_one_thing", "test_two_papers_of_one_council"),
    "official": ("test_what_dfe_published",),
    "table": ("test_arrows", "test_counts_and_their_shares", "test_running_totals", "test_totals"),
}  # fmt: skip


def test_every_kind_of_the_registry_has_its_properties() -> None:
    assert set(TESTED) == {*check.KINDS, "official", "table"}
    names = {*globals(), *vars(test_check_properties)}
    assert {name for tests in TESTED.values() for name in tests} <= names
    assert set(trend._KINDS) == {"every", "continues", "extreme", "each", "held", "remained", "steady"}
    assert set(comparison._TESTS) == {*BENCHMARKED, *TARGETS, "double", "times"}


def run(packs, cells: list[Observation], *stated: Observation, kind: str = "") -> set[str]:
    found = check.run([*cells, *stated], packs)
    return set(verdicts(found, stated[0], kind))


def rising(first: int, by: list[int]) -> list[float]:
    out = [float(first)]
    for step in by:
        out.append(out[-1] + step)
    return out


# ---- cell


@QUICK
@given(by=steps, shift=st.integers(1, 90))
def test_a_figure_of_now_without_a_period(packs, by, shift) -> None:
    cells = table(PLANS, "2023-01", rising(2000, by))
    now = cells[-1].value
    [true] = says(f"There are currently {now:.0f} plans.", claim(PLANS, now))
    [false] = says(f"There are currently {now + shift:.0f} plans.", claim(PLANS, now + shift))
    assert run(packs, cells, true, kind="cell") == {"match"}
    assert not run(packs, cells, false, kind="cell") & AGREES


@QUICK
@given(by=steps, at=st.integers(0, 10), to=st.integers(0, 10))
def test_the_figure_of_another_column_is_stale(packs, by, at, to) -> None:
    cells = table(PLANS, "2023-01", rising(2000, by))
    own, other = cells[at % len(cells)], cells[to % len(cells)]
    [stated] = says("Plans.", claim(PLANS, other.value, period=(own.period_start, own.period_end)))
    assert run(packs, cells, stated, kind="cell") == ({"match"} if own is other else {"stale"})


# ---- arithmetic


@QUICK
@given(part=st.integers(1, 4000), rest=st.integers(1, 4000), digits=st.integers(0, 1), shift=st.integers(2, 300))
def test_a_part_of_a_whole_and_its_share(packs, part, rest, digits, shift) -> None:
    share = round(part / (part + rest) * 100, digits)

    def stated(percent: float) -> Observation:
        text = f"{percent:.{digits}f}%"
        return says(
            f"{part} of {part + rest} ({text})",
            claim(TIMELY, percent, text=text, numerator=part, denominator=part + rest),
        )[0]

    assert run(packs, [], stated(share), kind="arithmetic") <= AGREES
    assert run(packs, [], stated(round(share + shift * 10.0**-digits, digits)), kind="arithmetic") == {"mismatch"}


@QUICK
@given(first=st.integers(1, 99), shift=st.integers(2, 40), sign=st.sampled_from([1, -1]))
def test_shares_that_leave_a_rest(packs, first, shift, sign) -> None:
    def stated(rest: int) -> list[Observation]:
        return says(
            f"Parents made {first}% of them; the remaining {rest}% were made by schools.",
            claim(SCHOOLS, rest, text=f"{rest}%"),
            claim(PARENTS, first, text=f"{first}%"),
        )[::-1]

    def judged(rest: int) -> set[str]:
        parents, schools = stated(rest)
        return set(verdicts(check.run([parents, schools], packs), schools, "arithmetic"))

    wrong = 100 - first + sign * shift
    assume(0 < wrong <= 100)
    assert judged(100 - first) == {"match"}
    assert judged(wrong) == {"mismatch"}


@QUICK
@given(whole=st.integers(4, 900), part=st.integers(1, 900))
def test_the_majority(packs, whole, part) -> None:
    assume(part <= whole and part * 2 != whole)
    cells = table(REQUESTS, "2024-05", [float(whole)])
    text = f"The majority of requests in May were for boys ({part} requests)."
    [stated] = says(text, claim(REQUESTS, part, breakdown="sex=boys", period="2024-05"))
    assert run(packs, cells, stated, kind="arithmetic") == ({"match"} if part * 2 > whole else {"mismatch"})


# ---- sum


@QUICK
@given(
    values=st.lists(st.integers(1, 400), min_size=14, max_size=14), first=st.integers(0, 2), length=st.integers(2, 12)
)
def test_a_window_by_a_wrong_name(packs, values, first, length) -> None:
    """A sum is right whatever the window is called; called a calendar year it must be one."""
    cells = table(REQUESTS, "2023-12", [float(v) for v in values])
    parts = cells[first : first + length]
    total = sum(p.value for p in parts)
    period = (parts[0].period_start, parts[-1].period_end)
    [stated] = says(f"{total:.0f} requests came in the calendar year.", claim(REQUESTS, total, period=period))
    right = (first, length) == (1, 12)
    assert run(packs, cells, stated, kind="sum") == ({"match"} if right else {"mislabelled"})


@QUICK
@given(values=shares, weights=st.lists(st.integers(1, 90), min_size=12, max_size=12), beyond=st.integers(3, 300))
def test_a_share_lies_between_those_of_its_months(packs, values, weights, beyond) -> None:
    rows = table("ep_advice_6wk_pct", "2024-01", values, unit="percent")
    cells = [replace(r, value_text=f"{r.value:.1f}%", decimals=1) for r in rows]
    pairs = list(zip(values, weights, strict=False))
    mean = round(sum(v * w for v, w in pairs) / sum(w for _, w in pairs), 1)
    period = (cells[0].period_start, cells[-1].period_end)

    def stated(value: float) -> Observation:
        return says("Over these months.", claim("ep_advice_6wk_pct", value, text=f"{value:.1f}%", period=period))[0]

    assert not run(packs, cells, stated(mean), kind="sum") & WRONG
    above = round(max(values) + beyond / 10, 1)
    assume(above <= 100)
    assert run(packs, cells, stated(above), kind="sum") == {"mismatch"}


@QUICK
@given(whole=st.integers(40, 60), part=st.integers(40, 60))
def test_a_part_is_no_larger_than_its_whole(packs, whole, part) -> None:
    cells = table(REQUESTS, "2024-05", [float(whole)], breakdown="phase=early_years")
    [stated] = says(f"{part} of them were aged 3.", claim(REQUESTS, part, breakdown="age=3", period="2024-05"))
    assert ("mismatch" in run(packs, cells, stated, kind="sum")) == (part > whole)


# ---- trend


@QUICK
@given(by=steps, length=st.integers(2, 10), at=st.integers(0, 9), fall=st.integers(0, 40))
def test_a_run_of_rises(packs, by, length, at, fall) -> None:
    values = rising(3000, by)
    length = min(length, len(by))

    def said(cells: list[Observation]) -> set[str]:
        text = f"Plans have risen every month for the past {length} months."
        [stated] = says(text, claim(PLANS, length, text=f"{length} months", unit="months", role="change"))
        return run(packs, cells, stated, kind="trend")

    assert said(table(PLANS, "2023-01", values)) == {"match"}
    broken = len(values) - 1 - at % length
    values[broken] = values[broken - 1] - fall  # flat, or a fall
    assert said(table(PLANS, "2023-01", values)) == {"mismatch"}


@QUICK
@given(by=steps, fall=st.integers(1, 400))
def test_what_continues(packs, by, fall) -> None:
    values = rising(3000, by)

    def said(values: list[float]) -> set[str]:
        cells = table(PLANS, "2023-01", values)
        text = f"The number of plans continues to rise, to {values[-1]:.0f} in {when(cells[-1])}."
        [stated] = says(text, claim(PLANS, values[-1], period=(cells[-1].period_start, cells[-1].period_end)))
        return run(packs, cells, stated, kind="trend")

    assert said(values) == {"match"}
    assert not said([*values[:-1], values[-2] - fall]) & AGREES


@QUICK
@given(values=st.lists(st.integers(50, 60), min_size=3, max_size=12), at=st.integers(0, 11), low=st.booleans())
def test_the_highest(packs, values, at, low) -> None:
    cells = table(REQUESTS, "2024-01", [float(v) for v in values])
    own = cells[at % len(cells)]
    name = "lowest" if low else "highest"
    text = f"There were {own.value:.0f} requests in {when(own)}, the {name} on record."
    [stated] = says(text, claim(REQUESTS, own.value, period=(own.period_start, own.period_end)))
    best = min(values) if low else max(values)
    assert run(packs, cells, stated, kind="trend") == ({"match"} if own.value == best else {"mismatch"})


@QUICK
@given(by=steps, least=st.integers(1, 60))
def test_steps_of_at_least_so_much(packs, by, least) -> None:
    cells = table(PLANS, "2024-01", rising(3000, by))
    text = f"Plans have been growing by at least {least} each month since January 2024."
    fields = {"qualifier": "at_least", "role": "change", "period": (date(2024, 1, 1), cells[-1].period_end)}
    [stated] = says(text, claim(PLANS, least, **fields))
    assert run(packs, cells, stated, kind="trend") == ({"match"} if min(by) >= least else {"mismatch"})


@QUICK
@given(values=st.lists(st.integers(1, 60), min_size=3, max_size=11), bound=st.integers(1, 60))
def test_every_column_under_a_bound(packs, values, bound) -> None:
    cells = table("send_complaints_count", "2024-01", [float(v) for v in values])
    period = (cells[0].period_start, cells[-1].period_end)
    text = f"Fewer than {bound} complaints came in each month."
    [stated] = says(text, claim("send_complaints_count", bound, qualifier="under", period=period))
    assert run(packs, cells, stated, kind="trend") == ({"match"} if max(values) < bound else {"mismatch"})


@QUICK
@given(values=st.lists(st.integers(1, 60), min_size=4, max_size=4))
def test_columns_that_remained_lower(packs, values) -> None:
    _, february, march, april = values
    cells = table("send_complaints_count", "2024-01", [float(v) for v in values])
    text = f"Complaints have remained lower in March and April, with {april} in April 2024 compared to {february} in February 2024."
    stated = says(
        text,
        claim("send_complaints_count", april, period="2024-04"),
        claim("send_complaints_count", february, period="2024-02"),
    )
    holds = max(march, april) < february
    assert run(packs, cells, *stated, kind="trend") == ({"match"} if holds else {"mismatch"})


@QUICK
@given(before=st.integers(1, 999), shift=st.integers(0, 60))
def test_unchanged(packs, before, shift) -> None:
    rows = table(TIMELY, "2024-01", [10.0, before / 10, min(before + shift, 1000) / 10], unit="percent")
    cells = [replace(r, value_text=f"{r.value:.1f}%", decimals=1) for r in rows]
    now = cells[-1].value
    text = f"In March 2024 it was unchanged at {now:.1f}%."
    [stated] = says(text, claim(TIMELY, now, text=f"{now:.1f}%", period="2024-03"))
    assert run(packs, cells, stated, kind="trend") == ({"match"} if now == cells[-2].value else {"mismatch"})


@QUICK
@given(one=st.integers(40, 60), two=st.integers(40, 60), verb=st.sampled_from(["rose", "fell"]))
def test_a_way_from_one_figure_to_another(packs, one, two, verb) -> None:
    stated = says(
        f"Requests {verb} from {one} to {two}.",
        claim(REQUESTS, one, period="2024-02"),
        claim(REQUESTS, two, period="2024-03"),
    )
    found = check.run(stated, packs)
    told = {word for o in stated for word in verdicts(found, o, "trend")}
    assert ("mismatch" in told) == ((two < one) if verb == "rose" else (two > one))


# ---- comparison

NATION = {"role": "benchmark", "benchmark": "national", "area_type": "england"}
BENCHMARKED = {
    # name: the words, whether they hold of our tenths of a percent and England's
    "above": ("above", lambda own, other: own > other),
    "below": ("below", lambda own, other: own < other),
    "better": ("better than", lambda own, other: own > other),
    "worse": ("worse than", lambda own, other: own < other),
    "in_line": ("in line with", None),
}


@QUICK
@given(own=st.integers(10, 999), other=st.integers(10, 999), name=st.sampled_from(sorted(BENCHMARKED)))
def test_against_a_benchmark(packs, own, other, name) -> None:
    words, holds = BENCHMARKED[name]
    ours = claim(TIMELY, own / 10, text=f"{own / 10:.1f}%", period="2024-05")
    theirs = claim(TIMELY, other / 10, text=f"{other / 10:.1f}%", period="2024-05", **NATION)
    stated = says(f"At {own / 10:.1f}% we are {words} the national average ({other / 10:.1f}%).", ours, theirs)
    found = run(packs, [], *stated, kind="comparison")
    if holds is not None:
        assert found == ({"match"} if holds(own, other) else {"mismatch"})
    elif own == other:
        assert found == {"match"}
    elif abs(own - other) > 0.2 * other:
        assert found == {"mismatch"}


TARGETS = {"met": "met", "missed": "missed"}


@QUICK
@given(own=st.integers(10, 999), other=st.integers(10, 999), name=st.sampled_from(sorted(TARGETS)))
def test_against_a_target(packs, own, other, name) -> None:
    ours = claim(TIMELY, own / 10, text=f"{own / 10:.1f}%", period="2024-05")
    aim = claim(TIMELY, other / 10, text=f"{other / 10:.1f}%", period="2024-05", role="target")
    stated = says(f"At {own / 10:.1f}% we {TARGETS[name]} the target of {other / 10:.1f}%.", ours, aim)
    holds = own >= other if name == "met" else own < other
    assert run(packs, [], *stated, kind="comparison") == ({"match"} if holds else {"mismatch"})


@QUICK
@given(base=st.integers(50, 240), times=st.sampled_from([2, 3, 4]), share=st.floats(0.3, 0.85))
def test_double_and_times(packs, base, times, share) -> None:
    words = "double" if times == 2 else f"{ {3: 'three', 4: 'four'}[times] } times"

    def said(own: int) -> set[str]:
        ours = claim(TIMELY, own / 10, text=f"{own / 10:.1f}%", period="2024-05")
        theirs = claim(TIMELY, base / 10, text=f"{base / 10:.1f}%", period="2024-05", **NATION)
        text = f"At {own / 10:.1f}% our share is {words} the national average ({base / 10:.1f}%)."
        return run(packs, [], *says(text, ours, theirs), kind="comparison")

    assert said(base * times) == {"match"}
    assert said(int(base * times * share)) == {"mismatch"}


# ---- consistency


@QUICK
@given(by=steps, at=st.integers(0, 10), shift=st.integers(1, 60))
def test_two_statements_of_one_thing(packs, by, at, shift) -> None:
    cells = table(PLANS, "2023-01", rising(2000, by))
    cell = cells[at % len(cells)]
    period = (cell.period_start, cell.period_end)
    [right] = says(f"There were {cell.value:.0f} plans.", claim(PLANS, cell.value, period=period))
    [again] = says(f"All {cell.value:.0f} plans were read.", claim(PLANS, cell.value, period=period))
    [wrong] = says(f"Of {cell.value + shift:.0f} plans, half are new.", claim(PLANS, cell.value + shift, period=period))
    assert run(packs, cells, right, again, kind="consistency") == set()
    assert run(packs, cells, right, wrong, kind="consistency") == set(), "the table stands by this one"
    assert run(packs, cells, wrong, right, kind="consistency") <= {"mismatch", "stale"} - AGREES
    assert run(packs, cells, wrong, right, kind="consistency")


@QUICK
@given(value=st.integers(1, 5000), shift=st.integers(0, 60))
def test_two_papers_of_one_council(value, shift) -> None:
    one = claim(PLANS, value, period="2024-06", council_code="E1", document_id="a", file="june.pdf")
    two = claim(PLANS, value + shift, period="2024-06", council_code="E1", document_id="b", file="july.pdf")
    found = run_across([one, two], {"a": date(2024, 7, 1), "b": date(2024, 8, 1)})
    assert [(c.observation_id, c.verdict) for c in found] == ([(two.observation_id, "mismatch")] if shift else [])


# ---- official


@QUICK
@given(data=st.data(), beyond=st.integers(11, 300), sign=st.sampled_from([1, -1]))
def test_what_dfe_published(packs, data, beyond, sign) -> None:
    """England's own figures agree; one that is off by more than a restatement is another year's at best."""
    kpi = data.draw(st.sampled_from([TIMELY, "ehcp_20wk_incl_exceptions_pct", "pupils_with_ehcp_pct"]))
    known = packs.reference.england(kpi)
    assume(known)
    figure = data.draw(st.sampled_from(list(known)))

    def said(value: float) -> set[str]:
        period = (figure.period_start, figure.period_end)
        own = claim(kpi, value, text=f"{value:.1f}%", period=period, **NATION)
        [stated] = says(f"The national figure was {value:.1f}%.", own)
        return run(packs, [], stated, kind="official")

    true = said(round(figure.value, 1))
    assert true and true <= AGREES
    assert "mismatch" not in said(round(figure.value + sign * (1 + beyond % 9) / 10, 1)), "it may have been restated"
    wrong = round(figure.value + sign * beyond / 10, 1)
    assume(0 < wrong < 100)
    assert not said(wrong) & AGREES


# ---- table


@QUICK
@given(by=st.lists(st.integers(-40, 40), min_size=24, max_size=30), at=st.integers(1, 20))
def test_arrows(packs, by, at) -> None:
    values = rising(4000, by)

    def way(change: float) -> str:
        return "flat" if change == 0 else "up" if change > 0 else "down"

    arrows = ["", *(way(two - one) for one, two in pairwise(values))]
    cells = [replace(o, trend=arrow) for o, arrow in zip(table(PLANS, "2022-01", values), arrows, strict=True)]
    assert not [c for c in check.run(cells, packs) if c.kind == "table"]
    turned = {"up": "down", "down": "up", "flat": "up"}[arrows[at]]
    wrong = [*cells[:at], replace(cells[at], trend=turned), *cells[at + 1 :]]
    assert [(c.observation_id, c.verdict) for c in check.run(wrong, packs) if c.kind == "table"] == [
        (cells[at].observation_id, "mismatch")
    ]


@QUICK
@given(part=st.integers(1, 40), rest=st.integers(0, 60), digits=st.integers(0, 2), shift=st.integers(4, 400))
def test_counts_and_their_shares(packs, part, rest, digits, shift) -> None:
    """The GRIM test: a share printed with its count is that of some whole number, or the table has an error in it."""
    share = round(part / (part + rest) * 100, digits)
    cell = row(
        "table",
        EOTAS,
        share,
        text=f"{share:.{digits}f}% ({part})",
        numerator=float(part),
        table_id="T",
        row=1,
        column=1,
    )
    cell = replace(cell, decimals=digits, unit="percent")
    assert not [c for c in check.run([cell], packs) if c.kind == "table"]
    off = round(share + shift * 10.0**-digits, digits)
    assume(0 < off < 100)
    wholes = [n for n in range(1, 40_000) if abs(part / n * 100 - off) <= 2 * 10.0**-digits]
    parts = [n for n in range(part + 1) if abs(n / part * 100 - off) <= 2 * 10.0**-digits]
    assume(not wholes and not parts)
    wrong = replace(cell, value=off, value_text=f"{off:.{digits}f}% ({part})")
    assert [c.verdict for c in check.run([wrong], packs) if c.kind == "table"] == ["mismatch"]


@QUICK
@given(by=st.lists(st.integers(0, 60), min_size=4, max_size=8), at=st.integers(0, 7), fall=st.integers(1, 9))
def test_running_totals(packs, by, at, fall) -> None:
    values = rising(20, by)
    cells = table("mediation_total_count", "2024-04", values, kpi_label="Mediations (cumulative)")
    assert not [c for c in check.run(cells, packs) if c.kind == "table"]
    place = 1 + at % (len(values) - 1)
    assume(cells[place].period_start.month not in (1, 4, 9))
    values[place] = values[place - 1] - fall
    worse = table("mediation_total_count", "2024-04", values, kpi_label="Mediations (cumulative)")
    assert "mismatch" in {c.verdict for c in check.run(worse, packs) if c.kind == "table"}


@QUICK
@given(
    columns=st.lists(st.lists(st.integers(0, 99), min_size=2, max_size=5), min_size=4, max_size=6),
    shift=st.integers(1, 40),
)
def test_totals(packs, columns, shift) -> None:
    rows = min(map(len, columns))

    def cells(off: int) -> list[Observation]:
        out = []
        for number, column in enumerate(columns):
            values = [*column[:rows], sum(column[:rows]) + (off if number == 0 else 0)]
            labels = [*(f"Part {n}" for n in range(rows)), "Total"]
            out += [
                row("table", "", v, table_id="T", row=r, column=number, kpi_label=labels[r])
                for r, v in enumerate(values)
            ]
        return out

    assert not check.run(cells(0), packs)
    assert [c.verdict for c in check.run(cells(shift), packs)] == ["mismatch"]


@pytest.mark.parametrize("text", ["2024-02", "2023-12"])
def test_the_months_of_these_tables_are_whole(text: str) -> None:
    first, last = month(text)
    assert (first.day, last.month) == (1, first.month)
