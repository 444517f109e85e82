"""Read what the file of a run says about it."""

from __future__ import annotations

from pathlib import Path

import msgspec

from mailmerge.outbox.comparison.earlier import TEST_NAME
from mailmerge.outbox.connection import moment, reading, understood
from mailmerge.outbox.run import Run


def read_run(path: Path) -> Run:
    """The run in a file.

    Raises:
        OutboxError: it cannot be read, or holds no run.
    """
    memory: tuple[int, str, bytes, str, int] = (1, "", b"", "", 0)
    people = 0
    with reading(path) as connection:
        row = connection.execute(
            "SELECT id, created, campaign, account, table_file, letter_file, senders, waivers_digest, sealed,"
            " purged, headers, format FROM run"
        ).fetchone()
        if any(column[1] == "people" for column in connection.execute("PRAGMA table_info(run)")):
            (people,) = connection.execute("SELECT people FROM run").fetchone()
        if row[-1] > 1:
            memory = connection.execute("SELECT format, memory_key, campaign_key, again, test FROM run").fetchone()
    run, created, campaign, account, table, letter, senders, waivers_digest, sealed, purged, headers, _format = row
    with understood(path):
        return Run(
            path=path,
            id=run,
            created=moment(created),
            campaign=campaign,
            account=account,
            table=table,
            letter=letter,
            senders=tuple(msgspec.json.decode(senders, type=list[str])),
            waivers_digest=waivers_digest,
            sealed=sealed,
            headers=tuple(msgspec.json.decode(headers, type=list[str])),
            purged=purged,
            format=memory[0],
            memory_key=memory[1],
            campaign_key=memory[2],
            again=memory[3],
            people=people,
            test=bool(memory[4]) or (memory[0] == 1 and bool(TEST_NAME.search(campaign))),
        )
