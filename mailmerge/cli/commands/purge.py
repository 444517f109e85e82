"""``mailmerge purge``: personal data of old runs is deleted, and what cannot be is named."""

from __future__ import annotations

from datetime import timedelta

import click

from mailmerge.cli.agreement import require_named
from mailmerge.cli.context import environment
from mailmerge.cli.output import OK, complain, say
from mailmerge.errors import RunUnknown, UsageError
from mailmerge.files import working_files
from mailmerge.i18n import N_, _, plural
from mailmerge.outbox import Outbox, Purged


@click.command()
@click.option(
    "--older-than",
    "days",
    type=click.IntRange(min=0, max=36_500),
    metavar="DAYS",
    help="Runs in which nothing happened for this many days, those with something left to send too.",
)
@click.option(
    "--delete", "run", metavar="RUN", help="Delete a run that was set aside, completely; nothing of it is kept."
)
@click.option("--yes", "agreed", is_flag=True, help="With --delete, do not ask.")
def purge(days: int | None, run: str | None, agreed: bool) -> int:
    """Delete messages and personal data of old runs. Digests, states and counts stay.

    It happens by itself after 30 days, or keep_days of config.toml, whenever something is sealed; a run with something
    left to send is then kept. Runs that were set aside are purged too. A damaged run cannot be: it is named.

    The working files of incidents, which name people, are deleted in the same way; those that are kept are listed.

    \b
    Example: mailmerge purge --older-than 7
    Example: mailmerge purge --delete 2026-09-02-7f3a
    """
    outbox = environment().outbox
    if run is not None:
        if days is not None:
            raise UsageError(N_("give --older-than or --delete, not both"))
        return _deleted(outbox, run, agreed=agreed)
    limit = environment().preferences.retention if days is None else timedelta(days=days)
    code = _told(outbox.purge(limit, unfinished=days is not None))
    _told_files(working_files.purge(environment().home.data, limit, environment().clock()))
    return code


def _told_files(done: working_files.Deleted) -> None:
    for path in done.files:
        say(_("deleted the working file {path}, which named people").format(path=path))
    for path in done.kept:
        complain(
            _("the working file {path} could not be deleted: it names people; delete it yourself").format(path=path)
        )
    for files in working_files.listed(environment().home.data):
        for path in files.there:
            say(_("kept the working file {path}, which names people: it is not old enough").format(path=path))


def _told(done: Purged) -> int:
    names = ", ".join(done.runs)
    if done.runs:
        say(plural(len(done.runs), "{count} run was purged: {names}", "{count} runs were purged: {names}", names=names))
    else:
        say(_("no run was old enough to be purged"))
    if done.unfinished:
        say(
            plural(
                len(done.unfinished),
                "{count} run is old enough and was kept because something is left to send: see `mailmerge runs`",
                "{count} runs are old enough and were kept because something is left to send: see `mailmerge runs`",
            )
        )
    for file in done.damaged:
        advice = _DELETE if file.set_aside else _SET_ASIDE
        complain(_(advice).format(reason=file.reason, run=file.run))
    return OK


_DELETE = N_("{reason}: it was not purged and may hold personal data; to delete it: mailmerge purge --delete {run}")
_SET_ASIDE = N_(
    "{reason}: it was not purged and may hold personal data; once you no longer need to know who was sent what by it:"
    " mailmerge runs --set-aside {run}, then mailmerge purge --delete {run}"
)


def _deleted(outbox: Outbox, run: str, *, agreed: bool) -> int:
    if run not in {each.run for each in outbox.listing().set_aside}:
        raise RunUnknown(
            N_('no run called "{run}" was set aside; set it aside first: mailmerge runs --set-aside {run}'), run=run
        )
    if not agreed:
        say(_("run {run} would be deleted completely, with the record of who was sent what").format(run=run))
        require_named(run, _("Type the name of the run to delete it"))
    say(_("deleted {path}").format(path=outbox.delete_aside(run)))
    return OK
