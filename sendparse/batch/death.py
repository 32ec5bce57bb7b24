"""What to say of a process that died, from its exit code."""

from __future__ import annotations

import signal

_OUT_OF_MEMORY = {"SIGABRT", "SIGILL", "SIGTRAP"}  # how C libraries end when they are refused memory


def death(code: int) -> str:
    """An exit code in words."""
    if code == -signal.SIGKILL:
        return "the process that read the paper was killed, most likely because memory ran out"
    name = signal.Signals(-code).name if code < 0 and -code in set(signal.Signals) else f"exit code {code}"
    why = ", as a library does that is refused memory or finds a fault in itself" if name in _OUT_OF_MEMORY else ""
    return f"the process that read the paper died ({name}{why})"


def too_long(seconds: float) -> dict[str, str]:
    """Why a paper is given up that reached its time limit: the arguments of `give_up`."""
    hint = "give papers more time with --timeout, or leave the paper out"
    return {"code": "timed_out", "cause": f"the paper took longer than {seconds:g} s", "hint": hint}
