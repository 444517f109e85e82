"""What a campaign is about to say to whom, as earlier runs are compared with it: by mailbox, letter file and words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from hashlib import sha256
from typing import TYPE_CHECKING
from unicodedata import normalize

from mailmerge.errors import RenderFailed
from mailmerge.letter import Letter
from mailmerge.model import Message, Recipient

if TYPE_CHECKING:
    from mailmerge.campaign.mailing import Mailing
    from mailmerge.outbox import Intended, Key, LetterKeys


def words_of(message: Message, letter: Letter) -> bytes:
    """A digest of what a message says: its subject, text, HTML and files; not its date, ids, sender or addressee."""
    digest = sha256()
    texts = (message.subject, message.text, message.html or "", *(file.filename for file in message.attachments))
    for text in texts:
        # What nobody sees is no other letter: a no-break space, a second blank, an accent in two characters.
        encoded = " ".join(normalize("NFC", text).split()).encode("utf-8", "surrogatepass")
        digest.update(len(encoded).to_bytes(8, "big"))
        digest.update(encoded)
    for file in message.attachments:
        digest.update(letter.file_digest(file))
    return digest.digest()


def keys_of(campaign: Mailing, key: Key) -> list[LetterKeys]:
    """What is remembered of each letter of a campaign, in its order."""
    return [key.letter(letter.path, letter.source, campaign.name, letter.name) for letter in campaign.letters]


def said_to(campaign: Mailing, number: int, words: Mapping[int, bytes]) -> bytes:
    """The digest of what a record's message says, from ``words`` where it is known; empty where it says nothing."""
    known = words.get(number)
    if known is not None:
        return known
    recipient = campaign.recipient(number)
    try:
        return words_of(campaign.compose(recipient), campaign.letter_of(recipient))
    except RenderFailed:  # it cannot be sealed
        return b""


def intended(campaign: Mailing, words: Mapping[int, bytes], key: Key, whole: Mailing | None = None) -> Intended:
    """Everybody whom a campaign is about to write to; ``words`` are those already known, by record.

    ``whole`` is the campaign that it is a part of: whoever is not written to now may share a mailbox with who is.
    """
    from mailmerge.outbox import Intended

    letters: list[Sequence[LetterKeys]] = [[one] for one in keys_of(campaign, key)]
    numbers = letter_numbers(campaign)
    addresses = campaign.recipients.addresses()
    everybody = whole.recipients.addresses() if whole else {}
    return Intended(
        addresses=addresses,
        letters=letters if numbers is None else [*letters, ()],
        letter_of=(lambda _: 0) if numbers is None else numbers.__getitem__,
        words_of=lambda number: key.words(said_to(whole or campaign, number, words)),
        campaign=key.campaign(campaign.folder),
        others={number: address for number, address in everybody.items() if number not in addresses},
    )


def letter_numbers(campaign: Mailing) -> dict[int, int] | None:
    """By record, which letter the person gets; one more than the last where there is none. None for a single letter."""
    if len(campaign.letters) == 1 and isinstance(campaign.file.template, str):
        return None
    order = {letter: number for number, letter in enumerate(campaign.letters)}
    numbers: dict[int, int] = {}
    for record in campaign.recipients.records:
        try:
            numbers[record.number] = order[campaign.letter_of(Recipient(record, "", ""))]
        except RenderFailed:
            numbers[record.number] = len(order)
    return numbers
