"""Running text: what stands outside the tables, as blocks and sentences in reading order.

In: a document and its tables. Out: blocks (headings, paragraphs, list items, rows of flattened tables), and sentences, each
with what a reader knows on reaching it: the headings it stands under, the line that leads its list, the question it answers.
Text, HTML and DOCX papers bring their blocks along; those of a PDF are put together from its words.
"""

from __future__ import annotations

from collections.abc import Sequence

from sendparse.model import Block, Document, Table
from sendparse.text.bounds import cut_short
from sendparse.text.sentences import sentences

__all__ = ["blocks", "cut_short", "sentences"]


def blocks(document: Document, tables: Sequence[Table]) -> tuple[Block, ...]:
    """The paper's blocks in reading order. For a PDF, words inside the boxes of `tables` and page furniture are left out."""
    if document.format != "pdf":
        return document.blocks
    from sendparse.text.pages import page_blocks

    return page_blocks(document.pages, tables)
