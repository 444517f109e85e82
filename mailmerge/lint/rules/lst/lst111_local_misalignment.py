"""LST111: no stretch of rows is shifted."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from msgspec.structs import replace

from mailmerge.i18n import N_
from mailmerge.lint.finding import RawFinding, Suppression
from mailmerge.lint.identities.rows.alignment import LEAST, Alignment
from mailmerge.lint.identities.rows.name_order import exchanged_names
from mailmerge.lint.rule import RuleDoc, Scope, also, rule
from mailmerge.lint.sentence import Lines, Quoted, Sentence
from mailmerge.lint.views.inspection import Inspection
from mailmerge.model import Record, Severity
from mailmerge.text.addresses import is_address, same_mailbox_key
from mailmerge.text.shown import shorten

DOC = RuleDoc(
    title=N_("No stretch of rows is shifted."),
    what=N_(
        "At least three consecutive rows whose addresses belong to the people the same number of rows above or below; "
        "three or more rows, wherever they are, whose addresses hold the whole name of somebody in another row and "
        "not their own; two rows whose addresses hold each other's whole name; a name that is in two rows, "
        "in one of which the address is somebody else's; and, as a warning, one or two rows with somebody else's name, "
        "two that seem to have each other's address, or first and last names that seem to be in each other's column."
    ),
    why=N_("A cell inserted in one column moves everything below it until somebody deletes a cell again."),
    bad=N_("rows 200 to 240 with the address of the row above"),
    good=N_("one address that is the spouse's"),
    fix=N_("Open the table at the lines shown and move the cells back."),
)
_OPEN = N_("Open the table at line {first}: a cell was inserted or deleted in one column only.")
ONE_BELOW = Sentence(
    "lst111.one-below",
    one=N_(
        "lines {first} to {last}: each address matches the name one row below; {address}, for example, is beside "
        "{person}"
    ),
    fix=_OPEN,
)
BELOW = Sentence(
    "lst111.below",
    one=N_(
        "lines {first} to {last}: each address matches the name {rows} rows below; {address}, for example, is beside "
        "{person}"
    ),
    fix=_OPEN,
)
ONE_ABOVE = Sentence(
    "lst111.one-above",
    one=N_(
        "lines {first} to {last}: each address matches the name one row above; {address}, for example, is beside "
        "{person}"
    ),
    fix=_OPEN,
)
ABOVE = Sentence(
    "lst111.above",
    one=N_(
        "lines {first} to {last}: each address matches the name {rows} rows above; {address}, for example, is beside "
        "{person}"
    ),
    fix=_OPEN,
)
SWAPPED = Sentence(
    "lst111.swapped",
    one=N_("{first} and {second} seem to have each other's address: {address} and {other}"),
    fix=N_("If the two addresses are wrong, swap them."),
)
SCATTERED = Sentence(
    "lst111.scattered",
    one=N_(
        "{number} addresses are in the wrong rows ({lines}): each matches the name in another row and not its own; "
        "{address}, for example, is beside {person} and matches {other}"
    ),
    fix=N_("Compare these rows with the original list, and put each address back beside its own name."),
)
STRAY = Sentence(
    "lst111.stray",
    one=N_("{address} is beside {person}, but matches the name of {other}"),
    fix=N_("Check whose address this is, and correct the row."),
)
EXCHANGED = Sentence(
    "lst111.exchanged",
    one=N_("{person} seems to have first and last name in each other's column: the address is {address}"),
    fix=N_('If so, swap the cells "{first}" and "{last}".'),
    many=N_(
        "{count} people seem to have first and last names in each other's column, such as {person}, whose address is "
        "{address} ({lines})"
    ),
)
COPIED = Sentence(
    "lst111.copied",
    one=N_(
        "{person} has the same name as {other}, but the address {address} contains a different name: was the name "
        "copied from another row?"
    ),
    fix=N_("Correct the name, or delete the row if the person is in the table already."),
)
_LINES_SHOWN = 12


@rule("LST111", "local-misalignment", Severity.BLOCK, Suppression.WAIVER, Scope.TABLE, DOC)
def local_misalignment(inspection: Inspection) -> Iterator[RawFinding]:
    """No stretch of rows is shifted."""
    alignment = inspection.alignment
    if not alignment.columns or any(alignment.shifted()):
        return
    shifted: set[int] = set()
    for first, last, lag, name in _stretches(alignment):
        shifted |= set(range(first, last + 1))
        records = alignment.records[first : last + 1]
        numbers = tuple(r.number for r in records if r.number in inspection.recipient_numbers)
        if not numbers:
            continue
        yield RawFinding(
            says=_says(lag),
            values={
                "first": records[0].line,
                "last": records[-1].line,
                "rows": abs(lag),
                "address": _cell(inspection, records[0]),
                "person": inspection.person(records[0]),
            },
            evidence=(name, *(inspection.address(record) for record in records)),
            record=inspection.table.record(numbers[0]),
            field=name,
            fields=(inspection.table.columns.email,),
            others=numbers[1:],
            affected=numbers,
        )
    pairs = [pair for pair in alignment.strays() if pair[0] not in shifted and pair[1] not in shifted]
    pairs = [pair for pair in pairs if alignment.records[pair[0]].number in inspection.recipient_numbers]
    if len(pairs) >= LEAST:
        shifted |= {row for row, _other in pairs}
        yield _scattered(inspection, pairs)
    pairs = [pair for pair in pairs if _is_one_address(inspection, pair[0])]  # else LST105 tells of the cell
    swaps = [swap for swap in alignment.swaps() if all(_is_one_address(inspection, row) for row in swap)]
    swapped = {row for pair in swaps for row in pair}
    for row, other in pairs if len(pairs) < LEAST else ():
        if row not in swapped and alignment.is_astray(row) and not _is_shared(inspection, row, other):
            yield _stray(inspection, row, other)
    for row, other in swaps:
        records = [alignment.records[row], alignment.records[other]]
        numbers = tuple(record.number for record in records)
        if row in shifted or other in shifted or not inspection.recipient_numbers.issuperset(numbers):
            continue
        yield _swapped(inspection, records, exchanged=alignment.are_exchanged(row, other))


@also("LST111", Scope.TABLE)
def exchanged(inspection: Inspection) -> Iterator[RawFinding]:
    """First and last names are in their own columns."""
    table = inspection.table
    if any(inspection.alignment.shifted()):
        return
    for record in exchanged_names(table):
        if record.number in inspection.recipient_numbers:
            yield RawFinding(
                says=EXCHANGED,
                values={
                    "person": inspection.person(record),
                    "address": _cell(inspection, record),
                    "first": table.header(table.columns.first_name),
                    "last": table.header(table.columns.last_name),
                },
                evidence=("exchanged", *inspection.name_key(record)),
                record=record,
                field=table.columns.first_name,
                fields=(table.columns.last_name,),
                severity=Severity.WARN,
                cause="exchanged",
            )


@also("LST111", Scope.TABLE)
def copied(inspection: Inspection) -> Iterator[RawFinding]:
    """No name was copied over that of the next person, whose address is still there."""
    alignment = inspection.alignment
    copied = [] if any(alignment.shifted()) else list(alignment.copied_names())
    strays = {row for row, _other in alignment.strays()} if copied else set()
    for row, own in copied:
        record, other = alignment.records[row], alignment.records[own]
        if record.number in inspection.recipient_numbers and row not in strays:
            yield RawFinding(
                says=COPIED,
                values={
                    "person": inspection.person(record),
                    "other": inspection.person(other),
                    "address": _cell(inspection, record),
                },
                evidence=("copied", shorten(inspection.address(record)), *inspection.name_key(record)),
                record=record,
                field=inspection.alignment.columns[-1].name,
                fields=(inspection.table.columns.email,),
                others=(other.number,),
            )


@also("LST111", Scope.TABLE)
def further_addresses(inspection: Inspection) -> Iterator[RawFinding]:
    """The further addresses that a letter uses are beside their owners too."""
    table = inspection.table
    for name in table.columns.other_emails:
        if name not in inspection.used_fields:
            continue
        alignment = Alignment(replace(table, columns=replace(table.columns, email=name)))
        pairs = [
            pair for pair in alignment.strays() if alignment.records[pair[0]].number in inspection.recipient_numbers
        ]
        if len(pairs) >= LEAST:
            yield _scattered(inspection, pairs, name)
            continue
        swaps = [swap for swap in alignment.swaps() if swap in pairs and alignment.are_exchanged(*swap)]
        for row, other in swaps:
            records = [alignment.records[row], alignment.records[other]]
            yield _swapped(inspection, records, name, exchanged=True)
        swapped = {row for swap in swaps for row in swap}
        for row, other in pairs:
            if row not in swapped and alignment.is_astray(row):
                yield _stray(inspection, row, other, name)


def _swapped(inspection: Inspection, records: Sequence[Record], field: str = "", *, exchanged: bool) -> RawFinding:
    field = field or inspection.table.columns.email
    numbers = tuple(record.number for record in records)
    return RawFinding(
        says=SWAPPED,
        values={
            "first": inspection.person(records[0]),
            "second": inspection.person(records[1]),
            "address": _cell(inspection, records[0], field),
            "other": _cell(inspection, records[1], field),
        },
        evidence=tuple(sorted(shorten(inspection.table.value(record, field)) for record in records)),
        record=records[0],
        field=field,
        others=(numbers[1],),
        affected=numbers,
        severity=None if exchanged else Severity.WARN,
    )


def _scattered(inspection: Inspection, pairs: Sequence[tuple[int, int]], field: str = "") -> RawFinding:
    field = field or inspection.table.columns.email
    records = [inspection.alignment.records[row] for row, _other in pairs]
    numbers = tuple(record.number for record in records)
    shown = tuple(record.line for record in records[:_LINES_SHOWN])
    return RawFinding(
        says=SCATTERED,
        values={
            "number": len(pairs),
            "lines": Lines(shown, len(records) - len(shown)),
            "address": _cell(inspection, records[0], field),
            "person": inspection.person(records[0]),
            "other": inspection.person(inspection.alignment.records[pairs[0][1]]),
        },
        evidence=("scattered", *sorted(shorten(inspection.table.value(record, field)) for record in records)),
        record=records[0],
        field=field,
        others=numbers[1:],
        affected=numbers,
    )


def _stray(inspection: Inspection, row: int, other: int, field: str = "") -> RawFinding:
    field = field or inspection.table.columns.email
    record, owner = inspection.alignment.records[row], inspection.alignment.records[other]
    return RawFinding(
        says=STRAY,
        values={
            "address": _cell(inspection, record, field),
            "person": inspection.person(record),
            "other": inspection.person(owner),
        },
        evidence=("stray", shorten(inspection.table.value(record, field)), *inspection.name_key(record)),
        record=record,
        field=field,
        others=(owner.number,),
        severity=Severity.WARN,
    )


def _is_one_address(inspection: Inspection, row: int) -> bool:
    """Whether there is exactly one address in the cell of a row."""
    record = inspection.alignment.records[row]
    return is_address(inspection.table.value(record, inspection.table.columns.email).strip())


def _is_shared(inspection: Inspection, row: int, other: int) -> bool:
    """Whether the other row has that mailbox as well: LST108 says so."""
    email = inspection.table.columns.email
    cells = [inspection.table.value(inspection.alignment.records[each], email) for each in (row, other)]
    return len({same_mailbox_key(cell) for cell in cells}) == 1


def _says(lag: int) -> Sentence:
    """The sentence for addresses that match the names this many rows below; above them if it is negative."""
    if lag > 0:
        return ONE_BELOW if lag == 1 else BELOW
    return ONE_ABOVE if lag == -1 else ABOVE


def _cell(inspection: Inspection, record: Record, field: str = "") -> Quoted:
    """A cell with an address of a record, the main one unless a field is named."""
    return Quoted(inspection.table.value(record, field or inspection.table.columns.email))


def _stretches(alignment: Alignment) -> list[tuple[int, int, int, str]]:
    """The stretches of all columns, merged if they overlap: first and last row, by how many rows, and the column."""
    stretches = sorted((*run, column.name) for column in alignment.columns for run in alignment.runs(column))
    merged: list[tuple[int, int, int, str]] = []
    for first, last, lag, name in stretches:
        if merged and first <= merged[-1][1] + 1:
            before = merged[-1]
            merged[-1] = (before[0], max(before[1], last), before[2], before[3])
        else:
            merged.append((first, last, lag, name))
    return merged
