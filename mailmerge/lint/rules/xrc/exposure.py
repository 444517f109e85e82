"""Somebody else's identity in a message: what XRC401 and XRC402 say of it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import chain

from mailmerge.i18n import N_
from mailmerge.lint.finding import RawFinding
from mailmerge.lint.identities.masking import identities_in
from mailmerge.lint.identities.rows.people import name_in
from mailmerge.lint.identities.spelling import spelling
from mailmerge.lint.identities.what import CONTACTS, DETAILS, Hit, What
from mailmerge.lint.sentence import Quoted, Sentence, Value
from mailmerge.lint.views.message import MessageView
from mailmerge.model import Severity

IN_FIELD = Sentence(
    "exposure.field",
    one=N_('{person} would see the {what} of {owners} in "{header}": {shown}'),
    fix=N_('Correct "{header}": it contains another person\'s data.'),
    many=N_('{count} people would see the {what} of {owners} in "{header}": {lines}'),
)
IN_MESSAGE = Sentence(
    "exposure.message",
    one=N_("{person} would see the {what} of {owners}: {shown}"),
    fix=N_("Correct the cells that the letter prints: they contain another person's data."),
    many=N_("{count} people would see the {what} of {owners}: {lines}"),
)
IN_LETTER = Sentence(
    "exposure.letter",
    one=N_("{person} would see the {what} of {owners} in the text of {letter}: {shown}"),
    fix=N_("Correct the text of {letter}: it contains another person's data."),
    many=N_("{count} people would see the {what} of {owners} in the text of {letter}: {lines}"),
)
COLLEAGUE = Sentence(
    "exposure.colleague",
    one=N_('"{header}" names somebody who is in the table too: {person} would see the name of {owners}'),
    fix=N_(
        'If "{header}" names colleagues on purpose, add {field} to names_of_others under [lint]; if not, correct the '
        "cells."
    ),
    many=N_(
        '"{header}" names people who are in the table too: {count} people would see such a name, for example that of '
        "{owners} ({lines})"
    ),
)
PEOPLE = Sentence(
    "exposure.people",
    one=N_('"{header}" contains the names of other recipients: {person} would see that of {owners}'),
    fix=N_(
        'Remove "{header}" from the letter. If it names colleagues on purpose, add {field} to names_of_others under '
        "[lint]."
    ),
    many=N_(
        '"{header}" contains the names of other recipients: {count} people would see one, for example that of {owners} '
        "({lines})"
    ),
)
CONTACT = Sentence(
    "exposure.contact",
    one=N_('"{header}" gives the {what} of somebody who is in the table too: {person} would see that of {owners}'),
    fix=COLLEAGUE.fix,
    many=N_(
        '"{header}" gives the {what} of people who are in the table too: {count} people would see one, for example '
        "that of {owners} ({lines})"
    ),
)
_WHOLE_VALUE = 80
"""Characters up to which a value is shown whole."""


def by_place(view: MessageView, hits: Iterable[Hit]) -> list[list[Hit]]:
    """The names of others that a message contains, those in one cell together."""
    places: dict[int | str, list[Hit]] = {}
    for hit in hits:
        index, _excerpt = _where(view, hit)
        places.setdefault(hit.key if index is None else index, []).append(hit)
    return list(places.values())


def exposure(
    view: MessageView, hit: Hit, severity: Severity | None = None, *, further: Sequence[Hit] = ()
) -> RawFinding:
    """That a message contains what belongs to somebody else; ``further`` are what else of that kind is in the place."""
    inspection = view.inspection
    index, excerpt = _where(view, hit)
    owners = tuple(dict.fromkeys(chain(hit.owners, *(each.owners for each in further))))
    expressions = view.message.shape.expressions
    fields = sorted(expressions[index].fields) if index is not None and index < len(expressions) else []
    field = fields[0] if len(fields) == 1 else None
    is_column = hit.what is What.NAME and field is not None and _is_whole(view, index, field)
    is_contact = hit.what in CONTACTS and field is not None and _is_contact(view, index, field, hit)
    is_colleague = is_column and field in inspection.people_columns.colleagues
    values: dict[str, Value] = {
        "person": inspection.person(view.record),
        "what": hit.what.term,
        "owners": inspection.people(owners),
        "letter": Quoted(view.letter.letter.name, 40),
        "shown": Quoted(excerpt),
    }
    if field is not None:
        table = inspection.table
        values["header"] = Quoted(table.header(field) if field in table.names else field, 40)
        values["field"] = field
    in_letter = index is None and any(other.key == hit.key for other in _in_constants(view))
    if is_contact:
        says = CONTACT
        severity = Severity.INFO if field in inspection.settings.names_of_others else severity
    elif is_column:
        says = COLLEAGUE if is_colleague else PEOPLE
    elif field is not None:
        says = IN_FIELD
    else:
        says = IN_LETTER if in_letter else IN_MESSAGE
    cause = f"several\x1f{index}" if further else f"{hit.what.token}\x1f{hit.key}"
    return RawFinding(
        says=says,
        values=values,
        evidence=(view.own_key, hit.what.token, hit.key, *(each.key for each in further)),
        record=view.record,
        field=field,
        others=owners,
        excerpt=excerpt,
        cause=f"column\x1f{field}" if is_column or is_contact else cause,
        severity=_severity(view, hit, severity, colleague=field if is_colleague else None),
        general=is_column or is_contact or in_letter,
        letter=view.letter.letter.name if in_letter else "",
    )


def _is_contact(view: MessageView, index: int | None, field: str, hit: Hit) -> bool:
    """Whether a value is an address or a number and nothing else, in a column of colleagues' ones."""
    if index is None or field not in view.inspection.people_columns.contacts:
        return False
    return len(view.message.values[index].strip()) <= len(hit.text) + 1


def _in_constants(view: MessageView) -> Iterator[Hit]:
    """What the letter's own words contain, for everybody who gets this shape of it."""
    return chain(view.shape.hits, view.shape.details, view.shape.initials)


def _severity(view: MessageView, hit: Hit, severity: Severity | None, *, colleague: str | None) -> Severity | None:
    """Milder for a name in a column of colleagues: in a house everybody knows who leads whom."""
    inspection = view.inspection
    if colleague is not None:
        is_known = colleague in inspection.people_columns.hinted and inspection.is_within_house
        return Severity.INFO if is_known else Severity.WARN
    return Severity.WARN if inspection.may_be_anybody([(hit.what, hit.owners)]) else severity


def _is_whole(view: MessageView, index: int | None, field: str) -> bool:
    """Whether a value is a whole name in a column of them: the column is the cause, not the cell."""
    if index is None or field not in view.inspection.people_columns.people:
        return False
    return bool(name_in(view.message.values[index]))


def _where(view: MessageView, hit: Hit) -> tuple[int | None, str]:
    """The value that contains the identity, and the text to mark."""
    for index, value in enumerate(view.message.values):
        if (hit.text and hit.text in value) or hit in _identities_in(view, value, hit):
            return index, value if len(value) < _WHOLE_VALUE else _sentence_of(value, hit)
    texts = (view.message.text, view.message.subject, view.message.html or "", view.variable, *view.shape.constants)
    return None, hit.text or next((found for text in texts if (found := spelling(text, hit))), hit.key)


def _identities_in(view: MessageView, value: str, hit: Hit) -> list[Hit]:
    identities = view.inspection.identities
    if hit.what in DETAILS or hit.what is What.PERSONAL_LINK:
        return list(identities.details_in(value, view.record.number))
    return list(identities_in(identities, value))


def _sentence_of(value: str, hit: Hit) -> str:
    """The sentence of a long value that contains the identity."""
    written = hit.text if hit.text in value else spelling(value, hit)
    for line in value.replace(". ", ".\n").split("\n"):
        if written and written in line:
            return line.strip()
    return written or hit.key
