"""SOURCE on the command line: CAMPAIGN.toml, or RECIPIENTS TEMPLATE."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import click

from mailmerge.model import Recipient

_Command = TypeVar("_Command", bound=Callable[..., Any])


def source_argument(*, required: bool = True) -> Callable[[_Command], _Command]:
    """The SOURCE argument; the command receives it as ``source``, a tuple of paths."""
    return click.argument("source", nargs=-1, required=required, type=click.Path(path_type=Path), metavar="SOURCE...")


def only_option(command: _Command) -> _Command:
    """The ``--only`` option; the command receives it as ``only``."""
    return click.option("--only", default="", metavar="ADDRESS", help="Only the person with this address.")(command)


def json_option(command: _Command) -> _Command:
    """The ``--json`` flag; the command receives it as ``as_json``."""
    return click.option("--json", "as_json", is_flag=True, help="Print JSON to stdout.")(command)


def person(recipient: Recipient) -> str:
    """A recipient in a sentence."""
    return f"{recipient.name} <{recipient.address}>" if recipient.name else recipient.address
