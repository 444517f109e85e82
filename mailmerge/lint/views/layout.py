"""What the author's own words of a letter and of a layout contain: looked at once, whoever gets it."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property
from typing import TYPE_CHECKING

from msgspec import Struct

from mailmerge.addresses import find_addresses, same_mailbox_key
from mailmerge.cache import BoundedCache
from mailmerge.lint.extract.encodings import decoded_views
from mailmerge.lint.extract.html import read_markup
from mailmerge.lint.identities.initials import initials_in
from mailmerge.lint.identities.internal import Remark
from mailmerge.lint.identities.markup import readable
from mailmerge.lint.identities.masking import BARRIER, identities_in
from mailmerge.lint.identities.what import Hit
from mailmerge.lint.views.greeting import names_title
from mailmerge.lint.views.inspection import Inspection
from mailmerge.lint.views.variable import VariableText
from mailmerge.lint.views.weekdays import names_weekday
from mailmerge.lint.vocabulary import is_internal
from mailmerge.model import Layout
from mailmerge.patterns import EscapeContext, Pattern, Slot
from mailmerge.regex import regex
from mailmerge.text import fold, normalise

if TYPE_CHECKING:
    from mailmerge.letter import Letter

_JOINS_VALUE = regex(r"\A[\w.!#$%&'*+/=?^`{|}~-]*@|@[\w.:\[\]-]*\Z")
"""An address that a value before or after the text is part of."""
_JOINS_BEFORE, _JOINS_AFTER = regex(r"[\w.!#$%&'*+/=?^`{|}~-]\Z"), regex(r"\.?[\w-]")
"""What makes another address of one after or before it."""
_WINDOW = 40
"""Characters of constant text that are looked at beside a value."""
_ENCODED = frozenset({EscapeContext.URL, EscapeContext.MAILTO, EscapeContext.LINK})
_SHAPES_KEPT = 64


class Address(Struct, frozen=True):
    """An address in a text, as it is written and as a key."""

    text: str
    key: str


class LetterScan:
    """What the author's own words of one letter contain; found once per letter."""

    def __init__(self, inspection: Inspection, letter: Letter):
        self.letter = letter
        self.hits: frozenset[str] = frozenset(
            hit.key
            for constant in letter.constants
            for hit in identities_in(inspection.identities, readable(constant.text))
        )


def digest_of_shape(shape: Layout) -> int:
    """A number that two equal shapes share, within one process."""
    return hash(
        (repr(shape.text), repr(shape.html), repr(shape.subject), repr(shape.attachments), repr(shape.mailboxes))
    )


class ShapeScan:
    """What the constant text of one shape contains; found once per shape."""

    def __init__(self, inspection: Inspection, shape: Layout, branch: int):
        self.shape = shape
        self.branch = branch
        """Counts shapes as they appear."""
        patterns = [shape.subject, shape.text, *(pattern for _name, pattern in shape.extra_headers)]
        patterns += [box.name for header, boxes in shape.mailboxes.items() if header != "To" for box in boxes]
        patterns += shape.attachments
        compact = [_compact(inspection, pattern) for pattern in patterns if pattern.slots]
        placed = {slot.value for pattern in compact for slot in pattern.slots if slot.place not in _ENCODED}
        loose = [Pattern(("", ""), (Slot(index),)) for index in range(len(shape.expressions)) if index not in placed]
        self.variable = tuple(map(VariableText, (*compact, *loose)))
        """The values with the words beside them; alone where the text part has them encoded, or not at all."""
        self.html = _compact(inspection, shape.html) if shape.html is not None and shape.html.slots else None
        self.headers = tuple(_header_slots(shape))
        self.constant_size = sum(map(len, shape.text.constants))
        self.speaks = any(map(str.isalnum, "".join(shape.text.constants)))
        """Whether the author's own words are in every message."""
        self.text_slots = tuple(slot.value for slot in shape.text.slots)
        self.digest = digest_of_shape(shape)
        if shape.html is not None:
            patterns.append(shape.html)
        patterns += [box.name for box in shape.mailboxes.get("To", ())]
        own = [mailbox.address for header in ("From", "Reply-To") for mailbox in shape.mailboxes.get(header, ())]
        writers = [pattern.constants[0] for pattern in own if not pattern.slots]
        self.allowed = inspection.allowed | {same_mailbox_key(address) for address in writers}
        constants = dict.fromkeys(constant for pattern in patterns for constant in pattern.constants if constant)
        self.constants: tuple[str, ...] = tuple(constants)
        self.addresses = tuple(self._addresses())
        self.address_keys = frozenset(
            same_mailbox_key(text[start:end])
            for text in map(normalise, constants)
            for start, end in find_addresses(text)
        )
        texts = [readable(constant) for constant in constants]
        self.hits: tuple[Hit, ...] = tuple(
            dict.fromkeys(hit for text in texts for hit in identities_in(inspection.identities, text))
        )
        found = (inspection.identities.details_in(text, 0) for text in texts)
        self.details: tuple[Hit, ...] = tuple(dict.fromkeys(hit for hits in found for hit in hits))
        named = (initials_in(inspection.identities, text, signed=True) for text in texts)
        self.initials: tuple[Hit, ...] = tuple(dict.fromkeys(hit for hits in named for hit in hits))
        several = (inspection.internal.find(fold(normalise(text)).split()) for text in texts)
        remarks = {(remark.field, remark.owners): remark for found_there in several for remark in found_there}
        self.remarks: tuple[Remark, ...] = tuple(remarks.values())
        self.markup = read_markup(shape.html, shape.source)
        in_text = frozenset(slot.value for slot in shape.text.slots)
        self.only_in_html = self.markup.shown - in_text if shape.html else frozenset[int]()
        self.only_in_text = in_text - self.markup.shown - self.markup.linked if shape.html else frozenset[int]()
        printed = {field for expression in shape.expressions for field in expression.fields}
        self.internal = tuple(
            (position, name)
            for position, name in enumerate(inspection.table.names)
            if name not in printed and is_internal(name)
        )
        self.encoded = tuple(constant for constant in constants if self._encodes(inspection, constant))

    @cached_property
    def html_may_join_address(self) -> bool:
        """Whether the HTML could make an address of its own words and a value beside them."""
        constants = () if self.html is None else self.html.constants
        return any(_JOINS_VALUE.search(normalise(text)) for text in constants)

    @cached_property
    def joined_in_html(self) -> tuple[int, ...]:
        """The values in the HTML that it could make another address of, if they are one."""
        return () if self.html is None else tuple({slot.value for slot in _joined(self.html)})

    @cached_property
    def names_weekday(self) -> bool:
        """Whether the constant text names a day of the week."""
        return any(names_weekday(fold(constant)) for constant in self.constants)

    @cached_property
    def names_title(self) -> bool:
        """Whether the constant text has a title, or a word that addresses a woman or a man."""
        return any(names_title(fold(constant)) for constant in self.constants)

    def holds(self, text: str) -> bool:
        """Whether the constant text holds a word."""
        return any(text in constant for constant in self.constants)

    def _encodes(self, inspection: Inspection, constant: str) -> bool:
        """Whether an identity is in constant text in an encoded form only."""
        views = list(decoded_views(constant))
        plain = _keys_in(inspection, constant) if views else frozenset()
        return any(not plain.issuperset(_keys_in(inspection, view)) for view in views)

    def _addresses(self) -> Iterator[Address]:
        """Addresses that the author wrote and that are neither the sender's nor allowed."""
        seen: set[str] = set()
        for constant in map(normalise, self.constants):
            for start, end in find_addresses(constant):
                text = constant[start:end]
                key = same_mailbox_key(text)
                if key not in seen and key not in self.allowed:
                    seen.add(key)
                    yield Address(text, key)


def _keys_in(inspection: Inspection, text: str) -> frozenset[str]:
    """The keys of the addresses and identities in a text."""
    addresses = frozenset(same_mailbox_key(text[start:end]) for start, end in find_addresses(text))
    return addresses | {hit.key for hit in identities_in(inspection.identities, text)}


def _header_slots(shape: Layout) -> Iterator[int]:
    """The values that land in header fields."""
    patterns = [shape.subject, *(pattern for _name, pattern in shape.extra_headers)]
    for boxes in shape.mailboxes.values():
        patterns += [pattern for box in boxes for pattern in (box.name, box.address)]
    yield from sorted({slot.value for pattern in patterns for slot in pattern.slots})


def _joined(pattern: Pattern) -> Iterator[Slot]:
    """The places where a text may make another address of one."""
    for slot, before, after in zip(pattern.slots, pattern.constants, pattern.constants[1:], strict=False):
        if not before or not after or _JOINS_BEFORE.search(before) or _JOINS_AFTER.match(after):
            yield slot


def _compact(inspection: Inspection, pattern: Pattern) -> Pattern:
    """The pattern with its long constants cut, at blanks, to what is beside a value."""
    last = len(pattern.constants) - 1
    constants = [
        _cut(inspection, constant, after=index > 0, before=index < last)
        for index, constant in enumerate(pattern.constants)
    ]
    return Pattern(tuple(constants), pattern.slots)


def _cut(inspection: Inspection, constant: str, *, after: bool, before: bool) -> str:
    """The beginning of a constant that comes after a value, and the end of one that comes before a value."""
    if len(constant) <= 2 * _WINDOW + len(BARRIER):
        return constant
    head, tail = constant[:_WINDOW] if after else "", constant[-_WINDOW:] if before else ""
    head, tail = head[: _last_blank(head)], tail[_first_blank(tail) :]
    return BARRIER.join(_without_identities(inspection, text) for text in (head, tail))


def _without_identities(inspection: Inspection, text: str) -> str:
    """A piece of constant text without the identities in it: it has been read as a whole."""
    for hit in sorted(inspection.identities.found_in(text), key=lambda hit: hit.at, reverse=True):
        text = f"{text[: hit.at]}{BARRIER}{text[hit.at + len(hit.text) :]}"
    return text


_BLANK = regex(r"\s")
_BLANK_LAST = regex(r"\s\S*\Z")


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
        self._shapes = BoundedCache[int, ShapeScan](_SHAPES_KEPT)
        self._count = 0

    def letter(self, letter: Letter) -> LetterScan:
        """The scan of a letter."""
        scan = self._letters.get(id(letter))
        if scan is None:
            scan = self._letters[id(letter)] = LetterScan(self._inspection, letter)
        return scan

    def shape(self, shape: Layout) -> ShapeScan:
        """The scan of a shape."""
        scan = self._shapes.get(id(shape))
        if scan is None:
            self._count += 1
            scan = self._shapes.put(id(shape), ShapeScan(self._inspection, shape, self._count))
        return scan
