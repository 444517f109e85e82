"""The line in which the number of messages is typed."""

from __future__ import annotations

from textual import events
from textual.widgets import Input


class CountInput(Input):
    """Takes digits; every other key stays a key."""

    def on_key(self, event: events.Key) -> None:
        """Let a key that is no digit go on to the screen, and keep it out of the number."""
        if event.is_printable and not (event.character or "").isdigit():
            event.prevent_default()

    def check_consume_key(self, key: str, character: str | None) -> bool:
        """Only digits are typed here."""
        return character is not None and character.isdigit()
