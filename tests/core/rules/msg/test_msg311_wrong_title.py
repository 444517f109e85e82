"""MSG311: the title in a greeting is this person's."""

from __future__ import annotations

from each_row import each_row
from lint_cases import HEADERS, PEOPLE, inspection_of, table_of
from rule_cases import Case, case, cases_of, expect, found, found_among_all

from mailmerge.lint import rule_named
from mailmerge.text.folding import identifier


def greeting(text: str, *titles: str, header: str = "Civilité", more: str = "\n\nMerci.") -> Case:
    """A letter that begins so, to the first people with these titles."""

    def make():  # type: ignore[no-untyped-def]
        given = titles or [row[0] for row in PEOPLE]
        rows = [(title, *row[1:]) for title, row in zip(given, PEOPLE, strict=False)]
        table = table_of(rows, (header, *HEADERS[1:]))
        return inspection_of(table, f"Subject: x\n\n{text}{more}\n")

    return make


FIX = (
    "In lettre.md, print the field {{ civilite }} in the greeting, or write a greeting that fits everybody; if the cell "
    "is wrong, correct it."
)
FAILS = {
    "a title for everybody": case(
        greeting("Chère Madame {{ nom }},", "Mme", "M."),
        expect(
            record=2,
            line=3,
            field="civilite",
            letter="lettre.md",
            excerpt="Chère Madame Dupont",
            fingerprint="874c1df2a0a879ae",
            says='Jean Dupont (line 3) would be greeted as "Chère Madame Dupont", although "Civilité" says M.',
            fix=FIX,
        ),
    ),
    "a title for many": case(
        greeting("Madame,", "M.", "M.", "Monsieur", "Mr", "M.", "Mme"),
        expect(
            record=1,
            line=2,
            field="civilite",
            affected=(1, 2, 3, 4, 5),
            count=5,
            letter="lettre.md",
            excerpt="Madame",
            fingerprint="cb8d88ef2a470e94",
            says='5 people would be greeted by a title that is not theirs, such as "Madame" for M. (lines 2, 3, 4, 5, 6)',
            fix=FIX,
        ),
    ),
    "a code in the place of a title": case(
        greeting("Bonjour {{ civilite }} {{ nom }},", "F", "H"),
        expect(
            record=1,
            line=2,
            field="civilite",
            letter="lettre.md",
            excerpt="Bonjour F Petit",
            fingerprint="c839fbf7275c313a",
            says='Inès Petit (line 2) would be greeted as "Bonjour F Petit": "Civilité" holds a code and no title',
            fix="In lettre.md, write a title for each code, such as {% if civilite == 'F' %}, or a greeting that needs none.",
        ),
        expect(
            record=2,
            line=3,
            field="civilite",
            letter="lettre.md",
            excerpt="Bonjour H Dupont",
            fingerprint="e116719b16b5f4a2",
            says='Jean Dupont (line 3) would be greeted as "Bonjour H Dupont": "Civilité" holds a code and no title',
            fix="In lettre.md, write a title for each code, such as {% if civilite == 'H' %}, or a greeting that needs none.",
        ),
    ),
    "codes for many": case(
        greeting("Bonjour {{ civilite }} {{ nom }},", "1", "2", "1", "2", "1"),
        expect(
            record=1,
            line=2,
            field="civilite",
            affected=(1, 2, 3, 4, 5),
            count=5,
            letter="lettre.md",
            excerpt="Bonjour 1 Petit",
            fingerprint="84d5200d23b41904",
            says='5 people would be greeted by a code in the place of a title, such as "Bonjour 1 Petit" (lines 2, 3, 4, 5, 6)',
        ),
    ),
}
PASSES = {
    "both, in words that agree": greeting("Szanowna Pani / Szanowny Panie {{ nom }},"),
    "both, the other way round": greeting("Caro Signore o cara Signora {{ nom }},"),
    "a number that is no title": greeting("Bonjour {{ prenom }} (groupe {{ civilite }}),", "1", "2"),
    "M is a title": greeting("Bonjour {{ civilite }} {{ nom }},", "M", "M"),
    "M is a title beside Mme": greeting("Bonjour {{ civilite }} {{ nom }},", "M", "Mme"),
    "a condition on a code": greeting("{% if civilite == 'F' %}Madame{% else %}Monsieur{% endif %} {{ nom }},", "F", "H"),
    "both, one after the other": greeting("Madame, Monsieur,"),
    "both, on two lines": greeting("Madame,\nMonsieur,"),
    "both in one word": greeting("Cher·e {{ prenom }},"),
    "both in brackets": greeting("Cher(e) {{ prenom }},"),
    "the column": greeting("Bonjour {{ civilite }} {{ nom }},"),
    "by a condition": greeting("{% if civilite == 'Mme' %}Chère Madame{% else %}Cher Monsieur{% endif %} {{ nom }},", "Mme", "M."),
    "a word that agrees with no name": greeting("Chère {{ poste }},", "M.", "M."),
    "a title that says neither": greeting("Cher Monsieur {{ nom }},", "Dr", "", "M."),
    "somebody who is spoken of": greeting("Bonjour, Mme Durand vous attend.", "M."),
    "no greeting": greeting("Madame Durand, de notre service, vous appellera demain matin, {{ prenom }}.", "M."),
    "another title": greeting("Dear Ms {{ nom }},", "Mrs", "Miss"),
}  # fmt: skip

test_what_it_finds, test_what_it_leaves_alone = cases_of("MSG311", FAILS, PASSES)

TYPED = {
    "Chère {{ prenom }},": "m", "Chère {{ prenom }}": "m", "Cher {{ civilite }} {{ nom }},": "f", "Bonjour Monsieur {{ nom }},": "f",
    "Dear Mr {{ nom }},": "f", "Dear Sir,": "f", "Dear Madam,": "m", "Liebe {{ prenom }},": "m",
    "Sehr geehrter Herr {{ nom }},": "f", "Estimada {{ prenom }}:": "m", "Estimado Sr. {{ nom }}:": "f",
    "Stimată Doamnă {{ nom }},": "m", "Stimate {{ prenom }},": "f", "Vážená paní {{ nom }},": "m", "Vážený {{ prenom }},": "f",
    "Gentile Signora {{ nom }},": "m", "Gentile Sig.ra {{ nom }},": "m",
    "Gentile Dott.ssa {{ nom }},": "m", "Prezado {{ prenom }},": "f", "Geachte mevrouw {{ nom }},": "m",
}  # fmt: skip
CELLS = {
    "Civilité": ("Mme", "Mr"), "Anrede": ("Frau", "Herr"), "Tratamiento": ("Sra.", "Sr."),
    "Titolo": ("Signora", "Signor"), "Apelativ": ("Doamnă", "Domnule"), "Oslovení": ("paní", "pane"),
    "Aanhef": ("mevrouw", "dhr."), "Forma": ("Pani", "Pan"), "Colonne 1": ("Madame", "Monsieur"),
    "Vorm": ("mevrouw", "de heer"), "Titolo ": ("Sig.ra", "Sig."), "Trato": ("Dott.ssa", "Sig."), "Trattamento": ("Sig.na", "Sig.")
}  # fmt: skip


@each_row("text", TYPED)
def test_it_is_read_in_every_language(text: str) -> None:
    for header, cells in CELLS.items():
        named = text.replace("civilite", identifier(header))
        wrong = [each.record for each in found(greeting(named, *cells, header=header)(), "MSG311")]
        assert wrong == [2 if TYPED[text] == "m" else 1], header


@each_row("text", ["Sehr geehrte Damen und Herren,", "Liebe Familie {{ nom }},", "Dear Sir or Madam,", "Liebe/r {{ prenom }},",
                   "Senhor(a) {{ nom }},", "Bonjour {{ prenom }},", "Mr/Mrs {{ nom }},", "Cher ami, chère amie,",
                   "Gentile Sig./Sig.ra {{ nom }},", "Gentile Sig.(ra) {{ nom }},", "Gentile Prof. {{ nom }},"])  # fmt: skip
def test_what_fits_both_is_left_alone(text: str) -> None:
    for header, cells in CELLS.items():
        assert found(greeting(text, *cells, header=header)(), "MSG311") == [], header


@each_row(
    ("header", "cells"),
    [
        ("Nom du parent", ("Mme", "M.")),
        ("Civ. du tuteur", ("Frau", "Herr")),
        ("Sexe", ("f", "h")),
        ("Forma", ("Pani", "x")),
    ],
)
def test_a_column_of_other_titles_is_not_the_persons(header: str, cells: tuple[str, str]) -> None:
    assert found(greeting("Bonjour Madame {{ nom }},", *cells, header=header)(), "MSG311") == []


BELOW = {
    "": [1],
    "Monsieur": [],
    "Cher Monsieur": [],
    "Monsieur Durand viendra": [1],
    "Merci": [1],
}
"""What is on the line below "Madame," and whether it is told of a man."""


@each_row(("line", "told"), BELOW.items())
@each_row("above", ["", "Toulouse\n", "Toulouse\nle 3 mars\n"])
@each_row("greeted", ["Madame", "Bonjour Madame {{ nom }}"])
def test_the_other_title_is_looked_for_in_a_line_of_two_words(
    line: str, told: list[int], above: str, greeted: str
) -> None:
    for more in ("", "\n\nMerci."):
        campaign = greeting(f"{above}{greeted},\n{line}", "M.", more=more)
        assert [each.record for each in found(campaign(), "MSG311")] == told


def test_what_comes_of_a_spelling_is_told_with_it() -> None:
    campaign = greeting(
        "{% if civilite == 'Mme' %}Chère Madame{% else %}Cher Monsieur{% endif %} {{ nom }},", "Mme", "Madame"
    )
    root = found_among_all(campaign(), "TPL219")
    assert [echo.rule for echo in root[0].echoes] == [rule_named("MSG311").code]


NEITHER = {"Anrede": ("Frau", "Herr", "Divers"), "Civilité": ("Mme", "M.", "Autre"), "Tratamiento": ("Sra.", "Sr.", "otro"),
           "Titolo": ("Signora", "Signor", "altro"), "Zwrot": ("Pani", "Pan", "x")}  # fmt: skip


@each_row(("header", "cells"), NEITHER.items())
def test_a_word_for_those_who_have_no_title_is_none(header: str, cells: tuple[str, ...]) -> None:
    field = identifier(header)
    for greets in ("Guten Tag", "Bonjour", "Dear"):
        printed = found(greeting(f"{greets} {{{{ {field} }}}} {{{{ nom }}}},", *cells, header=header)(), "MSG311")
        assert [each.record for each in printed] == [3]
    passed = f"Hello {{{{ prenom }}}} {{{{ nom }}}},\n\n{{{{ {field} }}}}"
    assert found(greeting(passed, *cells, header=header)(), "MSG311") == []
