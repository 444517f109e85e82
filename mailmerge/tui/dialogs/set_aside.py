"""Move a run out of the way that no comparison can read: asked first, and whole."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

from mailmerge.errors import RunsIncomparable
from mailmerge.i18n import _, plural
from mailmerge.tui.dialogs.ask import Confirm
from mailmerge.tui.page import Page


def ask_to_set_aside(page: Page, problem: RunsIncomparable, then: Callable[[], None]) -> None:
    """Ask whether the runs that cannot be compared are set aside, and do ``then`` once they are."""
    runs = problem.runs
    names = ", ".join(runs)

    async def set_aside() -> None:
        for run in runs:
            await asyncio.to_thread(page.program.environment.outbox.set_aside, run)
        page.tell(plural(len(runs), "Run {names} was set aside.", "{count} runs were set aside: {names}.", names=names))
        then()

    def answered(yes: bool | None) -> None:
        if yes:
            page.run_worker(set_aside(), group="set aside", exclusive=True, exit_on_error=False)

    title = plural(len(runs), "Set run {names} aside?", "Set {count} runs aside?", names=names)
    explanation = _(
        "{reason}. It is moved whole to the folder set-aside, where no list or comparison finds it: somebody who has "
        "this letter only from that run may get it a second time."
    ).format(reason=problem.reason)
    page.app.push_screen(Confirm(title, explanation, yes=_("Set aside"), no=_("Leave it")), answered)
