"""One shape for all messages of the same branches, equal to what rendering each alone would give."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from jinja2 import Environment
from letter_cases import VALUES, body_letter, composed, letter_of, person, write_letter
from markdown_it import MarkdownIt

from mailmerge.letter import Letter, read_letter
from mailmerge.letter.layout import CompiledLayout, compile_layout
from mailmerge.model.patterns import EscapeContext

MARKDOWN = """\
# {{ poste }}

Bonjour {{ civilite }} **{{ nom }}**, *{{ prenom }}*,
voici `{{ nom }}` et ~~{{ prenom }}~~ {% if civilite == "Madame" %}(reçue){% endif %}

- {{ nom }}
- {{ prenom }} : <b title="{{ nom }}">{{ poste }}</b>

> {{ nom }}

| {{ nom }} | b |
|---|---|
| {{ prenom }} | 2 |

[{{ nom }}](https://exemple.test/{{ poste }}?id={{ nom }} "{{ prenom }}") ![{{ nom }}](logo.png)

    {{ prenom }}

1. {{ nom }}
   {{ prenom }}\\
   {{ poste }}
"""

PUNCTUATION = "!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~"
words = st.text("aéZ09 " + PUNCTUATION, max_size=30).map(lambda middle: f"a{middle}z".replace("  ", " "))


def markdown_escaped(value: str) -> str:
    return re.sub(f"([{re.escape(PUNCTUATION)}])", r"\\\1", value)


class Tokens(HTMLParser):
    """What a browser reads: elements, attributes and text; text that stands together is one token."""

    def __init__(self) -> None:
        super().__init__()
        self.tokens: list[tuple[object, ...]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tokens.append((tag, *attrs))

    def handle_endtag(self, tag: str) -> None:
        self.tokens.append(("/", tag))

    def handle_data(self, data: str) -> None:
        if self.tokens and self.tokens[-1][0] == "text":
            data = str(self.tokens.pop()[1]) + data
        self.tokens.append(("text", data))


def tokens(html: str) -> list[tuple[object, ...]]:
    parser = Tokens()
    parser.feed(html.strip())
    parser.close()
    return parser.tokens


def body_of(html: str | None) -> str:
    found = re.search(r"<body>\n(.*)\n</body>", html or "", re.DOTALL)
    assert found
    return found[1]


@pytest.fixture(scope="module")
def letter(tmp_path_factory: pytest.TempPathFactory) -> Letter:
    return read_letter(write_letter(tmp_path_factory.mktemp("letter"), f"Subject: x\n\n{MARKDOWN}"))


@settings(max_examples=150, deadline=None)
@given(nom=words, prenom=words, poste=words, civilite=st.sampled_from(["Madame", "Monsieur"]))
def test_html_is_what_markdown_gives_for_this_person_alone(
    letter: Letter, nom: str, prenom: str, poste: str, civilite: str
) -> None:
    values = {"nom": nom, "prenom": prenom, "poste": poste, "civilite": civilite}
    converter = MarkdownIt("commonmark", {"html": True, "breaks": True}).enable(["table", "strikethrough"])
    # Where Markdown knows no escape (code, HTML, links) the value is given as that place needs it.
    alone = MARKDOWN.replace("`{{ nom }}`", "<code>{{ nom }}</code>")
    alone = alone.replace("    {{ prenom }}\n", "<pre><code>{{ prenom|e }}\n</code></pre>\n")
    alone = alone.replace('title="{{ nom }}">', 'title="{{ nom|e }}">')
    alone = alone.replace("/{{ poste }}?id={{ nom }}", "/{{ poste|u }}?id={{ nom|u }}")
    environment = Environment(finalize=None)
    environment.filters |= {"m": markdown_escaped, "u": _percent, "e": _html}
    alone = re.sub(r"{{ (\w+) }}", r"{{ \1|m }}", alone)
    expected = converter.render(environment.from_string(alone).render(values))
    expected = re.sub(r"(<img [^>]*?) */?>", r'\1 style="max-width: 100%; height: auto" />', expected)
    expected = expected.replace("<table>", '<table style="border-collapse: collapse">')
    expected = re.sub("<(t[dh])>", r'<\1 style="padding: 4px 8px; border: 1px solid #999999">', expected)
    assert tokens(body_of(composed(letter, **values).html)) == tokens(expected)


def _percent(value: str) -> str:
    from urllib.parse import quote

    return quote(value, safe="")


def _html(value: str) -> str:
    from html import escape

    return escape(value)


def test_people_of_the_same_branches_share_one_shape(tmp_path: Path) -> None:
    letter = body_letter(tmp_path, "{{ nom }} {% if civilite == 'Madame' %}e{% endif %}")
    one, two, other = (
        composed(letter, nom=nom, civilite=c) for nom, c in [("A", "Madame"), ("B", "Madame"), ("C", "M.")]
    )
    assert one.shape is two.shape
    assert one.shape is not other.shape


def test_shapes_do_not_fill_the_memory(tmp_path: Path) -> None:
    letter = body_letter(tmp_path, "{% for x in nom|list %}{{ x }}{% endfor %}", "l.txt")
    for length in range(1, 300):
        assert composed(letter, nom="x" * length).text == "x" * length + "\n"
    assert len(letter._layouts) <= 256


def test_values_show_literally_in_markdown(tmp_path: Path) -> None:
    message = composed(body_letter(tmp_path, "Bonjour {{ nom }}"), nom="[x](http://evil.example) a_b_c *d* <b> &amp;")
    assert "<p>Bonjour [x](http://evil.example) a_b_c *d* &lt;b&gt; &amp;amp;</p>" in (message.html or "")
    assert message.text == "Bonjour [x](http://evil.example) a_b_c *d* <b> &amp;\n"


def test_line_breaks_of_a_value_are_breaks_and_change_no_structure(tmp_path: Path) -> None:
    message = composed(body_letter(tmp_path, "- {{ nom }}\n- b"), nom="un\n\n# deux")
    assert "<li>un<br>\n<br>\n# deux</li>\n<li>b</li>" in (message.html or "")
    assert "un\n\n# deux\n- b\n" in message.text


def test_a_line_break_of_the_letter_stays_one(tmp_path: Path) -> None:
    message = composed(body_letter(tmp_path, "Cordialement,\nClaire Martin"))
    assert "<p>Cordialement,<br />\nClaire Martin</p>" in (message.html or "")
    assert message.text == "Cordialement,\nClaire Martin\n"


def test_spans_tell_the_authors_words_from_values(tmp_path: Path) -> None:
    message = composed(body_letter(tmp_path, "Bonjour **{{ nom }}**, [ici](https://exemple.test/?n={{ prenom }})"))
    assert [(span.text, span.value) for span in message.shape.text.spans(message.values)] == [
        ("Bonjour ", None),
        ("Durand", 0),
        (", ici (https://exemple.test/?n=", None),
        ("Zo%C3%A9", 1),
        (")\n", None),
    ]
    assert message.shape.html is not None
    values = [span.text for span in message.shape.html.spans(message.values) if span.value is not None]
    assert values == ["Durand", "Zo%C3%A9"]


@pytest.mark.parametrize(
    ("source", "html", "text"),
    [
        ("[a](https://x.example/{{ v }})", 'href="https://x.example/a%2Fb%3F%26%22%3C"', "a (https://x.example/a%2Fb%3F%26%22%3C)"),
        ("[a](mailto:{{ email }})", 'href="mailto:zoe.durand@exemple.test"', "a (zoe.durand@exemple.test)"),
        ("[{{ email }}](mailto:{{ email }})", 'href="mailto:zoe.durand@exemple.test"', "zoe.durand@exemple.test"),
        ("[a]({{ lien }})", 'href="https://x.example/?a=1&amp;b=2"', "a (https://x.example/?a=1&b=2)"),
        ("[a](tel:{{ v }})", 'href="tel:a%2Fb%3F%26%22%3C"', "a (a%2Fb%3F%26%22%3C)"),
        ("<https://x.example/{{ v }}>", 'href="https://x.example/a%2Fb%3F%26%22%3C"', None),
        ("[a]({{ mal }})", 'href="#"', None),
        ("[a](https://{{ v }}.example/)", 'href="https://a%2Fb%3F%26%22%3C.example/"', None),
        ('![{{ v }}](https://x.example/a.png "t {{ v }}")', 'alt="a/b?&amp;&quot;&lt;" title="t a/b?&amp;&quot;&lt;"',
         'a/b?&"<'),
        ("```{{ v }}\nx\n```", 'class="language-a/b?&amp;&quot;&lt;"', "x"),
        ("<a href={{ lien }}>x</a>", '<a href="https://x.example/?a=1&amp;b=2">x</a>', "x (https://x.example/?a=1&b=2)"),
    ],
)  # fmt: skip
def test_a_value_is_escaped_for_the_place_it_lands_in(tmp_path: Path, source: str, html: str, text: str | None) -> None:
    values = {"v": 'a/b?&"<', "lien": "https://x.example/?a=1&b=2", "mal": "javascript:alert(1)"}
    message = composed(body_letter(tmp_path, source), **values)
    assert html in (message.html or "")
    if text is not None:
        assert message.text == f"{text}\n"


def test_an_attribute_and_a_title_take_no_elements(tmp_path: Path) -> None:
    source = '<html><head><title>{{ nom }}</title></head><body><p title="{{ nom }}">{{ nom }}</p></body></html>'
    html = composed(body_letter(tmp_path, source, "l.html"), nom="a\n<b>").html or ""
    assert "<title>a\n&lt;b&gt;</title>" in html
    assert '<p title="a\n&lt;b&gt;">a<br>\n&lt;b&gt;</p>' in html


def test_comments_are_left_out_and_open_ends_closed(tmp_path: Path) -> None:
    source = "<p>1 <{{ nom }} &{{ nom }}; &#{{ nom }}; &copy <!-- {{ nom }} --></p>"
    html = composed(body_letter(tmp_path, source, "l.html"), nom="lt").html or ""
    assert "<p>1 &lt;lt &amp;lt; &amp;#lt; © </p>" in html
    assert "<!--" not in html


def test_a_whole_document_stays_the_authors(tmp_path: Path) -> None:
    head = '<!DOCTYPE html>\n<html lang="en"><head><style>p > b { color: red }</style></head>'
    source = head + "<body><p>{{ nom }}</p></body></html>"
    assert composed(body_letter(tmp_path, source, "l.html")).html == source.replace("{{ nom }}", "Durand") + "\n"


def test_a_fragment_becomes_a_document_in_the_letters_language(tmp_path: Path) -> None:
    html = composed(letter_of(tmp_path, "Content-Language: fr\n\n<p>x</p>", "l.html")).html or ""
    assert html.startswith('<!doctype html>\n<html lang="fr">\n<head><meta charset="utf-8"></head>\n<body>\n<p>x</p>')


def test_a_plain_letter_is_text_only_and_verbatim(tmp_path: Path) -> None:
    message = composed(body_letter(tmp_path, "Bonjour *{{ nom }}*\n\n  <b>\n", "l.txt"), nom="<x>")
    assert message.html is None
    assert message.text == "Bonjour *<x>*\n\n  <b>\n"


READABLE = """\
<h1>Votre  candidature</h1>
<p>Bonjour <b>Zoé</b>,<br>merci &amp; à bientôt&nbsp;!</p>
<ul><li>un</li><li>deux<ul><li>deux a</li><li>deux b</li></ul></li><li><p>trois</p><p>suite</p></li></ul>
<ol start="3"><li>trois</li><li>quatre</li></ol>
<blockquote><p>cité<br>deux lignes</p></blockquote>
<pre>  tel
    quel</pre>
<table><tr><th>a</th><th>b</th></tr><tr><td>1</td><td>2</td></tr></table>
<table><tr><td><p>colonne 1</p></td><td><p>colonne 2</p></td></tr></table>
<hr>
<p>Voir <a href="https://exemple.test/a?b=1&amp;c=2">la page</a>, <a
href="https://exemple.test">https://exemple.test</a>, <a
href="mailto:rh@exemple.test">rh@exemple.test</a>, <a href="tel:+33561000000">nous appeler</a>, <a
href="#haut">haut</a>,
<a href="https://exemple.test/logo"><img src="x.png" alt="le logo"></a>.</p>
<script>x()</script><style>p{}</style>
<div>fin<div>de tout</div></div>
"""


def test_the_text_part_reads_well(tmp_path: Path) -> None:
    assert (
        composed(body_letter(tmp_path, READABLE, "l.html")).text
        == """\
Votre candidature

Bonjour Zoé,
merci & à bientôt\u00a0!

- un
- deux
  - deux a
  - deux b
- trois

  suite

3. trois
4. quatre

> cité
> deux lignes

  tel
    quel

a | b
1 | 2

colonne 1

colonne 2

--------------------

Voir la page (https://exemple.test/a?b=1&c=2), https://exemple.test, rh@exemple.test, \
nous appeler (+33561000000), haut, \
le logo (https://exemple.test/logo).

fin

de tout
"""
    )


@pytest.mark.parametrize(
    ("header", "mailboxes"),
    [
        ("{{ prenom }} {{ nom }} <{{ email }}>", [("Zoé Durand", "zoe.durand@exemple.test")]),
        ("{{ email }}", [("", "zoe.durand@exemple.test")]),
        ('"{{ nom }}, {{ prenom }}" <{{ email }}>', [("Durand, Zoé", "zoe.durand@exemple.test")]),
        ("<{{ email }}>", [("", "zoe.durand@exemple.test")]),
        ("a@x.example; B <b@x.example>, (comment) {{ email }}",
         [("", "a@x.example"), ("B", "b@x.example"), ("", "zoe.durand@exemple.test")]),
        ('"a \\"b\\"" <a@x.example>', [('a "b"', "a@x.example")]),
        ("A <a@x.example> <b@x.example>", [("A", "a@x.example"), ("", "b@x.example")]),
    ],
)  # fmt: skip
def test_mailboxes_are_read_before_values_are_in_them(
    tmp_path: Path, header: str, mailboxes: list[tuple[str, str]]
) -> None:
    message = composed(letter_of(tmp_path, f"To: {header}\n\nx"))
    assert [(box.name, box.address) for box in message.mailboxes("To")] == mailboxes


def test_without_to_the_record_says_whom(tmp_path: Path) -> None:
    message = body_letter(tmp_path, "x").compose(person("Zoé", "zoe@exemple.test"), VALUES)
    assert (message.to.name, message.to.address) == ("Zoé", "zoe@exemple.test")


def test_places_are_known_for_every_slot(tmp_path: Path) -> None:
    message = composed(body_letter(tmp_path, '<a href="{{ nom }}" title="{{ nom }}">{{ nom }}</a>'))
    assert message.shape.html is not None
    assert [slot.place for slot in message.shape.html.slots] == [
        EscapeContext.LINK,
        EscapeContext.ATTRIBUTE,
        EscapeContext.HTML,
    ]


SHEET = """\
<style>
/* p { color: black } */ p, td.a { color: red; margin: 0 } .a { color: blue } #x { color: green }
@media (max-width: 9px) { p { color: pink } } a:hover { color: gray } div p { color: gray } b { color: x !important }
@import url(x.css); i { font-style: normal }
</style>
"""


@pytest.mark.parametrize(
    ("element", "written"),
    [
        ("<p>x</p>", '<p style="color: red; margin: 0">x</p>'),
        ('<p style="margin: 1px;">x</p>', '<p style="color: red; margin: 0; margin: 1px">x</p>'),
        ('<p class="b a">x</p>', '<p class="b a" style="color: red; margin: 0; color: blue">x</p>'),
        ('<p id="x" class="a">x</p>', 'style="color: red; margin: 0; color: blue; color: green">x</p>'),
        ('<td class="a">x</td>', '<td class="a" style="color: blue; color: red; margin: 0">x</td>'),
        ("<i>x</i>", '<i style="font-style: normal">x</i>'),
        ("<div>x</div><b>x</b><a>x</a>", "<div>x</div><b>x</b><a>x</a>"),
    ],
)
def test_the_style_sheet_is_written_into_the_elements(tmp_path: Path, element: str, written: str) -> None:
    html = composed(body_letter(tmp_path, SHEET + element, "l.html")).html or ""
    assert written in html
    assert SHEET.strip() in html


def test_without_a_style_sheet_nothing_is_styled(tmp_path: Path) -> None:
    html = composed(body_letter(tmp_path, '<p class="a" style="color: red">x</p>', "l.html")).html or ""
    assert '<p class="a" style="color: red">x</p>' in html


@pytest.mark.parametrize(
    ("body", "shapes"),
    [
        ("Bonjour {{ nom }},\n", 1),
        ("{# a note #}Bonjour {{ nom | default('x') }},\n", 1),
        ("Bonjour {% if titre %}{{ titre }}{% endif %},\n", 2),
    ],
)
def test_the_shape_that_was_looked_at_while_reading_is_the_one_that_is_composed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, body: str, shapes: int
) -> None:
    made: list[str] = []

    def counted(skeleton: str, *arguments: Any) -> CompiledLayout:
        made.append(skeleton)
        return compile_layout(skeleton, *arguments)

    monkeypatch.setattr("mailmerge.letter.letter.compile_layout", counted)
    letter = body_letter(tmp_path, body)
    for _ in range(2):
        composed(letter)
    assert len(made) == len(set(made)) == shapes


def test_a_table_of_markdown_has_lines_and_one_of_html_those_of_its_author(tmp_path: Path) -> None:
    table = "| A | B |\n| --- | ---: |\n| {{ nom }} | 2 |\n\n<table><tr><td>C</td></tr></table>"
    ours = body_letter(tmp_path, table)
    html = composed(ours, nom="Petit").html or ""
    assert html.count("border-collapse: collapse") == 1
    assert html.count("padding: 4px 8px") == 4
    assert '<td style="padding: 4px 8px; border: 1px solid #999999; text-align: right">2</td>' in html
    assert "<table><tr><td>C</td></tr></table>" in html
