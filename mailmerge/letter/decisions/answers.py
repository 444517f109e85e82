"""Words that answer a question in a table: which texts mean no, which mean yes, and which mean the same.

Folded (no case, no accents), in French, English, German, Spanish, Italian, Portuguese, Polish and Dutch.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable

from mailmerge.text.folding import fold
from mailmerge.text.regex import regex
from mailmerge.text.titles import (
    FEMININE_ADJECTIVES,
    FEMININE_TITLES,
    FEMININE_WORDS,
    MASCULINE_ADJECTIVES,
    MASCULINE_TITLES,
    MASCULINE_WORDS,
    title_words,
)


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_NO = _words(
    "non no nein nao nie nee neen faux false falso falsa falsch falsz onwaar off aucun aucune neant none nil null nope "
    "never kein keine keiner keines ninguno ninguna ningun nada nessuno nessuna niente nenhum nenhuma brak zaden zadna "
    "zadne geen aus uit jamais nunca nigdy nooit"
)
_NO_PHRASES = frozenset({
    "n a", "s o", "n v t", "nvt", "sans objet", "non concerne", "non concernee", "non applicable", "not applicable",
    "nicht zutreffend", "entfallt", "no aplica", "no procede", "non applicabile", "nao se aplica", "nao aplicavel",
    "nie dotyczy", "niet van toepassing", "pas du tout", "not at all", "no thanks", "non merci", "nein danke",
})  # fmt: skip
_NO_LETTERS = {"n": frozenset("oyjsto"), "f": frozenset("tvwp")}
"""Single letters that mean no, each beside the letters that mean yes: ``N`` with ``O``, ``Y``, ``J`` or ``S``."""
_NO_SIGNS = frozenset("-–—−✗✘❌☐❎")
_ZERO = regex(r"[-+]?0+(?:[.,]0+)?\s*(?:[€£$%]|eur|euros?|zł|h|j)?", re.IGNORECASE)
_NUMBER = regex(r"[-+]?\d[\d\s.,\u00a0\u202f]*\s*(?:[€£$%]|eur|euros?|zł|h|j)?", re.IGNORECASE)
_NOT = regex(
    r"(?:non|not|no|nicht|kein|keine|pas|sin|senza|sem|nao|nie|geen|niet|sans|ohne|zonder|without|bez)\s+"
    r"(?:de\s+|d\s+|un\s+|une\s+|a\s+|an\s+)?(?P<rest>.+)"
)
_NO_AND_MORE = regex(r"\s*(?P<word>[^\W\d_]+)\s*(?:[(,;:/–—]|\s-\s)")

YES = _words("oui yes ja si sim tak vrai true vero verdadero verdadeiro wahr prawda waar on x ok 1 o y j s t v w yep")
"""Texts that mean yes."""


def means_no(cell: str, others: Collection[str], header: str = "") -> bool:
    """Whether a cell says no, beside the other texts of its column: ``non``, ``FALSE``, ``0``, ``non cadre``.

    ``others`` are folded; a single letter means no only beside one that means yes, and ``non cadre`` only beside
    ``cadre`` or below the header ``Cadre``.
    """
    text = cell.strip()
    if not text:
        return False
    if text in _NO_SIGNS or _ZERO.fullmatch(text):
        return True
    folded = fold(text)
    if folded in _NO or folded in _NO_PHRASES:
        return True
    if folded in _NO_LETTERS:
        rest = {other for other in others if other and other != folded}
        return bool(rest) and rest <= {*_NO_LETTERS[folded], *YES} and len(rest) <= 2
    begins = _NO_AND_MORE.match(text)
    if begins and fold(begins["word"]) in _NO:
        return True
    negated = _NOT.fullmatch(folded)
    return negated is not None and (negated["rest"] in others or negated["rest"] in (fold(header), f"{fold(header)}e"))


def texts_of_no(cells: Iterable[str], header: str = "") -> tuple[str, ...]:
    """The texts of a column that say no, in the order in which they come."""
    several = list(dict.fromkeys(cells))
    folded = {fold(each) for each in several}
    return tuple(each for each in several if means_no(each, folded, header))


def is_zero(cell: str) -> bool:
    """Whether a cell is the number nought."""
    return _ZERO.fullmatch(cell.strip()) is not None


def are_numbers(cells: Collection[str]) -> bool:
    """Whether every cell that is not blank is a number, with its unit."""
    filled = [cell for cell in cells if cell.strip()]
    return bool(filled) and all(_NUMBER.fullmatch(cell.strip()) for cell in filled)


def means_yes(cell: str) -> bool:
    """Whether a cell says yes by itself."""
    text = cell.strip()
    return text in {"✓", "✔", "☑", "✅"} or fold(text) in YES


_SAME = (
    "mme madame me_f", "mlle mademoiselle", "m mr monsieur mister mons", "mrs missus", "ms", "miss",
    "frau fr", "herr hr", "sra senora srta senorita", "sr senor", "sra senhora", "sr senhor",
    "sig ra signora sigra", "sig signor signore", "pani", "pan", "mevrouw mevr mw", "meneer dhr heer de heer",
    "f femme feminin female woman w weiblich k kobieta vrouw v donna femminile mulher feminino mujer femenino",
    "h homme masculin male man m mannlich mann mezczyzna uomo maschile homem masculino hombre",
    "oui o yes y ja j si s sim tak t vrai true vero verdadero verdadeiro wahr prawda waar x 1 on ok",
    "non n no nein nao nie nee faux false falso falsch falsz onwaar 0 off",
    "fr francais francaise french franzosisch frances francese francuski frans fra fre fr fr",
    "en anglais anglaise english englisch ingles inglese angielski engels eng ang en gb en us",
    "de allemand allemande german deutsch aleman tedesco alemao niemiecki duits deu ger all de de",
    "es espagnol espagnole spanish espanol spanisch spagnolo espanhol hiszpanski spaans esp spa es es",
    "it italien italienne italian italiano italienisch wloski italiaans ita it it",
    "pt portugais portugaise portuguese portugues portugiesisch portoghese portugalski portugees por pt pt pt br",
    "pl polonais polonaise polish polski polnisch polaco polacco pools pol pl pl",
    "nl neerlandais neerlandaise dutch nederlands niederlandisch neerlandes olandese holenderski nld nl nl",
)  # fmt: skip
_PHRASES_OF_SAME = ("sig ra", "de heer", "fr fr", "en gb", "en us", "de de", "es es", "it it", "pt pt", "pt br",
                    "pl pl", "nl nl")  # fmt: skip


def _group(text: str) -> frozenset[str]:
    padded, found = f" {text} ", set()
    for phrase in _PHRASES_OF_SAME:
        if f" {phrase} " in padded:
            found.add(phrase)
            padded = padded.replace(f" {phrase} ", " ")
    return frozenset((*found, *padded.split()))


_GROUPS = tuple(map(_group, _SAME))


def mean_the_same(one: str, other: str) -> bool:
    """Whether two texts are two ways to write the same answer, title or language: ``Mme`` and ``Madame``."""
    left, right = fold(one), fold(other)
    return left != right and any(left in group and right in group for group in _GROUPS)


_ANSWERS = tuple(group for group in _GROUPS if group & {"yes", "no", "femme", "homme", "madame", "monsieur"})


def is_answer(text: str) -> bool:
    """Whether a text is a usual answer to a question: yes, no, a gender or a title."""
    return any(fold(text) in group for group in _ANSWERS)


_FEMININE = FEMININE_TITLES | FEMININE_ADJECTIVES | FEMININE_WORDS
_MASCULINE = MASCULINE_TITLES | MASCULINE_ADJECTIVES | MASCULINE_WORDS


def gender_of(text: str) -> str:
    """``f`` or ``m`` where the words of a text address a woman or a man; ``""`` for both, or neither."""
    said = set(title_words(text))
    feminine, masculine = bool(said & _FEMININE), bool(said & _MASCULINE)
    return "f" if feminine and not masculine else "m" if masculine and not feminine else ""
