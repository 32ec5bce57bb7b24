"""What a heading says."""

from __future__ import annotations

from datetime import date

import pytest

from sendparse.packs import Packs
from sendparse.tag.heading import HeadingReader, mend
from sendparse.tag.label_units import unit_in_label
from sendparse.tag.period import Anchor, read_period


@pytest.fixture(scope="module")
def reader(packs: Packs) -> HeadingReader:
    return HeadingReader(packs, Anchor(meeting_date=date(2025, 3, 11)))


CASES = [
    # heading                              says
    ("KPI",                                {"kind": "label"}),
    ("Nat",                                {"benchmark": "national", "area_type": "england", "area": "England"}),
    ("SN",                                 {"benchmark": "statistical_neighbours", "area": "statistical neighbours"}),
    ("SW",                                 {"benchmark": "regional", "area_type": "region", "area": "South West"}),
    ("Stat. Neighbour Average",            {"benchmark": "statistical_neighbours"}),
    ("England 2023",                       {"benchmark": "national", "start": "2023-01-01"}),
    ("Target 2024/25",                     {"role": "target", "start": "2024-04-01"}),
    ("2023/24 Outturn",                    {"role": "actual", "start": "2023-04-01"}),
    ("Revenu\ne\nForecas\nt",              {"role": "forecast"}),
    ("Variance %",                         {"role": "change", "unit": "percent"}),
    ("Floor standard",                     {"role": "floor"}),
    ("Upper limit",                        {"role": "limit"}),
    ("Baseline (2022/23)",                 {"role": "baseline", "start": "2022-04-01"}),
    ("Income per pupil",                   {"measure": "Income per pupil", "role": ""}),
    ("By July 2026",                       {"role": "target", "start": "2026-07-01"}),
    ("RAG rating",                         {"kind": "rag"}),
    ("DoT",                                {"kind": "trend"}),
    ("Direction of Travel",                {"kind": "trend"}),
    ("Ref",                                {"kind": "number"}),
    ("Good is",                            {"kind": "better"}),
    ("Comments",                           {"kind": "comment"}),
    ("Lead officer",                       {"kind": "person"}),
    ("Unit of measure",                    {"kind": "unit"}),
    ("£000s",                              {"unit": "gbp", "scale": 1000}),
    ("Number returned",                    {"unit": "count"}),
    ("12m to\nDec 23",                     {"start": "2023-01-01", "end": "2023-12-31"}),
    ("Quarter to\nSep 24",                 {"start": "2024-07-01", "end": "2024-09-30"}),
    ("Q1 (Apr-Jun)",                       {"start": "2024-04-01"}),
    ("Online\nJan 24 –\nMar 24",           {"measure": "Online", "start": "2024-01-01", "end": "2024-03-31"}),
    ("Essex",                              {"area_type": "other_council", "area": "Essex"}),
    ("EHCPs issued within 20 weeks",       {"measure": "EHCPs issued within 20 weeks", "unit": "", "role": ""}),
    ("% EHCPs in 20 weeks England",        {"measure": "% EHCPs in 20 weeks", "benchmark": "national", "unit": "percent"}),
    ("Individual Maintained School Reserves", {"measure": "Individual Maintained School Reserves", "role": ""}),
    ("A",                                  {"measure": "A"}),
]  # fmt: skip


@pytest.mark.parametrize(("text", "says"), CASES, ids=[case[0].replace("\n", " ") for case in CASES])
def test_headings(reader: HeadingReader, text: str, says: dict[str, object]) -> None:
    heading = reader.read(text)
    period = heading.period
    dates = {"start": str(period.start) if period else "", "end": str(period.end) if period else ""}
    for name, wanted in says.items():
        assert dates.get(name, getattr(heading, name, None)) == wanted


def test_a_month_takes_its_year_from_the_heading_above(reader: HeadingReader) -> None:
    year = read_period("2024/25")
    january = reader.read("Jan", year).period
    assert january is not None
    assert (january.start, january.end) == (date(2025, 1, 1), date(2025, 1, 31))


def test_a_month_by_itself_stays_open(reader: HeadingReader) -> None:
    january = reader.read("Jan").period
    assert january is not None
    assert january.start is None


BROKEN = [
    ("Revenu\ne\nBudget", "Revenue Budget"),
    ("Rephasin\ng Variance", "Rephasing Variance"),
    ("Number\nof plans", "Number of plans"),
    ("Rate\nin year", "Rate in year"),
    ("Un-\ndeliverable", "Un-deliverable"),
    ("one line", "one line"),
]


@pytest.mark.parametrize(("printed", "read"), BROKEN)
def test_words_that_a_narrow_cell_broke_are_mended(printed: str, read: str) -> None:
    assert mend(printed) == read


UNITS = [
    ("% of EHCPs in Mainstream", "percent", 1),
    ("Percentage of plans", "percent", 1),
    ("Attendance %", "percent", 1),
    ("Plans issued (target 90%)", "", 1),
    ("No. of complaints", "count", 1),
    ("No", "", 1),
    ("Number of plans", "count", 1),
    ("Average number of weeks to issue", "weeks", 1),
    ("Time to assess (weeks)", "weeks", 1),
    ("Plans issued within 20 weeks", "", 1),
    ("Number of working days lost", "days", 1),
    ("Plans per 10,000 population", "rate_per_10k", 1),
    ("Spend (£m)", "gbp", 1_000_000),
    ("Spend £000s", "gbp", 1000),
    ("£s per pupil", "gbp", 1),
    ("Educational psychologists FTE", "fte", 1),
    ("Co-ordinators in post (FTE)", "fte", 1),
    ("Number of plans per FTE co-ordinator", "count", 1),
]


@pytest.mark.parametrize(("label", "unit", "scale"), UNITS)
def test_units_that_labels_state(label: str, unit: str, scale: int) -> None:
    assert unit_in_label(label) == (unit, scale)


def test_a_scale_said_once_for_a_table(reader: HeadingReader) -> None:
    assert reader.scale_in("All figures in £m") == 1_000_000
    assert reader.scale_in("Savings (£000s)") == 1000
    assert reader.scale_in("SEND scorecard") == 1


def test_a_scale_in_the_heading_of_a_column_is_that_of_the_column(reader: HeadingReader) -> None:
    assert reader.is_scale("All figures in £m")
    assert reader.is_scale("£000s")
    assert not any(map(reader.is_scale, ("Variance £m", "Forecast (£000)", "Delivered to date (£000)")))
    assert reader.read("Planned savings (£000)").role == "target"
    assert reader.read("Costs avoided (£000)").measure == "Costs avoided"


def test_no_wording_of_the_file_is_read_as_a_truth_value(packs: Packs) -> None:
    """YAML reads a bare `no` or `on` as false or true."""

    def wordings(value: object) -> list[object]:
        if isinstance(value, dict):
            return [w for v in value.values() for w in wordings(v)]
        return list(value) if isinstance(value, list) else [value]

    assert [w for w in wordings(dict(packs.rules["headers"])) if not isinstance(w, str)] == []
