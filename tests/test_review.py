"""The review server: who may ask, who may write, and what a decision becomes."""

from __future__ import annotations

import http.client
import json
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from reporting import HOSTILE, PATIENCE, Watched, dataset, started

from sendparse.corrections.log import read_log
from sendparse.dataset import read_dataset
from sendparse.errors import InputError
from sendparse.packs import Packs
from sendparse.publish.report import Settings, build_report
from sendparse.publish.review.desk import Desk
from sendparse.publish.review.server import LOOPBACK, TOKEN_HEADER, ReviewServer

CLAIM = "c1a1" * 4


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory, packs: Packs) -> tuple[Path, Path]:
    base = tmp_path_factory.mktemp("review")
    folder, data = dataset(base)
    build_report(read_dataset(data), packs, base / "pages", Settings(papers=(folder,), workers=1, review=True))
    (base / "secret.txt").write_text("not for you")
    return base / "pages", data


@pytest.fixture
def server(pages: tuple[Path, Path], packs: Packs, tmp_path: Path) -> Iterator[ReviewServer]:
    folder, data = pages
    desk = Desk(read_dataset(data), packs, tmp_path / "log.jsonl")
    with ReviewServer(folder, desk) as found:
        thread = threading.Thread(target=found.serve_forever, args=(0.05,), daemon=True)
        thread.start()
        yield found
        found.shutdown()
        thread.join()


def own(server: ReviewServer) -> str:
    return f"{LOOPBACK}:{server.server_address[1]}"


def ask(
    server: ReviewServer, method: str, path: str, body: object = None, **headers: str | None
) -> tuple[int, Any, dict[str, str]]:
    """A request as a page of the server would send it; a header given as None is left out."""
    sent: dict[str, str | None] = {"Host": own(server), TOKEN_HEADER: server.token}
    if method == "POST":
        sent |= {"Origin": f"http://{own(server)}", "Content-Type": "application/json"}
    sent |= {name.replace("_", "-"): value for name, value in headers.items()}
    data = body if isinstance(body, bytes) else b"" if body is None else json.dumps(body).encode()
    connection = http.client.HTTPConnection(LOOPBACK, server.server_address[1], timeout=300)
    connection.putrequest(method, path, skip_host=True)
    for name, value in sent.items():
        if value is not None:
            connection.putheader(name, value)
    if data and "Content-Length" not in sent:
        connection.putheader("Content-Length", str(len(data)))
    connection.endheaders(data)
    answer = connection.getresponse()
    content = answer.read()
    connection.close()
    found = json.loads(content) if answer.headers.get_content_type() == "application/json" else content
    return answer.status, found, dict(answer.headers)


def decide(**changes: object) -> dict[str, object]:
    return {"observation_id": CLAIM, "act": "accept", "who": "Ada", **changes}


def test_it_listens_on_the_loopback_address_alone(server: ReviewServer) -> None:
    assert server.server_address[0] == "127.0.0.1"
    assert server.address.startswith("http://127.0.0.1:") and server.address.endswith(f"#token={server.token}")
    assert len(server.token) >= 32


def test_a_decision_is_kept_with_who_when_before_and_after(server: ReviewServer) -> None:
    status, told, _ = ask(server, "POST", "/api/decide", decide(act="correct", after={"value": 62.3}, why="February"))
    assert (status, told["act"], told["after"]) == (200, "correct", {"value": 62.3})
    (kept,) = read_log(server.desk.file)
    assert (kept.who, kept.why, kept.before["value"], kept.after["value"]) == ("Ada", "February", 61.5, 62.3)
    assert kept.when.endswith("Z")
    assert ask(server, "GET", "/api/state")[1]["decisions"][CLAIM]["who"] == "Ada"
    assert ask(server, "POST", "/api/decide", decide(act="withdraw"))[0] == 200
    assert ask(server, "GET", "/api/state")[1]["decisions"] == {}
    assert [one.act for one in read_log(server.desk.file)] == ["correct", "withdraw"]


REFUSED = [
    # headers                                              status  why
    ({TOKEN_HEADER: None}, 403, "no token"),
    ({TOKEN_HEADER: "guess"}, 403, "a wrong token"),
    ({TOKEN_HEADER: "\xe9"}, 403, "a token that is no ASCII"),
    ({"Origin": "http://evil.example"}, 403, "a foreign page"),
    ({"Origin": "null"}, 403, "a page from disk or a sandbox"),
    ({"Origin": None}, 403, "no page at all"),
    ({"Sec_Fetch_Site": "cross-site"}, 403, "what the browser itself calls foreign"),
    ({"Host": "evil.example"}, 421, "a name bent to this address"),
    ({"Host": "127.0.0.1"}, 421, "another port"),
    ({"Host": None}, 421, "no name"),
    ({"Content_Type": "text/plain"}, 415, "what a form could send"),
    ({"Content_Length": "999999"}, 413, "too long"),
    ({"Content_Length": "x"}, 411, "no length"),
]


@pytest.mark.parametrize(("headers", "status", "why"), REFUSED)
def test_who_may_not_write(server: ReviewServer, headers: dict[str, str | None], status: int, why: str) -> None:
    found, told, _ = ask(server, "POST", "/api/decide", decide(), **headers)
    assert found == status, why
    assert "error" in told
    assert not server.desk.file.exists(), why


NONSENSE = [
    # content                                              says                              why
    (decide(observation_id="0" * 16), "no such figure", "unknown"),
    (decide(who=" "), "does not say who", "nobody"),
    (decide(act="guess"), "none of accept", "no act"),
    (decide(act="withdraw"), "nothing to withdraw", "nothing decided"),
    (decide(act="correct"), "corrects nothing", "no change"),
    (decide(act="correct", after={"kpi": "nope"}), "no measure is called", "unknown measure"),
    (decide(act="correct", after={"file": "x"}), "no field that can be corrected", "where it stands is fixed"),
    (decide(act="correct", after={"value": "12"}), "value cannot be", "a text for a number"),
    (decide(act="accept", after={"value": 1.0}), "changes no field", "accept is as read"),
    (decide(why="x" * 501), "at most 500", "an essay"),
    (decide(extra=1), "field that is not known", "unknown field"),
    ([1], "field that is not known", "no object"),
]


@pytest.mark.parametrize(("content", "says", "why"), NONSENSE)
def test_what_means_nothing_is_not_kept(server: ReviewServer, content: object, says: str, why: str) -> None:
    status, told, _ = ask(server, "POST", "/api/decide", content)
    assert status == 422, why
    assert says in told["error"]
    assert not server.desk.file.exists()


@pytest.mark.parametrize("body", [b"{", b"\xff", b"[" * 60_000, b'{"act": NaN'])
def test_broken_json_is_refused(server: ReviewServer, body: bytes) -> None:
    assert ask(server, "POST", "/api/decide", body)[0] == 400
    assert ask(server, "GET", "/index.html")[0] == 200  # it goes on


OUTSIDE = [
    "/../secret.txt",
    "/%2e%2e/secret.txt",
    "/..%2fsecret.txt",
    "//etc/passwd",
    "/assets",
    "/nowhere.html",
    "/a%00b.html",
    "/..\\secret.txt",
]


@pytest.mark.parametrize("path", OUTSIDE)
def test_nothing_outside_the_folder_is_served(server: ReviewServer, path: str) -> None:
    status, told, _ = ask(server, "GET", path)
    assert status == 404 and b"not for you" not in json.dumps(told).encode()


def test_reading_decisions_needs_the_token(server: ReviewServer) -> None:
    for path in ("/api/state", f"/api/figure/{CLAIM}"):
        assert ask(server, "GET", path, **{TOKEN_HEADER: None})[0] == 403
        assert ask(server, "GET", path)[0] == 200
    assert ask(server, "GET", "/index.html", Host="evil.example")[0] == 421


def test_every_answer_is_shut(server: ReviewServer) -> None:
    for path in ("/index.html", "/api/state", "/nowhere"):
        _, _, headers = ask(server, "GET", path)
        policy = headers["Content-Security-Policy"]
        assert "frame-ancestors 'none'" in policy and "connect-src 'self'" in policy and "unsafe" not in policy
        assert headers["X-Content-Type-Options"] == "nosniff"
        assert "Access-Control-Allow-Origin" not in headers
    status, body, headers = ask(server, "HEAD", "/index.html")
    assert (status, body) == (200, b"") and int(headers["Content-Length"]) > 0


def test_methods_that_are_not_offered(server: ReviewServer) -> None:
    for method in ("PUT", "DELETE", "OPTIONS"):
        assert ask(server, method, "/api/decide")[0] == 501
    assert ask(server, "POST", "/index.html", {})[0] == 404


def test_a_rejected_figure_that_is_gone_can_be_taken_back(
    pages: tuple[Path, Path], packs: Packs, tmp_path: Path
) -> None:
    desk = Desk(read_dataset(pages[1]), packs, tmp_path / "log.jsonl")
    desk.decide(decide(act="reject"))
    desk._rows.pop(CLAIM)  # as after a batch
    with pytest.raises(InputError):
        desk.decide(decide())
    assert desk.decide(decide(act="withdraw"))["act"] == "withdraw"


# In the browser


@pytest.mark.browser
def test_a_reviewer_corrects_a_figure(server: ReviewServer) -> None:
    with started() as browser:
        context = browser.new_context(viewport={"width": 1200, "height": 900})
        watched = Watched(context)
        page = watched.page
        page.goto(server.address)
        page.get_by_text("0 figures decided").wait_for()
        assert "token" not in page.url
        page.locator("#wrong-table tbody a", has_text="61.5%").first.click()
        dialog = page.locator("dialog[open]")
        dialog.get_by_role("button", name="Accept").click()
        dialog.get_by_text("Say who you are first").wait_for()
        dialog.get_by_label("Your name").fill("Grace")
        dialog.get_by_label("Why (may be left out)").fill(HOSTILE)
        dialog.get_by_role("button", name="Correct …").click()
        dialog.get_by_label("value", exact=True).fill("many")
        dialog.get_by_role("button", name="Keep the correction").click()
        dialog.get_by_text("is no number").wait_for()
        dialog.get_by_label("value", exact=True).fill("62.3")
        dialog.get_by_label("role", exact=True).select_option("target")
        dialog.get_by_role("button", name="Keep the correction").click()
        dialog.get_by_text("Grace corrected this figure").wait_for()
        page.keyboard.press("Escape")
        assert page.locator(f"#f-{CLAIM} .state").inner_text() == "corrected"
        assert page.get_by_text("1 figure decided").is_visible()
        page.reload()
        page.locator(f"#f-{CLAIM} .state").wait_for()
        assert watched.said == []
        assert page.evaluate("typeof hacked") == "undefined"
        assert {url.split("/")[2] for url in watched.asked} == {own(server)}
        context.close()
    (kept,) = read_log(server.desk.file)
    assert (kept.who, kept.why, dict(kept.after)) == ("Grace", HOSTILE, {"value": 62.3, "role": "target"})


@pytest.mark.browser
def test_without_the_token_nothing_can_be_decided(server: ReviewServer) -> None:
    with started() as browser:
        page = browser.new_context().new_page()
        page.set_default_timeout(PATIENCE)
        page.goto(f"http://{own(server)}/index.html")
        page.get_by_text("Decisions cannot be made here").wait_for()
