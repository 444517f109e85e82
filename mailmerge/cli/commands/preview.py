"""``mailmerge preview``: one person's message, as text, as HTML, or as the bytes of its .eml."""

from __future__ import annotations

from pathlib import Path

import click

from mailmerge.cli.output import note, put
from mailmerge.cli.source import account_option, opened, source_argument
from mailmerge.errors import UsageError
from mailmerge.i18n import N_, _
from mailmerge.model import Message
from mailmerge.records.columns.likely import no_such_field
from mailmerge.text.addresses import Mailbox
from mailmerge.text.shown import visible, visible_lines


@click.command()
@source_argument()
@click.option(
    "--record", required=True, type=click.IntRange(min=1), metavar="N", help=N_("Record number, starting at 1.")
)
@click.option("--as", "form", type=click.Choice(["text", "html", "eml"]), default="text", show_default=True)
@account_option
def preview(source: tuple[Path, ...], record: int, form: str, account_name: str) -> None:
    """Show one person's message; nothing is written or sent.

    \b
    Example: mailmerge preview candidates.csv letter.md --record 17 --as text
    """
    campaign = opened(source, account_name)
    recipient = campaign.recipient(record)
    for name in campaign.missing_fields:
        note(str(no_such_field(campaign.table, name)))
    if form == "eml":
        put(campaign.preview(recipient).content, newline=False)
        return
    message = campaign.compose(recipient)
    if form == "html":
        if message.html is None:
            raise UsageError(
                N_("{letter} is a plain text letter: it has no HTML part"), letter=campaign.letter_of(recipient).name
            )
        put(visible_lines(message.html))
        return
    put(as_text(message))


def as_text(message: Message) -> str:
    """The message as a person reads it: To, Subject, the names of what is attached, and the text."""
    to, subject = mailbox(message.to), visible(message.subject)
    head = [_("To: {address}").format(address=to), _("Subject: {subject}").format(subject=subject)]
    head += [_("Attachment: {file}").format(file=visible(attachment.filename)) for attachment in message.attachments]
    return "\n".join(head) + "\n\n" + visible_lines(message.text)


def mailbox(value: Mailbox) -> str:
    """A mailbox in one line, safe to show."""
    return f"{visible(value.name)} <{visible(value.address)}>" if value.name else visible(value.address)
