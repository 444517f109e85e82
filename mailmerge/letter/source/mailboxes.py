"""The mailboxes that a letter writes in a header, read before any value is in them (RFC 5322 3.4)."""

from __future__ import annotations

import re
from collections.abc import Callable

from mailmerge.errors import Reason
from mailmerge.letter.placeholders import PLACEHOLDER, to_pattern
from mailmerge.letter.reasons import reason
from mailmerge.model.patterns import MailboxPattern
from mailmerge.text.addresses import AddressInvalid, parse_address
from mailmerge.text.regex import regex
from mailmerge.text.shown import one_line, shorten

_TOKEN = regex(r'"(?:[^"\\]|\\.)*"|\((?:[^()\\]|\\.)*\)|<[^<>]*>|[,;]|[^"(<,;]+|.', re.DOTALL)


def read_mailboxes(skeleton: str) -> tuple[MailboxPattern, ...]:
    """The mailboxes of a header's skeleton, separated by ``,`` or ``;``; comments are left out.

    A value put in later is all display name or all address, whatever it holds.
    """
    mailboxes: list[MailboxPattern] = []
    name: list[str] = []
    address: str | None = None

    def end() -> None:
        nonlocal address
        words = " ".join("".join(name).split())
        if address is None:
            words, address = "", words
        if words or address:
            mailboxes.append(MailboxPattern(to_pattern(words), to_pattern(address.strip())))
        name.clear()
        address = None

    for token in _TOKEN.findall(" ".join(skeleton.split())):
        if token in (",", ";"):
            end()
        elif token.startswith("(") and token.endswith(")"):
            continue
        elif token.startswith("<") and token.endswith(">"):
            if address is not None:
                end()
            address = token[1:-1]
        elif token.startswith('"') and token.endswith('"') and len(token) > 1:
            name.append(re.sub(r"\\(.)", r"\1", token[1:-1]))
        else:
            name.append(token)
    end()
    return tuple(mailboxes)


_EXAMPLE = "Claire Martin <claire@example.com>"
_QUOTED = regex(r'"(?:[^"\\]|\\.)*"|\((?:[^()\\]|\\.)*\)')
_ANGLES = regex(r"<([^<>]*)>")


def sender_problem(header: str, skeleton: str, written: Callable[[str], str] = str) -> Reason | None:
    """What is wrong with a From or Reply-To, and what to write instead; None for one mailbox.

    RFC 5322 allows several mailboxes in both (3.6.2). This program does not: From with several would need a Sender
    field, and mail programs differ about whom they answer where Reply-To has several. ``written`` turns a skeleton
    into what the author wrote.
    """
    text = " ".join(skeleton.split())
    found = _problem(header, text, lambda part: one_line(written(part)))
    if found is None:
        return None
    kind, write = found
    return reason(kind, header=header, text=shorten(one_line(written(text)), 60), write=f"{header}: {write}")


_Problem = tuple[str, str]
"""The token of what is wrong, and the mailbox to write."""


def _problem(header: str, text: str, written: Callable[[str], str]) -> _Problem | None:
    bare = _QUOTED.sub(lambda quoted: " " * len(quoted[0]), text)
    if '"' in bare:
        return "sender-quote", _EXAMPLE
    if bare.count("<") != bare.count(">") or re.search(r"<[^>]*<|>[^<]*>|\A[^<]*>", bare):
        return "sender-angle", _repaired(text, written)
    boxes = read_mailboxes(text)
    addresses = [box.address for box in boxes]
    if len(boxes) > 1:
        named = _ANGLES.search(bare)
        before = text[: named.start()].strip() if named else ""
        if named and len(_ANGLES.findall(bare)) == 1 and "@" not in before and not text[named.end() :].strip(" ,;"):
            name = written(before).replace('"', "")
            kind = "sender-semicolon" if ";" in _QUOTED.sub("", before) else "sender-comma"
            return kind, f'"{name}" <{written(named[1]).strip()}>'
        return "sender-several-from" if header == "From" else "sender-several", ""
    if not boxes or ("@" not in text and not addresses[0].slots):
        return "sender-no-address", _completed(text, written)
    if any(sign in constant for constant in boxes[0].name.constants for sign in "@<>"):
        return "sender-sign-in-name", _EXAMPLE
    return _address_problem(text, written)


def _address_problem(text: str, written: Callable[[str], str]) -> _Problem | None:
    found = _ANGLES.search(_QUOTED.sub(lambda quoted: " " * len(quoted[0]), text))
    source = found[1].strip() if found else " ".join(_QUOTED.sub(" ", text).split())
    name = written(text[: found.start()]).strip() if found else ""
    if PLACEHOLDER.fullmatch(source):
        return None
    try:
        address = parse_address(_with_samples(source))
    except AddressInvalid:
        words = source.split()
        if len(words) > 1 and _is_valid(words[-1]) and "@" not in " ".join(words[:-1]):
            rest = written(" ".join(words[:-1]))
            return "sender-brackets", f"{rest} <{written(words[-1])}>"
        without = "".join(source.split())
        if without != source and _is_valid(without):
            whole = f"{name} <{written(without)}>" if name else written(without)
            return "sender-space", whole
        if source.count("@") > 1 and _is_valid(re.sub("@+", "@", source)):
            single = written(re.sub("@+", "@", source))
            return "sender-two-ats", f"{name} <{single}>" if name else single
        if source.count("@") > 1:
            return "sender-ats", _EXAMPLE
        return "sender-invalid", _completed(text, written)
    if not address.isascii():
        return "sender-accent", _EXAMPLE
    return None


def _with_samples(source: str) -> str:
    """The address with something plain in the place of each field."""
    return PLACEHOLDER.sub(lambda found: "x.example" if source[: found.start()].endswith("@") else "x", source)


def _is_valid(source: str) -> bool:
    try:
        parse_address(_with_samples(source))
    except AddressInvalid:
        return False
    return True


def _repaired(text: str, written: Callable[[str], str]) -> str:
    """A mailbox with its brackets put right, where that is plain; else an example."""
    before = text.rstrip("> ")
    address = re.split(r'[\s<>,;"]', before)[-1]
    if "@" not in address or not _is_valid(address):
        return _EXAMPLE
    name = " ".join(re.sub("[<>]", " ", before[: -len(address)]).split())
    quoted = f'"{written(name)}"' if re.search("[,;:]", name) else written(name)
    return f"{quoted} <{written(address)}>" if name else written(address)


def _completed(text: str, written: Callable[[str], str]) -> str:
    """The name that was written, with an example of an address."""
    name = " ".join(word for word in re.sub(r"<[^<>]*>", " ", text).split() if "@" not in word).strip(' ,;"')
    return f"{written(name)} <claire@example.com>" if name and not re.search(r"[,;:<>]", name) else _EXAMPLE
