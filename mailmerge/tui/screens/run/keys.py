"""The keys of a run, and what they are about."""

from __future__ import annotations

from textual.binding import Binding, BindingType

from mailmerge.i18n import N_

KEYS = (
    ("run.sign_in", N_("sign in")),
    ("run.pause", N_("pause")),
    ("run.stop", N_("stop")),
    ("run.continue", N_("send the rest")),
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
    Binding("escape,q", "back", N_("Back"), id="run.back", tooltip=N_("Back; asks first while messages leave")),
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
        tooltip=N_("Every message that holds anything of this person"),
    ),
    Binding("left,h,right,l", "list", N_("Other list"), id="run.list", tooltip=N_("Everybody, or those to look at")),
]
"""Of who only looks and decides."""
