"""What is wrong with the bytes of a message, as data: put into words only where somebody reads it."""

from __future__ import annotations

from collections.abc import Mapping

from msgspec import Struct, field

from mailmerge.i18n import N_
from mailmerge.lint.sentence import Sentence, Value

REPORT_IT = N_("Your files are not the cause: please report this as a bug in mailmerge.")
"""What to do about bytes that only this program can have made."""


class WireProblem(Struct, frozen=True):
    """One reason why a message may not leave."""

    says: Sentence
    values: Mapping[str, Value] = field(default_factory=dict)
    """What goes into the sentence, by name."""
