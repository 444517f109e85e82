"""LST124: A cell that is used has a value."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import product

import pytest
from each_row import each_row
from lint_cases import HEADERS, LETTER, PEOPLE, changed, inspection_of, table_of
from rule_cases import Case, case, cases_of, cell, column, expect, found

from mailmerge.lint import Inspection, LintSettings
from mailmerge.lint.views.inspection import Undecided
from mailmerge.model import Severity
from mailmerge.records.cells.no_value import NoValue
from mailmerge.text.folding import identifier

MARKS = ("-", "--", "—", "–", "?", "??", ".", "...", "…", "/", "//", "_", "•", "( )", "[]", "'-'", '"N/A"', "- -")
ABBREVIATED = ("N/A", "n/a", "N / A", "NA", "N.A.", "n.d.", "N/C", "k. A.", "s.o.", "n.v.t.", "TBD", "tbc", "T.B.D.")
WORDS = (
    "néant", "inconnu", "Inconnue", "NON RENSEIGNÉ", "non communiqué", "sans objet", "(vide)", "[vide]",
    "unknown", "Not available", "(blank)", "no data", "unspecified",
    "unbekannt", "keine Angabe", "nicht verfügbar", "entfällt", "(leer)",
    "desconocido", "sin datos", "no aplica", "sconosciuto", "non disponibile", "nessun dato", "desconhecido",
    "não informado", "sem dados", "onbekend", "niet van toepassing", "nieznany", "nie dotyczy", "brak danych",
    "null", "NULL", "None", "NaN", "nan", "undefined",
)  # fmt: skip
TO_DO = (
    "à compléter", "A COMPLETER", "à définir", "(à préciser)", "à renseigner", "[à compléter]", "to be confirmed",
    "To be defined", "zu ergänzen", "noch offen", "por definir", "da definire", "a confirmar", "nog te bepalen",
    "do uzupełnienia", "XXX", "xxxx", "[prénom]", "<nom>", "{prénom}", "«Poste»", "[Vorname]", "%NOM%",
)  # fmt: skip
DATES = (
    "JJ/MM/AAAA", "jj/mm/aa", "DD/MM/YYYY", "TT.MM.JJJJ", "GG/MM/AAAA", "YYYY-MM-DD", "xx/xx/2026", "__/__/____",
    "../../2026", "00/00/0000", "0000-00-00", "00/01/1900", "30/12/1899", "1899-12-30", "1900-01-01", "01/01/1900",
    "HH:MM",
)  # fmt: skip
UNSEEN = ("\u200b", "\u00ad", "\u2060", "\ufeff\u200b", "\u2800", "\u200b\u00a0\u200b", "\u3164")
SAID = (*MARKS, *ABBREVIATED, *WORDS, *TO_DO, *DATES, "0", "0.00", "0,00")
DECOMPOSED = ("à compléter", "néant", "non renseigné")


def one(value: str, values: Sequence[str], use: str = "{{ x }}") -> Case:
    """A column X with this value for the second person and others for the rest, and a letter that uses it."""
    others = iter(values * 6)
    return column("X", [value if n == 1 else next(others) for n in range(6)], f"\n{use}\n")


JOBS = ("Comptable", "Juriste", "Acheteur", "Chef de rang")
DAYS = ("14/03/2027", "15/03/2027", "2 avril 2027")


USES = ("{{ x|upper }}", "{{ x|default('-') }}", "{{ poste ~ ' ' ~ x }}", "{{ (x or 'rien')|lower }}")


@each_row(
    ("value", "use"),
    [
        *((value, "{{ x }}") for value in (*SAID, *UNSEEN)),
        *product(("-", "N/A", "néant", "à définir", "\u200b", "0"), USES),
    ],
)
def test_what_is_printed_of_a_cell_that_says_there_is_no_value_blocks(value: str, use: str) -> None:
    findings = found(one(value, JOBS, use)(), "LST124")
    assert [(each.record, each.field, each.severity) for each in findings] == [(2, "x", Severity.BLOCK)]


@pytest.mark.parametrize(("value", "values"), [*product(("-", "N/A", "0", "TBD", "JJ/MM/AAAA"), (JOBS, DAYS))])
def test_among_words_and_among_dates_alike(value: str, values: Sequence[str]) -> None:
    assert [each.record for each in found(one(value, values)(), "LST124")] == [2]


@each_row("value", [*MARKS, *ABBREVIATED[:6], *WORDS, *TO_DO, *DATES, *UNSEEN, "0"])
@each_row("field", ["prenom"])
def test_a_name_that_says_there_is_none_blocks_though_no_letter_prints_it(value: str, field: str) -> None:
    """It is in To all the same."""
    findings = found(inspection_of(changed(2, **{field: value}), "Subject: x\n\nBonjour,\n"), "LST124")
    assert [(each.record, each.field) for each in findings] == [(2, field)]
    blocks = findings[0].severity is Severity.BLOCK
    assert blocks or value.casefold() in ("(vide)", "[vide]", "(blank)", "(leer)", "null", "undefined")


@pytest.mark.parametrize(
    "name", ["Jean ?", "? Dupont", "N/A Dupont", "Jean N/A", "Jean XXX", "Jean -", "- Dupont", "Unknown Dupont"]
)
def test_a_whole_name_of_which_a_half_is_missing_blocks(name: str) -> None:
    rows = [(f"{row[1]} {row[2]}", row[3]) for row in PEOPLE]
    rows[2] = (name, rows[2][1])
    table = table_of(rows, ("Candidat", "Mail"), email="mail", first_name="", last_name="", full_name="candidat")
    findings = found(inspection_of(table, "Subject: x\n\nBonjour {{ candidat }},\n"), "LST124")
    assert [(each.record, each.severity) for each in findings] == [(3, Severity.BLOCK)]


@each_row("value", ["-", "N/A", "néant", "0", "\u200b"])
@each_row("use", ["{% if x %}Prime.{% endif %}", "{{ 'Prime.' if x else '' }}", "{% if not x %}Rien.{% endif %}"])
def test_a_bare_condition_takes_it_for_a_value_and_blocks(value: str, use: str) -> None:
    findings = found(one(value, ("oui", ""), use)(), "LST124")
    assert [(each.record, each.severity) for each in findings] == [(2, Severity.BLOCK)]


@pytest.mark.parametrize("value", ["-", "N/A", "inconnu", "TBD"])
def test_a_comparison_that_does_not_test_it_is_a_warning(value: str) -> None:
    findings = found(one(value, ("oui", "non"), "{% if x == 'oui' %}A{% else %}B{% endif %}")(), "LST124")
    assert [(each.record, each.severity) for each in findings] == [(2, Severity.WARN)]


@pytest.mark.parametrize("value", ["-", "N/A", "TBD"])
@pytest.mark.parametrize(
    "use",
    [
        '{{% if x != "{0}" %}}{{{{ x }}}}{{% endif %}}',
        '{{{{ x if x != "{0}" else "" }}}}',
        '{{% if x == "{0}" %}}?{{% endif %}}',
    ],
)
def test_a_letter_that_asks_for_the_mark_knows_it(value: str, use: str) -> None:
    assert found(one(value, JOBS, use.format(value))(), "LST124") == []


@pytest.mark.parametrize("state", ["manquant", "Missing", "fehlt", "à venir", "To follow", "Poste à définir", "todo"])
def test_what_may_be_the_state_of_something_asks(state: str) -> None:
    findings = found(one(state, ("complet", "reçu"))(), "LST124")
    assert [(each.record, each.severity) for each in findings] == [(2, Severity.WARN)]


@pytest.mark.parametrize("surname", ["Null", "Nil", "Leer", "Vide", "Blank", "Brak", "Todo"])
def test_a_surname_that_is_such_a_word_asks(surname: str) -> None:
    for written in (surname, surname.upper()):
        rows = [(*row[:2], row[2].upper() if written.isupper() else row[2], *row[3:]) for row in PEOPLE]
        rows[1] = (*rows[1][:2], written, *rows[1][3:])
        inspection = inspection_of(rows, sender=None)
        assert [(each.record, each.severity) for each in found(inspection, "LST124")] == [(2, Severity.WARN)]
        assert found(inspection, "MSG301") == []


_FIX = 'Fill in "{}"; or empty the cell, and put a condition around the field in the letter.'


def deciding(*told: tuple[int, NoValue | None, str], written: bool, exceptional: bool = True) -> Case:
    """Whom the campaign's condition decided about, though their cells say nothing."""
    rows: Sequence[Sequence[str]] = PEOPLE
    for number, _meaning, text in told:
        rows = changed(number, rows, poste=text)
    undecided = tuple(
        Undecided(number, "poste", meaning, text, "poste != 'Comptable'", written=written, exceptional=exceptional)
        for number, meaning, text in told
    )
    return lambda: inspection_of(rows, LETTER.replace("{{ poste }}", "..."), settings=LintSettings(undecided=undecided))


def two_columns() -> Inspection:
    """A dash in a column that the letter prints to nobody who has it, and one in a column that decides."""
    rows = [(*row, "-" if n == 1 else "oui", "-" if n == 2 else "oui") for n, row in enumerate(PEOPLE)]
    text = "\n{% if poste == 'Comptable' %}{{ x }}{% endif %}{% if y %}Prime.{% endif %}\n"
    return inspection_of(table_of(rows, (*HEADERS, "X", "Y")), LETTER + text)


SAID, UNKNOWN, BLANK = (NoValue.SAID, "-"), (NoValue.SAID, "?"), (None, "")
FAILS = {
    "what decides, behind a column that nothing depends on": case(
        lambda: two_columns(),
        expect(
            record=3,
            line=4,
            field="y",
            excerpt="-",
            fingerprint="8f89cfab746c8fd5",
            says='Zoé Lefèvre (line 4) has no value in "Y": the cell says "-"',
            fix='Fill in "Y"; or empty the cell, and put a condition around the field in the letter.',
        ),
    ),
    "who is included by a dash": case(
        deciding((2, *SAID), written=True),
        expect(
            record=2,
            line=3,
            field="poste",
            excerpt="-",
            fingerprint="8f8dc9e146c45d9a",
            says='Jean Dupont (line 3): where = "poste != \'Comptable\'" includes them although "Poste" has no value: the cell says "-"',
            fix='Fill in "Poste"; or name in the condition what the cell says, if it is right for this person.',
        ),
    ),
    "who is included by a dash, as many are": case(
        deciding((2, *SAID), written=True, exceptional=False),
        expect(
            record=2,
            line=3,
            field="poste",
            severity=Severity.WARN,
            excerpt="-",
            fingerprint="8f8dc9e146c45d9a",
            says='Jean Dupont (line 3): where = "poste != \'Comptable\'" includes them although "Poste" has no value: the cell says "-"',
            fix='Fill in "Poste"; or name in the condition what the cell says, if it is right for this person.',
        ),
    ),
    "several who are included by a dash": case(
        deciding((2, *SAID), (3, *SAID), (5, *SAID), (6, *SAID), written=True),
        expect(
            record=2,
            line=3,
            field="poste",
            affected=(2, 3, 5, 6),
            others=(3, 5, 6),
            count=4,
            excerpt="-",
            fingerprint="dcb93660979b285e",
            says='where = "poste != \'Comptable\'" includes 4 people although "Poste" has no value: their cells say "-" or the like (lines 3, 4, 6, 7)',
            fix='Fill in "Poste"; or name in the condition what the cell says, if it is right for this person.',
        ),
    ),
    "who is included by a blank": case(
        deciding((2, *BLANK), written=True),
        expect(
            record=2,
            line=3,
            field="poste",
            severity=Severity.WARN,
            fingerprint="6222f87f79da11a9",
            says='Jean Dupont (line 3): where = "poste != \'Comptable\'" includes them although "Poste" is blank, unlike nearly all other cells',
            fix='Fill in "Poste"; or name in the condition what the cell says, if it is right for this person.',
        ),
    ),
    "who is left out by a dash": case(
        deciding((2, *SAID), written=False),
        expect(
            field="poste",
            severity=Severity.INFO,
            others=(2,),
            fingerprint="6bf230ac0e5c897c",
            says='where = "poste != \'Comptable\'" leaves out Jean Dupont (line 3), although "Poste" has no value: the cell says "-"',
            fix='Fill in "Poste"; if these people should get no letter, no action is needed.',
        ),
    ),
    "who is left out by a question mark": case(
        deciding((2, *SAID), (4, *UNKNOWN), written=False),
        expect(
            field="poste",
            severity=Severity.WARN,
            others=(2, 4),
            fingerprint="bb96dababac0549a",
            says='where = "poste != \'Comptable\'" leaves out Jean Dupont (line 3) and Paul Nguyen (line 5), although "Poste" has no value: the cell says "-"',
            fix='Fill in "Poste"; if these people should get no letter, no action is needed.',
        ),
    ),
    "who is left out by a blank": case(
        deciding((3, *BLANK), written=False),
        expect(
            field="poste",
            severity=Severity.INFO,
            others=(3,),
            fingerprint="236e6b8680e59436",
            says='where = "poste != \'Comptable\'" leaves out Zoé Lefèvre (line 4), although "Poste" is blank, unlike nearly all other cells',
            fix='Fill in "Poste"; if these people should get no letter, no action is needed.',
        ),
    ),
    "who is left out by either": case(
        deciding((2, *SAID), (3, *BLANK), (5, *SAID), written=False),
        expect(
            field="poste",
            severity=Severity.INFO,
            others=(2, 5),
            fingerprint="b5e408b3e43ce5c1",
            says='where = "poste != \'Comptable\'" leaves out Jean Dupont (line 3) and Aïcha Benali (line 6), although "Poste" has no value: the cell says "-"',
            fix='Fill in "Poste"; if these people should get no letter, no action is needed.',
        ),
        expect(
            field="poste",
            severity=Severity.INFO,
            others=(3,),
            fingerprint="236e6b8680e59436",
            says='where = "poste != \'Comptable\'" leaves out Zoé Lefèvre (line 4), although "Poste" is blank, unlike nearly all other cells',
            fix='Fill in "Poste"; if these people should get no letter, no action is needed.',
        ),
    ),
    "a dash that is printed": case(
        cell(poste="-"),
        expect(
            record=2,
            line=3,
            field="poste",
            excerpt="-",
            fingerprint="1b0fdf7ac404dba6",
            says='Jean Dupont (line 3) has no value in "Poste": the cell says "-"',
            fix=_FIX.format("Poste"),
        ),
    ),
    "nothing that can be seen": case(
        cell(poste="\u200b"),
        expect(
            record=2,
            line=3,
            field="poste",
            fingerprint="fc683e5494b771a3",
            says='Jean Dupont (line 3) has no value in "Poste": the cell contains only invisible characters',
            fix=_FIX.format("Poste"),
        ),
    ),
    "what may be a value": case(
        cell(poste="Poste à définir"),
        expect(
            record=2,
            line=3,
            field="poste",
            severity=Severity.WARN,
            excerpt="Poste à définir",
            fingerprint="94edca4fa368f8a6",
            says='Jean Dupont (line 3) has "Poste à définir" in "Poste": this could mean that there is no value',
            fix='If there is no value, fill in "Poste" or empty the cell; if "Poste à définir" is right, no action is needed.',
        ),
    ),
    "what decides": case(
        one("N/A", ("oui", "non"), "{% if x == 'oui' %}A{% endif %}"),
        expect(
            record=2,
            line=3,
            field="x",
            severity=Severity.WARN,
            excerpt="N/A",
            fingerprint="bf851e2f34904aed",
            says='Jean Dupont (line 3): a condition in the letter depends on "X", where the cell says "N/A"',
            fix='Check which text this person would get; then fill in "X", or empty the cell.',
        ),
    ),
    "everybody": case(
        lambda: inspection_of([(*row[:4], "N/A", *row[5:]) for row in PEOPLE]),
        expect(
            record=1,
            line=2,
            field="poste",
            affected=(1, 2, 3, 4, 5, 6),
            others=(2, 3, 4, 5, 6),
            count=6,
            excerpt="N/A",
            fingerprint="115b65f655556a40",
            says='6 people have no value in "Poste": their cells say "N/A" or the like (lines 2, 3, 4, 5, 6 and 1 more)',
        ),
    ),
    "cells that show nothing, of many": case(
        one("\u200b", ["\u200b"]),
        expect(
            record=1,
            line=2,
            field="x",
            affected=(1, 2, 3, 4, 5, 6),
            count=6,
            fingerprint="a8a3616aff3271e5",
            says='6 people have no value in "X": their cells contain only invisible characters (lines 2, 3, 4, 5, 6 and 1 more)',
        ),
    ),
    "what may be a word, of many": case(
        lambda: inspection_of(
            changed(1, changed(2, changed(3, changed(4, PEOPLE, nom="Null"), nom="Null"), nom="Null"), nom="Null"),
            sender=None,
        ),
        expect(
            record=1,
            line=2,
            field="nom",
            severity=Severity.WARN,
            affected=(1, 2, 3, 4),
            count=4,
            excerpt="Null",
            fingerprint="830f9547113bbca6",
            says='4 people have "Null" or the like in "Nom": this could mean that there is no value (lines 2, 3, 4, 5)',
        ),
    ),
    "what a condition compares, of many": case(
        one("-", ["-"], "{% if x == 'oui' %}A{% else %}B{% endif %}"),
        expect(
            record=1,
            line=2,
            field="x",
            severity=Severity.WARN,
            affected=(1, 2, 3, 4, 5, 6),
            count=6,
            excerpt="-",
            fingerprint="fc571668f743565b",
            says='for 6 people a condition in the letter depends on "X", where their cells say "-" or the like (lines 2, 3, 4, 5, 6 and 1 more)',
        ),
    ),
    "many who are included by a blank": case(
        deciding(*((number, *BLANK) for number in (1, 2, 3, 4)), written=True),
        expect(
            record=1,
            line=2,
            field="poste",
            severity=Severity.WARN,
            affected=(1, 2, 3, 4),
            count=4,
            fingerprint="f8e3d848247eeebb",
            says='where = "poste != \'Comptable\'" includes 4 people although "Poste" is blank, unlike nearly all other cells (lines 2, 3, 4, 5)',
        ),
    ),
}
CODES = ("FR", "DE", "GB", "ES")
PASSES = {
    **{f"{value} in a column that no letter uses": column("Commentaires", value) for value in ("-", "N/A", "TBD", "0")},
    **{
        f"{value} in a branch that does not print it for them": column(
            "X", ["Prime", value, "Prime"], "\n{% if poste == 'Comptable' %}{{ x }}{% endif %}\n"
        )
        for value in ("-", "N/A", "0")
    },
    **{f"{code} among codes of two letters": one(code, CODES) for code in ("NA", "NC", "ND", "SO", "KA")},
    "NC among short codes": one("NC", ("NA", "ZZ", "FR", "BE")),
    **{f"{n} among numbers": one(n, ("12", "3", "1 250,00", "4,5")) for n in ("0", "0,00", "00")},
    "0 among durations": one("0", ("2 ans", "1 an", "6 mois")),
    "everybody's 0": one("0", ("0",)),
    "- among signs": one("-", ("+", "++", "+")),
    "XXX among Roman numerals": one("XXX", ("XIV", "IX", "XVI")),
    "XXL among sizes": one("XXL", ("S", "M", "XL")),
    "XXX among classes": one("XXX", ("AAA", "BBB", "CCC")),
    "brackets among brackets": one("[Paris]", ("[Lyon]", "[Lille]")),
    "a person called Na": cell(nom="Na"),
    "a person with the initials N.A.": lambda: inspection_of(
        [
            (*row[:1], first, *row[2:])
            for row, first in zip(PEOPLE, ("J.P.", "N.A.", "A.M.", "L.C.", "P.E.", "M.D."), strict=True)
        ]
    ),
    **{
        f"a title called {title}": cell(poste=title)
        for title in (
            "Chargé de mission",
            "Néantologue",
            "Aucun",
            "Responsable N-1",
            "R&D",
            "C#",
            "Rien à signaler ici",
            "NAC",
            "Tbdx",
            "Data analyst (H/F)",
            "Assistant (à pourvoir)",
            "Vendeur - caisse",
            "QA",
            "n° 3",
            "Directeur a.i.",
            "Xavier",
        )
    },
    "a name with a dash between": cell(nom="Dupont - Martin"),
    "an emoji": cell(poste="👍"),
    "a tick": one("x", ("x", "")),
    "a birthday": one("01/01/1990", DAYS),
    "New Year": one("01/01/2027", DAYS),
}

test_fails, test_passes = cases_of("LST124", FAILS, PASSES)


STATES = ("pending", "En attente", "offen", "pendiente", "in attesa", "pendente", "w toku", "in behandeling")
SLOTS = (("8h20", "9h40", "10h00"), ("12", "203", "14"), ("jdurand4", "mkerbrat1"), ("K7M2QPX9", "ZZ81KQ0P"), DAYS)


@each_row("state", STATES)
@each_row("values", SLOTS)
def test_a_state_among_codes_hours_or_days_asks(state: str, values: Sequence[str]) -> None:
    (finding,) = found(one(state, values)(), "LST124")
    assert finding.severity is Severity.WARN


@each_row("state", STATES)
def test_a_state_among_states_is_one(state: str) -> None:
    assert found(one(state, ("payé", "accepted", "bezahlt"))(), "LST124") == []
    assert found(one(state, ("payé", "accepted", "bezahlt", "relance 2"))(), "LST124") == []


@each_row(("words", "told"), [(0, True), (1, True), (2, False)])
def test_four_of_five_others_with_digits_are_enough(words: int, told: bool) -> None:
    values = [*["payé"] * words, *["8h20"] * (5 - words)]
    assert bool(found(one("pending", values)(), "LST124")) is told


@each_row("values", SLOTS[:2])
def test_letters_in_place_of_an_hour_or_a_room_are_no_value(values: Sequence[str]) -> None:
    (finding,) = found(one("xxx", values)(), "LST124")
    assert finding.severity is Severity.BLOCK


def test_herr_offen_has_a_surname() -> None:
    assert found(cell(nom="Offen")(), "LST124") == []


@each_row(
    ("meaning", "cell", "excerpt", "exceptional", "severity"),
    [
        (NoValue.SAID, "-", "-", True, Severity.BLOCK),
        (NoValue.SAID, "-", "-", False, Severity.WARN),
        (NoValue.UNSEEN, "\u2060", "", True, Severity.BLOCK),
        (None, "", "", True, Severity.WARN),
    ],
)
def test_a_cell_without_a_value_that_includes_somebody_is_shown_as_far_as_it_can_be_seen(
    meaning: NoValue | None, cell: str, excerpt: str, exceptional: bool, severity: Severity
) -> None:
    told = Undecided(2, "poste", meaning, cell, "poste != 'Comptable'", written=True, exceptional=exceptional)
    inspection = inspection_of(changed(2, poste=cell), settings=LintSettings(undecided=(told,)))
    findings = [each for each in found(inspection, "LST124") if "included" in each.says.id]
    assert [(each.excerpt, each.severity) for each in findings] == [(excerpt, severity)]


def test_an_address_that_is_a_dash_is_told_once() -> None:
    inspection = inspection_of(changed(2, adresse_e_mail="-"))
    assert found(inspection, "LST124") == []
    assert [each.record for each in found(inspection, "LST105")] == [2]


def test_each_language_is_judged_alike_in_accents_taken_apart() -> None:
    import unicodedata

    for value in DECOMPOSED:
        assert [each.record for each in found(one(unicodedata.normalize("NFD", value), JOBS)(), "LST124")] == [2]


assert identifier(HEADERS[4]) in LETTER
