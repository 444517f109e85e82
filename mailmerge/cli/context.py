"""What every command has around it: made once, when the first of them asks."""

from __future__ import annotations

import click

from mailmerge.environment import Environment


def environment() -> Environment:
    """Whose files the command works with, and what time it is."""
    return click.get_current_context().ensure_object(_Around).environment


class _Around:
    """The object that Click keeps for one call of the program."""

    def __init__(self) -> None:
        self.environment = Environment.here()
