"""What the comparison with earlier runs costs. By hand: ``python tests/benchmarks/bench_written.py [PEOPLE [RUNS]]``.

A campaign of so many people, and so many earlier runs that wrote to all of them: with another letter, with the same
letter lately, with the same letter long ago and other words, and purged. Beside each, how many times as long as a
plain loop that reads every address of those runs and folds it. Then what these runs add to opening the campaign, as a
difference and a ratio: up to its first message on screen, and with the marks of the last run in the list, which are
looked up behind the check. Seconds of processor time, so that a busy machine does not count. Nothing is asserted.
"""

from __future__ import annotations

import os
import shutil
import sqlite3
import sys
import tempfile
import time
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "core"))

from outbox_cases import SENDER, message

from mailmerge.campaign import Campaign, Checked, open_campaign, open_outbox, unfinished_runs
from mailmerge.campaign.sealing.remarks import remarks_on
from mailmerge.lint import Report
from mailmerge.outbox import Outbox, Remembering, RunHeader, purge
from mailmerge.text.addresses import same_mailbox_key

LETTER = "Subject: Votre candidature\n\nBonjour {{ nom }},\n\nnous ne pouvons pas donner suite.\n"
OTHER = "Subject: Votre entretien\n\nMadame, Monsieur,\n\nrendez-vous jeudi à neuf heures, au siège.\n"


def seconds(work: Callable[[], object]) -> float:
    start = time.process_time()
    work()
    return time.process_time() - start


def campaign_of(folder: Path, people: int) -> Campaign:
    table, letter = folder / "people.csv", folder / "letter.md"
    table.write_text("email;nom\n" + "".join(f"Personne{n}@boite.example;Petit{n}\n" for n in range(1, people + 1)))
    letter.write_text(LETTER)
    return open_campaign([table, letter])


def earlier_runs(outbox: Outbox, campaign: Campaign, people: int, runs: int, *, letter: Path, at: datetime) -> None:
    """Runs of all people, every message accepted at a time; the first is sealed, the others are copies of it."""
    key, _marks = outbox.key()
    text = LETTER if letter.name == "letter.md" else OTHER
    letters = [key.letter(letter, text, campaign.name, letter.name)]
    run = outbox.seal(
        RunHeader(
            run="earlier-00", created=at, campaign=campaign.name, account="rh", senders=[SENDER], letter=letter.name
        ),
        (message(n) for n in range(1, people + 1)),
        remembering=Remembering(key, key.campaign(letter.parent), letters, lambda record: (0, b"%d" % record)),
    )
    with closing(sqlite3.connect(run.path)) as connection, connection:
        connection.execute("UPDATE message SET state = 'accepted', reply = '250 ok', attempts = 1")
        for state, before in (("submitting", "pending"), ("accepted", "submitting")):
            connection.execute(
                "INSERT INTO journal (at, record, attempt, kind, from_state, to_state, reply, by)"
                " SELECT ?, record, 1, 'attempt', ?, ?, '', '' FROM message",
                (at.astimezone(UTC).isoformat(), before, state),
            )
    for number in range(1, runs):
        copy = run.path.with_name(f"earlier-{number:02}.sqlite3")
        shutil.copy(run.path, copy)
        with closing(sqlite3.connect(copy)) as connection, connection:
            connection.execute("UPDATE run SET id = ?", (copy.stem,))


def plain_loop(outbox: Outbox, _checked: object = None) -> int:
    found = set()
    for path in sorted(outbox.folder.glob("*.sqlite3")):
        with closing(sqlite3.connect(path)) as connection:
            found |= {same_mailbox_key(row[0]) for row in connection.execute("SELECT forward_path FROM message")}
    return len(found)


def opened(folder: Path) -> None:
    """Open the campaign of a folder as the screen does, before its check."""
    campaign = open_campaign([folder / "people.csv", folder / "letter.md"])
    remarks_on(campaign)
    unfinished_runs(campaign, open_outbox())


def main() -> None:
    people, runs = (int(given) for given in (*sys.argv[1:], 100_000, 10)[:2])
    now = datetime.now(UTC)
    cases = {
        "another letter of another campaign": ("elsewhere/other.md", now),
        "another letter of this campaign": ("other.md", now),
        "the same letter, lately": ("letter.md", now),
        "the same letter 90 days ago, other words": ("letter.md", now - timedelta(days=90)),
    }
    print(f"{people:,} people, {runs} earlier runs of {people:,}")
    for what, (letter, at) in cases.items():
        with tempfile.TemporaryDirectory() as name:
            folder = Path(name)
            os.environ["MAILMERGE_HOME"] = str(folder / "home")
            campaign = campaign_of(folder, people)
            words = {number: b"%d of today" % number for number in range(1, people + 1)}
            checked = Checked(campaign, Report((), people, people), words)
            outbox = open_outbox()
            bare = min(seconds(lambda: opened(folder)) for _ in range(3))  # noqa: B023
            print(f"{what:50} none yet {seconds(lambda: checked.compare(outbox)):6.2f} s", end="", flush=True)  # noqa: B023
            earlier_runs(outbox, campaign, people, runs, letter=folder / letter, at=at)
            loop = seconds(lambda: plain_loop(outbox))  # noqa: B023
            spent = min(seconds(lambda: checked.compare(outbox)) for _ in range(2))  # noqa: B023
            print(f"   {spent:6.2f} s, {spent / loop:5.2f} of the plain loop", end="", flush=True)
            full = min(seconds(lambda: opened(folder)) for _ in range(3))  # noqa: B023
            marked = full - bare + spent
            for path in outbox.folder.glob("*.sqlite3"):
                purge(outbox.open(path.stem), timedelta(0))
            spent = min(seconds(lambda: checked.compare(outbox)) for _ in range(2))  # noqa: B023
            print(f"   purged {spent:6.2f} s", flush=True)
            print(f"{'  opening':50} none yet {bare:6.2f} s   {full:6.2f} s", end="")
            print(f": {full - bare:+.2f} s, {full / bare:.2f} times", end="")
            print(f"; with the marks {marked:+.2f} s, {(bare + marked) / bare:.2f} times", flush=True)


if __name__ == "__main__":
    main()
