"""LST102: No cell contains the rest of a row, or the next person."""

from __future__ import annotations

from lint_cases import HEADERS, PEOPLE, changed, inspection_of, table_of
from rule_cases import (
    HEADER_LENGTHS,
    MANY,
    Case,
    Expected,
    case,
    cases_of,
    cell,
    column,
    defect,
    expect,
    headed,
    who,
    without,
)

from mailmerge.lint.finding import fingerprint
from mailmerge.model import Defect, DefectKind

FIX = (
    "Open the file in a text editor at this line: a stray quotation mark probably made this cell absorb the following "
    "rows. Delete it, and check that nobody is missing."
)


FIX_OF_DELIMITER = (
    "Open the file at this line: move what belongs in other columns there; if all of the text belongs in this cell, "
    "put another sign in place of the delimiter."
)


NAMES = ("Inès Petit", "Jean Dupont", "Zoé Lefèvre", "Paul Nguyen", "Aïcha Benali", "Luc Saint-Martin")


def broken(number: int, text: str, field: str, header: str) -> Expected:
    """What is said of a line break in the cell of one of the usual people."""
    return expect(
        record=number,
        line=number + 1,
        field=field,
        excerpt=text,
        fingerprint=fingerprint("LST102", (field, text, who(number))),
        says=f'{NAMES[number - 1]} (line {number + 1}): the cell "{header}" contains a line break: '
        + text.replace("\n", "⏎"),
        fix=FIX,
    )


def breaks(people: int) -> list[tuple[str, ...]]:
    """Many people, the first three with a line break in their job."""
    return [(*row[:4], f"a\nb{n}" if n <= 3 else row[4], *row[5:]) for n, row in enumerate(MANY[:people], 1)]


def commas(name: str) -> Case:
    """A file that commas delimit, and a name with some."""
    return lambda: inspection_of(table_of(changed(2, nom=name), delimiter=","))


def lacking(job: str, blank: int) -> Case:
    """Somebody whose row has blank cells at its end, in a table with two columns more."""
    further = ["B2", "Lyon"][: 2 - blank] + [""] * blank
    rows = [
        (*row[:4], job, *row[5:], *further) if number == 2 else (*row, "C1", "Pau")
        for number, row in enumerate(PEOPLE, 1)
    ]
    return lambda: inspection_of(table_of(rows, (*HEADERS, "Niveau", "Ville")))


FAILS = {
    "as many delimiters as the row lacks cells": case(
        lacking("Juriste;Anne;Durand", 2),
        expect(
            record=2,
            line=3,
            field="poste",
            excerpt="Juriste;Anne;Durand",
            fingerprint=fingerprint("LST102", ("poste", "Juriste;Anne;Durand", who(2))),
            says='Jean Dupont (line 3): the cell "Poste" contains the delimiter of the file: Juriste;Anne;Durand',
            fix=FIX_OF_DELIMITER,
        ),
    ),
    "one line that the reader saw": case(
        defect(DefectKind.SWALLOWED_ROW, record=2, line=3, column=4, absorbed=1, at_least=False),
        expect(
            whole_row=True,
            record=2,
            line=3,
            fingerprint="716fc567983e4cf3",
            says="an unclosed quotation mark on line 3, column 4 has absorbed the next line of the table",
            fix=FIX,
        ),
    ),
    "lines that the reader saw": case(
        defect(DefectKind.SWALLOWED_ROW, record=2, line=3, column=4, absorbed=2, at_least=False),
        expect(
            whole_row=True,
            record=2,
            line=3,
            fingerprint="6e4ea8621f6a009e",
            says="an unclosed quotation mark on line 3, column 4 has absorbed the next 2 lines of the table",
            fix=FIX,
        ),
    ),
    "more than the reader counts, and nothing twice": case(
        lambda: inspection_of(
            table_of(
                changed(2, nom="Dupont;Jean", poste="a@x.example"),
                defects=[
                    Defect(
                        DefectKind.SWALLOWED_ROW,
                        {"column": 3, "absorbed": 5000, "at_least": True},
                        line=3,
                        record=2,
                        field="nom",
                    )
                ],
            )
        ),
        expect(
            record=2,
            line=3,
            field="nom",
            whole_row=True,
            fingerprint="d9d87112c01ba7f9",
            says="an unclosed quotation mark on line 3, column 3 has absorbed at least the next 5000 lines of the "
            "table",
            fix=FIX,
        ),
    ),
    "what the reader saw of one, and a cell of another": case(
        lambda: inspection_of(
            table_of(
                changed(3, nom="Lefèvre;Zoé"),
                defects=[
                    Defect(DefectKind.RAGGED, {"cells": 8, "columns": 7}, line=4, record=3),
                    Defect(DefectKind.SWALLOWED_ROW, {"column": 1, "absorbed": 1, "at_least": False}, line=3, record=2),
                ],
            )
        ),
        expect(
            whole_row=True,
            record=2,
            line=3,
            fingerprint="6e9427ec662e109e",
            says="an unclosed quotation mark on line 3, column 1 has absorbed the next line of the table",
        ),
        expect(
            record=3,
            line=4,
            field="nom",
            excerpt="Lefèvre;Zoé",
            whole_row=False,
            fingerprint="f1a780cb90bd3854",
            says='Zoé Lefèvre;Zoé (line 4): the cell "Nom" contains the delimiter of the file: Lefèvre;Zoé',
            fix=FIX_OF_DELIMITER,
        ),
    ),
    "another row in a column of free text": case(
        column("Commentaire", "Durand;Anne;anne@y.example\nPetit"),
        *(
            expect(
                record=number,
                line=number + 1,
                field="commentaire",
                whole_row=True,
                excerpt="Durand;Anne;anne@y.example\nPetit",
                fingerprint=fingerprint("LST102", ("commentaire", "Durand;Anne;anne@y.example\nPetit", who(number))),
                says=f'{name} (line {number + 1}): the cell "Commentaire" contains another row of the table: '
                "Durand;Anne;anne@y.example⏎Petit",
            )
            for number, name in enumerate(
                ("Inès Petit", "Jean Dupont", "Zoé Lefèvre", "Paul Nguyen", "Aïcha Benali", "Luc Saint-Martin"), 1
            )
        ),
    ),
    "two of sixty with a line break": case(
        lambda: inspection_of(changed(5, changed(4, MANY, poste="a\nb"), poste="c\nd")),
        expect(
            record=4,
            line=5,
            field="poste",
            excerpt="a\nb",
            fingerprint="25caed32dd721e40",
            says='Prénomad Nomdaez (line 5): the cell "Poste" contains a line break: a⏎b',
        ),
        expect(
            record=5,
            line=6,
            field="poste",
            excerpt="c\nd",
            fingerprint="5d6da671a515b2a1",
            says='Prénomae Nomeaez (line 6): the cell "Poste" contains a line break: c⏎d',
        ),
    ),
    **{
        f"a header of {length} letters, and a cell of {length + 40}": case(
            headed(length, "x@y" + "@" * (length + 37)),
            expect(
                record=2,
                line=3,
                field="h" * length,
                excerpt="x@y" + "@" * (length + 37),
                fingerprint=fingerprint("LST102", ("h" * length, "x@y" + "@" * (length + 37), who(2))),
                says=f'Jean Dupont (line 3): the cell "{shown}" contains an address: x@y{"@" * 37}{shown.replace("H", "@")}',
            ),
        )
        for length, shown in HEADER_LENGTHS.items()
    },
    "a row that nobody has": case(
        defect(DefectKind.SWALLOWED_ROW, line=3, column=4, absorbed=1, at_least=False),
        expect(
            line=3,
            affected=(),
            fingerprint="7428467daf1b78c4",
            says="an unclosed quotation mark on line 3, column 4 has absorbed the next line of the table",
        ),
    ),
    "half of sixty characters, the most that a short field has": case(
        column("Divers", ["a" * 58 + "\nb", *["a" * 60] * 5]),
        broken(1, "a" * 58 + "\nb", "divers", "Divers"),
    ),
    "one of two with a line break": case(column("Divers", ["a\nb", "c"]), broken(1, "a\nb", "divers", "Divers")),
    "two of six with a line break": case(
        column("Divers", ["a\nb", "c\nd", "e", "f", "g", "h"]),
        broken(1, "a\nb", "divers", "Divers"),
        broken(2, "c\nd", "divers", "Divers"),
    ),
    "a line break in a column of addresses": case(
        column("Autre courriel", ["a\nb", "c", "d", "e", "f", "g"]),
        broken(1, "a\nb", "autre_courriel", "Autre courriel"),
    ),
    "three of sixty with a line break": case(
        lambda: inspection_of(breaks(60)),
        *(
            expect(
                record=n,
                line=n + 1,
                field="poste",
                excerpt=f"a\nb{n}",
                fingerprint=fingerprint("LST102", ("poste", f"a\nb{n}", who(n, MANY))),
                says=f'{MANY[n - 1][1]} {MANY[n - 1][2]} (line {n + 1}): the cell "Poste" contains a line break: a⏎b{n}',
            )
            for n in (1, 2, 3)
        ),
    ),
    "an @ in a workbook": case(
        lambda: inspection_of(table_of(changed(2, poste="Juriste a@x"), delimiter="")),
        expect(
            record=2,
            line=3,
            field="poste",
            excerpt="Juriste a@x",
            fingerprint="4528a83b76e0a3aa",
            says='Jean Dupont (line 3): the cell "Poste" contains an address: Juriste a@x',
        ),
    ),
    "two delimiters, be they commas": case(
        commas("Dupont, Jean, Paris"),
        expect(
            record=2,
            line=3,
            field="nom",
            excerpt="Dupont, Jean, Paris",
            fingerprint="0f602ae131fda046",
            says='Jean Dupont, Jean, Paris (line 3): the cell "Nom" contains the delimiter of the file: '
            "Dupont, Jean, Paris",
        ),
    ),
    "a cell that looks like a place, in a column that nobody named": case(
        lambda: inspection_of(
            table_of([(*row, "{cell}@x" if n == 1 else "a") for n, row in enumerate(PEOPLE)], (*HEADERS, ""))
        ),
        expect(
            record=2,
            line=3,
            field="",
            excerpt="{cell}@x",
            fingerprint="5a0ac10fa35b8c37",
            says='Jean Dupont (line 3): the cell "" contains an address: {cell}@x',
        ),
    ),
    "another row in a cell": case(
        cell(nom='Petit;jean@x.example\nDurand;Anne;anne@y.example;"'),
        expect(
            whole_row=True,
            record=2,
            line=3,
            field="nom",
            excerpt='Petit;jean@x.example\nDurand;Anne;anne@y.example;"',
            fingerprint="1ba3793d46512834",
            says='Jean Petit;jean@x.example⏎Durand;Anne;a… (line 3): the cell "Nom" contains another row of the table: Petit;jean@x.example⏎Durand;Anne;anne@y.example;"',
        ),
    ),
    "an address in a short field": case(
        cell(poste="Juriste anne@y.example"),
        expect(
            record=2,
            line=3,
            field="poste",
            excerpt="Juriste anne@y.example",
            fingerprint="9770612302c0a1df",
            says='Jean Dupont (line 3): the cell "Poste" contains an address: Juriste anne@y.example',
        ),
    ),
    "the delimiter in a name": case(
        cell(nom="Dupont;Jean"),
        expect(
            record=2,
            line=3,
            field="nom",
            excerpt="Dupont;Jean",
            fingerprint="c3f7280d9cdb39e3",
            says='Jean Dupont;Jean (line 3): the cell "Nom" contains the delimiter of the file: Dupont;Jean',
        ),
    ),
    "a line break in a name": case(
        cell(nom="Dupont\nDurand"),
        expect(
            record=2,
            line=3,
            field="nom",
            excerpt="Dupont\nDurand",
            fingerprint="33b4c59cf17a5a74",
            says='Jean Dupont⏎Durand (line 3): the cell "Nom" contains a line break: Dupont⏎Durand',
        ),
    ),
}
PASSES = {
    "several values in a row that has all of its cells": cell(poste="Anglais; maths; physique; sport"),
    "more delimiters than the row lacks cells": lacking("Anglais;maths;physique", 1),
    **{
        f"a title of two halves with {sign!r} between them": (
            lambda sign=sign: inspection_of(
                table_of(changed(2, poste=f"Comptable {sign} paie"), delimiter=sign.strip() or sign)
            )
        )
        for sign in (";", ",", "|", "\t")
    },
    "an @ between blanks in a title": cell(poste="Juriste @ distance"),
    "three of 57 with a line break": lambda: inspection_of(breaks(57)),
    "one remark of several lines": column("Commentaire", ["a\nb", "c", "d", "e", "f", "g"]),
    "one of several long texts": column("Divers", ["a" * 59 + "\nb", *["a" * 61] * 5]),
    "texts half of which are long": column("Divers", ["a\nb", "c", "d", *["a" * 61] * 3]),
    "an address and one delimiter in a remark": column("Commentaire", ["a@x.example\nb;c", "c", "d", "e", "f", "g"]),
    "one address in a column for them, beside other words": column("Autre courriel", ["x@y.example", *"abcde"]),
    "another row in the column of addresses": cell(adresse_e_mail="a@x.example;b;c\nd"),
    "a workbook": lambda: inspection_of(table_of(delimiter="")),
    "one comma where commas delimit": commas("Dupont, Jean"),
    "a row that swallowed another, of somebody excluded": lambda: without(
        table_of(
            defects=[
                Defect(DefectKind.SWALLOWED_ROW, {"column": 1, "absorbed": 1, "at_least": False}, line=3, record=2)
            ]
        ),
        2,
    )(),
    "an address in the column of addresses alone": cell(adresse_e_mail="jean@x.example;"),
    "three of six with an @": column("Divers", ["@a", "@b", "@c", "d", "e", "f"]),
    "two of three with a line break": column("Divers", ["a\nb", "b\nc", "c"]),
    "four of six with a line break": column("Divers", ["a\nb", "b\nc", "c\nd", "d\ne", "e", "f"]),
    "four of six with the delimiter": column("Divers", ["a;b", "b;c", "c;d", "d;e", "e", "f"]),
    "long texts under a name of their own": column("Divers", [f"{'a' * 61}\nb {n}" for n in range(6)]),
    "a blank column": column("Divers", ""),
    "one second address in a column for them": column("Autre courriel", ["x@mail.example"]),
    "one handle in a column of its own": column("Divers", ["@ines"]),
    "free text over several lines": column("Commentaire", "Bon parcours.\nÀ revoir."),
    "a comma in a town": cell(poste="Juriste, droit social"),
    "a second column of addresses": column("E-mail du manager", "chef@exemple.test"),
}

test_fails, test_passes = cases_of("LST102", FAILS, PASSES)
