"""A new campaign in a new folder: a starter letter, a table, and what ties them together."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping
from pathlib import Path

from msgspec import Struct

from mailmerge import i18n
from mailmerge.campaign.campaign import Campaign
from mailmerge.campaign.file import CAMPAIGN_FILE, CampaignFile, LintSection, save_campaign_file
from mailmerge.campaign.opening import named_from, open_campaign
from mailmerge.campaign.setup.filling import with_texts
from mailmerge.errors import LetterError, UsageError, os_reason
from mailmerge.files.home import make_private, write_new
from mailmerge.files.resources import resource_folder
from mailmerge.i18n import N_, _
from mailmerge.letter import Letter, read_letter
from mailmerge.model import SIGNATURE, RecordTable
from mailmerge.text.addresses import Mailbox

TABLES_OF_STARTERS = {
    "rejection-after-application.fr.md": "candidats.csv",
    "rejection-after-interview.fr.md": "entretiens.csv",
    "interview-invitation.fr.md": "entretiens.csv",
    "exposure-apology.fr.md": "personnes-exposees.csv",
    "rejection-after-application.en.md": "candidates.csv",
    "rejection-after-interview.en.md": "interviews.csv",
    "interview-invitation.en.md": "interviews.csv",
    "exposure-apology.en.md": "people-exposed.csv",
}
"""For each starter letter the sample table that has its columns."""
_TITLES = {
    "rejection-after-application": N_("Rejection after application"),
    "rejection-after-interview": N_("Rejection after interview"),
    "interview-invitation": N_("Interview invitation"),
    "exposure-apology": N_("Exposure apology"),
}
_DEFAULT = "rejection-after-application"
_EXAMPLE_PEOPLE = 2


class Starter(Struct, frozen=True):
    """One of the letters that come with the program."""

    path: Path
    letter: Letter

    @property
    def title(self) -> str:
        """``Interview invitation (en-GB)``."""
        name = self.path.name.partition(".")[0]
        return f"{_(_TITLES.get(name, name))} ({self.letter.language})"


def starters() -> list[Starter]:
    """The starter letters, by name; those in the language of the program first."""
    found = [Starter(path, read_letter(path)) for path in sorted(resource_folder("templates").glob("*.md"))]
    return sorted(found, key=lambda each: i18n.code(each.letter.language) != i18n.language())


def default_letter() -> str:
    """The file name of the starter letter that is proposed: in the language of the program, else in English."""
    spoken, english = (f"{_DEFAULT}.{name}.md" for name in (i18n.language(), i18n.ENGLISH))
    return spoken if spoken in TABLES_OF_STARTERS else english


def missing_fields(letter: Letter, table: RecordTable) -> list[str]:
    """The fields that a letter uses and a table lacks, by name; an account may give the signature."""
    used = frozenset[str]().union(*(expression.fields for expression in letter.expressions))
    return sorted(used - {*table.names, SIGNATURE})


def copy_starter(starter: Starter, target: Path, texts: Mapping[str, str] | None = None) -> None:
    """Write a starter letter to a new file, in a new folder where it names one.

    ``texts`` stand in the place of some of its fields, the same for everybody.

    Raises:
        UsageError: the file is there already, or cannot be written.
    """
    text = with_texts(starter.path.read_text(encoding="utf-8"), texts or {})
    try:
        make_private(target.parent)
        write_new(target, text.encode())
    except FileExistsError:
        raise UsageError(
            N_("{target} already exists and is not overwritten: give another name"), target=target
        ) from None
    except OSError as error:
        raise UsageError(N_("cannot write the letter {target}: {why}"), target=target, why=os_reason(error)) from None


def start_campaign(
    folder: Path,
    *,
    letter: str | None = None,
    table: Path | None = None,
    sender: Mailbox | None = None,
    constants: Mapping[str, str] | None = None,
    fields: Mapping[str, str] | None = None,
) -> Campaign:
    """Make a folder with a letter, a table and a ``campaign.toml``.

    ``letter`` is the file name of a starter letter, :func:`default_letter` where none is named. ``table`` stays where
    it is; without one, a small example with the letter's columns is written. ``sender`` becomes the letter's From.
    ``constants`` are texts for fields of the letter that the table lacks: they are written into the letter, the same
    for everybody. ``fields`` are columns for such fields: they are written into ``campaign.toml``.

    Raises:
        UsageError: the folder is there and not empty, or cannot be written.
        TableError, LetterError: the table or the letter cannot be used.
    """
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise UsageError(N_("{folder} is already there and not empty: choose a new folder"), folder=folder)
    letter = letter or default_letter()
    source = resource_folder("templates") / letter
    if not source.is_file():
        raise LetterError(N_("no starter letter is called {letter}: `mailmerge init` lists them"), letter=letter)
    try:
        make_private(folder)
        text = with_texts(source.read_text(encoding="utf-8"), constants or {})
        head = f"From: {_written(sender)}\n" if sender else ""
        write_new(folder / letter, (head + text).encode())
        recipients = TABLES_OF_STARTERS[letter]
        if table is None:
            _write_example(resource_folder("sample_data") / recipients, folder / recipients)
        else:
            recipients = named_from(table, folder)
        signatories = (sender.name,) if sender and sender.name else ()
        file = CampaignFile(
            recipients=recipients,
            template=letter,
            fields=dict(fields or {}),
            lint=LintSection(signatories=signatories),
        )
        save_campaign_file(folder / CAMPAIGN_FILE, file)
    except OSError as error:
        raise UsageError(
            N_("cannot make the campaign in {folder}: {why}"), folder=folder, why=os_reason(error)
        ) from None
    return open_campaign([folder])


def _written(sender: Mailbox) -> str:
    name = sender.name.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{name}" <{sender.address}>' if name else sender.address


def _write_example(source: Path, target: Path) -> None:
    """The first people of a sample table, as Excel would save it today."""
    from mailmerge.records import preview_table

    table = preview_table(source, first_rows=_EXAMPLE_PEOPLE)
    text = io.StringIO(newline="")
    writer = csv.writer(text, delimiter=table.dialect.delimiter, lineterminator="\r\n")
    writer.writerow([field.header for field in table.fields])
    writer.writerows(record.values for record in table.records)
    write_new(target, text.getvalue().encode("utf-8-sig"))
