"""XRC404: Every printed value is this record's."""

from __future__ import annotations

from lint_cases import HEADERS, PEOPLE, inspection_of, table_of
from msgspec.structs import replace
from rule_cases import case, cases_of, composed, expect, letter, only, stale

from mailmerge.lint import Inspection
from mailmerge.model import Message, Recipient


def long_values() -> Inspection:
    """A long value of another record, in a column with a long header."""
    header = "Intitulé du poste pour lequel vous avez postulé"
    table = table_of([(*row, "Responsable administratif et financier du site") for row in PEOPLE], (*HEADERS, header))
    inspection = inspection_of(table, f"Subject: x\n\nBonjour,\n\n{{{{ {table.names[-1]} }}}}\n")

    def compose(recipient: Recipient) -> Message:
        return replace(inspection.compose(recipient), values=("Chargée de recrutement pour l'ensemble du groupe",))

    return replace(inspection, compose=compose)


def behind_a_computed_value() -> Inspection:
    """What is printed first is made of two fields."""
    inspection = inspection_of(letter="Subject: x\n\n{{ prenom ~ nom }}\n\n{{ nom }}\n")
    return replace(inspection, compose=lambda recipient: stale(inspection, inspection.compose(recipient)))


FAILS = {
    "another record's value, behind one that is computed": case(
        only(behind_a_computed_value, 2),
        expect(
            record=2,
            line=3,
            field="nom",
            excerpt="Petit",
            fingerprint="1ea5f6ff5091c63d",
            says='Jean Dupont (line 3): the letter prints "Petit" for "Nom", but the table has "Dupont"',
        ),
    ),
    "another record's value": case(
        composed(stale),
        expect(
            record=2,
            line=3,
            field="nom",
            affected=(2, 3, 4, 5, 6),
            count=5,
            excerpt="Petit",
            fingerprint="2dfed9f47cde804d",
            says='in 5 messages the letter prints a different value for "Nom" from the table\'s (lines 3, 4, 5, 6, 7)',
        ),
    ),
    "another record's value, once": case(
        only(composed(stale), 2),
        expect(
            record=2,
            line=3,
            field="nom",
            excerpt="Petit",
            fix="Do not send. Report this as a bug: a value came from another record.",
            fingerprint="1ea5f6ff5091c63d",
            says='Jean Dupont (line 3): the letter prints "Petit" for "Nom", but the table has "Dupont"',
        ),
    ),
    "a long value": case(
        only(long_values, 2),
        expect(
            record=2,
            line=3,
            field="intitule_du_poste_pour_lequel_vous_avez_postule",
            excerpt="Chargée de recrutement pour l'ensemble du groupe",
            fingerprint="71e3a822c53c7834",
            says='Jean Dupont (line 3): the letter prints "Chargée de recrutement pour l\'ensemble …" for "Intitulé du poste pour lequel vous avez…", but the table has "Responsable administratif et financier …"',
        ),
    ),
}
PASSES = {
    "capitals": letter("{{ nom|upper }} {{ nom|proper }}"),
    "a part of it": letter("{{ nom[:1] }}."),
    "a default for a blank": lambda: inspection_of(
        [(*row[:4], "", *row[5:]) for row in PEOPLE], 'Subject: x\n\n{{ poste|default("inconnu") }}\n'
    ),
}

test_fails, test_passes = cases_of("XRC404", FAILS, PASSES)
