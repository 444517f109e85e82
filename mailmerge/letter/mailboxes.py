"""The mailboxes that a letter writes in a header, read before any value is in them (RFC 5322 3.4)."""

from __future__ import annotations

import re

from mailmerge.letter.marks import cut
from mailmerge.patterns import MailboxPattern

_TOKEN = re.compile(r'"(?:[^"\\]|\\.)*"|\((?:[^()\\]|\\.)*\)|<[^<>]*>|[,;]|[^"(<,;]+|.', re.DOTALL)


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
            mailboxes.append(MailboxPattern(cut(words), cut(address.strip())))
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
