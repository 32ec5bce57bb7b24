"""What a wheel holds compiled: pdfium's calls in bulk, where expressions begin, words and weights in C; by mypyc what most time goes to.

Each is optional. Without a C compiler, or where anything goes wrong, the wheel holds the Python code alone and reads the same
rows from the same papers, only slower. `SENDPARSE_COMPILE=0` leaves all of it out, `SENDPARSE_COMPILE=1` makes a failure
an error. A checkout and an editable install are never compiled.

What mypyc compiles is a copy of the package in which each dataclass has its `__init__` written out: mypyc leaves the making
of dataclasses to the standard library, which sets each field through a call of Python. A class of the copy is made in 40 ns
rather than 1,000, and its fields are read as those of a C struct. A module's constants are final there, and so need not be
looked up. Lines keep their numbers.
"""

from __future__ import annotations

import ast
import contextlib
import os
import re
import shlex
import shutil
import subprocess
import sys
import sysconfig
import tempfile
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

_WRITTEN_IN_C = ("sendparse/read/_bulk.c", "sendparse/_begins.c", "sendparse/tag/_words.c", "sendparse/tag/_weights.c")
_OF_PAGES = (
    "geometry",
    "outlines",
    "page_paint",
    "page_text",
    "page_words",
    "pdf",
    "pictures",
    "small_pictures",
    "visible",
)
_OF_LABELS = (
    "aims",
    "cell",
    "cells",
    "column_runs",
    "columns",
    "heading",
    "heading_years",
    "kpi",
    "kpi_label",
    "label_units",
    "label_words",
    "layout",
    "measures",
    "months",
    "own_places",
    "printed_marks",
    "relative_columns",
    "short_words",
    "table",
    "table_rows",
)
_OF_FACTS = ("data_day", "days", "front", "meeting", "names", "publisher", "sought", "title")
_OF_PROSE = (  # what most of the time goes to
    "accounts",
    "answers",
    "asked_periods",
    "asks",
    "benchmark",
    "candidates",
    "captions",
    "carry",
    "company",
    "dates",
    "dating",
    "dating_changes",
    "deciding",
    "durations",
    "fits",
    "flat",
    "foretold",
    "growth",
    "handing",
    "headed",
    "heads",
    "hints",
    "in_reach",
    "in_turn",
    "led_roles",
    "lending",
    "link",
    "lost_rows",
    "near",
    "not_figures",
    "paragraph",
    "parts",
    "period",
    "period_atoms",
    "period_join",
    "period_points",
    "prose",
    "ranking",
    "reach",
    "reading",
    "reasons",
    "report_year",
    "role",
    "role_runs",
    "role_words",
    "said",
    "set_beside",
    "settled",
    "stated",
    "suggest",
    "tagged",
    "together",
    "topics",
    "value",
    "value_numbers",
    "value_words",
    "wording",
)
_BY_MYPYC = (  # modules, and folders of them
    "sendparse/begins.py",
    "sendparse/model.py",
    *(f"sendparse/read/{name}.py" for name in _OF_PAGES),
    "sendparse/tables",
    "sendparse/text",
    *(f"sendparse/tag/{name}.py" for name in (*_OF_LABELS, *_OF_PROSE)),
    "sendparse/observe",
    "sendparse/check",
    *(f"sendparse/facts/{name}.py" for name in _OF_FACTS),
    "sendparse/dataset/columns.py",
    "sendparse/dataset/rows.py",
)
_MYPYC = ("mypy>=1.14", "setuptools")
_SETTINGS = """[mypy]
ignore_missing_imports = True
no_site_packages = True
follow_imports = silent
"""
_CONSTANT = re.compile(r"_?[A-Z][A-Z0-9_]+")
_EXACT = "-ffp-contract=off"  # floating-point arithmetic as Python does it
_DIRECT = ("-fvisibility=hidden", "-fno-plt") if sys.platform == "linux" else ()  # calls without a detour
_SHARED = ("-bundle", "-undefined", "dynamic_lookup") if sys.platform == "darwin" else ("-shared",)


class CompiledHook(BuildHookInterface[Any]):
    """Adds compiled modules to a wheel where they can be made."""

    def dependencies(self) -> list[str]:
        """What compiling takes, asked for only where there is a compiler."""
        return list(_MYPYC) if _wanted() and _compiler() else []

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Compile what can be compiled and put it into the wheel."""
        if self.target_name != "wheel" or version != "standard" or not _wanted() or not _compiler():
            return
        self.scratch = Path(tempfile.mkdtemp(prefix="sendparse-build-"))
        built: dict[str, str] = {}
        for make in (_in_c, _by_mypyc):
            try:
                built |= make(Path(self.root), self.scratch)
            except (Exception, SystemExit) as error:
                if os.environ.get("SENDPARSE_COMPILE") == "1":
                    raise
                self.app.display_warning(f"not compiled, which costs speed alone: {type(error).__name__}: {error}")
        if built:
            build_data["force_include"].update(built)
            build_data["pure_python"] = False
            build_data["infer_tag"] = True

    def finalize(self, version: str, build_data: dict[str, Any], artifact_path: str) -> None:
        """Remove what compiling left."""
        if hasattr(self, "scratch"):
            shutil.rmtree(self.scratch, ignore_errors=True)


def _wanted() -> bool:
    return os.environ.get("SENDPARSE_COMPILE") != "0"


def _compiler() -> list[str]:
    """The command of a C compiler that is there, with Python's headers; else nothing."""
    if os.name != "posix" or not Path(sysconfig.get_paths()["include"], "Python.h").is_file():
        return []
    named = os.environ.get("CC") or sysconfig.get_config_var("CC") or ""
    for command in (shlex.split(named), ["cc"], ["gcc"], ["clang"]):
        if command and shutil.which(command[0]):
            return command
    return []


def _in_c(root: Path, scratch: Path) -> dict[str, str]:
    """The extensions written in C: what was made, and their places in the wheel."""
    return dict(
        _extension(source.removesuffix(".c"), [_object(root / source, scratch, ["-O2"])], scratch)
        for source in _WRITTEN_IN_C
    )


def _by_mypyc(root: Path, scratch: Path) -> dict[str, str]:
    """The modules that mypyc compiles, and the library that they share."""
    import mypyc
    from mypyc.build import mypycify

    settings = scratch / "mypy.ini"
    settings.write_text(_SETTINGS)
    options = ["--config-file", str(settings), "--cache-dir", str(scratch / "cache")]
    with contextlib.chdir(_written_out(root, scratch)):
        made = mypycify(
            [*options, *_sources(root)],
            opt_level="1",
            debug_level="0",
            multi_file=True,
            target_dir=str(scratch),
            group_name="sendparse",
        )
    includes = [f"-I{Path(mypyc.__file__).parent / 'lib-rt'}", f"-I{scratch}"]
    sources = {Path(source): len(one.sources) for one in made for source in one.sources}
    largest = sorted(sources, key=lambda source: -source.stat().st_size)
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        flags = [["-O1" if sources[source] > 1 else "-O0", *includes] for source in largest]
        objects = dict(zip(largest, pool.map(_object, largest, [scratch] * len(largest), flags), strict=True))
    places = [one.name.replace(".", "/") for one in made]
    return dict(
        _extension(place, [objects[Path(source)] for source in one.sources], scratch)
        for place, one in zip(places, made, strict=True)
    )


def _sources(root: Path) -> Iterator[str]:
    for place in _BY_MYPYC:
        found = [root / place] if place.endswith(".py") else sorted((root / place).glob("[a-z]*.py"))
        yield from (str(path.relative_to(root)) for path in found)


def _written_out(root: Path, scratch: Path) -> Path:
    """A copy of the package's code, with an `__init__` in each dataclass of what is compiled."""
    from mypyc.irbuild import util

    acyclic = "acyclic" in getattr(util, "MYPYC_ATTRS", ())
    copy, compiled = scratch / "source", set(_sources(root))
    for path in sorted((root / "sendparse").rglob("*.py")):
        place, source = path.relative_to(root), path.read_text(encoding="utf-8")
        (copy / place).parent.mkdir(parents=True, exist_ok=True)
        (copy / place).write_text(
            native(source, acyclic=acyclic) if str(place) in compiled else source, encoding="utf-8"
        )
    return copy


def native(source: str, *, acyclic: bool) -> str:
    """The same module with dataclasses that mypyc compiles whole. Lines keep their numbers.

    The two empty lines behind such a class make room for its `__init__` and, where it is marked `@quick`, for `__copy__`.
    That mark goes, since mypyc makes a class with a decorator that it does not know an ordinary one: `quick` is called at
    the end of the module, with the annotations, which mypyc does not keep. In its place stands, where mypyc knows it
    (`acyclic`), that such records hold each other in no circle, so that nobody looks for one. Left as they are: classes
    with other decorators or bases, and those that write their own `__init__`.
    """
    lines, late, module = [*source.splitlines(), "", ""], [], ast.parse(source)
    for constant in module.body:
        if isinstance(constant, ast.Assign) and _is_final(constant):
            line, end = constant.lineno - 1, constant.targets[0].end_col_offset or 0
            lines[line] = f"{lines[line][:end]}: Final{lines[line][end:]}"
    for made in [node for node in module.body if isinstance(node, ast.ClassDef)]:
        marks = {ast.unparse(mark).split("(")[0]: mark for mark in made.decorator_list}
        own = {node.name for node in made.body if isinstance(node, ast.FunctionDef)}
        if "dataclass" not in marks or not marks.keys() <= {"dataclass", "quick"} or made.bases or "__init__" in own:
            continue
        end = made.end_lineno or 0
        lines[end] = "    " + _init(made, "kw_only=True" in ast.unparse(marks["dataclass"]), "__post_init__" in own)
        kinds = {ast.unparse(one.target): ast.unparse(one.annotation) for one in _fields(made)}
        if "quick" in marks:
            copied = ", ".join(f"{name}=self.{name}" for name in kinds)
            lines[end + 1] = f"    def __copy__(self) -> {made.name}: return {made.name}({copied})"
            lines[marks["quick"].lineno - 1] = "@mypyc_attr(acyclic=True)" if acyclic else ""
        late.append(f"quick({made.name}, {kinds})")
    late[:0] = ["from sendparse.records import quick"] if late else []
    future = "from __future__ import annotations\n"
    typing = "; from typing import TYPE_CHECKING, Final\nif TYPE_CHECKING: from mypy_extensions import mypyc_attr\n"
    return "\n".join([*lines, *late, ""]).replace(f"{future}\n", f"{future.rstrip()}{typing}", 1)


def _is_final(one: ast.Assign) -> bool:
    """Whether a module's constant is of a kind that mypyc need not look up again; it forgets that a tuple was set."""
    kinds = (ast.Constant, ast.UnaryOp, ast.BinOp, ast.Call, ast.Dict, ast.Set)
    return bool(_CONSTANT.fullmatch(ast.unparse(one.targets[0]))) and isinstance(one.value, kinds)


def _fields(made: ast.ClassDef) -> list[ast.AnnAssign]:
    return [n for n in made.body if isinstance(n, ast.AnnAssign) and "ClassVar" not in ast.unparse(n.annotation)]


def _init(made: ast.ClassDef, named: bool, goes_on: bool) -> str:
    """The `__init__` of a dataclass, on one line. `field(default_factory=...)` becomes a default of None."""
    parameters, body = ["self"] + ["*"] * named, []
    for one in _fields(made):
        name, kind, default = ast.unparse(one.target), ast.unparse(one.annotation), one.value
        given = {}
        if isinstance(default, ast.Call) and ast.unparse(default.func) == "field":
            given = {word.arg: ast.unparse(word.value) for word in default.keywords}
            default = None
        start = given.get("default", ast.unparse(default) if default else "")
        fresh = f"({given['default_factory']})()" if "default_factory" in given else ""
        if given.get("init") == "False":
            body += [f"self.{name} = {start or fresh}"] if start or fresh else []
            continue
        parameters.append(f"{name}: {kind} | None = None" if fresh else f"{name}: {kind}{start and ' = ' + start}")
        body.append(f"self.{name} = {fresh} if {name} is None else {name}" if fresh else f"self.{name} = {name}")
    body += ["self.__post_init__()"] if goes_on else []
    return f"def __init__({', '.join(parameters)}) -> None: {'; '.join(body)}  # type: ignore"


def _object(source: Path, scratch: Path, flags: list[str]) -> Path:
    made = Path(tempfile.mkdtemp(dir=scratch)) / f"{source.stem}.o"
    include = f"-I{sysconfig.get_paths()['include']}"
    _run(
        [*_compiler(), "-w", "-fPIC", "-DNDEBUG", _EXACT, *_DIRECT, include, *flags, "-c", str(source), "-o", str(made)]
    )
    return made


def _extension(place: str, objects: list[Path], scratch: Path) -> tuple[str, str]:
    """A shared library from its objects, with its place in the wheel."""
    name = place + sysconfig.get_config_var("EXT_SUFFIX")
    made = scratch / "built" / name
    made.parent.mkdir(parents=True, exist_ok=True)
    _run([*_compiler(), *_SHARED, *map(str, objects), "-o", str(made)])
    return str(made), name


def _run(command: list[str]) -> None:
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        raise RuntimeError(f"{command[0]} ended with {done.returncode}: {done.stderr[-400:]}")
