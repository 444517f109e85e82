"""People and the letters for them: one message for each, to look at or to send to oneself."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Mapping
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Self

from msgspec import Struct, field
from msgspec.structs import replace

from mailmerge.campaign.columns import names_of_others
from mailmerge.campaign.fields import field_columns
from mailmerge.campaign.file import CAMPAIGN_FILE, TEMPLATE_FIELD, CampaignFile, ExclusionSection
from mailmerge.campaign.people.exclusions import exclusion_for
from mailmerge.campaign.people.recipients import Excluded, Recipients, matched_exclusions, name_function
from mailmerge.environment import Environment
from mailmerge.errors import Reason, RenderFailed, UsageError
from mailmerge.i18n import N_, _
from mailmerge.letter import Letter, assemble, compile_condition
from mailmerge.model import SIGNATURE, Message, Recipient, RecordTable, SealedMessage, Stamp
from mailmerge.outbox.titles import TEST
from mailmerge.records.columns.likely import lacking_field
from mailmerge.settings.approval_rule import ApprovalRule, stricter
from mailmerge.text.addresses import Mailbox
from mailmerge.text.folding import fold, identifier

if TYPE_CHECKING:  # and where they are used: the first message on screen waits for none of them
    from mailmerge.accounts import Account
    from mailmerge.lint import LintSettings, Undecided
    from mailmerge.outbox import Outbox, Run

UNDECIDED_SENDER = Mailbox("", "undecided@sender.invalid")
"""Stands in a preview's From field while neither the letter nor an account says who writes."""

_NO_LETTER = N_('there is no letter for {field} = "{value}"; the campaign has {known}')

TEST_MARK = "[test] "
"""Stands before the subject of a message that was sent to oneself to see it arrive."""

Progress = Callable[[int, int], None]
"""Told how many of how many are done."""


class Mailing(Struct, frozen=True, dict=True):
    """A table of people, the letters for them, and what was decided about both."""

    name: str
    path: Path | None
    """The campaign file; None where the table and the letter were given directly."""
    folder: Path
    file: CampaignFile
    table: RecordTable
    letters_by_value: Mapping[str, Letter]
    """By the folded value of the field that chooses; one letter for everybody under ``""``."""
    recipients: Recipients
    excluded: tuple[Excluded, ...]
    signer: Account | None = None
    """The account that the messages come from and whose signature they print; None while that is not decided."""
    columns: Mapping[str, str] = field(default_factory=dict)
    """Fields of the letters that the table calls otherwise, both by identifier (``[fields]``)."""
    environment: Environment = field(default_factory=Environment.here)
    """Whose accounts, preferences and clock it goes by."""

    @cached_property
    def letters(self) -> tuple[Letter, ...]:
        """Every letter of the campaign, each once."""
        return tuple(dict.fromkeys(self.letters_by_value.values()))

    @property
    def approval_rule(self) -> ApprovalRule:
        """The rule that it is sealed under: that of the campaign and that of the computer, the stricter of both.

        Raises:
            InputError: the computer's settings cannot be read.
        """
        return stricter(self.file.approval, self.environment.preferences.approval)

    @cached_property
    def undecided(self) -> tuple[Undecided, ...]:
        """People about whom ``where`` decides by a cell without a value; whoever is excluded is decided about."""
        if not self.file.where:
            return ()
        from mailmerge.campaign.people.undecided import undecided

        condition = compile_condition(self.file.where, field_columns(self.file, self.table))
        found = undecided(condition, self.table)
        numbers = {record.number for record in self.recipients.records} if found else set()
        return tuple(each for each in found if not each.written or each.record in numbers)

    @property
    def settings(self) -> LintSettings:
        """What the campaign lets the linter allow."""
        from mailmerge.lint import Exclusion, LintSettings, Waiver

        path = self.path or self.folder / CAMPAIGN_FILE
        signers = [self.signer] if self.signer and any(letter.signature for letter in self.letters) else []
        return LintSettings(
            allow_addresses=(*self.file.lint.allow_addresses, *(signer.address for signer in signers)),
            signatories=(*self.file.lint.signatories, *(signer.display_name for signer in signers)),
            waivers=tuple(Waiver(w.rule, w.finding, w.reason, w.by, w.until) for w in self.file.waivers),
            extra_headers=self.file.headers,
            exclusions=tuple(
                Exclusion(match.exclusion.address, match.exclusion.name, match.records, match.near)
                for match in matched_exclusions(self.file, self.table, path)
            ),
            undecided=self.undecided,
            names_of_others=frozenset(names_of_others(self.file, self.table, path)),
        )

    def exclusion_of(self, recipient: Recipient, reason: str) -> ExclusionSection:
        """The exclusion that leaves out this person and nobody else.

        Raises:
            CampaignError: nothing tells this person from another one.
        """
        name_of = name_function(self.file.columns.name, self.table, self.columns)
        return exclusion_for(recipient, self.table, name_of, reason)

    @property
    def account(self) -> str:
        """The name of the account that the campaign is sent from; ``""`` where it does not say."""
        return self.file.account

    @property
    def sender(self) -> Mailbox | None:
        """Who the messages come from; None while that is not decided."""
        return self.signer.sender if self.signer else None

    @property
    def signature(self) -> str:
        """What ``{{ signature }}`` prints; ``""`` where no account gives one, or the table has a field of that name."""
        return signature_of(self.signer, self.table, self.columns)

    def signed_by(self, account: Account | None) -> Self:
        """The campaign from another account, with its signature in the letters, which are not read again."""
        if account == self.signer:
            return self
        signature = signature_of(account, self.table, self.columns)
        signed = {letter: letter.signed(signature) for letter in self.letters}
        by_value = {value: signed[letter] for value, letter in self.letters_by_value.items()}
        return replace(self, letters_by_value=by_value, signer=account)

    def with_columns(self, columns: Mapping[str, str]) -> Self:
        """The campaign with other columns for the letters' fields; the letters are not read again."""
        signature = signature_of(self.signer, self.table, columns)
        changed = {letter: letter.signed(signature).with_columns(columns) for letter in self.letters}
        by_value = {value: changed[letter] for value, letter in self.letters_by_value.items()}
        return replace(self, letters_by_value=by_value, columns=columns)

    @property
    def missing_fields(self) -> tuple[str, ...]:
        """The fields that the letters use and the table lacks, by name; an account may give the signature."""
        used = {name for letter in self.letters for each in letter.expressions for name in each.fields}
        return tuple(sorted(used - {*self.table.names, SIGNATURE}))

    @cached_property
    def _advice(self) -> dict[str, Reason]:
        """What to do about fields that the table lacks, by field."""
        return {}

    @cached_property
    def _chooser(self) -> str:
        """The column by which the letter is chosen, where it is."""
        template = self.file.template
        chooser = identifier(template[TEMPLATE_FIELD]) if isinstance(template, dict) else ""
        return self.columns.get(chooser, chooser)

    @cached_property
    def _recipient_indexes(self) -> dict[int, int]:
        return {record.number: index for index, record in enumerate(self.recipients.records)}

    def recipient(self, number: int) -> Recipient:
        """The recipient with this record number.

        Raises:
            UsageError: the table has no such record, or the campaign does not write to it.
        """
        index = self._recipient_indexes.get(number)
        if index is not None:
            return self.recipients[index]
        if 1 <= number <= len(self.table.records):
            reason = next((e.said for e in self.excluded if e.recipient.record.number == number), _("by `where`"))
            raise UsageError(N_("record {number} is left out of this campaign: {why}"), number=number, why=reason)
        raise UsageError(
            N_("there is no record {number}: {table} has {people} people"),
            number=number,
            table=self.table.path.name,
            people=len(self.table.records),
        )

    def letter_of(self, recipient: Recipient) -> Letter:
        """The letter that this person gets.

        Raises:
            RenderFailed: the campaign chooses the letter by a field, and has none for this person's value.
        """
        if not isinstance(self.file.template, dict):
            return self.letters_by_value[""]
        value = self.table.value(recipient.record, self._chooser)
        letter = self.letters_by_value.get(fold(value))
        if letter is None:
            known = ", ".join(key for key in self.file.template if key != TEMPLATE_FIELD)
            raise RenderFailed(
                Reason("no-letter", _NO_LETTER, {"field": self._chooser, "value": value, "known": known})
            )
        return letter

    def compose(self, recipient: Recipient) -> Message:
        """One person's message.

        Raises:
            RenderFailed: the letter cannot be rendered for this person.
        """
        letter = self.letter_of(recipient)
        try:
            return letter.compose(recipient, self.table.values(recipient.record))
        except RenderFailed as error:
            if not error.field:
                raise
            if error.field not in self._advice:  # the same for everybody: found once
                self._advice[error.field] = lacking_field(self.table, error.field)
            raise RenderFailed(
                self._advice[error.field],
                letter=error.letter,
                line=error.line,
                expression=error.expression,
                field=error.field,
            ) from None

    def preview(self, recipient: Recipient) -> SealedMessage:
        """The bytes of one message as they would be sealed, with the epoch for a date and a run called "draft".

        Raises:
            RenderFailed: the letter cannot be rendered for this person.
        """
        return assemble(self.compose(recipient), self.sender or UNDECIDED_SENDER, DRAFT)

    def seal_test(self, recipient: Recipient, account: Account, outbox: Outbox) -> Run:
        """One person's message addressed to the account itself, as a run of its own: it never counts as theirs.

        The subject says that it is a test; everything else is what the person would get.

        Raises:
            RenderFailed: the letter cannot be rendered for this person.
            Blocked: the last gate refuses the message.
            OutboxError: the run cannot be written.
        """
        from mailmerge.lint import prove
        from mailmerge.outbox import RunHeader

        message = self.signed_by(account).compose(recipient)
        subject = message.shape.subject
        marked = replace(subject, constants=(TEST_MARK + subject.constants[0], *subject.constants[1:]))
        mailboxes = {name: value for name, value in message.shape.mailboxes.items() if name in ("From", "Reply-To")}
        test = replace(
            message,
            recipient=replace(recipient, name=account.display_name, address=account.address),
            shape=replace(message.shape, subject=marked, mailboxes=mailboxes),
        )
        senders = self.senders(account.address)
        created = self.environment.clock()
        stamp = Stamp.fresh(created)
        sealed = assemble(test, account.sender, stamp)
        prove(sealed, test)
        return outbox.seal(
            RunHeader(
                run=outbox.free_name(created),
                created=created,
                campaign=TEST.format(campaign=self.name, address=account.address),
                account=account.name,
                senders=senders,
                table=self.table.path.name,
                letter=self.letter_of(recipient).name,
                test=True,
            ),
            [sealed],
        )

    def senders(self, address: str) -> list[str]:
        """The addresses that may stand in From and Reply-To: the account's, and those the letters write themselves."""
        declared = {mailbox for letter in self.letters for mailbox in letter.declared_senders}
        return sorted({address, *declared})


def signature_of(account: Account | None, table: RecordTable, columns: Mapping[str, str]) -> str:
    """What an account gives the letters of a table; a field called ``signature`` is the table's own."""
    return account.signature if account and SIGNATURE not in (*table.names, *columns) else ""


DRAFT = Stamp(b"draft", datetime.datetime.fromtimestamp(0, datetime.UTC))
"""Of messages that are only looked at."""
