"""``mailmerge import-awdeorio``: go on with a folder that was made for PyPI's ``mailmerge``."""

from __future__ import annotations

from pathlib import Path

import click

from mailmerge.campaign.setup.import_awdeorio import import_awdeorio
from mailmerge.cli.context import environment
from mailmerge.cli.output import note, say
from mailmerge.errors import AccountError
from mailmerge.i18n import _, plural


@click.command(name="import-awdeorio")
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path, file_okay=False))
def import_(folder: Path) -> None:
    """Import a folder of awdeorio/mailmerge. A campaign.toml is written into DIR; its template and database stay as
    they are.

    \b
    Example: mailmerge import-awdeorio old-mailing
    """
    imported = import_awdeorio(folder)
    people = len(imported.campaign.recipients)
    written = imported.campaign.path
    say(plural(people, "{path} is written: {count} person", "{path} is written: {count} people", path=written))
    if imported.account is not None:
        try:
            environment().accounts.add(imported.account)
            made = imported.account
            said = _('account "{account}" is added: {server}')
            say(said.format(account=made.name, server=f"{made.host}:{made.port}"))
        except AccountError as error:
            say(_("the account was not added: {error}").format(error=error))
    for remark in imported.notes:
        note(remark)
    say(_("next: {command}").format(command=f"mailmerge check {imported.campaign.path}"))
