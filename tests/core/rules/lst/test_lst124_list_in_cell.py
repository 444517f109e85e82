"""LST124: No text lists other people of the table."""

from __future__ import annotations

import pytest
from lint_cases import HEADERS, LETTER, inspection_of, table_of
from rule_cases import Case, case, cases_of, expect, found, named_people

from mailmerge.lint import Inspection

JOINS = {
    "commas": ", ",
    "semicolons": " ; ",
    "lines": "\n",
    "slashes": " / ",
    "commas and titles": ", M. ",
    "and": " et ",
}


def listing(names: int, join: str = ", ", *, used: bool = True, small: bool = False) -> Inspection:
    """A remark for one person with other people's surnames."""
    rows = named_people(30)
    text = "Vus ce jour-là : " + join.join(row[2] for row in rows[5 : 5 + names])
    cells = ["Merci de votre visite." if n != 2 else text.lower() if small else text for n in range(30)]
    table = table_of([(*row, cell) for row, cell in zip(rows, cells, strict=True)], (*HEADERS, "Mot"))
    return inspection_of(table, LETTER + ("\n{{ mot }}\n" if used else ""))


FAILS = {
    "eight surnames": case(
        lambda: listing(8),
        expect(
            record=3,
            line=4,
            field="mot",
            others=tuple(range(6, 14)),
            excerpt="Vus ce jour-là : Kesslaud, Perrart, Ostong, Jourdong, Carpong, Jourdigny, Navaud, Delmelle",
            fingerprint="cf59e2c7d6bc66b5",
            says='Elise Hamigny (line 4): the cell "Mot" names 8 other people of the table, Denis Kesslaud (line 7), Anne Perrart (line 8) and 6 more: Vus ce jour-là : Kesslaud, Perrart, Ostong, Jourdong, Carpo…',
        ),
    ),
}
PASSES: dict[str, Case] = {
    **{f"{names} surnames": lambda names=names: listing(names) for names in range(4)},
    "small letters": lambda: listing(8, small=True),
    "a column that no letter uses": lambda: listing(8, used=False),
}

test_fails, test_passes = cases_of("LST124", FAILS, PASSES)


@pytest.mark.parametrize("join", JOINS.values(), ids=JOINS)
@pytest.mark.parametrize("names", [4, 8, 15])
def test_a_text_with_many_surnames_of_other_rows_is_a_list(join: str, names: int) -> None:
    (finding,) = found(listing(names, join), "LST124")
    assert finding.others == tuple(range(6, 6 + names))
