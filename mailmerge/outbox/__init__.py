"""Sealed bytes, the journal of what was sent, and .eml export."""

from mailmerge.outbox.afterwards import Afterwards, Copy, Later, LaterKind
from mailmerge.outbox.approvals import ApprovalEntry, ApprovalKind, note_approval, read_entries, read_facts
from mailmerge.outbox.comparison.traces import Remembering
from mailmerge.outbox.comparison.written import EarlierNote, Intended, Unfinished, Written, WrittenComparison
from mailmerge.outbox.digest import SealedFact, fact_of, root_digest, root_lines
from mailmerge.outbox.export import BlockedEntry, BlockedMessage, Manifest, ManifestEntry, export_eml
from mailmerge.outbox.journal import Journal
from mailmerge.outbox.key import Key, LetterKeys, known_key, same_folder
from mailmerge.outbox.listing import Listing, Misnamed, RunSummary, SetAside, Unreadable, cannot_be_read
from mailmerge.outbox.locks import letters_locked
from mailmerge.outbox.outbox import Outbox, new_run_id
from mailmerge.outbox.purge import RETENTION, Purged, purge
from mailmerge.outbox.run import Run
from mailmerge.outbox.schedule import schedule, scheduled
from mailmerge.outbox.sealed_run import RunMessage
from mailmerge.outbox.sealing import RunHeader, SealedExclusion
from mailmerge.outbox.states import EntryKind, JournalEntry

__all__ = [
    "RETENTION",
    "Afterwards",
    "ApprovalEntry",
    "ApprovalKind",
    "BlockedEntry",
    "BlockedMessage",
    "Copy",
    "EarlierNote",
    "EntryKind",
    "Intended",
    "Journal",
    "JournalEntry",
    "Key",
    "Later",
    "LaterKind",
    "LetterKeys",
    "Listing",
    "Manifest",
    "ManifestEntry",
    "Misnamed",
    "Outbox",
    "Purged",
    "Remembering",
    "Run",
    "RunHeader",
    "RunMessage",
    "RunSummary",
    "SealedExclusion",
    "SealedFact",
    "SetAside",
    "Unfinished",
    "Unreadable",
    "Written",
    "WrittenComparison",
    "cannot_be_read",
    "export_eml",
    "fact_of",
    "known_key",
    "letters_locked",
    "new_run_id",
    "note_approval",
    "purge",
    "read_entries",
    "read_facts",
    "root_digest",
    "root_lines",
    "same_folder",
    "schedule",
    "scheduled",
]
