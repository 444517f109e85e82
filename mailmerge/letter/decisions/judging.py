"""What the conditions of a letter mean in a table: whom they decide wrongly about, and what to write instead.

The cells given here are as the condition sees them (:meth:`CellTest.seen`).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterable, Mapping, Sequence
from functools import lru_cache

from msgspec import Struct

from mailmerge.letter.decisions.answers import are_numbers, is_answer, is_zero, mean_the_same, means_yes, texts_of_no
from mailmerge.letter.decisions.comparisons import is_year, quoted, reads_as_number
from mailmerge.letter.decisions.deciding import Comparison, How, Literal, Ordering, Presence
from mailmerge.letter.values.dates import DayOrder, day_order, is_date, is_iso, iso_day
from mailmerge.text.folding import normalise, strip_accents
from mailmerge.text.regex import regex

_LISTED = 3
"""Texts of a column that a condition is advised to list; of more, those that it is not."""


def texts_taken_for_yes(presence: Presence, cells: Iterable[str], header: str) -> tuple[str, ...]:
    """The texts that say no, for which a condition that is only the cell is true.

    Nothing where the cell is printed as well, and so only a blank is to be left out; the number nought aside.
    """
    several = list(dict.fromkeys(cells))
    if presence.printed:
        return tuple(each for each in several if is_zero(each)) if are_numbers(several) else ()
    return texts_of_no(several, header)


def say_what_counts(presence: Presence, cells: Iterable[str], saying_no: Collection[str]) -> str:
    """The condition to write for a cell that is one by itself: ``cadre == 'oui'``."""
    counted = [each for each in dict.fromkeys(cells) if each.strip() and each not in saying_no]
    if len(counted) <= _LISTED and counted and not presence.negated:
        return is_one_of(presence.written, counted)
    return is_one_of(presence.written, ["", *saying_no], negated=not presence.negated)


def say_the_text(literal: Literal, cells: Iterable[str], header: str) -> str:
    """The condition to write for a cell that is compared with ``true``, ``false`` or ``none``."""
    several = [each for each in dict.fromkeys(cells) if each.strip()]
    no = texts_of_no(several, header)
    yes = [each for each in several if each not in no]
    yes = [each for each in yes if means_yes(each)] or yes
    meant = ["", *no] if literal.literal == "false" and not no else list(no) if literal.literal == "false" else yes
    if literal.literal == "none":
        meant = [""]
    if not meant or len(meant) > _LISTED:
        return is_one_of(literal.written, ["", *no], negated=(literal.literal == "true") != literal.negated)
    return is_one_of(literal.written, meant, negated=literal.negated)


def is_one_of(written: str, texts: Sequence[str], *, negated: bool = False) -> str:
    """A condition that a cell is one of some texts, or with ``negated`` none of them."""
    if len(texts) == 1:
        return f"{written} {'!=' if negated else '=='} {quoted(texts[0])}"
    return f"{written} {'not in' if negated else 'in'} [{', '.join(map(quoted, texts))}]"


_BLANKS = regex(r"[\s_]+")
_BETWEEN_LETTERS = regex(r"(?<=[^\W\d_])[-./'’]+(?=[^\W\d_])")
_ZEROS = regex(r"(?<![\d.,])0+(?=\d)")
_NO_FRACTION = regex(r"(?<=\d)[.,]0+(?!\d)")


@lru_cache(maxsize=4096)
def spelling_key(text: str) -> str:
    """What is equal for two spellings of one text: case, accents, blanks, hyphens and the full stop at its end aside.

    Signs that mean something stay: ``A+`` is not ``A``.
    """
    text = unicodedata.normalize("NFKC", strip_accents(normalise(text)))
    text = _BETWEEN_LETTERS.sub(" ", text.replace("’", "'"))
    text = _NO_FRACTION.sub("", _ZEROS.sub("", text))
    return _BLANKS.sub(" ", text.strip(" \t\n.,;:!\"'«»“”")).strip()


def other_spellings(
    comparison: Comparison, wanted: Collection[str], cells: Mapping[str, int] | Collection[str]
) -> dict[str, str]:
    """Cells that a comparison does not find, although they are a text that it looks for in another spelling.

    ``wanted`` are all the texts that are looked for in the column: what one of them is, its author knows of.
    """
    found: dict[str, str] = {}
    keys = {key: text for text in comparison.values if (key := spelling_key(text))}
    for cell in cells:
        if not cell.strip() or cell in wanted or _finds(comparison, cell):
            continue
        key = spelling_key(cell)
        if comparison.how is How.EQUAL:
            meant = keys.get(key, "")
            if not meant and (slip := _mistyped(key, keys)) and _is_rare(cell, slip, cells):
                meant = slip
        elif comparison.how is How.CONTAINS:
            meant = next((text for each, text in keys.items() if f" {each} " in f" {key} "), "")
        elif comparison.how is How.STARTS:
            meant = next((text for each, text in keys.items() if key.startswith(each)), "")
        else:
            meant = next((text for each, text in keys.items() if key.endswith(each)), "")
        if meant:
            found[cell] = meant
    return found


_LONG = 5
"""Letters of a word from which on another word that is one letter away is rather a typing error."""


def is_one_slip(one: str, other: str, least: int = _LONG) -> bool:
    """Whether one word of two texts differs in one letter, or in two that changed places: not ``A1`` and ``A2``."""
    both = (one.split(), other.split())
    if len(both[0]) != len(both[1]):
        return False
    pairs = [sorted(pair, key=len) for pair in zip(*both, strict=True) if pair[0] != pair[1]]
    if len(pairs) != 1:
        return False
    short, long = pairs[0]
    if len(short) < least or not (short + long).isalpha():
        return False
    if len(short) != len(long):
        return len(long) == len(short) + 1 and any(short == long[:at] + long[at + 1 :] for at in range(len(long)))
    wrong = [at for at in range(len(short)) if short[at] != long[at]]
    first, last = wrong[0], wrong[-1]
    changed_places = len(wrong) == 2 and last == first + 1 and short[first] == long[last] and short[last] == long[first]
    return len(wrong) == 1 or changed_places


def _mistyped(key: str, keys: Mapping[str, str]) -> str:
    """The text for which a cell is a typing error; another ending is none (:func:`cells_saying`)."""
    return next((text for each, text in keys.items() if is_one_slip(each, key) and not _inflected(each, key)), "")


_OFTEN = 5
"""How many times as often a text is in its column, at least, as a typing error that is made more than once."""


def _is_rare(cell: str, text: str, cells: Mapping[str, int] | Collection[str]) -> bool:
    """Whether a cell is one of a few, and no value in its own right, as Vendeuse is beside Vendeurs."""
    if not isinstance(cells, Mapping):
        return True
    return cells[cell] == 1 or cells[cell] * _OFTEN <= cells.get(text, 0)


def _finds(comparison: Comparison, cell: str) -> bool:
    return any(
        {How.EQUAL: cell == text, How.CONTAINS: text in cell, How.STARTS: cell.startswith(text),
         How.ENDS: cell.endswith(text)}[comparison.how]
        for text in comparison.values
    )  # fmt: skip


def other_words(comparison: Comparison, wanted: Collection[str], cells: Collection[str]) -> dict[str, str]:
    """Cells that a comparison does not find, although they say the same: in another word, number or gender."""
    if comparison.how is not How.EQUAL:
        return {}
    found = {cell: text for text in comparison.values for cell in cells_saying(text, cells) if cell not in wanted}
    return {cell: found[cell] for cell in cells if cell in found}


def _is_other_word(text: str, cell: str, filled: Collection[str]) -> bool:
    """Whether two texts mean the same; a single letter does only in a column of answers, or of genders."""
    short = len(text.strip()) == 1 or len(cell.strip()) == 1
    return mean_the_same(text, cell) and (not short or all(map(is_answer, filled)))


def cells_saying(text: str, cells: Collection[str]) -> list[str]:
    """The cells that say what a condition looks for, in another word, number or gender."""
    filled = {each for each in cells if each.strip()}
    is_only_a_pair = _only_a_pair(text, filled)
    return [
        cell
        for cell in cells
        if cell in filled and (_is_other_word(text, cell, filled) or (not is_only_a_pair and _inflected(text, cell)))
    ]


_ENDINGS = ("", "e", "s", "es")


def _inflected(text: str, cell: str) -> bool:
    """Whether two texts of one word differ only in gender and number: ``Refusé`` and ``Refusées``."""
    one, other = spelling_key(text), spelling_key(cell)
    stem = min(one, other, key=len)
    for ending in ("es", "s", "e"):
        if len(stem) - len(ending) >= 4 and stem.endswith(ending) and stem != max(one, other, key=len):
            stem = stem.removesuffix(ending) if not max(one, other, key=len).startswith(stem) else stem
    letters = stem.replace(" ", "").isalpha() and len(stem) >= 4
    return one != other and letters and {one.removeprefix(stem), other.removeprefix(stem)} <= set(_ENDINGS)


def _only_a_pair(text: str, filled: Collection[str]) -> bool:
    """Whether the column says nothing but the gender: ``Candidat`` and ``Candidate``."""
    return all(_inflected(text, cell) or spelling_key(cell) == spelling_key(text) for cell in filled)


class Misordered(Struct, frozen=True):
    """A comparison by order that goes by letters where dates or numbers are compared."""

    what: str
    """``dates``, ``numbers``, ``mixed`` (dates in two orders) or ``digits`` (anything else with digits in it)."""
    write: str = ""
    """What to write instead; ``""`` where nothing does it."""


def misordered(ordering: Ordering, cells: Collection[str], others: Collection[str] = ()) -> Misordered | None:
    """What is wrong with comparing these cells by order; None where it means what it says.

    ``others`` are the cells of the other column, where two are compared.
    """
    filled = [each for each in (*cells, *others) if each.strip()]
    text = ordering.text
    year = is_year(text)
    dates = [each for each in filled if is_date(each)]
    if is_date(text) or (dates and 2 * len(dates) >= len(filled) and (year or ordering.other)):
        return _dates(ordering, filled, dates, blank="" in {each.strip() for each in cells})
    if ordering.number or reads_as_number(text):
        return Misordered("numbers", f"{ordering.written}|float {ordering.operator} {text.strip().replace(',', '.')}")
    if filled and all(map(reads_as_number, filled)) and ordering.other:
        return Misordered(
            "numbers", f"{ordering.written}|float {ordering.operator} {ordering.other_written}|float"
        )  # two columns of numbers
    compared = [text] if text else list(others)
    wrong = any((one < other) != (_natural(one) < _natural(other)) for one in cells if one for other in compared)
    return Misordered("digits") if wrong else None


def _dates(ordering: Ordering, filled: Sequence[str], dates: Sequence[str], *, blank: bool) -> Misordered | None:
    year = is_year(ordering.text) and not ordering.number and ordering.operator in ("<", ">=")
    iso = all(map(is_iso, filled)) and (ordering.other or is_iso(ordering.text) or year)
    if iso and not (blank and ordering.operator in ("<", "<=")):
        return None
    order = day_order(dates)
    if order is None:
        return Misordered("mixed")
    how = "" if order is DayOrder.DAY_FIRST else "('month first')"
    cell = f"{ordering.written}|day{how}"
    if ordering.other:
        return Misordered("dates", f"{cell} {ordering.operator} {ordering.other_written}|day{how}")
    operator, wanted = ordering.operator, ordering.text.strip()
    if is_year(wanted):
        later = operator in (">", "<=")
        operator = {">": ">=", "<=": "<"}.get(operator, operator)
        wanted = f"{int(wanted) + later}-01-01"
    else:
        wanted = iso_day(wanted, order)
    condition = f"{cell} {operator} '{wanted}'"
    return Misordered("dates", f"{ordering.written} and {condition}" if blank else condition)


def _natural(text: str) -> list[tuple[int, str]]:
    return [(int(part), "") if part.isdecimal() else (-1, part) for part in re.split(r"(\d+)", text) if part]
