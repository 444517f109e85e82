"""SOURCE on the command line: CAMPAIGN.toml, or RECIPIENTS TEMPLATE."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, TypeVar

import click

from mailmerge.campaign import Campaign, open_campaign
from mailmerge.campaign.telling import column_notes
from mailmerge.cli.context import environment
from mailmerge.cli.output import note
from mailmerge.i18n import N_, _
from mailmerge.records.workbooks.hidden import left_in

_Command = TypeVar("_Command", bound=Callable[..., Any])


def source_argument(*, required: bool = True) -> Callable[[_Command], _Command]:
    """The SOURCE argument; the command receives it as ``source``, a tuple of paths."""
    return click.argument(
        "source", nargs=-1, required=required, type=click.Path(path_type=Path, readable=False), metavar="SOURCE..."
    )


def account_option(command: _Command) -> _Command:
    """The ``--account`` option; the command receives it as ``account_name``."""
    explanation = N_("The account to send from; campaign.toml can name it too.")
    return click.option("--account", "account_name", default="", metavar="NAME", help=explanation)(command)


def only_option(command: _Command) -> _Command:
    """The ``--only`` option; the command receives it as ``only``."""
    return click.option("--only", default="", metavar="ADDRESS", help="Only the person with this address.")(command)


def opened(source: Sequence[Path], account_name: str, *, only: str = "") -> Campaign:
    """The campaign of SOURCE, from the account named where one is.

    Raises:
        InputError: it cannot be opened, or there is no such account.
    """
    campaign = open_campaign(source, only=only, environment=environment())
    return campaign.signed_by(environment().accounts.get(account_name)) if account_name else campaign


def tell_columns(campaign: Campaign) -> None:
    """Say on stderr which columns hold the addresses and the names, and why those."""
    for remark in column_notes(campaign.table):
        _about(campaign, remark)


def tell_reading(campaign: Campaign) -> None:
    """Say on stderr what of the table was left out on purpose, and how else it could be read."""
    for notice in (*campaign.table.notices, *left_in(campaign.table)):
        _about(campaign, notice)
    if campaign.table.dialect.alternative:
        _about(campaign, campaign.table.dialect.alternative)
    for excluded in campaign.excluded:
        address = f"<{excluded.recipient.address}>" if excluded.recipient.address else ""
        who = " ".join(filter(None, (excluded.recipient.name, address)))
        note(_("{who}: left out: {reason}").format(who=who, reason=excluded.said))


def _about(campaign: Campaign, remark: object) -> None:
    note(_("{file}: {remark}").format(file=campaign.table.path.name, remark=remark))
