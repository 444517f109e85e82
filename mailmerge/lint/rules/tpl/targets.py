"""Where a link or a picture of a letter leads, as far as one can tell without following it."""

from __future__ import annotations

import re
from enum import StrEnum
from urllib.parse import urlsplit

from mailmerge.lint.domains import ending_exists
from mailmerge.text.addresses import AddressInvalid, parse_address
from mailmerge.text.regex import regex

_SCHEME = regex(r"([A-Za-z][A-Za-z0-9+-]+):")
_HOST = regex(r"(?:[\w-]+\.)+[A-Za-z]{2,}\Z")
_FILE = regex(r"\.(?:pdf|docx?|xlsx?|pptx?|odt|ods|odp|rtf|txt|csv|md|html?|png|jpe?g|gif|svg|webp|zip|ics)\Z", re.I)
_INERT = frozenset({"javascript", "vbscript", "about", "data", "blob"})
_HERE = frozenset({"localhost", "127.0.0.1", "::1", "0.0.0.0"})  # noqa: S104  (nothing listens)


class Lead(StrEnum):
    """What is wrong with where a link leads."""

    NOWHERE = "nowhere"
    FILE = "file"
    """A file of the author's computer."""
    INCOMPLETE = "incomplete"
    """An address without ``https://``."""
    ANCHOR = "anchor"
    """A place that the message does not have."""
    MAIL = "mail"
    """An e-mail address that is none."""


def lead_of(target: str, anchors: frozenset[str]) -> Lead | None:
    """What is wrong with a link's target; None for nothing."""
    target = target.strip()
    if not target.strip("#"):
        return Lead.NOWHERE
    if target.startswith("#"):
        return None if target[1:] in anchors else Lead.ANCHOR
    if re.match(r"[A-Za-z]:[\\/]|\\\\|file:", target, re.IGNORECASE):
        return Lead.FILE
    scheme = _SCHEME.match(target)
    if scheme and "." not in scheme[1]:
        return _lead_of_scheme(scheme[1].lower(), target, target[scheme.end() :])
    host = re.split(r"[/?#:]", target.lstrip("/"))[0]
    if target.startswith("//") or (_HOST.match(host) and not _is_file(host)):
        return Lead.INCOMPLETE
    return Lead.INCOMPLETE if "@" in target and _is_address(target) else Lead.FILE


def _lead_of_scheme(scheme: str, target: str, rest: str) -> Lead | None:
    if scheme in _INERT or not rest.strip("/"):
        return Lead.NOWHERE
    if scheme in ("http", "https"):
        host = host_of(target)
        if not host:
            return Lead.NOWHERE
        return Lead.FILE if host in _HERE else None
    if scheme == "mailto":
        return None if all(map(_is_address, re.split("[,;]", rest.partition("?")[0]))) else Lead.MAIL
    return None


def _is_address(text: str) -> bool:
    try:
        parse_address(text.strip().replace("%40", "@"))
    except AddressInvalid:
        return False
    return True


def _is_file(host: str) -> bool:
    return _FILE.search(host) is not None and not host.casefold().startswith("www.")


def host_of(address: str) -> str:
    """The host of an address, without ``www.``; ``""`` where it has none."""
    try:
        return (urlsplit(address).hostname or "").removeprefix("www.").rstrip(".")
    except ValueError:
        return ""


_SHOWN = regex(r"https?://[^\s<>\"«»“”]+|\bwww\.[^\s<>\"«»“”]+", re.IGNORECASE)
_ALONE = regex(r"(?:[\w-]+\.)+[A-Za-z]{2,}(?:[/?#]\S*)?\Z")


def shown_address(text: str) -> str:
    """The address of a page, or the e-mail address, that the words of a link show; ``""`` where they show none."""
    words = " ".join(text.split())
    if found := _SHOWN.search(words):
        address = found[0].rstrip(".,;:!?)")
        return address if "://" in address else f"https://{address}"
    if "@" in words and _is_address(words):
        return f"mailto:{words}"
    if _ALONE.match(words):
        host = re.split("[/?#]", words)[0]
        if ending_exists(host) and not _is_file(host):
            return f"https://{words}"
    return ""


def diverges(shown: str, target: str) -> bool:
    """Whether a link leads elsewhere than its words say: to another host, another page, another mailbox."""
    if shown.startswith("mailto:") or target.lower().startswith("mailto:"):
        return _mailbox(shown) != _mailbox(target)
    if "://" not in target:
        return False
    here, there = host_of(shown), host_of(target)
    if here != there:
        return not (there.endswith(f".{here}") and not _path(shown))
    return bool(_path(shown)) and _path(shown) != _path(target)


def _mailbox(address: str) -> str:
    return address.partition(":")[2].partition("?")[0].replace("%40", "@").strip().casefold()


def _path(address: str) -> str:
    try:
        return urlsplit(address).path.rstrip("/")
    except ValueError:
        return ""
