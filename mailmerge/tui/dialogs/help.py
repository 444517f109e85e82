"""Keys and marks of the screen one came from."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, ClassVar, NamedTuple

from rich.cells import cell_len
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Container, VerticalScroll
from textual.screen import ModalScreen, Screen
from textual.widgets import Static

from mailmerge.i18n import N_, _
from mailmerge.text.regex import regex
from mailmerge.tui.content.safe_content import fit, line, lines
from mailmerge.tui.content.theme import KEY, MUTED, STRONG
from mailmerge.tui.widgets.breakpoints import HORIZONTAL
from mailmerge.tui.widgets.key_bar import is_offered

MOVING = frozenset(
    f"{list_}.{way}"
    for list_ in ("rows", "paper", "settings", "preview")
    for way in ("down", "up", "pagedown", "pageup", "first", "last", "top", "end", "left", "right")
)
"""The keys by which one moves in any list or text: known, so told last."""
_HERE = N_("What matters here")
_MOVE = N_("Move")


class KeyHelp(NamedTuple):
    """One line of the list."""

    keys: str
    title: str
    tooltip: str


class HelpScreen(ModalScreen[None]):
    """What the focused pane is for, and every key that does something here."""

    HORIZONTAL_BREAKPOINTS = HORIZONTAL
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,q,question_mark,f1", "dismiss", N_("Close"), id="help.close", tooltip=N_("Back to work")),
        Binding("j,down", "scroll(1)", N_("Down"), show=False, id="help.down", tooltip=N_("Scroll down")),
        Binding("k,up", "scroll(-1)", N_("Up"), show=False, id="help.up", tooltip=N_("Scroll up")),
    ]

    def __init__(self, text: str, groups: Mapping[str, Sequence[KeyHelp]]) -> None:
        """``groups`` are the keys by what one wants to do."""
        super().__init__()
        self._text = text
        self._groups = groups

    @classmethod
    def of(cls, screen: Screen[Any]) -> HelpScreen:
        """The help of a screen, for the pane that has the focus; its keys first, those for moving last."""
        nodes = screen.focused.ancestors_with_self if screen.focused else [screen]
        text = next((node.HELP for node in nodes if node.HELP), "")
        keys: dict[str, tuple[list[str], Binding]] = {}
        for active in screen.active_bindings.values():
            binding = active.binding
            is_shown = binding.id and binding.description and binding.tooltip and not binding.system
            if is_shown and is_offered(screen, binding.id or ""):
                entry = keys.setdefault(binding.action, ([], binding))
                key = screen.app.get_key_display(Binding(binding.key, binding.action))
                if key not in entry[0]:
                    entry[0].append(key)
        footer = [
            identifier for identifier, _label in getattr(screen.focused, "KEYS", ()) or getattr(screen, "keys", ())
        ]
        groups: dict[str, list[KeyHelp]] = {_HERE: [], **{title: [] for title in _titles(keys.values())}, _MOVE: []}
        listed = sorted(
            keys.values(), key=lambda each: footer.index(each[1].id) if each[1].id in footer else len(footer)
        )
        for found, binding in listed:
            title = _MOVE if binding.id in MOVING else _HERE
            if binding.id in footer and title is not _MOVE:
                title = _HERE
            elif binding.group is not None:
                title = binding.group.description
            groups[title].append(KeyHelp(" ".join(found), _(binding.description), _(binding.tooltip)))
        return cls(_(text), {title: entries for title, entries in groups.items() if entries})

    def compose(self) -> ComposeResult:
        """The text, then the keys."""
        entries = [entry for group in self._groups.values() for entry in group]
        width = max((cell_len(entry.keys) for entry in entries), default=0) + 3
        titles = max((cell_len(entry.title) for entry in entries), default=0) + 3
        with VerticalScroll(id="help", classes="box"):
            if self._text:
                title, _end, text = self._text.strip().partition("\n")
                yield Static(lines((title, STRONG), "\n\n", paragraphs(text.strip("\n"))))
            for title, group in self._groups.items():
                yield Static(line((_(title), STRONG)), classes="explanation")
                for entry in group:
                    with Container(classes="key"):
                        yield Static(line((fit(entry.keys, width), KEY), fit(entry.title, titles)), classes="what")
                        yield Static(line((entry.tooltip, MUTED)), classes="why")

    def action_scroll(self, step: int) -> None:
        """Scroll by a line."""
        self.query_one("#help").scroll_relative(y=step, animate=False)


def _titles(keys: Iterable[tuple[list[str], Binding]]) -> list[str]:
    """What the groups are called, in the order of their first keys."""
    return list(dict.fromkeys(binding.group.description for _keys, binding in keys if binding.group is not None))


def paragraphs(text: str) -> str:
    """A text whose paragraphs are one line each, for the window to break; what is laid out in columns stays."""
    blocks = text.split("\n\n")
    return "\n\n".join(block if _COLUMNS.search(block.strip()) else " ".join(block.split("\n")) for block in blocks)


_COLUMNS = regex(r"\S  +\S")
