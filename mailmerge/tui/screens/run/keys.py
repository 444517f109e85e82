"""The keys of a run, and what they are about."""

from __future__ import annotations

from textual.binding import Binding, BindingType

from mailmerge.i18n import N_

HELP = N_("""\
Run

✓  accepted by the server: it took the message; whether it was read nobody knows
✗  rejected: it will never be sent again as it is
~  deferred: the server asked to try again later
?  unknown: the server may or may not have accepted it; only you can find out
–  left out: on purpose, or because this letter was already sent in another run

A message is sent once. Nothing sends an unknown one again before you say that it was not accepted.

r writes to a person whose message was rejected once more: alone, in a new run, after the table was corrected.

Where a second person has to approve the run, P writes a pack for them and K records what they signed or read out; a
verdict that lies beside the pack is found by itself.

e writes the lists: the status of everybody as a workbook, and separately the people to correct and write to again,
those whom continuing will reach, and those about whom you decide first.

f looks into the mailbox of the account for what came back, and leaves everything there as it is. A message that came
back was accepted all the same; its person did not get it. L writes the rows of these people to a file, R makes a
campaign for them alone. o lists every message that holds anything of the person under the cursor.
""")

KEYS = (
    ("run.call_off", N_("call it off")),
    ("run.sign_in", N_("sign in")),
    ("run.pause", N_("pause")),
    ("run.stop", N_("stop")),
    ("run.continue", N_("send the rest")),
    ("run.pack", N_("pack")),
    ("run.approval", N_("approval")),
    ("run.write_again", N_("write again")),
    ("run.follow", N_("came back")),
    ("run.write_to_these", N_("write to these")),
    ("run.received", N_("what arrived")),
    ("run.search", N_("search")),
    ("run.lists", N_("lists")),
    ("run.accepted", N_("was accepted")),
    ("run.not_accepted", N_("was not")),
    ("run.back", N_("back")),
    ("page.help", N_("help")),
)

BINDINGS: list[BindingType] = [
    Binding("x", "call_off", N_("Call it off"), id="run.call_off", tooltip=N_("Before the first message leaves")),
    Binding("s", "sign_in", N_("Sign in"), id="run.sign_in", tooltip=N_("The run waits for it, and goes on after it")),
    Binding("p", "pause", N_("Pause or go on"), id="run.pause", tooltip=N_("Between two messages")),
    Binding("S", "stop", N_("Stop"), id="run.stop", tooltip=N_("Finish the message in flight; the rest can go later")),
    Binding("c", "continue", N_("Continue sending"), id="run.continue", tooltip=N_("Send what is pending or deferred")),
    Binding(
        "r",
        "write_again",
        N_("Write again"),
        id="run.write_again",
        tooltip=N_("To this person alone, in a new run"),
    ),
    Binding(
        "escape,q",
        "back",
        N_("Back"),
        id="run.back",
        key_display="esc",
        tooltip=N_("Back; asks first while messages leave"),
    ),
]
"""Of who sends it."""
VIEWING: list[BindingType] = [
    Binding(
        "A",
        "resolve(True)",
        N_("It was accepted"),
        id="run.accepted",
        tooltip=N_("Decide about an unknown message"),
    ),
    Binding(
        "N", "resolve(False)", N_("It was not accepted"), id="run.not_accepted", tooltip=N_("It can be sent again")
    ),
    Binding("slash", "search", N_("Search"), id="run.search", tooltip=N_("In names, addresses, replies and states")),
    Binding("w", "received", N_("What arrived"), id="run.received", tooltip=N_("What the demo's server received")),
    Binding(
        "e", "lists", N_("Write the lists"), id="run.lists", tooltip=N_("Status, and what is left to do, as files")
    ),
    Binding(
        "f", "do('following.look')", N_("What came back"), id="run.follow", tooltip=N_("Look into the mailbox once")
    ),
    Binding(
        "L",
        "do('following.export')",
        N_("List what came back"),
        id="run.came_back",
        tooltip=N_("Rows to correct"),
    ),
    Binding(
        "R",
        "do('following.write_to_these')",
        N_("Write to these only"),
        id="run.write_to_these",
        tooltip=N_("A campaign for those whose message came back"),
    ),
    Binding(
        "o",
        "whose",
        N_("Whose data"),
        id="run.whose",
        tooltip=N_("Every message that contains anything about this person"),
    ),
    Binding("P", "do('approval.pack')", N_("Pack for approval"), id="run.pack", tooltip=N_("For a second person")),
    Binding("K", "do('approval.add')", N_("Record an approval"), id="run.approval", tooltip=N_("A file or a code")),
    Binding("left,h,right,l", "list", N_("Other list"), id="run.list", tooltip=N_("Everybody, or those to look at")),
]
"""Of who only looks and decides."""
