"""The letter as text to edit: its template code stands out, and the table's fields are offered where one fits."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from msgspec.structs import replace
from rich.text import Text
from textual import events, on
from textual.binding import Binding, BindingType
from textual.strip import Strip
from textual.widgets import TextArea

from mailmerge.i18n import N_, _
from mailmerge.letter.source.completion import FILTERS, FieldChoice, completion_at, matching
from mailmerge.letter.source.source_marks import SourceMark, source_marks
from mailmerge.text.shown import visible
from mailmerge.tui.screens.editor.field_menu import FieldMenu

_KINDS = ("header", "expression", "statement", "comment", "unknown", "strong", "emphasis", "quiet")


def _nameless(bindings: Sequence[BindingType]) -> list[BindingType]:
    """The keys of a text area, which the palette need not list."""
    named = ("undo", "redo")
    return [
        Binding(binding.key, binding.action, "", show=False)
        for binding in bindings
        if isinstance(binding, Binding) and binding.action not in named
    ]


class LetterArea(TextArea, inherit_bindings=False):
    """Edits the source of one letter."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {f"letter-area--{kind}" for kind in _KINDS}
    DEFAULT_CSS = """
    LetterArea, LetterArea:focus { border: none; padding: 0 1 0 0; scrollbar-size-vertical: 1; }
    LetterArea .text-area--cursor-line { background: $block-hover-background; }
    LetterArea .text-area--cursor-gutter { background: $block-hover-background; color: $accent; text-style: none; }
    LetterArea .text-area--gutter { color: $quiet; }
    LetterArea .letter-area--header { color: $primary; }
    LetterArea .letter-area--expression { color: $value; background: $value-background; }
    LetterArea .letter-area--statement { color: $success; }
    LetterArea .letter-area--comment { color: $quiet; text-style: italic; }
    LetterArea .letter-area--unknown { color: $error; text-style: bold underline; }
    LetterArea .letter-area--strong { text-style: bold; }
    LetterArea .letter-area--emphasis { text-style: italic; }
    LetterArea .letter-area--quiet { color: $quiet; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        *_nameless(TextArea.BINDINGS),
        Binding(
            "ctrl+@,ctrl+space",
            "offer_fields",
            N_("Fields"),
            id="editor.fields",
            key_display="^space",
            tooltip=N_("The table's fields, with this person's values"),
        ),
        Binding("ctrl+home", "caret_to(0)", N_("Beginning"), id="editor.top", tooltip=N_("Go to the first line")),
        Binding("ctrl+end", "caret_to(-1)", N_("End"), id="editor.end", tooltip=N_("Go to the end of the letter")),
        Binding("ctrl+z", "undo", N_("Undo"), id="editor.undo", tooltip=N_("Take the last change back")),
        Binding("ctrl+y", "redo", N_("Redo"), id="editor.redo", tooltip=N_("Make the change again")),
    ]

    def __init__(self, text: str, menu: FieldMenu, *, markup: str, id: str | None = None) -> None:  # noqa: A002
        self._marks: dict[int, list[SourceMark]] = {}
        self._unknown: frozenset[str] = frozenset()
        self._markup = markup
        self._menu = menu
        self._asked = False
        self.fields: Sequence[FieldChoice] = ()
        super().__init__(text, show_line_numbers=True, soft_wrap=True, max_checkpoints=500, id=id)

    @property
    def markup(self) -> str:
        """What the letter is written in: ``markdown``, ``html`` or ``text``."""
        return self._markup

    # --- how it reads --------------------------------------------------------------------------------------------

    def show_reading(self, markup: str, unknown: frozenset[str]) -> None:
        """Mark the text as what it was found to be."""
        if (markup, unknown) != (self._markup, self._unknown):
            self._markup, self._unknown = markup, unknown
            self._build_highlight_map()
            self.refresh()

    def _build_highlight_map(self) -> None:
        """Called by TextArea whenever the text is another."""
        super()._build_highlight_map()
        self._marks = source_marks("\n".join(self.document.lines), self._markup, self._unknown)

    def render_line(self, y: int) -> Strip:
        """One line of the screen; the caret's line gets another background and keeps its marks."""
        self._theme.cursor_line_style = self.get_component_rich_style("text-area--cursor-line", partial=True)
        return super().render_line(y)

    def get_line(self, line_index: int) -> Text:
        """One line with its marks; characters that would act or hide are shown, each in one place."""
        text = Text(_shown(self.document.get_line(line_index)), end="", no_wrap=True)
        for mark in self._marks.get(line_index, ()):
            style = self.get_component_rich_style(f"letter-area--{mark.kind}", partial=True)
            text.stylize(style, mark.start, mark.end)
        return text

    def go_to_line(self, number: int) -> None:
        """Put the caret at the beginning of a line (from 1)."""
        row = min(max(0, number - 1), self.document.line_count - 1)
        self.move_cursor((row, 0), center=True)
        self.focus()

    @property
    def first_line_of_body(self) -> int:
        """The line (from 1) below the header."""
        blank = next((row for row, text in enumerate(self.document.lines) if not text.strip()), -1)
        return min(blank + 2, self.document.line_count)

    def action_caret_to(self, place: int) -> None:
        """The beginning (0) or the end (-1) of the letter."""
        self.move_cursor(self.document.end if place else (0, 0))

    # --- fields --------------------------------------------------------------------------------------------------

    def action_offer_fields(self) -> None:
        """Offer the fields that fit here."""
        self._asked = True
        self._offer()

    def put_in(self) -> None:
        """Put the chosen field in."""
        field, completion = self._menu.current, self._menu.completion
        self._close_menu()
        if field is None or completion is None:
            return
        row = self.cursor_location[0]
        self.history.checkpoint()
        result = self.replace(
            completion.text(field.name), (row, completion.start), (row, completion.end), maintain_selection_offset=False
        )
        self.history.checkpoint()
        self.move_cursor(result.end_location)

    async def _on_key(self, event: events.Key) -> None:
        """The menu's keys while it is open; everything else is the text's."""
        if self._menu.is_open and event.key in ("up", "down", "enter", "tab", "escape"):
            event.stop()
            event.prevent_default()
            match event.key:
                case "up":
                    self._menu.move(-1)
                case "down":
                    self._menu.move(1)
                case "escape":
                    self._close_menu()
                case _:
                    self.put_in()
            return
        await super()._on_key(event)
        if event.is_printable:
            self._offer()

    @on(TextArea.SelectionChanged)
    def caret_moved(self) -> None:
        """The caret went elsewhere: what fits there, or nothing."""
        if self._menu.is_open:
            self._offer()

    def on_blur(self) -> None:
        """Offer nothing while the focus is elsewhere."""
        self._close_menu()

    def _offer(self) -> None:
        row, column = self.cursor_location
        completion = None
        if self.selection.is_empty:
            completion = completion_at(self.document.get_line(row), column, asked=self._asked)
        choices = _filters() if completion and completion.filters else self.fields
        fields = matching(choices, completion.typed) if completion else []
        if completion is None or not fields:
            self._close_menu()
        else:
            self._menu.offer(fields, completion, self.cursor_screen_offset)

    def _close_menu(self) -> None:
        self._asked = False
        self._menu.close()


def _shown(line: str) -> str:
    """The line with each hostile character as one that shows; as long as before, so that columns stay."""
    if visible(line) == line:
        return line
    return "".join(map(_shown_character, line))


def _shown_character(character: str) -> str:
    picture = character if character == "\t" else visible(character)
    return picture if len(picture) == 1 else "\N{REPLACEMENT CHARACTER}"


def _filters() -> tuple[FieldChoice, ...]:
    return tuple(replace(each, example=_(each.example)) for each in FILTERS)
