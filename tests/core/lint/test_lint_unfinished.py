"""TPL205: what was to be filled in before the letter was sent; and what a person fills in by hand is left alone."""

from __future__ import annotations

import pytest
from each_row import each_row
from lint_cases import inspection_of
from rule_cases import found

from mailmerge.model import Severity

INSTRUCTIONS = (
    "à compléter", "A COMPLETER", "date à préciser", "à confirmer", "insérer la date", "indiquer l'heure",
    "horaire à définir",
    "to be confirmed", "insert date", "TBC", "enter salary here", "please complete", "fill in the room", "to be added",
    "Uhrzeit einfügen", "bitte ergänzen", "Datum eintragen", "noch auszufüllen, bitte ausfüllen", "Ort angeben",
    "rellenar", "insertar fecha", "por confirmar", "a completar", "hora por definir",
    "inserire la data", "da completare", "da confermare", "compilare", "inserir data", "a preencher", "a definir",
    "wstawić datę", "do uzupełnienia", "uzupełnij", "wpisać godzinę", "invullen", "nader te bepalen", "tijd toevoegen",
)  # fmt: skip
NOUNS = (
    "lieu", "Heure", "date de l'entretien", "nom du recruteur", "Ort", "Uhrzeit", "Datum", "Vorname", "Name der Firma",
    "name", "time", "start date", "your name", "hora", "fecha", "nombre", "lugar y hora", "luogo", "ora",
    "nome", "cognome",
    "endereço", "imię", "godzina", "miejsce", "naam", "tijd", "plaats",
)  # fmt: skip
BRACKETS = ("[{}]", "‹{}›", "[[{}]]", "<{}>", "[ {} ]", "**[{}]**")
IN_A_SENTENCE = (
    "Votre entretien aura lieu le {} à notre siège.",
    "You start on {} in our office.",
    "Wir sehen uns am {}.",
    "Le attendiamo il {}, in sede.",
)
PATTERNS = (
    "JJ/MM/AAAA", "DD/MM/YYYY", "TT.MM.JJJJ", "MM/DD/YYYY", "dd/mm/yyyy", "GG/MM/AAAA", "AAAA-MM-JJ", "YYYY-MM-DD",
    "DD.MM.RRRR", "jj/mm/aaaa", "xx/xx/2026", "../../2026", "__/__/2026", "XX.XX.2026", "XX/XX/XXXX", "??/??/2026",
    "xx/05/2026", "XX mars 2026", "xx juin", "XX. Januar", "XXX", "xxx", "XXXXX", "xx h 30", "XX €", "____", "______",
    "........", "lorem ipsum", "Lorem Ipsum", "TBC", "TBD", "TODO", "À COMPLÉTER", "TO BE CONFIRMED", "JJ/MM",
)  # fmt: skip
CLEAN = (
    "Signature : ________",
    "Nom : ________ Prénom : ________",
    "Fait à ____________, le ____________",
    "Je soussigné(e) ____________ accepte le poste de ________ proposé.",
    "I, the undersigned, ________ of ________ agree.",
    "Ort, Datum: ______________",
    "Signature ________________",
    "________________________________",
    "Date de naissance (JJ/MM/AAAA) : ________",
    "Indiquez la date au format JJ/MM/AAAA dans le formulaire.",
    "Please give the date in the form DD/MM/YYYY.",
    "Geburtsdatum (TT.MM.JJJJ):",
    "Comme l'indique l'article [1], et la note [12].",
    "Il a écrit « je viendrai » [sic].",
    "Les jeux de la XXX Olympiade ont eu lieu.",
    "Un tee-shirt de taille XXL vous attend.",
    "Au XXe siècle, et au XXI siècle.",
    "L'annexe XX et le chapitre XXX du code.",
    "Voir [Lieu](https://exemple.test/lieu) et [le plan](https://exemple.test/plan).",
    "| Lieu | Heure |\n|------|-------|\n| Lyon | 9 h |",
    "Vous recevrez un formulaire à compléter et à renvoyer.",
    "Le contrat (à signer) vous parviendra.",
    "L'horaire (à confirmer par téléphone) vous sera communiqué.",
    "Merci d'apporter un document (à compléter sur place).",
    "Nous avons hésité... puis choisi.",
    "Et ensuite…… nous verrons.",
    "- [ ] carte d'identité\n- [x] diplôme",
    "La date à préciser sera le 5 mai.",
    "Bring your ID, tickets and so on...",
    "Le salaire est de 2 000 € (à négocier).",
    "[CDI] Comptable",
    "Poste ouvert aux [femmes et hommes].",
    "Notre site : https://exemple.test/a____b/index",
    "Lettre du 03/09/2026, réponse avant le 10.10.2026.",
    "Le dossier ../../2026/pieces est joint.",
    "***\n\nSuite",
    "Tournoi AA/MM de Lyon",
    "Prix : 20 % [hors taxes]",
    "Dear Max Mustermann, welcome",
    "Coller ici votre photo : [photo d'identité]",
    "Salle 20 du bâtiment",
    "(insérez votre badge dans le lecteur)",
    "Merci de remplir le champ « nom » du formulaire.",
    "Votre code postal : _ _ _ _ _",
    "Le mot « insertion » figure dans le poste (insertion professionnelle).",
)  # fmt: skip


def told(text: str, name: str = "lettre.md") -> list[tuple[str, Severity, int | None]]:
    from lint_cases import letter_of

    letter = letter_of(f"Subject: x\n\nBonjour {{{{ nom }}}},\n\n{text}\n", name=name)
    return [(each.excerpt, each.severity, each.letter_line) for each in found(inspection_of(letter=letter), "TPL205")]


@each_row("bracket", BRACKETS)
@each_row("instruction", INSTRUCTIONS)
def test_an_instruction_in_brackets_blocks(instruction: str, bracket: str) -> None:
    several = told(IN_A_SENTENCE[len(instruction) % 4].format(bracket.format(instruction)))
    assert [(severity, line) for _text, severity, line in several] == [(Severity.BLOCK, 5)], several
    assert instruction.split()[0] in several[0][0]


@each_row("bracket", [each for each in BRACKETS if each != "<{}>"])
@each_row("noun", NOUNS)
def test_a_noun_that_belongs_to_a_person_in_brackets_blocks(noun: str, bracket: str) -> None:
    several = told(IN_A_SENTENCE[len(noun) % 4].format(bracket.format(noun)))
    assert [(severity, line) for _text, severity, line in several] == [(Severity.BLOCK, 5)], several


@each_row("name", ["lettre.md", "lettre.txt", "lettre.html"])
@each_row("sentence", IN_A_SENTENCE)
@each_row("pattern", PATTERNS)
def test_a_pattern_within_a_sentence_blocks(pattern: str, sentence: str, name: str) -> None:
    several = told(sentence.format(pattern), name)
    assert [(severity, line) for _text, severity, line in several] == [(Severity.BLOCK, 5)], several


@each_row("name", ["lettre.md", "lettre.txt"])
@each_row("text", CLEAN)
def test_what_is_harmless_or_filled_in_by_hand_is_left_alone(text: str, name: str) -> None:
    assert told(text, name) == []


@pytest.mark.parametrize("text", ["Salle XX, merci.", "le poste de XX."])
def test_two_crosses_alone_are_a_warning(text: str) -> None:
    assert [(shown, severity) for shown, severity, _line in told(text)] == [("XX", Severity.WARN)]


RUNS = {"...": False, "....": False, ".....": True, "......": True, "…": False, "……": True, "………": True}
"""How long a run of dots is that a word and its sentence are broken by, from which on it is a gap."""


@each_row(("run", "is_told"), RUNS.items())
@each_row("word", ["le", "vers", "à"])
def test_dots_after_a_short_word_are_a_gap_from_a_length_on(run: str, is_told: bool, word: str) -> None:
    assert [text for text, _severity, _line in told(f"Nous vous verrons {word} {run} en salle 3.")] == [run] * is_told


@each_row("run", [run for run, is_told in RUNS.items() if is_told])
def test_dots_are_no_gap_after_a_long_word_or_where_nothing_goes_on(run: str) -> None:
    for text in (
        f"Nous verrons ensuite {run} en salle 3.",
        f"Nous verrons le {run}",
        f"Nous verrons le {run} Ensuite.",
    ):
        assert told(text) == [], text


@each_row(
    "text", ["[à compléter]", "{prenom}", "«Nom»", "JJ/MM/AAAA", "{# prenom #}", "le ......, à Lyon", "Bonjour {"]
)
@each_row("lines", range(5))
def test_the_line_is_that_of_the_text_wherever_it_is(text: str, lines: int) -> None:
    assert [line for _text, _severity, line in told("Merci.\n" * lines + text)] == [5 + lines]


@each_row("text", ["un <b>mot</b>", "l&rsquo;avis"])
@each_row("lines", range(5))
def test_the_line_of_what_a_text_shows_as_it_is_written_is_its_own(text: str, lines: int) -> None:
    assert [line for _text, _severity, line in told("Merci.\n" * lines + text, "lettre.txt")] == [5 + lines]


@each_row("text", ["[à compléter]", "JJ/MM/AAAA", "TBC", "«Prénom»", "{prenom}", "lorem ipsum", "(nom à définir)"])
@each_row(
    "beside",
    ["{{ nom }} {} {{ nom }}", "{{ nom }}{} le", "le {}{{ nom }}", "{% if nom %}{}{% endif %}"],
)
def test_what_touches_code_is_told_of(text: str, beside: str) -> None:
    assert [shown for shown, _severity, _line in told(f"Nous vous verrons\n{beside.replace('{}', text, 1)}\nici.")] == [
        text
    ]


BLANK = {"ce": True, "des": True, "pour": False}
"""Words before a blank with which a sentence may end, and whether it is one to be filled in nevertheless."""


@each_row(("word", "is_told"), BLANK.items())
@each_row("run", ["____", "????"])
def test_a_blank_at_the_end_is_told_behind_a_word_of_three_letters_at_most(word: str, is_told: bool, run: str) -> None:
    for rest in ("", " Ensuite"):
        assert [shown for shown, _, _ in told(f"Nous venons {word} {run}{rest}")] == [run] * is_told
    for rest in (" en salle", ".", " 5"):
        assert [shown for shown, _, _ in told(f"Nous venons {word} {run}{rest}")] == [run]
