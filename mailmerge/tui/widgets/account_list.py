"""The mailboxes to send from, one below the other."""

from __future__ import annotations

from collections.abc import Sequence

from textual.content import Content

from mailmerge.accounts import Account
from mailmerge.tui.content.safe_content import fit, line
from mailmerge.tui.content.theme import MUTED, STRONG
from mailmerge.tui.widgets.rows import Rows


class AccountList(Rows):
    """One account a row."""

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id)
        self.accounts: Sequence[Account] = ()
        self.chosen = ""
        """The name of the account that is marked as chosen."""

    @property
    def count(self) -> int:
        """How many accounts there are."""
        return len(self.accounts)

    @property
    def current(self) -> Account | None:
        """The account under the cursor."""
        return self.accounts[self.cursor] if self.accounts else None

    def row(self, index: int, width: int) -> Content:
        """Name and address; the chosen one has a mark."""
        account = self.accounts[index]
        marker = ("▸" if index == self.cursor else " ") + ("● " if account.name == self.chosen else "  ")
        return line(marker, (fit(account.name, 14), STRONG), " ", (fit(account.address, max(0, width - 18)), MUTED))
