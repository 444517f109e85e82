"""LST106: no address with letters of two alphabets."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from functools import lru_cache

import idna

from mailmerge.addresses import domain_key
from mailmerge.i18n import N_
from mailmerge.lint.finding import Found, Suppression
from mailmerge.lint.rule import RuleDoc, Scope, rule
from mailmerge.lint.views.inspection import Inspection
from mailmerge.lint.vocabulary import words
from mailmerge.model import Severity
from mailmerge.text import shorten

_TOGETHER = words("CJK HIRAGANA KATAKANA HANGUL BOPOMOFO LATIN IDEOGRAPHIC")
"""Scripts that are written together (UTS 39, highly restrictive)."""


DOC = RuleDoc(
    title=N_("No address with letters of two alphabets."),
    what=N_("an address in which one label mixes scripts, such as a Cyrillic j among Latin letters."),
    why=N_("it looks like the person's address and is a stranger's; nobody sees the difference on a screen."),
    bad=N_("јean@x.example, whose first letter is Cyrillic"),
    good=N_("jean@x.example; an address that is all Greek, or a domain with accents"),
    fix=N_("type the address again by hand."),
)


@rule("LST106", "confusable", Severity.BLOCK, Suppression.WAIVER, Scope.TABLE, DOC)
def confusable(inspection: Inspection) -> Iterator[Found]:
    """No address with letters of two alphabets."""
    email = inspection.table.columns.email
    for record in inspection.records:
        cell = inspection.table.value(record, email)
        if cell.isascii() and "xn--" not in cell.casefold():
            continue
        for label in _labels(cell):
            scripts = _scripts(label)
            if len(scripts) > 1 and not scripts <= _TOGETHER:
                mixed = " and ".join(sorted(script.capitalize() for script in scripts))
                yield Found(
                    message=f'{inspection.person(record)}: "{shorten(label)}" in the address {shorten(cell)} mixes '
                    f"{mixed} letters; the server would read {shorten(_ascii(cell))}",
                    fix="Type the address again by hand: it was pasted with letters that only look right.",
                    evidence=(cell,),
                    record=record,
                    field=email,
                    excerpt=cell,
                )
                break


def _labels(cell: str) -> Iterator[str]:
    local, _, domain = cell.strip().rpartition("@")
    yield local
    for label in domain.split("."):
        if label.casefold().startswith("xn--"):
            try:
                label = idna.decode(label)
            except (idna.IDNAError, UnicodeError):
                continue
        yield label


def _scripts(label: str) -> frozenset[str]:
    return frozenset(_script(character) for character in label if character.isalpha())


@lru_cache(maxsize=4096)
def _script(character: str) -> str:
    return unicodedata.name(character, "UNKNOWN").partition(" ")[0]


def _ascii(cell: str) -> str:
    local, _, domain = cell.strip().rpartition("@")
    shown = "".join(c if c.isascii() else f"\\u{ord(c):04x}" for c in local)
    return f"{shown}@{domain_key(domain.casefold())}"
