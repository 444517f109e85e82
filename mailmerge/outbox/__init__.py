"""Sealed bytes, the journal of what was sent, and .eml export."""

from mailmerge.outbox.export import BlockedEntry, BlockedMessage, Manifest, ManifestEntry, export_eml
from mailmerge.outbox.journal import Journal
from mailmerge.outbox.key import Key, LetterKeys, known_key
from mailmerge.outbox.letter_locks import letters_locked
from mailmerge.outbox.outbox import Exclusion, Outbox, RunSummary, Unreadable, cannot_be_read, new_run_id
from mailmerge.outbox.purge import RETENTION, purge
from mailmerge.outbox.run import Run, RunMessage, root_digest
from mailmerge.outbox.states import JournalEntry, Kind
from mailmerge.outbox.traces import Remembering
from mailmerge.outbox.written import Comparison, Intended, Note, Unfinished, Written

__all__ = [
    "RETENTION",
    "BlockedEntry",
    "BlockedMessage",
    "Comparison",
    "Exclusion",
    "Intended",
    "Journal",
    "JournalEntry",
    "Key",
    "Kind",
    "LetterKeys",
    "Manifest",
    "ManifestEntry",
    "Note",
    "Outbox",
    "Remembering",
    "Run",
    "RunMessage",
    "RunSummary",
    "Unfinished",
    "Unreadable",
    "Written",
    "cannot_be_read",
    "export_eml",
    "known_key",
    "letters_locked",
    "new_run_id",
    "purge",
    "root_digest",
]
