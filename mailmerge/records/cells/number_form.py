"""Whether the numbers of a column are written as in English: 32,500.50 where French writes 32 500,50."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from enum import StrEnum
from typing import NamedTuple

from mailmerge.records.columns.header_synonyms import each_word
from mailmerge.records.columns.headers import header_words
from mailmerge.text.regex import regex


class Form(StrEnum):
    """How sure it is."""

    ENGLISH = "english"
    EITHER = "either"
    """The comma of ``1,234`` may part thousands, or decimals."""


class NumberColumn(NamedTuple):
    """What is known of a column with numbers in English form."""

    form: Form
    cell: str
    """The first of them."""


_UNIT = (
    r"[€$£%‰]|(?:k|K|M)€|EUR|USD|GBP|CHF|PLN|euros?|points?|heures?|hours?|Stunden|horas?|ore|uur|jours?|days?|Tage"
    r"|kg|km|m²|m2|h"
)
_NUMBER = regex(
    rf"(?P<before>(?:[€$£]|EUR|USD|GBP|CHF)\s?)?[-+−]?(?P<number>\d[\d,.]*)"
    rf"(?P<after>\s?(?:{_UNIT})(?:\b|$|/| ).{{0,12}})?"
)
_GROUPED = regex(r"\d{1,3}(?:,\d{3})+\.\d+|\d{1,3}(?:,\d{3}){2,}")
_ONE_GROUP = regex(r"[1-9]\d{0,2},\d{3}")
_POINT = regex(r"(\d+)\.(\d{1,2})")
_COMMA = regex(r"\d+,(?:\d{1,2}|\d{4,})|0,\d+|\d{1,3}(?:\.\d{3})+(?:,\d+)?")
_WITHIN = regex(
    r"(?<![\d.,])(?:\d{1,3}(?:,\d{3})+\.\d{1,2}(?![\d.,]*\d)|[€$£]\d+(?:\.\d{2}|,\d{3})(?![\d.,]*\d)"
    r"|\d+\.\d{1,2}\s?[€%](?!\w))"
)
_MONTH = regex(r"(?:19|20)\d\d\.(?:0[1-9]|1[0-2])")
_LONGEST = 80
_ENOUGH = 0.5
_CALM = each_word(
    """version versions release build chapitre chapter kapitel article artikel articulo articolo artigo section
    paragraphe niveau level livello nivel stufe poziom ref reference references referenz referencia riferimento numero
    num n no nr id code codigo codice matricule salle room raum sala aula zaal etage floor bureau ip tel telephone phone
    telefon telefono date datum fecha data jour heure heures horaire time zeit uhrzeit hora ora uur creneau slot lot
    """
)
"""Words of headers below which a point parts no decimals: 3.11, 9.30, 14.03."""
_MEASURE = each_word(
    """taux pourcentage percentage percent rate prozent prozentsatz porcentaje tasa percentuale tasso percentagem taxa
    percentage salaire remuneration salary pay wage gehalt lohn salario sueldo stipendio salaris loon wynagrodzenie
    montant amount betrag importe importo valor bedrag kwota prix price preis precio prezzo preco prijs cena prime bonus
    pramie total totale summe suma somme moyenne average durchschnitt promedio media srednia gemiddelde cout cost kosten
    coste costo custo budget brut net brutto netto indemnite allowance solde balance saldo duree quotite
    etp fte euros eur
    """
)
"""Words of headers below which there are amounts."""


def english_numbers(cells: Mapping[str, int], header: str, *, is_shown: bool) -> NumberColumn | None:
    """The numbers of a column that are in English form; None where there are none, or where they may be anything else.

    ``is_shown``: they are numbers of a workbook; it is shown in English form only if its commas part thousands.
    """
    parsed = {cell: found for cell in cells if cell and (found := _number(cell))}
    filled = sum(1 for cell in cells if cell)
    if not parsed or len(parsed) < _ENOUGH * filled:
        within = next((cell for cell in cells if len(cell) <= _LONGEST and _WITHIN.search(cell)), "")
        return NumberColumn(Form.ENGLISH, within) if within else None
    numbers = {cell: found["number"].rstrip(".,") for cell, found in parsed.items()}
    grouped = [cell for cell, number in numbers.items() if _GROUPED.fullmatch(number)]
    if grouped:
        return NumberColumn(Form.ENGLISH, grouped[0])
    if any(_COMMA.fullmatch(number) for number in numbers.values()):
        return None
    measured = {cell for cell, found in parsed.items() if found["before"] or found["after"]}
    said = set(header_words(header))
    one_group = [cell for cell, number in numbers.items() if _ONE_GROUP.fullmatch(number)]
    points = {cell: match for cell, number in numbers.items() if (match := _POINT.fullmatch(number))}
    is_pointed = _are_decimals(points.values(), said, is_measured=any(cell in measured for cell in points))
    if one_group:
        certain = is_shown or is_pointed or any(cell in measured for cell in one_group)
        return NumberColumn(Form.ENGLISH if certain else Form.EITHER, one_group[0])
    return NumberColumn(Form.ENGLISH, next(iter(points))) if is_pointed else None


def _number(cell: str) -> re.Match[str] | None:
    return _NUMBER.fullmatch(cell) if len(cell) <= 40 and any(map(str.isdecimal, cell[:5])) else None


def _are_decimals(points: Iterable[re.Match[str]], said: set[str], *, is_measured: bool) -> bool:
    """Whether a point parts decimals, and is not that of a version, a date, a time or a number of a section."""
    several = [match for match in points if not _MONTH.fullmatch(match[0])]
    if not several:
        return False
    if is_measured:
        return True
    if not said.isdisjoint(_CALM):
        return False
    if not said.isdisjoint(_MEASURE) or any(len(match[1]) > 2 for match in several):
        return True
    return len({len(match[2]) for match in several}) > 1
