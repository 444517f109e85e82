"""Every way mailmerge can say no, in one small tree.

    MailmergeError
    ├── InputError               what was given cannot be used                          exit 2
    │   ├── UsageError           flags or arguments that contradict each other
    │   ├── TableError           the recipients file cannot be read as a table
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
    ├── OutboxError              the record of what was sent cannot be read or written   exit 2
    │   └── RunBusy              another process is sending this run                     exit 3
    └── DeliveryError            messages are left to send; the run can be resumed      exit 3
        ├── ConnectionFailed     the server is unreachable, or not safe to talk to
        ├── LoginRefused         the server refused the account's credentials
        ├── SignInFailed         the account could not be signed in
        │   └── SignInNeeded         somebody has to sign in before anything more is sent
        └── StillToSend          a sealed run cannot be opened for sending now

Each message is one line for a person: what is wrong, where, and what to do.
"""

from collections.abc import Mapping
from types import MappingProxyType


class MailmergeError(Exception):
    """The root: whatever mailmerge raises on purpose."""


class InputError(MailmergeError):
    """What was given cannot be used."""


class UsageError(InputError):
    """Flags or arguments that contradict each other."""


class TableError(InputError):
    """The recipients file cannot be read as a table."""


class LetterError(InputError):
    """The letter template cannot be parsed."""


class CampaignError(InputError):
    """``campaign.toml`` is wrong."""


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

    ``expression`` is the offending template source where it is known, ``line`` its line in the template file,
    and ``forbidden`` tells a letter that reaches for what the sandbox does not give from a plain mistake.
    """

    def __init__(self, reason: str, *, line: int | None = None, expression: str = "", forbidden: bool = False):
        super().__init__(reason)
        self.reason = reason
        self.line = line
        self.expression = expression
        self.forbidden = forbidden


class Blocked(MailmergeError):
    """Findings stop the step."""


class OutboxError(MailmergeError):
    """The record of what was sent cannot be read or written."""


class RunBusy(OutboxError):
    """Another process is sending this run."""


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
