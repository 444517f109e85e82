"""LST116: No column about health, religion, union, origin or the like."""

from __future__ import annotations

from rule_cases import case, cases_of, cell, column, expect

from mailmerge.model import Severity

FAILS = {
    "a column about health that the letter uses": case(
        column("RQTH", "oui", "\n{{ rqth }}\n"),
        expect(
            field="rqth",
            fingerprint="190ca20b91d84ee3",
            says='the column "RQTH" seems to be about rqth, which article 9 of the GDPR protects, and a letter uses it',
        ),
    ),
    "a column about a union that nobody uses": case(
        column("Syndicat", "CGT"),
        expect(
            field="syndicat",
            severity=Severity.INFO,
            fingerprint="4299287f0386c7cc",
            says='the column "Syndicat" seems to be about syndicat, which article 9 of the GDPR protects, and no letter uses it',
        ),
    ),
    "a value": case(
        column("Divers", ["", "enceinte"]),
        expect(
            field="divers",
            severity=Severity.INFO,
            fingerprint="84fb1e16688eadf8",
            says='the column "Divers" seems to be about enceinte, which article 9 of the GDPR protects, and no letter uses it',
        ),
    ),
}
PASSES = {
    "a loudspeaker": column("Produit", "Enceintes Bluetooth"),
    "health in a job title": cell(poste="Infirmière en santé au travail"),
    "a town": column("Ville d'origine du dossier", "Toulouse"),
}

test_fails, test_passes = cases_of("LST116", FAILS, PASSES)
