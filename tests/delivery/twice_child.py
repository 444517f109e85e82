"""A program of its own that seals and sends a campaign, or resumes a run, the moment it is told; one order a line."""

from __future__ import annotations

import asyncio
import json
import sys
from pathlib import Path

from mailmerge.accounts import Account, account_from_preset
from mailmerge.campaign import IfWritten, open_campaign, open_outbox
from mailmerge.delivery import Control, Event, Outcome, deliver
from mailmerge.errors import MailmergeError
from mailmerge.outbox import Run


async def submit(run: Run, account: Account) -> list[Event]:
    return [event async for event in deliver(run, account, None, Control())]


def main(port: int) -> None:
    account = account_from_preset("rh", "rh@atelier.example", host="127.0.0.1", port=port, tls="none", auth="none")
    outbox = open_outbox()
    for line in sys.stdin:
        order = json.loads(line)
        checked = None
        if "run" not in order:
            checked = open_campaign([Path(order["folder"])]).signed_by(account).check()
            assert not checked.report.blocks, checked.report.blocks
        print("ready", flush=True)
        sys.stdin.readline()
        told = ""
        accepted: list[str] = []
        try:
            if checked is not None:
                run = checked.seal(account, outbox, written=IfWritten(order["written"]))
            else:
                run = outbox.open(order["run"])
            events = [] if order.get("only_seal") else asyncio.run(submit(run, account))
            accepted = [event.address for event in events if isinstance(event, Outcome) and event.state == "accepted"]
        except MailmergeError as error:
            told = f"{type(error).__name__}: {error}"
        print(json.dumps({"told": told, "accepted": accepted}), flush=True)


if __name__ == "__main__":
    main(int(sys.argv[1]))
