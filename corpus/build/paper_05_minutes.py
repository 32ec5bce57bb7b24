"""Paper 05: minutes as a committee system shows them on the web, and the print a reader makes of that page. The page is written by hand."""

from __future__ import annotations

from printing import folder, web_page_to_pdf


def draw() -> None:
    place = folder("05-carrowby-minutes")
    web_page_to_pdf(place / "agenda-item-send-performance.html", place / "agenda-item-send-performance.pdf", "http://democracy.carrowby.example")


if __name__ == "__main__":
    draw()
