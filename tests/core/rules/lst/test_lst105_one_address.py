"""LST105: Exactly one address in the e-mail field."""

from __future__ import annotations

from each_row import each_row
from lint_cases import HEADERS, changed, inspection_of, table_of
from rule_cases import HEADER_LENGTHS, Case, case, cases_of, cell, expect, found, without

from mailmerge.lint.finding import fingerprint

CORRECT = "Correct the address, or exclude the person."
KEEP_ONE = "Keep only this person's address: with two, both people see each other in the To line."


def under(length: int, value: str) -> Case:
    """An e-mail column whose header has so many letters, with a cell of the second person."""
    headers = ["H" * length if header == "Adresse e-mail" else header for header in HEADERS]
    return lambda: inspection_of(table_of(changed(2, adresse_e_mail=value), headers, email="h" * length))


FAILS = {
    "a long local part": case(
        cell(adresse_e_mail=f"{'a' * 65}@x.example"),
        expect(
            record=2,
            line=3,
            field="adresse_e_mail",
            excerpt="aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa@x.example",
            fingerprint="cbbbe7db9994878c",
            says="Jean Dupont (line 3): aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa… is not a valid e-mail address: it has more than 64 octets before the @, which servers do not have to accept",
        ),
    ),
    "a local part of too many octets": case(
        cell(adresse_e_mail=f"{'é' * 33}@x.example"),
        expect(
            record=2,
            line=3,
            field="adresse_e_mail",
            excerpt="ééééééééééééééééééééééééééééééééé@x.example",
            fingerprint="e7a60e0dfe30cc48",
            says="Jean Dupont (line 3): ééééééééééééééééééééééééééééééééé@x.exa… is not a valid e-mail address: it has more than 64 octets before the @, which servers do not have to accept",
        ),
    ),
    "a long path": case(
        cell(adresse_e_mail=f"{'a' * 64}@{'.'.join(['b' * 60] * 3)}.example"),
        expect(
            record=2,
            line=3,
            field="adresse_e_mail",
            excerpt="aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa@bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb.bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb.bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb.example",
            fingerprint="6462e71100005b32",
            says="Jean Dupont (line 3): aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa… is not a valid e-mail address: it has more than 254 octets, which servers do not have to accept",
        ),
    ),
    "too many octets, all of them a text": case(
        cell(adresse_e_mail=f"jean@x.example {'a' * 300}"),
        expect(
            record=2,
            line=3,
            field="adresse_e_mail",
            excerpt=f"jean@x.example {'a' * 300}",
            fingerprint="3ee5c56966fd42f3",
            says=f'Jean Dupont (line 3): "Adresse e-mail" contains more than an address: jean@x.example {"a" * 44}…',
            fix="Leave only jean@x.example in the cell, without a name, a comment or brackets.",
        ),
    ),
    "254 octets, but no domain": case(
        cell(adresse_e_mail="a" * 60 + "@" + "b" * 193),
        expect(
            record=2,
            line=3,
            field="adresse_e_mail",
            excerpt="a" * 60 + "@" + "b" * 193,
            fingerprint="031a79d0bc610ba3",
            says="Jean Dupont (line 3): aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa… is not a valid e-mail address: the part after the @ has no full stop",
        ),
    ),
    "three": case(
        cell(adresse_e_mail="a@x.example; b@y.example; c@z.example"),
        expect(
            record=2,
            line=3,
            field="adresse_e_mail",
            excerpt="a@x.example; b@y.example; c@z.example",
            fingerprint="1b79cb505b4c78b5",
            says="Jean Dupont (line 3): three addresses in one cell: a@x.example, b@y.example and c@z.example",
            fix=KEEP_ONE,
        ),
    ),
    "four": case(
        cell(adresse_e_mail="a@x.example; b@y.example; c@z.example; d@z.example"),
        expect(
            record=2,
            line=3,
            field="adresse_e_mail",
            excerpt="a@x.example; b@y.example; c@z.example; d@z.example",
            fingerprint="07f5fad7ed79c8a3",
            says="Jean Dupont (line 3): 4 addresses in one cell: a@x.example, b@y.example, c@z.example and 1 more",
            fix=KEEP_ONE,
        ),
    ),
    "six": case(
        cell(adresse_e_mail=" ".join(f"{each}@x.example" for each in "abcdef")),
        expect(
            record=2,
            line=3,
            field="adresse_e_mail",
            excerpt=" ".join(f"{each}@x.example" for each in "abcdef"),
            fingerprint="ec95cc511b7e4dff",
            says="Jean Dupont (line 3): 6 addresses in one cell: a@x.example, b@x.example, c@x.example and 3 more",
            fix=KEEP_ONE,
        ),
    ),
    "what cannot be seen": case(
        cell(adresse_e_mail="jean\u200b dupont@x.example"),
        expect(
            record=2,
            line=3,
            field="adresse_e_mail",
            excerpt="jean\u200b dupont@x.example",
            fingerprint="187a95add1f5fad4",
            says="Jean Dupont (line 3): jean‹U+200B› dupont@x.example contains an invisible character and is not a valid "
            "address",
            fix="Retype the address.",
        ),
    ),
    "blanks alone": case(
        cell(adresse_e_mail=" \u00a0"),
        expect(
            record=2,
            line=3,
            field="adresse_e_mail",
            excerpt=" \u00a0",
            fingerprint="06eed0b3437c31cd",
            says="Jean Dupont (line 3): no e-mail address",
            fix="Fill in the address, or exclude the person.",
        ),
    ),
    "a comment that looks like a place": case(
        cell(adresse_e_mail="jean@x.example ({person} {0})"),
        expect(
            record=2,
            line=3,
            field="adresse_e_mail",
            excerpt="jean@x.example ({person} {0})",
            fingerprint="5778ca0ce8f59a6c",
            says='Jean Dupont (line 3): "Adresse e-mail" contains more than an address: jean@x.example ({person} {0})',
            fix="Leave only jean@x.example in the cell, without a name, a comment or brackets.",
        ),
    ),
    **{
        f"a comment, under a header of {length} letters": case(
            under(length, "jean@x.example (privé)"),
            expect(
                record=2,
                line=3,
                field="h" * length,
                excerpt="jean@x.example (privé)",
                fingerprint=fingerprint("LST105", ("jean@x.example (privé)", "jean", "dupont")),
                says=f'Jean Dupont (line 3): "{shown}" contains more than an address: jean@x.example (privé)',
            ),
        )
        for length, shown in HEADER_LENGTHS.items()
    },
    "none": case(
        cell(adresse_e_mail=""),
        expect(
            record=2,
            line=3,
            field="adresse_e_mail",
            fingerprint="9da83a7aba252ec7",
            says="Jean Dupont (line 3): no e-mail address",
        ),
    ),
    "two": case(
        cell(adresse_e_mail="a@x.example; b@y.example"),
        expect(
            record=2,
            line=3,
            field="adresse_e_mail",
            excerpt="a@x.example; b@y.example",
            fingerprint="4a17bd6942186b0f",
            says="Jean Dupont (line 3): two addresses in one cell: a@x.example and b@y.example",
        ),
    ),
    "two with a comma": case(
        cell(adresse_e_mail="a@x.example, b@y.example"),
        expect(
            record=2,
            line=3,
            field="adresse_e_mail",
            excerpt="a@x.example, b@y.example",
            fingerprint="b34e7d4cfe73711d",
            says="Jean Dupont (line 3): two addresses in one cell: a@x.example and b@y.example",
        ),
    ),
    "two by a line break": case(
        cell(adresse_e_mail="a@x.example\nb@y.example"),
        expect(
            record=2,
            line=3,
            field="adresse_e_mail",
            excerpt="a@x.example\nb@y.example",
            fingerprint="5c8effceca8a43b5",
            says="Jean Dupont (line 3): two addresses in one cell: a@x.example and b@y.example",
        ),
    ),
    "two in brackets": case(
        cell(adresse_e_mail="a@x.example (b@y.example)"),
        expect(
            record=2,
            line=3,
            field="adresse_e_mail",
            excerpt="a@x.example (b@y.example)",
            fingerprint="a6d8068db51ea4f5",
            says="Jean Dupont (line 3): two addresses in one cell: a@x.example and b@y.example",
        ),
    ),
    "a name with it": case(
        cell(adresse_e_mail="Jean Dupont <jean@x.example>"),
        expect(
            record=2,
            line=3,
            field="adresse_e_mail",
            excerpt="Jean Dupont <jean@x.example>",
            fingerprint="6a192d1281e95a54",
            says='Jean Dupont (line 3): "Adresse e-mail" contains more than an address: Jean Dupont <jean@x.example>',
        ),
    ),
    "quoted": case(
        cell(adresse_e_mail='"a b"@x.example'),
        expect(
            record=2,
            line=3,
            field="adresse_e_mail",
            excerpt='"a b"@x.example',
            fingerprint="7f8d843ecb7c5922",
            says='Jean Dupont (line 3): "a b"@x.example is not a valid e-mail address: the part before the @ cannot be in quotation marks',
        ),
    ),
    "no domain": case(
        cell(adresse_e_mail="jean.dupont"),
        expect(
            record=2,
            line=3,
            field="adresse_e_mail",
            excerpt="jean.dupont",
            fingerprint="8ee985e5a6aaccf6",
            says="Jean Dupont (line 3): jean.dupont is not a valid e-mail address: there is no @",
        ),
    ),
    "not valid": case(
        cell(adresse_e_mail="jean..dupont@x.example"),
        expect(
            record=2,
            line=3,
            field="adresse_e_mail",
            excerpt="jean..dupont@x.example",
            fingerprint="80a94759858883b8",
            says="Jean Dupont (line 3): jean..dupont@x.example is not a valid e-mail address: there are two full stops in a row",
        ),
    ),
    "a blank within": case(
        cell(adresse_e_mail="jean.dupont@mail .example"),
        expect(
            record=2,
            line=3,
            field="adresse_e_mail",
            excerpt="jean.dupont@mail .example",
            fingerprint="7dcc0c848ae3a1e3",
            says="Jean Dupont (line 3): jean.dupont@mail .example is not a valid e-mail address: there is a space in it",
        ),
    ),
}
BLANK_WITHIN = {
    "jean. dupont@mail.example": "jean.dupont@mail.example",
    "jean .dupont@mail.example": "jean.dupont@mail.example",
    "jean.dupont @mail.example": "jean.dupont@mail.example",
    "jean.dupont@ mail.example": "jean.dupont@mail.example",
    "jean.dupont@mail .example": "jean.dupont@mail.example",
    "jean.dupont@mail. example": "jean.dupont@mail.example",
    "jean.dupont @ mail.example": "jean.dupont@mail.example",
}
NO_BLANK_WITHIN = (
    "Jean jean.dupont@mail.example", "jean.dupont@mail.example privé", "jean.dupont@mail.example - privé",
    "jean.dupont@mail.example (privé)", "<jean.dupont@mail.example> .", "jean dupont@mail.example",
)  # fmt: skip


@each_row(("cell_", "joined"), BLANK_WITHIN.items())
def test_a_space_in_an_address_is_told_as_one(cell_: str, joined: str) -> None:
    [finding] = found(cell(adresse_e_mail=cell_)(), "LST105")
    assert finding.message == f"Jean Dupont (line 3): {cell_} is not a valid e-mail address: there is a space in it"
    assert finding.fix == f"Remove the space, if {joined} is this person's address."


@each_row("cell_", NO_BLANK_WITHIN)
def test_a_space_beside_an_address_is_told_as_what_it_is(cell_: str) -> None:
    [finding] = found(cell(adresse_e_mail=cell_)(), "LST105")
    assert finding.says.id != "lst105.blank-within"


PASSES = {
    "a local part of 64 octets": cell(adresse_e_mail=f"{'a' * 64}@x.example"),
    "spaces around": cell(adresse_e_mail=" jean.dupont@mail.example "),
    "usual": inspection_of,
    "none, of somebody excluded": lambda: without(table_of(changed(2, adresse_e_mail="")), 2)(),
    "an accented domain": cell(adresse_e_mail="jean.dupont@société.example"),
}

test_fails, test_passes = cases_of("LST105", FAILS, PASSES)
