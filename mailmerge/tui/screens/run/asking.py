"""The questions before a sending goes on, and before it stops."""

from __future__ import annotations

from collections.abc import Callable

from mailmerge.i18n import _, plural
from mailmerge.outbox import Run
from mailmerge.tui.dialogs.ask import Ask, Confirm
from mailmerge.tui.page import Page


def ask_for_number(page: Page, run: Run, count: int, said: str, go_on: Callable[[int], object]) -> None:
    """Have the number typed that is left, after a sentence about who was left out."""

    def agreed(answer: str | None) -> None:
        if answer is not None:
            go_on(count)

    def problem(answer: str) -> str:
        return "" if answer == str(count) else _("That is not {count}.").format(count=count)

    explanation = plural(
        count,
        "{count} message of run {run} will leave, as sealed. Type {count} to send it.",
        "{count} messages of run {run} will leave, as sealed. Type {count} to send them.",
        run=run.id,
    )
    page.app.push_screen(Ask(_("Continue sending"), f"{said} {explanation}".strip(), problem=problem), agreed)


def ask_to_stop(page: Page, answered: Callable[[bool | None], None]) -> None:
    """Stop between two messages, or go on sending."""
    explanation = _("The message in flight is finished, the rest stays sealed and can be sent later.")
    question = Confirm(_("Stop sending?"), explanation, yes=_("Stop between messages"), no=_("Go on sending"))
    page.app.push_screen(question, answered)
