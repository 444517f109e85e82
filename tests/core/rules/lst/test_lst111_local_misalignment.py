"""LST111: No stretch of rows is shifted."""

from __future__ import annotations

import random
from collections.abc import Callable

from each_row import each_row
from lint_cases import HEADERS, LETTER, inspection_of, table_of
from msgspec.structs import replace
from rule_cases import MANY, STYLES, Case, case, cases_of, cell, expect, found, moved, named_people, only

from mailmerge.lint import Inspection, check
from mailmerge.model import Severity

Stretch = tuple[int, int]


def other_names(
    addresses: Stretch = (0, 0), first: Stretch = (0, 0), last: Stretch = (0, 0), exchanged: Stretch = (0, 0)
) -> Case:
    """Sixty people whose names have no letters in common at their beginning; stretches of columns moved up by a row."""

    def moved_up(column: list[str], stretch: Stretch) -> list[str]:
        start, end = stretch
        return [*column[:start], *column[start + 1 : end], *column[start : start + 1], *column[end:]] if end else column

    letters = [f"{chr(97 + n // 26)}{chr(97 + n % 26)}" for n in range(60)]
    names = [(f"{pair}livier".capitalize(), f"{pair[::-1]}amontz".capitalize()) for pair in letters]
    whole = [f"{one}.{other}@mail.example".lower() for one, other in names]
    given = moved_up([one for one, _ in names], first)
    one, other = exchanged
    given[one], given[other] = given[other], given[one]
    rows = list(zip(given, moved_up([other for _, other in names], last), moved_up(whole, addresses), strict=True))
    return lambda: inspection_of(
        [("M.", *names, address, "Comptable", f"RC-{n:04}", "") for n, (*names, address) in enumerate(rows)]
    )


def name_copied(number: int, *, nicknames: int = 0, address: str = "") -> Case:
    """People in one of whose rows the name of the row before was copied down; the first ones have nicknames."""
    rows = named_people(20)
    rows[:nicknames] = [(*row[:3], f"lune{n}@mail.example", *row[4:]) for n, row in enumerate(rows[:nicknames])]
    before, row = rows[number - 2], rows[number - 1]
    rows[number - 1] = (*before[:3], address or row[3], *row[4:])
    return lambda: inspection_of(rows)


def first_and_last_exchanged(*numbers: int) -> Case:
    """People of one house, in the rows of some of whom the two names changed columns."""
    people = [(*row[:3], row[3].replace("@mail.", "@maison."), *row[4:]) for row in named_people(60)]
    rows = [(row[0], row[2], row[1], *row[3:]) if n in numbers else row for n, row in enumerate(people, 1)]
    return lambda: inspection_of(rows)


def without_people(inspection: Inspection, *numbers: int) -> Inspection:
    """The same campaign, some people left out."""
    kept = [each for each in inspection.recipients if each.record.number not in numbers]
    return replace(inspection, recipients=kept)


def shifted_twice() -> Inspection:
    return moved(3, lambda c: [*c[:5], *c[6:11], c[5], *c[11:40], *c[41:46], c[40], *c[46:]], MANY)()


def exchanged_twice() -> Inspection:
    return moved(3, lambda c: [c[1], c[0], *c[2:30], c[31], c[30], *c[32:]], MANY)()


FAILS = {
    "a stretch behind one of people who are left out": case(
        lambda: without_people(shifted_twice(), 6, 7, 8, 9, 10, 11),
        expect(
            record=41,
            line=42,
            field="nom",
            affected=(41, 42, 43, 44, 45),
            others=(42, 43, 44, 45),
            fields=("adresse_e_mail",),
            fingerprint="84386bf9e0f56469",
            says="lines 42 to 46: each address matches the name one row below; prenombp.nompbez@mail.example, for example, is beside Prénombo Nomobez (line 42)",
            fix="Open the table at line 42: a cell was inserted or deleted in one column only.",
        ),
    ),
    "two exchanged behind two of whom one is left out: three in wrong rows": case(
        lambda: without_people(exchanged_twice(), 1),
        expect(
            record=2,
            line=3,
            field="adresse_e_mail",
            affected=(2, 31, 32),
            others=(31, 32),
            fingerprint="3ed5eddf857ed9b4",
            says="3 addresses are in the wrong rows (lines 3, 32, 33): each matches the name in another row and not its own; prenomaa.nomaaez@mail.example, for example, is beside Prénomab Nombaez (line 3) and matches Prénomaa Nomaaez (line 2)",
            fix="Compare these rows with the original list, and put each address back beside its own name.",
        ),
    ),
    "addresses of three far rows went round": case(
        lambda: permuted(30, 3, "first.last", 0)[0],
        expect(
            record=5,
            line=6,
            field="adresse_e_mail",
            affected=(5, 7, 26),
            others=(7, 26),
            fingerprint="4fee4a32b2de3277",
            says="3 addresses are in the wrong rows (lines 6, 8, 27): each matches the name in another row and not its own; clara.ostette@mail.example, for example, is beside Elise Lambel (line 6) and matches Clara Ostette (line 27)",
            fix="Compare these rows with the original list, and put each address back beside its own name.",
        ),
    ),
    "addresses of many far rows went round": case(
        lambda: permuted(120, 30, "first.last", 0)[0],
        expect(
            record=4,
            line=5,
            field="adresse_e_mail",
            affected=(
                4,
                8,
                13,
                21,
                26,
                27,
                32,
                37,
                42,
                46,
                51,
                61,
                62,
                66,
                68,
                69,
                70,
                75,
                76,
                86,
                91,
                95,
                97,
                100,
                105,
                108,
                109,
                114,
                117,
                119,
            ),
            others=(
                8,
                13,
                21,
                26,
                27,
                32,
                37,
                42,
                46,
                51,
                61,
                62,
                66,
                68,
                69,
                70,
                75,
                76,
                86,
                91,
                95,
                97,
                100,
                105,
                108,
                109,
                114,
                117,
                119,
            ),
            fingerprint="d90ba44b3dfaefe1",
            says="30 addresses are in the wrong rows (lines 5, 9, 14, 22, 27, 28, 33, 38, 43, 47, 52, 62 and 18 more): each matches the name in another row and not its own; julie.quinong@mail.example, for example, is beside Elise Jourdelle (line 5) and matches Julie Quinong (line 63)",
            fix="Compare these rows with the original list, and put each address back beside its own name.",
        ),
    ),
    "one address of somebody far away": case(
        lambda: borrowed(),
        expect(
            record=41,
            line=42,
            field="adresse_e_mail",
            severity=Severity.WARN,
            others=(6,),
            fingerprint="292b537aaceb64f3",
            says="gilles.hamart@other.mail.example is beside Elise Lambusse (line 42), but matches the name of Gilles Hamart (line 7)",
            fix="Check whose address this is, and correct the row.",
        ),
    ),
    "a stretch of addresses": case(
        moved(3, lambda c: [*c[:20], *c[21:30], c[20], *c[30:]], MANY),
        expect(
            fields=("adresse_e_mail",),
            record=21,
            line=22,
            field="nom",
            affected=(21, 22, 23, 24, 25, 26, 27, 28, 29),
            fingerprint="6b3f9cc0f4248b48",
            says="lines 22 to 30: each address matches the name one row below; prenomav.nomvaez@mail.example, for example, is beside Prénomau Nomuaez (line 22)",
        ),
    ),
    "a stretch of surnames": case(
        moved(2, lambda c: [*c[:40], c[44], *c[40:44], *c[45:]], MANY),
        expect(
            fields=("adresse_e_mail",),
            record=41,
            line=42,
            field="nom",
            affected=(41, 42, 43, 44),
            fingerprint="1b7d70216a68c654",
            says="lines 42 to 45: each address matches the name one row below; prenombo.nomobez@mail.example, for example, is beside Prénombo Nomsbez (line 42)",
        ),
    ),
    "two exchanged": case(
        moved(3, lambda c: [c[1], c[0], *c[2:]], MANY),
        expect(
            record=1,
            line=2,
            field="adresse_e_mail",
            severity=Severity.WARN,
            affected=(1, 2),
            fingerprint="8e89589ed5e1f97b",
            says="Prénomaa Nomaaez (line 2) and Prénomab Nombaez (line 3) seem to have each other's address: prenomab.nombaez@mail.example and prenomaa.nomaaez@mail.example",
        ),
    ),
    "addresses one row too low": case(
        moved(3, lambda c: [*c[:20], c[29], *c[20:29], *c[30:]], MANY),
        expect(
            fields=("adresse_e_mail",),
            record=22,
            line=23,
            field="nom",
            affected=(22, 23, 24, 25, 26, 27, 28, 29, 30),
            others=(23, 24, 25, 26, 27, 28, 29, 30),
            fingerprint="379417b30e1a236b",
            says="lines 23 to 31: each address matches the name one row above; prenomau.nomuaez@mail.example, for example, is beside Prénomav Nomvaez (line 23)",
            fix="Open the table at line 23: a cell was inserted or deleted in one column only.",
        ),
    ),
    "addresses two rows too high": case(
        moved(3, lambda c: [*c[:20], *c[22:30], *c[20:22], *c[30:]], MANY),
        expect(
            fields=("adresse_e_mail",),
            record=21,
            line=22,
            field="nom",
            affected=(21, 22, 23, 24, 25, 26, 27, 28),
            others=(22, 23, 24, 25, 26, 27, 28),
            fingerprint="025cd760339acfc1",
            says="lines 22 to 29: each address matches the name 2 rows below; prenomaw.nomwaez@mail.example, for example, is beside Prénomau Nomuaez (line 22)",
            fix="Open the table at line 22: a cell was inserted or deleted in one column only.",
        ),
    ),
    "addresses two rows too low": case(
        moved(3, lambda c: [*c[:20], *c[28:30], *c[20:28], *c[30:]], MANY),
        expect(
            fields=("adresse_e_mail",),
            record=23,
            line=24,
            field="nom",
            affected=(23, 24, 25, 26, 27, 28, 29, 30),
            others=(24, 25, 26, 27, 28, 29, 30),
            fingerprint="f42a485462a96483",
            says="lines 24 to 31: each address matches the name 2 rows above; prenomau.nomuaez@mail.example, for example, is beside Prénomaw Nomwaez (line 24)",
            fix="Open the table at line 24: a cell was inserted or deleted in one column only.",
        ),
    ),
    "the shortest stretch": case(
        moved(3, lambda c: [*c[:20], *c[21:23], c[23], "x1@y.example", *c[24:]], MANY),
        expect(
            fields=("adresse_e_mail",),
            record=21,
            line=22,
            field="nom",
            affected=(21, 22, 23),
            others=(22, 23),
            fingerprint="0869881cbd41650c",
            says="lines 22 to 24: each address matches the name one row below; prenomav.nomvaez@mail.example, for example, is beside Prénomau Nomuaez (line 22)",
            fix="Open the table at line 22: a cell was inserted or deleted in one column only.",
        ),
    ),
    "the shortest stretch of all": case(
        moved(3, lambda c: [*c[:20], *c[21:24], "paul@y.example", *c[24:]], MANY),
        expect(
            fields=("adresse_e_mail",),
            record=21,
            line=22,
            field="nom",
            affected=(21, 22, 23),
            others=(22, 23),
            fingerprint="0869881cbd41650c",
            says="lines 22 to 24: each address matches the name one row below; prenomav.nomvaez@mail.example, for example, is beside Prénomau Nomuaez (line 22)",
            fix="Open the table at line 22: a cell was inserted or deleted in one column only.",
        ),
    ),
    "two stretches": case(
        moved(3, lambda c: [*c[:5], *c[6:12], c[5], *c[12:40], *c[41:47], c[40], *c[47:]], MANY),
        expect(
            fields=("adresse_e_mail",),
            record=6,
            line=7,
            field="nom",
            affected=(6, 7, 8, 9, 10, 11),
            others=(7, 8, 9, 10, 11),
            fingerprint="76f7e05981a67d6c",
            says="lines 7 to 12: each address matches the name one row below; prenomag.nomgaez@mail.example, for example, is beside Prénomaf Nomfaez (line 7)",
            fix="Open the table at line 7: a cell was inserted or deleted in one column only.",
        ),
        expect(
            fields=("adresse_e_mail",),
            record=41,
            line=42,
            field="nom",
            affected=(41, 42, 43, 44, 45, 46),
            others=(42, 43, 44, 45, 46),
            fingerprint="6c5a407c818c54ec",
            says="lines 42 to 47: each address matches the name one row below; prenombp.nompbez@mail.example, for example, is beside Prénombo Nomobez (line 42)",
            fix="Open the table at line 42: a cell was inserted or deleted in one column only.",
        ),
    ),
    "two stretches, one after the other": case(
        moved(3, lambda c: [*c[:5], *c[6:12], c[5], *c[13:20], c[12], *c[20:]], MANY),
        expect(
            fields=("adresse_e_mail",),
            record=6,
            line=7,
            field="nom",
            affected=(6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19),
            others=(7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19),
            fingerprint="6b2d19260edb2392",
            says="lines 7 to 20: each address matches the name one row below; prenomag.nomgaez@mail.example, for example, is beside Prénomaf Nomfaez (line 7)",
            fix="Open the table at line 7: a cell was inserted or deleted in one column only.",
        ),
    ),
    "some of them left out": case(
        only(moved(3, lambda c: [*c[:20], *c[21:30], c[20], *c[30:]], MANY), 1, 2, 24, 26, 50),
        expect(
            fields=("adresse_e_mail",),
            record=24,
            line=25,
            field="nom",
            affected=(24, 26),
            others=(26,),
            fingerprint="6b3f9cc0f4248b48",
            says="lines 22 to 30: each address matches the name one row below; prenomav.nomvaez@mail.example, for example, is beside Prénomau Nomuaez (line 22)",
            fix="Open the table at line 22: a cell was inserted or deleted in one column only.",
        ),
    ),
    "two exchanged, far from each other": case(
        moved(3, lambda c: [*c[:7], c[41], *c[8:41], c[7], *c[42:]], MANY),
        expect(
            record=8,
            line=9,
            field="adresse_e_mail",
            severity=Severity.WARN,
            affected=(8, 42),
            others=(42,),
            fingerprint="09a9f3f41808cdff",
            says="Prénomah Nomhaez (line 9) and Prénombp Nompbez (line 43) seem to have each other's address: prenombp.nompbez@mail.example and prenomah.nomhaez@mail.example",
            fix="If the two addresses are wrong, swap them.",
        ),
    ),
    "two addresses that hold each other's whole name": case(
        moved(3, lambda c: [c[1], c[0], *c[2:]]),
        expect(
            record=1,
            line=2,
            field="adresse_e_mail",
            affected=(1, 2),
            others=(2,),
            fingerprint="96f737975a68ec3b",
            says="Inès Petit (line 2) and Jean Dupont (line 3) seem to have each other's address: jean.dupont@mail.example and ines.petit@mail.example",
            fix="If the two addresses are wrong, swap them.",
        ),
    ),
    "two exchanged beside a stretch": case(
        moved(3, lambda c: [c[1], c[0], *c[2:20], *c[21:30], c[20], *c[30:]], MANY),
        expect(
            fields=("adresse_e_mail",),
            record=21,
            line=22,
            field="nom",
            affected=(21, 22, 23, 24, 25, 26, 27, 28, 29),
            others=(22, 23, 24, 25, 26, 27, 28, 29),
            fingerprint="6b3f9cc0f4248b48",
            says="lines 22 to 30: each address matches the name one row below; prenomav.nomvaez@mail.example, for example, is beside Prénomau Nomuaez (line 22)",
            fix="Open the table at line 22: a cell was inserted or deleted in one column only.",
        ),
        expect(
            record=1,
            line=2,
            field="adresse_e_mail",
            severity=Severity.WARN,
            affected=(1, 2),
            others=(2,),
            fingerprint="8e89589ed5e1f97b",
            says="Prénomaa Nomaaez (line 2) and Prénomab Nombaez (line 3) seem to have each other's address: prenomab.nombaez@mail.example and prenomaa.nomaaez@mail.example",
            fix="If the two addresses are wrong, swap them.",
        ),
    ),
    "both names of a stretch": case(
        other_names(addresses=(20, 30)),
        expect(
            fields=("adresse_e_mail",),
            record=21,
            line=22,
            field="nom",
            affected=(21, 22, 23, 24, 25, 26, 27, 28, 29),
            others=(22, 23, 24, 25, 26, 27, 28, 29),
            fingerprint="bfb657f3575faacb",
            says="lines 22 to 30: each address matches the name one row below; avlivier.vaamontz@mail.example, for example, is beside Aulivier Uaamontz (line 22)",
            fix="Open the table at line 22: a cell was inserted or deleted in one column only.",
        ),
    ),
    "stretches of both names that overlap": case(
        other_names(first=(5, 12), last=(10, 20)),
        expect(
            fields=("adresse_e_mail",),
            record=7,
            line=8,
            field="prenom",
            affected=(7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20),
            others=(8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20),
            fingerprint="f4869bca631dc728",
            says="lines 8 to 21: each address matches the name one row above; aglivier.gaamontz@mail.example, for example, is beside Ahlivier Gaamontz (line 8)",
            fix="Open the table at line 8: a cell was inserted or deleted in one column only.",
        ),
    ),
    "a stretch of one name within one of the other": case(
        other_names(first=(5, 20), last=(9, 14)),
        expect(
            fields=("adresse_e_mail",),
            record=7,
            line=8,
            field="prenom",
            affected=(7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20),
            others=(8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20),
            fingerprint="f4869bca631dc728",
            says="lines 8 to 21: each address matches the name one row above; aglivier.gaamontz@mail.example, for example, is beside Ahlivier Gaamontz (line 8)",
            fix="Open the table at line 8: a cell was inserted or deleted in one column only.",
        ),
    ),
    "stretches of both names with a row between them": case(
        other_names(first=(5, 12), last=(12, 20)),
        expect(
            fields=("adresse_e_mail",),
            record=7,
            line=8,
            field="prenom",
            affected=(7, 8, 9, 10, 11, 12),
            others=(8, 9, 10, 11, 12),
            fingerprint="dcd1f2fecb0b9145",
            says="lines 8 to 13: each address matches the name one row above; aglivier.gaamontz@mail.example, for example, is beside Ahlivier Gaamontz (line 8)",
            fix="Open the table at line 8: a cell was inserted or deleted in one column only.",
        ),
        expect(
            fields=("adresse_e_mail",),
            record=14,
            line=15,
            field="nom",
            affected=(14, 15, 16, 17, 18, 19, 20),
            others=(15, 16, 17, 18, 19, 20),
            fingerprint="0ceedeaead07dcfc",
            says="lines 15 to 21: each address matches the name one row above; anlivier.naamontz@mail.example, for example, is beside Anlivier Oaamontz (line 15)",
            fix="Open the table at line 15: a cell was inserted or deleted in one column only.",
        ),
    ),
    "stretches of both names far from each other": case(
        other_names(first=(5, 12), last=(13, 20)),
        expect(
            fields=("adresse_e_mail",),
            record=7,
            line=8,
            field="prenom",
            affected=(7, 8, 9, 10, 11, 12),
            others=(8, 9, 10, 11, 12),
            fingerprint="dcd1f2fecb0b9145",
            says="lines 8 to 13: each address matches the name one row above; aglivier.gaamontz@mail.example, for example, is beside Ahlivier Gaamontz (line 8)",
            fix="Open the table at line 8: a cell was inserted or deleted in one column only.",
        ),
        expect(
            fields=("adresse_e_mail",),
            record=15,
            line=16,
            field="nom",
            affected=(15, 16, 17, 18, 19, 20),
            others=(16, 17, 18, 19, 20),
            fingerprint="290bad31036e1618",
            says="lines 16 to 21: each address matches the name one row above; aolivier.oaamontz@mail.example, for example, is beside Aolivier Paamontz (line 16)",
            fix="Open the table at line 16: a cell was inserted or deleted in one column only.",
        ),
    ),
    "two first names exchanged within a stretch of surnames": case(
        other_names(last=(20, 30), exchanged=(22, 23)),
        expect(
            fields=("adresse_e_mail",),
            record=22,
            line=23,
            field="nom",
            affected=(22, 23, 24, 25, 26, 27, 28, 29, 30),
            others=(23, 24, 25, 26, 27, 28, 29, 30),
            fingerprint="bfb657f3575faacb",
            says="lines 23 to 31: each address matches the name one row above; avlivier.vaamontz@mail.example, for example, is beside Avlivier Waamontz (line 23)",
            fix="Open the table at line 23: a cell was inserted or deleted in one column only.",
        ),
    ),
    "one of two first names exchanged ends a stretch of surnames": case(
        other_names(last=(20, 30), exchanged=(29, 33)),
        expect(
            fields=("adresse_e_mail",),
            record=22,
            line=23,
            field="nom",
            affected=(22, 23, 24, 25, 26, 27, 28, 29, 30),
            others=(23, 24, 25, 26, 27, 28, 29, 30),
            fingerprint="bfb657f3575faacb",
            says="lines 23 to 31: each address matches the name one row above; avlivier.vaamontz@mail.example, for example, is beside Avlivier Waamontz (line 23)",
            fix="Open the table at line 23: a cell was inserted or deleted in one column only.",
        ),
    ),
    "two first names exchanged before a stretch of surnames": case(
        other_names(last=(20, 30), exchanged=(16, 20)),
        expect(
            fields=("adresse_e_mail",),
            record=22,
            line=23,
            field="nom",
            affected=(22, 23, 24, 25, 26, 27, 28, 29, 30),
            others=(23, 24, 25, 26, 27, 28, 29, 30),
            fingerprint="bfb657f3575faacb",
            says="lines 23 to 31: each address matches the name one row above; avlivier.vaamontz@mail.example, for example, is beside Avlivier Waamontz (line 23)",
            fix="Open the table at line 23: a cell was inserted or deleted in one column only.",
        ),
        expect(
            record=17,
            line=18,
            field="adresse_e_mail",
            severity=Severity.WARN,
            affected=(17, 21),
            others=(21,),
            fingerprint="a1657f886f246eb0",
            says="Aulivier Qaamontz (line 18) and Aqlivier Vaamontz (line 22) seem to have each other's address: aqlivier.qaamontz@mail.example and aulivier.uaamontz@mail.example",
            fix="If the two addresses are wrong, swap them.",
        ),
    ),
    "two first names exchanged behind a stretch of surnames": case(
        other_names(last=(20, 30), exchanged=(30, 33)),
        expect(
            fields=("adresse_e_mail",),
            record=22,
            line=23,
            field="nom",
            affected=(22, 23, 24, 25, 26, 27, 28, 29, 30),
            others=(23, 24, 25, 26, 27, 28, 29, 30),
            fingerprint="bfb657f3575faacb",
            says="lines 23 to 31: each address matches the name one row above; avlivier.vaamontz@mail.example, for example, is beside Avlivier Waamontz (line 23)",
            fix="Open the table at line 23: a cell was inserted or deleted in one column only.",
        ),
        expect(
            record=31,
            line=32,
            field="adresse_e_mail",
            severity=Severity.WARN,
            affected=(31, 34),
            others=(34,),
            fingerprint="354476e051ee2aa3",
            says="Bhlivier Ebamontz (line 32) and Belivier Hbamontz (line 35) seem to have each other's address: belivier.ebamontz@mail.example and bhlivier.hbamontz@mail.example",
            fix="If the two addresses are wrong, swap them.",
        ),
    ),
    "stretches of both names that touch": case(
        other_names(first=(5, 12), last=(11, 20)),
        expect(
            fields=("adresse_e_mail",),
            record=7,
            line=8,
            field="prenom",
            affected=(7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20),
            others=(8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20),
            fingerprint="f4869bca631dc728",
            says="lines 8 to 21: each address matches the name one row above; aglivier.gaamontz@mail.example, for example, is beside Ahlivier Gaamontz (line 8)",
            fix="Open the table at line 8: a cell was inserted or deleted in one column only.",
        ),
    ),
    "one of two first names exchanged begins a stretch of surnames": case(
        other_names(last=(20, 30), exchanged=(16, 21)),
        expect(
            fields=("adresse_e_mail",),
            record=22,
            line=23,
            field="nom",
            affected=(22, 23, 24, 25, 26, 27, 28, 29, 30),
            others=(23, 24, 25, 26, 27, 28, 29, 30),
            fingerprint="bfb657f3575faacb",
            says="lines 23 to 31: each address matches the name one row above; avlivier.vaamontz@mail.example, for example, is beside Aqlivier Waamontz (line 23)",
            fix="Open the table at line 23: a cell was inserted or deleted in one column only.",
        ),
    ),
    "first and last names exchanged": case(
        first_and_last_exchanged(7),
        expect(
            record=7,
            line=8,
            field="prenom",
            severity=Severity.WARN,
            fields=("nom",),
            fingerprint="6cc8d64d3003a550",
            says="Perrac Hanna (line 8) seems to have first and last name in each other's column: the address is hanna.perrac@maison.example",
        ),
    ),
    "the name of the row before": case(
        name_copied(10, nicknames=3),
        expect(
            record=10,
            line=11,
            field="nom",
            fields=("adresse_e_mail",),
            others=(9,),
            fingerprint="77911c8bade12b5b",
            says="Denis Lambault (line 11) has the same name as Denis Lambault (line 10), but the address gilles.ostart@mail.example contains a different name: was the name copied from another row?",
        ),
    ),
    "first and last names exchanged, of many": case(
        first_and_last_exchanged(7, 9, 20, 30),
        expect(
            record=7,
            line=8,
            field="prenom",
            severity=Severity.WARN,
            affected=(7, 9, 20, 30),
            count=4,
            fields=("nom",),
            fingerprint="8dfb5e236c1ad719",
            says="4 people seem to have first and last names in each other's column, such as Perrac Hanna (line 8), whose address is hanna.perrac@maison.example (lines 8, 10, 21, 31)",
        ),
    ),
}
PASSES = {
    "a spouse's address": cell(adresse_e_mail="marc.durand@mail.example"),
    "in order": lambda: inspection_of(MANY),
    "a family with one surname": lambda: inspection_of(
        [
            ("M.", f, "Petit", f"{a}.petit@mail.example", "Juriste", f"RC-2{n:03}", "")
            for n, (f, a) in enumerate([("Luc", "luc"), ("Anne", "luc.anne"), ("Paul", "paul"), ("Zoé", "famille")])
        ]
    ),
    "somebody twice, with a nickname": name_copied(10, address="lune31@mail.example"),
    "somebody twice, with a second address of their own": name_copied(10, address="denis.paris@maison.example"),
    "somebody twice, where many have nicknames": name_copied(10, nicknames=4),
    "somebody twice, left out": only(name_copied(10), 1, 2, 3),
    "a stretch of people who are left out": only(
        moved(3, lambda c: [*c[:20], *c[21:30], c[20], *c[30:]], MANY), 1, 2, 50
    ),
    "two exchanged, one of them left out": only(moved(3, lambda c: [c[1], c[0], *c[2:]], MANY), 1, 3, 4),
    "a column shifted as a whole": moved(3, lambda c: [*c[1:], c[0]], MANY),
    "two rows only": moved(3, lambda c: [*c[:20], *c[21:23], "paul@y.example", *c[23:]], MANY),
}

test_fails, test_passes = cases_of("LST111", FAILS, PASSES)


def permuted(people: int, moved: int, style: str, seed: int) -> tuple[Inspection, set[int]]:
    """A table in which the addresses of some far rows went round, and the numbers of those rows."""
    rng = random.Random(f"{people} {moved} {style} {seed}")
    rows = named_people(people, style, seed)
    chosen = rng.sample(range(people), moved)
    addresses = [rows[at][3] for at in chosen]
    for at, address in zip(chosen, addresses[1:] + addresses[:1], strict=True):
        rows[at] = (*rows[at][:3], address, *rows[at][4:])
    return inspection_of(rows), {at + 1 for at in chosen}


@each_row("style", STYLES)
@each_row(("people", "moved"), [(30, 3), (60, 5), (120, 12), (120, 30)])
@each_row("seed", range(2))
def test_addresses_that_went_round_among_far_rows_stop(style: str, people: int, moved: int, seed: int) -> None:
    inspection, wrong = permuted(people, moved, style, seed)
    (finding,) = [each for each in found(inspection, "LST111") if each.severity is Severity.BLOCK]
    assert set(finding.affected) <= wrong
    lines = [number + 1 for number in finding.affected]
    shown = ", ".join(map(str, lines[:12])) + (f" and {len(lines) - 12} more" if len(lines) > 12 else "")
    assert (
        finding.says.id != "lst111.scattered"
        or f"{len(lines)} addresses are in the wrong rows (lines {shown}):" in finding.message
    )
    first = inspection.table.record(finding.affected[0])
    assert finding.says.id != "lst111.scattered" or f"{inspection.person(first)}" in finding.message
    assert len(wrong) - len(finding.affected) <= (0 if style != "initial" else 2)


@each_row("style", STYLES)
@each_row("seed", range(3))
def test_names_beside_their_own_addresses_are_left_alone(style: str, seed: int) -> None:
    inspection, _none = permuted(120, 0, style, seed)
    assert found(inspection, "LST111") == []


def borrowed() -> Inspection:
    """Somebody has the address of a person far away, at another provider."""
    rows = named_people(60)
    rows[40] = (*rows[40][:3], rows[5][3].replace("@", "@other."), *rows[40][4:])
    return inspection_of(rows)


BROKEN = ("{}; {}", "{}, x@y.example", "{} ({})", "<{}", "{}@", "{}x@@y.example", "{} {}", "a {}", '"{}', "{}.")


@each_row("form", BROKEN)
def test_a_cell_that_is_not_one_address_is_told_once(form: str) -> None:
    rows = [list(row) for row in named_people(40)]
    other = f"{rows[30][3].partition('@')[0]}@autre.example"
    said = {}
    for form_of_cell in (form, "{}"):
        rows[7][3] = form_of_cell.replace("{}", other)
        findings = check(inspection_of(rows)).findings
        said[form_of_cell] = [each.rule for each in findings if each.record == 8 and each.field == "adresse_e_mail"]
    assert said[form] == ["LST105"]
    assert "LST111" in said["{}"]


def further(change: Callable[[list[str]], None], text: str = "\nSecours : {{ e_mail_2 }}\n") -> Inspection:
    """A second address for each of forty people, with something wrong among them."""
    rows = named_people(40)
    addresses = [row[3].replace("@", "@perso.") for row in rows]
    change(addresses)
    table = table_of([(*row, address) for row, address in zip(rows, addresses, strict=True)], (*HEADERS, "E-mail 2"))
    columns = replace(table.columns, other_emails=("e_mail_2",))
    return inspection_of(replace(table, columns=columns), LETTER + text)


def swap(addresses: list[str]) -> None:
    addresses[3], addresses[20] = addresses[20], addresses[3]


def borrow(addresses: list[str]) -> None:
    addresses[3] = addresses[20]


def test_further_addresses_in_each_others_row_stop() -> None:
    (finding,) = found(further(swap), "LST111")
    assert (finding.severity, finding.affected, finding.field) == (Severity.BLOCK, (4, 21), "e_mail_2")
    (finding,) = found(further(lambda addresses: addresses.sort()), "LST111")
    assert (finding.severity, finding.field, finding.says.id) == (Severity.BLOCK, "e_mail_2", "lst111.scattered")


def test_a_further_address_of_somebody_else_is_told() -> None:
    (finding,) = found(further(borrow), "LST111")
    assert (finding.severity, finding.affected, finding.field) == (Severity.WARN, (4,), "e_mail_2")


def test_further_addresses_that_are_their_own_or_not_used_are_left_alone() -> None:
    assert found(further(lambda _addresses: None), "LST111") == []
    assert found(further(swap, ""), "LST111") == []
