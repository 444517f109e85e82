"""Words that belong to a noun after them, so that a sentence which goes on with a preposition or a verb lacks one.

Where a condition leaves nothing after such a word, somebody reads ``you work at the since May``. By language, as a word
of one may be another word elsewhere; words that may also be a pronoun are left out: "her", "die", "ce".
"""

from __future__ import annotations

from msgspec import Struct

from mailmerge.text.folding import fold
from mailmerge.text.regex import regex


class Grammar(Struct, frozen=True):
    """The little words of one language, folded."""

    determiners: frozenset[str]
    """Articles and possessives, alone or in one word with a preposition."""
    prepositions: frozenset[str]
    going_on: frozenset[str]
    """What a noun with its article never begins with."""
    verbs: frozenset[str]
    """Verbs in a finite form, and conjunctions: what never follows a preposition."""


def _grammar(determiners: str, prepositions: str, going_on: str, verbs: str) -> Grammar:
    return Grammar(*(frozenset(each.split()) for each in (determiners, prepositions, f"{going_on} {verbs}", verbs)))


_GRAMMARS = (
    _grammar(
        "le la les l au aux du des un une mon ma mes ton ta tes notre nos votre vos leurs chaque",
        "de d avec dans chez pour par sur vers",
        "a en avec dans pour par sur sous vers sans de du des qui que dont lors avant apres pendant au aux chez entre",
        "est sont sera seront etait etaient ont aura auront peut peuvent doit doivent et ou mais car depuis commence"
        " commencera debute debutera",
    ),
    _grammar(
        "the an your our my their every",
        "at of with from into for",
        "at of with from in on for since until before after to by that which",
        "is are was were will has can must and or but starts begins",
    ),
    _grammar(
        "im zum zur beim vom ein eine einen einem einer ihre ihren ihrem ihrer unsere unseren unserem unserer",
        "fur mit bei nach aus von durch zu",
        "in im am an auf fur mit bei nach aus von vor bis zum zur",
        "ist sind war waren wird werden hat haben kann muss und oder aber seit beginnt",
    ),
    _grammar(
        "la las un una unos al del su sus nuestro nuestra nuestros nuestras",
        "de con en para por",
        "a en con de del para por desde hasta que al",
        "es son esta estan sera seran tiene y o pero comienza empieza",
    ),
    _grammar(
        "il gli un una al alla dal dalla nel nella del della sua suo nostro nostra vostro vostra",
        "di con in per da",
        "a in con di del della per da dal dalla che tra fra",
        "sono sara saranno ha hanno e o ma inizia",
    ),
)
_WORD = regex(r"[^\W\d_]+")


def lacks_a_word(before: str, after: str) -> bool:
    """Whether a word is missing between two pieces of a sentence, told by the words on both sides."""
    words, following = _WORD.findall(before), _WORD.match(after)
    if not words or not following or not before.endswith(words[-1]):
        return False
    last, first = fold(words[-1]), fold(following[0])
    return any(
        (last in each.determiners and first in each.going_on) or (last in each.prepositions and first in each.verbs)
        for each in _GRAMMARS
    )
