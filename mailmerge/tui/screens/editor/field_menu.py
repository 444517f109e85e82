"""The fields that fit at the caret, each with the value of the person on screen."""

from __future__ import annotations

from collections.abc import Sequence

from rich.cells import cell_len
from textual import events
from textual.content import Content
from textual.geometry import Offset
from textual.message import Message
from textual.reactive import reactive
from textual.widget import Widget

from mailmerge.campaign import Campaign
from mailmerge.i18n import _
from mailmerge.letter.source.completion import Completion, FieldChoice
from mailmerge.model import SIGNATURE, Record
from mailmerge.text.shown import one_line
from mailmerge.tui.content.safe_content import fit, line
from mailmerge.tui.content.theme import MUTED, VALUE

_ROWS = 8
_WIDEST = 64
_NAME = 24


class FieldMenu(Widget):
    """A small list that stands at the caret while a field is being named. The letter keeps the focus."""

    DEFAULT_CSS = """
    FieldMenu {
        overlay: screen;
        position: absolute;
        display: none;
        background: $panel;
        border-left: outer $accent;
    }
    FieldMenu.-open { display: block; }
    FieldMenu > .field-menu--cursor { background: $block-cursor-background; color: $block-cursor-foreground; }
    """
    COMPONENT_CLASSES = {"field-menu--cursor"}  # noqa: RUF012  (as Textual declares it)
    ALLOW_SELECT = False

    cursor: reactive[int] = reactive(0)

    class Chosen(Message):
        """A field was clicked."""

    class Turned(Message):
        """The menu opened or closed."""

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id)
        self.fields: Sequence[FieldChoice] = ()
        self.completion: Completion | None = None

    @property
    def is_open(self) -> bool:
        """Whether fields are offered now."""
        return self.completion is not None

    @property
    def current(self) -> FieldChoice | None:
        """The field that Enter puts in."""
        return self.fields[self.cursor] if self.is_open and self.fields else None

    def offer(self, fields: Sequence[FieldChoice], completion: Completion, caret: Offset) -> None:
        """Stand at the caret with these fields."""
        if completion.typed != (self.completion.typed if self.completion else None):
            self.set_reactive(FieldMenu.cursor, 0)
        if not self.is_open:
            self.post_message(self.Turned())
        self.fields, self.completion = fields, completion
        height = min(len(fields), _ROWS)
        examples = max(cell_len(field.example) for field in fields)
        width = min(_WIDEST, self.screen.size.width - 2, self._names_width() + max(examples, 5) + 8)
        below = caret.y + 1 + height < self.screen.size.height
        x = max(0, min(caret.x - len(completion.typed) - 2, self.screen.size.width - width))
        self.styles.width, self.styles.height = width, height
        self.styles.offset = (x, caret.y + 1 if below else max(0, caret.y - height))
        self.add_class("-open")
        self.refresh()

    def close(self) -> None:
        """Offer nothing."""
        if self.is_open:
            self.completion = None
            self.remove_class("-open")
            self.post_message(self.Turned())

    def move(self, step: int) -> None:
        """Go to another field."""
        self.cursor = (self.cursor + step) % max(1, len(self.fields))

    def render(self) -> Content:
        """As many rows as there is room for, the one under the cursor among them."""
        top = self._top()
        return Content("\n").join(self._row(index) for index in range(top, min(top + _ROWS, len(self.fields))))

    def on_click(self, event: events.Click) -> None:
        """Choose what was clicked."""
        index = self._top() + event.y
        if index < len(self.fields):
            self.cursor = index
            self.post_message(self.Chosen())

    def _top(self) -> int:
        return max(0, min(self.cursor - _ROWS // 2, len(self.fields) - _ROWS))

    def _names_width(self) -> int:
        return min(_NAME, max((cell_len(field.name) for field in self.fields), default=0))

    def _row(self, index: int) -> Content:
        field, width = self.fields[index], self.content_size.width
        names = self._names_width()
        room = max(0, width - names - 5)
        example = (fit(field.example, min(room, cell_len(field.example))) or _("blank"), MUTED)
        if field.header and field.example:
            example = (example[0], VALUE)
        row = line("▸ " if index == self.cursor else "  ", fit(field.name, names), "   ", example)
        row = row + Content(" " * max(0, width - row.cell_length))
        if index == self.cursor:
            row = row.stylize_before(self.get_visual_style("field-menu--cursor"))
        return row


def field_choices(campaign: Campaign, record: Record) -> list[FieldChoice]:
    """Every field that a letter of a campaign may use, with the value of one person."""
    table, signature = campaign.table, campaign.signature
    named = [(each, table.header(column), table.value(record, column)) for each, column in campaign.columns.items()]
    return [
        *(FieldChoice(*each) for each in named),
        *(FieldChoice(each.name, each.header, table.value(record, each.name)) for each in table.fields),
        *([FieldChoice(SIGNATURE, _("the account's"), one_line(signature))] if signature else []),
    ]
