"""An account in words."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from rich.cells import cell_len
from textual.content import Content

from mailmerge.accounts import Account, Preset, presets
from mailmerge.accounts.account import PIPELINING_LABELS, TLS_LABELS
from mailmerge.i18n import N_, _, number, pgettext, plural
from mailmerge.tui.content.account_draft import Login, login_of, logins
from mailmerge.tui.content.safe_content import fit, line, lines
from mailmerge.tui.content.theme import MUTED, SUCCESS

if TYPE_CHECKING:
    from mailmerge.accounts.oauth.record import SignInRecord
    from mailmerge.delivery import ServerReport

_SENDING, _READING, _BOTH = N_("send"), N_("read the mailbox"), N_("send, read the mailbox")
_MEANINGS = {
    "https://outlook.office.com/smtp.send": _SENDING,
    "https://mail.google.com/": _BOTH,
    "https://outlook.office.com/imap.accessasuser.all": _READING,
}
_ABOUT_THE_PERSON = ("openid", "offline_access", "profile", "email")


def may(scopes: tuple[str, ...]) -> str:
    """What was granted, in words where they are known."""
    granted = [scope for scope in scopes if scope.casefold() not in _ABOUT_THE_PERSON]
    return ", ".join(_(_MEANINGS.get(scope.casefold(), scope)) for scope in granted) or _(_SENDING)


def _login(account: Account) -> str:
    """How it logs in, and as whom."""
    login = login_of(account)
    way = next((words for words, each in logins(account) if each is login), account.auth)
    return way if login is Login.NONE else _("{login}, as {user}").format(login=way, user=account.username)


def limits_in_words(account: Account) -> Iterator[str]:
    """How many messages an account may send, as far as it is known."""
    if account.per_minute:
        yield _("{count} a minute").format(count=number(account.per_minute))
    if account.per_day:
        yield _("{count} a day").format(count=number(account.per_day))


def published_by(preset: Preset) -> str:
    """What a provider publishes about itself."""
    values = {"provider": preset.label, "published": preset.published, "note": _(preset.note)}
    return _("{provider}, as published {published}, check yours: {note}").format_map(values)


def _size(size: int) -> str:
    return _("{count} MB").format(count=number(round(size / 1e6)))


def table(facts: Sequence[tuple[str, str]]) -> list[Content]:
    """Facts below each other, what they are called at the left."""
    width = max(cell_len(label) for label, _fact in facts)
    return [line((f"{fit(label, width)}  ", MUTED), text) for label, text in facts]


def account_text(account: Account, report: ServerReport | None, record: SignInRecord | None) -> Content:
    """Everything about one account."""
    name = f"{account.display_name} <{account.address}>" if account.display_name else account.address
    limits = list(limits_in_words(account))
    facts = [
        (_("From"), name),
        (_("Server"), _("{host}, port {port}").format(host=account.host, port=account.port)),
        (_("Security"), _(TLS_LABELS[account.tls])),
        (_("Login"), _login(account)),
        (_("Pace"), ", ".join(limits) or _("no limit known")),
        (_("At a time"), plural(account.connections, "{count} connection", "{count} connections")),
    ]
    if account.oauth is not None:
        signed_in = _("not yet: s signs in")
        if record:
            said = _("as {user}, on {day}; may: {scopes}")
            signed_in = said.format(user=record.user, day=record.day, scopes=may(record.scopes))
        facts.insert(4, (_("Signed in"), signed_in))
    if account.signature:
        facts.append((_("Signature"), " / ".join(account.signature.splitlines())))
    rows = table(facts)
    preset = presets().get(account.provider)
    if preset and preset.note:
        rows += [
            Content(),
            lines((published_by(preset), MUTED)),
        ]
    if report:
        rows += [
            Content(),
            line((_("Checked just now"), SUCCESS)),
            *table(
                [
                    ("TLS", report.tls or pgettext("encryption", "none")),
                    (
                        _("Login"),
                        pgettext("login", "accepted") if report.logged_in else pgettext("login", "not needed"),
                    ),
                    (_("Largest"), _size(report.size) if report.size else pgettext("size", "not given")),
                    (_("Pipelining"), _(PIPELINING_LABELS[report.pipelining])),
                    (_("Offers"), ", ".join(report.extensions)),
                ]
            ),
        ]
    return Content("\n").join(rows)
