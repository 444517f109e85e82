"""Mail addresses: what one is, when two are the same mailbox, and where they hide in text.

RFC 5321 4.1.2 (mailbox), RFC 5322 3.4.1 (addr-spec), RFC 6531 (SMTPUTF8), RFC 5891 (IDNA).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from unicodedata import normalize

from msgspec import Struct

from mailmerge.errors import Reason
from mailmerge.i18n import N_
from mailmerge.text.regex import regex

_BACKWARDS = regex(r"[\w.!#$%&'*+/=?^`{|}~-]+")
"""A local part, read from the @ to its beginning."""
_AFTER = regex(r"(?:[\w-]+\.)+[\w-]{2,}|\[[\w.:]+\]")
_OF_A_LINK = regex(r"//|[?&]")
"""What is before an address in a link; in an address it is as good as never."""
_PLAIN = regex(
    r"(?=.{6,254}\Z)(?=[^@]{1,64}@)[a-z0-9_+-]+(?:\.[a-z0-9_+-]+)*"
    r"@(?:(?!..--)[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,63}",
    re.ASCII | re.IGNORECASE,
)
"""What nearly every address is; anything else is for the library to judge, which takes twenty times as long."""
_QUOTED_PAIR = regex(r"\\(.)", re.DOTALL)
_GMAIL = frozenset({"gmail.com", "googlemail.com"})


class AddressInvalid(ValueError):
    """The text is not exactly one addr-spec."""

    def __init__(self, reason: Reason):
        super().__init__(reason)
        self.reason = reason
        """Why it is not."""

    def __str__(self) -> str:
        return str(self.reason)


class AddressTooLong(AddressInvalid):
    """It is longer than a server has to accept (RFC 5321 4.5.3.1)."""


class LocalPartTooLong(AddressTooLong):
    """The part before the @ alone is."""


MAX_LOCAL = 64
"""Octets of a local part, in UTF-8 too (RFC 5321 4.5.3.1.1, RFC 6531 3.3)."""
MAX_ADDRESS = 254
"""Octets of an address: those of a path less its angle brackets (RFC 5321 4.5.3.1.3)."""
_NONE = Reason("none", N_("no address"))
_SEVERAL = Reason("several", N_("more than one address"))
_TOO_LONG = Reason("too-long", N_("more than {octets} octets, which no server has to accept"), {"octets": MAX_ADDRESS})
_LOCAL_TOO_LONG = Reason(
    "local-too-long", N_("more than {octets} octets before the @, which no server has to accept"), {"octets": MAX_LOCAL}
)
_ATEXT = regex(r"[\w.!#$%&'*+/=?^`{|}~-]")
_LABEL = regex(r"[\w.-]")


class Mailbox(Struct, frozen=True):
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
        raise AddressInvalid(_NONE)
    if candidate.count("@") > 1:
        raise AddressInvalid(_SEVERAL)
    if _PLAIN.fullmatch(candidate):
        local, _, domain = candidate.partition("@")
        return candidate if domain.islower() else f"{local}@{domain.lower()}"
    if len(candidate.partition("@")[0].encode(errors="surrogatepass")) > MAX_LOCAL and "@" in candidate:
        raise LocalPartTooLong(_LOCAL_TOO_LONG)
    import email_validator

    email_validator.SPECIAL_USE_DOMAIN_NAMES.clear()  # the server refuses .test and .local, not this program
    try:
        valid = email_validator.validate_email(candidate, check_deliverability=False, allow_quoted_local=False)
    except email_validator.EmailNotValidError:
        if len(candidate.split()) == 1 and len(candidate.encode(errors="surrogatepass")) > MAX_ADDRESS:
            raise AddressTooLong(_TOO_LONG) from None
        raise AddressInvalid(_why_invalid(candidate)) from None
    address = f"{valid.local_part}@{valid.ascii_domain}"
    if max(len(address.encode()), len(candidate.encode())) > MAX_ADDRESS:
        raise AddressTooLong(_TOO_LONG)
    return address


def _why_invalid(candidate: str) -> Reason:
    """The nearest reason that a person can see; the library's own sentences are in English only."""
    local, at, domain = candidate.rpartition("@")
    if not at:
        return Reason("no-at", N_("there is no @"))
    if not local or not domain:
        return Reason("half", N_("nothing is before the @") if not local else N_("nothing is after the @"))
    if local.startswith('"'):
        return Reason("quoted", N_("the part before the @ cannot be in quotation marks"))
    if domain.startswith("["):
        return Reason("literal", N_("after the @ there must be a domain, not a number in brackets"))
    if len(candidate.split()) > 1:
        return Reason("space", N_("there is a space in it"))
    if ".." in candidate:
        return Reason("dots", N_("there are two full stops in a row"))
    if local.strip(".") != local:
        return Reason("local-dot", N_("the part before the @ begins or ends with a full stop"))
    if domain.strip(".-") != domain:
        return Reason("domain-edge", N_("the part after the @ begins or ends with a full stop or a hyphen"))
    if signs := _other_signs(local, _ATEXT):
        return Reason("local-signs", N_("these characters cannot be used before the @: {signs}"), {"signs": signs})
    if signs := _other_signs(domain, _LABEL):
        return Reason("domain-signs", N_("these characters cannot be used after the @: {signs}"), {"signs": signs})
    if "." not in domain:
        return Reason("no-dot", N_("the part after the @ has no full stop"))
    return Reason("domain", N_("the part after the @ is not a valid domain"))


def _other_signs(text: str, allowed: re.Pattern[str]) -> str:
    """The characters that are not allowed, each once; those that cannot be seen by their code points."""
    found = dict.fromkeys(sign for sign in text if not allowed.match(sign))
    return " ".join(sign if sign.isprintable() and not sign.isspace() else f"U+{ord(sign):04X}" for sign in found)


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


@lru_cache(maxsize=4096)
def same_mailbox_key(address: str) -> str:
    """A key that two spellings of one mailbox share.

    Case, the form of accents (NFC, NFD), quotes that a local part does not need (RFC 5321 4.1.2), A-labels, the dot
    that ends a domain, a ``+tag`` and, at Gmail, dots are ignored: providers deliver such addresses to one person.
    """
    local, _, domain = address.strip().rpartition("@")
    if not address.isascii():
        local, domain = normalize("NFC", normalize("NFC", local).casefold()), normalize("NFC", domain)
    if local.startswith('"'):
        local = _unquoted(local)
    local, domain = local.lower(), domain_key(domain.lower()).rstrip(".")
    local = local.partition("+")[0] or local
    if domain in _GMAIL:
        local, domain = local.replace(".", ""), "gmail.com"
    key = f"{local}@{domain}"
    return address if key == address else key  # one string less for most of a table


def _unquoted(local: str) -> str:
    """What a quoted local part stands for: its quotes and backslashes are no part of it."""
    if len(local) < 3 or not local.endswith('"'):
        return local
    return _QUOTED_PAIR.sub(r"\1", local[1:-1])


def domain_of(address: str) -> str:
    """The domain of an address, in small letters; of a text without ``@`` all of it."""
    return address.rpartition("@")[2].casefold()


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
        backwards = _BACKWARDS.match(text[max(0, at - 64) : at][::-1])
        after = _AFTER.match(text, at + 1)
        if backwards and after:
            start = at - backwards.end()
            before = text[start:at]
            if _OF_A_LINK.search(before):  # the end of "https://x.example/?u=jean@y.example"
                start += max(map(before.rfind, "/?=&#")) + 1
            if start < at:
                yield start, after.end()
        at = text.find("@", at + 1)


def is_one_address(text: str) -> bool:
    """Whether a text is something that looks like an address, and nothing else."""
    return "@" in text and next(find_addresses(text), None) == (0, len(text))


def is_from_a_list(text: str) -> bool:
    """Whether a text is an address as mail programs list it: ``Zoé <zoe@x.example>;``, ``mailto:zoe@x.example``."""
    found = list(find_addresses(text))
    if any(text[start - 1 : start] in ("<", ":") for start, _ in found):
        return True
    for start, end in reversed(found):
        text = text[:start] + text[end:]
    return bool(found) and not any(map(str.isalnum, text))
