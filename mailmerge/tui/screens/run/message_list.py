"""The messages of a run, each with its state as a character and the server's words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from textual.content import Content

from mailmerge.delivery.progress import RunProgress
from mailmerge.errors import OutboxError
from mailmerge.i18n import N_, _
from mailmerge.model import State
from mailmerge.model.words import state_word
from mailmerge.outbox import Later, LaterKind, Run, RunMessage
from mailmerge.outbox.afterwards import CAME_BACK
from mailmerge.outbox.remarks import remark
from mailmerge.text.folding import strip_accents
from mailmerge.tui.content.safe_content import fit, line, lines
from mailmerge.tui.content.symbols import STATE_MARKS, STATE_STYLES
from mailmerge.tui.content.theme import ERROR, MUTED, STRONG, WARNING
from mailmerge.tui.screens.run.came_back import later_text
from mailmerge.tui.screens.run.progress_text import advice
from mailmerge.tui.widgets.rows import Rows

_HEARD: Mapping[State, str] = {
    State.UNKNOWN: N_("what is known"),
    State.EXCLUDED: N_("because"),
    State.PENDING: N_("last heard"),
}
_SAID = N_("the server said")
_LATER_STYLES: Mapping[LaterKind, str] = {
    LaterKind.BOUNCED: ERROR,
    LaterKind.EXPIRED: ERROR,
    LaterKind.DELAYED: WARNING,
    LaterKind.AUTO_REPLIED: MUTED,
}
_ADVICE: Mapping[LaterKind, str] = {
    LaterKind.BOUNCED: N_(
        "This person did not get the message. Correct the address: R makes a campaign for those whose message came"
        " back."
    ),
    LaterKind.EXPIRED: N_(
        "This person did not get the message in time; the address may be right. R makes a campaign for those whose"
        " message came back."
    ),
    LaterKind.DELAYED: N_("A server is still trying. Nothing needs to be done now; look again later."),
    LaterKind.AUTO_REPLIED: N_("A program answered, so the message arrived."),
}
_HINT = N_(
    "A returned mail names this person, but quotes nothing that only our message has. Anybody could have written it."
)
_LOOK = frozenset((State.REJECTED, State.UNKNOWN, State.DEFERRED))


class RunList(Rows[int]):
    """The records of everybody, or of those to look at; while messages leave, the newest verdict is kept in view."""

    def __init__(self, messages: Mapping[int, RunMessage], tally: RunProgress, *, id: str | None = None) -> None:  # noqa: A002
        super().__init__(list(messages), id=id)
        self.messages = messages
        self.tally = tally
        self.later: Mapping[int, Later] = {}
        """What came back, by record."""
        self.hints: Mapping[int, Later] = {}
        self.holders: Sequence[int] = ()
        """Whose messages hold what was searched for."""
        self.which = "all"
        self.query_text = ""
        self._rows = {number: row for row, number in enumerate(self.items)}
        self._told = 0
        self._longest_name = max((len(each.name) for each in messages.values()), default=0)
        self._longest_address = max((len(each.address) for each in messages.values()), default=0)

    def filter(self, which: str, query: str) -> None:
        """List everybody (``all``), those to look at (``look``), those whose message came back (``back``) or those
        whose message holds something (``holders``), as far as they match every word."""
        self.which, self.query_text = which, query
        self.filter_again()

    def filter_again(self) -> None:
        """List anew: states changed."""
        number = self.current
        numbers = [n for n in self.messages if self._is_listed(n)]
        words = strip_accents(self.query_text).split()
        if words:
            numbers = [n for n in numbers if all(word in self._text(n) for word in words)]
        self.items = numbers
        self._rows = {each: row for row, each in enumerate(numbers)}
        self.rows_changed()
        self.show_row(self._rows.get(number, 0) if number is not None else 0)

    def _is_listed(self, number: int) -> bool:
        match self.which:
            case "look":
                return self.tally.states[number] in _LOOK
            case "back":
                return number in self.later and self.later[number].kind in CAME_BACK
            case "holders":
                return number in self.holders
        return True

    def follow(self, *, keep_newest: bool) -> None:
        """Draw what changed since the last time; ``keep_newest`` in view, as while messages leave."""
        log = self.tally.log
        fresh, self._told = log[self._told :], len(log)
        for outcome in fresh:
            row = self._rows.get(outcome.record)
            if row is not None:
                self.row_changed(row)
        if fresh and keep_newest and self.which == "all" and not self.query_text:
            self.show_row(self._rows.get(fresh[-1].record, self.cursor))

    def row(self, index: int, width: int) -> Content:
        """State, number, name, address; and what the server said, unless that is the same for nearly everybody."""
        number = self.items[index]
        message, state = self.messages[number], self.tally.states[number]
        digits = max(3, len(str(len(self.messages))))
        name = min(max(12, self._longest_name), max(12, width * 3 // 10))
        address = min(self._longest_address, max(0, width // 3))
        reply = max(0, width - digits - name - address - 6)
        later = self.later.get(number)
        said = later_text(later) if later else "" if state is State.ACCEPTED else self.reply(number)
        if not said:
            address, reply = address + 1 + reply, 0
        style = _LATER_STYLES[later.kind] if later else STATE_STYLES.get(state, MUTED) if state in _LOOK else MUTED
        return line(
            "▸" if index == self.cursor else " ",
            (STATE_MARKS[state], STATE_STYLES.get(state, "")),
            (f" {number:>{digits}} ", MUTED),
            fit(message.name or _("(no name)"), name),
            " ",
            (fit(message.address, address), MUTED),
            " ",
            (fit(said, reply), style),
        )

    def reply(self, number: int) -> str:
        """The server's last word about a message."""
        return remark(self.tally.replies.get(number, self.messages[number].reply))

    def _text(self, number: int) -> str:
        message, state, later = self.messages[number], self.tally.states[number], self.later.get(number)
        came = later_text(later) if later else ""
        words = f"{state} {state_word(state)} {came}"
        return strip_accents(f"{message.name} {message.address} {self.reply(number)} {words}")


def message_text(
    message: RunMessage,
    tally: RunProgress,
    run: Run,
    later: Later | None = None,
    hint: Later | None = None,
    *,
    can_continue: bool = True,
) -> Content:
    """One message of a run: who, what the server said, what to do, and its history."""
    state = tally.states[message.record]
    advised = _(_ADVICE[later.kind]) if later else advice(state, can_continue=can_continue)
    reply = remark(tally.replies.get(message.record, message.reply))
    rows = [
        line((message.name or _("(no name)"), STRONG)),
        line(message.address),
        Content(),
        line((f"{STATE_MARKS[state]} {state_word(state)}".strip(), STATE_STYLES.get(state, STRONG))),
        *([lines(later_text(later))] if later else []),
        lines(advised),
    ]
    if reply:
        rows += [Content(), line((_(_HEARD.get(state, _SAID)), MUTED)), lines(reply)]
    if hint is not None and later is None:
        rows += [Content(), line((_("a hint only"), MUTED)), lines(later_text(hint)), lines(_(_HINT))]
    if message.message_id:
        rows += [
            Content(),
            line(("Message-ID", MUTED)),
            line(message.message_id),
            line(("sha256", MUTED)),
            line(message.sha256),
        ]
    if state in _LOOK:
        try:
            entries = run.history(message.record)
        except OutboxError as error:
            return Content("\n").join([*rows, Content(), lines(str(error))])
        if entries:
            rows += [Content(), line((_("history"), MUTED))]
            rows += [
                line(
                    (f"{entry.at.astimezone():%Y-%m-%d %H:%M:%S}  ", MUTED),
                    f"{state_word(entry.from_state)} → {state_word(entry.to_state)}",
                    (f"  {entry.by}" if entry.by else "", MUTED),
                )
                for entry in entries
            ]
    return Content("\n").join(rows)
