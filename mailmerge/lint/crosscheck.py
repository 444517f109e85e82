"""The messages against the table: nobody reads what is somebody else's, and everybody has exactly one message."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from mailmerge.lint.finding import Found, Suppression
from mailmerge.lint.identities import Hit, What
from mailmerge.lint.masking import BARRIER, identities_in, masked_words
from mailmerge.lint.registry import Scope, rule
from mailmerge.lint.scans import MessageView
from mailmerge.lint.survey import Survey
from mailmerge.lint.vocabulary import STAFF
from mailmerge.model import Severity
from mailmerge.text import fold, shorten


@rule("XRC401", "strong-identity", Severity.BLOCK, Suppression.NEVER, Scope.MESSAGE)
def strong_identity(view: MessageView) -> Iterator[Found]:
    """No address, number or reference of somebody else.

    What: an e-mail address, telephone number, reference, social security number or IBAN that belongs to another row,
    anywhere in this message.
    Why: it names that other person beyond doubt. In the Toulouse case 340 people read 339 addresses.
    Bad: "votre dossier RC-0018" in the letter to the person of RC-0017
    Good: one's own reference; a number that both rows carry, such as a couple's landline
    Fix: look at the cell that the letter prints: it was copied from, or shifted against, the other row.
    """
    identities = view.inspection.identities
    hits = [Hit(What.ADDRESS, a.key, owners) for a in view.addresses if (owners := identities.address_owners(a.key))]
    hits += identities.numbers_in(view.text)
    hits += (hit for hit in view.sequences if hit.what is not What.NAME)
    hits += (hit for hit in view.shape.hits if hit.what is not What.NAME)
    for hit in dict.fromkeys(view.of_others(iter(hits))):
        yield _found(view, hit)


@rule("XRC402", "full-name", Severity.BLOCK, Suppression.WAIVER, Scope.MESSAGE)
def full_name(view: MessageView) -> Iterator[Found]:
    """No full name of somebody else.

    What: first and last name of another row in this message, in either order, whatever the case, accents or spacing.
    In a column for colleagues (recruteur, contact, manager) it is one warning: a recruiter may be in the table too.
    Why: the rejection that names another candidate tells this one who got the job, or who did not.
    Bad: "MARTIN Zoé" in the letter to Paul Petit
    Good: homonyms; one's own name; a street called after a namesake; a column in [lint] names_of_others
    Fix: look at the cell that the letter prints; declare who signs: [lint] signatories = ["Claire Martin"].
    """
    hits = [hit for hit in view.sequences if hit.what is What.NAME]
    if any(hit.what is What.NAME and hit.key not in view.letter.hits for hit in view.shape.hits):
        hits += _unmasked(view)
    signatories = view.inspection.signatories
    for hit in dict.fromkeys(view.of_others(iter(hits))):
        if hit.key not in signatories and not _names_colleague(view, hit):
            yield _found(view, hit)


def _names_colleague(view: MessageView, hit: Hit) -> bool:
    """Whether a name comes from nothing but columns that name colleagues on purpose."""
    allowed = view.inspection.settings.names_of_others
    if not allowed:
        return False
    expressions = view.message.shape.expressions
    values = [
        BARRIER if index < len(expressions) and frozenset() < expressions[index].fields <= allowed else value
        for index, value in enumerate(view.message.values)
    ]
    texts = [pattern.fill(values) for pattern in view.shape.compact] + [values[index] for index in view.shape.loose]
    words = masked_words(view.own_names, BARRIER.join(texts))
    elsewhere = {*view.inspection.identities.names_in(words), *_unmasked(view)}
    return all(other.key != hit.key for other in elsewhere)


def _unmasked(view: MessageView) -> Iterator[Hit]:
    """Names in the constant text of this message's shape, this person's own masked."""
    for constant in view.shape.constants:
        yield from view.inspection.identities.names_in(masked_words(view.own_names, constant))


def _found(view: MessageView, hit: Hit) -> Found:
    inspection = view.inspection
    owners = inspection.people(hit.owners)
    index, excerpt = _where(view, hit)
    expressions = view.message.shape.expressions
    fields = sorted(expressions[index].fields) if index is not None and index < len(expressions) else []
    is_colleague = hit.what is What.NAME and len(fields) == 1 and not STAFF.isdisjoint(fields[0].split("_"))
    place = f' in "{fields[0]}"' if len(fields) == 1 else ""
    return Found(
        message=f"{inspection.person(view.record)} would read the {hit.what.value} of {owners}{place}"
        + (f": {shorten(excerpt, 60)}" if excerpt else ""),
        fix="Correct the cell that the letter prints: it holds what belongs to the other row.",
        evidence=(view.own_key, hit.what.value, hit.key),
        record=view.record,
        field=fields[0] if len(fields) == 1 else None,
        others=hit.owners,
        excerpt=excerpt,
        cause=f"{hit.what.value}\x1f{hit.key}",
        severity=Severity.WARN if is_colleague else None,
        general=is_colleague,
        together=f"{{count}} people would read the {hit.what.value} of {owners}{place}: {{lines}}",
    )


def _where(view: MessageView, hit: Hit) -> tuple[int | None, str]:
    """The value that holds the hit, and the text to mark."""
    for index, value in enumerate(view.message.values):
        if any(other.key == hit.key for other in identities_in(view.inspection.identities, value)):
            return index, value if len(value) < 80 else _near(value, hit)
    return None, hit.key


def _near(value: str, hit: Hit) -> str:
    """The sentence of a long value that holds the hit."""
    first = hit.key.split("@")[0].split()[0]
    for line in value.replace(". ", ".\n").split("\n"):
        if first in fold(line) or first in line:
            return line.strip()
    return hit.key


@rule("XRC407", "bijection", Severity.BLOCK, Suppression.NEVER, Scope.SET)
def bijection(survey: Survey) -> Iterator[Found]:
    """One record, one message, one recipient.

    What: a record that is written to twice or not at all, and a message that is for another record than the one it
    was composed for.
    Why: 340 messages to 340 people is right only if they are the same 340.
    Bad: the message composed for line 17 is addressed to line 18
    Good: as many messages as people, each for its own
    Fix: this is a fault of the program that composed the messages, not of the table: report it.
    """
    inspection = survey.inspection
    for fact in survey.facts:
        if fact.asked != fact.got:
            yield Found(
                message=f"the message composed for {_person(survey, fact.asked)} is for {_person(survey, fact.got)}",
                fix="Do not send. Report this as a bug: a message went to the wrong record.",
                evidence=("wrong", str(fact.asked), str(fact.got)),
                record=inspection.table.record(fact.asked),
                others=(fact.got,),
                cause="wrong",
            )
    counts = Counter(recipient.record.number for recipient in inspection.recipients)
    for number, count in counts.items():
        if count > 1:
            yield Found(
                message=f"{_person(survey, number)} is written to {count} times",
                fix="Do not send. Report this as a bug: one record has several messages.",
                evidence=("twice", str(number)),
                record=inspection.table.record(number),
                cause="twice",
            )
    missing = len(inspection.recipients) - len(survey.facts) - len(survey.failures)
    if missing:
        yield Found(
            message=f"{missing} people have no message",
            fix="Do not send. Report this as a bug: messages were lost between the table and the outbox.",
            evidence=("missing", str(missing)),
        )


def _person(survey: Survey, number: int) -> str:
    return survey.inspection.person(survey.inspection.table.record(number))
