"""Columns of codes that one person alone should know, told by their headers."""

from __future__ import annotations

from mailmerge.lint.vocabulary import words
from mailmerge.text.folding import fold

_SECRET = words(
    "pin password passwort kennwort contrasena senha wachtwoord haslo passphrase passcode token otp "
    "zugangscode zugangsdaten einmalcode einmalpasswort toegangscode aktivierungscode wahlcode tan "
    "activatiecode stemcode inlogcode motdepasse mdp"
)
_COMPOUNDS = ("passwort", "kennwort", "wachtwoord", "zugangscode", "toegangscode", "losenord", "adgangskode")
_SAID = (
    "mot de passe, code d acces, code acces, code secret, code confidentiel, code personnel, code individuel, "
    "code de connexion, code de vote, code d activation, code de retrait, code candidat, cle d acces, access "
    "code, login code, voting code, personal code, secret code, security code, activation code, unique code, "
    "personal key, access key, personlicher code, geheimer code, codigo de acceso, codigo personal, codigo "
    "secreto, codigo de voto, clave de acceso, clave personal, codice di accesso, codice d accesso, codice "
    "personale, codice segreto, parola chiave, codigo de acesso, codigo pessoal, palavra passe, palavra chave, "
    "kod dostepu, kod osobisty, kod pin, persoonlijke code, geheime code"
)
_PHRASES = tuple(tuple(phrase.split()) for phrase in _SAID.split(","))
_ONE_S_OWN = words(
    "personnel personnelle individuel individuelle personal individual own unique personlicher personliches "
    "personliche "
    "personale individuale persoonlijke persoonlijk osobisty osobiste pessoal vote voto voting wahlcode stemcode otp "
    "secret confidentiel geheimer geheime secreto segreto password passwort kennwort contrasena senha wachtwoord haslo "
    "passe mdp motdepasse token einmalcode einmalpasswort tan"
)
_OF_A_PLACE = words(
    "reunion visio visioconference zoom teams meet webex wifi wlan salle room porte door gate portail portal parking "
    "immeuble building site promo promotion promotionnel meeting konferenz besprechung raum tur tor sala puerta porta "
    "riunione aula kamer deur vergadering spotkanie sali drzwi conference webinaire webinar session casier "
    "locker coffre"
)
"""What many people open with one code."""


def is_secret(header: str) -> bool:
    """Whether a header names a code that opens something for one person."""
    said = fold(header).split()
    if not _OF_A_PLACE.isdisjoint(said):
        return False
    return (
        not _SECRET.isdisjoint(said)
        or any(word.endswith(_COMPOUNDS) for word in said)
        or any(tuple(said[at : at + len(phrase)]) == phrase for phrase in _PHRASES for at in range(len(said)))
    )


def is_one_s_own(header: str) -> bool:
    """Whether a header says that no two people have the same code."""
    said = fold(header).split()
    is_own = not _ONE_S_OWN.isdisjoint(said) or any(word.endswith(_COMPOUNDS[:3]) for word in said)
    return is_own and is_secret(header)
