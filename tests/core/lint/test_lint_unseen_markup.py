"""Words of an attached web page that nobody sees are told of, whatever hides them; what is shown at times is not."""

from __future__ import annotations

from each_row import each_row

from mailmerge.lint.extract.content import HiddenKind
from mailmerge.lint.extract.obstacles import Obstacle
from mailmerge.lint.extract.reader import read_content

_HIDES = (
    "display: none", "visibility:hidden", "DISPLAY:NONE", "opacity: 0", "font-size:0", "max-height:0;overflow:hidden",
    "text-indent:-9999px", "position:absolute; left:-5000px", "display:block; display:none",
)  # fmt: skip
_SHOWS = ("display:block", "color:#333", "opacity:0.9", "font-size:11px", "display:none; display:block")
_WAYS = (
    '<p style="{}">mot</p>', "<style>.n{{{}}}</style><p class=n>mot</p>",
    "<STYLE>.n {{ {} }}</STYLE><P CLASS='a n'>mot</P>",
    '<style>#n{{{}}}</style><div id="n"><p>mot</p></div>', "<style>p.n, h1{{{}}}</style><p class=n><b>mot</b></p>",
    "<style>h4{{{}}}</style><h4>mot</h4>", "<style>/* n */ h2{{}} .n{{color:red}} .n{{{}}}</style><p class=n>mot",
)  # fmt: skip
_NESTED = (
    "<style>.a .b{{{}}}</style><div class=a><p class=b>mot</p></div>",
    "<style>.a .b{{{}}}</style><div class=a><ul><li><p class='c b'>mot</p></li></ul></div>",
    "<style>div > .x{{{}}}</style><div><p class=x>mot</p></div>",
    "<style>#n p.b > b{{{}}}</style><div id=n><ul><p class=b><b>mot</b></p></ul></div>",
    "<style>td.a.b{{{}}}</style><table><tr><td class='b a'>mot</td></tr></table>",
    "<style>.a>.b .c, h1{{{}}}</style><div class=a><div class=b><i><b class=c>mot</b></i></div></div>",
    "<style>.a .b{{{}}} p{{color:#333}} .b{{margin:0}}</style><div class=a><p class=b>mot</p></div>",
    "<style>.a *{{{}}}</style><div class=a><p>mot</p></div>",
)
"""Selectors of elements within others."""
_NOT_NESTED = (
    "<style>.a .b{{{}}}</style><div class=a></div><p class=b>mot</p>",
    "<style>.a .b{{{}}}</style><p class=b>mot<span class=a></span></p>",
    "<style>div > .x{{{}}}</style><div><ul><p class=x>mot</p></ul></div>",
    "<style>#n p.b > b{{{}}}</style><div id=n><p class=b><i><b>mot</b></i></p></div>",
    "<style>td.a.b{{{}}}</style><table><tr><td class=b>mot</td></tr></table>",
    "<style>.a>.b .c{{{}}}</style><div class=b><b class=c>mot</b></div>",
    "<style>h1 + p{{{}}} h1 ~ p{{{}}}</style><h1>x</h1><p>mot</p>",
)
_LOST = (
    '<p style="color:#fff">mot</p>', "<style>.n{color:#FFFFFF}</style><p class=n>mot</p>",
    '<body bgcolor="#003366"><p style="color:#003366">mot</p></body>',
    "<style>body{background:#036} .n{color:#003366}</style><body><p class=n>mot</p></body>",
    "<style>.a .n{color:#fff} .n{color:#333}</style><div class=a><p class=n>mot</p></div>",
)  # fmt: skip
_SEEN = (
    "<style>.a .n{display:none} #m{display:block}</style><div class=a><p class=n id=m>mot</p></div>",
    "<style>.a{background:#036} .a .n{color:#fff}</style><div class=a><p class=n>mot</p></div>",
    "<style>.n{display:none} .n{display:block !important}</style><p class=n style='display:none'>mot</p>",
    "<style>.b{background:#036;color:#fff}</style><a class=b href='x'>mot</a>",
    "<style>body{background:#036;color:#fff}</style><body><p>mot</p></body>",
    "<style>.n{display:none} @media screen{.n{display:block}}</style><p class=n>mot</p>",
    "<style>@media print{.a{color:red} .n{display:none}}</style><p class=n>mot</p>",
    "<style>.n{display:none} li:hover .n{display:block}</style><ul><li>x<p class=n>mot</p></li></ul>",
    "<style>.n{display:none}</style><p class=m>mot</p>", "<style>.n{display:none}</style><p class=n> </p>mot",
    "<style>.n{display:none}</style><p class=n>&nbsp;&zwnj;</p>mot", "<script>var x = '<p hidden>mot</p>'</script>mot",
    "<!-- <p hidden>mot</p> -->mot", "<link rel=stylesheet href=a.css><p style='color:#fff'>mot</p>",
    "<p hidden></p>mot", "<title>mot</title>", "<br style='display:none'>mot",
)  # fmt: skip


def kinds_in(body: str, name: str = "a.html") -> list[HiddenKind]:
    return [hidden.kind for hidden in read_content(f"<html>{body}</html>".encode(), name).hidden]


@each_row(("way", "style"), [(way, style) for way in _WAYS for style in _HIDES])
def test_what_a_style_hides_is_told(way: str, style: str) -> None:
    assert kinds_in(way.format(style)) == [HiddenKind.TINY_TEXT if "font-size" in style else HiddenKind.UNSEEN_TEXT]


@each_row(("way", "style"), [(way, style) for way in _NESTED for style in (*_HIDES, "display:none !important")])
def test_what_a_style_hides_within_something_is_told(way: str, style: str) -> None:
    assert kinds_in(way.format(style)) == [HiddenKind.TINY_TEXT if "font-size" in style else HiddenKind.UNSEEN_TEXT]


@each_row(("way", "style"), [(way, style) for way in _NOT_NESTED for style in _HIDES])
def test_what_is_not_within_it_is_not(way: str, style: str) -> None:
    assert kinds_in(way.format(style, style)) == []


@each_row(("way", "style"), [(way, style) for way in _WAYS for style in _SHOWS])
def test_what_a_style_shows_is_not(way: str, style: str) -> None:
    assert kinds_in(way.format(style)) == []


def test_what_is_hidden_by_its_attribute_is_told() -> None:
    assert kinds_in("<p hidden>mot</p>") == [HiddenKind.UNSEEN_TEXT]


@each_row("body", _LOST)
def test_letters_in_the_colour_behind_them_are_told(body: str) -> None:
    assert kinds_in(body) == [HiddenKind.WHITE_TEXT]


@each_row("body", _SEEN)
def test_what_is_shown_at_times_or_on_another_ground_is_not(body: str) -> None:
    assert kinds_in(body) == []


def test_drawings_and_data_are_no_pages() -> None:
    assert read_content(b'<svg xmlns="x"><text style="display:none">mot</text></svg>', "a.svg").hidden == []
    assert kinds_in("<p hidden>mot</p>", "lettre.txt") == [HiddenKind.UNSEEN_TEXT]  # it is one, whatever it is called


@each_row(
    "page",
    (
        "<style>" + ".a .b .c{color:red}" * 900 + "</style>" + "<div class='a b'>" * 400 + "<p class=c>mot</p>" * 900,
        "<div>" * 600 + "mot",
        "<style>" + ".a{color:red}" * 20_000 + "</style>mot",
    ),
)
def test_a_page_that_is_too_complex_is_told(page: str) -> None:
    assert read_content(page.encode(), "a.html").opaque is Obstacle.TOO_LARGE
