"""The last gate: what leaves has exactly one recipient, on the exact bytes, whatever made them.

It is independent of everything that composes messages. CPython up to 3.12.1 folds ``=?UTF-8?Q?=0ABcc:_x@y?=`` in a
name into a real Bcc header (CVE-2024-6923), a long quoted display name can refold into a second mailbox, and
``Address(domain="x.fr>, <b@y.fr")`` yields two. So the bytes are read again by a scanner of its own that accepts only
the narrow grammar that this program writes.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence

from msgspec import Struct

from mailmerge.errors import Blocked
from mailmerge.i18n import N_, _
from mailmerge.lint.rules.wir.wir901_one_recipient import one_recipient
from mailmerge.lint.rules.wir.wir902_header_set import header_set
from mailmerge.lint.rules.wir.wir903_canonical_bytes import canonical_bytes
from mailmerge.lint.rules.wir.wir904_sealed_digest import sealed_digest
from mailmerge.lint.rules.wir.wir905_sender_headers import sender_headers
from mailmerge.lint.rules.wir.wir906_journal import journal
from mailmerge.lint.rules.wir.wir907_session import session
from mailmerge.lint.sentence import advice, said
from mailmerge.lint.wire.headers import NotCanonical, as_scanned
from mailmerge.lint.wire.mime import leaf_parts, message_headers
from mailmerge.lint.wire.problem import WireProblem
from mailmerge.model import SealedMessage


def gate(sealed: SealedMessage, *, senders: Collection[str]) -> None:
    """Let one message pass, or refuse it: at sealing, and again before each DATA. A scan of the bytes, and quick.

    Raises:
        Blocked: which rule refuses it, and why.
    """
    for code, problem in _problems(sealed, senders):
        raise refusal(code, problem, sealed.record)


def before_data(state: str, *, record: int) -> None:
    """Let the body of a message begin, or refuse it: the journal durably has it as ``submitting`` (WIR906).

    Raises:
        Blocked: the journal has another state.
    """
    for problem in journal(state):
        raise refusal("WIR906", problem, record)


def one_rcpt(accepted: Sequence[str], forward_path: str) -> None:
    """Let the body of a message begin, or refuse it: its own recipient alone was accepted (WIR907).

    ``accepted`` are the forward paths to which the server agreed in this transaction.

    Raises:
        Blocked: the server agreed to none, to several, or to another one.
    """
    for problem in session(accepted, forward_path):
        raise refusal("WIR907", problem)


def refusal(code: str, problem: WireProblem, record: int | None = None) -> Blocked:
    """The error by which a rule keeps a message back, with its reason as data."""
    error = Blocked(_Refusal(code, problem, record), rule=code, kind=problem.says.id)
    error.values = dict(problem.values) if record is None else {**problem.values, "record": record}
    return error


_REFUSED = N_("{rule}: {problem}; the message is held back. {fix}")
_REFUSED_FOR = N_("{rule}: {problem} (record {record}); the message is held back. {fix}")


class _Refusal(Struct, frozen=True):
    """What a refusal says, put into words only where somebody reads it: the one place for all of them."""

    code: str
    problem: WireProblem
    record: int | None

    def format_map(self, _values: Mapping[str, object], /) -> str:
        """What the rule says, and what to do."""
        problem = self.problem
        return _(_REFUSED if self.record is None else _REFUSED_FOR).format(
            rule=self.code,
            problem=said(problem.says, problem.values),
            record=self.record,
            fix=advice(problem.says, problem.values),
        )

    def __str__(self) -> str:
        return self.format_map({})


def _problems(sealed: SealedMessage, senders: Collection[str]) -> Iterator[tuple[str, WireProblem]]:
    yield from (("WIR904", problem) for problem in sealed_digest(sealed))
    sealed = as_scanned(sealed)
    yield from (("WIR903", problem) for problem in canonical_bytes(sealed))
    try:
        scan = message_headers(sealed.content)
        yield from (("WIR902", problem) for problem in header_set(scan))
        yield from (("WIR901", problem) for problem in one_recipient(sealed, scan))
        yield from (("WIR905", problem) for problem in sender_headers(sealed, scan, senders))
        leaf_parts(sealed.content)
    except NotCanonical as error:
        yield "WIR903", error.problem
