"""Take over a folder of awdeorio/mailmerge: template and database are read as they are, its server as an account."""

from __future__ import annotations

import configparser
from pathlib import Path

from msgspec import Struct

from mailmerge.accounts import Account, account_from_preset
from mailmerge.campaign.campaign import Campaign
from mailmerge.campaign.file import CAMPAIGN_FILE, CampaignFile, save_campaign_file
from mailmerge.campaign.opening import open_campaign
from mailmerge.errors import AccountError, InputError, UsageError, os_reason
from mailmerge.i18n import N_, _
from mailmerge.text.addresses import is_address
from mailmerge.text.folding import identifier
from mailmerge.text.shown import one_line

TEMPLATE, DATABASE, SERVER = "mailmerge_template.txt", "mailmerge_database.csv", "mailmerge_server.conf"
"""The names that awdeorio/mailmerge 2.3.0 looks for."""

_TLS = {"SSL/TLS": "implicit", "XOAUTH": "starttls", "STARTTLS": "starttls", "PLAIN": "starttls", "NEVER": "none"}


class Imported(Struct, frozen=True):
    """A campaign made of a foreign folder."""

    campaign: Campaign
    account: Account | None
    """The account of its server file, not saved yet; None where there is none that can be used."""
    notes: tuple[str, ...]
    """What is different now, or could not be taken over, a sentence each."""


def import_awdeorio(folder: Path) -> Imported:
    """Write a ``campaign.toml`` into a folder of awdeorio/mailmerge, which stays as it is otherwise.

    Raises:
        UsageError: the folder has no template or database of the usual names, or a ``campaign.toml`` already.
        TableError, LetterError, CampaignError: a file cannot be used.
    """
    missing = [name for name in (TEMPLATE, DATABASE) if not (folder / name).is_file()]
    if missing:
        both = N_("{folder} has no {file} and no {other}: give the folder in which you ran mailmerge")
        one = N_("{folder} has no {file}: give the folder in which you ran mailmerge")
        raise UsageError(both if len(missing) > 1 else one, folder=folder, file=missing[0], other=missing[-1])
    path = folder / CAMPAIGN_FILE
    if path.exists():
        raise UsageError(N_("{path} already exists: open it with `mailmerge {path}`"), path=path)
    campaign = open_campaign([folder / DATABASE, folder / TEMPLATE])
    account, notes = _account(folder, campaign)
    file = CampaignFile(recipients=DATABASE, template=TEMPLATE, account=account.name if account else "")
    save_campaign_file(path, file)
    return Imported(open_campaign([path]), account, tuple(notes))


def _account(folder: Path, campaign: Campaign) -> tuple[Account | None, list[str]]:
    path = folder / SERVER
    if not path.exists():
        return None, [_("there is no {file}: add an account with `mailmerge account add`").format(file=SERVER)]
    try:
        parser = configparser.RawConfigParser()
        parser.read_string(path.read_text(encoding="utf-8-sig"))
        section = parser["smtp_server"]
        security = section.get("security", "Never").upper()
        if security not in _TLS:
            raise InputError(
                N_('{path}: security "{security}" is not one of SSL/TLS, STARTTLS, PLAIN, XOAUTH'),
                path=path,
                security=section.get("security"),
            )
        username = section.get("username", "")
        account = account_from_preset(
            identifier(folder.absolute().name) or "imported",
            _sender(campaign, username),
            host=section["host"],
            port=section.getint("port"),
            tls=_TLS[security],  # type: ignore[arg-type]
            auth="none" if security == "NEVER" else "oauth2" if security == "XOAUTH" else "password",
            username=username,
            per_minute=section.getfloat("ratelimit", 0),
        )
    except OSError as error:
        return None, [_("cannot read {path}: {why}").format(path=path, why=os_reason(error))]
    except (configparser.Error, KeyError, ValueError) as error:
        return None, [_("{path} was not imported: {why}").format(path=path, why=one_line(str(error)))]
    except AccountError as error:
        return None, [
            _("{path} was not imported: {why}; add an account with `mailmerge account add`").format(
                path=path, why=error
            )
        ]
    asked = _("the password of {user} is asked for when it sends").format(user=account.username)
    notes = [asked] if account.auth != "none" else []
    if security == "PLAIN":
        notes.append(_("security = PLAIN became STARTTLS: mailmerge never sends a password in clear text"))
    return account, notes


def _sender(campaign: Campaign, username: str) -> str:
    """The address to send from: the letter's own, else the name to log in with."""
    written = sorted(campaign.letters[0].declared_senders)
    if written:
        return written[0]
    if is_address(username):
        return username
    raise AccountError(N_("neither the template's From nor the user name is an address"))
