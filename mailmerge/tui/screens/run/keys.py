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
