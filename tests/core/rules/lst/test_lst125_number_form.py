"""LST125: Numbers read as in the language of the letter."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from each_row import each_row
from lint_cases import HEADERS, PEOPLE, inspection_of, table_of
from msgspec.structs import replace
from rule_cases import Case, case, cases_of, expect, found

from mailmerge.model import Dialect, Severity
from mailmerge.text.folding import identifier

LETTERS = {
    "fr": "Bonjour,\n\nNous vous confirmons que le montant est de {} pour votre dossier, avec les frais.\n",
    "de": "Guten Tag,\n\nwir bestätigen Ihnen, dass der Betrag {} für die Stelle ist, und das mit der Prämie.\n",
    "es": "Hola:\n\nLe confirmamos que el importe es {} para usted, con los gastos y las primas del año.\n",
    "it": "Buongiorno,\n\nLe confermiamo che il suo importo è di {} per la posizione, con gli extra del caso.\n",
    "pt": "Olá,\n\nConfirmamos que o valor é de {} para o seu lugar, com os custos e as despesas.\n",
    "nl": "Hallo,\n\nwij bevestigen dat het bedrag {} is voor uw functie, en dat met de toeslag van het werk.\n",
    "pl": "Dzień dobry,\n\npotwierdzamy, że kwota {} jest dla Pani, i nie ma w tym dodatku na dojazd.\n",
}
ENGLISH = "Hello,\n\nWe confirm that the amount is {} for your post, and that it will be paid to you by us.\n"


def numbers(
    *values: str, header: str = "Montant", language: str = "fr", told: bool = True, sheet: str = "", text: str = ""
) -> Case:
    """A column of these values, printed in a letter of this language, which says so or not."""

    def make() -> object:
        rows = [(*row, values[n % len(values)]) for n, row in enumerate(PEOPLE)]
        table = replace(table_of(rows, (*HEADERS, header)), dialect=Dialect(sheet=sheet))
        body = (text or LETTERS.get(language, ENGLISH)).replace("{}", f"{{{{ {identifier(header)} }}}}")
        head = f"Content-Language: {language}\n" if told else ""
        return inspection_of(table, f"Subject: x\n{head}\n{body}")

    return make  # type: ignore[return-value]


SURE: tuple[Sequence[str], ...] = (
    ("32,500.50", "28,000.00"),
    ("1,234,567", "2,000,000"),
    ("1234.50", "980.00", "12.25"),
    ("2.5%", "3%", "1.75%"),
    ("€1,234", "€32,500"),
    ("1,234 €", "2,500 €"),
    ("$1,234.00",),
    ("EUR 32,500",),
    ("12.5 h", "7.25 h"),
    ("£980.50", "£1,020.00"),
    ("-1,250.75",),
    ("45.5 k€", "38 k€"),
    ("7.5", "12.25", "3"),
)


@each_row("values", SURE, ids=" ".join)
@each_row("language", ["fr", "de"])
def test_numbers_in_english_form_are_told_in_a_letter_that_is_not(values: Sequence[str], language: str) -> None:
    findings = found(numbers(*values, language=language)(), "LST125")
    assert [(each.field, each.severity, each.says.id) for each in findings] == [
        ("montant", Severity.WARN, "lst125.english")
    ]


@pytest.mark.parametrize("language", LETTERS)
def test_a_letter_that_does_not_name_its_language_is_told_by_its_words(language: str) -> None:
    assert [each.field for each in found(numbers("32,500.50", language=language, told=False)(), "LST125")] == [
        "montant"
    ]
    assert found(numbers("32,500.50", language="en", told=False)(), "LST125") == []


@each_row("language", ["fr", "de", "es", "it", "pt", "nl", "pl", "sv", "da", "fr-BE", "de-AT", "pt-BR"])
def test_each_language_with_a_decimal_comma(language: str) -> None:
    assert [each.says.id for each in found(numbers("1,234", "5,600", language=language)(), "LST125")] == [
        "lst125.either"
    ]


@pytest.mark.parametrize("language", ["en", "en-GB", "de-CH", "fr-CH", "it-CH", "de-LI", "es-MX", "he", "ja"])
def test_languages_with_a_decimal_point_are_left_alone(language: str) -> None:
    for values in SURE:
        assert found(numbers(*values, language=language)(), "LST125") == []


def test_a_comma_that_a_workbook_shows_always_parts_thousands() -> None:
    assert [each.says.id for each in found(numbers("1,234", "980", sheet="Sheet1")(), "LST125")] == ["lst125.english"]


def test_a_number_within_a_text_is_told_as_well() -> None:
    for text in ("Prime de 1,234.50 euros brut", "Forfait €45.50 par jour", "soit 2.5 % du salaire"):
        assert len(found(numbers("néant cette année", text, "voir le contrat joint")(), "LST125")) == 1


CALM: dict[str, tuple[str, Sequence[str]]] = {
    "French numbers": ("Montant", ("32 500,50", "1 234,00", "980,5")),
    "French decimals with three places": ("Montant", ("1,234", "2,5", "0,125")),
    "German numbers": ("Betrag", ("1.234,50", "32.500,00")),
    "German thousands": ("Betrag", ("1.234", "32.500")),
    "whole numbers": ("Montant", ("1234", "980")),
    "years": ("Année", ("2026", "2027")),
    "references": ("Référence dossier", ("12.34", "12.35", "751.12")),
    "phone numbers": ("Portable", ("06.12.34.56.78", "01.02.03.04.05")),
    "versions": ("Version", ("3.11", "3.9", "2.0")),
    "dates": ("Échéance", ("14.03", "15.04")),
    "months": ("Période", ("2026.11", "2026.12")),
    "whole dates": ("Échéance", ("14.03.2027", "15.03.2027")),
    "times": ("Horaire", ("9.30", "14.00")),
    "postcodes": ("Code postal", ("31000", "75001")),
    "levels": ("Niveau", ("1.1", "2.12")),
    "sections": ("Rubrique", ("1.1", "2.1", "3.2")),
    "addresses of machines": ("Poste IP", ("10.0.0.1", "10.0.0.2")),
    "coordinates": ("Lieu", ("48.8566", "43.6045")),
    "lists": ("Jours", ("1,2", "2,3", "1,5")),
}  # fmt: skip
FAILS = {
    "English form": case(
        numbers("32,500.50"),
        expect(
            field="montant",
            letter="lettre.md",
            letter_line=6,
            excerpt="32,500.50",
            fingerprint="9a9fe7b0b39c1949",
            says='the numbers in "Montant", such as 32,500.50, are in English form, and lettre.md is in a language in '
            "which a comma separates decimals",
            fix='Write the numbers in "Montant" as the recipients write them: save the sheet as CSV from your own Excel, '
            "or format the column as text and type them.",
        ),
    ),
    "either form": case(
        numbers("1,234"),
        expect(
            field="montant",
            letter="lettre.md",
            letter_line=6,
            excerpt="1,234",
            fingerprint="dd780d7d33aedb06",
            says='the numbers in "Montant", such as 1,234, can be read in two ways: in the language of lettre.md a comma '
            "separates decimals, in English thousands",
            fix='Check what 1,234 means. If the comma separates thousands, write the numbers in "Montant" with a space or '
            "a point instead; otherwise no action is needed.",
        ),
    ),
}
PASSES = {
    **{name: numbers(*values, header=header) for name, (header, values) in CALM.items()},
    "a column that is not printed": numbers(
        "32,500.50", text="Bonjour, nous vous écrivons pour les frais et la prime."
    ),
    "a column that a letter writes itself": numbers(
        "1234.50", text="Le montant est de {}.".replace("{}", "{{ montant|replace('.', ',') }}"), language="fr"
    ),
}

test_fails, test_passes = cases_of("LST125", FAILS, PASSES)
