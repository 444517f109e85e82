"""WIR903: bytes that every server reads in the same way."""

from __future__ import annotations

from collections.abc import Iterator

from mailmerge.i18n import N_
from mailmerge.lint.finding import Suppression
from mailmerge.lint.rule import RuleDoc, Scope, rule
from mailmerge.lint.sentence import Sentence
from mailmerge.lint.wire.problem import REPORT_IT, WireProblem
from mailmerge.model import SealedMessage, Severity

LONGEST_LINE = 998
"""Octets, without CRLF (RFC 5322 2.1.1)."""
_SLICE = 256 << 10
"""Octets that are scanned at a time."""


DOC = RuleDoc(
    title=N_("Bytes that every server reads in the same way."),
    what=N_(
        "A CR or LF on its own, an octet over 127, a line over 998 octets, MIME that parses with a defect, or headers "
        "that parse as something other than what was meant."
    ),
    why=N_(
        "If two servers read one message differently, the second may see a second message in it (SMTP smuggling, "
        "CVE-2023-51764), or another recipient."
    ),
    bad=N_('a bare LF before ".", a boundary that is missing'),
    good=N_("CRLF, 7-bit, quoted-printable or base64"),
    fix=N_("Please report it as a bug in mailmerge."),
)
NO_LAST_END = Sentence("wir903.no-last-end", one=N_("the last line has no line end"), fix=REPORT_IT)
BARE = Sentence("wir903.bare", one=N_("a CR or LF is on its own"), fix=REPORT_IT)
NOT_7BIT = Sentence("wir903.not-7bit", one=N_("an octet is not 7-bit text"), fix=REPORT_IT)
LONG_LINE = Sentence("wir903.long-line", one=N_("a line is longer than {octets} octets"), fix=REPORT_IT)


@rule("WIR903", "canonical-bytes", Severity.BLOCK, Suppression.NEVER, Scope.WIRE, DOC)
def canonical_bytes(sealed: SealedMessage) -> Iterator[WireProblem]:
    """Bytes that every server reads in the same way."""
    content = sealed.content
    if not content.endswith(b"\r\n"):
        yield WireProblem(NO_LAST_END)
    for lines in _slices(content):
        ends = lines.count(b"\r\n")
        if lines.count(b"\r") != ends or lines.count(b"\n") != ends:
            yield WireProblem(BARE)
        if not lines.isascii() or b"\0" in lines:
            yield WireProblem(NOT_7BIT)
        if _has_long_line(lines):
            yield WireProblem(LONG_LINE, {"octets": LONGEST_LINE})


def _slices(content: bytes) -> Iterator[bytes]:
    """The content some lines at a time: while one scan of 10 MB lasts, no other thread gets its turn.

    If a slice has no line end to be cut at, its line is too long in any case.
    """
    start = 0
    while start < len(content):
        end = start + _SLICE
        if end < len(content):
            end = content.rfind(b"\n", start, end) + 1 or end
        yield content[start:end]
        start = end


def _has_long_line(content: bytes) -> bool:
    """Hop from one line end to the farthest that still counts: quick for the many short lines of a file."""
    start = 0
    while len(content) - start > LONGEST_LINE:
        end = content.rfind(b"\n", start, start + LONGEST_LINE + 2)
        if end == -1:
            return True
        start = end + 1
    return False
