"""What is chosen on the campaign screen: what the keys are about."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from mailmerge.lint import Finding
    from mailmerge.model import Recipient


@dataclass(frozen=True, slots=True)
class Selection:
    """At this moment."""

    person: Recipient | None
    """Under the cursor; None where nobody is shown."""
    number: int
    """The record whose message is on screen; 0 for none."""
    finding: Finding | None
    """Under the cursor."""
    view: str
    """Of the message: ``letter``, ``html`` …"""
