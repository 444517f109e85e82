"""Mails and templates as Outlook saves them (.msg, .oft): their storages, their properties and their texts."""

from mailmerge.formats.outlook.bodies import Bodies, bodies_of
from mailmerge.formats.outlook.opening import attachments, called, opened, require_message, require_readable
from mailmerge.formats.outlook.stored_message import StoragePath, StoredMessage

__all__ = [
    "Bodies",
    "StoragePath",
    "StoredMessage",
    "attachments",
    "bodies_of",
    "called",
    "opened",
    "require_message",
    "require_readable",
]
