"""The passwords that were typed in this session: in memory only, each for one user of one server, with its verdict."""

from __future__ import annotations

from typing import TypeAlias

from mailmerge.accounts.account import Account
from mailmerge.accounts.secret import Secret

Key: TypeAlias = tuple[str, str, str]


def _key(account: Account) -> Key:
    """Whom a password was typed for: after a change of the account it goes to no other server."""
    return account.name, account.username, account.host


class Passwords:
    """What was typed, and which accounts a server refused."""

    def __init__(self) -> None:
        self._typed: dict[Key, Secret] = {}
        self._untried: set[Key] = set()
        self._refused: set[Key] = set()

    def get(self, account: Account) -> Secret | None:
        """The password typed for an account; None where none was, or the server refused it."""
        return self._typed.get(_key(account))

    def is_refused(self, account: Account) -> bool:
        """Whether a server refused the last password of the account: the stored one is not to be tried again."""
        return _key(account) in self._refused

    def typed(self, account: Account, secret: Secret) -> None:
        """Remember what was typed."""
        self._typed[_key(account)] = secret
        self._untried.add(_key(account))

    def kept(self, account: Account) -> None:
        """The keyring has it: nobody is to be asked whether it should."""
        self._untried.discard(_key(account))

    def refused(self, account: Account) -> None:
        """Forget what the server refused: repeated failures lock mailboxes."""
        self.forget(account)
        self._refused.add(_key(account))

    def accepted(self, account: Account) -> Secret | None:
        """What was typed and has just been proven right; None where nobody typed it, or it was proven before."""
        self._refused.discard(_key(account))
        if _key(account) not in self._untried:
            return None
        self._untried.discard(_key(account))
        return self._typed[_key(account)]

    def forget(self, account: Account) -> None:
        """Know nothing of an account."""
        self._typed.pop(_key(account), None)
        self._untried.discard(_key(account))
        self._refused.discard(_key(account))
