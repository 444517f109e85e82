"""What a leaked mail seems to be about, and which kinds of data an attached list has: proposed, never decided.

A person sets what is right (:mod:`mailmerge.incident.facts`).
"""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum

from mailmerge.lint.vocabulary import words
from mailmerge.text.folding import fold
from mailmerge.text.regex import regex


class About(StrEnum):
    """What being in this mail says about somebody."""

    APPLICATION = "application"
    REFUSAL = "refusal"
    INTERVIEW = "interview"
    HEALTH = "health"
    PAY = "pay"
    DISCIPLINE = "discipline"
    UNION = "union"
    NEWSLETTER = "newsletter"


_PHRASES: dict[About, str] = {
    About.APPLICATION: r"candidatures?|postul\w+|recrutement|applications?|applied|applicants?|"
    r"candidates?|recruitment|vacancy|poste de|votre cv|your cv|curriculum",
    About.REFUSAL: r"refus\w*|pas retenue?s?|(?:pouvons|pourrons|peut|pourra) (?:\w+ ){0,4}donner (?:une )?suite|"
    r"pas donner suite|suite favorable|autre(?:s)? (?:personne|candidat\w*)|defavorable|unsuccessful|"
    r"not (?:be )?(?:selected|successful|progress\w*|taking)|regret to (?:inform|say)|other candidates|"
    r"decided not to|will not be|turned down|reject\w*|negative",
    About.INTERVIEW: r"entretiens?|interviews?|rendez vous|assessment (?:centre|day)",
    About.HEALTH: r"sante|medica\w+|malad\w+|arret de travail|handicap\w*|rqth|grossesse|inaptitude|health|illness|"
    r"sick (?:leave|note|pay)|disabilit\w+|disabled|pregnan\w+|maternity|occupational therap\w+",
    About.PAY: r"salaires?|salaries|salary|remuneration|primes?|bulletins? de paie|payslips?|augmentation|bonus\w*",
    About.DISCIPLINE: r"licenci\w+|avertissement|sanction\w*|disciplinaire|disciplinary|dismiss\w+|redundan\w+|"
    r"rupture conventionnelle|misconduct",
    About.UNION: r"syndica\w+|syndicats?|trade union|union (?:member\w*|rep\w*)|cse|greve|strike ballot",
    About.NEWSLETTER: r"newsletter|lettre d information|desabonn\w+|unsubscribe",
}
_PATTERNS = {about: regex(rf"\b(?:{pattern})\b") for about, pattern in _PHRASES.items()}


def proposed(texts: Iterable[str]) -> tuple[About, ...]:
    """What mails with these texts seem to be about."""
    said = [fold(text) for text in texts]
    return tuple(about for about, pattern in _PATTERNS.items() if any(map(pattern.search, said)))


class Category(StrEnum):
    """A category of personal data, as the forms of the authorities have them."""

    IDENTITY = "identity"
    CONTACT = "contact"
    EMPLOYMENT = "employment"
    ACCESS = "access"
    FINANCE = "finance"
    OFFICIAL = "official"
    LOCATION = "location"
    NATIONAL_ID = "national-id"
    HEALTH = "health"
    UNION = "union"
    RELIGION = "religion"
    ORIGIN = "origin"
    OFFENCES = "offences"


_HEADERS: dict[Category, frozenset[str]] = {
    Category.IDENTITY: words("nom prenom civilite naissance age sexe name surname title birth dob gender nationalite"),
    Category.CONTACT: words("mail email courriel telephone tel portable mobile adresse address phone postcode ville"),
    Category.EMPLOYMENT: words("poste fonction statut reference candidature job position status diplome experience"),
    Category.ACCESS: words("password identifiant login username mdp"),
    Category.FINANCE: words("iban rib bic salaire salary remuneration banque bank paie pay"),
    Category.OFFICIAL: words("passeport passport cni permis licence visa"),
    Category.NATIONAL_ID: words("nir secu insee nino"),
    Category.HEALTH: words("sante handicap rqth maladie medical health disability grossesse arret"),
    Category.UNION: words("syndicat syndical union"),
    Category.RELIGION: words("religion confession culte"),
    Category.ORIGIN: words("origine ethnie ethnicity ethnic race"),
    Category.OFFENCES: words("casier condamnation criminal conviction"),
}


def categories(headers: Iterable[str]) -> tuple[Category, ...]:
    """The categories of data that columns with these headers hold."""
    said = {word for header in headers for word in fold(header).split()}
    return tuple(category for category, usual in _HEADERS.items() if not usual.isdisjoint(said))
