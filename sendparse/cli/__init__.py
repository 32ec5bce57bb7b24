"""The `sendparse` command: arguments in, one library call, result out.

Each file here is a group of commands. What reads papers is imported when a command runs, so that help is quick.
"""

from __future__ import annotations

from typing import Any

import click

from sendparse import __version__
from sendparse.cli.batch import batch
from sendparse.cli.check import check
from sendparse.cli.compare import compare
from sendparse.cli.explain import explain
from sendparse.cli.export import export
from sendparse.cli.parse import parse, tables
from sendparse.cli.patterns import patterns
from sendparse.cli.reference import reference
from sendparse.cli.report import report
from sendparse.cli.review import review
from sendparse.cli.score import score
from sendparse.cli.show import plain
from sendparse.errors import SendparseError

_EXIT_CODES = """\
\b
Exit codes:
  0    done; papers that could not be read are rows in the dataset
  1    an error of the program itself
  2    wrong arguments, or nothing to read
  3    a paper cannot be read (batch: none of them)
  4    a pattern file is wrong, or a pattern does not do what its examples say
  5    a dataset is missing, incomplete, or the folder holds something else
  6    what you asked to be checked did not hold
  130  stopped with Ctrl-C
"""


class _Command(click.Group):
    """Errors that a user can mend are told in their own words, without a traceback."""

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except SendparseError as error:
            click.echo(plain(str(error)), err=True)
            ctx.exit(error.exit_code)
        except OSError as error:  # a folder that is missing, a disk that is full, a reader that has gone
            if isinstance(error, BrokenPipeError):
                raise
            named = f"{error.filename}: " if error.filename else ""
            click.echo(plain(f"{named}{error.strerror or error}\n  Try: another place to write to"), err=True)
            ctx.exit(2)
        except KeyboardInterrupt:
            click.echo("Stopped.", err=True)
            ctx.exit(130)


@click.group(cls=_Command, epilog=_EXIT_CODES, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="sendparse")
def main() -> None:
    """Read English councils' papers on special educational needs and disabilities (SEND) into one dataset.

    \b
    Example:
      sendparse batch papers/ --out dataset
    """


for _command in (parse, tables, batch, check, explain, patterns, reference, score, compare, export, report, review):
    main.add_command(_command)
