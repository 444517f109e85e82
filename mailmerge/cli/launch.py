"""Open the screens: the only place of the command line that knows the TUI, and only once it is asked for."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from mailmerge.cli.source import source_argument
from mailmerge.errors import UsageError
from mailmerge.i18n import N_

if TYPE_CHECKING:
    from mailmerge.approval.concluding import Conclude, Conclusion
    from mailmerge.approval.reviewing.contents import Contents


@click.command(name="open")
@source_argument(required=False)
def screens(source: tuple[Path, ...] = ()) -> int:
    """Open the screens on SOURCE, or on the start screen.

    \b
    Example: mailmerge candidates.csv letter.md
    """
    _need_terminal()
    from mailmerge.tui import run

    return run(source)


@click.command()
def demo() -> int:
    """Try the whole job on 340 invented people. The mail server is embedded: no account, nothing leaves this machine.

    \b
    Example: mailmerge demo
    """
    _need_terminal()
    from mailmerge.demo import demo_server
    from mailmerge.tui import run

    with demo_server(rehearsal=True) as server:
        return run([server.campaign], demo=server)


def review_screen(contents: Contents, conclude: Conclude) -> Conclusion | None:
    """Show the letters of a run to whoever is to approve it; how it ended, None where the review was left."""
    from mailmerge.tui import review

    return review(contents, conclude)


def _need_terminal() -> None:
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        raise UsageError(N_("the screens need a terminal; in a script use check, export, seal and send"))
