"""Which folder of a mailbox holds what was sent."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Sequence

from mailmerge.accounts.mailbox import AUTO
from mailmerge.errors import MailboxFailed
from mailmerge.i18n import N_
from mailmerge.imap.session import Folder
from mailmerge.text.folding import fold

_NAMES = (
    "sent",
    "sent items",
    "sent messages",
    "sent mail",
    "envoyes",
    "elements envoyes",
    "messages envoyes",
    "courrier envoye",
    "objets envoyes",
    "gesendet",
    "gesendete elemente",
    "gesendete objekte",
    "gesendete nachrichten",
    "verzonden",
    "verzonden items",
    "verzonden berichten",
    "enviados",
    "elementos enviados",
    "mensajes enviados",
    "itens enviados",
    "inviati",
    "inviata",
    "posta inviata",
    "elementi inviati",
    "wyslane",
    "elementy wyslane",
    "odeslane",
    "skickat",
    "skickade objekt",
    "sendt",
    "sendte elementer",
    "sendt post",
    "lahetetyt",
    "elkuldott elemek",
    "elemente trimise",
    "gonderilmis ogeler",
    "отправленные",
    "απεσταλμενα",
    "送信済みアイテム",
    "送信済み",
    "已发送邮件",
    "已发送",
    "보낸편지함",
    "보낸 편지함",
)
"""What mail programs call it, without accents and capitals, the likeliest first."""
_RANKS = {fold(name): rank for rank, name in enumerate(_NAMES)}
_NO_MAIL = frozenset({"\\noselect", "\\nonexistent"})


def sent_folder(folders: Sequence[Folder], wanted: str, host: str) -> str:
    r"""The folder that a person named, else the one with ``\Sent`` (RFC 6154), else one that is called so.

    Raises:
        MailboxFailed: there is none.
    """
    usable = [folder for folder in folders if _NO_MAIL.isdisjoint(folder.flags)]
    if wanted != AUTO:
        called = [
            folder for written in (_composed, _any_case) for folder in usable if _is_called(folder, wanted, written)
        ]
        if called:
            return called[0].name
        raise MailboxFailed(_NOT_THERE, kind="no-folder", folder=wanted, host=host, folders=_listed(usable))
    for folder in usable:
        if "\\sent" in folder.flags:
            return folder.name
    named = [(rank, folder.name.count(folder.delimiter or "\0"), folder.name) for folder in usable
             if (rank := _rank(folder)) is not None]  # fmt: skip
    if named:
        return min(named)[2]
    raise MailboxFailed(_NONE, kind="no-folder", host=host, folders=_listed(usable))


def _is_called(folder: Folder, wanted: str, written: Callable[[str], str]) -> bool:
    """Whether a folder has the name that a person gave, alone or below the inbox."""
    return written(folder.name) in (written(wanted), written(f"INBOX{folder.delimiter}{wanted}"))


def _composed(name: str) -> str:
    """A name as it is written, whichever way its accents are stored (macOS takes them apart)."""
    return unicodedata.normalize("NFC", name)


def _any_case(name: str) -> str:
    """A name however it was typed: only where no folder is called exactly so."""
    return _composed(name).casefold()


def _rank(folder: Folder) -> int | None:
    """How likely the name is; None where it says something else."""
    last = folder.name.rpartition(folder.delimiter)[2] if folder.delimiter else folder.name
    name = fold(last)
    return _RANKS.get(name)


def _listed(folders: Sequence[Folder]) -> str:
    return ", ".join(folder.name for folder in folders[:20])


_NOT_THERE = N_(
    'the mailbox at {host} has no folder "{folder}"; its folders are {folders}: name one of them with'
    " `mailmerge account edit NAME --sent FOLDER`"
)
_NONE = N_(
    "the mailbox at {host} has no folder for sent messages; its folders are {folders}: name one of them with"
    " `mailmerge account edit NAME --sent FOLDER`"
)
