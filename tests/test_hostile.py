"""Files of strangers: each is read or refused in bounded time and memory, with a reason that fits, by `parse` and `batch`."""

from __future__ import annotations

import csv
import os
import resource
import signal
import socket
import subprocess
import sys
import time
from collections import Counter
from pathlib import Path

import hostile
import pytest
from fuzz import apart, warm

from sendparse.errors import UnreadablePaper
from sendparse.read import read_bytes

ROOT = Path(__file__).resolve().parent.parent
linux = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="limits, pipes and devices of Linux")
KILLED = {
    "flate-chain.pdf",
    "form-bomb.pdf",
}  # pdfium ends the process that cannot have so much memory: the paper is lost


@pytest.fixture(scope="module")
def loaded() -> None:
    warm()


def codes(data: bytes, name: str) -> set[str]:
    """The codes of all problems of a paper, read in this process."""
    try:
        return {problem.code for problem in read_bytes(data, file=name).problems}
    except UnreadablePaper as error:
        assert error.where == name
        assert error.problem
        assert error.hint, "it says what to try"
        return {error.code}


@linux
@pytest.mark.parametrize("name", hostile.PAPERS)
def test_each_is_read_or_refused_within_bounds(loaded: None, name: str) -> None:
    make, _ = hostile.PAPERS[name]
    verdict = apart(make())
    if name in KILLED:
        assert verdict.state in ("read", "refused", "SIGABRT", "SIGTRAP", "SIGILL", "MemoryError"), verdict.detail
    else:
        assert not verdict.bad, f"{verdict.state}\n{verdict.detail}"


@pytest.mark.parametrize("name", [name for name, (_, code) in hostile.PAPERS.items() if code and code != "not_text"])
def test_the_reason_fits(name: str) -> None:
    make, code = hostile.PAPERS[name]
    assert code in codes(make(), name)


SAYS = [
    # paper              words of the message             why
    ("huge-page.pdf", "1,000,000 by 1,000,000 points", "the page is far too large, the file is not damaged"),
    ("laughs.docx", "entities that grow without end", "made to do harm, not damaged"),
    ("deep.docx", "deeper within tables", "not damaged either"),
    ("deep-dictionaries.pdf", "cut off", "it has no end"),
    ("garbage.pdf", "cut off", "it has no end"),
    ("bomb.docx", "far more than a paper holds", "a zip bomb"),
    ("password.pdf", "password", "encrypted"),
]


@pytest.mark.parametrize(("name", "says"), [case[:2] for case in SAYS], ids=[case[0] for case in SAYS])
def test_the_message_names_the_cause(name: str, says: str) -> None:
    with pytest.raises(UnreadablePaper, match=says):
        read_bytes(hostile.PAPERS[name][0](), file=name)


def test_a_page_that_stands_too_deep_says_that_the_rest_was_not_read() -> None:
    document = read_bytes(hostile.deep_html(100_000), file="deep.html")
    assert hostile.SENTENCE in document.text
    assert [problem.code for problem in document.problems] == ["too_deep"]


def test_nothing_of_another_file_gets_in() -> None:
    for name in ("entity.docx", "remote.html"):
        document = read_bytes(hostile.PAPERS[name][0](), file=name)
        assert socket.gethostname() not in document.text or len(socket.gethostname()) < 4


# A file that lost its end


def test_a_cut_file_is_read_as_far_as_it_goes() -> None:
    data = hostile.two_pages()
    cut = data[: data.rindex(b"endstream", 0, data.rindex(b"endstream") - 1) + 30]
    document = read_bytes(cut, file="cut.pdf")
    assert document.problems[0].code == "damaged"
    assert "its end is missing" in document.problems[0].message
    words = [word.text for page in document.pages for word in page.words]
    assert "61.5%" in words


@pytest.mark.parametrize("share", [0.3, 0.5, 0.7, 0.8, 0.9, 0.97])
def test_what_is_read_of_a_cut_file_stands_in_the_whole_one(corpus: Path, share: float) -> None:
    """A font that was lost makes other letters of a text: none of it is taken for a figure."""
    read = 0
    for path in sorted(corpus.rglob("*.pdf")):
        data = path.read_bytes()
        whole = {word.text for page in read_bytes(data, file="a").pages for word in page.words}
        try:
            cut = read_bytes(data[: int(share * len(data))], file="a")
        except UnreadablePaper as error:
            assert error.code == "damaged"
            continue
        figures = [w.text for page in cut.pages for w in page.words if not w.hidden and any(map(str.isdigit, w.text))]
        read += len(figures)
        assert [text for text in figures if text not in whole] == [], path.name
    assert read or share < 0.5


def test_an_encrypted_file_without_its_end_is_not_guessed() -> None:
    data = hostile.encrypted(userPassword="", ownerPassword="own")
    with pytest.raises(UnreadablePaper):
        read_bytes(data[: data.rindex(b"trailer")] + b"/Encrypt 9 0 R", file="a.pdf")


# Names, links, and what is no file


ODD_NAMES = [
    b"two\nlines.txt",
    b"\x1b[31mred\x1b[0m.txt",
    b"latin-\xe9.txt",
    b"-rf.txt",
    "ünï\u202etxt.txt".encode(),
    b"'; x.txt",
]


@pytest.fixture
def odd_folder(tmp_path: Path) -> Path:
    folder = tmp_path / "in"
    (folder / "deep").mkdir(parents=True)
    for number, name in enumerate(ODD_NAMES):
        (folder / os.fsdecode(name)).write_text(f"{hostile.SENTENCE} There were {number + 100} EHC plans.")
    outside = tmp_path / "outside"
    outside.mkdir()
    (outside / "secret.txt").write_text("There were 999 EHC plans in 2024.")
    (folder / "link.txt").symlink_to(outside / "secret.txt")
    (folder / "folder-link").symlink_to(outside)
    (folder / "deep" / "loop").symlink_to(folder)
    (folder / "self.txt").symlink_to(folder / "self.txt")
    (folder / "device.txt").symlink_to("/dev/zero")
    os.mkfifo(folder / "pipe.txt")
    with socket.socket(socket.AF_UNIX) as listening:
        listening.bind(str(folder / "socket.txt"))
    return folder


def sendparse(
    *arguments: object, cwd: Path, seconds: float = 1200, entry: tuple[str, str] = ("-m", "sendparse")
) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        [sys.executable, *entry, *map(os.fspath, arguments)],  # type: ignore[call-overload]
        cwd=cwd,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        timeout=seconds,
        stdin=subprocess.DEVNULL,
        check=False,
    )


def tree(folder: Path) -> set[bytes]:
    return {
        path for path, _, files in os.walk(os.fsencode(folder)) for path in [path, *(path + b"/" + f for f in files)]
    }


@linux
def test_batch_reads_odd_names_and_nothing_outside(tmp_path: Path, odd_folder: Path) -> None:
    before = tree(tmp_path)
    done = sendparse("batch", odd_folder, "--out", "ds", "--workers", "1", cwd=tmp_path)
    assert done.returncode == 0, done.stderr.decode("utf-8", "replace")
    assert b"\x1b" not in done.stdout + done.stderr
    with (tmp_path / "ds" / "observations.csv").open(encoding="utf-8-sig", newline="") as file:
        read = list(csv.DictReader(file))
    values = Counter(row["value"] for row in read)
    assert {str(number + 100) for number in range(len(ODD_NAMES))} <= set(values)
    assert values["999"] == 0, "no link is followed out of the folder"
    assert not any(char in row["file"] for row in read for char in "\x1b\n\u202e")
    new = tree(tmp_path) - before
    allowed = tuple(os.fsencode(tmp_path / name) for name in ("ds", ".ds."))
    assert not [path for path in new if not path.startswith(allowed)]


@linux
def test_parse_says_odd_names_plainly(tmp_path: Path, odd_folder: Path) -> None:
    files = sorted(odd_folder.iterdir())
    done = sendparse("parse", "--format", "table", "--", *files, cwd=tmp_path)
    assert done.returncode == 3
    said = done.stdout + done.stderr
    assert b"\x1b" not in said
    assert "\u202e".encode() not in said
    for what in (b"this is a folder", b"this is a pipe, a socket or a device"):
        assert what in done.stderr
    assert b"sendparse batch" in done.stderr, "a folder is read with batch"
    assert done.stdout.count(b"61.5%") == len(ODD_NAMES)


@linux
def test_a_device_is_not_read_without_end(tmp_path: Path) -> None:
    done = sendparse("parse", "/dev/zero", cwd=tmp_path)
    assert done.returncode == 3
    assert b"device" in done.stderr


@linux
def test_batch_of_all_of_them_costs_only_themselves(tmp_path: Path) -> None:
    """With a sound paper among them. No file appears outside the dataset, and what fails says why."""
    folder = tmp_path / "in"
    folder.mkdir()
    chosen = (
        "garbage.pdf",
        "password.pdf",
        "huge-page.pdf",
        "flate-chain.pdf",
        "bomb.docx",
        "travel.docx",
        "laughs.docx",
    )
    for name in chosen:
        (folder / name).write_bytes(hostile.PAPERS[name][0]())
    (folder / "sound.txt").write_text(hostile.SENTENCE)
    done = sendparse("batch", "in", "--out", "ds", "--workers", "1", "--memory", "600", cwd=tmp_path)
    assert done.returncode == 0, done.stderr.decode()
    with (tmp_path / "ds" / "documents.csv").open(encoding="utf-8-sig", newline="") as file:
        status = {row["file"]: row["status"] for row in csv.DictReader(file)}
    assert status["sound.txt"] == status["travel.docx"] == "ok"
    failed = [name for name in chosen if name != "travel.docx"]
    assert [name for name in failed if status[name] != "failed"] == []
    with (tmp_path / "ds" / "problems.csv").open(encoding="utf-8-sig", newline="") as file:
        messages = {row["file"]: row["message"] for row in csv.DictReader(file) if row["file"] in failed}
    assert all("Try: " in message for message in messages.values()), messages
    assert sorted(path.name for path in tmp_path.iterdir()) in (["ds", "in", ".ds.parts"], [".ds.parts", "ds", "in"])
    assert not Path("/tmp/escaped-absolute.txt").exists()


# Limits of parse

_ENDLESS = """
import pathlib, time
import sendparse.pipeline as pipeline
plain = pipeline.parse_document
def held(document, *given):
    if document.file == "slow.txt":
        pathlib.Path("../begun").touch()
        time.sleep(3600)
    return plain(document, *given)
pipeline.parse_document = held
from sendparse.cli import main
main()
"""


@pytest.fixture
def endless(tmp_path: Path) -> Path:
    """A folder with a paper that is never done, and one that is done at once."""
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "slow.txt").write_text(hostile.SENTENCE)
    (folder / "quick.txt").write_text(hostile.SENTENCE)
    return folder


@linux
def test_parse_gives_up_a_paper_that_takes_too_long_and_reads_the_next(endless: Path) -> None:
    arguments = ("parse", "slow.txt", "quick.txt", "--format", "csv", "--timeout", "5")
    done = sendparse(*arguments, cwd=endless, entry=("-c", _ENDLESS))
    assert done.returncode == 3
    assert b"slow.txt: the paper took longer than 5 s" in done.stderr
    assert b"--timeout" in done.stderr
    assert done.stdout.count(b"quick.txt") == 1


@linux
def test_parse_survives_a_paper_that_takes_all_memory(tmp_path: Path) -> None:
    (tmp_path / "bomb.pdf").write_bytes(hostile.flate_bomb(900, 3))
    (tmp_path / "sound.txt").write_text(hostile.SENTENCE)
    done = sendparse("parse", "bomb.pdf", "sound.txt", "--format", "csv", "--memory", "400", cwd=tmp_path)
    assert done.returncode == 3, done.stderr
    assert b"bomb.pdf: " in done.stderr
    assert b"sound.txt" in done.stdout


@linux
def test_ctrl_c_ends_parse_and_its_process(endless: Path) -> None:
    process = subprocess.Popen(
        [sys.executable, "-c", _ENDLESS, "parse", "slow.txt", "--out", "x.csv"],
        cwd=endless,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        stderr=subprocess.PIPE,
        start_new_session=True,
    )
    while not (endless.parent / "begun").exists():  # the child is at work
        assert process.poll() is None
        time.sleep(0.05)
    os.killpg(process.pid, signal.SIGINT)
    _, said = process.communicate(timeout=1200)
    assert process.returncode == 130
    assert b"Stopped." in said
    assert sorted(path.name for path in endless.iterdir()) == ["quick.txt", "slow.txt"], "no half-written file"


def test_limits_do_not_outlive_the_child() -> None:
    """What `apart` sets in its child must not bound the tests."""
    assert resource.getrlimit(resource.RLIMIT_DATA)[0] == resource.RLIM_INFINITY
