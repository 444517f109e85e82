"""The mailboxes to send from, one below the other."""

from __future__ import annotations

from textual.content import Content

from mailmerge.accounts import Account
from mailmerge.tui.content.safe_content import fit, line
from mailmerge.tui.content.theme import MUTED, STRONG
from mailmerge.tui.widgets.rows import Rows


class AccountList(Rows[Account]):
    """One account a row."""

    chosen = ""
    """The name of the account that is marked as chosen."""

    def row(self, index: int, width: int) -> Content:
        """Name and address; the chosen one has a mark."""
        account = self.items[index]
        marker = ("▸" if index == self.cursor else " ") + ("● " if account.name == self.chosen else "  ")
        return line(marker, (fit(account.name, 14), STRONG), " ", (fit(account.address, max(0, width - 18)), MUTED))
