"""From messages that were checked to a run: every message's bytes, who is left out of it, and what it remembers."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from mailmerge.campaign.mailing import Mailing, Progress
from mailmerge.campaign.sealing.intended import keys_of, letter_numbers, said_to, words_of
from mailmerge.campaign.sealing.reviewed import branch_of, facts_of
from mailmerge.i18n import N_
from mailmerge.letter import assemble
from mailmerge.model import Message, Recipient, Record, SealedMessage, Stamp
from mailmerge.text.addresses import same_mailbox_key

if TYPE_CHECKING:
    from mailmerge.accounts import Account
    from mailmerge.campaign.people.recipients import Recipients
    from mailmerge.lint import Report, Waiver
    from mailmerge.outbox import Key, Outbox, Run, SealedExclusion, Written


class Sealing:
    """One sealing of a campaign as it was checked."""

    def __init__(
        self,
        campaign: Mailing,
        whole: Mailing | None,
        report: Report,
        words: Mapping[int, bytes],
        messages: Mapping[int, Message],
        account: Account,
        progress: Progress | None,
    ):
        """``whole`` is the campaign that this is one person of, where it is; ``words`` and ``messages`` are what the
        check has kept of what each record's message says."""
        self._campaign = campaign
        self._whole = whole
        self._report = report
        self._words = words
        self._messages = messages
        self._account = account
        self._progress = progress
        self._mates = self._who_shares_the_mailbox()
        self._traces: dict[int, tuple[int, bytes]] = {}
        """By record, once its message is composed: which letter, and the digest of its words."""
        self._branches: dict[int, str] = {}
        """By record, likewise: which way through which letter."""

    def into(
        self,
        outbox: Outbox,
        key: Key,
        *,
        skipped: Sequence[Written] = (),
        again: Mapping[str, int | None] | None = None,
    ) -> Run:
        """The run, written whole or not at all. Whoever is ``skipped`` has the letter from an earlier run; ``again`` is
        what was known of earlier runs, where everybody is written to once more.

        Raises:
            As :meth:`mailmerge.campaign.checked.Checked.seal`.
        """
        from mailmerge.outbox import Remembering, RunHeader

        campaign, created = self._campaign, self._campaign.environment.clock()
        left_out = [
            *((person.record, person.address) for person in skipped),
            *((mate.record.number, mate.address) for mate in self._mates),
        ]
        self._note_words_of([record for record, _address in left_out])
        header = RunHeader(
            run=outbox.free_name(created),
            created=created,
            campaign=campaign.name,
            account=self._account.name,
            senders=campaign.senders(self._account.address),
            waivers_digest=waivers_digest(campaign.settings.waivers),
            table=campaign.table.path.name,
            letter=", ".join(letter.name for letter in campaign.letters),
            headers=[field.header for field in campaign.table.fields],
        )
        return outbox.seal(
            header,
            self._sealed(self._recipients_but(left_out), Stamp.fresh(created)),
            excluded=[*_excluded(campaign, skipped), *_not_now(self._mates)],
            rows=((record.number, record.values) for record in self._records()),
            remembering=Remembering(
                key=key,
                campaign=key.campaign(campaign.folder),
                letters=keys_of(campaign, key),
                trace=self._traces.pop,
                skipped=left_out,
                again=again,
            ),
            facts=lambda: facts_of(campaign, self._account, self._report, self._branches),
        )

    def _recipients_but(self, left_out: Sequence[tuple[int, str]]) -> Recipients:
        """The people who get a message."""
        skip = {record for record, _address in left_out}
        recipients = self._campaign.recipients
        return recipients.only([record for record in recipients.records if record.number not in skip])

    def _records(self) -> Iterator[Record]:
        """Everybody whose row goes with the run, so that lists can be written later in the table's own columns."""
        yield from self._campaign.recipients.records
        yield from (person.recipient.record for person in self._campaign.excluded)
        yield from (mate.record for mate in self._mates)

    def _note_words_of(self, records: Sequence[int]) -> None:
        """What would be said to people who are left out: it tells them from others who share their mailbox."""
        whole = self._whole or self._campaign
        numbers = letter_numbers(whole)
        for record in records:
            letter = numbers[record] if numbers else 0
            self._traces[record] = letter, said_to(whole, record, self._words)

    def _who_shares_the_mailbox(self) -> list[Recipient]:
        """Who has the mailbox of the one person who is written to: the run knows that the others are not them."""
        if self._whole is None:
            return []
        (one,) = self._campaign.recipients
        key, number = same_mailbox_key(one.address), one.record.number
        others = self._whole.recipients.addresses()
        del others[number]
        return [self._whole.recipient(each) for each, address in others.items() if same_mailbox_key(address) == key]

    def _sealed(self, recipients: Recipients, stamp: Stamp) -> Iterator[SealedMessage]:
        """Every message's bytes, parsed again and found to say what was composed."""
        from mailmerge.lint import prove

        numbers = {letter: number for number, letter in enumerate(self._campaign.letters)}
        for recipient in with_progress(recipients, self._progress):
            record, letter = recipient.record.number, self._campaign.letter_of(recipient)
            message = self._messages.get(record) or self._campaign.compose(recipient)
            sealed = assemble(message, self._account.sender, stamp)
            prove(sealed, message)
            self._traces[record] = (numbers[letter], self._words.get(record) or words_of(message, letter))
            self._branches[record] = branch_of(message, letter)
            yield sealed


def _excluded(campaign: Mailing, skipped: Sequence[Written]) -> Iterator[SealedExclusion]:
    from mailmerge.outbox import SealedExclusion

    for person in campaign.excluded:
        who = person.recipient
        yield SealedExclusion(who.record.number, who.name, who.address, person.reason)
    for written in skipped:
        yield SealedExclusion(written.record, campaign.recipient(written.record).name, written.address, written.reason)


def _not_now(mates: Sequence[Recipient]) -> Iterator[SealedExclusion]:
    from mailmerge.outbox import SealedExclusion

    for mate in mates:
        yield SealedExclusion(
            mate.record.number, mate.name, mate.address, N_("has the same address, and is not contacted now")
        )


def with_progress(recipients: Recipients, progress: Progress | None) -> Iterator[Recipient]:
    """Everybody who is written to; ``progress`` is told when those before are done with."""
    total = len(recipients)
    for done, recipient in enumerate(recipients, 1):
        yield recipient
        if progress and (done % 100 == 0 or done == total):
            progress(done, total)


def waivers_digest(waivers: Sequence[Waiver]) -> str:
    """What was waived is part of what was approved: a digest that the seal covers."""
    lines = sorted("\x1f".join((w.rule, w.finding, w.reason, w.by, str(w.until or ""))) for w in waivers)
    return hashlib.sha256("\x1e".join(lines).encode()).hexdigest()
