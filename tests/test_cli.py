"""The command: help with examples, formats, exit codes, stopping."""

from __future__ import annotations

import csv
import io
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import click
import pytest
from click.testing import CliRunner, Result

from sendparse.cli import main
from sendparse.cli.show import columns, count, shown

pytestmark = pytest.mark.usefixtures("forkserver")
HERE = Path(__file__).resolve().parent
LINES = "Report\n\nIn June 2024, 61.5% of EHC plans were issued within 20 weeks. There were 4,453 EHC plans in January 2025.\n"


def run(*arguments: object) -> Result:
    return CliRunner().invoke(main, [str(argument) for argument in arguments])


def commands(group: click.Group, path: tuple[str, ...] = ()) -> Iterator[tuple[str, ...]]:
    yield path
    for name, command in group.commands.items():
        if isinstance(command, click.Group):
            yield from commands(command, (*path, name))
        else:
            yield (*path, name)


@pytest.fixture
def paper(tmp_path: Path) -> Path:
    path = tmp_path / "report.txt"
    path.write_text(LINES, encoding="utf-8")
    return path


# Help


@pytest.mark.parametrize("path", list(commands(main)), ids=" ".join)
def test_help_of_every_command_has_an_example(path: tuple[str, ...]) -> None:
    result = run(*path, "--help")
    assert result.exit_code == 0
    assert "Example" in result.output
    assert " ".join(["sendparse", *path]) in result.output.partition("Example")[2]


def test_help_has_the_exit_codes_of_all_errors() -> None:
    from sendparse import errors

    table = run("--help").output.partition("Exit codes:")[2]
    codes = {kind.exit_code for kind in vars(errors).values() if isinstance(kind, type) and issubclass(kind, Exception)}
    for code in {0, 130} | codes:
        assert f"\n    {code} " in table


def test_help_loads_nothing_heavy() -> None:
    code = (
        "import sys\nfrom sendparse.cli import main\ntry:\n    main(['batch', '--help'])\nexcept SystemExit:\n    pass\n"
        "heavy = {'spacy', 'pandas', 'numpy', 'pyarrow', 'duckdb', 'camelot', 'pdfplumber', 'pypdfium2', 'PIL', 'yaml'}\n"
        "print('loaded', heavy & set(sys.modules))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.rstrip().endswith("loaded set()")


def test_tables_loads_nothing_heavy(corpus: Path) -> None:
    paper = next(corpus.glob("01-*/*.pdf"))
    code = (
        "import sys\nfrom sendparse.cli import main\ntry:\n    main(['tables', sys.argv[1]])\nexcept SystemExit:\n    pass\n"
        "print('loaded', {'spacy', 'pandas', 'camelot', 'pdfplumber', 'pyarrow', 'sendparse.tag'} & set(sys.modules))"
    )
    done = subprocess.run([sys.executable, "-c", code, str(paper)], capture_output=True, text=True, check=True)
    assert done.stdout.rstrip().endswith("loaded set()")


# parse


def test_csv_has_the_columns_of_a_dataset(paper: Path) -> None:
    from sendparse.dataset import resources

    result = run("parse", paper, "--format", "csv")
    assert result.exit_code == 0
    rows = list(csv.DictReader(io.StringIO(result.stdout)))
    assert tuple(rows[0]) == resources()["observations"].names
    assert {row["value"] for row in rows} >= {"61.5", "4453"}


def test_several_papers_share_one_heading(paper: Path, tmp_path: Path) -> None:
    other = tmp_path / "other.txt"
    other.write_text(LINES, encoding="utf-8")
    lines = run("parse", paper, other, "--format", "csv").stdout.splitlines()
    assert sum(line.startswith('"observation_id"') for line in lines) == 1
    assert {line["file"] for line in csv.DictReader(lines)} == {"report.txt", "other.txt"}


def test_jsonl_says_where_a_figure_stands(paper: Path) -> None:
    rows = [json.loads(line) for line in run("parse", paper, "--format", "jsonl").stdout.splitlines()]
    found = {row["value"]: row for row in rows}[61.5]
    assert (found["doc"], found["figure"], LINES[found["start"] : found["end"]]) == ("report", "61.5%", "61.5%")
    assert found["char_start"] == found["start"]


def test_offsets_are_counted_without_the_line_that_only_gives_the_address(tmp_path: Path) -> None:
    path = tmp_path / "page.txt"
    path.write_text("# url https://example.org/a\n" + LINES, encoding="utf-8")
    rows = [json.loads(line) for line in run("parse", path, "--format", "jsonl").stdout.splitlines()]
    found = {row["value"]: row for row in rows}[61.5]
    assert LINES[found["start"] : found["end"]] == "61.5%"
    assert path.read_text()[found["char_start"] : found["char_end"]] == "61.5%"


def test_a_table_for_the_screen(paper: Path) -> None:
    text = run("parse", paper, "--format", "table").stdout
    assert text.startswith("report.txt: council not known")
    assert "61.5%" in text


def test_output_to_a_file_opens_in_a_spreadsheet(paper: Path, tmp_path: Path) -> None:
    result = run("parse", paper, "--out", tmp_path / "o.csv")
    assert (result.exit_code, result.stdout) == (0, "")
    assert (tmp_path / "o.csv").read_bytes().startswith(b"\xef\xbb\xbf")
    assert not list(tmp_path.glob(".*"))


def test_a_paper_that_cannot_be_read_does_not_cost_the_others(paper: Path, tmp_path: Path) -> None:
    (tmp_path / "empty.pdf").write_bytes(b"")
    result = run("parse", tmp_path / "empty.pdf", paper, "--format", "csv")
    assert result.exit_code == 3
    assert "empty.pdf" in result.stderr
    assert "Try:" in result.stderr
    assert "61.5" in result.stdout


WRONG = [
    # arguments                                    exit code   says
    (["parse", "absent.pdf"], 3, "no such file"),
    (["parse", "absent.pdf", "--out", "absent/x.csv"], 2, "no such folder"),
    (["parse"], 2, "Missing argument"),
    (["parse", "x.txt", "--date", "11/03/2025"], 2, "write it as 2025-03-11"),
    (["parse", "x.txt", "--patterns", "absent"], 2, "does not exist"),
    (["batch", "absent", "--out", "ds"], 2, "no such file"),
    (["batch", "x.txt"], 2, "Missing option '--out'"),
    (["explain", "x.txt"], 2, "--out"),
    (["score", "."], 2, "no paper with gold"),
]


@pytest.mark.parametrize(("arguments", "code", "says"), WRONG)
def test_wrong_arguments_say_what_to_do(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, arguments, code, says) -> None:  # type: ignore[no-untyped-def]
    monkeypatch.chdir(tmp_path)
    result = run(*arguments)
    assert result.exit_code == code, result.stderr
    assert says in result.stderr
    assert "Traceback" not in result.output


# tables


def test_tables_as_lines_of_json(corpus: Path) -> None:
    paper = next(corpus.glob("01-*/*.pdf"))
    result = run("tables", paper, paper)
    lines = [json.loads(line) for line in result.stdout.splitlines()]
    assert [line["doc"] for line in lines] == [paper.stem, paper.stem]
    assert [table["page"] for table in lines[0]["tables"]] == sorted(table["page"] for table in lines[0]["tables"])
    assert all(len({len(row) for row in table["rows"]}) == 1 for table in lines[0]["tables"]), "grids are rectangles"


def test_a_table_over_pages_is_given_page_by_page() -> None:
    from sendparse.cli.parse import by_page
    from sendparse.model import Cell, Table

    cells = (
        Cell(row=0, column=0, text="head", page=1, column_span=2),
        Cell(row=1, column=0, text="a", page=1),
        Cell(row=2, column=0, text="b", page=2),
        Cell(row=2, column=1, text="c", page=2),
    )
    table = Table(table_id="t", document_id="d", cells=cells, rows=3, columns=2, method="ruled", page=1)
    first, second = by_page(table)
    assert (first["page"], first["rows"]) == (1, [["head", ""], ["a", ""]])
    assert first["cells"][0]["colspan"] == 2
    assert second == {"page": 2, "rows": [["b", "c"]]}


@pytest.mark.parametrize("engine", ["camelot", "pdfplumber"])
def test_finders_of_others_refuse_what_is_no_pdf(tmp_path: Path, engine: str) -> None:
    (tmp_path / "a.html").write_text(
        "<table><tr><th>Year</th><th>Plans</th></tr><tr><td>2024</td><td>512</td></tr></table>"
    )
    done = run("tables", tmp_path / "a.html", "--engine", engine)
    assert done.exit_code == 3
    assert f"{engine} finds tables in PDFs only, and this is HTML" in done.output
    assert "leave out --engine" in done.output


def test_tables_as_csv_hold_no_formula(tmp_path: Path) -> None:
    (tmp_path / "p.html").write_text(
        "<html><body><main><h1>Figures</h1><table><tr><th>a</th><th>b</th></tr><tr><td>=1+1</td><td>-3.5</td></tr></table>"
        "</main></body></html>"
    )
    rows = list(csv.reader(io.StringIO(run("tables", tmp_path / "p.html", "--format", "csv").stdout)))
    assert ["'=1+1", "-3.5"] in rows


# batch


def test_batch_writes_a_dataset_and_says_where_to_look(paper: Path, tmp_path: Path) -> None:
    (tmp_path / "bad.pdf").write_bytes(b"%PDF-1.4 nothing")
    result = run("batch", paper, tmp_path / "bad.pdf", "--out", tmp_path / "ds", "--workers", "1")
    assert result.exit_code == 0, result.output
    assert "2 papers: 1 read, 0 in part, 1 failed" in result.stdout
    assert "observations.csv" in result.stdout
    assert "Failed: bad.pdf" in result.stdout
    assert (tmp_path / "ds" / "datapackage.json").is_file()


def test_batch_talks_to_machines(paper: Path, tmp_path: Path) -> None:
    result = run("batch", paper, "--out", tmp_path / "ds", "--log-json")
    events = [json.loads(line) for line in result.stderr.splitlines()]
    assert [event["event"] for event in events] == ["started", "read", "finished"]
    assert events[1]["status"] == "ok"


def test_batch_fails_only_when_no_paper_can_be_read(paper: Path, tmp_path: Path) -> None:
    for name in ("bad", "worse"):
        (tmp_path / f"{name}.pdf").write_bytes(b"%PDF-1.4 " + name.encode())
    bad = [tmp_path / "bad.pdf", tmp_path / "worse.pdf"]
    none = run("batch", *bad, "--out", tmp_path / "ds", "--workers", "1")
    assert none.exit_code == 3
    assert "2 papers: 0 read, 0 in part, 2 failed" in none.stdout
    assert (tmp_path / "ds" / "problems.csv").is_file(), "the dataset says why"
    again = run("batch", *bad, "--out", tmp_path / "ds")
    assert again.exit_code == 3, "nor does it become a success by being asked twice"
    assert run("batch", *bad, paper, "--out", tmp_path / "ds").exit_code == 0


def test_batch_names_duplicates_and_what_did_not_change(paper: Path, tmp_path: Path) -> None:
    copy = tmp_path / "zz-copy.html"
    copy.write_bytes(paper.read_bytes())
    result = run("batch", paper, copy, "--out", tmp_path / "ds")
    assert f"Duplicate: zz-copy.html is {paper.name}" in result.stdout
    assert "left as it is" in run("batch", paper, copy, "--out", tmp_path / "ds").stdout


def test_batch_says_that_papers_left_the_dataset(paper: Path, tmp_path: Path) -> None:
    other = tmp_path / "other.txt"
    other.write_text("In May 2024, 50% of EHC plans were issued within 20 weeks.\n", encoding="utf-8")
    assert run("batch", paper, other, "--out", tmp_path / "ds", "--workers", 1).exit_code == 0
    fewer = run("batch", paper, "--out", tmp_path / "ds", "--workers", 1)
    assert "1 paper of the dataset that was here is not in it any more" in fewer.stderr
    assert "any more" not in run("batch", paper, other, "--out", tmp_path / "ds", "--workers", 1).stderr


def test_batch_says_what_a_cluster_needs(paper: Path, tmp_path: Path) -> None:
    result = run("batch", paper, "--out", tmp_path / "ds", "--engine", "dask")
    assert result.exit_code == 2
    assert "--scheduler" in result.stderr


def test_a_foreign_folder_is_exit_code_5(paper: Path, tmp_path: Path) -> None:
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "thesis.docx").write_text("x")
    result = run("batch", paper, "--out", tmp_path / "mine")
    assert result.exit_code == 5
    assert "left alone" in result.stderr


_STAND_IN = """
import sys
sys.path.insert(0, {tests!r})
import pretended
from sendparse.batch import run
settings = run.Settings
run.Settings = lambda **values: settings(**values, read=pretended.read)
from sendparse.cli import main
main()
"""


def start_batch(folder: Path, out: Path) -> subprocess.Popen[str]:
    """`sendparse batch` in a process group of its own, reading papers of pretence."""
    code = _STAND_IN.format(tests=str(HERE))
    return subprocess.Popen(
        [sys.executable, "-c", code, "batch", str(folder), "--out", str(out), "--workers", "2", "--log-json"],
        stderr=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
        text=True,
        start_new_session=True,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
    )


def wait_for(process: subprocess.Popen[str], event: str, times: int = 1) -> None:
    assert process.stderr is not None
    for line in process.stderr:
        times -= json.loads(line)["event"] == event
        if not times:
            return
    raise AssertionError(f"{event} never came")


def gone(group: int) -> bool:
    """Whether no process of the group is left, within some minutes."""
    for _ in range(3000):
        try:
            os.killpg(group, 0)
        except ProcessLookupError:
            return True
        time.sleep(0.1)
    return False


STOPS = [
    (signal.SIGINT, 130, "Ctrl-C"),
    (signal.SIGTERM, 130, "told to end"),
    (signal.SIGKILL, -9, "killed outright"),
]


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="signals to a process group")
@pytest.mark.parametrize(("number", "code", "why"), STOPS)
def test_a_stopped_batch_leaves_no_half_dataset_and_goes_on(tmp_path: Path, number: int, code: int, why: str) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    for n in range(6):
        (folder / f"p{n}.txt").write_text(f"gated {n}")
    process = start_batch(folder, tmp_path / "ds")
    wait_for(process, "read", 2)
    os.kill(process.pid, number)
    assert process.wait(600) == code, why
    assert not (tmp_path / "ds").exists(), why
    if number == signal.SIGKILL:
        (tmp_path / "in.go").touch()  # nobody is there to end what is under way: it ends with its paper
    assert gone(process.pid), "no process is left behind"
    assert process.stderr is not None
    said = [json.loads(line)["event"] for line in process.stderr if line.startswith("{")]
    process.stderr.close()
    assert said.count("stopped") == (code == 130)
    (tmp_path / "in.go").touch()
    again = start_batch(folder, tmp_path / "ds")
    _, said = again.communicate(timeout=600)
    assert again.returncode == 0
    events = [json.loads(line) for line in said.splitlines()]
    assert events[0]["to_read"] <= 4, "what was read is kept"
    assert (tmp_path / "ds" / "datapackage.json").is_file()


# patterns


def test_the_vocabulary_is_listed() -> None:
    rows = json.loads(run("patterns", "list", "--format", "json").stdout)
    assert {"id", "unit", "label"} <= rows[0].keys()
    table = list(csv.DictReader(io.StringIO(run("patterns", "list", "--format", "csv").stdout)))
    assert [row["id"] for row in table] == [row["id"] for row in rows]
    assert rows[0]["id"] in run("patterns", "list").stdout


def test_a_wrong_pattern_file_is_exit_code_4_with_its_line(tmp_path: Path) -> None:
    (tmp_path / "kpi").mkdir()
    (tmp_path / "kpi" / "mine.yaml").write_text("group: mine\nkpis:\n  - id: my_count\n    unit: parsecs\n")
    result = run("patterns", "list", "--patterns", tmp_path)
    assert result.exit_code == 4
    assert "mine.yaml, line 4" in result.stderr


# Printing


def test_columns_fit_the_screen() -> None:
    text = columns([["a" * 50, "b" * 5], ["c", "d"]], ["first", "second"], width=30)
    assert max(map(len, text.splitlines())) <= 30
    assert "…" in text


@pytest.mark.parametrize(("value", "text"), [(4453.0, "4453"), (45.3, "45.3"), (None, ""), ("a\nb", "a b")])
def test_values_in_cells(value: object, text: str) -> None:
    assert shown(value) == text


def test_counts_have_their_plural() -> None:
    assert [count(1, "paper"), count(0, "paper"), count(1204, "paper")] == ["1 paper", "0 papers", "1,204 papers"]
