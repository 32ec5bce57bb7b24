"""Frozen records that are made and changed quickly.

In: a dataclass with `frozen=True, slots=True`. Out: the same class. What the standard library makes sets each field of a frozen
record through a call, which on papers of hundreds of thousands of records costs more than reading their words does. Here a
new record is of a class with the same slots that may be written to, until its fields are set. Equality, hashing, printing
and the refusal to be changed stay the standard ones. A class that mypyc has compiled is made quickly as it is.
"""

from __future__ import annotations

import copyreg
from collections.abc import Callable, Mapping
from dataclasses import MISSING, Field, fields
from functools import cached_property
from typing import Any, TypeVar

T = TypeVar("T")

_NONE: Mapping[str, str] = {}
_MAKERS: dict[type, Callable[[Any, dict[str, Any]], Any]] = {}


def quick(cls: type[T], annotations: Mapping[str, str] = _NONE) -> type[T]:
    """Give a frozen dataclass with slots and no `__post_init__` a quick `__init__`, and let `changed` work on it."""
    own: tuple[Field[Any], ...] = fields(cls)  # type: ignore[arg-type]
    if hasattr(cls, "__mypyc_attrs__"):
        return _of_native(cls, own, annotations)
    begun = type(f"_Begun{cls.__name__}", (), {"__slots__": cls.__slots__, "__module__": cls.__module__})  # type: ignore[attr-defined]
    names: dict[str, Any] = {"_set": object.__setattr__, "_new": begun, "_Begun": begun, "_Record": cls, "_made": _made}
    names |= {f"_default_{f.name}": f.default for f in own if f.default is not MISSING}
    names |= {f"_factory_{f.name}": f.default_factory for f in own if f.default_factory is not MISSING}
    assigned = "".join(f" self.{f.name} = {_given(f)}\n" for f in own)
    copied = "".join(f" new.{f.name} = record.{f.name}\n" for f in own)
    exec(  # as the standard library does it: a signature of its own for each class
        f"def __init__(self, {', '.join(_parameters(own))}):\n"
        f" _set(self, '__class__', _Begun)\n{assigned} self.__class__ = _Record\n"
        f"def changed(record, changes):\n new = _new()\n{copied}"
        " for name, value in changes.items():\n  setattr(new, name, value)\n"
        " new.__class__ = _Record\n return new\n"
        f"{_reduced(own)}",
        names,
    )
    made: Any = names["__init__"]
    made.__qualname__ = f"{cls.__qualname__}.__init__"
    made.__annotations__ = {f.name: f.type for f in own} | {"return": None}
    cls.__init__ = made  # type: ignore[method-assign]
    _MAKERS[cls] = names["changed"]
    copyreg.pickle(cls, names["reduced"])
    return cls


class kept(cached_property[T]):  # noqa: N801 - it reads like `property`
    """`cached_property` that keeps what it found in compiled modules too, in a class marked `ordinary`.

    mypyc knows the one of the standard library by its name and works it out each time.
    """


def ordinary(cls: type[T]) -> type[T]:
    """Have a class stay an ordinary one where its module is compiled, for a mark that mypyc does not know does that."""
    return cls


def changed(record: T, **changes: Any) -> T:
    """What `dataclasses.replace` gives, for records of classes marked `quick`. Raises LookupError or AttributeError for no field."""
    new: T = _MAKERS[type(record)](record, changes)
    return new


def _of_native(cls: type[T], own: tuple[Field[Any], ...], annotations: Mapping[str, str]) -> type[T]:
    """Let a class that mypyc has compiled be compared as quickly, changed and pickled; give back its annotations."""
    for one in own:
        one.type = annotations[one.name]
    cls.__annotations__ = dict(annotations)
    same = " and ".join(f"record.{f.name} == other.{f.name}" for f in own if f.compare) or "True"
    names: dict[str, Any] = {"_Record": cls, "_made": _made, "_set": {f.name: vars(cls)[f.name].__set__ for f in own}}
    exec(
        f"def __eq__(record, other):\n if record is other:\n  return True\n"
        f" return {same} if type(other) is _Record else NotImplemented\n"
        "def changed(record, changes):\n new = record.__copy__()\n"
        " for name, value in changes.items():\n  _set[name](new, value)\n return new\n"
        f"{_reduced(own)}",
        names,
    )
    if cls.__dataclass_params__.eq:  # type: ignore[attr-defined]
        setattr(cls, "__eq__", names["__eq__"])  # noqa: B010
    _MAKERS[cls] = names["changed"]
    copyreg.pickle(cls, names["reduced"])
    return cls


def _reduced(own: tuple[Field[Any], ...]) -> str:
    """The code that pickles a record: the same whether its class is compiled or not, so that either reads the other's."""
    held = ", ".join(f"'{f.name}': record.{f.name}" for f in own if f.init)
    return f"def reduced(record):\n return _made, (_Record, {{{held}}})\n"


def _made(cls: type[T], values: dict[str, Any]) -> T:
    return cls(**values)


def _parameters(own: tuple[Field[Any], ...]) -> list[str]:
    """The parameters as the standard library orders them: those that may be given by place first."""
    named = [f for f in own if f.kw_only]
    return [_parameter(f) for f in own if not f.kw_only] + (["*"] if named else []) + [_parameter(f) for f in named]


def _parameter(one: Field[Any]) -> str:
    if one.default is not MISSING:
        return f"{one.name}=_default_{one.name}"
    return f"{one.name}=None" if one.default_factory is not MISSING else one.name


def _given(one: Field[Any]) -> str:
    if one.default_factory is MISSING:
        return one.name
    return f"_factory_{one.name}() if {one.name} is None else {one.name}"
