"""What part a figure plays in its sentence."""

from __future__ import annotations

import pytest

from sendparse.tag.parts import parts
from sendparse.tag.role import roles
from sendparse.tag.value import read_values

ROLES = [
    ("Performance was 45%.", ["actual"], "a plain statement"),
    ("a target of 60%", ["target"], "the word before"),
    ("Q3: 48.7% Year-end target: 65%", ["actual", "target"], "the label of the next figure"),
    ("the 60% target", ["target"], "the word behind"),
    ("The target for 2024 is 60%.", ["target"], "words between"),
    ("45% against a target of 60%", ["actual", "target"], "one of each"),
    ("The target is 60%; we achieved 45%.", ["target", "actual"], "a stop ends the reach"),
    ("We missed our target, at 45%.", ["actual"], "a target that is named, not stated"),
    ("with an ambition to reach 60% of plans", ["target"], "an ambition"),
    ("It should be noted that the team received 152 requests.", ["actual"], "should be noted is no target"),
    ("targets from 60% to 75%", ["target", "target"], "two targets"),
    ("the floor standard of 40%", ["floor"], "a floor"),
    ("from a baseline of 35% in 2021", ["baseline"], "a baseline"),
    ("our benchmark of 35%, the starting value", ["baseline"], "a council's own starting value"),
    ("The limit is 30 days.", ["limit"], "a limit"),
    ("The statutory timescale for this is 20 weeks.", ["target"], "what the law sets"),
    ("is projected to reach 3,770", ["forecast"], "a projection"),
    ("timeliness will fall to 55-70%", ["forecast"], "the future"),
    ("an overspend of £5m is forecast", ["forecast"], "behind the figure"),
    ("now estimated at £19.4m", ["forecast"], "an estimate"),
    (
        "211 requests await a decision on whether we will assess",
        ["actual"],
        "a clause inside that tells of something else",
    ),
    (
        "we expect to invest £2m and create 150 places",
        ["forecast", "forecast"],
        "a second verb goes on in the same sense",
    ),
    ("It rose in the survey, which was completed by 512 families", ["actual"], "done by somebody"),
    ("growth in plans (+14%)", ["change"], "a sign"),
    ("1,020 children are waiting more than 18 weeks", ["actual"], "more belongs to the limit"),
    ("In May 2025, 72% were on time.", ["actual"], "May is no may"),
    ("The deficit was £5.1m and is forecast to rise to £8m.", ["actual", "forecast"], "one of each"),
    ("The forecast is £12m, now £14m instead of £11m.", ["forecast"] * 3, "successive forecasts"),
    ("forecast at £5m in 2023/24, £8m in 2024/25 and £12m in 2025/26", ["forecast"] * 3, "a run of forecasts"),
    ("The target is to issue 60% on time", ["target"], "a target that is a task"),
    (
        "The partnership undertook to lift it to 65% by December 2025 and 80% by December 2026",
        ["target"] * 2,
        "an undertaking",
    ),
    ("69% seen inside 18 weeks vs. 92% standard", ["actual", "target"], "a standard"),
    ("66% against a plan of 80%", ["actual", "target"], "a plan"),
    ("short of the 60% we aimed for", ["target"], "aimed for, behind"),
    ("we said we would have 30 by September 2025", ["target"], "a promise"),
    ("Where we were: only 21% of plans were on time", ["baseline"], "where we were"),
    ("From a baseline of 35% satisfaction rose to 48%", ["baseline", "actual"], "a baseline that is left"),
    ("The cap is £50,000", ["limit"], "a cap"),
    ("Without mitigation the deficit is £31m by 2027", ["forecast"], "if nothing is done"),
    ("We project 3,900 plans by 2028", ["forecast"], "a verb"),
    ("We had planned for 15 requests a month", ["forecast"], "planned for so many"),
    (
        "forecast to overspend by £9.3m, against the £8.1m reported at Quarter 2",
        ["forecast"] * 2,
        "an earlier forecast",
    ),
    ("The forecast has moved from £8.1m at Q2 to £9.3m at Q3", ["forecast"] * 2, "a forecast that moved"),
    ("forecast at £46.9m, leaving a gap of £8.3m", ["forecast"] * 2, "a gap of money is a level"),
    ("an adverse movement of £2.3m", ["change"], "a movement"),
    ("The council is to open three bases with 20 places each", ["forecast"] * 2, "is to"),
    ("we have 40 extra places opening in September 2026", ["forecast"], "opening in"),
    ("A grant of £5.6m will pay for 94 places", ["actual", "forecast"], "money that is there for what is to come"),
    ("savings of £3.1m in 2025/26, rising to £9.8m by 2028/29", ["actual", "forecast"], "rising to, by"),
    (
        "The target is that 70% are on time by December 2025, rising to 80% by August 2026",
        ["target"] * 2,
        "a target that rises",
    ),
    ("they make up only 11% of passengers", ["actual"], "make up is no movement"),
    ("requests rose 12% to 3,200", ["change", "actual"], "a verb, then the level"),
    ("forecast to\noverspend by £53.5m", ["forecast"], "a line broken in mid-sentence"),
    ("97 reviews are now overdue", ["actual"], "a verb that is no change"),
    ("97 reviews are now more than six months overdue", ["actual"], "more belongs to the limit, behind a verb"),
    ("we expect fewer than 60 by September", ["forecast"], "fewer than is a hedge"),
    ("It was expected to stand at no more than 150", ["forecast"], "expected, so no limit"),
    ("The forecast rests on actual spend of £48.7m", ["actual"], "actual, beside a forecast"),
    ("A review was expected for 2,792 plans in 2024", ["actual"], "expected, in the past"),
    ("That is 1.3% of the decisions that could be appealed", ["actual"], "a clause that says which"),
    ("the panel turned down 22% of requests", ["actual"], "turned down is no movement"),
    ("reserves are £21m so the deficit will exceed them", ["actual"], "a clause with so"),
    ("at present rates (210 a month) the list will grow", ["actual"], "a bracket that is closed"),
    ("rising by 25%", ["change"], "by"),
    ("a 76% increase", ["change"], "the noun behind"),
    ("an increase of 71.6%", ["change"], "the noun before"),
    ("an increase in requests of 12%", ["change"], "words between"),
    ("18% higher than last year", ["change"], "a comparative"),
    ("grew 12%, from £8.1m to £9.07m", ["change", "actual", "actual"], "a verb, and both ends"),
    ("35 more requests than in 2022", ["change"], "a count that is a difference"),
    ("at least 35 or more", ["actual"], "or more is no difference"),
    ("increased to 84.7%", ["actual"], "to: a level"),
    ("rose by 8 points to 61%", ["change", "actual"], "by and to"),
    ("caseload has doubled", ["change"], "a multiple moves"),
    ("from 33 weeks in 2024 to 26 weeks", ["actual", "actual"], "both ends are levels"),
    ("is increasing from 81 to 141", ["actual", "forecast"], "still on its way"),
    ("is projected to rise from 2,900 to 3,770", ["actual", "forecast"], "the second end is the forecast"),
    ("Target 70% – Q2 result 64% – Q1 result 58%", ["target", "actual", "actual"], "a result ends the run"),
    ("target 70%, actual 64%", ["target", "actual"], "an actual ends the run"),
    ("target 70%, England 48%", ["target", "actual"], "an area ends the run"),
    ("70% in 2026 and 80% in 2027 are our targets: target 70%, 80%", ["actual", "actual", "target", "target"], "a run"),
    ("we passed the 70% target for the first time, at 72%", ["target", "actual"], "what was reached"),
    ("having set a target of 70%, the team delivered 64%", ["target", "actual"], "a verb of its own"),
    ("our aim is to bring the queue below 80", ["target"], "an aim, and where it is to end"),
    ("we are working to cut the wait to 12 weeks", ["target"], "worked for"),
    ("Answered 64% (KPI: 70%)", ["actual", "target"], "the KPI is what it should be"),
    ("the target rises from 70% to 75%", ["target", "target"], "both ends of a target"),
    ("the ceiling for packages is 90; we have 84", ["limit", "actual"], "a ceiling with words between"),
    ("it would be £30m, or £22m if every saving is made", ["forecast", "forecast"], "on a condition"),
    ("the forecast overspend has grown by £0.6m to £4.1m", ["change", "forecast"], "the subject is a forecast"),
    ("at Q1 the forecast was £3.5m; it is now £4.1m", ["forecast", "forecast"], "it: the forecast"),
    ("with a further 30 to open in 2027 and 45 in 2028", ["forecast", "forecast"], "still to open"),
    ("30 more will open in 2027", ["forecast"], "more, and still to come: no change"),
    ("there were two fewer suspensions.", ["change"], "fewer, with nothing behind it"),
    ("from a baseline of 28% to 49%", ["baseline", "actual"], "a baseline does not run on"),
    ("the variance is -4%", ["change"], "a variance"),
    ("rose from 1,200 to 1,500 (25%)", ["actual", "actual", "change"], "how far, in a bracket"),
    ("which is £2.1m or 3.8% more than this year", ["change", "change"], "either way of telling a change"),
    ("with 11 agreed each week the backlog will grow", ["actual"], "a rate, whatever follows"),
    ("Would the Cabinet Member accept that a rate of 10% is poor?", ["actual"], "a question"),
    ("places cost £63,000 more or less", ["actual"], "more or less"),
    ("we'll be short of 290 places", ["forecast"], "we will"),
    ("rose by 9%, 11% and 12%", ["change", "change", "change"], "a run of changes"),
    ("the deficit forecast is £22.6m (Q1: £21.9m)", ["forecast", "forecast"], "what was forecast before"),
    ("the wait is 596 days, 121 days longer than a year ago", ["actual", "change"], "so much longer"),
    ("performance needs to improve to 75%", ["target"], "what is needed"),
    ("the KPI is set at 75%", ["target"], "a KPI that is set"),
    ("there will be a gap of 290 places", ["forecast"], "a gap of places is a level"),
    ("the threshold for intervention is 50%", ["limit"], "a threshold for something"),
    ("no officer should hold more than 150 cases", ["limit"], "no more than that"),
    ("as expected, 45% were on time", ["actual"], "as expected says nothing of the future"),
]


@pytest.mark.parametrize(("text", "expected", "why"), ROLES, ids=[row[0][:50] for row in ROLES])
def test_roles(text: str, expected: list[str], why: str) -> None:
    values = read_values(text)
    own = parts(text, [(v.start, v.end) for v in values])
    assert [role.name for role in roles(text, values, own)] == expected, why


def test_a_role_names_its_cue() -> None:
    text = "45% against a target of 60%"
    values = read_values(text)
    found = roles(text, values, parts(text, [(v.start, v.end) for v in values]))
    assert "target" in found[1].cue
