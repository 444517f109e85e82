"""The program on the screen: its looks, its first screen, and the way out."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from textual.app import App, SystemCommand
from textual.binding import Binding, BindingType
from textual.screen import Screen
from textual.theme import Theme

from mailmerge.home import find_home
from mailmerge.tui.memory import Memory
from mailmerge.tui.passwords import Passwords
from mailmerge.tui.processes import Processes
from mailmerge.tui.theme import DEFAULT, INK, PAPER, SHARED_VARIABLES

if TYPE_CHECKING:
    from mailmerge.accounts import Account
    from mailmerge.accounts.oauth import Tokens
    from mailmerge.demo import DemoServer


class MailmergeApp(App[int]):
    """mailmerge in the terminal."""

    TITLE = "mailmerge"
    CSS_PATH = "style.tcss"
    ENABLE_COMMAND_PALETTE = True
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+q", "quit", "Quit", show=False, priority=True, id="app.quit", tooltip="Leave mailmerge"),
        Binding(
            "ctrl+t",
            "next_theme",
            "Light or dark",
            show=False,
            id="app.theme",
            tooltip="Ink, paper, or the terminal's colours",
        ),
    ]

    def __init__(
        self, sources: Sequence[Path] = (), *, demo: DemoServer | None = None, processes: Processes | None = None
    ) -> None:
        self._themes: dict[str, Theme | None] = {}
        super().__init__()
        self.home = find_home()
        self.memory = Memory(self.home.state)
        self.sources = tuple(sources)
        self.demo = demo
        self.processes = processes or Processes()
        self.passwords = Passwords()
        self._tokens: dict[object, Tokens] = {}
        self.register_theme(INK)
        self.register_theme(PAPER)
        self.theme = self.memory.theme if self.memory.theme in self.available_themes else DEFAULT

    def tokens_of(self, account: Account) -> Tokens:
        """What stands for the password of an account that is signed in: one for each, as long as it stays the same."""
        from mailmerge.accounts.oauth import Tokens

        key = (account.name, account.username, account.host, account.oauth)
        if key not in self._tokens:
            self._tokens[key] = Tokens(account)
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
        self.set_keymap(self.memory.keys(self.home.config))
        self.theme_changed_signal.subscribe(self, lambda theme: self.memory.keep_theme(theme.name))
        if self.sources:
            self.open_campaign(self.sources)
        else:
            self.open_start()

    def open_campaign(self, sources: Sequence[Path]) -> None:
        """Show the campaign screen for these files."""
        from mailmerge.tui.screens.campaign import CampaignScreen

        self.push_screen(CampaignScreen(sources))

    def open_start(self, notice: str = "") -> None:
        """Show the start screen, with a line about what did not work."""
        from mailmerge.tui.screens.start import StartScreen

        self.push_screen(StartScreen(notice))

    def get_system_commands(self, screen: Screen[object]) -> Iterable[SystemCommand]:
        """Everything that has a key is in the palette too."""
        told: set[str] = set()
        for node, binding, enabled, tooltip in screen.active_bindings.values():
            if not enabled or not binding.description or binding.action in told or binding.action == "command_palette":
                continue
            told.add(binding.action)
            key = self.get_key_display(binding)

            async def press(action: str = binding.action, namespace: object = node) -> None:
                await self.run_action(action, namespace)  # type: ignore[arg-type]

            yield SystemCommand(binding.description, f"{tooltip or binding.tooltip}   ({key})", press)
        yield SystemCommand("Theme", "Choose among all themes", self.action_change_theme)
        yield SystemCommand("Picture of the screen", "Save this screen as an SVG file", self.deliver_screenshot)

    def action_next_theme(self) -> None:
        """Ink, paper, the terminal's own colours, ink."""
        names = [INK.name, PAPER.name, "ansi-dark", "ansi-light"]
        self.theme = names[(names.index(self.theme) + 1) % len(names)] if self.theme in names else INK.name

    async def action_quit(self) -> None:
        """Leave, unless the screen has something to ask first."""
        for screen in reversed(self.screen_stack):
            may_leave = getattr(screen, "may_leave", None)
            if may_leave is not None and not may_leave():
                return
        self.exit(0)
