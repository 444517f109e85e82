"""One account in a form: a new one or one that is set up; every field can be changed, errors are beside them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, ClassVar, cast

from msgspec import Struct
from msgspec.structs import fields
from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.screen import ModalScreen
from textual.widget import Widget
from textual.widgets import Button, Input, Select, Static, TextArea

from mailmerge.accounts import Account, Secret, presets, recognised
from mailmerge.accounts.account import TLS_LABELS, USUAL_PORTS
from mailmerge.accounts.providers import Tls
from mailmerge.errors import AccountError, AccountInvalid
from mailmerge.i18n import N_, _
from mailmerge.tui.content.account_draft import (
    LEFT_ALONE,
    LOOKED_INTO,
    OTHER,
    AccountDraft,
    Login,
    account_from,
    draft_of,
    login_for,
    login_hint,
    logins,
    mailbox_hint,
    usual_name,
)
from mailmerge.tui.content.safe_content import line
from mailmerge.tui.content.theme import MUTED, STRONG, WARNING
from mailmerge.tui.widgets.breakpoints import VERTICAL, classes_at
from mailmerge.tui.widgets.field import FormField

_TLS: tuple[Tls, ...] = ("implicit", "starttls", "none")
_PLACES = {"issuer": "login", "auth": "login", "password_command": "login", "token_command": "login"}
_PLACES |= {"imap.host": "imap_host", "imap.port": "imap_host", "imap.tls": "imap_host", "imap.sent": "sent"}
"""Beside which field a problem is told, where it is not its own."""


def _tls_label(tls: Tls) -> str:
    """How the connection is secured, with the usual port where there is one."""
    label = _(TLS_LABELS[tls])
    return label if tls == "none" else f"{label} ({USUAL_PORTS[tls]})"


class Saved(Struct, frozen=True):
    """What the form gives back."""

    account: Account
    """As it was written down."""
    client_secret: Secret | None
    """Of its registration; None where none was typed."""


class AccountForm(ModalScreen[Saved | None]):
    """Gives back the account as it was saved, or nothing."""

    VERTICAL_BREAKPOINTS = VERTICAL
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "dismiss(None)", N_("Cancel"), id="form.cancel", tooltip=N_("Change nothing")),
        Binding("ctrl+s", "save", N_("Save"), id="form.save", tooltip=N_("Save this account"), priority=True),
    ]

    def __init__(self, save: Callable[[Account], Account], before: Account | None = None) -> None:
        """``save`` writes the account down, or raises what is then told in the form."""
        super().__init__()
        self._save = save
        self._before = before
        self._draft = draft_of(before) if before else AccountDraft()
        self._provider_chosen = before is not None
        self._shown_provider = self._draft.provider
        self._shown_tls: str = self._draft.tls
        self._offered_login = self._draft.login

    def compose(self) -> ComposeResult:
        """Who, where, how; the rest below."""
        self.update_classes(classes_at(self.app.size.height, VERTICAL), update=False)
        draft = self._draft
        providers = [(Content(preset.label), preset.name) for preset in presets().values()]
        providers.append((Content(_("Another server")), OTHER))
        ways = [(Content(label), login) for label, login in logins(self._before)]
        tls = [(Content(_tls_label(value)), value) for value in _TLS]
        title = (
            _("Edit the account {account}").format(account=self._before.name) if self._before else _("Add an account")
        )
        with VerticalScroll(classes="box", can_focus=False):
            yield Static(line((title, STRONG)), classes="explanation")
            yield self._input(_("Sender"), "address", "Claire Martin <rh@atelier.example>")
            yield self._select(_("Provider"), "provider", providers, prompt=_("Choose who runs the mailbox"))
            yield self._select(_("Login"), "login", ways)
            yield self._input(_("Log in as"), "username", _("the address, if this is blank"))
            yield self._input(_("Client id"), "client_id", _("given by your administrator"))
            yield self._input(_("Tenant"), "tenant", _("the company's domain; blank for any"))
            secret = Input(
                password=True, placeholder=_("kept in the keyring; blank for none, or as it is"), compact=True
            )
            secret.id = "client_secret"
            yield FormField(_("Client secret"), secret, id="field-client_secret")
            yield self._input(_("Server"), "host", "smtp.atelier.example")
            yield self._select(_("Security"), "tls", tls)
            yield self._input(_("Port"), "port", _("the usual one"))
            yield self._input(_("Short name"), "name", "rh")
            text = TextArea(draft.signature, placeholder=_("printed by {{ signature }}"), id="signature", compact=True)
            yield FormField(_("Signature"), text, id="field-signature")
            mailbox = [(Content(_("Leave the mailbox alone")), LEFT_ALONE)]
            mailbox.append((Content(_("Copies in Sent, returned mail read")), LOOKED_INTO))
            yield self._select(_("Afterwards"), "mailbox", mailbox)
            yield self._input(_("IMAP server"), "imap_host", _("the provider's"))
            yield self._input(_("Copies in"), "sent", _("the Sent folder; off for none"))
            yield self._input(_("A minute"), "per_minute", _("messages at most; blank for no known limit"))
            yield self._input(_("A day"), "per_day", _("messages at most; blank for no known limit"))
            yield self._input(_("At a time"), "connections", "1")
            with Vertical(classes="buttons"):
                yield Button(_("Save") if self._before else _("Add"), id="save", compact=True)
            yield Static(line((_("Enter saves, Escape changes nothing."), MUTED)), id="note", classes="explanation")

    def _input(self, label: str, name: str, placeholder: str) -> FormField:
        value = str(getattr(self._draft, name))
        return FormField(label, Input(value, placeholder=placeholder, id=name, compact=True), id=f"field-{name}")

    def _select(self, label: str, name: str, options: Sequence[tuple[Content, str]], prompt: str = "") -> FormField:
        value = getattr(self._draft, name) or Select.NULL
        select: Select[str] = Select(
            options, value=value, prompt=prompt, allow_blank=bool(prompt), id=name, compact=True
        )
        return FormField(label, cast("Widget", select), id=f"field-{name}")

    def on_mount(self) -> None:
        """Begin with who writes."""
        self.query_one("#address").focus()
        self._show_login()
        self._show_provider_note()
        self._show_mailbox()

    # --- what hangs together -------------------------------------------------------------------------------------

    @on(Input.Changed, "#address")
    def _address_typed(self, event: Input.Changed) -> None:
        """The provider is recognised by the address, until the person has chosen one."""
        if self._before is None:
            self.query_one("#name", Input).placeholder = usual_name(event.value) or "rh"
        if self._provider_chosen:
            return
        preset = recognised(event.value)
        name = preset.name if preset else ""
        if name != self._shown_provider:
            self._take_provider(name)
            self.query_one("#provider", Select).value = name or Select.NULL

    @on(Select.Changed, "#provider")
    def _provider_changed(self) -> None:
        name = self._text("provider")
        if name != self._shown_provider:
            self._provider_chosen = True
            self._take_provider(name)

    def _take_provider(self, name: str) -> None:
        """Fill in what a provider publishes."""
        self._shown_provider = name
        preset = presets().get(name)
        if preset is not None:
            for field in ("host", "connections"):
                self.query_one(f"#{field}", Input).value = str(getattr(preset, field))
            for field in ("per_minute", "per_day"):
                self.query_one(f"#{field}", Input).value = (
                    f"{getattr(preset, field):g}" if getattr(preset, field) else ""
                )
            self.query_one("#tls", Select).value = self._shown_tls = preset.tls
            self.query_one("#port", Input).value = str(preset.port)
            if self._login is self._offered_login:  # the person has chosen no other
                self.query_one("#login", Select).value = self._offered_login = login_for(preset)
        elif not name:
            for field in ("host", "port", "connections", "per_minute", "per_day"):
                self.query_one(f"#{field}", Input).value = ""
        self._show_provider_note()

    def _show_provider_note(self) -> None:
        preset = presets().get(self._shown_provider)
        said = ""
        if preset:
            told = (
                _("{note} As published {published}, check yours.")
                if self._provider_chosen
                else _("Recognised by the address. {note} As published {published}, check yours.")
            )
            said = told.format(note=_(preset.note), published=preset.published)
        self.query_one("#field-provider", FormField).hint(said)

    @on(Select.Changed, "#tls")
    def _tls_changed(self, event: Select.Changed) -> None:
        """The usual port follows."""
        if event.value == self._shown_tls:
            return
        self._shown_tls = str(event.value)
        port = self.query_one("#port", Input)
        if port.value in map(str, USUAL_PORTS.values()):
            port.value = str(USUAL_PORTS[str(event.value)])

    @on(Select.Changed, "#login")
    def _show_login(self) -> None:
        """Ask for what this way to log in needs, and nothing else."""
        login = self._login
        self.query_one("#field-username").display = login is not Login.NONE
        self.query_one("#field-client_id").display = login.registered
        self.query_one("#field-tenant").display = login is Login.MICROSOFT
        self.query_one("#field-client_secret").display = login in (Login.GOOGLE, Login.ISSUER)
        self.query_one("#field-login", FormField).hint(
            login_hint(login, self._text("name") or usual_name(self._text("address")))
        )

    @on(Select.Changed, "#mailbox")
    def _show_mailbox(self) -> None:
        """Ask where the mailbox is only if it is looked into, and say what that means."""
        looked_into = self._text("mailbox") == LOOKED_INTO
        self.query_one("#field-imap_host").display = looked_into
        self.query_one("#field-sent").display = looked_into
        draft = AccountDraft(mailbox=self._text("mailbox"), provider=self._text("provider"), host=self._text("host"))
        self.query_one("#field-mailbox", FormField).hint(mailbox_hint(draft))

    # --- saving --------------------------------------------------------------------------------------------------

    @property
    def _login(self) -> Login:
        return Login(self._text("login") or Login.PASSWORD)

    def _text(self, name: str) -> str:
        """What is filled in; ``""`` for nothing."""
        widget = self.query_one(f"#{name}")
        if isinstance(widget, TextArea):
            return widget.text
        if isinstance(widget, Input):
            return widget.value
        value = cast("Select[str]", widget).value
        return "" if value is Select.NULL else str(value)

    @on(Input.Submitted)
    @on(Button.Pressed, "#save")
    def action_save(self) -> None:
        """Save the account, or say beside the field what is wrong with it."""
        for field in self.query(FormField):
            field.hint("")
        self._show_login()
        self._show_provider_note()
        self._show_mailbox()
        filled: dict[str, Any] = {each.name: self._text(each.name) for each in fields(AccountDraft)}
        filled["login"] = self._login
        try:
            saved = self._save(account_from(AccountDraft(**filled), self._before))
        except AccountInvalid as error:
            self.query_one(f"#field-{_PLACES.get(error.field, error.field)}", FormField).complain(error.problem)
            return
        except AccountError as error:
            self.query_one("#note", Static).update(line(("! ", WARNING), str(error)))
            return
        typed = self.query_one("#client_secret", Input)
        secret = Secret(typed.value) if typed.value and saved.oauth is not None else None
        typed.clear()
        self.dismiss(Saved(saved, secret))
