"""Which columns say who a person is: by their headers in French and English, and by their content.

A header that is one of the usual words decides. Where none is, the content does: addresses look like nothing else.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cache

from msgspec import Struct
from msgspec.structs import replace

from mailmerge.errors import TableError
from mailmerge.i18n import N_
from mailmerge.model import ColumnReason, Columns, Defect, Field
from mailmerge.records.columns import header_synonyms
from mailmerge.records.columns.emails import choose_email
from mailmerge.records.columns.likely import headers
from mailmerge.records.columns.names import NameChoice, choose_names
from mailmerge.records.columns.sampling import sample_of
from mailmerge.records.grid import Cells, column_letters
from mailmerge.text.folding import fold, identifier
from mailmerge.text.shown import shorten
from mailmerge.text.titles import TITLES


class ColumnChoice(Struct, frozen=True):
    """Which columns say who a person is, and why."""

    columns: Columns
    email_reason: ColumnReason | None
    names_reason: ColumnReason | None
    defect: Defect | None
    """Why there is no e-mail column."""
    advice: str
    """The same with what to do, for a face that cannot ask."""


def choose_columns(
    fields: Sequence[Field], rows: Sequence[Cells], email: str, letters: Sequence[str] = ()
) -> ColumnChoice:
    """The columns of a table; ``email`` is a header or an identifier where the e-mail column is decided.

    ``letters`` are those that a spreadsheet gives the columns, where they are not A, B, C ...

    Raises:
        TableError: there is no column of the name ``email``.
    """
    sample = sample_of(rows)

    @cache
    def names_beside(column: str, addresses: tuple[str, ...]) -> NameChoice:
        return choose_names(fields, sample, column, (column, *addresses), decided=bool(email))

    mail = choose_email(
        fields,
        rows,
        find_field(fields, email) if email else None,
        lambda column, addresses: names_beside(column, addresses).columns.names,
        letters or [column_letters(position) for position in range(len(fields))],
    )
    names = names_beside(mail.name, mail.addresses)
    positions = {field.name: position for position, field in enumerate(fields)}
    free = [field for field in fields if field.name not in (mail.name, *mail.others, *names.columns.names)]

    def values(field: Field) -> list[str]:
        return [cell for row in sample if (cell := row[positions[field.name]])]

    columns = replace(
        names.columns,
        email=mail.name,
        title=_by_header_and_content(free, values, header_synonyms.TITLE, TITLES),
        language=_by_header_and_content(free, values, header_synonyms.LANGUAGE, header_synonyms.LANGUAGES),
        other_emails=mail.others,
    )
    return ColumnChoice(columns, mail.reason, names.reason, mail.defect, mail.advice)


def find_field(fields: Sequence[Field], told: str) -> Field:
    """The column that a header or an identifier names, however it is spelled.

    Raises:
        TableError: there is none.
    """
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
    raise TableError(
        N_('no column "{name}" in the table: its columns are {columns}'), name=shorten(told), columns=headers(fields)
    )


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
