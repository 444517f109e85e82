"""How long the event loop stands still while messages with a 10 MB file are sealed in a thread, and sent.

    python tests/benchmarks/bench_stall.py [--messages 8] [--connections 4] [--megabytes 10]

Prints the longest waits of a task that wants its turn every millisecond, the same without any work for comparison,
and what the last gate takes, beside one SHA-256 of the same bytes.
"""

from __future__ import annotations

import argparse
import asyncio
import hashlib
import os
import tempfile
import time
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, TypeVar

from bench_delivery import SENDER, by_us, free_port, program

from mailmerge.accounts import account_from_preset
from mailmerge.campaign import Checked, open_campaign
from mailmerge.letter import assemble
from mailmerge.lint import Report, gate, prove
from mailmerge.model import Stamp
from mailmerge.outbox import Outbox

T = TypeVar("T")


async def watched(name: str, work: Awaitable[T]) -> T:
    """Do the work, and print how long others had to wait meanwhile."""
    waits: list[float] = []
    task = asyncio.ensure_future(work)
    last = time.perf_counter()
    while not task.done():
        await asyncio.sleep(0.001)
        now = time.perf_counter()
        waits.append(now - last)
        last = now
    longest = ", ".join(f"{1000 * wait:.0f}" for wait in sorted(waits)[-3:])
    print(f"{name:<10} {len(waits):6} turns, longest waits {longest} ms")
    return await task


def best(work: Callable[[], Any]) -> float:
    """Milliseconds, the best of five."""
    seconds = []
    for _ in range(5):
        started = time.perf_counter()
        work()
        seconds.append(time.perf_counter() - started)
    return 1000 * min(seconds)


async def measure(folder: Path, port: int, options: argparse.Namespace) -> None:
    table, letter = folder / "people.csv", folder / "letter.md"
    people = "".join(f"p{number}@boite.example;Petit{number}\n" for number in range(options.messages))
    table.write_text(f"email;nom\n{people}")
    (folder / "file.bin").write_bytes(os.urandom(int(options.megabytes * 1_000_000)))
    letter.write_text(f"Subject: Reponse\nFrom: {SENDER}\nAttachment: file.bin\n\nBonjour {{{{ nom }}}},\n")
    account = account_from_preset("rh", SENDER, host="127.0.0.1", port=port, tls="none", auth="none")
    campaign = open_campaign([table, letter]).signed_by(account)
    report = Report((), len(campaign.recipients), len(campaign.recipients))
    await watched("idle", asyncio.sleep(1))
    run = await watched("sealing", asyncio.to_thread(Checked(campaign, report).seal, account, Outbox(folder / "runs")))
    await watched("sending", by_us(run, port, options.connections))
    message = campaign.compose(campaign.recipients[0])
    sealed = assemble(message, account.sender, Stamp.fresh(datetime.now(UTC)))
    gated = best(lambda: gate(sealed, senders=[SENDER]))
    proved = best(lambda: prove(sealed, message))
    hashed = best(lambda: hashlib.sha256(sealed.content))
    print(f"the gate of {len(sealed.content):,} octets: {gated:.0f} ms, the proof at sealing {proved:.0f} ms")
    print(f"one SHA-256 of them: {hashed:.0f} ms ({gated / hashed:.1f} and {proved / hashed:.1f} times)")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--messages", type=int, default=8)
    parser.add_argument("--connections", type=int, default=4)
    parser.add_argument("--megabytes", type=float, default=10.0)
    options = parser.parse_args()
    port = free_port()
    as_nobody = ("-u", "nobody") if os.geteuid() == 0 else ()
    sink = ("/usr/sbin/smtp-sink", *as_nobody, f"127.0.0.1:{port}", "64")
    with tempfile.TemporaryDirectory() as folder, program(*sink, port=port):
        asyncio.run(measure(Path(folder), port, options))


if __name__ == "__main__":
    main()
