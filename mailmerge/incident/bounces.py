"""Who is proven not to have got the mail: what came back, as a notice, a list, or the record of a run."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Sequence
from pathlib import Path

from mailmerge.errors import InputError, os_reason
from mailmerge.i18n import N_
from mailmerge.incident.mail import Mail
from mailmerge.incident.people import NamedPerson
from mailmerge.incident.read.copies import MAIL_SUFFIXES, read_copies
from mailmerge.records import read_mailboxes
from mailmerge.text.addresses import same_mailbox_key

_NOT_RETURNED = N_(
    "{path} lists everybody in the mail, so nobody would have received it: give only the mail that came back, or"
    " leave the file out"
)


def returned(mails: Iterable[Mail], ids: Collection[str]) -> frozenset[str]:
    """The mailboxes that notices of non-delivery among the mails name; those about another mail prove nothing."""
    return frozenset(
        same_mailbox_key(address)
        for mail in mails
        if mail.failed and (not mail.returned or not ids or not set(ids).isdisjoint(mail.returned))
        for address in mail.failed
    )


def read_returned(path: Path, ids: Collection[str]) -> frozenset[str]:
    """The mailboxes in a file of what came back: notices, ``show RUN --json``, or a list of addresses.

    Raises:
        InputError: it cannot be read.
    """
    if path.suffix.casefold() in MAIL_SUFFIXES:
        return returned(read_copies([path], whole=True).mails, ids)
    if path.suffix.casefold() == ".json":
        try:
            return frozenset(_of_a_run(json.loads(path.read_bytes())))
        except OSError as error:
            raise InputError(N_("{path} cannot be read: {why}"), path=path, why=os_reason(error)) from None
        except (ValueError, AttributeError, TypeError, KeyError):
            raise InputError(N_("{path} is not the output of `mailmerge show RUN --json`"), path=path) from None
    return read_mailboxes(path)


def _of_a_run(document: dict[str, object]) -> Iterable[str]:
    messages = document["messages"]
    for message in messages if isinstance(messages, list) else ():
        later = message.get("later") or {}
        if later.get("kind") == "bounced" or message.get("state") == "rejected":
            yield same_mailbox_key(str(message["address"]))


def mark_bounced(people: Sequence[NamedPerson], keys: Collection[str], path: Path | None) -> None:
    """Note whom the mail did not reach.

    Raises:
        InputError: it reached nobody then: the list is another one.
    """
    known = [person for person in people if person.addresses]
    hit = [person for person in known if all(same_mailbox_key(each) in keys for each in person.addresses)]
    if path is not None and known and len(hit) == len(known):
        raise InputError(_NOT_RETURNED, path=path)
    for person in hit:
        person.bounced = True
