"""Records that are made quickly are records as the standard library makes them."""

from __future__ import annotations

import copyreg
import pickle
from dataclasses import FrozenInstanceError, dataclass, field, fields, is_dataclass, replace

import pytest

from sendparse import model
from sendparse.model import Box
from sendparse.records import changed, quick


@quick
@dataclass(frozen=True, slots=True, kw_only=True)
class Quick:
    name: str
    size: float = 0.0
    marks: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True, kw_only=True)
class Plain:
    name: str
    size: float = 0.0
    marks: list[str] = field(default_factory=list)


@quick
@dataclass(frozen=True, slots=True)
class Placed:
    left: int
    right: int = 2


def test_a_quick_record_is_made_as_a_plain_one() -> None:
    for values in ({"name": "a"}, {"name": "b", "size": 2.0}, {"name": "c", "marks": ["x"]}):
        quickly, plainly = Quick(**values), Plain(**values)
        assert [getattr(quickly, f.name) for f in fields(quickly)] == [
            getattr(plainly, f.name) for f in fields(plainly)
        ]
        assert repr(quickly) == repr(plainly).replace("Plain", "Quick")
        assert type(quickly) is Quick
    assert Quick(name="a") == Quick(name="a") != Quick(name="b")
    assert hash(Placed(1)) == hash(Placed(1, 2))
    assert Quick(name="a").marks is not Quick(name="a").marks


def test_it_refuses_what_a_plain_one_refuses() -> None:
    with pytest.raises(FrozenInstanceError):
        Quick(name="a").name = "b"  # type: ignore[misc]
    for wrong in ({}, {"name": "a", "colour": 1}):
        with pytest.raises(TypeError):
            Quick(**wrong)  # type: ignore[arg-type]
    with pytest.raises(TypeError):
        Quick("a")  # type: ignore[misc]
    with pytest.raises(TypeError):
        Placed(1, 2, 3)  # type: ignore[call-arg]


def test_changed_gives_what_replace_gives() -> None:
    record = Quick(name="a", size=1.0)
    new = changed(record, size=2.0)
    assert new == replace(record, size=2.0)
    assert type(new) is Quick
    assert record.size == 1.0
    with pytest.raises(AttributeError):
        changed(record, colour=1)


def test_the_records_of_the_model_travel_between_processes() -> None:
    word = model.Word(text="a", x0=1.0, top=2.0, x1=3.0, bottom=4.0, page=1)
    assert is_dataclass(word)
    assert pickle.loads(pickle.dumps(word)) == word


def test_a_pickle_is_read_by_compiled_code_and_by_code_that_is_not() -> None:
    box = Box(x0=1.0, top=2.0, x1=3.0, bottom=4.0)
    make, given = copyreg.dispatch_table[Box](box)[:2]
    assert given == (Box, {"x0": 1.0, "top": 2.0, "x1": 3.0, "bottom": 4.0})
    assert make(*given) == box
