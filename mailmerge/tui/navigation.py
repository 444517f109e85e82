"""Opens whole screens. The one module that knows them all: each is imported when it is first opened."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

if TYPE_CHECKING:
    from datetime import datetime

    from textual.app import App
    from textual.screen import Screen

    from mailmerge.accounts import Account, Secret
    from mailmerge.accounts.oauth import Tokens
    from mailmerge.campaign import Campaign, Checked, Excluded, ExclusionSection
    from mailmerge.campaign.session import CampaignSession, Decided, Decision
    from mailmerge.campaign.setup.letter_choice import LetterOffer
    from mailmerge.campaign.setup.table_setup import TableSettings
    from mailmerge.demo import DemoServer
    from mailmerge.environment import Environment
    from mailmerge.lint import Finding
    from mailmerge.model import Recipient, RecordTable
    from mailmerge.outbox import Run, RunMessage
    from mailmerge.tui.program import ReviewTask, SealAnswer


S = TypeVar("S", bound="Screen[Any]")


class Navigation:
    """The way from one screen to another; ``then`` is given what a screen answers when it is left."""

    def __init__(self, app: App[Any], environment: Environment) -> None:
        self._app = app
        self._environment = environment

    def campaign(self, sources: Sequence[Path], *, fields_asked: bool = False) -> None:
        """The campaign of these files; what fills missing fields may have been asked for already."""
        from mailmerge.tui.screens.campaign.screen import CampaignScreen

        self._app.push_screen(CampaignScreen(self._environment, sources, fields_asked=fields_asked))

    def start(self, notice: str = "", *, letter: str = "") -> None:
        """The start, with a letter that was given already, or with a line about what did not work.

        That line is said on the start that files were opened from, as it was left.
        """
        from mailmerge.tui.screens.start import StartScreen

        opened_from = self._open(StartScreen)
        if not notice or opened_from is None:
            self._app.push_screen(StartScreen(notice, letter=letter))
        else:
            opened_from.complain(notice)
            self._back_to(opened_from)

    def help(self, screen: Screen[Any]) -> None:
        """Keys and marks of a screen."""
        from mailmerge.tui.dialogs.help import HelpScreen

        self._app.push_screen(HelpScreen.of(screen))

    def rules(self, finding: Finding | None = None) -> None:
        """The rules of the linter, or one finding with its rule."""
        from mailmerge.tui.screens.rules import RulesScreen

        self._app.push_screen(RulesScreen(finding))

    def accounts(self, then: Callable[[Account | None], None] | None = None, *, chosen: str = "") -> None:
        """The mailboxes to send from; ``then`` is given the one that was chosen."""
        from mailmerge.tui.screens.accounts import AccountsScreen

        screen = AccountsScreen(choosing=then is not None, chosen=chosen)
        self._app.push_screen(screen, then)

    async def account(self) -> Account | None:
        """The account that a person chooses; to be called in a worker."""
        from mailmerge.tui.screens.accounts import AccountsScreen

        account: Account | None = await self._app.push_screen_wait(AccountsScreen(choosing=True))
        return account

    def incident(self) -> None:
        """A list was sent to everybody: what to do, step by step; back to where one was with it."""
        from mailmerge.tui.screens.incident.screen import IncidentScreen

        if not isinstance(self._app.screen, IncidentScreen):
            self._app.push_screen(IncidentScreen())

    def runs(self, then: Callable[[], None] | None = None) -> None:
        """What was sealed and sent before."""
        from mailmerge.tui.screens.runs import RunsScreen

        self._app.push_screen(RunsScreen(), _once_left(then))

    def run(
        self,
        run: Run,
        messages: Sequence[RunMessage],
        *,
        account: Account | None = None,
        secret: Secret | Tokens | None = None,
        send: bool = False,
        resume: bool = False,
        at: datetime | None = None,
        then: Callable[[], None] | None = None,
    ) -> None:
        """One run: ``send`` sends it at once or at a time, ``resume`` asks to send what is left."""
        from mailmerge.tui.screens.run.screen import RunScreen

        screen = RunScreen(run, account, secret, send=send, resume=resume, at=at, messages=messages)
        self._app.push_screen(screen, _once_left(then))

    def received(self, demo: DemoServer) -> None:
        """What the demo's server received."""
        from mailmerge.tui.screens.received import ReceivedScreen

        self._app.push_screen(ReceivedScreen(demo))

    def seal(self, session: CampaignSession, checked: Checked, then: Callable[[SealAnswer | None], None]) -> None:
        """What will happen, and the number to be typed."""
        from mailmerge.tui.screens.seal.screen import SealScreen

        self._app.push_screen(SealScreen(session, checked), then)

    def leave_seal_page(self) -> bool:
        """Go back from sealing, as the campaign is another one; whether somebody was there."""
        from mailmerge.tui.screens.seal.screen import SealScreen

        pages = [each for each in self._app.screen_stack if isinstance(each, SealScreen) and not each.freezing]
        for page in pages:
            page.leave_as_changed()
        return bool(pages)

    def excluded(self, excluded: Sequence[Excluded], then: Callable[[ExclusionSection | None], None]) -> None:
        """Who is left out; the answer is an exclusion that is to end."""
        from mailmerge.tui.screens.excluded import ExcludedScreen

        self._app.push_screen(ExcludedScreen(excluded), then)

    def decisions(self, decided: Sequence[Decided], then: Callable[[Decided | Decision | None], None]) -> None:
        """All that was decided; the answer is a decision that changes one, or one that is changed elsewhere."""
        from mailmerge.tui.screens.decisions import DecisionsScreen

        self._app.push_screen(DecisionsScreen(decided), then)

    def edit(
        self,
        campaign: Campaign,
        reader: Recipient,
        *,
        first_line: int,
        findings: Sequence[Finding] = (),
        on_save: Callable[[Path], None],
        then: Callable[[str], None],
    ) -> None:
        """The editor on one person's letter, with what was found in it.

        ``then`` is given the name of the letter, where it was saved.

        Raises:
            MailmergeError: there is no such letter, or it cannot be edited here.
        """
        from mailmerge.tui.screens.editor.preview import PreviewProblem
        from mailmerge.tui.screens.editor.screen import EditorScreen

        found = [PreviewProblem(each.letter_line, each.message, says_where=True) for each in findings]
        screen = EditorScreen.on_letter(campaign, reader, first_line=first_line, found=found, on_save=on_save)
        name = screen.saving.draft.path.name

        def left(saved: bool | None) -> None:
            if saved:
                then(name)

        self._app.push_screen(screen, left)

    async def table(
        self, path: Path, settings: TableSettings | None = None, *, asking: bool = False
    ) -> TableSettings | None:
        """How a table is read; to be called in a worker."""
        from mailmerge.tui.screens.table.screen import TableScreen

        agreed: TableSettings | None = await self._app.push_screen_wait(TableScreen(path, settings, asking=asking))
        return agreed

    async def letters(
        self, table: RecordTable, use: Callable[[LetterOffer], Awaitable[Path | None]], document: Path | None = None
    ) -> Path | None:
        """The letter for a table, as ``use`` wrote it down; to be called in a worker.

        A ``document`` becomes a letter first.
        """
        from mailmerge.tui.screens.letters.screen import LettersScreen

        campaign: Path | None = await self._app.push_screen_wait(LettersScreen(table, use, document))
        return campaign

    async def new_campaign(self, path: Path, document: Path | None = None) -> None:
        """From a table, and a document that becomes its letter, to a campaign; to be called in a worker."""
        from mailmerge.tui.new_campaign import new_campaign

        await new_campaign(self._app, self, self._environment, path, document)

    async def ask_for_column(self, sources: Sequence[Path], reason: str) -> None:
        """Ask which column holds the addresses; to be called in a worker."""
        from mailmerge.tui.new_campaign import ask_for_column

        await ask_for_column(self, self._environment, sources, reason)

    def review(self, task: ReviewTask) -> None:
        """The letters of a run, to whoever is to approve it."""
        from mailmerge.tui.screens.review.screen import ReviewScreen

        self._app.push_screen(ReviewScreen(task))

    def write_to(self, run: Run, records: Sequence[int]) -> bool:
        """Make a campaign for some people of a run, from its own one, and open it; False where that is not known."""
        from mailmerge.campaign.runs.again import campaign_of_some
        from mailmerge.tui.screens.campaign.screen import CampaignScreen

        opened = self._open(CampaignScreen)
        if opened is None or opened.session.campaign is None:
            return self._reopen(run, lambda: self.write_to(run, records))
        self.campaign([campaign_of_some(opened.session.campaign, run, records)])
        return True

    def write_again(self, run: Run, message: RunMessage) -> bool:
        """Go to the campaign of a run, to write to one person once more; False where it is not known."""
        from mailmerge.tui.screens.campaign.screen import CampaignScreen

        opened = self._open(CampaignScreen)
        if opened is None:
            return self._reopen(run, lambda: self.write_again(run, message))
        self._back_to(opened)
        opened.sending.write_again(message)
        return True

    def _reopen(self, run: Run, then: Callable[[], object]) -> bool:
        """Open the campaign of a run, and do something once it is checked; False where it is not among the recent."""
        from mailmerge.campaign.runs.again import was_sealed_from
        from mailmerge.tui.screens.campaign.screen import CampaignScreen

        outbox = self._environment.outbox
        found = [
            recent.sources
            for recent in self._app.memory.recent()  # type: ignore[attr-defined]
            if all(source.exists() for source in recent.sources)
            and was_sealed_from(run, recent.name, recent.sources[-1], outbox)
        ]
        if found:
            screen = CampaignScreen(self._environment, found[0])
            screen.sending.once_checked = then
            self._app.push_screen(screen)
        return bool(found)

    def _open(self, kind: type[S]) -> S | None:
        """The screen of a kind that is open; the one on top of several."""
        return next((each for each in reversed(self._app.screen_stack) if isinstance(each, kind)), None)

    def _back_to(self, screen: Screen[Any]) -> None:
        while self._app.screen is not screen:
            self._app.pop_screen()


def _once_left(then: Callable[[], None] | None) -> Callable[[object], None]:
    """What is done when a screen is left, whatever it answers."""

    def left(_: object) -> None:
        if then is not None:
            then()

    return left
