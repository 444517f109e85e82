"""What identifies one person is known by the header and by what is in the cells, from how many of them on."""

from __future__ import annotations

from collections.abc import Sequence

from each_row import each_row
from lint_cases import table_of

from mailmerge.lint.identities.rows.columns import IdentityKind, column_kinds
from mailmerge.lint.vocabulary import is_internal
from mailmerge.text.folding import identifier


def codes(count: int, *others: str) -> list[str]:
    return [*(f"AB-{n:03}" for n in range(count)), *others]


def phones(count: int, form: str = "06 12 34 56 {n:02}", others: str = "") -> list[str]:
    return [*(form.format(n=n) for n in range(count)), *others]


def mails(count: int, others: str = "") -> list[str]:
    return [*(f"m{n}@y.example" for n in range(count)), *others]


def homes(count: int, *others: str) -> list[str]:
    return [*(f"{n} rue des Lilas" for n in range(1, count + 1)), *others]


def births(count: int, others: str = "") -> list[str]:
    return [*(f"{n:02}/03/1990" for n in range(1, count + 1)), *others]


def profiles(count: int, *others: str) -> list[str]:
    return [*(f"https://www.linkedin.com/in/p{n}" for n in range(count)), *others]


def ibans(count: int, others: str = "") -> list[str]:
    return [*(f"FR76 3000 6000 0112 3456 7890 {n:03}" for n in range(count)), *others]


def insured(count: int, others: str = "") -> list[str]:
    return [*(f"1 85 05 78 006 084 {n:02}" for n in range(count)), *others]


def numbers(count: int, *others: str) -> list[str]:
    return [*(f"{n * 37 + 10111}" for n in range(count)), *others]


LONG = ("acharpentier1", "bcharpentier2", "echarpentier3", "h.charpentier4", "l_charpentier5", "ncharpentier6")
SAME_STREETS = ("1 rue des Lilas", "2 rue des Lilas", "3 rue des Lilas")
KINDS: dict[str, tuple[str, Sequence[str], IdentityKind | None]] = {
    "codes that look alike": ("Divers", codes(5), IdentityKind.REFERENCE),
    "four codes": ("Divers", codes(4), None),
    "eight codes of ten look alike": ("Divers", codes(8, "AB1234", "ABC-12-3"), IdentityKind.REFERENCE),
    "seven codes of ten look alike": ("Divers", codes(7, "AB1234", "ABC-12-3", "AB.12345"), None),
    "one code of ten twice": ("Divers", codes(9, "AB-001"), IdentityKind.REFERENCE),
    "two codes of ten twice": ("Divers", codes(8, "AB-001", "AB-002"), None),
    "codes and the name of a file": ("Divers", codes(9, "AB-009.pdf"), None),
    "codes of rooms": ("Salle", codes(9), None),
    "digits in groups": ("Divers", [f"2026-{n:04}" for n in range(9)], IdentityKind.REFERENCE),
    "few digits in groups": ("Divers", [f"20-{n:03}" for n in range(9)], None),
    "few digits in groups, as references": ("Référence", [f"20-{n:03}" for n in range(9)], IdentityKind.REFERENCE),
    "references": ("Référence", ["A123", "B234", "C345"], IdentityKind.REFERENCE),
    "references for eight of ten": ("Référence", codes(8, "x", "y"), IdentityKind.REFERENCE),
    "references for seven of ten": ("Référence", codes(7, "x", "y", "z"), None),
    "references of two characters": ("Référence", ["A1", "B2", "C3"], None),
    "references of 24 characters": ("Référence", [f"A{n:023}" for n in range(5)], IdentityKind.REFERENCE),
    "references of 25 characters": ("Référence", [f"A{n:024}" for n in range(5)], None),
    "logins": ("Identifiant", LONG, IdentityKind.REFERENCE),
    "logins in German": ("Benutzername", LONG, IdentityKind.REFERENCE),
    "logins below another header": ("Divers", LONG, None),
    "logins without a figure": ("Login", [login.rstrip("123456") for login in LONG], None),
    "logins for eight of ten": ("Login", [*LONG, "abcd1", "efgh2", "x", "y"], IdentityKind.REFERENCE),
    "logins for seven of ten": ("Login", [*LONG, "abcd1", "x", "y", "z"], None),
    "logins of 30 characters": ("Login", [f"{'a' * 28}{n}" for n in range(10, 15)], IdentityKind.REFERENCE),
    "logins of 31 characters": ("Login", [f"{'a' * 29}{n}" for n in range(10, 15)], None),
    "hours as references": ("Référence", ["10h30", "11h30", "12h00"], None),
    "numbers": ("Divers", numbers(5), IdentityKind.NUMBER),
    "four numbers": ("Divers", numbers(4), None),
    "numbers for 19 of 20": ("Divers", numbers(19, "x"), IdentityKind.NUMBER),
    "numbers for 18 of 20": ("Divers", numbers(18, "x", "y"), None),
    "one round number of six": ("Divers", numbers(5, "20000"), IdentityKind.NUMBER),
    "one round number of five": ("Divers", numbers(4, "20000"), None),
    "telephone numbers": ("Téléphone", phones(5, others="abcde"), IdentityKind.PHONE),
    "telephone numbers for four of ten": ("Téléphone", phones(4, others="abcdef"), None),
    "telephone numbers of eight digits": ("Téléphone", phones(6, "1234 56{n:02}"), IdentityKind.PHONE),
    "what looks like telephone numbers": ("Divers", phones(9, others="x"), IdentityKind.PHONE),
    "what looks like telephone numbers for eight of ten": ("Divers", phones(8, others="xy"), None),
    "addresses": ("Divers", mails(3), IdentityKind.ADDRESS),
    "two addresses": ("Divers", mails(2), None),
    "addresses for eight of ten": ("Divers", mails(8, "xy"), IdentityKind.ADDRESS),
    "addresses for seven of ten": ("Divers", mails(7, "xyz"), None),
    "addresses in half of the rows": ("Divers", [*mails(5), *[""] * 5], IdentityKind.ADDRESS),
    "addresses in less than half of the rows": ("Divers", [*mails(5), *[""] * 6], None),
    "one address of ten twice": ("Divers", [*mails(9), "m1@y.example"], IdentityKind.ADDRESS),
    "two addresses of ten twice": ("Divers", [*mails(8), "m1@y.example", "m2@y.example"], None),
    "addresses of others": ("E-mail du manager", mails(10), None),
    "homes for six of ten": ("Adresse postale", homes(6, *"abcd"), IdentityKind.HOME),
    "homes for five of ten": ("Adresse postale", homes(5, *"abcde"), None),
    "what looks like homes for eight of ten": ("Divers", homes(8, *"ab"), IdentityKind.HOME),
    "what looks like homes for seven of ten": ("Divers", homes(7, *"abc"), None),
    "two homes of ten twice": ("Divers", homes(8, *SAME_STREETS[:2]), IdentityKind.HOME),
    "three homes of ten twice": ("Divers", homes(7, *SAME_STREETS), None),
    "where interviews are": ("Lieu de l'entretien", homes(10), None),
    "dates of birth for half": ("Date de naissance", births(5, "abcde"), IdentityKind.BIRTH),
    "dates of birth for four of ten": ("Date de naissance", births(4, "abcdef"), None),
    "dates": ("Divers", births(10), None),
    "profiles for eight of ten": ("Divers", profiles(8, "x", "y"), IdentityKind.PROFILE),
    "profiles for seven of ten": ("Divers", profiles(7, "x", "y", "z"), None),
    "two profiles of ten twice": ("Divers", profiles(8, *profiles(2)), None),
    "accounts for half": ("IBAN", ibans(3, "abc"), IdentityKind.IBAN),
    "accounts for less than half": ("IBAN", ibans(2, "abc"), None),
    "what looks like accounts for nine of ten": ("Divers", ibans(9, "x"), IdentityKind.IBAN),
    "what looks like accounts for eight of ten": ("Divers", ibans(8, "xy"), None),
    "the insured for half": ("N° sécu", insured(3, "abc"), IdentityKind.NIR),
    "what looks like the insured for nine of ten": ("Divers", insured(9, "x"), IdentityKind.NIR),
    "what looks like the insured for eight of ten": ("Divers", insured(8, "xy"), None),
}


@each_row(("header", "values", "kind"), KINDS.values(), ids=KINDS.keys())
def test_a_column_identifies_people_from_so_many_cells_on(
    header: str, values: Sequence[str], kind: IdentityKind | None
) -> None:
    rows = [(f"P{n}", f"N{n}", f"p{n}@x.example", value) for n, value in enumerate(values)]
    table = table_of(rows, ("P", "N", "Mail", header), email="mail", first_name="p", last_name="n")
    assert column_kinds(table).get(table.names[-1]) == kind


def test_of_a_long_table_cells_from_all_of_it_are_looked_at() -> None:
    """The first and the last rows are not like the others."""
    values = [*["x"] * 100, *codes(1000), *["x"] * 100]
    alone = [*codes(100), *["x"] * 1100]
    for given, kind in ((values[100:-100], IdentityKind.REFERENCE), (values, None), (alone, None)):
        rows = [(f"P{n}", f"N{n}", f"p{n}@x.example", value) for n, value in enumerate(given)]
        table = table_of(rows, ("P", "N", "Mail", "Divers"), email="mail", first_name="p", last_name="n")
        assert column_kinds(table).get("divers") == kind


TO_THE_READER = (
    "Commentaire pour vous", "Remarques à vous", "Remarks to you", "Comment for you", "Feedback notes for you",
    "Bemerkung für Sie", "Comentario para ti", "Comentarios para usted", "Commento per lei", "Opmerking voor u",
    "Komentarz dla Pani",
)  # fmt: skip
ABOUT_THE_READER = (
    "Commentaire", "Commentaire sur le candidat", "Remarks", "Comment for the panel", "Note pour le jury", "Bemerkung",
    "Comentario interno", "Commento", "Opmerking", "Notes for HR", "Avis pour la direction",
)  # fmt: skip


@each_row(("header", "internal"), [(h, False) for h in TO_THE_READER] + [(h, True) for h in ABOUT_THE_READER])
def test_a_column_that_speaks_to_the_reader_is_not_internal(header: str, internal: bool) -> None:
    assert is_internal(identifier(header)) is internal


@each_row(
    ("header", "cells", "kind"),
    [
        ("Note de frais", [f"NDF{n * 37 + 1000:06}" for n in range(6)], IdentityKind.REFERENCE),
        ("Note", [f"{n + 8},5" for n in range(6)], None),
        ("Salle", [f"NDF{n * 37 + 1000:06}" for n in range(6)], None),
        ("Bon", ["K7M2QPX9", "ZZ81KQ0P", "4HTR6WWD", "QM3V8XK2", "7PLKT5E4", "XH2NN9C8"], IdentityKind.REFERENCE),
        ("Bon", ["K7M2QPX9", "ZZ81KQ0P", "4HTR6WWD", "QM3V8XK2", "7PLKT5E4", "XH2NN9C"], None),
        ("Bon", ["K7M2Q", "ZZ81K", "4HTR6", "QM3V8", "7PLKT", "XH2NN"], None),
        ("Produit", ["Kaffee", "Butter", "Zucker", "Kuchen", "Gewurz", "Nudeln"], None),
        ("Bon", ["ABC123", "DEF456", "GHI789", "JKL012", "MNO345", "PQR678"], IdentityKind.REFERENCE),
        *(
            (header, [f"{n * 7654321 + 12345678}{letter}" for n, letter in enumerate("RTWAGM")], IdentityKind.REFERENCE)
            for header in ("DNI", "NIE", "NIF", "Pasaporte", "Passport no", "Reisepass", "BSN")
        ),
    ],
)
def test_codes_are_known_by_how_they_were_made(header: str, cells: list[str], kind: IdentityKind | None) -> None:
    table = table_of([(f"a{n}@x.example", cell) for n, cell in enumerate(cells)], ("Adresse e-mail", header))
    assert column_kinds(table).get(identifier(header)) is kind
