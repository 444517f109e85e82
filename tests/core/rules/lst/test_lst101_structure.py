"""LST101: The table has one header for each column and one cell for each header."""

from __future__ import annotations

from lint_cases import inspection_of, table_of
from rule_cases import case, cases_of, defect, expect, without

from mailmerge.model import Defect, DefectKind

RAGGED = DefectKind.RAGGED
ADD_ADDRESSES = (
    "Add the recipients' own addresses, or, if the letters are meant for these addresses, say so in campaign.toml: "
    "[columns] email = ..."
)
NAME_IT = "Say which column to use in campaign.toml: [columns] email = ..."


def ragged(*numbers: int, cells: int = 3) -> list[Defect]:
    return [Defect(RAGGED, {"cells": cells, "columns": 7}, line=number + 1, record=number) for number in numbers]


FAILS = {
    "a ragged row, after a defect that another rule tells": case(
        lambda: inspection_of(
            table_of(defects=[Defect(DefectKind.NEVER_CALCULATED, {"header": "Poste"}, field="poste"), *ragged(3)])
        ),
        expect(
            record=3,
            line=4,
            whole_row=True,
            fingerprint="1a0971dc026a5d8f",
            says="line 4 has only 3 of 7 cells",
            fix="Open the file at this line: a cell is missing, or the line was broken in two.",
        ),
    ),
    "two columns of addresses that are called alike": case(
        defect(DefectKind.SAME_EMAIL_COLUMN, header="E-mail", columns=2, first="C", second="H"),
        expect(
            fingerprint="7dd9f5190651a1ad",
            says='columns C and H are both called "E-mail" and contain different e-mail addresses',
            fix="Give each of them its own header, so that it is clear which one holds the recipients' own addresses.",
        ),
    ),
    "addresses of the people in another column": case(
        defect(DefectKind.EMAIL_COLUMN_OF_OTHERS, first="Contact", owner="Responsable"),
        expect(
            fingerprint="15664c969f8d54d9",
            says='the e-mail addresses in "Contact" seem to be those of the people in "Responsable", not the recipients\' own',
            fix="Add the recipients' own addresses, or, if the letters are meant for these addresses, say so in campaign.toml: [columns] email = ...",
        ),
    ),
    "old addresses": case(
        defect(DefectKind.OUTDATED_EMAIL_COLUMN, first="Ancien e-mail"),
        expect(
            fingerprint="bd8c96ac45ffc1a9",
            says='the e-mail addresses in "Ancien e-mail" seem to be old ones: its header says so, and no other column contains addresses of the recipients',
            fix="Add the recipients' present addresses, or, if the letters are meant for the old ones, say so in campaign.toml: [columns] email = ...",
        ),
    ),
    "addresses of whom nobody knows": case(
        defect(DefectKind.UNCLEAR_EMAIL_COLUMN, first="Contact"),
        expect(
            fingerprint="e1f10d94ea6a22d6",
            says="it is not clear whether the e-mail addresses in \"Contact\" are the recipients' own: its header does not say so, and they do not resemble the recipients' names",
            fix="Say which column to use in campaign.toml: [columns] email = ...",
        ),
    ),
    "another table below the people": case(
        defect(DefectKind.SECOND_HEADER, at=12, header="Email"),
        expect(
            fingerprint="f1f54defd27185de",
            says='line 12 has "Email" in the place of an e-mail address, and people below it: another table seems to begin there',
            fix="Move the other table to a sheet or a file of its own: its people would get this letter too.",
        ),
    ),
    "two sheets of people": case(
        defect(DefectKind.AMBIGUOUS_SHEET, sheets=2, first="A", second="B"),
        expect(
            fingerprint="f48ae00eeefbd65a",
            says='the sheets "A" and "B" have the same columns, and both contain people',
            fix="Say which sheet to use in campaign.toml: sheet = ...",
        ),
    ),
    "three sheets of people": case(
        defect(DefectKind.AMBIGUOUS_SHEET, sheets=3, first="A", second="B"),
        expect(
            fingerprint="2749851daf27443c",
            says='3 sheets have the same columns and contain people, among them "A" and "B"',
            fix="Say which sheet to use in campaign.toml: sheet = ...",
        ),
    ),
    "a row too long": case(
        defect(RAGGED, record=3, line=4, cells=8, columns=7),
        expect(
            whole_row=True,
            record=3,
            line=4,
            fingerprint="421dbe9e34a10bf9",
            says="line 4 has 8 cells, but the header has only 7",
            fix="Open the file at this line: there is one cell too many, often because text contains an unquoted "
            "delimiter.",
        ),
    ),
    "a row too short": case(
        defect(RAGGED, record=3, line=4, cells=6, columns=7),
        expect(
            whole_row=True,
            record=3,
            line=4,
            fingerprint="fa6266aa294bce8a",
            says="line 4 has only 6 of 7 cells",
            fix="Open the file at this line: a cell is missing, or the line was broken in two.",
        ),
    ),
    "three ragged rows": case(
        lambda: inspection_of(table_of(defects=[*ragged(1), *ragged(2, cells=9), *ragged(6)])),
        expect(whole_row=True, record=1, line=2, fingerprint="2913e2b0f902fdf0", says="line 2 has only 3 of 7 cells"),
        expect(
            whole_row=True,
            record=2,
            line=3,
            fingerprint="5757528050857a7f",
            says="line 3 has 9 cells, but the header has only 7",
        ),
        expect(whole_row=True, record=6, line=7, fingerprint="96665916d8e2e685", says="line 7 has only 3 of 7 cells"),
    ),
    "four ragged rows": case(
        lambda: inspection_of(table_of(defects=[*ragged(1), *ragged(2, cells=9), *ragged(5, 6)])),
        expect(
            whole_row=True,
            record=1,
            line=2,
            affected=(1, 2, 5, 6),
            others=(2, 5, 6),
            count=4,
            fingerprint="eab0105fe4eaa05e",
            says="4 rows do not have exactly one cell for each header (lines 2, 3, 6, 7)",
        ),
    ),
    "four ragged rows, the first too long": case(
        lambda: inspection_of(table_of(defects=[*ragged(1, cells=9), *ragged(2, 5, 6)])),
        expect(
            whole_row=True,
            record=1,
            line=2,
            affected=(1, 2, 5, 6),
            count=4,
            fingerprint="eab0105fe4eaa05e",
            says="4 rows do not have exactly one cell for each header (lines 2, 3, 6, 7)",
            fix="Open the file at this line: there is one cell too many, often because text contains an unquoted "
            "delimiter.",
        ),
    ),
    "two columns of one name": case(
        defect(DefectKind.DUPLICATE_HEADER, line=1, header="Nom", first=3, second=8),
        expect(
            line=1,
            affected=(),
            fingerprint="de764da6ed820de1",
            says='two columns are called "Nom" (columns C and H on line 1)',
            fix="Rename or delete one of them in the table: give each column its own name, so that a letter cannot print the wrong one.",
        ),
    ),
    "a name that looks like a place": case(
        defect(DefectKind.DUPLICATE_HEADER, line=1, header="{line} {x}\u202e", first=3, second=8),
        expect(
            line=1,
            fingerprint="d6094b8f00dc4c19",
            says='two columns are called "{line} {x}‹U+202E›" (columns C and H on line 1)',
        ),
    ),
    "many columns of one name": case(
        lambda: inspection_of(
            table_of(
                defects=[
                    Defect(DefectKind.DUPLICATE_HEADER, {"header": "Nom", "first": 3, "second": n}, line=1, field="nom")
                    for n in range(8, 12)
                ]
            )
        ),
        expect(
            line=1,
            field="nom",
            count=4,
            affected=(),
            fingerprint="6e6fb1471f078cb5",
            says='4 columns have the same name as another column, the first of them "Nom" (line 1)',
        ),
    ),
    "a column without a header": case(
        lambda: inspection_of(
            table_of(defects=[Defect(DefectKind.EMPTY_HEADER, {"column": 8}, line=1, field="column_8")])
        ),
        expect(
            line=1,
            field="column_8",
            fingerprint="c5c29f749ab9f51d",
            says="column 8 has values but no header on line 1",
            fix="Give the column a name, or delete it.",
        ),
    ),
    "many columns without a header": case(
        lambda: inspection_of(
            table_of(
                defects=[
                    Defect(DefectKind.EMPTY_HEADER, {"column": n}, line=1, field=f"column_{n}") for n in range(8, 12)
                ]
            )
        ),
        expect(
            line=1,
            field="column_8",
            count=4,
            affected=(),
            fingerprint="8c6bc21ee0c1e6bf",
            says="4 columns have values but no header on line 1, the first of them column 8",
        ),
    ),
    "two readings of the file": case(
        defect(DefectKind.AMBIGUOUS_DELIMITER, line=1, best=";", columns=3, other="\t", other_columns=4),
        expect(
            line=1,
            fingerprint="2d97429b88f2dd9e",
            says="the delimiter could be a semicolon (3 columns) or a tab (4 columns)",
            fix="Say which delimiter to use in campaign.toml: delimiter = ...",
        ),
    ),
    "no e-mail column": case(
        defect(DefectKind.NO_EMAIL_COLUMN, line=1),
        expect(
            line=1,
            fingerprint="8a1ed1af34f9d368",
            says="no column contains e-mail addresses",
            fix="Add a column with one e-mail address per person, or say which column to use in campaign.toml: "
            "[columns] email = ...",
        ),
    ),
    "two e-mail columns": case(
        defect(DefectKind.AMBIGUOUS_EMAIL_COLUMN, line=1, columns=2, first="Mail 1", second="Mail 2"),
        expect(
            line=1,
            fingerprint="bfd22e4ee21d7c5d",
            says='two columns could be the e-mail column: "Mail 1" and "Mail 2"',
            fix=NAME_IT,
        ),
    ),
    "three e-mail columns": case(
        defect(DefectKind.AMBIGUOUS_EMAIL_COLUMN, line=1, columns=3, first="A", second="B", third="C"),
        expect(
            line=1,
            fingerprint="aad69cf7d23e4289",
            says='three columns could be the e-mail column: "A", "B" and "C"',
            fix=NAME_IT,
        ),
    ),
    "four e-mail columns": case(
        defect(DefectKind.AMBIGUOUS_EMAIL_COLUMN, line=1, columns=4, first="A", second="B", third="C"),
        expect(
            line=1,
            fingerprint="1db627abcb2f9f67",
            says='4 columns could be the e-mail column, among them "A", "B" and "C"',
            fix=NAME_IT,
        ),
    ),
    "addresses of somebody else": case(
        defect(DefectKind.FOREIGN_EMAIL_COLUMN, line=1, columns=1, first="Tuteur"),
        expect(
            line=1,
            fingerprint="673443197f238171",
            says='the only e-mail addresses are in "Tuteur", which seems to be somebody else\'s address, not the '
            "recipient's",
            fix=ADD_ADDRESSES,
        ),
    ),
    "two columns with addresses of others": case(
        defect(DefectKind.FOREIGN_EMAIL_COLUMN, line=1, columns=2, first="Tuteur", second="Chef"),
        expect(
            line=1,
            fingerprint="6ea35dfeae074c25",
            says='the only e-mail addresses are in 2 columns, among them "Tuteur" and "Chef", which seem to be other '
            "people's addresses, not the recipient's",
            fix=ADD_ADDRESSES,
        ),
    ),
}
PASSES = {
    "a table as it should be": inspection_of,
    "a ragged row of somebody excluded": lambda: without(table_of(defects=ragged(3)), 3)(),
    "what other rules say": lambda: inspection_of(
        table_of(
            defects=[
                Defect(DefectKind.NEVER_CALCULATED, {"header": "Poste"}, field="poste"),
                Defect(DefectKind.SWALLOWED_ROW, {"column": 1, "absorbed": 1, "at_least": False}, line=3, record=2),
            ]
        )
    ),
}

test_fails, test_passes = cases_of("LST101", FAILS, PASSES)
