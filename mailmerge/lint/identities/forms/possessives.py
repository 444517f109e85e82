"""One name with what is its bearer's: "Annas Zeugnis", "Müllers Vertrag", "Frau Müllers letzter Bescheid".

It says less than a whole name: it warns, and only of a name that one person of the table has.
"""

from __future__ import annotations

from collections.abc import Iterator

from mailmerge.lint.identities.declensions import POSSESSIONS, is_possession
from mailmerge.lint.identities.doubt.ordinary import ARTICLES, ORDINARY
from mailmerge.lint.identities.known_people import KnownPeople
from mailmerge.lint.identities.what import Hit, What
from mailmerge.lint.surroundings import before
from mailmerge.lint.vocabulary import CAPITAL, words
from mailmerge.text.folding import fold
from mailmerge.text.regex import regex
from mailmerge.text.titles import TITLES

_POSSESSIVE = regex(
    rf"(?<![^\W_])(?:(?<=[^\W\d_]-)|(?<!-))([{CAPITAL}][^\W\d_]+)(['’]s|['’])?"
    r"(?=[ \xa0]((?:[^\W\d_]+[ \xa0]){0,2}[^\W\d_]+))"
)
_APOSTROPHE_ALONE = frozenset({"en"})
"""Languages in which a name has no ending but one after an apostrophe."""
_LAST_WORD = regex(r"([^\W\d_]+)\.?[ \xa0]\Z")


def possessives_in(people: KnownPeople, text: str) -> Iterator[Hit]:
    """Names of one person alone, with something that HR has of that person."""
    languages = [language for language in people.languages if language in POSSESSIONS]
    if not languages or not ("s " in text or "s\xa0" in text or "' " in text or "’ " in text):
        return
    for found in _POSSESSIVE.finditer(text):
        for language in languages:
            name = _name(found[1], found[2] or "", language)
            if name and any(is_possession(word, language) for word in fold(found[3]).split()):
                owners = people.bearers(name)
                if len(owners) == 1 and not _is_anothers(text, found.start(), name):
                    yield Hit(What.ONE_NAME, name, owners, text[found.start() : found.end(3)], found.start())
                    break


def _name(word: str, apostrophe: str, language: str) -> str:
    """The name without its ending, folded; nothing where the word has none."""
    folded = fold(word)
    if not apostrophe:
        if language in _APOSTROPHE_ALONE or not folded.endswith("s"):
            return ""
        folded = folded[:-1]
    return folded if len(folded) > 2 else ""


def _is_anothers(text: str, start: int, name: str) -> bool:
    """Whether the word before makes a longer name of this one, or a thing: "Karin Müllers", "the baker's"."""
    last = _LAST_WORD.search(before(text, start))
    if last is None:
        return False
    word = fold(last[1])
    if name in ORDINARY and word in _DETERMINERS:
        return True
    return last[1][0].isupper() and word not in ORDINARY and word not in TITLES and word not in _BEGINNINGS


_DETERMINERS = ARTICLES | words("des eines dieses jedes ihres unseres each every your our het deze dit")
_BEGINNINGS = words(
    "die der das den dem ihre ihr unsere unser zu auch als the please and for with see our your de het ons uw zie med "
    "det din er se og och vi bitte siehe fur mit von wegen nach"
)
"""Words that begin a sentence, and no name."""
