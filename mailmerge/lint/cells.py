"""Cells that are not what they should be: structure, encoding, invisible characters, spreadsheet errors."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from mailmerge.lint.finding import Found, Severity, Suppression
from mailmerge.lint.inspection import Inspection
from mailmerge.lint.registry import Scope, rule
from mailmerge.lint.vocabulary import words
from mailmerge.model import Defect, Record
from mailmerge.text import INVISIBLE, fold, has_invisible, shorten

_FREE_TEXT = words(
    "adresse address commentaire commentaires comment comments remarque remarques note notes observation observations "
    "texte text message description motif feedback avis detail details paragraphe"
)


@rule("LST101", "structure", Severity.BLOCK, Suppression.NEVER, Scope.TABLE)
def structure(inspection: Inspection) -> Iterator[Found]:
    """The table has one header for each column and one cell for each header.

    What: rows that are longer or shorter than the header, headers that are empty or stand twice, no e-mail column,
    two readings of the file that are equally good.
    Why: a row with a cell too many puts every following value under the wrong header: the next person's score
    is printed as this person's first name.
    Bad: nom;email and then a row with three cells
    Good: every row has as many cells as the header has names
    Fix: open the file, go to the line named, and move the cells back; name every column once.
    """
    for defect, record in _defects(inspection):
        if defect.kind != "swallowed-row":
            yield Found(
                message=_with_line(defect),
                fix=_STRUCTURE_FIXES.get(defect.kind, "Repair the file where the message says, and save it again."),
                evidence=(defect.kind, defect.message if defect.line is None else _without_numbers(defect.message)),
                record=record,
                line=defect.line,
                field=defect.field,
                cause=defect.kind,
            )


_STRUCTURE_FIXES = {
    "ragged": "Open the file at this line: a cell is missing or too many. Often a text holds the delimiter unquoted.",
    "duplicate-header": "Give each column a name of its own, so that a letter cannot print the wrong one.",
    "empty-header": "Give the column a name, or delete it.",
    "no-email-column": "Add a column with one e-mail address a person, or name it: [columns] email = ...",
    "ambiguous-email-column": "Say which column is meant: [columns] email = ... in campaign.toml.",
    "ambiguous-delimiter": "Say which delimiter is meant: delimiter = ... in campaign.toml.",
}


@rule("LST102", "swallowed-row", Severity.BLOCK, Suppression.NEVER, Scope.TABLE)
def swallowed_row(inspection: Inspection) -> Iterator[Found]:
    """No cell holds the rest of a row, or the next person.

    What: a line break, the file's delimiter or an @ inside a short field such as a name or a town.
    Why: one stray quotation mark swallows everything up to the next one: a whole other person, address and all,
    becomes part of this person's cell, and is printed in the letter.
    Bad: nom = "Petit;jean@x.example⏎Durand"
    Good: nom = "Petit". Columns of free text may hold several lines.
    Fix: open the file in a text editor at the line named, and delete the stray quotation mark.
    """
    told: set[int] = set()
    for defect, swallower in _defects(inspection):
        if defect.kind == "swallowed-row":
            if swallower is not None:
                told.add(swallower.number)
            yield Found(
                message=_with_line(defect),
                fix=_SWALLOWED_FIX,
                evidence=(defect.kind, defect.message),
                record=swallower,
                line=defect.line,
                field=defect.field,
            )
    for position, field in enumerate(inspection.table.fields):
        if field.name == inspection.table.columns.email:
            continue
        short = _short_field(inspection, position)
        for record in inspection.records:
            value = record.values[position]
            reason = _swallowed(inspection, field.name, value, short) if value and record.number not in told else ""
            if reason:
                yield Found(
                    message=f'{inspection.person(record)} has {reason} in "{field.header}": {shorten(value, 80)}',
                    fix=_SWALLOWED_FIX,
                    evidence=(field.name, value),
                    record=record,
                    field=field.name,
                    excerpt=value,
                )


_SWALLOWED_FIX = (
    "Open the file in a text editor at this line: a stray quotation mark made the cell swallow what follows. "
    "Delete it, and check that nobody is missing."
)


def _short_field(inspection: Inspection, position: int) -> Counter[str]:
    """How often a column holds each of the three signs; empty where it is a column of free text."""
    header = inspection.table.fields[position].header
    values = [record.values[position] for record in inspection.table.records if record.values[position]]
    if not values:
        return Counter()
    lengths = sorted(map(len, values))
    if lengths[len(lengths) // 2] > 60 or _FREE_TEXT & set(fold(header).split()):
        return Counter()
    signs = Counter[str](short=1)
    delimiter = inspection.table.dialect.delimiter
    for value in values:
        signs["@"] += "@" in value
        signs["\n"] += "\n" in value
        signs["delimiter"] += bool(delimiter) and delimiter in value
    for sign in ("@", "\n", "delimiter"):
        if signs[sign] > max(2, len(values) // 20):  # the column is like that
            signs[f"usual {sign}"] = 1
    return signs


def _swallowed(inspection: Inspection, field: str, value: str, signs: Counter[str]) -> str:
    """What shows that a cell swallowed something, in words; ``""`` where nothing does."""
    delimiter = inspection.table.dialect.delimiter
    cells = value.count(delimiter) if delimiter else 0
    if "\n" in value and "@" in value and cells >= 2:
        return "another row"
    if not signs:
        return ""
    if "@" in value and "usual @" not in signs:
        return "an @"
    if "\n" in value and "usual \n" not in signs:
        return "a line break"
    if cells and "usual delimiter" not in signs and (delimiter in ";\t|" or cells >= 2):
        return "the file's own delimiter"
    return ""


_BROKEN = re.compile("[\ufffd\x00-\x08\x0b\x0c\x0e-\x1f\x80-\x9f]")
_TWICE_ENCODED = re.compile("[\u00c2-\u00f4][\u0080-\u00bf€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ]")
_MAC_AS_WINDOWS = re.compile(r"[a-zà-ÿ][ÈËÍÓ‰Ž][a-zà-ÿ]")
_LOST = re.compile(r"[^\W\d_]\?[^\W\d_]")


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
    found = sorted({f"U+{ord(c):04X}" for c in value if has_invisible(c)})
    return f"invisible characters ({', '.join(found)})" if found else ""


def _shown(value: str) -> str:
    marked = "".join(f"‹U+{ord(c):04X}›" if has_invisible(c) and c not in INVISIBLE else c for c in value)
    return shorten(marked, 60)


_ERROR = re.compile(
    r"#(?:N/[AD]|REF!|VALEUR!|VALUE!|NOM\?|NAME\?|DIV/0!|NUL!|NULL!|NOMBRE!|NUM!|CALC!|CALCUL!|SPILL!|EPARS!"
    r"|PROPAGATION!|GETTING_DATA|WERT!|BEZUG!|NV\b|ZAHL!)|^#{3,}$|^Err:\d{3}$",
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
                fix="Repair the formula or type the value; format long numbers as text before exporting.",
                evidence=(field.name, value, *_who(inspection, record)),
                record=record,
                field=field.name,
                excerpt=value,
                cause=f"{field.name}\x1f{value}",
            )


def _is_error(value: str) -> bool:
    if not value:
        return False
    if "#" in value or value.startswith("Err"):
        return bool(_ERROR.search(value))
    return value[0] in "0123456789+-" and bool(_SCIENTIFIC.fullmatch(value))


def _defects(inspection: Inspection) -> Iterator[tuple[Defect, Record | None]]:
    """The reader's defects with the person they are about, less those of people who are not written to."""
    for defect in inspection.table.defects:
        if defect.record is None:
            yield defect, None
        elif defect.record in inspection.recipient_numbers:
            yield defect, inspection.table.record(defect.record)


def _with_line(defect: Defect) -> str:
    return (
        defect.message if defect.line is None or "line" in defect.message else f"line {defect.line}: {defect.message}"
    )


def _without_numbers(text: str) -> str:
    return re.sub(r"\d+", "#", text)


def _name_fields(inspection: Inspection) -> frozenset[str]:
    columns = inspection.table.columns
    return frozenset({columns.first_name, columns.last_name, columns.full_name} - {""})


def _who(inspection: Inspection, record: Record) -> tuple[str, ...]:
    """The person, for a fingerprint."""
    return (fold(inspection.table.value(record, inspection.table.columns.email)),)
