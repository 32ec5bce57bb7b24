"""The words of a text: read in C as they are in Python."""

from __future__ import annotations

import random
from pathlib import Path
from types import ModuleType

import pytest
from compiling import compiled_from

from sendparse.packs import load_packs
from sendparse.tag import wording
from sendparse.tag.wording import Lexicon, _by_its_company

SOURCE = Path(wording.__file__).with_name("_words.c")
SAID = [
    "No. of plans (EHCPs) per 1,000: 40 a month, a year ago. Children's & young people’s [SEND] needs; <5%",
    "more than a year\n \n \nNext year... 3.2.1, 4,5 . A \x00 b\n",
    "no of, nos. 5, Nos.\n6 ((( x ) ]] y; z",
]
PIECES = (
    "a no No nos Nos N n of in month year ago over than 40 3 1,204 1.5. . .. , ' ’ 's plans SEND É × ɏ ȡ Ω İ [ ] ( ) ; ! ? • % £ & # + "
    "< > ≤ \n \n\n \r \t \x00 \x1c ٣ \U0001d7d9 - – day ii"
)


@pytest.fixture(scope="module")
def quick(tmp_path_factory: pytest.TempPathFactory) -> ModuleType:
    return compiled_from(SOURCE, tmp_path_factory.mktemp("words"))


def test_words_are_the_same(quick: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    lexicon, some = Lexicon(load_packs()), random.Random(11)
    pieces = [*PIECES.split(" "), " ", "  "]
    texts = [*SAID, *("".join(some.choice(pieces) for _ in range(some.randrange(14))) for _ in range(5000))]
    monkeypatch.setattr(wording, "words_of", None)
    for text in texts:
        assert quick.words(text, lexicon._folded, lexicon._fold, _by_its_company) == lexicon._words(text), text


def test_what_cannot_be_read_is_an_error(quick: ModuleType) -> None:
    for given in ((), ("text", {}, str), (b"text", {}, str, str), ("text", {}, len, str), ("a", {}, str, str)):
        with pytest.raises(TypeError):
            quick.words(*given)
