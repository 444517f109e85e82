"""The first rows of a table, cell for cell as they were read; columns beyond the right edge are a key away."""

from __future__ import annotations

from typing import ClassVar

from rich.cells import cell_len
from textual import events, on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.message import Message
from textual.reactive import reactive
from textual.widget import Widget

from mailmerge.i18n import N_, _, pgettext
from mailmerge.model import Record, RecordTable
from mailmerge.text.shown import visible
from mailmerge.tui.content.safe_content import Piece, fit, line
from mailmerge.tui.content.theme import KEY, MUTED, STRONG
from mailmerge.tui.widgets.rows import Rows

_WIDEST = 32
_LINE = 6
_ROLES = {
    "email": N_("e-mail"),
    "first_name": N_("first name"),
    "last_name": N_("last name"),
    "usual_first_name": N_("first name"),
    "usual_last_name": N_("usual name"),
    "full_name": N_("name"),
    "title": N_("title"),
    "language": N_("language"),
}


class FirstRows(Rows[Record]):
    """One person a row."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(
            "left,h",
            "columns(-1)",
            N_("Columns"),
            show=False,
            id="preview.left",
            tooltip=N_("Show columns at the left"),
        ),
        Binding(
            "right,l",
            "columns(1)",
            N_("Columns"),
            show=False,
            id="preview.right",
            key_display="◂ ▸",
            tooltip=N_("Show columns at the right"),
        ),
        Binding(
            "enter",
            "screen.confirm",
            N_("Go on"),
            show=False,
            id="preview.confirm",
            tooltip=N_("Looks right: continue"),
        ),
    ]

    class Scrolled(Message):
        """Other columns are shown."""

    first: reactive[int] = reactive(0, repaint=False, init=False)
    """The column at the left edge."""

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id)
        self.table: RecordTable | None = None
        self.widths: list[int] = []
        self.roles: list[str] = []

    def show(self, table: RecordTable | None) -> None:
        """Show another table, or none."""
        same = table and self.table and table.names == self.table.names
        self.table = table
        self.items = table.records if table else ()
        self.roles = _roles(table) if table else []
        self.widths = _widths(table, self.roles) if table else []
        if not same:
            self.first = 0
            self.cursor = 0
        self.rows_changed()

    def shown(self, width: int) -> range:
        """The columns that fit the width, at least one; the last one may be cut."""
        room, last = width - _LINE - 2, self.first
        while last < len(self.widths) and room > 3:
            room -= self.widths[last] + 2
            last += 1
        return range(self.first, max(last, min(self.first + 1, len(self.widths))))

    def row(self, index: int, width: int) -> Content:
        """The line in the file, and the cells."""
        if self.table is None:
            return Content()
        record = self.items[index]
        pieces: list[Piece] = [(f"{record.line:>{_LINE}}  ", MUTED)]
        pieces += [
            (
                f"{fit(record.values[i], self.widths[i])}  ",
                STRONG if self.table.names[i] == self.table.columns.email else "",
            )
            for i in self.shown(width)
        ]
        return line(*pieces).truncate(width, ellipsis=True)

    def heading(self, width: int) -> Content:
        """The headers as the file has them, and below what each column is taken for."""
        if self.table is None:
            return Content()
        columns = self.shown(width)
        number, none = pgettext("column", "line"), _("(none)")
        headers: list[Piece] = [(f"{number:>{_LINE}}  ", MUTED)]
        headers += [(f"{fit(self.table.fields[i].header or none, self.widths[i])}  ", STRONG) for i in columns]
        roles: list[Piece] = [" " * (_LINE + 2)]
        roles += [(f"{fit(self.roles[i], self.widths[i])}  ", KEY) for i in columns]
        return Content("\n").join(line(*pieces).truncate(width, ellipsis=True) for pieces in (headers, roles))

    def show_column(self, name: str) -> None:
        """Bring a column into view."""
        if self.table is None or name not in self.table.names:
            return
        width = self.scrollable_content_region.width
        if not width:  # not laid out yet
            self.call_after_refresh(self.show_column, name)
            return
        index, shown = self.table.names.index(name), self.shown(width)
        if index not in shown[:-1] and (index != shown[-1] or index == self.first):
            self.first = max(0, index - 1) if index else 0

    def watch_first(self) -> None:
        """Draw everything again."""
        self.rows_changed()
        self.post_message(self.Scrolled())

    def action_columns(self, step: int) -> None:
        """Show columns further left or right."""
        if step < 0 or self.shown(self.scrollable_content_region.width).stop < len(self.widths):
            self.first = max(0, min(self.first + step, len(self.widths) - 1))

    def on_mouse_scroll_right(self, event: events.MouseScrollRight) -> None:
        """Columns follow the mouse wheel."""
        event.stop()
        self.action_columns(1)

    def on_mouse_scroll_left(self, event: events.MouseScrollLeft) -> None:
        """Columns follow the mouse wheel."""
        event.stop()
        self.action_columns(-1)


class Heading(Widget):
    """The two lines above the rows."""

    DEFAULT_CSS = "Heading { height: 2; }"
    ALLOW_SELECT = False

    def __init__(self, rows: FirstRows) -> None:
        super().__init__()
        self.rows = rows

    def render(self) -> Content:
        """What the rows say about their columns."""
        return self.rows.heading(self.content_size.width)


class TablePreview(Vertical):
    """Headers above the rows."""

    DEFAULT_CSS = "TablePreview { height: 1fr; }"

    def compose(self) -> ComposeResult:
        """Both, one above the other."""
        rows = FirstRows(id="first-rows")
        yield Heading(rows)
        yield rows

    @on(FirstRows.Scrolled)
    def scrolled(self) -> None:
        """The headers follow."""
        self.query_one(Heading).refresh()

    def show(self, table: RecordTable | None) -> None:
        """Show another table, or none."""
        self.query_one(FirstRows).show(table)
        self.query_one(Heading).refresh()


def _roles(table: RecordTable) -> list[str]:
    columns = table.columns
    by_name = {getattr(columns, key): _(role) for key, role in reversed(_ROLES.items())}
    others = (*columns.other_first_names, *columns.other_last_names, *columns.other_full_names)
    by_name |= dict.fromkeys(others, _("other name")) | dict.fromkeys(columns.other_emails, _("2nd e-mail"))
    return [by_name.get(name, "") for name in table.names]


def _widths(table: RecordTable, roles: list[str]) -> list[int]:
    widths = [
        max(4, cell_len(visible(field.header[:_WIDEST]) or _("(none)")), len(role))
        for field, role in zip(table.fields, roles, strict=True)
    ]
    for record in table.records:
        for index, cell in enumerate(record.values):
            if len(cell) >= widths[index]:
                widths[index] = max(widths[index], cell_len(visible(cell[:_WIDEST])))
    return [min(width, _WIDEST) for width in widths]
