"""How much of RFC 2920 a sending uses with its server: lowered where the server cannot, and never raised again."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from mailmerge.accounts import Account, Pipelining

if TYPE_CHECKING:
    from mailmerge.delivery.smtp.offer import Offer
    from mailmerge.delivery.smtp.session import Session

_ORDER: tuple[Pipelining, ...] = ("off", "group", "full")


def wanted_level(account: Account) -> Pipelining:
    """What the account says, or ``group``."""
    return account.pipelining or "group"


def usable_level(wanted: Pipelining, offer: Offer) -> Pipelining:
    """What is wanted, where the server offers PIPELINING at all."""
    return wanted if offer.has("pipelining") else "off"


class Levels:
    """The level of one sending, over all its connections."""

    def __init__(self, account: Account):
        self.level = wanted_level(account)
        self._proven: set[Pipelining] = set()
        """The levels at which a flight was answered whole."""
        self._first_at: Session | None = None
        """The one connection that may try a group behind a body while none has been answered."""
        self._in_a_row = 0
        self._last_loss = 0.0

    def may_follow(self, session: Session) -> bool:
        """Whether the next group may stand behind a body on this connection: one tries it first, then all may."""
        if session.level != "full" or self.level != "full":
            return False
        if "full" not in self._proven and self._first_at is None:
            self._first_at = session
        return "full" in self._proven or self._first_at is session

    def dropped(self, session: Session) -> None:
        """A connection is over, and what followed from its loss was decided."""
        if self._first_at is session:
            self._first_at = None

    def answered(self, used: Pipelining) -> None:
        """A flight was answered whole and rightly."""
        self._proven.add(used)
        self._in_a_row = 0

    def proven(self, used: Pipelining) -> bool:
        """Whether the server has answered a flight of this level."""
        return used in self._proven

    def lost(self, session: Session, used: Pipelining, *, unable: bool) -> bool:
        """A connection was lost over a flight; whether the level is to be lowered for it, as it is then.

        It is where the server showed that it cannot, where no flight has ever been answered, and where one after the
        other is lost: never by a connection that was open when the last was lost (a laptop that wakes up).
        """
        if _ORDER.index(used) > _ORDER.index(self.level) or used == "off":
            return False
        if session.opened_at >= self._last_loss:
            self._in_a_row += 1
            self._last_loss = time.monotonic()
        if not unable and used in self._proven and self._in_a_row < 2:
            return False
        self.level = _ORDER[_ORDER.index(used) - 1]
        self._in_a_row = 0
        return True

    def is_stale(self, session: Session) -> bool:
        """Whether a connection still works at a level that was lowered since."""
        return _ORDER.index(session.level) > _ORDER.index(self.level)
