"""The messages of a run, each with its state as a character and the server's words."""

from __future__ import annotations

from collections.abc import Mapping

from textual.content import Content

from mailmerge.delivery.progress import RunProgress
from mailmerge.errors import OutboxError
from mailmerge.i18n import N_, _
from mailmerge.model import State
from mailmerge.model.words import state_word
from mailmerge.outbox import Run, RunMessage
from mailmerge.text import strip_accents
from mailmerge.tui.content.safe_content import fit, line, lines
from mailmerge.tui.content.symbols import STATE_MARKS, STATE_STYLES
from mailmerge.tui.content.theme import QUIET, STRONG
from mailmerge.tui.screens.run.progress_text import advice
from mailmerge.tui.widgets.rows import Rows

_HEARD: Mapping[State, str] = {
    State.UNKNOWN: N_("what is known"),
    State.EXCLUDED: N_("because"),
    State.PENDING: N_("last heard"),
}
_SAID = N_("the server said")
_LOOK = frozenset((State.REJECTED, State.UNKNOWN, State.DEFERRED))


class RunList(Rows):
    """Everybody, or those to look at; while messages leave, the newest verdict is kept in view."""

    def __init__(self, messages: Mapping[int, RunMessage], tally: RunProgress, *, id: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id)
        self.messages = messages
        self.tally = tally
        self.which = "all"
        self.query_text = ""
        self._numbers: list[int] = list(messages)
        self._rows = {number: row for row, number in enumerate(self._numbers)}
        self._told = 0

    @property
    def count(self) -> int:
        """How many are listed."""
        return len(self._numbers)

    @property
    def number(self) -> int | None:
        """The record under the cursor."""
        return self._numbers[self.cursor] if self._numbers else None

    def filter(self, which: str, query: str) -> None:
        """List everybody (``all``) or those to look at (``look``) who match every word."""
        self.which, self.query_text = which, query
        self.filter_again()

    def filter_again(self) -> None:
        """List anew: states changed."""
        number = self.number
        states = self.tally.states
        numbers = [n for n in self.messages if self.which == "all" or states[n] in _LOOK]
        words = strip_accents(self.query_text).split()
        if words:
            numbers = [n for n in numbers if all(word in self._text(n) for word in words)]
        self._numbers = numbers
        self._rows = {each: row for row, each in enumerate(numbers)}
        self.rows_changed()
        self.show_row(self._rows.get(number, 0) if number is not None else 0)

    def follow(self, sending: bool) -> None:
        """Draw what changed since the last time; while messages leave, keep the newest in view."""
        log = self.tally.log
        fresh, self._told = log[self._told :], len(log)
        for outcome in fresh:
            row = self._rows.get(outcome.record)
            if row is not None:
                self.row_changed(row)
        if fresh and sending and self.which == "all" and not self.query_text:
            self.show_row(self._rows.get(fresh[-1].record, self.cursor))

    def row(self, index: int, width: int) -> Content:
        """State, number, name, address and the server's words."""
        number = self._numbers[index]
        message, state = self.messages[number], self.tally.states[number]
        digits = max(3, len(str(len(self.messages))))
        name = min(24, max(12, width // 4))
        address = min(34, max(0, width // 3))
        reply = max(0, width - digits - name - address - 6)
        return line(
            "▸" if index == self.cursor else " ",
            (STATE_MARKS[state], STATE_STYLES.get(state, "")),
            (f" {number:>{digits}} ", QUIET),
            fit(message.name or _("(no name)"), name),
            " ",
            (fit(message.address, address), QUIET),
            " ",
            (fit(self.reply(number), reply), STATE_STYLES.get(state, QUIET) if state in _LOOK else QUIET),
        )

    def reply(self, number: int) -> str:
        """The server's last word about a message."""
        return _(self.tally.replies.get(number, self.messages[number].reply))

    def _text(self, number: int) -> str:
        message, state = self.messages[number], self.tally.states[number]
        return strip_accents(f"{message.name} {message.address} {self.reply(number)} {state} {state_word(state)}")


def message_text(message: RunMessage, tally: RunProgress, run: Run) -> Content:
    """One message of a run: who, what the server said, what to do, and its history."""
    state = tally.states[message.record]
    reply = _(tally.replies.get(message.record, message.reply))
    rows = [
        line((message.name or _("(no name)"), STRONG)),
        line(message.address),
        Content(),
        line((f"{STATE_MARKS[state]} {state_word(state)}".strip(), STATE_STYLES.get(state, STRONG))),
        lines(advice(state)),
    ]
    if reply:
        rows += [Content(), line((_(_HEARD.get(state, _SAID)), QUIET)), lines(reply)]
    if message.message_id:
        rows += [
            Content(),
            line(("Message-ID", QUIET)),
            line(message.message_id),
            line(("sha256", QUIET)),
            line(message.sha256),
        ]
    if state in _LOOK:
        try:
            entries = run.history(message.record)
        except OutboxError as error:
            return Content("\n").join([*rows, Content(), lines(str(error))])
        if entries:
            rows += [Content(), line((_("history"), QUIET))]
            rows += [
                line(
                    (f"{entry.at.astimezone():%Y-%m-%d %H:%M:%S}  ", QUIET),
                    f"{state_word(entry.from_state)} → {state_word(entry.to_state)}",
                    (f"  {entry.by}" if entry.by else "", QUIET),
                )
                for entry in entries
            ]
    return Content("\n").join(rows)
