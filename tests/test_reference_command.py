"""`sendparse reference` from the outside: add, list, show, remove, and what is said when it cannot be done."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest
from click.testing import CliRunner

from sendparse.cli import main

HEAD = (
    "time_period,time_identifier,geographic_level,country_code,country_name,region_code,region_name,new_la_code,old_la_code,"
    "la_name,breakdown_topic,breakdown,pc_plans_issued_20_weeks_ex"
)
RELEASE = f"""{HEAD}
2024,Calendar year,National,E92000001,England,,,,,,All EHC plans,All EHC plans,46.4
2024,Calendar year,Local authority,E92000001,England,E12000008,South East,E10000016,886,Kent,All EHC plans,All EHC plans,30.5
2024,Calendar year,Local authority,E92000001,England,E12000008,South East,E06000036,867,Bracknell Forest,All EHC plans,All EHC plans,x
"""


@pytest.fixture
def release(tmp_path: Path) -> Path:
    path = tmp_path / "ehc-plans-2025.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("data/timeliness_20_week.csv", RELEASE)
    return path


@pytest.fixture
def run(tmp_path: Path):
    def call(*words: object) -> tuple[int, str]:
        done = CliRunner().invoke(main, ["reference", *map(str, words), "--store", str(tmp_path / "store")])
        return done.exit_code, done.output

    return call


def test_a_release_is_added_listed_shown_and_removed(run, release) -> None:
    code, text = run("add", release)
    assert (code, "2 figures of 1 measure, as ehc-plans-2025" in text) == (0, True)
    assert "left out 1: missing: x (not available)" in text
    assert run("add", release)[0] == 0  # the same file again
    assert "ehc-plans-2025" in run("list")[1]
    assert "ehcp_20wk_excl_exceptions_pct" in run("show", "ehc-plans-2025")[1]
    kent = run("show", "ehc-plans-2025", "--council", "Kent")[1]
    assert ("30.5" in kent, "46.4" in kent) == (True, False)
    assert run("remove", "ehc-plans-2025")[0] == 0
    assert "no releases in" in run("list")[1]


def test_another_file_of_the_same_name_needs_replace(run, release) -> None:
    run("add", release)
    with zipfile.ZipFile(release, "w") as archive:
        archive.writestr("data/timeliness_20_week.csv", RELEASE.replace("30.5", "31.5"))
    code, text = run("add", release)
    assert (code, "--replace" in text) == (5, True)
    assert run("add", release, "--replace")[0] == 0
    assert "31.5" in run("show", "ehc-plans-2025", "--council", "886")[1]


WRONG = [
    (("add", "none.zip"), "does not exist"),
    (("show", "none"), "add one first"),
    (("remove", "none"), "is no release in the store"),
]


@pytest.mark.parametrize(("words", "said"), WRONG)
def test_what_cannot_be_done_says_what_to_try(run, words, said) -> None:
    code, text = run(*words)
    assert (code, said in text, "Try:" in text) == (2, True, True)


def test_an_unknown_measure_or_council_is_told(run, release) -> None:
    run("add", release)
    assert "has no such measure" in run("show", "ehc-plans-2025", "--kpi", "x")[1]
    assert run("show", "ehc-plans-2025", "--council", "Nowhere")[0] == 2
