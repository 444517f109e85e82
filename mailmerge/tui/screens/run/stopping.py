"""The question before a sending stops."""

from __future__ import annotations

from collections.abc import Callable

from mailmerge.i18n import _
from mailmerge.tui.dialogs.ask import Confirm
from mailmerge.tui.page import Page


def ask_to_stop(page: Page, answered: Callable[[bool | None], None]) -> None:
    """Stop between two messages, or go on sending."""
    explanation = _("The message in flight is finished, the rest stays sealed and can be sent later.")
    question = Confirm(_("Stop sending?"), explanation, yes=_("Stop between messages"), no=_("Go on sending"))
    page.app.push_screen(question, answered)
