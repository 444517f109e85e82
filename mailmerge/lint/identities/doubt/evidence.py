"""Whether words that make up a known name are that name, and not a street, a menu, or part of one's own name."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from mailmerge.lint.identities.doubt.longer_names import is_part_of_a_longer_name
from mailmerge.lint.identities.doubt.namesakes import names_a_thing
from mailmerge.lint.identities.doubt.ordinary import ARTICLES, ORDINARY
from mailmerge.lint.identities.doubt.organisations import names_an_organisation
from mailmerge.lint.identities.doubt.places import names_a_place
from mailmerge.lint.identities.joints import NUMBER_WORDS
from mailmerge.lint.identities.known_people import KnownPeople
from mailmerge.lint.identities.letters import WordRun, is_code
from mailmerge.lint.identities.reading import Reading, Token, WordGap
from mailmerge.lint.vocabulary import words
from mailmerge.text.folding import strip_accents
from mailmerge.text.regex import regex

_SMALL = words("a d l n c y le la les de du des un en au et il on ou to in on at of")
"""Words that are beside a number by chance: "à 2026" is no reference A2026."""
_SPACED = regex(
    rf"[^\S\n]{{0,2}}[-/.,_:#·|(\[]{{0,3}}[^\S\n]{{0,2}}(?:(?:{'|'.join(NUMBER_WORDS)})[°º]?[.:]?[^\S\n]{{0,2}})?"
)
"""What is between two groups of a reference that somebody set apart."""
_ENDS = regex(r"[^\S\n]*(?:[\n;)\]|]|\Z)")
_BEGINS = regex(r"(?:\A|[\n;:(\[|•·-])[^\S\n]*\Z")
"""What is around a name on its own, as in a list."""
_GOES_ON = regex(r"\s*(?:[,;/&+]|et|and|und|y|e|en|i)\s")
"""What is after the first of several."""
_SHORT = 2
"""Letters of a word that says nothing by itself."""


def is_meant(people: KnownPeople, reading: Reading, among: Sequence[Token], run: WordRun) -> bool:
    """Whether the words are what they may be; the run is one of words ``among`` those of the text."""
    if is_code(run.letters):
        return _is_reference(reading, among[run.start : run.end])
    return _is_name(people, reading, among, run)


def _is_name(people: KnownPeople, reading: Reading, among: Sequence[Token], run: WordRun) -> bool:
    """Whether the words are a person's name."""
    tokens = among[run.start : run.end]
    if len(tokens) == 1 and people.is_name_word(run.letters):
        return False  # Rosemary is a first name, not Mary Rose
    if is_part_of_a_longer_name(people, reading, among, run) or _has_an_ending(tokens):
        return False
    gaps = [token.gap for token in tokens[1:]]
    if WordGap.BARRIER in gaps:
        return False
    if WordGap.ASIDE in gaps and not (
        _is_surname_first(people, run, tokens, gaps) or _is_surname_aside(people, reading, run, tokens, gaps)
    ):
        return False
    if _is_described(people, tokens):
        return False
    if _is_ordinary(tokens) and not _has_evidence(reading, among, run, tokens):
        return False
    return not names_something_else(reading, tokens)


def _has_an_ending(tokens: Sequence[Token]) -> bool:
    """Whether a letter beside a name is the ending of a greeting, or a word, and no initial: Caro/a Martim Rebelo."""
    return len(tokens) > 2 and any(
        len(tokens[at].word) == 1 and not tokens[at].is_capital and tokens[1].is_capital for at in (0, -1)
    )


def names_something_else(reading: Reading, tokens: Sequence[Token]) -> bool:
    """Whether the words are the name of a place, an organisation or a thing that is called so."""
    before, after = reading.beside(tokens[0].start, tokens[-1].end)
    return (
        names_a_place(before, after)
        or names_an_organisation(before, after)
        or names_a_thing(before, after, of_one_text=reading.of_one_text)
    )


def _is_reference(reading: Reading, tokens: Sequence[Token]) -> bool:
    """Whether the words are a reference, written in one piece or in groups."""
    for before, token in pairwise(tokens):
        is_apart = token.gap > WordGap.COLUMN or any(map(str.isalpha, reading.text[before.end : token.start]))
        if is_apart and not _is_spaced(reading, before, token):
            return False
    return not any(
        not token.is_capital and token.word in _SMALL and reading.text[token.end].isspace() for token in tokens[:-1]
    )


def _is_spaced(reading: Reading, before: Token, token: Token) -> bool:
    """Whether two groups of a reference are apart by one sign and its blanks: RC - 10412, RC: 10412, RC (10412)."""
    says_little = len(before.word) < _SHORT or before.word in _SMALL
    return not says_little and _SPACED.fullmatch(strip_accents(reading.text[before.end : token.start])) is not None


def resolved(runs: Sequence[WordRun], own: Sequence[tuple[int, int]]) -> list[WordRun]:
    """The runs that are somebody else's, of those that overlap the longest one; ``own`` says where one's own words are.

    What lies wholly within one's own name as printed is one's own, and so is what one's own longer name overlaps.
    """
    taken: list[tuple[int, int]] = []
    kept: list[WordRun] = []
    for run in sorted(runs, key=lambda each: (each.start - each.end, each.start)):
        if is_covered(run, own) or any(start <= run.start and run.end <= end for start, end in taken):
            continue
        taken.append((run.start, run.end))
        kept.append(run)
    return sorted(kept)


def is_covered(run: WordRun, own: Sequence[tuple[int, int]]) -> bool:
    """Whether one's own words, as many or more, overlap a run."""
    size = run.end - run.start
    return any(start < run.end and run.start < end and end - start >= size for start, end in own)


def _is_surname_first(people: KnownPeople, run: WordRun, tokens: Sequence[Token], gaps: Sequence[WordGap]) -> bool:
    """Whether the one comma or bracket in a name is between the surname and the first name: Petit, Inès."""
    if gaps.count(WordGap.ASIDE) > 1:
        return False
    at = gaps.index(WordGap.ASIDE) + 1
    if any(token.is_capital for token in tokens[at:]) and not any(token.is_capital for token in tokens[:at]):
        return False  # "le tableau blanc, Hugo"
    before = "".join(token.word for token in tokens[:at])
    for owner in people.name_owners(run.letters)[:3]:
        for form in people.forms(owner):
            if "".join(form.words) == run.letters and form.surname == before:
                return not people.is_first_name(before)
    return False


def _is_surname_aside(
    people: KnownPeople, reading: Reading, run: WordRun, tokens: Sequence[Token], gaps: Sequence[WordGap]
) -> bool:
    """Whether the surname is set apart after the first name: Inès (Petit), Inès - Petit."""
    if gaps.count(WordGap.ASIDE) > 1:
        return False
    at = gaps.index(WordGap.ASIDE) + 1
    first, surname = (["".join(token.word for token in part)] for part in (tokens[:at], tokens[at:]))
    is_named = tokens[0].is_capital and any(token.is_capital for token in tokens[at:])
    if not is_named or people.is_first_name(*surname):
        return False
    if all(token.word in ORDINARY for token in tokens[at:]):
        return False  # "Hugo (Paris)"
    between = reading.text[tokens[at - 1].end : tokens[at].start]
    is_list = "," in between or ";" in between
    if ":" in between and _GOES_ON.match(reading.after(tokens[-1].end)):
        return False  # "Équipe Hugo : Martin, Zoé"
    if is_list and not (_ENDS.match(reading.after(tokens[-1].end)) and _BEGINS.search(reading.before(tokens[0].start))):
        return False  # "Hugo, Martin et Zoé" are three first names
    turned = "".join((*surname, *first))
    return any(
        "".join(form.words) == turned and form.surname == surname[0]
        for owner in people.name_owners(run.letters)[:3]
        for form in people.forms(owner)
    )


def _is_described(people: KnownPeople, tokens: Sequence[Token]) -> bool:
    """Whether small ordinary words are before a first name: "le petit Hugo"."""
    small = next((at for at, token in enumerate(tokens) if token.is_capital), 0)
    return (
        small > 0
        and all(token.word in ORDINARY for token in tokens[:small])
        and people.is_first_name("".join(token.word for token in tokens[small:]))
    )


def _is_ordinary(tokens: Sequence[Token]) -> bool:
    return all(token.word in ORDINARY or len(token.word) <= _SHORT for token in tokens)


def _has_evidence(reading: Reading, among: Sequence[Token], run: WordRun, tokens: Sequence[Token]) -> bool:
    """Whether something says that ordinary words are a name: a title, or capitals where none are due."""
    if any(token.titled for token in tokens):
        return True
    written = [reading.text[token.start : token.end] for token in tokens]
    if not all(token.is_capital for token in tokens):
        return False
    if len(written[0]) > 1 and written[0].isupper() and not any(map(str.isupper, written[1:])):
        return True  # PETIT, Juste
    if run.start:
        before = among[run.start - 1]
        if tokens[0].gap is WordGap.PLAIN and before.word in ARTICLES:
            return False
    between = {reading.text[one.end : other.start] for one, other in pairwise(tokens)}
    return between != {"-"} and WordGap.ASIDE not in [token.gap for token in tokens[1:]]
