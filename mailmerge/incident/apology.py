"""The campaign of apologies: a letter, a table of the people exposed, and a campaign.toml, ready to be looked at.

Everybody of the leak whose data was seen is in the table, those who cannot be reached too: so the linter lets nobody's
letter name anybody else.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence
from pathlib import Path

import msgspec
from msgspec import Struct

from mailmerge.campaign import CAMPAIGN_FILE, CampaignFile, read_campaign_file, save_campaign_file
from mailmerge.campaign.file import LintSection
from mailmerge.files.home import write_atomically
from mailmerge.incident.exposure import Exposure
from mailmerge.incident.people import NamedPerson
from mailmerge.incident.record import IncidentRecord
from mailmerge.incident.words import Words
from mailmerge.records import read_mailboxes
from mailmerge.text.addresses import find_addresses, is_address, same_mailbox_key

FOLDER = "apology"
_IN_LETTER = (
    "consequences",
    "measures_after",
    "notified_at",
    "dpo",
    "dpo_contact",
    "signatory",
    "role",
    "organisation",
)
"""The facts that the letter says."""
_COLUMNS: Mapping[str, Sequence[tuple[str, str]]] = {
    "fr": (
        ("title", "Civilité"),
        ("last_name", "Nom"),
        ("name", "Nom complet"),
        ("address", "Adresse e-mail"),
        ("shown", "Données vues"),
        ("seen_by", "Vues par"),
        ("received", "Message reçu"),
        ("reachable", "Joignable"),
    ),
    "en": (
        ("title", "Title"),
        ("last_name", "Last name"),
        ("name", "Full name"),
        ("address", "Email"),
        ("shown", "Data seen"),
        ("seen_by", "Seen by"),
        ("received", "Message received"),
        ("reachable", "Reachable"),
    ),
}
_NAMES = {
    "fr": ("personnes.csv", "excuses.fr.md", "joignable == 'oui'"),
    "en": ("people.csv", "apology.en.md", "reachable == 'yes'"),
}


class ApologyFiles(Struct, frozen=True):
    """What the files of the campaign are called."""

    table: str
    letter: str
    where: str


def files_of(language: str) -> ApologyFiles:
    """Those in one language."""
    return ApologyFiles(*_NAMES[language])


def write_apology(
    folder: Path, record: IncidentRecord, exposed: Sequence[NamedPerson], counted: Exposure, words: Words
) -> None:
    """Write the table and ``campaign.toml`` into a folder that is there already; the letter is one of the texts.

    Raises:
        OSError, CampaignError: a file cannot be written.
    """
    names = files_of(record.language)
    write_atomically(folder / names.table, _table(record, exposed, counted, words))
    recipients = CampaignFile(recipients=names.table, template=names.letter, where=names.where)
    path = folder / CAMPAIGN_FILE
    save_campaign_file(path, recipients)
    write_atomically(path, f"# {words.word('apology', 'comment')}\n".encode() + path.read_bytes())


def allow_contacts(folder: Path, record: IncidentRecord) -> None:
    """Let the letter name whom the facts name in it: who signs, and whom to turn to; nobody of the leak.

    Raises:
        CampaignError, TableError: a file of the campaign cannot be read or written.
    """
    path, table = folder / CAMPAIGN_FILE, folder / files_of(record.language).table
    if not path.is_file() or not table.is_file():  # purged, or somebody's own by now
        return
    said = [record.facts.get(key, "") for key in _IN_LETTER]
    addresses = [text[start:end] for text in said for start, end in find_addresses(text)]
    leaked = read_mailboxes(table) if addresses else frozenset()
    lint = LintSection(
        allow_addresses=tuple(each for each in dict.fromkeys(addresses) if same_mailbox_key(each) not in leaked),
        signatories=tuple(filter(None, (record.facts.get("signatory", ""), record.facts.get("dpo", "")))),
    )
    file = read_campaign_file(path)
    if file.lint != lint:
        save_campaign_file(path, msgspec.structs.replace(file, lint=lint))


def is_reachable(person: NamedPerson) -> bool:
    """Whether a mail can reach somebody."""
    return is_address(person.address) and not person.bounced


def _table(record: IncidentRecord, exposed: Sequence[NamedPerson], counted: Exposure, words: Words) -> bytes:
    left_out = {
        "name": not record.named,
        "title": not record.titled,
        "last_name": not record.titled,
        "received": not record.is_mixed,
    }
    columns = [column for column in _COLUMNS[words.language] if not left_out.get(column[0])]
    text = io.StringIO(newline="")
    writer = csv.writer(text, delimiter=";", lineterminator="\r\n")
    writer.writerow([header for _, header in columns])
    for person in exposed:
        row = _row(person, counted, words)
        writer.writerow([row[key] for key, _ in columns])
    return text.getvalue().encode("utf-8-sig", "replace")


def _row(person: NamedPerson, counted: Exposure, words: Words) -> Mapping[str, str]:
    return {
        "title": person.title,
        "last_name": person.last_name,
        "name": person.full_name,
        "address": person.address,
        "shown": words.shown_of(person.shown),
        "seen_by": words.number(counted.seen_by[person.number]),
        "received": words.yes_no(person.number in counted.readers),
        "reachable": words.yes_no(is_reachable(person)),
    }
