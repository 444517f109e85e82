"""``|date("...")``: every letter of a pattern means a day, a month or a year, or the letter says so before anybody."""

from __future__ import annotations

from pathlib import Path

import pytest
from each_row import each_row
from hypothesis import given, settings
from hypothesis import strategies as st
from letter_cases import composed, letter_of

from mailmerge.errors import LetterError, RenderFailed
from mailmerge.letter import parse_letter
from mailmerge.letter.values.date_styles import is_style, meant_style
from mailmerge.letter.values.filters import date

LANGUAGES = ("fr", "en", "de", "es", "it", "pt", "pl", "nl")
GOOD = [
    "full",
    "long",
    "medium",
    "short",
    "dd/MM/yyyy",
    "d MMMM y",
    "EEEE d MMMM",
    "d. MMM yy",
    "d 'de' MMMM",
    "LLLL y",
]
MEANT = [
    ("DD/MM/YYYY", "dd/MM/yyyy"),
    ("dd/mm/yyyy", "dd/MM/yyyy"),
    ("YYYY-MM-DD", "yyyy-MM-dd"),
    ("JJ/MM/AAAA", "dd/MM/yyyy"),
    ("jj mm aaaa", "dd MM yyyy"),
    ("jjjj j mmmm aaaa", "EEEE d MMMM yyyy"),
    ("TT.MM.JJJJ", "dd.MM.yyyy"),
    ("dddd d MMMM", "EEEE d MMMM"),
    ("%d/%m/%Y", "dd/MM/yyyy"),
    ("%A %-d %B %Y", "EEEE d MMMM yyyy"),
    ("Long", "long"),
    ("FULL", "full"),
    ("court", "short"),
    ("lang", "long"),
    ("le d MMMM", "'le' d MMMM"),
    ("d de MMMM de y", "d 'de' MMMM 'de' y"),
    ("d MMMM yyyy à HH:mm", "d MMMM yyyy"),
    ("dd/MM/yyyy hh:mm", "dd/MM/yyyy"),
    ("", "dd/MM/yyyy"),
    ("jeudi", "dd/MM/yyyy"),
    ("-", "dd/MM/yyyy"),
]


@each_row("style", GOOD)
@each_row("language", LANGUAGES)
def test_a_way_to_write_dates_writes_one(style: str, language: str) -> None:
    assert is_style(style)
    assert any(sign.isalnum() for sign in date("03/09/2026", style, language))


@each_row(("style", "meant"), MEANT)
def test_another_way_is_refused_once_with_the_one_that_was_meant(style: str, meant: str) -> None:
    assert not is_style(style)
    with pytest.raises(LetterError) as refused:
        parse_letter(f'Subject: x\n\nle {{{{ debut|date("{style}") }}}}\n', Path("letter.md"))
    assert str(refused.value) == f'letter.md, line 3: "{style}" is not a way to write a date; write |date("{meant}")'


def test_a_way_that_a_cell_decides_is_refused_too(tmp_path: Path) -> None:
    text = "Subject: x\nContent-Language: fr\n\n{% set form = titre|default('DD/MM') %}{{ debut|date(form) }}"
    with pytest.raises(RenderFailed, match=r'"DD/MM" is not a way to write a date; write \|date\("dd/MM"\)'):
        composed(letter_of(tmp_path, text, "letter.md"), debut="03/09/2026")


@settings(max_examples=300, deadline=None)
@given(st.text(st.sampled_from("dDjJmMyYaAtTEeLHhw'/.- à%long"), max_size=14))
def test_what_is_meant_can_be_written_in_every_language(style: str) -> None:
    meant = style if is_style(style) else meant_style(style)
    assert is_style(meant)
    assert all(date("03/09/2026", meant, language) for language in LANGUAGES)
