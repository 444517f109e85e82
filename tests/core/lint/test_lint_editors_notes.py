"""What is written for whoever edits a letter is told, in eight languages; what is for its readers is not."""

from __future__ import annotations

from each_row import each_row
from lint_cases import LETTER, inspection_of
from rule_cases import found

IN_BRACKETS = (
    "à relire par Claire", "texte à valider par la direction", "vérifier avec le juridique", "supprimer si CDI",
    "si femme : Madame", "choisir : retenu / non retenu", "ne pas envoyer avant lundi", "Julie, peux-tu vérifier ?",
    "Claire : merci de relire", "date à mettre à jour",
    "to be checked by legal", "check with legal", "delete if not needed", "if successful: welcome", "choose one",
    "do not send before Monday", "Jane: please check this paragraph", "note to self: dates",
    "noch zu prüfen", "löschen falls Absage", "falls weiblich: Frau", "nicht senden", "Jana, kannst du das ändern?",
    "por revisar", "revisar con Marta", "eliminar si procede", "no enviar todavía", "Ana, ¿puedes mirarlo?",
    "da verificare con Paola", "non inviare", "Luca, puoi controllare?", "a rever", "não enviar", "apagar se recusado",
    "do sprawdzenia", "nie wysyłać", "usunąć jeśli odmowa", "nog te controleren", "verwijderen indien afgewezen",
)  # fmt: skip
LINES = (
    "DRAFT", "-- brouillon --", "### ENTWURF ###", "Draft v2", "[Borrador]", "BOZZA", "Rascunho", "Szkic",
    "Note interne : ne pas envoyer avant validation.", "Internal note: ask Tom.", "Interne Notiz: Datum prüfen",
    "V2 – modifié par Paul le 12/11", "Version 3 (reviewed by legal)", "v1.2 überarbeitet am 3. Mai",
    "Kommentar [JM1]: bitte prüfen", "Comment [A12] nice",
)  # fmt: skip
SUBJECTS = (
    "DRAFT: your offer",
    "Brouillon - votre offre",
    "[TEST] Votre offre",
    "Fwd: Votre offre",
    "TR : Votre offre",
)
FOR_READERS = (
    "(à valider par votre responsable)", "(to be checked by your manager)", "(von Ihnen zu prüfen)",
    "(les pièces seront à vérifier à l’accueil)", "(si vous êtes une femme)", "(voir le plan)", "(check-in from 3 pm)",
    "(à choisir dans votre espace)", "[notre site](https://x.example/a)", "(Parents: bring a coat)",
    "(Julie, Marc et Paul)", "(Claire : 01 23 45 67 89)", "Vous pouvez relire le brouillon de votre contrat.",
    "The draft: please read it.", "Version 3 du règlement", "V2 rockets", "Test de recrutement", "Drafting rules:",
    "Usage interne",
)  # fmt: skip


@each_row("note", IN_BRACKETS)
@each_row("brackets", ["()", "[]"])
def test_a_note_in_brackets_is_for_whoever_edits(note: str, brackets: str) -> None:
    text = f"{LETTER}\nVotre contrat prend fin {brackets[0]}{note}{brackets[1]} le 3 mai.\n"
    assert [finding.letter_line for finding in found(inspection_of(letter=text), "TPL205")] == [11]


@each_row("line", LINES)
def test_so_is_a_line_of_its_own(line: str) -> None:
    told = found(inspection_of(letter=f"{LETTER}\n{line}\n\nMerci.\n"), "TPL205")
    assert [finding.letter_line for finding in told] == [11]


@each_row("subject", SUBJECTS)
def test_so_is_the_beginning_of_a_subject(subject: str) -> None:
    _before, _sign, body = LETTER.partition("\n")
    told = found(inspection_of(letter=f"Subject: {subject}\n{body}"), "TPL205")
    assert [finding.letter_line for finding in told] == [1]


@each_row("text", FOR_READERS)
def test_what_is_for_the_readers_is_left_alone(text: str) -> None:
    assert found(inspection_of(letter=f"{LETTER}\n{text}\n\nMerci.\n"), "TPL205") == []
