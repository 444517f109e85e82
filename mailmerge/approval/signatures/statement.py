"""What a second person signs: a text that a person can read too, and that survives being pasted into a mail."""

from __future__ import annotations

import datetime
import json
import re
import unicodedata
from collections.abc import Sequence
from typing import Literal

from msgspec import Struct

from mailmerge.errors import InputError
from mailmerge.i18n import N_
from mailmerge.text.regex import regex
from mailmerge.text.shown import one_line

FORMAT = "mailmerge-approval/1"
Verdict = Literal["approved", "refused"]
LONGEST = 1 << 20
"""Characters of a pasted text that are looked through."""


class Wrong(Struct, frozen=True):
    """A letter that the second person found to be wrong, and why."""

    record: int
    reason: str


class Statement(Struct, frozen=True, kw_only=True):
    """One person's verdict on one run."""

    run: str
    root: str
    """``sha256:`` and 64 hexadecimal digits."""
    messages: int
    verdict: Verdict
    looked_at: int
    decoys_found: int
    decoys_shown: int
    approver: str
    at: datetime.datetime
    expires: datetime.datetime
    wrong: Sequence[Wrong] = ()

    @property
    def text(self) -> str:
        """The text that is signed: LF line ends, UTF-8."""
        lines = [
            FORMAT,
            f"run {self.run}",
            f"root {self.root}",
            f"messages {self.messages}",
            f"verdict {self.verdict}",
            f"looked-at {self.looked_at} of {self.messages}",
            f"decoys {self.decoys_found} of {self.decoys_shown}",
            *(f"wrong {each.record} {_quoted(each.reason)}" for each in self.wrong),
            f"approver {plain_name(self.approver)}",
            f"at {self.at.isoformat()}",
            f"expires {self.expires.isoformat()}",
        ]
        return "".join(f"{line}\n" for line in lines)


def plain_name(name: str) -> str:
    """A name as a statement has it: composed, on one line, one space between words."""
    return unicodedata.normalize("NFC", one_line(name))[:200] or "?"


def _quoted(reason: str) -> str:
    return json.dumps(unicodedata.normalize("NFC", one_line(reason))[:500], ensure_ascii=False)


_TIME = r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,6})?[+-]\d\d:\d\d"
_STATEMENT = regex(
    r"mailmerge-approval/1 run (?P<run>[0-9A-Za-z_-]+) root (?P<root>sha256: ?(?:[0-9a-f] ?){64})"
    r" ?messages (?P<messages>\d{1,9}) verdict (?P<verdict>approved|refused)"
    r" looked-at (?P<looked>\d{1,9}) of (?P<of>\d{1,9}) decoys (?P<found>\d{1,9}) of (?P<shown>\d{1,9})"
    r'(?P<wrong>(?: wrong \d{1,9} "(?:[^"\\]|\\.)*")*) approver (?P<approver>.{1,400}?)'
    rf" at (?P<at>{_TIME}) expires (?P<expires>{_TIME})"
)
_WRONG = regex(r' wrong (?P<record>\d{1,9}) (?P<reason>"(?:[^"\\]|\\.)*")')
_SIGNATURE = regex(r"[-–—]{2,} ?BEGIN SSH SIGNATURE ?[-–—]{2,}(?P<body>[A-Za-z0-9+/=\s]*)[-–—]{2,} ?END SSH SIG")
_QUOTED = regex(r"^(?:\s*\w{1,4}(?=>))?[\s>|]+")  # with somebody's initials, as some programs quote
_UNSEEN = dict.fromkeys(map(ord, "\u00ad\u200b\u2060\ufeff"))
"""What web pages and chats put between characters, for a line to end there or not to."""
_NEWER = regex(r"mailmerge-approval/([2-9]|[1-9]\d+)\b")


def parse_approval(text: str) -> tuple[Statement, str]:
    """A statement and the base64 of its signature, out of a text that was pasted: quoted, wrapped, with other lines.

    The statement is rebuilt from its values: what surrounds them, and how the lines end, decides nothing.

    Raises:
        InputError: there is no whole approval in it.
    """
    if len(text) > LONGEST:
        raise InputError(N_("this is too long to be an approval: give the file RUN.approval, or paste it"))
    flat = _flat(text)
    if FORMAT not in flat.translate(_UNSEEN):
        if _NEWER.search(flat):
            raise InputError(N_("this approval was written by a newer mailmerge: update the program"))
        raise InputError(N_("there is no approval in it: give the file RUN.approval, or paste all of its text"))
    found, signature = _whole(flat)
    if not found or not signature:
        found, signature = _whole(_flat(text.translate(_UNSEEN)))
    if not found or not signature:
        raise InputError(N_("the approval is not whole: give the file RUN.approval, or paste all of its text"))
    if found["of"] != found["messages"]:
        raise InputError(N_("the approval gives two different numbers of messages: ask for a new one"))
    try:
        statement = Statement(
            run=found["run"],
            root=found["root"].replace(" ", ""),
            messages=int(found["messages"]),
            verdict="approved" if found["verdict"] == "approved" else "refused",
            looked_at=int(found["looked"]),
            decoys_found=int(found["found"]),
            decoys_shown=int(found["shown"]),
            approver=found["approver"],
            at=datetime.datetime.fromisoformat(found["at"]),
            expires=datetime.datetime.fromisoformat(found["expires"]),
            wrong=tuple(Wrong(int(m["record"]), json.loads(m["reason"])) for m in _WRONG.finditer(found["wrong"])),
        )
    except ValueError:
        raise InputError(
            N_("the approval is not whole: give the file RUN.approval, or paste all of its text")
        ) from None
    return statement, "".join(signature["body"].split())


def _flat(text: str) -> str:
    """A text on one line, less the marks of a quotation."""
    unquoted = "\n".join(_QUOTED.sub("", line) for line in text.splitlines())
    return " ".join(unicodedata.normalize("NFC", unquoted).split())


def _whole(flat: str) -> tuple[re.Match[str] | None, re.Match[str] | None]:
    """The statement, and the signature below it."""
    found = _STATEMENT.search(flat)
    return found, _SIGNATURE.search(flat, found.end()) if found else None
