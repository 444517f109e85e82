"""LST122: every cell belongs to its row."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

from mailmerge.i18n import N_
from mailmerge.letter.decisions.answers import gender_of
from mailmerge.lint.finding import RawFinding, Suppression
from mailmerge.lint.identities.rows.columns import column_kinds
from mailmerge.lint.identities.rows.lags import Lag, lags
from mailmerge.lint.rule import RuleDoc, Scope, also, rule
from mailmerge.lint.sentence import Quoted, Sentence
from mailmerge.lint.views.inspection import Inspection
from mailmerge.lint.views.letter import header_lines
from mailmerge.model import Severity
from mailmerge.text.folding import fold

DOC = RuleDoc(
    title=N_("Every cell belongs to its row."),
    what=N_(
        "A column that is some rows off against another: file names, links, references or feedback that fit the person "
        "one or several rows away, or two columns, such as postcode and town, that only fit if one of them is moved. "
        "As a warning, two cells in each other's row, and titles that are often not those of others with the same "
        "first name."
    ),
    why=N_(
        "Deleting one cell in a spreadsheet moves the rest of the column up. Everybody then gets the feedback, the "
        "file or the link of the next person."
    ),
    bad=N_("Petit beside Dupont.pdf, Dupont beside Lefevre.pdf, and so on down the list"),
    good=N_("Petit beside Petit.pdf; texts that name nobody"),
    fix=N_("Move the cells of the column back beside their rows, or export the list again from its source."),
)
_FIX = N_('Move the cells of "{header}" back beside their rows, or export the list again from its source.')
ONE = Sentence(
    "lst122.one",
    one=N_('"{header}" is 1 row off: {cell}, for example, is beside {person} but belongs to {other}'),
    fix=_FIX,
)
SEVERAL = Sentence(
    "lst122.several",
    one=N_('"{header}" is {rows} rows off: {cell}, for example, is beside {person} but belongs to {other}'),
    fix=_FIX,
)
APART_ONE = Sentence(
    "lst122.apart-one",
    one=N_(
        '"{header}" and "{other_header}" are 1 row apart: {cell}, beside {person}, belongs with {other_cell}, beside '
        "{other}"
    ),
    fix=N_('Compare "{header}" and "{other_header}" with the original list, and move the cells back.'),
)
APART = Sentence(
    "lst122.apart",
    one=N_(
        '"{header}" and "{other_header}" are {rows} rows apart: {cell}, beside {person}, belongs with {other_cell}, '
        "beside {other}"
    ),
    fix=N_('Compare "{header}" and "{other_header}" with the original list, and move the cells back.'),
)
SWAPPED = Sentence(
    "lst122.swapped",
    one=N_('{person} and {other} seem to have each other\'s cell in "{header}": {cell} and {other_cell}'),
    fix=N_('If the two cells of "{header}" are wrong, swap them.'),
)
TITLES = Sentence(
    "lst122.titles",
    one=N_(
        '"{header}" seems to belong to other rows: of {number} people who share a first name, {wrong} have another '
        "title than most who are called so, such as {person} ({title})"
    ),
    fix=N_('Compare "{header}" with the original list: it may have been sorted or moved without the other columns.'),
)
_SAMPLE = 2000
_SHARED = 12
"""People whose first name somebody else has too, from which on their titles are compared."""
_CHANGES = 2
"""How often the title may change from one row to the next in a column that was sorted by itself: where it does more
often, the names may be those of women and men alike."""
_APART = 0.2
"""The share of them with another title than most who are called so."""
_MIXED = 0.2
"""Changes for each row from which on the titles of a column are in no order of theirs."""
_FAR = 5
"""Rows by which titles may have been moved."""
_FITS = 0.25
"""The share of those titles that are still wrong where the names are those of the rows that the titles came from."""


@rule("LST122", "column-lag", Severity.BLOCK, Suppression.WAIVER, Scope.TABLE, DOC)
def column_lag(inspection: Inspection) -> Iterator[RawFinding]:
    """Every cell belongs to its row."""
    table = inspection.table
    columns = inspection.people_columns
    used = inspection.used_fields - columns.hinted - columns.contacts  # a mentor may well be the next person
    for lag in lags(table, column_kinds(table), used):
        person, owner = table.records[lag.row], table.records[lag.owner]
        yield RawFinding(
            says=_says(lag),
            values={
                "header": Quoted(table.label(lag.column), 40),
                "other_header": Quoted(table.label(lag.other), 40),
                "rows": abs(lag.rows),
                "cell": Quoted(table.value(person, lag.column)),
                "other_cell": Quoted(table.value(owner, lag.column if lag.is_swap else lag.other)),
                "person": inspection.person(person),
                "other": inspection.person(owner),
            },
            evidence=("lag", lag.column, *sorted(table.value(record, lag.column) for record in table.records[:50])),
            field=lag.column,
            others=(person.number, owner.number),
            severity=Severity.WARN if lag.is_swap else None,
            files=lag.column in _fields_of_files(inspection),
        )


@also("LST122", Scope.TABLE)
def titles_of_others(inspection: Inspection) -> Iterator[RawFinding]:
    """Titles sorted by themselves, or moved: people who share a first name are, as a rule, all women or all men."""
    titles, table = inspection.titles, inspection.table
    if not titles or titles not in inspection.used_fields or not table.columns.first_name:
        return
    records = table.records[:: len(table.records) // _SAMPLE + 1]
    genders = [gender_of(table.value(record, titles)) for record in records]
    names = [fold(table.value(record, table.columns.first_name)) for record in records]
    number, wrong = _with_others_titles(names, genders)
    if number < _SHARED or len(wrong) < _APART * number:
        return
    changes = _changes(genders)
    is_mixed = changes >= _MIXED * len(records)  # in long runs of one title, a move by a few rows shows nothing
    if changes > _CHANGES and not (is_mixed and _fit_when_moved(names, genders, len(wrong))):
        return
    yield RawFinding(
        says=TITLES,
        values={
            "header": Quoted(table.label(titles), 40),
            "wrong": len(wrong),
            "number": number,
            "person": inspection.person(records[wrong[0]]),
            "title": Quoted(table.value(records[wrong[0]], titles)),
        },
        evidence=("titles", titles, *(table.value(record, titles) for record in table.records[:50])),
        field=titles,
        others=tuple(records[at].number for at in wrong),
        severity=Severity.WARN,
    )


def _with_others_titles(names: Sequence[str], genders: Sequence[str]) -> tuple[int, list[int]]:
    """How many people share a first name, and which of them have another title than most who are called so."""
    called: dict[str, dict[str, list[int]]] = {}
    for at, (name, gender) in enumerate(zip(names, genders, strict=True)):
        if name and gender:
            called.setdefault(name, {}).setdefault(gender, []).append(at)
    shared = [sorted(by.values(), key=len) for by in called.values() if sum(map(len, by.values())) > 1]
    return sum(len(rows) for by in shared for rows in by), [at for by in shared if len(by) > 1 for at in by[0]]


def _changes(genders: Iterable[str]) -> int:
    """How often the title of one row is another than that of the row before."""
    return sum(one != other for one, other in pairwise(filter(None, genders)))


def _fit_when_moved(names: Sequence[str], genders: Sequence[str], wrong: int) -> bool:
    """Whether the titles fit the names some rows away, so that the names are not those of women and men alike."""
    moved = (_with_others_titles(*_moved(names, genders, rows))[1] for rows in range(-_FAR, _FAR + 1) if rows)
    return any(len(left) <= wrong * _FITS for left in moved)


def _moved(names: Sequence[str], genders: Sequence[str], rows: int) -> tuple[Sequence[str], Sequence[str]]:
    """Names beside the titles that are so many rows further down, or up."""
    return (names[:-rows], genders[rows:]) if rows > 0 else (names[-rows:], genders[:rows])


def _fields_of_files(inspection: Inspection) -> set[str]:
    """The fields of which the names of attached files are made."""
    fields: set[str] = set()
    for letter in inspection.letters:
        lines = header_lines(letter, "Attachment")
        for expression in letter.expressions:
            if expression.line in lines:
                fields |= expression.fields
    return fields


def _says(lag: Lag) -> Sentence:
    if lag.is_swap:
        return SWAPPED
    if lag.is_spelt:
        return ONE if abs(lag.rows) == 1 else SEVERAL
    return APART_ONE if abs(lag.rows) == 1 else APART
