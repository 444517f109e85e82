"""A campaign: the five steps tied together. The one import that a script needs.

campaign = open_campaign([Path("campaign.toml")])
report = campaign.check()
run = campaign.seal(account, report, outbox)
"""

from __future__ import annotations

import datetime
import hashlib
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path
from typing import overload

from mailmerge.accounts import Account, Accounts
from mailmerge.addresses import AddressInvalid, Mailbox, parse_address, same_mailbox_key
from mailmerge.campaign_file import CAMPAIGN_FILE, TEMPLATE_FIELD, CampaignFile, read_campaign_file
from mailmerge.errors import AccountError, Blocked, CampaignError, RenderFailed, UsageError
from mailmerge.home import find_home
from mailmerge.letter import Letter, assemble, compile_condition, compile_value, read_letter
from mailmerge.lint import Inspection, LintSettings, Report, Waiver, check, gate
from mailmerge.model import Message, Recipient, Record, RecordTable, SealedMessage, Stamp
from mailmerge.outbox import BlockedMessage, Exclusion, Manifest, Outbox, Run, export_eml, new_run_id
from mailmerge.records import read_table
from mailmerge.text import fold, identifier

UNDECIDED_SENDER = Mailbox("", "undecided@sender.invalid")
"""Stands in a preview's From field while neither the letter nor an account says who writes."""

Progress = Callable[[int, int], None]
"""Told how many of how many are done."""


class Recipients(Sequence[Recipient]):
    """The people of a campaign, made as they are looked at: a hundred thousand cost nothing to open."""

    def __init__(self, table: RecordTable, records: Sequence[Record], name_of: Callable[[Record], str]):
        self._records = records
        self._email = table.columns.email
        self._table = table
        self._name_of = name_of

    @property
    def records(self) -> Sequence[Record]:
        """Their records, without making anybody."""
        return self._records

    def __len__(self) -> int:
        return len(self._records)

    @overload
    def __getitem__(self, index: int) -> Recipient: ...
    @overload
    def __getitem__(self, index: slice) -> list[Recipient]: ...
    def __getitem__(self, index: int | slice) -> Recipient | list[Recipient]:
        if isinstance(index, slice):
            return [self._recipient(record) for record in self._records[index]]
        return self._recipient(self._records[index])

    def __iter__(self) -> Iterator[Recipient]:
        return map(self._recipient, self._records)

    def _recipient(self, record: Record) -> Recipient:
        cell = self._table.value(record, self._email)
        with suppress(AddressInvalid):
            cell = parse_address(cell)
        return Recipient(record, self._name_of(record), cell)


@dataclass(frozen=True, slots=True)
class Excluded:
    """A person whom this campaign does not write to, and why."""

    recipient: Recipient
    reason: str


@dataclass(frozen=True)
class Campaign:
    """A table of people, the letters for them, and what was decided about both."""

    name: str
    path: Path | None
    """The campaign file; None where the table and the letter were given directly."""
    folder: Path
    file: CampaignFile
    table: RecordTable
    letters: tuple[Letter, ...]
    recipients: Recipients
    excluded: tuple[Excluded, ...]
    settings: LintSettings
    _letter_by_value: dict[str, Letter] = field(default_factory=dict)

    @property
    def account(self) -> str:
        """The name of the account that the campaign is sent from; ``""`` where it does not say."""
        return self.file.account

    def sender(self) -> Mailbox:
        """Who a preview comes from: the campaign's account where it is set up, else a stand-in."""
        with suppress(AccountError):
            if self.account:
                return Accounts(find_home().config).get(self.account).sender
        return UNDECIDED_SENDER

    @cached_property
    def _recipient_indexes(self) -> dict[int, int]:
        return {recipient.record.number: index for index, recipient in enumerate(self.recipients)}

    def recipient(self, number: int) -> Recipient:
        """The recipient with this record number.

        Raises:
            UsageError: the table has no such record, or the campaign does not write to it.
        """
        index = self._recipient_indexes.get(number)
        if index is not None:
            return self.recipients[index]
        if 1 <= number <= len(self.table.records):
            raise UsageError(f"record {number} is left out of this campaign (by `where` or by an exclusion)")
        raise UsageError(f"there is no record {number}: {self.table.path.name} has {len(self.table.records)} people")

    def letter_of(self, recipient: Recipient) -> Letter:
        """The letter that this person gets.

        Raises:
            RenderFailed: the campaign chooses the letter by a field, and has none for this person's value.
        """
        if not isinstance(self.file.template, dict):
            return self.letters[0]
        chooser = identifier(self.file.template[TEMPLATE_FIELD])
        value = self.table.value(recipient.record, chooser)
        letter = self._letter_by_value.get(fold(value))
        if letter is None:
            known = ", ".join(key for key in self.file.template if key != TEMPLATE_FIELD)
            raise RenderFailed(f'no letter for {chooser} = "{value}": the campaign has {known}')
        return letter

    def compose(self, recipient: Recipient) -> Message:
        """One person's message.

        Raises:
            RenderFailed: the letter cannot be rendered for this person.
        """
        return self.letter_of(recipient).compose(recipient, self.table.values(recipient.record))

    def check(self, progress: Progress | None = None) -> Report:
        """Render every message and lint the whole campaign."""
        sender = self.sender()
        inspection = Inspection(
            table=self.table,
            recipients=self.recipients,
            letters=self.letters,
            compose=self.compose,
            letter_of=self.letter_of,
            settings=self.settings,
            sender=None if sender is UNDECIDED_SENDER else sender,
            folder=self.folder,
        )
        return check(inspection, progress=progress)

    def draft(self, recipient: Recipient, sender: Mailbox = UNDECIDED_SENDER) -> SealedMessage:
        """The bytes of one message as they would be sealed, with the epoch for a date and a run called "draft".

        Raises:
            RenderFailed: the letter cannot be rendered for this person.
        """
        return assemble(self.compose(recipient), sender, _DRAFT)

    def export(self, folder: Path, report: Report, sender: Mailbox = UNDECIDED_SENDER) -> Manifest:
        """Dry run: one .eml a person and a manifest; what a finding blocks goes to ``folder/blocked``.

        Raises:
            OutboxError: the folder cannot be written.
        """
        stamp = replace(_DRAFT, date=_now())
        blocked: list[BlockedMessage] = []

        def messages() -> Iterator[SealedMessage]:
            for recipient in self.recipients:
                number = recipient.record.number
                rules = report.blocking_rules(number)
                try:
                    message = assemble(self.compose(recipient), sender, stamp)
                except RenderFailed:
                    blocked.append(BlockedMessage(number, recipient.name, recipient.address, rules, None))
                    continue
                if rules:
                    blocked.append(BlockedMessage(number, recipient.name, recipient.address, rules, message))
                    continue
                yield message

        return export_eml(messages(), folder, blocked=blocked, campaign=self.name, created=stamp.date)

    def seal(self, account: Account, report: Report, outbox: Outbox, progress: Progress | None = None) -> Run:
        """Freeze every message as a run: from here on nothing reads the table or the letter again.

        Raises:
            Blocked: a finding that is not waived blocks, or the last gate refuses a message.
            OutboxError: the run cannot be written.
        """
        if report.blocks:
            count = len(report.blocks)
            raise Blocked(f"{count} blocking finding{'s'[: count > 1]}: nothing was sealed; see `mailmerge check`")
        if not self.recipients:
            raise Blocked("nobody is left to write to: nothing was sealed")
        senders = self._senders(account)
        created = _now()
        stamp = Stamp(new_run_id(created), created)
        return outbox.seal(
            run=stamp.run,
            created=created,
            campaign=self.name,
            account=account.name,
            senders=senders,
            messages=self._sealed(account.sender, senders, stamp, progress),
            excluded=[
                Exclusion(e.recipient.record.number, e.recipient.name, e.recipient.address, e.reason)
                for e in self.excluded
            ],
            waivers_digest=_waivers_digest(self.settings.waivers),
            table=self.table.path.name,
            letter=", ".join(letter.path.name for letter in self.letters),
        )

    def _sealed(
        self, sender: Mailbox, senders: Sequence[str], stamp: Stamp, progress: Progress | None
    ) -> Iterator[SealedMessage]:
        """Every message's bytes, parsed again and found to say what was composed."""
        total = len(self.recipients)
        for done, recipient in enumerate(self.recipients, 1):
            message = self.compose(recipient)
            sealed = assemble(message, sender, stamp)
            gate(sealed, senders=senders, expected=message)
            yield sealed
            if progress and (done % 100 == 0 or done == total):
                progress(done, total)

    def _senders(self, account: Account) -> list[str]:
        """The addresses that may stand in From and Reply-To: the account's, and those the letters write themselves."""
        declared = {mailbox for letter in self.letters for mailbox in letter.declared_senders}
        return sorted({account.address, *declared})


def open_outbox() -> Outbox:
    """The runs of this user."""
    return Outbox(find_home().data / "runs")


def open_campaign(sources: Sequence[Path]) -> Campaign:
    """Open ``[CAMPAIGN.toml]`` (or its folder), or ``[RECIPIENTS, TEMPLATE]``.

    Raises:
        UsageError: something else was given.
        TableError, LetterError, CampaignError: a file cannot be used.
    """
    match list(sources):
        case [path] if path.is_dir():
            return _open_file(path / CAMPAIGN_FILE)
        case [path] if path.suffix.lower() == ".toml":
            return _open_file(path)
        case [recipients, template]:
            file = CampaignFile(recipients=recipients.name, template=template.name)
            return _assembled(file, None, template.parent, recipients, [template])
        case _:
            given = " ".join(str(source) for source in sources) or "nothing"
            raise UsageError(f"give one CAMPAIGN.toml, or RECIPIENTS and TEMPLATE; this was given: {given}")


def _open_file(path: Path) -> Campaign:
    file = read_campaign_file(path)
    folder = path.parent
    template = file.template
    names = [template] if isinstance(template, str) else [v for k, v in template.items() if k != TEMPLATE_FIELD]
    return _assembled(file, path, folder, folder / file.recipients, [folder / name for name in names])


def _assembled(
    file: CampaignFile, path: Path | None, folder: Path, recipients: Path, templates: Sequence[Path]
) -> Campaign:
    table = read_table(
        recipients,
        sheet=file.sheet,
        delimiter=file.delimiter,
        encoding=file.encoding,
        header_line=file.header_line,
        email=file.columns.email,
    )
    letters = {template: read_letter(template, extra_headers=file.headers) for template in templates}
    people, excluded = _chosen(file, table)
    return Campaign(
        name=path.parent.absolute().name if path else templates[0].name.partition(".")[0],
        path=path,
        folder=folder,
        file=file,
        table=table,
        letters=tuple(letters.values()),
        recipients=people,
        excluded=excluded,
        settings=LintSettings(
            allow_addresses=file.lint.allow_addresses,
            signatories=file.lint.signatories,
            waivers=tuple(Waiver(w.rule, w.finding, w.reason, w.by) for w in file.waivers),
            extra_headers=file.headers,
        ),
        _letter_by_value=_letters_by_value(file, table, folder, letters),
    )


def _letters_by_value(
    file: CampaignFile, table: RecordTable, folder: Path, letters: dict[Path, Letter]
) -> dict[str, Letter]:
    if isinstance(file.template, str):
        return {}
    chooser = identifier(file.template[TEMPLATE_FIELD])
    if chooser not in table.names:
        known = ", ".join(table.names)
        raise CampaignError(f'the letter is chosen by "{chooser}", but the table has no such field; it has {known}')
    return {fold(key): letters[folder / name] for key, name in file.template.items() if key != TEMPLATE_FIELD}


def _chosen(file: CampaignFile, table: RecordTable) -> tuple[Recipients, tuple[Excluded, ...]]:
    """The people to write to, and those that an exclusion names."""
    records = table.records
    if file.where:
        condition = compile_condition(file.where)
        records = [record for record in records if condition(table.values(record))]
    recipients = Recipients(table, records, _name_of(file, table))
    if not file.exclusions:
        return recipients, ()
    reasons = {same_mailbox_key(exclusion.address): exclusion.reason for exclusion in file.exclusions}
    kept: list[Record] = []
    excluded: list[Excluded] = []
    for recipient in recipients:
        reason = reasons.get(same_mailbox_key(recipient.address))
        if reason is None:
            kept.append(recipient.record)
        else:
            excluded.append(Excluded(recipient, reason))
    return Recipients(table, kept, _name_of(file, table)), tuple(excluded)


def _name_of(file: CampaignFile, table: RecordTable) -> Callable[[Record], str]:
    if file.columns.name:
        render = compile_value(file.columns.name)
        return lambda record: " ".join(render(table.values(record)).split())
    columns = table.columns
    parts = [columns.full_name] if columns.full_name else [columns.first_name, columns.last_name]
    used = [part for part in parts if part]
    return lambda record: " ".join(filter(None, (table.value(record, part) for part in used)))


def _waivers_digest(waivers: Sequence[Waiver]) -> str:
    """What was waived is part of what was approved: a digest that the seal covers."""
    lines = sorted("\x1f".join((w.rule, w.finding, w.reason, w.by)) for w in waivers)
    return hashlib.sha256("\x1e".join(lines).encode()).hexdigest()


def _now() -> datetime.datetime:
    return datetime.datetime.now().astimezone().replace(microsecond=0)


_DRAFT = Stamp("draft", datetime.datetime.fromtimestamp(0, datetime.UTC))
