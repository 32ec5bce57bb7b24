"""The database: keys that hold, search, a view that answers, and Datasette that shows it."""

from __future__ import annotations

import json
import re
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.request import urlopen

import pytest
from comparing import TIMELINESS, dataset_of, figure, plain

from sendparse.dataset import read_dataset, resources
from sendparse.packs import Packs
from sendparse.publish.sqlite import write_sqlite


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory, packs: Packs) -> tuple[Path, Path, Path]:
    base = tmp_path_factory.mktemp("db")
    folder = plain(base / "ds")
    about = write_sqlite(read_dataset(folder), packs, base / "send.db")
    return folder, base / "send.db", about


@pytest.fixture
def db(made: tuple[Path, Path, Path]) -> Iterator[sqlite3.Connection]:
    connection = sqlite3.connect(made[1])
    yield connection
    connection.close()


def test_every_row_is_there(made: tuple[Path, Path, Path], db: sqlite3.Connection) -> None:
    data = read_dataset(made[0])
    for name in resources():
        assert db.execute(f"SELECT count(*) FROM {name}").fetchone()[0] == data.table(name).num_rows


def test_keys_hold(db: sqlite3.Connection) -> None:
    assert db.execute("PRAGMA foreign_key_check").fetchall() == []
    assert db.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    keys = {row[3] for row in db.execute("PRAGMA foreign_key_list(observations)")}
    assert keys == {"document_id", "kpi", "la_code"}
    with pytest.raises(sqlite3.IntegrityError):
        db.execute("INSERT INTO documents SELECT * FROM documents")


def test_a_measure_of_other_patterns_keeps_the_keys_whole(tmp_path: Path, packs: Packs) -> None:
    folder = dataset_of(tmp_path / "ds", [figure("886", 1.0, kpi="mine_pct")])
    write_sqlite(read_dataset(folder), packs, tmp_path / "x.db")
    with sqlite3.connect(tmp_path / "x.db") as connection:
        assert connection.execute("PRAGMA foreign_key_check").fetchall() == []


def test_questions_use_indexes(db: sqlite3.Connection) -> None:
    plan = db.execute("EXPLAIN QUERY PLAN SELECT * FROM observations WHERE observation_id = 'x'").fetchall()
    assert "USING INDEX" in str(plan)
    indexed = {row[1] for row in db.execute("PRAGMA index_list(observations)")}
    assert {"idx_observations_kpi", "idx_observations_la_code", "idx_observations_period_end"} <= indexed


def test_nothing_stated_is_null(db: sqlite3.Connection) -> None:
    assert db.execute("SELECT count(*) FROM observations WHERE la_code = ''").fetchone() == (0,)
    assert db.execute("SELECT count(*) FROM observations WHERE la_code IS NULL").fetchone() == (1,)


def test_search_finds_words_of_the_evidence(db: sqlite3.Connection) -> None:
    query = (
        "SELECT o.value FROM observations_fts f JOIN observations o ON o.rowid = f.rowid "
        "WHERE observations_fts MATCH 'plan time'"
    )
    assert db.execute(query).fetchall() == [(43.9,)]  # "of plans were on time": stemmed


def test_the_view_has_the_gravest_verdict(db: sqlite3.Connection) -> None:
    found = db.execute("SELECT value, verdict, measure FROM figures WHERE verdict IS NOT NULL").fetchall()
    assert found == [(43.9, "mismatch", "EHC plans issued within 20 weeks, exceptions left out")]


def test_the_same_dataset_gives_the_same_bytes(made: tuple[Path, Path, Path], tmp_path: Path, packs: Packs) -> None:
    write_sqlite(read_dataset(made[0]), packs, tmp_path / "send.db")
    assert (tmp_path / "send.db").read_bytes() == made[1].read_bytes()
    assert not list(tmp_path.glob(".*"))


def test_the_metadata_speaks_of_what_is_there(made: tuple[Path, Path, Path], db: sqlite3.Connection) -> None:
    tables = json.loads(made[2].read_text(encoding="utf-8"))["databases"]["send"]["tables"]
    there = {name for (name,) in db.execute("SELECT name FROM sqlite_master WHERE type IN ('table', 'view')")}
    assert set(tables) <= there
    for name, table in tables.items():
        columns = {row[1] for row in db.execute(f"PRAGMA table_info({name})")}
        assert {*table.get("facets", ()), *table.get("columns", ()), *table.get("units", ())} <= columns, name


@pytest.fixture(scope="module")
def served(made: tuple[Path, Path, Path]) -> Iterator[str]:
    pytest.importorskip("datasette", reason="datasette is not installed (extra: dev)")
    command = [sys.executable, "-m", "datasette", str(made[1]), "--metadata", str(made[2]), "--port", "0"]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
    try:
        assert process.stderr is not None
        said = (re.search(r"running on (http://\S+)", line) for line in process.stderr)
        yield next(found[1] for found in said if found)
    finally:
        process.kill()
        process.communicate()


def ask(address: str, path: str) -> Any:
    with urlopen(f"{address}{path}", timeout=600) as answer:
        return json.load(answer)


def test_datasette_shows_facets_search_and_meanings(served: str) -> None:
    page = ask(served, "/send/observations.json?_shape=objects&_search=time&_labels=on")
    assert {"council", "kpi", "role", "source"} <= set(page["facet_results"])
    assert [row["value"] for row in page["rows"]] == [43.9]
    assert page["rows"][0]["kpi"] == {
        "value": TIMELINESS,
        "label": "EHC plans issued within 20 weeks, exceptions left out",
    }
    verdicts = ask(served, "/send/figures.json?verdict=mismatch&_shape=array")
    assert len(verdicts) == 1
    with urlopen(f"{served}/send/observations", timeout=600) as answer:
        html = answer.read().decode()
    assert "Digits printed after the point" in html  # a column's meaning
    assert "Open Government Licence" in html
