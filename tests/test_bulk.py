"""Many calls of pdfium in one: what is compiled gives the same as what stands there in Python."""

from __future__ import annotations

import ctypes
import importlib.util
import shlex
import shutil
import subprocess
import sys
import sysconfig
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import pytest

from sendparse.read import bulk, pdfium
from sendparse.read.bulk import Plain
from sendparse.read.geometry import Matrix

SOURCE = Path(bulk.__file__).with_name("_bulk.c")
VIEWS = {
    "upright": (1.0, 0.0, 0.0, -1.0, -3.5, 845.25),
    "turned by 90 degrees": (0.0, 1.0, 1.0, 0.0, -2.25, -7.5),
    "turned by 180 degrees": (-1.0, 0.0, 0.0, 1.0, 600.125, -1.0),
    "aslant": (0.7, 0.1, -0.3, -1.1, 12.7, 830.1),
}


@pytest.fixture(scope="module")
def compiled(tmp_path_factory: pytest.TempPathFactory) -> ModuleType:
    """The calls in C, compiled for this test as the wheel's are."""
    compiler = shlex.split(sysconfig.get_config_var("CC") or "cc")
    headers = Path(sysconfig.get_paths()["include"])
    if sys.platform != "linux" or not shutil.which(compiler[0]) or not (headers / "Python.h").is_file():
        pytest.skip("no C compiler")
    made = tmp_path_factory.mktemp("bulk") / "_bulk.so"
    flags = ["-shared", "-fPIC", "-O2", "-Wall", "-Werror", "-ffp-contract=off", f"-I{headers}"]
    subprocess.run([*compiler, *flags, str(SOURCE), "-o", str(made)], check=True)
    spec = importlib.util.spec_from_file_location("_bulk", made)
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def quick(compiled: ModuleType) -> ModuleType:
    compiled.bind({name: ctypes.cast(getattr(pdfium, name), ctypes.c_void_p).value for name in compiled.NAMES})
    return compiled


def pages(corpus: Path) -> Iterator[tuple[str, int, int]]:
    """Every page of the corpus, with its text, while it is open."""
    for path in sorted(corpus.rglob("*.pdf")):
        data = path.read_bytes()
        document = pdfium.load_document(data, len(data), None)
        for number in range(pdfium.count_pages(document)):
            page = pdfium.load_page(document, number)
            text = pdfium.load_text(page)
            yield f"{path.name}, page {number + 1}", page, text
            pdfium.close_text(text)
            pdfium.close_page(page)
        pdfium.close_document(document)


@pytest.mark.parametrize("view", VIEWS.values(), ids=VIEWS)
def test_characters_are_the_same(corpus: Path, quick: ModuleType, view: Matrix) -> None:
    compared = 0
    for where, _, text in pages(corpus):
        places = range(0, pdfium.count_characters(text), 7)
        assert quick.boxes_at(text, places, view) == Plain.boxes_at(text, places, view), where
        assert quick.origins_at(text, places, view) == Plain.origins_at(text, places, view), where
        handles = Plain.objects_at(text, places)
        assert quick.objects_at(text, list(places)) == handles, where
        for place, handle in zip(places, handles, strict=True):
            if handle:
                assert quick.look_of(text, place, handle) == Plain.look_of(text, place, handle), where
                compared += 1
    assert compared > 1000


@pytest.mark.parametrize("view", VIEWS.values(), ids=VIEWS)
def test_drawings_are_the_same(corpus: Path, quick: ModuleType, view: Matrix) -> None:
    compared = clips = 0
    for where, page, _ in pages(corpus):
        things = Plain.things_on(page, False)
        assert quick.things_on(page, False) == things, where
        for handle, kind, clip, paths in things:
            if kind == pdfium.FORM:
                assert quick.things_on(handle, True) == Plain.things_on(handle, True), where
            if kind == pdfium.PATH:
                paint = Plain.paint_of(handle)
                assert quick.paint_of(handle) == paint, where
                count = pdfium.count_segments(handle)
                assert quick.outline_of(handle, count, view) == Plain.outline_of(handle, count, view), where
                compared += paint is not None
            for path in range(paths):
                count = pdfium.count_clip_segments(clip, path)
                one = Plain.clip_outline_of(clip, path, count, view)
                assert quick.clip_outline_of(clip, path, count, view) == one, where
                clips += 1
    assert compared > 500
    assert clips > 20


def test_what_cannot_be_is_an_error_and_no_crash(compiled: ModuleType, quick: ModuleType) -> None:
    with pytest.raises(KeyError):
        compiled.bind({})
    for wrong in ((0, [1]), (1,), ("a", [1])):
        with pytest.raises((TypeError, ValueError)):
            quick.objects_at(*wrong)
    with pytest.raises(TypeError):
        quick.boxes_at(1, [], (1.0, 0.0))
    with pytest.raises(ValueError):
        quick.outline_of(1, -1, VIEWS["upright"])


def test_every_call_stands_there_twice(quick: ModuleType) -> None:
    plain = {name for name in vars(Plain) if not name.startswith("_")}
    assert plain == {name for name in vars(quick) if not name.startswith("_")} - {"bind", "NAMES"}
