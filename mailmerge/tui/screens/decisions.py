"""All that was decided about a campaign: who is left out, what was waived, filtered and mapped, with who and why."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import ClassVar

from msgspec.structs import replace
from rich.cells import cell_len
from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content

from mailmerge.campaign.session import Amend, Decided, DecidedKind
from mailmerge.i18n import N_, _, number
from mailmerge.tui.content.safe_content import Piece, fit, line
from mailmerge.tui.content.theme import MUTED, STRONG
from mailmerge.tui.dialogs.ask import Ask
from mailmerge.tui.page import Page
from mailmerge.tui.widgets.bars import Bar
from mailmerge.tui.widgets.rows import Rows

_KINDS: Mapping[DecidedKind, str] = {
    DecidedKind.FILTER: N_("filter"),
    DecidedKind.LEFT_OUT: N_("left out"),
    DecidedKind.LISTED: N_("on a list"),
    DecidedKind.WAIVED: N_("waived"),
    DecidedKind.ALLOWED: N_("allowed"),
    DecidedKind.FIELD: N_("field"),
    DecidedKind.COLUMN: N_("column"),
    DecidedKind.ACCOUNT: N_("account"),
}
_ELSEWHERE = frozenset((DecidedKind.FILTER, DecidedKind.COLUMN, DecidedKind.ACCOUNT))
"""What is changed where it was decided."""


class DecidedList(Rows[Decided]):
    """One decision a row."""

    KEYS = (
        ("decisions.change", N_("change")),
        ("decisions.take_back", N_("take back")),
        ("decisions.back", N_("back")),
        ("page.help", N_("help")),
    )

    def row(self, index: int, width: int) -> Content:
        """What kind it is, whom or what it is about, why, and who decided it."""
        one = self.items[index]
        kind = max(cell_len(_(each)) for each in _KINDS.values()) + 2
        pieces: list[Piece] = ["▸ " if index == self.cursor else "  ", (fit(_(_KINDS[one.kind]), kind), MUTED)]
        room = width - kind - 2
        if not one.reason:
            return line(*pieces, (fit(one.what, room), STRONG))
        what = max(min(cell_len(one.what) + 2, room * 3 // 5), min(26, room // 2))
        why = _("{reason} ({by})").format(reason=one.reason, by=one.by) if one.by else one.reason
        return line(*pieces, (fit(one.what, what), STRONG), fit(why, max(0, room - what)))


class DecisionsScreen(Page):
    """Gives back a decision that changes one, a decision that is changed elsewhere, or nothing."""

    HELP = N_("""\
Decisions

Everything here is written in campaign.toml, and everything can be changed or taken back: a reason, a filter, a column.
Anything taken back stops applying at once, and the campaign is checked again.

A person on a never-write list is brought back by editing that list, not here.
""")
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter,e", "change", N_("Change"), id="decisions.change", tooltip=N_("The reason, or the filter")),
        Binding(
            "delete,x",
            "take_back",
            N_("Take back"),
            id="decisions.take_back",
            tooltip=N_("It no longer applies"),
        ),
        Binding(
            "escape,q,D",
            "dismiss(None)",
            N_("Back"),
            id="decisions.back",
            key_display="esc",
            tooltip=N_("Back to the review"),
        ),
    ]

    def __init__(self, decided: Sequence[Decided]) -> None:
        super().__init__()
        self.decided = decided

    def body(self) -> ComposeResult:
        """The list."""
        with Vertical(classes="pane alone"):
            yield Bar(classes="title")
            yield DecidedList(self.decided, id="decided")

    def on_mount(self) -> None:
        """List them."""
        self.fill()
        self.query_one(DecidedList).focus()

    def fill(self) -> None:
        """The title and the list."""
        self.head(_("Decisions"))
        self.query_one(".alone > Bar", Bar).say((_("Decided"), STRONG), (f"  {number(len(self.decided))}", MUTED))
        listed = self.query_one(DecidedList)
        listed.when_empty = _("Nothing was decided about this campaign yet.")
        listed.rows_changed()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Keys that have nothing to do now are not shown."""
        if action in ("change", "take_back") and not self.decided:
            return False
        return super().check_action(action, parameters)

    @on(Rows.Chosen, "#decided")
    def action_change(self) -> None:
        """Ask for another reason; what has none is changed where it was decided."""
        one = self.query_one(DecidedList).current
        if one is None:
            return
        if one.kind in _ELSEWHERE:
            self.dismiss(one)
        elif one.section is not None:
            self._ask_reason(one)
        elif one.kind is DecidedKind.LISTED:
            self._say_listed(one)
        else:
            self.tell(_("This can only be taken back; then the finding asks again."))

    def action_take_back(self) -> None:
        """End the decision under the cursor."""
        one = self.query_one(DecidedList).current
        if one is None:
            return
        if one.take_back is not None:
            self.dismiss(one.take_back)
        elif one.kind is DecidedKind.LISTED:
            self._say_listed(one)
        else:
            self.dismiss(one)

    def _say_listed(self, one: Decided) -> None:
        self.tell(_("{who}: {reason}. Edit that list to write to this person.").format(who=one.what, reason=one.reason))

    def _ask_reason(self, one: Decided) -> None:
        section = one.section
        assert section is not None  # noqa: S101

        def answered(reason: str | None) -> None:
            if reason and reason.strip() != section.reason:
                self.dismiss(Amend(section, replace(section, reason=" ".join(reason.split()))))

        question = Ask(
            _("Change the reason"),
            one.what,
            label=_("Reason"),
            value=section.reason,
            problem=lambda reason: self._problem(one, reason),
        )
        self.app.push_screen(question, answered)

    @staticmethod
    def _problem(one: Decided, reason: str) -> str:
        from mailmerge.lint.engine.waivers import SHORTEST_REASON

        if one.kind is DecidedKind.WAIVED and len(" ".join(reason.split())) < SHORTEST_REASON:
            return _("Say a little more: at least {least} characters.").format(least=SHORTEST_REASON)
        return "" if reason.strip() else _("Give a reason: somebody will ask.")
