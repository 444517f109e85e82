"""What the demo's mail server received: the other end of the wire."""

from __future__ import annotations

from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Container, Vertical
from textual.content import Content

from mailmerge.demo import DemoServer, ReceivedMessage
from mailmerge.i18n import N_, _, plural
from mailmerge.tui.content.safe_content import LONGEST, fit, line, lines
from mailmerge.tui.content.theme import MUTED, STRONG
from mailmerge.tui.page import Page
from mailmerge.tui.widgets.bars import Bar
from mailmerge.tui.widgets.paper import Paper
from mailmerge.tui.widgets.rows import Rows


class ReceivedList(Rows[ReceivedMessage]):
    """One transaction a row."""

    def row(self, index: int, width: int) -> Content:
        """Number and envelope."""
        recipients = ", ".join(self.items[index].forward_paths)
        marker = "▸" if index == self.cursor else " "
        return line(marker, (f"{index + 1:>5}  ", MUTED), fit(recipients, max(0, width - 8)))


class ReceivedScreen(Page):
    """Every message as the server got it."""

    HELP = N_("""\
What arrived

The mail server of the demo runs inside this program and keeps what it is given. Each row is one transaction: one
envelope, one recipient, and the exact bytes.
""")
    KEYS = (("rows.down", N_("message")), ("received.back", N_("back")), ("page.help", N_("help")))
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(
            "escape,q,w",
            "dismiss(None)",
            N_("Back"),
            id="received.back",
            key_display="esc",
            tooltip=N_("Back to the run"),
        ),
    ]

    def __init__(self, demo: DemoServer) -> None:
        super().__init__()
        self.received = demo.received

    def body(self) -> ComposeResult:
        """The list and one message."""
        with Container(classes="two-panes"):
            with Vertical(classes="pane list-pane"):
                yield Bar(classes="title", id="received-title")
                yield ReceivedList(self.received, id="received")
            with Vertical(classes="pane text-pane"):
                yield Bar(classes="title", id="one-title")
                yield Paper(id="one")

    def on_mount(self) -> None:
        """List what arrived."""
        self.fill()
        self.query_one(ReceivedList).focus()

    def fill(self) -> None:
        """The titles, and what arrived."""
        several = sum(1 for message in self.received if len(message.forward_paths) != 1)
        said = _("each with one recipient")
        if several:
            said = plural(several, "{count} with more than one recipient", "{count} with more than one recipient")
        count = plural(len(self.received), "{count} message", "{count} messages")
        self.head(_("What the server received"), count, *([said] if self.received else []))
        self.query_one("#received-title", Bar).say((_("Envelopes"), STRONG))
        self.query_one(ReceivedList).rows_changed()
        self.show_message()

    @on(Rows.Moved, "#received")
    def show_message(self) -> None:
        """Show the message under the cursor."""
        paper, title = self.query_one("#one", Paper), self.query_one("#one-title", Bar)
        message = self.query_one(ReceivedList).current
        if message is None:
            title.say((_("Nothing arrived yet"), STRONG))
            paper.show(Content())
            return
        parsed = message.parsed()
        title.say((str(parsed["subject"] or _("(no subject)")), STRONG))
        body = parsed.get_body(("plain", "html"))
        text = body.get_content() if body is not None else ""
        rows = [
            line(("MAIL FROM  ", MUTED), message.reverse_path),
            *(line(("RCPT TO    ", MUTED), path) for path in message.forward_paths),
            Content(),
            *(
                line((f"{name:<11}", MUTED), str(parsed[name]))
                for name in ("From", "To", "Subject", "Date")
                if parsed[name]
            ),
            Content(),
            lines(str(text)[:LONGEST]),
        ]
        paper.show(Content("\n").join(rows))
