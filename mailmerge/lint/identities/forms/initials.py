"""An initial with a surname: "Mr N. Reed", "DURAND H.", and lists of "Zoé M.". Of one person alone, it says who."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from mailmerge.lint.identities.doubt.ordinary import ORDINARY
from mailmerge.lint.identities.forms.mononyms import mononyms_in
from mailmerge.lint.identities.forms.possessives import possessives_in
from mailmerge.lint.identities.forms.surnames import surnames_in
from mailmerge.lint.identities.known_people import KnownPeople
from mailmerge.lint.identities.names import NameForm
from mailmerge.lint.identities.reading import Reading, Token, WordGap
from mailmerge.lint.identities.what import Hit, What
from mailmerge.lint.vocabulary import words
from mailmerge.text.regex import regex

_MAY_BE = regex(r"[A-ZÀ-ÖØ-ÞŁŻŚŠŽÇĐİ](?<![^\W_].)(?:[.\s,;:)\-]|\Z)")
"""A capital by itself; no text without one is looked at closely."""
_M = regex(
    r"(\b(?:Mr|Mrs|Ms|Mme|Mlle|Monsieur|Madame|Herr|Frau|Sr|Sra|Sig|Dr)\.?\s)M(?=\.?[\s-])"
    r"|([^\W\d_]{2},?\s)M(?=\.(?!\s?[A-ZÀ-ÖØ-Þ]))"
)
_INITIAL_M = "\u2c6e"
"""An M after a title, or after a surname, is an initial; everywhere else it is a title."""
_PARTS = words(
    "annexe annex appendix groupe group gruppe grupo option batiment building salle room raum niveau level lot partie "
    "part teil section classe class klasse type plan hall porte gate quai ligne line point question categorie category "
    "vitamine hepatite serie bloc block aile zone case cas etape phase module equipe team permis"
)
"""A letter after one of these counts things, and begins no name."""
_BY = words("par by von signe signed de of para por per da di door przez y et and und pour for fur")
"""Words before the name of whoever signs."""
_MOST_WORDS = 4
_MOST_OWNERS = 20
"""A surname that more people have says nothing with an initial."""
_LISTED = 4
"""People whom a text names by first name and initial, from which on they are those of the table."""
_SIGNATURES = 2
"""People whom a text may name without a title because they sign it; more are a list."""


class InitialFound(NamedTuple):
    """An initial and a surname in a text."""

    key: str
    start: int
    end: int
    owners: tuple[int, ...]
    titled: bool


def initials_in(people: KnownPeople, text: str, *, signed: bool = False) -> list[Hit]:
    """Initials and surnames, and names with what is their bearer's, that are those of one person alone; ``signed`` of a
    text that its writers may sign."""
    listed = [*possessives_in(people, text), *mononyms_in(people, text)]
    listed += surnames_in(people, text) if signed else ()
    return listed + (_initials_in(people, text, signed=signed) if _MAY_BE.search(text) else [])


def _initials_in(people: KnownPeople, text: str, *, signed: bool) -> list[Hit]:
    marked = _M.sub(lambda found: f"{found[1] or found[2]}{_INITIAL_M}", text) if "M" in text else text
    reading = Reading(marked).without_addresses()
    found = list(_found(people, reading))
    if signed and len({each.owners for each in found}) <= _SIGNATURES:
        found = [each for each in found if each.titled or _is_within_sentence(reading, each)]
    found += _listed(people, reading)
    spans = ((each, *reading.excerpt(each.start, each.end)) for each in found)
    return [Hit(What.INITIAL, each.key, each.owners, text[at : at + len(said)], at) for each, said, at in spans]


def _found(people: KnownPeople, reading: Reading) -> Iterator[InitialFound]:
    """A letter that may be anything needs evidence: a title, or a point."""
    tokens = reading.tokens
    for at, token in enumerate(tokens):
        if not _is_initial(token):
            continue
        letters = [_letter(token)]
        after = at + 1
        while after < len(tokens) and _is_initial(tokens[after]) and tokens[after].gap is WordGap.PLAIN:
            letters.append(_letter(tokens[after]))
            after += 1
        if at and _is_initial(tokens[at - 1]) and token.gap is WordGap.PLAIN:
            continue  # M.-C. Le Gall was read from its M
        is_marked = token.titled or _has_point(reading, tokens[after - 1])
        counts_things = at > 0 and tokens[at - 1].word in _PARTS and token.gap is WordGap.PLAIN
        if is_marked and not counts_things:
            yield from _owned(people, letters, tokens[after : after + _MOST_WORDS], token, titled=token.titled)
        if token.gap <= WordGap.ASIDE:
            first = max(0, at - _MOST_WORDS)
            yield from _owned_before(people, reading, letters, tokens[first:at], tokens[after - 1])


def _listed(people: KnownPeople, reading: Reading) -> list[InitialFound]:
    """First names with the initial of a surname, "Zoé M., Paul K.", where they are a list: a few may be anybody's."""
    tokens = reading.tokens
    found: list[InitialFound] = []
    for at, token in enumerate(tokens[1:], 1):
        first = tokens[at - 1]
        if not _is_initial(token) or token.gap is not WordGap.PLAIN or not first.is_capital:
            continue
        after = tokens[at + 1] if at + 1 < len(tokens) else None
        if (
            after
            and after.gap is WordGap.PLAIN
            and after.is_capital
            and "\n" not in reading.text[token.end : after.start]
        ):
            continue  # Anna K. Meyer
        if not people.is_first_name(first.word):
            continue
        letter = _letter(token)
        owners = tuple(number for number in people.bearers(first.word) if letter in _begins(people, number))
        if len(owners) == 1:
            found.append(InitialFound(_key(people, owners), first.start, token.end, owners, titled=False))
    return found if len({each.owners for each in found}) >= _LISTED else []


def _begins(people: KnownPeople, number: int) -> set[str]:
    """How somebody's surnames begin."""
    return {form.surname[0] for form in people.forms(number) if form.surname}


def _is_within_sentence(reading: Reading, found: InitialFound) -> bool:
    """Whether a sentence names somebody, as no signature does: "Nous avons vu H. Durand"."""
    at = next(at for at, token in enumerate(reading.tokens) if token.start >= found.start)
    if not at or reading.tokens[at].gap is not WordGap.PLAIN:
        return False
    between = reading.text[reading.tokens[at - 1].end : found.start]
    before = reading.tokens[at - 1]
    return "\n" not in between and not before.is_capital and before.word not in _BY


def _is_initial(token: Token) -> bool:
    return len(token.word) == 1 and token.is_capital and token.word.isalpha()


def _letter(token: Token) -> str:
    return "m" if token.word == _INITIAL_M.lower() else token.word


def _has_point(reading: Reading, token: Token) -> bool:
    return reading.text[token.end : token.end + 1] == "."


def _owned(
    people: KnownPeople, letters: Sequence[str], following: Sequence[Token], initial: Token, *, titled: bool
) -> Iterator[InitialFound]:
    """A surname after its initial; the longest that somebody has."""
    found = None
    joined = ""
    for count, token in enumerate(following, 1):
        if token.gap is not WordGap.PLAIN or (count == 1 and not token.is_capital and len(token.word) > 3):
            break
        joined += token.word
        said = following[:count]
        is_name = any(each.is_capital for each in said) and (titled or any(each.word not in ORDINARY for each in said))
        if is_name and (owners := _owners(people, joined, letters) or _shortened(people, joined, letters)):
            found = InitialFound(_key(people, owners), initial.start, token.end, owners, titled)
    if found is not None:
        yield found


def _shortened(people: KnownPeople, surname: str, letters: Sequence[str]) -> tuple[int, ...]:
    """The one person whose surname has an initial for its beginning: K. B. Slimane."""
    return _owners(people, letters[-1] + surname, letters[:-1]) if len(letters) > 1 else ()


def _owned_before(
    people: KnownPeople, reading: Reading, letters: Sequence[str], before: Sequence[Token], initial: Token
) -> Iterator[InitialFound]:
    """A surname before its initial: DURAND H., Reed, N."""
    for first in range(len(before)):
        name = before[first:]
        if not name[0].is_capital and len(name[0].word) > 3:
            continue
        if any(token.gap is not WordGap.PLAIN for token in name[1:]):
            continue
        titled = any(token.titled for token in name)
        if not (titled or _has_point(reading, initial)):
            continue
        owners = _owners(people, "".join(token.word for token in name), letters)
        if owners and (titled or not all(token.word in ORDINARY for token in name)):
            yield InitialFound(_key(people, owners), name[0].start, initial.end, owners, titled)
            return


def _owners(people: KnownPeople, surname: str, letters: Sequence[str]) -> tuple[int, ...]:
    """The one person with this surname and a given name that begins so; none where several have."""
    bearers = people.surname_owners(surname) if len(surname) > 1 else ()
    if len(bearers) > _MOST_OWNERS:
        return ()
    found = tuple(number for number in bearers if _initials(people.forms(number), surname).issuperset(letters))
    return found if len(found) == 1 else ()


def _initials(forms: Sequence[NameForm], surname: str) -> set[str]:
    """The first letters of the given names beside a surname."""
    found: set[str] = set()
    for form in forms:
        if form.surname == surname:
            length = 0
            for word in form.words:
                if length >= len(surname):
                    found.add(word[0])
                length += len(word)
    return found


def _key(people: KnownPeople, owners: tuple[int, ...]) -> str:
    return people.forms(owners[0])[0].key
