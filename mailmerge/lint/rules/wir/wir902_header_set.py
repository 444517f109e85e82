"""WIR902: only the header fields that a message of this program has, each once."""

from __future__ import annotations

from collections.abc import Iterator

from mailmerge.i18n import N_
from mailmerge.lint.finding import Suppression
from mailmerge.lint.rule import RuleDoc, Scope, rule
from mailmerge.lint.vocabulary import words
from mailmerge.lint.wire.headers import Scan, encoded_text
from mailmerge.model import Severity
from mailmerge.text import shorten

_KNOWN = words(
    "from to reply-to subject date message-id mime-version content-type content-transfer-encoding content-language "
    "auto-submitted return-path disposition-notification-to"
)
_NEEDED = ("from", "to", "subject", "date", "message-id", "mime-version", "content-type")


DOC = RuleDoc(
    title=N_("Only the header fields that a message of this program has, each once."),
    what=N_("Cc, Bcc, Resent-*, Apparently-To, any header out of the known set, and any header that stands twice."),
    why=N_("servers and mail programs act on headers: some deliver to Bcc, some show the second To."),
    bad=N_("a Bcc header that a line break in a cell made"),
    good=N_("From, To, Reply-To, Subject, Date, Message-ID, the MIME headers and declared X- headers"),
    fix=N_("nothing by hand: repair the cell or the letter that TPL208 names, and check again."),
)


@rule("WIR902", "header-set", Severity.BLOCK, Suppression.NEVER, Scope.WIRE, DOC)
def header_set(scan: Scan) -> Iterator[str]:
    """Only the header fields that a message of this program has, each once."""
    names = [name for name, _value in scan.fields]
    for name in names:
        if name not in _KNOWN and not name.startswith("x-"):
            yield f"the header {shorten(name)} has no place in the message"
        if names.count(name) > 1:
            yield f"the header {shorten(name)} stands {names.count(name)} times"
    for name in _NEEDED:
        if name not in names:
            yield f"the header {name} is missing"
    for name, value in scan.fields:
        if any(ord(c) < 32 or 126 < ord(c) < 160 for c in encoded_text(value)):
            yield f"the header {name} hides a control character in an encoded word"
