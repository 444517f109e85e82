"""LST108: each mailbox appears only once."""

from __future__ import annotations

from collections.abc import Iterator

from mailmerge.i18n import N_
from mailmerge.lint.finding import RawFinding, Suppression
from mailmerge.lint.rule import RuleDoc, Scope, rule
from mailmerge.lint.sentence import Quoted, Sentence
from mailmerge.lint.views.inspection import Inspection
from mailmerge.model import Record, Severity
from mailmerge.text.addresses import same_mailbox_key
from mailmerge.text.folding import fold

DOC = RuleDoc(
    title=N_("Each mailbox appears only once."),
    what=N_(
        "The same mailbox in several rows, whatever its case, dots at Gmail, +tag or accents in the domain. It "
        "blocks the messages if the rows name different people, or one person who would get the same message twice, "
        "and is a warning if the messages of one person differ."
    ),
    why=N_("The owner of the mailbox reads the other person's letter, or one person gets the same rejection twice."),
    bad=N_("jean.petit@gmail.com for Jean, and JeanPetit+rh@gmail.com for Anne"),
    good=N_("one mailbox, one row"),
    fix=N_(
        "Correct the address that was copied down, delete the duplicate row, exclude one of the two people by name, "
        "or waive this for a couple that shares a mailbox."
    ),
)
SAME_PERSON = Sentence(
    "lst108.same-person",
    one=N_("{people} are the same person with the same address {address}: they would get {messages} messages"),
    fix=N_(
        "If each of these messages is meant, no action is needed; otherwise delete the row that should not be there."
    ),
)
TWICE = Sentence(
    "lst108.twice",
    one=N_(
        "{people} are the same person with the same address {address}: they would get the same message {messages} times"
    ),
    fix=N_("Delete the duplicate row."),
)
SHARED = Sentence(
    "lst108.shared",
    one=N_("{people} have the same mailbox {address}: each would read the other's letter"),
    fix=N_(
        "Correct the address that is not theirs, exclude one of them, or waive this if they really share one mailbox."
    ),
)


@rule("LST108", "duplicate", Severity.BLOCK, Suppression.WAIVER, Scope.TABLE, DOC)
def duplicate(inspection: Inspection) -> Iterator[RawFinding]:
    """Each mailbox appears only once."""
    email = inspection.table.columns.email
    rows: dict[str, Record | list[Record]] = {}
    for recipient in inspection.recipients:
        if "@" not in recipient.address:
            continue
        key = same_mailbox_key(recipient.address)
        known = rows.get(key)
        if known is None:
            rows[key] = recipient.record
        elif isinstance(known, list):
            known.append(recipient.record)
        else:
            rows[key] = [known, recipient.record]
    for key, records in rows.items():
        if isinstance(records, list):
            yield _shared(inspection, email, key, records)


def _shared(inspection: Inspection, email: str, key: str, records: list[Record]) -> RawFinding:
    table = inspection.table
    names = sorted({" ".join(inspection.name_key(record)) for record in records})
    numbers = tuple(record.number for record in records)
    cell = table.value(records[-1], email)
    nameless = not names[0].strip() and any(record.values != records[0].values for record in records)
    same_person = len(names) == 1 and not nameless
    alike = same_person and _get_the_same(inspection, email, records)
    return RawFinding(
        says=TWICE if alike else SAME_PERSON if same_person else SHARED,
        values={"people": inspection.people(numbers), "address": Quoted(cell), "messages": len(records)},
        evidence=(key, *names),
        record=records[-1],
        field=email,
        others=numbers[:-1],
        affected=numbers,
        excerpt=cell,
        severity=Severity.WARN if same_person and not alike else Severity.BLOCK,
    )


def _get_the_same(inspection: Inspection, email: str, records: list[Record]) -> bool:
    """Whether some of these rows are equal in all that their messages are made of."""
    table = inspection.table
    used = sorted(inspection.used_fields - {email, *table.columns.names})
    contents = {tuple(fold(table.value(record, name)) for name in used) for record in records}
    return len(contents) < len(records)
