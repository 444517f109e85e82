"""An account in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.content import Content

from mailmerge.accounts import Account, presets
from mailmerge.accounts.account import TLS_LABELS
from mailmerge.tui.account_draft import Login, login_of, logins
from mailmerge.tui.show import line, lines
from mailmerge.tui.theme import GOOD, QUIET

if TYPE_CHECKING:
    from mailmerge.accounts.oauth.record import SignedIn
    from mailmerge.delivery import ServerReport

_SENDING, _READING = "send", "read the mailbox"
_MEANINGS = {
    "https://outlook.office.com/smtp.send": _SENDING,
    "https://mail.google.com/": f"{_SENDING}, {_READING}",
    "https://outlook.office.com/imap.accessasuser.all": _READING,
}
_ABOUT_THE_PERSON = ("openid", "offline_access", "profile", "email")


def may(scopes: tuple[str, ...]) -> str:
    """What was granted, in words where they are known."""
    granted = [scope for scope in scopes if scope.casefold() not in _ABOUT_THE_PERSON]
    return ", ".join(_MEANINGS.get(scope.casefold(), scope) for scope in granted) or _SENDING


def _login(account: Account) -> str:
    """How it logs in, and as whom."""
    login = login_of(account)
    way = next((words for words, each in logins(account) if each is login), account.auth)
    return way if login is Login.NONE else f"{way}, as {account.username}"


def account_text(account: Account, report: ServerReport | None, record: SignedIn | None) -> Content:
    """Everything about one account."""
    name = f"{account.display_name} <{account.address}>" if account.display_name else account.address
    limits = [f"{account.per_minute:g} a minute"] if account.per_minute else []
    limits += [f"{account.per_day} a day"] if account.per_day else []
    facts = [
        ("From", name),
        ("Server", f"{account.host}, port {account.port}"),
        ("Security", TLS_LABELS[account.tls]),
        ("Login", _login(account)),
        ("Pace", ", ".join(limits) or "no limit known"),
        ("At a time", f"{account.connections} connection{'s'[: account.connections > 1]}"),
    ]
    if account.oauth is not None:
        signed_in = f"as {record.user}, on {record.day}; may: {may(record.scopes)}" if record else "not yet: s signs in"
        facts.insert(4, ("Signed in", signed_in))
    if account.signature:
        facts.append(("Signature", " / ".join(account.signature.splitlines())))
    rows = [line((f"{label:<11}", QUIET), text) for label, text in facts]
    preset = presets().get(account.provider)
    if preset and preset.note:
        rows += [
            Content(),
            lines((f"{preset.label}, as published {preset.published}, check yours: {preset.note}", QUIET)),
        ]
    if report:
        rows += [
            Content(),
            line(("Checked just now", GOOD)),
            line(("TLS        ", QUIET), report.tls or "none"),
            line(("Login      ", QUIET), "accepted" if report.logged_in else "not needed"),
            line(("Largest    ", QUIET), f"{report.size / 1e6:.0f} MB" if report.size else "not told"),
            line(("Pipelining ", QUIET), report.pipelining),
            line(("Offers     ", QUIET), ", ".join(report.extensions)),
        ]
    return Content("\n").join(rows)
