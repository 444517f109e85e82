"""How long one look into a mailbox with much in Sent takes, and what filing copies costs a sending. As root.

    python tests/benchmarks/bench_mailbox.py [--sent 10000] [--messages 400] [--rounds 5]

The sending goes to an SMTP server in a process of its own, with and without copies, in turns; the medians are printed.
"""

from __future__ import annotations

import argparse
import asyncio
import multiprocessing
import shutil
import sys
import tempfile
import time
from pathlib import Path
from statistics import median
from typing import Any

sys.path[:0] = [str(Path(__file__).parents[1] / "delivery"), str(Path(__file__).parents[1])]

from delivery_cases import seal  # noqa: E402
from mailboxes import Mailboxes, running_mailboxes  # noqa: E402
from smtp_script import CANARY, USER  # noqa: E402

from mailmerge.accounts import Account, Imap, Secret, account_from_preset  # noqa: E402
from mailmerge.delivery import Control, Summary, deliver  # noqa: E402
from mailmerge.imap import look, with_copies  # noqa: E402


def fill(mailboxes: Mailboxes, count: int) -> None:
    """So much mail of others in Sent."""
    with mailboxes.opened() as client:
        client.noop()
    cur = mailboxes.folder / "mail" / USER / ".Sent" / "cur"
    cur.mkdir(parents=True, exist_ok=True)
    for number in range(count):
        path = cur / f"{int(time.time())}.M{number}P1.host,S=400:2,S"
        path.write_text(
            f"From: {USER}\nTo: p{number}@boite.example\nSubject: n {number}\nMessage-ID: <n{number}@x.example>\n\n"
            + "x" * 300
        )
    for each in (mailboxes.folder / "mail" / USER).rglob("*"):
        shutil.chown(each, "dovecot", "dovecot")


def serve(port: Any) -> None:
    """An SMTP server that takes everything."""
    import threading

    from mailmerge.demo import LoopbackServer

    class Taker:
        async def handle_DATA(self, *_: Any) -> str:
            return "250 2.0.0 Ok"

    server = LoopbackServer(Taker())
    server.start()
    port.send(server.port)
    threading.Event().wait()


async def sent(folder: Path, account: Account, count: int, name: str) -> tuple[float, float]:
    """Seconds until the summary, and until the copies are filed."""
    run = seal(folder, count, run=name)
    control = Control()
    events: Any = deliver(run, account, Secret(CANARY), control)
    if account.imap is not None:
        events = with_copies(events, run, account, Secret(CANARY), control, lambda filed: None)
    began, until = time.perf_counter(), 0.0
    async for event in events:
        if isinstance(event, Summary):
            assert event.accepted == count, event
            until = time.perf_counter() - began
    return until, time.perf_counter() - began


def main() -> None:
    """Print the figures."""
    options = argparse.ArgumentParser()
    for name, value in (("--sent", 10_000), ("--messages", 400), ("--rounds", 5)):
        options.add_argument(name, type=int, default=value)
    given = options.parse_args()
    ours, theirs = multiprocessing.Pipe()
    server = multiprocessing.get_context("spawn").Process(target=serve, args=(theirs,), daemon=True)
    server.start()
    port = ours.recv()
    with running_mailboxes() as mailboxes, tempfile.TemporaryDirectory(dir="/dev/shm") as place:
        folder = Path(place) / "runs"
        plain = account_from_preset("rh", USER, host="127.0.0.1", port=port, tls="none", auth="none")
        imap = Imap(host="127.0.0.1", port=mailboxes.port, tls="none", password_command=f"echo {CANARY}")
        copying = account_from_preset("rh", USER, host="127.0.0.1", port=port, tls="none", auth="none", imap=imap)
        times: dict[str, list[float]] = {"without": [], "with": [], "filed": []}
        for turn in range(given.rounds):
            times["without"].append(asyncio.run(sent(folder, plain, given.messages, f"without-{turn}"))[0])
            until, whole = asyncio.run(sent(folder, copying, given.messages, f"with-{turn}"))
            times["with"].append(until)
            times["filed"].append(whole)
        without, behind = median(times["without"]), median(times["with"])
        print(
            f"sending {given.messages}: {without:.2f} s without copies, {behind:.2f} s with ({behind / without:.3f});"
        )
        print(f"  every copy filed after {median(times['filed']):.2f} s")
        fill(mailboxes, given.sent)
        from mailmerge.outbox import Outbox

        run = Outbox(folder).open("with-0")
        for _ in range(2):
            began, cpu = time.perf_counter(), time.process_time()
            look(run, copying, None)
            print(
                f"one look with {given.sent} in Sent: {time.perf_counter() - began:.2f} s,"
                f" {time.process_time() - cpu:.2f} s of CPU"
            )
    server.kill()


if __name__ == "__main__":
    main()
