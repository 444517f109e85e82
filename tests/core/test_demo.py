"""The rehearsal of the demo: one finding to repair, then one message refused, one put off and one lost."""

from __future__ import annotations

from dataclasses import replace

import pytest

from mailmerge.campaign import open_campaign
from mailmerge.delivery import Control, Outcome, deliver, estimate
from mailmerge.demo import LEFT_OVER, LOST, PUT_OFF, REFUSED, demo_server
from mailmerge.model import State


async def test_what_goes_wrong_in_a_rehearsal() -> None:
    with demo_server(rehearsal=True) as demo:
        environment = demo.environment
        checked = open_campaign([demo.campaign], environment=environment).check()
        assert [finding.rule for finding in checked.report.blocks] == ["TPL205"]
        letter = demo.campaign.parent / "refus.fr.md"
        assert letter.read_text(encoding="utf-8").splitlines()[checked.report.blocks[0].letter_line - 1] == LEFT_OVER
        letter.write_text(letter.read_text(encoding="utf-8").replace(LEFT_OVER, ""), encoding="utf-8")
        checked = open_campaign([demo.campaign], environment=environment).check()
        assert checked.report.blocks == ()
        (account,) = environment.accounts.all()
        assert 25 <= estimate(340, account).total_seconds() <= 35
        run = checked.seal(account, environment.outbox)
        wanted = {REFUSED: State.REJECTED, PUT_OFF: State.DEFERRED, LOST: State.UNKNOWN}
        control = Control()
        left = set(wanted)
        addresses = {message.record: message.address for message in run.messages()}
        async for event in deliver(run, replace(account, per_minute=None), None, control):
            if isinstance(event, Outcome) and addresses[event.record] in left:
                left.remove(addresses[event.record])
                if not left:
                    control.stop()
        states = {message.address: message.state for message in run.messages()}
        assert {address: states[address] for address in wanted} == wanted
        others = {state for address, state in states.items() if address not in wanted}
        assert others <= {State.ACCEPTED, State.PENDING}
        assert LOST in {each.forward_paths[0] for each in demo.received}


@pytest.mark.parametrize("address", [REFUSED, PUT_OFF, LOST])
async def test_the_demo_of_tests_and_pictures_accepts_everybody(address: str) -> None:
    with demo_server() as demo:
        campaign = open_campaign([demo.campaign], environment=demo.environment)
        assert address in {person.address for person in campaign.recipients}
        assert campaign.check().report.blocks == ()
