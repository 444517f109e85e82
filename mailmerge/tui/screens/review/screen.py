"""A second person looks at the letters of a run: each for two seconds; then come two questions and the verdict."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Container, Vertical
from textual.content import Content

from mailmerge.approval.concluding import Conclusion
from mailmerge.approval.review import Review, Verdict
from mailmerge.approval.sentences import sampling_sentence
from mailmerge.i18n import N_, _
from mailmerge.text import plural
from mailmerge.tui.content.review_text import (
    asked,
    decoys_told,
    item_text,
    missed_decoy,
    missing_sentence,
    title_of,
    why_shown,
)
from mailmerge.tui.content.safe_content import line, lines
from mailmerge.tui.content.theme import MUTED, STRONG
from mailmerge.tui.dialogs.answers import Answers
from mailmerge.tui.dialogs.ask import Ask, Confirm
from mailmerge.tui.jobs.jobs import JobDone
from mailmerge.tui.page import Page
from mailmerge.tui.screens.review.item_list import ItemList
from mailmerge.tui.widgets.bars import Bar
from mailmerge.tui.widgets.paper import Paper
from mailmerge.tui.widgets.rows import Rows

if TYPE_CHECKING:
    from mailmerge.tui.program import ReviewTask

_TICK = 0.25
"""Seconds between two looks at what was open for long enough."""


class ReviewScreen(Page):
    """The letters at the left, one of them at the right; nothing is signed before all were looked at."""

    HELP = N_("""\
Review

✓  was open for two seconds      ·  not yet      ✗  you found it wrong

Look at each letter: is it to this person, about this person, and only about them? Two of the letters are decoys, with
the data of somebody else: whoever looks finds them, and marks them as wrong like any other.

When everything was looked at, f asks for the number of letters and two questions, and gives the verdict. With a letter
of the run that is wrong, the verdict is a refusal, and its author gets your reasons.""")
    KEYS = (
        ("review.next", N_("next")),
        ("review.wrong", N_("wrong")),
        ("review.right", N_("right")),
        ("review.finish", N_("finish")),
        ("review.copy", N_("copy")),
        ("review.leave", N_("leave")),
        ("page.help", N_("help")),
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("space,n", "next", N_("Next to look at"), id="review.next", tooltip=N_("The next that was not open")),
        Binding("w", "wrong", N_("It is wrong"), id="review.wrong", tooltip=N_("Asks what is wrong with it")),
        Binding("o", "right", N_("It is right"), id="review.right", tooltip=N_("Takes back that it is wrong")),
        Binding("f", "finish", N_("Finish"), id="review.finish", tooltip=N_("The number, two questions, the verdict")),
        Binding("c", "copy", N_("Copy the text"), id="review.copy", tooltip=N_("To paste it into a message")),
        Binding(
            "escape,q",
            "leave",
            N_("Leave"),
            id="review.leave",
            key_display="esc",
            tooltip=N_("Asks first; nothing is signed"),
        ),
    ]

    def __init__(self, task: ReviewTask) -> None:
        super().__init__()
        self.reviewing = task
        self.review = Review(task.contents)
        self.verdict: Verdict | None = None
        """The verdict that is being signed."""

    def body(self) -> ComposeResult:
        """The list and one thing of it."""
        with Container(classes="two-panes"):
            with Vertical(classes="pane list-pane"):
                yield Bar(classes="title", id="review-title")
                yield ItemList(self.review, id="items")
            with Vertical(classes="pane text-pane"):
                yield Bar(classes="title", id="item-title")
                yield Paper(id="item")

    def on_mount(self) -> None:
        """Begin with the first thing."""
        contents = self.reviewing.contents
        count = len(contents.letters)
        self.head(
            _(_HEAD).format(run=contents.run), plural(count, "{count} letter", "{count} letters"), contents.campaign
        )
        self.query_one(ItemList).focus()
        self.set_interval(_TICK, self.draw_marks)
        self.begin()
        self.tell((sampling_sentence(count, self.review.sample), MUTED))

    def begin(self) -> None:
        """Show the first thing of a review."""
        self.query_one(ItemList).show_review(self.review)
        self.show_item()
        self.draw_marks()

    # --- looking ---------------------------------------------------------------------------------------------------

    @on(Rows.Moved, "#items")
    def show_item(self) -> None:
        """Show what the cursor is on, and begin to count for how long."""
        if self.reviewing.conclusion is not None or not self.review.items:
            return
        position = self.query_one(ItemList).cursor
        item = self.review.open(position)
        self.query_one("#item-title", Bar).say((title_of(item), STRONG), (f"  {why_shown(item)}", MUTED))
        self.query_one("#item", Paper).show(item_text(item, self.review.reason(position)))
        self.refresh_bindings()

    def on_screen_suspend(self) -> None:
        """What is behind a question is not looked at."""
        self.review.close()

    def on_screen_resume(self) -> None:
        """Look at it again."""
        if self.is_mounted and self.reviewing.conclusion is None:
            self.review.open(self.query_one(ItemList).cursor)

    def draw_marks(self) -> None:
        """Say how much was looked at."""
        if self.reviewing.conclusion is not None:
            return
        seen, total = self.review.seen, len(self.review.items)
        self.query_one("#review-title", Bar).say((_(_SEEN).format(seen=seen, total=total), STRONG))
        items = self.query_one(ItemList)
        items.row_changed(items.cursor)
        self.refresh_bindings()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Keys that have nothing to do now are not shown."""
        ended = self.reviewing.conclusion is not None
        if action == "copy":
            return bool(self.reviewing.conclusion and self.reviewing.conclusion.text)
        if action in ("next", "wrong", "right", "finish") and (ended or self.verdict is not None):
            return False
        if action == "finish":
            return self.review.seen == len(self.review.items)
        if action == "right" and self.is_mounted:
            return self.review.reason(self.query_one(ItemList).cursor) is not None
        return True

    def action_next(self) -> None:
        """Go to the next thing that was not open for long enough."""
        items = self.query_one(ItemList)
        position = self.review.next_unseen(items.cursor + 1)
        if position is not None:
            items.show_row(position)
        else:
            self.tell(_(_ALL_SEEN))

    # --- judging ---------------------------------------------------------------------------------------------------

    def action_wrong(self) -> None:
        """Ask what is wrong with it."""
        items = self.query_one(ItemList)
        position = items.cursor

        def said(reason: str | None) -> None:
            if reason is not None:
                self.review.mark_wrong(position, reason)
                items.rows_changed()
                self.show_item()

        question = Ask(
            _(_WHAT_IS_WRONG),
            _(_AUTHOR_READS),
            label=_(_REASON),
            value=self.review.reason(position) or "",
            problem=lambda answer: "" if answer.strip() else _(_SAY_WHAT),
        )
        self.app.push_screen(question, said)

    def action_right(self) -> None:
        """It is right after all."""
        items = self.query_one(ItemList)
        self.review.take_back(items.cursor)
        items.rows_changed()
        self.show_item()

    def action_finish(self) -> None:
        """Ask for the number and the answers."""

        def problem(answers: Sequence[str]) -> str:
            missing = self.review.missing(*answers)
            return missing_sentence(missing[0]) if missing else ""

        def answered(answers: Sequence[str] | None) -> None:
            if answers is not None:
                self.conclude(answers)

        questions = asked(self.review.questions)
        self.app.push_screen(Answers(_(_BEFORE_VERDICT), self._verdict_so_far(), questions, problem), answered)

    def _verdict_so_far(self) -> str:
        wrong = sum(self.review.reason(position) is not None for position in range(len(self.review.items)))
        if not wrong:
            return _(_NONE_WRONG)
        return plural(wrong, "You found {count} letter wrong.", "You found {count} letters wrong.")

    def conclude(self, answers: Sequence[str]) -> None:
        """Give the verdict, or begin again where a decoy was missed."""
        verdict = self.review.verdict(*answers)
        if verdict is None:
            return
        if verdict.missed:
            missed = self.review.missed_decoys
            self.review = self.review.again()
            self.begin()
            self.complain(missed_decoy(missed[0]))
            return
        self.verdict = verdict
        self.refresh_bindings()
        self.tell((_(_SIGNING), MUTED))
        conclude = self.reviewing.conclude
        self.jobs.start("conclude", partial(conclude, verdict))

    @on(JobDone)
    def concluded(self, message: JobDone) -> None:
        """Show how it ended, and which letters were decoys."""
        conclusion = message.event
        if not isinstance(conclusion, Conclusion) or self.verdict is None:
            return
        self.reviewing.conclusion = conclusion
        self.review.close()
        told = [conclusion.sentence, *filter(None, [decoys_told(self.verdict)])]
        blocks = [line((each, STRONG if number == 0 else "")) for number, each in enumerate(told)]
        if conclusion.text:
            blocks += [Content(), lines(conclusion.text)]
        self.query_one("#item-title", Bar).say((_(_ENDED), STRONG))
        self.query_one("#item", Paper).show(Content("\n").join(blocks))
        self.query_one("#item", Paper).focus()
        self.tell(_(_LEAVES))
        self.refresh_bindings()

    def failed(self, group: str, error: BaseException | None) -> None:
        """Say why nothing was signed; it can be tried again."""
        self.verdict = None
        super().failed(group, error)
        self.refresh_bindings()

    def action_copy(self) -> None:
        """Put the signed text on the clipboard."""
        if self.reviewing.conclusion is not None:
            self.app.copy_to_clipboard(self.reviewing.conclusion.text)
            self.tell(_(_COPIED))

    # --- leaving ---------------------------------------------------------------------------------------------------

    def action_leave(self) -> None:
        """Leave; ask first where something was looked at and nothing signed."""
        if self.may_leave():
            self.app.exit(0)

    def may_leave(self) -> bool:
        """Whether the program may end now."""
        if self.reviewing.conclusion is not None or not self.review.seen:
            return True

        def answered(leave: bool | None) -> None:
            if leave:
                self.app.exit(0)

        self.app.push_screen(Confirm(_(_LEAVE), _(_NOT_SIGNED), yes=_(_YES_LEAVE), no=_(_GO_ON)), answered)
        return False


_HEAD = N_("Review of run {run}")
_SEEN = N_("{seen} of {total} looked at")
_ALL_SEEN = N_("Everything was looked at: f asks for the verdict.")
_WHAT_IS_WRONG = N_("What is wrong with it?")
_AUTHOR_READS = N_("The author reads what you write here, with the number of the letter.")
_REASON = N_("Reason")
_SAY_WHAT = N_("Say what is wrong, in a few words.")
_BEFORE_VERDICT = N_("Before the verdict")
_NONE_WRONG = N_("You found nothing wrong.")
_SIGNING = N_("Signing …")
_ENDED = N_("The review is finished")
_LEAVES = N_("q leaves the review, c copies the text.")
_COPIED = N_("The text is on the clipboard.")
_LEAVE = N_("Leave the review?")
_NOT_SIGNED = N_("Nothing was signed: the next time begins from the first letter.")
_YES_LEAVE = N_("Leave")
_GO_ON = N_("Go on looking")
