"""``mailmerge import``: a letter that was written in Word, LibreOffice, a web page or a mail program."""

from __future__ import annotations

from pathlib import Path

import click

from mailmerge.cli.output import note, say
from mailmerge.i18n import N_, _


@click.command(name="import")
@click.argument("file", metavar="FILE", type=click.Path(path_type=Path))
@click.option(
    "--recipients", metavar="TABLE", type=click.Path(path_type=Path), help=N_("Tie its fields to this table's columns.")
)
@click.option(
    "--out", metavar="DIR", type=click.Path(path_type=Path), help=N_("Write to this folder, not beside FILE.")
)
def import_(file: Path, recipients: Path | None, out: Path | None) -> None:
    """Make a letter of an existing document. FILE is a .docx, .odt, .html, .txt, .eml, .msg or .oft; its merge
    fields and pictures are kept.

    FILE stays as it is, and nothing is overwritten. What a letter cannot hold is reported.

    \b
    Example: mailmerge import rejection.docx --recipients candidates.xlsx --out november
    """
    from mailmerge.campaign.setup.import_draft import import_draft
    from mailmerge.drafts.draft import said

    imported = import_draft(file, out or file.parent, recipients)
    say(_("{path} is written").format(path=imported.letter))
    for picture in imported.pictures:
        say(_("{path} is written").format(path=picture))
    if imported.campaign is not None:
        say(_("{path} is written").format(path=imported.campaign))
    for lost in imported.lost:
        note(_("{path}: {problem}").format(path=file.name, problem=said(lost)))
    if not imported.has_subject:
        note(
            _("{letter} has no subject: write a line such as Subject: Your application at its top").format(
                letter=imported.letter.name
            )
        )
    for missing in imported.missing:
        note(str(missing))
    if imported.problem is not None:
        note(str(imported.problem))
    sources = str(imported.campaign or f"TABLE {imported.letter}")
    say(_("next: {command}").format(command=f"mailmerge check {sources}"))
