"""Words that two people read to each other over the telephone, in place of digits that nobody can hear.

The lists are those of BIP-39 (MIT licence): 2,048 words each, eleven bits a word, told apart by their first four
letters.
"""

from __future__ import annotations

import hashlib
import secrets
import unicodedata
from functools import lru_cache
from pathlib import Path

from mailmerge.i18n import language

PACK_WORDS = 5
"""Words that open a pack: 55 bits, behind a derivation that takes its time."""
FINGERPRINT_WORDS = 6
LANGUAGES = ("en", "fr")
_BITS = 11
_LETTERS = str.maketrans({"œ": "oe", "æ": "ae", "ß": "ss", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ı": "i"})
"""Letters that are none with an accent, as people type them; the page has the same (``page.js``)."""


@lru_cache(maxsize=2)
def word_list(name: str) -> tuple[str, ...]:
    """The 2,048 words of a language."""
    return tuple(Path(__file__).with_name(f"words_{name}.txt").read_text(encoding="utf-8").split())


def spoken_language() -> str:
    """The language of the words, given the language of the program."""
    return language() if language() in LANGUAGES else LANGUAGES[0]


def draw_words(name: str = "") -> str:
    """Five words that nobody can guess."""
    return " ".join(secrets.choice(word_list(name or spoken_language())) for _ in range(PACK_WORDS))


def plain_words(typed: str) -> str:
    """Words as the key is made of them, however they were typed: no accents, no capitals, one space between two."""
    decomposed = unicodedata.normalize("NFKD", typed.casefold().translate(_LETTERS))
    letters = "".join(character for character in decomposed if not unicodedata.combining(character))
    return " ".join("".join(c if "a" <= c <= "z" else " " for c in letters).split())


def fingerprint_words(key: bytes, name: str = "") -> str:
    """Six words of the fingerprint of a public key: the same on every computer, in one language."""
    bits = int.from_bytes(hashlib.sha256(b"mailmerge-fingerprint/1\n" + key).digest(), "big")
    words = word_list(name or spoken_language())
    return " ".join(words[bits >> (256 - _BITS * (number + 1)) & 2047] for number in range(FINGERPRINT_WORDS))
