"""LST114: Names look like names, and addresses like addresses."""

from __future__ import annotations

from lint_cases import PEOPLE, inspection_of, table_of
from rule_cases import MANY, Case, case, cases_of, cell, cells, expect, found, headerless, renamed

GUESTS = ("Prénom", "Adresse e-mail", "Nom", "Société", "Place", "Date", "Montant", "Note")


def guests(
    *firm: str,
    people: int = 20,
    columns: int = len(GUESTS),
    place: str = "",
    undecided: int = 0,
    moved: tuple[int, ...] = (4,),
) -> Case:
    """A table in which some guests, the fifth alone as a rule, have other cells for company and place than all others."""
    rows = []
    for number, (_title, first, last, address, *_rest) in enumerate(MANY[:people]):
        cells = [f"B{number + 10}", f"{number % 28 + 1:02}/01/2027", f"{number + 20},50"]
        if number in moved:
            cells[0] = place or cells[0]
        if number >= people - undecided:
            cells[0] = "à voir"
        row = [first, address, last, *(firm if number in moved else ("Orion",)), *cells]
        rows.append((*row, *[""] * columns)[:columns])
    return lambda: inspection_of(table_of(rows, GUESTS[:columns]))


FAILS = {
    "a comma in a company's name": case(
        guests("Marsh", " Webb"),
        expect(
            record=5,
            line=6,
            field="place",
            excerpt=" Webb",
            whole_row=True,
            fingerprint="63fdc322a95ef14e",
            says='Prénomae Nomeaez (line 6): from "Place" on, every cell seems to be one column too far to the right',
            fix="Move the cells of this row back into their columns: often a text has a separator that was not quoted.",
        ),
    ),
    "a cell that is not there": case(
        guests(),
        expect(
            record=5,
            line=6,
            field="societe",
            excerpt="B14",
            whole_row=True,
            fingerprint="2241a4a3fae1debe",
            says='Prénomae Nomeaez (line 6): from "Société" on, every cell seems to be one column too far to the left',
            fix="Move the cells of this row back into their columns: often a text has a separator that was not quoted.",
        ),
    ),
    "commas in the names of several companies": case(
        guests("Marsh", " Webb", people=60, moved=(4, 9, 14, 19)),
        expect(
            record=5,
            line=6,
            field="place",
            excerpt=" Webb",
            affected=(5, 10, 15, 20),
            count=4,
            whole_row=True,
            fingerprint="35597b261980989e",
            says='4 people: from "Place" on, every cell seems to be one column too far to the right (lines 6, 11, 16, 21)',
        ),
    ),
    "cells that are not there in several rows": case(
        guests(people=60, moved=(4, 9, 14, 19)),
        expect(
            record=5,
            line=6,
            field="societe",
            excerpt="B14",
            affected=(5, 10, 15, 20),
            count=4,
            whole_row=True,
            fingerprint="7d91d69bbdb42095",
            says='4 people: from "Société" on, every cell seems to be one column too far to the left (lines 6, 11, 16, 21)',
        ),
    ),
    "an address for a name": case(
        cell(nom="jean@x.example"),
        expect(
            record=2,
            line=3,
            field="nom",
            excerpt="jean@x.example",
            fingerprint="859c49db74c40f01",
            says='Jean jean@x.example (line 3) has an @ in "Nom": jean@x.example',
        ),
    ),
    "a digit in a name": case(
        cell(prenom="Jean2"),
        expect(
            record=2,
            line=3,
            field="prenom",
            excerpt="Jean2",
            fingerprint="ad6f65349bbf2628",
            says='Jean2 Dupont (line 3) has a digit in "Prénom": Jean2',
        ),
    ),
    "a remark beside a name": case(
        cell(nom="DUPONT (absent)"),
        expect(
            record=2,
            line=3,
            field="nom",
            excerpt="DUPONT (absent)",
            fingerprint="5f3bc9c23a919a73",
            says='Jean DUPONT (absent) (line 3) has a remark beside the name in "Nom": DUPONT (absent)',
            fix='Leave nothing but the name in "Nom"; a remark goes into a column of its own.',
        ),
    ),
    "an asterisk beside a name": case(
        cell(nom="Dupont *"),
        expect(
            record=2,
            line=3,
            field="nom",
            excerpt="Dupont *",
            fingerprint="add1277b5f7eed4f",
            says='Jean Dupont * (line 3) has a remark beside the name in "Nom": Dupont *',
        ),
    ),
    "remarks beside the names of many": case(
        lambda: inspection_of(
            [(*row[:2], f"{row[2]} (absent)", *row[3:]) if n < 6 else row for n, row in enumerate(MANY)]
        ),
        expect(
            record=1,
            line=2,
            field="nom",
            affected=(1, 2, 3, 4, 5, 6),
            count=6,
            excerpt="Nomaaez (absent)",
            fingerprint="4c2e6e35dd8fe9eb",
            says='6 people have a remark beside the name in "Nom" (lines 2, 3, 4, 5, 6 and 1 more)',
        ),
    ),
    "a name for an address": case(
        cell(adresse_e_mail="Dupont"),
        expect(
            record=2,
            line=3,
            field="adresse_e_mail",
            excerpt="Dupont",
            fingerprint="825c10327e7e7192",
            says='Jean Dupont (line 3) has no @ in "Adresse e-mail": Dupont',
        ),
    ),
    "an address and a digit, exchanged": case(
        cells(nom=(2, "jean@x.example"), adresse_e_mail=(2, "Dupont")),
        expect(
            record=2,
            line=3,
            field="nom",
            excerpt="jean@x.example",
            fingerprint="8a914b682a13a29f",
            fields=("adresse_e_mail",),
            says='Jean jean@x.example (line 3) has values that do not fit their columns: jean@x.example in "Nom" and Dupont in "Adresse e-mail"',
            fix="Move the cells of this row back into their columns, or correct them.",
        ),
    ),
    "all three": case(
        cells(prenom=(2, "M2"), nom=(2, "x@y.example"), adresse_e_mail=(2, "Dupont")),
        expect(
            record=2,
            line=3,
            field="prenom",
            excerpt="M2",
            fingerprint="7949afe38b32c915",
            fields=("nom", "adresse_e_mail"),
            says='M2 x@y.example (line 3) has 3 values that do not fit their columns, such as M2 in "Prénom" and x@y.example in "Nom"',
            fix="Move the cells of this row back into their columns, or correct them.",
        ),
    ),
    "everybody's name": case(
        lambda: inspection_of([(*row[:2], f"{row[2]}4", *row[3:]) for row in PEOPLE]),
        expect(
            record=1,
            line=2,
            field="nom",
            affected=(1, 2, 3, 4, 5, 6),
            count=6,
            others=(2, 3, 4, 5, 6),
            excerpt="Petit4",
            fingerprint="4c2e6e35dd8fe9eb",
            says='6 people have an @ or a digit in "Nom" (lines 2, 3, 4, 5, 6 and 1 more)',
            fix='Correct the cell in "Nom", or move the cells of this row back into their columns.',
        ),
    ),
    "everybody's address": case(
        lambda: inspection_of([(*row[:3], row[2], *row[4:]) for row in PEOPLE]),
        expect(
            record=1,
            line=2,
            field="adresse_e_mail",
            affected=(1, 2, 3, 4, 5, 6),
            count=6,
            others=(2, 3, 4, 5, 6),
            excerpt="Petit",
            fingerprint="10b6794b1cc75beb",
            says='6 people have no @ in "Adresse e-mail" (lines 2, 3, 4, 5, 6 and 1 more)',
            fix='Correct the cell in "Adresse e-mail", or move the cells of this row back into their columns.',
        ),
    ),
    "everybody's row": case(
        lambda: inspection_of([(*row[:2], row[3], row[2], *row[4:]) for row in PEOPLE]),
        expect(
            fields=("adresse_e_mail",),
            record=1,
            line=2,
            field="nom",
            affected=(1, 2, 3, 4, 5, 6),
            count=6,
            others=(2, 3, 4, 5, 6),
            excerpt="ines.petit@mail.example",
            fingerprint="106a0d204e6f1332",
            says='6 people have values that do not fit the columns "Nom" and "Adresse e-mail" (lines 2, 3, 4, 5, 6 and 1 more)',
            fix="Move the cells of this row back into their columns, or correct them.",
        ),
    ),
    "everybody's whole row": case(
        lambda: inspection_of([(row[0], "A1", row[3], row[2], *row[4:]) for row in PEOPLE]),
        expect(
            fields=("nom", "adresse_e_mail"),
            record=1,
            line=2,
            field="prenom",
            affected=(1, 2, 3, 4, 5, 6),
            count=6,
            others=(2, 3, 4, 5, 6),
            excerpt="A1",
            fingerprint="00a119545fca807b",
            says='6 people each have 3 values that do not fit their columns, the first of them in "Prénom" and "Nom" (lines 2, 3, 4, 5, 6 and 1 more)',
            fix="Move the cells of this row back into their columns, or correct them.",
        ),
    ),
    "in a column without a header": case(
        headerless("nom", cells(nom=(2, "Dup0nt"))),
        expect(
            record=2,
            line=3,
            field="nom",
            excerpt="Dup0nt",
            fingerprint="b00bbe6b1ddf25c2",
            says='Jean Dup0nt (line 3) has a digit in "nom": Dup0nt',
            fix='Correct the cell in "nom", or move the cells of this row back into their columns.',
        ),
    ),
    "a long text": case(
        renamed("nom", f"Nom {'x' * 50}", cells(nom=(2, f"A1 {'y' * 50}"))),
        expect(
            record=2,
            line=3,
            field="nom",
            excerpt="A1 yyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyy",
            fingerprint="21feda6300b74ebe",
            says='Jean A1 yyyyyyyyyyyyyyyyyyyyyyyyyyyyyyy… (line 3) has a digit in "Nom xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx…": A1 yyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyy…',
            fix='Correct the cell in "Nom xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx…", or move the cells of this row back into their columns.',
        ),
    ),
    "addresses for names, of many": case(
        lambda: inspection_of(
            [(*row[:2], f"{row[2]}@x.example", *row[3:]) if n < 4 else row for n, row in enumerate(PEOPLE)]
        ),
        expect(
            record=1,
            line=2,
            field="nom",
            affected=(1, 2, 3, 4),
            count=4,
            excerpt="Petit@x.example",
            fingerprint="4c2e6e35dd8fe9eb",
            says='4 people have an @ or a digit in "Nom" (lines 2, 3, 4, 5)',
        ),
    ),
}
PASSES = {
    "a comma that was quoted": guests("Marsh, Webb"),
    "a cell of another kind": guests("Orion", place="à voir"),
    "two cells of another kind": guests("B14", place="à voir"),
    "garbled letters that look like a raised digit": cell(nom="L\u00c3\u00b3pez"),
    **{
        f"{name}, which is an organisation": cell(nom=name)
        for name in ("IUT 2 Grenoble", "Lycée 12 Pasteur", "Collège 3 Fontaines", "Studio 54 Paris")
    },
    "numbers in place of names": lambda: inspection_of(
        [(*row[:2], f"Candidat {n}", *row[3:]) for n, row in enumerate(PEOPLE, 1)]
    ),
    **{
        f"{name}, which is nothing but a name": cell(nom=name)
        for name in (
            "Dupont (née Petit)",
            "Hoek (van der)",
            "Roy (dite nana)",
            "Dupont (CDD)",
            "Anne - Marie",
            "Dupont (Jack)",
            "Roy (père)",
            "Dupont - Petit",
        )
    },
    "names that all have a remark": lambda: inspection_of(
        [(*row[:2], f"{row[2]} (absent)", *row[3:]) for row in PEOPLE]
    ),
    "Louis II": cell(prenom="Louis II"),
    "an apostrophe": cell(nom="O’Brien-N'Guyen"),
    "an address with a digit": cell(adresse_e_mail="jean2@x.example"),
    "no name": cell(nom=""),
    "a digit where no name is": cell(poste="Chef 2"),
    "no address": cell(adresse_e_mail=""),
}

test_fails, test_passes = cases_of("LST114", FAILS, PASSES)


def test_remarks_are_told_in_whatever_way_they_are_written() -> None:
    remarks = ["(absent)", "– excusée", "*", "**", "- à rappeler", "[ne vient pas]", "(ne pas contacter)", ": malade"]
    assert [each for each in remarks if not told(cell(nom=f"Dupont {each}"))] == []


def told(campaign: Case) -> bool:
    return bool(found(campaign(), "LST114"))


def test_two_cells_in_the_next_column_show_it() -> None:
    assert told(guests("Marsh", " Webb", columns=6))
    assert not told(guests("Marsh", " Webb", columns=5))


def test_six_people_show_what_a_column_holds() -> None:
    assert told(guests("Marsh", " Webb", people=6))
    assert not told(guests("Marsh", " Webb", people=5))


def test_nine_of_ten_cells_of_a_kind_are_enough() -> None:
    assert told(guests("Marsh", " Webb", columns=6, undecided=1))
    assert not told(guests("Marsh", " Webb", columns=6, undecided=2))
