"""Reading one pattern file, and saying on which line something is wrong with it.

The lines are looked up only when something is wrong: the fast YAML loader keeps none, and loading is part of the
start-up of every command.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from functools import lru_cache
from pathlib import Path
from typing import Any, cast

from sendparse.errors import PackError

Place = tuple[str | int, ...]
"""The way into a file: keys and list positions, from the outside in."""

SEE = "see patterns/README.md"


class Bad(Exception):
    """Something wrong at a place inside a file; `naming` adds file and line."""

    def __init__(self, place: Place, problem: str, hint: str = "") -> None:
        self.place, self.problem, self.hint = place, problem, hint
        super().__init__(problem)


@contextmanager
def naming(file: Path) -> Iterator[None]:
    """Turns a `Bad` into a PackError that names file and line."""
    try:
        yield
    except Bad as bad:
        raise PackError(f"{file}, line {line_of(file, bad.place)}", bad.problem, bad.hint or SEE) from None


def read_file(file: Path) -> dict[str, Any]:
    """The mapping that a YAML file holds; an empty file is an empty mapping. Raises PackError."""
    import yaml

    try:
        data = yaml.load(file.read_bytes(), Loader=_loader())
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        where = f"{file}, line {mark.line + 1}" if mark else str(file)
        problem = f"this is no YAML: {getattr(error, 'problem', None) or error}"
        raise PackError(where, problem, "check indentation and quotes") from None
    except UnicodeDecodeError as error:
        raise PackError(str(file), f"this is no UTF-8 text ({error.reason})", "save the file as UTF-8") from None
    if data is None:
        return {}
    if not isinstance(data, dict):
        raise PackError(f"{file}, line 1", "the file holds no mapping of keys to values", SEE)
    return data


@lru_cache(maxsize=1)
def _loader() -> Any:
    """YAML's fast loader, where only true and false are truth values: to an analyst `no` and `on` are words, and
    `3_4` is an age group rather than the number 34."""
    import yaml

    base = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    loader = cast(Any, type("PatternLoader", (base,), {"yaml_implicit_resolvers": {}}))
    null, boolean, whole, broken = (f"tag:yaml.org,2002:{kind}" for kind in ("null", "bool", "int", "float"))
    loader.add_implicit_resolver(null, re.compile(r"^(?:~|null|)$"), ["~", "n", ""])
    loader.add_implicit_resolver(boolean, re.compile(r"^(?:true|false)$"), ["t", "f"])
    loader.add_implicit_resolver(whole, re.compile(r"^[-+]?[0-9]+$"), list("-+0123456789"))
    loader.add_implicit_resolver(broken, re.compile(r"^[-+]?[0-9]+\.[0-9]+$"), list("-+0123456789"))
    return loader


def line_of(file: Path, place: Place) -> int:
    """The line at which a place inside a YAML file begins, or the nearest one around it that exists."""
    import yaml

    node = yaml.compose(file.read_text(encoding="utf-8"), Loader=yaml.SafeLoader)
    line = 0
    for step in place:
        if isinstance(node, yaml.MappingNode):
            found = next(((key, value) for key, value in node.value if key.value == str(step)), None)
            if found is None:
                break
            line, node = found[0].start_mark.line, found[1]
        elif isinstance(node, yaml.SequenceNode) and isinstance(step, int) and step < len(node.value):
            node = node.value[step]
            line = node.start_mark.line
        else:
            break
    return int(line) + 1


def merged(old: Any, new: Any) -> Any:
    """An overlay on what lies under it: mappings join key by key, lists run on, anything else is replaced."""
    if isinstance(old, dict) and isinstance(new, dict):
        return {**old, **{key: merged(old.get(key), value) for key, value in new.items()}}
    if isinstance(old, list) and isinstance(new, list):
        return [*old, *new]
    return new


def only(entry: Mapping[str, Any], known: frozenset[str], place: Place) -> None:
    """Refuses a key that nobody would ever read."""
    for key in entry:
        if key not in known:
            raise Bad((*place, key), f"the key `{key}` is not known here", f"known keys: {', '.join(sorted(known))}")


def one_of(value: Any, known: Iterable[str], place: Place, what: str) -> None:
    """Refuses a name that stands for nothing, with the nearest ones that do."""
    if value not in known:
        from difflib import get_close_matches

        near = get_close_matches(str(value), sorted(known), n=3)
        raise Bad(place, f"`{value}` is no {what} that is known", f"did you mean {' or '.join(near)}?" if near else "")


def mapping(value: Any, place: Place) -> Mapping[str, Any]:
    """The value, if it is a mapping."""
    if not isinstance(value, dict):
        raise Bad(place, "here a mapping of keys to values is expected")
    return value


def entries(value: Any, place: Place) -> list[Any]:
    """The value, if it is a list."""
    if not isinstance(value, list):
        raise Bad(place, "here a list is expected")
    return value


def strings(value: Any, place: Place) -> tuple[str, ...]:
    """The texts of a list; a whole number counts as a text."""
    if not isinstance(value, list) or not all(isinstance(v, str | int) and not isinstance(v, bool) for v in value):
        raise Bad(place, "here a list of texts is expected (quote a text that holds `: ` or begins with a sign)")
    return tuple(map(str, value))


def number(value: Any, place: Place) -> float:
    """The value, if it is a number."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise Bad(place, "here a number is expected")
    return float(value)
