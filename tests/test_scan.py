"""Finding papers: what is one, what it is called, and what is passed over."""

from __future__ import annotations

import os
import zipfile
from pathlib import Path

import pytest

from sendparse.batch.scan import find_papers, printable
from sendparse.errors import InputError

PDF = b"%PDF-1.7 "
HTML = b"<!doctype html><html><body>"


def put(path: Path, data: bytes = b"text") -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)
    return path


def names(*inputs: object) -> list[str]:
    return [paper.file for paper in find_papers([str(item) for item in inputs]).papers]


FILES = [
    # name              content            taken   why
    ("report.pdf", PDF, True, "a paper"),
    ("REPORT.PDF", PDF, True, "suffixes in capitals"),
    ("damaged.pdf", b"", True, "called a paper: it will be a failed row rather than vanish"),
    ("page.aspx", HTML, True, "web pages of council sites"),
    ("ieDecisionDetails", HTML, True, "a web page without a suffix"),
    ("document", PDF + b"no suffix", True, "told by its content"),
    ("old.doc", b"\xd0\xcf\x11\xe0", True, "a paper that we cannot read: better a failed row"),
    ("notes.md", b"# notes", False, "plainly no paper"),
    ("figures.csv", b"a,b", False, "plainly no paper"),
    ("gold.json", b"{}", False, "plainly no paper"),
    ("draw.py", b"print()", False, "plainly no paper"),
    ("LICENSE", b"Permission is hereby granted", False, "text that is not called .txt"),
    ("picture", b"\x89PNG....", False, "told by its content"),
    (".hidden.pdf", PDF, False, "hidden"),
    (".git/config.txt", b"x", False, "in a hidden folder"),
    ("deep/down/minutes.txt", b"Minutes", True, "folders are searched"),
]


@pytest.mark.parametrize(("name", "content", "taken", "why"), FILES)
def test_what_is_a_paper(tmp_path: Path, name: str, content: bytes, taken: bool, why: str) -> None:
    put(tmp_path / "always.pdf", PDF + b"always")
    put(tmp_path / name, content)
    assert (name in names(tmp_path)) == taken, why


def test_a_word_file_without_a_suffix_is_told_by_what_the_archive_holds(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "agenda", "w") as archive:
        archive.writestr("word/document.xml", "x" * 3_000_000)
    assert names(tmp_path) == ["agenda"]


def test_what_is_passed_over_is_listed_with_the_reason(tmp_path: Path) -> None:
    put(tmp_path / "a.pdf", PDF)
    put(tmp_path / "README.md")
    found = find_papers([tmp_path])
    assert [(item.path.name, item.reason) for item in found.passed_over] == [("README.md", ".md files are no papers")]


def test_names_are_relative_to_the_input_folder_with_forward_slashes(tmp_path: Path) -> None:
    put(tmp_path / "in" / "2025" / "a.pdf", PDF)
    assert names(tmp_path / "in") == ["2025/a.pdf"]
    assert names(tmp_path / "in" / "2025" / "a.pdf") == ["a.pdf"]


def test_a_glob_names_from_its_plain_part(tmp_path: Path) -> None:
    put(tmp_path / "x" / "a.pdf", PDF + b"a")
    put(tmp_path / "y" / "b.pdf", PDF + b"b")
    put(tmp_path / "y" / "c.txt", b"c")
    assert names(tmp_path / "*" / "*.pdf") == ["x/a.pdf", "y/b.pdf"]
    assert names(tmp_path / "**" / "*.pdf") == ["x/a.pdf", "y/b.pdf"]


def test_two_papers_of_one_name_are_told_apart_by_their_folders(tmp_path: Path) -> None:
    put(tmp_path / "kent" / "a.pdf", PDF + b"1")
    put(tmp_path / "devon" / "a.pdf", PDF + b"2")
    put(tmp_path / "devon" / "b.pdf", PDF + b"3")
    one, other = tmp_path / "kent", tmp_path / "devon"
    assert names(one, other) == names(other, one) == ["b.pdf", "devon/a.pdf", "kent/a.pdf"]


def test_a_file_named_twice_is_read_once_under_its_longer_name(tmp_path: Path) -> None:
    inner = put(tmp_path / "2025" / "a.pdf", PDF)
    assert names(inner, tmp_path) == names(tmp_path, inner) == ["2025/a.pdf"]


def test_the_same_content_is_read_once_and_its_other_names_are_kept(tmp_path: Path) -> None:
    for name in ("b.pdf", "a.pdf", "c/d.pdf"):
        put(tmp_path / name, PDF)
    [paper] = find_papers([tmp_path]).papers
    assert (paper.file, paper.copies) == ("a.pdf", ("b.pdf", "c/d.pdf"))


def test_links_out_of_a_folder_are_not_followed(tmp_path: Path) -> None:
    put(tmp_path / "in" / "a.pdf", PDF + b"a")
    put(tmp_path / "secret" / "s.pdf", PDF + b"s")
    (tmp_path / "in" / "link.pdf").symlink_to(tmp_path / "secret" / "s.pdf")
    (tmp_path / "in" / "folder").symlink_to(tmp_path / "secret")
    (tmp_path / "in" / "0.pdf").symlink_to(tmp_path / "in" / "a.pdf")
    found = find_papers([tmp_path / "in"])
    assert [paper.file for paper in found.papers] == ["a.pdf"]
    assert {item.path.name for item in found.passed_over} == {"link.pdf", "folder"}


def test_a_pipe_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.pdf")
    put(tmp_path / "a.pdf", PDF)
    assert names(tmp_path) == ["a.pdf"]
    [paper] = find_papers([tmp_path / "pipe.pdf"]).papers
    assert paper.error == "it is not a regular file"


NAMES = [
    ("plain.pdf", "plain.pdf", ""),
    ("SEND £ – à.pdf", "SEND £ – à.pdf", "any language"),
    ("two\nlines.pdf", "two\\nlines.pdf", "a line break would break tables"),
    (os.fsdecode(b"b\xe9b\xe9.pdf"), "b\\xe9b\\xe9.pdf", "bytes that are no UTF-8"),
]


@pytest.mark.parametrize(("name", "shown", "why"), NAMES)
def test_any_file_name_can_be_written_down(tmp_path: Path, name: str, shown: str, why: str) -> None:
    put(tmp_path / name, PDF)
    assert printable(name) == shown, why
    assert names(tmp_path) == [shown], why


def test_nothing_to_read_is_an_error_that_names_the_input(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="no such file"):
        find_papers([tmp_path / "absent.pdf"])
    put(tmp_path / "README.md")
    with pytest.raises(InputError, match="no papers"):
        find_papers([tmp_path])
    with pytest.raises(InputError, match="no such file"):
        find_papers([tmp_path / "*.pdf"])
