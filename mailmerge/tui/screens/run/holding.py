"""The time before the first message, in which one key calls a sending off and nothing has left."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

from mailmerge.errors import InputError
from mailmerge.i18n import plural
from mailmerge.settings.preferences import Preferences
from mailmerge.tui.content.safe_content import styled
from mailmerge.tui.content.theme import KEY
from mailmerge.tui.page import Page


class Holding:
    """Holds one sending after another."""

    def __init__(self, page: Page, show: Callable[[], None]) -> None:
        """``show`` shows the message under the cursor, and with it what can be done now."""
        self._page = page
        self._show = show
        self._called_off: asyncio.Event | None = None

    @property
    def active(self) -> bool:
        """Whether a sending is held right now."""
        return self._called_off is not None

    @property
    def seconds(self) -> int:
        """How long one is held: as ``config.toml`` says."""
        try:
            return self._page.program.environment.preferences.hold_seconds
        except InputError as error:
            self._page.complain(str(error))
            return Preferences().hold_seconds

    def call_off(self) -> None:
        """Send nothing after all."""
        if self._called_off is not None:
            self._called_off.set()

    async def over(self) -> bool:
        """Count down; False where it was called off."""
        seconds = self.seconds
        if not seconds:
            return True
        self._called_off = asyncio.Event()
        self._page.refresh_bindings()
        self._page.call_later(self._show)
        try:
            for left in range(seconds, 0, -1):
                said = plural(
                    left,
                    "The first message leaves in {count} second. {key} calls it off: nothing has left yet.",
                    "The first message leaves in {count} seconds. {key} calls it off: nothing has left yet.",
                    key="{key}",
                )
                self._page.tell(*styled(said, key=("x", KEY)))
                try:
                    await asyncio.wait_for(self._called_off.wait(), 1)
                except TimeoutError:
                    continue
                return False
            self._page.tell()
            return True
        finally:
            self._called_off = None
            self._page.refresh_bindings()
            self._page.call_later(self._show)
