"""``[approval]``: above how many messages a second person approves a run, who may, and for how long it holds."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Iterator, Mapping

import msgspec

from mailmerge.errors import Reason
from mailmerge.i18n import N_
from mailmerge.settings.bounds import Bounds, out_of_bounds
from mailmerge.text.shown import shorten

VALID_HOURS = 24
"""For how long an approval holds where nobody says."""
MOST_HOURS = 720
KEY_KIND = "ssh-ed25519"
_NUMBERS = {"required_above": Bounds(0, 1_000_000_000), "valid_hours": Bounds(1, MOST_HOURS)}
_HEAD = len(KEY_KIND).to_bytes(4, "big") + KEY_KIND.encode() + (32).to_bytes(4, "big")


class ApprovalRule(msgspec.Struct, forbid_unknown_fields=True, frozen=True, omit_defaults=True):
    """What somebody decided about approval; nothing is required while ``required_above`` is not set."""

    required_above: int | None = None
    """A run of more messages than this needs an approval."""
    valid_hours: int | None = None
    """For how many hours an approval holds."""
    approvers: dict[str, str] | None = None
    """Who may approve: by name the public key, ``ssh-ed25519 AAAA...``; None while nobody is named."""

    @property
    def hours(self) -> int:
        """For how many hours an approval holds."""
        return self.valid_hours or VALID_HOURS

    def requires(self, messages: int) -> bool:
        """Whether a run of this many messages needs an approval."""
        return self.required_above is not None and messages > self.required_above

    def name_of(self, key: bytes) -> str:
        """What the rule calls the owner of a public key; ``""`` where it does not know the key."""
        return next((name for name, line in (self.approvers or {}).items() if public_key(line) == key), "")


def stricter(one: ApprovalRule, other: ApprovalRule) -> ApprovalRule:
    """Both rules at once: the smaller numbers, and whoever may approve by each rule that names somebody."""
    approvers = other.approvers if one.approvers is None else one.approvers
    if one.approvers is not None and other.approvers is not None:
        keys = {public_key(line) for line in other.approvers.values()}
        approvers = {name: line for name, line in one.approvers.items() if public_key(line) in keys}
    return ApprovalRule(
        _smaller(one.required_above, other.required_above), _smaller(one.valid_hours, other.valid_hours), approvers
    )


def _smaller(one: int | None, other: int | None) -> int | None:
    return min((number for number in (one, other) if number is not None), default=None)


def public_key(line: str) -> bytes | None:
    """The 32 bytes of an Ed25519 key written as OpenSSH does; None where the text is anything else."""
    kind, _, rest = line.strip().partition(" ")
    if kind != KEY_KIND:
        return None
    try:
        blob = base64.b64decode(rest.split()[0] if rest.split() else "", validate=True)
    except (binascii.Error, ValueError):
        return None
    return blob[len(_HEAD) :] if blob.startswith(_HEAD) and len(blob) == len(_HEAD) + 32 else None


def key_line(key: bytes, comment: str = "") -> str:
    """A public key as OpenSSH writes it."""
    return f"{KEY_KIND} {base64.b64encode(_HEAD + key).decode()} {comment}".rstrip()


def rule_problems(table: object) -> Iterator[Reason]:
    """What is wrong with the values of an ``[approval]`` table; what its types are is looked at elsewhere."""
    if not isinstance(table, Mapping):
        return
    yield from out_of_bounds(table, _NUMBERS)
    approvers = table.get("approvers")
    for name, line in approvers.items() if isinstance(approvers, Mapping) else ():
        if isinstance(line, str) and public_key(line) is None:
            yield Reason("no-key", _NO_KEY, {"name": shorten(str(name))})


_NO_KEY = N_(
    "the key of {name} in approvers is not an Ed25519 public key: copy the line that `mailmerge approval key` prints on"
    " their computer, ssh-ed25519 AAAA..."
)
