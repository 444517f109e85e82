"""The note for whoever administers the company's accounts: what is asked for, how to allow it, how to withdraw it."""

from __future__ import annotations

from importlib.resources import files
from urllib.parse import quote, urlencode

from mailmerge.accounts.account import NAMED_ISSUERS, Account
from mailmerge.accounts.oauth.issuers import issuer_for

_LANGUAGES = ("en", "fr")


def admin_note(account: Account) -> str:
    """The note in Markdown, in English and then in French; what the administrator has yet to choose is in capitals."""
    client = account.oauth
    issuer = client.issuer if client else issuer_for(account.provider) or "microsoft"
    client_id = client.client_id if client else "CLIENT-ID"
    tenant = (client.tenant if client else "") or "TENANT"
    address = f"https://login.microsoftonline.com/{quote(tenant)}"
    values = {
        "address": account.address,
        "account": account.name,
        "client_id": client_id,
        "tenant": tenant,
        "mailbox": account.address,
        "issuer": issuer,
        "consent": f"{address}/adminconsent?{urlencode({'client_id': client_id})}",
    }
    which = issuer if issuer in NAMED_ISSUERS else "other"
    notes = (files(__package__) / "notes" / f"{which}.{language}.md" for language in _LANGUAGES)
    return "\n---\n\n".join(note.read_text(encoding="utf-8").format_map(values) for note in notes)
