"""Open a mail that Outlook saved; what is damaged, encrypted or no mail is refused in one line."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from mailmerge.errors import InputError
from mailmerge.formats.compound import CompoundFile
from mailmerge.formats.outlook.properties import CLASS, LONG_NAME, PROPERTIES, SHORT_NAME
from mailmerge.formats.outlook.stored_message import StoragePath, StoredMessage
from mailmerge.i18n import N_

NO_MESSAGE = N_("{path} is not a mail that Outlook saved: it has no message in it")
DAMAGED = N_("{path} is damaged and cannot be read: drag the mail out of Outlook again")
ENCRYPTED = N_("{path} is encrypted: open it in your mail program, and save it again without encryption")
_SECRET_CLASSES = ("ipm.note.smime", "ipm.note.rpmsg", "ipm.note.secure")
_SIGNED = "ipm.note.smime.multipartsigned"
SECRET_FILES = ("message.rpmsg", "smime.p7m")
"""What an encrypted mail has for its only attachment."""


@contextmanager
def opened(content: bytes, path: Path) -> Iterator[StoredMessage]:
    """The stored message in these bytes, while it is read.

    Raises:
        InputError: it is damaged, also where that shows only while it is read.
    """
    try:
        yield StoredMessage(CompoundFile(content))
    except (ValueError, struct.error, OverflowError, RecursionError):
        raise InputError(DAMAGED, path=path) from None


def require_message(file: StoredMessage, path: Path, top: StoragePath = ()) -> None:
    """Refuse a storage without a message in it.

    Raises:
        InputError: it holds no message, or an encrypted document.
    """
    if not file.has(*top, PROPERTIES):
        raise InputError(ENCRYPTED if file.has(*top, "EncryptedPackage") else NO_MESSAGE, path=path)


def require_readable(file: StoredMessage, path: Path, top: StoragePath = ()) -> None:
    """Refuse a message whose text is encrypted.

    Raises:
        InputError: it is.
    """
    kind = file.text(top, CLASS).casefold()
    secret = any(called(file, storage).casefold() in SECRET_FILES for storage in attachments(file, top))
    if secret or (kind.startswith(_SECRET_CLASSES) and kind != _SIGNED):
        raise InputError(ENCRYPTED, path=path)


def attachments(file: StoredMessage, top: StoragePath = ()) -> Iterator[StoragePath]:
    """The storages of the attachments of a message, in their order."""
    for name in file.storages.get(top, ()):
        if name.startswith("__attach_version1.0_"):
            yield (*top, name)


def called(file: StoredMessage, attachment: StoragePath) -> str:
    """The file name of an attachment."""
    return file.text(attachment, LONG_NAME) or file.text(attachment, SHORT_NAME) or "attachment"
