"""MSG308: internal notes about a person do not reach that person."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from msgspec.structs import replace

from mailmerge.i18n import N_
from mailmerge.lint.finding import RawFinding, Suppression
from mailmerge.lint.identities.rows.internal import COINCIDENCE, InternalRemark, found_at, is_about
from mailmerge.lint.rule import RuleDoc, Scope, also, rule
from mailmerge.lint.sentence import Quoted, Sentence
from mailmerge.lint.views.message import MessageView
from mailmerge.model import Severity

_LONG_VALUE = 20
"""Characters; a shorter text may be in two cells by chance."""


DOC = RuleDoc(
    title=N_("Internal notes reach nobody outside."),
    what=N_(
        "The text of an internal field, 20 characters or more, in what the letter prints from another field or says "
        "itself: this person's own note, or, whole or six words of it, anybody else's."
    ),
    why=N_('The recruiter\'s note "too expensive for his age" was pasted into the feedback cell.'),
    bad=N_(
        'feedback = "Thank you. Too expensive, and difficult in the interview" if comment is "difficult'
        ' in the interview"'
    ),
    good=N_("two columns with the same job title"),
    fix=N_("Remove the internal text from the cell that the letter prints."),
)
INTERNAL_NOTE = Sentence(
    "msg308.note",
    one=N_('{person} would see the internal note "{column}" about themselves: {note}'),
    fix=N_('Remove the internal text from "{source}", which the letter prints.'),
    many=N_('{count} people would see the internal note "{column}" about themselves ({lines})'),
)


NOTE_OF_OTHER = Sentence(
    "msg308.other",
    one=N_('{person} would see the internal note "{column}" about {owners}: {note}'),
    fix=N_('Remove the internal text from "{source}", which the letter prints.'),
    many=N_('{count} people would see the internal note "{column}" about {owners}: {note} ({lines})'),
)
NOTE_IN_LETTER = Sentence(
    "msg308.letter",
    one=N_('the text of {letter} contains the internal note "{column}" about {owners}: {note}'),
    fix=N_("Remove the internal text from {letter}; every recipient would see it."),
    many=N_('the text of {letter} contains the internal note "{column}" about {owners}: {note} ({count} messages)'),
)


@rule("MSG308", "own-internal-value", Severity.BLOCK, Suppression.WAIVER, Scope.MESSAGE, DOC)
def own_internal_value(view: MessageView) -> Iterator[RawFinding]:
    """Internal notes reach nobody outside."""
    table, record = view.inspection.table, view.record
    for position, field in view.shape.internal:
        value = record.values[position]
        if len(value) < _LONG_VALUE or " " not in value:
            continue
        needle = " ".join(view.inspection.printed(value).words)
        for index, printed in enumerate(view.printed):
            if len(printed.text) >= len(value) and needle in " ".join(printed.words):
                yield RawFinding(
                    says=INTERNAL_NOTE,
                    values={
                        "person": view.inspection.person(record),
                        "column": Quoted(table.header(field), 40),
                        "note": Quoted(value),
                        "source": view.source_of(index),
                    },
                    evidence=(view.own_key, field, value),
                    record=record,
                    field=view.field_of(index) or field,
                    excerpt=value,
                    cause=field,
                )
                break


@also("MSG308", Scope.MESSAGE)
def internal_value_of_another(view: MessageView) -> Iterator[RawFinding]:
    """Internal notes about others, in a value or in the letter's own text."""
    internal = view.inspection.internal
    if not internal:
        return
    number, letter = view.record.number, view.letter.letter.name
    seen: set[tuple[str, str | None]] = set()
    for index, printed in enumerate(view.printed):
        if len(printed.text) < _LONG_VALUE or " " not in printed.text:
            continue
        place = printed.text, view.field_of(index)
        if place in seen:
            continue  # the letter prints the cell again
        seen.add(place)
        remarks = list(internal.find(printed.words))
        fields = view.message.shape.expressions[index].fields
        for remark in remarks:
            among = [each for each in remarks if _says_whose(each, remark, fields)]
            if remark.field not in fields and not is_about(number, remark, among):
                yield _of_another(view, remark, view.source_of(index), view.field_of(index))
    for remark in view.shape.remarks:
        if number not in remark.owners:
            yield replace(
                _of_another(view, remark, Quoted(letter), None), says=NOTE_IN_LETTER, letter=letter, general=True
            )


def _says_whose(said: InternalRemark, remark: InternalRemark, printed: Collection[str]) -> bool:
    """Whether a remark can say that another one is about its own row as well.

    A cell that is printed does not say so of a long text that it alone has of its column: it may be the wrong cell. A
    text that several rows have there is one that is used again and again.
    """
    return said.field not in printed or len(said.owners) > 1 or len(remark.words) < COINCIDENCE


def _of_another(view: MessageView, remark: InternalRemark, source: Quoted, field: str | None) -> RawFinding:
    text = next((text for text in (*view.message.values, *view.shape.constants) if found_at(text, remark.words)), "")
    note = found_at(text, remark.words) or " ".join(remark.words)
    return RawFinding(
        says=NOTE_OF_OTHER,
        values={
            "person": view.inspection.person(view.record),
            "column": Quoted(view.inspection.table.header(remark.field), 40),
            "owners": view.inspection.people(remark.owners),
            "note": Quoted(note),
            "source": source,
            "letter": Quoted(view.letter.letter.name),
        },
        evidence=(view.own_key, "another", remark.field, *remark.words),
        record=view.record,
        field=field,
        others=remark.owners,
        excerpt=note,
        cause="\x1f".join(("another", remark.field, *map(str, remark.owners))),
    )
