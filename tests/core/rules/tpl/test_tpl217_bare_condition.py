"""TPL217: no condition is only a cell that can say no."""

from __future__ import annotations

from collections.abc import Sequence

from rule_cases import Case, case, cases_of, column, expect

from mailmerge.model import Severity

ANSWERS = ("oui", "non", "oui", "Non", "", "oui")


def answered(condition: str, values: Sequence[str] = ANSWERS, body: str = "Vous êtes cadre.") -> Case:
    return column("Cadre", values, f"\n{{% if {condition} %}}{body}{{% endif %}}\n")


FAILS = {
    "a bare cell": case(
        answered("cadre"),
        expect(
            record=2,
            line=3,
            field="cadre",
            letter_line=11,
            affected=(2, 4),
            excerpt="cadre",
            fingerprint="b3aef95d45233d1b",
            says='lettre.md, line 11: the condition "cadre" is true for every text in "Cadre", and so for "non", "Non" as well; this concerns Jean Dupont (line 3) and Paul Nguyen (line 5)',
            fix="Write cadre == 'oui', if that is what is meant; write cadre != '' if every answer counts.",
        ),
    ),
    "not a bare cell": case(
        answered("not cadre"),
        expect(
            record=2,
            line=3,
            field="cadre",
            letter_line=11,
            affected=(2, 4),
            excerpt="cadre",
            fingerprint="b3aef95d45233d1b",
            says='lettre.md, line 11: the condition "not cadre" is false for every text in "Cadre", and so for "non", "Non" as well; this concerns Jean Dupont (line 3) and Paul Nguyen (line 5)',
            fix="Write cadre in ['', 'non', 'Non'], if that is what is meant; write cadre == '' if only a blank cell counts.",
        ),
    ),
    "a number that is printed": case(
        answered("cadre", ("100", "0", "250", "", "0,00", "75"), "Prime : {{ cadre }}"),
        expect(
            record=2,
            line=3,
            field="cadre",
            severity=Severity.WARN,
            letter_line=11,
            affected=(2, 5),
            excerpt="cadre",
            fingerprint="c979ac303c5b7f95",
            says='lettre.md, line 11: the condition "cadre" is also true for "0", "0,00", which Jean Dupont (line 3) and Aïcha Benali (line 6) would read',
            fix="Write cadre in ['100', '250', '75'], unless they should read it.",
        ),
    ),
    "a cell compared with true": case(
        answered("cadre == true"),
        expect(
            field="cadre",
            letter_line=11,
            excerpt="cadre",
            fingerprint="3322016953c7b108",
            says='lettre.md, line 11: "cadre" is compared with true, but the cells of "Cadre" are text, so the answer is the same for everybody; the column has "oui", "non", "Non"',
            fix="Write cadre == 'oui'.",
        ),
    ),
    "a text of several answers": case(
        answered("cadre", ("A1", "B2", "C1", "aucun", "D", "A1")),
        expect(
            record=4,
            line=5,
            field="cadre",
            letter_line=11,
            excerpt="cadre",
            fingerprint="4c854f076ade59c3",
            says='lettre.md, line 11: the condition "cadre" is true for every text in "Cadre", and so for "aucun" as well; this concerns Paul Nguyen (line 5)',
            fix="Write cadre not in ['', 'aucun'], if that is what is meant; write cadre != '' if every answer counts.",
        ),
    ),
}
PASSES = {
    "a mark or nothing": answered("cadre", ("x", "", "x", "", "", "x")),
    "yes or nothing": answered("cadre", ("oui", "", "oui", "", "", "Oui")),
    "an answer that is printed": answered("cadre", ANSWERS, "Vous avez répondu : {{ cadre }}"),
    "a name that is a word": answered("nom"),
    "the text that is meant": answered("cadre == 'oui'"),
    "any answer, on purpose": answered("cadre != ''"),
    "single letters that are no answers": answered("cadre", ("A", "B", "N", "F", "C", "")),
}

test_fails, test_passes = cases_of("TPL217", FAILS, PASSES)
