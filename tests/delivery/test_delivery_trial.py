"""A test message goes to one's own mailbox, says so, and counts for nobody."""

from __future__ import annotations

from email import message_from_bytes, policy
from pathlib import Path

import pytest
from delivery_cases import account_for, seal, sealed_message, send, states
from smtp_script import CANARY, USER, Fault, ScriptedServer

from mailmerge.accounts import Secret
from mailmerge.delivery import send_test
from mailmerge.errors import ConnectionFailed, DeliveryError, LoginRefused
from mailmerge.model import State


async def test_a_test_message_goes_to_the_account_and_leaves_the_person_pending(folder: Path) -> None:
    run = seal(folder, 3)
    async with ScriptedServer() as server:
        sealed = run.content(2)
        reply = await send_test(sealed, account_for(server), Secret(CANARY), senders=run.senders, run=run)
        assert str(reply) == "250 2.0.0 Ok: queued"
        [taken] = server.taken
        assert taken.forward_path == USER
        parsed = message_from_bytes(taken.content, policy=policy.default)
        assert parsed["Subject"] == "[Test] Reponse 2"
        assert parsed["To"] == USER
        assert parsed["Message-ID"] != sealed.message_id
        assert b"personne2@" not in taken.content
        assert taken.content.partition(b"\r\n\r\n")[2] == sealed.content.partition(b"\r\n\r\n")[2]
        assert set(states(run).values()) == {State.PENDING}
        assert [entry.kind for entry in run.history(2)] == ["test"]
        server.taken.clear()
        sent = await send(run, account_for(server))
        assert sent.summary.accepted == 3
        assert sent.outcomes[1].attempt == 1


@pytest.mark.parametrize(
    ("stage", "kind", "error"),
    [
        ("RCPT", "550", DeliveryError),
        ("dot", "554", DeliveryError),
        ("dot", "drop", ConnectionFailed),
        ("AUTH", "535", LoginRefused),
        ("connect", "drop", ConnectionFailed),
    ],
)
async def test_a_test_message_that_is_not_taken_says_why(stage: str, kind: str, error: type[Exception]) -> None:
    async with ScriptedServer(faults=(Fault(stage, kind),)) as server:
        with pytest.raises(error) as caught:
            await send_test(sealed_message(1), account_for(server), Secret(CANARY), senders=[USER])
        assert "\n" not in str(caught.value)
        assert not server.taken
