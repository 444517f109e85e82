"""The approval of a run on its page: how it stands, a pack for the second person, and what they signed."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from textual.widgets import Static

from mailmerge.approval.describe import state_lines
from mailmerge.approval.record import Packed, add_signed, add_spoken, write_for
from mailmerge.approval.rule import rule_of
from mailmerge.approval.signatures.pasted import read_text
from mailmerge.approval.signatures.statement import FORMAT
from mailmerge.approval.state import ApprovalState, approval_state
from mailmerge.approval.watching import ApprovalSeen, Stamp, look
from mailmerge.errors import MailmergeError
from mailmerge.i18n import _
from mailmerge.tui.content.safe_content import lines
from mailmerge.tui.content.theme import MUTED, SUCCESS, WARNING
from mailmerge.tui.content.typed_path import typed_path
from mailmerge.tui.dialogs.answers import Answers
from mailmerge.tui.dialogs.ask import Ask

if TYPE_CHECKING:
    from mailmerge.environment import Environment
    from mailmerge.outbox import Run
    from mailmerge.tui.page import Page

_LOOK_SECONDS = 2.0
"""Between two looks at the folder in which the verdict is expected."""


class ApprovalPart:
    """What the page of a run says and does about its approval."""

    def __init__(self, page: Page, run: Run) -> None:
        self._page = page
        self._run = run
        self._seen: frozenset[Stamp] = frozenset()
        self.state: ApprovalState | None = None
        """None before the first look."""
        self._words = ""
        """The words of the pack that was written here, in a sentence: they stay in sight, as they are kept nowhere."""

    def watch(self) -> None:
        """Look again and again, as long as somebody has to approve the run."""
        self._page.every(_LOOK_SECONDS, self._look_again)

    def place(self) -> Static:
        """Where it is said; hidden while there is nothing to say."""
        place = Static(id="approval")
        place.display = False
        return place

    def take(self, event: object) -> None:
        """Apply what was found or written behind the screen, where it is about the approval."""
        if isinstance(event, ApprovalSeen):
            self.show(event)
        elif isinstance(event, Packed):
            self.packed(event)

    def show(self, event: ApprovalSeen) -> None:
        """Show how it stands."""
        before, self.state, self._seen = self.state, event.state, event.seen
        shown = [*state_lines(event.state), *filter(None, [self._words])]
        place = self._page.query_one("#approval", Static)
        place.display = bool(shown)
        style = SUCCESS if event.state.approval else WARNING if event.state.refused_by or event.state.problem else MUTED
        place.update(lines(("\n".join(shown), style)))
        if event.problem:
            self._page.complain(event.problem)
        if before is None or before.clear != event.state.clear:
            self._page.refresh_bindings()

    @property
    def is_asked_for(self) -> bool:
        """Whether somebody has to approve the run, or has."""
        return self.state is not None and self.state.required

    @property
    def waits(self) -> bool:
        """Whether nothing may leave before somebody has approved the run."""
        return self.state is not None and not self.state.clear

    def holds_back(self) -> bool:
        """Say that nothing may leave yet; whether that is so."""
        if self.waits:
            self._page.tell(_("Nothing leaves before somebody else has approved it: P writes a pack for them."))
        return self.waits

    def look(self) -> None:
        """Find out how it stands."""
        run, environment, seen = self._run, self._page.program.environment, self._seen
        self._page.jobs.start("approval", partial(look, run, environment, seen))

    def _look_again(self) -> None:
        if self.is_asked_for and self._page.is_current:
            self.look()

    # --- keys ----------------------------------------------------------------------------------------------------

    def pack(self) -> None:
        """Ask for whom and where, and write the pack."""
        environment = self._page.program.environment
        try:
            known = sorted(rule_of(self._run, environment).approvers or ())
        except MailmergeError as error:
            self._page.complain(str(error))
            return
        names = (
            _("Those who may approve it: {names}.").format(names=", ".join(known))
            if known
            else _("The rule names nobody: write a name that you know them by.")
        )

        def answered(answers: Sequence[str] | None) -> None:
            if answers is not None:
                name, folder = (answer.strip() for answer in answers)
                self._page.tell((_("Writing the pack …"), MUTED))
                self._write(name, typed_path(folder), environment)

        def problem(answers: Sequence[str]) -> str:
            return "" if all(each.strip() for each in answers) else _("Give a name and a folder.")

        questions = [_("For whom?"), _("In which folder?")]
        keys = _("Enter goes on, Escape changes nothing.")
        question = Answers(_("A pack for the second person"), names, questions, problem, keys=keys)
        self._page.app.push_screen(question, answered)

    def _write(self, name: str, folder: Path, environment: Environment) -> None:
        run = self._run
        self._page.jobs.start("pack", partial(write_for, run, name, folder, environment))

    def packed(self, packed: Packed) -> None:
        """Show the five words, which are written down nowhere."""
        said = _(
            "{words}\n\nRead them out to {name} on the telephone. They are written down nowhere: whoever has them and"
            " the file can read the letters.\n\n{pack}\n{page}"
        ).format(name=packed.asked, words=packed.words, pack=packed.pack, page=packed.page)
        self._words = _("Words to read out to {name}, in sight until this page is left: {words}").format(
            name=packed.asked, words=packed.words
        )
        self._page.tell()
        self._page.app.push_screen(Ask(_("Five words to read out"), said, value=packed.words))
        self.look()

    def add(self) -> None:
        """Ask for a file, a text or a code, and record it."""

        def answered(given: str | None) -> None:
            if given and given.strip():
                self._record(given.strip())

        explanation = _("The file RUN.approval, its text, or the ten digits that were read out to you.")
        question = Ask(_("Record an approval"), explanation, label=_("File, text or code"))
        self._page.app.push_screen(question, answered)

    def _record(self, given: str) -> None:
        digits = "".join(character for character in given if character.isdecimal())
        spoken = len(digits) == len(given.replace(" ", "").replace("-", ""))
        if spoken:
            self._ask_who(given)
            return
        run, environment = self._run, self._page.program.environment
        self._page.jobs.start("record", partial(_recorded, run, given, environment))

    def _ask_who(self, code: str) -> None:
        def answered(name: str | None) -> None:
            if name:
                self._page.jobs.start("record", partial(_heard, run, code, name, environment))

        run, environment = self._run, self._page.program.environment
        title = _("Who read the code out?")
        question = Ask(title, _("The name is kept with the run."), problem=lambda name: "" if name.strip() else title)
        self._page.app.push_screen(question, answered)


def _recorded(run: Run, given: str, environment: Environment) -> ApprovalSeen:
    """Record an approval out of a file, or out of a text that was pasted; how it stands now."""
    add_signed(run, given if FORMAT in given else read_text(typed_path(given)), environment)
    return ApprovalSeen(approval_state(run, environment), frozenset())


def _heard(run: Run, code: str, name: str, environment: Environment) -> ApprovalSeen:
    """Record a code that was read out; how it stands now."""
    add_spoken(run, code, name, environment)
    return ApprovalSeen(approval_state(run, environment), frozenset())
