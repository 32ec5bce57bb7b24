"""Every error raised on purpose: where it happened, what is wrong, what to try.

One exit code belongs to each class, so that a script can tell a wrong argument from an unreadable paper.
"""

from __future__ import annotations


class SendparseError(Exception):
    """Something the user can act on.

    `where` is a file, with page or line when known; `problem` says what is wrong; `hint` says what to try.
    `code` is the stable name the same trouble has in the `problems` file.
    """

    exit_code = 1

    def __init__(self, where: str, problem: str, hint: str = "", *, code: str = "failed") -> None:
        self.where = where
        self.problem = problem
        self.hint = hint
        self.code = code
        super().__init__(str(self))

    def __str__(self) -> str:
        first = f"{self.where}: {self.problem}" if self.where else self.problem
        return f"{first}\n  Try: {self.hint}" if self.hint else first

    def __reduce__(self) -> tuple[object, ...]:
        return (_rebuild, (type(self), self.where, self.problem, self.hint, self.code))


def _rebuild(kind: type[SendparseError], where: str, problem: str, hint: str, code: str) -> SendparseError:
    """Errors cross process borders whole."""
    return kind(where, problem, hint, code=code)


class InputError(SendparseError):
    """The arguments name nothing that can be read: no such file, an empty folder, a bad date."""

    exit_code = 2


class UnreadablePaper(SendparseError):
    """One paper cannot be read: damaged, encrypted, empty, or no format that we know."""

    exit_code = 3


class PackError(SendparseError):
    """A pattern file says something that is not understood; `where` names file and line."""

    exit_code = 4


class DatasetError(SendparseError):
    """A dataset folder is missing, incomplete or of another version."""

    exit_code = 5


class CheckFailed(SendparseError):
    """The checks that the user asked to fail on did fail."""

    exit_code = 6
