"""Addresses spelt in words: "pixel (a) free point example", "jean AT free DOT example", "jean @ free . example"."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import compress, count

from mailmerge.lint.identities.letters import Owners
from mailmerge.lint.identities.reading import Token
from mailmerge.lint.vocabulary import words

_AT_WORDS = words("a at arobase arobas arobace arroba chez chiocciola klammeraffe aapje malpa commercial kukac")
_DOT_WORDS = words("dot point punto punkt ponto punt kropka pt dt")
_SIGNS = words("underscore tiret dash moins trait souligne minus hyphen plus bas")
_MOST_WORDS = 7


class Spoken:
    """The addresses of all people, by the letters and digits in them."""

    def __init__(self, addresses: Mapping[str, Owners]):
        self._keys: dict[str, str] = {}
        self._domains: dict[str, set[str]] = {}
        """The letters of whole domains, by their first word."""
        for key in addresses:
            local, _, domain = key.rpartition("@")
            parts = [part for part in domain.replace("-", ".").split(".") if part]
            if parts:
                letters = "".join(parts)
                self._keys[f"{_letters(local)}@{letters}"] = key
                self._domains.setdefault(parts[0], set()).add(letters)

    def may_be_in(self, said: Sequence[str]) -> bool:
        """Whether one of the words for the sign comes before the first word of a known domain."""
        if _AT_WORDS.isdisjoint(said) or self._domains.keys().isdisjoint(said):
            return False
        following = compress(count(), map(self._domains.__contains__, said))
        return any(at and said[at - 1] in _AT_WORDS for at in following)

    def find(self, tokens: Sequence[Token]) -> Iterator[tuple[str, int, int]]:
        """The keys of the addresses that are spelt in words, and where they are."""
        for at, token in enumerate(tokens[:-1]):
            if token.word in _AT_WORDS and at and tokens[at + 1].word in self._domains:
                found = self._around(tokens, at)
                if found:
                    yield found

    def _around(self, tokens: Sequence[Token], at: int) -> tuple[str, int, int] | None:
        known = self._domains[tokens[at + 1].word]
        domain = ""
        for end in range(at + 1, min(len(tokens), at + 1 + _MOST_WORDS)):
            if tokens[end].word in _DOT_WORDS and domain:
                continue
            domain += tokens[end].word
            if domain not in known:
                continue
            local = ""
            for start in range(at - 1, max(-1, at - 1 - _MOST_WORDS), -1):
                if not (tokens[start].word in _DOT_WORDS | _SIGNS and local):
                    local = tokens[start].word + local
                if key := self._keys.get(f"{local}@{domain}"):
                    return key, tokens[start].start, tokens[end].end
        return None


def _letters(text: str) -> str:
    return "".join(filter(str.isalnum, text))
