"""The number of messages, or the name of a run, that a person gives before anything is sealed or sent."""

from __future__ import annotations

import click

from mailmerge.accounts import Account
from mailmerge.cli.output import ask, say
from mailmerge.environment import login_name
from mailmerge.errors import UsageError
from mailmerge.i18n import N_, _, plural
from mailmerge.outbox import Run


def agree(count: int, agreed: int | None, account: Account) -> None:
    """Have the number of messages said before anything is sealed or sent.

    Raises:
        UsageError: another number was said.
    """
    if agreed is None:
        say(
            plural(
                count,
                "{count} message will leave from {address}, to one person.",
                "{count} messages will leave from {address}, one to each person.",
                address=account.address,
            )
        )
        try:
            agreed = ask(_("Type the number of messages to send them"), type=click.INT)
        except click.Abort:
            raise UsageError(
                N_("not agreed: type the number, or give --yes {count}; nothing was sent"), count=count
            ) from None
    require_agreed(agreed or 0, count)


def require_agreed(agreed: int, count: int) -> None:
    """See that the number that was agreed to is the one that would be sent.

    Raises:
        UsageError: it is not.
    """
    if agreed != count:
        raise UsageError(
            N_("you confirmed {agreed}, but {count} would be sent: nothing was sealed, nothing sent"),
            agreed=agreed,
            count=count,
        )


def take_over(run: Run, *, agreed: bool) -> None:
    """Have it said that a run which was sealed or begun in another home goes on here, and nowhere else.

    Raises:
        UsageError: it was not.
    """
    if not agreed and not _named(run.id, _("Type the name of the run if it goes on here, and nowhere else")):
        raise UsageError(N_("run {run} was not sent from here: type its name, or give --take-over"), run=run.id)
    run.take_over(by=login_name())


def require_named(run: str, question: str) -> None:
    """Have the name of a run typed before it is moved out of the way, or deleted.

    Raises:
        UsageError: it was not.
    """
    if not _named(run, question):
        raise UsageError(N_("run {run} is where it was: type its name, or give --yes"), run=run)


def _named(run: str, question: str) -> bool:
    try:
        return str(ask(question)).strip() == run
    except click.Abort:
        return False
