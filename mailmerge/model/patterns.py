"""Text with slots for values: what is constant and what is a value stay apart, and a value is escaped for its place."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import suppress
from enum import StrEnum
from html import escape as escape_html
from urllib.parse import quote

from msgspec import Struct

from mailmerge.text.addresses import AddressInvalid, Mailbox, parse_address
from mailmerge.text.shown import one_line


class EscapeContext(StrEnum):
    """Where in a part a value lands, which decides how it is escaped."""

    VERBATIM = "verbatim"
    HTML = "html"
    ATTRIBUTE = "attribute"
    """Inside an HTML attribute that is no link, or where HTML takes no elements (a title)."""
    URL = "url"
    """Inside a link: percent-encoded whole."""
    MAILTO = "mailto"
    LINK = "link"
    """The whole link: its reserved characters kept; only http, https, mailto and tel leave a link."""


class Slot(Struct, frozen=True):
    """A place for a value between two constants."""

    value: int
    """Index into the values of a message."""
    place: EscapeContext = EscapeContext.VERBATIM


class Span(Struct, frozen=True):
    """A run of text of one message that is all constant, or all one value."""

    text: str
    value: int | None
    """Index into the values of the message; None for constant text."""


class Pattern(Struct, frozen=True):
    """Constant text with slots between: ``constants[0] slot[0] constants[1] ... constants[n]``."""

    constants: tuple[str, ...]
    slots: tuple[Slot, ...] = ()

    def fill(self, values: Sequence[str]) -> str:
        """The text of one message."""
        if not self.slots:
            return self.constants[0]
        pieces = [self.constants[0]]
        for slot, constant in zip(self.slots, self.constants[1:], strict=True):
            pieces.append(escaped(values[slot.value], slot.place))
            pieces.append(constant)
        return "".join(pieces)

    def spans(self, values: Sequence[str]) -> Iterator[Span]:
        """The same text as :meth:`fill`, run by run; empty runs left out."""
        if self.constants[0]:
            yield Span(self.constants[0], None)
        for slot, constant in zip(self.slots, self.constants[1:], strict=True):
            yield Span(escaped(values[slot.value], slot.place), slot.value)
            if constant:
                yield Span(constant, None)


_LINK_SCHEMES = ("https://", "http://", "mailto:", "tel:")


def escaped(value: str, place: EscapeContext) -> str:
    """A value as it is written where it lands."""
    if place is EscapeContext.VERBATIM:
        return value
    if place is EscapeContext.HTML:
        escaped = escape_html(value)
        return escaped.replace("\n", "<br>\n") if "\n" in escaped else escaped
    if place is EscapeContext.ATTRIBUTE:
        return escape_html(value)
    if place is EscapeContext.URL:
        return quote(value, safe="")
    if place is EscapeContext.MAILTO:
        return quote(value, safe="@")
    if not value.lower().startswith(_LINK_SCHEMES):
        return "#"
    return escape_html(quote(value, safe=":/?#[]@!$&'()*+,;=%~"))


class MailboxPattern(Struct, frozen=True):
    """A mailbox as the letter writes it; parsed before values are put in, so that none can add a second one."""

    name: Pattern
    address: Pattern

    def fill(self, values: Sequence[str]) -> Mailbox:
        """The mailbox of one message, its domain in A-labels."""
        address = self.address.fill(values).strip()
        if not address.isascii():
            with suppress(AddressInvalid):
                address = parse_address(address)
        return Mailbox(one_line(self.name.fill(values)), address)
