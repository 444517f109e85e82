"""LST116: No column about health, religion, union, origin or the like."""

from __future__ import annotations

from each_row import each_row
from rule_cases import case, cases_of, cell, column, expect, found, headerless

from mailmerge.model import Severity
from mailmerge.text.folding import identifier

_HEADERS = (
    "Pathologie",
    "Schwerbehinderung",
    "Konfession",
    "Grad der Behinderung (GdB)",
    "Gewerkschaft",
    "Sexuelle Orientierung",
    "Vakbond",
    "Geloof",
    "Religión",
    "Discapacidad",
    "Afiliación sindical",
    "Religião",
    "Deficiência",
    "Religione",
    "Sindacato",
    "Invalidità",
    "Orientamento sessuale",
    "Wyznanie",
    "Niepełnosprawność",
    "Związek zawodowy",
)
_VALUES = ("pregnant", "schwanger", "embarazada", "grávida", "incinta", "zwanger", "niepełnosprawna")
FAILS = {
    "a column about health that the letter uses": case(
        column("RQTH", "oui", "\n{{ rqth }}\n"),
        expect(
            field="rqth",
            fingerprint="190ca20b91d84ee3",
            says='the column "RQTH" appears to contain sensitive data (rqth; GDPR article 9), and a letter uses it',
        ),
    ),
    "a column about a union that nobody uses": case(
        column("Syndicat", "CGT"),
        expect(
            field="syndicat",
            severity=Severity.INFO,
            fingerprint="4299287f0386c7cc",
            says='the column "Syndicat" appears to contain sensitive data (syndicat; GDPR article 9); no letter uses it',
        ),
    ),
    "a value": case(
        column("Divers", ["", "enceinte"]),
        expect(
            field="divers",
            severity=Severity.INFO,
            fingerprint="84fb1e16688eadf8",
            says='the column "Divers" appears to contain sensitive data (enceinte; GDPR article 9); no letter uses it',
        ),
    ),
    "two words that mean it together": case(
        column("Orientation sexuelle", "x"),
        expect(
            field="orientation_sexuelle",
            severity=Severity.INFO,
            fingerprint="6d298d8a5c85c7c9",
            says='the column "Orientation sexuelle" appears to contain sensitive data (orientation, sexuelle; GDPR article 9); no letter uses it',
            fix='Delete the column "Orientation sexuelle" from the file: the mailing does not need it.',
        ),
    ),
    "two headers' words": case(
        column("Handicap ou maladie", "non"),
        expect(
            field="handicap_ou_maladie",
            severity=Severity.INFO,
            fingerprint="3cc8b8d4d4f2bf3a",
            says='the column "Handicap ou maladie" appears to contain sensitive data (handicap, maladie; GDPR article 9); no letter uses it',
            fix='Delete the column "Handicap ou maladie" from the file: the mailing does not need it.',
        ),
    ),
    "a union, in English": case(
        column("Union member", "yes"),
        expect(
            field="union_member",
            severity=Severity.INFO,
            fingerprint="6cdf97ba8ec59526",
            says='the column "Union member" appears to contain sensitive data (union; GDPR article 9); no letter uses it',
            fix='Delete the column "Union member" from the file: the mailing does not need it.',
        ),
    ),
    "the longest value": case(
        column("Divers", "x" * 31 + " enceinte"),
        expect(
            field="divers",
            severity=Severity.INFO,
            fingerprint="84fb1e16688eadf8",
            says='the column "Divers" appears to contain sensitive data (enceinte; GDPR article 9); no letter uses it',
            fix='Delete the column "Divers" from the file: the mailing does not need it.',
        ),
    ),
    "a value with accents, used by the letter": case(
        column("Divers", ["", "", "Syndiquée"], "\n{{ divers|default('') }}\n"),
        expect(
            field="divers",
            fingerprint="84fb1e16688eadf8",
            says='the column "Divers" appears to contain sensitive data (syndiquee; GDPR article 9), and a letter uses it',
            fix='Remove {{ divers }} from the letter, and delete the column "Divers" from the file.',
        ),
    ),
    "two columns": case(
        column("RQTH", "Séropositif"),
        expect(
            field="rqth",
            severity=Severity.INFO,
            fingerprint="190ca20b91d84ee3",
            says='the column "RQTH" appears to contain sensitive data (rqth; GDPR article 9); no letter uses it',
            fix='Delete the column "RQTH" from the file: the mailing does not need it.',
        ),
    ),
    "a column without a header": case(
        headerless("divers", column("Divers", "enceinte")),
        expect(
            field="divers",
            severity=Severity.INFO,
            fingerprint="84fb1e16688eadf8",
            says='the column "divers" appears to contain sensitive data (enceinte; GDPR article 9); no letter uses it',
            fix='Delete the column "divers" from the file: the mailing does not need it.',
        ),
    ),
}
PASSES = {
    **{
        f"a column {header} of {value!r}": column(header, value)
        for header, value in (
            ("Casier", "A12"),
            ("Casier n°", "14"),
            ("Complémentaire santé", "oui"),
            ("Mutuelle santé", "non"),
            ("Santé et sécurité", "2026"),
            ("Référent handicap", "Paul"),
            ("Politique de confidentialité", "lue"),
            ("Health insurance", "yes"),
            ("Health and safety training", "2025"),
            ("Centre médical", "Lyon"),
            ("Gesundheit und Sicherheit", "2026"),
            ("Centro de salud", "Vigo"),
            ("Seguro de salud", "sí"),
            ("Salute e sicurezza sul lavoro", "2026"),
            ("Segurança e saúde", "2026"),
            ("Abteilung Gesundheit", "x"),
            ("Związek", "x"),
            ("Razza", "beagle"),
        )
    },
    "a loudspeaker": column("Produit", "Enceintes Bluetooth"),
    "health in a job title": cell(poste="Infirmière en santé au travail"),
    "a town": column("Ville d'origine du dossier", "Toulouse"),
    "an orientation at school": column("Orientation scolaire", "S"),
    "a union of companies": column("Union", "x"),
    "a longer text": column("Divers", "x" * 32 + " enceinte"),
    "a word that holds another": column("Divers", "handicapant"),
    "a job about health": column("Métier santé", "x"),
}

test_fails, test_passes = cases_of("LST116", FAILS, PASSES)


@each_row("header", _HEADERS)
def test_a_column_of_the_kind_is_known_in_each_language(header: str) -> None:
    text = f"\n{{{{ {identifier(header)} }}}}\n"
    assert [each.severity for each in found(column(header, "x", text)(), "LST116")] == [Severity.BLOCK]


@each_row("value", _VALUES)
def test_a_cell_of_the_kind_is_known_in_each_language(value: str) -> None:
    assert found(column("Divers", ["", value])(), "LST116")
