"""``mailmerge export``: a dry run as .eml files, the sealed bytes of a run, or the list of what became of them."""

from __future__ import annotations

from pathlib import Path

import click

from mailmerge.cli.context import environment
from mailmerge.cli.output import BLOCKED_OR_REJECTED, OK, json_option, print_json, progress, say
from mailmerge.cli.source import account_option, only_option, opened, source_argument
from mailmerge.delivery import require_kind, write_status
from mailmerge.errors import UsageError
from mailmerge.i18n import N_, _, plural
from mailmerge.outbox import Manifest, Run


@click.command()
@source_argument(required=False)
@click.option("--run", "run_id", metavar="RUN", help="Write the sealed bytes of this run instead.")
@click.option(
    "--out",
    "folder",
    type=click.Path(path_type=Path, file_okay=False),
    metavar="DIR",
    help="Where the .eml files and the manifest go.",
)
@click.option(
    "--status",
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="FILE",
    help="With --run, with or without --out: write everybody of the run to FILE (.csv or .xlsx), in the table's own"
    " columns, with state, time, reply and later events.",
)
@account_option
@only_option
@json_option
def export(
    source: tuple[Path, ...],
    run_id: str | None,
    folder: Path | None,
    status: Path | None,
    account_name: str,
    only: str,
    as_json: bool,
) -> int:
    """Write one .eml file per person into DIR. A manifest.json goes with them, and nothing is sent.

    A message that a finding blocks goes to DIR/blocked. With --run, the files are byte for byte what that run sends.

    With --run and --status, a list of the people of the run is made for your records: the columns of the table as
    it was sealed, then state, time, meaning, reply and later events. People who were left out are listed with the
    reason. Choose .xlsx to keep leading zeros and long numbers when you open it in Excel.

    \b
    Example: mailmerge export candidates.csv letter.md --out dry-run
    Example: mailmerge export --run 2026-09-02-7f3a --status status.xlsx
    """
    if status is not None:
        if run_id is None:
            raise UsageError(N_("--status needs --run RUN: before a run is sealed there is nothing to list"))
        require_kind(status)
    elif folder is None:
        raise UsageError(N_("give --out DIR, or --run RUN with --status FILE"))
    if run_id is not None:
        if source or account_name or only:
            raise UsageError(
                N_("give SOURCE (with --account and --only) or --run, not both: a run does not read the table again")
            )
        return _export_run(environment().outbox.open(run_id), folder, status, as_json=as_json)
    assert folder is not None  # noqa: S101  (checked above)
    campaign = opened(source, account_name, only=only)
    manifest = campaign.check(progress(_("checking"))).export(folder)
    if as_json:
        print_json(manifest)
    _narrate(manifest, folder)
    if campaign.sender is None:
        say(_("note: no account is chosen yet: undecided@sender.invalid is used as the sender"))
    return BLOCKED_OR_REJECTED if manifest.blocked else OK


def _export_run(run: Run, folder: Path | None, status: Path | None, *, as_json: bool) -> int:
    """The messages first, so that the list can go into their folder; of the JSON documents the manifest wins."""
    document: object = None
    if folder is not None:
        document = manifest = run.export(folder)
        _narrate(manifest, folder)
    if status is not None:
        people = write_status(run, status)
        document = document or {"run": run.id, "status": str(status), "people": people}
        say(plural(people, "{count} person is listed in {file}", "{count} people are listed in {file}", file=status))
    if as_json:
        print_json(document)
    return OK


def _narrate(manifest: Manifest, folder: Path) -> None:
    say(
        plural(
            len(manifest.messages),
            "{count} message is saved in {folder}",
            "{count} messages are saved in {folder}",
            folder=folder,
        )
    )
    if manifest.kept_apart:
        say(
            plural(
                manifest.kept_apart,
                "{count} message is blocked by findings: see {folder} and `mailmerge check`",
                "{count} messages are blocked by findings: see {folder} and `mailmerge check`",
                folder=folder / "blocked",
            )
        )
    if manifest.not_made:
        say(
            plural(
                manifest.not_made,
                "{count} message could not be made: `mailmerge check` says why",
                "{count} messages could not be made: `mailmerge check` says why",
            )
        )
