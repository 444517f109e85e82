"""Start the screens, quickly: what makes the first second long is put off or left out."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from mailmerge.runtime import garbage
from mailmerge.tui.jobs.process import Processes
from mailmerge.tui.program import ReviewTask

if TYPE_CHECKING:
    from mailmerge.approval.concluding import Conclude, Conclusion
    from mailmerge.approval.reviewing.contents import Contents
    from mailmerge.demo import DemoServer

_SWITCH_INTERVAL = 0.0001
"""Seconds for which composing or linting in a thread may hold the screen up; the default is 5 ms for each key."""
BROKEN = 2
"""The exit code after an internal error, as on the command line."""


def run(sources: Sequence[Path], *, demo: DemoServer | None = None) -> int:
    """Run the program until the person leaves; the exit code for the shell."""
    return _run(sources, demo=demo)[0]


def review(contents: Contents, conclude: Conclude) -> Conclusion | None:
    """Show the letters of a run to whoever is to approve it; how it ended, None where the review was left."""
    return _run((), task=ReviewTask(contents, conclude))[1]


def _run(
    sources: Sequence[Path], *, demo: DemoServer | None = None, task: ReviewTask | None = None
) -> tuple[int, Conclusion | None]:
    garbage.wait()  # until it settles: nearly all that starting makes is kept, and looking through it is 0.2 s
    sys.setswitchinterval(_SWITCH_INTERVAL)
    for exported in ("COLUMNS", "LINES"):
        os.environ.pop(exported, None)  # the window is as large as it is now, whatever a shell exported
    processes = Processes()
    processes.open()  # first: it starts while this one does
    try:
        from mailmerge.tui.app import MailmergeApp

        app = MailmergeApp(sources, demo=demo, processes=processes, task=task)
        code = app.run()
        if app.fault:
            sys.stderr.write(f"mailmerge: {app.fault}\n")
            return BROKEN, None
    finally:
        processes.close()
    if app.wants_demo:
        from mailmerge.demo import demo_server

        with demo_server(rehearsal=True) as server:
            return _run([server.campaign], demo=server)
    return code or 0, task.conclusion if task else None
