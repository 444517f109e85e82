"""WIR901: exactly one forward path, and it is the sole To mailbox."""

from __future__ import annotations

from collections.abc import Iterator

from mailmerge.i18n import N_
from mailmerge.lint.finding import Suppression
from mailmerge.lint.rule import RuleDoc, Scope, rule
from mailmerge.lint.wire.headers import Scan, one_mailbox
from mailmerge.model import SealedMessage, Severity
from mailmerge.text import shorten

DOC = RuleDoc(
    title=N_("Exactly one forward path, and it is the sole To mailbox."),
    what=N_("a message whose envelope does not name exactly one address, equal to the one mailbox in its To header."),
    why=N_("this is the accident that the program exists to make impossible, checked where nothing can follow it."),
    bad=N_("To: Jean <jean@x.example>, anne@y.example"),
    good=N_("RCPT TO:<jean@x.example> and To: Jean Petit <jean@x.example>"),
    fix=N_("nothing by hand: repair what LST105, MSG303 or TPL208 says, and check again."),
)


@rule("WIR901", "one-recipient", Severity.BLOCK, Suppression.NEVER, Scope.WIRE, DOC)
def one_recipient(sealed: SealedMessage, scan: Scan) -> Iterator[str]:
    """Exactly one forward path, and it is the sole To mailbox."""
    path = sealed.envelope.forward_path
    if path.count("@") != 1 or any(c in path for c in ",;<>()\"' \t\r\n\0"):
        yield f"the envelope's recipient is not one address: {shorten(path)}"
    to = one_mailbox(scan.value("to"))
    if to is None:
        yield f"To is not one mailbox: {shorten(scan.value('to'))}"
    elif not _same(to, path):
        yield f"To is {shorten(to)} and the envelope says {shorten(path)}"


def _same(one: str, two: str) -> bool:
    """Whether two addresses differ by the case of their domains at most (RFC 5321 2.4)."""
    (local, _, domain), (other, _, others_domain) = one.rpartition("@"), two.rpartition("@")
    return local == other and domain.casefold() == others_domain.casefold()
