"""LST120: no address in a row is that of somebody else whom the row names."""

from __future__ import annotations

from lint_cases import HEADERS, PEOPLE, changed, inspection_of, table_of
from msgspec.structs import replace
from rule_cases import Case, case, cases_of, expect

from mailmerge.model import ColumnEvidence, ColumnReason, RecordTable, Severity

MANAGERS = ("Karl Vogel", "Rosa Neri", "Tim Jansen", "Claire Martin", "Eva Alonso", "Paul Durand")


def named(header: str = "Manager", rows: object = PEOPLE, names: tuple[str, ...] = MANAGERS) -> RecordTable:
    return table_of([(*row, name) for row, name in zip(rows, names, strict=True)], (*HEADERS, header))  # type: ignore[call-overload]


def of(number: int, address: str, header: str = "Manager", names: tuple[str, ...] = MANAGERS) -> Case:
    return lambda: inspection_of(named(header, changed(number, adresse_e_mail=address), names))


def agreed() -> object:
    table = named(rows=changed(1, adresse_e_mail="karl.vogel@mail.example"))
    return inspection_of(replace(table, email_reason=ColumnReason(ColumnEvidence.SET, ("adresse_e_mail",))))


def two_columns() -> object:
    rows = [
        (*row, *name.split())
        for row, name in zip(changed(2, adresse_e_mail="neri.r@mail.example"), MANAGERS, strict=True)
    ]
    return inspection_of(table_of(rows, (*HEADERS, "Prénom du manager", "Nom du manager")))


ONE = expect(
    record=1,
    line=2,
    field="adresse_e_mail",
    fingerprint="a0de621cf3ca62df",
    says='Inès Petit (line 2): the address karl.vogel@mail.example seems to be that of Karl Vogel, who is named in "Manager"',
)
FAILS = {
    "the manager's address in one row": case(of(1, "karl.vogel@mail.example"), ONE),
    "an initial and a surname": case(
        of(1, "kvogel@mail.example"),
        replace(ONE, fingerprint="48746f77b62cd0fb", says=ONE.says.replace("karl.vogel@", "kvogel@")),
    ),
    "a column whose header says nothing": case(
        of(1, "karl.vogel@mail.example", "Suivi"),
        replace(ONE, fingerprint="94f0ba4fd07406e1", says=ONE.says.replace("Manager", "Suivi")),
    ),
    "two columns of one person": case(
        two_columns,
        expect(
            record=2,
            line=3,
            field="adresse_e_mail",
            fingerprint="4f53c1b8dc15c34d",
            says='Jean Dupont (line 3): the address neri.r@mail.example seems to be that of Rosa Neri, who is named in "Prénom du manager"',
        ),
    ),
    "a column that somebody chose": case(agreed, replace(ONE, severity=Severity.WARN)),
    "a relative, who may share the mailbox": case(
        of(1, "karl.vogel@mail.example", "Conjoint"),
        replace(
            ONE, fingerprint="64a0ec34a4a988ae", severity=Severity.WARN, says=ONE.says.replace("Manager", "Conjoint")
        ),
    ),
    "all rows": case(
        lambda: inspection_of(
            named(
                rows=[
                    (*row[:3], f"{n.lower().replace(' ', '.')}@m.example", *row[4:])
                    for row, n in zip(PEOPLE, MANAGERS, strict=True)
                ]
            )
        ),
        expect(
            record=1,
            line=2,
            field="adresse_e_mail",
            affected=(1, 2, 3, 4, 5, 6),
            count=6,
            fingerprint="b805a4d471e1b675",
            says='the addresses of 6 people seem to be those of the people named in "Manager", such as karl.vogel@m.example, which resembles Karl Vogel (lines 2, 3, 4, 5, 6 and 1 more)',
        ),
    ),
}
PASSES = {
    "everybody's own addresses": lambda: inspection_of(named()),
    "an address that resembles nobody": of(1, "minou31@mail.example"),
    "a name that both have": of(1, "ines.petit@mail.example", names=("Inès Petit", *MANAGERS[1:])),
    "a manager with the person's own surname": of(1, "petit@mail.example", names=("Karl Petit", *MANAGERS[1:])),
    "the manager of another row": of(1, "rosa.neri@mail.example"),
    "a town": of(1, "saint.martin@mail.example", "Ville", names=("Saint Martin", *MANAGERS[1:])),
    "a job": of(1, "chef.projet@mail.example", "Poste visé", names=("Chef Projet", *MANAGERS[1:])),
    "nobody else": inspection_of,
    "no address": of(1, ""),
}  # fmt: skip

test_fails, test_passes = cases_of("LST120", FAILS, PASSES)
