"""What the columns of a table hold, told from their headers and from what stands in them."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from enum import StrEnum

from mailmerge.lint.vocabulary import words
from mailmerge.model import RecordTable
from mailmerge.text import fold
from mailmerge.titles import TITLES

CIVILITIES = TITLES

_SAMPLE = 400
_PHONE_WORDS = words("tel telephone phone mobile portable gsm cell handy")
_NIR_WORDS = words("nir secu securite insee ssn nino")
_IBAN_WORDS = words("iban rib bank banque")
_REFERENCE_WORDS = words(
    "ref reference references dossier matricule numero num no id identifiant candidature code application "
    "candidat candidate number badge"
)
_PHONE = re.compile(r"(?:\+|00|0)[\d\s./()-]{7,20}")
_IBAN = re.compile(r"[A-Z]{2}\d{2}[A-Z0-9]{11,30}")
_NIR = re.compile(r"[12]\d\d(?:0[1-9]|1[0-2]|[2-9]\d)(?:\d\d|2[AB])\d{6}(?:\d\d)?")
_CODE = re.compile(r"(?=.*\d)[A-Za-z]{1,8}[-_/ .]?\d[\w./-]*|\d[\w]*[-_/][\w./-]*[A-Za-z][\w./-]*")
_FILE = re.compile(r"\.[A-Za-z]{2,5}$")
_NUMBER = re.compile(r"\d{6,}")
_TRUNK_ZERO = ("33", "44", "32", "49", "41", "31", "43", "353")
"""Countries that dial a 0 at home where the international form has the country code (ITU E.164)."""


class Kind(StrEnum):
    """The strong identities: whoever reads one knows one person."""

    ADDRESS = "address"
    PHONE = "phone"
    NIR = "nir"
    IBAN = "iban"
    REFERENCE = "reference"


def column_kinds(table: RecordTable) -> dict[str, Kind]:
    """The fields that hold a strong identity, by identifier."""
    kinds: dict[str, Kind] = {}
    for position, field in enumerate(table.fields):
        if field.name in table.columns.emails:
            kinds[field.name] = Kind.ADDRESS
            continue
        sample = _sample(table, position)
        kind = _kind(set(fold(field.header).split()), sample) if sample else None
        if kind is not None:
            kinds[field.name] = kind
    return kinds


def _sample(table: RecordTable, position: int) -> list[str]:
    """Some values, evenly from the whole table; blank ones left out."""
    step = max(1, len(table.records) // _SAMPLE)
    values = (table.records[index].values[position] for index in range(0, len(table.records), step))
    return [value for value in values if value]


def _kind(header: set[str], sample: Sequence[str]) -> Kind | None:
    if _most(sample, lambda v: bool(_IBAN.fullmatch(iban_of(v))), 0.5 if header & _IBAN_WORDS else 0.9):
        return Kind.IBAN
    if _most(sample, lambda v: bool(_NIR.fullmatch(nir_of(v))), 0.5 if header & _NIR_WORDS else 0.9):
        return Kind.NIR
    if header & _PHONE_WORDS:
        if _most(sample, lambda v: len(phone_of(v)) >= 8, 0.5):
            return Kind.PHONE
    elif _most(sample, lambda v: bool(_PHONE.fullmatch(v)) and 9 <= len(phone_of(v)) <= 13 and not _is_date(v), 0.9):
        return Kind.PHONE
    if len(set(sample)) < 0.9 * len(sample) or any(_FILE.search(value) for value in sample):
        return None
    if header & _REFERENCE_WORDS:
        codes = _most(sample, lambda v: bool(_CODE.fullmatch(v) or _NUMBER.fullmatch(v)), 0.8)
    else:
        codes = len(sample) >= 5 and _most(sample, lambda v: len(v) >= 5 and bool(_CODE.fullmatch(v)), 0.95)
    return Kind.REFERENCE if codes else None


def _most(sample: Sequence[str], test: Callable[[str], bool], share: float) -> bool:
    return sum(1 for value in sample if test(value)) >= share * len(sample)


def _is_date(value: str) -> bool:
    return bool(re.fullmatch(r"\d{1,4}[./-]\d{1,2}[./-]\d{1,4}(?:\s.*)?", value))


def phone_of(text: str) -> str:
    """A telephone number as digits, ``+33`` and ``0033`` as ``0``."""
    stripped = text.lstrip()
    digits = "".join(character for character in stripped if "0" <= character <= "9")
    if digits.startswith("00"):
        digits = digits[2:]
    elif not stripped.startswith("+"):
        if len(digits) == 9 and digits[0] != "0":
            return f"0{digits}"  # Excel took the zero for decoration
        if not (len(digits) == 11 and digits.startswith("33")):
            return digits
    for country in _TRUNK_ZERO:
        if digits.startswith(country):
            return f"0{digits[len(country) :].lstrip('0')}"
    return digits


def nir_of(text: str) -> str:
    """A French social security number without its spaces."""
    return "".join(text.upper().split())


def iban_of(text: str) -> str:
    """An IBAN (ISO 13616) without its spaces."""
    return "".join(text.upper().split())
