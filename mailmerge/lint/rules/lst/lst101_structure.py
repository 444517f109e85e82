"""LST101: the table has one header for each column and one cell for each header."""

from __future__ import annotations

import re
from collections.abc import Iterator

from mailmerge.i18n import N_
from mailmerge.lint.finding import Found, Suppression
from mailmerge.lint.rule import RuleDoc, Scope, rule
from mailmerge.lint.rules.lst.defects import defects_of, with_line
from mailmerge.lint.views.inspection import Inspection
from mailmerge.model import Severity

DOC = RuleDoc(
    title=N_("The table has one header for each column and one cell for each header."),
    what=N_(
        "rows that are longer or shorter than the header, headers that are empty or stand twice, no e-mail column, "
        "two readings of the file that are equally good."
    ),
    why=N_(
        "a row with a cell too many puts every following value under the wrong header: the next person's score is "
        "printed as this person's first name."
    ),
    bad=N_("nom;email and then a row with three cells"),
    good=N_("every row has as many cells as the header has names"),
    fix=N_("open the file, go to the line named, and move the cells back; name every column once."),
)


@rule("LST101", "structure", Severity.BLOCK, Suppression.NEVER, Scope.TABLE, DOC)
def structure(inspection: Inspection) -> Iterator[Found]:
    """The table has one header for each column and one cell for each header."""
    for defect, record in defects_of(inspection):
        if defect.kind not in ("swallowed-row", "never-calculated"):
            yield Found(
                message=with_line(defect),
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
    "foreign-email-column": "Add the recipients' own addresses, or name the column: [columns] email = ...",
    "ambiguous-delimiter": "Say which delimiter is meant: delimiter = ... in campaign.toml.",
}


def _without_numbers(text: str) -> str:
    return re.sub(r"\d+", "#", text)
