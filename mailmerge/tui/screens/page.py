"""What every screen of the program has: a head, a notice line, the keys, and calm when work behind it fails."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar, cast

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.screen import Screen
from textual.widgets import Static
from textual.worker import Worker, WorkerState

from mailmerge.errors import MailmergeError
from mailmerge.faults import keep_fault
from mailmerge.tui.show import Piece, line
from mailmerge.tui.theme import CARE, KEY, QUIET, STRONG
from mailmerge.tui.widgets.bars import Bar
from mailmerge.tui.widgets.keys import KeyBar

if TYPE_CHECKING:
    from mailmerge.tui.app import MailmergeApp

HORIZONTAL = [(0, "-tiny"), (60, "-narrow"), (100, "-wide"), (150, "-very-wide")]
VERTICAL = [(0, "-flat"), (16, "-short"), (30, "-tall")]


class Page(Screen[Any]):
    """A whole screen."""

    HORIZONTAL_BREAKPOINTS = HORIZONTAL
    VERTICAL_BREAKPOINTS = VERTICAL
    KEYS: ClassVar[tuple[tuple[str, str], ...]] = ()
    """What the footer shows: the id of a binding, and one word."""
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(
            "question_mark,f1",
            "help",
            "Help",
            show=False,
            id="page.help",
            key_display="?",
            tooltip="Keys and marks of this screen",
        ),
    ]

    def __init__(self) -> None:
        super().__init__()
        self.keys = self.KEYS

    @property
    def program(self) -> MailmergeApp:
        """The running program."""
        return cast("MailmergeApp", self.app)

    def compose(self) -> ComposeResult:
        """Head, body, notice, keys; and the polite line for a window that is too small."""
        yield Bar(id="head")
        yield from self.body()
        yield Static(id="notice")
        yield KeyBar(id="keys")
        yield Static(
            line("This window is too small for mailmerge: 60 columns and 16 lines are enough."), id="too-small"
        )

    def body(self) -> ComposeResult:
        """What is between the head and the keys."""
        yield from ()

    def on_mount(self) -> None:
        """The footer shows the keys of this screen."""
        self.query_one(KeyBar).wanted = self.keys

    def head(self, title: str, *facts: str) -> None:
        """Say in the first line where we are."""
        bar = self.query_one("#head", Bar)
        bar.left = line(("mailmerge", KEY), "   ", (title, STRONG))
        bar.right = line(("   ".join(facts), QUIET))

    def tell(self, *pieces: Piece) -> None:
        """Say one thing in the notice line; nothing hides it."""
        notice = self.query_one("#notice", Static)
        notice.set_class(any(pieces), "-said")
        notice.update(line(*pieces))

    @property
    def said_something(self) -> bool:
        """Whether the notice line says something."""
        return self.query_one("#notice").has_class("-said")

    def complain(self, sentence: str) -> None:
        """Say calmly what did not work."""
        self.tell(("! ", CARE), sentence)

    def interrupted(self) -> bool:
        """Ctrl+C was pressed: whether this screen had something to ask."""
        return False

    def leave_soon(self) -> bool:
        """The program is told to end: whether it has to wait for this screen, which then ends it."""
        return False

    def action_help(self) -> None:
        """Show keys and marks of this screen."""
        from mailmerge.tui.screens.help import HelpScreen

        self.app.push_screen(HelpScreen.of(self))

    def on_worker_state_changed(self, event: Worker.StateChanged) -> None:
        """Work that failed becomes one line here, never the end of the program."""
        if event.state is WorkerState.ERROR:
            self.failed(event.worker.group, event.worker.error)

    def failed(self, group: str, error: BaseException | None) -> None:
        """Say why work of a group failed."""
        if isinstance(error, MailmergeError):
            self.complain(str(error))
        else:
            self.complain(keep_fault(error or RuntimeError(), self.program.home.state))
