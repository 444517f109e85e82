"""What people write between the parts of a name or of a reference: one table, in the languages of the project."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from itertools import pairwise

from mailmerge.lint.vocabulary import words
from mailmerge.text.folding import fold
from mailmerge.text.regex import regex

LABELS = words(
    "nom noms prenom prenoms name vorname nachname surname forename firstname lastname cognome nome apellidos apellido "
    "nombre voornaam achternaam"
)
"""Words of a form that are between the parts of a name, as in "Nom : Petit, prénom : Inès"."""

PHRASE_LABEL = regex(
    r"\b(?:(?:first|last|given|family|middle|full|birth|maiden|married)[ -]names?|"
    r"noms? (?:de famille|de naissance|de jeune fille|usuel|patronymique|marital|d['’]usage)|pr[ée]noms? usuels?|"
    r"nombre de pila|(?:primer|segundo) apellido|nome di battesimo|nome pr[óo]prio|"
    r"(?:last|first|given|family)(?=\s?[:=]))\b",
    re.IGNORECASE,
)
"""Labels of more than one word, and those that are one only before a colon."""
NUMBER_WORDS = words(
    "no nos n nr nrs nro num numero number numer nummer numer nbr nb ref refs reference referenz referencia "
    "riferimento kenn aktenzeichen az dossier file id sous under"
)
"""Words between the letters of a reference and its digits, as in "RC no 10412"."""

_LINKS = """
    né, née, nee, dit, dite, alias, ep., ép., ép, ep, épouse, epouse, époux, epoux, vve, veuve,
    veuf, div., ex, surnommé, surnommée, prénommé,
    prénommée, nommé, nommée, nom de jeune fille, nom de naissance, nom d'usage, nom d’usage, nom marital, nom
    d'épouse, nom d'artiste, autrefois, anciennement, connu sous le nom de, connue sous le nom de, connu comme, connue
    comme, devenu, devenue, ou encore, aussi appelé, aussi appelée, de son vrai nom, pseudo, pseudonyme, naguère,
    born, aka, a.k.a., a.k.a, a/k/a, also known as, also called, known as, better known as, formerly,
    formerly known as, fka, f.k.a., f/k/a, nka, n/k/a, previously, called, maiden name, goes by, birth name, married
    name, now, otherwise,
    geb., geb, geboren, geborene, geborener, vormals, ehemals, früher, genannt, gen., verh., verheiratete, verw.,
    gesch., geschiedene, auch bekannt als, bekannt als, rufname, geburtsname, mädchenname, auch,
    nacido, nacida, conocido como, conocida como, también conocido como, también conocida como, de soltera, apodado,
    apodada, llamado, llamada, antes, viuda de, vda. de, señora de, apellido de soltera,
    nato, nata, detto, detta, noto come, nota come, conosciuto come, conosciuta come, soprannominato, soprannominata,
    coniugata, in arte, vedova, ved., già, cognome da nubile,
    geheten, genaamd, genoemd, voorheen, ook bekend als, bekend als, roepnaam, meisjesnaam, weduwe, eerder,
    z domu, zwany, zwana, vel, dawniej, primo voto, znany jako, znana jako, urodzony, urodzona, ur., nazwisko
    panieńskie,
    nascido, nascida, dito, dita, conhecido como, conhecida como, também conhecido como, também conhecida como,
    de solteira, solteira, vulgo, aliás, outrora
"""
"""Words that link somebody's name to another name of the same person: at birth, by marriage, or as they are called."""
_PHRASES = tuple(" ".join(phrase.split()) for phrase in _LINKS.split(","))
_SIGNS = r"\s,;:.()\[\]\"'«»“”„‘’–—/|-"
LINK = regex(
    rf"(?:(?<=[\s,;:(\[\"«“„–—/|])|(?<=-))(?:{'|'.join(map(re.escape, sorted(_PHRASES, key=len, reverse=True)))})"
    rf"(?![^\W_])[{_SIGNS}]{{1,4}}",
    re.IGNORECASE,
)
"""A linking word and the signs after it, in a normalised text."""
_NEAR = 8
"""Words before and after a linking word that are looked at."""
_OF_LABELS = ("om d", "OM D", "om m", "OM M", "en name", "EN NAME", "th name", "ed name")
"""Pieces of the labels among the linking phrases, whose words are no words of a name."""
_BORN_WITH_ACCENT = "ne"
_HEADS = {max(fold(phrase).split(), key=len) for phrase in _PHRASES}
LINK_HEADS = frozenset(head for head in _HEADS if len(head) > 1 and head != _BORN_WITH_ACCENT) | {"k"}
"""A folded text in which none of these is, has no linking word but "né"; the "k" is that of "a.k.a."."""


def may_link(said: Sequence[str], text: str, begins_name: Callable[[str], bool]) -> bool:
    """Whether a linking word may be between two parts of a name, by the folded words of a text."""
    if not LINK_HEADS.isdisjoint(said) or (_BORN_WITH_ACCENT in said and "né" in text.casefold()):
        for at, word in enumerate(said):
            if (word in LINK_HEADS or word == _BORN_WITH_ACCENT) and (
                any(map(begins_name, said[max(0, at - _NEAR) : at]))
                and any(map(begins_name, said[at + 1 : at + 1 + _NEAR]))
            ):
                return True
    return any(piece in text for piece in _OF_LABELS) and PHRASE_LABEL.search(text) is not None


def number_words_in(said: Sequence[str]) -> list[int]:
    """Where words are that only say that digits follow."""
    if NUMBER_WORDS.isdisjoint(said):
        return []
    return [at for at, (word, after) in enumerate(pairwise(said)) if word in NUMBER_WORDS and after[0].isdigit()]
