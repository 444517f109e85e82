"""The last gate: what leaves has exactly one recipient, on the exact bytes, whatever made them.

It stands apart from all that composes messages. CPython up to 3.12.1 folds ``=?UTF-8?Q?=0ABcc:_x@y?=`` in a name into
a real Bcc header (CVE-2024-6923), a long quoted display name can refold into a second mailbox, and
``Address(domain="x.fr>, <b@y.fr")`` yields two. So the bytes are read again by a scanner of its own that accepts no
more than the narrow grammar this program writes.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator

from mailmerge.errors import Blocked
from mailmerge.lint.rules.wir.wir901_one_recipient import one_recipient
from mailmerge.lint.rules.wir.wir902_header_set import header_set
from mailmerge.lint.rules.wir.wir903_canonical_bytes import canonical_bytes
from mailmerge.lint.rules.wir.wir904_sealed_digest import sealed_digest
from mailmerge.lint.rules.wir.wir905_sender_headers import sender_headers
from mailmerge.lint.wire.headers import NotCanonical, as_scanned, scan_headers
from mailmerge.lint.wire.mime import leaf_parts
from mailmerge.model import SealedMessage


def gate(sealed: SealedMessage, *, senders: Collection[str]) -> None:
    """Let one message pass, or refuse it: at sealing, and again before each DATA. A scan of the bytes, and quick.

    Raises:
        Blocked: which rule refuses it, and why.
    """
    for code, problem in _problems(sealed, senders):
        raise refusal(code, problem, sealed)


def refusal(code: str, problem: str, sealed: SealedMessage) -> Blocked:
    """The error by which a rule keeps a message back."""
    return Blocked(f"{code}: {problem} (record {sealed.record}); nothing of it was sent", rule=code)


def _problems(sealed: SealedMessage, senders: Collection[str]) -> Iterator[tuple[str, str]]:
    yield from (("WIR904", problem) for problem in sealed_digest(sealed))
    sealed = as_scanned(sealed)
    yield from (("WIR903", problem) for problem in canonical_bytes(sealed))
    try:
        scan = scan_headers(sealed.content)
        yield from (("WIR902", problem) for problem in header_set(scan))
        yield from (("WIR901", problem) for problem in one_recipient(sealed, scan))
        yield from (("WIR905", problem) for problem in sender_headers(sealed, scan, senders))
        leaf_parts(sealed.content, scan)
    except NotCanonical as error:
        yield "WIR903", str(error)
