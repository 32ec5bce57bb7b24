"""What must hold for any figures: a claim made from the table is never wrong, and one altered beyond its precision never right."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from checking import claim, says, table, verdicts
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from sendparse import check
from sendparse.check.compare import AGREES
from sendparse.model import Observation

PLANS, REQUESTS, TIMELY, DEFICIT = (
    "ehcp_total_count", "ehcna_requests_count", "ehcp_20wk_excl_exceptions_pct", "dsg_cumulative_deficit_gbp",
)  # fmt: skip
WRONG = {"mismatch", "stale", "mislabelled"}
QUICK = settings(max_examples=80, deadline=None)

counts = st.lists(st.integers(1, 9_999), min_size=3, max_size=14)
shares = st.lists(st.integers(0, 1000).map(lambda n: n / 10), min_size=3, max_size=14)
amounts = st.lists(st.integers(100_000, 90_000_000).map(float), min_size=3, max_size=8)
place = st.integers(0, 13)


def run(packs, cells: list[Observation], *stated: Observation, kind: str = "") -> set[str]:
    found = check.run([*cells, *stated], packs)
    return set(verdicts(found, stated[0], kind))


def of(cell: Observation) -> tuple[date | None, date | None]:
    return cell.period_start, cell.period_end


@QUICK
@given(values=counts, at=place, shift=st.integers(1, 500))
def test_counts(packs, values, at, shift) -> None:
    cells = table(PLANS, "2023-01", [float(v) for v in values])
    cell = cells[at % len(cells)]
    [true] = says("Plans then.", claim(PLANS, cell.value, text=f"{cell.value:,.0f}", period=of(cell)))
    [false] = says("Plans then.", claim(PLANS, cell.value + shift, text=f"{cell.value + shift:,.0f}", period=of(cell)))
    assert run(packs, cells, true) == {"match"}
    assert not run(packs, cells, false) & AGREES


@QUICK
@given(values=shares, at=place, digits=st.integers(0, 1), shift=st.integers(1, 40), sign=st.sampled_from([1, -1]))
def test_shares_printed_in_full_or_rounded(packs, values, at, digits, shift, sign) -> None:
    rows = table(TIMELY, "2023-01", values, unit="percent")
    cells = [replace(row, value_text=f"{row.value:.1f}%", decimals=1) for row in rows]
    cell = cells[at % len(cells)]
    stated = round(cell.value, digits)
    [true] = says("Share then.", claim(TIMELY, stated, text=f"{stated:.{digits}f}%", period=of(cell)))
    assert run(packs, cells, true) <= AGREES
    wrong = round(cell.value + sign * (shift + 1) * 10.0**-digits, digits)
    assume(0 <= wrong <= 100)
    [false] = says("Share then.", claim(TIMELY, wrong, text=f"{wrong:.{digits}f}%", period=of(cell)))
    assert not run(packs, cells, false) & AGREES


@QUICK
@given(
    values=amounts,
    at=place,
    digits=st.integers(0, 2),
    shift=st.integers(2, 30),
    word=st.sampled_from(["m", " million"]),
)
def test_money_with_a_scale_word(packs, values, at, digits, shift, word) -> None:
    cells = table(DEFICIT, "2023-01", values, unit="gbp")
    cell = cells[at % len(cells)]
    stated = round(cell.value / 1e6, digits)
    assume(stated > 0)

    def says_amount(millions: float) -> Observation:
        text = f"£{millions:.{digits}f}{word}"
        return says(
            f"It was {text} then.",
            claim(DEFICIT, millions * 1e6, text=text, unit="gbp", decimals=digits, period=of(cell)),
        )[0]

    assert run(packs, cells, says_amount(stated)) <= AGREES
    assert not run(packs, cells, says_amount(stated + shift * 10.0**-digits)) & AGREES


@QUICK
@given(values=counts, ends=st.tuples(place, place), digits=st.integers(0, 1), shift=st.integers(2, 60))
def test_changes_of_a_level(packs, values, ends, digits, shift) -> None:
    cells = table(PLANS, "2023-01", [float(v) for v in values])
    first, last = sorted(n % len(cells) for n in ends)
    assume(first < last)
    one, two = cells[first], cells[last]
    change = (two.value - one.value) / one.value * 100
    assume(abs(change) >= 1)
    verb = "rose" if change > 0 else "fell"

    def says_change(percent: float) -> Observation:
        text = f"{percent:.{digits}f}%"
        period = (one.period_start, two.period_end)
        return says(f"Plans {verb} by {text}.", claim(PLANS, percent, text=text, role="change", period=period))[0]

    stated = round(abs(change), digits)
    assert run(packs, cells, says_change(stated), kind="arithmetic") <= AGREES
    assert not run(packs, cells, says_change(round(stated + shift * 10.0**-digits, digits)), kind="arithmetic") & AGREES


@QUICK
@given(
    values=st.lists(st.integers(0, 400), min_size=12, max_size=12), quarter=st.integers(0, 3), shift=st.integers(1, 90)
)
def test_sums_over_a_quarter(packs, values, quarter, shift) -> None:
    cells = table(REQUESTS, "2024-01", [float(v) for v in values])
    parts = cells[quarter * 3 : quarter * 3 + 3]
    total = sum(values[quarter * 3 : quarter * 3 + 3])
    period = (parts[0].period_start, parts[-1].period_end)
    [true] = says(f"{total} requests came in.", claim(REQUESTS, float(total), period=period))
    [false] = says(f"{total + shift} requests came in.", claim(REQUESTS, float(total + shift), period=period))
    assert run(packs, cells, true, kind="sum") == {"match"}
    assert run(packs, cells, false, kind="sum") == {"mismatch"}


@QUICK
@given(before=st.integers(1, 5000), after=st.integers(1, 5000), shift=st.integers(1, 200))
def test_differences_of_a_stated_pair(packs, before, after, shift) -> None:
    assume(before != after)
    gap = abs(after - before)

    def sentence(by: int) -> list[Observation]:
        text = f"There were {after} in May 2024, {by} {'more' if after > before else 'fewer'} than the {before} in May 2023."
        pair = [claim(PLANS, float(after), period="2024-05"), claim(PLANS, float(before), period="2023-05")]
        change = claim(PLANS, float(by), text=str(by), role="change", period=(date(2023, 5, 1), date(2024, 5, 31)))
        return says(text, pair[0], change, pair[1])

    right, wrong = sentence(gap), sentence(gap + shift)
    assert set(verdicts(check.run(right, packs), right[1], "arithmetic")) == {"match"}
    assert set(verdicts(check.run(wrong, packs), wrong[1], "arithmetic")) == {"mismatch"}


@QUICK
@given(values=counts, at=place, what=st.sampled_from(["over", "under", "at_least", "up_to"]), gap=st.integers(1, 60))
def test_hedges_are_taken_at_their_word(packs, values, at, what, gap) -> None:
    cells = table(PLANS, "2023-01", [float(v) for v in values])
    cell = cells[at % len(cells)]
    side = -1 if what in ("over", "at_least") else 1
    assume(cell.value + side * gap > 0 and cell.value - side * gap > 0)
    [true] = says("So many.", claim(PLANS, cell.value + side * gap, qualifier=what, period=of(cell)))
    [false] = says("So many.", claim(PLANS, cell.value - side * gap, qualifier=what, period=of(cell)))
    assert run(packs, cells, true, kind="cell") <= AGREES
    assert not run(packs, cells, false, kind="cell") & AGREES
