"""WIR901: exactly one forward path, and it is the sole To mailbox."""

from __future__ import annotations

from collections.abc import Iterator

from mailmerge.i18n import N_
from mailmerge.lint.finding import Suppression
from mailmerge.lint.rule import RuleDoc, Scope, rule
from mailmerge.lint.sentence import Quoted, Sentence
from mailmerge.lint.wire.headers import Scan, one_mailbox
from mailmerge.lint.wire.problem import WireProblem
from mailmerge.model import SealedMessage, Severity

DOC = RuleDoc(
    title=N_("Exactly one forward path, and it is the sole To mailbox."),
    what=N_(
        "A message whose envelope does not name exactly one address, the same as the one mailbox in its To header."
    ),
    why=N_("This is the accident that the program exists to make impossible, checked where nothing can come after it."),
    bad=N_("To: Jean <jean@x.example>, anne@y.example"),
    good=N_("RCPT TO:<jean@x.example> and To: Jean Petit <jean@x.example>"),
    fix=N_("Correct what LST105, MSG303 or TPL208 reports, and check again."),
)
_CORRECT = N_("Correct the address and the name of this person, or the To line of the letter, and check again.")
NOT_ONE_PATH = Sentence(
    "wir901.not-one-path", one=N_("the envelope's recipient is not a single address: {path}"), fix=_CORRECT
)
NOT_ONE_MAILBOX = Sentence(
    "wir901.not-one-mailbox", one=N_("the To header is not a single mailbox: {value}"), fix=_CORRECT
)
OTHER_MAILBOX = Sentence(
    "wir901.other-mailbox", one=N_("the To header names {address}, but the envelope names {path}"), fix=_CORRECT
)


@rule("WIR901", "one-recipient", Severity.BLOCK, Suppression.NEVER, Scope.WIRE, DOC)
def one_recipient(sealed: SealedMessage, scan: Scan) -> Iterator[WireProblem]:
    """Exactly one forward path, and it is the sole To mailbox."""
    path = sealed.envelope.forward_path
    if path.count("@") != 1 or any(c in path for c in ",;<>()\"' \t\r\n\0"):
        yield WireProblem(NOT_ONE_PATH, {"path": Quoted(path)})
    to = one_mailbox(scan.value("to"))
    if to is None:
        yield WireProblem(NOT_ONE_MAILBOX, {"value": Quoted(scan.value("to"))})
    elif not _same(to, path):
        yield WireProblem(OTHER_MAILBOX, {"address": Quoted(to), "path": Quoted(path)})


def _same(one: str, two: str) -> bool:
    """Whether two addresses differ at most in the case of their domains (RFC 5321 2.4)."""
    (local, _, domain), (other, _, others_domain) = one.rpartition("@"), two.rpartition("@")
    return local == other and domain.casefold() == others_domain.casefold()
