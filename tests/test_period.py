"""Periods in running text and in table headings. Each case says why it is here."""

from __future__ import annotations

from datetime import date

import pytest

from sendparse.model import Period
from sendparse.tag.period import Anchor, as_academic, is_bare_slash_year, read_period, read_periods
from sendparse.tag.period_atoms import grammar
from sendparse.tag.wordings import rules

STATED = [
    # text                                                      periods, as start/end; "" is stated but not resolvable
    ("Between January and June 2024, 27% were on time", ["2024-01-01/2024-06-30"], "one range, the year said once"),
    ("from September 2023 to July 2024", ["2023-09-01/2024-07-31"], "two years"),
    ("November to February 2024", ["2023-11-01/2024-02-29"], "the first month lies in the year before; a leap year"),
    ("Jan-Mar 24", ["2024-01-01/2024-03-31"], "short forms"),
    ("in Janurary 2024", ["2024-01-01/2024-01-31"], "a misspelt month of the list"),
    ("in Octoberr 2023", ["2023-10-01/2023-10-31"], "one slip of the pen that no list has"),
    ("during September and October 2024", ["2024-09-01/2024-10-31"], "two months side by side are one stretch"),
    ("in March and September 2024", ["2024-03-01/2024-03-31", "2024-09-01/2024-09-30"], "two months that do not touch"),
    ("12 and 9 in May and June 2024 respectively", ["2024-05-01/2024-05-31", "2024-06-01/2024-06-30"], "respectively"),
    ("owed £4m on 30.6.24, and £5m by 31.3.25", ["2024-06-30/2024-06-30", "2025-03-31/2025-03-31"], "days with stops"),
    ("see 3.1.12 and 4.2.13", [], "numbers of paragraphs"),
    ("74% '22 > 69% '23, 81% ('24)", ["2022-01-01/2022-12-31", "2023-01-01/2023-12-31", "2024-01-01/2024-12-31"], "years cut short"),
    ("they said '24 parents came'", [], "a quote that begins with a number"),
    ("FOI 2024-01187", [], "a year in a reference number"),
    ("the March 2024 report", ["2024-03-01/2024-03-31"], "a month"),
    ("It may rise. We march on.", [], "the verbs may and march"),
    ("in May", [""], "a bare month is stated, but has no year"),
    ("15 in March 2025 compared to 28 in October and 19 in November 2024",
     ["2025-03-01/2025-03-31", "2024-10-01/2024-10-31", "2024-11-01/2024-11-30"], "October takes November's year"),
    ("January stands at 37, set against 26 in January 2024",
     ["2025-01-01/2025-01-31", "2024-01-01/2024-01-31"], "compared with last year, so this January is the next"),
    ("November 2024 and the December data", ["2024-11-01/2024-11-30", "2024-12-01/2024-12-31"], "the month after"),
    ("2025/26", ["2025-04-01/2026-03-31"], "a bare slash year is financial"),
    ("2026/7", ["2026-04-01/2027-03-31"], "one digit"),
    ("2023/2024", ["2023-04-01/2024-03-31"], "four digits twice"),
    ("in 22/23", ["2022-04-01/2023-03-31"], "two digits twice"),
    ("outturn (18/19)", ["2018-04-01/2019-03-31"], "in brackets"),
    ("2023-24", ["2023-04-01/2024-03-31"], "with a hyphen"),
    ("2023–24", ["2023-04-01/2024-03-31"], "with a dash"),
    ("FY23/24", ["2023-04-01/2024-03-31"], "a prefix"),
    ("academic year 2021/22", ["2021-09-01/2022-08-31"], "the word before"),
    ("2021/22 (academic year)", ["2021-09-01/2022-08-31"], "the word behind, in brackets"),
    ("academic years 2021/22 and 2022/23", ["2021-09-01/2022-08-31", "2022-09-01/2023-08-31"], "said once for both"),
    ("AY 23/24", ["2023-09-01/2024-08-31"], "a letter for it"),
    ("between 2021/22 and 2023/24", ["2021-04-01/2024-03-31"], "a range of years"),
    ("24-25 weeks", [], "weeks, no year"),
    ("19/20 plans", ["2019-04-01/2020-03-31"], "could be a fraction; a year is likelier"),
    ("in 2023 and 2024", ["2023-01-01/2023-12-31", "2024-01-01/2024-12-31"], "two years, no range"),
    ("2019 to 2023", ["2019-01-01/2023-12-31"], "a range of calendar years"),
    ("the Education Act 1996", [], "a year that belongs to a name"),
    ("SEND Regulations 2014", [], "another"),
    ("the SEND Strategy 2024-2027", [], "a plan's name"),
    ("there were 2021 plans", [], "a count that looks like a year"),
    ("2320 EHC plans out of 3007", [], "counts beyond the years"),
    ("As at 1 December 2020", ["2020-12-01/2020-12-01"], "a day"),
    ("as of 06.12.2024", ["2024-12-06/2024-12-06"], "a day with dots"),
    ("on 5/6/24", ["2024-06-05/2024-06-05"], "day before month"),
    ("2024-06-05", ["2024-06-05/2024-06-05"], "ISO"),
    ("31st of March 2025", ["2025-03-31/2025-03-31"], "an ordinal"),
    ("March 31st 2025", ["2025-03-31/2025-03-31"], "month first"),
    ("11 to 15 March 2024", ["2024-03-11/2024-03-15"], "days of one month"),
    ("01/09/2021-31/08/2022", ["2021-09-01/2022-08-31"], "the window of a request for information"),
    ("01/04/2023 to 31/03/2024", ["2023-04-01/2024-03-31"], "the same in words"),
    ("September 01 2014 – August 30 2015", ["2014-09-01/2015-08-30"], "as printed, though August has 31 days"),
    ("1 January to 31 March 2024", ["2024-01-01/2024-03-31"], "the year behind the second day"),
    ("paragraph 3.1.12", [], "no date"),
    ("end of 2022", ["2022-12-31/2022-12-31"], "a point"),
    ("at the end of June 2023", ["2023-06-30/2023-06-30"], "the end of a month"),
    ("by the end of 2026/27", ["2027-03-31/2027-03-31"], "the end of a financial year"),
    ("the area ended 2025 with", ["2025-12-31/2025-12-31"], "in a verb"),
    ("by September 2026", ["2026-09-01/2026-09-30"], "by: the month itself"),
    ("since 2018", ["2018-01-01/"], "since: no last day"),
    ("since September 2023", ["2023-09-01/"], "since a month"),
    ("2025 to date", ["2025-01-01/"], "year to date"),
    ("so far in 2023/24", ["2023-04-01/"], "so far"),
    ("in the 12 months to March 2024", ["2023-04-01/2024-03-31"], "counted back from its end"),
    ("three months to December 2024", ["2024-10-01/2024-12-31"], "in words"),
    ("year ending 31 March 2024", ["2023-04-01/2024-03-31"], "from a day"),
    ("quarter to the end of December 2023", ["2023-10-01/2023-12-31"], "a quarter by its end"),
    ("Q3 2024/25", ["2024-10-01/2024-12-31"], "a quarter of a financial year"),
    ("2024/25 Q2 forecast", ["2024-07-01/2024-09-30"], "year first"),
    ("Q4 2022/23", ["2023-01-01/2023-03-31"], "lies in 2023"),
    ("quarter four, 2022/23, January to March 2023", ["2023-01-01/2023-03-31"], "said twice, one period"),
    ("Quarter 3: 1st October to 31st December 2024", ["2024-10-01/2024-12-31"], "explained by what follows"),
    ("Q1-Q3 2023/24", ["2023-04-01/2023-12-31"], "three quarters"),
    ("the first half of 2024", ["2024-01-01/2024-06-30"], "half a year"),
    ("Month 6 2024/25", ["2024-09-01/2024-09-30"], "a numbered month of the financial year"),
    ("Autumn Term 2024 (Sep-Dec24)", ["2024-09-01/2024-12-31"], "a term, explained"),
    ("the 2023 autumn term", ["2023-09-01/2023-12-31"], "year first"),
    ("Autumn and spring term 2024/25", ["2024-09-01/2025-03-31"], "two terms of an academic year"),
    ("SEN2 January 2025", ["2025-01-01/2025-01-31"], "census month; the 2 of SEN2 is no day"),
    ("SEN2 2025", ["2025-01-01/2025-01-31"], "the census year stands for its January"),
    ("the January 2024 school census", ["2024-01-01/2024-01-31"], "the same"),
    ("January school census 2025", ["2025-01-01/2025-01-31"], "a census between month and year"),
    ("the autumn 2024 school census", ["2024-10-01/2024-10-31"], "the autumn census is October's"),
    ("as at census day in January 2025", ["2025-01-01/2025-01-31"], "census day"),
    ("Quarters 1 and 2 of 2024/25", ["2024-04-01/2024-09-30"], "two quarters, the word once"),
    ("Q1 and Q2 2024/25", ["2024-04-01/2024-09-30"], "two quarters side by side"),
    ("quarter 2 (July to September) 2024/25", ["2024-07-01/2024-09-30"], "months between a quarter and its year"),
    ("2021/22-2023/24", ["2021-04-01/2024-03-31"], "two slash years, a hyphen"),
    ("in mid-2024", ["2024-01-01/2024-12-31"], "a year behind a hyphen"),
    ("in the summer of 2024", ["2024-04-01/2024-07-31"], "a term with of"),
    ("Term 3 2024/25", [""], "of six terms: no days can be given"),
    ("the academic year ending July 2024", ["2023-09-01/2024-08-31"], "the whole academic year"),
    ("in the first ten months of 2025", ["2025-01-01/2025-10-31"], "counted from the start"),
    ("in the last six months of 2024", ["2024-07-01/2024-12-31"], "counted from the end"),
    ("the first three quarters of 2024/25", ["2024-04-01/2024-12-31"], "quarters counted from the start"),
    ("between 31 March 2024 (1,982) and 31 December 2024", ["2024-03-31/2024-12-31"], "a bracket between two days"),
    ("since the start of the 2024/25 financial year", ["2024-04-01/"], "open from its first day"),
    ("the 2025 deadline of 15 February", ["2025-02-15/2025-02-15"], "the year before its day"),
    ("the previous financial year, 2023/24", ["2023-04-01/2024-03-31"], "said twice, one period"),
    ("52% in March 2025 compared to 45% in February", ["2025-03-01/2025-03-31", "2025-02-01/2025-02-28"], "goes back"),
    ("52% in January 2025, up from 45% in December", ["2025-01-01/2025-01-31", "2024-12-01/2024-12-31"], "over new year"),
    ("52% in March 2025 compared to 45% in March last year", ["2025-03-01/2025-03-31", "2024-03-01/2024-03-31"], "a year back"),
    ("six in March 2025, against 14 in October 2024 and eight in February",
     ["2025-03-01/2025-03-31", "2024-10-01/2024-10-31", "2025-02-01/2025-02-28"], "against reaches on"),
    ("52% in Q3 2024/25 compared to 45% in Q2 and 40% in Q4",
     ["2024-10-01/2024-12-31", "2024-07-01/2024-09-30", "2024-01-01/2024-03-31"], "quarters borrow their year"),
    ("52% in Q3, up from 45% in Q2 2024/25", ["2024-10-01/2024-12-31", "2024-07-01/2024-09-30"], "from what follows"),
    ("52% in Q3 2024/25, 45% in Q3 the previous year", ["2024-10-01/2024-12-31", "2023-10-01/2023-12-31"], "a quarter, a year back"),
    ("52% in 2024/25 against 45% last year", ["2024-04-01/2025-03-31", "2023-04-01/2024-03-31"], "last year, compared"),
    ("In 2024/25 it was 52%. Last year was hard.", ["2024-04-01/2025-03-31", ""], "last year, not compared"),
    ("52% in March 2025, up from 45% the previous month", ["2025-03-01/2025-03-31", "2025-02-01/2025-02-28"], "the month before"),
    ("52% in the autumn term 2024, 45% in the previous term", ["2024-09-01/2024-12-31", "2024-04-01/2024-07-31"], "the term before"),
    ("in the 12 months to March 2025, 45% in the previous 12 months",
     ["2024-04-01/2025-03-31", "2023-04-01/2024-03-31"], "a window before a window"),
    ("£13.8m in 2021/22, £16.2m the following year", ["2021-04-01/2022-03-31", "2022-04-01/2023-03-31"], "a year on"),
    ("3,200 in January 2025 against 2,100 five years earlier",
     ["2025-01-01/2025-01-31", "2020-01-01/2020-01-31"], "years back"),
    ("40 since the last meeting", [""], "open, from no day"),
    ("currently 44%", [""], "stated, not resolvable"),
    ("last year", [""], "not even with a dated paper"),
    ("the last 12 months", [""], "nothing to count back from"),
    ("60% were late in 2023/24 and 50% in the same period in 2022/23",
     ["2023-04-01/2024-03-31", "2022-04-01/2023-03-31"], "the same window in the year that follows"),
    ("between 1 January 2024 and 31 March 2024 and in the same period last year",
     ["2024-01-01/2024-03-31", "2023-01-01/2023-03-31"], "the stretch just named, a year earlier"),
    ("from January to July 2025, and at the same stage of 2024", ["2025-01-01/2025-07-31", "2024-01-01/2024-07-31"], "stage"),
    ("in the quarter to 30 June 2025 and the equivalent quarter of 2024",
     ["2025-04-01/2025-06-30", "2024-04-01/2024-06-30"], "the quarter goes on"),
    ("the six months to 31 March 2025 and the same six months a year earlier",
     ["2024-10-01/2025-03-31", "2023-10-01/2024-03-31"], "counted months, a year earlier"),
    ("in the final quarter of 2024/25", ["2025-01-01/2025-03-31"], "the last quarter of a financial year"),
    ("in the last quarter of 2024", ["2024-10-01/2024-12-31"], "the last quarter of a calendar year"),
    ("£14m on 31 March 2025 and £20m a year later", ["2025-03-31/2025-03-31", "2026-03-31/2026-03-31"], "a year later"),
    ("£9m last year (2024/25) and £11m this year", ["2024-04-01/2025-03-31", "2025-04-01/2026-03-31"], "what last year is"),
    ("61% in Q2 2025/26, 44% in the same quarter last year and 57% in the previous quarter",
     ["2025-07-01/2025-09-30", "2024-07-01/2024-09-30", "2025-04-01/2025-06-30"], "each set beside the first"),
    ("52% in October 2025 and 57% in November", ["2025-10-01/2025-10-31", "2025-11-01/2025-11-30"], "the next month"),
    ("In October 2025 it was 52%; in September it was 47%", ["2025-10-01/2025-10-31", "2025-09-01/2025-09-30"], "just before"),
    ("In March 2025 the rate was 52% and in April 57%", ["2025-03-01/2025-03-31", "2025-04-01/2025-04-30"], "its own verb"),
    ("In Quarter 3 2025/26, not in quarter 2", ["2025-10-01/2025-12-31", "2025-07-01/2025-09-30"], "a quarter with its number"),
    ("over the five years to January 2025", ["2020-02-01/2025-01-31"], "counted years"),
    ("the calendar year to the end of October 2025", ["2025-01-01/2025-10-31"], "a year of a kind, as far as it has gone"),
    ("9% in September 2025 (31% twelve months before)", ["2025-09-01/2025-09-30", "2024-09-01/2024-09-30"], "months before"),
    ("14 in 2024/25, 22 the year before and 25 the year before that",
     ["2024-04-01/2025-03-31", "2023-04-01/2024-03-31", "2022-04-01/2023-03-31"], "before that"),
    ("63% between July and September 2025, up from 57% between April and June",
     ["2025-07-01/2025-09-30", "2025-04-01/2025-06-30"], "the nearest months of that name"),
    ("to date (Jan to July) 69%, and 27% at the same stage of 2024", ["", "", "2024-01-01/2024-07-31"], "months, in the year named"),
    ("42 in October, which makes 446 for the calendar year 2025", ["2025-10-01/2025-10-31", "2025-01-01/2025-12-31"],
     "a month of the year named"),
    ("between 1.9.23–31.8.24", ["2023-09-01/2024-08-31"], "days with stops, in a range"),
    ("year to date (April to December 2025)", ["2025-04-01/2025-12-31"], "months that say what is to date"),
    ("the rolling 12-month figure to October 2025", ["2024-11-01/2025-10-31"], "a figure that rolls"),
    ("between 2022 (32%) and 2024 (64%)", ["2022-01-01/2022-12-31", "2024-01-01/2024-12-31"], "each with its figure"),
    ("38% in December 2025, having been 57% in June", ["2025-12-01/2025-12-31", "2025-06-01/2025-06-30"], "having been"),
    ("264 in February 2025 and 221 in April; it was down to 91 by September",
     ["2025-02-01/2025-02-28", "2025-04-01/2025-04-30", "2025-09-01/2025-09-30"], "by: on in time"),
    ("In 2025 there were 41 in January and 38 in February",
     ["2025-01-01/2025-12-31", "2025-01-01/2025-01-31", "2025-02-01/2025-02-28"], "months of the year that opens"),
    ("in 2025: January 41, February 38, March 47",
     ["2025-01-01/2025-12-31", "2025-01-01/2025-01-31", "2025-02-01/2025-02-28", "2025-03-01/2025-03-31"], "figures behind months"),
    ("over May and June 2025", ["2025-05-01/2025-06-30"], "May, behind over"),
    ("ended 2025 with 2,700, having issued 418 that year", ["2025-12-31/2025-12-31", "2025-01-01/2025-12-31"], "that year"),
]  # fmt: skip


def spelt(period: Period) -> str:
    if period.start is None and period.end is None:
        return ""
    return f"{period.start or ''}/{period.end or ''}"


@pytest.mark.parametrize(("text", "expected", "why"), STATED, ids=[row[0][:50] for row in STATED])
def test_periods_of_running_text(text: str, expected: list[str], why: str) -> None:
    assert [spelt(p) for p in read_periods(text)] == expected, why


DATED = Anchor(data_date=date(2025, 1, 31), meeting_date=date(2025, 3, 11))
LEANING = [
    ("through much of the last 12 months", "2024-02-01/2025-01-31"),
    ("over the past 7 months", "2024-07-01/2025-01-31"),
    ("this point last year", "2024-01-01/2024-01-31"),
    ("the same time last year", "2024-01-01/2024-01-31"),
    ("this quarter", "2025-01-01/2025-03-31"),
    ("Quarter 4", "2025-01-01/2025-03-31"),
    ("at end Q2", "2024-07-01/2024-09-30"),
    ("this year", ""),
    ("over the past year", "2024-02-01/2025-01-31"),
    ("in the calendar year to date", "2025-01-01/2025-01-31"),
    ("in the financial year to date", "2024-04-01/2025-01-31"),
    ("in the year to date", ""),
    ("at the same point last year", "2024-01-01/2024-01-31"),
    ("in October", ""),
    ("in this year (January to February)", "2025-01-01/2025-02-28"),
]


@pytest.mark.parametrize(("text", "expected"), LEANING)
def test_what_a_dated_paper_resolves(text: str, expected: str) -> None:
    (period,) = read_periods(text, DATED)
    assert spelt(period) == expected


HEADINGS = [
    ("Dec 23", "2023-12-01/2023-12-31"),
    ("23-Dec", "2023-12-01/2023-12-31"),
    ("2024-12", "2024-12-01/2024-12-31"),
    ("Q3 2024/25", "2024-10-01/2024-12-31"),
    ("Actual 2023/24", "2023-04-01/2024-03-31"),
    ("2023/24 outturn", "2023-04-01/2024-03-31"),
    ("As at 31/03/2024", "2024-03-31/2024-03-31"),
    ("Autumn Term 2024", "2024-09-01/2024-12-31"),
    ("Year end 2022", "2022-12-31/2022-12-31"),
]


@pytest.mark.parametrize(("label", "expected"), HEADINGS)
def test_whole_headings(label: str, expected: str) -> None:
    found = read_period(label)
    assert found is not None
    assert spelt(found) == expected


@pytest.mark.parametrize(
    "label", ["Number of plans issued", "Plans issued in 2023 to girls", "2022 and 2023", "Target", ""]
)
def test_headings_that_are_no_period(label: str) -> None:
    assert read_period(label) is None


def test_a_month_takes_the_year_it_stands_in() -> None:
    year = read_period("2023/24")
    april, january = (read_period(label, within=year) for label in ("Apr", "Jan"))
    assert (spelt(april), spelt(january)) == ("2023-04-01/2023-04-30", "2024-01-01/2024-01-31")  # type: ignore[arg-type]


def test_a_label_keeps_its_place() -> None:
    (period,) = read_periods("there were 12 in March 2024, we think")
    assert period.label == "March 2024"
    assert (period.text_start, period.text_end) == (17, 27)


def test_a_bare_slash_year_can_be_read_as_academic() -> None:
    period = read_period("2021/22")
    assert period is not None
    assert is_bare_slash_year(period.label)
    assert spelt(as_academic(period)) == "2021-09-01/2022-08-31"
    assert not is_bare_slash_year("academic year 2021/22")


def test_the_default_year_may_be_academic() -> None:
    (period,) = read_periods("in 2021/22", Anchor(default_year_kind="academic"))
    assert period.basis == "academic_year"


def test_a_period_of_the_sentence_before_is_leant_on() -> None:
    before = read_periods("In the spring term 2024, 40 appeals came in.")[0]
    (period,) = read_periods("In the same period last year it was 31.", Anchor(antecedent=before))
    assert spelt(period) == "2023-01-01/2023-03-31"


def _written_out(wording: str) -> list[str]:
    """A wording with each word that its slots stand for."""
    slots = {"{n}": ["six"]} | {
        f"{{{name}}}": RULES[name] for name in ("alike", "stretch", "moment", "back", "back_of")
    }
    out = [wording]
    for slot, words in slots.items():
        out = [form.replace(slot, word, 1) for form in out for word in (words if slot in form else [""])]
    return out if "{" not in "".join(out) else [spelt for form in out for spelt in _written_out(form)]


RULES = rules("periods")


@pytest.mark.parametrize("group", RULES["relative"])
def test_no_wording_is_passed_over(group: str) -> None:
    for form in (form for wording in RULES["relative"][group] for form in _written_out(wording)):
        for text in (f"So it was {form}, they said.", f"{form[0].upper()}{form[1:]} it was so."):
            assert grammar().atoms(text), text
