"""``mailmerge follow``: one look into the mailbox after a sending."""

from __future__ import annotations

from collections.abc import Mapping

import click

from mailmerge.cli.context import environment
from mailmerge.cli.later import later_document, later_line
from mailmerge.cli.output import OK, complain, json_option, print_json, put, say
from mailmerge.cli.secret import secret_for
from mailmerge.i18n import N_, _, ngettext, plural
from mailmerge.imap import DAYS, AcceptanceEvidence, MailboxLook, look
from mailmerge.imap.looking import resolving
from mailmerge.imap.opening import required
from mailmerge.outbox import LaterKind, Run
from mailmerge.text.shown import visible


@click.command()
@click.argument("run_id", metavar="RUN")
@click.option(
    "--days",
    type=click.IntRange(1, 90),
    default=DAYS,
    show_default=True,
    help="Look for mail of this many days after the sending.",
)
@json_option
def follow(run_id: str, days: int, as_json: bool) -> int:
    """Look into the mailbox once. Copies that are missing in Sent are filed there, and what came back about RUN is
    read.

    Nothing in the inbox is marked, moved or deleted, and no state changes. What returned mail or the Sent folder shows
    about an unknown outcome is shown, for you to confirm with `mailmerge resolve`.

    \b
    Example: mailmerge follow 2026-09-02-7f3a
    """
    run = environment().outbox.open(run_id)
    account = environment().accounts.get(run.account)
    own = required(account).password_command
    found = look(run, account, None if own else secret_for(account), days=days)
    addresses = {message.record: message.address for message in run.messages()}
    if as_json:
        _print(run, found)
    else:
        _put(found, addresses)
    _say(run, found)
    return OK


# --- for programs ---------------------------------------------------------------------------------------------------


def _print(run: Run, found: MailboxLook) -> None:
    afterwards = found.afterwards
    for name, events in (("later", afterwards.later), ("hint", afterwards.hints)):
        for record, later in sorted(events.items()):
            print_json({"event": name, "record": record, **(later_document(later) or {})})
    for record in found.answers:
        print_json({"event": "answered", "record": record})
    for record, evidence in found.evidence.items():
        print_json({"event": "unknown", "record": record, "evidence": evidence, "resolve": resolving(run, record)})
    print_json(
        {
            "event": "summary",
            "run": run.id,
            "filed": found.filed,
            **{kind.replace("-", "_"): afterwards.count({kind}) for kind in LaterKind},
            "hints": len(afterwards.hints),
            "answered": len(found.answers),
            "unknown": found.unknown,
            "explained": len(found.evidence),
            "notes": [str(note) for note in found.notes],
        }
    )


# --- for people -----------------------------------------------------------------------------------------------------


def _put(found: MailboxLook, addresses: Mapping[int, str]) -> None:
    for record, later in sorted(found.afterwards.later.items()):
        put(visible(f"{record:>6} {addresses.get(record, '')}  {later_line(later)}"))
    for record, later in sorted(found.afterwards.hints.items()):
        said = _("perhaps: {said}").format(said=later_line(later))
        put(visible(f"{record:>6} {addresses.get(record, '')}  {said}"))


def _say(run: Run, found: MailboxLook) -> None:
    if found.filed:
        copies = ngettext(
            '{count} copy was put into "{folder}"', '{count} copies were put into "{folder}"', found.filed
        )
        say(copies.format(count=found.filed, folder=found.folder))
    if found.read_inbox:
        say(came_back_sentence(found))
    if found.afterwards.hints:
        say(
            plural(
                len(found.afterwards.hints),
                "{count} hint: a returned mail names this person, but quotes nothing that only our message has; anybody"
                " could have written it",
                "{count} hints: returned mails name these people, but quote nothing that only our messages have;"
                " anybody could have written them",
            )
        )
    if found.answers:
        say(plural(len(found.answers), "{count} person answered", "{count} people answered"))
    if found.unknown:
        say(_(EXPLAINED[bool(found.evidence)]).format(explained=len(found.evidence), unknown=found.unknown))
    for record, evidence in found.evidence.items():
        say(_(SHOWN_BY[evidence]).format(record=record, command=resolving(run, record)))
    for note in found.notes:
        complain(str(note))


def came_back_sentence(found: MailboxLook) -> str:
    """What came back, in one sentence."""
    count = found.afterwards.count
    values = {kind.name.lower(): count({kind}) for kind in LaterKind}
    if not found.afterwards.later:
        return _("nothing came back")
    return _("{bounced} bounced, {expired} expired, {delayed} delayed, {auto_replied} answered by a program").format(
        **values
    )


EXPLAINED = {
    True: N_("{explained} of {unknown} unknown outcomes are explained; confirm each of them"),
    False: N_(
        "no trace was found of the messages whose outcome is unknown ({unknown}); they may have been accepted all"
        " the same, so nothing is sent again"
    ),
}
"""By whether there is evidence about any of the unknown messages."""
SHOWN_BY = {
    AcceptanceEvidence.SENT: N_("record {record} is in Sent, so the server accepted it: {command}"),
    AcceptanceEvidence.RETURNED: N_("a returned mail quotes record {record}, so the server accepted it: {command}"),
    AcceptanceEvidence.ANSWERED: N_("an answer quotes record {record}, so the server accepted it: {command}"),
}
"""What shows that an unknown message was accepted."""
