"""Councils side by side: like with like, one figure for each place and time, a reason for all that is left out."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from comparing import CASELOAD, TIMELINESS, caseload, check_on, dataset_of, day, figure, month, plain, year

from sendparse.cli import main
from sendparse.dataset import read_dataset
from sendparse.errors import InputError
from sendparse.model import Check, Observation
from sendparse.packs import Packs
from sendparse.publish.compare import Comparison, compare, compare_rows, known_kpi, measures
from sendparse.publish.layout import as_csv, as_json, long_sheet, table_text, wide_sheet
from sendparse.publish.periods import read_window
from sendparse.publish.selecting import Material, Question


@pytest.fixture(autouse=True)
def no_releases(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SENDPARSE_REFERENCE", str(tmp_path / "none"))


def asked(packs: Packs, rows: list[Observation], checks: list[Check] | None = None, **question: object) -> Comparison:
    values = {"kpi": TIMELINESS, **question}
    return compare_rows(rows, Question(**values), Material([], checks or [], packs))  # type: ignore[arg-type]


UNLIKE = [
    # what differs                                     reason begins                      why
    ({"role": "target"}, "role target", "a target is no result"),
    ({"role": "change"}, "role change", "a change is no level"),
    ({"breakdown": "phase=primary"}, "breakdown phase=primary", "a part is not the whole"),
    ({"unit": "count"}, "in another unit", "a number of plans is no share"),
    ({"value": None}, "no value", "planned or withheld"),
    ({"area_type": ""}, "the paper does not say whose", "nobody's figure"),
    ({"period_start": None, "period_end": None}, "no period", "which year?"),
    ({"period_end": None}, "the period has no stated beginning or end", "open-ended"),
]


@pytest.mark.parametrize(("changes", "reason", "why"), UNLIKE)
def test_only_like_stands_beside_like(packs: Packs, changes: dict[str, object], reason: str, why: str) -> None:
    found = asked(packs, [figure("886", 18.0), figure("887", **{"value": 26.0, **changes})])  # type: ignore[arg-type]
    assert [one.area for one in found.figures] == ["Kent"], why
    assert [one.reason.startswith(reason) for one in found.left_out] == [True], why


def test_a_breakdown_or_role_can_be_asked_for(packs: Packs) -> None:
    rows = [figure("886", 18.0), figure("886", 12.0, breakdown="phase=primary"), figure("886", 60.0, role="target")]
    assert [one.value for one in asked(packs, rows, breakdown="phase=primary").figures] == [12.0]
    assert [one.value for one in asked(packs, rows, role="target").figures] == [60.0]


def test_one_statement_stands_for_all(packs: Packs) -> None:
    rows = [
        figure("886", 18.0),
        figure("886", 18.0, source="narrative"),
        figure("926", 18.0, area_type="other_council", area="Kent"),
        figure("886", 18.4, source="narrative", file="another.pdf"),
    ]
    found = asked(packs, rows)
    (one,) = found.figures
    assert (one.value, one.source, one.stated) == (18.0, "table", 3)
    assert [(left.reason, left.row.value) for left in found.left_out] == [
        ("the same council and period with another value", 18.4)
    ]


def test_a_contradicted_figure_gives_way(packs: Packs) -> None:
    wrong, right = figure("886", 19.0), figure("886", 18.0, source="narrative")
    found = asked(packs, [wrong, right], [check_on(wrong, "mismatch")])
    assert [one.value for one in found.figures] == [18.0]


def test_a_contradicted_figure_that_stands_alone_is_marked(packs: Packs) -> None:
    wrong = figure("886", 19.0)
    found = asked(packs, [wrong], [check_on(wrong, "match"), check_on(wrong, "stale")])
    assert found.figures[0].verdict == "stale"
    text = table_text(found, width=100)
    assert "19.0%!" in text and "!  a check contradicts" in text


def test_a_figure_that_another_councils_paper_states_counts(packs: Packs) -> None:
    row = figure("926", 18.0, area_type="other_council", area="Kent")
    (one,) = asked(packs, [row]).figures
    assert (one.area, one.la_code, one.council_code, one.says) == ("Kent", "886", "E10000016", "Norfolk")


def test_an_unknown_council_keeps_its_paper_as_its_name(packs: Packs) -> None:
    (one,) = asked(packs, [figure("", 60.0, file="papers/q3.pdf")]).figures
    assert (one.area, one.la_code) == ("not stated: q3.pdf", "")


def test_england_is_dfes_where_published_and_the_papers_otherwise(packs: Packs) -> None:
    stated = {"area_type": "england", "area": "England", "role": "benchmark", "benchmark": "national"}
    rows = [
        figure("886", 18.0),
        figure("886", 49.9, **stated),
        figure("886", 30.0, **month(2024, 5)),
        figure("886", 44.0, **stated, **month(2024, 5)),
    ]
    found = asked(packs, rows)
    assert [(one.value, one.source) for one in found.others] == [(50.3, "official"), (44.0, "table")]


def test_england_stands_only_beside_the_same_period(packs: Packs) -> None:
    quarter = {**month(2023, 1), "period_end": month(2023, 3)["period_end"], "period_basis": "quarter"}
    assert asked(packs, [figure("886", 18.0, **quarter)]).others == []


def test_regions_and_neighbours_come_from_an_imported_release(
    packs: Packs, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    from datetime import date

    from sendparse.publish import compare as module
    from sendparse.reference import OfficialFigure

    def release(area: str, la_code: str, value: float) -> OfficialFigure:
        return OfficialFigure(
            kpi=TIMELINESS, area=area, la_code=la_code, value=value, unit="percent", decimals=1,
            period_start=date(2023, 1, 1), period_end=date(2023, 12, 31), basis="calendar_year", release="EHC plans 2025",
        )  # fmt: skip

    near = packs.reference.neighbours("886")
    known = [
        release("South East", "", 40.0),
        *(release(one.name, one.la_code, 10.0 + at) for at, one in enumerate(near[:6])),
    ]
    monkeypatch.setattr(module, "official_figures", lambda kpi: tuple(known))
    found = asked(packs, [figure("886", 18.0)])
    assert [(one.area, one.value) for one in found.others] == [
        ("England", 50.3),
        ("South East", 40.0),
        ("Neighbours, Kent", 12.5),
    ]
    assert found.others[2].says == "mean of 6 of 10 neighbours, EHC plans 2025"
    monkeypatch.setattr(module, "official_figures", lambda kpi: tuple(known[:5]))
    assert "Neighbours, Kent" not in [
        one.area for one in asked(packs, [figure("886", 18.0)]).others
    ]  # 4 of 10 are too few


def test_a_caseload_on_a_day_stands_beside_one_of_the_month(packs: Packs) -> None:
    found = asked(packs, [caseload("886", 19_407), caseload("887", 3512, **day(2025, 1, 16))], kpi=CASELOAD)
    assert len(found.spans) == 1
    assert [one.value for one in found.others] == [638_745]


def test_latest_takes_one_kind_of_period(packs: Packs) -> None:
    rows = [
        figure("886", 41.4, **year(2021)),
        figure("886", 18.0, **year(2023)),
        figure("887", 55.5, **year(2021)),
        figure("887", 70.0, **month(2024, 5)),
    ]
    found = asked(packs, rows, latest=True)
    assert [(one.area, one.value, one.span.name) for one in found.figures] == [
        ("Kent", 18.0, "2023"),
        ("Medway", 55.5, "2021"),
    ]
    assert {one.reason for one in found.left_out} == {"not the latest", "covers months"}


def test_a_wish_for_councils_and_time(packs: Packs) -> None:
    rows = [figure("886", 41.4, **year(2021)), figure("886", 18.0), figure("887", 26.0)]
    found = asked(packs, rows, councils=("886",), window=read_window("2023"))
    assert [one.value for one in found.figures] == [18.0]
    assert sorted(one.reason for one in found.left_out) == ["another council", "outside 2023"]


def test_every_figure_is_compared_or_left_out(packs: Packs, tmp_path: Path) -> None:
    data = read_dataset(plain(tmp_path / "ds"))
    found = compare(data, packs, Question(kpi=TIMELINESS))
    total = sum(row.kpi == TIMELINESS for row in data.records("observations"))
    assert sum(one.stated for one in found.figures) + len(found.left_out) == total


def test_a_measure_that_is_near_is_named(packs: Packs, tmp_path: Path) -> None:
    rows = [figure("886", 18.0), figure("887", 20.0, kpi="ehcp_20wk_unspecified_pct")]
    found = compare(read_dataset(dataset_of(tmp_path / "ds", rows)), packs, Question(kpi="ehcp_20wk_unspecified_pct"))
    assert found.related == {TIMELINESS: 1}
    assert f"1 of {TIMELINESS}" in table_text(found, width=100)


def test_an_unknown_measure_names_the_nearest(packs: Packs) -> None:
    with pytest.raises(InputError, match="ehcp_total_count"):
        known_kpi(packs, "ehcp_total_cuont")
    with pytest.raises(InputError, match="annual_reviews_overdue_pct"):
        known_kpi(packs, "annual reviews overdue")
    with pytest.raises(InputError, match="ehcp_20wk"):
        known_kpi(packs, "timeliness")
    with pytest.raises(InputError, match="patterns list"):
        known_kpi(packs, "zzz")


def test_measures_of_a_dataset(packs: Packs, tmp_path: Path) -> None:
    found = measures(read_dataset(plain(tmp_path / "ds")), packs)
    assert [(kpi.id, figures, councils) for kpi, figures, councils in found] == [(TIMELINESS, 8, 4), (CASELOAD, 2, 2)]


# How it looks


def test_the_table_has_councils_down_and_periods_across(packs: Packs) -> None:
    found = asked(packs, [figure("886", 41.4, **year(2021)), figure("886", 18.0), figure("887", 26.0)])
    lines = table_text(found, width=80).splitlines()
    assert lines[2:8] == [
        "Calendar years",
        "          2021   2023",
        "---------------------",
        "Kent     41.4%  18.0%",
        "Medway          26.0%",
        "England  59.9%  50.3%",
    ]


def test_a_narrow_terminal_keeps_the_newest(packs: Packs) -> None:
    rows = [figure("886", 40.0 + n, **year(2010 + n)) for n in range(14)]
    text = table_text(asked(packs, rows), width=40)
    assert "2023" in text and "2010" not in text
    assert "earlier: --long" in text
    assert max(map(len, text.splitlines()[3:7])) <= 40


def test_long_names_source_and_place(packs: Packs) -> None:
    text = table_text(asked(packs, [figure("886", 18.0)]), width=120, long=True)
    assert "Kent     2023     18.0%    -32.3 pp  actual     table              Kent.pdf, page 1" in text


def test_wide_rows_have_codes(packs: Packs) -> None:
    found = asked(packs, [figure("886", 41.4, **year(2021)), figure("886", 18.0)])
    rows = list(csv.reader(io.StringIO(as_csv(wide_sheet(found)))))
    assert rows[0] == ["area_type", "area", "la_code", "council_code", "2021", "2023"]
    assert rows[1] == ["council", "Kent", "886", "E10000016", "41.4", "18"]
    assert rows[2][:2] == ["england", "England"]


def test_csv_never_holds_a_formula(packs: Packs) -> None:
    row = figure("886", 18.0, evidence='=cmd|" /C calc"!A0', file="-2+3.pdf")
    text = as_csv(long_sheet(asked(packs, [row])))
    cells = [cell for line in csv.reader(io.StringIO(text)) for cell in line]
    assert '\'=cmd|" /C calc"!A0' in cells and "'-2+3.pdf" in cells
    assert "-32.3" in cells  # a number stays one


def test_json_has_everything(packs: Packs) -> None:
    found = json.loads(as_json(asked(packs, [figure("886", 18.0), figure("886", 60.0, role="target")])))
    assert found["kpi"]["unit"] == "percent"
    assert found["figures"][0]["difference_from_england"] == -32.3
    assert found["figures"][0]["period_start"] == "2023-01-01"
    assert found["others"][0]["area"] == "England"
    assert found["left_out"]["reasons"] == [{"reason": "role target", "hint": "--role target", "figures": 1}]


# The command


def run(*arguments: object) -> Result:
    return CliRunner().invoke(main, ["compare", *map(str, arguments)])


def test_the_command_lists_measures_then_compares(tmp_path: Path) -> None:
    folder = plain(tmp_path / "ds")
    assert TIMELINESS in run(folder).output
    result = run(folder, "--kpi", TIMELINESS, "--councils", "Kent,medway", "--period", "2023", "--long")
    assert result.exit_code == 0
    assert "Kent" in result.output and "Norfolk.pdf" not in result.output
    assert "another council (--councils)" in result.output


@pytest.mark.parametrize(
    ("arguments", "code", "says"),
    [
        (["--kpi", "nope"], 2, "no measure is called 'nope'"),
        (["--kpi", TIMELINESS, "--councils", "Atlantis"], 2, "Atlantis"),
        (["--kpi", TIMELINESS, "--period", "soon"], 2, "'soon' is no period"),
        (["--kpi", TIMELINESS, "--format", "xlsx"], 2, "a workbook needs a file"),
    ],
)
def test_what_means_nothing_is_told(tmp_path: Path, arguments: list[str], code: int, says: str) -> None:
    result = run(plain(tmp_path / "ds"), *arguments)
    assert result.exit_code == code
    assert says in result.output


def test_a_comma_may_belong_to_a_name(packs: Packs) -> None:
    from sendparse.cli.compare import _names

    assert _names(("Bristol, City of", "Kent,Medway"), packs) == ["Bristol, City of", "Kent", "Medway"]


@pytest.mark.parametrize("form", ["csv", "json", "xlsx"])
def test_files(tmp_path: Path, form: str) -> None:
    out = tmp_path / f"out.{form}"
    result = run(plain(tmp_path / "ds"), "--kpi", TIMELINESS, "--format", form, "--out", out)
    assert result.exit_code == 0, result.output
    assert out.stat().st_size > 200
