"""``mailmerge init``: a starter campaign in a new folder."""

from __future__ import annotations

import shutil
from pathlib import Path

import click

from mailmerge.campaign import CAMPAIGN_FILE
from mailmerge.cli.output import say
from mailmerge.errors import UsageError, os_reason
from mailmerge.shipped import shipped

_CAMPAIGN = """\
# A mailmerge campaign. `mailmerge check {folder}` says what is still to do.
recipients = "candidats.csv"
template = "refus.fr.md"

# account = "rh"                       # made by: mailmerge account add rh --address ...
# where = "statut == 'refusé'"         # only people for whom this is true

[lint]
# allow_addresses = ["dpo@example.org"]   # addresses that may stand in every letter
# signatories = ["Claire Martin"]         # people who sign, and may be named in every letter
"""

_RECIPIENTS = """\
Civilité;Prénom;Nom;Adresse e-mail;Poste\r
Madame;Anaïs;Exemple;anais.exemple@courriel.example;Chargée de communication\r
Monsieur;Bastien;Modèle;bastien.modele@courriel.example;Technicien support\r
"""


@click.command()
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))
def init(folder: Path) -> None:
    """Make the new folder DIR with a table, a letter and a campaign.toml to start from.

    \b
    Example: mailmerge init rejections-november
    """
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise UsageError(f"{folder} is already there and not empty: choose a new folder")
    try:
        folder.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(shipped("templates") / "rejection-after-application.fr.md", folder / "refus.fr.md")
        (folder / "candidats.csv").write_bytes(_RECIPIENTS.encode("utf-8-sig"))
        (folder / CAMPAIGN_FILE).write_text(_CAMPAIGN.format(folder=folder), encoding="utf-8")
    except OSError as error:
        raise UsageError(f"cannot make the campaign in {folder}: {os_reason(error)}") from None
    say(f"a starter campaign is in {folder}: put your people into candidats.csv, your words into refus.fr.md,")
    say(f"then run `mailmerge {folder / CAMPAIGN_FILE}`")
