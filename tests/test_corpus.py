"""The corpus keeps its rules: a complete index, well-formed gold that stands on its page, invented councils that are invented."""

from __future__ import annotations

import csv
import hashlib
import html
import json
import re
import shutil
from collections import Counter
from datetime import date
from pathlib import Path

import pypdfium2
import pytest

PAPERS = {".pdf", ".docx", ".html", ".txt"}
HEAD = (
    "page,source,label,column_label,kpi,breakdown,value,value_high,unit,qualifier,period_start,period_end,role,benchmark,"
    "area_type,trend,rag,value_text,debatable\n"
)
ALLOWED = {
    "source": {"table", "narrative", "card"},
    "unit": {"", "percent", "percentage_points", "count", "gbp", "weeks", "days", "months", "years", "rate_per_10k"}
    | {"rate_per_100", "score", "fte", "ratio", "multiple"},
    "qualifier": {"", "about", "over", "under", "at_least", "up_to"},
    "role": {"actual", "target", "floor", "forecast", "baseline", "benchmark", "change", "limit", "context", "planned"},
    "benchmark": {"", "national", "regional", "statistical_neighbours"},
    "area_type": {"council", "england", "region", "statistical_neighbours", "other_council"},
    "trend": {"", "up", "down", "flat"},
    "rag": {"", "red", "amber", "green", "blue", "grey"},
}
AREA_OF = {"national": "england", "regional": "region", "statistical_neighbours": "statistical_neighbours"}
DEBATABLE = {"kpi", "period", "role", "unit", "breakdown", "row"}
VERDICTS = {"match", "rounding", "truncated", "stale", "mismatch", "mislabelled", "unverifiable"}
CHECKS = ["value_text", "occurrence", "verdict", "row_label", "column_label", "table_value", "comment"]
GENERIC = r"\b(council|county|city|borough|metropolitan|district|royal|london|of|the|and)\b"


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def folders(corpus: Path) -> list[Path]:
    return sorted(path for path in corpus.iterdir() if re.match(r"\d\d-", path.name))


def index_faults(corpus: Path) -> list[str]:
    """Papers that are missing in the index, changed since, or given a split that is none."""
    faults = []
    index = rows(corpus / "index.csv")
    listed = {(row["paper"], row["file"]) for row in index}
    present = {
        (path.parent.name, path.name)
        for folder in folders(corpus)
        for path in folder.iterdir()
        if path.suffix in PAPERS
    }
    faults += [f"{paper}/{file}: not in the index" for paper, file in sorted(present - listed)]
    faults += [f"{paper}/{file}: listed, not there" for paper, file in sorted(listed - present)]
    for row in index:
        path = corpus / row["paper"] / row["file"]
        name = f"{row['paper']}/{row['file']}"
        if path.is_file() and hashlib.sha256(path.read_bytes()).hexdigest() != row["sha256"]:
            faults.append(f"{name}: hash differs")
        if path.suffix != f".{row['format']}":
            faults.append(f"{name}: format is not {row['format']}")
        if row["split"] not in {"dev", "held_out"} or row["fictional"] not in {"yes", "no"}:
            faults.append(f"{name}: split or fictional")
        if not (row["origin"] and row["licence"] and row["phenomena"] and row["council_shown"]):
            faults.append(f"{name}: origin, licence, phenomena and council are needed")
    splits = {(row["paper"], row["split"]) for row in index}
    return faults + [f"{paper}: two splits" for paper, n in Counter(paper for paper, _ in splits).items() if n > 1]


def gold_faults(gold: list[dict[str, str]], known: set[str]) -> list[str]:
    """Rows of a gold_observations.csv that break the format."""
    faults = []
    for number, row in enumerate(gold, 1):
        where = f"row {number} ({row['value_text']})"
        faults += [f"{where}: {name} {row[name]!r}" for name, values in ALLOWED.items() if row[name] not in values]
        faults += [f"{where}: unknown KPI {kpi}" for kpi in row["kpi"].split("|") if kpi and kpi not in known]
        faults += [
            f"{where}: debatable {name}" for name in row["debatable"].split(";") if name and name not in DEBATABLE
        ]
        if AREA_OF.get(row["benchmark"], row["area_type"]) != row["area_type"]:
            faults.append(f"{where}: benchmark {row['benchmark']} of area {row['area_type']}")
        if sorted(row["breakdown"].split(";")) != row["breakdown"].split(";"):
            faults.append(f"{where}: breakdown not sorted")
        if (row["role"] == "planned") == bool(row["value"]) or bool(row["value"]) != bool(row["value_text"]):
            faults.append(f"{where}: a figure has a value and its text, a planned one neither")
        faults += [f"{where}: {error}" for error in period_faults(row)]
        faults += [
            f"{where}: {name} {row[name]}" for name in ("value", "value_high") if row[name] and not is_number(row[name])
        ]
    return faults


def period_faults(row: dict[str, str]) -> list[str]:
    try:
        start, end = (date.fromisoformat(row[name]) if row[name] else None for name in ("period_start", "period_end"))
    except ValueError as error:
        return [str(error)]
    return ["period ends before it starts"] if start and end and end < start else []


def is_number(text: str) -> bool:
    return re.fullmatch(r"-?\d+(\.\d+)?", text) is not None


def check_faults(gold: list[dict[str, str]], checks: list[dict[str, str]]) -> list[str]:
    """Claims that are not the narrative figures in their order, or that name a cell the gold does not have."""
    faults = []
    seen: Counter[str] = Counter()
    narrative = [row["value_text"] for row in gold if row["source"] == "narrative"]
    wanted = []
    for text in narrative:
        seen[text] += 1
        wanted.append((text, str(seen[text])))
    given = [(row["value_text"], row["occurrence"]) for row in checks]
    faults += [
        f"claim {number}: {one} is not {other}"
        for number, (one, other) in enumerate(zip(given, wanted, strict=False), 1)
        if one != other
    ]
    if len(given) != len(wanted):
        faults.append(f"{len(given)} claims for {len(wanted)} figures")
    cells = {(row["label"], row["column_label"]) for row in gold if row["source"] != "narrative"}
    for row in checks:
        if row["verdict"] not in VERDICTS:
            faults.append(f"{row['value_text']}: verdict {row['verdict']}")
        if row["row_label"]:
            missing = [name for name in row["column_label"].split(" ; ") if (row["row_label"], name) not in cells]
            faults += [f"{row['value_text']}: no cell {row['row_label']} / {name}" for name in missing]
        elif row["verdict"] != "unverifiable":
            faults.append(f"{row['value_text']}: {row['verdict']} without a cell")
    return faults


def table_faults(tables: list[dict]) -> list[str]:
    """Grids that are no rectangle, with spans or marks outside it, or with text in a place that is spanned."""
    faults = []
    for table in tables:
        grid, where = table["rows"], f"page {table['page']}"
        if len({len(row) for row in grid}) != 1:
            faults.append(f"{where}: no rectangle")
            continue
        for row, column, down, across in table["spans"]:
            places = [
                (r, c)
                for r in range(row, row + down)
                for c in range(column, column + across)
                if (r, c) != (row, column)
            ]
            if any(r >= len(grid) or c >= len(grid[0]) or grid[r][c] for r, c in places):
                faults.append(f"{where}: span at {row}, {column}")
        for row, column, kind, value in table["marks"]:
            if row >= len(grid) or column >= len(grid[0]) or value not in ALLOWED[kind] - {""}:
                faults.append(f"{where}: mark at {row}, {column}")
    return faults


def printed(path: Path) -> dict[str, str]:
    """What stands on each page ("" for papers without pages), white space evened out. Not read with sendparse."""
    if path.suffix == ".pdf":
        with pypdfium2.PdfDocument(path) as pdf:
            pages = {str(number): page.get_textpage().get_text_range() for number, page in enumerate(pdf, 1)}
    else:
        text = path.read_text(encoding="utf-8")
        if path.suffix == ".html":
            text = html.unescape(re.sub(r"<[^>]*>", " ", re.sub(r"(?s)<(style|head)\b.*?</\1>", " ", text)))
        pages = {"": text}
    return {page: re.sub(r"\s+", " ", text.replace("\ufffe", "")) for page, text in pages.items()}


def placing_faults(gold: list[dict[str, str]], pages: dict[str, str]) -> list[str]:
    """Figures of the gold that do not stand on their page; those of the prose must be there in their order."""
    faults = []
    reached: dict[str, int] = {}
    for row in gold:
        page = row["page"] if row["page"] in pages else ""
        text = re.sub(r"\s+", " ", row["value_text"])
        if row["source"] == "narrative":
            found = pages.get(page, "").find(text, reached.get(page, 0))
            reached[page] = max(found, 0) + len(text) if found >= 0 else reached.get(page, 0)
        else:
            found = pages.get(page, "").find(text)
        if found < 0:
            faults.append(f"page {page}: {text} ({row['label']})")
    return faults


def council_faults(index: list[dict[str, str]], names: set[str]) -> list[str]:
    """Invented councils that bear a real one's name, and real ones that no register knows."""
    faults = []
    for row in index:
        core = core_name(row["council_shown"])
        known = any(re.search(rf"\b{re.escape(name)}\b", core) for name in names)
        if known != (row["fictional"] == "no"):
            faults.append(f"{row['paper']}: {row['council_shown']} {'is' if known else 'is not'} a council")
    return faults


def core_name(name: str) -> str:
    return " ".join(re.sub(GENERIC, " ", name.lower()).split())


@pytest.fixture(scope="module")
def names() -> set[str]:
    folder = Path(__file__).resolve().parent.parent / "patterns" / "reference"
    councils = {row["name"] for row in rows(folder / "councils.csv")} | {
        row["alias"] for row in rows(folder / "aliases.csv")
    }
    return {core for name in councils if len(core := core_name(name)) > 3}


@pytest.fixture
def paper(corpus: Path, tmp_path: Path) -> Path:
    """A corpus of one paper, to be broken."""
    shutil.copytree(corpus / "02-aldermere-quarterly-rag", tmp_path / "02-aldermere-quarterly-rag")
    kept = [
        line
        for line in (corpus / "index.csv").read_text(encoding="utf-8").splitlines()
        if line.startswith(("paper,", "02-"))
    ]
    (tmp_path / "index.csv").write_text("\n".join(kept) + "\n", encoding="utf-8")
    return tmp_path


def test_the_index_is_complete_and_the_papers_unchanged(corpus: Path) -> None:
    assert index_faults(corpus) == []


def test_a_changed_or_unlisted_paper_is_noticed(paper: Path) -> None:
    assert index_faults(paper) == []
    folder = paper / "02-aldermere-quarterly-rag"
    with (folder / "childrens-performance-report-q3-2024-25.pdf").open("ab") as file:
        file.write(b" ")
    (folder / "more.txt").write_text("75% of plans", encoding="utf-8")
    assert [fault.split(": ")[1] for fault in index_faults(paper)] == ["not in the index", "hash differs"]


def test_about_a_third_is_held_out(corpus: Path) -> None:
    split = {row["paper"]: row["split"] for row in rows(corpus / "index.csv")}
    share = sum(name == "held_out" for name in split.values()) / len(split)
    assert 0.25 <= share <= 0.42
    assert len(split) >= 12


def test_every_paper_has_gold_and_facts_for_each_file(corpus: Path) -> None:
    for folder in folders(corpus):
        files = {path.name for path in folder.iterdir() if path.suffix in PAPERS}
        assert {row["file"] for row in rows(folder / "gold_facts.csv")} == files
        assert (folder / "gold_observations.csv").read_text(encoding="utf-8").startswith(HEAD)


def test_gold_is_well_formed(corpus: Path, packs) -> None:
    known = set(packs.kpis)
    assert {folder.name: gold_faults(rows(folder / "gold_observations.csv"), known) for folder in folders(corpus)} == {
        folder.name: [] for folder in folders(corpus)
    }


BROKEN = [
    ({"kpi": "ehcp_on_time"}, "unknown KPI ehcp_on_time"),
    ({"unit": "pct"}, "unit 'pct'"),
    ({"role": "result"}, "role 'result'"),
    ({"period_end": "2024-02-30"}, "day is out of range for month"),
    ({"period_start": "2026-01-01"}, "period ends before it starts"),
    ({"breakdown": "phase=primary;age=5"}, "breakdown not sorted"),
    ({"benchmark": "national"}, "benchmark national of area council"),
    ({"value": ""}, "a figure has a value and its text, a planned one neither"),
    ({"value": "61,5"}, "value 61,5"),
    ({"debatable": "everything"}, "debatable everything"),
]


@pytest.mark.parametrize(("change", "fault"), BROKEN, ids=[fault for _, fault in BROKEN])
def test_a_broken_gold_row_is_noticed(corpus: Path, change: dict[str, str], fault: str) -> None:
    row = rows(corpus / "02-aldermere-quarterly-rag" / "gold_observations.csv")[0]
    known = set(row["kpi"].split("|"))
    assert gold_faults([row], known) == []
    assert fault in " / ".join(gold_faults([row | change], known))


def test_every_figure_of_the_gold_stands_on_its_page(corpus: Path) -> None:
    scanned = {row["paper"] for row in rows(corpus / "index.csv") if "no text layer" in row["phenomena"]}
    faults = {}
    for folder in folders(corpus):
        for path in folder.iterdir():
            if path.suffix in PAPERS - {".docx"} and folder.name not in scanned:
                gold = rows(folder / "gold_observations.csv")
                if found := placing_faults(gold, printed(path)):
                    faults[path.name] = found
    assert faults == {}


def test_a_figure_that_is_not_printed_or_out_of_order_is_noticed() -> None:
    gold = [
        {"page": "1", "source": "narrative", "value_text": text, "label": "plans"} for text in ("58%", "61%", "58%")
    ]
    assert placing_faults(gold, {"1": "58% in May, 61% in June and 58% in July"}) == []
    assert placing_faults(gold, {"1": "61% in June and 58% in July"}) == ["page 1: 61% (plans)", "page 1: 58% (plans)"]


def test_claims_are_the_narrative_figures_and_name_cells_of_the_gold(corpus: Path) -> None:
    for folder in folders(corpus):
        if (folder / "gold_checks.csv").exists():
            assert check_faults(rows(folder / "gold_observations.csv"), rows(folder / "gold_checks.csv")) == [], (
                folder.name
            )


def test_a_broken_claim_is_noticed(corpus: Path) -> None:
    folder = corpus / "02-aldermere-quarterly-rag"
    gold, checks = rows(folder / "gold_observations.csv"), rows(folder / "gold_checks.csv")
    assert list(checks[0]) == CHECKS
    assert check_faults(gold, checks[:-1]) == ["23 claims for 24 figures"]
    assert check_faults(gold, [checks[0] | {"column_label": "Q9"}, *checks[1:]])[0].endswith("/ Q9")
    assert check_faults(gold, [checks[0] | {"verdict": "true"}, *checks[1:]]) == ["63.9%: verdict true"]
    assert check_faults(gold, [checks[0] | {"row_label": ""}, *checks[1:]]) == ["63.9%: match without a cell"]


def test_gold_tables_are_grids(corpus: Path) -> None:
    for path in corpus.glob("*/gold_tables.json"):
        gold = json.loads(path.read_text(encoding="utf-8"))
        assert (path.parent / gold["file"]).is_file()
        assert table_faults(gold["tables"]) == [], path.parent.name


def test_a_broken_grid_is_noticed() -> None:
    table = {"page": 1, "rows": [["a", ""], ["b", "c"]], "spans": [[0, 0, 1, 2]], "marks": [[1, 1, "trend", "up"]]}
    assert table_faults([table]) == []
    assert table_faults([table | {"rows": [["a", ""], ["b"]]}]) == ["page 1: no rectangle"]
    assert table_faults([table | {"spans": [[1, 0, 1, 2]]}]) == ["page 1: span at 1, 0"]
    assert table_faults([table | {"marks": [[1, 1, "trend", "sideways"]]}]) == ["page 1: mark at 1, 1"]


def test_invented_councils_are_invented_and_real_ones_real(corpus: Path, names: set[str]) -> None:
    index = rows(corpus / "index.csv")
    assert council_faults(index, names) == []
    assert len({row["council_shown"] for row in index if row["fictional"] == "no"}) >= 3


def test_a_real_name_among_the_invented_is_noticed(names: set[str]) -> None:
    invented = {"paper": "99", "council_shown": "Leeds City Council", "fictional": "yes"}
    real = {"paper": "99", "council_shown": "Ravensmoor Council", "fictional": "no"}
    assert council_faults([invented, real], names) == [
        "99: Leeds City Council is a council",
        "99: Ravensmoor Council is not a council",
    ]


def test_real_councils_papers_say_that_they_are_samples(corpus: Path) -> None:
    for row in rows(corpus / "index.csv"):
        if row["fictional"] == "no":
            text = " ".join(printed(corpus / row["paper"] / row["file"]).values())
            assert "written to test software" in text
            assert "did not publish it" in text


def test_there_is_enough_gold(corpus: Path) -> None:
    """Floors: a change that drops gold by accident is noticed."""
    narrative = {
        f.name: sum(row["source"] == "narrative" for row in rows(f / "gold_observations.csv")) for f in folders(corpus)
    }
    links = {p.parent.name: sum(bool(row["row_label"]) for row in rows(p)) for p in corpus.glob("*/gold_checks.csv")}
    pages = {
        (p.parent.name, t["page"])
        for p in corpus.glob("*/gold_tables.json")
        for t in json.loads(p.read_text())["tables"]
    }
    held_out = {row["paper"] for row in rows(corpus / "index.csv") if row["split"] == "held_out"}
    assert sum(narrative.values()) >= 400
    assert sum(count for name, count in narrative.items() if name in held_out) >= 120
    assert len(links) >= 7
    assert sum(links.values()) >= 150
    assert len(pages) >= 14


def test_the_corpus_is_small(corpus: Path) -> None:
    sizes = {path: path.stat().st_size for folder in folders(corpus) for path in folder.iterdir()}
    assert max(sizes.values()) < 400_000
    assert sum(sizes.values()) < 6_000_000


def test_every_drawn_paper_has_its_script(corpus: Path) -> None:
    scripts = {path.name[6:8] for path in (corpus / "build").glob("paper_*.py")}
    drawn = {row["paper"][:2] for row in rows(corpus / "index.csv") if row["format"] in {"pdf", "docx"}}
    assert drawn - scripts == set()
