"""TPL212: a letter calls a person by the name that To shows."""

from __future__ import annotations

from lint_cases import inspection_of, table_of
from msgspec.structs import replace
from rule_cases import Case, case, cases_of, expect, only

from mailmerge.lint import Inspection
from mailmerge.model import Columns, Recipient

HEADERS = ("Prénom", "Prénom usuel", "Nom", "Nom de naissance", "Nom complet", "Mail")
ROWS = [
    ("Anastasia", "Ana", "Gil", "Roux", "Ana Gil", "a@mail.example"),
    ("Luc", "", "Petit", "Petit", "Luc Petit", "b@mail.example"),
    ("Zoraïde", "Zoé", "Lam", "Lam", "Zoé Lam", "c@mail.example"),
]
USUAL = Columns("mail", "prenom", "nom", usual_first_name="prenom_usuel", other_last_names=("nom_de_naissance",))
WHOLE = Columns("mail", "prenom", "nom_de_naissance", "nom_complet")


def of(letter: str, columns: Columns = USUAL) -> Case:
    def make() -> Inspection:
        table = replace(table_of(ROWS, HEADERS), columns=columns)
        inspection = inspection_of(table, letter if letter.startswith("To:") else f"Subject: x\n\n{letter}\n")
        people = [Recipient(each, table.name_of(each), table.value(each, "mail")) for each in table.records]
        return replace(inspection, recipients=people)

    return make


FAILS = {
    "another first name, behind a name at birth that is the same": case(
        only(of("Bonjour {{ nom_de_naissance }} {{ prenom }},"), 3),
        expect(
            field="prenom",
            letter_line=3,
            affected=(3,),
            excerpt="{{ prenom }}",
            fingerprint="e553813dcd439ce1",
            says='lettre.md, line 3: "Prénom" would print Zoraïde, but To shows Zoé Lam (line 4)',
            fix="Write {{ prenom_usuel }} instead, unless the letter has to state this name.",
        ),
    ),
    "the name at birth": case(
        of("Bonjour Madame {{ nom_de_naissance }},"),
        expect(
            field="nom_de_naissance",
            letter_line=3,
            affected=(1,),
            excerpt="{{ nom_de_naissance }}",
            fingerprint="20a5ae8655482cd0",
            letter="lettre.md",
            says='lettre.md, line 3: "Nom de naissance" would print Roux, but To shows Ana Gil (line 2)',
            fix="Write {{ nom }} instead, unless the letter has to state this name.",
        ),
    ),
    "the first name beside the usual one": case(
        of("Bonjour {{ prenom }},\n\n{{ prenom }} {{ nom }}"),
        expect(
            field="prenom",
            letter_line=3,
            affected=(1, 3),
            excerpt="{{ prenom }}",
            fingerprint="e553813dcd439ce1",
            says='lettre.md, line 3: for 2 people "Prénom" would print another name than To shows, such as Anastasia instead of Ana Gil (line 2)',
            fix="Write {{ prenom_usuel }} instead, unless the letter has to state this name.",
        ),
    ),
    "the legal names beside a whole one": case(
        of("Bonjour {{ prenom }} {{ nom_de_naissance|upper }},", WHOLE),
        expect(
            field="prenom",
            letter_line=3,
            affected=(1, 3),
            excerpt="{{ prenom }}",
            fingerprint="e553813dcd439ce1",
            says='lettre.md, line 3: for 2 people "Prénom" would print another name than To shows, such as Anastasia instead of Ana Gil (line 2)',
            fix="Write {{ nom_complet }} instead, unless the letter has to state this name.",
        ),
        expect(
            field="nom_de_naissance",
            letter_line=3,
            affected=(1,),
            excerpt="{{ nom_de_naissance|upper }}",
            fingerprint="effad94c6f97a3eb",
            says='lettre.md, line 3: "Nom de naissance" would print Roux, but To shows Ana Gil (line 2)',
        ),
    ),
}
PASSES = {
    "an expression without a field": of("Bonjour {{ 'Ana' }},"),
    "the usual name": of("Bonjour {{ prenom_usuel or prenom }} {{ nom }},"),
    "a name that is stated": of("Madame {{ nom }}, née {{ nom_de_naissance }},"),
    "a name that is stated, with both endings": of("{{ nom }} (né·e {{ nom_de_naissance }}),"),
    "a condition": of("{% if nom_de_naissance %}Bonjour{% else %}Bonsoir{% endif %} {{ nom }},"),
    "parts of the whole name": of("Bonjour {{ nom }},", replace(WHOLE, last_name="nom")),
    "one name only": of("Bonjour {{ prenom }} {{ nom }},", Columns("mail", "prenom_usuel", "nom")),
    "in To itself": of("To: {{ prenom }} {{ nom }} <{{ mail }}>\nSubject: x\n\nBonjour,\n"),
}

test_fails, test_passes = cases_of("TPL212", FAILS, PASSES)
