"""The order in which a person reads the claims of a paper."""

from __future__ import annotations

from sendparse.model import Observation


def as_read(claims: list[Observation]) -> list[Observation]:
    """Claims in reading order. A figure that runs on over a line's end has the left edge of the next line: it comes last."""
    heights = sorted(c.bottom - c.top for c in claims if c.top is not None and c.bottom is not None)
    if not heights:
        return claims
    tall = 1.7 * heights[len(heights) // 2]
    out = list(claims)
    for claim in claims:
        if claim.top is None or claim.bottom is None or claim.bottom - claim.top < tall:
            continue
        line = [
            n for n, c in enumerate(out) if c.page == claim.page and c.top is not None and abs(c.top - claim.top) < 1
        ]
        del out[next(n for n, c in enumerate(out) if c is claim)]
        out.insert(line[-1], claim)
    return out
