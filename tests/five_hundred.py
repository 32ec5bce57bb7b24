"""A dataset of five hundred papers with sixty figures each, and the papers: what the report must stay light on."""

from __future__ import annotations

from hashlib import sha256
from pathlib import Path

from comparing import COUNCILS, check_on, figure, year
from reporting import pdf_bytes

from sendparse.dataset import outcome_rows, write_dataset
from sendparse.dataset.part import decode, encode
from sendparse.model import Document, Facts, Outcome, Page


def five_hundred(folder: Path) -> tuple[Path, Path]:
    """The dataset and the folder of its papers."""
    papers = folder / "papers"
    papers.mkdir()
    codes = [code for code in COUNCILS if code]
    parts = []
    for number in range(500):
        file = f"paper-{number:03}.pdf"
        lines = [
            (72.0, 60.0 + 12 * at, f"Paper {number}, line {at}: {at + number % 40}.0% of plans") for at in range(60)
        ]
        (papers / file).write_bytes(pdf_bytes(lines))
        identity = sha256((papers / file).read_bytes()).hexdigest()
        code = codes[number % 3]
        rows = tuple(
            figure(
                code, float(at + number % 40), file=file, document_id=identity, top=50.0 + 12 * at, bottom=62.0 + 12 * at,
                source="narrative" if at < 20 else "table", **year(2000 + at % 25),
            )
            for at in range(60)
        )  # fmt: skip
        council, gss = COUNCILS[code]
        parts.append(
            Outcome(
                document=Document(
                    document_id=identity, file=file, format="pdf", pages=(Page(number=1, width=595, height=842),)
                ),
                facts=Facts(council_code=gss, council=council, la_code=code),
                observations=rows,
                checks=tuple(
                    check_on(row, "mismatch" if at == 3 else "unverifiable") for at, row in enumerate(rows[:20])
                ),
            )
        )
    write_dataset((decode(encode(outcome_rows(one))) for one in parts), folder / "ds")
    return folder / "ds", papers
