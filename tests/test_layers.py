"""Data goes one way: a module imports only from layers before its own."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

SOURCE = Path(__file__).resolve().parent.parent / "sendparse"

# From the first to the last. A name stands for a module or a whole folder.
LAYERS = [
    {"begins", "records"},
    {"errors", "model"},
    {"reference"},
    {"packs", "releases"},
    {"read"},
    {"tables"},
    {"text"},
    {"facts"},
    {"tag"},
    {"observe"},
    {"check"},
    {"prove"},
    {"pipeline"},
    {"dataset"},
    {"corrections"},
    {"batch"},
    {"score_claims"},
    {"publish", "score", "explain", "audit"},
    {"cli"},
    {"__main__"},
]


def layer_of(name: str) -> int:
    for number, names in enumerate(LAYERS):
        if name in names:
            return number
    raise AssertionError(f"sendparse/{name} stands in no layer: add it to LAYERS")


def imports(path: Path) -> set[str]:
    """Modules of ours that a file imports, wherever in the file the import stands (annotations-only ones too)."""
    found = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.module and node.module.startswith("sendparse"):
            parts = node.module.split(".")
            found |= {parts[1]} if len(parts) > 1 else {alias.name for alias in node.names}
        if isinstance(node, ast.Import):
            found |= {a.name.split(".")[1] for a in node.names if a.name.startswith("sendparse.")}
    return {name for name in found if not name.startswith("__") or name == "__main__"}


def breaches(files: list[tuple[str, Path]]) -> list[str]:
    out = []
    for name, path in files:
        for other in sorted(imports(path)):
            if other != name and layer_of(other) >= layer_of(name):
                out.append(f"{name} imports {other} ({path.name})")
    return out


def source_files() -> list[tuple[str, Path]]:
    found = []
    for path in sorted(SOURCE.rglob("*.py")):
        place = path.relative_to(SOURCE).parts
        name = place[0].removesuffix(".py")
        if name != "__init__":  # the front door opens every room, when asked
            found.append((name, path))
    return found


def test_imports_go_one_way() -> None:
    assert breaches(source_files()) == []


def test_an_import_against_the_stream_is_noticed(tmp_path: Path) -> None:
    bad = tmp_path / "text.py"
    bad.write_text("def f():\n    from sendparse.check import run\n")
    assert breaches([("text", bad)]) == ["text imports check (text.py)"]


def test_an_unknown_module_is_noticed() -> None:
    with pytest.raises(AssertionError, match="stands in no layer"):
        layer_of("somewhere_new")


def test_the_records_import_nothing_of_ours() -> None:
    assert imports(SOURCE / "model.py") == {"records"}  # how they are made
    assert imports(SOURCE / "records.py") == set()
    assert imports(SOURCE / "errors.py") == set()
