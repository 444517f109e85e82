"""Move a run out of the way that no comparison can read: asked first, and whole."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

from mailmerge.errors import RunsIncomparable
from mailmerge.text import plural
from mailmerge.tui.screens.ask import Confirm
from mailmerge.tui.screens.page import Page


def ask_to_set_aside(page: Page, problem: RunsIncomparable, then: Callable[[], None]) -> None:
    """Ask whether the runs that cannot be compared are set aside, and do ``then`` once they are."""
    runs = problem.runs
    names = ", ".join(runs)

    async def set_aside() -> None:
        for run in runs:
            await asyncio.to_thread(page.program.environment.outbox.set_aside, run)
        page.tell(plural(len(runs), f"Run {names} was set aside.", f"{{count}} runs were set aside: {names}."))
        then()

    def answered(yes: bool | None) -> None:
        if yes:
            page.run_worker(set_aside(), group="set aside", exclusive=True, exit_on_error=False)

    title = plural(len(runs), f"Set run {names} aside?", "Set {count} runs aside?")
    explanation = (
        f"{problem.reason}. It is moved to the folder set-aside, whole, and no list or comparison finds it there:"
        " somebody who has this letter from it only may get it a second time."
    )
    page.app.push_screen(Confirm(title, explanation, yes="Set aside", no="Leave it"), answered)
