"""Proof that what a message prints comes from its own record, and from nothing that was composed before."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import suppress
from functools import lru_cache

from mailmerge.errors import MailmergeError
from mailmerge.lint.finding import Found, Suppression
from mailmerge.lint.inspection import Inspection
from mailmerge.lint.registry import Scope, rule
from mailmerge.lint.scans import MessageView
from mailmerge.lint.survey import Survey
from mailmerge.model import Expression, Recipient, Record, Severity
from mailmerge.text import fold, shorten

CANARY = "Qzcanari7"
"""A word that stands in no table."""
_ALL_COMPARED = 5000
_SAMPLE = 2000

_PLAIN = re.compile(
    r"\{\{-?\s*[^\W\d]\w*\s*(?:\|\s*(?:proper|upper|lower|title|capitalize|trim|e|escape|d(?:efault)?\([^()]*\))\s*)*-?\}\}"
)


@rule("XRC404", "provenance", Severity.BLOCK, Suppression.NEVER, Scope.MESSAGE)
def provenance(view: MessageView) -> Iterator[Found]:
    """Every printed value is this record's.

    What: a field that the letter prints with another value than this record has.
    Why: it is what would happen if the program mixed up two people; it is checked, not assumed.
    Bad: {{ nom }} printed as Dupont for the record of Petit
    Good: the record's own cell, in capitals or not
    Fix: this is a fault of the program, not of the table: report it.
    """
    table, record = view.inspection.table, view.record
    for expression, value in zip(view.message.shape.expressions, view.message.values, strict=False):
        field = plain_field(expression)
        if not field:
            continue
        own = table.value(record, field)
        if value == own or not own.strip() or fold(value) == fold(own):
            continue
        yield Found(
            message=f"{view.inspection.person(record)}: the letter prints {shorten(value, 40)} for {field}, and the "
            f"table has {shorten(own, 40)}",
            fix="Do not send. Report this as a bug: a value came from another record.",
            evidence=(view.own_key, field, value),
            record=record,
            field=field,
            excerpt=value,
            cause=field,
        )


@lru_cache(maxsize=1024)
def plain_field(expression: Expression) -> str:
    """The field whose value an expression prints unchanged but for case; ``""`` for any other expression."""
    if len(expression.fields) != 1 or not _PLAIN.fullmatch(expression.source):
        return ""
    return next(iter(expression.fields))


@rule("XRC405", "non-interference", Severity.BLOCK, Suppression.NEVER, Scope.SET)
def non_interference(survey: Survey) -> Iterator[Found]:
    """A message is the same whoever was written to before.

    What: a message that comes out different when the records are composed in the opposite order; all of them up to
    5,000, a sample above.
    Why: if one person's message depends on another's, something of that other person may be in it.
    Bad: a counter or a list that the letter fills from person to person
    Good: one record in, one message out
    Fix: this is a fault of the program or of the letter: report it.
    """
    inspection = survey.inspection
    recipients = inspection.recipients
    step = 1 if len(recipients) <= _ALL_COMPARED else len(recipients) // _SAMPLE
    before = {fact.asked: fact.digest for fact in survey.facts[::step]}
    for index in range(len(recipients) - 1, -1, -1):
        recipient = recipients[index] if step == 1 or index % step == 0 else None
        if recipient is None or recipient.record.number not in before:
            continue
        try:
            again = survey.digest_of(inspection.compose(recipient))
        except MailmergeError as error:
            again = hash(str(error))
        if again != before[recipient.record.number]:
            yield Found(
                message=f"{inspection.person(recipient.record)}: the message comes out different when it is composed "
                "after others",
                fix="Do not send. Report this as a bug: messages depend on each other.",
                evidence=recipient.record.values,
                record=recipient.record,
                cause="order",
            )


def release_canary(inspection: Inspection) -> None:
    """Compose the message of somebody who does not exist, so that it would show if anything of it stayed behind."""
    table = inspection.table
    if not table.records:
        return
    template = table.records[0].values
    printed = {field for letter in inspection.letters for e in letter.expressions if e.printed for field in e.fields}
    steering = {
        field for letter in inspection.letters for e in letter.expressions if not e.printed for field in e.fields
    }
    values = tuple(
        f"{CANARY}{name}" if name in printed - steering else own
        for name, own in zip(table.names, template, strict=True)
    )
    record = Record(len(table.records) + 1, 0, values)
    with suppress(MailmergeError):
        inspection.compose(Recipient(record, CANARY, f"{CANARY.lower()}@canary.invalid"))


@rule("XRC406", "canary", Severity.BLOCK, Suppression.NEVER, Scope.MESSAGE)
def canary(view: MessageView) -> Iterator[Found]:
    """Nothing of somebody who does not exist is in a message.

    What: a value of a made-up record, composed before the others and never sent, in anybody's message.
    Why: it would have to come from another message; then everybody's values could.
    Bad: a cache that keeps the first person's name
    Good: nothing is left of the made-up record
    Fix: this is a fault of the program, not of the table: report it.
    """
    if CANARY in view.variable or view.shape.holds(CANARY):
        yield Found(
            message=f"{view.inspection.person(view.record)}: something of a message composed before is in this one",
            fix="Do not send. Report this as a bug: messages depend on each other.",
            evidence=(view.own_key,),
            record=view.record,
            cause="canary",
        )
