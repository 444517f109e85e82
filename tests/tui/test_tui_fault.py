"""A fault of the program on screen: one line without anybody's data, and the terminal is whole."""

from __future__ import annotations

import contextlib
import io
from pathlib import Path

import pytest
from tui_cases import OpenApp

from mailmerge.tui.app import MailmergeApp

CANARY = "secret-being-typed"


async def test_a_fault_prints_no_local_variable(
    home: Path, files: list[Path], open_app: OpenApp, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(self: MailmergeApp) -> None:
        password = CANARY
        raise ZeroDivisionError(password)

    monkeypatch.setattr(MailmergeApp, "action_next_theme", broken)
    printed = io.StringIO()
    with contextlib.redirect_stderr(printed), pytest.raises(ZeroDivisionError):  # noqa: PT012  (raised again for the test)
        async with open_app(*files) as pilot:
            await pilot.press("ctrl+t")
            await pilot.pause()
    app = pilot.app
    assert isinstance(app, MailmergeApp)
    log = home / "state" / "fault.log"
    assert app.fault == f"an internal error (ZeroDivisionError); please report it with the file {log}"
    assert not app._exit_renderables, "Textual has a traceback to print"
    assert CANARY not in printed.getvalue() + log.read_text()
