"""Kill a sender, do something to the log that it left, and go on: nobody gets two, and no state says what is not so.

By hand, a thousand kills: ``uv run python tests/delivery/kill_campaign.py 1000 [SEED]``.
"""

from __future__ import annotations

import asyncio
import multiprocessing
import random
import shutil
import sys
import tempfile
import time
from collections import Counter
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

if __name__ == "__main__":
    sys.path[:0] = [str(Path(__file__).parent), str(Path(__file__).parents[1])]

import sending_child
from delivery_cases import LEVELS, account_for, seal, send, states
from smtp_script import CANARY, ScriptedServer

from mailmerge.errors import BegunElsewhere, MailmergeError
from mailmerge.model import State
from mailmerge.outbox import Outbox, Run

PEOPLE = 12
LOSSES = (
    "kept",
    "deleted",
    "cut",
    "flipped",
    "older copy",
    "only the file elsewhere",
    "both files elsewhere",
    "older copy elsewhere",
)
"""What becomes of the log of a killed sender, or of the run."""
GUARDS = ("doubt", "line", "mark", "ledger", "elsewhere")
"""What can be broken to see that it is missed."""


@dataclass
class Tally:
    """What a number of campaigns came to."""

    kills: int = 0
    losses: Counter[str] = field(default_factory=Counter)
    unknown: int = 0
    duplicates: list[str] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)

    def __str__(self) -> str:
        return (
            f"{self.kills} kills ({', '.join(f'{count} {loss}' for loss, count in self.losses.most_common())}):"
            f" {len(self.duplicates)} duplicates, {len(self.wrong)} wrong states; {self.unknown} ended as unknown"
        )


def break_guard(guard: str) -> None:
    """Take one guard out of this process."""
    from mailmerge.outbox import continuity, deciding, ledger, run, sending
    from mailmerge.outbox.comparison import earlier

    if guard == "doubt":
        for module in (continuity, deciding, earlier, run):
            module.doubt_about = lambda *_: None  # type: ignore[attr-defined]
    elif guard == "line":
        ledger.Ledger.line = lambda *_: 0  # type: ignore[method-assign]
    elif guard == "mark":
        real = continuity.sendings_of
        continuity.sendings_of = lambda connection: dict.fromkeys(real(connection), True)
    elif guard == "ledger":
        ledger.Ledger.entry = lambda *_: None  # type: ignore[method-assign]
    elif guard == "elsewhere":
        sending.last_place = lambda *_: None  # type: ignore[attr-defined]


def sender(orders: dict[str, Any], guard: str) -> None:
    """The process that is killed."""
    break_guard(guard)
    sys.stdout = open("/dev/null", "w")  # noqa: SIM115, PTH123
    with suppress(MailmergeError):
        asyncio.run(sending_child.main(orders))


def process_context() -> Any:
    """Where senders come from: forked from a process that has everything imported and no loop running."""
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["kill_campaign", "mailmerge.delivery", "aiosmtplib"])
    return context


class Campaign:
    """One run that is killed again and again until it is through."""

    def __init__(self, folder: Path, dice: random.Random, tally: Tally, *, losses: tuple[str, ...], guard: str = ""):
        self.folder, self.dice, self.tally, self.losses, self.guard = folder, dice, tally, losses, guard
        self.context = process_context()
        self.run = seal(folder / "runs", PEOPLE)
        self.log = self.run.path.with_name(f"{self.run.path.name}-wal")
        self.backup = folder / "backup"

    async def through(self, rounds: int = 8) -> None:
        """Send, kill, lose, until nothing is left or it was enough; then to the end."""
        async with ScriptedServer(delay=0.001) as server:
            self.server = server
            for _ in range(rounds):
                shutil.copy(self.run.path, self.backup)
                killed = await self._killed()
                loss = self.dice.choice(self.losses)
                if killed:
                    self.tally.kills += 1
                    self.tally.losses[loss] += 1
                await self._lose(loss)
                self._check(self.run, f"after a kill, {loss}, as it is read")
                self.run.recover()
                self._check(self.run, f"after a kill, {loss}, recovered")
                counts = self.run.counts()
                if not counts[State.PENDING] + counts[State.DEFERRED]:
                    break
            await send(self.run, account_for(server))
            self._check(self.run, "at the end")
            self.tally.unknown += self.run.counts()[State.UNKNOWN]
            self.tally.duplicates += [address for address, copies in server.copies.items() if copies > 1]

    async def _killed(self) -> bool:
        server, dice = self.server, self.dice
        orders = {
            "port": server.port, "folder": str(self.run.path.parent), "run": self.run.id, "secret": CANARY,
            "connections": dice.choice((1, 1, 3)), "level": dice.choice(LEVELS),
        }  # fmt: skip
        process = self.context.Process(target=sender, args=(orders, self.guard))
        server.seen.clear()
        stage, count = dice.choice(("MAIL", "RCPT", "DATA", "dot", "connect", "QUIT")), dice.randint(1, 5)
        delay = dice.choice((0.0, 0.0, dice.random() * 0.004))
        loop = asyncio.get_running_loop()

        def on_command(seen: str, times: int) -> None:
            if (seen, times) == (stage, count):
                loop.call_later(delay, lambda: process.pid and process.kill())

        server.on_command = on_command
        await asyncio.to_thread(process.start)
        await asyncio.to_thread(process.join)
        while server.connections:
            await asyncio.sleep(0.002)
        return bool(process.exitcode)

    async def _lose(self, loss: str) -> None:
        if loss == "older copy":
            for path in (self.log, self.log.with_name(self.log.name.replace("-wal", "-shm"))):
                path.unlink(missing_ok=True)
            shutil.copy(self.backup, self.run.path)
        elif loss.endswith("elsewhere"):
            await self._elsewhere(self.backup if loss.startswith("older") else self.run.path, loss)
        elif loss != "kept" and self.log.exists() and (size := self.log.stat().st_size):
            self.log.with_name(self.log.name.replace("-wal", "-shm")).unlink(missing_ok=True)
            if loss == "deleted":
                self.log.unlink()
            elif loss == "cut":
                with self.log.open("rb+") as file:
                    file.truncate(self.dice.randrange(size))
            else:
                content = bytearray(self.log.read_bytes())
                content[self.dice.randrange(size)] ^= 1 << self.dice.randrange(8)
                self.log.write_bytes(content)

    async def _elsewhere(self, file: Path, loss: str) -> None:
        """The run in another home: looked at, sent, and, if its sending had begun, sent after it was taken over."""
        with tempfile.TemporaryDirectory(dir=self.folder) as home:
            there = Path(home) / "runs"
            there.mkdir()
            begun = file is self.run.path and self.log.exists() and self.log.stat().st_size > 0
            shutil.copy(file, there / self.run.path.name)
            if loss.startswith("both") and self.log.exists():
                shutil.copy(self.log, there)
            copy = Outbox(there).open(self.run.id)
            if file is self.run.path:  # an older copy cannot know
                self._check(copy, "elsewhere, as it is read")
            with suppress(BegunElsewhere):
                await send(copy, account_for(self.server))
            if begun:
                copy.take_over(by="C. Martin")
                await send(copy, account_for(self.server))
            self._check(self.run, "here, after it was tried elsewhere")

    def _check(self, run: Run, when: str) -> None:
        for record, state in states(run).items():
            copies = self.server.copies[f"personne{record}@boite.example"]
            if copies not in {State.ACCEPTED: (1,), State.UNKNOWN: (0, 1), State.SUBMITTING: (0, 1)}.get(state, (0,)):
                self.tally.wrong.append(f"{when}: record {record} is {state}, and the server has {copies} copies")
        if sum(run.counts().values()) != PEOPLE:
            self.tally.wrong.append(f"{when}: the states do not add up")


async def campaigns(
    folder: Path, kills: int, seed: int, *, losses: tuple[str, ...] = LOSSES, guard: str = "", most: int = 0
) -> Tally:
    """So many kills, or as many campaigns as are allowed at ``most``; it ends at the first thing that is wrong."""
    tally, dice, number = Tally(), random.Random(seed), 0
    while tally.kills < kills and not (most and number >= most):
        number += 1
        with tempfile.TemporaryDirectory(dir=folder) as home:
            await Campaign(Path(home), dice, tally, losses=losses, guard=guard).through()
        if tally.duplicates or tally.wrong:
            break
    return tally


def main(kills: int, seed: int) -> None:
    """Run and tell."""
    began = time.monotonic()
    memory = Path("/dev/shm")
    with tempfile.TemporaryDirectory(dir=memory if memory.is_dir() else None) as folder:
        tally = asyncio.run(campaigns(Path(folder), kills, seed))
    print(f"seed {seed}, {time.monotonic() - began:.0f} s: {tally}")
    for line in (*tally.duplicates, *tally.wrong):
        print(line)
    raise SystemExit(bool(tally.duplicates or tally.wrong))


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else random.randrange(1 << 30))
