"""The README's promises: its commands run as written, its Python runs as written, and its lists are complete."""

from __future__ import annotations

import csv
import os
import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

from sendparse import errors

ROOT = Path(__file__).resolve().parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")
BLOCK = re.compile(r"^```(\w+)\n(.*?)^```", re.M | re.S)
INSTALLS = "python3 -m venv"


def blocks(language: str) -> list[str]:
    return [text for name, text in BLOCK.findall(README) if name == language and INSTALLS not in text]


def commands() -> list[str]:
    """Every command line of the README that is not one of the two that install."""
    joined = "\n".join(blocks("sh")).replace("\\\n", " ")
    return [line for line in joined.splitlines() if line.strip() and not line.startswith("#")]


@pytest.fixture
def reader(tmp_path: Path) -> Path:
    """A folder with the corpus in it, where a reader of the README works from top to bottom."""
    (tmp_path / "corpus").symlink_to(ROOT / "corpus")
    return tmp_path


def environment() -> dict[str, str]:
    return os.environ | {
        "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}",
        "PYTHONPATH": str(ROOT),
    }


def test_the_guide_runs_from_top_to_bottom(reader: Path) -> None:
    """Its commands, then its Python; and every problem that comes up is explained."""
    run_commands(reader)
    run_python(reader)
    with (reader / "dataset" / "problems.csv").open(encoding="utf-8-sig", newline="") as lines:
        codes = {row["code"] for row in csv.DictReader(lines)}
    assert codes
    assert sorted(code for code in codes if f"`{code}`" not in README) == []


def run_commands(reader: Path) -> None:
    assert commands()
    own = f'sendparse() {{ {shlex.quote(sys.executable)} -m sendparse "$@"; }}; '
    for line in commands():
        assert line.startswith("sendparse "), f"a block that is no sendparse command: {line}"
        done = subprocess.run(
            ["bash", "-c", own + line],
            cwd=reader,
            env=environment(),
            capture_output=True,
            text=True,
            timeout=1800,
            check=False,
        )
        assert done.returncode == 0, f"{line}\n{done.stderr[-2000:]}"


def run_python(reader: Path) -> None:
    script = "\n".join(blocks("python"))
    assert "import sendparse" in script
    done = subprocess.run(
        [sys.executable, "-c", script],
        cwd=reader,
        env=environment(),
        capture_output=True,
        text=True,
        timeout=1800,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-2000:]


def test_the_two_commands_are_there() -> None:
    install = "python3 -m venv .venv && .venv/bin/pip install -qc constraints.txt"
    assert f"{install} . && .venv/bin/sendparse batch corpus --out dataset" in README
    assert f"{install} '.[dev]' && .venv/bin/pytest" in README


def test_every_exit_code_is_in_the_table() -> None:
    codes = {
        kind.exit_code
        for kind in vars(errors).values()
        if isinstance(kind, type) and issubclass(kind, errors.SendparseError)
    }
    listed = {int(code) for code in re.findall(r"^\| (\d+) \|", README, re.M)}
    assert codes <= listed


def problem_codes() -> set[str]:
    """Every code that the source gives a problem or an unreadable paper."""
    found: set[str] = set()
    for path in (ROOT / "sendparse").rglob("*.py"):
        text = path.read_text(encoding="utf-8")
        found |= set(re.findall(r"\bcode=\"([a-z_]+)\"", text))
        found |= set(re.findall(r"(?:_problem|_trouble)\((?:[\w\[\]]+, )?\"([a-z_]+)\"", text))
        if path.parent.name == "facts":
            found |= set(re.findall(r"\badd\(\"([a-z_]+)\"", text))
    return found


def test_every_problem_code_is_in_the_readme() -> None:
    assert {"no_text_layer", "suppressed", "council_unknown", "encrypted"} <= problem_codes()
    assert sorted(code for code in problem_codes() if f"`{code}`" not in README) == []
