"""A receipt as a page: text, or HTML that loads nothing."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape

from mailmerge.approval.describe import recorded
from mailmerge.campaign.runs.receipt import Receipt
from mailmerge.i18n import N_, _, language
from mailmerge.model import MAY_HAVE_ARRIVED, State
from mailmerge.outbox.remarks import remark
from mailmerge.outbox.titles import run_title
from mailmerge.text.shown import visible

Row = tuple[str, str]


def _rows(receipt: Receipt, later: str) -> Iterator[Row]:
    """The facts, each with its label."""
    message = receipt.message
    yield _("Run"), f"{receipt.run} ({run_title(receipt.campaign)})"
    yield _("Sealed as"), receipt.sealed
    yield _("Record"), str(message.record)
    person = f"{message.name} <{message.address}>" if message.name else message.address
    yield _("Recipient"), person or _("deleted with the letter")
    yield "Message-ID", message.message_id
    yield _("SHA-256 of the message"), message.sha256
    yield _("Outcome"), _(_OUTCOMES[message.state])
    if message.reply:
        yield _("Answer of the server"), remark(message.reply)
    if receipt.at:
        yield _("Time"), f"{receipt.at.astimezone():%Y-%m-%d %H:%M:%S %z}"
    for entry in receipt.history:
        if entry.by:
            yield _("Decided by"), f"{entry.by}, {entry.at.astimezone():%Y-%m-%d %H:%M:%S %z}"
    yield _("Approval"), recorded(receipt.approval) if receipt.approval else _("none was recorded")
    if receipt.filed:
        yield _("Copy"), receipt.filed
    yield _("What came back"), later or _("nothing is known to have come back")


_OUTCOMES = {
    State.ACCEPTED: N_("the server accepted the message"),
    State.REJECTED: N_("the server permanently rejected the message"),
    State.DEFERRED: N_("the server asked to try again later"),
    State.UNKNOWN: N_("we don't know whether the server accepted the message"),
    State.SUBMITTING: N_("the message was being sent when this was written"),
    State.PENDING: N_("the message has not been sent"),
    State.EXCLUDED: N_("this person was left out; no message was sent"),
}


def _letter_rows(receipt: Receipt) -> list[Row]:
    if receipt.letter is None:
        return []
    file_row = _("{name}, {size} bytes, SHA-256 {digest}")
    files = receipt.letter.files
    return [
        *receipt.letter.header,
        *((_("Attachment"), file_row.format(name=each.name, size=each.size, digest=each.sha256)) for each in files),
    ]


def _letter_title(receipt: Receipt) -> str:
    return (
        _("The letter as it was sent")
        if receipt.message.state in MAY_HAVE_ARRIVED
        else _("The letter as it was sealed")
    )


def _no_letter(receipt: Receipt) -> str:
    if receipt.purged:
        return _("The letter was deleted on {day}, as personal data is after a time.").format(day=receipt.purged)
    return _("There is no letter.")


def text_page(receipt: Receipt, later: str) -> str:
    """The page as text."""
    rows, letter = list(_rows(receipt, later)), _letter_rows(receipt)
    width = max(len(label) for label, _value in (*rows, *letter))
    lines = [_("Receipt for one message"), ""]
    lines += [f"{label:<{width}}  {value}" for label, value in rows]
    lines += ["", _letter_title(receipt), ""]
    lines += [f"{label:<{width}}  {value}" for label, value in letter]
    lines += ["", receipt.letter.text if receipt.letter else _no_letter(receipt)]
    return "\n".join(lines).rstrip() + "\n"


_PAGE = """<!doctype html>
<html lang="{language}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<meta name="viewport" content="width=device-width">
<title>{title}</title>
<style>
body {{ font-family: system-ui, sans-serif; max-width: 46rem; margin: 2rem auto; padding: 0 1rem; line-height: 1.45 }}
th {{ text-align: left; vertical-align: top; padding-right: 1.5rem; font-weight: normal; color: #555 }}
td {{ overflow-wrap: anywhere }}
pre {{ white-space: pre-wrap; border: 1px solid #ccc; padding: 1rem; font-family: inherit }}
</style>
</head>
<body>
<h1>{title}</h1>
<table>{rows}</table>
<h2>{letter_title}</h2>
<table>{letter_rows}</table>
<pre>{letter}</pre>
</body>
</html>
"""


def html_page(receipt: Receipt, later: str) -> str:
    """The page as HTML, without scripts and without anything from outside."""
    return _PAGE.format(
        language=language(),
        title=escape(_("Receipt for one message")),
        rows=_table(list(_rows(receipt, later))),
        letter_title=escape(_letter_title(receipt)),
        letter_rows=_table(_letter_rows(receipt)),
        letter=escape(receipt.letter.text if receipt.letter else _no_letter(receipt)),
    )


def _table(rows: list[Row]) -> str:
    cells = (f"<tr><th>{escape(label)}</th><td>{escape(visible(value))}</td></tr>" for label, value in rows)
    return "\n".join(cells)
