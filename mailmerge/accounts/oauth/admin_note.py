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
    notes = {language: files(__package__) / "notes" / f"{which}.{language}.md" for language in _LANGUAGES}
    what = _WITH_MAILBOX if account.imap else _WITHOUT
    return "\n---\n\n".join(
        note.read_text(encoding="utf-8").format_map(values | what[which, language]) for language, note in notes.items()
    )


_WITHOUT: dict[tuple[str, str], dict[str, str]] = {
    ("microsoft", "en"): {
        "permissions": "One delegated permission: **SMTP.Send** of Office 365 Exchange Online (with `offline_access`,"
        " `openid` and\n  `profile`).",
        "reads": "It reads no mailbox, no calendar\n  and no directory, and has no application permission.",
        "listed": "`SMTP.Send`",
    },
    ("microsoft", "fr"): {
        "permissions": "Une seule autorisation déléguée : **SMTP.Send** d’Office 365 Exchange Online (avec"
        " `offline_access`, `openid` et\n  `profile`).",
        "reads": "Il ne lit ni boîte aux lettres, ni agenda, ni\n  annuaire, et n’a aucune autorisation d’application.",
        "listed": "`SMTP.Send`",
    },
    ("google", "en"): {"reads": "mailmerge only sends."},
    ("google", "fr"): {"reads": "mailmerge ne fait\n  qu’envoyer."},
    ("other", "en"): {},
    ("other", "fr"): {},
}
"""What the notes say of an account that leaves its mailbox alone."""
_WITH_MAILBOX: dict[tuple[str, str], dict[str, str]] = {
    ("microsoft", "en"): {
        "permissions": "Two delegated permissions: **SMTP.Send** and **IMAP.AccessAsUser.All** of Office 365 Exchange"
        " Online\n  (with `offline_access`, `openid` and `profile`).",
        "reads": "It reads this person's\n  mailbox, for mail that was returned after a sending, and changes nothing in"
        " the inbox. It reads no calendar and no\n  directory, and has no application permission.",
        "listed": "`SMTP.Send` and\n   `IMAP.AccessAsUser.All`",
    },
    ("microsoft", "fr"): {
        "permissions": "Deux autorisations déléguées : **SMTP.Send** et **IMAP.AccessAsUser.All** d’Office 365 Exchange"
        " Online\n  (avec `offline_access`, `openid` et `profile`).",
        "reads": "Il lit la boîte aux lettres de cette\n  personne, pour y trouver les avis de non-remise après un"
        " envoi, sans rien changer à la boîte de réception. Il ne lit ni\n  agenda, ni annuaire, et n’a aucune"
        " autorisation d’application.",
        "listed": "`SMTP.Send` et\n   `IMAP.AccessAsUser.All`",
    },
    ("google", "en"): {
        "reads": "mailmerge sends,\n  and reads mail that was returned after a sending; it changes nothing in the"
        " inbox."
    },
    ("google", "fr"): {
        "reads": "mailmerge envoie\n  les messages et lit les avis de non-remise, sans rien changer à la boîte de"
        " réception."
    },
    ("other", "en"): {},
    ("other", "fr"): {},
}
"""What they say of one that looks into it."""
