"""Names whose parts are linked by a word: "Hugo né Durand", "Inès Martin alias Durand", "Durand dit Hugo"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from mailmerge.lint.identities.details import DetailFound
from mailmerge.lint.identities.doubt.ordinary import ORDINARY
from mailmerge.lint.identities.joints import LINK
from mailmerge.lint.identities.known_people import KnownPeople
from mailmerge.lint.identities.names import NOBLE, PARTICLES, NameForm
from mailmerge.lint.vocabulary import words
from mailmerge.text.folding import fold
from mailmerge.text.regex import regex
from mailmerge.text.titles import TITLES

_WORD = regex(r"[^\W\d_]+")
_BREAK = regex(r"(?<![^\W_][^\W_])(?<=\w)[.]\s(?=\s)|(?<=[^\W_]{2})[.!?]\s|\n[ \t]*\n|\n[ \t]*[-*•]\s|[;|]\s|¦")
_ASIDE = regex(
    r"(?:\([^()\n]{1,30}\)|\[[^\[\]\n]{1,30}\]|\"[^\"\n]{1,30}\"|“[^“”\n]{1,30}[”“]|„[^„“”\n]{1,30}[“”]|«[^«»\n]{1,30}»|"
    r"'(?<=[^\S\n].)[^\W\d_]{2,20}['’](?=\s)|‘(?<=[^\S\n].)[^\W\d_]{2,20}['’](?=\s))[^\S\n]{0,3}(?=[^\W\d_])"
)
"""What is said of somebody between the two names: Inès (Néné) Petit, Inès "Néné" Petit."""
_CALLED = regex(
    r"\b(?:dite?|alias|aka|genannt|dett[oa]|zwan[ya]|apodad[oa]|genaamd|dit[oa])[^\S\n]{1,3}[^\W\d_]{2,20},?[^\S\n]{0,3}"
    r"(?=[^\W\d_])",
    re.IGNORECASE,
)
"""The same in words: Inès dite Néné Petit."""
_FOLLOWS = regex(r"[^\W\d_](?:[^\S\n]{0,3},)?[^\S\n]{0,3}\Z")
_SIGNS = ("(", "[", '"', "“", "„", "«", " '", " ‘")
_CALLS = words("dit dite dito dita alias aka genannt detto detta zwany zwana apodado apodada genaamd")
_ANOTHER = regex(r"\s*[(\[]")
_NEAR = 60
"""Characters before and after the link."""
_MOST_WORDS = 5
_MOST_OWNERS = 200

Word = tuple[str, int, int, bool]
"""Folded, where it is, and whether it begins as a name does."""


def linked_in(people: KnownPeople, text: str) -> Iterator[DetailFound]:
    """Names of which one part is before a linking word and the other after it."""
    for link in LINK.finditer(text):
        start = max(0, link.start() - _NEAR)
        breaks = [found.end() for found in _BREAK.finditer(text, start, link.start())]
        before = list(_words(text, breaks[-1] if breaks else start, link.start()))[-_MOST_WORDS:]
        end = min(len(text), link.end() + _NEAR)
        stop = _BREAK.search(text, link.end(), end)
        after = list(_words(text, link.end(), stop.start() if stop else end))[:_MOST_WORDS]
        if before and after and _begins_as_name(after):
            yield from _surname_after(people, before, after)
            yield from _surname_before(people, before, after)


def parted_in(people: KnownPeople, text: str, said: Sequence[str]) -> Iterator[DetailFound]:
    """Names with something in brackets, in quotation marks or in words between the parts; ``said`` are the folded
    words of the text, by which most texts are known to have none."""
    asides = list(_ASIDE.finditer(text)) if any(sign in text for sign in _SIGNS) else []
    asides += () if _CALLS.isdisjoint(said) else _CALLED.finditer(text)
    for aside in asides:
        start = max(0, aside.start() - _NEAR)
        if not _FOLLOWS.search(text, start, aside.start()):
            continue
        breaks = [found.end() for found in _BREAK.finditer(text, start, aside.start())]
        before = list(_words(text, breaks[-1] if breaks else start, aside.start()))[-_MOST_WORDS:]
        stop = _BREAK.search(text, aside.end(), aside.end() + _NEAR)
        after = list(_words(text, aside.end(), stop.start() if stop else aside.end() + _NEAR))[:_MOST_WORDS]
        if not before or not after or not _begins_as_name(after):
            continue
        for each in (*_beside(people, before, after), *_surname_before(people, before, after)):
            if not _ANOTHER.match(text, each.end):  # "Zoé (5 ans) Hugo (7 ans)" are two children
                yield each


def _beside(people: KnownPeople, before: Sequence[Word], after: Sequence[Word]) -> Iterator[DetailFound]:
    """The given name right before, and the surname right after."""
    for surname, end in _beginnings(after):
        for first, form in _given_names(people, surname):
            for at, (_word, start, _end, is_capital) in enumerate(before):
                if is_capital and "".join(word for word, *_where in before[at:]) == first:
                    yield _found(people, form, start, end)


def _begins_as_name(some: Sequence[Word]) -> bool:
    """Whether words begin with a capital, or with a particle before one."""
    at = next((at for at, (_word, _start, _end, is_capital) in enumerate(some) if is_capital), None)
    return at is not None and all(word in PARTICLES or word in NOBLE for word, *_where in some[:at])


def _words(text: str, start: int, end: int) -> Iterator[Word]:
    for match in _WORD.finditer(text, start, end):
        for word in fold(match.group()).split():
            if word not in TITLES:
                yield word, match.start(), match.end(), not match.group()[0].islower()


def _surname_after(people: KnownPeople, before: Sequence[Word], after: Sequence[Word]) -> Iterator[DetailFound]:
    """Hugo né Durand; another surname may be before the link: Inès Martin née Durand."""
    for surname, end in _beginnings(after):
        for first, form in _given_names(people, surname):
            for at in range(len(before) - 1, -1, -1):
                if before[at][3] and any(joined == first for joined, _end in _beginnings(before[at:])):
                    yield _found(people, form, before[at][1], end)
                    break


def _surname_before(people: KnownPeople, before: Sequence[Word], after: Sequence[Word]) -> Iterator[DetailFound]:
    """Durand dit Hugo."""
    given = dict(_beginnings(after))
    for at in range(len(before)):
        surname = "".join(word for word, *_where in before[at:])
        for first, form in _given_names(people, surname):
            if first in given and before[at][3]:
                yield _found(people, form, before[at][1], given[first])


def _beginnings(some: Sequence[Word]) -> Iterator[tuple[str, int]]:
    joined = ""
    for word, _start, end, _is_capital in some:
        joined += word
        yield joined, end


def _given_names(people: KnownPeople, surname: str) -> Iterator[tuple[str, NameForm]]:
    """The given names of those with a surname, and the form in which it is first."""
    for owner in people.surname_owners(surname)[:_MOST_OWNERS]:
        for form in people.forms(owner):
            first = "".join(form.words)[len(surname) :]
            if form.surname == surname and len(first) > 1 and not ({first, surname} <= ORDINARY):
                yield first, form


def _found(people: KnownPeople, form: NameForm, start: int, end: int) -> DetailFound:
    return DetailFound(form.key, start, end, people.name_owners("".join(form.words)))
