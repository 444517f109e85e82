"""A campaign and what its check found, as one thing: only that can be exported or sealed."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from enum import Enum
from typing import TYPE_CHECKING

from msgspec import Struct, field
from msgspec.structs import replace

from mailmerge.campaign.mailing import DRAFT, UNDECIDED_SENDER, Mailing, Progress
from mailmerge.campaign.sealing.intended import intended, keys_of, words_of
from mailmerge.campaign.sealing.remarks import remarks_on
from mailmerge.campaign.sealing.retention import purge_due
from mailmerge.campaign.sealing.sealing import Sealing, with_progress
from mailmerge.campaign.telling import already_written
from mailmerge.errors import AlreadyWritten, Blocked, RenderFailed
from mailmerge.i18n import N_, plural
from mailmerge.letter import assemble
from mailmerge.model import Message, Recipient, SealedMessage

if TYPE_CHECKING:
    from pathlib import Path

    from mailmerge.accounts import Account
    from mailmerge.lint import Remark, Report
    from mailmerge.outbox import BlockedMessage, Manifest, Outbox, Run, WrittenComparison


_MOST_KEPT = 2_000
"""People up to whom the messages are kept from the check to the seal; of more they are composed twice."""


class IfWritten(Enum):
    """What becomes of people who have the same letter from an earlier run."""

    REFUSE = "refuse"
    """Nothing is sealed."""
    SKIP = "skip"
    """They are left out; the others are written to."""
    AGAIN = "again"
    """Everybody is written to once more."""


class Checked(Struct, frozen=True):
    """A campaign, and the report about it."""

    campaign: Mailing
    report: Report
    words: Mapping[int, bytes] = field(default_factory=dict)
    """By record: a digest of what the message says, as it was checked."""
    whole: Mailing | None = None
    """The campaign that this is one person of, where it is."""
    remarks: Sequence[Remark] = ()
    """What a second person found wrong in the campaign's last run, as the check repeats it."""
    messages: Mapping[int, Message] = field(default_factory=dict)
    """By record: messages as they were checked, which sealing does not compose again; those that carry no file, of a
    list that is not long."""

    def only(self, number: int) -> Checked:
        """The same for one person alone: what was found about others stops nothing, and nobody else is left out.

        Raises:
            UsageError: the campaign does not write to this record.
        """
        record = self.campaign.recipient(number).record
        alone = replace(self.campaign, recipients=self.campaign.recipients.only([record]), excluded=())
        return Checked(alone, self.report.only(number), self.words, self.whole or self.campaign)

    def signed_by(self, account: Account | None) -> Checked:
        """The same from another account, for a comparison only: its signature may change what the messages say."""
        if account == self.campaign.signer:
            return self
        whole = self.whole.signed_by(account) if self.whole else None
        return Checked(self.campaign.signed_by(account), self.report, {}, whole)

    def compare(self, outbox: Outbox) -> WrittenComparison:
        """Who has the same letter from an earlier run, or is still due there; what else to know of earlier runs.

        It only reads, takes up to two seconds for 100,000 people and ten runs, and may be made in a thread.

        Raises:
            RunsIncomparable: an earlier run cannot say whom it has written to.
        """
        return outbox.compare(lambda key: intended(self.campaign, self.words, key, self.whole))

    def export(self, folder: Path, progress: Progress | None = None) -> Manifest:
        """Dry run: one .eml a person and a manifest; what a finding blocks goes to ``folder/blocked``.

        Raises:
            OutboxError: the folder cannot be written.
        """
        from mailmerge.lint import gate, prove
        from mailmerge.outbox import BlockedMessage, export_eml

        self._pin_files()
        stamp = replace(DRAFT, date=self.campaign.environment.clock())
        sender = self.campaign.sender or UNDECIDED_SENDER
        senders = self.campaign.senders(sender.address)
        blocked: list[BlockedMessage] = []

        def messages() -> Iterator[SealedMessage]:
            for recipient in with_progress(self.campaign.recipients, progress):
                number = recipient.record.number
                rules = self.report.blocking_rules(number)
                try:
                    composed = self.campaign.compose(recipient)
                    message = assemble(composed, sender, stamp)
                except RenderFailed:
                    blocked.append(BlockedMessage(number, recipient.name, recipient.address, rules, None))
                    continue
                if not rules:  # sealing would refuse it all the same where its bytes are not what they should be
                    try:
                        prove(message, composed)
                        gate(message, senders=senders)
                    except Blocked as refused:
                        rules = (refused.rule,)
                if rules:
                    blocked.append(BlockedMessage(number, recipient.name, recipient.address, rules, message))
                    continue
                yield message

        return export_eml(messages(), folder, blocked=blocked, campaign=self.campaign.name, created=stamp.date)

    def seal(
        self,
        account: Account,
        outbox: Outbox,
        progress: Progress | None = None,
        *,
        written: IfWritten = IfWritten.REFUSE,
        agreed: Collection[int] | None = None,
    ) -> Run:
        """Freeze every message as a run: from here on nothing reads the table or the letter again.

        Old runs are purged first. With another account than the one that it was checked with, it is checked again.
        ``agreed`` are the records that are skipped as far as somebody agreed to it, where somebody was asked.

        Raises:
            AlreadyWritten: people have the same letter from an earlier run, and ``written`` refuses that; or nobody
                is left once they are skipped; or they are others by now than was ``agreed``.
            Blocked: a finding that is not waived blocks, the letters were checked with another account's signature,
                or the last gate refuses a message.
            RenderFailed: an attached file is another than the one that was checked.
            RunBusy: the same letter is being sealed or sent by another process.
            RunsIncomparable: an earlier run cannot say whom it has written to, and ``written`` is not ``AGAIN``.
            OutboxError: the run cannot be written.
        """
        from mailmerge.outbox import letters_locked

        self._require_unblocked(account)
        if account != self.campaign.signer:
            again = checked((self.whole or self.campaign).signed_by(account), progress)
            again._pin(self.report.files)
            if self.whole:
                again = again.only(self.campaign.recipients.records[0].number)
            return again.seal(account, outbox, progress, written=written, agreed=agreed)
        self._pin_files()
        purge_due(outbox, self.campaign.environment, in_use=self.campaign.table.path)
        key, marks = outbox.key(again=written is IfWritten.AGAIN)
        with letters_locked(outbox.folder, keys_of(self.campaign, key)):
            sealing = Sealing(self.campaign, self.whole, self.report, self.words, self.messages, account, progress)
            if written is IfWritten.AGAIN:
                return sealing.into(outbox, key, again=marks)
            found = self.compare(outbox)
            total = len(self.campaign.recipients)
            if found.written and (written is IfWritten.REFUSE or len(found.written) == total):
                raise already_written(found, total)
            if agreed is not None and {person.record for person in found.written} != set(agreed):
                raise AlreadyWritten(N_("who has this letter changed since you were asked: nothing was sealed or sent"))
            return sealing.into(outbox, key, skipped=found.written)

    def _require_unblocked(self, account: Account) -> None:
        if self.report.blocks:
            findings = plural(len(self.report.blocks), "{count} finding blocks", "{count} findings block")
            raise Blocked(N_("{findings}: nothing was sealed; see `mailmerge check`"), findings=findings)
        if not self.campaign.recipients:
            raise Blocked(N_("there are no recipients left: nothing was sealed"))
        if any(letter.signature not in ("", account.signature) for letter in self.campaign.letters):
            raise Blocked(
                N_(
                    'the messages were checked with a different signature from that of "{account}": nothing was'
                    ' sealed; write account = "{account}" in campaign.toml, and look at them again'
                ),
                account=account.name,
            )

    def _pin_files(self) -> None:
        self._pin(self.report.files)

    def _pin(self, files: Mapping[str, bytes]) -> None:
        """Nothing is attached but the files that the linter looked into."""
        for letter in self.campaign.letters:
            letter.pin_attachments(files)


def checked(campaign: Mailing, progress: Progress | None = None) -> Checked:
    """Render every message and lint the whole campaign."""
    from mailmerge.lint import Inspection, check
    from mailmerge.records import bystanders_of

    words: dict[int, bytes] = {}
    messages: dict[int, Message] = {}
    few = len(campaign.recipients) <= _MOST_KEPT

    def compose(recipient: Recipient) -> Message:
        message, number = campaign.compose(recipient), recipient.record.number
        if number not in words:  # the rules want some messages a second time
            words[number] = words_of(message, campaign.letter_of(recipient))
            if few and not message.attachments:
                messages[number] = message
        return message

    inspection = Inspection(
        table=campaign.table,
        recipients=list(campaign.recipients),  # many rules go through them all
        letters=campaign.letters,
        compose=compose,
        letter_of=campaign.letter_of,
        settings=campaign.settings,
        sender=campaign.sender,
        folder=campaign.folder,
        bystanders=bystanders_of(campaign.table),
        remarks=remarks_on(campaign),
    )
    report = check(inspection, progress=progress)
    return Checked(campaign, report, words, remarks=inspection.remarks, messages=messages)
