# ruff: noqa: E501 - a case is a line
"""Cells from crossing lines."""

from __future__ import annotations

import pytest

from sendparse.tables.lattice import Line, touching_cells


def grid_lines(xs: list[float], ys: list[float]) -> tuple[list[Line], list[Line]]:
    return [(y, xs[0], xs[-1]) for y in ys], [(x, ys[0], ys[-1]) for x in xs]


def test_a_full_grid() -> None:
    flat, upright = grid_lines([0, 10, 30], [0, 5, 15])
    assert touching_cells(flat, upright) == [[(0, 0, 10, 5), (10, 0, 30, 5), (0, 5, 10, 15), (10, 5, 30, 15)]]


CASES = [
    # what is drawn                                             horizontal                       vertical                                   cells
    ("a merged cell: no line inside",                           [(0, 0, 20), (10, 0, 20)],       [(0, 0, 10), (20, 0, 10)],                 1),
    ("a line in pieces is one line",                            [(0, 0, 9), (0, 10, 20), (10, 0, 20)], [(0, 0, 10), (20, 0, 10)],           1),
    ("a gap too wide breaks a line",                            [(0, 0, 6), (0, 14, 20), (10, 0, 20)], [(0, 0, 10), (20, 0, 10)],           0),
    ("a doubled line is one line",                              [(0, 0, 20), (1.5, 0, 20), (10, 0, 20)], [(0, 0, 10), (20, 0, 10)],         1),
    ("lines that stop a little short still meet",               [(0, 2, 18), (10, 2, 18)],       [(0, 0, 10), (20, 0, 10)],                 1),
    ("rules without sides make no cell",                        [(0, 0, 20), (10, 0, 20)],       [],                                        0),
    ("a cell over two rows beside two cells",                   [(0, 0, 20), (5, 10, 20), (10, 0, 20)], [(0, 0, 10), (10, 0, 10), (20, 0, 10)], 3),
    ("a foot in two pieces closes no cell",                     [(0, 0, 30), (10, 0, 10), (10, 20, 30)], [(0, 0, 10), (30, 0, 10)],        0),
    ("dots are no lines",                                       [(0, 0, 1), (10, 0, 1)],         [(0, 0, 1), (20, 0, 1)],                   0),
]  # fmt: skip


@pytest.mark.parametrize(("why", "flat", "upright", "cells"), CASES, ids=[case[0] for case in CASES])
def test_cells(why: str, flat: list[Line], upright: list[Line], cells: int) -> None:
    assert sum(map(len, touching_cells(flat, upright))) == cells


def test_tables_apart_are_groups_of_their_own() -> None:
    first, second = grid_lines([0, 10, 20], [0, 5, 10]), grid_lines([0, 10, 20], [50, 55, 60])
    groups = touching_cells(first[0] + second[0], first[1] + second[1])
    assert [len(group) for group in groups] == [4, 4]


def test_the_same_cells_as_the_finder_it_replaces() -> None:
    """The rule is pdfplumber's; only the way to look crossings up is another."""
    table = pytest.importorskip("pdfplumber.table")
    flat = [(0, 0, 60), (10, 0, 60), (20, 20, 60), (30, 0, 60), (40, 0, 40)]
    upright = [(0, 0, 40), (20, 0, 40), (40, 10, 40), (60, 0, 30)]
    edges = [
        {
            "x0": a,
            "x1": b,
            "top": y,
            "bottom": y,
            "width": b - a,
            "height": 0,
            "orientation": "h",
            "object_type": "line",
        }
        for y, a, b in flat
    ] + [
        {
            "x0": x,
            "x1": x,
            "top": a,
            "bottom": b,
            "width": 0,
            "height": b - a,
            "orientation": "v",
            "object_type": "line",
        }
        for x, a, b in upright
    ]
    merged = table.merge_edges(edges, 3, 3, 3, 3)
    theirs = table.intersections_to_cells(table.edges_to_intersections(merged, 3, 3))
    ours = [cell for group in touching_cells(flat, upright) for cell in group]
    assert sorted(ours) == sorted(theirs)


def test_many_lines() -> None:
    flat, upright = grid_lines([3.5 * n for n in range(150)], [3.5 * n for n in range(200)])
    assert sum(map(len, touching_cells(flat, upright))) == 149 * 199


def test_a_drawing_of_very_many_lines_is_no_table() -> None:
    flat, upright = grid_lines([3.5 * n for n in range(300)], [3.5 * n for n in range(300)])
    assert touching_cells(flat, upright) == []
