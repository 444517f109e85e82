"""What every screen of the program has: a head, a notice line, the keys, and calm when work behind it fails."""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property, partial
from inspect import isawaitable
from typing import TYPE_CHECKING, Any, ClassVar, cast

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.compose import compose
from textual.screen import Screen
from textual.timer import Timer
from textual.widgets import Input, Static
from textual.worker import Worker, WorkerState

from mailmerge.errors import MailmergeError
from mailmerge.i18n import N_, _
from mailmerge.runtime.faults import keep_fault
from mailmerge.tui.content.safe_content import Piece, line
from mailmerge.tui.content.theme import KEY, STRONG, WARNING
from mailmerge.tui.jobs.jobs import Jobs
from mailmerge.tui.widgets.bars import HeadBar
from mailmerge.tui.widgets.breakpoints import HORIZONTAL, VERTICAL, classes_at
from mailmerge.tui.widgets.key_bar import KeyBar
from mailmerge.tui.widgets.rows import Rows

if TYPE_CHECKING:
    from mailmerge.tui.program import Program


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
            N_("Help"),
            show=False,
            id="page.help",
            tooltip=N_("Keys and marks of this screen"),
        ),
    ]

    def __init__(self) -> None:
        super().__init__()
        self.keys = self.KEYS
        self.controllers: dict[str, object] = {}
        """By name, what the actions ``do('NAME.METHOD')`` of this screen are about."""

    def offers(self, _identifier: str) -> bool:
        """Whether a key does something now; one that would only say why not is told, but not offered."""
        return True

    @property
    def program(self) -> Program:
        """The running program."""
        return cast("Program", self.app)

    @cached_property
    def jobs(self) -> Jobs:
        """What runs behind this screen."""
        return Jobs(self, self.program.processes)

    def compose(self) -> ComposeResult:
        """Head, body, notice, keys; and the polite line for a window that is too small."""
        width, height = self.app.size
        self.update_classes(classes_at(width, HORIZONTAL) | classes_at(height, VERTICAL), update=False)
        yield HeadBar(id="head")
        yield from self.body()
        yield Static(id="notice")
        yield KeyBar(self.keys, id="keys")
        yield Static(
            line(_("This window is too small for mailmerge: 60 columns and 16 lines are enough.")), id="too-small"
        )

    def body(self) -> ComposeResult:
        """What is between the head and the keys."""
        yield from ()

    def on_screen_suspend(self) -> None:
        """The keys of the footer do nothing now."""
        self._show_keys()

    def on_screen_resume(self) -> None:
        """They do again."""
        self._show_keys()

    def _show_keys(self) -> None:
        for bar in self.query(KeyBar):
            bar.show_keys()

    def after(self, seconds: float, act: Callable[[], object]) -> Timer:
        """Do something later, in the page's own turn: a timer of Textual does it while widgets are made anew, too."""
        return self.set_timer(seconds, partial(self.call_later, act))

    def every(self, seconds: float, act: Callable[[], object]) -> Timer:
        """Do something again and again, as :meth:`after`."""
        return self.set_interval(seconds, partial(self.call_later, act))

    async def recompose(self) -> None:
        """Make the widgets anew; one that is ``lasting`` stays, with whatever goes on in it."""
        if not self.is_attached:
            return
        async with self.batch():
            await self.query_children("*").exclude(".-textual-system, .lasting").remove()
            await self.mount_all(compose(self))
            for lasting in self.query_children(".lasting"):
                self.move_child(lasting, before=self.query_one("#notice"))
                await lasting.recompose()

    async def made(self) -> None:
        """Wait until the widgets are there, as they may be being made anew: for a worker that draws after a wait."""
        async with self.lock:
            pass

    async def speak_again(self) -> None:
        """The language is another one: say everything again, where the reader is."""
        focused = self.focused.id if self.focused else None
        places = {rows.id: rows.cursor for rows in self.query(Rows)}
        typed = {field.id: (field.value, field.cursor_position, field.display) for field in self.query(Input)}
        await self.recompose()
        self.fill()
        for rows in self.query(Rows):
            rows.show_row(places.get(rows.id, 0))
        with self.prevent(Input.Changed):
            for field in self.query(Input):
                if field.id in typed:
                    field.value, field.cursor_position, field.display = typed[field.id]
        if focused and self.query(f"#{focused}"):
            self.query_one(f"#{focused}").focus()
        self.refresh_bindings()

    def fill(self) -> None:
        """Put into the widgets what is known; done when they are new."""

    def head(self, title: str, *facts: str) -> None:
        """Say in the first line where we are."""
        bar = self.query_one("#head", HeadBar)
        bar.say(("mailmerge", KEY), "   ", (title, STRONG))
        bar.facts = facts

    def tell(self, *pieces: Piece) -> None:
        """Say one thing in the notice line; nothing hides it. A page that is being made again says nothing."""
        for notice in self.query("#notice").results(Static):
            notice.set_class(any(pieces), "-said")
            notice.update(line(*pieces))

    @property
    def said_something(self) -> bool:
        """Whether the notice line says something."""
        return self.query_one("#notice").has_class("-said")

    def complain(self, sentence: str) -> None:
        """Say calmly what did not work."""
        self.tell(("! ", WARNING), sentence)

    def may_leave(self) -> bool:
        """The program is to end: whether it may; a screen that asks first ends it after the answer."""
        return True

    def interrupted(self) -> bool:
        """Ctrl+C was pressed: whether this screen had something to ask."""
        return False

    def leave_soon(self) -> bool:
        """The program is told to end: whether it has to wait for this screen, which then ends it."""
        return False

    async def action_do(self, action: str, *arguments: object) -> None:
        """Let a controller do what a key is bound to: ``do('decisions.exclude')``."""
        name, _dot, method = action.partition(".")
        done = getattr(self.controllers[name], method)(*arguments)
        if isawaitable(done):
            await done

    def action_pane(self, name: str) -> None:
        """Go to a pane."""
        self.query_one(f"#{name}").focus()

    def action_help(self) -> None:
        """Show keys and marks of this screen."""
        self.program.go.help(self)

    @on(Worker.StateChanged)
    def work_changed(self, event: Worker.StateChanged) -> None:
        """Work that failed becomes one line here, never the end of the program."""
        if event.state is WorkerState.ERROR:
            self.failed(event.worker.group, event.worker.error)

    def failed(self, group: str, error: BaseException | None) -> None:
        """Say why work of a group failed."""
        if isinstance(error, MailmergeError):
            self.complain(str(error))
        else:
            self.complain(keep_fault(error or RuntimeError(), self.program.home.state))
