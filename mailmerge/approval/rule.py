"""The rule that holds for a run: the one that was sealed with it, and what the user's ``config.toml`` says today."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import msgspec

from mailmerge.model import State
from mailmerge.outbox import read_facts
from mailmerge.settings.approval_rule import ApprovalRule, stricter

if TYPE_CHECKING:
    from mailmerge.environment import Environment
    from mailmerge.outbox import Run


def rule_of(run: Run, environment: Environment) -> ApprovalRule:
    """The stricter of the two; whoever sealed a run before there was a rule is held to it all the same.

    Raises:
        InputError: ``config.toml`` cannot be read.
        OutboxError: the run cannot be read, or the rule in it is not the one that was sealed.
    """
    today = environment.preferences.approval
    frozen = read_facts(run).get("approval")
    return today if frozen is None else stricter(msgspec.convert(json.loads(frozen), ApprovalRule), today)


def sealed_messages(run: Run) -> int:
    """How many messages were sealed, whoever was left out since."""
    with run.reading() as connection:
        row = connection.execute("SELECT count(*) FROM message WHERE message_id IS NOT NULL").fetchone()
    return int(row[0])


def left_to_send(run: Run) -> int:
    """How many messages are still to be sent."""
    counts = run.counts()
    return counts[State.PENDING] + counts[State.DEFERRED]
