"""``mailmerge export``: a dry run as .eml files, or the sealed bytes of a run."""

from __future__ import annotations

from pathlib import Path

import click

from mailmerge.campaign import open_outbox
from mailmerge.cli.output import BLOCKED_OR_REJECTED, OK, print_json, progress, say
from mailmerge.cli.source import account_option, json_option, only_option, opened, source_argument
from mailmerge.errors import UsageError
from mailmerge.outbox import Manifest
from mailmerge.text import plural


@click.command()
@source_argument(required=False)
@click.option("--run", "run_id", metavar="RUN", help="Write the sealed bytes of this run instead.")
@click.option("--out", "folder", required=True, type=click.Path(path_type=Path, file_okay=False), metavar="DIR")
@account_option
@only_option
@json_option
def export(
    source: tuple[Path, ...], run_id: str | None, folder: Path, account_name: str, only: str, as_json: bool
) -> int:
    """Write one .eml file a person and a manifest.json into DIR; nothing is sent.

    A message that a finding blocks goes to DIR/blocked. With --run, the files are byte for byte what that run sends.

    \b
    Example: mailmerge export candidates.csv letter.md --out dry-run
    """
    if run_id is not None:
        if source or account_name or only:
            raise UsageError(
                "give SOURCE (with --account and --only) or --run, not both: a run does not read the table again"
            )
        manifest = open_outbox().open(run_id).export(folder)
    else:
        campaign = opened(source, account_name, only=only)
        manifest = campaign.check(progress("checking")).export(folder)
    if as_json:
        print_json(manifest)
    _narrate(manifest, folder)
    return BLOCKED_OR_REJECTED if manifest.blocked else OK


def _narrate(manifest: Manifest, folder: Path) -> None:
    written = plural(len(manifest.messages), "{count} message is", "{count} messages are")
    say(f"{written} written to {folder}")
    if manifest.blocked:
        blocked = plural(len(manifest.blocked), "{count} message is", "{count} messages are")
        say(f"{blocked} blocked by findings: see {folder / 'blocked'} and `mailmerge check`")
