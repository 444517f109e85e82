"""The keys of the campaign screen that hold in any of its panes, and what they are about."""

from __future__ import annotations

from textual.binding import Binding, BindingType

KEYS = (
    ("rows.down", "person"),
    ("campaign.finding", "finding"),
    ("campaign.search", "search"),
    ("campaign.edit", "edit letter"),
    ("campaign.send", "seal & send"),
    ("page.help", "help"),
)
"""What the footer shows."""


def _key(key: str, action: str, title: str, name: str, tooltip: str) -> Binding:
    return Binding(key, f"do('{action}')", title, id=f"campaign.{name}", tooltip=tooltip)


BINDINGS: list[BindingType] = [
    _key("e", "files.edit", "Edit the letter", "edit", "In $VISUAL or $EDITOR"),
    _key("E", "files.edit_here", "Edit it here", "edit_here", "The message drawn beside the letter"),
    _key("ctrl+r", "files.reload", "Read again", "reload", "Read the table and the letter again"),
    _key("x", "sending.export", "Export a dry run", "export", "One .eml file per person; nothing is sent"),
    _key("s", "sending.send", "Seal and send", "send", "Freeze the messages, then send them"),
    _key("S", "sending.send_one", "Seal and send to this person", "send_one", "Nobody else is written to"),
    _key("c", "sending.go_on_with_run", "Go on with a run", "go_on", "Send the rest of an earlier run"),
    _key("r", "findings.rules", "Rules", "rules", "What the linter looks for, and why"),
    _key("a", "sending.accounts", "Accounts", "accounts", "Choose or change the mailbox to send from"),
    _key("v", "sending.runs", "Earlier runs", "runs", "What was sealed and sent before"),
    Binding("ctrl+o", "start", "Open another", id="campaign.start", tooltip="Go to the start screen"),
    Binding("q", "app.quit", "Quit", id="campaign.quit", tooltip="Leave mailmerge"),
    _key("t", "message.test", "Test to me", "test", "This message, to the account's own address"),
    _key("y", "message.copy", "Copy the message", "copy", "To the clipboard of the terminal"),
    _key(
        "o", "message.browser", "Open elsewhere", "browser",
        "A safe page in the browser; from Attachments, the file in its viewer",
    ),
    _key("X", "decisions.exclude", "Leave this person out", "exclude", "With a reason, kept on file"),
    _key("B", "decisions.excluded", "Who is left out", "excluded", "And bringing them back"),
    _key("W", "decisions.waive", "Answer for a finding", "waive", "By name and with a reason"),
    _key("C", "decisions.fields", "Fields the table lacks", "fields", "Name the column that is meant"),
    _key("m", "decisions.mapping", "How the table is read", "mapping", "Encoding, columns, sheet"),
    _key("f", "moving.next_finding", "Next finding", "finding", "The next person with a finding"),
    _key("u", "moving.next_unseen", "Next unseen", "unseen", "The next message that was not seen"),
    _key("slash", "moving.search", "Search", "search", "By name, address, field, finding or state"),
    _key("escape", "moving.everybody", "Show everybody", "everybody", "End the search"),
    _key("O", "moving.order", "Most unusual first", "order", "Findings, rare wordings, odd lengths"),
    Binding(
        "right_square_bracket,J", "do('moving.person', 1)", "Next person", id="campaign.next", tooltip="From any pane"
    ),
    Binding(
        "left_square_bracket,K", "do('moving.person', -1)", "Person before", id="campaign.before",
        tooltip="From any pane",
    ),
    _key("space", "moving.read_on", "Read on", "read_on", "Scroll; at the end, the next person"),
    Binding(
        "l,right", "do('moving.face', 1)", "Next face", id="campaign.next_face", tooltip="HTML, headers, attachments …"
    ),
    Binding("h,left", "do('moving.face', -1)", "Face before", id="campaign.face_before", tooltip="Back to the letter"),
    Binding("1", "pane('people')", "Recipients", id="campaign.people", tooltip="Go to the recipients"),
    Binding("2", "pane('paper')", "Message", id="campaign.message", tooltip="Go to the message"),
    Binding("3", "pane('findings')", "Findings", id="campaign.findings", tooltip="Go to the findings"),
    _key("F", "findings.of_everybody", "Findings of everybody", "all_findings", "Or of this person"),
    _key("4,5", "sending.send", "Seal and send", "stages", "Freeze the messages, then send them"),
]  # fmt: skip
