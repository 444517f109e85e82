"""In which language a workbook was made: what Excel and LibreOffice leave in it, by what follows their own language.

Only what no library writes counts: ``Worksheets`` and ``Office Theme`` are in workbooks of every language.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from xml.etree import ElementTree

from mailmerge.text.regex import regex

_HEADINGS = {
    "feuilles de calcul": "fr", "arbeitsblätter": "de", "hojas de cálculo": "es",
    "fogli di lavoro": "it", "werkbladen": "nl", "folhas de cálculo": "pt", "planilhas": "pt", "arkusze": "pl",
    "kalkylblad": "sv", "regneark": "da", "laskentataulukot": "fi", "listy": "cs",
}  # fmt: skip
"""What Excel calls the sheets in docProps/app.xml, in the language it runs in.

LibreOffice writes no such heading, but the language itself into docProps/core.xml.
"""
_SHEETS = {
    "feuil": "fr", "feuille": "fr", "tabelle": "de", "hoja": "es", "foglio": "it", "blad": "nl", "folha": "pt",
    "planilha": "pt", "arkusz": "pl", "ark": "da", "taulukko": "fi", "list": "cs",
}  # fmt: skip
"""What new sheets are called, with a number behind; also the name that a sheet keeps in code when it is renamed."""
_STYLES = {
    0: {"standard": "de", "normale": "it", "standaard": "nl", "normalny": "pl", "normaali": "fi", "normální": "cs"},
    3: {"milliers": "fr", "millares": "es", "migliaia": "it", "vírgula": "pt", "dziesiętny": "pl", "tusental": "sv",
        "pilkku": "fi", "čárka": "cs"},
    4: {"monétaire": "fr", "währung": "de", "moneda": "es", "moeda": "pt", "walutowy": "pl"},
    5: {"pourcentage": "fr", "prozent": "de", "porcentaje": "es", "percentuale": "it", "porcentagem": "pt",
        "percentagem": "pt", "procentowy": "pl", "prosent": "nb", "prosenttia": "fi", "procenta": "cs"},
    8: {"lien hypertexte": "fr", "hipervínculo": "es", "collegamento ipertestuale": "it", "hiperlink": "pt",
        "hiperłącze": "pl", "hyperlänk": "sv", "hyperkobling": "nb", "hyperlinkki": "fi",
        "hypertextový odkaz": "cs"},
}  # fmt: skip
"""The names of the cell styles that every workbook has, by their ``builtinId`` (ECMA-376 part 1, 18.8.7)."""
_THEMES = {
    "thème office": "fr", "tema de office": "es", "tema di office": "it", "kantoorthema": "nl",
    "tema do office": "pt", "motyw pakietu office": "pl", "office-teema": "fi", "motiv office": "cs",
}  # fmt: skip
_CODE_NAME = regex(rb'<(?:\w+:)?sheetPr\b[^>]*\bcodeName="([^"]*)"')

Tree = Callable[[str], ElementTree.Element | None]
"""A part of the package, parsed; None where it has none of that name."""


def language_of_sheets(names: Iterable[str]) -> str:
    """The language in which a sheet still has the name that it was made with (``Feuil1``); ``""`` where none has."""
    for name in names:
        match = re.fullmatch(r"([^\W\d]+) ?\d+", name)
        if match and match[1].lower() in _SHEETS:
            return _SHEETS[match[1].lower()]
    return ""


def language_of_package(tree: Tree, sheets: Iterable[str], heads: Iterable[bytes]) -> str:
    """The language (ISO 639) of an XLSX; ``""`` where nothing in it tells.

    ``heads`` are the beginnings of its sheets.
    """
    return (
        language_of_sheets(sheets)
        or _of_headings(tree("docProps/app.xml"))
        or _of_core_properties(tree("docProps/core.xml"))
        or language_of_sheets(found[1].decode(errors="replace") for found in map(_CODE_NAME.search, heads) if found)
        or _of_styles(tree("xl/styles.xml"))
        or _of_theme(tree("xl/theme/theme1.xml"))
    )


def _of_headings(properties: ElementTree.Element | None) -> str:
    return next((_HEADINGS[text.lower()] for _, text in _texts(properties) if text.lower() in _HEADINGS), "")


def _of_core_properties(properties: ElementTree.Element | None) -> str:
    told = next((text for tag, text in _texts(properties) if tag == "language"), "")
    return told[:2].lower() if re.match(r"[A-Za-z]{2}(?:[-_]|$)", told) else ""


def _of_styles(styles: ElementTree.Element | None) -> str:
    for node in styles.iter() if styles is not None else ():
        if _local(node.tag) == "cellStyle" and node.get("builtinId", "").isdecimal():
            language = _STYLES.get(int(node.attrib["builtinId"]), {}).get(node.get("name", "").lower())
            if language:
                return language
    return ""


def _of_theme(theme: ElementTree.Element | None) -> str:
    return "" if theme is None else _THEMES.get(theme.get("name", "").lower(), "")


def _texts(part: ElementTree.Element | None) -> list[tuple[str, str]]:
    return [] if part is None else [(_local(node.tag), (node.text or "").strip()) for node in part.iter()]


def _local(tag: str) -> str:
    return tag.rpartition("}")[2]
