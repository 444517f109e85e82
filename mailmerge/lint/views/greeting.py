"""Where a message greets, the first line that begins as letters do; and the column of titles."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from mailmerge.letter.decisions.answers import gender_of
from mailmerge.lint.vocabulary import words
from mailmerge.model import RecordTable
from mailmerge.model.patterns import Span
from mailmerge.records.columns.headers import is_somebody_elses
from mailmerge.text.folding import fold
from mailmerge.text.regex import regex
from mailmerge.text.titles import (
    FEMININE_ADJECTIVES,
    FEMININE_TITLES,
    GREETINGS,
    MASCULINE_ADJECTIVES,
    MASCULINE_TITLES,
)

_OPENING = regex(
    rf"(?:{'|'.join(sorted(GREETINGS, key=len, reverse=True))}|cheres?|mme|m\.|mr\.?|mrs\.?|ms\.?)(?![\w-])",
    re.IGNORECASE,
)
_CALL = regex(rf"[ \t\xa0*_>#]*(?:{'|'.join(sorted(GREETINGS, key=len, reverse=True))}),[ \t\xa0]*", re.IGNORECASE)
"""A greeting with a comma before whom it greets: "Hola, Inés:"."""
_GREETING_ENDS = frozenset(fold(each).split()[-1] for each in GREETINGS)
_ENDS = regex(r"[,!.:;]\s|[,!:;]")
_SHORT_GREETING = 6
"""Words of a greeting that does not end with a comma."""

_GLANCE = 50
"""Rows by which most columns are seen to be others."""
_HEADERS = words(
    "anrede tratamiento trato titolo appellativo tratamento aanhef aanspreekvorm zwrot apelativ osloveni oslovenie"
)
"""Headers of titles in further languages."""

TYPED_TITLES = {"f": FEMININE_TITLES, "m": MASCULINE_TITLES}
TYPED_ADJECTIVES = {"f": FEMININE_ADJECTIVES, "m": MASCULINE_ADJECTIVES}
"""Words that say it right before a name."""
_TYPED = frozenset({"sig", "ssa"}).union(*TYPED_TITLES.values(), *TYPED_ADJECTIVES.values())

_TITLES = (FEMININE_TITLES | MASCULINE_TITLES | {"de heer", "sig", "sig ra", "sig na"}) - {"m"}
"""Cells of a column of titles that no header has to explain."""

_CODES = words(
    "f h m w k v d 0 1 2 homme femme male female masculin feminin man woman mann mannlich weiblich hombre mujer "
    "masculino femenino feminino maschio femmina uomo donna homem mulher mezczyzna kobieta vrouw"
)
"""What a column says in the place of a title."""
NEITHER = words("divers diverse x inter enby nonbinary neutre neutral autre other andere anders altro otro outro inny")
"""What a column of titles says of somebody who is addressed by none of them."""


def names_title(folded: str) -> bool:
    """Whether a folded text has a title, or a word that addresses a woman or a man."""
    return not _TYPED.isdisjoint(folded.split())


def column_of_titles(table: RecordTable) -> str:
    """The field that says by which title people are addressed; empty without one."""
    if table.columns.title:
        return table.columns.title
    for field in table.fields:
        if fold(field.header) in _HEADERS:
            cells = [cell for record in table.records if (cell := table.value(record, field.name)).strip()]
            if cells and 2 * sum(bool(gender_of(cell)) for cell in cells) > len(cells):
                return field.name
    return _column_like_titles(table)


def _column_like_titles(table: RecordTable) -> str:
    """The one column, whatever its header, in which everybody has a title and nothing else; empty without one."""
    found = []
    for position, field in enumerate(table.fields):
        said = {fold(record.values[position]) for record in table.records[:_GLANCE]} - {""}
        if len(said) > 1 and said <= _TITLES and not is_somebody_elses(field.header):
            said.update(fold(record.values[position]) for record in table.records)
            found += [field.name] if said - {""} <= _TITLES else []
    return found[0] if len(found) == 1 else ""


def columns_of_codes(table: RecordTable) -> frozenset[str]:
    """The fields that say who is a woman or a man, by nothing that could be printed before a name.

    ``M`` by itself is a title.
    """
    found: set[str] = set()
    for position, field in enumerate(table.fields):
        said = {fold(record.values[position]) for record in table.records[:_GLANCE]} - {""}
        if said and said <= _CODES and said != {"m"}:
            said.update(fold(record.values[position]) for record in table.records)
            found.update({field.name} if said - {""} <= _CODES else ())
    return frozenset(found)


def lines_of(spans: Iterable[Span]) -> Iterator[list[Span]]:
    """The lines of a text, each with the values in it; blank ones left out."""
    line: list[Span] = []
    for span in spans:
        for index, piece in enumerate(span.text.split("\n")):
            if index and line:
                yield line
                line = []
            if piece:
                line.append(Span(piece, span.value))
    if line:
        yield line


def greeting_line(lines: Iterable[list[Span]]) -> list[Span]:
    """The first line that begins like a greeting; empty without one."""
    return next((line for line in lines if _is_greeting(line)), [])


def greets(text: str) -> bool:
    """Whether a text ends with a word that greets, so that whoever is greeted comes next."""
    said = fold(text).split()
    return bool(said) and said[-1] in _GREETING_ENDS


def up_to_comma(line: list[Span]) -> list[Span]:
    """What is before the first comma, or other end of a greeting, that the author wrote."""
    kept: list[Span] = []
    begins = _after_call(line)
    for span in line:
        if span.value is None:
            end = _ENDS.search(span.text, begins)
            if end is not None:
                return [*kept, Span(span.text[: end.start()], None)]
        kept.append(span)
        begins = 0
    return kept


def _after_call(line: list[Span]) -> int:
    """Where whom it greets begins, if a comma is before that, and nothing but a sign behind; 0 otherwise."""
    call = _CALL.match(line[0].text) if line and line[0].value is None else None
    if call is None:
        return 0
    whole = "".join(span.text for span in line).rstrip(" \t\xa0*_")
    is_short = whole.endswith((",", "!", ":")) and len(whole.split()) <= _SHORT_GREETING
    return call.end() if is_short and call.end() < len(whole) else 0


def _is_greeting(line: list[Span]) -> bool:
    text = "".join(span.text for span in line).strip(" \t\xa0*_>#")
    return bool(_OPENING.match(text)) and (text.endswith((",", "!", ":")) or len(text.split()) <= _SHORT_GREETING)
