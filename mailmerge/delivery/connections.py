"""The connections of one sending: made while it may go on, one at a time until a login has succeeded, ended by hand."""

from __future__ import annotations

import asyncio
import ssl
import time
from collections.abc import Callable
from typing import TYPE_CHECKING

from mailmerge.accounts import Account, Secret, find_secret
from mailmerge.delivery.control import Control
from mailmerge.delivery.smtp.connect import open_session
from mailmerge.delivery.smtp.levels import Levels
from mailmerge.delivery.smtp.session import Session, Timeouts

if TYPE_CHECKING:
    from mailmerge.accounts.oauth import Tokens

_TOKEN_SECONDS = 600.0
"""A token is asked for again where a connection is made later than this after the last one."""
_PROVEN_SECONDS = 5.0
"""So long after a login that succeeded others with the same secret are made side by side."""


class Connections:
    """Those that are open, and those that are being made."""

    def __init__(
        self, account: Account, secret: Secret | Tokens | None, timeouts: Timeouts, levels: Levels, control: Control
    ):
        self._account = account
        self._secret = secret
        self._timeouts = timeouts
        self._levels = levels
        self._control = control
        self._context: ssl.SSLContext | None = None
        self._secret_from = time.monotonic()
        self._proven_at = -_PROVEN_SECONDS
        self._sessions: set[Session] = set()
        self._openings: set[asyncio.Task[Session]] = set()
        self._one_opens = asyncio.Lock()

    @property
    def tokens(self) -> Tokens | None:
        """What the account is signed in with, where it is."""
        return None if isinstance(self._secret, Secret) else self._secret

    def prepare(self, context: ssl.SSLContext | None) -> None:
        """Make every connection with this context."""
        self._context = context

    def begin_again(self) -> None:
        """Somebody has signed in: what was refused before says nothing any more."""
        if self.tokens is not None:
            self.tokens.begin_again()
        self._proven_at = -_PROVEN_SECONDS

    async def open(self, may_open: Callable[[], bool], permit: Callable[[], object]) -> Session | None:
        """A new connection; None where none may be made, or it was given up by hand while it was being made.

        They are made one at a time until a login has succeeded: a wrong password is tried once, not once a connection.
        ``permit`` raises where the run may not leave any more.

        Raises:
            MailmergeError: as :func:`mailmerge.delivery.smtp.connect.open_session`, and as ``permit``.
        """
        async with self._one_opens:
            if time.monotonic() - self._proven_at > _PROVEN_SECONDS:
                return await self._open(may_open, permit)
        return await self._open(may_open, permit)

    def dropped(self, session: Session) -> None:
        """A connection is of no more use."""
        self._sessions.discard(session)
        self._levels.dropped(session)

    async def watch(self, finished: Callable[[], bool]) -> None:
        """Carry a stop or an abort to connections that are being made or waited for, until the sending is finished."""
        await self._control.wait(lambda: self._control.stopping or finished())
        for opening in list(self._openings):
            opening.cancel()
        await self._control.wait(lambda: self._control.aborting or finished())
        if self._control.aborting:
            for session in list(self._sessions):
                session.abort()

    async def _open(self, may_open: Callable[[], bool], permit: Callable[[], object]) -> Session | None:
        if not may_open():
            return None
        await asyncio.to_thread(permit)
        secret, level = await self._current_secret(), self._levels.level
        opening = asyncio.create_task(open_session(self._account, secret, self._context, self._timeouts, level))
        self._openings.add(opening)
        try:
            session = await opening
        except asyncio.CancelledError:
            if opening.cancelled() and self._control.stopping:
                return None
            raise
        finally:
            self._openings.discard(opening)
        self._proven_at = time.monotonic()
        self._sessions.add(session)
        return session

    async def _current_secret(self) -> Secret | Tokens | None:
        if self._account.token_command and time.monotonic() - self._secret_from > _TOKEN_SECONDS:
            self._secret = await asyncio.to_thread(find_secret, self._account)
            self._secret_from = time.monotonic()
        return self._secret
