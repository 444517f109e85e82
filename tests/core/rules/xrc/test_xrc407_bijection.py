"""XRC407: One record, one message, one recipient."""

from __future__ import annotations

from collections.abc import Iterator

from lint_cases import inspection_of
from msgspec.structs import replace
from rule_cases import case, cases_of, composed, expect, letter, swapped

from mailmerge.lint import Inspection
from mailmerge.model import Message, Recipient


class Forgetful(list[Recipient]):
    """Recipients of whom the last are not composed."""

    def __iter__(self) -> Iterator[Recipient]:
        return iter([self[index] for index in range(len(self) - 2)])


def next_one(inspection: Inspection, message: Message) -> Message:
    """For everybody, the next person's message."""
    return inspection.compose(inspection.recipients[message.recipient.record.number % 6])


FAILS = {
    "another record's message": case(
        composed(swapped),
        expect(
            others=(3,),
            record=2,
            line=3,
            fingerprint="fbd7f7a8a046bb42",
            says="the message composed for Jean Dupont (line 3) is addressed to Zoé Lefèvre (line 4)",
        ),
    ),
    "a record twice": case(
        lambda: replace(inspection_of(), recipients=[*inspection_of().recipients, inspection_of().recipients[0]]),
        expect(record=1, line=2, fingerprint="1ea5587520bab7c2", says="Inès Petit (line 2) would receive 2 messages"),
    ),
    "everybody gets the next one's": case(
        composed(next_one),
        expect(
            record=1,
            line=2,
            affected=(1, 2, 3, 4, 5, 6),
            count=6,
            others=(2, 3, 4, 5, 6, 1),
            fix="Do not send. Report this as a bug: a message went to the wrong record.",
            fingerprint="705e1ccf9238c567",
            says="6 messages are addressed to a different person from the one they were composed for (lines 2, 3, 4, 5, 6 and 1 more)",
        ),
    ),
    "everybody twice": case(
        lambda: replace(inspection_of(), recipients=[*inspection_of().recipients, *inspection_of().recipients]),
        expect(
            record=1,
            line=2,
            affected=(1, 2, 3, 4, 5, 6),
            count=6,
            fix="Do not send. Report this as a bug: one record has several messages.",
            fingerprint="202c37a27acc6a9a",
            says="6 people would receive more than one message (lines 2, 3, 4, 5, 6 and 1 more)",
        ),
    ),
    "some are never composed": case(
        lambda: replace(inspection_of(), recipients=Forgetful(inspection_of().recipients)),
        expect(
            fix="Do not send. Report this as a bug: messages were lost between the table and the outbox.",
            fingerprint="9dbeabcdc742d939",
            says="messages are missing for 2 of 6 people",
        ),
    ),
}
PASSES = {
    "one each": inspection_of,
    "one that cannot be composed": letter("{% if reference == 'RC-0018' %}{{ 1 / 0 }}{% endif %}"),
}

test_fails, test_passes = cases_of("XRC407", FAILS, PASSES)
