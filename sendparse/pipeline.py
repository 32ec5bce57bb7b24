"""One paper, from its file to everything that it states. Read from top to bottom: this is the whole way.

In: a paper and the packs. Out: an Outcome. Each stage is a plain function from records to records; only `parse` touches
a file. A stage that fails costs what it would have given and leaves a problem that names it, never the paper.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from pathlib import Path
from typing import TypeVar

from sendparse.errors import SendparseError
from sendparse.model import Block, Check, Document, Facts, Observation, Outcome, Problem, Table
from sendparse.packs import Packs, load_packs
from sendparse.read.seen import observations_as_seen, problems_as_seen, tables_as_seen, without_scale

T = TypeVar("T")
U = TypeVar("U")


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """What the user knows about a paper and the paper may not say."""

    council: str = ""  # name, GSS code or three-digit DfE code; overrides what the paper says
    day: date | None = None  # meeting date; overrides what the paper says
    narrative: bool = True  # False: tables and cards only
    strict: bool = False  # True: a stage that fails raises, for developers
    ocr: bool = False  # read pages that are pictures of text, which takes the extra `ocr`


def parse(
    path: str | Path, *, packs: Packs | None = None, options: Options | None = None, file: str | None = None
) -> Outcome:
    """Read one paper.

    Arguments: `path`, a PDF, HTML, DOCX or text file, told by its content; `packs`, what `load_packs` gave (the shipped
    patterns if left out); `options`, what the user knows; `file`, the name to record instead of the file's own.
    Returns an Outcome: facts, tables, observations (values in the unit each row names), checks and problems.
    Raises UnreadablePaper when the file is damaged, encrypted, empty or of no known format; InputError when there is
    no such file or an option names no council.
    """
    from sendparse.read import read_document

    options = options or Options()
    document = read_document(Path(path), file=file, ocr=options.ocr)
    return parse_document(document, packs or load_packs(), options)


def parse_many(
    paths: Iterable[str | Path], *, packs: Packs | None = None, options: Options | None = None
) -> Iterator[Outcome | SendparseError]:
    """Read papers one after another in this process; a paper that cannot be read yields its error instead.

    For thousands of papers use `sendparse.batch.run`, which gives each paper a process and a time limit.
    """
    packs = packs or load_packs()
    for path in paths:
        try:
            yield parse(path, packs=packs, options=options)
        except SendparseError as error:
            yield error


def parse_document(
    document: Document, packs: Packs, options: Options, *, before_checks: Callable[[Outcome], None] | None = None
) -> Outcome:
    """All stages for one paper that has been read.

    `before_checks` is given what there is before the last stage, so that a caller can keep it should that never end.
    """
    stage = _Stages(document, strict=options.strict)

    tables, problems = stage("tables", lambda: _tables(document), _no(Table, Problem))
    blocks = stage("text", lambda: _blocks(document, tables), list[Block]())
    facts, unknown = stage(
        "facts", lambda: _facts(document, blocks, tables, packs, options), (Facts(), list[Problem]())
    )
    cells, unread = _from_tables(stage, tables, facts, packs)
    prose, untold = stage(
        "narrative", lambda: _from_text(blocks, document, facts, packs, options), _no(Observation, Problem)
    )
    observations = stage("merge", lambda: _merge([*cells, *prose]), [*cells, *prose])
    observations, unscaled = without_scale(observations, document)
    observations = observations_as_seen(observations, document)
    troubles = [*document.problems, *problems, *unknown, *unread, *untold, *unscaled, *stage.problems]
    found = Outcome(
        document=document,
        facts=facts,
        tables=tuple(tables_as_seen(tables, document)),
        observations=tuple(observations),
        problems=tuple(problems_as_seen(troubles, document)),
    )
    if before_checks is not None:
        before_checks(found)

    stage.problems.clear()
    checks = stage("checks", lambda: _checks(observations, packs), list[Check]())
    return replace(found, checks=tuple(checks), problems=(*found.problems, *stage.problems))


class _Stages:
    """Runs the stages of one paper. One that fails gives its empty result and a problem that names it."""

    def __init__(self, document: Document, *, strict: bool) -> None:
        self.document = document
        self.strict = strict
        self.problems: list[Problem] = []

    def __call__(self, name: str, work: Callable[[], T], otherwise: T, *, page: int | None = None) -> T:
        try:
            return work()
        except SendparseError:
            raise  # the user's to mend: an unknown council, a broken pack
        except (MemoryError, RecursionError, Exception) as error:
            if self.strict:
                raise
            self.problems.append(_stage_problem(self.document, name, error, page))
            return otherwise


def _stage_problem(document: Document, name: str, error: BaseException, page: int | None) -> Problem:
    return Problem(
        document_id=document.document_id,
        code="stage_failed",
        message=f"The stage '{name}' failed ({type(error).__name__}: {str(error)[:200]}); what it would have found in "
        "this paper is missing. Try: report this with the paper; the rest of the paper was read",
        page=page,
    )


def _tables(document: Document) -> tuple[list[Table], list[Problem]]:
    from sendparse.tables import find_tables

    return find_tables(document)


def _blocks(document: Document, tables: Sequence[Table]) -> list[Block]:
    from sendparse.tables import prose_cells
    from sendparse.text import blocks

    return [*blocks(document, tables), *(block for table in tables for block in prose_cells(table))]


def _facts(
    document: Document, blocks: Sequence[Block], tables: Sequence[Table], packs: Packs, options: Options
) -> tuple[Facts, list[Problem]]:
    from sendparse.facts import document_facts

    return document_facts(document, blocks, packs.reference, tables=tables, council=options.council, day=options.day)


def _from_tables(
    stage: _Stages, tables: Sequence[Table], facts: Facts, packs: Packs
) -> tuple[list[Observation], list[Problem]]:
    """Table by table, so that one that cannot be read costs only itself."""
    from sendparse.observe.from_card import from_card
    from sendparse.observe.from_table import from_table

    observations: list[Observation] = []
    problems: list[Problem] = []
    for table in tables:
        read = from_card if table.method == "card" else from_table
        found, missed = stage(
            "table figures",
            partial(read, table, stage.document, facts, packs),
            _no(Observation, Problem),
            page=table.page,
        )
        observations += found
        problems += missed
    return observations, problems


def _from_text(
    blocks: Sequence[Block], document: Document, facts: Facts, packs: Packs, options: Options
) -> tuple[list[Observation], list[Problem]]:
    if not options.narrative:
        return [], []
    from sendparse.observe.from_text import from_text
    from sendparse.text import cut_short, sentences

    observations, problems = from_text(sentences(blocks), document, facts, packs)
    return observations, [*problems, *cut_short(blocks, document)]


def _merge(observations: Sequence[Observation]) -> list[Observation]:
    from sendparse.observe.merge import merge

    return merge(observations)


def _checks(observations: Sequence[Observation], packs: Packs) -> list[Check]:
    from sendparse.check import run

    return run(observations, packs)


def _no(first: type[T], second: type[U]) -> tuple[list[T], list[U]]:
    """The empty result of a stage that gives two lists."""
    return [], []
