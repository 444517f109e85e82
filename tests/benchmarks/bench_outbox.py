"""How fast the outbox is. By hand: ``python tests/benchmarks/bench_outbox.py [FOLDER]``; FOLDER's disk is what counts.

Prints seconds, rates, sizes and the peak memory; nothing is asserted.
"""

from __future__ import annotations

import asyncio
import datetime
import os
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "core"))

from outbox_cases import message, sealed_run

from mailmerge.model import State
from mailmerge.outbox import Outbox, Run, purge

FEW, MANY = 10_000, 100_000


@contextmanager
def timed(what: str, count: int = 0) -> Iterator[None]:
    start = time.perf_counter()
    yield
    seconds = time.perf_counter() - start
    rate = f"  {count / seconds:10,.0f}/s" if count else ""
    print(f"{what:58} {seconds:8.3f} s{rate}   peak {peak_megabytes():5.0f} MB", flush=True)


def peak_megabytes() -> float:
    """Of this process so far."""
    import resource

    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


async def send(run: Run, connections: int, *, limit: int | None = None) -> None:
    """Claim and settle, from so many tasks at once."""
    with run.sending() as journal:
        records = iter(await journal.due(limit))

        async def work() -> None:
            for record in records:
                sealed = await journal.claim(record)
                await journal.settle(sealed.record, State.ACCEPTED, "250 2.0.0 Ok: queued as 4F2A1C0B7D")

        await asyncio.gather(*(work() for _ in range(connections)))


def main() -> None:
    with tempfile.TemporaryDirectory(dir=sys.argv[1] if len(sys.argv) > 1 else None) as name:
        folder = Path(name)
        shared = os.urandom(1 << 20)
        with timed(f"seal {FEW} messages of 4 KB", FEW):
            plain = sealed_run(folder / "plain", (message(n, padding=3600) for n in range(1, FEW + 1)))
        print(f"{'':58} {plain.path.stat().st_size / 1e6:8.1f} MB on disk")
        with timed(f"put {FEW} messages with 1 MB together and hash them", FEW):
            for n in range(FEW):
                message(n, attachment=shared, padding=3600)
        with timed(f"the same, and seal {FEW} with one shared 1 MB", FEW):
            heavy = sealed_run(
                folder / "heavy", (message(n, attachment=shared, padding=3600) for n in range(1, FEW + 1))
            )
        print(f"{'':58} {heavy.path.stat().st_size / 1e6:8.1f} MB on disk")
        with timed("claim and settle, 8 at once, with 1 MB", 500):
            asyncio.run(send(heavy, 8, limit=500))
        with timed("claim and settle, one after another", 2000):
            asyncio.run(send(plain, 1, limit=2000))
        with timed("claim and settle, 8 at once", 8000):
            asyncio.run(send(plain, 8))
        with timed(f"seal {MANY} messages of 0.5 KB", MANY):
            large = sealed_run(folder / "large", (message(n) for n in range(1, MANY + 1)))
        with timed(f"send {MANY}, 8 at once", MANY):
            asyncio.run(send(large, 8))
        with timed(f"open a finished run of {MANY} and count"):
            large = Outbox(folder / "large").open(large.id)
            large.counts()
        with timed("count its states"):
            large.counts()
        with timed("list its messages"):
            assert sum(1 for _ in large.messages()) == MANY
        with timed("one history"):
            assert len(large.history(77_777)) == 2
        with timed("be its sender again: verify its root digest, lock"), large.sending():
            pass
        with timed(f"export {FEW} .eml files", FEW):
            plain.export(folder / "out")
        with timed("purge it"):
            purge(large, datetime.timedelta(0))


if __name__ == "__main__":
    main()
