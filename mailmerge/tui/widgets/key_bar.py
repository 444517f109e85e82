"""The footer: the few keys that matter here, as they are bound now."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from textual import on
from textual.binding import Binding
from textual.content import Content
from textual.screen import Screen

from mailmerge.i18n import _
from mailmerge.tui.content.safe_content import line
from mailmerge.tui.content.theme import KEY, MUTED
from mailmerge.tui.widgets.bars import BarEntry, ChoiceBar

_HELP_WHILE_TYPING = "f1"
"""Where one types, a question mark is only typed."""
_HELP_KEYS = ("question_mark", _HELP_WHILE_TYPING)
"""The key that tells all others stays to the last."""


def is_offered(screen: Screen[Any], identifier: str) -> bool:
    """Whether the footer and the help name a key: a page's ``offers`` says so, where it has one."""
    offers = getattr(screen, "offers", None)
    return offers is None or bool(offers(identifier))


class KeyBar(ChoiceBar):
    """Six keys, not twenty; the rest is in the help and in the palette."""

    GAP = Content("   ")
    DEFAULT_CSS = """
    KeyBar { dock: bottom; background: $footer-background; color: $footer-description-foreground; }
    """

    def __init__(self, keys: Sequence[tuple[str, str]], *, id: str | None = None) -> None:  # noqa: A002
        """``keys`` are bindings by id, each with one word; a pane with ``KEYS`` of its own shows those instead."""
        super().__init__(id=id)
        self._keys = keys
        self._renamed: dict[str, str] = {}

    def on_mount(self) -> None:
        """Follow the focus: other panes bind other keys."""
        self.screen.bindings_updated_signal.subscribe(self, lambda _screen: self.show_keys())

    def rename(self, identifier: str, label: str) -> None:
        """Call the key of a binding something else for now; ``""`` calls it what it was."""
        before = dict(self._renamed)
        self._renamed.pop(identifier, None)
        if label:
            self._renamed[identifier] = label
        if before != self._renamed:
            self.show_keys()

    def show_keys(self) -> None:
        """Show the keys that are bound now; none while a question above has them all."""
        if self.screen is not self.app.screen:
            self.show_entries(())
            self.say_right()
            return
        bound: dict[str | None, Binding] = {}
        for active in self.screen.active_bindings.values():
            if active.binding.key != _HELP_WHILE_TYPING or active.binding.id not in bound:
                bound[active.binding.id] = active.binding
        entries = []
        for identifier, name in self._of_pane() or self._keys:
            label = self._renamed.get(identifier, name)
            binding = bound.get(identifier)
            if binding is None or not is_offered(self.screen, identifier):
                continue
            key = self.app.get_key_display(binding)
            entries.append(BarEntry(binding.key, line((key, KEY), " ", _(label)), _(binding.tooltip)))
        while len(entries) > 1 and self.GAP.join(each.content for each in entries).cell_length > self._room:
            entries.pop(-2 if entries[-1].key in _HELP_KEYS else -1)
        self.show_entries(entries)
        self.say_right(("^p ", KEY), (_("palette"), MUTED))

    def _of_pane(self) -> Sequence[tuple[str, str]]:
        focused = self.screen.focused
        return getattr(focused, "KEYS", ()) if focused is not None else ()

    @property
    def _room(self) -> int:
        return self.content_size.width or self.app.size.width

    def on_resize(self) -> None:
        """Another width has room for other keys."""
        self.show_keys()

    @on(ChoiceBar.Chosen)
    def key_chosen(self, event: ChoiceBar.Chosen) -> None:
        """A key was clicked: press it."""
        event.stop()
        self.app.simulate_key(event.key)
