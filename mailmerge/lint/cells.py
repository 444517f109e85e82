"""Cells that are not what they should be: broken encoding, invisible characters, spreadsheet errors."""

from __future__ import annotations

import re
from collections.abc import Iterator

from mailmerge.lint.finding import Found, Suppression
from mailmerge.lint.inspection import Inspection
from mailmerge.lint.registry import Scope, rule
from mailmerge.model import Record, Severity
from mailmerge.text import fold, has_invisible, invisible_in, shorten

_BROKEN = re.compile("[\ufffd\x00-\x08\x0b\x0c\x0e-\x1f\x80-\x9f]")
_TWICE_ENCODED = re.compile("[\u00c2-\u00f4][\u0080-\u00bf€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ]")
_MAC_AS_WINDOWS = re.compile(r"[a-zà-ÿ][ÈËÍÓ‰Ž][a-zà-ÿ]")
_LOST = re.compile(r"[^\W\d_]['’]?\?['’]?[^\W\d_]")


@rule("LST103", "mojibake", Severity.BLOCK, Suppression.WAIVER, Scope.TABLE)
def mojibake(inspection: Inspection) -> Iterator[Found]:
    """Accents are accents, not the wreck of an encoding.

    What: the replacement character, NUL and control characters, and text that was decoded with the wrong encoding.
    Why: "Bonjour HÃ©lÃ¨ne" in a rejection tells the person that nobody looked at it.
    Bad: HÃ©lÃ¨ne, H\N{REPLACEMENT CHARACTER}l\N{REPLACEMENT CHARACTER}ne
    Good: Hélène; JOÃO is a name, and passes
    Fix: say the file's encoding (encoding = "windows-1252"), or export it again as "CSV UTF-8".
    """
    names = _name_fields(inspection)
    for position, field in enumerate(inspection.table.fields):
        if field.name not in inspection.used_fields:
            continue
        for record in inspection.records:
            value = record.values[position]
            if not value or (value.isascii() and value.isprintable() and "?" not in value):
                continue
            repaired = _repaired(value, field.name in names)
            if repaired is None:
                continue
            proposal = f"; it should probably read {shorten(repaired, 40)}" if repaired else ""
            yield Found(
                message=f'{inspection.person(record)} has broken characters in "{field.header}": '
                f"{shorten(value, 60)}{proposal}",
                fix='Give the file\'s encoding (encoding = "..."), or export it again as "CSV UTF-8", '
                "or correct the cell.",
                evidence=(field.name, value),
                record=record,
                field=field.name,
                excerpt=value,
                cause=field.name,
            )


def _repaired(value: str, is_name: bool) -> str | None:
    """None for sound text, otherwise what it should read, ``""`` where that cannot be told."""
    if _TWICE_ENCODED.search(value):
        import ftfy

        repaired = str(ftfy.fix_encoding(value))
        if repaired != value:
            return repaired
    if _BROKEN.search(value):
        return ""
    if is_name and (_LOST.search(value) or _MAC_AS_WINDOWS.search(value)):
        return ""
    return None


_JOINERS = frozenset("\u200c\u200d")
_BESIDE_JOINER = re.compile(r"[\u0600-\u08ff\u0900-\u0dff\ufb50-\ufdff\ufe70-\ufeff][\u200c\u200d]")
_TYPOGRAPHY = re.compile("[\u00a0\u202f](?=[:;!?»%€])|(?<=[«\\d])[\u00a0\u202f]")


@rule("LST104", "invisible", Severity.BLOCK, Suppression.WAIVER, Scope.TABLE)
def invisible(inspection: Inspection) -> Iterator[Found]:
    """No character that nobody sees.

    What: no-break spaces, zero-width characters, soft hyphens and marks that turn the direction of text. They block
    in an address; elsewhere they warn.
    Why: jean@x.example with a zero-width space is another mailbox, or none; the eye cannot tell.
    Bad: jean<U+200B>@x.example
    Good: jean@x.example; joiners inside Persian and Indic names pass
    Fix: type the cell again by hand instead of pasting it.
    """
    columns = inspection.table.columns
    for position, field in enumerate(inspection.table.fields):
        if field.name not in inspection.used_fields:
            continue
        in_address = field.name == columns.email
        for record in inspection.records:
            value = record.values[position]
            if value.isascii() or not has_invisible(value):
                continue
            marks = _marks(value, in_address)
            if not marks:
                continue
            yield Found(
                message=f'{inspection.person(record)} has {marks} in "{field.header}": {_shown(value)}',
                fix="Type the cell again by hand: it was pasted with characters that do not show.",
                evidence=(field.name, value),
                record=record,
                field=field.name,
                excerpt=value,
                severity=Severity.BLOCK if in_address else Severity.WARN,
                cause=field.name,
            )


def _marks(value: str, in_address: bool) -> str:
    if not in_address:
        value = _TYPOGRAPHY.sub("", value)
        if _BESIDE_JOINER.search(value):
            value = value.replace("\u200c", "").replace("\u200d", "")
    found = sorted({f"U+{ord(character):04X}" for character in invisible_in(value)})
    return f"invisible characters ({', '.join(found)})" if found else ""


def _shown(value: str) -> str:
    blanks = {c for c in invisible_in(value) if c.isspace()}
    marked = "".join(f"‹U+{ord(c):04X}›" if c in blanks else c for c in value)
    return shorten(marked, 60)


_ERROR = re.compile(
    r"#(?:N/[AD]|NV\b|GETTING_DATA|(?:NOM|NAME)[ \u00a0\u202f]?\?"
    r"|(?:REF|VALEUR|VALUE|DIV/0|NUL|NULL|NOMBRE|NUM|CALC|CALCUL|SPILL|EPARS|PROPAGATION|WERT|BEZUG|ZAHL)"
    r"[ \u00a0\u202f]?!)|^#{3,}$|^Err:\d{3}$",
    re.IGNORECASE,
)
_SCIENTIFIC = re.compile(r"[+-]?\d([.,]\d+)?E\+?\d{2,}", re.IGNORECASE)


@rule("LST112", "spreadsheet-error", Severity.BLOCK, Suppression.WAIVER, Scope.TABLE)
def spreadsheet_error(inspection: Inspection) -> Iterator[Found]:
    """No spreadsheet error where a value should be.

    What: #N/A, #REF!, #VALEUR!, #NOM?, ####, and numbers that Excel turned into 1,2E+11, in a field that is used.
    Why: "Votre candidature au poste de #N/A" is sent to a person; and a broken look-up often means broken rows.
    Bad: poste = #N/A
    Good: poste = Comptable; a person called Na passes
    Fix: repair the formula, or paste the values; format long numbers as text.
    """
    for position, field in enumerate(inspection.table.fields):
        if field.name not in inspection.used_fields:
            continue
        for record in inspection.records:
            value = record.values[position]
            if not _is_error(value):
                continue
            yield Found(
                message=f'{inspection.person(record)} has a spreadsheet error in "{field.header}": '
                f"{shorten(value, 40)}",
                fix=_UNSHOWN_FIX if value.startswith("###") else _ERROR_FIX,
                evidence=(field.name, value, *_who(inspection, record)),
                record=record,
                field=field.name,
                excerpt=value,
                cause=f"{field.name}\x1f{value}",
            )


_ERROR_FIX = "Repair the formula or type the value; format long numbers as text before exporting."
_UNSHOWN_FIX = (
    "The cell cannot show its value with its number format: give the column another one, such as General or a plain "
    "date, and save the file again."
)


def _is_error(value: str) -> bool:
    if not value:
        return False
    if "#" in value or value.startswith("Err"):
        return bool(_ERROR.search(value))
    return value[0] in "0123456789+-" and bool(_SCIENTIFIC.fullmatch(value))


def _name_fields(inspection: Inspection) -> frozenset[str]:
    return frozenset(inspection.table.columns.names)


def _who(inspection: Inspection, record: Record) -> tuple[str, ...]:
    """The person, for a fingerprint."""
    return (fold(inspection.table.value(record, inspection.table.columns.email)),)
