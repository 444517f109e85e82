"""TPL205: words in brackets or quotation marks that are in the place of a value; and those that only add something."""

from __future__ import annotations

import pytest
from each_row import each_row
from lint_cases import inspection_of, letter_of
from rule_cases import found

from mailmerge.model import Severity

SENTENCES = (
    ("Votre entretien aura lieu le {} au siège.", ("date", "date de l'entretien", "jour")),
    ("Nous vous attendons à {} précises.", ("heure",)),
    ("Merci de votre candidature au poste de {}.", ("poste", "nom du poste", "titre du poste", "fonction")),
    ("Vous serez reçu par {} dans nos bureaux.", ("nom", "nom du recruteur", "interlocuteur")),
    ("We look forward to seeing you on {} in Leeds.", ("date", "day", "interview date", "start date")),
    ("Your interview is at {} sharp.", ("time", "start time")),
    ("Thank you for applying to {} this spring.", ("company", "company name", "name of the company")),
    ("Ihr Gespräch findet am {} statt.", ("Datum", "Tag")),
    ("Wir treffen uns um {} im Foyer.", ("Uhrzeit", "Zeit")),
    ("Vielen Dank für Ihre Bewerbung bei {} in Ulm.", ("Firma", "Name der Firma")),
    ("La entrevista será el {} en la sede.", ("fecha",)),
)
PAIRS = ("({})", "« {} »", "“{}”", '"{}"', "( {} )")
IN_PLACE = [
    sentence.format(pair.format(noun))
    for sentence, several in SENTENCES
    for noun in several
    for pair in PAIRS
    if noun.lower() not in ("jour", "day", "giorno") or pair != '"{}"'
]
SIGNED = (
    "Cordialement,\n(nom)", "Kind regards,\n\n(your name)", "Kind regards, (your name)",
    "Mit freundlichen Grüßen\n\n(Ihr Name)", "Bien à vous, (votre nom)", "(Nom de l'entreprise) vous remercie.",
    "(Company name) thanks you for your time.", "Dear (first name), thank you.", "Cher (prénom), merci.",
    "Hallo (Vorname), danke.", "Le (jj/mm/aaaa) à midi.", "Nous nous verrons le (jj/mm/aaaa).", "On the (DD/MM/YYYY).",
    "Rendez-vous le __ / __ à 9 h.", "Rendez-vous le ... / ... / 2026 à 9 h.", "See you on __/__ at noon.",
)  # fmt: skip
TO_FILL_IN = ("à compléter", "à remplir", "lieu à compléter", "to be completed", "noch zu ergänzen", "da completare")
TO_COME = (
    "à préciser",
    "à confirmer",
    "lieu à définir",
    "horaire à confirmer",
    "to be confirmed",
    "time to be confirmed",
)
"""What may be told to the recipient as well."""
CLEAN = (
    "Indiquez vos disponibilités (date et heure).", "Rappelez vos coordonnées (nom, prénom, adresse).",
    "Please send your details (name and address).", "Tell us your preference (date and time).",
    "Bitte nennen Sie Ihre Daten (Name und Adresse).", "Indique sus datos (nombre y apellidos).",
    "Vous êtes le (la) bienvenu(e).", "Le poste de comptable (H/F) est pourvu.", "Juriste (m/w/d) gesucht.",
    "Un contrat (CDI) vous attend.", "Un contrat à durée indéterminée (CDI) vous attend.",
    "Apportez une pièce d'identité (date de naissance visible).", "Votre dossier (date de naissance incluse) est clos.",
    "Le poste (à Toulouse) est ouvert.", "Rendez-vous à Toulouse (salle 4).", "Poste 12 (ligne directe).",
    "Le salaire (brut) est fixe.", "L'entretien (en visio) durera une heure.", "The role (remote) starts in May.",
    "Cliquez sur « date » puis sur « heure ».", "Le champ « nom » est obligatoire.", "Remplissez la case « poste ».",
    "Click on “time” to choose.", 'In the field "name", give yours.', "Klicken Sie auf „Datum“.",
    "Le mot « date » figure au contrat.", "La mention « signature » est en bas de la page.",
    "Donnez-nous une « date ».", "Please give us a “date”.", "Complétez « Fait à (lieu), le (date) ».",
    "au poste de « Comptable »", "for the role of “Payroll clerk”", "Cordialement,\nClaire Martin (DRH)",
    "Ils disent « nom de code » pour ce projet.", "Renvoyez le formulaire (à compléter et à signer).",
    "Vous trouverez le formulaire (à compléter).", "Please return the form (to be completed).",
    "(Datum, Unterschrift)", "Nos bureaux (rez-de-chaussée) sont ouverts.", "Merci (encore) à vous.",
    "Comptez deux heures (transport compris).", "The offer (a fixed salary) stands.", "Le (1er) tour est fini.",
    "La date (limite) est passée.", "Votre référence (RC-0001) est à rappeler.", "Un lieu (calme) vous attend.",
    "Vous avez jusqu'au 3 mars (date limite).", "Joignez un justificatif (adresse).", "Écrivez au service (RH).",
    "Indiquez le format de la date de naissance (JJ/MM/AAAA).", "Une pause (heure libre) est prévue.",
)  # fmt: skip


def findings(text: str, *, html: bool = False) -> list[Severity]:
    if html:
        text = f"<p>Bonjour {{{{ nom }}}},</p><p>{text}</p><p>À bientôt</p>".replace("\n", "<br>\n")
        letter = letter_of(f"Subject: x\n\n{text}\n", name="lettre.html")
    else:
        letter = letter_of(f"Subject: x\n\nBonjour {{{{ nom }}}},\n\n{text}\n\nÀ bientôt\n")
    return [each.severity for each in found(inspection_of(letter=letter), "TPL205")]


@each_row("html", [False, True], ids=["text", "html"])
@each_row("text", [*IN_PLACE, *SIGNED])
def test_words_in_the_place_of_a_value_are_told_of(text: str, html: bool) -> None:
    assert Severity.BLOCK in findings(text, html=html)


@pytest.mark.parametrize("said", TO_FILL_IN)
def test_what_only_the_writer_can_fill_in_stops_the_letter(said: str) -> None:
    assert findings(f"Le montant sera de 300 euros par mois ({said}).") == [Severity.BLOCK]


@pytest.mark.parametrize("said", TO_COME)
def test_what_may_be_told_to_the_recipient_as_well_is_a_warning(said: str) -> None:
    assert findings(f"Rendez-vous le 12 mars ({said}).") == [Severity.WARN]


@each_row("html", [False, True], ids=["text", "html"])
@each_row("text", CLEAN)
def test_brackets_that_add_something_are_left_alone(text: str, html: bool) -> None:
    assert findings(text, html=html) == []


@pytest.mark.parametrize("header", ["poste", "reference"])
def test_the_name_of_a_column_counts_in_the_place_of_a_value_only(header: str) -> None:
    assert findings(f"Nous parlons de ({header}) aujourd'hui.") == [Severity.BLOCK]
    assert findings(f"Nous parlons de comptabilité ({header}) aujourd'hui.") == []
