"""Who is left out of a campaign, and why; Enter brings somebody back."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content

from mailmerge.campaign import Excluded
from mailmerge.i18n import N_, _, number
from mailmerge.tui.content.safe_content import fit, line
from mailmerge.tui.content.theme import MUTED, STRONG
from mailmerge.tui.page import Page
from mailmerge.tui.widgets.bars import Bar
from mailmerge.tui.widgets.rows import Rows


class ExcludedList(Rows[Excluded]):
    """One person a row, with the reason."""

    def row(self, index: int, width: int) -> Content:
        """Name, address, reason."""
        one = self.items[index]
        marker = "▸ – " if index == self.cursor else "  – "
        rest = max(0, width - 66)
        return line(
            marker,
            (fit(one.recipient.name or _("(no name)"), 24), STRONG),
            " ",
            (fit(one.recipient.address or _("(no address)"), 36), MUTED),
            " ",
            fit(one.said, rest),
        )


class ExcludedScreen(Page):
    """Gives back the exclusion that is to end, or nothing."""

    HELP = N_("""\
Who is left out

Nobody here gets a message from this campaign. Enter brings somebody back. A person on a never-write list
is brought back by editing that list, not here.
""")
    KEYS = (("rows.choose", N_("bring back")), ("excluded.back", N_("back")), ("page.help", N_("help")))
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(
            "escape,q,B",
            "dismiss(None)",
            N_("Back"),
            id="excluded.back",
            key_display="esc",
            tooltip=N_("Change nothing"),
        ),
    ]

    def __init__(self, excluded: Sequence[Excluded]) -> None:
        super().__init__()
        self.excluded = excluded

    def body(self) -> ComposeResult:
        """The list."""
        with Vertical(classes="pane alone"):
            yield Bar(classes="title")
            yield ExcludedList(self.excluded, id="excluded")

    def on_mount(self) -> None:
        """List them."""
        self.fill()
        self.query_one(ExcludedList).focus()

    def fill(self) -> None:
        """The title, and who is left out."""
        self.head(_("Who is left out"))
        self.query_one(".alone > Bar", Bar).say((_("Left out"), STRONG), (f"  {number(len(self.excluded))}", MUTED))
        rows = self.query_one(ExcludedList)
        rows.when_empty = _("Nobody is left out.")
        rows.rows_changed()

    @on(Rows.Chosen, "#excluded")
    def bring_back(self) -> None:
        """End the exclusion under the cursor."""
        one = self.query_one(ExcludedList).current
        if one is None:
            return
        if one.exclusion is not None:
            self.dismiss(one.exclusion)
        else:
            self.tell(
                _("{address} is {reason}: edit that list to write to them.").format(
                    address=one.recipient.address, reason=one.said
                )
            )
