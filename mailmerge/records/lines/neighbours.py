"""Tables of their own beside the people, with a blank column between: rooms, departments, a list of managers.

What is certainly one is left out and named. Columns that may be the people's as well, beyond a blank column, are kept
and named; where it is in doubt, and a letter uses one, the check asks.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from enum import Enum, auto

from msgspec import Struct

from mailmerge.i18n import listed, ngettext
from mailmerge.model import Columns, Defect, DefectKind, Field
from mailmerge.records.columns.fields import make_fields
from mailmerge.records.columns.headers import header_is_email, header_is_known
from mailmerge.records.grid import Cells, column_letters
from mailmerge.records.lines.certain_lines import is_certain_note, is_date, is_lone_word, total_in
from mailmerge.records.lines.line_words import is_quantity
from mailmerge.text.quotes import quotes

_FEW = 4
"""People from which on a single row beside the first of them is a table of its own."""
_MANY = 3
"""Rows below the people that are more than a total, a mean and a note."""
_TOTAL_OF = 2
"""Words that a total is of; what has more is a note: "NB : voir avec l'accueil"."""
_CHANCE = 10
"""People of whom as many as of the rows of another table are no chance."""


class Belonging(Enum):
    """Whose the columns beyond a blank column are."""

    OWN = auto()
    """They are certainly another table."""
    OPEN = auto()
    """They end before the people do: another table, or values that the last people lack."""
    LONGER = auto()
    """They go on below the people with words: another table, or a note below values of theirs."""
    SAME_LENGTH = auto()
    """They are as long as a few people are: theirs as a rule."""
    THEIRS = auto()
    """Nothing speaks for another table."""


class Neighbour(Struct, frozen=True):
    """The fields between two blank columns, and whose they are."""

    at: tuple[int, ...]
    """Positions of the fields in their table."""
    belonging: Belonging
    filled: int
    """Rows with something in them: beside the people, and below them where they are longer."""
    people: int


def neighbours_of(
    fields: Sequence[Field],
    rows: Sequence[Cells],
    columns: Columns,
    places: Sequence[int],
    hidden: Collection[int],
    above: Sequence[Cells],
    longer: Collection[int] = (),
) -> list[Neighbour]:
    """The columns beside those of the people.

    ``places`` are the positions of the fields in the file, between which blank columns may be, and ``hidden`` those of
    columns that only seem to be blank; ``above`` are the rows above the header. ``longer`` are the places of columns
    that went on below the people, before the rows there were left out as nobody's.
    """
    names = [field.name for field in fields]
    blocks = list(_blocks(places, hidden))
    if len(blocks) == 1 or columns.email not in names:
        return []
    email = names.index(columns.email)
    last = next((at for at in reversed(range(len(rows))) if "@" in rows[at][email]), -1)
    if last < 0:
        return []
    main = next(block for block in blocks if email in block)
    said = {at for at, name in enumerate(names) if name in columns.names or name in columns.emails}
    looks_so = any(said.intersection(block) and not _are_people(fields, block) for block in blocks if block is not main)
    longer_at = {at for at, place in enumerate(places) if place in longer}
    judged = []
    for block in blocks:
        if block is main:
            continue
        filled = [at for at, row in enumerate(rows) if any(row[column] for column in block)]
        higher = [row for row in above if _is_beside(row, [places[at] for at in block])]
        if not filled:
            if not higher:
                continue
            belonging = Belonging.OWN
        elif _are_people(fields, block) and _are_people(fields, main):
            belonging = Belonging.OWN
        elif said.intersection(block):
            continue
        elif higher and (
            any(is_quantity(fields[at].header) or is_date(fields[at].header) for at in block)
            or ((filled[0], filled[-1]) != (0, last) and _begins_higher(higher, places, block))
        ):
            belonging = Belonging.OWN
        else:
            belonging = _by_length(rows, block, filled, last, titled=any(fields[at].header for at in block))
        if belonging is Belonging.OWN and not _can_go(fields, block, places, email):
            belonging = Belonging.THEIRS  # the column that somebody chose would have another name
        if belonging is not Belonging.OWN and looks_so:
            continue  # blank columns are between all columns, or nearly all
        if belonging in (Belonging.SAME_LENGTH, Belonging.THEIRS) and not longer_at.isdisjoint(block):
            belonging = Belonging.LONGER
        beside = sum(at <= last for at in filled)
        judged.append(Neighbour(tuple(block), belonging, beside + (belonging is Belonging.LONGER), last + 1))
    return judged


def _blocks(places: Sequence[int], hidden: Collection[int]) -> Iterator[list[int]]:
    """The positions of the fields that are side by side."""
    block = [0]
    for at in range(1, len(places)):
        between = range(places[at - 1] + 1, places[at])
        if any(each not in hidden for each in between):
            yield block
            block = []
        block.append(at)
    yield block


def _are_people(fields: Sequence[Field], block: Sequence[int]) -> bool:
    """Whether columns have headers for names and for addresses, as a table of people has."""
    titles = [fields[at].header for at in block]
    mails = [title for title in titles if header_is_email(title)]
    return bool(mails) and any(header_is_known(title) for title in titles if title not in mails)


def _by_length(
    rows: Sequence[Cells], block: Sequence[int], filled: Sequence[int], last: int, *, titled: bool
) -> Belonging:
    """Whose columns are by which of the rows they fill; ``last`` is the row of the last person."""
    if not filled or len(filled) != filled[-1] - filled[0] + 1:
        return Belonging.THEIRS
    people = last + 1
    if not titled:
        is_theirs = (filled[0], filled[-1]) == (0, last) or len(filled) == 1
        return Belonging.THEIRS if is_theirs else Belonging.OWN
    if filled[0]:
        return Belonging.THEIRS
    below = [at for at in filled if at > last and _is_nobody(_others(rows[at], block))]
    if len(below) >= _MANY or any(_is_a_row(rows[at], block) for at in below):
        return Belonging.OWN
    if not all(any(rows[at][column] for at in filled) for column in block):
        return Belonging.THEIRS
    count = sum(at <= last for at in filled)
    has_total = any(total_in(rows[filled[-1]][column]) for column in block) and count > 1
    if count < people and (has_total or (count * 2 <= people and (count > 1 or people >= _FEW))):
        return Belonging.OWN
    if count < people:
        return Belonging.OPEN
    if any(_has_words(rows[at][column]) for at in below for column in block):
        return Belonging.LONGER
    return Belonging.SAME_LENGTH if 1 < people < _CHANCE else Belonging.THEIRS


def _is_nobody(cells: Sequence[str]) -> bool:
    """Whether what is below the people, beside another table, is nothing, or a total or note of theirs."""
    said = [cell for cell in cells if cell]
    return all(is_quantity(cell) or total_in(cell) or is_lone_word(cell) for cell in said)


def _others(row: Cells, block: Sequence[int]) -> list[str]:
    return [cell for at, cell in enumerate(row) if at not in block]


def _is_a_row(row: Cells, block: Sequence[int]) -> bool:
    """Whether cells below the people go on with a list, and are not the total of a column of theirs, or a note."""
    cells = [row[at] for at in block if row[at]]
    return any(
        not is_quantity(cell) and total_in(cell) is None and not is_certain_note(cell, alone=len(cells) == 1)
        for cell in cells
    )


def _has_words(cell: str) -> bool:
    """Whether a cell below a column is neither a figure nor the total of it."""
    if not cell or is_quantity(cell):
        return False
    total = total_in(cell)
    return total is None or len(total.of.split()) > _TOTAL_OF


def _is_beside(row: Cells, places: Collection[int]) -> bool:
    """Whether a row above the header has something at these places of the file only."""
    filled = {at for at, cell in enumerate(row) if cell}
    return bool(filled) and filled.issubset(places)


def _begins_higher(higher: Sequence[Cells], places: Sequence[int], block: Sequence[int]) -> bool:
    """Whether the rows above the header have titles of these columns, and the header is a row of theirs."""
    full = all(places[at] < len(higher[-1]) and higher[-1][places[at]] for at in block)
    return len(higher) > 1 or (len(block) > 1 and full)


def _can_go(fields: Sequence[Field], block: Sequence[int], places: Sequence[int], email: int) -> bool:
    """Whether the e-mail column keeps its identifier without these fields."""
    kept = [at for at in range(len(fields)) if at not in block]
    header = [""] * (places[-1] + 1)
    for at in kept:
        header[places[at]] = fields[at].header
    left = make_fields(tuple(header), [places[at] for at in kept])
    return left[kept.index(email)].name == fields[email].name


def without(rows: Sequence[Cells], positions: Collection[int]) -> list[Cells]:
    """The rows with the cells at these positions blank."""
    gone = frozenset(positions)
    return [tuple("" if at in gone else cell for at, cell in enumerate(row)) for row in rows]


def notice_of_neighbour(
    neighbour: Neighbour, fields: Sequence[Field], places: Sequence[int], rows: Sequence[Cells]
) -> str:
    """What to say of columns beside those of the people."""
    titles = [fields[at].header for at in neighbour.at if fields[at].header]
    titles = titles or [next(row[at] for row in rows if row[at]) for at in neighbour.at if any(r[at] for r in rows)]
    if neighbour.belonging is Belonging.OWN:
        template = ngettext(
            "column {letters} is left out, because a blank column separates it from the people and it is a table of its"
            " own: {titles}; if it belongs to the people, delete the blank column",
            "columns {letters} are left out, because a blank column separates them from the people and they are a table"
            " of their own: {titles}; if they belong to the people, delete the blank column",
            len(neighbour.at),
        )
    else:
        template = ngettext(
            "column {letters} is read as belonging to the people, although a blank column separates it from them:"
            " {titles}",
            "columns {letters} are read as belonging to the people, although a blank column separates them: {titles}",
            len(neighbour.at),
        )
    letters = [column_letters(places[at]) for at in neighbour.at]
    return template.format(letters=listed(letters), titles=quotes(titles))


def doubts_of(neighbours: Sequence[Neighbour], fields: Sequence[Field]) -> Iterator[Defect]:
    """The columns of which it is in doubt whose they are."""
    for neighbour in neighbours:
        if neighbour.belonging in (Belonging.OPEN, Belonging.LONGER, Belonging.SAME_LENGTH):
            for at in neighbour.at:
                values: dict[str, str | int] = {
                    "header": fields[at].header,
                    "filled": neighbour.filled,
                    "people": neighbour.people,
                }
                yield Defect(DefectKind.BEYOND_BLANK_COLUMN, values, field=fields[at].name)
