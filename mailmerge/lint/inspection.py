"""What the rules are shown: the campaign as a whole, and each message with its values told from the author's words."""

from __future__ import annotations

import re
from collections import OrderedDict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from mailmerge.addresses import Mailbox, find_addresses, same_mailbox_key
from mailmerge.lint.decoding import decoded_views
from mailmerge.lint.finding import Waiver
from mailmerge.lint.identities import Hit, Identities, name_orders
from mailmerge.lint.markup import read_markup
from mailmerge.lint.vocabulary import FREE_MAIL, INTERNAL
from mailmerge.model import Message, Pattern, Recipient, Record, RecordTable, Shape
from mailmerge.text import fold, shorten

if TYPE_CHECKING:
    from mailmerge.letter import Letter
    from mailmerge.lint.extract import Content

Composer = Callable[[Recipient], Message]
LetterOf = Callable[[Recipient], "Letter"]

_BARRIER = " qzq "
_WINDOW = 64
_SHAPES_KEPT = 64


@dataclass(frozen=True, slots=True)
class LintSettings:
    """The campaign's ``[lint]`` lists and waivers."""

    allow_addresses: tuple[str, ...] = ()
    """Addresses that may stand in any message."""
    signatories: tuple[str, ...] = ()
    """People who sign, and so may be named in any message."""
    waivers: tuple[Waiver, ...] = ()
    extra_headers: tuple[str, ...] = ()
    """``X-*`` header fields that the campaign declares."""


@dataclass(frozen=True)
class Inspection:
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

    @cached_property
    def identities(self) -> Identities:
        """Everybody in the table, those who are not written to as well."""
        return Identities(self.table)

    @cached_property
    def used_fields(self) -> frozenset[str]:
        """The fields that a message can show or that decide about it, and those that say who a record is."""
        columns = self.table.columns
        used = {columns.email, columns.first_name, columns.last_name, columns.full_name} - {""}
        for letter in self.letters:
            for expression in letter.expressions:
                used |= expression.fields
        return frozenset(used & set(self.table.names))

    @cached_property
    def records(self) -> list[Record]:
        """The records that are written to."""
        return [recipient.record for recipient in self.recipients]

    @cached_property
    def recipient_numbers(self) -> frozenset[int]:
        """The numbers of those records."""
        return frozenset(record.number for record in self.records)

    @cached_property
    def allowed(self) -> frozenset[str]:
        """Keys of the mailboxes that may stand in any message."""
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
    def looked_into(self) -> OrderedDict[tuple[str, int, int], Content]:
        """What stands in the attachments looked into last."""
        return OrderedDict()

    @property
    def many(self) -> int:
        """From how many messages on one cause is told once: more than 3, and more than 1 % of them."""
        return max(3, len(self.recipients) // 100) + 1

    def is_owner_of(self, key: str, record: Record) -> bool:
        """Whether a mailbox is this record's."""
        return record.number in self.identities.address_owners(key)

    def person(self, record: Record) -> str:
        """A record in a sentence: ``Jeanne Petit (line 18)``."""
        columns = self.table.columns
        parts = (columns.first_name, columns.last_name) if columns.last_name else (columns.full_name,)
        name = shorten(" ".join(filter(None, (self.table.value(record, part) for part in parts if part))), 40)
        return f"{name} (line {record.line})" if name else f"line {record.line}"

    def people(self, numbers: Sequence[int]) -> str:
        """Records in a sentence, the first two by name."""
        shown = [self.person(self.table.record(number)) for number in numbers[:2]]
        more = len(numbers) - len(shown)
        return " and ".join(shown) if not more else f"{', '.join(shown)} and {more} more"


@dataclass(frozen=True, slots=True)
class Address:
    """An address in a text, as it stands and as a key."""

    text: str
    key: str


class LetterScan:
    """What stands in the author's own words of one letter; found once a letter."""

    def __init__(self, inspection: Inspection, letter: Letter):
        self.letter = letter
        self.hits: frozenset[str] = frozenset(
            hit.key for constant in letter.constants for hit in identities_in(inspection, constant.text)
        )


class ShapeScan:
    """What stands in the constant text of one shape; found once a shape."""

    def __init__(self, inspection: Inspection, shape: Shape, branch: int):
        self.shape = shape
        self.branch = branch
        """Counts shapes as they appear."""
        patterns = [shape.subject, shape.text, *(pattern for _name, pattern in shape.extra_headers)]
        if shape.html is not None:
            patterns.append(shape.html)
        mailboxes = [mailbox for group in shape.mailboxes.values() for mailbox in group]
        patterns += [mailbox.name for mailbox in mailboxes]
        patterns += shape.attachments
        self.compact = tuple(_compact(pattern) for pattern in patterns if pattern.slots)
        own = [mailbox.address for header in ("From", "Reply-To") for mailbox in shape.mailboxes.get(header, ())]
        writers = [pattern.constants[0] for pattern in own if not pattern.slots]
        self.allowed = inspection.allowed | {same_mailbox_key(address) for address in writers}
        if inspection.sender is not None:
            writers.append(inspection.sender.address)
        self.domains = frozenset(address.rpartition("@")[2].casefold() for address in writers) - FREE_MAIL
        constants = dict.fromkeys(constant for pattern in patterns for constant in pattern.constants if constant)
        self.constants: tuple[str, ...] = tuple(constants)
        self.addresses = tuple(self._addresses(inspection))
        self.address_keys = frozenset(
            same_mailbox_key(text[start:end]) for text in constants for start, end in find_addresses(text)
        )
        self.hits: tuple[Hit, ...] = tuple(
            dict.fromkeys(hit for constant in constants for hit in identities_in(inspection, constant))
        )
        self.markup = read_markup(shape.html, shape.source)
        in_text = frozenset(slot.value for slot in shape.text.slots)
        self.only_in_html = self.markup.shown - in_text if shape.html else frozenset[int]()
        self.only_in_text = in_text - self.markup.shown - self.markup.linked if shape.html else frozenset[int]()
        printed = {field for expression in shape.expressions for field in expression.fields}
        self.internal = tuple(
            (position, name)
            for position, name in enumerate(inspection.table.names)
            if name not in printed and not INTERNAL.isdisjoint(name.split("_"))
        )
        self.encoded = tuple(constant for constant in constants if self._encodes(inspection, constant))

    def holds(self, text: str) -> bool:
        """Whether the constant text holds a word."""
        return any(text in constant for constant in self.constants)

    def _encodes(self, inspection: Inspection, constant: str) -> bool:
        """Whether an identity stands in constant text in an encoded form."""
        return any(
            next(find_addresses(view), None) or next(identities_in(inspection, view), None)
            for view in decoded_views(constant)
        )

    def _addresses(self, inspection: Inspection) -> Iterator[Address]:
        """Addresses that the author wrote and that are not plainly the sender's own house."""
        seen: set[str] = set()
        for constant in self.constants:
            for start, end in find_addresses(constant):
                text = constant[start:end]
                key = same_mailbox_key(text)
                house = text.rpartition("@")[2].casefold() in self.domains
                if key in seen or key in self.allowed or (house and not inspection.identities.address_owners(key)):
                    continue
                seen.add(key)
                yield Address(text, key)


def _compact(pattern: Pattern) -> Pattern:
    """The pattern with its long constants cut, at blanks, to what stands beside a value."""
    constants = []
    for constant in pattern.constants:
        if len(constant) > 3 * _WINDOW:
            head, tail = constant[:_WINDOW], constant[-_WINDOW:]
            head = head[: _last_blank(head)]
            tail = tail[_first_blank(tail) :]
            constant = f"{head}{_BARRIER}{tail}"
        constants.append(constant)
    return Pattern(tuple(constants), pattern.slots)


_BLANK = re.compile(r"\s")
_BLANK_LAST = re.compile(r"\s\S*\Z")


def _first_blank(text: str) -> int:
    match = _BLANK.search(text)
    return match.start() if match else 0


def _last_blank(text: str) -> int:
    match = _BLANK_LAST.search(text)
    return match.start() if match else len(text)


class Scans:
    """The scans of letters and shapes, each made once; shapes of one message only are soon forgotten."""

    def __init__(self, inspection: Inspection):
        self._inspection = inspection
        self._letters: dict[int, LetterScan] = {}
        self._shapes: OrderedDict[int, ShapeScan] = OrderedDict()
        self._count = 0

    def letter(self, letter: Letter) -> LetterScan:
        """The scan of a letter."""
        scan = self._letters.get(id(letter))
        if scan is None:
            scan = self._letters[id(letter)] = LetterScan(self._inspection, letter)
        return scan

    def shape(self, shape: Shape) -> ShapeScan:
        """The scan of a shape."""
        scan = self._shapes.get(id(shape))
        if scan is None:
            self._count += 1
            scan = self._shapes[id(shape)] = ShapeScan(self._inspection, shape, self._count)
            if len(self._shapes) > _SHAPES_KEPT:
                self._shapes.popitem(last=False)
        else:
            self._shapes.move_to_end(id(shape))
        return scan


class MessageView:
    """One message as the rules see it; what several rules need is computed once."""

    def __init__(self, inspection: Inspection, message: Message, scans: Scans):
        self.inspection = inspection
        self.message = message
        self.recipient = message.recipient
        self.record = message.recipient.record
        self.shape = scans.shape(message.shape)
        self.letter = scans.letter(inspection.letter_of(message.recipient))
        self.own_key = same_mailbox_key(message.recipient.address)

    @cached_property
    def variable(self) -> str:
        """Every value with the words beside it, in each part and header: what differs between people."""
        values = self.message.values
        return _BARRIER.join([pattern.fill(values) for pattern in self.shape.compact] + list(values))

    @cached_property
    def _spotted(self) -> tuple[tuple[Address, ...], str]:
        """The addresses among the values that are neither this person's nor allowed, and the text without any."""
        text = self.variable
        if "@" not in text:
            return (), text
        found: dict[str, Address] = {}
        for start, end in find_addresses(text):
            address = text[start:end]
            key = same_mailbox_key(address)
            if key != self.own_key and key not in self.shape.allowed and key not in self.shape.address_keys:
                found.setdefault(key, Address(address, key))
        return tuple(found.values()), without_addresses(text)

    @property
    def addresses(self) -> tuple[Address, ...]:
        """Addresses among the values that are neither this person's nor allowed."""
        return self._spotted[0]

    @property
    def text(self) -> str:
        """The values and the words beside them, without any address."""
        return self._spotted[1]

    @cached_property
    def words(self) -> list[str]:
        """The folded words of :attr:`text`, this person's own name masked."""
        return masked_words(self.inspection, self.record, self.text)

    @cached_property
    def words_of_own_name(self) -> frozenset[str]:
        """The folded words of this person's name."""
        orders = name_orders(self.inspection.table, self.record)
        return frozenset(word for order in orders for word in order)

    def of_others(self, hits: Iterator[Hit]) -> Iterator[Hit]:
        """Hits that are not this person's, and that the author's own words do not name anyway."""
        number = self.record.number
        named = self.letter.hits
        return (hit for hit in hits if number not in hit.owners and hit.key not in named)


def without_addresses(text: str) -> str:
    """The text with a word that nobody is called in place of each address."""
    if "@" not in text:
        return text
    pieces: list[str] = []
    rest = 0
    for start, end in find_addresses(text):
        if start >= rest:
            pieces.append(text[rest:start])
        rest = max(rest, end)
    pieces.append(text[rest:])
    return _BARRIER.join(pieces)


def masked_words(inspection: Inspection, record: Record, text: str) -> list[str]:
    """The folded words of a text, with one word that nobody is called in place of the record's own full name."""
    folded = f" {fold(without_addresses(text))} "
    for order in name_orders(inspection.table, record):
        folded = folded.replace(f" {' '.join(order)} ", _BARRIER)
    return folded.split()


def identities_in(inspection: Inspection, text: str) -> Iterator[Hit]:
    """Every identity in a text: addresses, numbers, references and full names."""
    identities = inspection.identities
    yield from identities.addresses_in(text)
    bare = without_addresses(text)
    yield from identities.numbers_in(bare)
    words = fold(bare).split()
    yield from identities.references_in(words)
    yield from identities.names_in(words)
