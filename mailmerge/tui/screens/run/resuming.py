"""Before the rest of a run is sent: who is left out by now, and the number that is left; and before it stops."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence

from mailmerge.errors import RunsIncomparable
from mailmerge.i18n import _, plural
from mailmerge.outbox import Run, RunMessage
from mailmerge.outbox.remarks import remark
from mailmerge.tui.content.theme import MUTED
from mailmerge.tui.dialogs.ask import Ask, Confirm
from mailmerge.tui.dialogs.set_aside import ask_to_set_aside
from mailmerge.tui.page import Page


def _leave_out(run: Run) -> tuple[list[RunMessage], list[RunMessage]]:
    """Who was left out just now, and how all messages are since."""
    return run.leave_out_written(), list(run.messages())


def left_out_sentence(left_out: Sequence[RunMessage]) -> str:
    """How many were left out, and why; ``""`` where nobody was."""
    if not left_out:
        return ""
    reasons = list(dict.fromkeys(message.reply for message in left_out))
    reason = remark(reasons[0])
    if len(reasons) > 1:
        reason = plural(len(reasons) - 1, "{reason} and {count} more", "{reason} and {count} more", reason=reason)
    return plural(
        len(left_out),
        "{count} person is left out ({reason}).",
        "{count} people are left out ({reason}).",
        reason=reason,
    )


async def compare_again(
    page: Page, run: Run, once_more: Callable[[], None]
) -> tuple[list[RunMessage], list[RunMessage]] | None:
    """As :func:`_leave_out`, in a thread; None where runs cannot be compared, which the page says."""
    page.tell((_("Comparing with other runs …"), MUTED))
    try:
        compared = await asyncio.to_thread(_leave_out, run)
    except RunsIncomparable as problem:
        page.complain(_("{reason}: nothing was sent.").format(reason=problem.reason))
        if problem.runs:
            ask_to_set_aside(page, problem, once_more)
        return None
    await page.made()
    return compared


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
