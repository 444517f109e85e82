"""Two sections written by hand say the same to a reader, or do not: what the HTML shows is compared, not its source."""

from __future__ import annotations

from itertools import product

import pytest
from each_row import each_row
from lint_cases import PEOPLE, changed, inspection_of

from mailmerge.lint import Finding, Inspection, check

VALUES = (
    "D'Arcy", "R&D", 'le "chef"', "a < b", "<b>x</b>", "Ingénieur·e", "O’Brien", "AT&amp;T", "&eacute;", "100 % & plus",
    "Chef\u00a0de\u202fprojet", "Res\u00adpon\u00adsable", "Chef\nde projet", "Juriste\r\ndroit social", "l’été\u200b",
    "ﬁnance", "Zoë Æther", "C++ / C#", "Σίσυφος", "价格", "a_b*c*", "x > y", "\\(x\\)", "50 €", "==", "#",
)  # fmt: skip
TEXTS = (
    "Bonjour {{ civilite }} {{ nom }}, poste : {{ poste }}.",
    "Poste de\n{{ poste }}\nà Toulouse, {{ nom }} {{ civilite }}",
)
PAGES = (
    "<p>Bonjour {{ civilite }} {{ nom }}, poste&nbsp;: {{ poste }}.</p>",
    "<table><tr><td>{{ civilite }}<td>{{ nom }}</tr></table><p>au <em>poste</em> de <b>{{ poste }}</b></p>",
    "<p>{{ nom }} &laquo;{{ poste }}&raquo;<br>{{ civilite }}</p><p>R&amp;D</p>",
    "<p title='x'>{{ civilite }} <span>{{ nom }}</span> &mdash; <i>{{ poste|upper }}</i></p>",
)


def found(inspection: Inspection, code: str) -> list[Finding]:
    return [finding for finding in check(inspection).findings if finding.rule == code]


def two_parts(text: str, html: str, rows: list[tuple[str, ...]]) -> Inspection:
    letter = (
        "Subject: x\nMIME-Version: 1.0\nContent-Type: multipart/alternative; boundary=b\n\n--b\n"
        f"Content-Type: text/plain\n\n{text}\n\n--b\n"
        f"Content-Type: text/html\n\n<html><body>{html}</body></html>\n\n--b--\n"
    )
    return inspection_of(rows, letter)


@each_row("value", VALUES)
def test_the_same_value_in_both_parts_is_left_in_peace(value: str) -> None:
    for text, html in product(TEXTS, PAGES):
        rows = changed(2, poste=value, nom="D'Arcy-O’Neil & fils")
        assert [finding.message for finding in found(two_parts(text, html, rows), "MSG306")] == []


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("{{ nom }} {{ poste }}", "<p>{{ nom }}</p><a href='https://x.example/?p={{ poste }}'>{{ poste }}</a>"),
        ("{{ nom }} https://x.example/{{ poste }}", "<p>{{ nom }}</p><a href='https://x.example/{{ poste }}'>ici</a>"),
        ("{{ nom }} {{ poste }}", "<p>{{ nom }}</p><img src='a.png' alt='{{ poste }}'>"),
        ("{{ civilite }} {{ nom }} {{ poste }}", "<p>{{ civilite ~ ' ' ~ nom }} {{ poste }}</p>"),
        ("{{ civilite ~ ' ' ~ nom }} {{ poste }}", "<p>{{ civilite }} <b>{{ nom }}</b> {{ poste }}</p>"),
    ],
)
def test_the_same_said_otherwise_is_left_in_peace(text: str, html: str) -> None:
    rows = changed(2, poste="R&D 'x' é")
    assert [finding.message for finding in found(two_parts(text, html, rows), "MSG306")] == []


@pytest.mark.parametrize(
    ("text", "html", "inside"),
    [
        ("{{ nom }}", "<p>{{ nom }} {{ poste }}</p>", "HTML"),
        ("{{ nom }} {{ poste }}", "<p>{{ nom }}</p>", "text"),
        ("{{ nom }} {{ poste }}", "<p>{{ nom }} <span style='display:none'>{{ poste }}</span></p>", "text"),
        ("{{ nom }} {{ poste }}", "<p>{{ nom }} <!-- {{ poste }} --></p>", "text"),
        ("{{ nom }} {{ poste }}", "<p>{{ nom }} x{{ poste }}x</p>".replace("{{ poste }}", "Comptable"), "text"),
        ("{{ nom }} {{ reference }}", "<p>{{ nom }} {{ poste }}</p>", "HTML"),
        ("{{ prenom }} {{ nom }}", "<p>{{ civilite }} {{ nom }}</p>", "HTML"),
    ],
)
def test_what_one_part_only_shows_is_found(text: str, html: str, inside: str) -> None:
    findings = found(two_parts(text, html, list(PEOPLE)), "MSG306")
    assert findings
    assert any(f"the {inside} part shows" in finding.message for finding in findings)
