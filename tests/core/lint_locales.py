"""Clean campaigns with the names of twelve languages, and the things in tables and letters that only look wrong."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import replace

from faker import Faker
from identity_forms import LOCALES
from lint_world import ALLOWING, EMAIL, FEEDBACK, FIRST_NAME, JOB, LAST_NAME, LETTER, REFERENCE, World, person

from mailmerge.text.folding import fold, identifier

Cell = Callable[[random.Random, int, dict[str, str]], str]
_COLLEAGUES = ("Agnès Varda-Lumière", "Bruno Latour-Maubourg", "Dörte Hülshoff-Kranz")


def _one_of(*values: str) -> Cell:
    return lambda rng, number, each: rng.choice(values)


COLUMNS: dict[str, tuple[str, Cell]] = {
    "rooms that look like shortened numbers": ("Salle", _one_of("1E10", "1E11", "2E04", "1B02")),
    "one room that looks like a shortened number": ("Salle", lambda r, n, p: "1E10" if n == 3 else "Amphi"),
    "lockers": ("Casier", lambda r, n, p: f"{n % 40 + 1}"),
    "an insurance": ("Complémentaire santé", _one_of("oui", "non")),
    "a health insurance in English": ("Health insurance", _one_of("yes", "no")),
    "safety training": ("Formation santé et sécurité", _one_of("2025", "2026")),
    "levels": ("Niveau", _one_of("A1", "A2", "B1", "B2", "C1", "C2")),
    "offer codes, all different": ("Code offre", lambda r, n, p: f"OFF-{n + 100}"),
    "offer codes, shared": ("Code offre", lambda r, n, p: f"OFF-{n % 7 + 100}"),
    "schools with a number": ("École", _one_of("IUT 2 Grenoble", "Lycée 12 Pasteur", "Collège 3 Fontaines")),
    "companies": ("Société", _one_of("Garage 2000", "Atelier Garonne", "Dupont & Fils", "Studio 54")),
    "times": ("Heure", lambda r, n, p: f"{8 + n % 10}h{n % 4 * 15:02}"),
    "dates": ("Date d'entretien", lambda r, n, p: f"{n % 28 + 1:02}/11/2026"),
    "dates and times, some shared": ("Créneau", lambda r, n, p: f"{n % 9 + 1:02}/12/2026 {9 + n % 8}h00"),
    "amounts": ("Montant", lambda r, n, p: f"{n % 50 * 100},00 €"),
    "percentages": ("Taux", lambda r, n, p: f"{n % 100} %"),
    "postcodes": ("Code postal", lambda r, n, p: f"{10000 + n * 37 % 80000}"),
    "years": ("Année du diplôme", lambda r, n, p: f"{1980 + n % 44}"),
    "colleagues who are not in the list": ("Responsable", lambda r, n, p: _COLLEAGUES[n % 3]),
    "colleagues under N+1": ("N+1", lambda r, n, p: _COLLEAGUES[n % 3]),
    "colleagues under a header that says nothing": ("Suivi", lambda r, n, p: _COLLEAGUES[n % 3]),
    "a trainer": ("Formateur", lambda r, n, p: f"M. {_COLLEAGUES[n % 3]}"),
    "two colleagues": ("Contact", lambda r, n, p: " et ".join(_COLLEAGUES[:2])),
    "initials of a colleague": ("Visa", _one_of("AVL", "BLM", "DH")),
    "a title of two halves": ("Intitulé", _one_of("Comptable ; paie", "Acheteur ; achats", "Juriste")),
    "one title of two halves": ("Intitulé", lambda r, n, p: "Comptable ; paie" if n == 2 else "Comptable"),
    "titles with a slash": ("Intitulé", _one_of("Chargé(e) d'affaires H/F", "Technicien / Technicienne")),
    "titles with an @": ("Intitulé", lambda r, n, p: "Développeur @ distance" if n == 1 else "Comptable"),
    "a language with a sharp": ("Compétence", _one_of("C#", "F#", "C++", ".NET")),
    "one link for everybody": ("Lien", lambda r, n, p: "https://exemple.test/suite"),
    "a link of one's own": ("Lien", lambda r, n, p: f"https://exemple.test/s/{p[REFERENCE]}"),
    "one's own full name": ("Nom complet", lambda r, n, p: f"{p[FIRST_NAME]} {p[LAST_NAME]}"),
    "one's own name in capitals": ("Affichage", lambda r, n, p: f"{p[LAST_NAME].upper()} {p[FIRST_NAME]}"),
    "one's own greeting": ("Appel", lambda r, n, p: f"Bonjour {p[FIRST_NAME]}"),
    "one's own initials": ("Initiales", lambda r, n, p: (p[FIRST_NAME][:1] + p[LAST_NAME][:1]).upper()),
    "one's own address again": ("Contact personnel", lambda r, n, p: p[EMAIL]),
    "one's own reference, joined": ("Clé", lambda r, n, p: p[REFERENCE].replace("-", "")),
    "a file of one's own": ("Fichier", lambda r, n, p: f"{fold(p[LAST_NAME]).replace(' ', '_')}_{p[REFERENCE]}"),
    "towns called like people": ("Agence", _one_of("Saint-Martin", "Sainte-Rose", "Villefranche", "Florence")),
    "streets called after people": ("Lieu", _one_of("12 rue Victor Hugo", "place du Docteur Baylac", "3 quai Kennedy")),
    "a consent": ("Consentement", _one_of("oui", "non", "Oui", "x")),
    "a privacy policy": ("Politique de confidentialité", _one_of("lue", "acceptée")),
    "notes of music": ("Instrument", _one_of("piano", "violon", "")),
    "a team": ("Équipe", _one_of("Rose", "Bleue", "Verte")),
    "a brand": ("Véhicule", _one_of("Mercedes", "Renault", "Ford")),
    "numbers of vehicles": ("Immatriculation", lambda r, n, p: f"AB-{n % 900 + 100}-CD"),
    "phone extensions": ("Poste interne tél", lambda r, n, p: f"{4000 + n % 900}"),
    "emoji": ("Humeur", _one_of("🙂", "👩\u200d💻", "")),
    "thousands": ("Distance", lambda r, n, p: f"{n % 9 + 1} {n % 900:03} km"),
    "nothing at all": ("Divers", lambda r, n, p: ""),
}
"""Columns that a letter prints and in which nothing is wrong."""

SENTENCES: dict[str, str] = {
    "a colon and a link": "\nPlus de détails : https://exemple.test/suite?a=1&b=2\n",
    "a far date": "\nVos données seront conservées jusqu'au 30 novembre 2028.\n",
    "brackets and numbers": "\nConditions [1] et (2), article L. 1221-8, 3 %.\n",
    "words that are names": "\nUn grand merci, et bonne route. Soyez juste, clair, et restez vous-même.\n",
    "capitals": "\nSERVICE DES RESSOURCES HUMAINES, CS 12345, 31000 TOULOUSE CEDEX 9\n",
    "a list": "\n- Lyon, Paris ou Lille\n- le 12, le 13 ou le 14 mai\n",
    "one's own town and job": "\nVotre candidature à {{ ville|default('Toulouse') }}, {{ poste }} : merci.\n",
    "the line of a form": "\nSignature : ____________________ Date : __/__/____\n",
    "an English sentence": "\nKind regards, and may you find the right job soon.\n",
    "prices": "\nFrais remboursés : 12,50 € par jour, dans la limite de 100 €.\n",
    "a quotation": "\n« Rien de grand ne s'est fait sans passion. »\n",
    "a postscript": "\nP.-S. : le poste reste ouvert jusqu'à la fin du mois.\n",
}
"""Sentences of a letter in which nothing is wrong."""


def names_of(locale: str, seed: int, count: int) -> list[tuple[str, str]]:
    """Different people of a language."""
    fake = Faker(locale)
    fake.seed_instance(seed)
    found: dict[tuple[str, str], None] = {}
    latin = Faker("fr_FR")
    latin.seed_instance(seed)
    while len(found) < count:
        if locale == "ar_AA" and len(found) % 2:  # a list in Europe has both scripts
            found[latin.first_name(), latin.last_name()] = None
            continue
        last = fake.last_name() if len(found) < 3000 else f"{fake.last_name()}-{fake.last_name()}"
        found[fake.first_name(), last] = None
    return list(found)


def locale_world(seed: int, size: int, locale: str = "", traps: int = 6) -> World:
    """A clean campaign with the names of a language and some of the traps."""
    locale = locale or LOCALES[seed % len(LOCALES)]
    rng = random.Random(f"{locale} {seed} {size}")
    people = []
    seen: set[str] = set()
    for number, (first, last) in enumerate(names_of(locale, seed, size)):
        each = person(rng, number, first, last)
        local, _, domain = each[EMAIL].partition("@")
        if not local.isascii() or not local[:1].isalnum():
            local = f"contact{number}"
        if f"{local}@{domain}" in seen:
            local = f"{local}{number}"
        seen.add(f"{local}@{domain}")
        people.append({**each, EMAIL: f"{local}@{domain}"})
    world = World(seed, list(people[0]), people, LETTER, ALLOWING, encoding="utf-8-sig")
    names = [*rng.sample(list(COLUMNS), traps - 2), *rng.sample(list(SENTENCES), 2)] if traps else []
    headers: set[str] = set()
    for name in names:
        if name in SENTENCES:
            world.letter += SENTENCES[name]
            continue
        header, cell = COLUMNS[name]
        if header not in headers:
            headers.add(header)
            print_column(world, header, lambda number, each, cell=cell: cell(rng, number, each))
    return replace(world, traps=(locale, *names))


def print_column(world: World, header: str, cell: Callable[[int, dict[str, str]], str]) -> None:
    """One column more, which the letter prints."""
    world.headers.append(header)
    for number, each in enumerate(world.people):
        each[header] = cell(number, each)
    world.letter += f"\nInformation utile : {{{{ {identifier(header)}|default('') }}}}\n"


__all__ = ["COLUMNS", "FEEDBACK", "JOB", "LOCALES", "SENTENCES", "locale_world", "names_of", "print_column"]
