"""Messages that the last gate lets pass, and runs of them, for the tests of the outbox."""

from __future__ import annotations

import base64
import datetime
import hashlib
import json
import sqlite3
import subprocess
import sys
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing, contextmanager
from functools import lru_cache
from pathlib import Path

from mailmerge.model import Envelope, SealedMessage
from mailmerge.outbox import Outbox, Run, RunHeader, SealedExclusion

SENDER = "rh@atelier.example"
CREATED = datetime.datetime(2026, 9, 2, 10, 0, tzinfo=datetime.UTC)
RUN = "2026-09-02-7f3a"
REPO = Path(__file__).parents[2]


@lru_cache(maxsize=4)
def _encoded(attachment: bytes) -> str:
    return base64.encodebytes(attachment).replace(b"\n", b"\r\n").decode()


def message(
    record: int, *, name: str = "", address: str = "", attachment: bytes = b"", message_id: str = "", padding: int = 0
) -> SealedMessage:
    """One valid message; ``padding`` more octets of text, roughly."""
    address = address or f"personne{record}@boite.example"
    message_id = message_id or f"<{RUN}.{record}@atelier.example>"
    text = f"Bonjour,\r\nvotre candidature {record} n'a pas abouti.\r\n" + ("x" * 70 + "\r\n") * (padding // 72)
    headers = (
        f"From: Claire Martin <{SENDER}>\r\nTo: {address}\r\nSubject: =?utf-8?q?R=C3=A9ponse?= {record}\r\n"
        f"Date: Wed, 02 Sep 2026 10:00:00 +0000\r\nMessage-ID: {message_id}\r\nMIME-Version: 1.0\r\n"
    )
    plain = "Content-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: 7bit\r\n\r\n"
    if not attachment:
        content = headers + plain + text
    else:
        encoded = _encoded(attachment)
        content = (
            f'{headers}Content-Type: multipart/mixed; boundary="=_b{record}"\r\n\r\n'
            f"--=_b{record}\r\n{plain}{text}\r\n--=_b{record}\r\n"
            "Content-Type: application/pdf\r\nContent-Transfer-Encoding: base64\r\n"
            'Content-Disposition: attachment; filename="guide.pdf"\r\n\r\n'
            f"{encoded}\r\n--=_b{record}--\r\n"
        )
    exact = content.encode("ascii")
    return SealedMessage(
        record,
        name or f"Zoé Personne {record}",
        Envelope(SENDER, address),
        message_id,
        exact,
        hashlib.sha256(exact).hexdigest(),
    )


def alter(run: Run, statement: str) -> None:
    """Change a run behind the program's back, as damage does, which heeds no constraint."""
    damage(run.path, statement)


def damage(path: Path, statement: str) -> None:
    """Change a file behind the program's back."""
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA ignore_check_constraints = ON")
        with connection:
            connection.execute(statement)


def sealed_run(
    folder: Path,
    messages: int | Iterable[SealedMessage] = 3,
    *,
    run: str = RUN,
    excluded: Iterable[SealedExclusion] = (),
) -> Run:
    """A run of so many messages, or of these."""
    if isinstance(messages, int):
        messages = [message(record) for record in range(1, messages + 1)]
    return Outbox(folder).seal(
        RunHeader(
            run=run,
            created=CREATED,
            campaign="septembre",
            account="rh",
            senders=[SENDER],
            waivers_digest="d" * 64,
            table="candidats.csv",
            letter="refus.fr.md",
        ),
        messages,
        excluded=excluded,
    )


_CHILD = """
import asyncio, json, sys
from pathlib import Path
from mailmerge.model import State
from mailmerge.outbox import Outbox

async def main():
    with Outbox(Path(sys.argv[1])).open(sys.argv[2]).sending() as journal:
        first, *others = json.loads(sys.argv[3])
        await journal.claim(first)
        await journal.settle(first, State.ACCEPTED, "250 queued")
        await asyncio.gather(*map(journal.claim, others))
        print("claimed", flush=True)
        sys.stdin.readline()
        await journal.settle(others[0], State.ACCEPTED, "250 queued")

asyncio.run(main())
"""


@contextmanager
def another_process_sends(run: Run, records: Sequence[int] = (1, 2, 3)) -> Iterator[subprocess.Popen[str]]:
    """A sender with the first record accepted and the others in flight; a line on its stdin lets it go on."""
    process = subprocess.Popen(
        [sys.executable, "-c", _CHILD, str(run.path.parent), run.id, json.dumps(list(records))],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    try:
        assert process.stdout is not None
        assert process.stdout.readline() == "claimed\n"
        yield process
    finally:
        process.kill()
        process.communicate()
