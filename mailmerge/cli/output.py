"""How the command line speaks: data to stdout, narration to stderr, errors in one line with their exit code."""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping
from typing import Any, TypeVar

import click
import msgspec

from mailmerge.errors import Blocked, DeliveryError, MailmergeError, RenderFailed, RunBusy
from mailmerge.model import State
from mailmerge.text import visible

OK = 0
BLOCKED_OR_REJECTED = 1
BAD_INPUT = 2
LEFT_TO_SEND = 3
SOME_UNKNOWN = 4
INTERRUPTED = 130

COUNTED = (State.ACCEPTED, State.REJECTED, State.DEFERRED, State.UNKNOWN, State.PENDING)
"""The states that a summary counts, in its order."""


_Command = TypeVar("_Command", bound=Callable[..., Any])


def json_option(command: _Command) -> _Command:
    """The ``--json`` flag; the command receives it as ``as_json``."""
    return click.option("--json", "as_json", is_flag=True, help="Print JSON to stdout.")(command)


def exit_code(error: MailmergeError) -> int:
    """The documented exit code of an error."""
    if isinstance(error, Blocked | RenderFailed):
        return BLOCKED_OR_REJECTED
    if isinstance(error, DeliveryError | RunBusy):
        return LEFT_TO_SEND
    return BAD_INPUT


def say(sentence: str) -> None:
    """Narrate on stderr."""
    click.echo(visible(sentence), err=True)


def complain(sentence: str) -> None:
    """One line on stderr that says what, where and what to do."""
    say(f"mailmerge: {sentence}")


def print_json(document: object) -> None:
    """One JSON document on one line of stdout, UTF-8 whatever the console's encoding is."""
    sys.stdout.flush()
    click.echo(msgspec.json.encode(document))


def progress(label: str) -> Callable[[int, int], None] | None:
    """A counter on stderr, redrawn in place; None where nobody is looking."""
    if not sys.stderr.isatty():
        return None

    def show(done: int, total: int) -> None:
        click.echo(f"\r{label} {done} of {total}", err=True, nl=done >= total)

    return show


def summary_document(run: str, counts: Mapping[State, int]) -> dict[str, object]:
    """The last line of ``send --json``."""
    return {"event": "summary", "run": run} | {str(state): counts[state] for state in COUNTED}


def in_words(counts: Mapping[State, int]) -> str:
    """``339 accepted, 1 rejected``."""
    return ", ".join(f"{counts[state]} {state}" for state in COUNTED if counts[state]) or "no messages"
