"""LST118: The columns of names are known."""

from __future__ import annotations

from lint_cases import HEADERS, inspection_of, table_of
from rule_cases import MANY, case, cases_of, expect, headerless, renamed, unnamed

FAILS = {
    "columns that nothing explains": case(
        unnamed([(row[1], row[2]) for row in MANY]),
        expect(
            field="a",
            fingerprint="0d6842ac8bf3a315",
            says='no name column is recognised, although "A" and "B" seem to contain names: the checks on names cannot be made',
        ),
    ),
    "one column of whole names": case(
        unnamed([(f"{row[1]} {row[2]}", "x") for row in MANY]),
        expect(
            field="a",
            fingerprint="ce01ecbee6137e99",
            says='no name column is recognised, although "A" seems to contain names: the checks on names cannot be made',
        ),
    ),
    "three columns of names": case(
        lambda: inspection_of(
            table_of(
                [(row[1], row[2], row[2][::-1].capitalize(), f"u{n}@mail.example") for n, row in enumerate(MANY)],
                ("A", "B", "C", "Mail"),
                email="mail",
                first_name="",
                last_name="",
            ),
            "Subject: Bonjour\n\nBonjour,\n",
        ),
        expect(
            field="a",
            fingerprint="0d6842ac8bf3a315",
            says='no name column is recognised, although "A" and "B" seem to contain names: the checks on names cannot be made',
            fix='If "A" and "B" contain the names, write [columns] name = "{{ a }} {{ b }}" in campaign.toml.',
        ),
    ),
    "every other row of many, by a sample": case(
        unnamed([(f"Nom{chr(97 + n // 26)}{chr(97 + n % 26)}ez" if n % 2 == 0 else f"n{n}", "x") for n in range(600)]),
        expect(
            field="a",
            fingerprint="ce01ecbee6137e99",
            says='no name column is recognised, although "A" seems to contain names: the checks on names cannot be made',
            fix='If "A" contains the names, write [columns] name = "{{ a }}" in campaign.toml.',
        ),
    ),
    "a column without a header": case(
        headerless("a", unnamed([(row[1], "x") for row in MANY])),
        expect(
            field="a",
            fingerprint="ce01ecbee6137e99",
            says='no name column is recognised, although "a" seems to contain names: the checks on names cannot be made',
            fix='If "a" contains the names, write [columns] name = "{{ a }}" in campaign.toml.',
        ),
    ),
    "a long header": case(
        renamed("a", f"Colonne {'x' * 50}", unnamed([(row[1], "x") for row in MANY])),
        expect(
            field="a",
            fingerprint="ce01ecbee6137e99",
            says='no name column is recognised, although "Colonne xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx…" seems to contain names: the checks on names cannot be made',
            fix='If "Colonne xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx…" contains the names, write [columns] name = "{{ a }}" in campaign.toml.',
        ),
    ),
}
PASSES = {
    "names that are known": inspection_of,
    "towns": unnamed([(("Toulouse", "Albi", "Castres")[n % 3], "x") for n in range(60)]),
    "codes": unnamed([(f"RC-{n}", "x") for n in range(60)]),
    "a few words in small letters": unnamed([(f"{row[1].lower()} abc", "") for row in MANY]),
    "names that are known already, beside others": lambda: inspection_of(
        table_of([(*row, row[1]) for row in MANY], (*HEADERS, "A"))
    ),
    "names in the e-mail column": renamed(
        "mail",
        "Z",
        lambda: inspection_of(
            table_of(
                [(f"n{n}", row[1]) for n, row in enumerate(MANY)],
                ("A", "Mail"),
                email="mail",
                first_name="",
                last_name="",
            ),
            "Subject: Bonjour\n\nBonjour,\n",
        ),
    ),
}

test_fails, test_passes = cases_of("LST118", FAILS, PASSES)
