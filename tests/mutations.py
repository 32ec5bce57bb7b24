"""Spoilt papers for fuzzing: bytes, objects of a PDF, the XML of a Word file, the tags of a web page, and texts made of
fragments of council speech. Everything comes from the random source that is given: the same source, the same paper.
"""

from __future__ import annotations

import base64
import io
import re
import zipfile
import zlib
from collections.abc import Callable
from random import Random

_ODD_BYTES = (b"\x00", b"\xff", b"\x80\x81", b"%", b"<", b">", b"\r", b"\x1b[31m", b"\xef\xbb\xbf", b"((((", b"]]]]")
_ODD_NUMBERS = (
    b"0",
    b"-1",
    b"1",
    b"65535",
    b"2147483648",
    b"-99999999999",
    b"1e9",
    b"0.00001",
    b".",
    b"--5",
    b"999999999999999999999",
)
_NUMBER = re.compile(rb"-?\d+(?:\.\d+)?")
_OBJECT = re.compile(rb"(\d+ \d+ obj\b)(.*?)(endobj)", re.DOTALL)
_STREAM = re.compile(rb"(stream\r?\n)(.*?)((?:\r?\n)?endstream)", re.DOTALL)
_TAG = re.compile(rb"<[^<>]{1,400}>")
_ATTRIBUTE = re.compile(rb"""([\w:.-]+)\s*=\s*("[^"]*"|'[^']*')""")


def spoil_bytes(rng: Random, data: bytes) -> bytes:
    """A few changes anywhere: bytes put in, taken out, changed, moved, doubled; or the end cut off."""
    out = bytearray(data)
    for _ in range(rng.choice((1, 1, 2, 4, 16))):
        at = rng.randrange(len(out) + 1)
        size = rng.choice((1, 1, 4, 64, 1024))
        deed = rng.randrange(6)
        if deed == 0:
            out[at : at + size] = rng.randbytes(min(size, 64))
        elif deed == 1:
            del out[at : at + size]
        elif deed == 2:
            out[at:at] = rng.choice(_ODD_BYTES) * rng.choice((1, 1, 50))
        elif deed == 3:
            other = rng.randrange(len(out) + 1)
            out[at:at] = out[other : other + size]
        elif deed == 4 and out:
            out[at % len(out)] ^= 1 << rng.randrange(8)
        elif rng.random() < 0.3:
            del out[at:]
    return bytes(out)


def _swap_numbers(rng: Random, text: bytes, most: int = 6) -> bytes:
    """Some numbers take the place of others, or become odd ones."""
    found = list(_NUMBER.finditer(text))
    if not found:
        return text
    chosen = {rng.randrange(len(found)): 0 for _ in range(rng.randint(1, most))}
    out, end = [], 0
    for place in sorted(chosen):
        match = found[place]
        out += [text[end : match.start()], rng.choice(_ODD_NUMBERS) if rng.random() < 0.5 else rng.choice(found)[0]]
        end = match.end()
    return b"".join([*out, text[end:]])


def spoil_pdf(rng: Random, data: bytes) -> bytes:
    """Objects swapped, taken out or changed; what is drawn on a page changed, with its stream packed again."""
    deed = rng.randrange(5)
    objects = list(_OBJECT.finditer(data))
    if deed == 4 or not objects:
        return spoil_bytes(rng, data)
    chosen = rng.choice(objects)
    body = chosen[2]
    if deed == 0:
        body = rng.choice(objects)[2]
    elif deed == 1:
        head, stream, rest = body.partition(b"stream")
        body = _swap_numbers(rng, head) + stream + rest
    else:
        streams = [match for match in objects if b"FlateDecode" in match[2]]
        if streams:
            chosen = rng.choice(streams)
        body = _STREAM.sub(lambda match: _spoilt_stream(rng, match), chosen[2], count=1)
    if body == chosen[2]:
        return spoil_bytes(rng, data)
    return data[: chosen.start(2)] + body + data[chosen.end(2) :]


def _spoilt_stream(rng: Random, match: re.Match[bytes]) -> bytes:
    in_letters = match[2].rstrip().endswith(b"~>")  # ASCII85 around it
    try:
        plain = zlib.decompress(base64.a85decode(match[2].strip().removesuffix(b"~>")) if in_letters else match[2])
    except (zlib.error, ValueError):
        return match[0]
    lines = plain.split(b"\n")
    for _ in range(rng.choice((1, 3, 10))):
        deed, at = rng.randrange(5), rng.randrange(len(lines))
        if deed == 0:
            lines[at] = _swap_numbers(rng, lines[at], 2)
        elif deed == 1:
            lines.insert(at, rng.choice(lines))
        elif deed == 2 and len(lines) > 1:
            del lines[at]
        elif deed == 3:
            lines[at] = rng.choice(
                (b"q", b"Q", b"BT", b"ET", b"0 0 0 0 0 0 cm", b"1e6 0 0 1e6 0 0 cm", b"0 Tf", b"3 Tr")
            )
        else:
            other = rng.randrange(len(lines))
            lines[at], lines[other] = lines[other], lines[at]
    packed = zlib.compress(b"\n".join(lines))
    return match[1] + (base64.a85encode(packed) + b"~>" if in_letters else packed) + match[3]


def spoil_markup(rng: Random, data: bytes) -> bytes:
    """Tags taken out, doubled, moved, wrapped in one another; attributes with other values."""
    for _ in range(rng.choice((1, 2, 5, 20))):
        found = list(_TAG.finditer(data))
        if not found:
            return spoil_bytes(rng, data)
        one, other = rng.choice(found), rng.choice(found)
        first, second = sorted((one, other), key=lambda match: match.start())
        deed = rng.randrange(6)
        if deed == 0:
            data = data[: one.start()] + data[one.end() :]
        elif deed == 1:
            data = data[: one.start()] + other[0] * rng.choice((1, 2, 300)) + data[one.start() :]
        elif deed == 2:
            data = data[: first.start()] + data[second.start() :]
        elif deed == 3:
            piece = data[first.start() : second.end()][:20_000]
            data = data[: second.end()] + piece + data[second.end() :]
        elif deed == 4:
            data = data[: one.start()] + _other_attribute(rng, one[0], other[0]) + data[one.end() :]
        else:
            data = data[: first.end()] + _swap_numbers(rng, data[first.end() : second.start()]) + data[second.start() :]
    return data[:2_000_000]


def _other_attribute(rng: Random, tag: bytes, donor: bytes) -> bytes:
    found = _ATTRIBUTE.search(tag)
    if found is None:
        return tag
    given = _ATTRIBUTE.search(donor)
    value = given[2] if given is not None and rng.random() < 0.5 else b'"' + rng.choice(_ODD_NUMBERS) + b'"'
    return tag[: found.start(2)] + value + tag[found.end(2) :]


def spoil_docx(rng: Random, data: bytes) -> bytes:
    """One of the parts of a Word file changed as markup, and packed again; or the archive itself."""
    if rng.random() < 0.15:
        return spoil_bytes(rng, data)
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        parts = {info.filename: archive.read(info) for info in archive.infolist()}
    wanted = [name for name in parts if name.endswith((".xml", ".rels"))]
    name = "word/document.xml" if rng.random() < 0.7 and "word/document.xml" in parts else rng.choice(wanted)
    parts[name] = spoil_markup(rng, parts[name])
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for part, content in parts.items():
            made = zipfile.ZipInfo(part)  # its own date, never the clock's: a case is the same each time
            made.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(made, content)
    return out.getvalue()


def spoil_text(rng: Random, data: bytes) -> bytes:
    """Words moved about, figures swapped; sometimes one line many times over."""
    lines = data.decode("utf-8", "replace").split("\n")
    for _ in range(rng.choice((1, 4, 16))):
        at, other = rng.randrange(len(lines)), rng.randrange(len(lines))
        deed = rng.randrange(4)
        if deed == 0:
            words = lines[at].split(" ")
            rng.shuffle(words)
            lines[at] = " ".join(words)
        elif deed == 1:
            lines[at] += " " + lines[other]
        elif deed == 2:
            lines[at] = (lines[at] + rng.choice((" ", "; ", "\n"))) * rng.choice((2, 20))
        else:
            lines[at] = _swap_numbers(rng, lines[at].encode()).decode("utf-8", "replace")
    return "\n".join(lines)[:400_000].encode()


SPOILERS: dict[str, Callable[[Random, bytes], bytes]] = {
    "pdf": spoil_pdf,
    "html": lambda rng, data: spoil_markup(rng, data) if rng.random() < 0.8 else spoil_bytes(rng, data),
    "docx": spoil_docx,
    "txt": lambda rng, data: spoil_text(rng, data) if rng.random() < 0.8 else spoil_bytes(rng, data),
}

WHO = ("the council", "children and young people", "EHC plans", "EHCPs", "requests for assessment", "appeals", "tribunal",
       "pupils with SEND", "the High Needs Block", "DSG deficit", "mainstream schools", "Year 9", "our SEND team", "")  # fmt: skip
DID = ("were issued within 20 weeks", "rose by", "fell from", "increased to", "stood at", "is forecast to reach", "compared with",
       "against a target of", "of which", "an increase of", "up from", "down", "doubled to", "averaged", "between", "out of")  # fmt: skip
FIGURES = ("61.5%", "55-70%", "£19.4m", "1,204", "13 / 20", "<5", "c.300", "12", "3.9 per 10,000", "50 of 73 (68%)", "-4.5%",
           "two thirds", "20 weeks", "0", "£(3.2)m", "1 in 5", "nearly 1,000", "£1.2 to £1.5 million", "98.20%",
           "4,453", "½", "１２")  # fmt: skip
WHEN = ("in 2023/24", "in June 2024", "at 31 March 2025", "since January", "this year", "Q3", "in the last 12 months", "by 2026-27",
        "between January and June 2025", "(2022: 45%)", "last quarter", "in the autumn term", "31/01/2024",
        "to date", "2019/2020")  # fmt: skip
JOINS = (
    " ",
    ", ",
    "; ",
    " and ",
    ", of which ",
    " (",
    ") ",
    " - ",
    ". ",
    ":\n",
    "\n- ",
    "\n",
    "\t",
    " | ",
    "\n\n",
    " / ",
    "... ",
    "“",
    "’s ",
)
ODD = (
    "\u202e",
    "\u200b",
    "\ufeff",
    "\ud7ff",
    "\U0001f600",
    "İ",
    "ß",
    "ﬁ",
    "٣٤",
    "²",
    "\x1b[2J",
    "\x0c",
    "e\u0301",
    "𝟙𝟚",
    "½½",
)


def speech(rng: Random, *, longest: int = 60) -> str:
    """A text of fragments of council speech, now and then with letters nobody expects, now and then very repetitive."""
    out = []
    for _ in range(rng.randint(1, longest)):
        bag = rng.choice((WHO, DID, FIGURES, FIGURES, WHEN, ODD if rng.random() < 0.2 else FIGURES))
        out.append(rng.choice(bag))
        out.append(rng.choice(JOINS) if rng.random() < 0.6 else " ")
    text = "".join(out)
    return text * rng.choice((2, 10, 50)) if rng.random() < 0.1 else text
