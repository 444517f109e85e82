"""The program on the screen: its looks, its first screen, and the way out."""

from __future__ import annotations

import asyncio
import signal
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from functools import partial
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar, cast

from textual.app import App, SystemCommand
from textual.binding import Binding, BindingType
from textual.driver import Driver
from textual.events import Click
from textual.screen import ModalScreen, Screen
from textual.theme import Theme, ThemeProvider

from mailmerge import i18n
from mailmerge.accounts.passwords import Passwords
from mailmerge.environment import Environment
from mailmerge.errors import MailmergeError
from mailmerge.i18n import N_, _, pgettext
from mailmerge.runtime.faults import keep_fault
from mailmerge.text.regex import regex
from mailmerge.tui.content.help_wanted import HELP_WANTED
from mailmerge.tui.content.theme import DEFAULT, INK, PAPER, SHARED_VARIABLES
from mailmerge.tui.content.wrapping import keep_no_break_spaces
from mailmerge.tui.dialogs.help import MOVING
from mailmerge.tui.display import lasting
from mailmerge.tui.jobs.process import Processes
from mailmerge.tui.navigation import Navigation
from mailmerge.tui.page import Page
from mailmerge.tui.ui_state import Memory
from mailmerge.tui.widgets.breakpoints import VERTICAL
from mailmerge.tui.widgets.palette import Palette

if TYPE_CHECKING:
    from mailmerge.accounts import Account
    from mailmerge.accounts.oauth import Tokens
    from mailmerge.demo import DemoServer
    from mailmerge.tui.program import ReviewTask

ENDINGS = [getattr(signal, name) for name in ("SIGTERM", "SIGHUP") if hasattr(signal, name)]
"""By which the system ends a program, and a terminal that is closed."""

_POINTLESS = frozenset(("rows.choose", "help.close", "page.help", "app.quit"))
"""Keys that do nothing from a list of commands, or are there in other words."""
_FUNCTION_KEY = regex(r"f\d+")


def _key_name(name: str) -> str:
    """A key that has a name on the keyboard; others are what they print."""
    names = {
        "del": pgettext("key", "del"),
        "end": pgettext("key", "end"),
        "esc": pgettext("key", "esc"),
        "home": pgettext("key", "home"),
        "pgdn": pgettext("key", "pgdn"),
        "pgup": pgettext("key", "pgup"),
        "space": pgettext("key", "space"),
        "tab": pgettext("key", "tab"),
    }
    return names.get(name, name.upper() if _FUNCTION_KEY.fullmatch(name) else name)


def _is_letter(path: Path) -> bool:
    """Whether a file is a letter, or a document that becomes one; a text may as well be a table."""
    from mailmerge.drafts import is_document
    from mailmerge.letter.source.template import KIND_BY_SUFFIX

    return is_document(path) or KIND_BY_SUFFIX.get(path.suffix.lower(), "text") != "text"


class MailmergeApp(App[int]):
    """mailmerge in the terminal."""

    TITLE = "mailmerge"
    CSS_PATH = "style.tcss"
    VERTICAL_BREAKPOINTS = VERTICAL
    ENABLE_COMMAND_PALETTE = True
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+q", "quit", N_("Quit"), show=False, priority=True, id="app.quit", tooltip=N_("Leave mailmerge")),
        Binding(
            "ctrl+t",
            "next_theme",
            N_("Light or dark"),
            show=False,
            id="app.theme",
            tooltip=N_("Ink, paper, or the terminal's colours"),
        ),
    ]

    def __init__(
        self,
        sources: Sequence[Path] = (),
        *,
        demo: DemoServer | None = None,
        processes: Processes | None = None,
        task: ReviewTask | None = None,
    ) -> None:
        self._themes: dict[str, Theme | None] = {}
        keep_no_break_spaces()
        super().__init__()
        self.environment = demo.environment if demo else Environment.here()
        self.home = self.environment.home
        self.memory = Memory(self.home.state)
        self.sources = tuple(sources)
        self.demo = demo
        self.review_task = task
        self.processes = processes or Processes()
        self.passwords = Passwords()
        self.go = Navigation(self, self.environment)
        self.fault = ""
        """The line about an internal error, once one has ended the program."""
        self.wants_demo = False
        """Whether it ends only to begin again with the demo."""
        self._tokens: dict[object, Tokens] = {}
        self.register_theme(INK)
        self.register_theme(PAPER)
        self.theme = self.memory.theme if self.memory.theme in self.available_themes else DEFAULT

    def tokens_of(self, account: Account) -> Tokens:
        """What stands for the password of an account that is signed in: one for each, as long as it stays the same."""
        from mailmerge.accounts.oauth import Tokens

        key = (account.name, account.username, account.host, account.oauth)
        if key not in self._tokens:
            self._tokens[key] = Tokens(account, self.home.state)
        return self._tokens[key]

    def get_theme(self, theme_name: str) -> Theme | None:
        """A theme by name; remembered, because every line that is drawn asks for it."""
        if theme_name not in self._themes:
            self._themes[theme_name] = super().get_theme(theme_name)
        return self._themes[theme_name]

    def get_theme_variable_defaults(self) -> dict[str, str]:
        """Our own variables, for themes that do not know them."""
        return SHARED_VARIABLES

    def on_mount(self) -> None:
        """Go to the campaign, or to the start screen where none was named."""
        self._use_keys()
        self.theme_changed_signal.subscribe(self, lambda theme: self.memory.keep_theme(theme.name))
        self._begin()
        for number in ENDINGS:
            with suppress(NotImplementedError):  # Windows has no such signals
                asyncio.get_running_loop().add_signal_handler(number, self.told_to_end)

    def _use_keys(self) -> None:
        """The keys that ``config.toml`` gives; what is wrong with that file is said on the first screen."""
        try:
            self.set_keymap(self.environment.preferences.keys)
        except MailmergeError as error:
            self.call_after_refresh(self._complain, str(error))

    def _complain(self, sentence: str) -> None:
        for page in islice(self.pages(), 1):
            page.complain(sentence)

    def _begin(self) -> None:
        """The campaign that was named; of a table or a letter alone, the questions that make a campaign of it."""
        if self.review_task:
            self.go.review(self.review_task)
            return
        from mailmerge.drafts import is_document

        match self.sources:
            case [path] if path.suffix.lower() == ".toml" or path.is_dir():
                self.go.campaign(self.sources)
            case [path] if _is_letter(path):
                self.go.start(letter=str(path))
            case [path] if path.is_file():
                self._ask_about(path)
            case [path, letter] if is_document(letter) and path.is_file() and letter.is_file():
                self._ask_about(path, letter)
            case []:
                self.go.start()
            case sources:
                self.go.campaign(sources)

    def _ask_about(self, table: Path, document: Path | None = None) -> None:
        """The start, and before it what has to be known about a table."""
        self.go.start(letter=str(document or ""))
        creating = self.go.new_campaign(table, document)
        self.run_worker(creating, group="new", exclusive=True, exit_on_error=False)

    def start_demo(self) -> None:
        """End, for the program to begin again with the demo."""
        self.wants_demo = True
        self.exit(0)

    def get_system_commands(self, screen: Screen[object]) -> Iterable[SystemCommand]:
        """Everything that has a key is in the palette too."""
        told: set[str] = set()
        for node, binding, enabled, _tooltip in screen.active_bindings.values():
            if not enabled or not binding.tooltip or binding.action in told or not binding.id:
                continue  # without an id it is a key for typing, of Textual's own fields
            if binding.id in MOVING or binding.id in _POINTLESS:
                continue
            told.add(binding.action)
            key = self.get_key_display(binding)

            async def press(action: str = binding.action, namespace: object = node) -> None:
                await self.run_action(action, namespace)  # type: ignore[arg-type]

            yield SystemCommand(_(binding.description), f"{_(binding.tooltip)}   ({key})", press)
        if "app.incident" not in told:
            yield SystemCommand(_(HELP_WANTED), _("What to do now, step by step"), self.action_incident)
        for language in i18n.languages():
            if language != i18n.language():
                title = _("Language: {name}").format(name=i18n.endonym(language))
                yield SystemCommand(title, _("Speak this language from now on"), partial(self.speak, language))
        yield SystemCommand(_("Theme"), _("Choose among all themes"), self.action_change_theme)
        yield SystemCommand(_("Picture of the screen"), _("Save this screen as an SVG file"), self.deliver_screenshot)

    def get_key_display(self, binding: Binding) -> str:
        """A key as it is called in the language of whoever reads it."""
        before, control, name = super().get_key_display(binding).rpartition("^")
        return f"{before}{control}{_key_name(name)}"

    def action_command_palette(self) -> None:
        """Open the palette."""
        if not Palette.is_open(cast("App[object]", self)):
            self.push_screen(Palette(id="--command-palette", placeholder=_("Search for commands…")))

    def search_themes(self) -> None:
        """Choose among all themes in the palette."""
        self.push_screen(Palette(providers=[ThemeProvider], placeholder=_("Search for themes…")))

    def action_incident(self) -> None:
        """A list was sent to everybody: lead through what has to be done."""
        self.go.incident()

    def speak(self, language: str) -> None:
        """Speak another language from now on, and the next time."""
        i18n.use(language)
        for page in self.pages():  # in the page's own turn: whatever arrives for it meanwhile finds its widgets
            page.call_later(page.speak_again)
        try:
            self.environment.keep_language(language)
        except MailmergeError as error:
            self._complain(str(error))

    def action_next_theme(self) -> None:
        """Ink, paper, the terminal's own colours, ink."""
        names = [INK.name, PAPER.name, "ansi-dark", "ansi-light"]
        self.theme = names[(names.index(self.theme) + 1) % len(names)] if self.theme in names else INK.name

    def get_driver_class(self) -> type[Driver]:
        """The platform's, for a terminal that may be closed while messages leave."""
        return lasting(super().get_driver_class(), self._display_lost)

    def _display_lost(self) -> None:
        if self._loop is not None:
            self._loop.call_soon_threadsafe(self.told_to_end)

    def told_to_end(self) -> None:
        """The system ends the program, or its terminal was closed: finish what is in flight, and leave."""
        if not any(page.leave_soon() for page in self.pages()):
            self.exit(0)

    def on_click(self, event: Click) -> None:
        """A click beside a question is Escape: the way out for whoever works with the mouse alone."""
        if isinstance(self.screen, ModalScreen) and event.widget is self.screen:
            self.simulate_key("escape")

    def action_help_quit(self) -> None:
        """Ctrl+C: ask whether to stop where messages leave; elsewhere say which key leaves."""
        if any(page.interrupted() for page in self.pages()):
            return
        for page in islice(self.pages(), 1):
            page.tell(_("Ctrl+Q leaves mailmerge."))

    def pages(self) -> Iterator[Page]:
        """The whole screens that are open, the one on top first."""
        return (screen for screen in reversed(self.screen_stack) if isinstance(screen, Page))

    def _fatal_error(self) -> None:
        """One line instead of Textual's traceback, which prints local variables: a password, a candidate's data."""
        self.fault = keep_fault(self._exception or RuntimeError(), self.home.state)
        self._close_messages_no_wait()

    async def action_quit(self) -> None:
        """Leave, unless the screen has something to ask first."""
        if all(page.may_leave() for page in self.pages()):
            self.exit(0)
