"""What stands in a letter, a shape and a message: each looked at once, and values told from the author's own words."""

from __future__ import annotations

import re
from collections import OrderedDict
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from mailmerge.addresses import find_addresses, same_mailbox_key
from mailmerge.lint.decoding import decoded_views
from mailmerge.lint.identities import Hit, name_orders
from mailmerge.lint.inspection import Inspection
from mailmerge.lint.markup import read_markup
from mailmerge.lint.masking import BARRIER, identities_in, masked_words, without_addresses
from mailmerge.lint.vocabulary import FREE_MAIL, INTERNAL
from mailmerge.model import Message, Pattern, Shape

if TYPE_CHECKING:
    from mailmerge.letter import Letter

_WINDOW = 64
"""Characters of constant text that are looked at beside a value."""
_SHAPES_KEPT = 64


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
            hit.key for constant in letter.constants for hit in identities_in(inspection.identities, constant.text)
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
            dict.fromkeys(hit for constant in constants for hit in identities_in(inspection.identities, constant))
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
            next(find_addresses(view), None) or next(identities_in(inspection.identities, view), None)
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
            constant = f"{head}{BARRIER}{tail}"
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
        return BARRIER.join([pattern.fill(values) for pattern in self.shape.compact] + list(values))

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
        return masked_words(self.inspection.table, self.record, self.text)

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
