"""A display that was left is taken back; one that was closed is not."""

from __future__ import annotations

from io import StringIO

import pytest
from textual.app import App
from textual.drivers.headless_driver import HeadlessDriver

from mailmerge.tui.display import lasting


class Counted(HeadlessDriver):
    """A driver that counts how often it takes the terminal."""

    taken = 0
    _file = StringIO()

    def start_application_mode(self) -> None:
        self.taken += 1


@pytest.fixture
async def driver() -> Counted:
    made = lasting(Counted, lambda: None)(App[int]())
    assert isinstance(made, Counted)
    return made


async def test_a_signal_to_go_on_takes_no_terminal_that_was_not_left(driver: Counted) -> None:
    driver.resume_application_mode()
    assert driver.taken == 0


async def test_a_terminal_that_was_left_is_taken_once(driver: Counted) -> None:
    for times in (1, 2):
        driver.suspend_application_mode()
        driver.resume_application_mode()
        driver.resume_application_mode()
        assert driver.taken == times
