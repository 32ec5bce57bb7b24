"""Figures in running text: a table of cases, each with the reason it is here."""

from __future__ import annotations

import pytest

from sendparse.tag.value import read_values, scan

FIGURES = [
    # text                                     value or (low, high), unit                           why
    ("61.5%", [(61.5, "percent")], "plain percentage"),
    ("0.5%", [(0.5, "percent")], "not read as 50"),
    ("44 per cent", [(44, "percent")], "in words"),
    ("two per cent", [(2, "percent")], "number in words"),
    ("five of the 13 posts were vacant", [(5, "count"), (13, "count")], "a word counts out of a whole"),
    ("27 children are out of school, eight of whom moved in", [(27, "count"), (8, "count")], "of whom"),
    ("12 children have now waited over 52 weeks", [(12, "count")], "the limit that counts children"),
    ("they waited on average 412 days", [(412, "days")], "a wait"),
    ("40 waited longer than 20 weeks, the longest of these for 66 weeks", [(40, "count"), (66, "weeks")], "the longest wait"),
    ("It was noted that five of the 13 posts are vacant", [(5, "count"), (13, "count")], "that, before a count"),
    ("Was this page helpful? Yes (12) No (4)", [], "readers' answers"),
    ("twenty-five per cent", [(25, "percent")], "a longer one"),
    ("45%1 of plans", [(45, "percent")], "a footnote mark stuck to the sign"),
    ("1,2341 plans", [(1234, "count")], "a footnote mark stuck to the number"),
    ("16,870  children", [(16870, "count")], "separators, odd spaces"),
    ("4453 plans", [(4453, "count")], "four digits without a separator"),
    ("£19.4m", [(19_400_000, "gbp")], "money with a letter"),
    ("£19.4 M", [(19_400_000, "gbp")], "a space, a capital"),
    ("£211 million", [(211_000_000, "gbp")], "a scale word"),
    ("£2.7mil", [(2_700_000, "gbp")], "a short scale word"),
    ("£1.2bn", [(1_200_000_000, "gbp")], "billions"),
    ("£45k", [(45_000, "gbp")], "thousands"),
    ("£3,901,291.93", [(3_901_291.93, "gbp")], "with pence"),
    ("45p a mile", [(0.45, "gbp")], "pence alone"),
    ("£4.\n5 million", [(4_500_000, "gbp")], "a line that breaks inside the amount"),
    ("-£0.5m", [(-500_000, "gbp")], "a sign"),
    ("c £11m", [(11_000_000, "gbp")], "a hedge before"),
    ("c11 plans", [(11, "count")], "a hedge glued to it"),
    ("£30,000+", [(30_000, "gbp")], "a plus behind"),
    ("2.0 FTE", [(2, "fte")], "posts"),
    ("an average of 31 weeks", [(31, "weeks")], "a measured time"),
    ("the median wait was 257 days", [(257, "days")], "days"),
    ("The longest wait was 14 months", [(14, "months")], "months"),
    ("(8.1 weeks in December)", [(8.1, "weeks")], "a decimal is measured"),
    ("from 33 weeks in 2024 to 26 weeks", [(33, "weeks"), (26, "weeks")], "a pair says that it is measured"),
    ("The legal timeframe is 20 weeks.", [(20, "weeks")], "the law, stated"),
    ("55-70%", [((55, 70), "percent")], "a range"),
    ("55%-70%", [((55, 70), "percent")], "a range with two signs"),
    ("between 55 and 70%", [((55, 70), "percent")], "in words, the sign once"),
    ("between £70m and £100m", [((70_000_000, 100_000_000), "gbp")], "money"),
    ("£1.2-1.5m", [((1_200_000, 1_500_000), "gbp")], "the scale once"),
    ("an increase of 10 to 15%", [((10, 15), "percent")], "a range of changes"),
    ("from 32 to 18%", [(32, "percent"), (18, "percent")], "a pair whose sign stands only on the second"),
    ("fell 32 to 18%", [(32, "percent"), (18, "percent")], "falling, so no range"),
    ("from 81 to 141", [(81, "count"), (141, "count")], "a pair of counts, not 111"),
    ("45 and 52% respectively", [(45, "percent"), (52, "percent")], "a shared sign"),
    ("SEMH (35), ASD(29)", [(35, "count"), (29, "count")], "counts in brackets"),
    ("rose by 8 points to 61%", [(8, "percentage_points"), (61, "percent")], "points of a percentage"),
    ("rose 8 percentage points", [(8, "percentage_points")], "in full"),
    ("8pp lower", [(8, "percentage_points")], "in short"),
    ("doubled", [(2, "multiple")], "a multiple"),
    ("a threefold rise", [(3, "multiple")], "another"),
    ("more than double what it was in 2018", [(2, "ratio")], "set beside another quantity"),
    ("a third fewer plans", [(33.3, "percent")], "a fraction that moves"),
    ("half of all plans", [(50, "percent")], "a fraction of a whole"),
    ("two thirds of requests", [(66.7, "percent")], "another"),
    ("1 in 5 children", [(20, "percent")], "a share in words"),
    ("three of the four teams", [(0.75, "ratio")], "a part of a whole in words"),
    ("two vacancies", [(2, "count")], "a word before a thing that is counted"),
    ("zero complaints", [(0, "count")], "zero as a word"),
    ("third highest in the country", [(3, "rank")], "a rank"),
    ("ranked 12th out of 16", [(12, "rank")], "the 16 is no figure"),
    ("a fall for the second consecutive year", [(2, "years")], "a run"),
    ("has risen every month for the past 7 months", [(7, "months")], "a run of months"),
    ("twelve and a half: 12½%", [(12.5, "percent")], "a vulgar fraction"),
    ("½ of our plans and ¼ of requests", [(50, "percent"), (25, "percent")], "vulgar fractions of a whole"),
    ("The council maintains 3 412 plans", [(3412, "count")], "thousands parted by a space, behind any verb"),
    ("see page 3 412 plans", [(412, "count")], "a page and a figure"),
    ("12.5pc of plans", [(12.5, "percent")], "a newspaper's per cent"),
    ("The movement was -3.2%", [(-3.2, "percent")], "a sign behind a verb"),
    ("- 45% of plans were late", [(45, "percent")], "a dash that opens an item is no sign"),
    ("It was minus 3%", [(-3, "percent")], "a sign in words"),
    ("FTE 12.4 in post", [(12.4, "fte")], "the unit before"),
    ("2.5 times higher than in 2018", [(2.5, "multiple")], "a multiple in digits"),
    ("the list will double by 2027", [(2, "multiple")], "a multiple to come"),
    ("the average rating was 7.4", [(7.4, "score")], "a rating"),
    ("a score of 7.4 out of 10", [(7.4, "score")], "the scale is no figure"),
    ("the average age was 11", [(11, "years")], "an age that is measured"),
    ("38/57 plans were on time", [(38, "count"), (57, "count")], "a stroke between part and whole"),
    ("Over 1,000 pupils are waiting", [(1000, "count")], "no age of one"),
    ("five more requests than in March", [(5, "count")], "a number word with more"),
    ("two fewer appeals", [(2, "count")], "a number word with fewer"),
    ("plans to open four more by September", [(4, "count")], "what is counted was named before"),
    ("Eleven had got as far as a hearing", [(11, "count")], "the subject of its sentence"),
    ("14 in October and eight in February", [(14, "count"), (8, "count")], "a number word in turn"),
    ("only three of the 64 had gone to a hearing", [(3, "count"), (64, "count")], "a part of a whole, then a verb"),
    ("confirmed that nine posts were vacant", [(9, "count")], "that, before a count"),
    ("Forty parents/carers said so", [(40, "count")], "two nouns with a stroke"),
    ("fell for three months running", [(3, "months")], "a run, the word behind"),
    ("response times went from two days to six", [(2, "days"), (6, "days")], "lengths of time in words"),
    ("the average was twenty-two weeks", [(22, "weeks")], "another"),
    ("The median wait, 89 weeks at the visit, is 76.", [(89, "weeks"), (76, "weeks")], "a length of time without its unit"),
    ("31.2 weeks, down from 35", [(31.2, "weeks"), (35, "weeks")], "another"),
    ("The oldest case has been open for 58 weeks", [(58, "weeks")], "the oldest, and how long"),
    ("a median of 412 days", [(412, "days")], "a median"),
    ("18 stage 1, 4 stage 2 and 2 Ombudsman complaints", [(18, "count"), (4, "count"), (2, "count")], "stages that are counted"),
    ("22 at stage 1 and 5 at stage 2", [(22, "count"), (5, "count")], "another order"),
    ("At KS4, 9 of the 48 passed", [(9, "count"), (48, "count")], "a figure behind a name with a number"),
    ("Finals sent this week 14", [(14, "count")], "this week, not week 14"),
    ("79 in March 2025, five more than in March 2024", [(79, "count"), (5, "count")], "so many more, without a noun"),
    ("it was currently just over 33 weeks", [(33, "weeks")], "it was, and a length of time"),
    ("About 29 weeks on average.", [(29, "weeks")], "an answer by itself"),
    ("102 at Stage 1 and 27 at Stage 2", [(102, "count"), (27, "count")], "stages, each with its own count"),
    ("three appeals were conceded, two withdrawn and two heard", [(3, "count"), (2, "count"), (2, "count")], "words that go on counting"),
    ("41 are about contents, eleven about refusals and six about plans", [(41, "count"), (11, "count"), (6, "count")], "likewise"),
    ("12 went to a hearing and two were found for us", [(12, "count"), (2, "count")], "likewise, with a verb"),
    ("51% waiting under 18 weeks at year end", [(51, "percent")], "a limit of which a share is told"),
    ("placements went up by nine to 133", [(9, "count"), (133, "count")], "a change in words"),
    ("12 schools, and two thirds agreed", [(12, "count"), (66.7, "percent")], "a share, no count"),
    ("This week 16 new appeals were registered", [(16, "count")], "not week 16"),
    ("rated 16 of 20 plans good", [(16, "count"), (20, "count")], "no scale"),
    ("7 out of 10 plans were on time", [(7, "count"), (10, "count")], "a part of a whole, no score"),
    ("only 3 in 10 parents felt heard", [(30, "percent")], "a share of ten"),
    ("four in every five appeals", [(80, "percent")], "a share of five"),
    ("received 2 in 2024", [(2, "count")], "a year, no share"),
    ("312 (31%) have waited over 18 weeks", [(312, "count"), (31, "percent")], "a limit behind a bracket"),
    ("a sixfold rise", [(6, "multiple")], "a larger multiple"),
    ("92 in Q1, 96 in Q2 and 101 in Q3", [(92, "count"), (96, "count"), (101, "count")], "behind a quarter and an and"),
    ("grew by £0.6m to £4.1m", [(600000, "gbp"), (4100000, "gbp")], "a movement and where it ended, no range"),
    ("from a low of 28% to 49%", [(28, "percent"), (49, "percent")], "from, with words between"),
    ("In seven of these we paid", [(7, "count")], "so many of these"),
    ("The caseload has passed four thousand.", [(4000, "count")], "a thousand in words"),
    ("The council won three and six respectively.", [(3, "count"), (6, "count")], "words in an order"),
    ("a first appointment in 19 weeks, target 6 weeks", [(19, "weeks"), (6, "weeks")], "a wait and its target"),
    ("7.5 weeks on average, against the six weeks required by law", [(7.5, "weeks"), (6, "weeks")], "a limit that is stated"),
    ("122 are 20-52 weeks", [(122, "count")], "the ends of a band"),
    ("There's one at 97 weeks.", [(97, "weeks")], "how long the longest has waited"),
    ("there were 2 310 plans", [(2310, "count")], "thousands parted by a space"),
    ("at a cost of £1 234 567", [(1234567, "gbp")], "money parted by spaces"),
    ("Year 7 310 of them", [(310, "count")], "two numbers side by side"),
    ("a total of eleven appeals", [(11, "count")], "a total in words"),
    ("80.7 per 10,000", [(80.7, "rate_per_10k")], "a rate; 10,000 is its base"),
]  # fmt: skip


def as_stated(text: str) -> list[tuple[object, str]]:
    found = read_values(text)
    return [((v.value, v.value_high) if v.value_high is not None else v.value, v.unit) for v in found]


@pytest.mark.parametrize(("text", "expected", "why"), FIGURES, ids=[row[0][:40] for row in FIGURES])
def test_figures(text: str, expected: list[tuple[object, str]], why: str) -> None:
    assert as_stated(text) == expected, why


NO_FIGURES = [
    ("RESOLVED: 1. the report was noted", "the first of what was decided"),
    ("first appointments within 18 weeks", "the name of a measure"),
    ("In 2024, on 5 March 2024 and in Q3 2023/24", "dates and years"),
    ("on 05/03/2024, 5.3.2024, 2024-03-05, 5th March, March 5th 2024 and in Mar-24", "dates in six notations"),
    ("in 2024/25, 2023-24, 22/23, (18/19) and AY 21/22", "years in all forms"),
    ("see 4.2, paragraphs 3.1 to 3.4, slide 9 and ref 24/086", "references that look like decimals"),
    ("at 10.30am, 14:00 and 6 pm", "clock times"),
    ("children aged 5-16, 0-25 services, post-16, under 5s, 19 year olds", "ages"),
    ("Years 7 to 11, Key Stage 4, KS2 and Y6", "year groups"),
    ("section 19 (4) of the Education Act 1996, s.61 and S151 officer", "sections of Acts"),
    ("see paragraph 3.2, Appendix 2, slide 14 and item 7", "references"),
    ("20-week timeliness, the 6 week deadline, within 20 weeks", "names of limits"),
    ("open for more than 20 weeks", "a threshold"),
    ("over the next 3 years, a 2-year plan", "lengths of time"),
    ("tel 01632 960123, AB1 2CD, x7@y.gov.uk", "addresses"),
    ("across 8 GCSEs, Attainment 8 and grades 9-5", "examinations"),
    ("Covid-19, A4, 24/7, 1:1 support", "names"),
    ("12 votes to 3", "votes"),
    ("<5", "suppressed"),
    ("13 / 20 weeks", "two numbers run together: no value rather than 1320"),
    ("3 - 18", "a range of pages"),
    ("3 key themes and 5 recommendations", "parts of a paper"),
    ("having 1 annual review per year", "how often, not how many"),
    ("an attendance of 90% or below", "a threshold in a name"),
    ("one of the two teams", "words that point back"),
    ("6 minutes 26 seconds", "time on the telephone"),
    ("Introduction .......... 12", "a table of contents"),
    ("improvements outlined in 3.1-3.3 and new data", "paragraphs"),
    ("an assessment under s.19 of the Act", "a section, its stop glued to it"),
    ("Article 12, Regulation 10(4), Procedure Rule 10 and Paper 7", "more references"),
    ("PDF, 412 KB and 3.4 MB", "sizes of files"),
    ("We use 4 essential cookies", "cookies"),
    ("8 for, 3 against and 2 abstentions", "votes, the words behind"),
    ("Members voted 6-4", "votes, the word before"),
    ("Monday to Friday, 9 to 5 and Thursday 9.30-2.30", "opening hours"),
    ("16-25s, the 14+ team and moving at 18 is abrupt", "more ages"),
    ("It (1) noted the report and (2) agreed it", "items that are counted"),
    ("2. Media enquiries are welcome.", "the number of a note"),
    ("the 42 bus, 3 miles away on 2.5 hectares", "a bus, physical measures"),
    ("paid in 2 instalments of 50% on condition that 80% is spent, plus 20% VAT", "conditions of a payment"),
    ("‘0’ meaning not happy at all and ‘10’ wholly happy", "the ends of a scale"),
    ("for the third consecutive quarter", "a run of quarters"),
    ("Waits of over 18 weeks have reduced", "a limit that names what is told"),
    ("Children waiting more than 18 weeks", "a limit that names a group"),
    ("14 Members and 11 members of the public", "people at a meeting"),
    ("Agenda item: 5", "a reference with a colon"),
    ("Special Educational Needs Regulations 2014 (SI 2014/1530)", "a statutory instrument"),
    ("a ratio of 15.3:1", "a ratio of two"),
    ("We met six times", "how often"),
    ("Recommendations (2 high, 3 medium)", "how urgent they are"),
    ("Finding 1. Demand", "the number of a finding"),
    ("a high risk (score 20 of 25)", "the score of a risk"),
    ("In case 24 011 902 the council agreed", "the number of a case"),
]


@pytest.mark.parametrize(("text", "why"), NO_FIGURES, ids=[row[1] for row in NO_FIGURES])
def test_numbers_that_state_nothing(text: str, why: str) -> None:
    assert as_stated(text) == [], why


def test_a_part_a_whole_and_their_percentage_know_one_another() -> None:
    part, whole, share = read_values("2,320 of 3,007 (77%)")
    assert (part.value, part.denominator, whole.value) == (2320, 3007, 3007)
    assert (share.value, share.numerator, share.denominator) == (77, 2320, 3007)


@pytest.mark.parametrize(
    "text", ["Of the 57 plans issued, 38 (66.7%) were on time", "66.7% (38/57)", "38 of 57 (66.7%)"]
)
def test_the_whole_may_stand_first(text: str) -> None:
    assert {v.denominator for v in read_values(text) if v.value in {38, 66.7}} == {57}


def test_words_between_a_part_and_its_whole() -> None:
    part, _, share = read_values("1,015 plans were issued within 20 weeks in 2023 out of 2,410 (42.1%)")
    assert (part.denominator, share.numerator) == (2410, 1015)


@pytest.mark.parametrize(
    ("text", "qualifier"),
    [
        ("around 900", "about"),
        ("c11", "about"),
        ("nearly 50%", "under"),
        ("just under 50%", "under"),
        ("over £5m", "over"),
        ("£30,000+", "over"),
        ("at least 12", "at_least"),
        ("up to 40%", "up_to"),
        ("more than doubled", "over"),
        ("nearly half of plans", "under"),
        ("likely to exceed £10 million", "over"),
        ("12", ""),
    ],
)
def test_hedges(text: str, qualifier: str) -> None:
    assert read_values(text)[0].qualifier == qualifier


def test_a_span_has_its_sign_and_scale_but_no_hedge() -> None:
    text = "an overspend of c£1.3 million this year"
    (value,) = read_values(text)
    assert value.text == text[value.start : value.end] == "£1.3 million"


def test_decimals_are_those_printed() -> None:
    assert [v.decimals for v in read_values("61.50% and 61%")] == [2, 0]


def test_refused_numbers_come_with_a_reason() -> None:
    assert [(n.text, n.reason) for n in scan("aged 3 (32 requests)").rejected] == [("3", "age")]


def test_the_number_of_a_paragraph_is_told_from_a_figure_by_its_place() -> None:
    assert [v.text for v in scan("4 The board met", numbered=True).values] == []
    assert [v.text for v in scan("5 EHCNAs were late").values] == ["5"]


@pytest.mark.parametrize(
    ("text", "figures"),
    [
        ("Requests fell by 12% from 310 in Q2 to 273 in Q3.", [12, 310, 273]),
        ("It rose from 12 in Year 6 to 40 in Year 7.", [12, 40]),
        ("Costs went from £310k in phase 1 to £273k in phase 2.", [310_000, 273_000]),
        ("Of 30 children in Years 7 to 9 there were 4.", [30, 4]),
        ("See tables 2 to 4 in Appendix 3.", []),
    ],
)
def test_the_second_end_of_a_from_to_pair_is_no_part_of_the_name_before_it(text: str, figures: list[float]) -> None:
    assert [value.value for value in read_values(text)] == figures


@pytest.mark.parametrize(
    ("text", "figures"),
    [
        ("25/31 SEND Annual Report", 0),
        ("17/25. Inspection: one year on", 0),
        ("12/15 EHCPs were on time", 1),
    ],
)
def test_the_number_of_a_minute_is_no_figure(text: str, figures: int) -> None:
    assert bool(read_values(text)) == bool(figures)
