"""The period of a caption dates the cells of a table that lost its lines, and nothing behind the table."""

from __future__ import annotations

from sendparse.model import Facts
from sendparse.packs import Packs
from sendparse.read.txt import text_blocks
from sendparse.tag.prose import figures
from sendparse.text import sentences

TABLE = """Hartwell Council SEND data

EHC plans by setting (January 2025)

Mainstream school
1,388
45%
Special school
1,102
36%

"""


def periods(text: str, packs: Packs) -> list[str]:
    return [
        str(link.period.start) if link.period else "" for link in figures(sentences(text_blocks(text)), Facts(), packs)
    ]


def test_every_cell_is_of_the_day_in_the_caption(packs: Packs) -> None:
    assert periods(TABLE, packs) == ["2025-01-01"] * 4


def test_a_sentence_ends_the_table(packs: Packs) -> None:
    told = TABLE + "The service also ran training for school staff and parents.\n\n340"
    assert periods(told, packs)[-1] == ""


def test_a_later_caption_takes_over(packs: Packs) -> None:
    assert periods(TABLE + "Plans by need, January 2024\n\nAutism\n38%", packs)[-1] == "2024-01-01"
