"""What a careful person asks before the number is typed: who is left out and why, what was waived, two of the letters.

No widgets here.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from textual.content import Content

from mailmerge.campaign import Mailing
from mailmerge.errors import MailmergeError
from mailmerge.i18n import _, plural
from mailmerge.model import Recipient
from mailmerge.text.shown import shorten
from mailmerge.tui.content.facts import Facts
from mailmerge.tui.content.message_views import Face, letter_face
from mailmerge.tui.content.safe_content import line
from mailmerge.tui.content.theme import ERROR, MUTED, STRONG

if TYPE_CHECKING:
    from mailmerge.campaign.file import WaiverSection
    from mailmerge.lint import Report

_NAMED = 3
"""People, or findings, that are named one by one."""
_REASON = 60
"""Characters of a reason."""


def left_out_by_name(campaign: Mailing) -> Iterator[str]:
    """The first people who are left out, each with the reason."""
    for each in campaign.excluded[:_NAMED]:
        who = each.recipient.name or each.recipient.address
        yield _("{who}: {reason}").format(who=who, reason=shorten(each.said, _REASON))
    more = len(campaign.excluded) - _NAMED
    if more > 0:
        yield plural(more, "and {count} person more", "and {count} people more")


def waived_findings(report: Report, waivers: Sequence[WaiverSection]) -> Iterator[str]:
    """The findings that somebody answers for, and who."""
    by_finding = {waiver.finding: waiver for waiver in waivers}
    waived = {finding.fingerprint: finding for finding in report.findings if finding.waived}
    for fingerprint, finding in list(waived.items())[:_NAMED]:
        waiver = by_finding.get(fingerprint)
        if waiver is not None:
            said = _("{rule} by {by}: {reason}")
            yield said.format(rule=finding.rule, by=waiver.by, reason=shorten(waiver.reason, _REASON))
    more = len(waived) - _NAMED
    if more > 0:
        yield plural(more, "and {count} finding more", "and {count} findings more")


def letter_of(campaign: Mailing, person: Recipient, title: str) -> Facts:
    """One person's letter under a title, as it will leave."""
    heading = line((title, STRONG), "  ", (person.name or person.address, MUTED))
    try:
        face = letter_face(campaign.compose(person), campaign.sender)
    except MailmergeError as error:
        face = Face(line((str(error), ERROR)))
    rows = [(Content(), heading), (Content(), Content())]
    for row, written in enumerate(face.content.split("\n", allow_blank=True)):
        names = face.names if row < face.head else 0
        rows.append((written[:names], written[names:]))
    return Facts(rows)
