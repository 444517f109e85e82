"""The points of a list keep the numbers that Word shows, wherever a paragraph stands between them."""

from __future__ import annotations

from pathlib import Path

import pytest
from draft_files import docx, run
from test_drafts import of

_W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
_TYPE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def numbering(*lists: str, first: int = 1) -> bytes:
    """Two kinds of lists, numbered and with bullets on two levels; ``lists`` are further ``w:num`` elements."""
    levels = "".join(
        f'<w:lvl w:ilvl="{level}"><w:start w:val="{first}"/><w:numFmt w:val="{{0}}"/></w:lvl>' for level in range(2)
    )
    kinds = "".join(
        f'<w:abstractNum w:abstractNumId="{kind}">{levels.format(form)}</w:abstractNum>'
        for kind, form in enumerate(("decimal", "bullet"))
    )
    usual = "".join(f'<w:num w:numId="{kind + 1}"><w:abstractNumId w:val="{kind}"/></w:num>' for kind in range(2))
    return f"<w:numbering {_W}>{kinds}{usual}{''.join(lists)}</w:numbering>".encode()


def point(text: str, number: int = 1, level: int = 0) -> str:
    properties = f'<w:pPr><w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr></w:pPr>'
    return properties + run(text)


ANEW = (
    '<w:num w:numId="3"><w:abstractNumId w:val="0"/>'
    '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride></w:num>'
)
SAME_KIND = '<w:num w:numId="3"><w:abstractNumId w:val="0"/></w:num>'
RELATIONSHIPS = (
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    f'<Relationship Id="r1" Type="{_TYPE}/numbering" Target="numbering.xml"/></Relationships>'
).encode()


def body(folder: Path, *paragraphs: str, numbers: bytes) -> str:
    parts = {"word/numbering.xml": numbers, "word/_rels/document.xml.rels": RELATIONSHIPS}
    return of(folder, "a.docx", docx(*paragraphs, **parts)).body


@pytest.mark.parametrize(
    ("paragraphs", "numbers", "written"),
    [
        ([point("a"), point("b"), run("x"), point("c")], numbering(), "1. a\n2. b\n\nx\n\n3. c"),
        ([point("a"), run("x"), point("b", 3)], numbering(SAME_KIND), "1. a\n\nx\n\n2. b"),
        ([point("a"), point("b"), run("x"), point("c", 3)], numbering(ANEW), "1. a\n2. b\n\nx\n\n1. c"),
        ([point("a"), point("b")], numbering(first=4), "4. a\n5. b"),
        ([point("a", 2), run("x"), point("b", 2)], numbering(), "- a\n\nx\n\n- b"),
        ([point("a"), point("b", 2), point("c")], numbering(), "1. a\n- b\n2. c"),
    ],
)
def test_a_list_goes_on_as_word_counts_it(tmp_path: Path, paragraphs: list[str], numbers: bytes, written: str) -> None:
    assert body(tmp_path, *paragraphs, numbers=numbers) == written


@pytest.mark.parametrize(
    "numbers",
    [
        numbering().replace(b'w:val="1"', b'w:val="x"'),
        numbering().replace(b'w:ilvl="1"', b'w:ilvl="99999999"'),
        b"<w:numbering %s/>" % _W.encode(),
    ],
)
def test_damaged_numbers_lose_no_word(tmp_path: Path, numbers: bytes) -> None:
    written = body(tmp_path, point("alpha", level=1), run("x"), point("beta", 99), numbers=numbers)
    assert ("alpha" in written, "beta" in written) == (True, True)
