"""Sealed bytes, the journal of what was sent, and .eml export."""

from mailmerge.outbox.export import BlockedEntry, BlockedMessage, Manifest, ManifestEntry, export_eml
from mailmerge.outbox.journal import Journal
from mailmerge.outbox.outbox import Exclusion, Outbox, RunSummary, Unreadable, cannot_be_read, new_run_id
from mailmerge.outbox.purge import RETENTION, purge
from mailmerge.outbox.run import Run, RunMessage, root_digest
from mailmerge.outbox.states import JournalEntry, Kind

__all__ = [
    "RETENTION",
    "BlockedEntry",
    "BlockedMessage",
    "Exclusion",
    "Journal",
    "JournalEntry",
    "Kind",
    "Manifest",
    "ManifestEntry",
    "Outbox",
    "Run",
    "RunMessage",
    "RunSummary",
    "Unreadable",
    "cannot_be_read",
    "export_eml",
    "new_run_id",
    "purge",
    "root_digest",
]
