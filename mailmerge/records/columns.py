"""Which columns say who a person is: by their headers in French and English, and by what stands in them.

A header that is one of the usual words decides. Where none is, the content does: addresses look like nothing else.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from mailmerge.addresses import find_addresses
from mailmerge.errors import TableError
from mailmerge.model import Columns, Defect, Field
from mailmerge.records import words
from mailmerge.records.grid import Cells
from mailmerge.text import fold, identifier, shorten

_SAMPLE = 1000
_LONG = 1000
"""Characters of a cell in which an address is looked for."""


def header_is_email(header: str) -> bool:
    """Whether a header is one of the usual words for the e-mail column."""
    return fold(header) in words.EMAIL


def header_is_known(header: str) -> bool:
    """Whether a header is one of the words that tables of people use."""
    return fold(header) in words.KNOWN


@dataclass(frozen=True, slots=True)
class EmailChoice:
    """The e-mail column by its identifier, or why there is none."""

    name: str
    defect: Defect | None = None
    advice: str = ""


def choose_email(fields: Sequence[Field], rows: Sequence[Cells], told: str) -> EmailChoice:
    """The e-mail column: the one told, or the one that header and content agree on.

    Raises:
        TableError: there is no column of the name told.
    """
    if told:
        return EmailChoice(_told_field(fields, told).name)
    sample = _sample(rows)
    candidates = []
    for position, field in enumerate(fields):
        grade = _email_grade(field.header)
        cells = [cell for row in sample if (cell := row[position])]
        share = sum(map(_holds_address, cells)) / len(cells) if cells else 0.0
        if share >= 0.5 or grade == 2:
            candidates.append(_Candidate(field, position, grade, share, filled=bool(cells)))
    if any(candidate.filled for candidate in candidates):
        candidates = [candidate for candidate in candidates if candidate.filled]
    best = [each for each in candidates if each.rank == max(c.rank for c in candidates)]
    if not best:
        return _none_found(fields)
    if len({tuple(row[each.position] for row in sample) for each in best}) > 1:
        return _too_many(best)
    return EmailChoice(best[0].field.name)


@dataclass(frozen=True, slots=True)
class _Candidate:
    field: Field
    position: int
    grade: int
    share: float
    filled: bool

    @property
    def rank(self) -> tuple[int, bool]:
        return self.grade, self.share >= 0.5


def _email_grade(header: str) -> int:
    folded = fold(header)
    if folded in words.EMAIL:
        return 2
    return 1 if not words.EMAIL_TOKENS.isdisjoint(folded.split()) or "e mail" in folded else 0


def _told_field(fields: Sequence[Field], told: str) -> Field:
    wanted: tuple[Callable[[Field], bool], ...] = (
        lambda field: field.header == told.strip(),
        lambda field: field.name == told.strip(),
        lambda field: fold(field.header) == fold(told) != "",
        lambda field: field.name == identifier(told) != "",
    )
    for fits in wanted:
        for field in fields:
            if fits(field):
                return field
    raise TableError(f'no column "{shorten(told)}" in the table: its columns are {_listed(fields)}')


def _none_found(fields: Sequence[Field]) -> EmailChoice:
    return EmailChoice(
        "",
        Defect("no-email-column", "no column holds e-mail addresses", line=None),
        f"no e-mail column: no column of {_listed(fields)} holds addresses;"
        ' name the right one with `[columns] email = "..."` in campaign.toml, or add it to the table',
    )


def _too_many(best: Sequence[_Candidate]) -> EmailChoice:
    headers = " and ".join(f'"{shorten(each.field.header)}"' for each in best)
    message = f"{'two' if len(best) == 2 else len(best)} columns may be the e-mail column: {headers}"
    return EmailChoice(
        "",
        Defect("ambiguous-email-column", message, line=None),
        f'{message}; say which with `[columns] email = "{shorten(best[0].field.header)}"` in campaign.toml',
    )


def _listed(fields: Sequence[Field]) -> str:
    shown = ", ".join(f'"{shorten(field.header, 30)}"' for field in fields[:12] if field.header)
    return f"{shown} and {len(fields) - 12} more" if len(fields) > 12 else shown


def choose_columns(fields: Sequence[Field], rows: Sequence[Cells], email: str) -> Columns:
    """Name, civility and language columns; ``email`` is the identifier of the e-mail column."""
    free = [field for field in fields if field.name != email]
    sample = _sample(rows)
    positions = {field.name: position for position, field in enumerate(fields)}

    def values(field: Field) -> list[str]:
        return [cell for row in sample if (cell := row[positions[field.name]])]

    first, last, full = (_by_header(free, known) for known in (words.FIRST_NAME, words.LAST_NAME, words.FULL_NAME))
    name = _by_header(free, words.NAME)
    if name and not last and (first or not _mostly_two_words(values(_field(free, name)))):
        last, name = name, ""
    elif name and not full:
        full, name = name, ""
    if full and first and last:
        full = ""
    civility = _by_header_and_content(free, values, words.CIVILITY, words.CIVILITIES)
    language = _by_header_and_content(free, values, words.LANGUAGE, words.LANGUAGES)
    return Columns(email, first, last, full, civility, language)


def _field(fields: Sequence[Field], name: str) -> Field:
    return next(field for field in fields if field.name == name)


def _by_header(fields: Sequence[Field], usual: Sequence[str]) -> str:
    """The identifier of the field whose header comes first among the usual ones."""
    by_header = {fold(field.header): field.name for field in reversed(fields)}
    return next((by_header[word] for word in usual if word in by_header), "")


def _by_header_and_content(
    fields: Sequence[Field], values: Callable[[Field], list[str]], usual: Sequence[str], known: frozenset[str]
) -> str:
    """A field whose header fits and whose content does not contradict; else one whose content alone proves it."""
    by_header = {fold(field.header): field for field in reversed(fields)}
    for word in usual:
        if word in by_header and _share(values(by_header[word]), known) >= 0.5:
            return by_header[word].name
    proven = [field for field in fields if len(values(field)) >= 3 and _share(values(field), known) >= 0.95]
    return proven[0].name if len(proven) == 1 else ""


def _share(cells: Sequence[str], known: frozenset[str]) -> float:
    return sum(fold(cell) in known for cell in cells) / len(cells) if cells else 0.0


def _mostly_two_words(cells: Sequence[str]) -> bool:
    return sum(" " in cell for cell in cells) * 2 > len(cells)


def _holds_address(cell: str) -> bool:
    return "@" in cell and next(find_addresses(cell[:_LONG]), None) is not None


def _sample(rows: Sequence[Cells]) -> Sequence[Cells]:
    return rows if len(rows) <= _SAMPLE else rows[:: len(rows) // _SAMPLE + 1]
