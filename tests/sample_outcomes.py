"""Outcomes made by hand, for tests of what comes after reading."""

from __future__ import annotations

from datetime import date

from sendparse.model import (
    Box,
    Cell,
    Check,
    Document,
    Facts,
    Mark,
    Observation,
    Outcome,
    Page,
    Problem,
    Table,
    Word,
    stable_id,
)


def observation(number: int = 1, **changes: object) -> Observation:
    """A plain figure in a table; `changes` replaces fields."""
    values: dict[str, object] = {
        "observation_id": stable_id("observation", number),
        "council_code": "E10000016",
        "council": "Kent",
        "la_code": "886",
        "area_type": "council",
        "area": "Kent",
        "kpi": "ehcp_total_count",
        "kpi_label": "EHC plans maintained",
        "value": 4453.0,
        "value_text": "4,453",
        "unit": "count",
        "period_label": "Jan 24",
        "period_start": date(2024, 1, 1),
        "period_end": date(2024, 1, 31),
        "period_basis": "month",
        "source": "table",
        "document_id": "d" * 64,
        "file": "paper.pdf",
        "page": 1,
        "x0": 100.126,
        "top": 50.0,
        "x1": 130.0,
        "bottom": 60.0,
        "table_id": "t1",
        "row": 1,
        "column": 1,
        "evidence": "EHC plans maintained | Jan 24 | 4,453",
    }
    return Observation(**{**values, **changes})  # type: ignore[arg-type]


def outcome(file: str = "paper.pdf", *, figures: int = 3, document_id: str = "", **changes: object) -> Outcome:
    """A one-page paper with a table of `figures` figures, one check and one problem."""
    identity = document_id or (stable_id(file) * 4)
    page = Page(number=1, width=400, height=300, words=(Word(text="4,453", x0=100, top=50, x1=130, bottom=60, page=1),))
    table = Table(
        table_id=stable_id(identity, "table"),
        document_id=identity,
        cells=(
            Cell(row=0, column=0, text="Measure", page=1, box=Box(x0=10, top=30, x1=95, bottom=45)),
            Cell(row=0, column=1, text="Jan 24", page=1, box=Box(x0=95, top=30, x1=140, bottom=45), fill=(1, 0.5, 0)),
            Cell(row=1, column=0, text="EHC plans\nmaintained", page=1, box=Box(x0=10, top=45, x1=95, bottom=65)),
            Cell(row=1, column=1, text="4,453", page=1, marks=(Mark(kind="trend", value="up", read_from="glyph"),)),
        ),
        rows=2,
        columns=2,
        method="ruled",
        page=1,
        title="Scorecard",
    )
    rows = tuple(
        observation(
            n,
            observation_id=stable_id(identity, n),
            document_id=identity,
            file=file,
            value=4453.0 + n,
            table_id=table.table_id,
        )
        for n in range(figures)
    )
    values: dict[str, object] = {
        "document": Document(document_id=identity, file=file, format="pdf", pages=(page,), producer="by hand"),
        "facts": Facts(council_code="E10000016", council="Kent", la_code="886", meeting_date=date(2024, 3, 5)),
        "tables": (table,),
        "observations": rows,
        "checks": tuple(
            Check(
                check_id=stable_id(row.observation_id, "check"),
                observation_id=row.observation_id,
                document_id=identity,
                kind="cell",
                verdict="match",
            )
            for row in rows[:1]
        ),
        "problems": (
            Problem(document_id=identity, code="unit_unknown", message="No unit is stated", page=1, quote="12"),
        ),
    }
    return Outcome(**{**values, **changes})  # type: ignore[arg-type]
