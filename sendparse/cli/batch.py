"""`sendparse batch`: many papers to one dataset, with progress and a summary."""

from __future__ import annotations

import contextlib
import csv
import json
import signal
import sys
import time
from dataclasses import asdict
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from sendparse.cli.options import about_papers, options_of, with_ocr
from sendparse.cli.show import count
from sendparse.errors import UnreadablePaper

if TYPE_CHECKING:
    from sendparse.batch.run import Event, Finished, Read, Started

_EVERY = 2.0  # seconds between lines of progress where there is no terminal
_NAMED = 10  # how many failed or passed-over files a summary names


@click.command()
@click.argument("inputs", nargs=-1, required=True)
@click.option("--out", required=True, type=click.Path(path_type=Path), help="Folder of the dataset, on this machine.")
@click.option("--workers", type=click.IntRange(min=1), help="Papers read at once. Default: one for each processor.")
@click.option(
    "--timeout",
    type=click.FloatRange(min=0),
    default=300.0,
    show_default=True,
    help="Seconds for each paper; 0 for no limit.",
)
@click.option("--memory", default=2000, show_default=True, help="Megabytes for each paper; 0 for no limit.")
@click.option("--force", is_flag=True, help="Read every paper again, changed or not.")
@click.option(
    "--retry-failed", is_flag=True, help="Read papers again that failed last time, as a whole or in one of its stages."
)
@click.option(
    "--parts", help="Folder or URL to keep what was read of each paper. Default: .NAME.parts beside the dataset."
)
@click.option(
    "--engine",
    type=click.Choice(["local", "dask"]),
    default="local",
    show_default=True,
    help="What does the reading: this machine, or the workers of a Dask scheduler.",
)
@click.option("--scheduler", default="", metavar="ADDRESS", help="Address of the Dask scheduler: tcp://HOST:8786.")
@click.option(
    "--corrections",
    type=click.Path(dir_okay=False, path_type=Path),
    help="What reviewers decided. Default: DATASET.corrections.jsonl beside the dataset, if it is there.",
)
@click.option("--log-json", is_flag=True, help="Say what happens as JSON lines on standard error.")
@with_ocr
@about_papers
def batch(
    inputs: tuple[str, ...],
    out: Path,
    workers: int | None,
    timeout: float,
    memory: int,
    force: bool,
    retry_failed: bool,
    parts: str | None,
    engine: str,
    scheduler: str,
    corrections: Path | None,
    log_json: bool,
    ocr: bool,
    council: str,
    day: date | None,
    overlays: tuple[Path, ...],
) -> None:
    """Read INPUTS (files, folders, globs, URLs such as s3://) into a dataset.

    The dataset is a folder: observations, documents, checks and problems as CSV and Parquet, tables as Parquet, and
    datapackage.json, which describes them. A paper that cannot be read is a row with status `failed` and a problem.

    What was read of each paper is kept beside the dataset (in .NAME.parts), so that the same command after a stop, or
    with more papers, reads only what is new. That folder may be deleted. A paper that cannot be read does no harm to the
    others; when none can be read, the command ends with code 3. A paper is known by its content and its name: one that has
    been moved or is given from another folder is read again.

    Papers and --parts may be URLs; --out is a folder on this machine. With --engine dask, a folder given with --patterns
    must lie under the same path on every machine.

    \b
    Examples:
      sendparse batch papers/ --out dataset
      sendparse batch "papers/**/*.pdf" minutes.html --out dataset --workers 4
      sendparse batch papers/ --out dataset --retry-failed --timeout 600
      sendparse batch s3://papers/2024 --out dataset --parts s3://work/parts --engine dask --scheduler tcp://HOST:8786
    """
    from sendparse.batch.run import Finished, Settings, run_batch

    settings = Settings(
        workers=workers or 0,
        seconds=timeout,
        megabytes=memory,
        force=force,
        retry_failed=retry_failed,
        options=options_of(council, day, ocr=ocr),
        overlays=overlays,
        parts=parts,
        engine=engine,
        scheduler=scheduler,
        corrections=corrections,
    )
    report = _Log() if log_json else _Bar() if sys.stderr.isatty() else _Plain()
    signal.signal(signal.SIGTERM, _stop)
    last: Event | None = None
    before = _papers_in(out)
    try:
        with contextlib.closing(run_batch(inputs, out, settings)) as events:
            for event in events:
                report(last := event)
    except KeyboardInterrupt:
        report.stop()
        sys.exit(130)
    if gone := len(before - _papers_in(out)):
        report.gone(gone)
    if isinstance(last, Finished) and len(last.failed) == last.papers:
        sys.exit(UnreadablePaper.exit_code)


def _papers_in(dataset: Path) -> set[str]:
    """The papers of a dataset, by what they hold; none where there is no dataset."""
    try:
        with (dataset / "documents.csv").open(encoding="utf-8-sig", newline="") as lines:
            return {row.get("document_id", "") for row in csv.DictReader(lines)}
    except (OSError, UnicodeError, csv.Error):
        return set()


def _stop(number: int, frame: object) -> None:
    """Being told to end is like Ctrl-C: processes are stopped, nothing half-written stays."""
    raise KeyboardInterrupt


class _Plain:
    """Lines of progress for a log file."""

    def __init__(self) -> None:
        self.last = self.began = time.monotonic()
        self.figures = self.problems = 0

    def __call__(self, event: Event) -> None:
        from sendparse.batch.run import Read, Started

        if isinstance(event, Started):
            self.started(event)
        elif isinstance(event, Read):
            self.figures += event.result.observations
            self.problems += event.result.problems
            self.read(event)
        else:
            self.finished(event)

    def started(self, event: Started) -> None:
        self.last = self.began = time.monotonic()
        papers = len(event.found.papers)
        kept = papers - event.to_read
        unchanged = f", {count(kept, 'is', 'are')} unchanged since the last run" if kept else ""
        click.echo(f"{count(papers, 'paper')} found{unchanged}", err=True)
        passed = event.found.passed_over
        if passed:
            names = ", ".join(item.path.name for item in passed[:_NAMED]) + (", …" if len(passed) > _NAMED else "")
            click.echo(
                f"Passed over {count(len(passed), 'file that is no paper', 'files that are no papers')}: {names}",
                err=True,
            )

    def read(self, event: Read) -> None:
        now = time.monotonic()
        if event.result.status == "failed":
            click.echo(f"{event.result.file}: {event.result.message}", err=True)
        if now - self.last >= _EVERY or event.done == event.total:
            self.last = now
            click.echo(self.progress(event), err=True)

    def progress(self, event: Read) -> str:
        """Papers, figures, problems, rate and time left."""
        rate, left = self.pace(event)
        rest = f", {_minutes(left)} left" if event.done < event.total else ""
        figures, problems = count(self.figures, "figure"), count(self.problems, "problem")
        return f"{event.done:,} of {event.total:,} papers, {figures}, {problems}, {rate:.1f} papers/s{rest}"

    def pace(self, event: Read) -> tuple[float, float]:
        """Papers a second, and seconds left: large papers go first, so that sizes tell more than numbers."""
        seconds = max(time.monotonic() - self.began, 1e-6)
        return event.done / seconds, seconds * (1 - event.share) / max(event.share, 1e-6)

    def finished(self, event: Finished) -> None:
        click.echo(summary(event))

    def gone(self, papers: int) -> None:
        click.echo(
            f"{count(papers, 'paper')} of the dataset that was here {'is' if papers == 1 else 'are'} not in it any more: "
            "name all papers of a dataset in one command, or give another --out",
            err=True,
        )

    def stop(self) -> None:
        click.echo("Stopped. What was read is kept: the same command goes on from here.", err=True)


class _Bar(_Plain):
    """One line that is drawn over itself."""

    WIDTH = 24

    def read(self, event: Read) -> None:
        if event.result.status == "failed":
            click.echo(f"\r\x1b[K{event.result.file}: {event.result.message}", err=True)
        full = self.WIDTH * event.done // event.total
        bar = "#" * full + "." * (self.WIDTH - full)
        end = "\n" if event.done == event.total else ""
        click.echo(f"\r\x1b[K[{bar}] {self.progress(event)}{end}", err=True, nl=False)

    def stop(self) -> None:
        click.echo(err=True)
        super().stop()


class _Log(_Plain):
    """One JSON object a line."""

    def started(self, event: Started) -> None:
        self.say(
            "started", papers=len(event.found.papers), to_read=event.to_read, passed_over=len(event.found.passed_over)
        )

    def read(self, event: Read) -> None:
        rate, left = self.pace(event)
        pace = {"rate": round(rate, 2), "seconds_left": round(left, 1)}
        self.say("read", done=event.done, total=event.total, **pace, **asdict(event.result))

    def finished(self, event: Finished) -> None:
        self.say("finished", **{**asdict(event), "folder": str(event.folder), "copies": event.copies})
        super().finished(event)

    def gone(self, papers: int) -> None:
        self.say("gone", papers=papers)

    def stop(self) -> None:
        self.say("stopped")

    def say(self, event: str, **values: object) -> None:
        click.echo(json.dumps({"event": event, **values}, ensure_ascii=False), err=True)


def summary(event: Finished) -> str:
    """What was found and where to look."""
    again = f" ({count(event.copies, 'duplicate')} left out)" if event.copies else ""
    failed = len(event.failed)
    papers = f"{count(event.papers, 'paper')}{again}: {event.papers - failed - event.partial} read, "
    lines = [
        f"{papers}{event.partial} in part, {failed} failed",
        f"{count(event.observations, 'figure')}, {count(event.checks, 'check')}, {count(event.problems, 'problem')}, "
        f"{event.seconds:.1f} s",
    ]
    if event.kinds:
        most = sorted(event.kinds.items(), key=lambda item: (-item[1], item[0]))
        lines.append("Problems: " + ", ".join(f"{code} {number:,}" for code, number in most[:_NAMED]))
    lines += _some("Duplicate", [f"{copy} is {file}" for copy, file in event.duplicates])
    lines += _some("Failed", [result.file for result in event.failed])
    if not event.rewritten:
        lines.append("Nothing has changed since the last run: the dataset was left as it is")
    elif failed and not any(result.message for result in event.failed):
        lines.append("What failed was not tried again: for that there is --retry-failed")
    lines.append(f"Look at {event.folder / 'observations.csv'}; {event.folder / 'problems.csv'} says what was not read")
    return "\n".join(lines)


def _some(word: str, items: list[str]) -> list[str]:
    """A line for each of the first items, and one that counts the rest."""
    more = len(items) - _NAMED
    return [f"{word}: {item}" for item in items[:_NAMED]] + (
        [f"{word}: {more} more, see problems.csv"] if more > 0 else []
    )


def _minutes(seconds: float) -> str:
    if seconds < 90:
        return f"{seconds:.0f} s"
    return f"{seconds / 60:.0f} min" if seconds < 5400 else f"{seconds / 3600:.1f} h"
