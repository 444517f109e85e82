"""LST111: No stretch of rows is shifted."""

from __future__ import annotations

from lint_cases import inspection_of
from rule_cases import MANY, case, cases_of, cell, expect, moved

from mailmerge.model import Severity

FAILS = {
    "a stretch of addresses": case(
        moved(3, lambda c: [*c[:20], *c[21:30], c[20], *c[30:]], MANY),
        expect(
            record=21,
            line=22,
            field="nom",
            affected=(21, 22, 23, 24, 25, 26, 27, 28, 29),
            fingerprint="6b3f9cc0f4248b48",
            says="lines 22 to 30: the addresses fit the names 1 row below them, as prenomav.nomvaez@mail.example beside Prénomau Nomuaez (line 22)",
        ),
    ),
    "a stretch of surnames": case(
        moved(2, lambda c: [*c[:40], c[44], *c[40:44], *c[45:]], MANY),
        expect(
            record=41,
            line=42,
            field="nom",
            affected=(41, 42, 43, 44),
            fingerprint="1b7d70216a68c654",
            says="lines 42 to 45: the addresses fit the names 1 row below them, as prenombo.nomobez@mail.example beside Prénombo Nomsbez (line 42)",
        ),
    ),
    "two exchanged": case(
        moved(3, lambda c: [c[1], c[0], *c[2:]], MANY),
        expect(
            record=1,
            line=2,
            field="adresse_e_mail",
            severity=Severity.WARN,
            affected=(1, 2),
            fingerprint="8e89589ed5e1f97b",
            says="Prénomaa Nomaaez (line 2) and Prénomab Nombaez (line 3) seem to have each other's address: prenomab.nombaez@mail.example and prenomaa.nomaaez@mail.example",
        ),
    ),
}
PASSES = {
    "a spouse's address": cell(adresse_e_mail="marc.durand@mail.example"),
    "in order": lambda: inspection_of(MANY),
    "a family with one surname": lambda: inspection_of(
        [
            ("M.", f, "Petit", f"{a}.petit@mail.example", "Juriste", f"RC-2{n:03}", "")
            for n, (f, a) in enumerate([("Luc", "luc"), ("Anne", "luc.anne"), ("Paul", "paul"), ("Zoé", "famille")])
        ]
    ),
}

test_fails, test_passes = cases_of("LST111", FAILS, PASSES)
