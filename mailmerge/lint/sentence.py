"""What a rule says, as data: a sentence with named places, and the values that go there.

They are put together only where somebody reads them (:func:`said`), so that nothing decides by a sentence, no
fingerprint holds one, and the text of a cell is never part of a template.
"""

from __future__ import annotations

from collections.abc import Mapping

from msgspec import Struct

from mailmerge.errors import Reason
from mailmerge.i18n import N_, _
from mailmerge.i18n import Term as Term
from mailmerge.text.quotes import Quotes
from mailmerge.text.shown import shorten


class Sentence(Struct, frozen=True):
    """One thing that a rule can say, for one case and for many, with what to do about it."""

    id: str
    """Stable: ``lst107.meant``."""
    one: str
    """A whole sentence for a person in HR: what is wrong, and where."""
    fix: str
    """What to do about it."""
    many: str = ""
    """The same for a cause that many share, with ``{count}`` of the people and their ``{lines}`` besides the values of
    the first; ``one`` and a remark where it is empty."""


class Person(Struct, frozen=True):
    """A row, by the name in it."""

    name: str
    """As the table has it; ``""`` where it has none."""
    line: int
    """As a spreadsheet counts."""
    sheet: str = ""
    """The sheet, if it is not that of the recipients."""

    def __str__(self) -> str:
        if self.sheet:
            template = _('{name} (sheet "{sheet}", line {line})') if self.name else _('sheet "{sheet}", line {line}')
        else:
            template = _("{name} (line {line})") if self.name else _("line {line}")
        return template.format(name=shorten(self.name, 40), line=self.line, sheet=shorten(self.sheet, 30))


class People(Struct, frozen=True):
    """Several rows, the first of them by name."""

    first: tuple[Person, ...]
    """Two at most."""
    more: int
    """How many there are besides."""

    def __str__(self) -> str:
        names = [str(person) for person in self.first]
        if self.more:
            return _("{names} and {more} more").format(names=", ".join(names), more=self.more)
        return _("{one} and {other}").format(one=names[0], other=names[1]) if len(names) == 2 else "".join(names)


class Lines(Struct, frozen=True):
    """Lines of the spreadsheet, the first of them."""

    first: tuple[int, ...]
    more: int
    """How many there are besides."""

    def __str__(self) -> str:
        template = (
            _("lines {lines} and {more} more")
            if self.more
            else _("lines {lines}")
            if len(self.first) != 1
            else _("line {lines}")
        )
        return template.format(lines=", ".join(map(str, self.first)), more=self.more)


class Quoted(Struct, frozen=True):
    """Text of a cell, a letter or a file: shown short, and without what could act on a screen."""

    text: str
    limit: int = 60
    """Characters that are shown at most."""

    def __str__(self) -> str:
        return shorten(self.text, self.limit)


class Because(Struct, frozen=True):
    """Why something cannot be, as its error has it: a clause of its own, after a colon."""

    reason: Reason

    def __str__(self) -> str:
        values = {name: shorten(str(value), 160) for name, value in self.reason.values.items()}
        return _(self.reason.clause).format_map({**values, "said": shorten(self.reason.said, 160)})


Value = str | int | Person | People | Lines | Quoted | Quotes | Because | Term
"""What may be in a sentence; a plain ``str`` is ours and is not translated (a domain, the name of a header)."""

_AND_OTHERS = N_("{said} ({count} people affected: {lines})")


def said(sentence: Sentence, values: Mapping[str, Value], *, together: bool = False) -> str:
    """The sentence for a person; ``together`` where it speaks of all that share a cause."""
    if not together:
        return _(sentence.one).format_map(values)
    if sentence.many:
        return _(sentence.many).format_map(values)
    return _(_AND_OTHERS).format_map({**values, "said": _(sentence.one).format_map(values)})


def advice(sentence: Sentence, values: Mapping[str, Value]) -> str:
    """What to do, for a person."""
    return _(sentence.fix).format_map(values)


def data(value: Value) -> object:
    """A value as ``check --json`` has it."""
    match value:
        case Quoted() | Term():
            return value.text
        case Because():
            return {"kind": value.reason.kind, **value.reason.values}
        case Person():
            sheet = {"sheet": value.sheet} if value.sheet else {}
            return {"name": value.name, "line": value.line, **sheet}
        case People():
            return {"people": [data(person) for person in value.first], "more": value.more}
        case Quotes():
            return {"texts": list(value.texts), "more": value.more}
        case Lines():
            return {"lines": list(value.first), "more": value.more}
    return value
