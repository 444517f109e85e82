"""What the author's own words of a letter and of a layout contain: looked at once, whoever gets it."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property
from typing import TYPE_CHECKING

from msgspec import Struct

from mailmerge.lint.extract.encodings import decoded_views
from mailmerge.lint.extract.html import Markup, read_markup
from mailmerge.lint.identities.forms.initials import initials_in
from mailmerge.lint.identities.markup import readable
from mailmerge.lint.identities.masking import BARRIER, identities_in
from mailmerge.lint.identities.rows.internal import InternalRemark
from mailmerge.lint.identities.what import Hit
from mailmerge.lint.views.greeting import names_title
from mailmerge.lint.views.inspection import Inspection
from mailmerge.lint.views.variable import VariableText
from mailmerge.lint.views.weekdays import names_weekday
from mailmerge.lint.vocabulary import is_internal
from mailmerge.model import Layout
from mailmerge.model.patterns import EscapeContext, Pattern, Slot
from mailmerge.runtime.cache import BoundedCache
from mailmerge.text.addresses import find_addresses, same_mailbox_key
from mailmerge.text.folding import fold, normalise
from mailmerge.text.regex import regex

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
        self._inspection = inspection

    @cached_property
    def hits(self) -> frozenset[str]:
        """The keys of the identities in them."""
        return frozenset(
            hit.key
            for constant in self.letter.constants
            for hit in identities_in(self._inspection.identities, readable(constant.text))
        )


def digest_of_shape(shape: Layout) -> int:
    """A number that two equal shapes share, within one process."""
    return hash(
        (repr(shape.text), repr(shape.html), repr(shape.subject), repr(shape.attachments), repr(shape.mailboxes))
    )


class ShapeScan:
    """What the constant text of one shape contains; each part of it is found once, when a rule asks."""

    def __init__(self, inspection: Inspection, shape: Layout, branch: int):
        self.shape = shape
        self.branch = branch
        """Counts shapes as they appear."""
        self._inspection = inspection

    @cached_property
    def _with_values(self) -> tuple[Pattern, ...]:
        """What may hold values, but for the HTML and the person's own name."""
        shape = self.shape
        patterns = [shape.subject, shape.text, *(pattern for _name, pattern in shape.extra_headers)]
        patterns += [box.name for header, boxes in shape.mailboxes.items() if header != "To" for box in boxes]
        return (*patterns, *shape.attachments)

    @cached_property
    def variable(self) -> tuple[VariableText, ...]:
        """The values with the words beside them; alone where the text part has them encoded, or not at all."""
        compact = [_compact(self._inspection, pattern) for pattern in self._with_values if pattern.slots]
        placed = {slot.value for pattern in compact for slot in pattern.slots if slot.place not in _ENCODED}
        loose = (index for index in range(len(self.shape.expressions)) if index not in placed)
        return tuple(map(VariableText, (*compact, *(Pattern(("", ""), (Slot(index),)) for index in loose))))

    @cached_property
    def html(self) -> Pattern | None:
        """The values of the HTML part with the words beside them."""
        html = self.shape.html
        return _compact(self._inspection, html) if html is not None and html.slots else None

    @cached_property
    def headers(self) -> tuple[int, ...]:
        """The values that land in header fields."""
        return tuple(_header_slots(self.shape))

    @cached_property
    def constant_size(self) -> int:
        """Characters of the author's own in the text part."""
        return sum(map(len, self.shape.text.constants))

    @cached_property
    def speaks(self) -> bool:
        """Whether the author's own words are in every message."""
        return any(map(str.isalnum, "".join(self.shape.text.constants)))

    @cached_property
    def text_slots(self) -> tuple[int, ...]:
        """The values in the text part."""
        return tuple(slot.value for slot in self.shape.text.slots)

    @cached_property
    def digest(self) -> int:
        """A number that two equal shapes share, within one process."""
        return digest_of_shape(self.shape)

    @cached_property
    def allowed(self) -> frozenset[str]:
        """The addresses that may be in any message, and those that the letter is from."""
        own = [box.address for header in ("From", "Reply-To") for box in self.shape.mailboxes.get(header, ())]
        writers = [pattern.constants[0] for pattern in own if not pattern.slots]
        return self._inspection.allowed | {same_mailbox_key(address) for address in writers}

    @cached_property
    def constants(self) -> tuple[str, ...]:
        """The author's own words, each piece once."""
        patterns = list(self._with_values)
        if self.shape.html is not None:
            patterns.append(self.shape.html)
        patterns += [box.name for box in self.shape.mailboxes.get("To", ())]
        return tuple(dict.fromkeys(constant for pattern in patterns for constant in pattern.constants if constant))

    @cached_property
    def addresses(self) -> tuple[Address, ...]:
        """The addresses in them that are neither the sender's nor allowed."""
        return tuple(self._addresses())

    @cached_property
    def address_keys(self) -> frozenset[str]:
        """The keys of all addresses in them."""
        return frozenset(
            same_mailbox_key(text[start:end])
            for text in map(normalise, self.constants)
            for start, end in find_addresses(text)
        )

    @cached_property
    def _readable(self) -> tuple[str, ...]:
        return tuple(map(readable, self.constants))

    @cached_property
    def hits(self) -> tuple[Hit, ...]:
        """The identities in them."""
        known = self._inspection.identities
        return tuple(dict.fromkeys(hit for text in self._readable for hit in identities_in(known, text)))

    @cached_property
    def details(self) -> tuple[Hit, ...]:
        """What is somebody's own in them besides names and addresses."""
        found = (self._inspection.identities.details_in(text, 0) for text in self._readable)
        return tuple(dict.fromkeys(hit for hits in found for hit in hits))

    @cached_property
    def initials(self) -> tuple[Hit, ...]:
        """Whose initials sign them."""
        named = (initials_in(self._inspection.identities, text, signed=True) for text in self._readable)
        return tuple(dict.fromkeys(hit for hits in named for hit in hits))

    @cached_property
    def remarks(self) -> tuple[InternalRemark, ...]:
        """The remarks for colleagues in them."""
        several = (self._inspection.internal.find(fold(normalise(text)).split()) for text in self._readable)
        remarks = {(remark.field, remark.owners): remark for found in several for remark in found}
        return tuple(remarks.values())

    @cached_property
    def markup(self) -> Markup:
        """What the HTML part shows, hides and leads to."""
        return read_markup(self.shape.html, self.shape.source)

    @cached_property
    def only_in_html(self) -> frozenset[int]:
        """The values that the HTML part alone shows."""
        return self.markup.shown - frozenset(self.text_slots) if self.shape.html else frozenset()

    @cached_property
    def only_in_text(self) -> frozenset[int]:
        """The values that the text part alone shows."""
        in_text = frozenset(self.text_slots)
        return in_text - self.markup.shown - self.markup.linked if self.shape.html else frozenset()

    @cached_property
    def internal(self) -> tuple[tuple[int, str], ...]:
        """The columns for colleagues only that the letter does not print, and where they are."""
        printed = {field for expression in self.shape.expressions for field in expression.fields}
        names = enumerate(self._inspection.table.names)
        return tuple((position, name) for position, name in names if name not in printed and is_internal(name))

    @cached_property
    def encoded(self) -> tuple[str, ...]:
        """Those of the author's own words that encode an identity."""
        return tuple(constant for constant in self.constants if self._encodes(self._inspection, constant))

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
