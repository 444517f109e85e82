"""The rehearsal of the demo: one finding to repair, then one message refused, one put off and one lost."""

from __future__ import annotations

from collections.abc import Iterator
from gettext import NullTranslations
from pathlib import Path

import pytest
from msgspec.structs import replace

from mailmerge import i18n
from mailmerge.campaign import open_campaign
from mailmerge.delivery import Control, Outcome, deliver, estimate
from mailmerge.demo import SAMPLES, Sample, demo_server
from mailmerge.model import State


@pytest.fixture(params=SAMPLES)
def sample(request: pytest.FixtureRequest) -> Iterator[Sample]:
    """The sample of each language, while that language is spoken."""
    with i18n.speaking(request.param):
        yield SAMPLES[request.param]


async def test_what_goes_wrong_in_a_rehearsal(sample: Sample) -> None:
    with demo_server(rehearsal=True) as demo:
        environment = demo.environment
        checked = open_campaign([demo.campaign], environment=environment).check()
        assert [finding.rule for finding in checked.report.blocks] == ["TPL205"]
        letter = demo.campaign.parent / sample.letter
        assert (
            letter.read_text(encoding="utf-8").splitlines()[checked.report.blocks[0].letter_line - 1]
            == sample.left_over
        )
        letter.write_text(letter.read_text(encoding="utf-8").replace(sample.left_over, ""), encoding="utf-8")
        checked = open_campaign([demo.campaign], environment=environment).check()
        assert checked.report.blocks == ()
        (account,) = environment.accounts.all()
        assert 25 <= estimate(340, account).total_seconds() <= 35
        run = checked.seal(account, environment.outbox)
        wanted = {sample.refused: State.REJECTED, sample.put_off: State.DEFERRED, sample.lost: State.UNKNOWN}
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
        assert sample.lost in {each.forward_paths[0] for each in demo.received}


async def test_the_demo_of_tests_and_pictures_accepts_everybody(sample: Sample) -> None:
    with demo_server() as demo:
        campaign = open_campaign([demo.campaign], environment=demo.environment)
        assert {sample.refused, sample.put_off, sample.lost} <= {person.address for person in campaign.recipients}
        assert len(campaign.recipients) == 340
        assert campaign.check().report.blocks == ()


@pytest.mark.parametrize(("spoken", "language"), [("en", "en"), ("fr", "fr"), ("qps", "en")])
def test_the_sample_is_in_the_language_of_whoever_opens_it(spoken: str, language: str) -> None:
    before = i18n.language(), i18n._catalogue
    i18n.use_catalogue(spoken, NullTranslations())
    try:
        with demo_server() as demo:
            folder, (account,) = demo.campaign.parent, demo.environment.accounts.all()
            campaign = open_campaign([demo.campaign], environment=demo.environment)
            letters = {i18n.code(campaign.letter_of(each).language) for each in campaign.recipients}
    finally:
        i18n.use_catalogue(*before)
    sample = SAMPLES[language]
    assert (folder.name, f"{account.display_name} <{account.address}>") == (sample.name, sample.sender)
    assert letters == ({"en"} if language == "en" else {"fr", "en"})


def test_nobody_is_shown_the_sample_of_another_language(sample: Sample, tmp_path: Path) -> None:
    copied = sample.copy(tmp_path)
    others = {each.source for each in SAMPLES.values() if each is not sample}
    assert not {path.name for path in copied.rglob("*")} & others
    for file in copied.rglob("*.toml"):
        assert open_campaign([file]).recipients
