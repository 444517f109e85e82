"""Cells that are filled in and say that there is no value: ``-``, ``N/A``, ``à compléter``, ``[prénom]``.

What a cell says depends on its column: NA is Namibia among FR and DE, Null is a surname among surnames, and 0 is a
number among numbers. So a column is judged as a whole.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from enum import StrEnum
from functools import lru_cache

from mailmerge.records.cells import no_value_words
from mailmerge.text.folding import fold, normalise, strip_accents
from mailmerge.text.regex import regex
from mailmerge.text.shown import invisible_in


class NoValue(StrEnum):
    """What is in a cell in place of a value."""

    UNSEEN = "unseen"
    """Only characters that nobody sees."""
    SAID = "said"
    """A mark or a word that says that there is none."""
    LIKELY = "likely"
    """A word that may say so, and may be a value."""


_FEW = 5
"""Blanks are exceptions if at most one row in this many has one."""
_LONGEST = 60
_MARKS = frozenset("-−–—―‐‑‒_.…·•?¿!¡/\\|~=:;,'\"«»()[]<>{}^`´° \t")
_EDGES = "".join(sorted(_MARKS)) + "*‘’“”"
_BRACKETED = regex(r"(?:\[[^\[\]]+\]|<{1,2}[^<>@]+>{1,2}|\{{1,2}[^{}]+\}{1,2}|«[^«»]+»|%[^\W\d_]+%|\$\{?[^\W\d_]+\}?)")
_PART = r"(?:j{1,2}|d{1,2}|t{1,2}|g{1,2}|x{1,2}|m{1,2}|_{1,2}|\.{2}|0{2}|\?{1,2})"
_YEAR = r"(?:a{2,4}|y{2,4}|j{2,4}|r{2,4}|x{2,4}|_{2,4}|\.{2,4}|\?{2,4})"
_PATTERN_OF_DATE = regex(
    rf"{_PART}[/.\- ]+{_PART}[/.\- ]+(?:{_YEAR}|\d{{4}})|{_YEAR}[/.\-]+{_PART}[/.\-]+{_PART}|hh ?[h:] ?mm(?: ?: ?ss)?",
)
_ZERO_DATE = regex(
    r"0{1,2}[./-]0{0,1}[01][./-](?:19)?00|0{1,2}[./-]0{1,2}[./-]0{2,4}|0{4}-0{2}-0{2}|3[01][./-]12[./-]1899"
    r"|12/3[01]/1899|1899-12-3[01]|1900-01-0[01]|0?1[./-]0?1[./-](?:1900|0001)|0001-01-01"
)
_OF_PROGRAMS = frozenset({"None", "none", "NaN", "nan", "undefined"})
"""What programs write for nothing, as they write it."""
_ZERO = regex(r"0+(?:[.,]0+)?")
_DATE = regex(r"\d{1,4}[./-]\d{1,2}[./-]\d{1,4}|\d{1,2}[.]? [^\W\d_]{3,}\.?(?: de)? \d{4}|\d{1,2} ?[h:] ?\d{0,2}")
SPREADSHEET_ERROR = regex(
    r"#(?:N/[AD]|NV\b|GETTING_DATA|(?:NOM|NAME)[ \u00a0\u202f]?\?"
    r"|(?:REF|VALEUR|VALUE|DIV/0|NUL|NULL|NOMBRE|NUM|CALC|CALCUL|SPILL|EPARS|PROPAGATION|WERT|BEZUG|ZAHL)"
    r"[ \u00a0\u202f]?!)|^#{3,}$|^Err:\d{3}$",
    re.IGNORECASE,
)
"""What a spreadsheet shows where a formula has no value."""
_WITH_DIGITS = 0.8
_ALIKE = 0.4
"""The share of the other cells of a column that makes a cell one of their kind."""


def no_values(cells: Mapping[str, int], *, of_names: bool) -> dict[str, NoValue]:
    """The cells of a column that say that there is no value; ``cells`` are its texts, each with how often it occurs."""
    suspects = {cell: key for cell in cells if cell and (key := _suspicious(cell)) is not None}
    if of_names:
        suspects |= {cell: cell for cell in cells if " " in cell and _is_half_given(cell)}
    if not suspects:
        return {}
    others = {cell: count for cell, count in cells.items() if cell and cell not in suspects}
    found = {}
    for cell, key in suspects.items():
        verdict = _name_verdict(cell, key, others) if of_names else _verdict(cell, key, others)
        if verdict is not None and not _is_in_brackets_as_others(cell, cells):
            found[cell] = verdict
    return found


def _suspicious(cell: str) -> str | None:
    """What is left of a cell that may say that there is no value, folded; None for any other."""
    if len(cell) > _LONGEST:
        return None
    if cell[0].isalpha() and cell.isascii():
        low = cell.lower().rstrip(_EDGES)
    elif not cell.isascii():
        shown = normalise(cell).strip().strip("\u2800")
        low = strip_accents(shown).strip(_EDGES)
        cell = shown
    else:
        low = cell.lower().strip(_EDGES)
    if not low:
        return "" if _MARKS.issuperset(cell) else None
    if low in no_value_words.WORDS or low in no_value_words.SURNAMES or low in no_value_words.SHORT or _short(low):
        return low
    if " " in low and (low.endswith(no_value_words.OPEN) or low.startswith(no_value_words.OPEN)):
        return low if _is_open(low) else None
    if cell[0] in "[<{«%$" and _BRACKETED.fullmatch(cell):
        return low
    if len(cell) <= 12 and (_is_zero(cell) or _ZERO_DATE.fullmatch(cell) or _PATTERN_OF_DATE.fullmatch(cell.lower())):
        return low
    return low if low in ("xx", "yy", "zz") else None


def _is_half_given(name: str) -> bool:
    """Whether a name of several words begins or ends with something in place of one: "Jean ?", "N/A Dupont"."""
    said = name.split()
    for word in (said[0], said[-1]):
        if word[0].isalpha() and word.isalpha():
            if word.lower() in _NO_NAMES:
                return True
        elif _MARKS.issuperset(word) or _short(word.lower().strip(_EDGES)) == "na":
            return True
    return False


_NO_NAMES = frozenset(
    {"xxx", "xxxx", "tbd", "tbc", "unknown", "inconnu", "inconnue", "unbekannt", "null", "nan", "none"}
)


@lru_cache(maxsize=1024)
def _is_open(low: str) -> bool:
    """Whether an instruction is all of a cell, or the end or the beginning of a few words."""
    said = low.split()
    return len(said) <= 7 and any(
        said[-len(each) :] == each or said[: len(each)] == each for each in map(str.split, no_value_words.OPEN)
    )


def _short(low: str) -> str:
    """An abbreviation of which the letters are apart: ``na`` of "n / a"; ``""`` for anything else."""
    if len(low) > 8 or low.isalnum():
        return ""
    letters = "".join(low.replace("/", " ").replace(".", " ").split())
    return letters if letters in no_value_words.SHORT else ""


def _is_zero(cell: str) -> bool:
    return cell[0] == "0" and bool(_ZERO.fullmatch(cell))


def _verdict(cell: str, key: str, others: Mapping[str, int]) -> NoValue | None:
    if not key:
        return _of_marks(cell, others)
    if _is_zero(cell):
        return None if not others or _share(others, _is_number) >= 1 - _ALIKE / 2 else _of_zero(others)
    if key in no_value_words.SHORT and key not in no_value_words.ALWAYS_SHORT:
        if _share(others, lambda other: _shape(other) == _shape(cell)) >= _ALIKE:
            return None
        return NoValue.LIKELY if key in no_value_words.RARELY_SHORT or not others else NoValue.SAID
    if key in no_value_words.STATES:
        return NoValue.LIKELY if _share(others, _has_digit) >= _WITH_DIGITS else None
    if len(set(key)) == 1 and _share(others, lambda other: _is_code(other, cell)) >= _ALIKE:
        return None
    if key == "todo" or key in no_value_words.MAYBE or (key not in no_value_words.OPEN and _is_open(key)):
        return NoValue.LIKELY
    return NoValue.SAID


def _is_in_brackets_as_others(cell: str, cells: Mapping[str, int]) -> bool:
    """Whether a cell is in brackets in a column that has other texts in brackets: ``[Paris]`` beside ``[Lyon]``."""
    if not _BRACKETED.fullmatch(cell):
        return False
    others = {other: count for other, count in cells.items() if other and other != cell}
    return _share(others, lambda other: bool(_BRACKETED.fullmatch(other))) >= _ALIKE


def _name_verdict(cell: str, key: str, others: Mapping[str, int]) -> NoValue | None:
    """The same, where the cells are people's names."""
    if cell in _OF_PROGRAMS or " " in key:
        return NoValue.SAID
    if key in no_value_words.STATES:
        return NoValue.LIKELY if cell.islower() else None
    if key in no_value_words.SURNAMES or (key in no_value_words.SHORT and key not in no_value_words.ALWAYS_SHORT):
        is_short = key in no_value_words.SHORT
        if not cell.isalpha():
            return NoValue.SAID
        if _is_title(cell):
            return None if is_short else NoValue.LIKELY
        fits = _share(others, str.isupper if cell.isupper() else str.islower) >= _ALIKE
        return NoValue.LIKELY if fits else NoValue.SAID
    if _short(key) and _share(others, lambda other: _shape(other) == _shape(cell)) >= _ALIKE:
        return None  # initials among initials
    return _of_marks(cell, {}) if not key else NoValue.SAID


def _of_marks(cell: str, others: Mapping[str, int]) -> NoValue | None:
    if len(invisible_in(cell)) + cell.count("\u2800") + cell.count(" ") == len(cell):
        return NoValue.UNSEEN
    signs = _share(others, lambda other: not any(map(str.isalnum, other)))
    return None if signs >= _ALIKE else NoValue.SAID  # "-" among "+" and "++"


def _of_zero(others: Mapping[str, int]) -> NoValue | None:
    numbers = _share(others, _is_number)
    return NoValue.SAID if numbers <= _ALIKE / 2 else None


def _is_number(cell: str) -> bool:
    """Whether a cell is an amount, a grade, a duration: something of which there may be none."""
    first = cell.lstrip("+-−~< €$£")[:1]
    return first.isdecimal() and not _DATE.match(cell)


def _is_code(cell: str, like: str) -> bool:
    """Whether a cell is a code in capitals of about that length: a size, a class, a Roman numeral."""
    return cell.isalpha() and cell.isupper() == like.isupper() and abs(len(cell) - len(like)) <= 2


def _has_digit(cell: str) -> bool:
    return any(map(str.isdecimal, cell))


def _is_title(cell: str) -> bool:
    return cell[:1].isupper() and cell[1:].islower()


def _shape(cell: str) -> str:
    return "".join("A" if c.isupper() else "a" if c.isalpha() else "9" if c.isdigit() else c for c in cell)


def _share(cells: Mapping[str, int], holds: Callable[[str], bool]) -> float:
    """The share of the cells for which something holds."""
    total = sum(cells.values())
    return _count(cells.items(), holds) / total if total else 0.0


def _count(cells: Iterable[tuple[str, int]], holds: Callable[[str], bool]) -> int:
    return sum(count for cell, count in cells if holds(cell))


def is_answer(header: str, cell: str) -> bool:
    """Whether a cell answers, in a column that asks what somebody needs, that it is nothing: "none" of a diet."""
    return fold(cell) in no_value_words.NOTHING_NEEDED and not no_value_words.NEEDS.isdisjoint(fold(header).split())


def are_exceptions(blanks: int, rows: int) -> bool:
    """Whether this many blanks in a column are exceptions: one among three rows or more, or one row in five."""
    return rows >= blanks * _FEW or (blanks == 1 and rows >= _FEW // 2 + 1)
