"""LST106: no address mixes the letters of two alphabets."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache

import idna

from mailmerge.i18n import N_
from mailmerge.lint.finding import RawFinding, Suppression
from mailmerge.lint.rule import RuleDoc, Scope, also, rule
from mailmerge.lint.sentence import Quoted, Sentence, Value
from mailmerge.lint.views.inspection import Inspection
from mailmerge.lint.vocabulary import words
from mailmerge.model import Severity
from mailmerge.text.addresses import domain_key

_TOGETHER = words("CJK HIRAGANA KATAKANA HANGUL BOPOMOFO LATIN IDEOGRAPHIC")
"""Scripts that are written together (UTS 39, highly restrictive)."""


DOC = RuleDoc(
    title=N_("No address mixes the letters of two alphabets."),
    what=N_(
        "An address in which one label mixes scripts, such as a Cyrillic j among Latin letters; in a name such a word "
        "is "
        "a warning."
    ),
    why=N_("It looks like the person's address but is a stranger's; nobody can see the difference on a screen."),
    bad=N_("јean@x.example, whose first letter is Cyrillic"),
    good=N_("jean@x.example; an address that is all Greek, or a domain with accents"),
    fix=N_("Retype the address."),
)
_FIX = N_("Retype the address: it was probably pasted with look-alike letters.")
TWO_SCRIPTS = Sentence(
    "lst106.two-scripts",
    one=N_(
        '{person}: "{label}" in the address {address} mixes {one} and {other} letters; the server would read {read}'
    ),
    fix=_FIX,
)
SCRIPTS = Sentence(
    "lst106.scripts",
    one=N_(
        '{person}: "{label}" in the address {address} mixes the letters of {number} alphabets; the server would read '
        "{read}"
    ),
    fix=_FIX,
)

NAME = Sentence(
    "lst106.name",
    one=N_('{person}: "{label}" in "{header}" mixes the letters of two alphabets'),
    fix=N_("Type the name again in one alphabet: a letter that only looks right is not found by any search."),
    many=N_('{count} people have a name in "{header}" that mixes the letters of two alphabets ({lines})'),
)


@rule("LST106", "confusable", Severity.BLOCK, Suppression.WAIVER, Scope.TABLE, DOC)
def confusable(inspection: Inspection) -> Iterator[RawFinding]:
    """No address mixes the letters of two alphabets."""
    email = inspection.table.columns.email
    for record in inspection.records:
        cell = inspection.table.value(record, email)
        if cell.isascii() and "xn--" not in cell.casefold():
            continue
        for label in _labels(cell):
            scripts = _scripts(label)
            if len(scripts) > 1 and not scripts <= _TOGETHER:
                yield RawFinding(
                    says=TWO_SCRIPTS if len(scripts) == 2 else SCRIPTS,
                    values={
                        "person": inspection.person(record),
                        "label": Quoted(label),
                        "address": Quoted(cell),
                        "read": Quoted(_ascii(cell)),
                        **_named(scripts),
                    },
                    evidence=(cell,),
                    record=record,
                    field=email,
                    excerpt=cell,
                )
                break


@also("LST106", Scope.TABLE)
def confusable_name(inspection: Inspection) -> Iterator[RawFinding]:
    """No word of a name mixes the letters of two alphabets: it warns."""
    table = inspection.table
    for record in inspection.records:
        for name in table.columns.names:
            cell = table.value(record, name)
            for word in () if cell.isascii() else re.split(r"[\s'’-]+", cell):
                scripts = _scripts(word)
                if len(scripts) > 1 and not scripts <= _TOGETHER:
                    yield RawFinding(
                        says=NAME,
                        values={
                            "person": inspection.person(record),
                            "label": Quoted(word),
                            "header": Quoted(table.label(name), 40),
                        },
                        evidence=(name, cell),
                        record=record,
                        field=name,
                        excerpt=cell,
                        severity=Severity.WARN,
                        cause=name,
                    )


def _named(scripts: frozenset[str]) -> dict[str, Value]:
    one, other, *more = sorted(script.capitalize() for script in scripts)
    return {"number": len(scripts)} if more else {"one": one, "other": other}


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
