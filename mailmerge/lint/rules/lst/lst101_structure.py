"""LST101: the table has one header for each column and one cell for each header."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from mailmerge.i18n import N_
from mailmerge.lint.finding import RawFinding, Suppression
from mailmerge.lint.rule import RuleDoc, Scope, rule
from mailmerge.lint.rules.lst.defects import defects_of, evidence_of, values_of
from mailmerge.lint.sentence import Sentence
from mailmerge.lint.views.inspection import Inspection
from mailmerge.model import DefectKind, Severity
from mailmerge.records.defects import SENTENCES, Wording, wording

DOC = RuleDoc(
    title=N_("The table has one header for each column and one cell for each header."),
    what=N_(
        "Rows that are longer or shorter than the header, headers that are empty or appear twice, no e-mail column, "
        "another table below the people, or two readings of the file that are equally plausible."
    ),
    why=N_(
        "A row with one cell too many puts every following value under the wrong header: the score of the next "
        "person is printed as the first name of this one."
    ),
    bad=N_("name;email and then a row with three cells"),
    good=N_("every row has as many cells as there are headers"),
    fix=N_("Open the file at the line shown and move the cells back; give every column its own name."),
)


def _sentence(says: Wording, fix: str, many: str = "") -> Sentence:
    return Sentence(f"lst101.{says}", one=SENTENCES[says], fix=fix, many=many)


_MANY_RAGGED = N_("{count} rows do not have exactly one cell for each header ({lines})")
_NAME_SHEET = N_("Say which sheet to use in campaign.toml: sheet = ...")
_NAME_IT = N_("Say which column to use in campaign.toml: [columns] email = ...")
SAYS: Mapping[Wording, Sentence] = {
    Wording.ROW_TOO_LONG: _sentence(
        Wording.ROW_TOO_LONG,
        N_(
            "Open the file at this line: there is one cell too many, often because text contains an unquoted delimiter."
        ),
        _MANY_RAGGED,
    ),
    Wording.ROW_TOO_SHORT: _sentence(
        Wording.ROW_TOO_SHORT,
        N_("Open the file at this line: a cell is missing, or the line was broken in two."),
        _MANY_RAGGED,
    ),
    Wording.DUPLICATE_HEADER: _sentence(
        Wording.DUPLICATE_HEADER,
        N_(
            "Rename or delete one of them in the table: give each column its own name, so that a letter cannot print "
            "the wrong one."
        ),
        N_('{count} columns have the same name as another column, the first of them "{header}" (line {line})'),
    ),
    Wording.EMPTY_HEADER: _sentence(
        Wording.EMPTY_HEADER,
        N_("Give the column a name, or delete it."),
        N_("{count} columns have values but no header on line {line}, the first of them column {column}"),
    ),
    Wording.NO_EMAIL_COLUMN: _sentence(
        Wording.NO_EMAIL_COLUMN,
        N_(
            "Add a column with one e-mail address per person, or say which column to use in campaign.toml: "
            "[columns] email = ..."
        ),
    ),
    Wording.TWO_EMAIL_COLUMNS: _sentence(Wording.TWO_EMAIL_COLUMNS, _NAME_IT),
    Wording.THREE_EMAIL_COLUMNS: _sentence(Wording.THREE_EMAIL_COLUMNS, _NAME_IT),
    Wording.MANY_EMAIL_COLUMNS: _sentence(Wording.MANY_EMAIL_COLUMNS, _NAME_IT),
    **{
        each: _sentence(
            each,
            N_(
                "Add the recipients' own addresses, or, if the letters are meant for these addresses, say so in "
                "campaign.toml: [columns] email = ..."
            ),
        )
        for each in (Wording.FOREIGN_EMAIL_COLUMN, Wording.FOREIGN_EMAIL_COLUMNS, Wording.EMAIL_COLUMN_OF_OTHERS)
    },
    Wording.OUTDATED_EMAIL_COLUMN: _sentence(
        Wording.OUTDATED_EMAIL_COLUMN,
        N_(
            "Add the recipients' present addresses, or, if the letters are meant for the old ones, say so in "
            "campaign.toml: [columns] email = ..."
        ),
    ),
    Wording.UNCLEAR_EMAIL_COLUMN: _sentence(Wording.UNCLEAR_EMAIL_COLUMN, _NAME_IT),
    Wording.SAME_EMAIL_COLUMN: _sentence(
        Wording.SAME_EMAIL_COLUMN,
        N_("Give each of them its own header, so that it is clear which one holds the recipients' own addresses."),
    ),
    Wording.TWO_SHEETS: _sentence(Wording.TWO_SHEETS, _NAME_SHEET),
    Wording.MANY_SHEETS: _sentence(Wording.MANY_SHEETS, _NAME_SHEET),
    Wording.SECOND_HEADER: _sentence(
        Wording.SECOND_HEADER,
        N_("Move the other table to a sheet or a file of its own: its people would get this letter too."),
    ),
    Wording.AMBIGUOUS_DELIMITER: _sentence(
        Wording.AMBIGUOUS_DELIMITER,
        N_("Say which delimiter to use in campaign.toml: delimiter = ..."),
    ),
}
"""What the rule says of each defect that is its own."""
_OF_OTHERS = frozenset(
    {
        DefectKind.SWALLOWED_ROW,
        DefectKind.NEVER_CALCULATED,
        DefectKind.UNLOCALISED,
        DefectKind.BEYOND_BLANK_COLUMN,
    }
)
"""LST102, LST119, LST121 and LST127."""


@rule("LST101", "structure", Severity.BLOCK, Suppression.NEVER, Scope.TABLE, DOC)
def structure(inspection: Inspection) -> Iterator[RawFinding]:
    """The table has one header for each column and one cell for each header."""
    for defect, record in defects_of(inspection):
        if defect.kind in _OF_OTHERS:
            continue
        yield RawFinding(
            says=SAYS[wording(defect)],
            values=values_of(defect),
            evidence=evidence_of(defect, record),
            record=record,
            line=defect.line,
            field=defect.field,
            cause=defect.kind,
            whole_row=record is not None,
        )
