"""LST103: accents are accents, not the wreck of an encoding."""

from __future__ import annotations

import re
from collections.abc import Iterator

from mailmerge.i18n import N_
from mailmerge.lint.finding import Found, Suppression
from mailmerge.lint.rule import RuleDoc, Scope, rule
from mailmerge.lint.views.inspection import Inspection
from mailmerge.model import Severity
from mailmerge.text import shorten

_BROKEN = re.compile("[\ufffd\x00-\x08\x0b\x0c\x0e-\x1f\x80-\x9f]")
_TWICE_ENCODED = re.compile("[\u00c2-\u00f4][\u0080-\u00bf€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ]")
_MAC_AS_WINDOWS = re.compile(r"[a-zà-ÿ][ÈËÍÓ‰Ž][a-zà-ÿ]")
_LOST = re.compile(r"[^\W\d_]['’]?\?['’]?[^\W\d_]")


DOC = RuleDoc(
    title=N_("Accents are accents, not the wreck of an encoding."),
    what=N_(
        "the replacement character, NUL and control characters, and text that was decoded with the wrong encoding."
    ),
    why=N_('"Bonjour HÃ©lÃ¨ne" in a rejection tells the person that nobody looked at it.'),
    bad=N_("HÃ©lÃ¨ne, H�l�ne"),
    good=N_("Hélène; JOÃO is a name, and passes"),
    fix=N_('say the file\'s encoding (encoding = "windows-1252"), or export it again as "CSV UTF-8".'),
)


@rule("LST103", "mojibake", Severity.BLOCK, Suppression.WAIVER, Scope.TABLE, DOC)
def mojibake(inspection: Inspection) -> Iterator[Found]:
    """Accents are accents, not the wreck of an encoding."""
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


def _name_fields(inspection: Inspection) -> frozenset[str]:
    return frozenset(inspection.table.columns.names)
