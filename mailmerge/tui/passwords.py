"""The passwords that were typed in this sitting: in memory only, by account, with what the servers said to them."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from mailmerge.accounts import Secret


class Passwords:
    """What was typed, and which accounts a server refused."""

    def __init__(self) -> None:
        self._typed: dict[str, Secret] = {}
        self._untried: set[str] = set()
        self._refused: set[str] = set()

    def get(self, account: str) -> Secret | None:
        """The password typed for an account; None where none was, or the server refused it."""
        return self._typed.get(account)

    def is_refused(self, account: str) -> bool:
        """Whether a server refused the last password of the account: the stored one is not to be tried again."""
        return account in self._refused

    def typed(self, account: str, secret: Secret) -> None:
        """Remember what was typed."""
        self._typed[account] = secret
        self._untried.add(account)

    def kept(self, account: str) -> None:
        """The keyring has it: nobody is to be asked whether it should."""
        self._untried.discard(account)

    def refused(self, account: str) -> None:
        """Forget what the server refused: repeated failures lock mailboxes."""
        self.forget(account)
        self._refused.add(account)

    def accepted(self, account: str) -> Secret | None:
        """What was typed and has just been proven right; None where nobody typed it, or it was proven before."""
        self._refused.discard(account)
        if account not in self._untried:
            return None
        self._untried.discard(account)
        return self._typed[account]

    def forget(self, account: str) -> None:
        """Know nothing of an account."""
        self._typed.pop(account, None)
        self._untried.discard(account)
        self._refused.discard(account)
