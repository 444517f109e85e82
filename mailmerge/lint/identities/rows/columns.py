"""What the columns of a table hold, by their headers and their content."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Sequence
from enum import StrEnum

from mailmerge.lint.identities.details import dates_in, profile_of, street_words
from mailmerge.lint.identities.numbers import compact, phone_of
from mailmerge.lint.vocabulary import OTHERS, words
from mailmerge.model import RecordTable
from mailmerge.records.columns.headers import is_somebody_elses
from mailmerge.records.columns.owners import Owners
from mailmerge.text.addresses import is_plain
from mailmerge.text.folding import fold, normalise
from mailmerge.text.regex import regex

__all__ = ["STRONG", "IdentityKind", "column_kinds", "phone_of"]

_SAMPLE = 400
_FEWEST = 3
"""Values from which on a column is judged by what it holds."""
_PHONE_WORDS = words(
    "tel telephone phone mobile portable gsm cell handy telefon telefono telefone telefoon telemovel movil movel "
    "celular cellulare komorka komorkowy mobiel mobil"
)
_NIR_WORDS = words(
    "nir secu securite insee ssn nino dni nie nif nuss pesel bsn passport passeport pasaporte passaporte passaporto "
    "reisepass paspoort paszport"
)
_IBAN_WORDS = words("iban rib bank banque")
_REFERENCE_WORDS = words(
    "ref reference references dossier matricule numero num no n nr id identifiant candidature code application "
    "candidat candidate number badge nummer referencia referenza kennung licence adherent usager allocataire abonne "
    "expediente codigo socio matricula carne tessera matricola codice pratica processo inscricao numer identyfikator "
    "legitymacja sprawy kennziffer aktenzeichen kenmerk"
)
_LOGIN_WORDS = words(
    "login logon username user utilisateur identifiant compte account benutzername benutzer benutzerkonto anmeldename "
    "gebruikersnaam usuario utente utilizador uzytkownik"
)
_NUMBER_ENDINGS = ("nummer", "nr", "kennung", "zeichen")
"""How headers end that German and Dutch write in one word: Kundennummer, klantnummer, Personalnr."""
_OF_A_PERSON = words(
    "candidat candidate candidature dossier matricule personne employe salarie badge client adherent membre member "
    "etudiant student applicant application employee staff identifiant"
)
_OF_A_THING = words(
    "hausnummer huisnummer zimmernummer raumnummer kamernummer rechnungsnummer factuurnummer bestellnummer "
    "postcode creneau horaire slot date jour offre offer poste job position annonce session salle room niveau level "
    "groupe group lot produit product postal zip cp plz ville town departement dept region annee year age note score "
    "heure heures duree salaire salary montant amount budget prix price tarif remuneration taux km distance rang rank "
    "total quantite aula sala salon raum zimmer kamer lokaal pokoj gabinet gabinete cabinet consulta consultorio "
    "despacho bureau buro office kantoor ufficio biuro desk table tisch stand box bay hall"
)
"""Words in the headers of what is not a person's number, however different it is from row to row."""
_MEASURED = words("note score montant amount total prix price tarif taux")
"""Those of them that are numbers, and are no code."""
_BIRTH_WORDS = words(
    "naissance ne nee birth birthdate birthday dob geburtsdatum geboren geburtstag nascimento nacimiento nascita "
    "geboortedatum urodzenia nasterii dogum"
)
_HOME_WORDS = words("adresse address rue domicile street strasse direccion indirizzo morada endereco adres voie")
_ELSEWHERE = words("lieu site agence entretien rendez societe entreprise bureau employeur ip web internet")
_LONGEST = 500
"""Characters of a cell that are looked at: an identity is shorter, and a book pasted into a cell is long."""
_STREET = regex(
    r"\b\d+\s?(?:bis|ter|quater|[a-d])?,?\s+(?:rue|avenue|av|boulevard|bd|place|all[ée]e|impasse|chemin|quai|cours|"
    r"route|square|[\w' -]+(?:street|road|lane|avenue|drive))\b|\b[\w.-]*(?:stra(?:ss|ß)e|straat|weg|laan)\s+\d|"
    r"\b(?:via|calle|rua|ul\.)\s",
    re.IGNORECASE,
)  # fmt: skip
_PHONE = regex(r"(?:\+|00|0)[\d\s./()-]{7,20}")
_IBAN = regex(r"[A-Z]{2}\d{2}[A-Z0-9]{11,30}")
_NIR = regex(r"[12]\d\d(?:0[1-9]|1[0-2]|[2-9]\d)(?:\d\d|2[AB])\d{6}(?:\d\d)?")
_CODE = regex(r"(?=.*\d)(?=.*[A-Za-z])[A-Za-z0-9][A-Za-z0-9 ._/#:-]{2,30}")
_ISSUED = regex(r"(?=.*\d)[A-Za-z]{1,8}[-_/ .]?\d[\w./-]*|\d[\w]*[-_/][\w./-]*[A-Za-z][\w./-]*")
_TIME = regex(
    r"\d{1,2}\s?[h:]\s?\d{0,2}(?:\s?(?:am|pm|min))?|\d{1,5}\s?(?:am|pm|mn|min|mois|ans|jours|h|k|ke|km|m2|e|er|eme)",
    re.I,
)
"""An hour, a duration, a size or a rank."""
_LETTERS, _DIGITS = regex(r"[A-Za-z]+"), regex(r"\d+")
_DRAWN = regex(r"[A-Za-z0-9]{6,24}")
_DRAWN_FOR_LINKS = regex(r"[\w~.=-]{8,200}")
_RUNS = regex(r"[A-Z]+|[a-z]+|\d+")
_LOGIN = regex(r"(?=.*\d)(?=.*[A-Za-z]{2})[\w.-]{4,30}")
"""What somebody signs in with, told from a word by a digit: "sdurand4"."""
_GROUPED = regex(r"\d+(?:[-/._ ]\d+)+")
_DATE = regex(r"\d{1,4}[./-]\d{1,2}[./-]\d{1,4}(?:\s.*)?")
_FILE = regex(r"\.[A-Za-z]{2,5}$")
_NUMBER = regex(r"\d{6,}")
_SHORT_NUMBER = regex(r"\d{5,12}")
_WORDY = regex(r"[A-Za-zÀ-ÿ]{9,}|[A-Za-zÀ-ÿ]+ [A-Za-zÀ-ÿ]+")


class IdentityKind(StrEnum):
    """What identifies one person."""

    ADDRESS = "address"
    PHONE = "phone"
    NIR = "nir"
    IBAN = "iban"
    REFERENCE = "reference"
    NUMBER = "number"
    """A number that only one row has, and that may be anything."""
    BIRTH = "birth"
    """A date of birth."""
    HOME = "home"
    """A postal address."""
    PROFILE = "profile"
    """A link to a page about one person."""
    PERSONAL_LINK = "personal link"
    """A link that lets one person in: what tells it from the others was drawn by lot."""


_BY_CONTENT = frozenset(
    {IdentityKind.ADDRESS, IdentityKind.PROFILE, IdentityKind.PERSONAL_LINK, IdentityKind.HOME, IdentityKind.NUMBER}
)
STRONG = frozenset(
    {IdentityKind.ADDRESS, IdentityKind.PHONE, IdentityKind.NIR, IdentityKind.IBAN, IdentityKind.REFERENCE}
)
"""Whoever reads one of these knows one person."""


def column_kinds(table: RecordTable) -> dict[str, IdentityKind]:
    """The fields that hold what identifies one person, by identifier."""
    kinds: dict[str, IdentityKind] = {}
    for position, field in enumerate(table.fields):
        if field.name in table.columns.emails:
            kinds[field.name] = IdentityKind.ADDRESS
            continue
        if field.name in table.columns.names:
            continue
        sample = _sample(table, position)
        said = set(fold(field.header).split())
        kind = _kind(said, sample) if sample else None
        if kind in _BY_CONTENT and (len(sample) < _FEWEST or _filled(table, position) < 0.5):
            continue
        of_others = kind is IdentityKind.ADDRESS and (is_somebody_elses(field.header) or not said.isdisjoint(OTHERS))
        if of_others and not _spell_own_names(table, position):
            continue
        if kind is not None:
            kinds[field.name] = kind
    return kinds


def _spell_own_names(table: RecordTable, position: int) -> bool:
    """Whether the addresses of a column are the people's own after all: "Email entreprise" of those who join it."""
    rows = [record.values for record in table.records[:: len(table.records) // _SAMPLE + 1]]
    return Owners(table.fields, rows, table.columns.names, table.columns.emails).judge(position).is_confirmed


def is_of_a_thing(header: str) -> bool:
    """Whether a header names a room, a session or a date, and no number of a person."""
    said = set(fold(header).split())
    return not said.isdisjoint(_OF_A_THING) and said.isdisjoint(_OF_A_PERSON)


def _sample(table: RecordTable, position: int) -> list[str]:
    """How some values begin, evenly from the whole table; blank ones left out."""
    step = max(1, len(table.records) // _SAMPLE)
    values = (table.records[index].values[position] for index in range(0, len(table.records), step))
    return [normalise(value[:_LONGEST]).strip() for value in values if value]


def _filled(table: RecordTable, position: int) -> float:
    """The share of rows with a value."""
    return sum(1 for record in table.records if record.values[position]) / len(table.records)


def _kind(header: set[str], sample: Sequence[str]) -> IdentityKind | None:
    if _most(sample, lambda v: bool(_IBAN.fullmatch(compact(v))), 0.5 if header & _IBAN_WORDS else 0.9):
        return IdentityKind.IBAN
    if _most(sample, lambda v: bool(_NIR.fullmatch(compact(v))), 0.5 if header & _NIR_WORDS else 0.9):
        return IdentityKind.NIR
    if header & _BIRTH_WORDS and _most(sample, lambda v: next(dates_in(v), None) is not None, 0.5):
        return IdentityKind.BIRTH
    if header & _PHONE_WORDS:
        if _most(sample, lambda v: len(phone_of(v)) >= 8, 0.5):
            return IdentityKind.PHONE
    elif _most(sample, lambda v: bool(_PHONE.fullmatch(v)) and 9 <= len(phone_of(v)) <= 13 and not _is_date(v), 0.9):
        return IdentityKind.PHONE
    distinct = len(set(sample)) / len(sample)
    if _most(sample, lambda v: bool(profile_of(v)), 0.8):
        return _kind_of_link(sample) if distinct >= 0.9 else None
    if _most(sample, is_plain, 0.8):
        return IdentityKind.ADDRESS if distinct >= 0.9 else None
    if _is_home(header, sample):
        return IdentityKind.HOME if distinct >= 0.8 else None
    if distinct < 0.9 or any(_FILE.search(value) for value in sample):
        return None
    return _kind_of_code(header, sample)


def _kind_of_link(sample: Sequence[str]) -> IdentityKind:
    before = _alike(sample)
    behind = _alike([link[before:][::-1] for link in sample])
    codes = [link[before : len(link) - behind] for link in sample]
    lets_in = len(sample) >= 5 and are_drawn(codes, _DRAWN_FOR_LINKS)
    return IdentityKind.PERSONAL_LINK if lets_in else IdentityKind.PROFILE


def _alike(texts: Sequence[str]) -> int:
    """How many letters all of them begin with."""
    return next((at for at, letters in enumerate(zip(*texts, strict=False)) if len(set(letters)) > 1), 0)


def _kind_of_code(header: set[str], sample: Sequence[str]) -> IdentityKind | None:
    """A reference by what it is called or how it looks; a number that is merely different in every row."""
    if (of_thing := header & _OF_A_THING) and not header & _OF_A_PERSON:
        is_issued = of_thing <= _MEASURED and len(sample) >= 5 and _is_issued(sample)
        return IdentityKind.REFERENCE if is_issued else None  # "Note de frais", and NDF000412
    if header & _LOGIN_WORDS and _most(sample, lambda v: bool(_LOGIN.fullmatch(v)), 0.8):
        return IdentityKind.REFERENCE
    is_numbered = bool(header & _REFERENCE_WORDS) or any(word.endswith(_NUMBER_ENDINGS) for word in header)
    if is_numbered or header & _NIR_WORDS:
        number = _SHORT_NUMBER if is_numbered else _NUMBER
        if _most(sample, lambda v: _is_code(v) or bool(number.fullmatch(v)) or _is_grouped(v, 5), 0.8):
            return IdentityKind.REFERENCE
    elif len(sample) >= 5 and (_is_issued(sample) or are_drawn(sample)):
        return IdentityKind.REFERENCE
    if len(sample) >= 5 and _most(sample, lambda v: bool(_SHORT_NUMBER.fullmatch(v)), 0.95):
        round_ones = sum(1 for value in sample if value.endswith("00"))
        return IdentityKind.NUMBER if round_ones * 5 < len(sample) else None
    return None


def _is_issued(sample: Sequence[str]) -> bool:
    """Whether values look as if somebody had numbered people: nearly all alike, letters before digits or in groups."""
    if not _most(sample, lambda v: len(v) >= 5 and (bool(_ISSUED.fullmatch(v)) or _is_grouped(v, 7)), 0.95):
        return False
    shapes = Counter(_LETTERS.sub("A", _DIGITS.sub("9", value)) for value in sample)
    return shapes.most_common(1)[0][1] >= 0.8 * len(sample)


def are_drawn(values: Sequence[str], pattern: re.Pattern[str] = _DRAWN) -> bool:
    """Whether values look as if a machine had drawn them by lot: equally long, of letters and digits without order."""
    if len({len(value) for value in values}) != 1 or not _most(values, lambda v: bool(pattern.fullmatch(v)), 1):
        return False
    changes = sum(1 for value in values if len(_RUNS.findall(value)) > 2)
    return changes * 2 >= len(values)


def _is_code(value: str) -> bool:
    return (
        bool(_CODE.fullmatch(value))
        and not _TIME.fullmatch(value)
        and 4 <= len(compact(value)) <= 24
        and not _WORDY.search(value)
    )


def _is_grouped(value: str, digits: int) -> bool:
    """Digits in groups, such as 2026-0041; no date."""
    return bool(_GROUPED.fullmatch(value)) and not _is_date(value) and len(compact(value)) >= digits


def _is_home(header: set[str], sample: Sequence[str]) -> bool:
    if header & _ELSEWHERE or header & OTHERS:
        return False
    if header & _HOME_WORDS:
        return _most(sample, lambda v: "@" not in v and any(w[0].isdigit() for w in street_words(v)), 0.6)
    return _most(sample, lambda v: bool(_STREET.search(v)), 0.8)


def _most(sample: Sequence[str], test: Callable[[str], bool], share: float) -> bool:
    """Whether this share of them passes; it looks no further once it cannot be reached."""
    left = len(sample)
    for value in sample:
        if not test(value):
            left -= 1
            if left < share * len(sample):
                return False
    return True


def _is_date(value: str) -> bool:
    return bool(_DATE.fullmatch(value))
