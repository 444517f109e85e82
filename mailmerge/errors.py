"""Every way mailmerge can say no, in one small tree.

    MailmergeError
    ├── InputError               what was given cannot be used                          exit 2
    │   ├── UsageError           flags or arguments that contradict each other
    │   ├── WrongWords           the words given do not open a pack
    │   ├── TableError           the recipients file cannot be read as a table
    │   │   └── TableUnclear     it can be read in several ways: somebody must say which
    │   │       ├── SheetUnclear         which sheet holds the recipients
    │   │       └── EmailColumnUnclear   which column holds the addresses
    │   ├── LetterError          the letter template cannot be parsed
    │   ├── CampaignError        campaign.toml is wrong
    │   ├── AccountError         an account is unknown, or set up wrongly
    │   │   ├── ConfigError          config.toml cannot be read
    │   │   ├── AccountInvalid       one value of it cannot be used
    │   │   ├── CredentialMissing    no password is stored for the account
    │   │   ├── KeyringUnusable      no keyring that keeps a secret is there
    │   │   └── RegistrationWrong    the identity provider does not accept the client id or its settings
    │   └── RunUnknown           no run has this name
    ├── RenderFailed             one person's message cannot be made from the letter
    ├── Blocked                  findings stop the step                                 exit 1
    │   ├── AlreadyWritten       people have the same letter from an earlier run
    │   └── ApprovalRefused      an approval does not count
    │       └── ApprovalNeeded       nobody else has approved the run
    ├── OutboxError              the record of what was sent cannot be read or written   exit 2
    │   ├── RunDamaged           the file of a run is damaged
    │   ├── FileBusy             another process is writing such a file now
    │   ├── BegunElsewhere       a run was sealed or begun in another home: a person decides
    │   ├── RunBusy              another process is sending this run, or its letter      exit 3
    │   └── RunsIncomparable     an earlier run cannot say whom it has written to
    └── DeliveryError            messages are left to send; the run can be resumed      exit 3
        ├── ConnectionFailed     the server is unreachable, or not safe to talk to
        ├── LoginRefused         the server refused the account's credentials
        ├── SignInFailed         the account could not be signed in
        │   └── SignInNeeded         somebody has to sign in before anything more is sent
        ├── MailboxFailed        a mailbox cannot be read or added to now
        └── StillToSend          a sealed run cannot be opened for sending now

An error is data until a face shows it: a sentence with named places, and the values that go there. ``str(error)`` puts
them together in the language of whoever reads it: one line for a person, what is wrong, where, and what to do.
"""

from __future__ import annotations

import errno
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Protocol

from msgspec import Struct, field

from mailmerge.i18n import N_, _


class Reason(Struct, frozen=True):
    """Why something cannot be, as data: put together only where somebody reads it."""

    kind: str
    """The token of it: whatever decides, and whatever has to stay the same, reads only this and the values."""
    clause: str
    """A whole clause with named places, marked with ``N_`` where it is written; it can follow a colon."""
    values: Mapping[str, object] = field(default_factory=dict)
    """What goes there: texts of cells and of letters as they are, and names and numbers of ours."""
    said: str = ""
    """What a library says in its own words, for the place ``{said}``."""

    def __str__(self) -> str:
        return _(self.clause).format_map({**self.values, "said": self.said})

    @property
    def tokens(self) -> tuple[str, ...]:
        """What makes it this reason, without any sentence."""
        return (self.kind, *map(str, self.values.values()))


class SentenceTemplate(Protocol):
    """What puts values into words: a text with named places, as a rule."""

    def format_map(self, values: Mapping[str, object], /) -> str:
        """The sentence."""
        ...


class MailmergeError(Exception):
    """The root: whatever mailmerge raises on purpose."""

    def __init__(self, template: SentenceTemplate | Reason, /, **values: object):
        super().__init__(template)
        self.template = template
        """A whole sentence, marked with ``N_`` where it is written; with values it has a place for each of them."""
        self.values: Mapping[str, object] = values
        """What goes there, by name: texts, numbers, and reasons that are sentences of their own."""

    def __str__(self) -> str:
        template = _(self.template) if isinstance(self.template, str) else self.template
        return template.format_map(self.values) if self.values and not isinstance(template, Reason) else str(template)

    def __reduce__(self) -> tuple[object, ...]:
        return _restored, (type(self), self.args, self.__dict__)


def _restored(kind: type[MailmergeError], arguments: Sequence[object], state: Mapping[str, object]) -> MailmergeError:
    """An error that another process raised, as it was there."""
    error = kind.__new__(kind, *arguments)
    error.__dict__.update(state)
    return error


class InputError(MailmergeError):
    """What was given cannot be used."""


class UsageError(InputError):
    """Flags or arguments that contradict each other."""


class WrongWords(InputError):
    """The words that were given do not open a pack: they may have been heard or typed wrongly."""


class TableError(InputError):
    """The recipients file cannot be read as a table."""


class TableUnclear(TableError):
    """A table can be read in several ways: somebody must say which is meant."""


class SheetUnclear(TableUnclear):
    """Several sheets of a workbook could be the one with the recipients: somebody must say which."""


class EmailColumnUnclear(TableUnclear):
    """No column, or several, could hold the addresses of the recipients: somebody must say which."""


_ON_LINE = N_("{path}, line {line}: {problem}")


class LetterError(InputError):
    """The letter template cannot be parsed.

    With a ``line`` the sentence is what is wrong there, and ``path`` is the file; without one it names the file itself.
    """

    def __init__(self, template: str, /, *, path: Path | None = None, line: int | None = None, **values: object):
        super().__init__(template, **values if path is None else {**values, "path": path})
        self.path = path
        self.line = line

    @property
    def problem(self) -> str:
        """What is wrong, for somebody who has the place before them."""
        return super().__str__()

    def __str__(self) -> str:
        return (
            self.problem
            if self.line is None
            else _(_ON_LINE).format(path=self.path, line=self.line, problem=self.problem)
        )


class CampaignError(InputError):
    """``campaign.toml`` is wrong.

    ``field`` is the field that the table lacks where that is the reason, and ``reason`` what an expression fails for,
    without the expression.
    """

    def __init__(self, template: str, /, *, field: str = "", reason: str = "", **values: object):
        super().__init__(template, **values)
        self.field = field
        self.reason = reason or str(self)


class AccountError(InputError):
    """An account is unknown, or set up wrongly."""


class ConfigError(AccountError):
    """``config.toml``, which has the accounts, cannot be read."""


class AccountInvalid(AccountError):
    """One value of an account cannot be used; ``field`` names it, ``problem`` is why, for beside the field."""

    def __init__(self, template: str, /, *, field: str, problem: Reason | str, **values: object):
        super().__init__(template, **values, problem=problem)
        self.field = field

    @property
    def problem(self) -> str:
        """Why, for somebody who has the field before them."""
        return str(self.values["problem"])


class CredentialMissing(AccountError):
    """No password is stored for the account."""


class KeyringUnusable(AccountError):
    """No keyring backend that really keeps a secret answers here."""


class RegistrationWrong(AccountError):
    """The identity provider does not accept the client id, or how it is registered; ``kind`` is the token of why."""

    def __init__(self, template: str, /, *, kind: str, **values: object):
        super().__init__(template, **values)
        self.kind = kind


class RunUnknown(InputError):
    """No run has this name."""


_IN_LETTER = N_("{path}: {problem}")


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
        super().__init__("{reason}", reason=reason)
        self.reason = reason
        self.letter = letter
        self.line = line
        self.expression = expression
        self.forbidden = forbidden
        self.field = field

    @property
    def problem(self) -> str:
        """What is wrong, for somebody who has the place before them."""
        if not self.expression:
            return str(self.reason)
        return _("{where}: {problem}").format(where=self.expression, problem=self.reason)

    def __str__(self) -> str:
        if not self.letter:
            return self.problem
        where = _IN_LETTER if self.line is None else _ON_LINE
        return _(where).format(path=self.letter, line=self.line, problem=self.problem)


class Blocked(MailmergeError):
    """Findings stop the step.

    If one rule refused one message, ``rule`` is its code and ``kind`` the token of why.
    """

    def __init__(self, template: SentenceTemplate | Reason, /, *, rule: str = "", kind: str = "", **values: object):
        super().__init__(template, **values)
        self.rule = rule
        self.kind = kind


class AlreadyWritten(Blocked):
    """People have the same letter from an earlier run, or may have it; nothing was sealed.

    ``written`` says who, as ``--json`` shows it.
    """

    def __init__(self, template: str, written: Sequence[Mapping[str, object]] = (), /, **values: object):
        super().__init__(template)
        self.values = values
        self.written = written


class ApprovalRefused(Blocked):
    """An approval does not count; ``kind`` is the token of why."""


class ApprovalNeeded(ApprovalRefused):
    """A run needs the approval of a second person, and has none that counts."""


class OutboxError(MailmergeError):
    """The record of what was sent cannot be read or written."""


class RunDamaged(OutboxError):
    """The file of a run is damaged; ``reason`` is why as data, and ``short`` the same without what to do about it."""

    def __init__(self, reason: Reason, short: Reason):
        super().__init__(reason)
        self.reason = reason
        self.short = short


class BegunElsewhere(OutboxError):
    """A run was sealed or begun in another home, and may have been sent there since."""

    def __init__(self, reason: Reason):
        super().__init__(reason)
        self.reason = reason


class FileBusy(OutboxError):
    """Another process is writing the file of a run now: nothing is wrong with it."""


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


class DeliveryError(MailmergeError):
    """The server cannot be used now; the run can be resumed later."""


class ConnectionFailed(DeliveryError):
    """The server is unreachable, or not safe to talk to; ``kind`` is why, ``temporary`` where waiting may help."""

    def __init__(self, template: str, /, *, kind: str = "", temporary: bool = False, **values: object):
        super().__init__(template, **values)
        self.kind = kind
        self.temporary = temporary


class LoginRefused(DeliveryError):
    """The server refused the account's credentials; ``final`` where other credentials would be refused as well.

    ``kind`` is the token of why where the server said it in a known way.
    """

    def __init__(self, template: str, /, *, final: bool = False, kind: str = "", **values: object):
        super().__init__(template, **values)
        self.final = final
        self.kind = kind


class SignInFailed(DeliveryError):
    """The account could not be signed in; ``kind`` is the token of why, ``temporary`` where waiting may help."""

    def __init__(self, template: str, /, *, kind: str, temporary: bool = False, **values: object):
        super().__init__(template, **values)
        self.kind = kind
        self.temporary = temporary


class SignInNeeded(SignInFailed):
    """Somebody has to sign in, for the first time or again, before anything more is sent."""


class MailboxFailed(DeliveryError):
    """The mailbox of an account cannot be read or added to now; ``kind`` is the token of why."""

    def __init__(self, template: str, /, *, kind: str, **values: object):
        super().__init__(template, **values)
        self.kind = kind


class StillToSend(DeliveryError):
    """A sealed run cannot be opened for sending now: it is busy, or its record cannot be written."""


_OS_REASONS = (
    N_("permission denied"), N_("operation not permitted"), N_("no such file or directory"), N_("file exists"),
    N_("is a directory"), N_("not a directory"), N_("directory not empty"), N_("read-only file system"),
    N_("no space left on device"), N_("disk quota exceeded"), N_("file name too long"), N_("input/output error"),
    N_("too many open files"), N_("broken pipe"), N_("connection refused"), N_("connection reset by peer"),
    N_("connection timed out"), N_("timed out"), N_("network is unreachable"), N_("no route to host"),
    N_("name or service not known"), N_("temporary failure in name resolution"),
)  # fmt: skip
"""What operating systems say most; what else they say stays as they say it."""


OS_ADVICE: Mapping[int, str] = {
    errno.ENOSPC: N_("no space left on device; free some space and try again"),
    errno.EDQUOT: N_("disk quota exceeded; free some space and try again"),
    errno.EROFS: N_("read-only file system; use a folder in which you can write"),
    errno.EACCES: N_(
        "permission denied; check that you may use the file and its folder, and close it in other programs"
    ),
    errno.EPERM: N_("operation not permitted; check that you may use the file and its folder"),
    errno.ENOENT: N_("no such file or directory; check the name and the folder"),
    errno.EEXIST: N_("file exists; move it elsewhere, or give another name"),
    errno.EISDIR: N_("is a directory; move it elsewhere, or give a file"),
    errno.ENOTDIR: N_("not a directory; a file is where a folder should be: move it elsewhere"),
    errno.ENOTEMPTY: N_("directory not empty; give another name"),
    errno.ENAMETOOLONG: N_("file name too long; give it a shorter name"),
    errno.EIO: N_("input/output error; check the disk and try again"),
    errno.EMFILE: N_("too many open files; close other programs and try again"),
    errno.ENFILE: N_("too many open files in system; close other programs and try again"),
    errno.EBUSY: N_("device or resource busy; close it in other programs and try again"),
}
"""What systems say most of files, and what to do about it."""


def os_reason(error: OSError) -> str:
    """Why the operating system refused a file, and what to do; ends a sentence that has no advice of its own."""
    advice = OS_ADVICE.get(error.errno or 0)
    return _(advice) if advice else os_cause(error)


def os_cause(error: OSError) -> str:
    """Why the operating system refused, in words for a person ("permission denied"), beside advice of another kind."""
    return _((error.strerror or str(error) or type(error).__name__).lower())
