"""LST123: a link or reference that is each person's own is in one row only."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from itertools import pairwise

from mailmerge.i18n import N_
from mailmerge.lint.finding import RawFinding, Suppression
from mailmerge.lint.identities.rows.columns import are_drawn, is_of_a_thing
from mailmerge.lint.rule import RuleDoc, Scope, also, rule
from mailmerge.lint.rules.lst.counting import addresses_counted_up, cells_counted_up, code_of, codes_counted_up
from mailmerge.lint.rules.lst.secrets import is_one_s_own, is_secret
from mailmerge.lint.sentence import Quoted, Sentence
from mailmerge.lint.views.inspection import Inspection
from mailmerge.model import Field, Record, Severity
from mailmerge.text.folding import fold
from mailmerge.text.regex import regex

_LEAST = 8
"""Filled cells from which on a column can be said to be different for everybody."""
_OWN = 0.6
"""The share of cells that are nobody else's."""
_OWN_BESIDE_ONE = 0.3
"""The same, where one value alone is in several rows, and those follow each other: groups have a value each."""
_GROUPS = 3
"""Links that differ, from which on groups of rows were rather dragged down than meant."""
_PARAMETER = regex(r"\S+[?&#]\S*=\S+")
_LINK = regex(r"(?:https?://|www\.)\S{6,}", re.IGNORECASE)
_CODE = regex(r"(?=(?:\D*\d){2})[A-Za-z]{0,8}[-_/.]?[A-Za-z\d]+(?:[-_/.#][A-Za-z\d]+)*")
_NO_CODE = regex(
    r"\d{1,2}\s?[hH:]\s?\d{0,2}|\d{1,4}[./-]\d{1,2}[./-]\d{1,4}|\d{1,5}(?:[.,]\d+)?[A-Za-z€%]{0,3}|[A-Za-z]{1,2}\d{1,2}"
    r"|\+?\d[\d ().-]{7,}"
)
"""Times, dates, amounts, levels and phone numbers: equal for two people often enough."""
_WORD = regex(r"(?=\S*[A-Z\d])\S{4,40}")
"""A password: one word, and not in small letters alone."""
_IBAN = regex(r"[A-Z]{2}\d{2}(?: ?[A-Z\d]{4}){2,7}(?: ?[A-Z\d]{1,4})?")
_SHORT = regex(r"\d{2,6}")
DOC = RuleDoc(
    title=N_("A link or reference that is each person's own is in one row only."),
    what=N_(
        "The same link, reference or code in the rows of several people, in a column in which nearly everybody has one "
        "of their own, and which the letter uses; a link for each few rows, where no other column says that these "
        "belong together; or codes, or addresses, that count up over a few rows, where the others do not. "
        "And, by its header, a column of personal codes, access codes or passwords that is the same for everybody, or "
        "counts up from row to row: 12345, 12346, 12347."
    ),
    why=N_(
        "A cell dragged down gives the next people the first one's link: they open somebody else's file, or answer "
        "under somebody else's number."
    ),
    bad=N_("https://rdv.example/?c=RC-0017 in lines 18, 19 and 20, where each person has a link of their own"),
    good=N_("one link for everybody; one slot or level for several people"),
    fix=N_("Give each person their own value."),
)
COPIED = Sentence(
    "lst123.copied",
    one=N_('{people} have the same value in "{header}", which is different for nearly everybody else: {cell}'),
    fix=N_('Put each person\'s own value in "{header}": this one was probably copied down.'),
)
GUESSED = Sentence(
    "lst123.guessed",
    one=N_(
        '{people} have values in "{header}" that count up by one from row to row, such as {cell} and {other_cell}: '
        "anybody can guess the next person's"
    ),
    fix=N_('Put each person\'s own value in "{header}": a spreadsheet counts up when a cell is dragged down.'),
)
GROUPED = Sentence(
    "lst123.grouped",
    one=N_(
        'neighbouring rows have the same link in "{header}", for example {people}, and no other column says that they '
        "belong together: {cell}"
    ),
    fix=N_(
        'If each person has a link of their own, put it in "{header}": a cell was probably dragged down. If they share '
        "it on purpose, no action is needed."
    ),
)
CONSTANT = Sentence(
    "lst123.constant",
    one=N_('everybody has the same value in "{header}", which should be each person\'s own: {cell}'),
    fix=N_('Put each person\'s own value in "{header}", or give the column a name that says what it opens.'),
)
COUNTED = Sentence(
    "lst123.counted",
    one=N_('"{header}" counts up from {cell} over {people}, and does not elsewhere: was the first cell dragged down?'),
    fix=N_('Check the values of these people in "{header}" against where they come from.'),
)


@rule("LST123", "filled-down", Severity.WARN, Suppression.WAIVER, Scope.TABLE, DOC)
def filled_down(inspection: Inspection) -> Iterator[RawFinding]:
    """A link or reference that is each person's own is in one row only."""
    for position, field in _used(inspection):
        if is_secret(field.header):
            yield from _of_secrets(inspection, position, field)
        counts = Counter(record.values[position] for record in inspection.records if record.values[position])
        copied = {value: count for value, count in counts.items() if count > 1}
        filled = counts.total()
        if not copied or filled < _LEAST or not _are_codes(field.header, list(counts)):
            continue
        holders: dict[str, list[Record]] = {}
        for record in inspection.records:
            if record.values[position] in copied:
                holders.setdefault(record.values[position], []).append(record)
        is_linked = all(map(_PARAMETER.fullmatch, counts))
        own = _OWN_BESIDE_ONE if _is_one_block(list(holders.values()), apart=is_linked) else _OWN
        if len(counts) - len(copied) < own * filled:
            if is_linked and len(counts) >= _GROUPS and _are_dragged(inspection, position, holders):
                yield _grouped(inspection, field, holders)
            continue
        for value, records in holders.items():
            if len({inspection.name_key(record) for record in records}) == 1:
                continue  # one person twice: LST108 says so
            if _IBAN.fullmatch(value) and frozenset.intersection(*(_names(inspection, each) for each in records)):
                continue  # a couple has one account
            if _SHORT.fullmatch(value) and not _are_neighbours(records):
                continue  # two of a few thousand codes may well be the same
            numbers = tuple(record.number for record in records)
            yield RawFinding(
                says=COPIED,
                values={
                    "people": inspection.people(numbers),
                    "header": Quoted(field.label, 40),
                    "cell": Quoted(value),
                },
                evidence=(field.name, value),
                record=records[0],
                field=field.name,
                others=numbers[1:],
                affected=numbers,
                excerpt=value,
            )


@also("LST123", Scope.TABLE)
def codes_that_count_up(inspection: Inspection) -> Iterator[RawFinding]:
    """Codes that a spreadsheet made by counting, in a column of codes that are in no order."""
    for position, field in _used(inspection):
        if is_secret(field.header):
            continue  # wherever a secret counts up, somebody can guess the next one
        codes = [(record, code) for record in inspection.records if (code := code_of(record.values[position]))]
        if len(codes) < max(_LEAST, 0.9 * sum(1 for record in inspection.records if record.values[position])):
            continue
        for start, end in codes_counted_up([code for _record, code in codes]):
            run = codes[start : end + 1]
            if frozenset.intersection(*(_names(inspection, record) for record, _code in run)):
                continue  # a family that has its tickets from one sale
            numbers = tuple(record.number for record, _code in run)
            first, code = run[0]
            yield RawFinding(
                says=COUNTED,
                values={
                    "people": inspection.people(numbers),
                    "header": Quoted(field.label, 40),
                    "cell": Quoted(code.group()),
                },
                evidence=(field.name, code.group()),
                record=first,
                field=field.name,
                others=numbers[1:],
                affected=numbers,
                excerpt=code.group(),
            )


@also("LST123", Scope.TABLE)
def addresses_that_count_up(inspection: Inspection) -> Iterator[RawFinding]:
    """Addresses of which a spreadsheet made the next ones: ines.petit1@, ines.petit2@ and so on, beside other names."""
    table, email = inspection.table, inspection.table.columns.email
    addresses = [table.value(record, email) for record in inspection.records] if email else []
    for first, last in addresses_counted_up(addresses):
        run = inspection.records[first : last + 1]
        stem = fold(addresses[first].rpartition("@")[0].rstrip("0123456789"))
        named = [record for record in run if any(len(word) > 3 and word in stem for word in _names(inspection, record))]
        if len(named) != 1 or 2 * len(run) > len(addresses):
            continue
        numbers = tuple(record.number for record in run)
        cell = table.value(run[0], email)
        yield RawFinding(
            says=COUNTED,
            values={
                "people": inspection.people(numbers),
                "header": Quoted(table.label(email), 40),
                "cell": Quoted(cell),
            },
            evidence=(email, cell),
            record=run[0],
            field=email,
            others=numbers[1:],
            affected=numbers,
            excerpt=cell,
        )


def _used(inspection: Inspection) -> Iterator[tuple[int, Field]]:
    """The columns that a letter uses, but for those of names and addresses, and their positions."""
    table = inspection.table
    known = {*table.columns.names, *table.columns.emails}
    for position, field in enumerate(table.fields):
        if field.name in inspection.used_fields and field.name not in known:
            yield position, field


def _names(inspection: Inspection, record: Record) -> frozenset[str]:
    """The words of somebody's name, in whatever columns it is."""
    return frozenset(fold(inspection.table.name_of(record)).split())


def _are_codes(header: str, values: list[str]) -> bool:
    """Whether nearly all values are links, or nearly all are codes, and not those of rooms or sessions."""
    sample = values[:400]
    links = sum(1 for value in sample if _LINK.fullmatch(value))
    codes = sum(1 for value in sample if _CODE.fullmatch(value) and not _NO_CODE.fullmatch(value))
    if is_secret(header):
        codes = sum(1 for value in sample if _CODE.fullmatch(value) or _WORD.fullmatch(value))
    elif are_drawn(sample) or all(map(_IBAN.fullmatch, sample)):
        return True
    elif is_of_a_thing(header):
        codes = 0  # two people may well have one room
    return max(links, codes) >= 0.9 * len(sample)


def _are_neighbours(records: list[Record]) -> bool:
    return any(other.number == one.number + 1 for one, other in pairwise(records))


def _is_one_block(several: list[list[Record]], *, apart: bool) -> bool:
    """Whether one value alone is in several rows, and those are one after another unless they may be apart."""
    return len(several) == 1 and (apart or _is_block(several[0]))


def _is_block(records: list[Record]) -> bool:
    return records[-1].number - records[0].number + 1 == len(records)


def _are_dragged(inspection: Inspection, position: int, holders: dict[str, list[Record]]) -> bool:
    """Whether each value is in a block of rows, and no other column has one value in each block, and not in all."""
    if not all(map(_is_block, holders.values())):
        return False
    for other in range(len(inspection.table.fields)):
        blocks = [{record.values[other] for record in records} for records in holders.values()]
        if other != position and all(len(values) == 1 for values in blocks) and len(set.union(*blocks)) > 1:
            return False
    return True


def _grouped(inspection: Inspection, field: Field, holders: dict[str, list[Record]]) -> RawFinding:
    """All the blocks of a column, told once."""
    value, records = next(iter(holders.items()))
    numbers = tuple(record.number for records in holders.values() for record in records)
    return RawFinding(
        says=GROUPED,
        values={
            "people": inspection.people(tuple(record.number for record in records)),
            "header": Quoted(field.label, 40),
            "cell": Quoted(value),
        },
        evidence=(field.name, "grouped", value),
        record=records[0],
        field=field.name,
        others=numbers[1:],
        affected=numbers,
        excerpt=value,
    )


def _of_secrets(inspection: Inspection, position: int, field: Field) -> Iterator[RawFinding]:
    """A code of one's own that everybody has, or that counts up."""
    records = [record for record in inspection.records if record.values[position]]
    cells = [record.values[position] for record in records]
    if len(cells) < _LEAST:
        return
    header = Quoted(field.label, 40)
    if len(set(cells)) == 1 and is_one_s_own(field.header):
        yield RawFinding(
            says=CONSTANT,
            values={"header": header, "cell": Quoted(cells[0])},
            evidence=(field.name, "constant", cells[0]),
            field=field.name,
            excerpt=cells[0],
        )
    runs = list(cells_counted_up(cells))
    if runs:
        first, _last = runs[0]
        counted = [records[at] for start, end in runs for at in range(start, end + 1)]
        yield RawFinding(
            says=GUESSED,
            values={
                "header": header,
                "cell": Quoted(cells[first]),
                "other_cell": Quoted(cells[first + 1]),
                "people": inspection.people(tuple(record.number for record in counted)),
            },
            evidence=(field.name, "counted", cells[first]),
            record=counted[0],
            field=field.name,
            others=tuple(record.number for record in counted[1:]),
            affected=tuple(record.number for record in counted),
            excerpt=cells[first],
        )
