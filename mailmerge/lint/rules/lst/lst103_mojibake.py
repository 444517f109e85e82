"""LST103: accented letters are intact, not garbled by a wrong encoding."""

from __future__ import annotations

import re
from collections.abc import Iterator

from mailmerge.i18n import N_
from mailmerge.lint.finding import Found, Suppression
from mailmerge.lint.rule import RuleDoc, Scope, rule
from mailmerge.lint.sentence import Quoted, Sentence
from mailmerge.lint.views.inspection import Inspection
from mailmerge.model import Severity

_BROKEN = re.compile("[\ufffd\x00-\x08\x0b\x0c\x0e-\x1f\x80-\x9f]")
_TWICE_ENCODED = re.compile("[\u00c2-\u00f4][\u0080-\u00bf€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ]")
_MAC_AS_WINDOWS = re.compile(r"[a-zà-ÿ][ÈËÍÓ‰Ž][a-zà-ÿ]")
_LOST = re.compile(r"[^\W\d_]['’]?\?['’]?[^\W\d_]")


DOC = RuleDoc(
    title=N_("Accented letters are intact, not garbled by a wrong encoding."),
    what=N_(
        "The replacement character, NUL and control characters, and text that was decoded with the wrong encoding."
    ),
    why=N_('"Bonjour HÃ©lÃ¨ne" in a rejection shows the person that nobody looked at it.'),
    bad=N_("HÃ©lÃ¨ne, H�l�ne"),
    good=N_("Hélène; JOÃO is a name, and passes"),
    fix=N_('Set the encoding of the file (encoding = "windows-1252"), or export it again as "CSV UTF-8".'),
)
_FIX = N_('Set the encoding of the file (encoding = "..."), export it again as "CSV UTF-8", or correct the cell.')
_MANY = N_('{count} people have garbled characters in "{header}", such as {cell} ({lines})')
REPAIRABLE = Sentence(
    "lst103.repairable",
    one=N_('{person} has garbled characters in "{header}": {cell}; it should probably read {repaired}'),
    fix=_FIX,
    many=_MANY,
)
BEYOND_REPAIR = Sentence(
    "lst103.beyond-repair", one=N_('{person} has garbled characters in "{header}": {cell}'), fix=_FIX, many=_MANY
)


@rule("LST103", "mojibake", Severity.BLOCK, Suppression.WAIVER, Scope.TABLE, DOC)
def mojibake(inspection: Inspection) -> Iterator[Found]:
    """Accented letters are intact, not garbled by a wrong encoding."""
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
            yield Found(
                says=REPAIRABLE if repaired else BEYOND_REPAIR,
                values={
                    "person": inspection.person(record),
                    "header": Quoted(field.header or field.name, 40),
                    "cell": Quoted(value),
                    **({"repaired": Quoted(repaired, 40)} if repaired else {}),
                },
                evidence=(field.name, value),
                record=record,
                field=field.name,
                excerpt=value,
                cause=field.name,
            )


def _repaired(value: str, is_name: bool) -> str | None:
    """None for sound text, else what it should read, ``""`` if that cannot be known."""
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


def _name_fields(inspection: Inspection) -> frozenset[str]:
    return frozenset(inspection.table.columns.names)
