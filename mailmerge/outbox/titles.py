"""What a home and the run of a test are called: kept in English, said in the language of whoever reads it."""

from __future__ import annotations

import re

from msgspec import Struct

from mailmerge.i18n import N_, _
from mailmerge.text.regex import regex

PLACE = N_("{folder} on {computer}")
"""Where a home is."""
NAMELESS = N_("this computer")
TEST = N_("{campaign} (test to {address})")
"""What the run of a message to oneself is called."""
_TEST = regex(r"(.*) \(test to ([^()]+)\)", re.DOTALL)


class KeptPlace(Struct, frozen=True):
    """Where a home is, in a sentence of ours."""

    text: str
    """As it is kept."""

    def __str__(self) -> str:
        folder, _on, computer = self.text.rpartition(" on ")
        computer = _(computer) if computer == NAMELESS else computer
        return _(PLACE).format(folder=folder, computer=computer) if folder else self.text


def run_title(campaign: str) -> str:
    """What a run is called: as its campaign, or as a test of it."""
    found = _TEST.fullmatch(campaign)
    return _(TEST).format(campaign=found[1], address=found[2]) if found else campaign
