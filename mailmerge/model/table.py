"""A table of people, which of its columns say who they are, and what is wrong with it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from enum import StrEnum
from functools import cached_property
from pathlib import Path

from msgspec import Struct, field


class Field(Struct, frozen=True):
    """One column of the table."""

    header: str
    """As the file has it."""
    name: str
    """The identifier by which a letter uses it (:func:`mailmerge.text.folding.identifier`); unique in its table."""

    @property
    def label(self) -> str:
        """What it is called in a sentence: by its header, or by its identifier where it has none."""
        return self.header or self.name


class Record(Struct, frozen=True):
    """One row: a person."""

    number: int
    """Counts people from 1."""
    line: int
    """The line that a spreadsheet shows (the header is 1)."""
    values: tuple[str, ...]
    """One for each field of the table, in its order; surrounding spaces trimmed."""


class Columns(Struct, frozen=True):
    """Which fields (by identifier) say who a record is. Empty where there is none.

    A person may have several identities: a birth name, a second address. All of them are theirs; one is written to.
    """

    email: str = ""
    """The address that is written to."""
    first_name: str = ""
    last_name: str = ""
    full_name: str = ""
    title: str = ""
    language: str = ""
    usual_first_name: str = ""
    """The first name that a person goes by, beside :attr:`first_name`; used where it is filled in."""
    usual_last_name: str = ""
    """The surname that a person goes by (nom d'usage), beside :attr:`last_name`; used where it is filled in."""
    other_last_names: tuple[str, ...] = ()
    """Further surnames of the same person, such as the birth name."""
    other_first_names: tuple[str, ...] = ()
    """Further first names of the same person, such as the legal one beside the one that is used."""
    other_full_names: tuple[str, ...] = ()
    """Further full names of the same person, likewise."""
    other_emails: tuple[str, ...] = ()
    """Further addresses of the same person, which nothing is sent to."""
    surname_prefix: str = ""
    """What is before the surname and belongs to it: the "van den" of Jan van den Berg."""
    surname_first: bool = False
    """Whether people are called by their surname first, as in Hungarian and in Vietnamese."""

    @property
    def first_names(self) -> tuple[str, ...]:
        """The fields that hold a first name, the one that is used first."""
        return tuple(name for name in (self.usual_first_name, self.first_name, *self.other_first_names) if name)

    @property
    def last_names(self) -> tuple[str, ...]:
        """The fields that hold a surname, the one that is used first."""
        return tuple(name for name in (self.usual_last_name, self.last_name, *self.other_last_names) if name)

    @property
    def full_names(self) -> tuple[str, ...]:
        """The fields that hold a full name, the one that is used first."""
        return (*((self.full_name,) if self.full_name else ()), *self.other_full_names)

    @property
    def second_names(self) -> tuple[str, ...]:
        """The fields that hold a name the person has but does not go by: at birth, on official papers."""
        if not self.full_name:
            return (*self.other_first_names, *self.other_last_names, *self.other_full_names)
        return tuple(name for name in self.names if name != self.full_name)

    @property
    def names(self) -> tuple[str, ...]:
        """Every field that holds a name of the person, or a part of one."""
        return (*self.first_names, *self.last_names, *self.full_names)

    @property
    def shown_names(self) -> tuple[str, ...]:
        """The fields of which the name in To is made: none of :attr:`names` that is known but not used."""
        second = self.second_names
        return tuple(name for name in self.names if name not in second)

    @property
    def emails(self) -> tuple[str, ...]:
        """Every field that holds an address of the person, the one that is written to first."""
        return (*((self.email,) if self.email else ()), *self.other_emails)


class ColumnEvidence(StrEnum):
    """Why a column was taken for the e-mail column, or for a name."""

    SET = "set"
    """Somebody decided it."""
    HEADER = "header"
    """Its header is a usual word for it."""
    CONTENT = "content"
    """Only what it holds speaks for it."""


class ColumnReason(Struct, frozen=True):
    """Why these columns; a face makes a sentence of it."""

    evidence: ColumnEvidence
    columns: tuple[str, ...]
    """Identifiers of the columns chosen."""
    instead_of: tuple[str, ...] = ()
    """Identifiers of other columns that hold the like: addresses, names."""


class Dialect(Struct, frozen=True):
    """How the file was read; everything here can be set by hand instead."""

    encoding: str = ""
    delimiter: str = ""
    sheet: str = ""
    header_line: int = 1
    alternative: str = ""
    """The next best reading, in words, where the evidence left one; shown so that a person can decide."""


class DefectKind(StrEnum):
    """What is wrong with a table."""

    RAGGED = "ragged"
    """``cells`` in a row of ``columns``: more, or fewer."""
    DUPLICATE_HEADER = "duplicate-header"
    """``header`` names the columns ``first`` and ``second``, counted from 1."""
    EMPTY_HEADER = "empty-header"
    """``column``, counted from 1, has values and no header."""
    NO_EMAIL_COLUMN = "no-email-column"
    AMBIGUOUS_EMAIL_COLUMN = "ambiguous-email-column"
    """``first``, ``second`` and ``third`` are the headers, as many as there are, of ``columns``."""
    FOREIGN_EMAIL_COLUMN = "foreign-email-column"
    """Likewise."""
    SAME_EMAIL_COLUMN = "same-email-column"
    """``header`` is that of ``columns``, of which ``first`` and ``second`` are the letters of two."""
    EMAIL_COLUMN_OF_OTHERS = "email-column-of-others"
    """The addresses in ``first`` are those of the people whom the column ``owner`` names."""
    OUTDATED_EMAIL_COLUMN = "outdated-email-column"
    """The addresses in ``first`` are old ones, as its header says."""
    UNCLEAR_EMAIL_COLUMN = "unclear-email-column"
    """Nothing shows whose the addresses in ``first`` are."""
    AMBIGUOUS_SHEET = "ambiguous-sheet"
    """``first`` and ``second`` of the ``sheets`` have the same columns."""
    AMBIGUOUS_DELIMITER = "ambiguous-delimiter"
    """``best`` gives ``columns``, ``other`` gives ``other_columns``."""
    SWALLOWED_ROW = "swallowed-row"
    """A cell in ``column``, counted from 1, holds ``absorbed`` further lines, or more of them (``at_least``)."""
    NEVER_CALCULATED = "never-calculated"
    """``header`` is that of the column."""
    UNLOCALISED = "unlocalised"
    """Dates whose format follows a language that is unknown; ``header`` is that of the column."""
    SECOND_HEADER = "second-header"
    """Line ``at`` has the name of a column (``header``) in the place of an address, and people below it."""
    BEYOND_BLANK_COLUMN = "beyond-blank-column"
    """``header`` is that of a column which may belong to another table: ``filled`` of ``people`` have a value in it."""


class Defect(Struct, frozen=True):
    """Something that the reader met and did not repair; LST101, 102, 119, 121 and 127 report it."""

    kind: DefectKind
    values: Mapping[str, str | int] = field(default_factory=dict)
    """What its sentence is made of (:mod:`mailmerge.records.defects`): texts of cells as they are, and numbers."""
    line: int | None = None
    record: int | None = None
    field: str | None = None


class RecordTable(Struct, frozen=True, dict=True):
    """A table of people, as read from one file."""

    path: Path
    dialect: Dialect
    fields: tuple[Field, ...]
    records: Sequence[Record]
    columns: Columns
    defects: tuple[Defect, ...] = ()
    notices: tuple[str, ...] = ()
    """What the reader left out on purpose (hidden rows and columns), in words; shown, never a finding."""
    hidden_lines: tuple[int, ...] = ()
    """Lines with something in them that the workbook hides or filters away, below the header; they are no records."""
    other_sheets: tuple[str, ...] = ()
    """Further sheets of the workbook, hidden ones too."""
    email_reason: ColumnReason | None = None
    """Why the e-mail column is the one it is; None where there is none."""
    names_reason: ColumnReason | None = None
    """Why the columns of names are those they are; None where there are none."""
    date_orders: Mapping[str, str] = field(default_factory=dict)
    """Of the columns of a workbook that show dates in digits by their format: ``day first`` or ``month first``."""

    @cached_property
    def names(self) -> tuple[str, ...]:
        """The identifiers, in the table's order."""
        return tuple(field.name for field in self.fields)

    @cached_property
    def _positions(self) -> Mapping[str, int]:
        return {name: position for position, name in enumerate(self.names)}

    def value(self, record: Record, name: str) -> str:
        """The record's value of a field, ``""`` where the table has no such field."""
        position = self._positions.get(name)
        return "" if position is None else record.values[position]

    def values(self, record: Record) -> dict[str, str]:
        """All values of a record by identifier: what a letter can use."""
        return dict(zip(self.names, record.values, strict=True))

    def header(self, name: str) -> str:
        """The header of a field, as the file has it."""
        return self.fields[self._positions[name]].header

    def label(self, name: str) -> str:
        """What a field is called in a sentence (:attr:`Field.label`)."""
        return self.fields[self._positions[name]].label

    def first_of(self, record: Record, names: Sequence[str]) -> str:
        """The record's value of the first of these fields in which it has one; ``""`` where it has none."""
        return next((value for name in names if (value := self.value(record, name))), "")

    @cached_property
    def first_names(self) -> tuple[str, ...]:
        """:attr:`Columns.first_names`, made once."""
        return self.columns.first_names

    @cached_property
    def last_names(self) -> tuple[str, ...]:
        """:attr:`Columns.last_names`, made once."""
        return self.columns.last_names

    @cached_property
    def full_names(self) -> tuple[str, ...]:
        """:attr:`Columns.full_names`, made once."""
        return self.columns.full_names

    @cached_property
    def _name_fields(self) -> tuple[tuple[str, ...], ...]:
        prefixes = (self.columns.surname_prefix,) if self.columns.surname_prefix and self.last_names else ()
        last = (prefixes, self.last_names)
        return tuple(
            filter(None, (*last, self.first_names) if self.columns.surname_first else (self.first_names, *last))
        )

    def name_of(self, record: Record) -> str:
        """The full name that a person goes by, as far as the table has it: the usual name before the one at birth."""
        if self.columns.full_name and (full := self.value(record, self.columns.full_name)):
            return full
        parts = " ".join(filter(None, (self.first_of(record, names) for names in self._name_fields)))
        return parts or self.first_of(record, self.columns.other_full_names)

    def record(self, number: int) -> Record:
        """The record with this number.

        Raises:
            IndexError: there is none.
        """
        if not 1 <= number <= len(self.records):
            raise IndexError(number)
        return self.records[number - 1]


class Bystanders(Struct, frozen=True):
    """People who are in the same file as a table, and not in the table."""

    table: RecordTable
    sheet: str = ""
    """The sheet that they are on; ``""`` for hidden or filtered rows among those of the table."""
