"""What the words of a line say for certain: a total, a note, a page number, a signature; never a name."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal, InvalidOperation

from msgspec import Struct

from mailmerge.records.columns.headers import header_is_known, header_words, is_a_person
from mailmerge.records.lines import line_words
from mailmerge.records.lines.line_words import begins_a_note, is_quantity, total_words
from mailmerge.text.folding import fold
from mailmerge.text.regex import regex

_LONGEST_LABEL = 6
_SENTENCE = 5
_PHRASE = 3
_YEAR = 4
_GLUED = regex(r"\b([Vv])\.?(\d)")
""""v1.2", a version."""


class Total(Struct, frozen=True):
    """A cell that has a word for a total at its beginning or end."""

    of: str
    """What it is the total of; ``""`` for everything."""
    is_first: bool
    is_clear: bool
    """Whether the word is nobody's name."""
    has_figure: bool


def total_in(cell: str) -> Total | None:
    """The total that a cell is about; None where it is about none."""
    words = total_words(cell)
    if not words:
        return None
    figure = any(map(str.isdecimal, fold(cell).split())) or cell.rstrip().endswith((":", "="))
    if words[0] in line_words.SUBTOTAL:
        rest, is_first = words[1:], True
    elif words[-1] in line_words.SUBTOTAL:
        rest, is_first = words[:-1], False
    else:
        return None
    clear = words[0 if is_first else -1] not in line_words.NAMES_TOO
    if line_words.AFTER_TOTAL.issuperset(rest):
        return Total("", is_first, clear and words[0] in line_words.TOTAL, figure)
    while len(rest) > 1 and rest[0] in line_words.OF:
        rest = rest[1:]
    return Total(" ".join(rest), is_first, clear, figure)


def is_page(cells: Sequence[str]) -> bool:
    """Whether a line holds the number of a printed page, and nothing else but dates and figures."""
    pages = [
        cell for cell in cells if line_words.PAGE.fullmatch(fold(cell)) or line_words.BARE_PAGE.fullmatch(cell.strip())
    ]
    return bool(pages) and all(cell in pages or is_date(cell) or is_quantity(cell) for cell in cells)


def is_date(cell: str) -> bool:
    """Whether a cell is a day, with or without a place and a time: ``Toulouse, le 12 mars 2026``."""
    return line_words.DATE.fullmatch(fold(cell)) is not None


def is_phrase_of_total(cell: str) -> bool:
    """Whether a word for a total is followed by words in small letters: ``Somme des notes``."""
    total, words = total_in(cell), cell.split()
    return total is not None and total.is_clear and total.is_first and all(word == word.lower() for word in words[1:])


def is_certain_note(cell: str, *, alone: bool) -> bool:
    """Whether a cell is certainly no name; ``alone``: nothing else is in its line."""
    words = fold(cell).split()
    if not words:
        return True
    if mark := line_words.MARK.match(cell):
        rest = cell[mark.end() :].strip()
        return not may_be_name(rest) and (alone or len(rest.split()) > 1)
    if alone and (mark := line_words.SIGN.match(cell)):
        rest = cell[mark.end() :].strip()
        return bool(rest) and not rest[:1].isupper()
    if "://" in cell or cell.casefold().startswith("www."):
        return True
    if alone and (" ".join(words) in line_words.ALONE_CERTAIN or words[0] in line_words.CONFIDENTIAL):
        return True
    if is_date(cell) or line_words.COUNTED.fullmatch(" ".join(words)) or is_page([cell]):
        return True
    if alone and line_words.END.fullmatch(" ".join(words)):
        return True
    if label := line_words.LABEL.fullmatch(cell):
        return _is_label(label[1], label[2])
    if (begins_a_note(words, 2) and words[:2] != ["n", "b"]) or (begins_a_note(words) and _has_more(words)):
        return True
    return _is_sentence(cell, words)


def is_lone_word(cell: str) -> bool:
    """Whether a cell with nothing else in its line is a word for an end, a state or a version of the table: ``Fin``."""
    words = fold(_GLUED.sub(r"\1 \2", cell)).split()
    said = list(words)
    while len(said) > 1 and any(map(str.isdecimal, said[-1])):
        said.pop()
    text = " ".join(said)
    if len(words) > 1 and not line_words.DOCUMENT.isdisjoint(words[:2]):
        rest = [word for word in said if word not in line_words.DOCUMENT]
        plain = [word for word in rest if word not in line_words.AROUND_DOCUMENT and not word.isdecimal()]
        return all(len(word) == 1 for word in plain)
    return text in line_words.LONE and (len(said) < len(words) or text not in line_words.NUMBERED)


def is_heading(cell: str) -> bool:
    """Whether a cell with nothing else in its line is a heading of a group: ``Service RH``."""
    words = fold(cell).split()
    return len(words) > 1 and words[0] in line_words.GROUPS


def is_figure_with_words(cell: str) -> bool:
    """Whether a cell has figures, and words that are nobody's name: ``Q1 2026``, ``DRH - mars 2026``."""
    words = [word for word in cell.replace(",", " ").split() if word.isalpha()]
    figures = [word for word in fold(cell).split() if any(map(str.isdecimal, word))]
    if not figures or may_be_name(" ".join(words)):
        return False
    if any(len(word) == _YEAR and word.isdecimal() for word in figures):
        return True
    return any(word[:1].isupper() for word in words) and any(word[:1].islower() for word in words)


def is_signature(cell: str) -> bool:
    """Whether a cell begins as those do that are above a signature, or are one."""
    words = fold(cell).split()
    return any(words[: len(each)] == each for each in line_words.SIGNED)


def _is_label(label: str, value: str) -> bool:
    """Whether ``label: value`` says something about the table, and does not name somebody."""
    words = fold(label).split()
    if len(words) > _LONGEST_LABEL and not _is_sentence(f"{label} {value}", fold(f"{label} {value}").split()):
        return False
    if header_is_known(label) or is_a_person(label) or not line_words.PHONES.isdisjoint(header_words(label)):
        return False
    known = begins_a_note(words) or bool(words and words[-1] in line_words.BY)
    return known or not may_be_name(value)


def may_be_name(text: str) -> bool:
    """Whether a text has the form of somebody's whole name."""
    words = [word for word in text.split() if fold(word) not in line_words.PARTICLES]
    return len(words) > 1 and all(word[:1].isupper() and not any(map(str.isdecimal, word)) for word in words)


def _has_more(words: Sequence[str]) -> bool:
    return any(map(str.isdecimal, words)) or not line_words.FUNCTION_WORDS.isdisjoint(words[1:])


def _is_sentence(cell: str, words: Sequence[str]) -> bool:
    small_after_first = cell[:1].isupper() and cell[1:] == cell[1:].lower()
    if small_after_first and len(words) >= _PHRASE and not line_words.FUNCTION_WORDS.isdisjoint(words[1:]):
        return True
    if len(words) < _SENTENCE or line_words.FUNCTION_WORDS.isdisjoint(words):
        return False
    written = [word for word in cell.split() if fold(word) not in line_words.PARTICLES]
    small = sum(word[:1].islower() or word[:1].isdecimal() for word in written)
    return small * 2 >= len(written) and not (cell == cell.lower() and len(words) <= _SENTENCE)


def amount(cell: str) -> Decimal | None:
    """The number that a figure is; None for what is none. The last of comma and point before one or two digits, or
    where both are there, is the decimal mark.
    """
    if not is_quantity(cell):
        return None
    digits = "".join(character for character in cell if character in "0123456789.,-−")
    at = max(digits.rfind(","), digits.rfind("."))
    both = "," in digits and "." in digits
    if at >= 0 and (both or (digits.count(digits[at]) == 1 and len(digits) - at - 1 in (1, 2))):
        whole, fraction = digits[:at], digits[at + 1 :]
    else:
        whole, fraction = digits, ""
    plain = whole.replace(",", "").replace(".", "").replace("−", "-")
    try:
        return Decimal(f"{plain}.{fraction or 0}")
    except InvalidOperation:
        return None
