"""Campaigns that write a letter again, and what became of the runs before, for the tests of the comparison."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping, Sequence
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

from mailmerge.accounts import Account, account_from_preset
from mailmerge.campaign import Campaign, Checked, IfWritten, open_campaign
from mailmerge.outbox import Outbox, Run, WrittenComparison

WORDS = "Subject: Votre candidature\n\nBonjour {{ nom }},\n\nnous ne pouvons pas donner suite.\n"
NAMES = ("Roux", "Petit", "Durand", "Blanc", "Garnier", "Faure", "Mercier", "Lemoine")
OTHER_WORDS = WORDS.replace("pas donner suite", "malheureusement pas donner suite")


def account(address: str = "Claire <rh@atelier.example>") -> Account:
    return account_from_preset("rh", address, host="localhost", tls="none", auth="none")


def campaign(
    folder: Path, addresses: Sequence[str] | Mapping[str, str], letter: str = WORDS, *, name: str = "refus.md"
) -> Campaign:
    """A table of these people (their names by address, else of :data:`NAMES`) and a letter, on disk."""
    folder.mkdir(parents=True, exist_ok=True)
    people = addresses if isinstance(addresses, Mapping) else dict(zip(addresses, NAMES, strict=False))
    table = folder / "people.csv"
    table.write_text("Nom;Courriel\n" + "".join(f"{n};{a}\n" for a, n in people.items()), encoding="utf-8")
    (folder / name).write_text(letter, encoding="utf-8")
    return open_campaign([table, folder / name]).signed_by(account())


def checked(*arguments: object, **options: object) -> Checked:
    found = campaign(*arguments, **options).check()  # type: ignore[arg-type]
    assert not found.report.blocks, found.report.blocks
    return found


def sealed(outbox: Outbox, *arguments: object, written: IfWritten = IfWritten.REFUSE, **options: object) -> Run:
    return checked(*arguments, **options).seal(account(), outbox, written=written)


def became(run: Run, states: Mapping[int, str], *, days_ago: float = 0) -> Run:
    """Let each message have become this, so long ago."""
    at = (datetime.now(UTC) - timedelta(days=days_ago)).isoformat(timespec="milliseconds")
    with closing(sqlite3.connect(run.path)) as connection, connection:
        connection.execute("PRAGMA ignore_check_constraints = ON")
        for record, state in states.items():
            connection.execute("UPDATE message SET state = ? WHERE record = ?", (state, record))
            for entry in ("submitting", state) if state not in ("pending", "excluded") else ():
                connection.execute(
                    "INSERT INTO journal (at, record, attempt, kind, from_state, to_state, reply, by)"
                    " VALUES (?, ?, 1, 'attempt', 'pending', ?, '', '')",
                    (at, record, entry),
                )
    return run


def as_format_1(run: Run) -> Run:
    """The run as the first version wrote it."""
    with closing(sqlite3.connect(run.path)) as connection, connection:
        for table in ("memory", "letter"):
            connection.execute(f"DROP TABLE {table}")
        for column in ("memory_key", "campaign_key", "again", "test"):
            connection.execute(f"ALTER TABLE run DROP COLUMN {column}")
        connection.execute("UPDATE run SET format = 1")
    return run


def who(comparison: WrittenComparison) -> list[int]:
    return [person.record for person in comparison.written]
