"""One access token, and how old it is."""

from __future__ import annotations

import math
import time

from msgspec import Struct

from mailmerge.accounts.oauth import web
from mailmerge.accounts.secret import Secret

SPACING = 60.0
"""Seconds between two renewals: more often, and Microsoft calls it a loop (AADSTS50196)."""
_USUAL_LIFE = 3600.0


class AccessToken(Struct, frozen=True):
    """A token, and when it came."""

    secret: Secret
    life: float
    """Seconds, from when it came."""
    came: float
    """On the monotonic clock."""
    came_by_the_wall: float
    """On the wall clock, since the monotonic one may stop while a laptop sleeps."""

    @classmethod
    def of(cls, answer: web.Answer) -> AccessToken:
        """The token of an answer (RFC 6749 5.1).

        Raises:
            KeyError, TypeError: there is none in it.
        """
        token = answer["access_token"]
        if not isinstance(token, Secret) or not token:
            raise TypeError("access_token")
        try:
            life = float(answer.get("expires_in", _USUAL_LIFE))
        except (TypeError, ValueError):
            life = _USUAL_LIFE
        life = max(0.0, life) if math.isfinite(life) else _USUAL_LIFE
        return cls(token, life, time.monotonic(), time.time())

    @property
    def age(self) -> float:
        """Seconds since it came, by whichever clock counted more."""
        return max(time.monotonic() - self.came, time.time() - self.came_by_the_wall)

    @property
    def left(self) -> float:
        """Seconds that it is still good for."""
        return self.life - self.age

    @property
    def rested(self) -> bool:
        """Whether it is old enough to be renewed: a minute, or half its life where it lives less than two."""
        return self.age >= min(SPACING, max(1.0, self.life / 2))
