"""The dataset folder: the same bytes for the same papers, safe to open, described, whole or not there."""

from __future__ import annotations

import csv
import hashlib
import io
import json
from collections.abc import Callable, Iterable
from dataclasses import fields, replace
from datetime import date
from pathlib import Path

import pyarrow.parquet
import pytest
from sample_outcomes import observation, outcome

from sendparse.dataset import columns, outcome_rows, read_dataset, write_dataset
from sendparse.dataset import folder as folders
from sendparse.dataset import read as reading
from sendparse.dataset import write as writing
from sendparse.dataset.arrow import schema, to_stream, to_table
from sendparse.dataset.columns import ProblemRow
from sendparse.dataset.part import Part, decode, decode_head, encode
from sendparse.dataset.rewrite import parts_of, replace_checks
from sendparse.dataset.rows import failed_rows, tidy
from sendparse.errors import DatasetError
from sendparse.model import Check, Observation, Outcome, Problem


def parts(outcomes: Iterable[Outcome]) -> list[Part]:
    return [decode(encode(outcome_rows(one))) for one in outcomes]


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def digests(folder: Path) -> dict[str, str]:
    return {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in sorted(folder.iterdir())}


# Columns


def test_every_field_of_the_records_is_a_column_with_a_meaning() -> None:
    known = columns.resources()
    for name, record in (("observations", Observation), ("checks", Check), ("documents", columns.DocumentRow)):
        assert known[name].names == tuple(field.name for field in fields(record))
        assert all(column.says for column in known[name].columns)


TYPES = [
    ("value", "number"),
    ("page", "integer"),
    ("period_start", "date"),
    ("la_code", "string"),
    ("decimals", "integer"),
    ("trend", "string"),
]


@pytest.mark.parametrize(("name", "kind"), TYPES)
def test_types_come_from_the_records(name: str, kind: str) -> None:
    column = next(c for c in columns.resources()["observations"].columns if c.name == name)
    assert column.type == kind


# Rows

NUMBERS = [
    # computed            written   why
    (0.1 + 0.2, "0.3", "what only arithmetic put there goes"),
    (4453.0, "4453", "a whole number has no point"),
    (45.3, "45.3", ""),
    (-0.0, "0", "a printed -0.0 is no other figure than 0; value_text keeps it"),
    (19_400_000.0, "19400000", "money is written out"),
    (-3.5, "-3.5", "a number is never neutralised"),
]


@pytest.mark.parametrize(("value", "written", "why"), NUMBERS)
def test_numbers_are_written_as_a_person_would(tmp_path: Path, value: float, written: str, why: str) -> None:
    write_dataset(parts([outcome(observations=(observation(value=value),))]), tmp_path / "ds")
    assert rows(tmp_path / "ds" / "observations.csv")[0]["value"] == written, why


def test_places_are_rounded_to_hundredths_of_a_point() -> None:
    assert tidy(observation(x0=100.126)).x0 == 100.13


def test_a_paper_is_partial_when_some_of_it_was_not_read() -> None:
    unread = Problem(document_id="d", code="no_text_layer", message="Page 2 is a picture", page=2)
    assert outcome_rows(outcome(problems=(unread,))).document.status == "partial"
    assert outcome_rows(outcome()).document.status == "ok"


def test_ids_stay_keys_when_a_stage_gives_one_twice() -> None:
    found = outcome_rows(outcome(observations=(observation(1), observation(1, value=2.0))))
    ids = [row.observation_id for row in found.observations]
    assert len(set(ids)) == 2
    assert ids[0] == observation(1).observation_id


def test_every_cell_is_kept_with_its_marks() -> None:
    cells = outcome_rows(outcome()).cells
    assert [(c.row, c.column, c.text) for c in cells][2] == (1, 0, "EHC plans\nmaintained")
    assert cells[1].fill == "#ff8000"
    assert cells[3].marks == "trend=up (glyph)"


# Parts


def test_a_part_gives_back_what_was_put_in() -> None:
    found = outcome_rows(outcome())
    again = decode(encode(found)).rows()
    assert again.document == found.document
    assert list(again.observations) == list(found.observations)
    assert list(again.checks) == list(found.checks)
    assert list(again.problems) == list(found.problems)
    assert list(again.cells) == list(found.cells)


@pytest.mark.parametrize("messages", [(), ("one",), ("same",) * 9, ("",) * 9, ("£", "≥ 5", "£"), ("\udc80", "\udc80")])
def test_a_stream_is_what_arrow_itself_writes(messages: tuple[str, ...]) -> None:
    known, sink = columns.resources()["problems"], io.BytesIO()
    records = [
        ProblemRow(problem_id=str(n), document_id="paper", page=n or None, x0=n / 3 or None, message=message)
        for n, message in enumerate(messages)
    ]
    told = {c.name: [getattr(record, c.name) for record in records] for c in known.columns}
    told["message"] = [text.encode("utf-8", "backslashreplace").decode() for text in told["message"]]
    with pyarrow.ipc.new_stream(sink, schema("problems")) as writer:
        writer.write_table(to_table(known, records))
    assert to_stream(known, records) == sink.getvalue()
    assert pyarrow.ipc.open_stream(sink.getvalue()).read_all().to_pydict() == told


def test_a_part_is_the_same_bytes_for_the_same_rows() -> None:
    assert encode(outcome_rows(outcome())) == encode(outcome_rows(outcome()))


def test_the_first_line_of_a_part_is_enough_to_know_the_paper() -> None:
    data = encode(outcome_rows(outcome("a.pdf")))
    line = data[: data.index(b"\n") + 1]
    head = decode_head(line)
    assert (head.document.file, head.document.meeting_date) == ("a.pdf", date(2024, 3, 5))
    assert len(line) + head.size == len(data)


@pytest.mark.parametrize("spoil", [lambda d: d[:-20], lambda d: d[:-1] + b"x", lambda d: b"", lambda d: b"{}\n"])
def test_a_broken_part_is_noticed(spoil) -> None:  # type: ignore[no-untyped-def]
    with pytest.raises(DatasetError, match="cannot be read"):
        decode(spoil(encode(outcome_rows(outcome()))))


def test_a_single_wrong_byte_in_a_part_is_noticed() -> None:
    whole = encode(outcome_rows(outcome()))
    body = whole.index(b"\n") + 1
    for place in range(body, len(whole), 701):
        with pytest.raises(DatasetError):
            decode(whole[:place] + bytes([whole[place] ^ 1]) + whole[place + 1 :])


def test_text_that_cannot_be_utf8_does_not_cost_the_paper() -> None:
    found = outcome_rows(outcome(observations=(observation(evidence="half \ud83d pair"),)))
    assert decode(encode(found)).rows().observations[0].evidence == "half \\ud83d pair"


# Files

INJECTIONS = [
    # text as printed        in the CSV               why
    ("=cmd|' /C calc'!A0", "'=cmd|' /C calc'!A0", "a formula"),
    ("+44 20 7946 0000", "'+44 20 7946 0000", "would be added up"),
    ("-£0.5m", "'-£0.5m", "text that begins with a minus"),
    ("@SUM(A1)", "'@SUM(A1)", "old spreadsheets"),
    ("\t=1+1", "'\t=1+1", "a tab before the formula is dropped by some"),
    ("\r=1+1", "'\r=1+1", "so is a carriage return"),
    ("-3.5", "-3.5", "a plain number does no harm and stays one"),
    ("+1,204", "+1,204", "so does one with a sign and separators"),
    ("14.3% (10)", "14.3% (10)", "nothing to do"),
    ('said "no", then', 'said "no", then', "quotes and commas survive"),
    ("two\nlines", "two\nlines", "so does a line break"),
]


@pytest.mark.parametrize(("text", "written", "why"), INJECTIONS)
def test_no_text_becomes_a_formula(tmp_path: Path, text: str, written: str, why: str) -> None:
    folder = tmp_path / "ds"
    write_dataset(parts([outcome(observations=(observation(evidence=text, value_text=text),))]), folder)
    row = rows(folder / "observations.csv")[0]
    assert row["evidence"] == row["value_text"] == written, why
    assert next(read_dataset(folder).records("observations")).evidence == text, "Parquet keeps the text"


def test_csv_opens_in_a_spreadsheet(tmp_path: Path) -> None:
    write_dataset(parts([outcome()]), tmp_path / "ds")
    data = (tmp_path / "ds" / "observations.csv").read_bytes()
    assert data.startswith(b"\xef\xbb\xbf"), "without the mark, £ and arrows come out wrong"
    assert b"\r" not in data
    assert b",2024-01-01,2024-01-31," in data


def test_the_order_of_batches_does_not_depend_on_where_papers_end(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(writing, "BATCH", 7)
    papers = [outcome(f"{n:02}.pdf", figures=5) for n in range(9)]
    files = write_dataset(parts(papers), tmp_path / "ds")
    assert files["observations.csv"].rows == 45
    found = [row["value"] for row in rows(tmp_path / "ds" / "observations.csv")]
    assert found == [str(4453 + n) for _ in range(9) for n in range(5)]
    groups = pyarrow.parquet.ParquetFile(tmp_path / "ds" / "observations.parquet").metadata
    assert [groups.row_group(n).num_rows for n in range(groups.num_row_groups)] == [7, 7, 7, 7, 7, 7, 3]


def test_two_runs_give_the_same_bytes(tmp_path: Path) -> None:
    papers = [outcome(f"{n}.pdf") for n in range(5)]
    write_dataset(parts(papers), tmp_path / "one")
    write_dataset(parts(papers), tmp_path / "elsewhere" / "two")
    assert digests(tmp_path / "one") == digests(tmp_path / "elsewhere" / "two")


def test_nothing_in_a_dataset_tells_where_or_when_it_was_made(tmp_path: Path) -> None:
    folder = tmp_path / "ds"
    write_dataset(parts([outcome()]), folder)
    for path in folder.iterdir():
        data = path.read_bytes()
        assert str(tmp_path).encode() not in data
        assert date.today().isoformat().encode() not in data


# The description


def test_the_package_is_valid_for_frictionless(tmp_path: Path) -> None:
    frictionless = pytest.importorskip("frictionless")
    lost = decode(encode(failed_rows("f" * 64, "lost.pdf", code="damaged", message="Damaged")))
    write_dataset([lost, *parts([outcome("a.pdf"), outcome("b.pdf")])], tmp_path / "ds")
    report = frictionless.validate(str(tmp_path / "ds" / "datapackage.json"))
    assert report.valid, report.flatten(["name", "type", "note"])
    assert len(report.tasks) == 9


BROKEN = [
    ("documents.csv", b'"Kent"', b'"Lent"', "hash-count"),
    ("observations.csv", b'"table"', b'"tafel"', "constraint-error"),
    ("observations.csv", b"2024-01-31", b"2024-31-01", "type-error"),
    ("checks.csv", b'"observation_id"', b'"observation_no"', "incorrect-label"),
]


@pytest.mark.parametrize(("name", "old", "new", "fault"), BROKEN)
def test_a_changed_dataset_is_not_valid(tmp_path: Path, name: str, old: bytes, new: bytes, fault: str) -> None:
    frictionless = pytest.importorskip("frictionless")
    write_dataset(parts([outcome()]), tmp_path / "ds")
    path = tmp_path / "ds" / name
    assert old in path.read_bytes()
    path.write_bytes(path.read_bytes().replace(old, new))
    report = frictionless.validate(str(tmp_path / "ds" / "datapackage.json"))
    assert fault in [kind for [kind] in report.flatten(["type"])]


def test_a_verdict_on_a_figure_that_is_not_there_is_not_valid(tmp_path: Path) -> None:
    frictionless = pytest.importorskip("frictionless")
    good = outcome()
    stray = replace(good.checks[0], observation_id="0" * 16)
    write_dataset(parts([outcome(checks=(stray,))]), tmp_path / "ds")
    report = frictionless.validate(str(tmp_path / "ds" / "datapackage.json"))
    assert "foreign-key" in [kind for [kind] in report.flatten(["type"])]


def test_columns_are_described_with_units_keys_and_licence(tmp_path: Path) -> None:
    write_dataset(parts([outcome()]), tmp_path / "ds")
    package = json.loads((tmp_path / "ds" / "datapackage.json").read_text(encoding="utf-8"))
    by_name = {resource["name"]: resource for resource in package["resources"]}
    schema = by_name["observations"]["schema"]
    described = {field["name"]: field for field in schema["fields"]}
    assert "PDF points" in described["x0"]["description"]
    assert schema["primaryKey"] == ["observation_id"]
    assert schema["foreignKeys"][0]["reference"]["resource"] == "documents"
    assert package["licenses"][0]["name"] == "OGL-UK-3.0"
    assert len(package["sources"]) >= 2
    assert by_name["tables-parquet"]["schema"]["fields"]


# The folder


def test_a_dataset_is_replaced_whole(tmp_path: Path) -> None:
    folder = tmp_path / "ds"
    write_dataset(parts([outcome("a.pdf")]), folder)
    write_dataset(parts([outcome("b.pdf")]), folder)
    assert [row["file"] for row in rows(folder / "documents.csv")] == ["b.pdf"]
    assert [path.name for path in tmp_path.iterdir()] == ["ds"], "no leftovers beside it"


def test_a_run_that_stops_leaves_the_former_dataset(tmp_path: Path) -> None:
    folder = tmp_path / "ds"
    write_dataset(parts([outcome("a.pdf")]), folder)
    before = digests(folder)

    def stopping() -> Iterable[Part]:
        yield from parts([outcome("b.pdf")])
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        write_dataset(stopping(), folder)
    assert digests(folder) == before
    assert [path.name for path in tmp_path.iterdir()] == ["ds"]


def test_a_run_killed_between_the_two_steps_of_a_swap_loses_nothing(tmp_path: Path) -> None:
    folder = tmp_path / "ds"
    write_dataset(parts([outcome("a.pdf")]), folder)
    folder.rename(tmp_path / ".ds.old")
    folders.refuse_foreign(folder)
    assert folders.is_dataset(folder)


def foreign_file(folder: Path) -> None:
    folder.write_text("mine")


def foreign_folder(folder: Path) -> None:
    folder.mkdir()
    (folder / "thesis.docx").write_text("mine")


def foreign_package(folder: Path) -> None:
    folder.mkdir()
    (folder / "datapackage.json").write_text('{"name": "someone-elses"}')


def note_in_dataset(folder: Path) -> None:
    write_dataset(parts([outcome()]), folder)
    (folder / "notes.txt").write_text("mine")


@pytest.mark.parametrize("make", [foreign_file, foreign_folder, foreign_package, note_in_dataset])
def test_what_is_not_ours_is_left_alone(tmp_path: Path, make) -> None:  # type: ignore[no-untyped-def]
    folder = tmp_path / "ds"
    make(folder)
    before = sorted(path.name for path in tmp_path.rglob("*"))
    with pytest.raises(DatasetError):
        write_dataset(parts([outcome()]), folder)
    assert sorted(path.name for path in tmp_path.rglob("*")) == before


def test_an_empty_folder_is_filled(tmp_path: Path) -> None:
    write_dataset(parts([outcome()]), tmp_path)
    assert folders.is_dataset(tmp_path)


# Writing anew


def test_a_dataset_gives_back_its_parts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Papers without rows, papers that run over the end of a batch, and nothing held but what is at hand."""
    monkeypatch.setattr(reading, "_BATCH", 7)
    papers = [
        outcome(
            f"{n:02}.pdf", figures=(0, 5, 0, 16, 1)[n % 5], checks=() if n % 5 == 0 else outcome(f"{n:02}.pdf").checks
        )
        for n in range(15)
    ]
    lost = decode(encode(failed_rows("f" * 64, "zz.pdf", code="damaged", message="Damaged")))
    written = [*parts(papers), lost]
    write_dataset(written, tmp_path / "ds")
    found = [part.rows() for part in parts_of(read_dataset(tmp_path / "ds"))]
    assert found == [part.rows() for part in written]
    write_dataset(parts_of(read_dataset(tmp_path / "ds")), tmp_path / "again")
    assert digests(tmp_path / "again") == digests(tmp_path / "ds")


def test_checks_are_replaced_and_nothing_else(tmp_path: Path) -> None:
    folder = tmp_path / "ds"
    papers = [outcome(f"{n}.pdf") for n in range(3)]
    write_dataset(parts(papers), folder)
    before = digests(folder)
    checks = [*read_dataset(folder).records("checks")]
    replace_checks(folder, checks[1:])
    assert [*read_dataset(folder).records("checks")] == checks[1:]
    assert [row.checks for row in read_dataset(folder).records("documents")] == [0, 1, 1]
    changed = {name for name, digest in digests(folder).items() if before[name] != digest}
    assert changed == {"checks.csv", "checks.parquet", "documents.csv", "documents.parquet", "datapackage.json"}
    replace_checks(folder, checks)
    assert digests(folder) == before


def test_rows_that_stand_elsewhere_than_those_of_their_paper_are_not_lost_in_silence(tmp_path: Path) -> None:
    folder = tmp_path / "ds"
    write_dataset(parts([outcome(f"{n}.pdf") for n in range(3)]), folder)
    rows_ = pyarrow.parquet.read_table(folder / "observations.parquet")
    pyarrow.parquet.write_table(rows_.take([*range(rows_.num_rows)][::-1]), folder / "observations.parquet")
    with pytest.raises(DatasetError, match="observations are not in the order"):
        replace_checks(folder, [])


# Reading


def test_a_dataset_reads_back_as_records_and_answers_sql(tmp_path: Path) -> None:
    paper = outcome(figures=4)
    write_dataset(parts([paper]), tmp_path / "ds")
    dataset = read_dataset(tmp_path / "ds")
    assert list(dataset.records("observations")) == [tidy(row) for row in paper.observations]
    answer = dataset.connect().execute("SELECT max(value) FROM observations JOIN documents USING (document_id)")
    assert answer.fetchall() == [(4456.0,)]


@pytest.mark.parametrize("spoil", ["datapackage.json", "tables.parquet"])
def test_an_incomplete_dataset_says_what_is_missing(tmp_path: Path, spoil: str) -> None:
    write_dataset(parts([outcome()]), tmp_path / "ds")
    (tmp_path / "ds" / spoil).unlink()
    with pytest.raises(DatasetError, match=spoil):
        read_dataset(tmp_path / "ds")


def emptied(path: Path) -> None:
    path.write_bytes(b"")


def cut(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:-20])


def exchanged(path: Path) -> None:
    path.write_bytes(path.with_name("documents.parquet").read_bytes())


@pytest.mark.parametrize("spoil", [emptied, cut, exchanged])
def test_a_damaged_dataset_says_which_file(tmp_path: Path, spoil: Callable[[Path], None]) -> None:
    write_dataset(parts([outcome()]), tmp_path / "ds")
    spoil(tmp_path / "ds" / "observations.parquet")
    with pytest.raises(DatasetError, match=r"observations\.parquet"):
        read_dataset(tmp_path / "ds")
