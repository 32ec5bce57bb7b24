"""The extensions written in C, compiled for a test as the wheel's are."""

from __future__ import annotations

import importlib.util
import shlex
import shutil
import subprocess
import sys
import sysconfig
from pathlib import Path
from types import ModuleType

import pytest


def compiled_from(source: Path, folder: Path) -> ModuleType:
    """The module of a C file, made in a folder; the test is skipped where there is no compiler."""
    compiler = shlex.split(sysconfig.get_config_var("CC") or "cc")
    headers = Path(sysconfig.get_paths()["include"])
    if sys.platform != "linux" or not shutil.which(compiler[0]) or not (headers / "Python.h").is_file():
        pytest.skip("no C compiler")
    made = folder / f"{source.stem}.so"
    flags = ["-shared", "-fPIC", "-O2", "-Wall", "-Werror", "-ffp-contract=off", f"-I{headers}"]
    subprocess.run([*compiler, *flags, str(source), "-o", str(made)], check=True)
    spec = importlib.util.spec_from_file_location(source.stem, made)
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module
