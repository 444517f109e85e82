"""What is chosen on the campaign screen: what the keys are about."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

if TYPE_CHECKING:
    from mailmerge.lint import Finding
    from mailmerge.model import Recipient


class Selection(Struct, frozen=True):
    """At this moment."""

    person: Recipient | None
    """Under the cursor; None where nobody is shown."""
    number: int
    """The record whose message is on screen; 0 for none."""
    finding: Finding | None
    """Under the cursor."""
    view: str
    """Of the message: ``letter``, ``html`` …"""
