"""What an address reveals about a person besides itself: a name, an employer, a year of birth, an illness."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from enum import StrEnum

from mailmerge.lint.vocabulary import FREE_MAIL, words
from mailmerge.text.folding import fold, strip_accents
from mailmerge.text.regex import regex


class ShownDetail(StrEnum):
    """What was to be seen of a person; the order is that in which it is listed."""

    ADDRESS = "address"
    NAME = "name"
    ROW = "row"
    """A row of an attached or pasted list."""
    QUOTED = "quoted"
    """In a quoted mail."""
    WORDS = "words"
    """What they wrote themselves, in an answer to everybody."""
    NAME_IN_ADDRESS = "name-in-address"
    EMPLOYER = "employer"
    """Or a school: an address that few people can have."""
    BIRTH_YEAR = "birth-year"
    HEALTH = "health"


_PROVIDERS = frozenset(domain.partition(".")[0] for domain in FREE_MAIL) | words("gmail hotmail proton posteo yahoo")
"""What providers are called, whatever the ending: ``yahoo`` of ``yahoo.com.br``."""
_SECOND_LEVEL = words("co com org net gov ac edu gouv asso nom")
_YEAR = regex(r"(?<!\d)(19[3-9]\d|20[01]\d)(?!\d)")
_LATEST_BIRTH = 2012
_LETTERS = regex(r"[a-z]+")
_NOT_NAMES = words(
    "contact info infos mail email adresse perso personnel pro job emploi cv candidature recrutement recruitment the "
    "le la les de du des et and my mon ma mes a b c hello bonjour famille family new"
)
_ILLNESS_WORDS = words(
    "vih hiv sida aids tdah adhd bpco rqth handi autiste autisme autism asperger diabete diabetique "
    "diabetic diabetes cancer leucemie leukemia parkinson epilepsie epilepsy epileptique handicap handicape handicapee "
    "disabled disability dialyse dialysis depression depressif bipolaire bipolar schizo schizophrenie anorexie "
    "anorexia boulimie alcoolique malade maladie sourd sourde aveugle blind malvoyant malentendant asthme asthma "
    "mucoviscidose myopathie fibromyalgie fibromyalgia crohn sclerose endometriose trisomie dyslexique dyslexia"
)
_LONG_ENOUGH = 8
"""Letters from which on such a word is found inside of a longer one."""


def revealed_by(address: str, names: Iterable[str] = ()) -> Iterator[ShownDetail]:
    """What an address reveals; ``names`` are those that the person is known by."""
    local, _, domain = strip_accents(address).rpartition("@")
    parts = _LETTERS.findall(local)
    if _has_name(local, parts, [word for name in names for word in fold(name).split()]):
        yield ShownDetail.NAME_IN_ADDRESS
    if is_telling(domain):
        yield ShownDetail.EMPLOYER
    if any(int(year) <= _LATEST_BIRTH for year in _YEAR.findall(local)):
        yield ShownDetail.BIRTH_YEAR
    if any(_is_illness(part) for part in parts):
        yield ShownDetail.HEALTH


def is_telling(domain: str) -> bool:
    """Whether few people can have an address there: a company, a school, a family; not a provider of mailboxes."""
    domain = domain.casefold()
    return bool(domain) and domain not in FREE_MAIL and _owner(domain) not in _PROVIDERS


def _owner(domain: str) -> str:
    labels = domain.split(".")[:-1]
    if len(labels) > 1 and labels[-1] in _SECOND_LEVEL:
        labels.pop()
    return labels[-1] if labels else domain


def _has_name(local: str, parts: list[str], known: list[str]) -> bool:
    """A known name in it, or else two words that are none of the usual others: ``lea.durand``."""
    joined = "".join(parts)
    if any(len(word) > 2 and word in joined for word in known):
        return True
    if known:
        return False
    written = [part for part in re.split(r"[._-]", re.sub(r"\d", "", local)) if part]
    own = [part for part in written if len(part) > 1 and part.isalpha() and part not in _NOT_NAMES]
    return len(own) > 1


def _is_illness(part: str) -> bool:
    return part in _ILLNESS_WORDS or any(len(word) >= _LONG_ENOUGH and word in part for word in _ILLNESS_WORDS)
