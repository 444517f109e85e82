"""A second person's review on the screen, and how the author's screens show what came of it."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest
from approval_cases import ACCOUNT, Desk, desk, write_campaign
from textual.pilot import Pilot
from textual.widgets import Input
from tui_cases import OpenApp, screen_text, until

from mailmerge.accounts import Accounts
from mailmerge.approval.concluding import Conclusion, noting
from mailmerge.approval.gate import cleared
from mailmerge.approval.record import add_refusal, begin_alone, write_for
from mailmerge.approval.reviewing.contents import contents_of
from mailmerge.approval.reviewing.review import ApprovalReview, Verdict
from mailmerge.approval.signatures.statement import Wrong
from mailmerge.campaign import IfWritten, open_campaign, open_outbox
from mailmerge.delivery import Control, deliver
from mailmerge.environment import Environment, now
from mailmerge.errors import InputError
from mailmerge.files.home import find_home
from mailmerge.i18n import N_
from mailmerge.model import Severity
from mailmerge.outbox import Run
from mailmerge.tui.app import MailmergeApp
from mailmerge.tui.dialogs.answers import Answers
from mailmerge.tui.dialogs.ask import Ask, Confirm
from mailmerge.tui.program import ReviewTask
from mailmerge.tui.screens.campaign.screen import CampaignScreen
from mailmerge.tui.screens.review.screen import ReviewScreen
from mailmerge.tui.screens.run.screen import RunScreen
from mailmerge.tui.screens.seal.screen import SealScreen


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """A letter counts as looked at at once."""
    monkeypatch.setattr("mailmerge.approval.reviewing.review.LEAST_SECONDS", 0.0)


@pytest.fixture
def at(tmp_path: Path) -> Desk:
    return desk(tmp_path)


@asynccontextmanager
async def reviewing(
    at: Desk, conclude: Callable[[Verdict], Conclusion] | None = None, size: tuple[int, int] = (120, 40)
) -> AsyncIterator[tuple[Pilot[int], ReviewTask, list[Verdict]]]:
    """The review of a run, and the verdicts that were given."""
    given: list[Verdict] = []

    def note(verdict: Verdict) -> Conclusion:
        given.append(verdict)
        return conclude(verdict) if conclude else Conclusion("Approved.", "mailmerge-approval/1 ...")

    task = ReviewTask(contents_of(at.run, "paul", at.here), note)
    app = MailmergeApp((), task=task)
    async with app.run_test(size=size) as pilot:
        await until(pilot, lambda: isinstance(app.screen, ReviewScreen) and app.screen.is_mounted)
        await pilot.pause()
        yield pilot, task, given


def page(pilot: Pilot[int]) -> ReviewScreen:
    return next(screen for screen in pilot.app.screen_stack if isinstance(screen, ReviewScreen))


async def say_wrong(pilot: Pilot[int], positions: list[int], reason: str = "autre nom") -> None:
    """Mark things as wrong, as a person does."""
    for position in positions:
        page(pilot).query_one("#items").show_row(position)  # type: ignore[attr-defined]
        await pilot.pause()
        await pilot.press("w")
        await until(pilot, lambda: isinstance(pilot.app.screen, Ask))
        await pilot.press(*reason.replace(" ", "_").replace("_", " "), "enter")
        await until(pilot, lambda: isinstance(pilot.app.screen, ReviewScreen))


async def finish(pilot: Pilot[int], wrong: int | None = None) -> None:
    """Answer the questions, all but one of them rightly."""
    screen = page(pilot)
    review = screen.review
    await until(pilot, lambda: review.seen == len(review.items))
    await pilot.press("f")
    await until(pilot, lambda: isinstance(pilot.app.screen, Answers))
    answers = [str(len(review.contents.letters)), *(each.answers[0] for each in review.questions)]
    for place, answer in enumerate(answers):
        await pilot.press(*("999" if place == wrong else answer), "enter")
    await pilot.pause()


def decoys(pilot: Pilot[int]) -> list[int]:
    return [position for position, item in enumerate(page(pilot).review.items) if item.decoy]


async def test_a_letter_counts_once_it_was_open_for_two_seconds(at: Desk):
    time = [0.0]
    async with reviewing(at) as (pilot, _task, _given):
        screen = page(pilot)
        screen.review = ApprovalReview(screen.review.contents, clock=lambda: time[0])
        screen.fill()
        await pilot.pause()
        time[0] = 1.9
        assert not screen.review.is_seen(0)
        assert not screen.check_action("finish", ())
        time[0] = 2.0
        await pilot.press("n")
        await pilot.pause()
        assert screen.review.is_seen(0)
        assert not screen.review.is_seen(1)
        assert screen.query_one("#items").cursor == 1  # type: ignore[attr-defined]


async def test_what_is_behind_a_question_is_not_looked_at(at: Desk):
    time = [0.0]
    async with reviewing(at) as (pilot, _task, _given):
        screen = page(pilot)
        screen.review = ApprovalReview(screen.review.contents, clock=lambda: time[0])
        screen.fill()
        await pilot.pause()
        await pilot.press("w")
        await until(pilot, lambda: isinstance(pilot.app.screen, Ask))
        time[0] = 60.0
        await pilot.press("escape")
        await until(pilot, lambda: isinstance(pilot.app.screen, ReviewScreen))
        assert not screen.review.is_seen(0)


@pytest.mark.parametrize("size", [(120, 40), (80, 24), (60, 16)])
async def test_both_decoys_found_and_every_answer_right_gives_a_verdict(at: Desk, quick: None, size: tuple[int, int]):
    async with reviewing(at, size=size) as (pilot, task, given):
        await say_wrong(pilot, decoys(pilot))
        await finish(pilot)
        await until(pilot, lambda: task.conclusion)
        (verdict,) = given
        assert (verdict.approved, verdict.decoys_found, verdict.decoys_shown) == (True, 2, 2)
        assert "Approved." in screen_text(pilot)
        assert "decoys were no." in screen_text(pilot)
        await pilot.press("q")
    assert pilot.app.return_value == 0


async def test_a_missed_decoy_gives_no_verdict_and_other_decoys(at: Desk, quick: None):
    async with reviewing(at) as (pilot, task, given):
        first = page(pilot).review
        before = {item.content for item in first.items if item.decoy}
        await say_wrong(pilot, decoys(pilot)[:1])
        await finish(pilot)
        await until(pilot, lambda: page(pilot).review is not first)
        assert given == []
        assert task.conclusion is None
        await until(pilot, lambda: "signed. The review begins again" in " ".join(screen_text(pilot).split()))
        assert not {item.content for item in page(pilot).review.items if item.decoy} & before


async def test_a_wrong_letter_makes_a_refusal_with_its_reason(at: Desk, quick: None):
    async with reviewing(at) as (pilot, task, given):
        real = next(n for n, item in enumerate(page(pilot).review.items) if item.why and not item.decoy)
        record = page(pilot).review.items[real].record
        await say_wrong(pilot, [*decoys(pilot), real], "pas lui")
        await finish(pilot)
        await until(pilot, lambda: task.conclusion)
        (verdict,) = given
        assert not verdict.approved
        assert [(each.record, each.reason) for each in verdict.wrong] == [(record, "pas lui")]


@pytest.mark.parametrize(
    ("place", "said"),
    [
        (0, "That is not the number of letters"),
        (1, "The second answer is not right"),
        (2, "The third answer is not right"),
    ],
)
async def test_a_wrong_answer_is_said_and_nothing_is_signed(at: Desk, quick: None, place: int, said: str):
    async with reviewing(at) as (pilot, task, given):
        await say_wrong(pilot, decoys(pilot))
        await finish(pilot, place)
        assert isinstance(pilot.app.screen, Answers)
        assert said in screen_text(pilot)
        await pilot.press("escape")
        await pilot.pause()
        assert (task.conclusion, given) == (None, [])


async def test_what_cannot_be_written_is_one_line_and_can_be_tried_again(at: Desk, quick: None):
    def full(_verdict: Verdict) -> Conclusion:
        raise InputError(N_("cannot write {path}: {why}"), path="G:/RH", why="the disk is full")

    async with reviewing(at, full) as (pilot, task, _given):
        await say_wrong(pilot, decoys(pilot))
        await finish(pilot)
        await until(pilot, lambda: "the disk is full" in screen_text(pilot))
        assert task.conclusion is None
        assert page(pilot).check_action("finish", ())


async def test_leaving_asks_first(at: Desk, quick: None):
    async with reviewing(at) as (pilot, task, _given):
        await pilot.press("q")
        await until(pilot, lambda: isinstance(pilot.app.screen, Confirm))
        await pilot.press("y")
        await pilot.pause()
    assert task.conclusion is None


async def test_hostile_text_in_a_letter_shows_and_does_nothing(tmp_path: Path, quick: None):
    letter = (
        "Subject: [red]x[/red] {{ poste }}\nContent-Language: fr\nContent-Type: text/html\n\n"
        "<p>Bonjour {{ nom }} [bold]y[/bold]</p><script>alert(1)</script><p>{{ prenom }}</p>\n"
    )
    made = desk(tmp_path / "d", 3)
    path = write_campaign(tmp_path / "c", 3, letter=letter, approval="")
    run = open_campaign([path], environment=made.here).signed_by(ACCOUNT).check().seal(ACCOUNT, made.here.outbox)
    made.run = run
    async with reviewing(made) as (pilot, _task, _given):
        assert "[bold]y[/bold]" in screen_text(pilot)


async def test_a_second_look_alone_is_recorded(tmp_path: Path, quick: None):
    made = desk(tmp_path, approvers=())
    begin_alone(made.run, made.here)
    made.clock.move(minutes=11)
    async with reviewing(made, noting(made.run, made.here)) as (pilot, task, _given):
        await say_wrong(pilot, decoys(pilot))
        await finish(pilot)
        await until(pilot, lambda: task.conclusion)
    approval = cleared(made.run, ACCOUNT, made.here)
    assert approval is not None
    assert approval.kind == "alone"


# --- the author's screens --------------------------------------------------------------------------------------------


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, home: Path) -> Desk:
    """A run that waits, in the home of the test."""
    made = desk(tmp_path)
    made.clock.now = now()
    monkeypatch.setenv("MAILMERGE_HOME", str(tmp_path / "claire"))
    environment = Environment.here()
    campaign = open_campaign([tmp_path / "campagne"], environment=environment)
    checked = campaign.signed_by(ACCOUNT).check()
    made.run = checked.seal(ACCOUNT, environment.outbox, written=IfWritten.AGAIN)
    made.here = environment
    return made


@asynccontextmanager
async def run_page(run: Run) -> AsyncIterator[tuple[Pilot[int], RunScreen]]:
    app = MailmergeApp(())
    async with app.run_test(size=(120, 40)) as pilot:
        await pilot.pause()
        app.go.run(run, list(run.messages()), account=ACCOUNT)
        await until(pilot, lambda: isinstance(app.screen, RunScreen) and app.screen.approval.state is not None)
        assert isinstance(app.screen, RunScreen)
        yield pilot, app.screen


async def test_the_page_of_a_run_says_that_it_waits_and_sends_nothing(here: Desk):
    async with run_page(here.run) as (pilot, screen):
        assert "A second person has to approve it: it has more than 20 messages." in screen_text(pilot)
        assert not screen.check_action("continue", ())
        assert "send the rest" not in screen_text(pilot)
        await pilot.press("c")
        await pilot.pause()
        assert isinstance(pilot.app.screen, RunScreen)
        assert not screen.sending


async def test_whoever_would_send_the_rest_at_once_is_told_that_it_waits(here: Desk):
    app = MailmergeApp(())
    async with app.run_test(size=(120, 40)) as pilot:
        app.go.run(here.run, list(here.run.messages()), account=ACCOUNT)
        await until(pilot, lambda: isinstance(app.screen, RunScreen) and app.screen.approval.state is not None)
        assert isinstance(app.screen, RunScreen)
        app.screen.action_continue()
        await until(pilot, lambda: "Nothing leaves before somebody else has approved it" in screen_text(pilot))
        assert not app.screen.sending


async def test_a_verdict_that_lies_beside_the_pack_is_found_by_itself(here: Desk, tmp_path: Path, monkeypatch: Any):
    monkeypatch.setattr("mailmerge.tui.screens.run.approval._LOOK_SECONDS", 0.05)
    packed = write_for(here.run, "paul", tmp_path / "G", here.here)
    async with run_page(here.run) as (pilot, screen):
        assert "Waiting for the approval of paul" in screen_text(pilot)
        here.clock.now = now()
        packed.pack.with_suffix(".approval").write_text(here.signed(), encoding="utf-8")
        await until(pilot, lambda: "Approved by Paul Durand" in screen_text(pilot))
        assert not screen.approval.waits


async def test_a_refusal_comes_back_with_its_reasons(here: Desk, tmp_path: Path, monkeypatch: Any):
    monkeypatch.setattr("mailmerge.tui.screens.run.approval._LOOK_SECONDS", 0.05)
    packed = write_for(here.run, "paul", tmp_path / "G", here.here)
    async with run_page(here.run) as (pilot, screen):
        here.clock.now = now()
        text = here.changed(verdict="refused", wrong=(Wrong(7, "ce n’est pas son nom"),))
        packed.pack.with_suffix(".approval").write_text(text, encoding="utf-8")
        await until(pilot, lambda: "no. 7: ce n’est pas son nom" in screen_text(pilot))
        assert screen.approval.waits


async def test_a_verdict_that_does_not_count_is_said_once(here: Desk, tmp_path: Path, monkeypatch: Any):
    monkeypatch.setattr("mailmerge.tui.screens.run.approval._LOOK_SECONDS", 0.05)
    packed = write_for(here.run, "paul", tmp_path / "G", here.here)
    async with run_page(here.run) as (pilot, screen):
        packed.pack.with_suffix(".approval").write_text("half of it", encoding="utf-8")
        await until(pilot, lambda: "there is no approval in it" in screen_text(pilot))
        screen.tell()
        seen = screen.approval._seen
        await until(pilot, lambda: screen.approval._seen is not seen)
        assert not screen.said_something


async def test_a_pack_is_written_from_the_page_of_a_run(here: Desk, tmp_path: Path):
    async with run_page(here.run) as (pilot, screen):
        await pilot.press("P")
        await until(pilot, lambda: isinstance(pilot.app.screen, Answers))
        await until(pilot, lambda: "Escape changes nothing" in screen_text(pilot))
        await pilot.press(*"paul", "enter", *str(tmp_path / "G"), "enter")
        await until(pilot, lambda: isinstance(pilot.app.screen, Ask))
        await until(pilot, lambda: "Read them out to paul on the telephone." in screen_text(pilot))
        words = pilot.app.screen.query_one(Input).value
        assert len(words.split()) == 5
        await pilot.press("escape")
        await until(pilot, lambda: f"sight until this page is left: {words}" in " ".join(screen_text(pilot).split()))
        screen.approval.look()
        await pilot.pause()
        await pilot.press("down")
        assert words in " ".join(screen_text(pilot).split())
    assert {path.suffix for path in (tmp_path / "G").iterdir()} == {".mmpack", ".html"}


async def test_an_approval_is_recorded_from_the_page_of_a_run(here: Desk, tmp_path: Path):
    here.clock.now = now()
    (tmp_path / "a.approval").write_text(here.signed(), encoding="utf-8")
    async with run_page(here.run) as (pilot, screen):
        await pilot.press("K")
        await until(pilot, lambda: isinstance(pilot.app.screen, Ask))
        await pilot.press(*str(tmp_path / "a.approval"), "enter")
        await until(pilot, lambda: not screen.approval.waits)
        assert "Approved by Paul Durand" in screen_text(pilot)


async def test_the_seal_page_says_that_nothing_is_sent_yet_and_the_run_waits(
    tmp_path: Path, open_app: OpenApp, account: Callable[[int], None], smtp_server: Any
):
    account(smtp_server.port)
    async with open_app(write_campaign(tmp_path / "c", 25)) as pilot:
        await pilot.press("s")
        await until(pilot, lambda: isinstance(pilot.app.screen, SealScreen) and pilot.app.screen.plan.ready)
        await until(pilot, lambda: "Nothing is sent yet" in screen_text(pilot))
        await pilot.press(*"25", "enter")
        await until(pilot, lambda: isinstance(pilot.app.screen, RunScreen))
        await until(pilot, lambda: "A second person has to approve it" in screen_text(pilot))
    assert smtp_server.accepted == []


async def test_back_from_the_page_of_a_run_what_the_second_person_found_is_a_finding_of_the_campaign(
    tmp_path: Path, open_app: OpenApp, account: Callable[[int], None], smtp_server: Any
):
    account(smtp_server.port)
    async with open_app(write_campaign(tmp_path / "c", 25)) as pilot:
        campaign = pilot.app.screen
        assert isinstance(campaign, CampaignScreen)
        await pilot.press("s")
        await until(pilot, lambda: isinstance(pilot.app.screen, SealScreen) and pilot.app.screen.plan.ready)
        await pilot.press(*"25", "enter")
        await until(pilot, lambda: isinstance(pilot.app.screen, RunScreen))
        run = campaign.session.run
        assert run is not None
        add_refusal(run, [Wrong(7, "ce n’est pas son nom")], Environment.here())
        await pilot.press("escape")
        await until(pilot, lambda: pilot.app.screen is campaign and bool(campaign.session.review.findings_of(7)))
        (finding,) = campaign.session.review.findings_of(7)
        assert (finding.rule, finding.severity) == ("META003", Severity.WARN)
        await until(pilot, lambda: campaign.people.current is not None)
        campaign.people.table.cursor = 6
        await until(pilot, lambda: "ce n’est pas son nom" in screen_text(pilot))


# --- what needs an approval, and what does not ----------------------------------------------------------------------


def company_rule(number: int) -> None:
    """The rule of the company, in the user's own settings."""
    path = find_home().config / "config.toml"
    path.parent.mkdir(parents=True, exist_ok=True)
    known = path.read_text(encoding="utf-8") if path.exists() else ""
    path.write_text(f"{known}\n[approval]\nrequired_above = {number}\n", encoding="utf-8")


async def sealed_on_screen(pilot: Pilot[int], *keys: str) -> RunScreen:
    """The page of the run that is sealed now; ``keys`` are pressed on the seal page."""
    await pilot.press("s")
    await until(pilot, lambda: isinstance(pilot.app.screen, SealScreen) and pilot.app.screen.is_mounted)
    page = pilot.app.screen
    assert isinstance(page, SealScreen)
    await until(pilot, lambda: not page.plan.waiting)
    await pilot.press(*keys)
    await until(pilot, lambda: page.plan.ready)
    await pilot.press(*str(page.plan.count), "enter")
    await until(pilot, lambda: isinstance(pilot.app.screen, RunScreen))
    screen = pilot.app.screen
    assert isinstance(screen, RunScreen)
    return screen


async def test_to_everybody_once_more_waits_for_an_approval_of_its_own(
    tmp_path: Path, open_app: OpenApp, account: Callable[[int], None], smtp_server: Any
):
    account(smtp_server.port)
    source = write_campaign(tmp_path / "c", 25, approval="")
    first = open_campaign([source]).check().seal(Accounts(find_home().config).get("rh"), open_outbox())
    async for _event in deliver(first, Accounts(find_home().config).get("rh"), None, Control()):
        pass
    assert len(smtp_server.accepted) == 25
    company_rule(20)
    async with open_app(source) as pilot:
        campaign = pilot.app.screen
        assert isinstance(campaign, CampaignScreen)
        screen = await sealed_on_screen(pilot, "e")
        await until(pilot, lambda: "A second person has to approve it" in screen_text(pilot))
        assert campaign.session.run is not None
        assert "again" in campaign.session.run.sealed_facts()
        assert not screen.sending
        assert not screen.check_action("continue", ())
        assert "send the rest" not in screen_text(pilot)
        await pilot.press("c")
        await pilot.pause()
    assert len(smtp_server.accepted) == 25


async def test_a_rest_that_is_small_enough_needs_no_approval(
    tmp_path: Path, open_app: OpenApp, account: Callable[[int], None], smtp_server: Any
):
    account(smtp_server.port)
    source = write_campaign(tmp_path / "c", 25, approval="")
    first = open_campaign([source]).check().seal(Accounts(find_home().config).get("rh"), open_outbox())
    async for _event in deliver(first, Accounts(find_home().config).get("rh"), None, Control(), limit=20):
        pass
    company_rule(20)
    async with open_app(source) as pilot:
        screen = await sealed_on_screen(pilot)
        await until(pilot, lambda: screen.tally.summary is not None)
    assert len({message.forward_paths[0] for message in smtp_server.accepted}) == 25 == len(smtp_server.accepted)


async def test_a_run_that_was_sealed_before_the_number_was_set_waits_on_its_page(
    tmp_path: Path, account: Callable[[int], None], smtp_server: Any, home: Path
):
    account(smtp_server.port)
    source = write_campaign(tmp_path / "c", 25, approval="")
    sender = Accounts(find_home().config).get("rh")
    run = open_campaign([source]).check().seal(sender, open_outbox())
    company_rule(20)
    app = MailmergeApp(())
    async with app.run_test(size=(120, 40)) as pilot:
        await pilot.pause()
        app.go.run(run, list(run.messages()), account=sender)
        await until(pilot, lambda: "A second person has to approve it" in screen_text(pilot))
        assert not app.screen.check_action("continue", ())
        assert "send the rest" not in screen_text(pilot)
        await pilot.press("c")
        await pilot.pause()
        assert isinstance(app.screen, RunScreen)
        assert not app.screen.sending
    assert smtp_server.accepted == []


@pytest.mark.parametrize("where", ["campaign", "company"])
async def test_a_test_of_a_message_goes_to_oneself_without_an_approval(
    tmp_path: Path, open_app: OpenApp, account: Callable[[int], None], smtp_server: Any, where: str
):
    account(smtp_server.port)
    if where == "company":
        company_rule(0)
    source = write_campaign(tmp_path / "c", 25, approval="required_above = 0" if where == "campaign" else "")
    async with open_app(source) as pilot:
        await pilot.press("t")
        await until(pilot, lambda: "A test of this message is on its way to rh@atelier.example" in screen_text(pilot))
    assert [message.forward_paths for message in smtp_server.accepted] == [["rh@atelier.example"]]
