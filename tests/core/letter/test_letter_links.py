"""In HTML from Markdown a bare address is a link, a picture fits the screen, and no value becomes either."""

from __future__ import annotations

from html.parser import HTMLParser
from pathlib import Path

import pytest
from each_row import each_row
from letter_cases import body_letter, composed, letter_of

from mailmerge.letter import Letter


class _Links(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[tuple[str, str]] = []
        self.images: list[dict[str, str]] = []
        self._open = ""
        self._text: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "a":
            self._open, self._text = given.get("href", ""), []
        if tag == "img":
            self.images.append(given)

    def handle_endtag(self, tag: str) -> None:
        if tag == "a":
            self.found.append((self._open, "".join(self._text)))

    def handle_data(self, data: str) -> None:
        self._text.append(data)


def links(letter: Letter, **values: str) -> list[tuple[str, str]]:
    reader = _Links()
    reader.feed(composed(letter, **values).html or "")
    return reader.found


@each_row(
    ("written", "before", "url", "after"),
    [
        ("voir https://x.example/a.", "voir ", "https://x.example/a", "."),
        ("http://x.example", "", "http://x.example", ""),
        ("HTTPS://x.example/A", "", "HTTPS://x.example/A", ""),
        ("(https://x.example/a)", "(", "https://x.example/a", ")"),
        ("(https://x.example/a(b))", "(", "https://x.example/a(b)", ")"),
        ("https://x.example, et", "", "https://x.example", ", et"),
        ("est-ce https://x.example/?a=1&b=2 ?", "est-ce ", "https://x.example/?a=1&b=2", " ?"),
        ("https://x.example/a?!...", "", "https://x.example/a", "?!..."),
        ("« https://x.example/a »", "« ", "https://x.example/a", " »"),
        ("« https://x.example/a\u00a0»", "« ", "https://x.example/a", "\u00a0»"),
        ('"https://x.example/a"', '"', "https://x.example/a", '"'),
        ("https://x.example:8443/a_b_c#d", "", "https://x.example:8443/a_b_c#d", ""),
        ("site : https://x.example/;", "site : ", "https://x.example/", ";"),
        ("https://x.example/l'an", "", "https://x.example/l'an", ""),
    ],
)
def test_a_bare_address_is_a_link_without_the_punctuation_around_it(
    tmp_path: Path, written: str, before: str, url: str, after: str
) -> None:
    message = composed(body_letter(tmp_path, f"{written}\n"))
    letter = body_letter(tmp_path, f"{written}\n")
    assert links(letter) == [(url, url)]
    assert message.text == f"{before}{url}{after}\n"


@each_row(
    "written",
    [
        "`https://x.example/`", "    https://x.example/", "javascript:alert(1)", "ftp://x.example/", "www.x.example",
        "https://intranet/x", "https://rh@x.example/", "https://user:pw@x.example/", "xhttps://x.example/", "https://",
        "file:///etc/passwd", "data:text/html,https", "https://x.example/a*b*c", "https://.example/", "//x.example/",
    ],
)  # fmt: skip
def test_what_is_no_bare_address_is_none(tmp_path: Path, written: str) -> None:
    assert links(body_letter(tmp_path, f"{written}\n")) == []


def test_a_link_of_the_author_stays_the_one_link_that_it_is(tmp_path: Path) -> None:
    body = "[ici](https://x.example/) <https://y.example/> <a href='https://z.example/'>https://z.example/</a>\n"
    assert [url for url, _text in links(body_letter(tmp_path, body))] == [
        "https://x.example/", "https://y.example/", "https://z.example/",
    ]  # fmt: skip


@pytest.mark.parametrize(
    "value",
    ["https://evil.example/", "http://evil.example", "voir https://evil.example/a.", "[x](https://evil.example)",
     "<https://evil.example>", "javascript:alert(1)", '"><a href="https://evil.example">'],
)  # fmt: skip
def test_a_value_never_becomes_a_link(tmp_path: Path, value: str) -> None:
    for body in ("{{ x }}", "voir {{ x }}.", "**{{ x }}**", "- {{ x }}\n- b", "| a |\n|---|\n| {{ x }} |", "({{ x }})"):
        letter = body_letter(tmp_path, f"{body}\n")
        assert links(letter, x=value) == []
        assert value in composed(letter, x=value).text


@pytest.mark.parametrize(
    "value", ["RC-1", ".evil.example", "@evil.example/", "a/../b", "x y", '"onclick="', "évadé&b=1"]
)
def test_a_value_in_the_path_of_an_address_is_encoded_and_never_decides_its_host(tmp_path: Path, value: str) -> None:
    from urllib.parse import quote, urlsplit

    ((url, text),) = links(body_letter(tmp_path, "https://x.example/?r={{ x }}.\n"), x=value)
    assert url == f"https://x.example/?r={quote(value, safe='')}"
    assert text == f"https://x.example/?r={value}"
    assert urlsplit(url).hostname == "x.example"
    for body in (
        "https://x.example{{ x }}",
        "https://{{ x }}/a",
        "https://{{ x }}.example/",
        "{{ x }}https://x.example",
    ):
        assert links(body_letter(tmp_path, f"{body}\n"), x=value) == []


@pytest.mark.parametrize(
    ("body", "style"),
    [
        ("![logo](logo.png)", "max-width: 100%; height: auto"),
        ('<img src="logo.png" width="1800" height="400">', "max-width: 100%; height: auto"),
        ('<img src="logo.png" style="border: 0">', "max-width: 100%; height: auto; border: 0"),
        ('<img src="logo.png" style="max-width: 50%">', "max-width: 50%"),
        ("<style>img { max-width: 9em }</style>\n\n![logo](logo.png)", "max-width: 9em"),
    ],
)
def test_a_picture_is_no_wider_than_the_screen(tmp_path: Path, body: str, style: str) -> None:
    (tmp_path / "logo.png").write_bytes(b"\x89PNG\r\n\x1a\nx")
    reader = _Links()
    reader.feed(composed(letter_of(tmp_path, f"Subject: x\nAttachment: logo.png\n\n{body}\n")).html or "")
    (image,) = reader.images
    assert image["style"] == style
    assert image["src"].startswith("cid:")


def test_the_pictures_of_an_html_letter_are_its_authors(tmp_path: Path) -> None:
    message = composed(body_letter(tmp_path, '<p><img src="a.png"> https://x.example/</p>', "l.html"))
    assert "max-width" not in (message.html or "")
    assert "<a " not in (message.html or "")
