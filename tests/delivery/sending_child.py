"""A program of its own that sends a run, and dies by SIGKILL where it is told: ``sending_child.py ORDERS.json``."""

from __future__ import annotations

import asyncio
import json
import os
import signal
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Any


def die() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def die_at(point: str, count: int) -> None:
    """Arrange for SIGKILL around the ``count``-th call of one step: ``before claim``, ``after settle``, ``body``..."""
    from mailmerge.delivery.smtp.channel import Channel
    from mailmerge.outbox import Journal

    left = [count]

    def due() -> bool:
        left[0] -= 1
        return left[0] == 0

    when, _, step = point.partition(" ")
    if when in ("before", "after"):
        real = getattr(Journal, step)

        async def wrapped(self: Journal, *arguments: Any) -> Any:
            mine = due()
            if mine and when == "before":
                die()
            result = await real(self, *arguments)
            if mine:
                die()
            return result

        setattr(Journal, step, wrapped)
    elif point == "body":  # 354 was read, nothing of the message written
        real_body = Channel.body

        async def body(self: Channel, *arguments: Any) -> Any:
            if due():
                die()
            return await real_body(self, *arguments)

        Channel.body = body  # type: ignore[method-assign]
    elif point == "middle":  # some of a large message is with the server
        real_write = Channel._write

        async def write(self: Channel, pieces: Iterable[bytes], behind: tuple[bytes, ...]) -> None:
            if due():
                self._pipeline.write(next(iter(pieces)))
                await asyncio.sleep(0.05)
                die()
            await real_write(self, pieces, behind)

        Channel._write = write  # type: ignore[method-assign]
    elif point == "sent":  # the end is handed over, the verdict not yet read
        real_end = Channel._write_end

        def write_end(self: Channel, piece: bytes, behind: tuple[bytes, ...]) -> None:
            real_end(self, piece, behind)
            if due():
                die()

        Channel._write_end = write_end  # type: ignore[method-assign]


async def main(orders: dict[str, Any]) -> None:
    from mailmerge.accounts import Secret, account_from_preset
    from mailmerge.delivery import Control, Timeouts, deliver
    from mailmerge.outbox import Outbox

    if orders.get("point"):
        die_at(orders["point"], orders["count"])
    account = account_from_preset("rh", "rh@atelier.example", host="127.0.0.1", port=orders["port"], tls="none",
                     connections=orders.get("connections", 1), pipelining=orders.get("level", ""))  # fmt: skip
    run = Outbox(Path(orders["folder"])).open(orders["run"])
    timeouts = Timeouts(connect=10, command=10, dot=10)
    async for event in deliver(run, account, Secret(orders["secret"]), Control(), timeouts=timeouts):
        print(json.dumps(repr(event)), flush=True)


if __name__ == "__main__":
    asyncio.run(main(json.loads(sys.argv[1])))
