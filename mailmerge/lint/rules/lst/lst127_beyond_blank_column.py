"""LST127: what a letter uses belongs to its recipient, not to another table beside the people."""

from __future__ import annotations

from collections.abc import Iterator

from mailmerge.i18n import N_
from mailmerge.lint.finding import RawFinding, Suppression
from mailmerge.lint.rule import RuleDoc, Scope, rule
from mailmerge.lint.rules.lst.defects import defects_of
from mailmerge.lint.sentence import Quoted, Sentence
from mailmerge.lint.views.inspection import Inspection
from mailmerge.model import DefectKind, Severity

DOC = RuleDoc(
    title=N_("What a letter uses belongs to its recipient, not to another table beside the people."),
    what=N_(
        "A column that a letter uses and that a blank column separates from the people, if it could be part of another "
        "table on the same sheet, such as a list of rooms or departments. It blocks the send if it ends before the "
        "people do, or goes on below the last of them; if it is as long as a short table of people, it is a warning."
    ),
    why=N_("The first room of a list is not the room of the first person: everybody would get somebody else's value."),
    bad=N_("name, email, a blank column, room: six people, and four rooms next to the first four"),
    good=N_("name, email, room: no blank column between, and a room for everybody"),
    fix=N_(
        "If the column belongs to the people, delete the blank column; if it is another table, move it to "
        "another sheet."
    ),
)
_FIX = N_(
    'If "{header}" belongs to the people, delete the blank column; if it is another table, move it to another sheet.'
)
SHORTER = Sentence(
    "lst127.shorter",
    one=N_(
        'a blank column separates the column "{header}", which a letter uses, from the people, and it ends before they '
        "do ({filled} of {people}): it may belong to another table"
    ),
    fix=_FIX,
)
LONGER = Sentence(
    "lst127.longer",
    one=N_(
        'a blank column separates the column "{header}", which a letter uses, from the people, and it goes on below '
        "the last of them: it may belong to another table"
    ),
    fix=_FIX,
)
SAME_LENGTH = Sentence(
    "lst127.same-length",
    one=N_(
        'a blank column separates the column "{header}", which a letter uses, from the people: it may belong to '
        "another table that is as long as theirs"
    ),
    fix=_FIX,
)


@rule("LST127", "beyond-blank-column", Severity.BLOCK, Suppression.WAIVER, Scope.TABLE, DOC)
def beyond_blank_column(inspection: Inspection) -> Iterator[RawFinding]:
    """What a letter uses belongs to its recipient."""
    for defect, _ in defects_of(inspection):
        if defect.kind is not DefectKind.BEYOND_BLANK_COLUMN or defect.field not in inspection.used_fields:
            continue
        filled, people = int(defect.values["filled"]), int(defect.values["people"])
        header = Quoted(inspection.table.label(defect.field), 40)
        says = SHORTER if filled < people else LONGER if filled > people else SAME_LENGTH
        yield RawFinding(
            says=says,
            values={"header": header, "filled": filled, "people": people} if says is SHORTER else {"header": header},
            evidence=(defect.kind, defect.field, "longer" if says is LONGER else str(says is SHORTER)),
            field=defect.field,
            severity=Severity.WARN if says is SAME_LENGTH else Severity.BLOCK,
        )
