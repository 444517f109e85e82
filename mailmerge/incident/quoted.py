"""People in the text of a mail: in the heads of quoted mails, and in lists that were pasted into it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from msgspec import Struct

from mailmerge.incident.mail import Mail, Party
from mailmerge.incident.read.address_list import parties
from mailmerge.incident.revealing import ShownDetail, is_telling
from mailmerge.lint.extract.html import shown_text
from mailmerge.lint.vocabulary import words
from mailmerge.text.addresses import domain_of, find_addresses, same_mailbox_key
from mailmerge.text.regex import regex

_HEAD = regex(
    r"^[>\s|*]*(?P<name>de|from|von|da|à|a|to|an|pour|cc|copie|copy|cci|bcc|bcci|kopie)\s*\*?\s*:\s*\*?(?P<value>.*)",
    re.IGNORECASE,
)
_SENDER = frozenset(("de", "from", "von", "da"))
_OTHER_FIELD = regex(r"^[>\s|*]*[\w’' -]{2,24}\s*\*?\s*:")
_WROTE = regex(r"(?:a écrit|wrote|schrieb|ha scritto|escribió)\s*:?\s*\Z", re.IGNORECASE)
_ROLES = words(
    "contact info infos information rh drh hr recrutement recruitment recruiting jobs job dpo privacy support accueil "
    "reception secretariat hello bonjour noreply no-reply webmaster admin direction presse press office enquiries help"
)
"""Whom one turns to, and no person."""
_MOST_TEXT = 20_000_000
_LIST = 3
"""People from whom on addresses in a text are a list, and not whom to turn to."""


class InText(Struct, frozen=True):
    """Somebody in the text of a mail, and in which way."""

    party: Party
    shown: ShownDetail
    wrote: bool = False
    """Whether they wrote the mail that is quoted."""


def text_of(mail: Mail) -> str:
    """What a reader of the mail is shown, its text and its HTML."""
    page = shown_text(mail.html[:_MOST_TEXT]) if mail.html else ""
    return "\n".join(filter(None, (mail.text[:_MOST_TEXT], page)))


def people_in_text(text: str) -> Iterator[InText]:
    """Everybody whose address is in the head of a quoted mail, or in a pasted list."""
    quoted = list(_quoted(text))
    yield from quoted
    known = {same_mailbox_key(each.party.address) for each in quoted}
    found: dict[str, str] = {}
    for start, end in find_addresses(text):
        found.setdefault(same_mailbox_key(text[start:end]), text[start:end])
    others = [address for key, address in found.items() if key not in known]
    others = [address for address in others if address.partition("@")[0].casefold() not in _ROLES]
    if len(others) >= _LIST and _are_of_people(others):
        yield from (InText(Party("", address), ShownDetail.ROW) for address in others)


def _are_of_people(addresses: list[str]) -> bool:
    """Whether addresses are a list of people, and not the contacts of one house."""
    domains = {domain_of(address) for address in addresses}
    return len(domains) > 1 or len(addresses) > 3 * _LIST or not any(map(is_telling, domains))


def _quoted(text: str) -> Iterator[InText]:
    value, sender = "", False
    for line in (*text.splitlines(), ""):
        head = _HEAD.match(line)
        going_on = value and line.strip() and not head and not _OTHER_FIELD.match(line) and _goes_on(value, line)
        if going_on:
            value += " " + line.strip(" \t>|")
            continue
        if value:
            yield from _heads(value, wrote=sender)
            value = ""
        if head and ("@" in head["value"] or not head["value"].strip(" *")):
            value, sender = head["value"] or " ", head["name"].casefold() in _SENDER
        elif _WROTE.search(line.strip()):
            for start, end in find_addresses(line):
                yield InText(Party("", line[start:end]), ShownDetail.QUOTED, wrote=True)


def _goes_on(value: str, line: str) -> bool:
    """Whether a line continues a list of people: there is another address, or the one before ended with a comma."""
    return "@" in line or value.rstrip().endswith((",", ";")) or not value.strip()


def _heads(value: str, *, wrote: bool) -> Iterator[InText]:
    for party in parties(value):
        if party.address:
            yield InText(party, ShownDetail.QUOTED, wrote=wrote)
