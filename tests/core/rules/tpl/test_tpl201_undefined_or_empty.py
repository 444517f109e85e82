"""TPL201: Nothing undefined, nothing blank."""

from __future__ import annotations

from lint_cases import LETTER, changed, inspection_of
from rule_cases import case, cases_of, cell, expect, letter

FAILS = {
    "a field that is not there": case(
        letter("{{ prenon }}"),
        expect(
            field="prenon",
            letter_line=11,
            excerpt="{{ prenon }}",
            fingerprint="0e6cedb2abab3cd6",
            says='lettre.md, line 11: the letter uses prenon, but there is no such column; did you mean "Prénom"?',
        ),
    ),
    "a condition on one that is not there": case(
        letter("{% if prenon %}x{% endif %}"),
        expect(
            field="prenon",
            letter_line=11,
            excerpt="prenon",
            fingerprint="0e6cedb2abab3cd6",
            says='lettre.md, line 11: the letter uses prenon, but there is no such column; did you mean "Prénom"?',
        ),
    ),
    "a blank cell": case(
        cell(poste=""),
        expect(
            record=2,
            line=3,
            field="poste",
            letter_line=5,
            excerpt="{{ poste }}",
            fingerprint="834347e2f0f01d3d",
            says="Jean Dupont (line 3): {{ poste }} is blank (lettre.md, line 5)",
        ),
    ),
    "a cell of spaces": case(
        cell(poste="  \t "),
        expect(
            record=2,
            line=3,
            field="poste",
            letter_line=5,
            excerpt="{{ poste }}",
            fingerprint="834347e2f0f01d3d",
            says="Jean Dupont (line 3): {{ poste }} is blank (lettre.md, line 5)",
        ),
    ),
}
PASSES = {
    "a default": lambda: inspection_of(
        changed(2, poste=""), LETTER.replace("{{ poste }}", '{{ poste|default("ce") }}')
    ),
    "a condition around it": lambda: inspection_of(
        changed(2, poste=""), LETTER.replace("{{ poste }}", "{% if poste %}{{ poste }}{% endif %}")
    ),
}

test_fails, test_passes = cases_of("TPL201", FAILS, PASSES)
