"""The keys of the campaign screen that hold in any of its panes, and what they are about."""

from __future__ import annotations

from textual.binding import Binding, BindingType

from mailmerge.i18n import N_

KEYS = (
    ("rows.down", N_("person")),
    ("campaign.finding", N_("finding")),
    ("campaign.search", N_("search")),
    ("campaign.edit", N_("edit letter")),
    ("campaign.send", N_("seal & send")),
    ("page.help", N_("help")),
)
"""What the footer shows."""


def _key(key: str, action: str, title: str, name: str, tooltip: str) -> Binding:
    return Binding(key, f"do('{action}')", title, id=f"campaign.{name}", tooltip=tooltip)


BINDINGS: list[BindingType] = [
    _key("e", "files.edit", N_("Edit the letter"), "edit", N_("In $VISUAL or $EDITOR")),
    _key("E", "files.edit_here", N_("Edit it here"), "edit_here", N_("The message drawn beside the letter")),
    _key("ctrl+r", "files.reload", N_("Read again"), "reload", N_("Read the table and the letter again")),
    _key("x", "sending.export", N_("Export a dry run"), "export", N_("One .eml file per person; nothing is sent")),
    _key("s", "sending.send", N_("Seal and send"), "send", N_("Freeze the messages, then send them")),
    _key("S", "sending.send_one", N_("Seal and send to this person"), "send_one", N_("Nobody else gets a message")),
    _key("c", "sending.go_on_with_run", N_("Go on with a run"), "go_on", N_("Send the rest of an earlier run")),
    _key("r", "findings.rules", N_("Rules"), "rules", N_("What the linter looks for, and why")),
    _key("a", "sending.accounts", N_("Accounts"), "accounts", N_("Choose or change the mailbox to send from")),
    _key("v", "sending.runs", N_("Earlier runs"), "runs", N_("What was sealed and sent before")),
    Binding("ctrl+o", "start", N_("Open another"), id="campaign.start", tooltip=N_("Go to the start screen")),
    Binding("q", "app.quit", N_("Quit"), id="campaign.quit", tooltip=N_("Leave mailmerge")),
    _key("t", "message.test", N_("Test to me"), "test", N_("This message, to the account's own address")),
    _key("y", "message.copy", N_("Copy the message"), "copy", N_("To the clipboard of the terminal")),
    _key(
        "o",
        "message.browser",
        N_("Open elsewhere"),
        "browser",
        N_("A safe page in the browser; from Attachments, the file in its viewer"),
    ),
    _key("X", "decisions.exclude", N_("Leave this person out"), "exclude", N_("With a reason, kept on file")),
    _key("B", "decisions.excluded", N_("Who is left out"), "excluded", N_("And bringing them back")),
    _key("W", "decisions.waive", N_("Waive a finding"), "waive", N_("By name and with a reason")),
    _key("C", "decisions.fields", N_("Fields the table lacks"), "fields", N_("Name the column that is meant")),
    _key("m", "decisions.mapping", N_("How the table is read"), "mapping", N_("Encoding, columns, sheet")),
    _key("f", "moving.next_finding", N_("Next finding"), "finding", N_("The next person with a finding")),
    _key("u", "moving.next_unseen", N_("Next unseen"), "unseen", N_("The next message that was not seen")),
    _key("slash", "moving.search", N_("Search"), "search", N_("By name, address, field, finding or state")),
    _key("escape", "moving.everybody", N_("Show everybody"), "everybody", N_("End the search")),
    _key("O", "moving.order", N_("Most unusual first"), "order", N_("Findings, rare wordings, odd lengths")),
    Binding(
        "right_square_bracket,J",
        "do('moving.person', 1)",
        N_("Next person"),
        id="campaign.next",
        tooltip=N_("From any pane"),
    ),
    Binding(
        "left_square_bracket,K",
        "do('moving.person', -1)",
        N_("Previous person"),
        id="campaign.before",
        tooltip=N_("From any pane"),
    ),
    _key("space", "moving.read_on", N_("Read on"), "read_on", N_("Scroll; at the end, the next person")),
    Binding(
        "l,right",
        "do('moving.face', 1)",
        N_("Next view"),
        id="campaign.next_face",
        tooltip=N_("HTML, headers, attachments …"),
    ),
    Binding(
        "h,left",
        "do('moving.face', -1)",
        N_("Previous view"),
        id="campaign.face_before",
        tooltip=N_("Back to the letter"),
    ),
    Binding("1", "pane('people')", N_("Recipients"), id="campaign.people", tooltip=N_("Go to the recipients")),
    Binding("2", "pane('paper')", N_("Message"), id="campaign.message", tooltip=N_("Go to the message")),
    Binding("3", "pane('findings')", N_("Findings"), id="campaign.findings", tooltip=N_("Go to the findings")),
    _key("F", "findings.of_everybody", N_("Findings of everybody"), "all_findings", N_("Or of this person")),
    _key("4,5", "sending.send", N_("Seal and send"), "stages", N_("Freeze the messages, then send them")),
]
