"""Arguments that several commands share, and what they stand for."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from sendparse.errors import InputError

if TYPE_CHECKING:
    from sendparse.packs import Packs
    from sendparse.pipeline import Options

Function = TypeVar("Function", bound=Callable[..., Any])


def _day(ctx: click.Context, param: click.Parameter, value: str | None) -> date | None:
    """A day as 2025-03-11."""
    try:
        return date.fromisoformat(value) if value else None
    except ValueError as error:
        raise click.BadParameter(f"{value!r} is no day; write it as 2025-03-11", ctx, param) from error


def about_papers(function: Function) -> Function:
    """`--council`, `--date` and `--patterns`: what the user knows and the papers may not say."""
    for add in (
        click.option(
            "--patterns",
            "overlays",
            multiple=True,
            type=click.Path(exists=True, file_okay=False, path_type=Path),
            help="Folder with wordings of your own, on top of the shipped ones. May be given more than once.",
        ),
        click.option(
            "--date", "day", callback=_day, help="Day of the meeting, as 2025-03-11, whatever the paper says."
        ),
        click.option("--council", default="", help="Who published the paper: name, GSS code or three-digit DfE code."),
    ):
        function = add(function)
    return function


def with_ocr(function: Function) -> Function:
    """`--ocr`."""
    text = "Read pages of PDFs that are pictures of text. Takes the extra `ocr`, and some seconds a page."
    return click.option("--ocr", is_flag=True, help=text)(function)


def with_limits(function: Function) -> Function:
    """`--timeout` and `--memory`."""
    for add in (
        click.option("--memory", default=2000, show_default=True, help="Megabytes for each paper; 0 for no limit."),
        click.option(
            "--timeout",
            type=click.FloatRange(min=0),
            default=300.0,
            show_default=True,
            help="Seconds for each paper; 0 for no limit.",
        ),
    ):
        function = add(function)
    return function


def options_of(council: str, day: date | None, *, ocr: bool = False) -> Options:
    """The pipeline's options. Raises InputError where OCR is asked for and its engine is not installed."""
    from sendparse.pipeline import Options

    if ocr:
        from sendparse.read.ocr_engine import require

        require()
    return Options(council=council, day=day, ocr=ocr)


def packs_of(overlays: tuple[Path, ...]) -> Packs:
    """The shipped patterns with the user's own on top."""
    from sendparse.packs import load_packs

    return load_packs(None, overlays)


def require_folder(out: Path) -> None:
    """Raises InputError where the folder that a file is to be written to does not exist."""
    if not out.resolve().parent.is_dir():
        raise InputError(str(out), "there is no such folder", f"make it first: mkdir -p {out.parent}")
