"""Building the wheel: compiled where that can be done, of Python alone where it cannot, and never a failure."""

from __future__ import annotations

import importlib.util
import sys
import types
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

HOOK = Path(__file__).resolve().parent.parent / "hatch_build.py"
Make = Callable[[Path, Path], dict[str, str]]


class Interface:
    """Stands in for the hook's base class, which is only there while a wheel is built."""

    def __class_getitem__(cls, _: object) -> type:
        return cls

    def __init__(self, target: str = "wheel") -> None:
        self.root, self.target_name = str(HOOK.parent), target
        self.warnings: list[str] = []
        self.app = types.SimpleNamespace(display_warning=self.warnings.append)


@pytest.fixture
def build(monkeypatch: pytest.MonkeyPatch) -> Any:
    place = "hatchling.builders.hooks.plugin.interface"
    parts = place.split(".")
    for end in range(1, len(parts) + 1):
        monkeypatch.setitem(sys.modules, ".".join(parts[:end]), types.ModuleType(parts[end - 1]))
    monkeypatch.setattr(sys.modules[place], "BuildHookInterface", Interface, raising=False)
    monkeypatch.delenv("SENDPARSE_COMPILE", raising=False)
    spec = importlib.util.spec_from_file_location("hatch_build", HOOK)
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    monkeypatch.setattr(module, "_compiler", lambda: ["cc"])
    return module


def made(build: Any, hook: Any, version: str = "standard") -> dict[str, Any]:
    data: dict[str, Any] = {"force_include": {}, "pure_python": True, "infer_tag": False}
    hook.initialize(version, data)
    hook.finalize(version, data, "")
    return data


def gives(place: str) -> Make:
    return lambda root, scratch: {str(scratch / place): place}


def fails(root: Path, scratch: Path) -> dict[str, str]:
    raise SystemExit(1)  # as mypyc does


def test_what_is_compiled_goes_into_the_wheel(build: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(build, "_in_c", gives("one.so"))
    monkeypatch.setattr(build, "_by_mypyc", gives("two.so"))
    hook = build.CompiledHook()
    assert hook.dependencies()
    data = made(build, hook)
    assert list(data["force_include"].values()) == ["one.so", "two.so"]
    assert (data["pure_python"], data["infer_tag"]) == (False, True)
    assert not hook.scratch.exists()


@pytest.mark.parametrize(("whole", "left"), [(False, ["one.so"]), (True, [])])
def test_what_fails_is_left_out(build: Any, monkeypatch: pytest.MonkeyPatch, whole: bool, left: list[str]) -> None:
    monkeypatch.setattr(build, "_in_c", fails if whole else gives("one.so"))
    monkeypatch.setattr(build, "_by_mypyc", fails)
    hook = build.CompiledHook()
    data = made(build, hook)
    assert list(data["force_include"].values()) == left
    assert data["pure_python"] is not bool(left)
    assert len(hook.warnings) == 1 + whole


def test_a_failure_is_one_where_compiling_was_asked_for(build: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SENDPARSE_COMPILE", "1")
    monkeypatch.setattr(build, "_in_c", fails)
    with pytest.raises(SystemExit):
        build.CompiledHook().initialize("standard", {"force_include": {}})


@pytest.mark.parametrize("why", ["no compiler", "not wanted", "editable", "sdist"])
def test_nothing_is_compiled(build: Any, monkeypatch: pytest.MonkeyPatch, why: str) -> None:
    monkeypatch.setattr(build, "_in_c", fails)
    if why == "no compiler":
        monkeypatch.setattr(build, "_compiler", list)
    if why == "not wanted":
        monkeypatch.setenv("SENDPARSE_COMPILE", "0")
    hook = build.CompiledHook("sdist" if why == "sdist" else "wheel")
    data = made(build, hook, "editable" if why == "editable" else "standard")
    assert data == {"force_include": {}, "pure_python": True, "infer_tag": False}
    if why in ("no compiler", "not wanted"):
        assert hook.dependencies() == []


def test_every_module_of_its_folders_is_compiled(build: Any) -> None:
    found = list(build._sources(HOOK.parent))
    assert "sendparse/tables/lines.py" in found
    assert all((HOOK.parent / place).is_file() for place in found)
    assert not [place for place in found if place.endswith("__init__.py")]


RECORDS = '''from __future__ import annotations

from dataclasses import dataclass, field
from sendparse.records import quick
_NEAR = 0.5  # points
_SIDES = (1.0, 2.0)
@quick
@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A line."""
    text: str
    x0: float = 0.0  # its left edge


@dataclass
class Row:
    first: int
    names: list[str] = field(default_factory=list)
    found: dict[str, int] = field(init=False, default_factory=dict)
    steps: list[int] = field(default_factory=lambda: [1], repr=False)
    kept: str = field(default="a", repr=False)

    def __post_init__(self) -> None:
        self.kept += "b"


class Other:
    text: str = ""
'''


def test_records_are_written_out_for_mypyc(build: Any) -> None:
    written = build.native(RECORDS, acyclic=False).splitlines()
    changed = [(line, new) for line, new in zip(RECORDS.splitlines(), written, strict=False) if line and line != new]
    assert changed == [
        (
            "from __future__ import annotations",
            "from __future__ import annotations; from typing import TYPE_CHECKING, Final",
        ),
        ("_NEAR = 0.5  # points", "_NEAR: Final = 0.5  # points"),
        ("@quick", ""),
    ]
    named = next(line for line in written if "self.x0" in line)
    assert named == (
        "    def __init__(self, *, text: str, x0: float = 0.0) -> None: self.text = text; self.x0 = x0  # type: ignore"
    )
    assert "    def __copy__(self) -> Line: return Line(text=self.text, x0=self.x0)" in written
    assert "quick(Line, {'text': 'str', 'x0': 'float'})" in written
    assert "@quick" not in written
    assert "@mypyc_attr(acyclic=True)" in build.native(RECORDS, acyclic=True).splitlines()


def test_written_out_records_are_made_as_before(build: Any) -> None:
    source = build.native(RECORDS, acyclic=False)
    names: dict[str, Any] = {"__name__": __name__}
    plain = source[: source.index("from sendparse.records import quick\nquick(")].replace("frozen=True, ", "")
    exec(compile(plain, "written", "exec", dont_inherit=True), names)
    row = names["Row"](1)
    assert repr(row) == "Row(first=1, names=[], found={})"
    assert (row.kept, names["Row"](1, ["x"], kept="c").kept) == ("ab", "cb")
    assert names["Row"](1).names is not row.names
    assert row.steps == [1]
    assert names["Line"](text="a") == names["Line"](text="a", x0=0.0)
