"""What a second person found wrong in the last run of a campaign, told by the people of the campaign as it is now."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from typing import TYPE_CHECKING

from mailmerge.errors import MailmergeError
from mailmerge.text.addresses import same_mailbox_key

if TYPE_CHECKING:
    from mailmerge.approval.refusal import Objection
    from mailmerge.campaign.mailing import Mailing
    from mailmerge.lint import Remark

_REPEATED = datetime.timedelta(days=30)
"""For how long after the sealing: a check need not open every run of years."""


def remarks_on(campaign: Mailing) -> Sequence[Remark]:
    """The remarks to repeat; none about people who are not written to any more.

    A run that cannot be read has none: whether anything may be sealed beside it is asked elsewhere.
    """
    folder = campaign.environment.runs
    try:
        if not folder.is_dir() or not any(folder.iterdir()):
            return ()
        return _remarks(campaign)
    except (MailmergeError, OSError):
        return ()


def _remarks(campaign: Mailing) -> list[Remark]:
    from mailmerge.lint import Remark
    from mailmerge.outbox.latest import latest_run

    outbox = campaign.environment.outbox
    since = campaign.environment.clock().date() - _REPEATED
    run = latest_run(outbox.folder, campaign.name, campaign.folder, since)
    if not run:
        return []
    from mailmerge.approval.refusal import objections_to

    objections = objections_to(outbox.open(run))
    records = _records(campaign, objections)
    return [
        Remark(records.get(each, 0), each.by, run, each.reason)
        for each in objections
        if each in records or not each.record
    ]


def _records(campaign: Mailing, objections: Sequence[Objection]) -> dict[Objection, int]:
    """The record of each objection in the table as it is now: the same number where that has the mailbox."""
    if not any(each.record for each in objections):
        return {}
    mailboxes = {record: same_mailbox_key(address) for record, address in campaign.recipients.addresses().items()}
    owners = {mailbox: record for record, mailbox in reversed(mailboxes.items())}
    found = {}
    for each in objections:
        if each.record:
            mailbox = same_mailbox_key(each.address)
            record = each.record if mailboxes.get(each.record) == mailbox else owners.get(mailbox, 0)
            if record:
                found[each] = record
    return found
