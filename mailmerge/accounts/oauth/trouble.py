"""Why a sign-in did not succeed, as data: a token and named values; the sentence is made when a face shows it.

What follows (sign in again, ask the administrator, wait) hangs on the ``error`` of the answer (RFC 6749 5.2, RFC 8628
3.5), never on Microsoft's AADSTS number: those "are subject to change", and only choose a sentence here.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from enum import StrEnum
from string import Formatter
from typing import Any

from msgspec import Struct, field
from msgspec.structs import replace

from mailmerge.errors import AccountError, DeliveryError, RegistrationWrong, SignInFailed, SignInNeeded
from mailmerge.i18n import N_, _
from mailmerge.text.regex import regex
from mailmerge.text.shown import shorten


class Remedy(StrEnum):
    """What can be done about it."""

    SIGN_IN = "sign-in"
    """Somebody signs in again; a run waits for that."""
    ADMIN = "admin"
    """The company's administrator has to change something."""
    SETTINGS = "settings"
    """The account or its registration is wrong: exit 2."""
    WAIT = "wait"
    """It may succeed by itself later."""
    NONE = "none"
    """Nothing was changed; start again when you like."""


class TroubleKind(StrEnum):
    """The token of a trouble."""

    SIGN_IN_NEEDED = "sign-in-needed"
    SIGN_IN_AGAIN = "sign-in-again"
    NO_LONGER_VALID = "no-longer-valid"
    SECOND_FACTOR = "second-factor"
    STORE_DAMAGED = "store-damaged"
    ADMIN_CONSENT = "admin-consent"
    CANCELLED = "cancelled"
    REDIRECT_MISSING = "redirect-missing"
    NOT_PUBLIC = "not-public-client"
    CLIENT_UNKNOWN = "client-unknown"
    CLIENT_REFUSED = "client-refused"
    WRONG_COMPANY = "wrong-company"
    NOT_ASSIGNED = "not-assigned"
    FORBIDDEN = "forbidden"
    CODES_FORBIDDEN = "codes-forbidden"
    ACCOUNT_LOCKED = "account-locked"
    ACCOUNT_DISABLED = "account-disabled"
    PASSWORD_EXPIRED = "password-expired"  # noqa: S105  (a token of trouble, not a password)
    PASSWORD_WRONG = "password-wrong"  # noqa: S105
    BUSY = "busy"
    REFUSED = "refused"
    ANSWER_REFUSED = "answer-refused"
    UNREACHABLE = "unreachable"
    BARRED = "barred"
    PROXY_LOGIN = "proxy-login"
    CERTIFICATE = "certificate"
    CLOCK = "clock"
    NO_DISCOVERY = "no-discovery"
    DISCOVERY_WRONG = "discovery-wrong"
    NO_DEVICE_CODES = "no-device-codes"
    CODE_EXPIRED = "code-expired"
    NOBODY_CAME = "nobody-came"
    NO_PORT = "no-port"
    WRONG_STATE = "wrong-state"
    WRONG_ISSUER = "wrong-issuer"
    NO_ANSWER = "no-answer"
    NO_REFRESH_TOKEN = "no-refresh-token"  # noqa: S105
    WRONG_PERSON = "wrong-person"
    SERVER = "server"
    SMTP_OFF = "smtp-off"
    TOKEN_ELSEWHERE = "token-elsewhere"  # noqa: S105
    PASSWORDS_OFF = "passwords-off"


_TABLE: Mapping[TroubleKind, tuple[Remedy, str]] = {
    TroubleKind.SIGN_IN_NEEDED: (
        Remedy.SIGN_IN,
        N_('account "{account}" is not signed in: run `mailmerge account sign-in {account}`'),
    ),
    TroubleKind.SIGN_IN_AGAIN: (
        Remedy.SIGN_IN,
        N_(
            "{provider} no longer accepts the stored sign-in (password changed, or unused for a long time):"
            " run `mailmerge account sign-in {account}`"
        ),
    ),
    TroubleKind.NO_LONGER_VALID: (
        Remedy.SIGN_IN,
        N_(
            "the sign-in of {since} is no longer valid (password changed, or unused for a long time): run `mailmerge "
            "account sign-in {account}`"
        ),
    ),
    TroubleKind.SECOND_FACTOR: (
        Remedy.SIGN_IN,
        N_("{provider} wants you to sign in again (second factor): run `mailmerge account sign-in {account}`"),
    ),
    TroubleKind.STORE_DAMAGED: (
        Remedy.SIGN_IN,
        N_(
            "the sign-in of {since} is no longer in the keyring, or not all of it: run `mailmerge account sign-in "
            "{account}`"
        ),
    ),
    TroubleKind.ADMIN_CONSENT: (
        Remedy.ADMIN,
        N_(
            "your administrator has to allow mailmerge first; send them the note that `mailmerge account admin-note "
            "{account}` prints"
        ),
    ),
    TroubleKind.CANCELLED: (Remedy.NONE, N_("the sign-in was cancelled; nothing was changed")),
    TroubleKind.REDIRECT_MISSING: (
        Remedy.SETTINGS,
        N_(
            "the registration lacks the address http://localhost (platform Mobile and desktop applications);"
            " your administrator can add it: `mailmerge account admin-note {account}` says how"
        ),
    ),
    TroubleKind.NOT_PUBLIC: (
        Remedy.SETTINGS,
        N_(
            "the registration is not a public client (Allow public client flows), or has a secret where none belongs;"
            " your administrator can change it: `mailmerge account admin-note {account}` says how"
        ),
    ),
    TroubleKind.CLIENT_UNKNOWN: (
        Remedy.SETTINGS,
        N_(
            "this client id is not known (or is switched off) in your company: check client_id and tenant of account"
            ' "{account}" with your administrator'
        ),
    ),
    TroubleKind.CLIENT_REFUSED: (
        Remedy.SETTINGS,
        N_(
            '{provider} refuses the registration of account "{account}" ({detail}): check client_id, tenant and the'
            " client secret with your administrator"
        ),
    ),
    TroubleKind.WRONG_COMPANY: (
        Remedy.SIGN_IN,
        N_(
            "you signed in with an account that does not belong to this company: sign in again and choose the other one"
        ),
    ),
    TroubleKind.NOT_ASSIGNED: (
        Remedy.ADMIN,
        N_("you are not on the list of people who may use this app: ask your administrator to add you"),
    ),
    TroubleKind.FORBIDDEN: (
        Remedy.ADMIN,
        N_(
            "a rule of your company (Conditional Access or security defaults) forbids this sign-in: ask your"
            " administrator"
        ),
    ),
    TroubleKind.CODES_FORBIDDEN: (
        Remedy.ADMIN,
        N_(
            "your company does not allow codes: sign in with the browser on this computer (`mailmerge account sign-in "
            "{account}`)"
        ),
    ),
    TroubleKind.ACCOUNT_LOCKED: (
        Remedy.ADMIN,
        N_("{provider} says that the account is locked: ask your administrator"),
    ),
    TroubleKind.ACCOUNT_DISABLED: (
        Remedy.ADMIN,
        N_("{provider} says that the account is disabled: ask your administrator"),
    ),
    TroubleKind.PASSWORD_EXPIRED: (
        Remedy.SIGN_IN,
        N_("{provider} says that the password has expired: change it there, then sign in again"),
    ),
    TroubleKind.PASSWORD_WRONG: (
        Remedy.SIGN_IN,
        N_("{provider} says that the password is wrong (mailmerge never sees it): sign in again"),
    ),
    TroubleKind.BUSY: (Remedy.WAIT, N_("{provider} is busy ({detail}); try again in a few minutes")),
    TroubleKind.REFUSED: (Remedy.NONE, N_("{provider} refused the sign-in: {detail}")),
    TroubleKind.ANSWER_REFUSED: (
        Remedy.SIGN_IN,
        N_("{provider} did not accept what the browser brought back ({detail}): start the sign-in again"),
    ),
    TroubleKind.UNREACHABLE: (
        Remedy.WAIT,
        N_("cannot reach {host} ({detail}): check the network and the proxy, then try again"),
    ),
    TroubleKind.BARRED: (
        Remedy.WAIT,
        N_(
            "the way to {host} is barred: {detail} came instead of its answer (a proxy, or a network that wants you to"
            " log in first); ask your administrator to let this computer reach it"
        ),
    ),
    TroubleKind.PROXY_LOGIN: (
        Remedy.WAIT,
        N_(
            "the proxy on the way to {host} wants a login: give it in the variable HTTPS_PROXY or in the"
            " system's settings"
        ),
    ),
    TroubleKind.CERTIFICATE: (
        Remedy.WAIT,
        N_(
            "the way to {host} is not safe: its certificate is signed by {signer}, which this computer does not trust;"
            " ask your administrator"
        ),
    ),
    TroubleKind.CLOCK: (
        Remedy.WAIT,
        N_("the certificate of {host} is not valid at the time this computer shows: check its date and time"),
    ),
    TroubleKind.NO_DISCOVERY: (
        Remedy.SETTINGS,
        N_('issuer "{issuer}" publishes no sign-in data at {url} ({detail}): check issuer of account "{account}"'),
    ),
    TroubleKind.DISCOVERY_WRONG: (
        Remedy.SETTINGS,
        N_('the sign-in data of issuer "{issuer}" cannot be used: {detail}; ask whoever runs it'),
    ),
    TroubleKind.NO_DEVICE_CODES: (
        Remedy.NONE,
        N_(
            "{provider} offers no codes for sending mail: sign in with the browser on this computer"
            " (`mailmerge account sign-in {account}`)"
        ),
    ),
    TroubleKind.CODE_EXPIRED: (Remedy.SIGN_IN, N_("the code was not used in time: start the sign-in again")),
    TroubleKind.NOBODY_CAME: (
        Remedy.SIGN_IN,
        N_(
            "the browser did not come back within {minutes} minutes: start the sign-in again, or use a code"
            " (`mailmerge account sign-in {account} --device`)"
        ),
    ),
    TroubleKind.NO_PORT: (
        Remedy.NONE,
        N_(
            "no port of this computer could be opened for the browser ({detail}): use a code (`mailmerge account "
            "sign-in {account} --device`)"
        ),
    ),
    TroubleKind.WRONG_STATE: (
        Remedy.SIGN_IN,
        N_("the browser brought the answer to another sign-in: close its old tabs and start the sign-in again"),
    ),
    TroubleKind.WRONG_ISSUER: (
        Remedy.SIGN_IN,
        N_('the answer came from "{detail}" instead of {provider}; it was not used: start the sign-in again'),
    ),
    TroubleKind.NO_ANSWER: (
        Remedy.WAIT,
        N_("{host} answered something else than a token: try again, and ask your administrator if it happens again"),
    ),
    TroubleKind.NO_REFRESH_TOKEN: (
        Remedy.SETTINGS,
        N_(
            "{provider} gave no lasting permission (no refresh token), so that every sending would need a new sign-in:"
            " the registration must allow offline_access"
        ),
    ),
    TroubleKind.WRONG_PERSON: (
        Remedy.SIGN_IN,
        N_(
            'you signed in as {user}, but account "{account}" logs in as {username}; nothing was stored. Sign'
            " in again and"
            " choose the other account; to send from a shared mailbox, set username to {user}"
        ),
    ),
    TroubleKind.SERVER: (
        Remedy.NONE,
        N_("you signed in, but the mail server did not take the login, so nothing was stored: {detail}"),
    ),
    TroubleKind.SMTP_OFF: (
        Remedy.ADMIN,
        N_(
            "your company has switched off sending by SMTP, with a sign-in as well ({detail}); an administrator can "
            "switch it on for the mailbox: Set-CASMailbox -Identity {username} -SmtpClientAuthenticationDisabled $false"
        ),
    ),
    TroubleKind.TOKEN_ELSEWHERE: (
        Remedy.SIGN_IN,
        N_(
            "{host} refuses the token for {username} ({detail}): it belongs to another mailbox, lacks the permission"
            " SMTP.Send, or SMTP is switched off for the mailbox; sign in with the right account"
        ),
    ),
    TroubleKind.PASSWORDS_OFF: (
        Remedy.SETTINGS,
        N_(
            "{host} no longer accepts passwords ({detail}): set auth to oauth2 with a client_id for account"
            ' "{account}", then run `mailmerge account sign-in {account}`'
        ),
    ),
}

_BY_ERROR: Mapping[str, tuple[Remedy, TroubleKind]] = {
    "invalid_grant": (Remedy.SIGN_IN, TroubleKind.SIGN_IN_AGAIN),
    "interaction_required": (Remedy.SIGN_IN, TroubleKind.SECOND_FACTOR),
    "login_required": (Remedy.SIGN_IN, TroubleKind.SIGN_IN_AGAIN),
    "account_selection_required": (Remedy.SIGN_IN, TroubleKind.SIGN_IN_AGAIN),
    "consent_required": (Remedy.SIGN_IN, TroubleKind.SIGN_IN_AGAIN),
    "invalid_client": (Remedy.SETTINGS, TroubleKind.CLIENT_REFUSED),
    "unauthorized_client": (Remedy.SETTINGS, TroubleKind.CLIENT_REFUSED),
    "deleted_client": (Remedy.SETTINGS, TroubleKind.CLIENT_UNKNOWN),
    "disabled_client": (Remedy.SETTINGS, TroubleKind.CLIENT_UNKNOWN),
    "org_internal": (Remedy.SIGN_IN, TroubleKind.WRONG_COMPANY),
    "invalid_request": (Remedy.SETTINGS, TroubleKind.CLIENT_REFUSED),
    "invalid_tenant": (Remedy.SETTINGS, TroubleKind.CLIENT_UNKNOWN),
    "invalid_scope": (Remedy.SETTINGS, TroubleKind.CLIENT_REFUSED),
    "invalid_redirect_uri": (Remedy.SETTINGS, TroubleKind.REDIRECT_MISSING),
    "redirect_uri_mismatch": (Remedy.SETTINGS, TroubleKind.REDIRECT_MISSING),
    "unsupported_grant_type": (Remedy.SETTINGS, TroubleKind.CLIENT_REFUSED),
    "unsupported_response_type": (Remedy.SETTINGS, TroubleKind.CLIENT_REFUSED),
    "access_denied": (Remedy.NONE, TroubleKind.CANCELLED),
    "authorization_declined": (Remedy.NONE, TroubleKind.CANCELLED),
    "admin_policy_enforced": (Remedy.ADMIN, TroubleKind.ADMIN_CONSENT),
    "expired_token": (Remedy.SIGN_IN, TroubleKind.CODE_EXPIRED),
    "temporarily_unavailable": (Remedy.WAIT, TroubleKind.BUSY),
    "server_error": (Remedy.WAIT, TroubleKind.BUSY),
    "slow_down": (Remedy.WAIT, TroubleKind.BUSY),
}
"""RFC 6749 4.1.2.1 and 5.2, RFC 8628 3.5, OpenID Connect Core 3.1.2.6, and what Google and Microsoft add."""

_BY_NUMBER: Mapping[int, TroubleKind] = {
    **dict.fromkeys((50072, 50076, 50078, 50079, 70043), TroubleKind.SECOND_FACTOR),
    **dict.fromkeys((50089, 50133, 50173, 54005, 70008, 700082), TroubleKind.SIGN_IN_AGAIN),
    **dict.fromkeys((65001, 90094, 90095, 650056), TroubleKind.ADMIN_CONSENT),
    65004: TroubleKind.CANCELLED,
    **dict.fromkeys((50011, 900971), TroubleKind.REDIRECT_MISSING),
    **dict.fromkeys((70002, 700025, 7000218), TroubleKind.NOT_PUBLIC),
    **dict.fromkeys((50194, 70001, 90002, 700011, 700016, 7000112), TroubleKind.CLIENT_UNKNOWN),
    **dict.fromkeys((16000, 50020, 50034, 500208), TroubleKind.WRONG_COMPANY),
    50105: TroubleKind.NOT_ASSIGNED,
    **dict.fromkeys((50097, 50131, 53000, 53001, 53002, 53003, 530032, 530035), TroubleKind.FORBIDDEN),
    50053: TroubleKind.ACCOUNT_LOCKED,
    50057: TroubleKind.ACCOUNT_DISABLED,
    50055: TroubleKind.PASSWORD_EXPIRED,
    50126: TroubleKind.PASSWORD_WRONG,
    **dict.fromkeys((50196, 90006, 90033), TroubleKind.BUSY),
}
"""Microsoft's numbers, and the sentence that each chooses (2026-11)."""

_AADSTS = regex(r"AADSTS(\d{4,8})")
_TRACE = regex(r"\s*(Trace ID|Correlation ID|Timestamp)\s*:.*", re.DOTALL)
_ADMIN_SUBTYPES = ("admin_policy_enforced",)


class Trouble(Struct, frozen=True):
    """One reason, and the values that its sentence names."""

    kind: TroubleKind
    values: Mapping[str, str] = field(default_factory=dict)
    by_error: Remedy | None = None
    """What the answer's ``error`` asks for; None where the kind alone says it."""

    @property
    def remedy(self) -> Remedy:
        """What can be done about it."""
        return self.by_error or _TABLE[self.kind][0]

    @property
    def template(self) -> str:
        """Its sentence, with named places."""
        return _TABLE[self.kind][1]

    @property
    def shown(self) -> Mapping[str, str]:
        """What goes into the places of its sentence: short, without what could act on a screen."""
        places = [name for _, name, _, _ in Formatter().parse(self.template) if name]
        return {name: shorten(self.values[name], 200) if name in self.values else "?" for name in places}

    @property
    def sentence(self) -> str:
        """What, where and what to do, in English and on one line."""
        return _(self.template).format_map(self.shown)

    def also(self, **values: str) -> Trouble:
        """With more values for its sentence; those that are there already stay."""
        return replace(self, values=values | dict(self.values))

    def error(self) -> DeliveryError | AccountError:
        """The exception that says it; its class decides the exit code and whether a run waits."""
        shown: Mapping[str, Any] = self.shown
        if self.remedy is Remedy.SETTINGS:
            return RegistrationWrong(self.template, kind=self.kind, **shown)
        if self.remedy is Remedy.SIGN_IN:
            return SignInNeeded(self.template, kind=self.kind, **shown)
        return SignInFailed(self.template, kind=self.kind, temporary=self.remedy is Remedy.WAIT, **shown)


class SignInTrouble(Exception):
    """A trouble on its way to whoever turns it into an event or an error; it never leaves this package."""

    def __init__(self, trouble: Trouble):
        super().__init__(trouble.kind)
        self.trouble = trouble


def from_answer(error: str, description: str, *, device: bool = False, exchange: bool = False) -> Trouble:
    """What an error answer of the identity provider means.

    ``device`` and ``exchange`` say what was asked: a sign-in by code, or the token for what the browser brought.
    """
    remedy, kind = _BY_ERROR.get(error, (Remedy.NONE, TroubleKind.REFUSED))
    if any(subtype in description for subtype in _ADMIN_SUBTYPES):
        kind = TroubleKind.ADMIN_CONSENT
    number = _AADSTS.search(description)
    kind = _BY_NUMBER.get(int(number.group(1)), kind) if number else kind
    if exchange and kind is TroubleKind.SIGN_IN_AGAIN:
        kind = TroubleKind.ANSWER_REFUSED
    if device and kind is TroubleKind.FORBIDDEN:
        kind = TroubleKind.CODES_FORBIDDEN
    return Trouble(kind, {"detail": _detail(error, description)}, remedy)


def _detail(error: str, description: str) -> str:
    """The description's first line without what only Microsoft's support can read."""
    lines = _TRACE.sub("", description).strip().splitlines()
    return (lines[0].strip() if lines else "") or error or _("no reason given")


_SWITCHED_OFF = regex(r"SmtpClientAuthentication is disabled", re.IGNORECASE)


def from_reply(code: int, enhanced: str, text: str, *, token: bool) -> TroubleKind | None:
    """What a submission server's refusal of a login means, where Exchange says it in its own way; None otherwise."""
    if code // 100 != 5:
        return None
    if enhanced == "5.7.30":
        return TroubleKind.PASSWORDS_OFF
    if enhanced == "5.7.139" and _SWITCHED_OFF.search(text):
        return TroubleKind.SMTP_OFF
    return TroubleKind.TOKEN_ELSEWHERE if token and enhanced == "5.7.3" else None
