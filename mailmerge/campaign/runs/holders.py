"""In whose messages a name, an address or another value is: the linter's identities, turned to one question."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property
from pathlib import Path

from msgspec import Struct

from mailmerge.campaign.mailing import Mailing
from mailmerge.errors import RenderFailed, UsageError
from mailmerge.i18n import N_
from mailmerge.lint.extract.reader import read_content
from mailmerge.lint.identities.index import Identities
from mailmerge.lint.identities.masking import identities_in
from mailmerge.lint.identities.numbers import compact
from mailmerge.lint.identities.rows.columns import phone_of
from mailmerge.model import Columns, Dialect, Field, Record, RecordTable, SealedMessage
from mailmerge.outbox import Run
from mailmerge.text.addresses import same_mailbox_key
from mailmerge.text.folding import fold, normalise
from mailmerge.text.shown import shorten

_SHORTEST = 3
"""Letters and digits of what is searched for."""
_FEWEST_DIGITS = 5


class Found(Struct, frozen=True):
    """What is in one part of a message."""

    part: str
    """``message-header``, ``text``, ``name`` (of a file), and the like: a token."""
    text: str
    """As the message has it, shortened."""


class Holder(Struct, frozen=True):
    """A message that holds what was searched for."""

    record: int
    name: str
    address: str
    found: tuple[Found, ...]


class Sought:
    """One or several values of one person, and the forms in which they are recognised."""

    def __init__(self, *values: str):
        """Raises:
        UsageError: there is too little to search for.
        """
        self.values = tuple(value.strip() for value in values if len(compact(fold(value))) >= _SHORTEST)
        if not self.values:
            raise UsageError(N_("give at least {count} letters or digits to search for"), count=_SHORTEST)

    @cached_property
    def _identities(self) -> Identities:
        return Identities(_table_of(self.values))

    @cached_property
    def _phrases(self) -> list[str]:
        """The values as folded words; an address is recognised by its mailbox only."""
        return [f" {fold(normalise(value))} " for value in self.values if "@" not in value]

    def is_addressed(self, address: str) -> bool:
        """Whether a message to this address is theirs."""
        return same_mailbox_key(address) in {same_mailbox_key(value) for value in self.values if "@" in value}

    def found_in(self, message: SealedMessage) -> list[Found]:
        """Where in a message any of it is: header, texts and files."""
        pieces = read_content(message.content, "message.eml").pieces
        found = [each for part, text, _page in pieces for each in self._in_text(str(part), text)]
        return list(dict.fromkeys(found))

    def _in_text(self, part: str, text: str) -> Iterator[Found]:
        hits = list(identities_in(self._identities, text))
        for hit in hits:
            yield Found(part, shorten(hit.text or text[hit.at : hit.at + 60]))
        if not hits and self._phrases:
            words = f" {fold(normalise(text))} "
            for phrase in self._phrases:
                if (at := words.find(phrase)) >= 0:
                    as_written = _around(text, phrase.strip())
                    yield Found(part, shorten(as_written or words[max(0, at - 20) : at + len(phrase) + 20].strip()))


def _around(text: str, phrase: str) -> str:
    """A phrase in a text with the words around it, as the text has it; ``""`` where it is written in another way."""
    line = next((line for line in text.splitlines() if f" {phrase} " in f" {fold(normalise(line))} "), "")
    return line.strip().replace("\t", ": ")


def holders_in_run(run: Run, sought: Sought) -> Iterator[Holder]:
    """The messages of a run that hold it.

    Raises:
        OutboxError: the messages were deleted, or cannot be read.
    """
    yield from _holders(run.contents(), sought)


def holders_in_campaign(campaign: Mailing, sought: Sought) -> Iterator[Holder]:
    """The messages of a campaign that would hold it; one that cannot be made holds nothing."""

    def drafts() -> Iterator[SealedMessage]:
        for recipient in campaign.recipients:
            try:
                yield campaign.preview(recipient)
            except RenderFailed:
                continue

    yield from _holders(drafts(), sought)


def about_person(run: Run, record: int) -> Sought:
    """What identifies one person of a run: name, address, and the cells of their row that nobody else has.

    Raises:
        UsageError: the run has no such record.
        OutboxError: it was purged, or cannot be read.
    """
    message = next((each for each in run.messages() if each.record == record), None)
    if message is None:
        raise UsageError(N_("run {run} has no record {record}"), run=run.id, record=record)
    values = [message.name, message.address]
    rows = dict(run.rows())
    cells = rows.get(record, ())
    for position, cell in enumerate(cells):
        alone = sum(1 for row in rows.values() if position < len(row) and row[position] == cell) == 1
        if alone and _identifies(cell):
            values.append(cell)
    return Sought(*values)


def _holders(messages: Iterable[SealedMessage], sought: Sought) -> Iterator[Holder]:
    for message in messages:
        if found := sought.found_in(message):
            yield Holder(message.record, message.name, message.envelope.forward_path, tuple(found))


def _identifies(value: str) -> bool:
    """Whether a cell is a number or a code, or an address: what names one person wherever it is."""
    return "@" in value or sum(character.isdigit() for character in value) >= _FEWEST_DIGITS


def _table_of(values: Sequence[str]) -> RecordTable:
    """A table of one person who has these values, for the index to make its forms of."""
    fields: list[tuple[str, str, str]] = []
    emails: list[str] = []
    names: list[str] = []
    for number, value in enumerate(values):
        if "@" in value:
            emails.append(f"email_{number}")
            fields.append(("e-mail", emails[-1], value))
        elif sum(map(str.isdigit, value)) >= _FEWEST_DIGITS:
            fields.append(("reference", f"reference_{number}", value))
            if len(phone_of(value)) >= 8:
                fields.append(("phone", f"phone_{number}", value))
        elif len(fold(value).split()) > 1:
            names.append(f"name_{number}")
            fields.append(("name", names[-1], value))
    columns = Columns(
        email=emails[0] if emails else "",
        other_emails=tuple(emails[1:]),
        full_name=names[0] if names else "",
        other_full_names=tuple(names[1:]),
    )
    record = Record(1, 2, tuple(value for _header, _name, value in fields))
    shown = tuple(Field(header, name) for header, name, _value in fields)
    return RecordTable(Path("sought"), Dialect(), shown, [record], columns)
