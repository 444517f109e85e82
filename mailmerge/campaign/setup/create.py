"""Write a new campaign down: the letter, and a ``campaign.toml`` that names it, its table and what was decided."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from mailmerge.campaign.file import CAMPAIGN_FILE, CampaignFile, read_campaign_file, require_new, save_campaign_file
from mailmerge.campaign.opening import named_from
from mailmerge.campaign.setup.filling import Filled, with_texts
from mailmerge.campaign.setup.letter_choice import LetterOffer
from mailmerge.campaign.setup.scaffold import copy_starter
from mailmerge.campaign.setup.table_setup import TableSettings, having_settings
from mailmerge.environment import Environment
from mailmerge.errors import UsageError, os_reason
from mailmerge.files.home import write_new
from mailmerge.i18n import N_, _
from mailmerge.letter import open_letter_file, save_letter_file
from mailmerge.letter.source.template import KIND_BY_SUFFIX
from mailmerge.model import RecordTable


def create_campaign(
    offer: LetterOffer, letter: Path, table: Path, settings: TableSettings, filled: Filled, environment: Environment
) -> Path:
    """Copy a starter letter to ``letter``, or fill one's own that is there; the new campaign file beside it.

    Raises:
        UsageError, LetterError, CampaignError: a file cannot be written, or the folder has a campaign by now.
    """
    campaign = letter.parent / CAMPAIGN_FILE
    with environment.alone_with(campaign):
        require_new(campaign)
        if offer.starter:
            copy_starter(offer.starter, letter, filled.texts)
        elif filled.texts:
            draft = open_letter_file(letter)
            save_letter_file(draft, with_texts(draft.text, filled.texts))
        save_campaign_file(campaign, campaign_file(table, letter, settings, filled))
    return campaign


def save_settings(sources: Sequence[Path], settings: TableSettings, environment: Environment) -> Path:
    """Keep how the table is read in the campaign's file, which is made where there is none; its path.

    Raises:
        UsageError: a ``campaign.toml`` is there already, and is not this campaign's.
        CampaignError: it cannot be read or written.
    """
    _file, path, _table = campaign_of(sources)
    with environment.alone_with(path):
        if len(sources) > 1:
            require_new(path)
        file, _path, _table = campaign_of(sources)
        save_campaign_file(path, having_settings(file, settings))
    return path


def campaign_file(table: Path, letter: Path, settings: TableSettings, filled: Filled) -> CampaignFile:
    """What is written down: the two files, and what was decided about the table and the letter's fields."""
    file = CampaignFile(recipients=named_from(table, letter.parent), template=letter.name, fields=dict(filled.columns))
    return having_settings(file, settings)


def campaign_of(sources: Sequence[Path]) -> tuple[CampaignFile, Path, Path]:
    """A campaign as it is, or would be, written down; its file; and its table."""
    if len(sources) > 1:
        table, letter = sources
        file = CampaignFile(recipients=named_from(table, letter.parent), template=letter.name)
        return file, letter.parent / CAMPAIGN_FILE, table
    path = sources[0] / CAMPAIGN_FILE if sources[0].is_dir() else sources[0]
    file = read_campaign_file(path)
    return file, path, path.parent / file.recipients


def write_empty_letter(path: Path, table: RecordTable, subject: str) -> None:
    """Write a letter that greets each person by name, and says nothing yet.

    Raises:
        UsageError: it cannot be written.
    """
    names = table.full_names or (*table.first_names[:1], *table.last_names[:1])
    name = " ".join(f"{{{{ {field} }}}}" for field in names[:2])
    greeting = _("Dear {name},").format(name=name) if name else _("Good morning,")
    try:
        write_new(path, f"Subject: {' '.join(subject.split())}\n\n{greeting}\n\n".encode())
    except OSError as error:
        raise UsageError(N_("cannot write the letter {target}: {why}"), target=path, why=os_reason(error)) from None


def name_problem(name: str, folder: Path) -> str:
    """What is wrong with a name for a copy of a letter, ``""`` for nothing."""
    path = Path(name.strip())
    if not path.name or path.is_absolute() or ".." in path.parts:
        return _("Give a name, or a folder and a name.")
    if path.suffix.lower() not in KIND_BY_SUFFIX:
        return _("A letter's name ends in .md, so that it is read as Markdown.")
    if (folder / path).exists():
        return _("{path} already exists and is not overwritten: give another name.").format(path=path)
    return ""
