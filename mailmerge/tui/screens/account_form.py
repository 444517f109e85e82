"""Another account: a provider, or any submission server."""

from __future__ import annotations

from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Grid, Vertical, VerticalScroll
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Button, Input, Select, Static, TextArea

from mailmerge.accounts import Account, presets, set_up
from mailmerge.accounts.providers import Tls
from mailmerge.errors import AccountError
from mailmerge.tui.show import line, lines
from mailmerge.tui.theme import CARE, QUIET, STRONG

_OTHER = "other"
_TLS: tuple[tuple[str, Tls], ...] = (
    ("TLS from the start (465)", "implicit"),
    ("STARTTLS, required (587)", "starttls"),
    ("none, this machine only", "none"),
)


class AccountForm(ModalScreen[Account | None]):
    """Gives back an account that is complete and safe, or nothing."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "dismiss(None)", "Cancel", id="form.cancel", tooltip="Add nothing"),
        Binding("ctrl+s", "save", "Add", id="form.save", tooltip="Add this account", priority=True),
    ]

    def compose(self) -> ComposeResult:
        """A few questions, most of them answered by the provider."""
        choices = [(Content(preset.label), preset.name) for preset in presets().values()]
        choices.append((Content("Another server"), _OTHER))
        with VerticalScroll(classes="box"):
            yield Static(line(("Add an account", STRONG)))
            with Grid(id="form"):
                yield Static(line(("Provider", QUIET)))
                yield Select(choices, allow_blank=False, id="provider", compact=True)
                yield Static(line(("Short name", QUIET)))
                yield Input(placeholder="rh", id="name", compact=True)
                yield Static(line(("Sender", QUIET)))
                yield Input(placeholder="Claire Martin <rh@atelier.example>", id="address", compact=True)
                yield Static(line(("Log in as", QUIET)))
                yield Input(placeholder="the address, where nothing is given", id="username", compact=True)
                yield Static(line(("Signature", QUIET)))
                yield TextArea(placeholder="what a letter prints by {{ signature }}", id="signature", compact=True)
                yield Static(line(("Server", QUIET)), classes="server")
                yield Input(placeholder="smtp.atelier.example", id="host", compact=True, classes="server")
                yield Static(line(("Security", QUIET)), classes="server")
                yield Select(
                    [(Content(label), value) for label, value in _TLS],
                    allow_blank=False,
                    id="tls",
                    compact=True,
                    classes="server",
                )
                yield Static(line(("Port", QUIET)), classes="server")
                yield Input(placeholder="usual", id="port", compact=True, type="integer", classes="server")
            yield Static(id="note", classes="explanation")
            with Vertical(classes="buttons"):
                yield Button("Add", id="add", compact=True)

    def on_mount(self) -> None:
        """Begin with the provider."""
        self.show_provider()

    @on(Select.Changed, "#provider")
    def show_provider(self) -> None:
        """Say what the provider publishes; ask for the server where nobody does."""
        provider = self._provider
        preset = presets().get(provider)
        for widget in self.query(".server"):
            widget.display = preset is None or not preset.host
        note = self.query_one("#note", Static)
        if preset is None:
            note.update(lines(("Any submission server with TLS.", QUIET)))
        else:
            server = f"{preset.host}:{preset.port}. " if preset.host else ""
            note.update(lines((f"{server}{preset.note} As published {preset.published}, check yours.", QUIET)))

    @property
    def _provider(self) -> str:
        return str(self.query_one("#provider", Select).value)

    @on(Input.Submitted)
    @on(Button.Pressed, "#add")
    def action_save(self) -> None:
        """Give the account back, or say what is missing."""
        preset = presets().get(self._provider)
        asked = preset is None or not preset.host
        text = {name: self.query_one(f"#{name}", Input).value.strip() for name in ("name", "address", "username")}
        host, port = self.query_one("#host", Input).value.strip(), self.query_one("#port", Input).value
        tls = next((value for _, value in _TLS if value == self.query_one("#tls", Select).value), None)
        try:
            account = set_up(
                text["name"],
                text["address"],
                provider=preset.name if preset else "",
                username=text["username"] or None,
                signature=self.query_one("#signature", TextArea).text,
                host=host if asked else None,
                port=int(port) if asked and port else None,
                tls=tls if asked else None,
            )
        except AccountError as error:
            self.query_one("#note", Static).update(line(("! ", CARE), str(error)))
            return
        self.dismiss(account)
