"""How fast a run is sent, beside Debian's smtp-source and Python's smtplib, in one go on one machine.

    python tests/benchmarks/bench_delivery.py [--messages 600] [--round-trip 30] [--connections 4] [--size 3000]
        [--rounds 3]

Everybody talks to smtp-sink through a relay, which holds each packet back for half a round trip: to one that offers
PIPELINING at the levels ``group`` and ``full``, and to one that does not. All take turns; the medians are printed.
"""

from __future__ import annotations

import argparse
import asyncio
import hashlib
import os
import smtplib
import socket
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Awaitable, Callable, Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime
from itertools import count
from pathlib import Path
from statistics import median
from typing import Any

from mailmerge.accounts import Pipelining, account_from_preset
from mailmerge.delivery import Control, Summary, deliver
from mailmerge.model import Envelope, SealedMessage
from mailmerge.outbox import Journal, Outbox, Run, RunHeader

SENDER = "rh@atelier.example"


def message(record: int, size: int) -> SealedMessage:
    """One sealed message of roughly this size."""
    address, message_id = f"p{record}@boite.example", f"<2026-09-02-be4c.{record}@atelier.example>"
    content = (
        f"From: {SENDER}\r\nTo: {address}\r\nSubject: Reponse\r\nDate: Wed, 02 Sep 2026 10:00:00 +0000\r\n"
        f"Message-ID: {message_id}\r\nMIME-Version: 1.0\r\nContent-Type: text/plain; charset=utf-8\r\n"
        "Content-Transfer-Encoding: 7bit\r\n\r\n" + ("x" * 70 + "\r\n") * (size // 72)
    ).encode()
    envelope = Envelope(SENDER, address)
    return SealedMessage(record, f"P {record}", envelope, message_id, content, hashlib.sha256(content).hexdigest())


def free_port() -> int:
    with closing(socket.socket()) as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def program(*command: str, port: int) -> Iterator[None]:
    """A server that listens on this port while the block runs."""
    process = subprocess.Popen(command, stderr=subprocess.DEVNULL)
    try:
        while True:
            try:
                socket.create_connection(("127.0.0.1", port), 1).close()
                break
            except OSError:
                time.sleep(0.02)
        yield
    finally:
        process.kill()
        process.wait()


async def relay(listen: int, target: int, delay: float) -> None:
    """Pass bytes on after ``delay`` seconds, each way."""
    loop = asyncio.get_running_loop()

    async def pump(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        while chunk := await reader.read(1 << 16):
            loop.call_later(delay, writer.write, chunk)
        loop.call_later(delay, writer.close)

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        far_reader, far_writer = await asyncio.open_connection("127.0.0.1", target)
        for end in (writer, far_writer):
            end.get_extra_info("socket").setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        await asyncio.gather(pump(reader, far_writer), pump(far_reader, writer))

    async with await asyncio.start_server(serve, "127.0.0.1", listen) as server:
        await server.serve_forever()


def by_smtp_source(port: int, messages: int, connections: int, size: int) -> float:
    """Seconds that smtp-source takes, connections kept open."""
    started = time.perf_counter()
    subprocess.run(
        ["/usr/sbin/smtp-source", "-d", "-s", str(connections), "-m", str(messages), "-l", str(size),
         "-f", SENDER, "-t", "p@boite.example", f"127.0.0.1:{port}"],
        check=True,
    )  # fmt: skip
    return time.perf_counter() - started


def by_smtplib(port: int, messages: list[SealedMessage]) -> float:
    """Seconds that smtplib takes on one connection."""
    started = time.perf_counter()
    with smtplib.SMTP("127.0.0.1", port, local_hostname="localhost") as client:
        for sealed in messages:
            client.sendmail(sealed.envelope.reverse_path, [sealed.envelope.forward_path], sealed.content)
    return time.perf_counter() - started


class JournalClock:
    """Seconds that senders waited for the journal."""

    def __init__(self) -> None:
        self.seconds = 0.0

    def watch(self, name: str) -> None:
        real: Callable[..., Awaitable[Any]] = getattr(Journal, name)

        async def timed(journal: Journal, *arguments: Any) -> Any:
            started = time.perf_counter()
            try:
                return await real(journal, *arguments)
            finally:
                self.seconds += time.perf_counter() - started

        setattr(Journal, name, timed)


async def by_us(run: Run, port: int, connections: int, level: Pipelining) -> float:
    """Seconds that this program takes, its journal included."""
    account = account_from_preset(
        "rh", SENDER, host="127.0.0.1", port=port, tls="none", auth="none", connections=connections, pipelining=level
    )
    started = time.perf_counter()
    async for event in deliver(run, account, None, Control()):
        if isinstance(event, Summary):
            assert not event.stopped, event.stopped
    return time.perf_counter() - started


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--messages", type=int, default=600)
    parser.add_argument("--round-trip", type=float, default=30.0, help="milliseconds")
    parser.add_argument("--connections", type=int, default=4)
    parser.add_argument("--size", type=int, default=3000, help="bytes")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--relay", nargs=3, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.relay:
        asyncio.run(relay(int(options.relay[0]), int(options.relay[1]), float(options.relay[2])))
        return
    with (
        tempfile.TemporaryDirectory() as folder,
        server(options.round_trip) as offering,
        server(options.round_trip, "-p") as plain,
    ):
        report(Path(folder), offering, plain, options)


@contextmanager
def server(round_trip: float, *given: str) -> Iterator[int]:
    """smtp-sink with these options, so many milliseconds away; its port."""
    sink, port = free_port(), free_port()
    as_nobody = ("-u", "nobody") if os.geteuid() == 0 else ()
    with program("/usr/sbin/smtp-sink", *as_nobody, *given, f"127.0.0.1:{sink}", "64", port=sink):
        if not round_trip:
            yield sink
            return
        between = (sys.executable, __file__, "--relay", str(port), str(sink), str(round_trip / 2000))
        with program(*between, port=port):
            yield port


def report(folder: Path, offering: int, plain: int, options: argparse.Namespace) -> None:
    """Measure each in turn, and print the medians."""
    messages = [message(record, options.size) for record in range(1, options.messages + 1)]
    few = messages[: max(50, options.messages // 4)]
    both = options.connections
    clock = JournalClock()
    for name in ("peek", "look_ahead", "claim", "settle", "release", "due"):
        clock.watch(name)
    waited: dict[str, list[float]] = defaultdict(list)
    runs = count()

    def ours(port: int, level: Pipelining) -> float:
        run = Outbox(folder).seal(
            RunHeader(
                run=f"2026-09-02-{next(runs):04x}",
                created=datetime.now(UTC),
                campaign="bench",
                account="rh",
                senders=[SENDER],
            ),
            messages,
        )
        clock.seconds = 0.0
        seconds = asyncio.run(by_us(run, port, both, level))
        waited[level].append(clock.seconds / seconds / both)
        return options.messages / seconds

    contenders: dict[str, Callable[[], float]] = {
        "smtp-source": lambda: options.messages / by_smtp_source(offering, options.messages, both, options.size),
        "not offered": lambda: ours(plain, "off"),
        "group": lambda: ours(offering, "group"),
        "full": lambda: ours(offering, "full"),
        "smtplib, one connection": lambda: len(few) / by_smtplib(offering, few),
    }
    rates: dict[str, list[float]] = defaultdict(list)
    for _ in range(options.rounds):
        for name, measure in contenders.items():
            rates[name].append(measure())
    base = median(rates["smtp-source"])
    print(f"{options.messages} messages of {options.size} bytes, {options.round_trip:.0f} ms, {both} connections each")
    for name, taken in rates.items():
        middle = median(taken)
        print(f"{name:<24}{middle:9.1f} messages/s {middle / base:6.2f} times smtp-source   {_spread(taken)}")
    for level, shares in waited.items():
        print(f"waiting for the journal, {level:<6} {100 * median(shares):6.1f} % of the time")


def _spread(rates: list[float]) -> str:
    return f"({min(rates):.1f} to {max(rates):.1f})"


if __name__ == "__main__":
    main()
