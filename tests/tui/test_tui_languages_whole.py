"""Every screen and dialog in a language that nobody speaks: those that the keys of a campaign do not lead to."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Coroutine
from contextlib import asynccontextmanager
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from pkgutil import walk_packages
from types import SimpleNamespace
from typing import Any

import pytest
from approval_cases import FIRST, LAST, desk
from each_row import pairs
from leaked_mails import AWARE, eml, people
from pseudo import OPEN, speaking_pseudo
from test_tui_languages import SIZES
from textual.pilot import Pilot
from textual.screen import Screen
from textual.widgets import Input
from translated import cut, on_top, untranslated
from tui_cases import LETTER, TABLE, OpenApp, settled, until, without_widgets

import mailmerge.tui
from mailmerge import delivery
from mailmerge.accounts import Accounts, OAuthClient, account_from_preset
from mailmerge.accounts.oauth import Code, CodePossible, Failed, OpenBrowser, SignedIn, SignInStep, SignInWaiting
from mailmerge.approval.concluding import Conclusion
from mailmerge.approval.reviewing.contents import contents_of
from mailmerge.campaign import open_campaign, open_outbox
from mailmerge.demo import ReceivedMessage
from mailmerge.environment import Environment
from mailmerge.errors import SignInFailed
from mailmerge.files.home import find_home
from mailmerge.incident.draft import IncidentDraft, keep_draft, opened_from
from mailmerge.outbox import Run, RunMessage
from mailmerge.tui.dialogs.account_form import AccountForm
from mailmerge.tui.dialogs.answers import Answers
from mailmerge.tui.dialogs.ask import Ask, AskSecret, Confirm
from mailmerge.tui.dialogs.ask_fields import AskFields
from mailmerge.tui.dialogs.choose import Choose
from mailmerge.tui.dialogs.file_picker import FilePicker
from mailmerge.tui.dialogs.help import HelpScreen
from mailmerge.tui.dialogs.unsaved import AskUnsaved
from mailmerge.tui.dialogs.waive import WaiveForm
from mailmerge.tui.page import Page
from mailmerge.tui.program import ReviewTask
from mailmerge.tui.screens.accounts import AccountsScreen
from mailmerge.tui.screens.campaign.screen import CampaignScreen
from mailmerge.tui.screens.decisions import DecisionsScreen
from mailmerge.tui.screens.editor.screen import EditorScreen
from mailmerge.tui.screens.excluded import ExcludedScreen
from mailmerge.tui.screens.incident.screen import IncidentScreen
from mailmerge.tui.screens.letters.letter_list import LetterList
from mailmerge.tui.screens.letters.screen import LettersScreen
from mailmerge.tui.screens.received import ReceivedScreen
from mailmerge.tui.screens.review.screen import ReviewScreen
from mailmerge.tui.screens.rules import RulesScreen
from mailmerge.tui.screens.run.screen import RunScreen
from mailmerge.tui.screens.runs import RunsScreen
from mailmerge.tui.screens.seal.screen import SealScreen
from mailmerge.tui.screens.start import StartScreen
from mailmerge.tui.screens.table.screen import TableScreen
from mailmerge.tui.widgets.palette import Palette
from mailmerge.tui.widgets.rows import Rows

SHOWN_BY_KEYS = {
    CampaignScreen, HelpScreen, RulesScreen, AccountsScreen, AccountForm, SealScreen, ExcludedScreen, Ask,
    TableScreen, Choose, EditorScreen, AskUnsaved, RunsScreen, StartScreen, FilePicker, Palette,
}  # fmt: skip
"""What the keys of ``test_tui_languages`` lead to."""


@dataclass
class World:
    """What a way to a screen needs."""

    table: Path
    letter: Path
    server: Any
    monkeypatch: pytest.MonkeyPatch
    pilot: Pilot[int] = None  # type: ignore[assignment]

    @property
    def go(self) -> Any:
        """The way from one screen to another."""
        return self.pilot.app.go  # type: ignore[attr-defined]

    async def keys(self, *keys: str) -> None:
        """Press keys, one after the other."""
        for key in keys:
            await self.pilot.press(key)
            await self.pilot.pause()

    async def on(self, kind: type[Screen[Any]]) -> None:
        """Wait for a screen."""
        await until(self.pilot, lambda: isinstance(self.pilot.app.screen, kind) and self.pilot.app.screen.is_mounted)
        await settled(self.pilot)


Going = Callable[[World], Awaitable[None]]
Preparing = Callable[[World], object]
WAYS: dict[str, tuple[type[Screen[Any]], Preparing, Going]] = {}
"""Name, what it leads to, what is there before the program opens, and how one goes there."""


def way(to: type[Screen[Any]], before: Preparing = lambda world: None) -> Callable[[Going], Going]:
    """Name a way to a screen."""

    def named(going: Going) -> Going:
        WAYS[going.__name__.strip("_").replace("_", " ")] = (to, before, going)
        return going

    return named


# --- accounts --------------------------------------------------------------------------------------------------------


def an_account(world: World, **options: Any) -> None:
    given = {"host": "127.0.0.1", "port": world.server.port, "tls": "none", "auth": "none", **options}
    Accounts(find_home().config).add(account_from_preset("rh", "rh@atelier.example", **given))


def with_password(world: World) -> None:
    an_account(world, auth="password")


@way(AccountsScreen, an_account)
async def one_account(world: World) -> None:
    await world.keys("a")


@way(AccountsScreen, an_account)
async def an_account_that_answers(world: World) -> None:
    await world.keys("a", "c")


@way(AccountsScreen, lambda world: an_account(world, port=1))
async def an_account_that_does_not_answer(world: World) -> None:
    await world.keys("a", "c")


@way(AccountForm, an_account)
async def an_account_is_changed(world: World) -> None:
    await world.keys("a", "e")


@way(Confirm, an_account)
async def an_account_is_removed(world: World) -> None:
    await world.keys("a", "D")


@way(AskSecret, with_password)
async def a_password(world: World) -> None:
    await world.keys("a", "p")


# --- signing in ------------------------------------------------------------------------------------------------------

ADDRESS = "https://id.x.example/authorize?client_id=0000-11"
CODE = Code("BDWP-HQPK", "https://id.x.example/device", "https://id.x.example/device?code=BDWP-HQPK", 900)
STATES = {
    "waiting": [SignInWaiting(SignInStep.PROVIDER)],
    "the browser": [OpenBrowser(ADDRESS), SignInWaiting(SignInStep.BROWSER), CodePossible()],
    "a code": [CODE],
    "the server": [SignInWaiting(SignInStep.SERVER)],
    "failed": [Failed(SignInFailed("00", kind="00"))],
    "done": [SignedIn("rh@atelier.example", ("https://outlook.office.com/SMTP.Send", "offline_access"))],
}


def signing_in(events: list[Any]) -> Preparing:
    def before(world: World) -> None:
        an_account(world, auth="oauth2", oauth=OAuthClient(issuer="microsoft", client_id="0000-11"))

        class Attempt:
            def cancel(self) -> None:
                pass

            async def events(self) -> AsyncIterator[Any]:
                for event in events:
                    yield event

        world.monkeypatch.setattr(delivery, "sign_in", lambda *_, **__: Attempt())

    return before


for _state, _events in STATES.items():

    async def _sign_in(world: World) -> None:
        await world.keys("a", "s")

    WAYS[f"sign in, {_state}"] = (AccountsScreen, signing_in(_events), _sign_in)


# --- runs ------------------------------------------------------------------------------------------------------------


def answers_of_three_kinds(world: World) -> None:
    an_account(world)
    replies = {"petit": "550 5.1.1 00", "durand": "451 4.7.1 00"}
    world.server.reply = lambda m: next((r for name, r in replies.items() if name in m.forward_paths[0]), "250 00")


async def sealed(world: World, *, send: bool = False) -> RunScreen:
    account = Accounts(find_home().config).get("rh")
    run = open_campaign([world.table, world.letter]).check().seal(account, open_outbox())
    world.go.run(run, list(run.messages()), account=account, send=send)
    await world.on(RunScreen)
    screen = world.pilot.app.screen
    assert isinstance(screen, RunScreen)
    return screen


@way(RunScreen, an_account)
async def a_run(world: World) -> None:
    await sealed(world)


@way(RunScreen, answers_of_three_kinds)
async def a_run_that_was_sent(world: World) -> None:
    screen = await sealed(world, send=True)
    await until(world.pilot, lambda: screen.tally.waiting)


@way(RunScreen, answers_of_three_kinds)
async def what_a_run_left_to_look_at(world: World) -> None:
    await a_run_that_was_sent(world)
    await world.keys("l")


@way(RunScreen, an_account)
async def a_verdict_that_was_lost(world: World) -> None:
    account = Accounts(find_home().config).get("rh")
    run = open_campaign([world.table, world.letter]).check().seal(account, open_outbox())
    with run.sending() as journal:
        await journal.claim(2)
    run.recover()
    world.go.run(run, list(run.messages()), account=account)
    await world.on(RunScreen)
    await world.keys("l")


@way(Ask, an_account)
async def the_rest_of_a_run(world: World) -> None:
    await sealed(world)
    await world.keys("c")


@way(Answers, an_account)
async def a_pack_for_whoever_approves(world: World) -> None:
    made = desk(world.table.parent / "desk")
    world.go.run(made.run, list(made.run.messages()), account=made.account)
    await world.on(RunScreen)
    await until(world.pilot, lambda: world.pilot.app.screen.approval.state is not None)  # type: ignore[attr-defined]
    await world.keys("P")


@way(RunScreen, an_account)
async def a_run_that_waits_for_an_approval(world: World) -> None:
    await a_pack_for_whoever_approves(world)
    await world.keys("escape")


@way(RunsScreen, an_account)
async def earlier_runs(world: World) -> None:
    await sealed(world)
    await world.keys("escape", "v")


@way(RunsScreen, an_account)
async def a_run_that_was_set_aside(world: World) -> None:
    screen = await sealed(world)
    await world.keys("escape")
    open_outbox().set_aside(screen.run_shown.id)
    await world.keys("v")


@way(SealScreen, an_account)
async def sealing(world: World) -> None:
    await world.keys("s")
    await until(world.pilot, lambda: world.pilot.app.screen.plan.ready)  # type: ignore[attr-defined]


@way(ReceivedScreen)
async def what_the_demo_received(world: World) -> None:
    message = ReceivedMessage("rh@atelier.example", ("lea.durand@outlook.example",), b"Subject: 00\r\n\r\n00\r\n")
    world.go.received(SimpleNamespace(received=(message, message)))


@way(ReceivedScreen)
async def a_demo_that_received_nothing(world: World) -> None:
    world.go.received(SimpleNamespace(received=()))


# --- the second person -----------------------------------------------------------------------------------------------


def review_of(world: World) -> ReviewTask:
    made = desk(world.table.parent / "desk")
    return ReviewTask(contents_of(made.run, "paul", made.here), lambda verdict: Conclusion("00", "00"))


@way(ReviewScreen)
async def a_review(world: World) -> None:
    world.monkeypatch.setattr(
        "mailmerge.approval.reviewing.review.LEAST_SECONDS", 3600.0
    )  # nothing becomes seen meanwhile
    world.go.review(review_of(world))


@way(Answers)
async def the_questions_of_a_review(world: World) -> None:
    world.monkeypatch.setattr("mailmerge.approval.reviewing.review.LEAST_SECONDS", 0.0)
    world.go.review(review_of(world))
    await world.on(ReviewScreen)
    screen: Any = world.pilot.app.screen
    for _ in screen.review.items:
        await world.keys("n")
    await world.keys("f")


@way(Confirm)
async def a_review_is_left(world: World) -> None:
    world.monkeypatch.setattr("mailmerge.approval.reviewing.review.LEAST_SECONDS", 0.0)
    world.go.review(review_of(world))
    await world.on(ReviewScreen)
    await world.keys("n", "q")


# --- letters, fields, attachments ------------------------------------------------------------------------------------


@way(LettersScreen)
async def letters_for_a_table(world: World) -> None:
    from mailmerge.records import read_table

    async def use(_: object) -> None:
        return None

    world.pilot.app.run_worker(world.go.letters(read_table(world.table), use))
    await world.on(LettersScreen)
    screen = world.pilot.app.screen
    await until(world.pilot, lambda: screen.query_one(LetterList).offers)


def with_files(world: World, *names: str) -> None:
    for name in names:
        (world.table.parent / name).write_bytes(b"%PDF-1.4")


async def picked(world: World, name: str) -> None:
    """Choose a file to attach in the editor."""
    await world.keys("E")
    await world.on(EditorScreen)
    await world.keys("f9")
    await world.on(FilePicker)
    world.pilot.app.screen.dismiss(world.table.parent / name)


@way(LettersScreen, lambda world: (world.table.parent / "refus.eml").write_text("x"))
async def letters_beside_a_document(world: World) -> None:
    await letters_for_a_table(world)


@way(Confirm, lambda world: with_files(world, "livret.pdf"))
async def a_file_for_everybody(world: World) -> None:
    await picked(world, "livret.pdf")


@way(Choose, lambda world: with_files(world, "Roux.pdf", "Petit.pdf"))
async def whose_a_file_is(world: World) -> None:
    await picked(world, "Roux.pdf")


@way(Confirm, lambda world: with_files(world, "Roux.pdf", "Petit.pdf"))
async def people_without_a_file(world: World) -> None:
    await picked(world, "Roux.pdf")
    await world.on(Choose)
    await world.keys("down", "enter")


@way(EditorScreen, lambda world: world.letter.write_text(f"Fields: nom\n{LETTER}", "utf-8"))
async def a_field_that_is_not_declared(world: World) -> None:
    await world.keys("E")


@way(AskFields, lambda world: world.letter.write_text(LETTER.replace("{{ poste }}", "{{ fonction }}"), "utf-8"))
async def fields_that_are_missing(world: World) -> None:
    pass


@way(Choose, lambda world: world.letter.write_text(LETTER.replace("{{ poste }}", "{{ fonction }}"), "utf-8"))
async def a_column_for_a_field(world: World) -> None:
    await world.on(AskFields)
    await world.keys("space")


def two_files(world: World) -> None:
    for name in ("00.pdf", "11.txt"):
        (world.letter.parent / name).write_bytes(b"%PDF-1.4\n" if name.endswith("pdf") else b"00\n")
    world.letter.write_text("Attachment: 00.pdf\nAttachment: 11.txt\n" + LETTER, encoding="utf-8")


@way(Choose, two_files)
async def which_attachment(world: World) -> None:
    await world.keys("l", "l", "l", "o")


@way(CampaignScreen, two_files)
async def attachments(world: World) -> None:
    await world.keys("l", "l", "l")


# --- findings and decisions ------------------------------------------------------------------------------------------


def one_address_for_two(world: World) -> None:
    table = TABLE.replace("lea.durand@outlook.example", "hugo.petit@free.example")
    world.table.write_bytes(table.replace("\n", "\r\n").encode("cp1252"))


@way(WaiveForm, one_address_for_two)
async def a_finding_is_answered_for(world: World) -> None:
    await world.keys("f", "W")


@way(CampaignScreen, one_address_for_two)
async def a_finding(world: World) -> None:
    await world.keys("f", "3")


@way(RulesScreen, one_address_for_two)
async def the_rule_of_a_finding(world: World) -> None:
    await world.keys("f", "r")


@way(Ask)
async def somebody_is_left_out(world: World) -> None:
    await world.keys("X")


def decided(world: World) -> None:
    rows = TABLE.strip().splitlines()
    world.table.write_bytes("\r\n".join([*rows, ""]).encode("cp1252"))
    (world.table.parent / "campaign.toml").write_text(
        'recipients = "candidats.csv"\ntemplate = "refus.fr.md"\nwhere = "ville != \'Albi\'"\n'
        '[[exclusions]]\naddress = "lea.durand@outlook.example"\nreason = "00"\n',
        encoding="utf-8",
    )


@way(DecisionsScreen, decided)
async def what_was_decided(world: World) -> None:
    await world.keys("D")


@way(ExcludedScreen, decided)
async def who_is_left_out(world: World) -> None:
    await world.keys("B")


@way(Choose)
async def a_filter(world: World) -> None:
    await world.keys("w")


# --- an incident -----------------------------------------------------------------------------------------------------


def leaked(world: World) -> Path:
    path = world.table.parent / "leak.eml"
    path.write_bytes(eml(people()[:20]))
    return path


def an_incident(world: World) -> None:
    environment = Environment.here()
    draft = IncidentDraft(copies=(str(leaked(world)),), aware=AWARE)
    keep_draft(environment, opened_from(draft, str(world.table.parent / "out"), "en", environment))


@way(IncidentScreen, leaked)
async def a_new_incident(world: World) -> None:
    world.go.incident()


@way(IncidentScreen, an_incident)
async def an_incident_with_a_record(world: World) -> None:
    world.go.incident()


@way(Choose, an_incident)
async def a_fact_of_an_incident(world: World) -> None:
    world.go.incident()
    await world.on(IncidentScreen)
    await world.keys("enter")


@way(Ask, an_incident)
async def the_first_fact_of_an_incident(world: World) -> None:
    await a_fact_of_an_incident(world)
    await world.on(Choose)
    await world.keys(*"organisation", "enter")
    await world.on(Ask)


# --- the tests -------------------------------------------------------------------------------------------------------

DATA = """refus candidats campaign desk 00 C. Martin Paul Durand paul out leak eml incident pdf txt plain
    localhost exemple test gmail organisation campagne application https authorize client
    fonction ville HELP BITMIME SMTPUTF boite"""

NAMES = " ".join((*FIRST, *(f"{name}abcdefghij" for name in LAST), *(f"{name}a" for name in LAST)))


@pytest.fixture
def world(files: list[Path], smtp_server: Any, monkeypatch: pytest.MonkeyPatch, keyring: Any) -> World:
    monkeypatch.chdir(files[0].parent)
    return World(files[0], files[1], smtp_server, monkeypatch)


@asynccontextmanager
async def gone(world: World, open_app: OpenApp, name: str, size: tuple[int, int]) -> AsyncIterator[None]:
    """The program on the screen that a way leads to."""
    to, before, going = WAYS[name]
    before(world)
    source = world.table.parent / "campaign.toml"
    async with open_app(*([source] if source.exists() else [world.table, world.letter]), size=size) as pilot:
        world.pilot = pilot
        await going(world)
        await world.on(to)
        yield


@pytest.mark.parametrize("name", WAYS)
async def test_a_further_screen_is_translated_whole_and_not_cut(world: World, open_app: OpenApp, name: str) -> None:
    sizes = [size for each, size in pairs(WAYS, SIZES) if each == name]
    with speaking_pseudo():
        async with gone(world, open_app, name, sizes[0]):
            for size in sizes:
                await world.pilot.resize_terminal(*size)
                await settled(world.pilot)
                text = on_top(world.pilot)
                assert OPEN in text
                assert (untranslated(text, f"{world.table.parent} {DATA} {NAMES}"), cut(world.pilot)) == ([], []), text


PAGES = [name for name, (to, _, _) in WAYS.items() if issubclass(to, Page) and to is not EditorScreen]
"""But for the editor, of which a test of its own speaks."""


@pytest.mark.parametrize("name", PAGES)
async def test_a_page_that_says_everything_again_says_the_same(
    world: World, open_app: OpenApp, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    monkeypatch.setattr("mailmerge.approval.reviewing.review.LEAST_SECONDS", 1e9)  # so that none is viewed meanwhile
    async with gone(world, open_app, name, SIZES[0]):
        page: Any = world.pilot.app.screen
        await world.keys(*(["down"] if page.query(Rows) else []))
        for field in page.query(Input):
            field.value = field.value or ("7" if field.display else "")

        async def said() -> list[str]:
            await settled(world.pilot)
            page.tell()
            await settled(world.pilot)
            return on_top(world.pilot).split()

        before, again = await said(), asyncio.Event()

        async def speak() -> None:
            await page.speak_again()
            again.set()

        typed = [field.value for field in page.query(Input)]
        page.call_later(speak)
        await until(world.pilot, again.is_set)
        assert await said() == before
        assert [field.value for field in page.query(Input)] == typed


Slow = Callable[..., Coroutine[Any, Any, None]]


def _checks(page: Any, slow: Slow, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("mailmerge.tui.screens.accounts.check_server", slow)
    page.action_check()


def _leaves_out(page: Any, slow: Slow, monkeypatch: pytest.MonkeyPatch) -> None:
    loop = asyncio.get_running_loop()

    def left_out(run: Run) -> tuple[list[RunMessage], list[RunMessage]]:
        asyncio.run_coroutine_threadsafe(slow(), loop).result()
        return [], list(run.messages())

    monkeypatch.setattr("mailmerge.tui.screens.run.resuming._leave_out", left_out)
    page.prepare()


def _uses(page: Any, slow: Slow, monkeypatch: pytest.MonkeyPatch) -> None:
    async def used(_: object) -> Path:
        await slow()
        return Path("letter.md")

    monkeypatch.setattr(page, "_use", used)
    page.use(page.query_one(LetterList).offers[0])


WORKERS: dict[str, Callable[[Any, Slow, pytest.MonkeyPatch], None]] = {
    "one account": _checks,
    "a run": _leaves_out,
    "letters for a table": _uses,
}
"""What waits for something, by the way to its page."""


@pytest.mark.parametrize("way", WORKERS)
async def test_what_a_page_waits_for_may_come_while_it_has_no_widgets(
    world: World, open_app: OpenApp, monkeypatch: pytest.MonkeyPatch, way: str
) -> None:
    coming, waiting, failed = asyncio.Event(), asyncio.Event(), []

    async def slow(*_: object) -> None:
        waiting.set()
        await coming.wait()

    async with gone(world, open_app, way, (80, 24)):
        page: Any = world.pilot.app.screen
        monkeypatch.setattr(page, "failed", lambda *error: failed.append(error))
        WORKERS[way](page, slow, monkeypatch)
        await until(world.pilot, waiting.is_set)
        async with without_widgets(page):
            coming.set()
            await asyncio.sleep(0.05)
        await settled(world.pilot)
        assert failed == []


def screens_of_the_house() -> set[type]:
    """Every screen and dialog that can be opened: what has no screen below it."""
    names = [module.name for module in walk_packages(mailmerge.tui.__path__, "mailmerge.tui.")]
    classes = {
        each
        for name in names
        for each in vars(import_module(name)).values()
        if isinstance(each, type) and issubclass(each, Screen) and each.__module__ == name
    }
    return {each for each in classes if not any(other is not each and issubclass(other, each) for other in classes)}


def test_no_screen_of_the_house_is_left_unread() -> None:
    assert screens_of_the_house() - SHOWN_BY_KEYS - {to for to, _, _ in WAYS.values()} == set()
