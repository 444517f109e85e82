"""Which columns hold the names, as far as their headers tell: the name that a person goes by, and the others.

A name at birth, or on official papers, is taken only where there is no other.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from mailmerge.model import Columns, Field
from mailmerge.records.columns import header_synonyms, headers, name_words
from mailmerge.records.columns.name_content import DISTINCT, are_several, looks_like_names
from mailmerge.records.columns.name_headers import (
    NameHeader,
    NamePart,
    Standing,
    is_called,
    rank_of,
    with_unknown_qualifier,
)
from mailmerge.text.folding import fold

Values = Callable[[Field], list[str]]


class _ByHeader:
    """The columns by what their headers say of names, those with something in them first."""

    def __init__(self, free: Sequence[Field], values: Values, about: frozenset[str]):
        self.values = values
        self.about = about
        self._found: dict[NameHeader, list[Field]] = {}
        for field in free:
            said = headers.name_header(field.header, about)
            if said and not _begin_with_figures(values(field)):
                self._found.setdefault(self._settled(field, said), []).append(field)
        for fields in self._found.values():
            fields.sort(key=lambda field: (not any(values(field)), rank_of(self.core(field))))
        self._settle_pair()
        self._settle_first_and_last(free)
        self._settle_given()
        self._settle_beside_surname(free)
        self._settle_persons()

    def core(self, field: Field) -> str:
        return headers.name_word(field.header, self.about)

    def get(self, part: NamePart, standing: Standing = Standing.PLAIN) -> list[Field]:
        return self._found.get(NameHeader(part, standing), [])

    def _settled(self, field: Field, said: NameHeader) -> NameHeader:
        """A word for any name ("Preferred name") made plain by what the column holds."""
        if said.part is not NamePart.NAME or said.standing is Standing.PLAIN:
            return said
        if are_several(self.values(field)):
            return NameHeader(NamePart.FULL, said.standing)
        core = self.core(field)
        called = said.standing is Standing.USUAL and is_called(core) and not core.startswith("nom ")
        return NameHeader(NamePart.FIRST if called else NamePart.LAST, said.standing)

    def _settle_pair(self) -> None:
        """ "Former" and "Actual" are surnames where both are there, and nothing else is called one."""
        former, usual = self.get(NamePart.UNSAID, Standing.FORMER), self.get(NamePart.UNSAID, Standing.USUAL)
        pair = [field for field in (*former, *usual) if looks_like_names(self.values(field))]
        if self.get(NamePart.LAST) or self.get(NamePart.NAME) or not former or not usual or len(pair) < 2:
            return
        for standing, fields in ((Standing.FORMER, former), (Standing.USUAL, usual)):
            self._found.setdefault(NameHeader(NamePart.LAST, standing), []).extend(f for f in fields if f in pair)

    def _settle_first_and_last(self, free: Sequence[Field]) -> None:
        """ "First" or "Name", and "Last", are names where both are there, and no other column is called one."""
        cores = {self.core(field): field for field in reversed(free)}
        pairs = [[cores[word] for word in words if word in cores] for words in name_words.PAIRS]
        pair = max(pairs, key=len)
        names = self.get(NamePart.NAME)
        if len(names) == len(pair) == 1 and self.core(names[0]) == "name" and self.core(pair[0]) == "last":
            pair = [*names, *pair]
            del self._found[NameHeader(NamePart.NAME)]
        if len(pair) < 2 or any(self.get(part) for part in (NamePart.FIRST, NamePart.LAST, NamePart.NAME)):
            return
        first, last = (self.values(field) for field in pair)
        if looks_like_names(first) and looks_like_names(last) and not _have_surnames(last, first):
            for fields in self._found.values():
                fields[:] = [field for field in fields if field not in pair]
            self._found[NameHeader(NamePart.FIRST)], self._found[NameHeader(NamePart.LAST)] = [pair[0]], [pair[1]]

    def _settle_given(self) -> None:
        """ "Name - First Name" is the first name where its cells do not hold the surnames of "Name - Last Name"."""
        lasts = [field for standing in Standing for field in self.get(NamePart.LAST, standing)]
        if not lasts:
            return
        for standing in Standing:
            fulls = self.get(NamePart.FULL, standing)
            given = [
                field
                for field in fulls
                if not name_words.GIVEN.isdisjoint(headers.header_words(field.header))
                and any(self.values(field))
                and not _have_surnames(self.values(field), self.values(lasts[0]))
            ]
            for field in given:
                fulls.remove(field)
                self._found.setdefault(NameHeader(NamePart.FIRST, standing), []).append(field)

    def _settle_beside_surname(self, free: Sequence[Field]) -> None:
        """ "Ad" is the first name beside "Soyad", "First" beside "Surname", where nothing else is called one."""
        if self.get(NamePart.LAST) and not any(self.get(part) for part in (NamePart.FIRST, NamePart.NAME)):
            found = [field for field in free if self.core(field) in name_words.ONLY_BESIDE_SURNAME]
            if found and looks_like_names(self.values(found[0])):
                is_whole = _have_surnames(self.values(found[0]), self.values(self.get(NamePart.LAST)[0]))
                self._found[NameHeader(NamePart.FULL if is_whole else NamePart.FIRST)] = found[:1]

    def _settle_persons(self) -> None:
        """A column called only "Mitarbeiter" holds the names where nothing else says so, and its content agrees."""
        persons = self._found.pop(NameHeader(NamePart.PERSON), [])
        if any(self.get(part) for part in (NamePart.FULL, NamePart.NAME, NamePart.LAST)):
            return
        for field in persons:
            cells = [cell for cell in self.values(field) if cell]
            if looks_like_names(cells) and _are_peoples(cells):
                self._found[NameHeader(NamePart.FULL if are_several(cells) else NamePart.LAST)] = [field]
                return


def _begin_with_figures(cells: Sequence[str]) -> bool:
    """Whether most of the filled cells are dates or numbers, under a header that may be above names: "Né(e) le", or a
    "Name" of ``#1001``.
    """
    filled = [cell.lstrip("#") for cell in cells if cell]
    return sum(cell[:1].isdigit() for cell in filled) * 2 > len(filled)


def _are_peoples(cells: Sequence[str]) -> bool:
    """Whether cells that look like names are those of people: not "chef de projet", not oui and non."""
    is_distinct = len(set(cells)) >= DISTINCT * len(cells)
    is_written_large = sum(not cell.islower() for cell in cells) >= 0.9 * len(cells)
    return (is_written_large or is_distinct) if are_several(cells) else (is_written_large and is_distinct)


def by_header(free: Sequence[Field], values: Values, about: frozenset[str]) -> Columns:
    """The columns of names as far as headers tell."""
    found = _ByHeader(free, values, about)
    usual, legal, former = Standing.USUAL, Standing.LEGAL, Standing.FORMER
    firsts = [*found.get(NamePart.FIRST)]
    lasts = [*found.get(NamePart.LAST)]
    names = found.get(NamePart.NAME)
    usual_lasts, legal_lasts = found.get(NamePart.LAST, usual), found.get(NamePart.LAST, legal)
    former_lasts = [*found.get(NamePart.LAST, former)]
    legal_firsts = found.get(NamePart.FIRST, legal)
    whole = [field for field in found.get(NamePart.FULL) if _is_full(field, values)]
    if names:
        name, core = names[0], found.core(names[0])
        is_french = core.startswith("nom") and not core.startswith("nome")
        surnames = [*lasts, *usual_lasts, *former_lasts]
        is_single = core in name_words.SINGLE_BESIDE_SURNAME and bool(lasts) and not are_several(values(name))
        is_catalan = core == "nom" and any(
            not name_words.CATALAN_SURNAMES.isdisjoint(found.core(field).split()) for field in surnames
        )
        is_word_for_it = is_catalan or core in name_words.GIVEN_BESIDE_SURNAME
        is_given = (is_single or (is_word_for_it and bool(surnames))) and not firsts
        if is_given and not _have_surnames(values(name), values(surnames[0])):
            firsts.append(name)
        elif _is_whole(values(name), [values(field) for field in (firsts or legal_firsts)[:1]], legal=not firsts):
            whole.append(name)
        elif is_given:
            firsts.append(name)
        elif (firsts or legal_firsts or found.get(NamePart.FIRST, usual)) and is_french:
            lasts.insert(0, name)
        elif not lasts:
            lasts.append(name)
    if not lasts and not usual_lasts and former_lasts:
        lasts = _present_beside(former_lasts, free, values, found)
    first, usual_first, other_firsts = _in_order(
        firsts[:1], found.get(NamePart.FIRST, usual), legal_firsts, found.get(NamePart.FIRST, former)
    )
    if not whole or lasts or usual_lasts or legal_lasts or (first and not _is_only_former(former_lasts, lasts)):
        last, usual_last, other_lasts = _in_order(lasts, usual_lasts, legal_lasts, former_lasts)
    else:
        last, usual_last, other_lasts = "", "", tuple(field.name for field in former_lasts)
    full, other_fulls = _full_name(found, whole, firsts, [*lasts, *usual_lasts], values)
    if not full and not (first and last) and other_fulls:
        full, other_fulls = other_fulls[0], other_fulls[1:]
    return Columns(
        "", first, last, full, "", "", usual_first, usual_last, other_lasts,
        other_first_names=other_firsts, other_full_names=other_fulls,
    )  # fmt: skip


def _have_surnames(cells: Sequence[str], surnames: Sequence[str]) -> bool:
    """Whether cells repeat the surnames beside them, as whole names do and given names of several words do not."""
    pairs = [(fold(cell), fold(surname)) for cell, surname in zip(cells, surnames, strict=True) if cell and surname]
    return sum(surname in cell for cell, surname in pairs) * 2 > len(pairs)


def _is_only_former(former: Sequence[Field], lasts: Sequence[Field]) -> bool:
    return bool(former) and not lasts


def _in_order(
    plain: Sequence[Field], usual: Sequence[Field], legal: Sequence[Field], former: Sequence[Field]
) -> tuple[str, str, tuple[str, ...]]:
    """The name that is used where nothing else is, the one that is used before it, and those that are only known."""
    known = [field.name for field in plain]
    used = [field.name for field in usual]
    others = [field.name for field in (*legal, *former)]
    if not known:
        known, used = used, []
    if not known:
        known, others = others[:1], others[1:]
    return (known or [""])[0], (used or [""])[0], tuple(dict.fromkeys((*known[1:], *used[1:], *others)))


def _present_beside(former: Sequence[Field], free: Sequence[Field], values: Values, found: _ByHeader) -> list[Field]:
    """The surname that a person goes by, qualified by words that are not known, beside one that is no longer used."""
    return [
        field
        for field in free
        if field not in former
        and may_hold_names(field)
        and headers.name_header(field.header, found.about) is None
        and with_unknown_qualifier(found.core(field))
        and looks_like_names(values(field))
    ][:1]


def _full_name(
    found: _ByHeader, whole: Sequence[Field], firsts: Sequence[Field], lasts: Sequence[Field], values: Values
) -> tuple[str, tuple[str, ...]]:
    """The column of whole names that is used, unless first name and surname say it better, and further ones."""
    others = [*found.get(NamePart.FULL, Standing.LEGAL), *found.get(NamePart.FULL, Standing.FORMER)]
    used = found.get(NamePart.FULL, Standing.USUAL)
    rest = [field.name for field in others]
    for field in used:
        is_shown = found.core(field) in name_words.DISPLAYED
        if not is_shown or not (firsts and lasts) or _differs(values(field), values(firsts[0])):
            return field.name, tuple(rest)
    if firsts and lasts:
        return "", tuple(rest)
    best = [*used, *whole]
    return (best[0].name if best else ""), tuple(rest)


def _differs(shown: Sequence[str], firsts: Sequence[str]) -> bool:
    """Whether somebody is shown by another first name than the one beside it."""
    pairs = ((fold(one).split(), fold(other).split()) for one, other in zip(shown, firsts, strict=True))
    return any(one and other and set(one).isdisjoint(other) for one, other in pairs)


def _is_whole(names: Sequence[str], firsts: Sequence[Sequence[str]], *, legal: bool = False) -> bool:
    """Whether a column called "name" holds full names: those that hold the first name beside them, or several words."""
    if not firsts or legal:
        return are_several(names)
    pairs = [(fold(name).split(), fold(first).split()) for name, first in zip(names, firsts[0], strict=True)]
    comparable = [(name, first) for name, first in pairs if name and first]
    return sum(len(n) > len(f) and set(f) <= set(n) for n, f in comparable) * 2 > len(comparable)


_SAY_SO = frozenset({"nom", "noms", "name", "fullname", "displayname"})


def _is_full(field: Field, values: Values) -> bool:
    """Whether a column whose header may be a word for the whole name holds such names."""
    cells = [cell for cell in values(field) if cell]
    said = headers.header_words(field.header)
    if cells and headers.is_a_person(field.header) and not _are_peoples(cells):
        return False
    says_so = header_synonyms.EITHER.isdisjoint(said) and not _SAY_SO.isdisjoint(said)
    return not cells or (looks_like_names(cells, 0.5) and (says_so or are_several(cells)))


def may_hold_names(field: Field) -> bool:
    """Whether no word of a header says that the column holds something else."""
    said = headers.header_words(field.header)
    return header_synonyms.NOT_NAMES.isdisjoint(said) and name_words.LOGINS.isdisjoint(said)
