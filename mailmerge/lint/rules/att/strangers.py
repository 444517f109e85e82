"""Whose an address in a file is, where nobody of the table has it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mailmerge.lint.vocabulary import FREE_MAIL, ROLES
from mailmerge.text.addresses import domain_of, same_mailbox_key
from mailmerge.text.regex import regex

if TYPE_CHECKING:
    from mailmerge.lint.views.message import MessageView


_WORD = regex(r"[a-z]+")


def is_stranger(view: MessageView, address: str) -> bool:
    """Whether an address is a person's who is not in the table, and not of the sender's own house."""
    key = same_mailbox_key(address)
    if key in view.own_keys or key in view.shape.allowed or key in view.shape.address_keys:
        return False
    local, _, domain = key.rpartition("@")
    house = {domain_of(mailbox.address) for mailbox in view.message.mailboxes("From")}
    house |= {allowed.rpartition("@")[2] for allowed in view.inspection.allowed}
    if domain in house - FREE_MAIL or not ROLES.isdisjoint((local, local.replace("-", ""), *_WORD.findall(local))):
        return False
    return not view.inspection.identities.address_owners(key)


def is_others(view: MessageView, address: str) -> bool:
    """Whether an address is that of anybody but the recipient and the sender's house."""
    key = same_mailbox_key(address)
    owners = view.inspection.identities.address_owners(key)
    return view.record.number not in owners if owners else is_stranger(view, address)
