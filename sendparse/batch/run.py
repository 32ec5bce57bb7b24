"""Many papers to one dataset: find them, read those that are new or changed, put all parts together.

A generator: it yields what happens, and whoever calls it draws. The dataset is the same bytes whatever the order of the
arguments, the engine, the number of workers, or how often the run was stopped and started again.
"""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from sendparse.batch.places import note_places, parts_folder
from sendparse.batch.scan import Found, Paper, find_papers
from sendparse.batch.store import Store, store_key
from sendparse.batch.work import Job, Result, Setup, packs_of
from sendparse.corrections.apply import Corrections
from sendparse.corrections.log import corrections_file
from sendparse.dataset.part import Part
from sendparse.dataset.rows import PaperRows
from sendparse.dataset.write import refuse_foreign, write_dataset
from sendparse.packs import patterns_folder
from sendparse.packs.records import digest
from sendparse.pipeline import Options


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """How a run is done. None of it but `options` and the patterns changes what the dataset says."""

    workers: int = 0  # 0: one for each processor
    seconds: float = 300.0  # for each paper; 0: no limit
    megabytes: int = 2000  # for each paper, beyond what a process starts with; 0: no limit
    force: bool = False  # read everything again
    retry_failed: bool = False  # read again what failed last time
    options: Options = field(default_factory=Options)
    patterns: Path | None = None
    overlays: tuple[Path, ...] = ()
    parts: Path | None = None  # folder for parts; a hidden one beside the dataset if left out
    corrections: Path | None = None  # what reviewers decided; the file beside the dataset if left out
    read: Callable[[Job, Setup], PaperRows] | None = None  # a function of a module that reads a paper, for tests


@dataclass(frozen=True, slots=True, kw_only=True)
class Started:
    """The papers are known: `to_read` of them are read now, the rest is unchanged since the last run."""

    found: Found
    to_read: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Read:
    """One paper is done; `done` of `total`."""

    result: Result
    done: int
    total: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Finished:
    """The dataset is written. `seconds` is the time of the whole run; `kinds` counts problems by code."""

    folder: Path
    papers: int
    copies: int
    unchanged: int
    failed: tuple[Result, ...]
    partial: int
    observations: int
    checks: int
    problems: int
    kinds: dict[str, int]
    seconds: float


Event = Started | Read | Finished


def run_batch(
    inputs: Sequence[str | Path], out: Path, settings: Settings | None = None
) -> Generator[Event, None, None]:
    """Read all papers that `inputs` name into a dataset at `out`.

    Arguments: `inputs`, files, folders and globs; `out`, the dataset's folder; `settings`, how to go about it.
    Yields Started, a Read for each paper that is read, and Finished. A paper that cannot be read is a row, no error.
    Raises InputError when there are no papers or an option names no council, PackError when a pattern file is wrong,
    DatasetError when `out` holds something else or another run is writing it. Call it from under
    `if __name__ == "__main__":` in a script, since worker processes import the script.
    """
    began = time.monotonic()
    settings = settings or Settings()
    refuse_foreign(out)
    corrections = Corrections.read(settings.corrections or corrections_file(out))
    found = find_papers(inputs)
    setup = _setup(out, settings)
    with setup.store.held():
        jobs, failed = _plan(found.papers, setup.store, settings)
        yield Started(found=found, to_read=len(jobs))
        for done, result in enumerate(_engine(jobs, setup, settings.workers), 1):
            if result.status == "failed":
                failed.append(result)
            yield Read(result=result, done=done, total=len(jobs))
        tally = _Tally()
        parts = _parts(found.papers, setup.store)
        if corrections:
            parts = corrections.parts(parts, packs_of(settings.patterns, settings.overlays))
        write_dataset(tally.counting(parts), out, packs_hash=_packs_hash(settings))
        setup.store.forget_others()
        note_places(setup.root, found.papers)
    yield Finished(
        folder=out,
        papers=len(found.papers),
        copies=sum(len(paper.copies) for paper in found.papers),
        unchanged=len(found.papers) - len(jobs),
        failed=tuple(sorted(failed, key=lambda result: result.file)),
        partial=tally.statuses["partial"],
        observations=tally.observations,
        checks=tally.checks,
        problems=tally.kinds.total(),
        kinds=dict(sorted(tally.kinds.items())),
        seconds=time.monotonic() - began,
    )


def _setup(out: Path, settings: Settings) -> Setup:
    return Setup(
        root=settings.parts or parts_folder(out),
        key=store_key(_packs_hash(settings), settings.options),
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


def _plan(papers: Iterable[Paper], store: Store, settings: Settings) -> tuple[list[Job], list[Result]]:
    """What has to be read, large papers first so that the last ones end together; and what failed before."""
    jobs = []
    failed = []
    for paper in papers:
        head = None if settings.force else store.head(paper.document_id)
        if head is not None and head.document.file == paper.file:
            if head.document.status != "failed":
                continue
            if not settings.retry_failed:
                failed.append(Result.of(head.document))
                continue
        jobs.append(
            Job(path=paper.path, file=paper.file, document_id=paper.document_id, size=paper.size, error=paper.error)
        )
    return sorted(jobs, key=lambda job: (-job.size, job.file)), failed


def _engine(jobs: Sequence[Job], setup: Setup, workers: int) -> Iterator[Result]:
    if not jobs:
        return iter(())
    from sendparse.batch import local

    return local.run(jobs, setup, workers=min(workers or local.default_workers(), len(jobs)))


def _parts(papers: Iterable[Paper], store: Store) -> Iterator[Part]:
    """Parts in the order of the dataset, which is that of the papers' names."""
    for paper in papers:
        yield store.read(paper.document_id).with_copies(paper.copies)


class _Tally:
    """Counts for the summary, taken while parts go by."""

    def __init__(self) -> None:
        self.statuses: Counter[str] = Counter()
        self.kinds: Counter[str] = Counter()
        self.observations = 0
        self.checks = 0

    def counting(self, parts: Iterable[Part]) -> Iterator[Part]:
        for part in parts:
            self.statuses[part.document.status] += 1
            self.observations += part.document.observations
            self.checks += part.document.checks
            codes: Any = part.tables["problems"].column("code").to_pylist()
            self.kinds.update(codes)
            yield part
