"""Councils, neighbours and England figures: look-ups, and that the files agree with each other."""

from __future__ import annotations

import csv
import subprocess
import sys
from collections import Counter
from datetime import date
from pathlib import Path

import pytest

from sendparse.errors import InputError, PackError
from sendparse.model import Period
from sendparse.packs import patterns_folder
from sendparse.reference import Reference, bare_names, load_reference, normalise

FOLDER = patterns_folder() / "reference"
REFERENCE = load_reference(FOLDER)

FOUND = [
    # asked, DfE code, why it is here
    ("Kent", "886", "usual name"),
    ("kent county council", "886", "any case"),
    ("Bath & North East Somerset Council", "800", "ampersand"),
    ("London Borough of Camden", "202", "words before"),
    ("City of York Council", "816", "words on both sides"),
    ("City of London Corporation", "201", "its usual name begins with City of"),
    ("Bristol", "801", "DfE says 'Bristol, City of'"),
    ("Hull City Council", "810", "DfE says 'Kingston upon Hull, City of'"),
    ("St Helens", "342", "no stop"),
    ("Stockton on Tees", "808", "no hyphens"),
    ("BCP Council", "839", "acronym"),
    ("E10000016", "886", "ONS code"),
    ("e06000066", "933", "any case"),
    ("E10000027", "933", "a code given up by the same council"),
    ("E08000016", "370", "changed in May 2025"),
    ("886", "886", "DfE code"),
]

REFUSED = [
    # asked, what the message says, why it is here
    ("SCC", "Surrey", "may be five councils"),
    ("Cumbria", "no English council", "abolished"),
    ("836", "no English council", "code of Poole, abolished"),
    ("E10000009", "no English council", "Dorset of before 2019 had another area"),
    ("London", "no English council", "not the City"),
    ("Oxford City Council", "no English council", "a district"),
    ("Gloucestershir", "did you mean Gloucestershire", "a slip"),
]


@pytest.mark.parametrize(("asked", "code", "why"), FOUND)
def test_find_council(asked: str, code: str, why: str) -> None:
    assert REFERENCE.find_council(asked).la_code == code, why


@pytest.mark.parametrize(("asked", "says", "why"), REFUSED)
def test_find_council_refuses(asked: str, says: str, why: str) -> None:
    with pytest.raises(InputError, match=says):
        REFERENCE.find_council(asked)


def test_every_council_is_found_by_each_of_its_names_and_codes() -> None:
    assert len(REFERENCE.councils) == 153
    for council in REFERENCE.councils:
        for name in (council.name, council.official_name, council.short_name):
            assert REFERENCE.council_by_name(name) is council, name
        assert REFERENCE.council_by_gss(council.gss_code) is council
        assert REFERENCE.council_by_la_code(council.la_code) is council
        assert all(REFERENCE.council_by_domain(host) is council for host in council.domains)


def test_words_that_are_in_no_name_hide_none() -> None:
    written = (
        "{}",
        "London Borough of {}",
        "The Council of the {}",
        "{} MBC",
        "RB {}",
        "{}: plans",
        "{}'s",
        "Number in {}",
        "{}/Bath",
    )
    for council in REFERENCE.councils:
        for form in written:
            for name in (form.format(council.name), form.format(council.short_name.upper().replace(" and ", " & "))):
                forms = (form for form in bare_names(name) if form in REFERENCE._by_name)
                assert REFERENCE.council_by_name(name) is REFERENCE._by_name.get(next(forms, "")), name
    for region in REFERENCE._region_names:
        assert REFERENCE.region_by_name(f" {region} ") == REFERENCE._region_names[region], region


def test_names_and_codes_belong_to_one_council() -> None:
    for field in ("la_code", "gss_code", "name", "official_name", "short_name"):
        counts = Counter(getattr(council, field) for council in REFERENCE.councils)
        assert max(counts.values()) == 1, field
    hosts = Counter(
        host for council in REFERENCE.councils for host in {*council.domains, council.democracy_host} - {""}
    )
    assert max(hosts.values()) == 1


def test_shared_aliases_say_that_they_are_shared() -> None:
    shared = Counter(alias.text if alias.kind == "acronym" else normalise(alias.text) for alias in REFERENCE.aliases)
    assert [a.text for a in REFERENCE.aliases if shared[a.text] > 1 and a.kind == "acronym" and not a.ambiguous] == []
    assert {alias.kind for alias in REFERENCE.aliases} == {"name", "word", "short", "acronym", "organisation", "other"}
    assert all(bool(alias.la_code) == (alias.kind != "other") for alias in REFERENCE.aliases)


def test_every_alias_leads_to_its_council() -> None:
    for alias in REFERENCE.aliases:
        if alias.la_code:
            assert alias.la_code in {council.la_code for council in REFERENCE.council_by_alias(alias.text)}, alias


@pytest.mark.parametrize(
    ("host", "name"),
    [
        ("https://democracy.kent.gov.uk/mgAi.aspx?ID=1", "Kent"),
        ("a.b@leics.gov.uk", "Leicestershire"),
        ("hackney.moderngov.co.uk", "Hackney"),
        ("moderngov.co.uk", None),
        ("www.gov.uk", None),
        ("notkent.gov.uk", None),
    ],
)
def test_domains(host: str, name: str | None) -> None:
    found = REFERENCE.council_by_domain(host)
    assert (found and found.name) == name


def test_regions() -> None:
    assert Counter(council.region for council in REFERENCE.councils)["London"] == 33
    assert REFERENCE.region_by_name("SW") == "South West"
    assert REFERENCE.region_by_name("Yorkshire & Humber") == "Yorkshire and The Humber"
    assert REFERENCE.region_by_name("sw") is None  # an acronym only as printed
    assert REFERENCE.regions["South West"] == "E12000009"


def test_neighbours() -> None:
    assert REFERENCE.neighbour_models == ("2021", "2025")
    for council in REFERENCE.councils:
        assert len(REFERENCE.neighbours(council.la_code)) == 10
    assert REFERENCE.neighbours("301")[0].name == "Enfield"
    assert REFERENCE.neighbours("301", model="2021") != REFERENCE.neighbours("301")
    assert REFERENCE.neighbours("301", model="1999") == ()
    assert REFERENCE.neighbours("000") == ()
    assert REFERENCE.model_on(date(2025, 3, 11)) == "2021"
    assert REFERENCE.model_on(date(2026, 3, 9)) == "2025"


def test_england() -> None:
    year = Period(label="2024", start=date(2024, 1, 1), end=date(2024, 12, 31))
    assert [figure.value for figure in REFERENCE.england("ehcp_20wk_excl_exceptions_pct", year)] == [46.4]
    assert [figure.value for figure in REFERENCE.england("ehcp_20wk_incl_exceptions_pct", year)] == [45.9]
    census = Period(label="January 2024", start=date(2024, 1, 18), end=date(2024, 1, 18))
    assert [figure.value for figure in REFERENCE.england("ehcp_total_count", census)] == [576474, 575963]
    school_year = Period(label="2023/24", start=date(2023, 9, 1), end=date(2024, 8, 31))
    assert REFERENCE.england("ehcp_total_count", school_year) == ()
    assert REFERENCE.england("ehcp_total_count", Period(label="currently")) == ()
    assert REFERENCE.england("no_such_kpi") == ()


def test_england_figures_are_of_known_kpis() -> None:
    from sendparse.packs import load_packs

    with (FOLDER / "england.csv").open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines))
    assert {row["basis"] for row in rows} == {"calendar_year", "academic_year", "snapshot"}
    assert {row["unit"] for row in rows} == {"count", "percent", "weeks"}
    kpis = load_packs().kpis
    if len(kpis) >= 270:  # the whole vocabulary
        assert {row["kpi"] for row in rows} - set(kpis) == set()


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(PackError, match=r"councils\.csv"):
        Reference(tmp_path).councils  # noqa: B018


def test_it_needs_no_heavy_imports() -> None:
    code = "import sys, sendparse.reference; assert not {'pandas', 'spacy', 'yaml'} & set(sys.modules), sys.modules"
    subprocess.run([sys.executable, "-c", code], check=True)


def test_sources_and_licences_are_named() -> None:
    text = (FOLDER / "README.md").read_text(encoding="utf-8")
    assert "Open Government Licence v3.0" in text
    assert "CC BY 4.0" in text
    assert all(path.name in text for path in FOLDER.glob("*.csv"))
