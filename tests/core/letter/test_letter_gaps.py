"""Whom a condition without an alternative leaves with a sentence that lacks a word, and whom it does not."""

from __future__ import annotations

from pathlib import Path

import pytest
from letter_cases import VALUES, body_letter, composed, letter_of

from mailmerge.errors import LetterError, RenderFailed
from mailmerge.letter import Letter
from mailmerge.model import GapKind

FORMS = {
    "a statement": "{{% if {test} %}}{said}{{% endif %}}",
    "within an expression": "{{{{ '{said}' if {test} }}}}",
    "filtered": "{{{{ ('{said}' if {test})|trim }}}}",
    "filtered twice": "{{{{ ('{said}' if {test})|trim|replace('~', ' ') }}}}",
    "of two": "{{{{ '{said}' if {test} else '{said}' if {test} and nom }}}}",
}
TESTS = {"equal": "genre == 'F'", "in a list": "genre in ['F', 'f']", "not the other": "genre != 'M'"}
SENTENCES = {
    "vous travaillez au {} depuis un an.": "siège",
    "la réunion de votre {} est demain.": "équipe",
    "un entretien avec {} sera fixé.": "elle",
    "nous parlons de la {}\nde mai.": "prime",
    "rendez-vous à l’adresse du {} avant midi.": "siège",
    "you work at the {} since May.": "office",
    "your {} will start soon.": "trial",
    "we wrote to our {} and to you.": "office",
    "Sie arbeiten im {} seit Mai.": "Büro",
    "una {} de dos horas.": "reunión",
    "nella {} di maggio.": "riunione",
    "merci de nous répondre par {}.": "courriel",
    "nous vous prions d’agréer, {}, nos salutations.": "Madame",
}
GREETINGS = {
    "Bonjour {} {{{{ nom }}}},": "Madame",
    "Dear {} {{{{ nom }}}},": "Ms",
    "{} {{{{ prenom }}}} {{{{ nom }}}},": "Chère Madame",
    "Guten Tag {} {{{{ nom }}}},": "Frau",
}
HARMLESS = (
    "vous êtes né{} à Lyon.|e", "nous restons à votre disposition {} pour toute question.|au téléphone",
    "nous vous attendons {} lundi.|au siège", "nous avons le plaisir {}de vous écrire.|et la joie ",
    "un {} bon dossier.|très", "avec {} les pièces.|toutes", "de {} façon.|toute", "we will {} send it.|gladly",
    "the {}office is open.|new ", "con {} los documentos.|todos", "bitten Sie, {} im Büro zu sein.|wie immer",
    "apportez {}votre carte.|votre badge et ", "vous êtes {} dans la base.|déjà", "elle a {} des enfants.|aussi",
    "I am {} in Lyon.|still", "contact her {} at this address.|soon", "{} Nous vous attendons.|Bravo.",
    "c'est pour {} en savoir plus.|vous", "venez avec {} de bons amis.|plein",
)  # fmt: skip


def printed(form: str, test: str, sentence: str, said: str) -> str:
    condition = FORMS[form].format(test=TESTS[test], said=said)
    return sentence.format(condition).replace("{{{{", "{{").replace("}}}}", "}}")


def gaps(letter: Letter, genre: str) -> list[GapKind]:
    return [gap.kind for gap in composed(letter, genre=genre).shape.gaps]


@pytest.mark.parametrize("test", TESTS)
@pytest.mark.parametrize("form", FORMS)
def test_a_sentence_lacks_a_word_for_those_whom_no_condition_means(form: str, test: str, tmp_path: Path) -> None:
    told = {}
    for sentence, said in SENTENCES.items():
        letter = body_letter(tmp_path, f"Bonjour {{{{ nom }}}},\n\n{printed(form, test, sentence, said)}\n")
        told[sentence] = len(gaps(letter, "M")), len(gaps(letter, "F")), composed(letter, genre="M").blanks
    assert told == dict.fromkeys(SENTENCES, (1, 0, ()))


@pytest.mark.parametrize("test", TESTS)
@pytest.mark.parametrize("form", FORMS)
def test_a_greeting_lacks_its_title_for_them(form: str, test: str, tmp_path: Path) -> None:
    told = {}
    for greeting, said in GREETINGS.items():
        letter = letter_of(tmp_path, f"Subject: x\n\n{printed(form, test, greeting, said)}\n\nMerci.\n")
        told[greeting] = len(gaps(letter, "M")), len(gaps(letter, "F"))
    assert told == dict.fromkeys(GREETINGS, (1, 0))


@pytest.mark.parametrize("form", [form for form in FORMS if form != "of two"])
def test_a_name_in_a_sentence_lacks_its_title_for_them(form: str, tmp_path: Path) -> None:
    sentence = printed(form, "equal", "nous remercions {} {{{{ nom }}}} de sa visite.", "Madame")
    letter = body_letter(tmp_path, f"Bonjour,\n\n{sentence}\n")
    assert (gaps(letter, "M"), gaps(letter, "F")) == ([GapKind.BETWEEN], [])


@pytest.mark.parametrize("test", TESTS)
@pytest.mark.parametrize("form", FORMS)
def test_words_that_may_be_left_out_leave_no_gap(form: str, test: str, tmp_path: Path) -> None:
    if form.startswith("filtered"):  # which takes away the blank that the words bring with them
        return
    told = []
    for sentence, said in (each.split("|") for each in HARMLESS):
        letter = body_letter(tmp_path, f"Bonjour {{{{ nom }}}},\n\n{printed(form, test, sentence, said)}\n")
        told += [sentence] * (len(gaps(letter, "M")) + len(gaps(letter, "F")))
    assert told == []


@pytest.mark.parametrize(
    "expression",
    ["genre == 'F' and 'demain'", "genre == 'F' or 'demain'", "genre == 'F'", "not genre", "genre in ['F', 'M']"],
)
def test_true_and_false_are_never_printed(expression: str, tmp_path: Path) -> None:
    letter = body_letter(tmp_path, f"Rendez-vous {{{{ {expression} }}}} à midi.\n")
    said = {}
    for genre in ("F", "M", ""):
        try:
            said[genre] = composed(letter, genre=genre).text
        except RenderFailed as error:
            said[genre] = str(error)
    assert any("it would print True or False" in each for each in said.values())
    assert not any("dez-vous True" in each or "dez-vous False" in each for each in said.values())


@pytest.mark.parametrize(
    ("condition", "write"),
    [
        ("genre in 'F, M'", "genre in ['F', 'M']"),
        ("genre not in 'F/M'", "genre not in ['F', 'M']"),
        ("genre in 'Femme'", "genre in ['Femme']"),
        ("genre|upper in 'F;M'", "genre|upper in ['F', 'M']"),
    ],
)
def test_a_cell_is_not_looked_for_within_one_text(condition: str, write: str, tmp_path: Path) -> None:
    with pytest.raises(LetterError) as caught:
        body_letter(tmp_path, f"{{% if {condition} %}}a{{% endif %}}\n")
    assert str(caught.value).endswith(f"write {write}")


def test_the_expressions_of_a_letter_keep_their_sources(tmp_path: Path) -> None:
    letter = body_letter(tmp_path, "{{ nom }} {{ 'a' if poste else 'b' if nom == 'x' }} {{ prenom }}\n")
    assert [each.source for each in letter.expressions] == [
        "{{ nom }}",
        *["{{ 'a' if poste else 'b' if nom == 'x' }}"] * 4,
        "{{ prenom }}",
    ]
    assert VALUES["prenom"] in composed(letter).text
