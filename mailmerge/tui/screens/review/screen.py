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
from mailmerge.approval.reviewing.review import ApprovalReview, Verdict
from mailmerge.approval.reviewing.sentences import sampling_sentence
from mailmerge.i18n import N_, _, plural
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
        self.review = ApprovalReview(task.contents)
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
        self.fill()
        self.query_one(ItemList).focus()
        self.every(_TICK, self.draw_marks)
        self.tell((sampling_sentence(len(self.reviewing.contents.letters), self.review.sample), MUTED))

    def fill(self) -> None:
        """The run, what is looked at, and one thing of it; how it ended, once it has."""
        contents = self.reviewing.contents
        letters = plural(len(contents.letters), "{count} letter", "{count} letters")
        self.head(_("Review of run {run}").format(run=contents.run), letters, contents.campaign)
        self.query_one(ItemList).show_review(self.review)
        self.show_item()
        self.draw_marks()
        self.show_conclusion()

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
        seen, total = self.review.seen, len(self.review.items)
        said = _("{seen} of {total} looked at").format(seen=seen, total=total)
        self.query_one("#review-title", Bar).say((said, STRONG))
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
            self.tell(_("Everything was looked at: f asks for the verdict."))

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
            _("What is wrong with it?"),
            _("The author reads what you write here, with the number of the letter."),
            label=_("Reason"),
            value=self.review.reason(position) or "",
            problem=lambda answer: "" if answer.strip() else _("Say what is wrong, in a few words."),
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
        keys = _("Enter goes on, Escape goes back to the letters.")
        title = _("Before the verdict")
        self.app.push_screen(Answers(title, self._verdict_so_far(), questions, problem, keys=keys), answered)

    def _verdict_so_far(self) -> str:
        wrong = sum(self.review.reason(position) is not None for position in range(len(self.review.items)))
        if not wrong:
            return _("You found nothing wrong.")
        return plural(wrong, "You found {count} letter wrong.", "You found {count} letters wrong.")

    def conclude(self, answers: Sequence[str]) -> None:
        """Give the verdict, or begin again where a decoy was missed."""
        verdict = self.review.verdict(*answers)
        if verdict is None:
            return
        if verdict.missed:
            missed = self.review.missed_decoys
            self.review = self.review.again()
            self.fill()
            self.complain(missed_decoy(missed[0]))
            return
        self.verdict = verdict
        self.refresh_bindings()
        self.tell((_("Signing …"), MUTED))
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
        self.show_conclusion()
        self.query_one("#item", Paper).focus()
        self.tell(_("q leaves the review, c copies the text."))
        self.refresh_bindings()

    def show_conclusion(self) -> None:
        """Show how the review ended, where it has."""
        conclusion = self.reviewing.conclusion
        if conclusion is None or self.verdict is None:
            return
        told = [conclusion.sentence, *filter(None, [decoys_told(self.verdict)])]
        blocks = [line((each, STRONG if number == 0 else "")) for number, each in enumerate(told)]
        if conclusion.text:
            blocks += [Content(), lines(conclusion.text)]
        self.query_one("#item-title", Bar).say((_("The review is finished"), STRONG))
        self.query_one("#item", Paper).show(Content("\n").join(blocks))

    def failed(self, group: str, error: BaseException | None) -> None:
        """Say why nothing was signed; it can be tried again."""
        self.verdict = None
        super().failed(group, error)
        self.refresh_bindings()

    def action_copy(self) -> None:
        """Put the signed text on the clipboard."""
        if self.reviewing.conclusion is not None:
            self.app.copy_to_clipboard(self.reviewing.conclusion.text)
            self.tell(_("The text is on the clipboard."))

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

        explanation = _("Nothing was signed: the next time begins from the first letter.")
        question = Confirm(_("Leave the review?"), explanation, yes=_("Leave"), no=_("Go on looking"))
        self.app.push_screen(question, answered)
        return False
