"""An imported letter has the language that it is written in, so that its dates are written in it too."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest
from draft_files import docx, run
from each_row import each_row
from letter_cases import composed
from test_drafts import of, of_html

from mailmerge.drafts.language import language_of
from mailmerge.letter import read_letter
from mailmerge.text.usual_words import USUAL_WORDS

LETTERS = {
    "fr": "Bonjour Madame, nous vous attendons avec plaisir. Cordialement",
    "en": "Dear Ann, please come and see us with your diploma. Kind regards",
    "de": "Sehr geehrte Frau Groß, wir freuen uns auf Ihren Besuch. Mit freundlichen Grüßen",
    "es": "Estimada señora: los esperamos y les enviamos un saludo. Atentamente",
    "it": "Gentile Signora, siamo lieti di vederla alla fine del mese. Cordiali saluti",
    "pt": "Cara Senhora, não se esqueça do seu diploma. Com os melhores cumprimentos",
    "pl": "Szanowna Pani, dziękujemy oraz zapraszamy dnia 3 maja. Z poważaniem",
    "nl": "Geachte mevrouw, wij verwachten u graag voor een gesprek. Met vriendelijke groet",
    "ro": "Stimată doamnă, vă așteptăm și vă mulțumim. Cu stimă",
    "tr": "Sayın Gülşah Hanım, görüşme için teşekkür ederiz. Saygılarımla",
    "cs": "Vážená paní, děkujeme, že jste přišla, a těšíme se. S pozdravem",
    "sv": "Hej Anna, det är ett möte och vi hoppas att du kommer. Vänliga hälsningar",
    "fi": "Hyvä Anna, kiitos että tulitte. Ystävällisin terveisin",
    "hu": "Tisztelt Kovács Éva, köszönjük, és várjuk önt. Üdvözlettel",
}


@pytest.mark.parametrize("language", LETTERS)
def test_the_words_of_a_letter_say_its_language(language: str) -> None:
    assert language_of(LETTERS[language], ()) == language


@each_row("told", ["{0}-{1}", "{0}"])
@each_row("language", [("fr", "CA"), ("fr", "CH"), ("en", "GB"), ("de", "AT"), ("nl", "BE"), ("pt", "BR")])
def test_the_document_adds_the_country(told: str, language: tuple[str, str]) -> None:
    tag = told.format(*language)
    assert language_of(LETTERS[language[0]], ("xx", "pl-PL" if language[0] != "pl" else "cs-CZ", tag)) == tag


@pytest.mark.parametrize("language", LETTERS)
def test_the_settings_of_a_computer_are_not_the_language_of_a_letter(language: str) -> None:
    assert language_of(LETTERS[language], ("en-US" if language != "en" else "de-DE", "zz-ZZ")) == language


@pytest.mark.parametrize(
    "text",
    [
        "",
        "OK",
        "Bonjour",
        "Bonjour, nous vous attendons. Dear Ann, please come with your diploma.",
        "{{ vous }} {{ votre }} {{ est }}",
    ],
)
def test_a_letter_of_few_words_or_of_two_languages_says_none(text: str) -> None:
    assert language_of(text, ()) == ""
    assert language_of(text, ("zz", "es-ES", "q")) == ""


def test_no_word_shows_two_languages() -> None:
    words = Counter(word for usual in USUAL_WORDS.values() for word in {*usual.split()})
    assert [word for word, languages in words.items() if languages > 1] == []


@pytest.mark.parametrize(("tag", "printed"), [("fr-FR", "14 décembre 2026"), ("", "14 décembre 2026")])
def test_the_dates_of_a_document_are_written_in_its_language(tmp_path: Path, tag: str, printed: str) -> None:
    words = "Objet : le {{ start_date|date(&quot;d MMMM yyyy&quot;) }}"
    looks = f'<w:lang w:val="{tag}"/>' if tag else ""
    draft = of(tmp_path, "a.docx", docx(run(words), run(LETTERS["fr"], looks)), ("Start date", "E-mail"))
    assert draft.language == (tag or "fr")
    path = tmp_path / "a.md"
    path.write_text(draft.text, "utf-8")
    message = composed(read_letter(path), start_date="14/12/2026", email="a@x.example")
    assert message.subject == f"le {printed}"


@pytest.mark.parametrize(("told", "written"), [("FR", "fr"), ("fr-be", "fr-BE"), ("FR-CA", "fr-CA"), ("fr-XQ", "fr")])
def test_a_tag_is_written_as_usual(told: str, written: str) -> None:
    assert language_of(LETTERS["fr"], (told,)) == written


def test_a_page_names_its_language_on_any_element(tmp_path: Path) -> None:
    assert of_html(tmp_path, f'<div lang="fr-BE">{LETTERS["fr"]}</div>').language == "fr-BE"
