"""What only a person can know or judge about an incident: each a field that stays empty until somebody fills it in."""

from __future__ import annotations

from collections.abc import Mapping

from msgspec import Struct

from mailmerge.errors import UsageError
from mailmerge.i18n import N_, language
from mailmerge.incident.proposals import About
from mailmerge.incident.words import LANGUAGES, words_of
from mailmerge.text.folding import fold
from mailmerge.text.shown import one_line, shorten


class IncidentFact(Struct, frozen=True):
    """One such field."""

    key: str
    label: str
    needed: bool = True
    """Whether a form or the letter needs it: as long as it is empty, it is listed as open."""
    choices: tuple[str, ...] = ()
    """Tokens among which one chooses, where it is a choice."""


GRAVITY = ("negligible", "limited", "important", "maximal")
INFORMED = ("yes", "later", "no")

FACTS = (
    IncidentFact("about", N_("What it reveals about a person to have received this mail"), choices=tuple(About)),
    IncidentFact("organisation", N_("The organisation")),
    IncidentFact("registration", N_("Its registration number (SIREN, company number)")),
    IncidentFact("representative", N_("Its legal representative")),
    IncidentFact("contact", N_("Who answers the authority's questions: name, telephone, address")),
    IncidentFact("dpo", N_("The data protection officer")),
    IncidentFact("dpo_contact", N_("How the people affected can contact the data protection officer")),
    IncidentFact("sent_at", N_("When the mail left"), needed=False),
    IncidentFact("discovered_how", N_("How it was discovered")),
    IncidentFact("circumstances", N_("What happened, in two sentences and without names")),
    IncidentFact("gravity", N_("How serious it is for the people affected"), choices=GRAVITY),
    IncidentFact("consequences", N_("The likely consequences for the people affected")),
    IncidentFact("measures_before", N_("The safeguards that were in place before")),
    IncidentFact("measures_after", N_("What has been done since, and what is planned")),
    IncidentFact("training", N_("Data protection training of the sender in the last two years")),
    IncidentFact("informed", N_("Whether the people affected are informed"), choices=INFORMED),
    IncidentFact("informed_at", N_("When they were informed"), needed=False),
    IncidentFact("notified_at", N_("When the authority was notified")),
    IncidentFact("case", N_("The authority's reference"), needed=False),
    IncidentFact("late", N_("Why the authority was notified after 72 hours"), needed=False),
    IncidentFact("processors", N_("Processors and other organisations involved"), needed=False),
    IncidentFact("cross_border", N_("People in other countries, and other authorities notified"), needed=False),
    IncidentFact("signatory", N_("Who signs the apology")),
    IncidentFact("role", N_("The function of that person"), needed=False),
)
BY_KEY: Mapping[str, IncidentFact] = {fact.key: fact for fact in FACTS}

_ARTICLES = frozenset(("a", "an", "the", "un", "une", "le", "la", "les", "l"))
_UNKNOWN = N_('there is no field "{key}": the fields are {known}')
_NOT_A_CHOICE = N_('"{value}" is not one of the choices for {key}: they are {choices}')


class Choices(Struct, frozen=True):
    """The choices of a field, each as it is typed, and what the sheets say for it where that is another word."""

    fact: IncidentFact

    def __str__(self) -> str:
        words = words_of(language())
        said = ((token, words.word(self.fact.key, token)) for token in self.fact.choices)
        return ", ".join(token if token == word else f"{token} ({word})" for token, word in said)


def checked(key: str, value: str) -> str:
    """A value as it can be kept: the tokens of its choices, where it has some, however the sheets call them.

    Raises:
        UsageError: there is no such field, or the value is none of its choices.
    """
    fact = BY_KEY.get(key)
    if fact is None:
        raise UsageError(_UNKNOWN, key=shorten(key), known=", ".join(BY_KEY))
    value = one_line(value)
    if not fact.choices or not value:
        return value
    typed = [value] if _token(fact, value) else [each.strip() for each in value.split(",")]
    tokens = [_token(fact, each) for each in typed]
    if not all(tokens) or (key != "about" and len(tokens) > 1):
        wrong = next((each for each, token in zip(typed, tokens, strict=True) if not token), value)
        raise UsageError(_NOT_A_CHOICE, value=shorten(wrong), key=key, choices=Choices(fact))
    return ", ".join(tokens)


def _token(fact: IncidentFact, typed: str) -> str:
    """The choice that is meant, by its token or by its word in a language of the sheets; ``""`` if it is none."""
    said = _bare(typed)
    for token in fact.choices:
        if said in map(_bare, (token, *(words_of(each).word(fact.key, token) for each in LANGUAGES))):
            return token
    return ""


def _bare(word: str) -> str:
    """A word without its article, however it is written."""
    first, _space, rest = fold(word).partition(" ")
    return rest if rest and first in _ARTICLES else fold(word)


def still_open(facts: Mapping[str, str], *, dated: bool) -> list[str]:
    """The keys of the fields that are needed and empty; without a date in the mail, its time is one of them."""
    needed = [fact.key for fact in FACTS if fact.needed or (fact.key == "sent_at" and not dated)]
    return [key for key in needed if not facts.get(key)]
