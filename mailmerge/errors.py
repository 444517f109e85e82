"""Every way mailmerge can say no, in one small tree.

    MailmergeError
    ├── InputError               what was given cannot be used                          exit 2
    │   ├── UsageError           flags or arguments that contradict each other
    │   ├── TableError           the recipients file cannot be read as a table
    │   │   └── EmailColumnUnclear   somebody must say which column holds the addresses
    │   ├── LetterError          the letter template cannot be parsed
    │   ├── CampaignError        campaign.toml is wrong
    │   ├── AccountError         an account is unknown, or set up wrongly
    │   │   ├── AccountInvalid       one value of it cannot be used
    │   │   ├── CredentialMissing    no password is stored for the account
    │   │   ├── KeyringUnusable      no keyring that keeps a secret is there
    │   │   └── RegistrationWrong    the identity provider does not accept the client id or its settings
    │   └── RunUnknown           no run has this name
    ├── RenderFailed             one person's message cannot be made from the letter
    ├── Blocked                  findings stop the step                                 exit 1
    │   └── AlreadyWritten       people have the same letter from an earlier run
    ├── OutboxError              the record of what was sent cannot be read or written   exit 2
    │   ├── RunDamaged           the file of a run is damaged
    │   ├── BegunElsewhere       a run was sealed or begun in another home: a person decides
    │   ├── RunBusy              another process is sending this run, or its letter      exit 3
    │   └── RunsIncomparable     an earlier run cannot say whom it has written to
    └── DeliveryError            messages are left to send; the run can be resumed      exit 3
        ├── ConnectionFailed     the server is unreachable, or not safe to talk to
        ├── LoginRefused         the server refused the account's credentials
        ├── SignInFailed         the account could not be signed in
        │   └── SignInNeeded         somebody has to sign in before anything more is sent
        └── StillToSend          a sealed run cannot be opened for sending now

Each message is one line for a person: what is wrong, where, and what to do.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType


@dataclass(frozen=True, slots=True)
class Reason:
    """Why something cannot be, as data: put together only where somebody reads it."""

    kind: str
    """The token of it: whatever decides, and whatever has to stay the same, reads only this and the values."""
    clause: str
    """A whole clause with named places, marked with ``N_`` where it is written; it can follow a colon."""
    values: Mapping[str, str | int] = field(default_factory=dict)
    """What goes there: texts of cells and of letters as they are, and names and numbers of ours."""
    said: str = ""
    """What a library says in its own words, for the place ``{said}``."""

    def __str__(self) -> str:
        return self.clause.format_map({**self.values, "said": self.said})

    @property
    def tokens(self) -> tuple[str, ...]:
        """What makes it this reason, without any sentence."""
        return (self.kind, *map(str, self.values.values()))


class MailmergeError(Exception):
    """The root: whatever mailmerge raises on purpose."""


class InputError(MailmergeError):
    """What was given cannot be used."""


class UsageError(InputError):
    """Flags or arguments that contradict each other."""


class TableError(InputError):
    """The recipients file cannot be read as a table."""


class EmailColumnUnclear(TableError):
    """No column, or several, could hold the addresses of the recipients: somebody must say which."""


class LetterError(InputError):
    """The letter template cannot be parsed."""


class CampaignError(InputError):
    """``campaign.toml`` is wrong.

    ``field`` is the field that the table lacks where that is the reason, and ``reason`` what an expression fails for,
    without the expression.
    """

    def __init__(self, message: str, *, field: str = "", reason: str = ""):
        super().__init__(message)
        self.field = field
        self.reason = reason or message


class AccountError(InputError):
    """An account is unknown, or set up wrongly."""


class AccountInvalid(AccountError):
    """One value of an account cannot be used; ``field`` names it, ``problem`` is why, for beside the field."""

    def __init__(self, reason: str, *, field: str, problem: str):
        super().__init__(reason)
        self.field = field
        self.problem = problem


class CredentialMissing(AccountError):
    """No password is stored for the account."""


class KeyringUnusable(AccountError):
    """No keyring backend that really keeps a secret answers here."""


class RegistrationWrong(AccountError):
    """The identity provider does not accept the client id, or how it is registered; ``kind`` is the token of why."""

    def __init__(self, reason: str, *, kind: str):
        super().__init__(reason)
        self.kind = kind


class RunUnknown(InputError):
    """No run has this name."""


class RenderFailed(MailmergeError):
    """One person's message cannot be made from the letter.

    ``letter`` is what the letter is called where it is to blame, ``expression`` the offending template source where it
    is known, and ``line`` its line in the template file. ``forbidden`` marks a letter that reaches for what the sandbox
    does not give; without it, it is a plain mistake. ``field`` is the field that the table lacks if that is the reason.
    """

    def __init__(
        self,
        reason: Reason,
        *,
        letter: str = "",
        line: int | None = None,
        expression: str = "",
        forbidden: bool = False,
        field: str = "",
    ):
        super().__init__(reason)
        self.reason = reason
        self.letter = letter
        self.line = line
        self.expression = expression
        self.forbidden = forbidden
        self.field = field

    @property
    def problem(self) -> str:
        """What is wrong, for somebody who has the place before them."""
        return f"{self.expression}: {self.reason}" if self.expression else str(self.reason)

    def __str__(self) -> str:
        if not self.letter:
            return self.problem
        where = self.letter if self.line is None else f"{self.letter}, line {self.line}"
        return f"{where}: {self.problem}"


class Blocked(MailmergeError):
    """Findings stop the step.

    ``reason`` is the sentence, or what puts it into words when somebody reads it. If one rule refused one message,
    ``rule`` is its code, ``kind`` the token of why, and ``values`` what goes into the sentence, by name.
    """

    def __init__(self, reason: object, *, rule: str = "", kind: str = "", values: Mapping[str, object] | None = None):
        super().__init__(reason)
        self.rule = rule
        self.kind = kind
        self.values = dict(values or {})


class AlreadyWritten(Blocked):
    """People have the same letter from an earlier run, or may have it; nothing was sealed.

    ``written`` says who, as ``--json`` shows it.
    """

    def __init__(self, reason: str, written: Sequence[Mapping[str, object]] = ()):
        super().__init__(reason)
        self.written = written


class OutboxError(MailmergeError):
    """The record of what was sent cannot be read or written."""


class RunDamaged(OutboxError):
    """The file of a run is damaged; ``reason`` is why as data, and ``short`` the same without what to do about it."""

    def __init__(self, reason: Reason, short: Reason):
        super().__init__(reason)
        self.reason = reason
        self.short = short

    def __reduce__(self) -> tuple[type[RunDamaged], tuple[Reason, Reason]]:
        return type(self), (self.reason, self.short)


class BegunElsewhere(OutboxError):
    """A run was sealed or begun in another home, and may have been sent there since."""

    def __init__(self, reason: Reason):
        super().__init__(reason)
        self.reason = reason


class RunBusy(OutboxError):
    """Another process is sending this run, or the same letter."""


class RunsIncomparable(OutboxError):
    """An earlier run cannot say whom it has written to: a person decides what becomes of it.

    ``reason`` is why, without what can be done about it; ``runs`` are the names of the runs concerned.
    """

    def __init__(self, sentence: Reason, reason: Reason | None = None, runs: Sequence[str] = ()):
        super().__init__(sentence)
        self.sentence = sentence
        self.reason = reason or sentence
        self.runs = tuple(runs)

    def __reduce__(self) -> tuple[type[RunsIncomparable], tuple[Reason, Reason, tuple[str, ...]]]:
        return type(self), (self.sentence, self.reason, self.runs)


class DeliveryError(MailmergeError):
    """The server cannot be used now; the run can be resumed later."""


class ConnectionFailed(DeliveryError):
    """The server is unreachable, or not safe to talk to; ``temporary`` where waiting may help."""

    def __init__(self, reason: str, *, temporary: bool = False):
        super().__init__(reason)
        self.temporary = temporary


class LoginRefused(DeliveryError):
    """The server refused the account's credentials; ``final`` where other credentials would be refused as well.

    ``kind`` is the token of why where the server said it in a known way, and ``values`` are what its sentence names.
    """

    def __init__(
        self, reason: str, *, final: bool = False, kind: str = "", values: Mapping[str, str] = MappingProxyType({})
    ):
        super().__init__(reason)
        self.final = final
        self.kind = kind
        self.values = values


class SignInFailed(DeliveryError):
    """The account could not be signed in; ``kind`` is the token of why, ``temporary`` where waiting may help."""

    def __init__(self, reason: str, *, kind: str, temporary: bool = False):
        super().__init__(reason)
        self.kind = kind
        self.temporary = temporary


class SignInNeeded(SignInFailed):
    """Somebody has to sign in, for the first time or again, before anything more is sent."""


class StillToSend(DeliveryError):
    """A sealed run cannot be opened for sending now: it is busy, or its record cannot be written."""


def os_reason(error: OSError) -> str:
    """Why the operating system refused, in words for a person ("permission denied")."""
    return (error.strerror or str(error) or type(error).__name__).lower()
