"""A killed sender whose log is lost, cut or changed, an older copy put back, a copy sent elsewhere: nobody gets two.

A thousand kills by hand: ``uv run python tests/delivery/kill_campaign.py 1000``.
"""

from __future__ import annotations

import asyncio
import multiprocessing
import os
import random
import tempfile
from pathlib import Path
from typing import Any

import pytest
from kill_campaign import LOSSES, Tally, break_guard, campaigns

KILLS = int(os.environ.get("MAILMERGE_KILLS", "9"))

pytestmark = pytest.mark.skipif(os.name == "nt", reason="SIGKILL is POSIX")


@pytest.mark.parametrize("loss", [LOSSES, *((loss,) for loss in LOSSES)], ids=lambda loss: "+".join(loss)[:20])
async def test_whatever_becomes_of_the_log_nobody_gets_two_and_no_state_is_wrong(
    folder: Path, loss: tuple[str, ...]
) -> None:
    seed = int(os.environ.get("MAILMERGE_SEED", "0")) or random.randrange(1 << 30)
    folder.mkdir(parents=True, exist_ok=True)
    tally = await campaigns(folder, max(1, KILLS // 3), seed, losses=loss)
    assert not tally.duplicates, f"seed {seed}: {tally.duplicates}"
    assert not tally.wrong, f"seed {seed}: {tally.wrong}"
    print(f"seed {seed}: {tally}")


# --- the campaign must catch what would be wrong --------------------------------------------------------------------

MISSED = {
    "doubt": ("deleted", "cut"),
    "line": ("cut", "flipped"),
    "mark": ("only the file elsewhere",),
    "ledger": ("older copy",),
    "elsewhere": ("older copy elsewhere",),
}


@pytest.mark.parametrize("guard", MISSED)
def test_the_campaign_catches_a_program_without_this_guard(guard: str, folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    context = multiprocessing.get_context("forkserver")  # the guard stays broken where it was broken
    told = context.SimpleQueue()
    process = context.Process(target=_without, args=(guard, str(folder), told))
    process.start()
    tally: Tally = told.get()
    process.join()
    assert tally.duplicates or tally.wrong


def _without(guard: str, folder: str, told: Any) -> None:
    break_guard(guard)
    with tempfile.TemporaryDirectory(dir=folder) as home:
        told.put(asyncio.run(campaigns(Path(home), 60, 5, losses=MISSED[guard], guard=guard)))
