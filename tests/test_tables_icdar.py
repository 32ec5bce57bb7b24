"""What the finder reaches on documents that others made, so that no change loses it unseen."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path

import pytest

BENCHMARK = Path(__file__).parent / "benchmarks" / "tables.py"


@pytest.fixture(scope="module")
def benchmark():
    spec = importlib.util.spec_from_file_location("table_benchmark", BENCHMARK)
    module = importlib.util.module_from_spec(spec)
    sys.modules["table_benchmark"] = module
    spec.loader.exec_module(module)
    return module


def found(paths):
    from sendparse.cli.parse import by_page
    from sendparse.read import read_document
    from sendparse.tables import find_tables

    return {
        path.stem: [piece for table in find_tables(read_document(path))[0] for piece in by_page(table)]
        for path in paths
    }


def test_the_competition_s_european_part(shared, benchmark):
    judge = benchmark.measure()
    truth, pdfs = judge.load_truth(str(benchmark.ICDAR))
    score = judge.score_all(truth, found([Path(path) for path in pdfs.values()]))
    assert score["F1avg"] > 0.985


def test_rows_of_figures_in_council_papers_stay_whole(shared, benchmark):
    paths = [shared / "real" / name for name in benchmark.QUICK_REAL]
    assert benchmark.kept(benchmark.printed_rows(paths), found(paths)) > 0.97


def test_a_paper_without_tables_of_figures_gives_next_to_none(shared):
    tables = found([shared / "real" / "ofsted-area-send-report-dorset-2024.pdf"])
    assert sum(map(len, tables.values())) <= 2
