"""Learned weights, summed in C as they are in Python."""

from __future__ import annotations

import random
from pathlib import Path

import pytest
from compiling import compiled_from

from sendparse.packs import load_packs
from sendparse.tag import suggest
from sendparse.tag.suggest import suggester_of

SOURCE = Path(suggest.__file__).with_name("_weights.c")


def test_sums_are_the_same(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    quick, some = compiled_from(SOURCE, tmp_path), random.Random(5)
    suggester = suggester_of(load_packs())
    assert suggester is not None and suggester._none is not None
    names = [*suggester._rows, "o:no such word", "w:é"]
    packed = suggester._weights.astype("int8").tobytes(), suggester._base.astype("int32").tobytes()
    monkeypatch.setattr(suggester, "_packed", None)
    for _ in range(500):
        said = {name: some.randrange(11) for name in some.sample(names, some.randrange(60))}
        found = quick.ahead_of(said, suggester._rows, *packed, suggester._none)
        assert found == suggester._ahead_of(said, suggester._none), said


def test_what_it_is_given_is_looked_at(tmp_path: Path) -> None:
    quick = compiled_from(SOURCE, tmp_path)
    assert quick.ahead_of({"a": 3, "b": 1}, {"a": 1}, bytes([0, 0, 255, 2]), bytes(8), 0) == (9, 1)
    for row, none in ((2, 0), (-1, 0), (0, 2), (0, -1)):
        with pytest.raises(IndexError):
            quick.ahead_of({"a": 1}, {"a": row}, bytes(4), bytes(8), none)
    with pytest.raises(TypeError):
        quick.ahead_of([], {}, b"", b"", 0)
