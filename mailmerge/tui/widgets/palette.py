"""The palette of commands, in the language of whoever reads it."""

from __future__ import annotations

from textual.command import CommandList, CommandPalette

from mailmerge.i18n import _


class Palette(CommandPalette):
    """Textual's own, which says in English that nothing was found."""

    def _start_no_matches_countdown(self, search_value: str) -> None:
        super()._start_no_matches_countdown(search_value)
        self.set_timer(self._NO_MATCHES_COUNTDOWN, self._say_no_matches)

    def _say_no_matches(self) -> None:
        found = self.query_one(CommandList)
        if found.option_count == 1 and found.get_option_at_index(0).id == self._NO_MATCHES:
            found.replace_option_prompt(self._NO_MATCHES, _("No matches found"))
