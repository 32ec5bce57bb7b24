"""What failed, in forms that pipelines read: JUnit XML, SARIF and GitHub annotations.

In: findings and the verdicts that count as failures. Out: text. Every finding names the paper, the page and the box or
the offsets, and quotes the words, so that a person finds the place without opening the dataset.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Collection
from itertools import groupby
from xml.sax.saxutils import escape, quoteattr

from sendparse import __version__
from sendparse.audit import Audit, Claim, Finding

_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def place(claim: Claim) -> str:
    """Where a figure stands, as a person would say it."""
    if claim.page is not None:
        box = "" if claim.x0 is None else f" at {claim.x0:.0f}, {claim.top or 0:.0f} points"
        return f"{claim.file}, page {claim.page}{box}"
    return f"{claim.file}, character {claim.char_start}" if claim.char_start is not None else claim.file


def junit(audit: Audit, verdicts: Collection[str]) -> str:
    """JUnit XML: a suite for each paper, a case for each check; a waived one is skipped with its reason."""
    suites = []
    for file, group in groupby(audit.findings, key=lambda f: f.claim.file):
        found = list(group)
        failed = sum(f.check.verdict in verdicts and f.waiver is None for f in found)
        skipped = sum(f.waiver is not None for f in found)
        head = (
            f'<testsuite name={quoteattr(_clean(file))} tests="{len(found)}" failures="{failed}" skipped="{skipped}">'
        )
        suites.append("\n".join([head, *(_case(f, verdicts) for f in found), "</testsuite>"]))
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n<testsuites name="sendparse">\n'
        + "\n".join([*suites, "</testsuites>"])
        + "\n"
    )


def _case(finding: Finding, verdicts: Collection[str]) -> str:
    claim, found = finding.claim, finding.check
    name = quoteattr(_clean(f"{claim.value_text} {claim.name} ({found.check_id})"))
    head = f"  <testcase classname={quoteattr(f'{found.kind}.{found.verdict}')} name={name}"
    if finding.waiver:
        return f"{head}><skipped message={quoteattr(_clean(finding.waiver.reason))}/></testcase>"
    if found.verdict not in verdicts:
        return f"{head}/>"
    text = escape(_clean(f"{place(claim)}\n{claim.evidence}"))
    return f"{head}><failure type={quoteattr(found.verdict)} message={quoteattr(_clean(found.explanation))}>{text}</failure></testcase>"


def sarif(audit: Audit, verdicts: Collection[str]) -> str:
    """SARIF 2.1.0: a result for each failed check; waived ones are suppressed with their reason."""
    told = [f for f in audit.findings if f.check.verdict in verdicts]
    rules = sorted({f"{f.check.kind}/{f.check.verdict}" for f in told})
    driver = {"name": "sendparse", "version": __version__, "rules": [{"id": rule} for rule in rules]}
    run = {"tool": {"driver": driver}, "results": [_result(f) for f in told]}
    schema = "https://json.schemastore.org/sarif-2.1.0.json"
    return json.dumps({"$schema": schema, "version": "2.1.0", "runs": [run]}, ensure_ascii=False, indent=1) + "\n"


def _result(finding: Finding) -> dict[str, object]:
    claim, found = finding.claim, finding.check
    physical: dict[str, object] = {"artifactLocation": {"uri": claim.file}}
    if claim.char_start is not None and claim.char_end is not None:
        physical["region"] = {"charOffset": claim.char_start, "charLength": claim.char_end - claim.char_start}
    out: dict[str, object] = {
        "ruleId": f"{found.kind}/{found.verdict}",
        "level": "error" if found.verdict in ("mismatch", "stale", "mislabelled") else "note",
        "message": {"text": f"{found.explanation} [{place(claim)}] “{claim.evidence}”"},
        "locations": [{"physicalLocation": physical, "message": {"text": place(claim)}}],
        "partialFingerprints": {"checkId/v1": found.check_id},
    }
    if finding.waiver:
        out["suppressions"] = [{"kind": "external", "justification": finding.waiver.reason}]
    return out


def github(audit: Audit, verdicts: Collection[str]) -> str:
    """GitHub workflow commands: an annotation for each failed check."""
    lines = []
    for finding in audit.failed(verdicts):
        title = _property(f"{finding.check.kind}: {finding.check.verdict}")
        text = _message(f"{finding.check.explanation} [{place(finding.claim)}]\n{finding.claim.evidence}")
        lines.append(f"::error file={_property(finding.claim.file)},title={title}::{text}\n")
    return "".join(lines)


def _message(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _message(text).replace(":", "%3A").replace(",", "%2C")


def _clean(text: str) -> str:
    """Without the characters that XML cannot hold."""
    return _NOT_XML.sub("\N{REPLACEMENT CHARACTER}", text)


FORMATS: dict[str, Callable[[Audit, Collection[str]], str]] = {"junit": junit, "sarif": sarif, "github": github}
