"""How much memory the sender of many messages takes: ``python tests/benchmarks/bench_memory.py [MESSAGES]``.

Seals them, then sends them from a process of its own to a server that takes everything; nothing is asserted.
"""

from __future__ import annotations

import asyncio
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

TESTS = Path(__file__).parents[1]
sys.path[:0] = [str(TESTS / "core"), str(TESTS / "delivery"), str(TESTS)]


def peak() -> float:
    """The most memory that this process has had, in MB."""
    status = Path("/proc/self/status").read_text(encoding="ascii")
    return int(status.partition("VmHWM:")[2].split()[0]) / 1024


async def take(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    """Speak just enough SMTP."""
    writer.write(b"220 sink\r\n")
    while line := await reader.readline():
        verb = line[:4].upper()
        if verb == b"EHLO":
            writer.write(b"250-sink\r\n250-PIPELINING\r\n250 SIZE 100000000\r\n")
        elif verb == b"DATA":
            writer.write(b"354 go on\r\n")
            while (await reader.readline()) != b".\r\n":
                pass
            writer.write(b"250 2.0.0 Ok\r\n")
        elif verb == b"QUIT":
            writer.write(b"221 bye\r\n")
            break
        else:
            writer.write(b"250 2.0.0 Ok\r\n")
    writer.close()


async def send(folder: str, port: int) -> None:
    """The sender."""
    from mailmerge.accounts import account_from_preset
    from mailmerge.delivery import Control, Outcome, Summary, deliver
    from mailmerge.outbox import Outbox

    account = account_from_preset(
        "rh", "rh@atelier.example", host="127.0.0.1", port=port, tls="none", auth="none", connections=4
    )
    print(f"before: {peak():.0f} MB", flush=True)
    done, start = 0, time.perf_counter()
    async for event in deliver(Outbox(Path(folder)).open("2026-09-02-7f3a"), account, None, Control()):
        done += isinstance(event, Outcome)
        if done == 1 or done % 20_000 == 0:
            print(f"{done} sent: {peak():.0f} MB, {done / (time.perf_counter() - start):.0f} a second", flush=True)
        if isinstance(event, Summary):
            print(f"end: {event.accepted} accepted, {peak():.0f} MB at the most", flush=True)


async def main(messages: int) -> None:
    """Seal, serve, and start the sender."""
    from outbox_cases import message, sealed_run

    with tempfile.TemporaryDirectory() as folder:
        run = sealed_run(Path(folder) / "runs", (message(record) for record in range(1, messages + 1)))
        server = await asyncio.start_server(take, "127.0.0.1", 0)
        port = server.sockets[0].getsockname()[1]
        command = [sys.executable, __file__, "--send", str(run.path.parent), str(port)]
        await asyncio.to_thread(subprocess.run, command, check=True, env=os.environ)
        server.close()


if __name__ == "__main__":
    if sys.argv[1:2] == ["--send"]:
        asyncio.run(send(sys.argv[2], int(sys.argv[3])))
    else:
        asyncio.run(main(int(sys.argv[1]) if len(sys.argv) > 1 else 100_000))
