"""The palette of commands, in the language of whoever reads it."""

from __future__ import annotations

from textual.command import CommandList, CommandPalette

from mailmerge.i18n import _

_COUNTDOWN = 0.5
"""Seconds until Textual says that nothing was found."""


class Palette(CommandPalette):
    """Textual's own, which says in English that nothing was found."""

    def _start_no_matches_countdown(self, search_value: str) -> None:
        super()._start_no_matches_countdown(search_value)
        self.set_timer(_COUNTDOWN, self._say_no_matches)

    def _say_no_matches(self) -> None:
        found = self.query_one(CommandList)
        if found.option_count == 1 and found.get_option_at_index(0).disabled:
            found.replace_option_prompt_at_index(0, _("No matches found"))
