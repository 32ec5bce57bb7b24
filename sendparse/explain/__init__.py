"""How a paper was read, for a person to check: a page as a picture, a text with its figures marked, a figure's reasons."""

from __future__ import annotations

from sendparse.explain.page import draw_page
from sendparse.explain.text import mark_text
from sendparse.explain.why import why

__all__ = ["draw_page", "mark_text", "why"]
