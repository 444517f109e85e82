"""WIR905: whatever names the sender is the sender's own."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from functools import lru_cache

from mailmerge.i18n import N_
from mailmerge.lint.finding import Suppression
from mailmerge.lint.rule import RuleDoc, Scope, rule
from mailmerge.lint.sentence import Quoted, Sentence
from mailmerge.lint.vocabulary import FREE_MAIL
from mailmerge.lint.wire.headers import Scan, one_mailbox
from mailmerge.lint.wire.problem import REPORT_IT, WireProblem
from mailmerge.model import SealedMessage, Severity
from mailmerge.text.addresses import domain_of, same_mailbox_key

DOC = RuleDoc(
    title=N_("Whatever names the sender is the sender's own."),
    what=N_(
        "A reverse path, From, Reply-To, Return-Path, Disposition-Notification-To or Message-ID that does not belong "
        "to the sender's own or declared addresses."
    ),
    why=N_("Replies and bounces contain the whole letter; they must not reach a stranger."),
    bad=N_("Reply-To: somebody@else.example, from a cell"),
    good=N_("Reply-To: rh@exemple.test for a letter from rh@exemple.test"),
    fix=N_("Use an address of the account, or one in its domain."),
)
_OWN = N_("Use an address of the account, or one in its domain.")
REVERSE_PATH = Sentence("wir905.reverse-path", one=N_("the reverse path is not the sender's own: {address}"), fix=_OWN)
STRANGER = Sentence("wir905.stranger", one=N_("the header {name} is not the sender's own: {value}"), fix=_OWN)
OTHER_ID = Sentence("wir905.other-id", one=N_("the Message-ID is not the sealed one: {value}"), fix=REPORT_IT)
ID_DOMAIN = Sentence("wir905.id-domain", one=N_("the Message-ID is not in the sender's domain: {value}"), fix=REPORT_IT)


@rule("WIR905", "sender-headers", Severity.BLOCK, Suppression.NEVER, Scope.WIRE, DOC)
def sender_headers(sealed: SealedMessage, scan: Scan, senders: Collection[str]) -> Iterator[WireProblem]:
    """Whatever names the sender is the sender's own."""
    keys, domains = _of_senders(tuple(senders))
    house = domains - FREE_MAIL

    def is_own(address: str) -> bool:
        return same_mailbox_key(address) in keys or domain_of(address) in house

    if not is_own(sealed.envelope.reverse_path):
        yield WireProblem(REVERSE_PATH, {"address": Quoted(sealed.envelope.reverse_path)})
    for name in ("from", "reply-to", "return-path", "disposition-notification-to"):
        if name in scan:
            address = one_mailbox(scan.value(name))
            if address is None or not is_own(address):
                yield WireProblem(STRANGER, {"name": name, "value": Quoted(scan.value(name))})
    message_id = scan.value("message-id")
    left, at, domain = message_id.removeprefix("<").removesuffix(">").partition("@")
    if message_id != sealed.message_id or f"<{left}{at}{domain}>" != message_id or not left or not at:
        yield WireProblem(OTHER_ID, {"value": Quoted(message_id)})
    elif any(c in '<>@ \t"(),:;' for c in left + domain) or domain.casefold() not in domains:
        yield WireProblem(ID_DOMAIN, {"value": Quoted(message_id)})


@lru_cache(maxsize=16)
def _of_senders(senders: tuple[str, ...]) -> tuple[frozenset[str], frozenset[str]]:
    """Their mailbox keys and their domains."""
    domains = (domain_of(sender) for sender in senders)
    return frozenset(map(same_mailbox_key, senders)), frozenset(domains)
