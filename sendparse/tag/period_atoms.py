"""The pieces that date a figure: days, months, years, slash years, quarters, terms, and words such as "last year".

In: running text or one heading. Out: atoms in text order, none overlapping another, each with its place. What they mean
together ("between January and June 2024") is the work of period.py. An atom may be no period at all ("Education Act
1996"): it is kept, so that its digits are not taken for a figure.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import groupby
from typing import Any, Literal

from sendparse.begins import DIGITS_IN_FRONT, LETTERS_AT_EDGES, Sought
from sendparse.records import quick
from sendparse.tag.dates import YearKind
from sendparse.tag.period_slips import is_dated, misspelt_months, short_years
from sendparse.tag.wordings import HYPHEN, NUMBER_WORDS, any_of, beginnings, number, rules

_SECOND_YEAR = re.compile(r"/(\d\d)(?![\d/])")
AtomKind = Literal["day", "month", "year", "slash", "quarter", "half", "term", "fiscal_month", "relative", "name"]


@quick
@dataclass(slots=True)
class Atom:
    """One piece. Which fields are set depends on `kind`; zero or empty means not stated."""

    kind: AtomKind
    start: int
    end: int
    day: int = 0
    month: int = 0
    year: int = 0
    last_year: int = 0  # of a slash year that names several years: "2024-2027"
    number: int = 0  # of a quarter, a half, or the count in "last 12 months"
    last_number: int = 0  # of a run of quarters: "Q1-Q3"
    name: str = ""  # of a term, or the group of a relative wording
    year_kind: YearKind = ""


@cache
def grammar() -> Grammar:
    """The grammar of the shipped patterns."""
    return Grammar()


class Grammar:
    """The regular expressions that find atoms, built from patterns/periods.yaml."""

    def __init__(self) -> None:
        self.rules: Any = rules("periods")
        self.month_of = {w.lower(): int(n) for n, forms in self.rules["months"].items() for w in forms}
        self.long_months = {w.lower(): int(n) for n, (w, *_) in self.rules["months"].items() if len(w) > 5}
        self.quarter_of = {w.lower(): int(n) for n, forms in self.rules["quarters"].items() for w in forms}
        self.term_of = {w.lower(): name for name, forms in self.rules["terms"].items() for w in forms}
        self._remembered = lru_cache(maxsize=1024)(self._read)  # values and periods ask for the same sentence
        self.month = self._month()
        self.hint = self._hint()
        self.pieces = self._pieces()
        self.relatives = self._relatives()
        names, years = any_of(self.rules["names_before_a_year"]), any_of(self.rules["names_before_years"])
        self.not_a_date = re.compile(rf"\b(?:{names})s?[,\s(]*$")
        """Right before a year: the year belongs to a name."""
        self.named_plan = re.compile(rf"\b(?:{years})[,:\s(]*$")
        """Right before two years: they belong to the name of a plan."""
        nouns = any_of(self.rules["counted_after_a_year"])
        self.counted = re.compile(rf"\s+(?:(?:new|active|open|final|live)\s+)?(?:{nouns})\b")
        """Right behind four digits: they count something, if the words before say so too."""
        counting = any_of(self.rules["counting_before_a_year"], caseless=True)
        self.counting = re.compile(rf"(?i)\b(?:{counting})\s+$")
        """Right before four digits that count something."""

    def _month(self) -> str:
        """The names of months as they stand in a text: with a capital, or all in capitals."""
        names = sorted(self.month_of, key=len, reverse=True)
        return "|".join(name.capitalize() for name in names) + "|" + "|".join(name.upper() for name in names)

    def _hint(self) -> re.Pattern[str]:
        """Text without a digit and without any of this holds no atom: most sentences are done here."""
        words = any_of({*self.term_of, "quarter", "half"}, caseless=True)
        some = rf"(?:{self.month})\b|(?i:{words}|{self._relative()})(?!\w)"
        return re.compile(rf"\b(?=[A-Za-z])(?={self._first_letters()})(?:{some})")

    def _first_letters(self) -> str:
        """What an atom begins with where it begins with a letter: with a month, or with one of these words."""
        words = {re.split(r"[\s'-]", word)[0] for word in self._first_words() | self._named_by() if word[0].isalpha()}
        return rf"{self._months()}|(?i:{any_of(words, caseless=True)})s?(?![A-Za-z])|[qQhHmMpP]\s?\d"

    def _pieces(self) -> Sought:
        """All atoms as one expression; the name of the group that matched tells which."""
        m, h = self.month, HYPHEN
        year, ordinal = r"(?:19|20)\d\d", r"(?:st|nd|rd|th)"
        quarter, term = any_of(self.quarter_of, caseless=True), any_of(self.term_of, caseless=True)
        parts = [
            rf"(?P<iso>(?<![\d-]){year}-[01]\d-[0-3]\d(?!\d))",
            rf"(?P<numeric>(?<![\d/.£])\d{{1,2}}(?P<sep>[/.-])\d{{1,2}}(?P=sep)(?:{year}|\d\d)(?![\d%]|[/.]\d))",
            rf"(?P<dmy>(?<![\w.,£])(?:\d{{1,2}}{ordinal}?\s?(?:to|and|&|{h})\s?)?\d{{1,2}}{ordinal}?[\s-]+(?:of\s+)?(?:{m})\b\.?(?:,?[\s-]+{year}\b(?!\s?%)|[-\s]?['’]\d\d\b|-\d\d\b))",
            rf"(?P<mdy>\b(?:{m})\s+\d{{1,2}}{ordinal}?,?\s+{year}\b)",
            rf"(?P<dm>(?<![\w.,£])(?:\d{{1,2}}{ordinal}?\s?(?:to|and|&|{h})\s?)?\d{{1,2}}{ordinal}?\s+(?:of\s+)?(?:{m})\b|\b(?:{m})\s+\d{{1,2}}{ordinal}\b)",
            rf"(?P<my>\b(?:{m})\.?(?:,?\s*(?:of\s+)?(?:{h}\s?)?{year}\b(?!{h}\d\d\b)|\s?(?:{h}|['’])\s?['’]?\d\d\b(?![/.,]\d|\s?%)|\d\d\b(?!\s?%)))",
            rf"(?P<my2>\b(?:{m})\s\d\d\b(?![/.,:]\d|\s?%|\s+[a-z]{{3,}}))",
            rf"(?P<ym>(?<![\d/-])20\d\d-(?:0[1-9]|1[0-2])(?![\d/-])|(?<!\d)\d\d-(?:{m})\b)",
            rf"(?P<slash>(?:(?<![\d/.,£-])|(?<=/\d\d-)){year}\s?(?:/|{h})\s?(?:{year}|\d\d|\d)(?![\d%]|/\d|-(?!{year}\s?/)\d|\.\d|,\d|\s?%)"
            rf"|(?<![\d/.,£-])\d\d/\d\d(?![\d%/]|\.\d)|(?<![\d/.,£-])\d\d{h}\d\d(?![\d%/-]|\.\d|,\d|\s?%))",
            r"(?P<short>(?<=[\s(]['’])[0-3]\d(?=\s*(?:$|[^\w\s%'’.,]|[.,](?!\d)|(?:and|to|vs|v)\b)))",
            rf"(?P<quarters>\b[Qq]\s?[1-4]\s?{h}\s?[Qq]?[1-4]\b(?!\d)|(?i:\bquarters\s+[1-4]\s?(?:{h}|to|and|&)\s?[1-4]\b))",
            r"(?P<last_quarter>\b(?i:(?:the\s+)?(?:last|final|closing)\s+quarter\s+of\s+(?=(?:the\s+)?(?:(?:financial|calendar|academic)\s+year\s+)?20\d\d)))",
            rf"(?P<quarter>\b[Qq]\s?[1-4]\b{_NO_QUESTION}|(?i:\bquarter\s+(?:{quarter})\b(?:\s*\(Q[1-4]\))?|\b(?:{quarter})\s+quarter\b(?!\s+of\s+(?!19|20|the)[a-z]|\s+(?:running|in\s+a\s+row|in\s+succession)\b)))",
            r"(?P<half>\bH[12]\b|(?i:\b(?:first|second)\s+half\s+of\b))",
            rf"(?P<term>(?i:\b(?:{term})(?:\s+(?:and|&|/)\s+(?:{term}))?(?:\s+terms?\b(?!ly)|(?=[\s,]+(?:of\s+)?(?:19|20)\d\d\b))))",
            rf"(?P<numbered_term>\b[Tt]erms?\s[1-6]\b(?:\s?(?:{h}|to|and|&)\s?[1-6]\b)?(?:,?\s+(?:of\s+|in\s+)?(?:the\s+)?{year}(?:[/-]\d\d)?)?)",
            r"(?P<fiscal_month>(?i:\b(?:month|period)\s\d{1,2}\b(?![./-]\d|\s?%|\s*(?:period|old|wait)|(?:st|nd|rd|th)?\s+(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)))|\b[MP]\d{1,2}\b(?=[\s,]+20\d\d))",
            rf"(?P<relative>(?<![\w-])(?i:{self._relative()})(?![\w]){_A_QUARTER_GOES_ON})",
            rf"(?P<monthname>\b(?:{m})\b)",
            rf"(?P<year>(?:(?<![\w.,/£#-])|(?<=[Mm]id-)){year}(?![\w%]|[.,]\d|/\d|-\d{{3}}|\s?%)|(?<=\bFY){year}|(?<=\bAY){year}|(?<=\d/){year}\b(?!\d))",
        ]
        tried = [f"(?={first})(?:{'|'.join(same)})" for first, same in groupby(parts, self._first)]
        # A piece begins at a digit or at the edge of a word: within words nothing needs to be tried.
        places = rf"(?:(?=\d)(?<!\d)|\b(?=[A-Za-z])(?={self._first_letters()}))"
        return Sought(rf"{places}(?:{'|'.join(tried)})", edges=LETTERS_AT_EDGES | DIGITS_IN_FRONT)

    def _first(self, piece: str) -> str:
        """What a piece begins with, so that most of them are not tried at most places."""
        name = piece.removeprefix("(?P<").partition(">")[0]
        if name == "relative":
            return rf"\d|{beginnings(self._first_words())}"
        if name in _NAMED:
            return rf"\d|{beginnings(self._named_by())}"
        return _FIRST.get(name) or (r"\d|" if name == "dm" else "") + self._months()

    def _months(self) -> str:
        """The first two letters of any month, as quickly told as can be."""
        names = self.month.split("|")
        first, second = ("".join(sorted({name[place] for name in names})) for place in (0, 1))
        return f"[{first}][{second}]"

    def _named_by(self) -> set[str]:
        """The first words of quarters, halves, terms and the like."""
        return {*_NAMED_BY, *self.quarter_of, *self.term_of}

    def _first_words(self) -> set[str]:
        """The first words of all relative wordings."""
        words = {_bare(w).split()[0] for group in self.rules["relative"].values() for w in group} | {"the"}
        slots = {slot for slot in _LISTS if any(word.startswith(f"{{{slot}}}") for word in words)}
        words |= {_bare(w).split()[0] for slot in slots for w in self.rules[slot]}
        return words | (set(NUMBER_WORDS) if any(word.startswith("{n}") for word in words) else set())

    def _relative(self) -> str:
        every = [_bare(w) for group in self.rules["relative"].values() for w in group]
        return rf"(?<!\d[.,])(?:the\s+)?(?:{self._filled(every)})"

    def _filled(self, wordings: Iterable[str]) -> str:
        """Any of the wordings, with the lists of words that they name between braces."""
        out = any_of(wordings, caseless=True)
        for slot in _LISTS:
            out = out.replace(rf"\{{{slot}\}}", f"(?:{any_of(map(_bare, self.rules[slot]), caseless=True)})")
        return out

    def _relatives(self) -> list[tuple[str, re.Pattern[str]]]:
        """Each group of relative wordings, with its count as a group where it has one."""
        groups = ((name, self._filled(map(_bare, wordings))) for name, wordings in self.rules["relative"].items())
        return [(name, re.compile(rf"(?i:(?:the\s+)?(?:{wordings}))")) for name, wordings in groups]

    def atoms(self, text: str) -> list[Atom]:
        """All atoms of `text`, in order; each call gives fresh ones, since period.py completes them."""
        return [
            Atom(
                a.kind,
                a.start,
                a.end,
                a.day,
                a.month,
                a.year,
                a.last_year,
                a.number,
                a.last_number,
                a.name,
                a.year_kind,
            )
            for a in self._remembered(text)
        ]

    def places(self, text: str) -> list[tuple[int, int]]:
        """Where the atoms of `text` stand, in order."""
        return [(atom.start, atom.end) for atom in self._remembered(text)]

    def _read(self, text: str) -> list[Atom]:
        if not self.pieces.begins() and _A_DIGIT.search(text) is None and self.hint.search(text) is None:
            return []
        found = [atom for match in self.pieces.finditer(text) if (atom := self._atom(match, text)) is not None]
        short_years(found, text)
        if "20" in text:
            for atom, start, month in misspelt_months(found, text, self.month_of, self.long_months):
                atom.kind, atom.start, atom.month = "month", start, month
        return found

    def _atom(self, match: re.Match[str], text: str) -> Atom | None:
        kind = match.lastgroup or ""
        if kind == "sep":
            kind = "numeric"
        return getattr(self, f"_read_{kind}")(match, text)  # type: ignore[no-any-return]

    def _read_iso(self, match: re.Match[str], text: str) -> Atom | None:
        year, month, day = (int(part) for part in match[0].split("-"))
        return _day(match, day, month, year)

    def _read_numeric(self, match: re.Match[str], text: str) -> Atom | None:
        first, second, year = (int(part) for part in re.split(r"[/.-]", match[0]))
        if match["sep"] == "." and year < 100 and not (_padded(match[0]) or _in_a_run_of_days(match, text)):
            day = _DAY_FOLLOWS.search(text, max(0, match.start() - 16), match.start())
            if not (day and first > 12):
                return None  # a paragraph number: 3.1.12
        return _day(match, first, second, _century(year))

    def _read_dmy(self, match: re.Match[str], text: str) -> Atom | None:
        digits = [int(d) for d in re.findall(r"\d+", match[0])]
        atom = _day(match, digits[-2], self._month_in(match[0]), _century(digits[-1]))
        if atom is not None and len(digits) == 3 and digits[0] < digits[1]:
            atom.number = digits[0]  # "11 to 15 March 2024"
        return atom

    def _read_mdy(self, match: re.Match[str], text: str) -> Atom | None:
        digits = [int(d) for d in re.findall(r"\d+", match[0])]
        return _day(match, digits[0], self._month_in(match[0]), digits[1])

    def _read_dm(self, match: re.Match[str], text: str) -> Atom | None:
        return _day(match, int(re.findall(r"\d+", match[0])[-1]), self._month_in(match[0]), 0)

    def _read_my(self, match: re.Match[str], text: str) -> Atom | None:
        year, month = _century(int(re.findall(r"\d+", match[0])[-1])), self._month_in(match[0])
        slash, end = _SECOND_YEAR.match(text, match.end()), match.end()
        if slash is not None and int(slash[1]) == (year + 1) % 100:  # Feb 2024/25 is in 2025
            year, end = year + (month < 4), slash.end()
        return Atom("month", match.start(), end, month=month, year=year)

    def _read_my2(self, match: re.Match[str], text: str) -> Atom | None:
        return self._read_my(match, text)

    def _read_ym(self, match: re.Match[str], text: str) -> Atom | None:
        if match[0][2] == "-":
            return Atom("month", *match.span(), month=self._month_in(match[0]), year=_century(int(match[0][:2])))
        first, second = int(match[0][:4]), int(match[0][5:])
        if second == (first + 1) % 100:  # 2011-12 is a year like 2023-24, not December
            return Atom("slash", *match.span(), year=first)
        return Atom("month", *match.span(), month=second, year=first)

    def _read_slash(self, match: re.Match[str], text: str) -> Atom | None:
        first, second = (int(part) for part in re.findall(r"\d+", match[0]))
        parts = re.findall(r"\d+", match[0])
        modulus = 10 ** len(parts[1])
        start = _century(first)
        if (start + 1) % modulus == second % modulus and not (len(parts[0]) == 2 and self._plain_numbers(match, text)):
            return Atom("slash", *match.span(), year=start)
        if len(parts[0]) == 4 and len(parts[1]) == 4 and start < second:
            kind: AtomKind = "name" if self.named_plan.search(text, 0, match.start()) else "slash"
            return Atom(kind, *match.span(), year=start, last_year=second)
        return None

    def _plain_numbers(self, match: re.Match[str], text: str) -> bool:
        """As in "24-25 weeks" or "19/20 plans" are figures; two digits on each side need more to be a year."""
        low = int(match[0][:2])
        after = text[match.end() : match.end() + 24]
        if not 9 <= low <= 39 or re.match(
            r"\s+(?:weeks?|days?|months?|years?\s+old|year[- ]olds?|%|per\s+cent)", after
        ):
            return True
        if "/" in match[0]:
            return bool(re.match(r"\s+(?:plans|EHCPs|children|pupils|cases|requests|weeks)\b", after)) and low < 15
        before = text[max(0, match.start() - 24) : match.start()]
        return not re.search(
            r"(?i)(?:\b(?:in|for|during|since|from|FY|AY|year|years|of|to|and|analysis|outturn|budget)\s+(?:the\s+)?|\(|^\s*|[|:;\t\n])$",
            before,
        ) and not re.match(r"(?i)\s+(?:academic|financial|school|outturn|budget|FY|AY)", after)

    def _read_short(self, match: re.Match[str], text: str) -> Atom | None:
        return Atom("year", *match.span(), year=_century(int(match[0])))  # "82% '21 ▶ 31% '23"

    def _read_quarter(self, match: re.Match[str], text: str) -> Atom | None:
        word = re.sub(r"(?i)quarter|\(.*\)|^q|\s", "", match[0]).lower()
        if not word and match[0]:
            return None
        if re.match(r"[a-z]{3,}", word) and re.match(r"\s+(?:point|of\s+(?:all|the)\s+\w+s\b)", text[match.end() :]):
            return None
        if (
            re.match(r"[?.:)]\s*\S|\d", text[match.end() :])
            and match[0][0] in "Qq"
            and len(match[0]) <= 3
            and self._asks(match, text)
        ):
            return None  # "Q1. How many ..."
        return Atom("quarter", *match.span(), number=self.quarter_of[word])

    def _read_last_quarter(self, match: re.Match[str], text: str) -> Atom | None:
        return Atom("quarter", *match.span(), number=4)

    def _read_quarters(self, match: re.Match[str], text: str) -> Atom | None:
        first, last = (int(digit) for digit in re.findall(r"\d", match[0]))
        return Atom("quarter", *match.span(), number=first, last_number=last) if first < last else None

    def _read_numbered_term(self, match: re.Match[str], text: str) -> Atom | None:
        """Of a year of six terms: when each begins differs from council to council."""
        return Atom("relative", *match.span(), name="open")

    def _asks(self, match: re.Match[str], text: str) -> bool:
        """Whether it numbers a question: words follow, not a figure ("Q1: 51%")."""
        return not text[: match.start()].strip() and re.match(r"[?.:)]*\s*[£~\d]", text[match.end() :]) is None

    def _read_half(self, match: re.Match[str], text: str) -> Atom | None:
        return Atom("half", *match.span(), number=2 if re.search(r"(?i)second|2", match[0]) else 1)

    def _read_term(self, match: re.Match[str], text: str) -> Atom | None:
        names = [name for word in re.findall(r"[a-z]+", match[0].lower()) if (name := self.term_of.get(word))]
        return Atom("term", *match.span(), name=" ".join(names))

    def _read_fiscal_month(self, match: re.Match[str], text: str) -> Atom | None:
        return Atom("fiscal_month", *match.span(), number=int(re.findall(r"\d+", match[0])[0]))

    def _read_relative(self, match: re.Match[str], text: str) -> Atom | None:
        for name, wording in self.relatives:
            if wording.fullmatch(match[0]):
                counted = re.search(r"\d+", match[0])
                words = [n for w in re.findall(r"[a-z]+", match[0].lower()) if (n := number(w)) is not None]
                count = int(counted[0]) if counted else words[0] if words else 12 if name == "window" else 0
                return Atom("relative", *match.span(), name=name, number=count)
        return None

    def _read_monthname(self, match: re.Match[str], text: str) -> Atom | None:
        if match[0].lower() in _ALSO_WORDS:
            before, after = text[max(0, match.start() - 16) : match.start()], text[match.end() : match.end() + 14]
            beside = re.search(rf"(?:{self.month})\W*$", before) or re.match(rf"\W*(?:{self.month})\b", after)
            if not beside and not is_dated(before, after):
                return None  # the verb, or a person
        return Atom("month", *match.span(), month=self.month_of[match[0].lower()])

    def _read_year(self, match: re.Match[str], text: str) -> Atom | None:
        year = int(match[0])
        before, after = text[max(0, match.start() - 40) : match.start()], text[match.end() : match.end() + 30]
        if not 1990 <= year <= 2045 or self.not_a_date.search(before):
            known = 1900 <= year <= 2045 and self.not_a_date.search(before)
            return Atom("name", *match.span(), year=year) if known else None
        if self.counted.match(after) and self.counting.search(before):
            return None  # "there were 2021 plans"
        return Atom("year", *match.span(), year=year)

    def _month_in(self, text: str) -> int:
        for word in re.findall(r"[A-Za-z]+", text):
            if word.lower() in self.month_of:
                return self.month_of[word.lower()]
        return 0


# "In the quarter to 30 September", "in quarter 3": the words go on.
_NO_QUESTION = r"(?![.:)]?\s+(?:How|What|Which|When|Who|Why|Please|Of\s+the|Can|Could|Do|Does|Did|Is|Are|Has|Have)\b)"  # "Q2. How many"
_A_QUARTER_GOES_ON = r"(?!(?<=[Qq]uarter)\s+(?:to|ending|ended|up\s+to|from|of|[1-4]|one|two|three|four)\b)"
_FIRST = dict.fromkeys(("iso", "numeric", "dmy", "ym", "slash", "short", "year"), r"\d")  # others begin with a month
_NAMED = frozenset({"quarters", "last_quarter", "quarter", "half", "term", "numbered_term", "fiscal_month"})
_NAMED_BY = "q h m p month period quarter the last final closing first second term".split()  # noqa: SIM905
_LISTS = ("alike", "stretch", "moment", "back", "back_of")
_A_DIGIT = re.compile(r"\d")
_DAY_FOLLOWS = re.compile(r"(?i)\b(?:at|on|by|to|of|from|since|until|till|ending|ended|and)\s+$")
_ALSO_WORDS = {"may", "march", "mar", "jan"}  # a verb, a person


def _copy(a: Atom) -> Atom:
    return Atom(
        a.kind, a.start, a.end, a.day, a.month, a.year, a.last_year, a.number, a.last_number, a.name, a.year_kind
    )


def _bare(wording: str) -> str:
    return wording.removeprefix("the ")


def _day(match: re.Match[str], day: int, month: int, year: int) -> Atom | None:
    if not (1 <= day <= 31 and 1 <= month <= 12):
        return None
    return Atom("day", *match.span(), day=day, month=month, year=year)


def _in_a_run_of_days(match: re.Match[str], text: str) -> bool:
    """As in "1.9.23–31.8.24": two of them with a "to" between are no numbers of paragraphs."""
    day = r"\d{1,2}\.\d{1,2}\.\d\d\b"
    return bool(
        re.match(rf"\s?(?:{HYPHEN}|to)\s?{day}", text[match.end() :])
        or re.search(rf"(?<![\d.]){day}\s?(?:{HYPHEN}|to)\s?$", text[: match.start()])
    )


def _padded(text: str) -> bool:
    return all(len(part) == 2 for part in text.split("."))


def _century(year: int) -> int:
    return year if year > 99 else 2000 + year if year < 80 else 1900 + year
