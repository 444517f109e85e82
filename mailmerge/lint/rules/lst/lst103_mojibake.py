"""LST103: accented letters are intact, not garbled by a wrong encoding."""

from __future__ import annotations

from collections.abc import Iterator

from mailmerge.i18n import N_
from mailmerge.lint.finding import RawFinding, Suppression
from mailmerge.lint.rule import RuleDoc, Scope, rule
from mailmerge.lint.rules.lst.garbled import is_suspect, lost_marks, repaired
from mailmerge.lint.sentence import Quoted, Sentence
from mailmerge.lint.views.inspection import Inspection
from mailmerge.model import Severity

DOC = RuleDoc(
    title=N_("Accented letters are intact, not garbled by a wrong encoding."),
    what=N_(
        "The replacement character, NUL and control characters, text that was decoded with the wrong encoding, and "
        "what a broken export puts in place of a letter: a question mark inside a word, ¤, or &eacute;."
    ),
    why=N_('"Dear ZoÃ«" in a rejection shows the person that nobody looked at it.'),
    bad=N_("HÃ©lÃ¨ne, H�l�ne, charg?e d?études, 32 000 ¤, d&eacute;veloppeur"),
    good=N_("Zoë; JOÃO is a name, and passes, as do questions and the addresses of web pages"),
    fix=N_('Set the encoding of the file (encoding = "windows-1252"), or export it again as "CSV UTF-8".'),
)
_FIX = N_('Type the text again in "{header}", or save the table once more in your spreadsheet as "CSV UTF-8".')
_FIX_TO = N_(
    'Write {repaired} in "{header}". If many cells look like this, save the table once more in your spreadsheet as '
    '"CSV UTF-8".'
)
_MANY = N_('{count} people have garbled characters in "{header}", such as {cell} ({lines})')
REPAIRABLE = Sentence(
    "lst103.repairable",
    one=N_('{person} has garbled characters in "{header}": {cell}; it should probably read {repaired}'),
    fix=_FIX_TO,
    many=_MANY,
)
BEYOND_REPAIR = Sentence(
    "lst103.beyond-repair", one=N_('{person} has garbled characters in "{header}": {cell}'), fix=_FIX, many=_MANY
)


@rule("LST103", "mojibake", Severity.BLOCK, Suppression.WAIVER, Scope.TABLE, DOC)
def mojibake(inspection: Inspection) -> Iterator[RawFinding]:
    """Accented letters are intact, not garbled by a wrong encoding."""
    names = frozenset(inspection.identities.name_columns)
    for position, field in enumerate(inspection.table.fields):
        if field.name not in inspection.used_fields:
            continue
        values = [record.values[position] for record in inspection.records]
        if not is_suspect("\n".join(values)):
            continue
        is_name = field.name in names
        lost = lost_marks(values, names=is_name)
        for record, value in zip(inspection.records, values, strict=True):
            better = repaired(value, is_name=is_name)
            if better is None and value not in lost:
                continue
            yield RawFinding(
                says=REPAIRABLE if better else BEYOND_REPAIR,
                values={
                    "person": inspection.person(record),
                    "header": Quoted(field.label, 40),
                    "cell": Quoted(value),
                    **({"repaired": Quoted(better, 40)} if better else {}),
                },
                evidence=(field.name, value, *inspection.who(record)),
                record=record,
                field=field.name,
                excerpt=value,
                cause=field.name,
            )
