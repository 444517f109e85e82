"""Values that do not say what they hold: a secret, or somebody's letter, must not reach a log through a ``repr``."""

from __future__ import annotations

from msgspec import Struct


class Reticent(Struct, frozen=True):
    """A value whose ``repr`` names its class alone."""

    def __repr__(self) -> str:
        """Without a single field."""
        return f"{type(self).__name__}(...)"
