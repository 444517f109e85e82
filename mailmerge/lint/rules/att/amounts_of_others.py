"""Personal files with the amount of somebody else, such as a salary, where their person's own should be."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from mailmerge.i18n import N_
from mailmerge.lint.finding import RawFinding
from mailmerge.lint.identities.rows.amounts import AmountSeen
from mailmerge.lint.identities.what import DETAILS
from mailmerge.lint.sentence import Quoted, Sentence
from mailmerge.lint.views.batch import Batch

AMOUNT = Sentence(
    "att504.amount",
    one=N_('{person}: the attachment {file} contains the "{header}" of {owners}, {shown}, and not this person\'s own'),
    fix=N_("Open the file and check who it is for."),
    many=N_('{count} people would get an attachment with somebody else\'s "{header}", such as {file} ({lines})'),
)
_FEWEST = 3


def amounts_of_others(survey: Batch) -> Iterator[RawFinding]:
    """Files with another's amount instead of the own, if most files have the own, or most are the same rows off."""
    people = len(survey.inspection.table.records)
    told = {
        (each.record.number, each.filename)
        for each in survey.disclosures
        if any(other.what not in DETAILS for other in each.others)
    }
    for field in dict.fromkeys(seen.field for several in survey.amounts.values() for _file, seen in several):
        of_field = [
            (number, file, seen)
            for number, several in survey.amounts.items()
            for file, seen in several
            if seen.field == field
        ]
        wrong = [(number, file, seen) for number, file, seen in of_field if not seen.own and len(seen.others) == 1]
        lags = Counter((seen.others[0] - number) % people for number, _file, seen in wrong)
        same_lag = lags.most_common(1)[0][1] if lags else 0
        own = sum(seen.own for _number, _file, seen in of_field)
        if own * 2 > len(of_field) or (same_lag >= _FEWEST and same_lag * 2 > len(of_field)):
            yield from (
                _found(survey, number, file, seen) for number, file, seen in wrong if (number, file) not in told
            )


def _found(survey: Batch, number: int, file: str, seen: AmountSeen) -> RawFinding:
    inspection = survey.inspection
    record = inspection.table.record(number)
    return RawFinding(
        says=AMOUNT,
        values={
            "person": inspection.person(record),
            "owners": inspection.people(seen.others),
            "header": Quoted(inspection.table.header(seen.field), 40),
            "shown": Quoted(seen.shown),
            "file": Quoted(file),
        },
        evidence=("amount", seen.field, file, *inspection.who(record)),
        record=record,
        others=seen.others,
        excerpt=seen.shown,
        cause=f"amount\x1f{seen.field}",
    )
