"""WIR902: only the header fields that a message of this program has, each once."""

from __future__ import annotations

from collections.abc import Iterator

from mailmerge.i18n import N_
from mailmerge.lint.finding import Suppression
from mailmerge.lint.rule import RuleDoc, Scope, rule
from mailmerge.lint.sentence import Quoted, Sentence
from mailmerge.lint.vocabulary import words
from mailmerge.lint.wire.headers import Scan, encoded_text
from mailmerge.lint.wire.problem import REPORT_IT, WireProblem
from mailmerge.model import Severity
from mailmerge.text.regex import regex

_KNOWN = words(
    "from to reply-to subject date message-id mime-version content-type content-transfer-encoding content-language "
    "auto-submitted return-path disposition-notification-to"
)
_IS_CONTROL = regex("[\x00-\x1f\x7f-\x9f]")
_NEEDED = ("from", "to", "subject", "date", "message-id", "mime-version", "content-type")


DOC = RuleDoc(
    title=N_("Only the header fields that a message of this program has, each once."),
    what=N_("Cc, Bcc, Resent-*, Apparently-To, any header outside the known set, and any header that appears twice."),
    why=N_("Servers and mail programs act on headers: some deliver to Bcc, some show the second To."),
    bad=N_("a Bcc header created by a line break in a cell"),
    good=N_("From, To, Reply-To, Subject, Date, Message-ID, the MIME headers and declared X- headers"),
    fix=N_("Correct the cell or the letter that TPL208 names, and check again."),
)
_CORRECT = N_("Correct the headers of the letter, or the cells used in them, and check again.")
UNKNOWN = Sentence("wir902.unknown", one=N_("the header {name} is not allowed in a message"), fix=_CORRECT)
REPEATED = Sentence("wir902.repeated", one=N_("the header {name} appears {number} times"), fix=_CORRECT)
MISSING = Sentence("wir902.missing", one=N_("the header {name} is missing"), fix=REPORT_IT)
CONTROL = Sentence(
    "wir902.control", one=N_("the header {name} hides a control character in an encoded word"), fix=_CORRECT
)


@rule("WIR902", "header-set", Severity.BLOCK, Suppression.NEVER, Scope.WIRE, DOC)
def header_set(scan: Scan) -> Iterator[WireProblem]:
    """Only the header fields that a message of this program has, each once."""
    names = [name for name, _value in scan.fields]
    for name in names:
        if name not in _KNOWN and not name.startswith("x-"):
            yield WireProblem(UNKNOWN, {"name": Quoted(name)})
        if names.count(name) > 1:
            yield WireProblem(REPEATED, {"name": Quoted(name), "number": names.count(name)})
    for name in _NEEDED:
        if name not in names:
            yield WireProblem(MISSING, {"name": name})
    for name, value in scan.fields:
        if _IS_CONTROL.search(encoded_text(value)):
            yield WireProblem(CONTROL, {"name": Quoted(name)})
