"""A document becomes a letter: saved beside its pictures, and tied to a table if one is given."""

from __future__ import annotations

from pathlib import Path

from msgspec import Struct

from mailmerge.campaign.file import CAMPAIGN_FILE, CampaignFile, save_campaign_file
from mailmerge.campaign.opening import named_from
from mailmerge.campaign.setup.scaffold import missing_fields
from mailmerge.drafts import Lost, read_draft
from mailmerge.errors import LetterError, Reason, UsageError, os_reason
from mailmerge.files.home import make_private, write_new
from mailmerge.i18n import N_
from mailmerge.letter import open_letter_file, read_letter, save_letter_file
from mailmerge.model import RecordTable
from mailmerge.records import read_table
from mailmerge.records.columns.likely import lacking_field
from mailmerge.text.folding import identifier

_EXISTS = N_("{path} already exists and is not overwritten: choose another folder with --out")


class ImportedDraft(Struct, frozen=True):
    """What was written, and what a person has to know about it."""

    letter: Path
    pictures: tuple[Path, ...]
    campaign: Path | None
    """The campaign file that ties the letter to the table; None without a table."""
    missing: tuple[Reason, ...]
    """For each field that the table lacks: that it does, and which column may be meant."""
    lost: tuple[Lost, ...]
    has_subject: bool
    problem: LetterError | None = None
    """Why the letter cannot be used as it is."""


def import_draft(
    document: Path, folder: Path, table: Path | None = None, *, people: RecordTable | None = None
) -> ImportedDraft:
    """Write the letter that a document becomes into a folder; with a table, a ``campaign.toml`` as well.

    ``people`` is a table that was read already: its columns are recognised, and no campaign is written.

    Raises:
        InputError: the document or the table cannot be read.
        UsageError: a file is there already, or cannot be written.
    """
    people = read_table(table) if table else people
    headers = [field.header for field in people.fields] if people else []
    draft = read_draft(document, headers)
    letter = letter_of(document, folder)
    campaign = folder / CAMPAIGN_FILE if table else None
    pictures = {folder / picture.name: picture.content for picture in draft.pictures}
    for path in (letter, campaign, *pictures):
        if path is not None and path.exists():
            raise UsageError(_EXISTS, path=path)
    try:
        make_private(folder)
        write_new(letter, draft.text.encode())
        for path, content in pictures.items():
            write_new(path, content)
    except OSError as error:
        raise UsageError(N_("cannot write the letter {target}: {why}"), target=letter, why=os_reason(error)) from None
    if campaign is not None and table is not None:
        save_campaign_file(campaign, CampaignFile(recipients=named_from(table, folder), template=letter.name))
    missing, problem = _checked(letter, people)
    return ImportedDraft(letter, tuple(pictures), campaign, missing, draft.lost, bool(draft.subject), problem)


def give_subject(letter: Path, subject: str) -> None:
    """Write the subject at the top of a letter that has none.

    Raises:
        LetterError: the file cannot be read or written.
    """
    draft = open_letter_file(letter)
    save_letter_file(draft, f"Subject: {' '.join(subject.split())}\n{draft.text}")


def letter_of(document: Path, folder: Path) -> Path:
    """The letter that a document becomes in a folder."""
    return folder / f"{identifier(document.stem).replace('_', '-') or 'letter'}.md"


def _checked(letter: Path, people: RecordTable | None) -> tuple[tuple[Reason, ...], LetterError | None]:
    """What the table lacks of the letter's fields, and what is wrong with the letter."""
    try:
        read = read_letter(letter)
    except LetterError as error:
        return (), error
    lacking = missing_fields(read, people) if people else []
    return tuple(lacking_field(people, name) for name in lacking if people), None
