"""Which folder of a mailbox holds what was sent: by its flag, by the name that somebody typed, by what it is called."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable

import pytest
from each_row import each_row

from mailmerge.errors import MailboxFailed
from mailmerge.imap.folders import sent_folder
from mailmerge.imap.session import Folder

HOST = "imap.exemple.test"


def folder(name: str, *flags: str, delimiter: str = "/") -> Folder:
    return Folder(name, delimiter, frozenset(flags))


NAMES = [
    "Sent", "Sent Items", "Envoyés", "Éléments envoyés", "Gesendete Elemente", "Verzonden items", "Elementos enviados",
    "Posta inviata", "Elementy wysłane", "Odeslané", "Skickade objekt", "Sendt post", "Sendte elementer", "Lähetetyt",
    "Elküldött elemek", "Elemente trimise", "Gönderilmiş Öğeler", "Отправленные", "Απεσταλμένα", "送信済みアイテム",
    "已发送邮件", "보낸 편지함",
]  # fmt: skip
TYPED: dict[str, Callable[[str], str]] = {
    "as it is": str,
    "accents apart": lambda name: unicodedata.normalize("NFD", name),
    "capitals": str.upper,
    "small letters": str.lower,
}


@each_row("name", NAMES)
@each_row("parent", ["", "INBOX.", "INBOX/", "[Boîte]/"])
def test_a_folder_is_known_by_what_it_is_called(name: str, parent: str):
    delimiter = parent[-1:] or "/"
    folders = [
        folder("INBOX", delimiter=delimiter),
        folder(f"{parent}Archives"),
        folder(parent + name, delimiter=delimiter),
    ]
    assert sent_folder(folders, "auto", HOST) == parent + name


@each_row("name", NAMES)
@each_row("typed", TYPED.values(), ids=TYPED)
@each_row("stored", [str, TYPED["accents apart"]], ids=["composed", "decomposed"])
def test_a_folder_that_somebody_names_is_found_however_it_was_typed(name: str, typed, stored):
    folders = [folder("INBOX"), folder("Sent", "\\sent"), folder(stored(name))]
    found = sent_folder(folders, typed(name), HOST)
    assert unicodedata.normalize("NFC", found).casefold() == name.casefold()


def test_the_folder_that_is_called_exactly_so_comes_first():
    folders = [folder("envoyés"), folder("Envoyés"), folder("ENVOYÉS")]
    for each in folders:
        assert sent_folder(folders, each.name, HOST) == each.name


@pytest.mark.parametrize("wanted", ["auto", "Envoyés"])
def test_a_folder_that_holds_no_mail_is_none(wanted: str):
    with pytest.raises(MailboxFailed):
        sent_folder([folder("INBOX"), folder("Envoyés", "\\noselect", "\\sent")], wanted, HOST)
