"""Words that nobody sees are told of wherever they are: in office files, in RTF, in the HTML of a letter."""

from __future__ import annotations

from each_row import each_row
from lint_files import archive, office
from rule_cases import found, html

from mailmerge.lint.extract.content import HiddenKind
from mailmerge.lint.extract.reader import read_content
from mailmerge.model import Severity

_NS = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
WHITE = {
    "white": '<w:color w:val="FFFFFF"/>',
    "white in small letters": '<w:color w:val="ffffff"/>',
    "nearly white": '<w:color w:val="FEFDFC"/>',
    "ivory": '<w:color w:val="FFFFF0"/>',
    "the background of the theme": '<w:color w:val="auto" w:themeColor="background1"/>',
    "the light colour of the theme": '<w:color w:themeColor="light1"/>',
}
TINY = {
    "half a point": '<w:sz w:val="1"/>',
    "one point": '<w:sz w:val="2"/>',
    "three points": '<w:sz w:val="6"/>',
    "hardly any width": '<w:w w:val="1"/>',
}
SEEN = {
    "black": '<w:color w:val="000000"/>',
    "grey": '<w:color w:val="BFBFBF"/>',
    "yellow": '<w:color w:val="FFFF00"/>',
    "the background of the theme, darker": '<w:color w:themeColor="background1" w:themeShade="80"/>',
    "the text of the theme": '<w:color w:themeColor="text1"/>',
    "small print": '<w:sz w:val="8"/>',
    "narrow letters": '<w:w w:val="80"/>',
    "a size for other scripts": '<w:szCs w:val="2"/>',
}
WORDS = {"un mot": True, "Nº 4": True, "\u00a0": False, "…": False}
"""What is in a run, and whether somebody could read it."""


def _runs(properties: str, words: str, *, around: str = "{}") -> str:
    run = f"<w:r><w:rPr>{properties}</w:rPr><w:t>{words}</w:t></w:r>"
    page = around.format(f"<w:p><w:r><w:t>Livret</w:t></w:r>{run}</w:p>")
    return f"<w:document {_NS}><w:body>{page}</w:body></w:document>"


def _styles(properties: str, more: str = "") -> str:
    style = f'<w:style w:styleId="Ombre"><w:rPr>{properties}</w:rPr></w:style>'
    return f"<w:styles {_NS}>{style}{more}</w:styles>"


def _slide(size: int) -> bytes:
    words = f'<a:r><a:rPr lang="fr" sz="{size}"/><a:t>mot</a:t></a:r>'
    return archive({"[Content_Types].xml": "a", "ppt/slides/slide1.xml": words})


def _kinds(octets: bytes, name: str) -> set[HiddenKind]:
    return {hidden.kind for hidden in read_content(octets, name).hidden}


WAYS = {
    "in the run": lambda properties, words: {"word/document.xml": _runs(properties, words)},
    "in a header": lambda properties, words: {"word/header1.xml": _runs(properties, words).replace("document", "hdr")},
    "by a style of letters": lambda properties, words: {
        "word/document.xml": _runs('<w:rStyle w:val="Ombre"/>', words),
        "word/styles.xml": _styles(properties),
    },
    "by a style of paragraphs": lambda properties, words: {
        "word/document.xml": _runs("", words)
        .replace("Livret", "")
        .replace("<w:p>", '<w:p><w:pPr><w:pStyle w:val="Ombre"/></w:pPr>'),
        "word/styles.xml": _styles(properties),
    },
    "by a style that is based on one": lambda properties, words: {
        "word/document.xml": _runs('<w:rStyle w:val="Fils"/>', words),
        "word/styles.xml": _styles(
            properties, '<w:style w:styleId="Fils"><w:basedOn w:val="Ombre"/><w:rPr><w:b/></w:rPr></w:style>'
        ),
    },
}


@each_row("words", WORDS)
@each_row("way", WAYS)
@each_row(
    ("what", "kind"),
    [*((name, HiddenKind.WHITE_TEXT) for name in WHITE), *((name, HiddenKind.TINY_TEXT) for name in TINY)],
)
def test_words_that_nobody_sees_are_told_of(what: str, kind: HiddenKind, way: str, words: str) -> None:
    parts = WAYS[way]((WHITE | TINY)[what], words)
    assert _kinds(office(parts), "a.docx") == ({kind} if WORDS[words] else set())


@each_row("way", WAYS)
@each_row("what", SEEN)
def test_words_that_are_merely_pale_or_small_are_left_alone(what: str, way: str) -> None:
    assert _kinds(office(WAYS[way](SEEN[what], "un mot")), "a.docx") == set()


BEHIND = {
    "a cell": '<w:tbl><w:tr><w:tc><w:tcPr><w:shd w:fill="1F3864"/></w:tcPr>{}</w:tc></w:tr></w:tbl>',
    "a run of paragraphs in a cell of the theme": (
        '<w:tbl><w:tr><w:tc><w:tcPr><w:shd w:themeFill="accent1"/></w:tcPr>{}</w:tc></w:tr></w:tbl>'
    ),
    "a picture": '<wp:anchor xmlns:wp="wp" behindDoc="1"/>{}',
}


@each_row("behind", BEHIND)
@each_row("what", WHITE)
def test_white_words_on_something_dark_are_seen(what: str, behind: str) -> None:
    assert _kinds(office({"word/document.xml": _runs(WHITE[what], "un mot", around=BEHIND[behind])}), "a.docx") == set()


def _odt(style: str, words: str = "un mot") -> bytes:
    return archive(
        {
            "content.xml": '<office:document-content><style:style style:name="T0"/><style:style style:name="T1">'
            f"<style:text-properties {style}/></style:style>"
            f'<text:p>Livret <text:span text:style-name="T1">{words}</text:span></text:p>'
            "</office:document-content>"
        }
    )


OTHER_FILES = {
    "OpenDocument, white": (_odt('fo:color="#ffffff"'), "a.odt", {HiddenKind.WHITE_TEXT}),
    "OpenDocument, nearly white": (_odt('fo:color="#fefefe"'), "a.odt", {HiddenKind.WHITE_TEXT}),
    "OpenDocument, one point": (_odt('fo:font-size="1pt"'), "a.odt", {HiddenKind.TINY_TEXT}),
    "OpenDocument, ten points": (_odt('fo:font-size="10pt"'), "a.odt", set()),
    "OpenDocument, a background": (
        _odt('fo:color="#ffffff" fo:background-color="#1f3864"'), "a.odt", set()
    ),
    "OpenDocument, no background": (
        _odt('fo:color="#ffffff" fo:background-color="transparent"'), "a.odt", {HiddenKind.WHITE_TEXT}
    ),
    "RTF, one point": (rb"{\rtf1 Livret {\fs2 un mot}}", "a.rtf", {HiddenKind.TINY_TEXT}),
    "RTF, ten points": (rb"{\rtf1 Livret {\fs20 un mot}}", "a.rtf", set()),
    "RTF, one point and then plain": (rb"{\rtf1 Livret {\fs2 \plain un mot}}", "a.rtf", set()),
    "RTF, white": (
        rb"{\rtf1{\colortbl;\red255\green255\blue255;} Livret {\cf1 un mot}}", "a.rtf", {HiddenKind.WHITE_TEXT}
    ),
    "RTF, red": (rb"{\rtf1{\colortbl;\red255\green0\blue0;} Livret {\cf1 un mot}}", "a.rtf", set()),
    "RTF, white on blue": (
        rb"{\rtf1{\colortbl;\red255\green255\blue255;\red0\green0\blue128;} {\cf1\highlight2 un mot}}", "a.rtf", set()
    ),
    "a slide of one point": (
        _slide(100),
        "a.pptx",
        {HiddenKind.TINY_TEXT},
    ),
    "a slide of eighteen points": (
        _slide(1800),
        "a.pptx",
        set(),
    ),
}  # fmt: skip


@each_row(("octets", "name", "kinds"), OTHER_FILES.values(), ids=OTHER_FILES)
def test_other_files_are_looked_at_in_the_same_way(octets: bytes, name: str, kinds: set[HiddenKind]) -> None:
    assert _kinds(octets, name) == kinds


HIDDEN_IN_HTML = {
    "white in a white table": '<table bgcolor="#ffffff"><tr><td style="color:#fff">{}</td></tr></table>',
    "white in a white block": '<div style="background:#fff"><p style="color:white">{}</p></div>',
    "nearly white": '<p style="color:#fdfdfd">{}</p>',
    "white by the font element": '<font color="#FFFFFF">{}</font>',
    "white, as numbers": '<p style="color:rgb(255, 255, 255)">{}</p>',
    "blue on blue, inside": '<div style="background:#123456"><p style="color:#123456">{}</p></div>',
    "transparent": '<p style="color:transparent">{}</p>',
    "one pixel": '<p style="font-size:1px">{}</p>',
    "of no size, and half of it inside": '<div style="font-size:0"><p style="font-size:50%">{}</p></div>',
    "not displayed, with a size inside": '<div style="display:none"><p style="font-size:14px">{}</p></div>',
}
SEEN_IN_HTML = {
    "a frame of no size": '<td style="font-size:0px"><div style="font-size:13px">{}</div></td>',
    "a frame without height of lines": '<div style="line-height:0"><p style="line-height:1.4">{}</p></div>',
    "black letters within white ones": '<div style="color:#fff"><p style="color:#000">{}</p></div>',
    "white letters, and within them a dark ground": '<div style="color:#fff"><p style="background:#036">{}</p></div>',
    "white letters in a dark cell": '<td bgcolor="#003366"><font color="white">{}</font></td>',
    "white letters on a picture": '<td background="fond.png"><p style="color:white">{}</p></td>',
    "white letters of a class": '<div style="background:#fff"><a class="b" style="color:#fff">{}</a></div>',
    "small letters": '<p style="font-size:9px">{}</p>',
    "size in em": '<p style="font-size:1em">{}</p>',
    "light grey": '<p style="color:#ccc">{}</p>',
}


@each_row("body", HIDDEN_IN_HTML)
def test_a_value_that_nobody_sees_stops_the_letter(body: str) -> None:
    inspection = html(HIDDEN_IN_HTML[body].format("{{ reference }}"))()
    assert [each.severity for each in found(inspection, "TPL207")] == [Severity.BLOCK]


@each_row("body", SEEN_IN_HTML)
def test_a_value_that_everybody_sees_does_not(body: str) -> None:
    assert found(html(SEEN_IN_HTML[body].format("{{ reference }}"))(), "TPL207") == []
