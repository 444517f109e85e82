"""Which domains can be: endings that exist, and the provider that a mistyped domain was meant to be."""

from __future__ import annotations

from functools import lru_cache
from importlib.resources import files

from mailmerge.lint.vocabulary import FREE_MAIL, words

RESERVED = words("test example invalid localhost local onion internal")
"""Endings that are no public ones: RFC 2606, 6761, 6762 and 7686, and what ICANN keeps for private use."""
_SLIPS_OF_COM = words("co cm om mc ocm cmo cim con vom xom")
"""Endings that are typed for ``com``; some are countries."""
_NAME_WORTH = 4
"""Letters of a provider's name from which on one letter more or less is a slip."""
_LONG_NAME = 7
"""Letters from which on two are."""
_FARTHEST_ENDING = 2
"""Letters of an ending that may be wrong at once."""


@lru_cache(maxsize=1)
def top_level_domains() -> frozenset[str]:
    """Every top-level domain that there is, in A-labels, by IANA's list; its date is in the file."""
    text = files("mailmerge.lint").joinpath("tlds.txt").read_text(encoding="ascii")
    return words(" ".join(line for line in text.splitlines() if not line.startswith("#")))


def ending_exists(domain: str) -> bool:
    """Whether a domain, in A-labels, ends as a domain can."""
    ending = domain.rpartition(".")[2].casefold()
    return ending in top_level_domains() or ending in RESERVED


@lru_cache(maxsize=8192)
def meant_provider(domain: str) -> str:
    """The provider whose domain was probably meant; ``""`` where the domain is plausible, or nobody can tell.

    Name and ending are repaired together (``gmaill.con`` is ``gmail.com``), and only a known provider is proposed:
    the domains of typing errors belong to people who collect other people's mail.
    """
    domain = domain.casefold()
    if domain in FREE_MAIL or "." not in domain:
        return ""
    name, _, ending = domain.rpartition(".")
    exists = ending_exists(domain) and not (ending in _SLIPS_OF_COM and ending != "com")
    cost, _usual, best = min(
        (_cost(name, ending, provider, exists=exists), not provider.endswith((".com", ".fr")), provider)
        for provider in FREE_MAIL
    )
    return best if cost < _IMPOSSIBLE else ""


_IMPOSSIBLE = 99


def _cost(name: str, ending: str, provider: str, *, exists: bool) -> int:
    """How far a domain is from a provider's, :data:`_IMPOSSIBLE` where it is too far to be a slip."""
    its_name, _, its_ending = provider.rpartition(".")
    if exists and ending != its_ending:  # another country of the same provider, or somebody else's domain
        return _IMPOSSIBLE
    stem = its_name.partition(".")[0]
    allowed = 0 if len(stem) < _NAME_WORTH else 2 if len(stem) >= _LONG_NAME and not exists else 1
    if abs(len(name) - len(its_name)) > allowed:
        return _IMPOSSIBLE
    mine, its = _differing(name, its_name)
    if len(mine) > 2 and allowed < 2:
        return _IMPOSSIBLE
    of_name = distance(mine, its)
    if of_name > allowed:
        return _IMPOSSIBLE
    if ending == its_ending:
        return of_name
    of_ending = 1 if its_ending.startswith(ending) or ending.startswith(its_ending) else distance(ending, its_ending)
    if of_ending > _FARTHEST_ENDING or (ending in _SLIPS_OF_COM and its_ending != "com"):
        return _IMPOSSIBLE
    return of_name * 3 + of_ending


def _differing(text: str, other: str) -> tuple[str, str]:
    """Two texts without the beginning and the end that they share."""
    start = _shared(text, other)
    text, other = text[start:], other[start:]
    end = _shared(text[::-1], other[::-1])
    return text[: len(text) - end], other[: len(other) - end]


def _shared(text: str, other: str) -> int:
    """How many letters two texts have in common at the beginning."""
    shorter = min(len(text), len(other))
    return next((index for index in range(shorter) if text[index] != other[index]), shorter)


def distance(text: str, target: str) -> int:
    """Letters changed, added, left out, or exchanged with their neighbour (optimal string alignment)."""
    before: list[int] = []
    last = list(range(len(target) + 1))
    for i, letter in enumerate(text, 1):
        row = [i]
        for j, other in enumerate(target, 1):
            cost = min(last[j] + 1, row[j - 1] + 1, last[j - 1] + (letter != other))
            if i > 1 and j > 1 and letter == target[j - 2] and text[i - 2] == other:
                cost = min(cost, before[j - 2] + 1)
            row.append(cost)
        before, last = last, row
    return last[-1]
