"""What a text looks like on a screen: what is seen stays, what hides shows."""

from __future__ import annotations

import pytest
from each_row import each_row
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from mailmerge.text.folding import fold, identifier
from mailmerge.text.shown import INVISIBLE, cut, has_invisible, invisible_in, shorten, visible
from mailmerge.tui.content.safe_content import fit

EMOJI = [
    "👨\u200d👩\u200d👧\u200d👦", "👩🏽\u200d🤝\u200d👨🏿", "👩\u200d⚕\ufe0f", "🏳\ufe0f\u200d🌈",
    "❤\ufe0f\u200d🔥", "🧔🏻\u200d♂\ufe0f",
    "🇫🇷", "🇬🇧", "1\ufe0f\u20e3", "#\ufe0f\u20e3", "*\ufe0f\u20e3", "❤\ufe0f", "☎\ufe0e", "©\ufe0f", "👍🏽", "☺", "✓",
    "🏴\U000e0067\U000e0062\U000e0065\U000e006e\U000e0067\U000e007f", "🐻\u200d❄\ufe0f", "👁\ufe0f\u200d🗨\ufe0f",
]  # fmt: skip
HIDDEN = [*sorted(INVISIBLE), *map(chr, range(0xFE00, 0xFE10)), "\U000e0001", "\U000e0041", "\U000e007f", "\U000e0100"]


@each_row("emoji", EMOJI)
def test_an_emoji_is_seen_and_stays_as_it_is(emoji: str):
    for text in (emoji, f"Zoé {emoji}", f"{emoji}{emoji}", f"a{emoji}b"):
        assert visible(text) == text
        assert not has_invisible(text)
        assert shorten(text) == text


@each_row("character", HIDDEN, ids=lambda character: f"U+{ord(character):04X}")
def test_what_hides_beside_letters_shows(character: str):
    for text in (f"jean{character}ne", f"{character}jean", f"jean{character}", f"je{character}{character}an"):
        assert f"‹U+{ord(character):04X}›" in visible(text)
        assert set(invisible_in(text)) == {character}
        assert fold(text) in ("jeanne", "jean")


@pytest.mark.parametrize(
    "text", ["👩\u200d", "\u200d👩", "❤\ufe0f\ufe0f", "👩\u200dabc", "👩\u200b", "🏴\U000e0067x", "a\ufe0f"]
)
def test_what_belongs_to_no_emoji_shows_even_beside_one(text: str):
    assert "‹U+" in visible(text)
    assert has_invisible(text)


def test_an_ideograph_keeps_the_variant_that_a_name_is_written_with():
    assert visible("葛\U000e0100城") == "葛\U000e0100城"
    assert fold("葛\U000e0100城") == "葛城"


@given(st.lists(st.sampled_from([*EMOJI, "a", "é ", "\u202e", "\u200d", "\t"])).map("".join), st.integers(1, 30))
def test_a_cut_leaves_no_emoji_in_half_and_hides_nothing(text: str, width: int):
    shown = fit(text, width)
    assert cell_len(shown) == width
    assert not has_invisible(shown)
    assert not has_invisible(shorten(text, width))
    assert len(shorten(text, width)) <= width
    assert text.startswith(cut(text, width))


@pytest.mark.parametrize("limit", range(8))
def test_a_cut_between_flags_leaves_whole_ones(limit: int):
    assert cut("🇫🇷🇬🇧🇮🇪", limit) == "🇫🇷🇬🇧🇮🇪"[: min(limit, 6) // 2 * 2]
    assert fit("🇫🇷🇬🇧🇮🇪", limit + 1).count("🇫") == fit("🇫🇷🇬🇧🇮🇪", limit + 1).count("🇷")
    assert fit("🇫🇷🇬🇧🇮🇪", limit + 1).count("🇬") == fit("🇫🇷🇬🇧🇮🇪", limit + 1).count("🇧")


@given(st.text())
def test_nothing_that_acts_is_left_of_any_text(text: str):
    assert not has_invisible(visible(text).replace("\u00a0", "").translate(dict.fromkeys(BLANKS)))


BLANKS = [0x1680, *range(0x2000, 0x200B), 0x202F, 0x205F, 0x3000]


IDENTIFIERS = {
    "Adresse e-mail": "adresse_e_mail", "N° dossier": "n_dossier", "1er choix": "_1er_choix", "Straße": "strasse",
    "Œuvre ½": "oeuvre_1_2", "İsim": "isim", "H₂O": "h2o", "e\u0301tat": "etat", "—": "", " ": "",
    "Ημερομηνία έναρξης": "ημερομηνια_εναρξησ", "ΘΕΣΗ": "θεση", "Должность": "должность", "Первый день": "первый_день",
    "№ п/п": "no_п_п", "ID сотрудника": "id_сотрудника", "1. Имя": "_1_имя", "Кількість днів": "кількість_днів",
    "이름": "이름", "姓名": "姓名", "ﾌﾟﾛｸﾞﾗﾑ": "プログラム", "नाम की": "नाम_की", "تاريخ البدء": "تاريخ_البدء",
}  # fmt: skip


@each_row(("header", "name"), IDENTIFIERS.items(), ids=IDENTIFIERS)
def test_a_header_is_an_identifier_in_every_alphabet(header: str, name: str):
    assert identifier(header) == name


@given(st.text(max_size=20))
def test_an_identifier_is_one_that_a_letter_can_use_and_is_its_own(header: str):
    name = identifier(header)
    assert name == "" or name.isidentifier()
    assert identifier(name) == name
