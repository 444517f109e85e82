"""Which column holds the address that is written to: headers and content judge together, and doubt is a question.

What must not happen is a letter to a person's manager. So a column is taken in silence only where its header is a
usual word for the person's own address and its addresses are not those of somebody else whom the rows name; or where
the people's own names are in its addresses; or where nothing speaks against it and no other column holds addresses.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cached_property

from msgspec import Struct
from msgspec.structs import replace

from mailmerge.i18n import N_, _
from mailmerge.model import ColumnEvidence, ColumnReason, Defect, DefectKind, Field
from mailmerge.records.columns import header_synonyms
from mailmerge.records.columns.email_age import Age, age_of, is_surely_old
from mailmerge.records.columns.headers import (
    AddressClue,
    group_of,
    header_words,
    is_somebody_elses,
    mail_grade,
    name_header,
)
from mailmerge.records.columns.likely import headers
from mailmerge.records.columns.numbered import number_of, people_by_number
from mailmerge.records.columns.on_its_side import ON_ITS_SIDE, holds_address, title_of_row
from mailmerge.records.columns.owners import UNDOUBTED, Owners, Ownership
from mailmerge.records.columns.sampling import sample_of
from mailmerge.records.defects import described
from mailmerge.records.grid import Cells
from mailmerge.text.shown import shorten

_JUDGED = 100
"""Rows in which names and addresses are compared."""

NamesBeside = Callable[[str, tuple[str, ...]], tuple[str, ...]]
"""The columns of the people's names beside a column of addresses, which is given with all columns of addresses."""


class EmailChoice(Struct, frozen=True):
    """The e-mail column by its identifier and why, or why there is none."""

    name: str
    reason: ColumnReason | None = None
    others: tuple[str, ...] = ()
    """Identifiers of the columns with further addresses of the same person."""
    defect: Defect | None = None
    advice: str = ""
    addresses: tuple[str, ...] = ()
    """Identifiers of all columns that hold addresses."""


class _Candidate(Struct, frozen=True, dict=True):
    field: Field
    grade: AddressClue
    cells: Sequence[str]
    """The column in the sample, blank cells too."""
    position: int

    @cached_property
    def age(self) -> Age:
        """What its header says of when the addresses are in use."""
        return age_of(self.field.header)

    @cached_property
    def filled(self) -> float:
        """The share of cells that are filled."""
        return sum(map(bool, self.cells)) / len(self.cells) if self.cells else 0.0

    @cached_property
    def share(self) -> float:
        """The share of addresses among the filled cells."""
        values = [cell for cell in self.cells if cell]
        return sum(map(holds_address, [cell for cell in values if "@" in cell])) / len(values) if values else 0.0

    @property
    def holds_addresses(self) -> bool:
        """Whether most of its filled cells are addresses."""
        return self.share >= 0.5

    @cached_property
    def content(self) -> tuple[str, ...]:
        """What two columns that say the same have in common."""
        return tuple(cell.casefold() for cell in self.cells)


def choose_email(
    fields: Sequence[Field],
    rows: Sequence[Cells],
    told: Field | None,
    names_beside: NamesBeside,
    letters: Sequence[str],
) -> EmailChoice:
    """The e-mail column: the one told, or the one that header and content agree on.

    ``names_beside`` finds the people's names for a column of addresses, and ``letters`` are those that a spreadsheet
    gives the columns.
    """
    sample = sample_of(rows)
    columns = [
        _Candidate(field, mail_grade(field.header), [row[position] for row in sample], position)
        for position, field in enumerate(fields)
    ]
    found = _Choosing(fields, columns, sample_of(rows, _JUDGED), names_beside, letters).choose(told)
    return replace(found, addresses=tuple(each.field.name for each in columns if each.holds_addresses))


class _Choosing:
    """One choice among the columns of a table."""

    def __init__(
        self,
        fields: Sequence[Field],
        columns: Sequence[_Candidate],
        rows: Sequence[Cells],
        names_beside: NamesBeside,
        letters: Sequence[str],
    ):
        self._fields = fields
        self._columns = columns
        self._rows = rows
        self._names_beside = names_beside
        self._letters = letters
        self._addresses = [each for each in columns if each.holds_addresses]
        self._judged: dict[int, Ownership] = {}

    def choose(self, told: Field | None) -> EmailChoice:
        if told is not None:
            return self._taken(next(each for each in self._columns if each.field == told), ColumnEvidence.SET)
        if renewed := self._renewed():
            return self._too_many(renewed)
        if len(_distinct(several := self._numbered)) > 1:
            return self._too_many(several)
        known = [each for each in self._columns if each.grade.is_own]
        filled = [each for each in known if each.filled]
        if filled:
            return self._by_header(filled)
        if title := title_of_row(self._fields, self._rows):
            return _none_found(_(ON_ITS_SIDE).format(header=shorten(title)))
        if not self._addresses:
            empty = known or [each for each in self._columns if each.grade.is_known]
            return (
                self._taken(max(empty, key=_grade), ColumnEvidence.HEADER)
                if empty
                else _none_found(_(_NOWHERE).format(columns=headers(self._fields)))
            )
        theirs = [each for each in self._addresses if each.grade is not AddressClue.SOMEBODY_ELSES]
        if not theirs:
            only = self._addresses[0]
            if len(_distinct(self._addresses)) == 1 and self._is_of_the_people(only):
                return self._taken(only, ColumnEvidence.HEADER)
            return self._somebody_elses(self._addresses)
        if known:
            return self._too_many([max(known, key=_grade), *self._addresses])
        return self._by_content(theirs)

    @cached_property
    def _numbered(self) -> Sequence[_Candidate]:
        """The addresses of each of several people in a row."""
        people = people_by_number(self._fields, addresses=[each.field.name for each in self._addresses])
        own = [each for each in self._addresses if each.grade is not AddressClue.SOMEBODY_ELSES]
        return [each for each in own if number_of(each.field.header) in people]

    def _renewed(self) -> Sequence[_Candidate]:
        """Columns of which one says that its addresses take the place of those in another, that one first; none where
        nothing says so.

        Where only some have a new address, it is for a person to say what the others get.
        """
        aged = sorted(
            (each for each in self._addresses if each.grade is not AddressClue.SOMEBODY_ELSES), key=_preference
        )
        latest = aged[-1] if len(_distinct(aged)) > 1 else None
        if latest is None or latest.age <= Age.UNSAID or (latest.age is Age.CURRENT and aged[0].age is not Age.OLD):
            return []
        others = [each for each in aged[:-1] if each.content != latest.content and _competes(each)]
        return [latest, *reversed(others)] if others else []

    def _by_header(self, known: Sequence[_Candidate]) -> EmailChoice:
        """Among columns whose headers are usual words the best; a question where another one could be meant as well."""
        best = [each for each in known if each.grade == max(map(_grade, known))]
        best = [each for each in best if each.holds_addresses] or best
        if len(_distinct(best)) > 1:
            return self._too_many(best)
        chosen = max(best, key=lambda each: each.filled)
        rivals = [each for each in self._addresses if _rivals(chosen, each)]
        if rivals:
            return self._too_many([chosen, *rivals])
        if self._judge(chosen).is_anothers:
            return self._anothers(chosen)
        if is_surely_old(chosen.field.header):
            return self._outdated(chosen)
        return self._taken(chosen, ColumnEvidence.HEADER)

    def _by_content(self, theirs: Sequence[_Candidate]) -> EmailChoice:
        """Among columns whose headers leave doubt, the one in which the people's own names are."""
        confirmed = [each for each in theirs if self._judge(each).is_confirmed]
        if len(_distinct(confirmed)) > 1 or (not confirmed and len(_distinct(theirs)) > 1):
            return self._too_many(confirmed or self._addresses)
        chosen = max(confirmed or theirs, key=_grade)
        if confirmed and self._is_shared(chosen, theirs):
            return self._too_many(theirs)
        evidence = ColumnEvidence.HEADER if chosen.grade.is_known else ColumnEvidence.CONTENT
        if confirmed:
            return self._taken(chosen, evidence)
        judged = self._judge(chosen)
        if judged.is_anothers:
            return self._anothers(chosen)
        if not chosen.grade.is_known and not judged.compared and len(_distinct(self._addresses)) > 1:
            return self._too_many(self._addresses)
        if len(_distinct(self._addresses)) == 1 and self._is_of_the_people(chosen):
            return self._taken(chosen, ColumnEvidence.HEADER)
        nothing_said = not judged.compared and not judged.is_repeated and not _is_of_something(chosen)
        if nothing_said and chosen.grade is not AddressClue.VAGUE:
            return self._taken(chosen, evidence)
        return self._unclear(chosen)

    def _is_of_the_people(self, column: _Candidate) -> bool:
        """Whether a header names the people by the same word as those of their names, and nobody else is named:
        "NOM ADH", "PRENOM ADH" and "MAIL ADH".
        """
        group = group_of(column.field.header)
        addresses = tuple(each.field.name for each in self._addresses)
        own = self._names_beside(column.field.name, addresses)
        if not group or not own:
            return False
        is_anothers = column.grade is AddressClue.SOMEBODY_ELSES
        owners = Owners(self._fields, self._rows, own, addresses)
        named = {name for owner in owners.others for name in owner.names}
        for field in self._fields:
            if field.name in addresses:
                continue
            is_of_group = group.issubset(header_words(field.header))
            is_elses = is_somebody_elses(field.header) and not (is_anothers and is_of_group)
            if field.name in own and not is_of_group:
                return False
            if not is_of_group and is_elses and is_anothers:
                return False
            if not is_of_group and not is_elses and (field.name in named or name_header(field.header)):
                return False
        return True

    def _is_shared(self, chosen: _Candidate, theirs: Sequence[_Candidate]) -> bool:
        """Whether a few addresses stand in many rows, as those of superiors do, where another column has as many as
        people: then the names that they spell may be those of superiors too.
        """
        return self._judge(chosen).is_repeated and any(
            not self._judge(each).is_repeated and each.filled >= chosen.filled for each in theirs if each is not chosen
        )

    def _judge(self, candidate: _Candidate) -> Ownership:
        """Whose the addresses in a column are, by the names in their rows."""
        if candidate.position not in self._judged:
            own = self._names_beside(candidate.field.name, tuple(each.field.name for each in self._addresses))
            owners = Owners(self._fields, self._rows, own, [each.field.name for each in self._addresses])
            has_doubt = bool(owners.others) or not candidate.grade.is_own
            self._judged[candidate.position] = owners.judge(candidate.position) if has_doubt else UNDOUBTED
        return self._judged[candidate.position]

    def _taken(self, chosen: _Candidate, evidence: ColumnEvidence) -> EmailChoice:
        others = [each for each in self._addresses if each.field != chosen.field]
        reason = ColumnReason(
            evidence,
            (chosen.field.name,),
            tuple(each.field.name for each in others if each.content != chosen.content),
        )
        theirs = () if chosen.grade is AddressClue.SOMEBODY_ELSES else others  # a letter to a tutor is not to the pupil
        theirs = [each for each in theirs if each not in self._numbered]
        return EmailChoice(chosen.field.name, reason, tuple(each.field.name for each in theirs if each.grade.is_own))

    # --- doubts ---

    def _too_many(self, columns: Sequence[_Candidate]) -> EmailChoice:
        best = max(columns, key=_preference)
        columns = sorted(columns, key=lambda each: -each.age)
        headers = [each.field.label for each in columns]
        if len(set(headers)) < len(headers):
            return self._same_header([each for each in columns if headers.count(each.field.header) > 1])
        defect = _defect(DefectKind.AMBIGUOUS_EMAIL_COLUMN, columns)
        return _doubt(defect, N_('{said}; say which with `[columns] email = "{name}"` in campaign.toml'), best)

    def _same_header(self, columns: Sequence[_Candidate]) -> EmailChoice:
        first, second = columns[:2]
        values: dict[str, str | int] = {
            "columns": len(columns), "header": first.field.header,
            "first": self._letters[first.position], "second": self._letters[second.position],
        }  # fmt: skip
        return _doubt(Defect(DefectKind.SAME_EMAIL_COLUMN, values), _RENAME, first)

    def _somebody_elses(self, columns: Sequence[_Candidate]) -> EmailChoice:
        return _doubt(_defect(DefectKind.FOREIGN_EMAIL_COLUMN, columns), _NOT_THEIRS, columns[0])

    def _anothers(self, column: _Candidate) -> EmailChoice:
        owner = self._judge(column).owner
        named = [field for field in self._fields if owner and field.name in owner.names]
        values = {"first": column.field.label, "owner": named[0].label}
        return _doubt(Defect(DefectKind.EMAIL_COLUMN_OF_OTHERS, values), _NOT_THEIRS, column)

    def _outdated(self, column: _Candidate) -> EmailChoice:
        values = {"first": column.field.label}
        return _doubt(Defect(DefectKind.OUTDATED_EMAIL_COLUMN, values), _OUTDATED, column)

    def _unclear(self, column: _Candidate) -> EmailChoice:
        values = {"first": column.field.label}
        return _doubt(Defect(DefectKind.UNCLEAR_EMAIL_COLUMN, values), _UNCLEAR, column)


_RENAME = N_(
    "{said}; in the table, give the column with the recipients' own addresses a header of its own, and rename or "
    "delete the other one"
)
_NOT_THEIRS = N_(
    "{said}; add the recipients' own addresses, or, if the letters really go there, say so with "
    '`[columns] email = "{name}"` in campaign.toml'
)
_UNCLEAR = N_('{said}; if they are, say so with `[columns] email = "{name}"` in campaign.toml')


_OUTDATED = N_(
    "{said}; add the recipients' present addresses, or, if the letters really go to these, say so with "
    '`[columns] email = "{name}"` in campaign.toml'
)


def _doubt(defect: Defect, advice: str, best: _Candidate) -> EmailChoice:
    """No column, and what to do about it."""
    name = shorten(best.field.label)
    return EmailChoice("", defect=defect, advice=_(advice).format_map({"said": described(defect), "name": name}))


def _is_of_something(column: _Candidate) -> bool:
    """Whether a header is about something that is nobody, such as a school."""
    return not (header_synonyms.NOT_NAMES - header_synonyms.EMAIL_FILLERS).isdisjoint(header_words(column.field.header))


def _rivals(chosen: _Candidate, other: _Candidate) -> bool:
    """Whether another column with addresses could be meant in place of one with a usual header."""
    if other.field == chosen.field or other.content == chosen.content or other.grade is AddressClue.SOMEBODY_ELSES:
        return False
    if other.grade in (AddressClue.VAGUE, AddressClue.EITHER) and chosen.grade is not AddressClue.OWN:
        return True
    is_fuller = chosen.filled < 0.5 <= other.filled
    return is_fuller or (other.grade.is_own and not chosen.holds_addresses)


def _grade(column: _Candidate) -> AddressClue:
    return column.grade


def _preference(column: _Candidate) -> tuple[Age, AddressClue]:
    """Which column is offered, where several could be meant: the latest addresses."""
    return column.age, column.grade


def _competes(other: _Candidate) -> bool:
    """Whether a column may be the one that was written to before there were new addresses."""
    return other.age is Age.OLD or other.grade in (
        AddressClue.OWN,
        AddressClue.LOGIN,
        AddressClue.UNKNOWN,
        AddressClue.VAGUE,
        AddressClue.EITHER,
    )


def _distinct(columns: Sequence[_Candidate]) -> set[tuple[str, ...]]:
    return {each.content for each in columns}


_NOWHERE = N_(
    "no e-mail column: no column of {columns} contains addresses; name the right one with"
    ' `[columns] email = "..."` in campaign.toml, or add it to the table'
)


def _none_found(advice: str) -> EmailChoice:
    return EmailChoice("", defect=Defect(DefectKind.NO_EMAIL_COLUMN), advice=advice)


def _defect(kind: DefectKind, columns: Sequence[_Candidate]) -> Defect:
    """A doubt about these columns, with the headers of the first three."""
    headers = [each.field.label for each in columns]
    return Defect(kind, {"columns": len(columns), **dict(zip(("first", "second", "third"), headers, strict=False))})
