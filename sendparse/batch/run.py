"""Many papers to one dataset: find them, read those that are new or changed, put all parts together.

A generator: it yields what happens, and whoever calls it draws. The dataset is the same bytes whatever the order of the
arguments, the engine, the number of workers, or how often the run was stopped and started again.
"""

from __future__ import annotations

import hashlib
import shutil
import time
from collections.abc import Callable, Generator, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

from sendparse.batch.assembled import Sources, Tally, note_assembled, standing
from sendparse.batch.engine import Engine, engine_of
from sendparse.batch.files import Place, names_url, place_of, unique
from sendparse.batch.known import KnownFiles
from sendparse.batch.places import note_places, parts_folder
from sendparse.batch.scan import Found, Paper, find_papers
from sendparse.batch.store import held, store_key
from sendparse.batch.work import Job, Result, Setup, packs_of
from sendparse.corrections.log import corrections_file
from sendparse.dataset.folder import refuse_foreign
from sendparse.dataset.package import FILE
from sendparse.dataset.part import Head, Part
from sendparse.dataset.rows import PaperRows
from sendparse.errors import DatasetError, InputError
from sendparse.packs import patterns_folder
from sendparse.packs.records import digest
from sendparse.pipeline import Options

if TYPE_CHECKING:
    from sendparse.corrections.apply import Corrections

_SMALL = 50_000  # bytes that take as long as what every paper takes, however small


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """How a run is done. None of it but `options` and the patterns changes what the dataset says."""

    workers: int = 0  # 0: one for each processor
    seconds: float = 300.0  # for each paper; 0: no limit
    megabytes: int = 2000  # for each paper, beyond what a process starts with; 0: no limit
    force: bool = False  # read everything again
    retry_failed: bool = False  # read again what failed last time, as a whole or in one of its stages
    options: Options = field(default_factory=Options)
    patterns: Path | None = None
    overlays: tuple[Path, ...] = ()
    parts: Path | str | None = None  # folder or URL for parts; a hidden folder beside the dataset if left out
    engine: str = "local"  # or "dask": then `scheduler` is the address of one, and `workers` counts for nothing
    scheduler: str = ""
    corrections: Path | None = None  # what reviewers decided; the file beside the dataset if left out
    read: Callable[[Job, Setup], PaperRows] | None = None  # a function of a module that reads a paper, for tests


@dataclass(frozen=True, slots=True, kw_only=True)
class Started:
    """The papers are known: `to_read` of them are read now, the rest is unchanged since the last run."""

    found: Found
    to_read: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Read:
    """One paper is done; `done` of `total`. `share` is the part of all work that is done, as far as sizes tell."""

    result: Result
    done: int
    total: int
    share: float = 1.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Finished:
    """The dataset is written. `seconds` is the time of the whole run; `kinds` counts problems by code.

    `duplicates` holds each further name of a paper, and the name under which it was read. `rewritten` is false when the
    dataset already held all this and was left alone.
    """

    folder: Path
    papers: int
    duplicates: tuple[tuple[str, str], ...]
    unchanged: int
    failed: tuple[Result, ...]
    partial: int
    observations: int
    checks: int
    problems: int
    kinds: dict[str, int]
    seconds: float
    rewritten: bool = True

    @property
    def copies(self) -> int:
        """How many files were left out because another has the same content."""
        return len(self.duplicates)


Event = Started | Read | Finished


def run_batch(
    inputs: Sequence[str | Path], out: Path, settings: Settings | None = None
) -> Generator[Event, None, None]:
    """Read all papers that `inputs` name into a dataset at `out`.

    Arguments: `inputs`, files, folders, globs and URLs; `out`, the dataset's folder; `settings`, how to go about it.
    Yields Started, a Read for each paper that is read, and Finished. A paper that cannot be read is a row, no error.
    Raises InputError when there are no papers or an option names no council, PackError when a pattern file is wrong,
    DatasetError when `out` holds something else or another run is writing it. Call it from under
    `if __name__ == "__main__":` in a script, since worker processes import the script.
    """
    began = time.monotonic()
    settings = settings or Settings()
    if names_url(out):
        raise InputError(str(out), "a dataset is written to a folder of this machine", "copy it there afterwards")
    refuse_foreign(out)
    with _Run.open(out, settings) as run:
        run.prepare()
        found = find_papers(inputs, known=run.known, digests=run.engine.digests)
        run.known.save()
        plan = _plan(found.papers, run, settings)
        yield Started(found=found, to_read=len(plan.jobs))
        failed = plan.failed
        work = {job.document_id: job.size + _SMALL for job in plan.jobs}
        total, left = len(work), sum(work.values())
        whole = max(left, 1)
        for done, result in enumerate(run.engine.run(plan.jobs, run.setup) if plan.jobs else (), 1):
            left -= work.pop(result.document_id, 0)
            if result.status == "failed":
                failed.append(result)
            yield Read(result=result, done=done, total=total, share=1 - left / whole)
        stands = None if plan.jobs else standing(run.home, plan.sources, out, run.known)
        tally = stands or run.assemble(found.papers, out, settings)
        run.known.save()
        note_places(run.home, found.papers)
    yield Finished(
        folder=out,
        papers=len(found.papers),
        duplicates=tuple((copy, paper.file) for paper in found.papers for copy in paper.copies),
        unchanged=len(found.papers) - len(plan.jobs),
        failed=tuple(sorted(failed, key=lambda result: result.file)),
        partial=tally.partial,
        observations=tally.observations,
        checks=tally.checks,
        problems=tally.kinds.total(),
        kinds=dict(sorted(tally.kinds.items())),
        seconds=time.monotonic() - began,
        rewritten=stands is None,
    )


@dataclass(frozen=True, kw_only=True)
class _Run:
    """A run that has the dataset to itself. What its result depends on is hashed before it is read."""

    home: Path  # what the runs of this dataset keep for each other
    setup: Setup
    engine: Engine
    known: KnownFiles
    sources: Sources
    packs_hash: str
    corrections: Corrections | None  # nothing where nobody decided anything

    @classmethod
    @contextmanager
    def open(cls, out: Path, settings: Settings) -> Iterator[_Run]:
        root = place_of(settings.parts or parts_folder(out))
        home = root if isinstance(root, Path) else parts_folder(out)
        decisions = settings.corrections or corrections_file(out)
        sources = Sources(decisions)
        corrections = _corrections(decisions)
        packs_hash = _packs_hash(settings)
        engine = engine_of(settings.engine, scheduler=settings.scheduler, workers=settings.workers)
        with held(home), engine as ready, _scratch(home) as scratch:
            yield cls(
                home=home,
                setup=_setup(root, scratch, packs_hash, settings),
                engine=ready,
                known=KnownFiles(home / "files", trust=not settings.force),
                sources=sources,
                packs_hash=packs_hash,
                corrections=corrections,
            )

    def prepare(self) -> None:
        """Where all papers are to be read, have that begin to load while they are looked for, and here what writes them."""
        if self.setup.store.is_empty():
            self.engine.prepare(self.setup)
            import_module("sendparse.dataset.write")

    def hashed(self) -> Sources:
        """The sources of the dataset, with no paper yet."""
        return self.sources.fresh(self.setup.key, self.packs_hash)

    def assemble(self, papers: Sequence[Paper], out: Path, settings: Settings) -> Tally:
        """Put the parts together."""
        from sendparse.dataset.write import write_dataset

        tally, sources = Tally(), self.hashed()
        parts = self._parts(papers, sources)
        if self.corrections:
            parts = self.corrections.parts(parts, packs_of(settings.patterns, settings.overlays))
        files = write_dataset(tally.counting(parts), out, packs_hash=self.packs_hash)
        hashes = {name: file.sha256 for name, file in files.items()}
        hashes[FILE] = hashlib.sha256((out / FILE).read_bytes()).hexdigest()
        note_assembled(self.home, sources.digest(), hashes, tally)
        self.setup.store.forget_others()
        return tally

    def _parts(self, papers: Sequence[Paper], sources: Sources) -> Iterator[Part]:
        """Parts in the order of the dataset, which is that of the papers' names."""
        store = self.setup.store
        for paper, stored in zip(papers, store.parts(paper.document_id for paper in papers), strict=True):
            part = stored or self._again(paper)
            sources.paper(paper, part.head)
            yield part.with_copies(paper.copies)

    def _again(self, paper: Paper) -> Part:
        """The part of a paper, read once more because what was kept of it is broken: the power failed, or a disk does."""
        for _ in self.engine.run([_job(paper)], self.setup):
            pass
        part = self.setup.store.part(paper.document_id)
        if part is None:
            raise DatasetError(
                str(self.setup.root), f"what was read of {paper.file} is not kept there", "look at the disk"
            )
        return part


@dataclass(slots=True, kw_only=True)
class _Planned:
    jobs: list[Job]  # large papers first, so that the last ones end together
    failed: list[Result]  # what failed in a former run and is left so
    sources: str  # what the dataset is made of if there are no jobs


def _plan(papers: Sequence[Paper], run: _Run, settings: Settings) -> _Planned:
    """What has to be read, and what failed before."""
    jobs: list[Job] = []
    failed: list[Result] = []
    sources = run.hashed()
    for paper, head in zip(papers, run.setup.store.heads(paper.document_id for paper in papers), strict=True):
        if head is None or _read_again(paper, head, settings):
            jobs.append(_job(paper))
            continue
        sources.paper(paper, head)
        if head.document.status == "failed":
            failed.append(Result.of(head.document))
    jobs.sort(key=lambda job: (-job.size, job.file))
    return _Planned(jobs=jobs, failed=failed, sources=sources.digest())


def _read_again(paper: Paper, head: Head, settings: Settings) -> bool:
    """Whether a paper is read although there is a part of it."""
    if settings.force or head.document.file != paper.file or "file_changed" in head.codes:
        return True
    return settings.retry_failed and (head.document.status == "failed" or "stage_failed" in head.codes)


def _job(paper: Paper) -> Job:
    return Job(path=paper.path, file=paper.file, document_id=paper.document_id, size=paper.size, error=paper.error)


def _corrections(decisions: Path) -> Corrections | None:
    if not decisions.is_file():
        return None
    from sendparse.corrections.apply import Corrections

    return Corrections.read(decisions)


def _setup(root: Place, scratch: Path, packs_hash: str, settings: Settings) -> Setup:
    return Setup(
        root=root,
        scratch=scratch,
        key=store_key(packs_hash, settings.options),
        options=settings.options,
        patterns=settings.patterns,
        overlays=settings.overlays,
        seconds=settings.seconds,
        megabytes=settings.megabytes,
        read=settings.read,
    )


def _packs_hash(settings: Settings) -> str:
    """Told from the files alone: patterns are loaded only when there is something to read with them."""
    return digest([settings.patterns or patterns_folder(), *settings.overlays])


@contextmanager
def _scratch(home: Path) -> Iterator[Path]:
    """A folder for what processes of this run leave for it. Those of runs that were killed are removed."""
    running = home / "running"
    shutil.rmtree(running, ignore_errors=True)
    folder = running / unique()
    try:
        yield folder
    finally:
        shutil.rmtree(running, ignore_errors=True)
