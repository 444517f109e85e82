"""What the rules are shown: the campaign as a whole, and each message with its values told from the author's words."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cached_property, lru_cache, partial
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct

from mailmerge.lint.finding import RawFinding, Waiver
from mailmerge.lint.identities.index import Identities
from mailmerge.lint.identities.names import words_of
from mailmerge.lint.identities.rows.alignment import Alignment
from mailmerge.lint.identities.rows.amounts import Amounts
from mailmerge.lint.identities.rows.internal import Internal
from mailmerge.lint.identities.rows.people import PeopleColumns, own_name_columns
from mailmerge.lint.identities.what import What
from mailmerge.lint.sentence import People, Person, Quoted, Sentence
from mailmerge.lint.views.cells import CellUses, uses_of, without_value
from mailmerge.lint.views.greeting import column_of_titles, columns_of_codes
from mailmerge.lint.views.letter_language import language_of
from mailmerge.lint.views.printed import KEPT, Printed
from mailmerge.lint.views.remark import Remark
from mailmerge.lint.views.weekdays import names_weekday
from mailmerge.lint.vocabulary import FREE_MAIL, NAMES, OTHERS, STAFF, words
from mailmerge.model import Bystanders, Field, Message, Recipient, Record, RecordTable
from mailmerge.records.cells.no_value import NoValue
from mailmerge.records.columns.own_names import why_not_theirs
from mailmerge.runtime.cache import BoundedCache
from mailmerge.text.addresses import Mailbox, domain_of, find_addresses, is_address, same_mailbox_key
from mailmerge.text.folding import fold
from mailmerge.text.shown import shorten

if TYPE_CHECKING:
    from mailmerge.letter import Letter
    from mailmerge.lint.extract.content import Content


Composer = Callable[[Recipient], Message]
_FILES_KEPT = 16
_HOUSE = 0.9
"""The share of addresses at the sender's own domain from which on a mailing is one to the staff."""
_GLANCE = 400
"""Rows by which it is told what a column holds."""
_TEAMS = words(
    "equipe team teams staff rh hr recruteurs recruiters managers interviewers formateurs trainers tuteurs signataires "
    "services contacts interlocuteurs collegues colleagues referents responsables parametres listes ansprechpartner "
    "personalabteilung equipo reclutadores responsabili selezionatori"
)
"""Words in the names of sheets that list colleagues."""
LetterOf = Callable[[Recipient], "Letter"]


class Exclusion(Struct, frozen=True):
    """A person whom the campaign leaves out, as it names them, and whom of the table that is."""

    address: str
    name: str
    records: tuple[int, ...]
    """Numbers of the records named: one where all is well."""
    near: tuple[int, ...] = ()
    """Where nobody is named: the records that have the address, or the name, but not both."""


class Undecided(Struct, frozen=True):
    """A person about whom the campaign's ``where`` decides by a cell without a value."""

    record: int
    field: str
    meaning: NoValue | None
    """What is in the cell in place of a value; None where it is blank, among cells that are filled in."""
    cell: str
    where: str
    written: bool
    """Whether the condition includes the person."""
    exceptional: bool = True
    """Whether few cells of the column are without a value."""


class LintSettings(Struct, frozen=True):
    """The campaign's ``[lint]`` lists and waivers."""

    allow_addresses: tuple[str, ...] = ()
    """Addresses that may be in any message."""
    signatories: tuple[str, ...] = ()
    """People who sign, and so may be named in any message."""
    waivers: tuple[Waiver, ...] = ()
    extra_headers: tuple[str, ...] = ()
    """``X-*`` header fields that the campaign declares."""
    exclusions: tuple[Exclusion, ...] = ()
    """The campaign's exclusions."""
    undecided: tuple[Undecided, ...] = ()
    """People about whom its ``where`` decides by a cell without a value."""
    names_of_others: frozenset[str] = frozenset()
    """Identifiers of the columns that name colleagues on purpose."""


class Inspection(Struct, frozen=True, dict=True):
    """A campaign laid out for the linter."""

    table: RecordTable
    recipients: Sequence[Recipient]
    letters: Sequence[Letter]
    compose: Composer
    letter_of: LetterOf
    settings: LintSettings
    sender: Mailbox | None
    """Who writes, where that is decided already."""
    folder: Path
    """The campaign's folder."""
    bystanders: Sequence[Bystanders] = ()
    """Who else is in the file of the table: hidden rows, other sheets."""
    remarks: Sequence[Remark] = ()
    """What a second person found wrong in the campaign's last run."""

    @cached_property
    def identities(self) -> Identities:
        """Everybody in the table, those who are not contacted as well, and everybody else in its file."""
        languages = [language_of(letter).partition("-")[0].casefold() for letter in self.letters]
        return Identities(self.table, self._strangers, languages)

    @cached_property
    def _strangers(self) -> list[Bystanders]:
        """The people beside the table, but for the sender's own colleagues."""
        return [group for group in self.bystanders if not self._is_senders_own(group)]

    @cached_property
    def internal(self) -> Internal:
        """Everybody's remarks that are for colleagues only."""
        return Internal(self.table, self._strangers)

    @cached_property
    def amounts(self) -> Amounts:
        """The amounts that everybody has of their own."""
        return Amounts(self.table)

    @cached_property
    def writers(self) -> frozenset[int]:
        """The records of whoever sends the letters or signs them as a colleague, if they are in the table."""
        said = [each.text for letter in self.letters for each in letter.constants if each.part.casefold() == "from"]
        addresses = [text[start:end] for text in said for start, end in find_addresses(text)]
        names = list(said)
        if self.sender is not None:
            addresses.append(self.sender.address)
            names.append(self.sender.name)
        known = self.identities
        rows = [known.address_owners(same_mailbox_key(address)) for address in addresses]
        rows += [known.name_owners("".join(words_of(name.partition("<")[0]))) for name in names]
        signing = [known.name_owners("".join(words_of(name))) for name in self.settings.signatories]
        rows += [tuple(filter(self._is_colleague, numbers)) for numbers in signing]
        return frozenset(number for numbers in rows for number in numbers)

    def _is_colleague(self, number: int) -> bool:
        """Whether somebody of the table has an address at the sender's own domain."""
        if number > len(self.table.records):
            return False
        address = self.table.value(self.table.record(number), self.table.columns.email)
        return domain_of(address) in self._house

    @cached_property
    def _house(self) -> frozenset[str]:
        """The sender's own domains."""
        said = [address for letter in self.letters for address in letter.declared_senders]
        if self.sender is not None:
            said.append(self.sender.address)
        return frozenset(domain_of(address) for address in said) - FREE_MAIL

    @cached_property
    def used_fields(self) -> frozenset[str]:
        """The fields that a message can show or that decide about it, and those that say who a record is."""
        used = {self.table.columns.email, *self.table.columns.shown_names}
        for letter in self.letters:
            for expression in letter.expressions:
                used |= expression.fields
        return frozenset(used & set(self.table.names))

    @cached_property
    def titles(self) -> str:
        """The field that says by which title people are addressed; empty without one."""
        return column_of_titles(self.table)

    @cached_property
    def weekday_fields(self) -> frozenset[str]:
        """The fields that letters use and that name a day of the week for somebody."""
        found: set[str] = set()
        for position, name in enumerate(self.table.names):
            if name in self.used_fields:
                cells = (record.values[position] for record in self.table.records)
                found.update({name} if names_weekday(fold("\n".join(cells))) else ())
        return frozenset(found)

    @cached_property
    def gender_codes(self) -> frozenset[str]:
        """The fields that hold F and H, 1 and 2, or the like in the place of titles."""
        return columns_of_codes(self.table) - {*self.table.columns.names}

    @cached_property
    def cell_uses(self) -> CellUses:
        """What the letters do with the columns."""
        return uses_of(self.table, self.letters)

    @cached_property
    def no_values(self) -> Mapping[str, Mapping[str, NoValue]]:
        """The cells of used columns that say that there is no value, addresses left out, by column."""
        used = sorted(self.used_fields - set(self.table.columns.emails))
        return without_value(self.table, used, self.cell_uses)

    @cached_property
    def fields_for_to(self) -> frozenset[str]:
        """The fields of which the name in To may be made: those that may hold the person's own name or title."""
        return frozenset(name for name in self.table.names if why_not_theirs(self.table, name) is None)

    @cached_property
    def records(self) -> list[Record]:
        """The records that are written to."""
        return [recipient.record for recipient in self.recipients]

    @cached_property
    def name_words(self) -> frozenset[str]:
        """The folded words of everybody's names."""
        known = self.identities.name_columns
        values = {self.table.value(record, column) for record in self.table.records for column in known}
        return frozenset(word for value in values for word in fold(value).split() if len(word) > 1)

    @cached_property
    def name_positions(self) -> tuple[int, ...]:
        """Where the names of the person are in a record."""
        return tuple(self.table.names.index(name) for name in self.identities.name_columns)

    @cached_property
    def recipient_numbers(self) -> frozenset[int]:
        """The numbers of those records."""
        return frozenset(record.number for record in self.records)

    @cached_property
    def allowed(self) -> frozenset[str]:
        """Keys of the mailboxes that may be in any message."""
        addresses = list(self.settings.allow_addresses)
        if self.sender is not None:
            addresses.append(self.sender.address)
        return frozenset(map(same_mailbox_key, addresses))

    @cached_property
    def signatories(self) -> frozenset[str]:
        """Folded names of those who may be named in any message, words sorted."""
        names = list(self.settings.signatories)
        if self.sender is not None:
            names.append(self.sender.name)
        return frozenset(" ".join(sorted(fold(name).split())) for name in names if name)

    @cached_property
    def own_names(self) -> tuple[str, ...]:
        """Fields that hold a name of the person of the row, besides those that are known to."""
        known = self.table.columns.names
        parts = ((field.name, set(field.name.split("_"))) for field in self.table.fields if field.name not in known)
        said = (name for name, said in parts if said & NAMES and not said & OTHERS)
        return tuple(dict.fromkeys((*said, *own_name_columns(self.table))))

    @cached_property
    def people_columns(self) -> PeopleColumns:
        """The columns of which the values are whole names of other people."""
        return PeopleColumns(self.table, self.identities.is_name_word)

    @cached_property
    def printed(self) -> Callable[[str], Printed]:
        """What is known of a text that a letter prints; of those printed last it is kept."""
        return lru_cache(KEPT)(partial(Printed, self))

    @cached_property
    def is_table(self) -> Callable[[Path], bool]:
        """Whether a path leads to the table itself; asked of the disk once for each."""
        table = self.table.path.resolve()
        return lru_cache(KEPT)(lambda path: path.resolve() == table)

    @cached_property
    def alignment(self) -> Alignment:
        """The names against the addresses."""
        return Alignment(self.table)

    @cached_property
    def looked_into(self) -> BoundedCache[tuple[str, int, int], Content]:
        """What the attachments that were looked into last contain."""
        return BoundedCache(_FILES_KEPT)

    @cached_property
    def is_within_house(self) -> bool:
        """Whether a company writes to its own staff: nearly all addresses are at the sender's own domain."""
        inside = sum(domain_of(each.address) in self._house for each in self.recipients)
        return bool(self.recipients) and inside >= _HOUSE * len(self.recipients)

    @property
    def grouping_threshold(self) -> int:
        """The number of messages from which one cause is reported once: more than 3, and more than 1 % of them."""
        return max(3, len(self.recipients) // 100) + 1

    def own_keys(self, record: Record, own: str) -> frozenset[str]:
        """The mailboxes of a record: the one that is written to, and its further addresses."""
        others = [self.table.value(record, name) for name in self.table.columns.other_emails]
        found = (same_mailbox_key(cell[start:end]) for cell in others for start, end in find_addresses(cell))
        return frozenset((own, *found))

    @cached_property
    def address_columns(self) -> frozenset[str]:
        """The columns that hold several addresses, and nothing else, of others than the people of the rows."""
        rows = self.table.records[:: len(self.table.records) // _GLANCE + 1]
        found: set[str] = set()
        for position, field in enumerate(self.table.fields):
            cells = {cell for record in rows if (cell := record.values[position].strip())}
            if len(cells) > 1 and field.name not in self.table.columns.emails and all(map(is_address, cells)):
                found.add(field.name)
        return frozenset(found)

    def name_key(self, record: Record) -> tuple[str, ...]:
        """The person's name, for a fingerprint where the address does not tell."""
        columns = self.table.columns
        parts = (columns.first_name, columns.last_name, columns.full_name)
        return tuple(fold(self.table.value(record, part)) for part in parts if part)

    def who(self, record: Record) -> tuple[str, ...]:
        """The person, for a fingerprint: the same cell of somebody else is another finding."""
        address = fold(self.table.value(record, self.table.columns.email))
        return (address,) if address else self.name_key(record)

    def address(self, record: Record) -> str:
        """The e-mail cell of a record, to be shown."""
        return shorten(self.table.value(record, self.table.columns.email))

    def person(self, record: Record) -> Person:
        """A record in a sentence: ``Jeanne Petit (line 18)``."""
        return Person(self.table.name_of(record), record.line)

    def cell_finding(
        self, says: Sentence, record: Record, field: Field, *, shown: int = 40, cause: str = "", whole_row: bool = False
    ) -> RawFinding:
        """What is wrong with one cell; its sentence has the person, the header, and ``shown`` characters of it."""
        cell = self.table.value(record, field.name)
        return RawFinding(
            says=says,
            values={
                "person": self.person(record),
                "header": Quoted(field.label, 40),
                "cell": Quoted(cell, shown),
            },
            evidence=(field.name, cell, *self.who(record)),
            record=record,
            field=field.name,
            excerpt=cell,
            cause=cause,
            whole_row=whole_row,
        )

    def people(self, numbers: Sequence[int]) -> People:
        """Records in a sentence, the first two by name."""
        shown = tuple(map(self._known_person, numbers[:2]))
        return People(shown, len(numbers) - len(shown))

    def _known_person(self, number: int) -> Person:
        """Somebody whom the identities know, in the table or beside it."""
        if number <= len(self.table.records):
            return self.person(self.table.record(number))
        group, record = self.identities.bystander(number)
        return Person(group.table.name_of(record), record.line, group.sheet)

    def is_on_other_sheets(self, numbers: Sequence[int]) -> bool:
        """Whether all of these people are known from other sheets alone, so that they may be anybody."""
        people = len(self.table.records)
        return bool(numbers) and all(
            number > people and self.identities.bystander(number)[0].sheet for number in numbers
        )

    def may_be_anybody(self, hits: Iterable[tuple[What, Sequence[int]]]) -> bool:
        """Whether only other sheets know whose all of this is; an address is a stranger's all the same."""
        return all(what is not What.ADDRESS and self.is_on_other_sheets(owners) for what, owners in hits)

    def _is_senders_own(self, group: Bystanders) -> bool:
        """Whether a sheet lists the sender's own colleagues, whom a letter names on purpose."""
        if not group.sheet:
            return False
        said = {*fold(group.sheet).split(), *(word for name in group.table.names for word in name.split("_"))}
        if not said.isdisjoint(STAFF | _TEAMS):
            return True
        house = {key.rpartition("@")[2] for key in self.allowed} - FREE_MAIL
        emails = group.table.columns.emails
        cells = [group.table.value(record, name) for record in group.table.records for name in emails]
        found = [domain_of(cell) for cell in cells if "@" in cell]
        return bool(found) and sum(domain in house for domain in found) * 2 > len(found)
