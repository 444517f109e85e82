"""``mailmerge receipt``: one page about one message, and nothing about anybody else."""

from __future__ import annotations

from pathlib import Path

import click

from mailmerge.campaign.runs.receipt import Receipt, read_receipt
from mailmerge.cli.context import environment
from mailmerge.cli.later import later_line
from mailmerge.cli.output import OK, put, say
from mailmerge.cli.receipt_text import html_page, text_page
from mailmerge.errors import InputError, os_reason
from mailmerge.files.home import write_atomically
from mailmerge.i18n import N_, _
from mailmerge.text.shown import visible


@click.command()
@click.argument("run_id", metavar="RUN")
@click.argument("record", type=click.IntRange(1, 1_000_000_000))
@click.option(
    "--out",
    type=click.Path(dir_okay=False, path_type=Path),
    metavar="FILE",
    help="Write the page to FILE; it is HTML if FILE ends in .html.",
)
def receipt(run_id: str, record: int, out: Path | None) -> int:
    """Print one page about the message of RECORD in RUN. It has the letter as sent, its digest and the server's answer.

    What came back is on it, too; of the other recipients there is nothing.

    \b
    Example: mailmerge receipt 2026-09-02-7f3a 17 --out receipt.html
    """
    found = read_receipt(environment().outbox.open(run_id), record)
    later = later_line(found.later) if found.later else ""
    if out is None:
        for line in text_page(found, later).splitlines():
            put(visible(line))
        return OK
    _write(out, found, later)
    say(_("the receipt is in {path}").format(path=out))
    return OK


def _write(out: Path, found: Receipt, later: str) -> None:
    page = html_page(found, later) if out.suffix.lower() in (".html", ".htm") else text_page(found, later)
    if out.exists():
        raise InputError(N_("{out} already exists: give another name"), out=out)
    try:
        write_atomically(out, page.encode())
    except OSError as error:
        raise InputError(N_("cannot write {out}: {why}"), out=out, why=os_reason(error)) from None
