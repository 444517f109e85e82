"""XRC405: A message is the same whoever was contacted before."""

from __future__ import annotations

from itertools import count

import pytest
from lint_cases import LETTER, PEOPLE, inspection_of
from msgspec.structs import replace
from rule_cases import case, cases_of, expect, only, with_memory

from mailmerge.errors import RenderFailed
from mailmerge.lint import Inspection
from mailmerge.lint.rules.xrc.xrc405_non_interference import non_interference
from mailmerge.lint.views.batch import Batch, MessageFact
from mailmerge.model import Message, Recipient


def with_failure() -> Inspection:
    """Each message has its number in it, and one cannot be composed."""
    broken = "{% if reference == 'RC-0018' %}{{ 1 / 0 }}{% endif %}"
    inspection = inspection_of(letter=f"{LETTER}\n{broken}\n")
    numbers = count(1)

    def compose(recipient: Recipient) -> Message:
        message = inspection.compose(recipient)
        return replace(message, values=(f"Comptable {next(numbers)}", *message.values[1:]))

    return replace(inspection, compose=compose)


def failing_later() -> Inspection:
    """Each message can be composed once only."""
    inspection = inspection_of()
    composed: set[int] = set()

    def compose(recipient: Recipient) -> Message:
        if recipient.record.number in composed:
            raise RenderFailed("the message cannot be composed")
        composed.add(recipient.record.number)
        return inspection.compose(recipient)

    return replace(inspection, compose=compose)


FAILS = {
    "a counter": case(
        with_memory,
        expect(
            record=6,
            line=7,
            affected=(6, 5, 4, 3, 2, 1),
            count=6,
            fingerprint="c71eeb8d93577d93",
            says="6 messages are different when they are composed after others (lines 7, 6, 5, 4, 3 and 1 more)",
        ),
    ),
    "a counter for two": case(
        only(with_memory, 1, 3),
        expect(
            record=1,
            line=2,
            fix="Do not send. Report this as a bug: messages depend on each other.",
            fingerprint="5260fc35103f4a81",
            says="Inès Petit (line 2): the message is different when it is composed after others",
        ),
        expect(
            record=3,
            line=4,
            fix="Do not send. Report this as a bug: messages depend on each other.",
            fingerprint="a1486232c510e738",
            says="Zoé Lefèvre (line 4): the message is different when it is composed after others",
        ),
    ),
    "a message that could not be composed": case(
        with_failure,
        expect(
            record=6,
            line=7,
            affected=(6, 5, 4, 3, 1),
            count=5,
            fingerprint="c71eeb8d93577d93",
            says="5 messages are different when they are composed after others (lines 7, 6, 5, 4, 2)",
        ),
    ),
    "a message that cannot be composed again": case(
        only(failing_later, 2),
        expect(
            record=2,
            line=3,
            fingerprint="f6a036d66b17a322",
            says="Jean Dupont (line 3): the message is different when it is composed after others",
        ),
    ),
}
PASSES = {
    "every message for itself": inspection_of,
}


@pytest.mark.parametrize(
    ("people", "compared"),
    [(5000, range(5000)), (5001, range(0, 5001, 2)), (6000, range(0, 6000, 3)), (7996, range(0, 7996, 3))],
)
def test_above_5000_messages_a_sample_is_composed_again(people: int, compared: range) -> None:
    inspection = inspection_of([PEOPLE[0]] * people)
    message = inspection.compose(inspection.recipients[0])
    survey = Batch(replace(inspection, compose=lambda recipient: message))
    survey.facts = [MessageFact(number, number, 0, 0, 0) for number in range(1, people + 1)]
    found = [each.record.number - 1 for each in non_interference(survey) if each.record]
    assert found == list(reversed(compared))


test_fails, test_passes = cases_of("XRC405", FAILS, PASSES)
