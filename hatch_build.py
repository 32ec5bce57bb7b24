"""What a wheel holds compiled: the calls of pdfium in bulk, written in C, and the finders of tables, by mypyc.

Each is optional. Without a C compiler, or where anything goes wrong, the wheel holds the Python code alone and reads the same
rows from the same papers, only slower. `SENDPARSE_COMPILE=0` leaves all of it out, `SENDPARSE_COMPILE=1` makes a failure
an error. A checkout and an editable install are never compiled.
"""

from __future__ import annotations

import os
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

_WRITTEN_IN_C = "sendparse/read/_bulk.c"
_BY_MYPYC = ("sendparse/tables", "sendparse/text")
_MYPYC = ("mypy>=1.14", "setuptools")
_SETTINGS = """[mypy]
ignore_missing_imports = True
no_site_packages = True
follow_imports = silent
"""
_EXACT = "-ffp-contract=off"  # floating-point arithmetic as Python does it
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
    """The extension written in C: what was made, and its place in the wheel."""
    source = root / _WRITTEN_IN_C
    return dict([_extension(_WRITTEN_IN_C.removesuffix(".c"), [_object(source, scratch, ["-O2"])], scratch)])


def _by_mypyc(root: Path, scratch: Path) -> dict[str, str]:
    """The modules that mypyc compiles, and the library that they share."""
    import mypyc
    from mypyc.build import mypycify

    settings = scratch / "mypy.ini"
    settings.write_text(_SETTINGS)
    options = ["--config-file", str(settings), "--cache-dir", str(scratch / "cache")]
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
        yield from (str(path.relative_to(root)) for path in sorted((root / place).glob("[a-z]*.py")))


def _object(source: Path, scratch: Path, flags: list[str]) -> Path:
    made = Path(tempfile.mkdtemp(dir=scratch)) / f"{source.stem}.o"
    include = f"-I{sysconfig.get_paths()['include']}"
    _run([*_compiler(), "-w", "-fPIC", "-DNDEBUG", _EXACT, include, *flags, "-c", str(source), "-o", str(made)])
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
