"""In which language a letter is: as it says, or else by its most usual words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mailmerge.lint.vocabulary import words
from mailmerge.text import fold

if TYPE_CHECKING:
    from mailmerge.letter import Letter

_USUAL = {
    "fr": words("vous nous votre vos notre le la les du des et est une pour avec dans sur que qui au aux ce cette"),
    "en": words("you your we our the and is are of to for with in on that this have has will be by at from"),
    "de": words("sie ihr ihre wir unser unsere der die das und ist ein eine fur mit auf im zu von den dem nicht dass"),
    "es": words("usted su sus nosotros nuestra nuestro el los las y es una por para con en del que al se le hemos"),
    "it": words("lei la suo sua noi nostra nostro il gli e un una per con in della del che di al le si abbiamo"),
    "pt": words("voce seu sua nos nossa nosso o os as e uma por para com em do da que ao na no se temos"),
    "nl": words("u uw wij onze het een en is van voor met op in dat de te bij aan zijn wordt niet"),
    "pl": words("pan pani panstwa nasza nasz i jest w na z do sie ze nie dla oraz przez od za"),
    "sv": words("du ni din er vi var vart och ar en ett for med pa i att som av till det den inte"),
    "hu": words("on onnek az es hogy nem egy ez mint vagy meg kerjuk szamara reszere tisztelt udvozlettel"),
    "fi": words("te teidan teille me olemme ja on ei etta tama joka tai hyva ystavallisin terveisin kiitos"),
    "cs": words("vas vasi vam vase my nas je a se na ze v pro s do nebo jsme bude dekujeme vazena vazeny"),
    "da": words("du de din deres vi vores og er en et for med pa i at som af til det den ikke"),
}
_LEAST = 4
"""Usual words from which on a language is told."""


def language_of(letter: Letter) -> str:
    """The BCP 47 tag of a letter; ``""`` where nothing tells it."""
    if letter.language:
        return letter.language
    said = fold(" ".join(each.text for each in letter.constants if not each.literal)).split()
    counts = {language: sum(word in usual for word in said) for language, usual in _USUAL.items()}
    best, second = sorted(counts, key=counts.__getitem__, reverse=True)[:2]
    return best if counts[best] >= _LEAST and counts[best] > counts[second] else ""


def has_decimal_comma(language: str) -> bool:
    """Whether a comma parts decimals where a language is written; False for one that is unknown.

    In Switzerland and Liechtenstein a point does in amounts, whatever the language.
    """
    from babel.core import Locale, UnknownLocaleError
    from babel.numbers import get_decimal_symbol

    try:
        locale = Locale.parse(language, sep="-") if language else None
    except (UnknownLocaleError, ValueError):
        return False
    return locale is not None and locale.territory not in ("CH", "LI") and get_decimal_symbol(locale) == ","
