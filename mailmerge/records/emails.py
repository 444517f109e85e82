"""Which column holds the address that is written to: headers and content judge together, and doubt is a question.

What must not happen is a letter to a person's manager. So a column is taken in silence only where its header is a
usual word for the person's own address, or where no other column holds addresses and its header names nobody else.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from mailmerge.addresses import find_addresses
from mailmerge.model import ColumnReason, Defect, DefectKind, Evidence, Field
from mailmerge.records.defects import described
from mailmerge.records.grid import Cells
from mailmerge.records.headers import Mail, mail_grade
from mailmerge.records.sampling import sample_of
from mailmerge.text import shorten

_LONG = 1000
"""Characters of a cell in which an address is looked for."""


@dataclass(frozen=True, slots=True)
class EmailChoice:
    """The e-mail column by its identifier and why, or why there is none."""

    name: str
    reason: ColumnReason | None = None
    others: tuple[str, ...] = ()
    """Identifiers of the columns with further addresses of the same person."""
    defect: Defect | None = None
    advice: str = ""


@dataclass(frozen=True)
class _Candidate:
    field: Field
    grade: Mail
    cells: Sequence[str]
    """The column in the sample, blank cells too."""

    @cached_property
    def filled(self) -> float:
        """The share of cells in which something stands."""
        return sum(map(bool, self.cells)) / len(self.cells) if self.cells else 0.0

    @cached_property
    def share(self) -> float:
        """The share of addresses among the cells in which something stands."""
        values = [cell for cell in self.cells if cell]
        return sum(map(_holds_address, values)) / len(values) if values else 0.0

    @property
    def holds_addresses(self) -> bool:
        """Whether most of what stands in it is addresses."""
        return self.share >= 0.5

    @cached_property
    def content(self) -> tuple[str, ...]:
        """What two columns that say the same have in common."""
        return tuple(cell.casefold() for cell in self.cells)


def choose_email(fields: Sequence[Field], rows: Sequence[Cells], told: Field | None) -> EmailChoice:
    """The e-mail column: the one told, or the one that header and content agree on."""
    sample = sample_of(rows)
    columns = [
        _Candidate(field, mail_grade(field.header), [row[position] for row in sample])
        for position, field in enumerate(fields)
    ]
    if told is not None:
        return _taken(next(each for each in columns if each.field == told), columns, Evidence.SET)
    known = [each for each in columns if each.grade.is_known]
    filled = [each for each in known if each.filled]
    if filled:
        return _by_header(filled, columns)
    addresses = [each for each in columns if each.holds_addresses]
    if not addresses:
        return _taken(max(known, key=_grade), columns, Evidence.HEADER) if known else _none_found(fields)
    theirs = [each for each in addresses if each.grade is not Mail.SOMEBODY_ELSES]
    if not theirs:
        return _somebody_elses(addresses)
    if known or len(_distinct(addresses)) > 1:
        return _too_many([*max(([each] for each in known), key=lambda one: one[0].grade, default=[]), *addresses])
    return _taken(max(theirs, key=_grade), columns, Evidence.CONTENT)


def _by_header(known: Sequence[_Candidate], columns: Sequence[_Candidate]) -> EmailChoice:
    """Among columns whose headers are usual words the best; a question where another one could be meant as well."""
    best = [each for each in known if each.grade == max(map(_grade, known))]
    best = [each for each in best if each.holds_addresses] or best
    if len(_distinct(best)) > 1:
        return _too_many(best)
    chosen = max(best, key=lambda each: each.filled)
    rivals = [each for each in columns if each.holds_addresses and _rivals(chosen, each)]
    if rivals:
        return _too_many([chosen, *rivals])
    return _taken(chosen, columns, Evidence.HEADER)


def _rivals(chosen: _Candidate, other: _Candidate) -> bool:
    """Whether another column with addresses could be meant in place of one with a usual header."""
    if other.field == chosen.field or other.content == chosen.content or other.grade is Mail.SOMEBODY_ELSES:
        return False
    if other.grade is Mail.VAGUE and chosen.grade is not Mail.OWN:
        return True
    is_fuller = chosen.filled < 0.5 <= other.filled
    return is_fuller or (other.grade.is_known and not chosen.holds_addresses)


def _taken(chosen: _Candidate, columns: Sequence[_Candidate], evidence: Evidence) -> EmailChoice:
    others = [each for each in columns if each.field != chosen.field and each.holds_addresses]
    reason = ColumnReason(
        evidence,
        (chosen.field.name,),
        tuple(each.field.name for each in others if each.content != chosen.content),
    )
    theirs = () if chosen.grade is Mail.SOMEBODY_ELSES else others  # a letter to a tutor is not to the pupil
    return EmailChoice(chosen.field.name, reason, tuple(each.field.name for each in theirs if each.grade.is_known))


def _grade(column: _Candidate) -> Mail:
    return column.grade


def _distinct(columns: Sequence[_Candidate]) -> set[tuple[str, ...]]:
    return {each.content for each in columns}


def _none_found(fields: Sequence[Field]) -> EmailChoice:
    return EmailChoice(
        "",
        defect=Defect(DefectKind.NO_EMAIL_COLUMN),
        advice=f"no e-mail column: no column of {listed(fields)} holds addresses;"
        ' name the right one with `[columns] email = "..."` in campaign.toml, or add it to the table',
    )


def _too_many(columns: Sequence[_Candidate]) -> EmailChoice:
    best = max(columns, key=_grade).field
    defect = _defect(DefectKind.AMBIGUOUS_EMAIL_COLUMN, columns)
    return EmailChoice(
        "",
        defect=defect,
        advice=f'{described(defect)}; say which with `[columns] email = "{shorten(best.header or best.name)}"`'
        " in campaign.toml",
    )


def _somebody_elses(columns: Sequence[_Candidate]) -> EmailChoice:
    defect = _defect(DefectKind.FOREIGN_EMAIL_COLUMN, columns)
    return EmailChoice(
        "",
        defect=defect,
        advice=f"{described(defect)}; add the recipients' own addresses, or, if the letters really go there, say so"
        f' with `[columns] email = "{shorten(columns[0].field.header)}"` in campaign.toml',
    )


def _defect(kind: DefectKind, columns: Sequence[_Candidate]) -> Defect:
    """A doubt about these columns, with the headers of the first three."""
    headers = [each.field.header or each.field.name for each in columns]
    return Defect(kind, {"columns": len(columns), **dict(zip(("first", "second", "third"), headers, strict=False))})


def listed(fields: Sequence[Field]) -> str:
    """The headers of a table in a sentence."""
    shown = ", ".join(f'"{shorten(field.header, 30)}"' for field in fields[:12] if field.header)
    return f"{shown} and {len(fields) - 12} more" if len(fields) > 12 else shown


def _holds_address(cell: str) -> bool:
    """Whether a cell is about an address: not a remark with one in it."""
    cell = cell[:_LONG]
    return "@" in cell and sum(end - start for start, end in find_addresses(cell)) * 2 >= len(cell)
