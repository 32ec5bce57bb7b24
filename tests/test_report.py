"""The report's files: escaped, light, the same each time, and never over somebody else's folder."""

from __future__ import annotations

import hashlib
import html
import json
import re
from pathlib import Path

import pytest
from click.testing import CliRunner
from comparing import dataset_of, figure
from reporting import CLAIM, HOSTILE, TIMELINESS, dataset, papers

from sendparse.cli import main
from sendparse.dataset import read_dataset
from sendparse.errors import DatasetError, InputError
from sendparse.model import Box
from sendparse.packs import Packs
from sendparse.publish.report import Built, Settings, build_report
from sendparse.publish.report.pages import content_policy, data_block, portioned
from sendparse.publish.report.papers import locate
from sendparse.publish.report.pictures import bands_of, draw
from sendparse.publish.report.views import cut


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory, packs: Packs) -> tuple[Path, Built]:
    base = tmp_path_factory.mktemp("report")
    folder, data = dataset(base)
    built = build_report(read_dataset(data), packs, base / "report", Settings(papers=(folder,), workers=1))
    return base, built


def pages(folder: Path) -> list[Path]:
    return sorted(folder.rglob("*.html"))


def page_data(path: Path) -> dict[str, object]:
    found = re.search(
        r'<script type="application/json" id="page-data">(.*?)</script>', path.read_text(encoding="utf-8"), re.S
    )
    assert found
    return json.loads(found[1])


def paper_page(base: Path, file: str) -> Path:
    return next(
        path
        for path in (base / "report" / "paper").glob("*.html")
        if f"<dd>{file}</dd>" in path.read_text(encoding="utf-8")
    )


def test_there_is_a_page_for_everything(made: tuple[Path, Built]) -> None:
    base, built = made
    names = {path.relative_to(base / "report").as_posix() for path in pages(base / "report")}
    assert {"index.html", "claims.html", "measures.html", "councils.html", "papers.html", "problems.html"} <= names
    assert {"council/886.html", "council/887.html", f"kpi/{TIMELINESS}.html"} <= names
    assert sum(name.startswith("paper/") for name in names) == 2
    assert built.pages == len(names)
    assert built.lost == [] and built.failed == {}


def test_every_text_of_a_paper_is_escaped(made: tuple[Path, Built]) -> None:
    for path in pages(made[0] / "report"):
        text = path.read_text(encoding="utf-8")
        assert "<script>hacked" not in text, path
        assert "<img src=x" not in text, path
        assert not re.search(r"\son\w+\s*=\s*[\"'\w]", re.sub(r'"[^"]*"', '""', re.sub(r">[^<]*<", "><", text))), path
        assert " style=" not in re.sub(r'"[^"]*"', '""', text), path
    assert html.escape(HOSTILE, quote=False)[:40] in paper_page(made[0], "kent.pdf").read_text(encoding="utf-8")


def test_every_page_shuts_the_network_out(made: tuple[Path, Built]) -> None:
    for path in pages(made[0] / "report"):
        text = path.read_text(encoding="utf-8")
        policy = re.search(r'http-equiv="Content-Security-Policy" content="([^"]*)"', text)
        assert policy, path
        rules = dict(rule.strip().split(" ", 1) for rule in html.unescape(policy[1]).split(";"))
        assert rules["default-src"] == rules["connect-src"] == "'none'"
        assert "unsafe" not in policy[1]
        assert not re.search(r'(?:src|href)="(?:https?:)?//', text), path
        for script in re.findall(r"<script[^>]*>", text):
            assert 'src="' in script or 'type="application/json"' in script


def test_links_lead_somewhere(made: tuple[Path, Built]) -> None:
    folder = made[0] / "report"
    identities = {path: set(re.findall(r'\bid="([^"]+)"', path.read_text(encoding="utf-8"))) for path in pages(folder)}
    checked = 0
    for path in pages(folder):
        for link in re.findall(r'(?:href|src)="([^"]+)"', path.read_text(encoding="utf-8")):
            target, _, place = html.unescape(link).partition("#")
            other = (path.parent / target).resolve() if target else path
            assert other.is_file(), (path, link)
            if place and other in identities and "=" not in place:
                assert place in identities[other], (path, link)
            checked += 1
    assert checked > 100


def test_a_figure_has_its_picture(made: tuple[Path, Built]) -> None:
    from PIL import Image

    data = page_data(paper_page(made[0], "kent.pdf"))
    places, pictures = data["places"], data["pictures"]
    number, x0, top, x1, bottom = places["c1a1" * 4]  # type: ignore[index]
    file, left, upper, right, lower, page = pictures[number]  # type: ignore[index]
    assert page == 1
    assert upper < top < bottom < lower and left < x0 < x1 < right
    with Image.open(made[0] / "report" / "pictures" / file) as picture:
        scale = picture.width / (right - left)
        cut_out = picture.convert("L").crop([int(v * scale) for v in (x0, top - upper, x1, bottom - upper)])
        assert cut_out.getextrema()[0] < 100  # there is print
        assert picture.height < 842 * scale  # a band, not the whole page


def test_a_page_that_only_a_problem_names_is_shown_whole(made: tuple[Path, Built]) -> None:
    data = page_data(paper_page(made[0], "kent.pdf"))
    assert [p[2:] for p in data["pictures"] if p[5] == 2] == [[0, 595.0, 842, 2]]  # type: ignore[union-attr]


def test_a_text_has_the_words_around(made: tuple[Path, Built]) -> None:
    data = page_data(paper_page(made[0], "medway.html"))
    ((before, after),) = data["places"].values()  # type: ignore[union-attr]
    assert before.endswith("In 2023, ") and after.startswith(" of plans were issued")


def test_checks_name_their_evidence(made: tuple[Path, Built]) -> None:
    data = page_data(paper_page(made[0], "kent.pdf"))
    ((kind, verdict, says, evidence),) = data["checks"]["c1a1" * 4]  # type: ignore[index]
    assert (kind, verdict) == ("cell", "mismatch") and says.startswith("March 2024 fell")
    assert evidence[0][1] == "62.3% (Feb 2024), page 1"
    target, _, place = evidence[0][0].partition("#")
    assert place in (made[0] / "report" / "paper" / target).resolve().read_text(encoding="utf-8")


def test_the_overview_leads_with_what_does_not_hold(made: tuple[Path, Built]) -> None:
    text = (made[0] / "report" / "index.html").read_text(encoding="utf-8")
    assert text.index("Claims that do not hold") < text.index(CLAIM) < text.index("What the checks say")


def test_a_measure_page_compares_and_says_what_it_left_out(made: tuple[Path, Built]) -> None:
    folder = made[0] / "report" / "kpi"
    text = (folder / f"{TIMELINESS}.html").read_text(encoding="utf-8")
    assert "Months" in text and "Calendar years" in text
    assert "England" in text and "DfE, EHC plans 2025" in text
    assert re.search(r"role target<td class=\"n\">1", text)
    spec = json.loads(re.findall(r'<script type="application/json">(.*?)</script>', text, re.S)[-1])
    assert spec["description"].startswith("EHC plans issued within 20 weeks")
    assert (folder / f"{TIMELINESS}.csv").read_text(encoding="utf-8-sig").startswith("area_type,area,la_code")


def digests(folder: Path) -> dict[str, str]:
    files = (path for path in sorted(folder.rglob("*")) if path.is_file())
    return {path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest() for path in files}


def test_built_again_it_is_the_same_and_keeps_its_pictures(
    made: tuple[Path, Built], packs: Packs, monkeypatch: pytest.MonkeyPatch
) -> None:
    base, _ = made
    before = digests(base / "report")
    kept = {path.name: path.stat().st_ino for path in (base / "report" / "pictures").iterdir()}
    build_report(read_dataset(base / "ds"), packs, base / "report", Settings(papers=(base / "papers",)))
    assert digests(base / "report") == before
    assert {path.name: path.stat().st_ino for path in (base / "report" / "pictures").iterdir()} == kept


def test_a_foreign_folder_is_left_alone(tmp_path: Path, packs: Packs) -> None:
    _, data = dataset(tmp_path)
    out = tmp_path / "mine"
    out.mkdir()
    (out / "diary.txt").write_text("x")
    with pytest.raises(DatasetError, match="left alone"):
        build_report(read_dataset(data), packs, out)
    assert [path.name for path in out.iterdir()] == ["diary.txt"]


def test_a_build_that_fails_leaves_the_former_report(
    made: tuple[Path, Built], packs: Packs, monkeypatch: pytest.MonkeyPatch
) -> None:
    from sendparse.publish.report import build

    before = digests(made[0] / "report")
    monkeypatch.setattr(build, "_measures", lambda *_: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        build_report(read_dataset(made[0] / "ds"), packs, made[0] / "report", Settings(pictures=False))
    assert digests(made[0] / "report") == before
    assert not list(made[0].glob(".report*"))


# Papers


def test_papers_are_found_by_content_when_renamed(tmp_path: Path) -> None:
    folder, data = dataset(tmp_path)
    (folder / "kent.pdf").rename(folder / "renamed.pdf")
    found = locate(read_dataset(data), [folder])
    assert sorted(path.name for path in found.values()) == ["medway.html", "renamed.pdf"]


def test_a_paper_that_changed_is_not_the_paper(tmp_path: Path) -> None:
    folder, data = dataset(tmp_path)
    (folder / "medway.html").write_text("something else")
    assert [path.name for path in locate(read_dataset(data), [folder]).values()] == ["kent.pdf"]


def test_a_folder_of_papers_must_be_there(tmp_path: Path) -> None:
    _, data = dataset(tmp_path)
    with pytest.raises(InputError, match="no such folder"):
        locate(read_dataset(data), [tmp_path / "nowhere"])


def test_batch_notes_where_papers_lie(tmp_path: Path) -> None:
    folder = papers(tmp_path / "papers")
    result = CliRunner().invoke(main, ["batch", str(folder), "--out", str(tmp_path / "ds"), "--workers", "1"])
    assert result.exit_code == 0, result.output
    found = locate(read_dataset(tmp_path / "ds"))
    assert sorted(path.name for path in found.values()) == ["kent.pdf", "medway.html"]


def test_a_damaged_paper_costs_only_its_pictures(tmp_path: Path) -> None:
    from sendparse.publish.report.pictures import Wanted

    (tmp_path / "bad.pdf").write_bytes(b"%PDF-1.4 nothing")
    box = Box(x0=10, top=10, x1=20, bottom=20)
    good = papers(tmp_path / "papers") / "kent.pdf"
    wanted = [
        Wanted(path=tmp_path / "bad.pdf", slug="bad", format="pdf", boxes={1: (box,)}),
        Wanted(path=good, slug="good", format="pdf", boxes={1: (box,), 9: (box,)}),
    ]
    (_, bad), (_, fine) = draw(wanted, tmp_path / "pictures", workers=1)
    assert "could not be drawn" in bad.error
    assert [band.page for band in fine.bands] == [1]  # there is no page 9


def test_without_papers_the_report_says_so(tmp_path: Path) -> None:
    folder, data = dataset(tmp_path)
    folder.rename(tmp_path / "moved")
    result = CliRunner().invoke(main, ["report", str(data), "--out", str(tmp_path / "report")])
    assert result.exit_code == 0
    assert "2 papers were not found" in result.output and "--papers" in result.output
    assert "it was not found when the report was built" in paper_page(tmp_path, "kent.pdf").read_text(encoding="utf-8")


# Small things

BANDS = [
    # boxes (top, bottom)            bands                       why
    ([(300, 310)], [(236, 374)], "some page around"),
    ([(10, 20)], [(0, 84)], "not beyond the page"),
    ([(100, 110), (200, 210)], [(36, 274)], "near ones share a band"),
    ([(80, 90), (700, 710)], [(16, 154), (636, 774)], "far ones do not"),
    ([(y, y + 10) for y in range(50, 800, 50)], [(0, 842)], "a full page is whole"),
    ([], [], "nothing wanted"),
    ([(900, 910)], [], "off the page"),
]


@pytest.mark.parametrize(("boxes", "bands", "why"), BANDS)
def test_bands(boxes: list[tuple[int, int]], bands: list[tuple[int, int]], why: str) -> None:
    assert bands_of([Box(x0=1, top=top, x1=2, bottom=bottom) for top, bottom in boxes], 842.0) == bands, why


def test_data_cannot_end_its_block() -> None:
    text = data_block({"a": "</script><!--\u2028&"})
    assert not re.search(r"[<>&\u2028]", text)
    assert json.loads(text) == {"a": "</script><!--\u2028&"}


def test_rows_are_portioned_by_weight() -> None:
    assert list(portioned(["ab", "cd", "é"], heavy=4)) == [["ab", "cd"], ["é"]]
    assert list(portioned(["long row"], heavy=2)) == [["long row"]]


def test_the_policy_opens_only_for_review() -> None:
    assert "connect-src 'none'" in content_policy(review=False)
    assert "connect-src 'self'" in content_policy(review=True)


def test_cut() -> None:
    assert cut("a  b\nc", 10) == "a b c"
    assert cut("one two three", 9) == "one two …" or cut("one two three", 9) == "one …"


def test_pages_stay_light(tmp_path: Path, packs: Packs) -> None:
    rows = [
        figure("886", float(n), file="big.pdf", evidence=f"{n} words of evidence " * 40, kpi_label="A long label " * 12)
        for n in range(2600)
    ]
    built = build_report(
        read_dataset(dataset_of(tmp_path / "ds", rows)), packs, tmp_path / "report", Settings(pictures=False)
    )
    assert built.pages >= 3
    sizes = {path.name: path.stat().st_size for path in pages(tmp_path / "report")}
    assert max(sizes.values()) < 1_000_000, sizes
    linked = (tmp_path / "report" / "paper").glob("*.html")
    assert len(list(linked)) > 3
