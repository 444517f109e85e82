"""A message as the rules see it: each value looked at once, and told from the author's own words."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property, partial
from typing import TYPE_CHECKING

from mailmerge.lint.extract.html import shown_text
from mailmerge.lint.identities.masking import BARRIER, without_addresses
from mailmerge.lint.identities.own import Own
from mailmerge.lint.identities.reading import Reading
from mailmerge.lint.identities.what import Hit, What
from mailmerge.lint.sentence import Quoted
from mailmerge.lint.views.greeting import greeting_line, lines_of
from mailmerge.lint.views.inspection import Inspection
from mailmerge.lint.views.layout import Address, Scans
from mailmerge.lint.views.printed import Printed
from mailmerge.lint.views.variable import VariableText
from mailmerge.model import Message
from mailmerge.model.patterns import Span
from mailmerge.text.addresses import Mailbox, find_addresses, same_mailbox_key
from mailmerge.text.folding import fold, normalise
from mailmerge.text.regex import regex
from mailmerge.text.titles import TITLES

if TYPE_CHECKING:
    from mailmerge.lint.views.disclosure import Disclosure, PersonalFile

_OPENING = 500
"""Characters from the beginning in which a greeting is looked for."""
_FILE = regex(
    r"(?:.*/)?(?P<address>[^/]+)\.(?:pdf|docx?|xlsx?|pptx?|od[tsp]|rtf|txt|csv|ics|vcf|html?|png|jpe?g|zip)",
    re.IGNORECASE,
)
_SEVERAL = 3
"""Rows that have one thing in common."""


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
        self.own_keys = inspection.own_keys(self.record, self.own_key)
        self.personal_files: list[PersonalFile] = []
        """Files that a value names; ATT504 fills it."""
        self.disclosures: list[Disclosure] = []
        """What such files say about others; ATT502 fills it."""

    @cached_property
    def printed(self) -> tuple[Printed, ...]:
        """What is known of each value."""
        return tuple(map(self.inspection.printed, self.message.values))

    @cached_property
    def variable(self) -> str:
        """Every value with the words beside it, in each part and header: what differs between people."""
        return BARRIER.join(self._variable)

    @cached_property
    def _variable(self) -> dict[str, VariableText]:
        """The texts with values in them, each once; the person's own address alone is nobody else's."""
        values = self.message.values
        texts = {each.pattern.fill(values): each for each in self.shape.variable}
        texts.pop(self.recipient.address, None)
        return texts

    @cached_property
    def addresses(self) -> tuple[Address, ...]:
        """Addresses among the values that are neither this person's nor allowed."""
        text = self._reading.text
        spelt = [text[start:end] for start, end in self._reading.addresses]
        if self.shape.html is not None and (self.shape.html_may_join_address or self._is_address_joined):
            html = normalise(self.shape.html.fill(self.message.values))
            spelt += [html[start:end] for start, end in find_addresses(html)]
        found: dict[str, Address] = {}
        for address in spelt:
            key = same_mailbox_key(address)
            known = (self.own_keys, self.shape.allowed, self.shape.address_keys)
            if not any(key in keys for keys in known) and not self._names_own_file(address):
                found.setdefault(key, Address(address, key))
        return tuple(found.values())

    def _names_own_file(self, address: str) -> bool:
        """Whether what looks like an address is a file that is called by the person's own."""
        name = _FILE.fullmatch(address)
        return name is not None and same_mailbox_key(name["address"]) in self.own_keys

    @property
    def _is_address_joined(self) -> bool:
        return any("@" in self.printed[index].plain for index in self.shape.joined_in_html)

    @property
    def text(self) -> str:
        """The values and the words beside them, normalised, a barrier in place of each address."""
        return without_addresses(self.variable)

    @cached_property
    def others(self) -> list[Hit]:
        """What is somebody else's among the values and the words beside them."""
        return self.inspection.identities.found_in(self._reading, self.own)

    @cached_property
    def _reading(self) -> Reading:
        return Reading(
            self.variable, self._words, cells=partial(_cells, self._variable, self.message.values, self.printed)
        )

    @property
    def _words(self) -> list[str] | None:
        """The folded words of those texts; None where only the whole tells them."""
        words: list[str] = []
        for each in self._variable.values():
            found = each.words(self.message.values, self.printed)
            if found is None:
                return None
            words += found
        return words

    def may_hold(self, hit: Hit) -> bool:
        """Whether an address may be in this message: the sender's, an allowed one, one of the letter's own text."""
        known = (self.own_keys, self.shape.allowed, self.shape.address_keys)
        return hit.what is What.ADDRESS and any(hit.key in keys for keys in known)

    @cached_property
    def own(self) -> Own:
        """What is this person's own, whatever text it is in."""
        return self.inspection.identities.own(self.record, self.inspection.own_names)

    @cached_property
    def words_of_own_name(self) -> frozenset[str]:
        """The folded words of this person's names, where only a part of them is known as well."""
        values, printed = self.record.values, self.inspection.printed
        cells = (printed(values[position]) for position in self.inspection.name_positions)
        return frozenset(word for cell in cells for word in cell.words if word not in TITLES)

    @cached_property
    def folded_text(self) -> str:
        """The folded words of the text part, a blank before and after each."""
        return f" {fold(self.message.text)} "

    @cached_property
    def folded_html(self) -> str:
        """The folded words that the HTML part shows, and those of its links, a blank before and after each."""
        return f" {fold(shown_text(self.message.html or ''))} "

    @cached_property
    def to(self) -> Mailbox:
        """The sole To mailbox."""
        return self.message.to

    def field_of(self, index: int) -> str | None:
        """The field that a value was printed from; None if an expression made it of several fields, or of none."""
        fields = self.message.shape.expressions[index].fields
        return next(iter(fields)) if len(fields) == 1 else None

    def source_of(self, index: int) -> Quoted:
        """Where a value comes from, for a sentence: the header of its column, or else the expression of the letter."""
        field, table = self.field_of(index), self.inspection.table
        if field is not None and field in table.names:
            return Quoted(table.header(field), 40)
        return Quoted(self.message.shape.expressions[index].source, 40)

    @cached_property
    def opening(self) -> list[Span]:
        """The beginning of the text part, where the greeting is."""
        spans: list[Span] = []
        seen = 0
        for span in self.message.shape.text.spans(self.message.values):
            spans.append(span)
            seen += len(span.text)
            if seen > _OPENING:
                break
        return spans

    @cached_property
    def greeting(self) -> list[Span]:
        """The line that greets; empty without one."""
        return greeting_line(lines_of(self.opening))

    def of_others(self, hits: Iterator[Hit]) -> Iterator[Hit]:
        """Hits that are not this person's, and that the author's own words do not name anyway."""
        number = self.record.number
        named = self.letter.hits
        return (hit for hit in hits if number not in hit.owners and hit.key not in named)


def _cells(
    texts: Mapping[str, VariableText], values: Sequence[str], printed: Sequence[Printed]
) -> list[tuple[int, int]]:
    """Where cells are in these texts, but for those that several rows have: they are called what the letter says.

    No method of the view: a view that its own reading leads back to would be freed by the garbage collector alone.
    """
    found: list[tuple[int, int]] = []
    at = 0
    for text in texts.values():
        for span in text.pattern.spans(values):
            if span.value is not None and not printed[span.value].once(_is_of_several_rows):
                found.append((at, at + len(span.text)))
            at += len(span.text)
        at += len(BARRIER)
    return found


def _is_of_several_rows(inspection: Inspection, text: str) -> bool:
    """Whether rows share a cell, as they do the name of a room or a prize; one person's name is in one by mistake."""
    return sum(text in record.values for record in inspection.table.records) >= _SEVERAL
