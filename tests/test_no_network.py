"""Reading never opens a socket: proved in a process where every attempt is counted, and where the system has no network."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import hostile
import pytest

ROOT = Path(__file__).resolve().parent.parent

_WATCHED = """
import os, sys
seen = []
def watch(event, arguments):
    if event.startswith("socket.") and event != "socket.__new__":
        seen.append((event, str(arguments)[:200]))
    elif event == "socket.__new__" and arguments[1] != 1:  # AF_UNIX never leaves this machine
        seen.append((event, str(arguments)[:200]))
    elif event in ("urllib.Request", "http.client.connect", "ftplib.connect"):
        seen.append((event, str(arguments)[:200]))
sys.addaudithook(watch)

def sockets():
    names = []
    for fd in os.listdir("/proc/self/fd"):
        try:
            names.append(os.readlink(f"/proc/self/fd/{fd}"))
        except OSError:
            pass
    return {name for name in names if name.startswith("socket:")}

before = sockets()
from pathlib import Path
from sendparse.dataset.part import encode
from sendparse.dataset.rows import outcome_rows
from sendparse.errors import SendparseError
from sendparse.pipeline import parse
from sendparse.batch.work import packs_of

packs = packs_of(None, ())
read = 0
for path in sorted(Path(sys.argv[1]).iterdir()):
    try:
        encode(outcome_rows(parse(path, packs=packs)))
        read += 1
    except SendparseError:
        pass
assert read >= 6, read
assert not seen, seen
assert sockets() == before, "a library opened a socket of its own"
if len(sys.argv) > 2:
    import socket
    socket.create_connection(("192.0.2.1", 9), timeout=0.01)
"""
_ENTITY = hostile.external_entity("http://192.0.2.1/x.dtd")
_XHTML = (
    '<?xml version="1.0"?><?xml-stylesheet href="http://192.0.2.1/x.xsl" type="text/xsl"?>'
    '<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Strict//EN" "http://192.0.2.1/xhtml1.dtd" [<!ENTITY e SYSTEM "http://192.0.2.1/e">]>'
    '<html xmlns="http://www.w3.org/1999/xhtml" xmlns:xi="http://www.w3.org/2001/XInclude"><head><title>x</title></head>'
    f'<body><xi:include href="http://192.0.2.1/x.xml"/><p>&e; {hostile.SENTENCE}</p></body></html>'
)


def linking_pdf() -> bytes:
    """A PDF that asks to open a page of the web, to fetch a form, and to run a script."""
    acts = (
        b"<</Type/Catalog/Pages 2 0 R/OpenAction<</S/URI/URI(http://192.0.2.1/a)>>/AcroForm<</XFA(http://192.0.2.1/x)/Fields[]>>"
        b"/Names<</JavaScript<</Names[(a)<</S/JavaScript/JS(app.launchURL\\('http://192.0.2.1'\\))>>]>>>>>>"
    )
    stream = b"<</Length 9/F<</FS/URL/F(http://192.0.2.1/s)>>>>stream\n\nendstream"
    tree = b"<</Type/Pages/Count 2/Kids[5 0 R 7 0 R]>>"
    return hostile.pdf(
        acts,
        tree,
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
        hostile.says(),
        hostile.page(4),
        stream,
        hostile.page(6),
    )


def linked_word() -> bytes:
    """A Word file whose picture and template lie on the web."""
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    far = "".join(
        f'<Relationship Id="r{place}" Type="{kind}/{name}" Target="http://192.0.2.1/{name}" TargetMode="External"/>'
        for place, name in enumerate(("image", "attachedTemplate", "subDocument"))
    )
    relations = (
        f'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{far}</Relationships>'
    )
    return hostile.word(
        hostile.paragraph("a &s; " + hostile.SENTENCE), _ENTITY, **{"word/_rels/document.xml.rels": relations}
    )


@pytest.fixture
def papers(tmp_path: Path, corpus: Path) -> Path:
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "links.pdf").write_bytes(linking_pdf())
    (folder / "links.docx").write_bytes(linked_word())
    (folder / "links.html").write_bytes(hostile.PAPERS["remote.html"][0]())
    (folder / "links.xhtml").write_text(_XHTML)
    (folder / "address.txt").write_text(f"# url http://192.0.2.1/page\n{hostile.SENTENCE}")
    for suffix in ("pdf", "html", "docx"):
        smallest = min(corpus.rglob(f"*.{suffix}"), key=lambda path: path.stat().st_size)
        shutil.copy(smallest, folder / f"sound.{suffix}")
    return folder


def run(*command: object, cwd: Path, before: tuple[str, ...] = ()) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [*before, sys.executable, *map(str, command)],
        cwd=cwd,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        timeout=1200,
        check=False,
    )


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="looks at the open files of a process")
def test_no_socket_is_opened_while_papers_are_read(papers: Path, tmp_path: Path) -> None:
    done = run("-c", _WATCHED, papers, cwd=tmp_path)
    assert done.returncode == 0, done.stderr[-3000:]


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="looks at the open files of a process")
def test_one_that_is_opened_is_noticed(papers: Path, tmp_path: Path) -> None:
    broken = _WATCHED.replace("packs = packs_of", "import socket; socket.socket().close(); packs = packs_of")
    done = run("-c", broken, papers, cwd=tmp_path)
    assert done.returncode != 0
    assert "socket.__new__" in done.stderr


def no_network() -> tuple[str, ...]:
    """The command that runs another one where there is no network at all, where the system lets us."""
    command = ("unshare", "--user", "--map-root-user", "--net")
    if (
        shutil.which("unshare") is None
        or subprocess.run([*command, "true"], capture_output=True, check=False).returncode
    ):
        return ()
    return command


def test_a_machine_without_a_network_gives_the_same_dataset(papers: Path, tmp_path: Path) -> None:
    """Batch with its worker processes, where not even this machine can be reached: the same bytes."""
    apart = no_network()
    if not apart:
        pytest.skip("this system does not let us take the network away (unshare --net)")
    for name, before in (("with", ()), ("without", apart)):
        done = run("-m", "sendparse", "batch", papers, "--out", name, "--workers", "1", cwd=tmp_path, before=before)
        assert done.returncode == 0, done.stderr[-3000:]
    for path in (tmp_path / "with").iterdir():
        assert path.read_bytes() == (tmp_path / "without" / path.name).read_bytes(), path.name


@pytest.mark.skipif(shutil.which("strace") is None, reason="strace is not installed")
def test_no_call_of_the_system_reaches_out(papers: Path, tmp_path: Path) -> None:
    """Also of C libraries, and of the worker processes of batch."""
    trace = tmp_path / "calls"
    before = ("strace", "-f", "-qq", "-e", "trace=connect,sendto,socket", "-e", "signal=none", "-o", str(trace))
    done = run("-m", "sendparse", "batch", papers, "--out", "ds", "--workers", "1", cwd=tmp_path, before=before)
    if "ptrace" in done.stderr or not trace.is_file():
        pytest.skip("this system does not allow tracing")
    assert done.returncode == 0, done.stderr[-3000:]
    assert [line for line in trace.read_text().splitlines() if "AF_INET" in line] == []
