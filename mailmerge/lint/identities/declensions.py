"""The endings that languages put to names: from a word of a text back to what the name may be, folded.

Only as far as a whole name of the table confirms it; nothing here says that a word is a name.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from mailmerge.lint.vocabulary import words

LONGEST_ENDING = 4
_SHORTEST = 3
"""Letters of a name without its ending."""


def _by_ending(pairs: str) -> dict[str, list[str]]:
    """What a name has in place of each ending."""
    found: dict[str, list[str]] = {}
    for pair in pairs.split():
        ending, _dash, nominative = pair.partition("-")
        found.setdefault(ending, []).append(nominative)
    return found


_HUNGARIAN = words("nak nek bol tol rol ban ben hoz hez nal nel val vel ert kent ig ra re ba be at et ot t")
_FINNISH = words("n a lla lta lle ssa sta ta tta ksi")
_SLAVIC = _by_ending(
    "iego-i iemu-i im-i iej-a ego-y emu-y ym-y ej-a eho-y ho-y mu-y ove-ova ovou-ova ovej-ova owi- ovi- iem- em- om- "
    "ie- iu- a- u- e- ze- owie- ka-ek kowi-ek kovi-ek kiem-ek kem-ek ku-ek la-el lowi-el lovi-el lem-el le-el lu-el "
    "ca-ec cem-ec cu-ec y-a i-a ie-a e-a ou-a u-a o-a ii-ia ie-ia cie-ta rze-ra ce-ka dze-ga dzie-da le-la re-ra"
)
"""An ending, and what the name has in its place: Kowalskiego and Kowalski, Marka and Marek, Moniki and Monika."""


def _genitives(word: str) -> Iterator[str]:
    if word.endswith("s"):
        yield word[:-1]


def _hungarian(word: str) -> Iterator[str]:
    for ending in _HUNGARIAN:
        if word.endswith(ending):
            yield word[: -len(ending)]
    if word[-2:] in ("al", "el") and word[-4:-3] == word[-3:-2]:
        yield word[:-3]  # Istvánnal


def _finnish(word: str) -> Iterator[str]:
    for ending in _FINNISH:
        if word.endswith(ending):
            stem = word[: -len(ending)]
            yield stem
            if stem.endswith(("i", "e")):
                yield stem[:-1]  # Schmittin
            if stem.endswith("se"):
                yield f"{stem[:-2]}nen"  # Virtasen
            if stem.endswith("s"):
                yield f"{stem[:-1]}nen"  # Virtasta


def _slavic(word: str) -> Iterator[str]:
    for length in range(1, LONGEST_ENDING + 1):
        for nominative in _SLAVIC.get(word[-length:], ()):
            yield word[:-length] + nominative


_BY_LANGUAGE: dict[str, Callable[[str], Iterator[str]]] = {
    **dict.fromkeys(("de", "nl", "sv", "da", "nb", "nn", "no", "lb"), _genitives),
    "hu": _hungarian,
    "fi": _finnish,
    **dict.fromkeys(("pl", "cs", "sk"), _slavic),
}
FINAL_LETTERS = {
    **{language: frozenset("s") for language in ("de", "nl", "sv", "da", "nb", "nn", "no", "lb")},
    "hu": frozenset(ending[-1] for ending in _HUNGARIAN) | {"l"},
    "fi": frozenset(ending[-1] for ending in _FINNISH),
    **{language: frozenset(ending[-1] for ending in _SLAVIC) for language in ("pl", "cs", "sk")},
}
"""With what letters a name with an ending ends."""
GENITIVE = frozenset(("de", "nl", "sv", "da", "nb", "nn", "no", "lb"))
"""Languages in which a name has an ending only before, or behind, what is its bearer's."""
OF_ALL_WORDS = frozenset(("pl", "cs", "sk"))
"""Languages in which each word of a name has an ending, and not the last alone."""


def are_known(language: str) -> bool:
    """Whether names have endings in a language."""
    return language in _BY_LANGUAGE


def nominatives(word: str, language: str) -> list[str]:
    """What a name may be that a folded word has the ending of."""
    found = dict.fromkeys(_BY_LANGUAGE[language](word))
    return [each for each in found if len(each) >= _SHORTEST and each != word]


_POSSESSIONS = {
    "de": (
        "zeugnis vertrag bewerbung akte lebenslauf gehalt kundigung attest ergebnis ergebnisse note noten prufung "
        "adresse anschrift abrechnung bescheid krankmeldung beurteilung bewertung unterlagen rechnung absage zusage "
        "antrag anmeldung diagnose befund diplom anschreiben referenz probezeit foto konto kontonummer iban"
    ),
    "en": (
        "contract file application salary cv resume report result results grade grades address payslip letter offer "
        "rejection complaint diagnosis absence appraisal assessment certificate test exam score scores claim photo "
        "reference references pay invoice record records"
    ),
    "nl": (
        "contract dossier sollicitatie salaris cv rapport resultaat resultaten cijfer cijfers adres loonstrook brief "
        "aanbod afwijzing klacht diagnose verslag beoordeling diploma rekening foto"
    ),
    "sv": (
        "avtal kontrakt ansokan betyg lon akt cv resultat adress uppsagning intyg anstallningsavtal faktura omdome prov"
    ),
    "da": "kontrakt ansogning lon sag resultat resultater adresse opsigelse attest eksamen cv karakter karakterer",
    "no": "kontrakt soknad lonn sak resultat resultater adresse oppsigelse attest eksamen cv karakter karakterer",
}
POSSESSIONS = {language: words(said) for language, said in _POSSESSIONS.items()}
POSSESSIONS["nb"] = POSSESSIONS["nn"] = POSSESSIONS["no"]
POSSESSIONS["lb"] = POSSESSIONS["de"]


def is_possession(word: str, language: str) -> bool:
    """Whether a folded word is something that HR has of one person; in German and Dutch the end of one as well."""
    known = POSSESSIONS.get(language, frozenset())
    return word in known or (language in ("de", "nl", "sv") and word.endswith(tuple(known)))
