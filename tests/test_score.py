"""Scoring against gold: pairing, levels, what counts as wrong, what changed."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner
from sample_outcomes import observation, outcome

from sendparse.cli import main
from sendparse.errors import InputError
from sendparse.model import Observation
from sendparse.score import (
    GoldRow,
    Score,
    Scored,
    accepted,
    changes,
    read_gold,
    score_corpus,
    score_paper,
    total,
    totals,
)

HEAD = (
    "page,source,label,column_label,kpi,breakdown,value,value_high,unit,qualifier,period_start,period_end,role,benchmark,"
    "area_type,trend,rag,value_text,debatable"
)
GOLD = '1,table,EHC plans maintained,Jan 24,ehcp_total_count,,4453,,count,,2024-01-01,2024-01-31,actual,,council,,,"4,453",'


def gold(**cells: str) -> GoldRow:
    row = dict(zip(HEAD.split(","), [""] * 19, strict=True))
    row |= {
        "page": "1",
        "source": "table",
        "label": "EHC plans maintained",
        "kpi": "ehcp_total_count",
        "value": "4453",
        "unit": "count",
        "period_start": "2024-01-01",
        "period_end": "2024-01-31",
        "role": "actual",
        "area_type": "council",
        "value_text": "4,453",
    }
    row |= cells
    return GoldRow(
        number=1,
        cells=row,
        kpis=tuple(row["kpi"].split("|")),
        debatable=frozenset(filter(None, row["debatable"].split(";"))),
    )


def scored(row: GoldRow, *read: Observation) -> list[Scored]:
    return score_paper([row], read, file="p.pdf", format_="pdf", split="dev")


AGREEMENT = [
    # gold says                      read says                        level   why
    ({}, {}, 4, "all right"),
    ({}, {"role": "target"}, 3, "role wrong"),
    ({}, {"benchmark": "national"}, 3, "whose figure it is belongs to the role"),
    ({}, {"period_end": date(2024, 2, 1)}, 2, "period wrong"),
    ({}, {"kpi": "sen_support_count"}, 1, "KPI wrong"),
    ({}, {"unit": "percent"}, 0, "unit wrong: not even the first level"),
    ({"value_high": "5000"}, {}, 0, "the upper end of a range is part of the value"),
    ({"kpi": "a|ehcp_total_count"}, {}, 4, "a second id is accepted"),
    ({"kpi": ""}, {"kpi": ""}, 4, "no KPI where none fits"),
    ({"debatable": "period"}, {"period_end": None}, 4, "open to debate"),
    ({}, {"trend": "up"}, 4, "an arrow is scored by itself"),
]


@pytest.mark.parametrize(("says", "read", "level", "why"), AGREEMENT)
def test_levels(says: dict[str, str], read: dict[str, object], level: int, why: str) -> None:
    [row] = scored(gold(**says), observation(1, **read))
    assert row.level == level, why


PLACES = [
    # what was read             found   why
    ({}, True, ""),
    ({"value": 4454.0}, False, "another value"),
    ({"page": 2}, False, "another page"),
    ({"page": None}, True, "a form without pages has the same gold"),
    ({"source": "card"}, True, "cards and tables are one kind of place"),
    ({"source": "narrative"}, False, "prose is another"),
    ({"kpi_label": "Other", "evidence": "Other | 4,453"}, False, "another row of the table"),
    (
        {"kpi_label": "Other", "evidence": "EHC plans - maintained | 4,453"},
        True,
        "the row's words stand in the evidence",
    ),
]


@pytest.mark.parametrize(("read", "found", "why"), PLACES)
def test_what_can_stand_for_a_gold_row(read: dict[str, object], found: bool, why: str) -> None:
    rows = scored(gold(), observation(1, **read))
    assert (rows[0].read is not None) == found, why
    assert len(rows) == (1 if found else 2), "what stands for nothing is invented"


def test_equal_values_are_paired_by_what_else_agrees() -> None:
    january, february = gold(), gold(period_start="2024-02-01", period_end="2024-02-29")
    wrong_way_round = [
        observation(1, period_start=date(2024, 2, 1), period_end=date(2024, 2, 29)),
        observation(2),
    ]
    rows = score_paper([january, february], wrong_way_round, file="p", format_="pdf", split="dev")
    assert [row.level for row in rows] == [4, 4]


def test_a_row_open_to_debate_counts_neither_way() -> None:
    assert scored(gold(debatable="row"), observation(1)) == []
    assert scored(gold(debatable="row")) == []


def test_totals_count_over_everything_stated() -> None:
    rows = [*scored(gold(), observation(1)), *scored(gold()), *scored(gold(value="1"), observation(2))]
    sums = total(rows)
    assert (sums.gold, sums.read, sums.found) == (3, 2, 1)
    assert sums.f1(3) == pytest.approx(2 / 5)
    assert totals(rows, "role").keys() == {"actual"}
    assert total([]).f1(0) == 1.0


# A corpus


@pytest.fixture
def made(tmp_path: Path) -> Path:
    folder = tmp_path / "01-paper"
    folder.mkdir()
    (folder / "gold_observations.csv").write_text(f"{HEAD}\n{GOLD}\n", encoding="utf-8")
    (folder / "gold_facts.csv").write_text(
        "file,council,council_code,la_code,committee,meeting_date,published_date,title\n"
        "paper.pdf,Kent,E10000016,886,Cabinet,2024-03-05,,\n",
        encoding="utf-8",
    )
    return tmp_path


def score_of(made: Path, **changes_: object) -> Score:
    return score_corpus(made, lambda path: outcome(path.name, observations=(observation(1, **changes_),)))


def test_a_corpus_is_scored_paper_by_paper(made: Path) -> None:
    score = score_of(made)
    assert [row.key for row in score.rows] == ["01-paper/paper.pdf#1"]
    assert score.rows[0].level == 4
    assert {fact.name: fact.right for fact in score.facts} == {
        "council_code": True,
        "la_code": True,
        "committee": False,
        "meeting_date": True,
        "published_date": True,
        "title": True,
    }


def test_a_split_is_scored_alone(made: Path) -> None:
    (made / "index.csv").write_text("paper,file,split\n01-paper,paper.pdf,held_out\n", encoding="utf-8")
    assert score_of(made).rows[0].split == "held_out"
    with pytest.raises(InputError, match="no paper with gold"):
        score_corpus(made, lambda path: outcome(), split="dev")


def test_what_changed_is_told_row_by_row(made: Path) -> None:
    before = accepted(score_of(made))
    assert changes(before, score_of(made)) == ([], [])
    moved, fell = changes(before, score_of(made, kpi="other"))
    assert moved[0].startswith("lost 4 to 1: 01-paper/paper.pdf#1 '4,453' EHC plans maintained")
    assert "dev table: and KPI was 1, is 0" in fell
    worse = accepted(score_of(made, kpi="other"))
    moved, fell = changes(worse, score_of(made))
    assert (moved[0].startswith("won"), fell) == (True, [])


def test_an_invented_figure_is_a_fall(made: Path) -> None:
    two = score_corpus(made, lambda path: outcome(path.name, observations=(observation(1), observation(2, value=9.0))))
    assert changes(accepted(score_of(made)), two)[1] == ["dev table: invented was 0, is 1"]


def test_rows_held_out_are_kept_as_totals_only(made: Path) -> None:
    (made / "index.csv").write_text("paper,file,split\n01-paper,paper.pdf,held_out\n", encoding="utf-8")
    kept = json.loads(accepted(score_of(made)))
    assert kept["rows"] == {}
    assert kept["totals"]["held_out"]["table"]["found"] == 1


def test_the_gold_of_the_corpus_is_read(corpus: Path) -> None:
    rows = [row for path in sorted(corpus.glob("*/gold_observations.csv")) for row in read_gold(path)]
    assert len(rows) > 100
    assert all(row.value is not None or row.cells["role"] == "planned" or row.cells["rag"] for row in rows)


def test_the_command_compares_with_the_accepted_score(made: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from sendparse import pipeline

    figure = {"kpi": "ehcp_total_count"}
    monkeypatch.setattr(
        pipeline, "parse", lambda path, **_: outcome(path.name, observations=(observation(1, **figure),))
    )
    kept = made / "accepted.json"

    def run(*arguments: str):  # type: ignore[no-untyped-def]
        return CliRunner().invoke(main, ["score", str(made), "--accepted", str(kept), *arguments])

    assert run("--accept").exit_code == 0
    assert run().exit_code == 0
    figure["kpi"] = ""
    result = run("--wrong")
    assert result.exit_code == 6
    assert "lost 4 to 1" in result.stdout
    assert "kpi 'ehcp_total_count' read ''" in result.stdout
