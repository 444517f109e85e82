"""Mail addresses: what one is, when two are the same mailbox, and where they hide in text.

RFC 5321 4.1.2 (mailbox), RFC 5322 3.4.1 (addr-spec), RFC 6531 (SMTPUTF8), RFC 5891 (IDNA).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

_BEFORE = re.compile(r"[\w.!#$%&'*+/=?^`{|}~-]+\Z")
_AFTER = re.compile(r"(?:[\w-]+\.)+[\w-]{2,}|\[[\w.:]+\]")
_OF_A_LINK = re.compile(r"//|[?&]")
"""What is before an address in a link; in an address it is as good as never."""
_PLAIN = re.compile(
    r"(?=.{6,254}\Z)(?=[^@]{1,64}@)[a-z0-9_+-]+(?:\.[a-z0-9_+-]+)*"
    r"@(?:(?!..--)[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,63}",
    re.ASCII | re.IGNORECASE,
)
"""What nearly every address is; anything else is for the library to judge, which takes twenty times as long."""
_GMAIL = frozenset({"gmail.com", "googlemail.com"})


class AddressInvalid(ValueError):
    """The text is not exactly one addr-spec; the message says why."""


class AddressTooLong(AddressInvalid):
    """It is longer than a server has to accept (RFC 5321 4.5.3.1)."""


class LocalPartTooLong(AddressTooLong):
    """The part before the @ alone is."""


MAX_LOCAL = 64
"""Octets of a local part, in UTF-8 too (RFC 5321 4.5.3.1.1, RFC 6531 3.3)."""
MAX_ADDRESS = 254
"""Octets of an address: those of a path less its angle brackets (RFC 5321 4.5.3.1.3)."""
_TOO_LONG = f"more than {MAX_ADDRESS} octets, which no server has to accept"


@dataclass(frozen=True, slots=True)
class Mailbox:
    """A display name (possibly empty) and one addr-spec (RFC 5322 3.4)."""

    name: str
    address: str


@lru_cache(maxsize=4096)
def parse_address(text: str) -> str:
    """The addr-spec in ``text``, surrounding spaces trimmed, with its domain in A-labels (IDNA 2008).

    Raises:
        AddressInvalid: nothing, more than one, a display name, a comment, a quoted local part, or not an address.
        AddressTooLong: the address, or its local part (:class:`LocalPartTooLong`), has more octets than a server has
            to accept.
    """
    candidate = text.strip()
    if not candidate:
        raise AddressInvalid("no address")
    if candidate.count("@") > 1:
        raise AddressInvalid("more than one address")
    if _PLAIN.fullmatch(candidate):
        local, _, domain = candidate.partition("@")
        return candidate if domain.islower() else f"{local}@{domain.lower()}"
    if len(candidate.partition("@")[0].encode(errors="surrogatepass")) > MAX_LOCAL and "@" in candidate:
        raise LocalPartTooLong(f"more than {MAX_LOCAL} octets before the @, which no server has to accept")
    import email_validator

    email_validator.SPECIAL_USE_DOMAIN_NAMES.clear()  # the server refuses .test and .local, not this program
    try:
        valid = email_validator.validate_email(candidate, check_deliverability=False, allow_quoted_local=False)
    except email_validator.EmailNotValidError as error:
        if len(candidate.split()) == 1 and len(candidate.encode(errors="surrogatepass")) > MAX_ADDRESS:
            raise AddressTooLong(_TOO_LONG) from None
        raise AddressInvalid(str(error).rstrip(".")) from None
    address = f"{valid.local_part}@{valid.ascii_domain}"
    if max(len(address.encode()), len(candidate.encode())) > MAX_ADDRESS:
        raise AddressTooLong(_TOO_LONG)
    return address


def is_plain(text: str) -> bool:
    """Whether ``text`` is an address such as nearly every one is, which needs no closer look."""
    return _PLAIN.fullmatch(text) is not None


def is_address(text: str) -> bool:
    """Whether ``text`` is exactly one addr-spec."""
    try:
        parse_address(text)
    except AddressInvalid:
        return False
    return True


def needs_smtputf8(address: str) -> bool:
    """Whether the local part needs RFC 6531 support of the server (the domain never does: it is in A-labels)."""
    return not address.isascii()


@lru_cache(maxsize=4096)
def same_mailbox_key(address: str) -> str:
    """A key that two spellings of one mailbox share.

    Case, A-labels, a ``+tag`` and, at Gmail, dots are ignored: providers deliver such addresses to one person.
    """
    local, _, domain = address.strip().casefold().rpartition("@")
    domain = domain_key(domain)
    local = local.partition("+")[0] or local
    if domain in _GMAIL:
        local, domain = local.replace(".", ""), "gmail.com"
    key = f"{local}@{domain}"
    return address if key == address else key  # one string less for most of a table


def domain_key(domain: str) -> str:
    """The domain in lower-case A-labels, or as it is where it is no domain name."""
    if domain.isascii():
        return domain
    import idna

    try:
        return idna.encode(domain, uts46=True).decode()
    except idna.IDNAError:
        return domain


def find_addresses(text: str) -> Iterator[tuple[int, int]]:
    """Where addresses stand in ``text``: ``(start, end)`` of each, left to right.

    ``find("@")`` first and a pattern only around it: text without an address costs one scan.
    """
    at = text.find("@")
    while at != -1:
        before = _BEFORE.search(text, max(0, at - 64), at)
        after = _AFTER.match(text, at + 1)
        if before and after:
            start = before.start()
            if _OF_A_LINK.search(before.group()):  # the end of "https://x.example/?u=jean@y.example"
                start += max(map(before.group().rfind, "/?=&#")) + 1
            if start < at:
                yield start, after.end()
        at = text.find("@", at + 1)
