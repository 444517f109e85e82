"""``mailmerge import-awdeorio``: go on with a folder that was made for PyPI's ``mailmerge``."""

from __future__ import annotations

from pathlib import Path

import click

from mailmerge.campaign.importing import import_awdeorio
from mailmerge.cli.context import environment
from mailmerge.cli.output import say
from mailmerge.errors import AccountError
from mailmerge.text import plural


@click.command(name="import-awdeorio")
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path, file_okay=False))
def import_(folder: Path) -> None:
    """Write a campaign.toml into DIR, a folder of awdeorio/mailmerge; its template and database stay as they are.

    \b
    Example: mailmerge import-awdeorio old-mailing
    """
    imported = import_awdeorio(folder)
    people = plural(len(imported.campaign.recipients), "{count} person", "{count} people")
    say(f"{imported.campaign.path} is written: {people}")
    if imported.account is not None:
        try:
            environment().accounts.add(imported.account)
            say(f'account "{imported.account.name}" is added: {imported.account.host}:{imported.account.port}')
        except AccountError as error:
            say(f"the account was not added: {error}")
    for note in imported.notes:
        say(f"note: {note}")
    say(f"next: mailmerge check {imported.campaign.path}")
