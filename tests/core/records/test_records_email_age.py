"""Beside old addresses the new ones are offered, and a person is asked; old ones alone are never written to unasked."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import permutations
from pathlib import Path

import pytest
from each_row import each_row

from mailmerge.campaign.setup.table_setup import TableSettings, choices, look
from mailmerge.errors import EmailColumnUnclear
from mailmerge.model import RecordTable
from mailmerge.records import preview_table, read_table

OPAQUE = ("Petit", "Grand", "Roux", "Noir", "Blanc", "Vert")
PAIRS = (
    ("Ancien e-mail", "Nouvel e-mail"),
    ("Ancienne adresse e-mail", "Nouvelle adresse e-mail"),
    ("Ancien mail", "Nouveau mail"),
    ("E-mail (ancien)", "E-mail (nouveau)"),
    ("Ancien courriel", "Courriel actuel"),
    ("Ancien e-mail du salarié", "Nouvel e-mail du salarié"),
    ("Mail avant", "Mail après"),
    ("ANCIEN MAIL", "NOUVEAU MAIL"),
    ("Ancienne adresse", "Nouvelle adresse"),
    ("Old email", "New email"),
    ("Previous email", "Current email"),
    ("old_email", "new_email"),
    ("OldEmail", "NewEmail"),
    ("Email (old)", "Email (new)"),
    ("Former e-mail address", "Present e-mail address"),
    ("Email before", "Email after"),
    ("E-Mail alt", "E-Mail neu"),
    ("Alte E-Mail", "Neue E-Mail"),
    ("Alte Mailadresse", "Neue Mailadresse"),
    ("Bisherige E-Mail", "Aktuelle E-Mail"),
    ("Frühere E-Mail-Adresse", "Neue E-Mail-Adresse"),
    ("Correo antiguo", "Correo nuevo"),
    ("Email anterior", "Email actual"),
    ("Antiguo correo electrónico", "Nuevo correo electrónico"),
    ("Vecchia email", "Nuova email"),
    ("Email precedente", "Email attuale"),
    ("Vecchio indirizzo email", "Nuovo indirizzo email"),
    ("Email antigo", "Email novo"),
    ("E-mail anterior", "E-mail atual"),
    ("Oude e-mail", "Nieuwe e-mail"),
    ("Vorige e-mail", "Huidige e-mail"),
    ("Stary e-mail", "Nowy e-mail"),
)


def table_in(folder: Path, headers: Sequence[str], filled: Sequence[float] = ()) -> Path:
    """Addresses that resemble nobody, in columns of these headers, in the first part of the rows."""
    path = folder / "table.csv"
    share = [*filled, *[1.0] * (len(headers) - len(filled))]
    rows = [
        [name, *(f"u{n}{at}@x.example" if n < share[at] * len(OPAQUE) else "" for at in range(len(headers)))]
        for n, name in enumerate(OPAQUE)
    ]
    path.write_text("\n".join(";".join(row) for row in [["Nom", *headers], *rows]) + "\n", encoding="utf-8")
    return path


def asked(path: Path) -> str:
    with pytest.raises(EmailColumnUnclear) as caught:
        read_table(path)
    return str(caught.value)


@each_row(("old", "new"), PAIRS)
@each_row("share", [1.0, 0.3])
def test_the_new_column_is_offered_beside_the_old_one(tmp_path: Path, old: str, new: str, share: float) -> None:
    for order in permutations((old, new)):
        path = table_in(tmp_path, order, [share if header == new else 1.0 for header in order])
        assert f'email = "{new}"' in asked(path)
        table: RecordTable = preview_table(path)
        assert choices("email", look(path, TableSettings()), {})[1].label == new
        assert table.columns.email == ""
        assert table.header(read_table(path, email=new).columns.email) == new
        assert table.header(read_table(path, email=old).columns.email) == old


CURRENT = ("actu", "attu", "atual", "present", "aktuell", "current", "huidige")
RENEWED = [new for _old, new in PAIRS if not any(word in new.casefold() for word in CURRENT)]
MAYBE_OLD = ("E-Mail alt", "Email before", "Mail avant", "Ancienne adresse")


@each_row("new", RENEWED)
@each_row("plain", ["E-mail", "Adresse e-mail"])
def test_a_plain_column_beside_a_new_one_is_a_question(tmp_path: Path, new: str, plain: str) -> None:
    for order in permutations((plain, new)):
        assert f'email = "{new}"' in asked(table_in(tmp_path, order))


@each_row("old", [old for old, _new in PAIRS if old not in MAYBE_OLD])
def test_old_addresses_alone_are_a_question(tmp_path: Path, old: str) -> None:
    assert f'"{old}" seem to be old ones' in asked(table_in(tmp_path, [old]))


@each_row("old", [old for old, _new in PAIRS])
def test_a_plain_column_beside_an_old_one_is_taken(tmp_path: Path, old: str) -> None:
    for order in permutations(("E-mail", old)):
        table = read_table(table_in(tmp_path, order))
        assert table.header(table.columns.email) == "E-mail"


@pytest.mark.parametrize(
    "headers",
    [
        ["Nouvel e-mail"], ["E-mail actuel"], ["E-mail du nouveau salarié"],
        ["Email", "Alt email"], ["Email", "E-mail perso"],
        ["Current email", "Work email"], ["E-mail", "Nom de l'ancien poste"],
        ["E-mail", "New manager email"], ["E-mail", "E-mail 2"],
    ],
)  # fmt: skip
def test_other_words_ask_nothing_new(tmp_path: Path, headers: list[str]) -> None:
    table = read_table(table_in(tmp_path, headers))
    assert table.header(table.columns.email) == headers[0]


def test_a_new_column_that_says_the_same_is_no_question(tmp_path: Path) -> None:
    path = tmp_path / "table.csv"
    rows = [[name, f"u{n}@x.example", f"u{n}@x.example"] for n, name in enumerate(OPAQUE)]
    path.write_text("\n".join(";".join(row) for row in [["Nom", "Ancien e-mail", "Nouvel e-mail"], *rows]) + "\n")
    assert read_table(path).columns.email in ("nouvel_e_mail", "ancien_e_mail")
