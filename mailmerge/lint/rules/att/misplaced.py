"""Personal files that went to the wrong rows: their names were sorted or filled apart from the people."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from mailmerge.i18n import N_
from mailmerge.lint.finding import RawFinding, Suppression
from mailmerge.lint.sentence import Lines, Quoted, Sentence
from mailmerge.lint.views.batch import Batch
from mailmerge.lint.views.disclosure import Disclosure

_FIX = N_("Correct the column that names the files, so that each person gets their own.")
ONE_ROW_OFF = Sentence(
    "att502.one-row-off",
    one=N_(
        "the names of the personal files are one row off: {person} would get the file of {owner}, {file}; "
        "{count} people would get somebody else's ({lines})"
    ),
    fix=_FIX,
)
ROWS_OFF = Sentence(
    "att502.rows-off",
    one=N_(
        "the names of the personal files are {rows} rows off: {person} would get the file of {owner}, {file}; "
        "{count} people would get somebody else's ({lines})"
    ),
    fix=_FIX,
)
_FEWEST = 3
_LINES_SHOWN = 5


def shifted_files(survey: Batch) -> list[Disclosure]:
    """The files of which most go to the row that is the same number of rows away from their owner's."""
    people = len(survey.inspection.table.records)
    sole = [(each, owner) for each in survey.disclosures if (owner := each.sole_other) and owner <= people]
    if len(sole) < _FEWEST:
        return []
    lags = Counter((owner - each.record.number) % people for each, owner in sole)
    lag, count = lags.most_common(1)[0]
    given = len({number for numbers in survey.files.values() for number in numbers})
    if count < _FEWEST or count * 2 <= given:
        return []
    return [each for each, owner in sole if (owner - each.record.number) % people == lag]


def misplaced(survey: Batch, shifted: Sequence[Disclosure]) -> RawFinding:
    """One finding for all of them."""
    inspection = survey.inspection
    first = shifted[0]
    owner = first.sole_other or first.record.number
    further = (owner - first.record.number) % len(inspection.table.records)  # behind the last row comes the first
    rows = min(further, len(inspection.table.records) - further)
    numbers = tuple(each.record.number for each in shifted)
    shown = tuple(each.record.line for each in shifted[:_LINES_SHOWN])
    return RawFinding(
        says=ONE_ROW_OFF if rows == 1 else ROWS_OFF,
        values={
            "rows": rows,
            "person": inspection.person(first.record),
            "owner": inspection.person(inspection.table.record(owner)),
            "file": Quoted(first.filename),
            "count": len(shifted),
            "lines": Lines(shown, len(shifted) - len(shown)),
        },
        suppression=Suppression.NEVER,
        evidence=("rows-off", str(rows), *sorted(each.own_key for each in shifted)),
        record=first.record,
        others=numbers[1:],
        affected=numbers,
        excerpt=first.filename,
    )
