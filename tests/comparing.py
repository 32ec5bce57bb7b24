"""A small dataset of three councils, for tests of what people open."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterable
from datetime import date
from itertools import groupby
from pathlib import Path

from sendparse.dataset import outcome_rows, write_dataset
from sendparse.dataset.part import Part, decode, encode
from sendparse.model import Check, Document, Facts, Observation, Outcome, Page, Problem, stable_id

TIMELINESS = "ehcp_20wk_excl_exceptions_pct"
CASELOAD = "ehcp_total_count"
COUNCILS = {"886": ("Kent", "E10000016"), "887": ("Medway", "E06000035"), "926": ("Norfolk", "E10000020"), "": ("", "")}


def year(number: int) -> dict[str, object]:
    return {
        "period_start": date(number, 1, 1),
        "period_end": date(number, 12, 31),
        "period_basis": "calendar_year",
        "period_label": str(number),
    }


def month(number: int, at: int) -> dict[str, object]:
    last = monthrange(number, at)[1]
    return {
        "period_start": date(number, at, 1),
        "period_end": date(number, at, last),
        "period_basis": "month",
        "period_label": f"{at}/{number}",
    }


def day(*parts: int) -> dict[str, object]:
    one = date(*parts)
    return {"period_start": one, "period_end": one, "period_basis": "snapshot", "period_label": one.isoformat()}


def figure(la_code: str, value: float | None, **changes: object) -> Observation:
    """A figure of a council's own paper, timeliness in 2023 unless `changes` say otherwise."""
    council, code = COUNCILS[la_code]
    file = str(changes.pop("file", f"{council or 'unknown'}.pdf"))
    document = stable_id(file) * 4
    values: dict[str, object] = {
        "council_code": code,
        "council": council,
        "la_code": la_code,
        "area_type": "council",
        "area": council,
        "kpi": TIMELINESS,
        "kpi_label": "Plans issued within 20 weeks",
        "value": value,
        "value_text": "" if value is None else f"{value:g}%",
        "unit": "percent",
        "decimals": 1,
        "source": "table",
        "document_id": document,
        "file": file,
        "page": 1,
        "x0": 100.0,
        "top": 100.0,
        "x1": 140.0,
        "bottom": 112.0,
        "evidence": f"Plans issued within 20 weeks | {value}",
        **year(2023),
        **changes,
    }
    identity = stable_id(document, *values.values())
    return Observation(**{"observation_id": identity, **values})  # type: ignore[arg-type]


def caseload(la_code: str, value: float, **changes: object) -> Observation:
    """A count of plans in January 2025, unless `changes` say otherwise."""
    return figure(la_code, value, **{"kpi": CASELOAD, "unit": "count", "decimals": 0, **month(2025, 1), **changes})


def check_on(
    row: Observation, verdict: str, explanation: str = "The table says otherwise.", evidence: str = ""
) -> Check:
    return Check(
        check_id=stable_id(row.observation_id, verdict),
        observation_id=row.observation_id,
        document_id=row.document_id,
        kind="cell",
        verdict=verdict,
        expected="1",
        found="2",
        evidence_ids=evidence,
        explanation=explanation,
    )


def parts(rows: Iterable[Observation], checks: Iterable[Check] = (), problems: Iterable[Problem] = ()) -> list[Part]:
    """A paper for each file that the figures name."""
    out = []
    checks, problems = list(checks), list(problems)
    for file, found in groupby(sorted(rows, key=lambda row: row.file), key=lambda row: row.file):
        own = tuple(found)
        first = own[0]
        out.append(
            Outcome(
                document=Document(
                    document_id=first.document_id,
                    file=file,
                    format="pdf",
                    pages=(Page(number=1, width=595, height=842),),
                    title=f"Report of {first.council}",
                ),
                facts=Facts(
                    council_code=first.council_code,
                    council=first.council,
                    la_code=first.la_code,
                    committee="Scrutiny",
                    meeting_date=date(2024, 3, 5) if "new" not in file else date(2025, 3, 5),
                ),
                observations=own,
                checks=tuple(one for one in checks if one.document_id == first.document_id),
                problems=tuple(one for one in problems if one.document_id == first.document_id),
            )
        )
    return [decode(encode(outcome_rows(one))) for one in out]


def dataset_of(
    folder: Path, rows: Iterable[Observation], checks: Iterable[Check] = (), problems: Iterable[Problem] = ()
) -> Path:
    """A dataset with these figures."""
    write_dataset(parts(rows, checks, problems), folder)
    return folder


def plain(folder: Path) -> Path:
    """Three councils, two years, one contradicted figure, one unknown council."""
    rows = [
        figure("886", 41.4, **year(2021)),
        figure("886", 18.0),
        figure("887", 55.5, **year(2021)),
        figure("887", 26.0),
        figure("926", 42.6),
        figure("", 60.0),
        figure(
            "926", 43.9, source="narrative", file="Norfolk-new.pdf", evidence="In 2023, 43.9% of plans were on time."
        ),
        figure("886", 60.0, role="target"),
        caseload("886", 19_407),
        caseload("887", 3_512, **day(2025, 1, 16)),
    ]
    wrong = check_on(rows[6], "mismatch")
    problem = Problem(
        document_id=rows[0].document_id, code="not_a_figure", message="Words stand here", page=1, quote="n/a"
    )
    return dataset_of(folder, rows, [wrong], [problem])
