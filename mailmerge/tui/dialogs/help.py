"""Keys and marks of the screen one came from."""

from __future__ import annotations

from typing import Any, ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.screen import ModalScreen, Screen
from textual.widgets import Static

from mailmerge.i18n import N_, _
from mailmerge.tui.content.safe_content import line, lines
from mailmerge.tui.content.theme import KEY, QUIET, STRONG


class HelpScreen(ModalScreen[None]):
    """What the focused pane is for, and every key that does something here."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,q,question_mark,f1", "dismiss", N_("Close"), id="help.close", tooltip=N_("Back to work")),
        Binding("j,down", "scroll(1)", N_("Down"), show=False, id="help.down", tooltip=N_("Scroll down")),
        Binding("k,up", "scroll(-1)", N_("Up"), show=False, id="help.up", tooltip=N_("Scroll up")),
    ]

    def __init__(self, text: str, keys: list[tuple[str, str, str]]) -> None:
        super().__init__()
        self._text = text
        self._keys = keys

    @classmethod
    def of(cls, screen: Screen[Any]) -> HelpScreen:
        """The help of a screen, for the pane that has the focus; the keys that the footer names come first."""
        nodes = screen.focused.ancestors_with_self if screen.focused else [screen]
        text = next((node.HELP for node in nodes if node.HELP), "")
        footer = [identifier for identifier, _label in getattr(screen, "keys", ())]
        bindings = [active.binding for active in screen.active_bindings.values()]
        bindings.sort(key=lambda each: footer.index(each.id) if each.id in footer else len(footer))
        keys: dict[str, tuple[list[str], str, str]] = {}
        for binding in bindings:
            if binding.description and binding.tooltip and not binding.system:
                entry = keys.setdefault(binding.action, ([], binding.description, binding.tooltip))
                key = screen.app.get_key_display(Binding(binding.key, binding.action))
                if key not in entry[0]:
                    entry[0].append(key)
        shown = [(" ".join(found), _(title), _(tooltip)) for found, title, tooltip in keys.values()]
        return cls(_(text), shown)

    def compose(self) -> ComposeResult:
        """The text, then the keys."""
        width = max((len(keys) for keys, _title, _tip in self._keys), default=0) + 3
        titles = max((len(title) for _keys, title, _tip in self._keys), default=0) + 3
        rows = [line((f"{k:>{width - 3}}   ", KEY), f"{t:<{titles}}", (tip, QUIET)) for k, t, tip in self._keys]
        with VerticalScroll(id="help", classes="box"):
            if self._text:
                title, _end, text = self._text.strip().partition("\n")
                yield Static(lines((title, STRONG), "\n", text))
            yield Static(line((_("Keys"), STRONG)), classes="explanation")
            yield Static(Content("\n").join(rows))

    def action_scroll(self, step: int) -> None:
        """Scroll by a line."""
        self.query_one("#help").scroll_relative(y=step, animate=False)
