"""What a second person said about an earlier run of the campaign, for a rule to repeat."""

from __future__ import annotations

from msgspec import Struct


class Remark(Struct, frozen=True):
    """Something that a second person found wrong."""

    record: int
    """The person whose message it is about; 0 where it is about the whole run."""
    by: str
    run: str
    reason: str
