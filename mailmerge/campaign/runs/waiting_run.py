"""A run that waits with the very messages that a sealing would freeze: it is gone on with, and not sealed once more."""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING

from mailmerge.campaign.sealing.intended import said_to
from mailmerge.campaign.sealing.retention import unfinished_runs
from mailmerge.campaign.sealing.reviewed import facts_of
from mailmerge.campaign.sealing.sealing import waivers_digest
from mailmerge.model import State

if TYPE_CHECKING:
    from mailmerge.accounts import Account
    from mailmerge.campaign.checked import Checked
    from mailmerge.outbox import Outbox, Run

_FACTS = frozenset({"account", "letter", "findings"})
"""What is sealed with the messages, and is the same where they are."""


def waiting_run(
    checked: Checked, account: Account, outbox: Outbox, skipped: Collection[int] = (), *, again: bool = False
) -> Run | None:
    """The newest run of a campaign of which nothing was sent, and which says what a sealing would freeze now.

    ``skipped`` are the records that would be left out, ``again`` whether everybody would be written to once more.

    Raises:
        OutboxError: the folder of the runs, or one of them, cannot be read.
    """
    for run, _left in unfinished_runs(checked.campaign, outbox):
        if bool(run.again) is again and _has_the_people(run, checked, skipped) and _says_it(run, checked, account):
            return run
    return None


def _has_the_people(run: Run, checked: Checked, skipped: Collection[int]) -> bool:
    """Whether it is about the same rows of the same table, and its messages are for the same of them."""
    campaign = checked.campaign
    records = (*campaign.recipients.records, *(person.recipient.record for person in campaign.excluded))
    if run.headers != tuple(field.header for field in campaign.table.fields):
        return False
    if dict(run.rows()) != {record.number: tuple(record.values) for record in records}:
        return False
    states = {message.record: message.state for message in run.messages() if message.message_id}
    wanted = {record.number for record in campaign.recipients.records}.difference(skipped)
    return states.keys() == wanted and set(states.values()) == {State.PENDING}


def _says_it(run: Run, checked: Checked, account: Account) -> bool:
    """Whether its letters, files, sender and findings are the same, and each message says the same."""
    from mailmerge.outbox import known_key

    campaign, sealed = checked.campaign, run.sealed_facts()
    facts = {fact.name: fact.value for fact in facts_of(campaign, account, checked.report, {})}
    if any(sealed.get(name) != facts[name] for name in _FACTS):
        return False
    if set(run.senders) != set(campaign.senders(account.address)):
        return False
    if run.waivers_digest != waivers_digest(campaign.settings.waivers):
        return False
    key = known_key(run.path.parent)
    words = run.words(key) if key else {}
    records = (message.record for message in run.messages() if message.message_id)
    return key is not None and all(
        words.get(record) == key.words(said_to(campaign, record, checked.words)) for record in records
    )
