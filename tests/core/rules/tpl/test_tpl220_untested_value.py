"""TPL220: everybody whose cell a condition looks at is meant by one of its alternatives."""

from __future__ import annotations

from collections.abc import Sequence

from lint_cases import HEADERS, LETTER, inspection_of, table_of
from rule_cases import MANY, Case, case, cases_of, column, expect, found

DECISIONS = ("retenu", "refusé", "en attente", "retenu", "refusé", "retenu")
CHAIN = "{% if statut == 'retenu' %}Oui.{% elif statut == 'refusé' %}Non.{% endif %}"


def decided(body: str, values: Sequence[str] = DECISIONS) -> Case:
    return column("Statut", values, f"\n{body}\n")


def decided_for(values: Sequence[str]) -> Case:
    """As many people as there are values, and a letter for two of these."""
    rows = [(*row, value) for row, value in zip(MANY, values, strict=False)]
    return lambda: inspection_of(table_of(rows, (*HEADERS, "Statut")), f"{LETTER}\n{CHAIN}\n")


FAILS = {
    **{
        f"{count} blank among {len(values)}": case(
            decided_for(values),
            expect(
                record=1,
                line=2,
                field="statut",
                letter_line=11,
                excerpt="statut",
                affected=tuple(range(1, count + 1)),
                others=tuple(range(2, count + 1)),
                letter="lettre.md",
                fingerprint="a201cb329c91b26a",
                says=f'lettre.md, line 11: no alternative names "" in "Statut", so that nothing is written there for {people}',
            ),
        )
        for count, values, people in (
            (1, ("", "retenu", "refusé"), "Prénomaa Nomaaez (line 2)"),
            (
                2,
                ("", "", *["retenu", "refusé"] * 4),
                "Prénomaa Nomaaez (line 2) and Prénomab Nombaez (line 3)",
            ),
        )
    },
    "no alternative": case(
        decided(CHAIN),
        expect(
            record=3,
            line=4,
            field="statut",
            letter_line=11,
            excerpt="statut",
            fingerprint="31d04518a41c3692",
            says='lettre.md, line 11: no alternative names "en attente" in "Statut", so that nothing is written there for Zoé Lefèvre (line 4)',
            fix="Write an alternative for them, or {% else %}, if they should read something there.",
        ),
    ),
    "a blank without an alternative": case(
        decided(CHAIN, ("retenu", "refusé", "", "retenu", "refusé", "retenu")),
        expect(
            record=3,
            line=4,
            field="statut",
            letter_line=11,
            excerpt="statut",
            fingerprint="a201cb329c91b26a",
            says='lettre.md, line 11: no alternative names "" in "Statut", so that nothing is written there for Zoé Lefèvre (line 4)',
            fix="Write an alternative for them, or {% else %}, if they should read something there.",
        ),
    ),
    "a blank takes the words for everybody else": case(
        decided(
            "{% if statut == 'refusé' %}Non.{% else %}Oui.{% endif %}",
            ("retenu", "refusé", "", "retenu", "refusé", "retenu"),
        ),
        expect(
            record=3,
            line=4,
            field="statut",
            letter_line=11,
            excerpt="statut",
            fingerprint="3d93f8ef7dc6dfc4",
            says='lettre.md, line 11: "Statut" is blank for Zoé Lefèvre (line 4), who would get the words for everybody whose cell is not "refusé"',
            fix="Fill in the cells, or leave these people out, if those words are not meant for them.",
        ),
    ),
}
PASSES = {
    "one blank of two": decided_for(("", "retenu")),
    "two blanks of nine": decided_for(("", "", *["retenu", "refusé"] * 3, "retenu")),
    "words for everybody else": decided(CHAIN.replace("{% endif %}", "{% else %}Bientôt.{% endif %}")),
    "every value has its alternative": decided(CHAIN, ("retenu", "refusé", "retenu", "retenu", "refusé", "retenu")),
    "one condition for a few": decided("{% if statut == 'retenu' %}Oui.{% endif %}"),
    "a blank is as usual as a text": decided(
        "{% if statut == 'x' %}Oui.{% else %}Non.{% endif %}", ("x", "", "", "y", "", "x")
    ),
    "a blank is the only other": decided(
        "{% if statut == 'x' %}Oui.{% else %}Non.{% endif %}", ("x", "", "x", "x", "x", "x")
    ),
}

test_fails, test_passes = cases_of("TPL220", FAILS, PASSES)


def test_a_choice_is_judged_behind_one_that_no_cell_meets() -> None:
    nobody_s = "{% if statut == 'inconnu' %}a{% elif statut == 'autre' %}b{% endif %}"
    findings = found(decided(f"{nobody_s}\n\n{CHAIN}")(), "TPL220")
    assert [(each.letter_line, each.affected) for each in findings] == [(13, (3,))]
