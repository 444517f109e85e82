"""What in a text is somebody else's, seen from one message: the one question behind several rules."""

from __future__ import annotations

from collections.abc import Iterator

from mailmerge.lint.identities.masking import blocks
from mailmerge.lint.identities.what import Hit, What
from mailmerge.lint.views.message import MessageView
from mailmerge.text.addresses import find_addresses, same_mailbox_key
from mailmerge.text.folding import normalise
from mailmerge.text.regex import regex

Foreign = tuple[What, str, tuple[int, ...], str]
"""What it is, the text to show, whose it is (empty if nobody in the table has it), and a key."""


def foreign_in(view: MessageView, text: str, *, named: bool = False) -> Iterator[Foreign]:
    """Addresses that are neither this person's nor allowed, and identities of other records.

    ``named`` tells of those as well that the letter's own words hold.
    """
    identities = view.inspection.identities
    text = normalise(text)
    for start, end in find_addresses(text):
        address = text[start:end]
        key = same_mailbox_key(address)
        if key not in view.own_keys and key not in view.shape.allowed and key not in view.shape.address_keys:
            yield What.ADDRESS, address, identities.address_owners(key), key
    for hit in other_identities(view, text, named=named):
        yield hit.what, hit.key, hit.owners, hit.key


def other_identities(view: MessageView, text: str, *, named: bool = False) -> Iterator[Hit]:
    """Numbers, references and full names of other records, and addresses spelt in words."""
    identities, signatories = view.inspection.identities, view.inspection.signatories
    hits = (hit for block in blocks(text) for hit in identities.found_in(block, view.own))
    hits = (hit for hit in hits if hit.key not in signatories and not _is_known_by_sign(hit, in_file=named))
    yield from hits if named else view.of_others(hits)


def _is_known_by_sign(hit: Hit, *, in_file: bool) -> bool:
    """Whether an address is found by its @: in a file only one that is whole, as "jean @ free . example" is not."""
    if hit.what is not What.ADDRESS or "@" not in hit.text:
        return False
    return not in_file or next(iter(find_addresses(normalise(hit.text))), None) is not None


_ENCODED = regex(r"&(?:#|commat|period|num)")


def is_encoded(hit: Hit) -> bool:
    """Whether a text has an identity only in entities, or an address only in words."""
    return bool(_ENCODED.search(hit.text)) or (hit.what is What.ADDRESS and "@" not in hit.text)


def encoded_keys(view: MessageView) -> frozenset[str]:
    """The keys of what is somebody else's when the disguise of the values is taken off."""
    found = (foreign_in(view, decoded) for each in view.printed for decoded in each.decoded)
    return frozenset(key for several in found for _what, _text, _owners, key in several)
