"""Names in the lines of a list, a table or an export, with other columns between surname and first name."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from mailmerge.lint.identities.details import DetailFound
from mailmerge.lint.identities.doubt.ordinary import ORDINARY
from mailmerge.lint.identities.known_people import KnownPeople
from mailmerge.lint.identities.reading import plain_words
from mailmerge.text.regex import regex

_CELL = regex(r"[^\t|;]+")
_DASH = regex(r"\s(?:[-–—/•·]|->|→)\s")
"""What is between the cells of a line that somebody typed: Durand - Toulouse - Hugo."""
_DASH_END = regex(r"[-–—/•·>→]\s")
"""How it ends; few texts have it twice."""
_MOST_TYPED = 5
_LONGEST_CELL = 60
_OWNERS_SEEN = 200
_MOST_WORDS = 6


def rows_in(people: KnownPeople, text: str) -> Iterator[DetailFound]:
    """Lines in which one cell is a surname of the table and another the first name of the same person."""
    start = 0
    for line in text.split("\n"):
        if line.count("\t") + line.count("|") + line.count(";") >= 2:
            yield from _in_row(people, line, start)
        elif _is_typed_row(people, line):
            yield from _in_row(people, _DASH.sub(lambda dash: "|".center(len(dash.group())), line), start)
        start += len(line) + 1


def may_have_rows(text: str) -> bool:
    """Whether a line may be one of a list."""
    if text.count("\t") > 1 or text.count("|") > 1 or text.count(";") > 1:
        return True
    return len(_DASH_END.findall(text)) > 1 and len(_DASH.findall(text)) > 1


def _is_typed_row(people: KnownPeople, line: str) -> bool:
    """Whether a line has a few cells between dashes, of which two are names: more are a list of first names."""
    cells = _DASH.split(line)
    if not 3 <= len(cells) <= _MOST_TYPED:
        return False
    return sum(1 for cell in cells if people.is_name_word("".join(plain_words(cell)))) == 2


def _in_row(people: KnownPeople, line: str, offset: int) -> Iterator[DetailFound]:
    matches = list(_CELL.finditer(line))
    cells: dict[str, tuple[int, int]] = {}
    for at, match in enumerate(matches):
        words = plain_words(match.group()) if len(match.group()) <= _LONGEST_CELL or at in (0, len(matches) - 1) else []
        for letters in _readings(words, ends=at == 0, begins=at == len(matches) - 1):
            cells.setdefault(letters, match.span())
    for letters, (start, end) in cells.items():
        for owner in people.surname_owners(letters)[:_OWNERS_SEEN]:
            for form in people.forms(owner):
                if form.surname != letters:
                    continue
                first = "".join(form.words)[len(letters) :]
                if first not in cells or cells[first] == (start, end) or {first, letters} <= ORDINARY:
                    continue
                begin, stop = min(start, cells[first][0]), max(end, cells[first][1])
                yield DetailFound(form.key, offset + begin, offset + stop, people.name_owners("".join(form.words)))


def _readings(words: Sequence[str], *, ends: bool, begins: bool) -> Iterator[str]:
    """The letters of a cell; where a sentence goes over into a list, also of its last or first words."""
    if words and len(words) <= _MOST_WORDS:
        yield "".join(words)
    for count in range(1, min(len(words), _MOST_WORDS)):
        if ends:
            yield "".join(words[-count:])
        if begins:
            yield "".join(words[:count])
