"""On a full or read-only disk the screens say so in a line, keep what was sent and typed, and go on once they can.

Real mounts: root, who runs these tests where they are built, is stopped by no permission.
"""

from __future__ import annotations

import subprocess
from collections.abc import Iterator
from itertools import product
from pathlib import Path
from typing import Any

import pytest
from full_disk import fill
from test_tui_run import opened, sealed
from textual.widgets import Input
from tui_cases import OpenApp, campaign_screen, until, words_on

pytestmark = pytest.mark.privileged


def mounted(folder: Path, *arguments: str) -> None:
    """Mount something, or leave the test out where that is not permitted."""
    if subprocess.run(["mount", *arguments, folder], capture_output=True, check=False).returncode:
        pytest.skip("only root can mount a file system")


@pytest.fixture
def small_disk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A home on a file system of 16 MB."""
    home = tmp_path / "home on a small disk"
    home.mkdir()
    mounted(home, "-t", "tmpfs", "-o", "size=16m", "tmpfs")
    monkeypatch.setenv("MAILMERGE_HOME", str(home))
    yield home
    subprocess.run(["umount", "-l", home], check=True)


def many(table: Path) -> None:
    """A table of four hundred people: more than the log of a journal holds without growing."""
    parts = product("BDFGKLMNPR", "aeiou", "BCDFGLMNPR", ("art", "our"))
    pairs = [(f"{one}{vowel}lia", f"{other}{vowel}{end}") for one, vowel, other, end in parts][:400]
    rows = [f"Madame;{one};{other};{one}.{other}@mail.example;Graphiste;Albi" for one, other in pairs]
    table.write_text("\n".join([table.read_text("cp1252").splitlines()[0], *rows]), encoding="cp1252")


@pytest.mark.parametrize("at", [1, 30])
async def test_a_disk_that_fills_up_during_a_sending_stops_it_in_words_and_nobody_gets_two(
    files: list[Path], open_app: OpenApp, smtp_server: Any, small_disk: Path, at: int
) -> None:
    many(files[0])
    run = sealed(files, smtp_server.port)

    def filling(message: Any) -> str:
        if len(smtp_server.accepted) + 1 >= at:
            fill(small_disk)
        return "250 2.0.0 Ok"

    smtp_server.reply = filling
    async with open_app() as pilot:
        screen = await opened(pilot, run, send=True)
        await until(pilot, lambda: not screen.sending and screen.tally.summary)
        await until(pilot, lambda: "no space left on device; free some space and try again" in words_on(pilot))
        sent = len(smtp_server.accepted)
        assert at <= sent < 400
        assert f"Of 400 messages: {sent} accepted, {400 - sent} pending." in words_on(pilot)
        (small_disk / "other").unlink()
        smtp_server.reply = lambda message: "250 2.0.0 Ok"
        await pilot.press("c")
        await until(pilot, lambda: pilot.app.screen.query(Input))
        await pilot.press(*str(400 - sent), "enter")
        await until(pilot, lambda: "All 400 messages were accepted." in words_on(pilot))
    assert len({message.forward_paths[0] for message in smtp_server.accepted}) == len(smtp_server.accepted) == 400


DECISIONS = {"somebody left out": ("X", "already phoned"), "a finding waived": ("W", "one mailbox for both, by phone")}


@pytest.mark.parametrize("saved", [False, True], ids=["not saved before", "saved before"])
@pytest.mark.parametrize(("key", "reason"), DECISIONS.values(), ids=DECISIONS)
async def test_a_decision_that_cannot_be_written_is_said_and_not_taken(
    files: list[Path], open_app: OpenApp, key: str, reason: str, saved: bool
) -> None:
    table = files[0].read_text("cp1252").replace("hugo.petit@free.example", "maelys.roux@orange.example")
    files[0].write_text(table, encoding="cp1252")
    folder = files[0].parent
    if saved:
        (folder / "campaign.toml").write_text(f'recipients = "{files[0].name}"\ntemplate = "{files[1].name}"\n')
    mounted(folder, "--bind", str(folder))
    mounted(folder, "-o", "remount,bind,ro")
    try:
        async with open_app(*([folder / "campaign.toml"] if saved else files)) as pilot:
            session = campaign_screen(pilot).session
            await pilot.press("3", key)
            await until(pilot, lambda: pilot.app.screen.query(Input))
            await pilot.press(*reason, "enter")
            if key == "W":
                await pilot.pause()
                await pilot.press(*"C. Martin", "enter")
            await until(pilot, lambda: "cannot write the campaign" in words_on(pilot))
            assert len(session.campaign.recipients) == 5
            assert [finding.rule for finding in session.review.report.blocks] == ["LST108"]
            await pilot.press(key)
            await until(pilot, lambda: pilot.app.screen.query(Input))
            kept = [field.value for field in pilot.app.screen.query(Input)]
            assert kept == ([reason, "C. Martin"] if key == "W" else [reason])
    finally:
        subprocess.run(["umount", "-l", folder], check=True)
