"""TPL213: What a condition looks for occurs in the column."""

from __future__ import annotations

from unicodedata import normalize

import pytest
from each_row import each_row
from lint_cases import PEOPLE, changed, inspection_of, letter_of
from rule_cases import Case, case, cases_of, column, expect, found

from mailmerge.errors import LetterError
from mailmerge.model import Severity


def condition(text: str, body: str = "x") -> Case:
    return lambda: inspection_of(
        letter=f"Subject: x\n\nBonjour {{{{ nom }}}},\n\n{{% if {text} %}}{body}{{% endif %}}\n"
    )


def answered(said: str, wanted: str) -> Case:
    """A column in which everybody says the same, and a condition that asks for something else."""
    return lambda: inspection_of(
        [(said, *row[1:]) for row in PEOPLE],
        f"Subject: x\n\nBonjour {{{{ nom }}}},\n\n{{% if civilite == '{wanted}' %}}x{{% endif %}}\n",
    )


BLANK = [("", *row[1:]) for row in PEOPLE]
FAILS = {
    "a word of another language": case(
        condition("civilite == 'Mmee'"),
        expect(
            field="civilite",
            letter_line=5,
            excerpt="Mmee",
            fingerprint="30c462be974e4832",
            says='lettre.md, line 5: the condition looks for "Mmee" in "Civilité", which no cell has; did you mean "Mme"? The column has "Mme", "M."',
            fix='Write "Mme" in the condition, as in the table.',
        ),
    ),
    "a text that resembles none": case(
        condition("civilite == 'Docteur'"),
        expect(
            field="civilite",
            letter_line=5,
            severity=Severity.WARN,
            excerpt="Docteur",
            fingerprint="ce47bfd8dbf54a8f",
            says='lettre.md, line 5: the condition looks for "Docteur" in "Civilité", which no cell has; the column has "Mme", "M."',
        ),
    ),
    "the same beside one that occurs": case(
        condition("civilite == 'Mme' %}x{% elif civilite == 'Docteur'"),
        expect(
            field="civilite",
            letter_line=5,
            severity=Severity.INFO,
            excerpt="Docteur",
            fingerprint="ce47bfd8dbf54a8f",
            says='lettre.md, line 5: the condition looks for "Docteur" in "Civilité", which no cell has; the column has "Mme", "M."',
        ),
    ),
    "none of several texts": case(
        condition("civilite == 'Fr.' %}x{% elif civilite == 'Hr.'"),
        *(
            expect(
                field="civilite",
                letter_line=5,
                excerpt=text,
                fingerprint=fingerprint,
                says=f'lettre.md, line 5: the condition looks for "{text}" in "Civilité", which no cell has; the column has "Mme", "M."',
            )
            for text, fingerprint in (("Fr.", "572558297a2acf8c"), ("Hr.", "62ab021f6f14bdbd"))
        ),
    ),
    "another word for it": case(
        condition("civilite == 'Madame'"),
        expect(
            field="civilite",
            letter_line=5,
            excerpt="Madame",
            fingerprint="8f3dd0e8606729bc",
            says='lettre.md, line 5: the condition looks for "Madame" in "Civilité", which no cell has; did you mean "Mme"? The column has "Mme", "M."',
        ),
    ),
    "a name that the letter sets to a cell": case(
        condition("nom %}{% set c = civilite|lower %}{% if c == 'mmee' %}x{% endif"),
        expect(
            field="civilite",
            letter_line=5,
            excerpt="mmee",
            fingerprint="f3eb41006d4821fc",
            says='lettre.md, line 5: the condition looks for "mmee" in "Civilité", which no cell has; did you mean "mme"? The column has "mme", "m."',
        ),
    ),
    "a word that resembles it": case(
        column("Ville", ["Paris 13"] * 6, "\n{% if ville == 'Paris 12' %}x{% endif %}\n"),
        expect(
            field="ville",
            letter_line=11,
            severity=Severity.WARN,
            excerpt="Paris 12",
            fingerprint="b5401555680e1576",
            says='lettre.md, line 11: the condition looks for "Paris 12" in "Ville", which no cell has; did you mean "Paris 13"? The column has "Paris 13"',
        ),
    ),
    "a blank column": case(
        lambda: inspection_of(BLANK, "Subject: x\n\nBonjour {{ nom }},\n\n{% if civilite == 'Mme' %}x{% endif %}\n"),
        expect(
            field="civilite",
            letter_line=5,
            severity=Severity.WARN,
            excerpt="Mme",
            fingerprint="9c56fc54d355b5d0",
            says='lettre.md, line 5: the condition looks for "Mme" in "Civilité", and every cell is blank',
        ),
    ),
    "more values than are shown": case(
        column("Salle", ["A1", "A2", "A3", "A4", "A5", "A6"], "\n{% if salle == 'ZZ' %}x{% endif %}\n"),
        expect(
            field="salle",
            letter_line=11,
            severity=Severity.WARN,
            excerpt="ZZ",
            fingerprint="6908344b617c3c06",
            says='lettre.md, line 11: the condition looks for "ZZ" in "Salle", which no cell has; the column has "A1", "A2", "A3", "A4", "A5", "A6"',
        ),
    ),
}
PASSES = {
    **{
        f"{wanted}, where everybody says {said}": answered(said, wanted)
        for said, wanted in (("non", "oui"), ("Oui", "non"), ("no", "yes"), ("nein", "ja"), ("nie", "tak"), ("0", "1"))
    },
    "a text that occurs": condition("civilite == 'Mme'"),
    "a part of a text that occurs": condition("'table' in poste"),
    "one of several that occurs": condition("civilite in ['Mme', 'Madame']"),
    "what occurs in small letters": condition("civilite|lower == 'mme'"),
    "a blank": condition("civilite == ''"),
    "a field that is not there": condition("salle is defined and salle == 'x'"),
    "a name of the letter's own": lambda: inspection_of(
        letter="Subject: x\n\nBonjour {{ nom }},\n{% set civilite = nom ~ 'x' %}{% if civilite == 'x' %}x{% endif %}\n"
    ),
    "a name that is set in two ways": lambda: inspection_of(
        letter="Subject: x\n\nBonjour {{ nom }},\n{% if nom %}{% set c = nom %}{% else %}{% set c = poste %}{% endif %}"
        "{% if c == 'x' %}x{% endif %}\n"
    ),
}

test_fails, test_passes = cases_of("TPL213", FAILS, PASSES)

FORMS = (
    "{field} == {text}", "{text} == {field}", "{field} != {text}", "{field} in [{text}]", "{field} not in ({text}, )",
    "not {field} == {text}", "nom and {field} == {text}", "({field} == {text}) and nom", "{field}|trim == {text}",
    "{field}|default('') == {text}", "{field}.strip() == {text}",
)  # fmt: skip
SLIPS = (
    lambda text: text[:-1], lambda text: text + "e", lambda text: text.upper(), lambda text: text.lower(),
    lambda text: f" {text}", lambda text: text.replace("é", "e").replace("p", "b"),
)  # fmt: skip


@each_row("form", FORMS)
@each_row("slip", range(len(SLIPS)))
@each_row("value", ["Comptable", "Président"])
def test_a_slip_in_a_condition_is_found_and_what_was_meant_is_named(form: str, slip: int, value: str) -> None:
    text = SLIPS[slip](value)
    source = form.format(field="poste", text=f"'{text}'")
    table = [changed(n, poste=value)[n - 1] for n in range(1, 4)]
    letter = f"Subject: x\n\nBonjour {{{{ nom }}}},\n{{% if {source} %}}x{{% endif %}}\n"
    (finding,) = found(inspection_of(table, letter), "TPL213")
    assert (finding.severity, finding.letter_line, finding.excerpt) == (Severity.BLOCK, 4, text)
    assert f'did you mean "{value}"?' in finding.message


@each_row("form", FORMS)
@each_row("composed", ["NFC", "NFD"])
def test_accents_are_equal_however_they_are_composed(form: str, composed: str) -> None:
    source = normalize(composed, form.format(field="poste", text="'Président'"))  # type: ignore[arg-type]
    letter = f"Subject: x\n\nBonjour {{{{ nom }}}},\n{{% if {source} %}}x{{% endif %}}\n"
    inspection = inspection_of([changed(1, poste="Président")[0]], letter)
    assert found(inspection, "TPL213") == []
    assert inspection.compose(inspection.recipients[0]).text.endswith("x\n") is (
        "not " not in form and "!=" not in form
    )


@each_row("joined", ["or", "and"])
@each_row("operator", ["==", "!="])
@each_row("others", [("'Madame'",), ("'Madame'", "'Mlle'"), ('"Dr"',)])
def test_a_text_alone_behind_a_comparison_is_refused_with_what_to_write(
    joined: str, operator: str, others: tuple[str, ...]
) -> None:
    source = f" {joined} ".join((f"civilite {operator} 'Mme'", *others))
    with pytest.raises(LetterError, match=r"line 4: .* is not a condition") as caught:
        letter_of(f"Subject: x\n\nBonjour,\n{{% if {source} %}}x{{% endif %}}\n")
    sign = "in" if operator == "==" else "not in"
    assert f"civilite {sign} ['Mme', " in str(caught.value)


@each_row("operator", ["==", "!=", "<", "<=", ">", ">="])
@each_row("form", ["note {} 10", "10 {} note", "note|trim {} 10.5"])
def test_a_number_beside_a_cell_is_refused_with_what_to_write(operator: str, form: str) -> None:
    with pytest.raises(
        LetterError,
        match=r"line 3: the cells of note.* are text, which cannot be compared with a number; write note.*\|float ",
    ) as caught:
        letter_of(f"Subject: x\n\n{{% if {form.format(operator)} %}}x{{% endif %}}\n")
    written = str(caught.value).partition("; write ")[2]
    letter = letter_of(f"Subject: x\n\n{{% if {written} %}}x{{% endif %}}\n")
    assert letter.expressions[0].source == written


@each_row(("text", "cell", "certain"), [
    ("ab", "abc", False), ("abc", "ab", False), ("abc", "abcd", True), ("abcd", "abc", True), ("abc", "acb", False),
])  # fmt: skip
def test_one_slip_in_three_letters_is_certain(text: str, cell: str, certain: bool) -> None:
    rows = [((cell, "xyz")[n % 2], *row[1:]) for n, row in enumerate(PEOPLE)]
    letter = f"Subject: x\n\nBonjour {{{{ nom }}}},\n\n{{% if civilite == '{text}' %}}x{{% endif %}}\n"
    (finding,) = found(inspection_of(rows, letter), "TPL213")
    assert finding.severity == (Severity.BLOCK if certain else Severity.WARN)


@each_row("said, wanted", (("oui", "no"), ("ja", "non"), ("non", "peut-être"), ("oui", "1")))
def test_an_answer_in_another_language_never_occurs(said: str, wanted: str) -> None:
    assert found(answered(said, wanted)(), "TPL213")


@each_row(
    ("said", "wanted", "told"),
    [
        ("Madame", "Monsieur", 0),
        ("M.", "Mme", 0),
        ("Frau", "Herr", 0),
        ("Pan", "Pani", 0),
        ("Mr", "Mrs", 0),
        ("Sra.", "Sr.", 0),
        ("Mrs", "Ms", 1),
        ("Mme", "Madame", 1),
        ("Mme", "Docteur", 1),
    ],
)
def test_a_list_of_women_has_no_mans_title(said: str, wanted: str, told: int) -> None:
    assert len(found(answered(said, wanted)(), "TPL213")) == told
