"""WIR905: whatever is about the sender is the sender's."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from functools import lru_cache

from mailmerge.addresses import same_mailbox_key
from mailmerge.i18n import N_
from mailmerge.lint.finding import Suppression
from mailmerge.lint.rule import RuleDoc, Scope, rule
from mailmerge.lint.vocabulary import FREE_MAIL
from mailmerge.lint.wire.headers import Scan, one_mailbox
from mailmerge.model import SealedMessage, Severity
from mailmerge.text import shorten

DOC = RuleDoc(
    title=N_("Whatever is about the sender is the sender's."),
    what=N_(
        "a reverse path, From, Reply-To, Return-Path, Disposition-Notification-To or Message-ID that is not of the "
        "sender's own or declared addresses."
    ),
    why=N_("answers and bounces carry the whole letter; they must not reach a stranger."),
    bad=N_("Reply-To: somebody@else.example, from a cell"),
    good=N_("Reply-To: rh@exemple.test for a letter from rh@exemple.test"),
    fix=N_("write an address of the account, or one of its domain."),
)


@rule("WIR905", "sender-headers", Severity.BLOCK, Suppression.NEVER, Scope.WIRE, DOC)
def sender_headers(sealed: SealedMessage, scan: Scan, senders: Collection[str]) -> Iterator[str]:
    """Whatever is about the sender is the sender's."""
    keys, domains = _of_senders(tuple(senders))
    house = domains - FREE_MAIL

    def is_own(address: str) -> bool:
        return same_mailbox_key(address) in keys or address.rpartition("@")[2].casefold() in house

    if not is_own(sealed.envelope.reverse_path):
        yield f"the reverse path is not the sender's: {shorten(sealed.envelope.reverse_path)}"
    for name in ("from", "reply-to", "return-path", "disposition-notification-to"):
        if name in scan:
            address = one_mailbox(scan.value(name))
            if address is None or not is_own(address):
                yield f"{name} is not the sender's: {shorten(scan.value(name))}"
    message_id = scan.value("message-id")
    left, at, domain = message_id.removeprefix("<").removesuffix(">").partition("@")
    if message_id != sealed.message_id or f"<{left}{at}{domain}>" != message_id or not left or not at:
        yield f"the Message-ID is not the sealed one: {shorten(message_id)}"
    elif any(c in '<>@ \t"(),:;' for c in left + domain) or domain.casefold() not in domains:
        yield f"the Message-ID is not of the sender's domain: {shorten(message_id)}"


@lru_cache(maxsize=16)
def _of_senders(senders: tuple[str, ...]) -> tuple[frozenset[str], frozenset[str]]:
    """Their mailbox keys and their domains."""
    domains = (sender.rpartition("@")[2].casefold() for sender in senders)
    return frozenset(map(same_mailbox_key, senders)), frozenset(domains)
