"""LST110: The names are beside their own addresses."""

from __future__ import annotations

import random

from each_row import each_row
from lint_cases import HEADERS, PEOPLE, inspection_of, table_of
from rule_cases import HEADER_LENGTHS, MANY, Case, case, cases_of, expect, found, moved, named_people

from mailmerge.model import Severity

UNDO = "Undo the sorting or shifting in the spreadsheet, or export the list again from its source."


def nameless(people: int, named: int) -> list[tuple[str, ...]]:
    """People, a few of whom have an address that resembles their name."""
    return [(*row[:3], row[3] if n < named else f"u{n}@mail.example", *row[4:]) for n, row in enumerate(MANY[:people])]


def under(length: int) -> Case:
    """Addresses shifted by a row, under a header of so many letters."""
    headers = ["H" * length if header == "Adresse e-mail" else header for header in HEADERS]
    rows = [(*row[:3], PEOPLE[(n + 1) % len(PEOPLE)][3], *row[4:]) for n, row in enumerate(PEOPLE)]
    return lambda: inspection_of(table_of(rows, headers, email="h" * length))


APART = (
    "names and addresses are 1 row apart: 5 addresses match the name one row away and only 0 the name in their own "
    "row; jean.dupont@mail.example, for example, is beside Inès Petit (line 2) and matches Jean Dupont (line 3)"
)


def nicknamed(people: int, hits: int, seed: int) -> Case:
    """Nicknames for addresses, a few of which have somebody's first name in them."""
    rng = random.Random(seed)
    rows = [(*row[:3], f"{rng.choice(NICKNAMES)}{n}@mail.example", *row[4:]) for n, row in enumerate(MANY[:people])]
    for at in rng.sample(range(people), hits):
        rows[at] = (*rows[at][:3], f"{MANY[(at + 3) % people][1].lower()}{at}@mail.example", *rows[at][4:])
    return lambda: inspection_of(rows)


NICKNAMES = ("pixel", "moon", "bulle", "cactus", "fjord", "lynx")
FAILS = {
    "names and addresses two rows apart": case(
        moved(3, lambda c: c[2:] + c[:2]),
        expect(
            field="adresse_e_mail",
            others=(1, 3),
            fingerprint="e06adef5283d4b8b",
            says="names and addresses are 2 rows apart: 4 addresses match the name 2 rows away and only 0 the name in their own row; zoe.lefevre@mail.example, for example, is beside Inès Petit (line 2) and matches Zoé Lefèvre (line 4)",
            fix="Undo the sorting or shifting in the spreadsheet, or export the list again from its source.",
        ),
    ),
    "names and addresses mixed": case(
        moved(3, lambda c: [c[n] for n in (3, 0, 4, 5, 1, 2)]),
        expect(
            field="adresse_e_mail",
            others=(1, 4),
            fingerprint="e06adef5283d4b8b",
            says="names and addresses were sorted or shuffled separately: 6 addresses match the name in another row and only 0 the name in their own; paul.nguyen@mail.example, for example, is beside Inès Petit (line 2) and matches Paul Nguyen (line 5)",
            fix="Undo the sorting or shifting in the spreadsheet, or export the list again from its source.",
        ),
    ),
    "surnames two rows away from both": case(
        moved(3, lambda c: c[2:] + c[:2], MANY),
        expect(
            field="nom",
            others=(1, 3),
            fingerprint="fa70017a5843794e",
            says='the column "Nom" was moved by 2 rows: 58 addresses match the name in another row and only 0 the name in their own; the address of Prénomaa Nomaaez (line 2) (prenomac.nomcaez@mail.example) matches Prénomac Nomcaez (line 4)',
            fix="Undo the sorting or shifting in the spreadsheet, or export the list again from its source.",
        ),
    ),
    "addresses sorted among many": case(
        moved(3, sorted, [MANY[n * 7 % 60] for n in range(60)]),
        expect(
            field="nom",
            others=(2, 44),
            fingerprint="ce061a4728ed4125",
            says='the column "Nom" was sorted or shuffled separately from the others: 54 addresses match the name in another row and only 6 the name in their own; the address of Prénomah Nomhaez (line 3) (prenomab.nombaez@mail.example) matches Prénomab Nombaez (line 45)',
            fix="Undo the sorting or shifting in the spreadsheet, or export the list again from its source.",
        ),
    ),
    "surnames one row down": case(
        moved(2, lambda c: c[-1:] + c[:-1]),
        expect(
            field="nom",
            others=(1, 2),
            fingerprint="ae8bb1132897f4e5",
            says='the column "Nom" was moved by 1 row: 5 addresses match the name in another row and only 0 the name in their own; the address of Inès Saint-Martin (line 2) (ines.petit@mail.example) matches Jean Petit (line 3)',
            fix="Undo the sorting or shifting in the spreadsheet, or export the list again from its source.",
        ),
    ),
    "addresses shifted": case(
        moved(3, lambda c: c[1:] + c[:1]),
        expect(
            others=(1, 2),
            field="adresse_e_mail",
            fingerprint="e06adef5283d4b8b",
            says="names and addresses are 1 row apart: 5 addresses match the name one row away and only 0 the name in their own row; jean.dupont@mail.example, for example, is beside Inès Petit (line 2) and matches Jean Dupont (line 3)",
        ),
    ),
    "addresses sorted": case(
        moved(3, lambda c: sorted(c, key=lambda a: a.split(".")[1]), MANY),
        expect(
            others=(2, 27),
            field="nom",
            fingerprint="2a07000db31b4425",
            says='the column "Nom" was sorted or shuffled separately from the others: 58 addresses match the name in another row and only 2 the name in their own; the address of Prénomab Nombaez (line 3) (prenomba.nomabez@mail.example) matches Prénomba Nomabez (line 28)',
        ),
    ),
    "surnames shifted": case(
        moved(2, lambda c: c[-2:] + c[:-2]),
        expect(
            others=(1, 3),
            field="nom",
            fingerprint="ae8bb1132897f4e5",
            says='the column "Nom" was moved by 2 rows: 4 addresses match the name in another row and only 0 the name in their own; the address of Inès Benali (line 2) (ines.petit@mail.example) matches Zoé Petit (line 4)',
        ),
    ),
    "first names reversed": case(
        moved(1, lambda c: c[::-1]),
        expect(
            others=(1, 6),
            field="prenom",
            fingerprint="e06adef5283d4b8b",
            says='the column "Prénom" was sorted or shuffled separately from the others: 6 addresses match the name in another row and only 0 the name in their own; the address of Luc Petit (line 2) (ines.petit@mail.example) matches Inès Saint-Martin (line 7)',
        ),
    ),
    "surnames sorted among many": case(
        moved(2, sorted, MANY),
        expect(
            others=(2, 4),
            field="nom",
            fingerprint="ce061a4728ed4125",
            says='the column "Nom" was sorted or shuffled separately from the others: 58 addresses match the name in another row and only 2 the name in their own; the address of Prénomab Nomabez (line 3) (prenomab.nombaez@mail.example) matches Prénomad Nombaez (line 5)',
        ),
    ),
    "nothing to verify by": case(
        moved(3, lambda c: [f"u{n}@mail.example" for n in range(len(c))], MANY),
        expect(
            severity=Severity.WARN,
            fingerprint="04daeb89c1890b5d",
            says="only 0% of the addresses resemble the name beside them, so a shifted column would not be noticed",
        ),
    ),
    **{
        f"addresses shifted under a header of {length} letters": case(
            under(length),
            expect(
                field="h" * length,
                others=(1, 2),
                fingerprint="e06adef5283d4b8b",
                says=APART,
            ),
        )
        for length in HEADER_LENGTHS
    },
    "addresses shifted upwards": case(
        moved(3, lambda c: c[-1:] + c[:-1]),
        expect(
            field="adresse_e_mail",
            others=(2, 1),
            affected=(),
            fingerprint="e06adef5283d4b8b",
            says="names and addresses are 1 row apart: 5 addresses match the name one row away and only 0 the name in "
            "their own row; ines.petit@mail.example, for example, is beside Jean Dupont (line 3) and matches Inès Petit "
            "(line 2)",
            fix=UNDO,
        ),
    ),
    "twenty people to verify": case(
        lambda: inspection_of(nameless(20, 4)),
        expect(
            severity=Severity.WARN,
            fingerprint="04daeb89c1890b5d",
            says="only 20% of the addresses resemble the name beside them, so a shifted column would not be noticed",
            fix="Check some rows against the original list before sending.",
        ),
    ),
}
PASSES = {
    **{
        f"nineteen nicknames, {hits} with a first name ({seed})": nicknamed(19, hits, seed)
        for hits in (1, 2, 3)
        for seed in range(3)
    },
    "nineteen people to verify": lambda: inspection_of(nameless(19, 1)),
    "a quarter verified": lambda: inspection_of(nameless(20, 5)),
    "no address at all": lambda: inspection_of([(*row[:3], "", *row[4:]) for row in MANY]),
    "no columns of names": lambda: inspection_of(table_of(MANY, first_name="", last_name="")),
    "in order": inspection_of,
    "opaque addresses of a few": moved(3, lambda c: [f"u{n}@mail.example" for n in range(len(c))]),
    "initial and surname": lambda: inspection_of(
        [
            (*row[:3], f"{row[1][0]}{row[2]}@mail.example".lower().replace("è", "e").replace("ï", "i"), *row[4:])
            for row in MANY
        ]
    ),
    "surnames that are first names": lambda: inspection_of(
        [
            ("M.", first, last, f"{first[0].lower()}.{last.lower()}@mail.example", "Juriste", f"RC-1{n:03}", "")
            for n, (first, last) in enumerate(
                [
                    ("Luc", "Martin"),
                    ("Paul", "Bernard"),
                    ("Martin", "Thomas"),
                    ("Thomas", "Robert"),
                    ("Bernard", "Simon"),
                    ("Robert", "Luc"),
                ]
            )
        ]
    ),
}

test_fails, test_passes = cases_of("LST110", FAILS, PASSES)


@each_row("hits", range(8))
@each_row("seed", range(3))
def test_a_few_first_names_in_nicknames_are_no_shift(hits: int, seed: int) -> None:
    assert [f.severity for f in found(nicknamed(40, hits, seed)(), "LST110")] == [Severity.WARN]


@each_row("lag", [1, 2, 3, 4, 5, -1, -2, -3, -4, -5])
@each_row("people", [20, 60])
def test_the_pointer_shows_a_row_with_that_distance_and_both_names(lag: int, people: int) -> None:
    whole = named_people(people)
    rows = [(*row[:3], whole[(n + lag) % people][3], *row[4:]) for n, row in enumerate(whole)]
    inspection = inspection_of(rows)
    (finding,) = found(inspection, "LST110")
    beside, matched = finding.others
    assert matched - beside == lag
    assert finding.values["rows"] == abs(lag)
    for number in (beside, matched):
        assert inspection.table.name_of(inspection.table.record(number)) in finding.message
    assert finding.message.startswith(f"names and addresses are {abs(lag)} row")
