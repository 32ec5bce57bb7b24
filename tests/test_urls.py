"""Papers and parts at URLs: found, named, known and kept as in a folder. fsspec's store in memory stands for a real one."""

from __future__ import annotations

import hashlib
import importlib.util
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from sample_outcomes import outcome

from sendparse.batch import files
from sendparse.batch.files import Url, listed, place_of, write_whole
from sendparse.batch.known import KnownFiles
from sendparse.batch.remote import RemoteStore
from sendparse.batch.run import run_batch
from sendparse.batch.scan import find_papers
from sendparse.batch.store import Store, side_by_side
from sendparse.dataset import outcome_rows
from sendparse.dataset.part import encode
from sendparse.errors import InputError

fsspec = pytest.importorskip("fsspec", reason="the extra `cluster` is not installed")


@pytest.fixture
def store() -> Iterator[Any]:
    system = fsspec.filesystem("memory")
    system.store.clear()
    yield system
    system.store.clear()


PLACES = [
    ("papers/a.pdf", Path("papers/a.pdf")),
    ("file:///data/a%20b.pdf", Path("/data/a b.pdf")),
    ("s3://bucket/a.pdf", Url("s3://bucket/a.pdf")),
    ("abfs://box@account/a.pdf", Url("abfs://box@account/a.pdf")),
    ("C:\\papers\\a.pdf", Path("C:\\papers\\a.pdf")),
]


@pytest.mark.parametrize(("text", "place"), PLACES)
def test_a_url_is_told_from_a_path(text: str, place: object) -> None:
    assert place_of(text) == place


def test_papers_are_found_below_a_url(store: Any) -> None:
    for name in ("2024/a.pdf", "2024/deep/b.html", "2024/data.csv", "2024/.hidden/c.pdf", "2024/.d.pdf"):
        store.pipe(f"/papers/{name}", b"%PDF-1.4 " + name.encode())
    found = find_papers(["memory://papers"])
    assert [paper.file for paper in found.papers] == ["2024/a.pdf", "2024/deep/b.html"]
    assert found.papers[0].document_id == hashlib.sha256(b"%PDF-1.4 2024/a.pdf").hexdigest()
    assert [(str(item.path), item.reason) for item in found.passed_over] == [
        ("memory:///papers/2024/data.csv", ".csv files are no papers")
    ]


def test_a_pattern_and_a_file_at_a_url(store: Any) -> None:
    for name in ("a.pdf", "b.txt", "c.pdf"):
        store.pipe(f"/papers/{name}", name.encode())
    assert [paper.file for paper in find_papers(["memory://papers/*.pdf"]).papers] == ["a.pdf", "c.pdf"]
    assert [paper.file for paper in find_papers(["memory://papers/b.txt"]).papers] == ["b.txt"]


def test_the_same_paper_here_and_there_is_read_once(store: Any, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("61%")
    store.pipe("/papers/b.txt", b"61%")
    [paper] = find_papers([str(tmp_path / "a.txt"), "memory://papers"]).papers
    assert (paper.file, paper.copies) == ("a.txt", ("b.txt",))


def test_two_of_the_same_name_are_told_apart(store: Any) -> None:
    store.pipe("/one/2024/a.txt", b"1")
    store.pipe("/two/2024/a.txt", b"2")
    found = find_papers(["memory://one/2024", "memory://two/2024"])
    assert [paper.file for paper in found.papers] == ["one/2024/a.txt", "two/2024/a.txt"]


def test_a_url_that_names_nothing(store: Any) -> None:
    with pytest.raises(InputError, match="no such file"):
        find_papers(["memory://absent"])
    with pytest.raises(InputError, match="no URL that can be read"):
        find_papers(["gopher://papers"])


def test_a_dataset_is_written_to_a_folder(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("61%")
    with pytest.raises(InputError, match="folder of this machine"):
        next(run_batch([tmp_path], Path("s3://bucket/ds")))


def test_errors_of_a_driver_name_the_url(store: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(type(store), "find", lambda *_, **__: {}["no endpoint"])
    with pytest.raises(InputError, match=r"memory://papers: it cannot be listed: KeyError: 'no endpoint'"):
        find_papers(["memory://papers"])


def test_a_missing_driver_is_named() -> None:
    if importlib.util.find_spec("adlfs"):
        pytest.skip("the driver is installed")
    with pytest.raises(InputError, match="pip install adlfs"):
        find_papers(["abfs://box/papers"])


def test_without_fsspec_the_error_names_the_extra(monkeypatch: pytest.MonkeyPatch) -> None:
    def absent(name: str) -> None:
        raise ImportError(name)

    monkeypatch.setattr(files, "import_module", absent)
    with pytest.raises(InputError, match=r"pip install 'sendparse\[cluster\]'"):
        find_papers(["s3://bucket/papers"])


def test_a_file_that_a_store_vouches_for_is_not_read_again(
    store: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store.pipe("/papers/a.txt", b"61%")
    plain = type(store).find
    told: dict[str, str] = {}

    def with_tags(self: Any, *given: Any, **named: Any) -> Any:
        return {name: {**info, **told} for name, info in plain(self, *given, **named).items()}

    monkeypatch.setattr(type(store), "find", with_tags)
    read: list[Url] = []

    def digests(urls: Any) -> list[str | OSError]:
        read.extend(urls)
        return [hashlib.sha256(url.read_bytes()).hexdigest() for url in urls]

    for tag, reads in (("1", 1), ("1", 1), ("2", 2)):
        told["ETag"] = tag
        known = KnownFiles(tmp_path / "record")
        find_papers(["memory://papers"], known=known, digests=digests)
        known.save()
        assert len(read) == reads


# Parts


def part(name: str) -> bytes:
    return encode(outcome_rows(outcome(name)))


def test_parts_are_kept_as_in_a_folder(store: Any, tmp_path: Path) -> None:
    for one in (RemoteStore(Url("memory://parts"), "k"), Store(tmp_path / "parts", "k")):
        one.write("ab" * 32, part("a.pdf"))
    assert store.cat("/parts/k/ab/" + "ab" * 32 + ".part") == next((tmp_path / "parts").rglob("*.part")).read_bytes()


SPOILT = [
    (lambda d: d, True, True),
    (lambda d: d[:-9], False, False),
    (lambda d: b"", False, False),
    (lambda d: d[:40], False, False),
    (lambda d: b"\0" * len(d), False, False),
    (lambda d: d[:-9] + b"\0" * 9, True, False),
]


@pytest.mark.parametrize(("spoil", "head", "whole"), SPOILT)
def test_a_broken_part_is_noticed(spoil: Any, head: bool, whole: bool, store: Any, tmp_path: Path) -> None:
    for one in (RemoteStore(Url("memory://parts"), "k"), Store(tmp_path / "parts", "k")):
        one.write("ab" * 32, spoil(part("a.pdf")))
        [found] = one.heads(["ab" * 32])
        assert (found is not None) == head
        assert (one.part("ab" * 32) is not None) == whole


def test_a_part_that_is_not_there(store: Any) -> None:
    one = RemoteStore(Url("memory://parts"), "k")
    assert [*one.heads(["cd" * 32])] == [None]
    assert [*one.parts(["cd" * 32])] == [None]


def test_a_long_first_line_is_read_to_its_end(store: Any) -> None:
    one = RemoteStore(Url("memory://parts"), "k")
    one.write("ab" * 32, part("a" * 20_000 + ".pdf"))
    [head] = one.heads(["ab" * 32])
    assert head is not None
    assert len(head.document.file) == 20_004


def test_a_file_is_written_whole_where_a_store_does_not_do_so(store: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(files, "_is_object_store", lambda _: False)
    write_whole(Url("memory://parts/a"), b"one")
    assert [entry.url.name for entry in listed(Url("memory://parts"))] == ["a"]
    monkeypatch.setattr(type(store), "mv", lambda *_, **__: 1 / 0)
    with pytest.raises(OSError, match="ZeroDivisionError"):
        write_whole(Url("memory://parts/a"), b"two")
    assert store.cat("/parts/a") == b"one"


def test_results_come_in_order_and_never_far_ahead() -> None:
    taken: list[int] = []

    def numbers() -> Iterator[int]:
        for number in range(500):
            taken.append(number)
            yield number

    found = side_by_side(lambda n: n * 2, numbers(), 16)
    assert [next(found) for _ in range(3)] == [0, 2, 4]
    assert len(taken) < 100
    assert [*found] == [n * 2 for n in range(3, 500)]
