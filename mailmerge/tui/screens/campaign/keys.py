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
"""What the footer shows where no pane shows its own."""

LOOK = Binding.Group(N_("Look at the messages"))
REPAIR = Binding.Group(N_("Repair the table or the letter"))
DECIDE = Binding.Group(N_("Decide who gets a message, and which findings are waived"))
SEND = Binding.Group(N_("Try and send"))
GO = Binding.Group(N_("Go elsewhere"))


def _key(key: str, action: str, title: str, name: str, tooltip: str, group: Binding.Group) -> Binding:
    return Binding(key, f"do('{action}')", title, id=f"campaign.{name}", tooltip=tooltip, group=group)


BINDINGS: list[BindingType] = [
    _key("e", "files.edit", N_("Edit the letter"), "edit", N_("In $VISUAL or $EDITOR"), REPAIR),
    _key("E", "files.edit_here", N_("Edit it here"), "edit_here", N_("The message drawn beside the letter"), REPAIR),
    _key("ctrl+r", "files.reload", N_("Read again"), "reload", N_("Read the table and the letter again"), REPAIR),
    _key(
        "x", "sending.export", N_("Export a dry run"), "export", N_("One .eml file per person; nothing is sent"), SEND
    ),
    _key("s", "sending.send", N_("Seal and send"), "send", N_("Freeze the messages, then send them"), SEND),
    _key(
        "S", "sending.send_one", N_("Seal and send to this person"), "send_one", N_("Nobody else gets a message"), SEND
    ),
    _key("c", "sending.go_on_with_run", N_("Go on with a run"), "go_on", N_("Send the rest of an earlier run"), SEND),
    _key("r", "findings.rules", N_("Rules"), "rules", N_("What the linter looks for, and why"), GO),
    _key("a", "sending.accounts", N_("Accounts"), "accounts", N_("Choose or change the mailbox to send from"), SEND),
    _key("v", "sending.runs", N_("Earlier runs"), "runs", N_("What was sealed and sent before"), GO),
    Binding("ctrl+o", "start", N_("Open another"), id="campaign.start", tooltip=N_("Go to the start screen"), group=GO),
    Binding("q", "app.quit", N_("Quit"), id="campaign.quit", tooltip=N_("Leave mailmerge"), group=GO),
    _key("t", "message.test", N_("Test to me"), "test", N_("This message, to the account's own address"), SEND),
    _key("y", "message.copy", N_("Copy the message"), "copy", N_("To the clipboard of the terminal"), LOOK),
    _key(
        "o",
        "message.browser",
        N_("Open elsewhere"),
        "browser",
        N_("A safe page in the browser; from Attachments, the file in its viewer"),
        LOOK,
    ),
    _key("X", "decisions.exclude", N_("Leave this person out"), "exclude", N_("With a reason, kept on file"), DECIDE),
    _key("B", "decisions.excluded", N_("Who is left out"), "excluded", N_("And bringing them back"), DECIDE),
    _key("W", "decisions.waive", N_("Waive a finding"), "waive", N_("With a reason; or allow an address"), DECIDE),
    _key("C", "decisions.fields", N_("Fields the table lacks"), "fields", N_("Name the column that is meant"), REPAIR),
    _key(
        "w",
        "filtering.ask",
        N_("Filter"),
        "filter",
        N_("Write only to people with a value in a column"),
        DECIDE,
    ),
    _key(
        "D",
        "filtering.show",
        N_("Decisions"),
        "decisions",
        N_("Everything decided so far, to change or take back"),
        DECIDE,
    ),
    _key("m", "decisions.mapping", N_("How the table is read"), "mapping", N_("Encoding, columns, sheet"), REPAIR),
    _key("f", "moving.next_finding", N_("Next finding"), "finding", N_("The next person with a finding"), LOOK),
    _key("u", "moving.next_unseen", N_("Next unseen"), "unseen", N_("The next message that was not seen"), LOOK),
    _key("slash", "moving.search", N_("Search"), "search", N_("By name, address, field, finding or state"), LOOK),
    _key("escape", "moving.everybody", N_("Show everybody"), "everybody", N_("End the search"), LOOK),
    _key("O", "moving.order", N_("Most unusual first"), "order", N_("Findings, rare wordings, odd lengths"), LOOK),
    Binding(
        "right_square_bracket,J",
        "do('moving.person', 1)",
        N_("Next person"),
        id="campaign.next",
        tooltip=N_("From any pane"),
        group=LOOK,
    ),
    Binding(
        "left_square_bracket,K",
        "do('moving.person', -1)",
        N_("Previous person"),
        id="campaign.before",
        tooltip=N_("From any pane"),
        group=LOOK,
    ),
    _key("space", "moving.read_on", N_("Read on"), "read_on", N_("Scroll; at the end, the next person"), LOOK),
    Binding(
        "l,right",
        "do('moving.face', 1)",
        N_("Next view"),
        id="campaign.next_face",
        tooltip=N_("HTML, headers, attachments …"),
        group=LOOK,
    ),
    Binding(
        "h,left",
        "do('moving.face', -1)",
        N_("Previous view"),
        id="campaign.face_before",
        tooltip=N_("Back to the letter"),
        group=LOOK,
    ),
    Binding(
        "1", "pane('people')", N_("Recipients"), id="campaign.people", tooltip=N_("Go to the recipients"), group=GO
    ),
    Binding("2", "pane('paper')", N_("Message"), id="campaign.message", tooltip=N_("Go to the message"), group=GO),
    Binding(
        "3", "pane('findings')", N_("Findings"), id="campaign.findings", tooltip=N_("Go to the findings"), group=GO
    ),
    _key("F", "findings.of_everybody", N_("Findings of everybody"), "all_findings", N_("Or of this person"), LOOK),
    _key("4,5", "sending.send", N_("Seal and send"), "stages", N_("Freeze the messages, then send them"), SEND),
]
