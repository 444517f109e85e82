"""The keys of the seal page, and what they are about."""

from __future__ import annotations

from textual.binding import Binding, BindingType

from mailmerge.i18n import N_

HELP = N_("""\
Seal and send

Sealing freezes every message as exact bytes with a digest over all of them. From then on nothing reads the table or
the letter again: what was reviewed is what is sent, once, one message per person.

Whoever already has this letter from an earlier run, or may have it, is left out; e writes to everybody once more. What
earlier runs have sent is looked up again when the messages are sealed: if that changes the number, nothing is sealed.

t seals the messages now and sends them at a time, such as tomorrow at 9:00, while this program stays open; x calls it
off. A computer that sleeps past the time asks instead of sending late.

Sealing alone sends nothing; a sealed run can be sent later from "Earlier runs".""")
KEYS = (
    ("seal.account", N_("account")),
    ("seal.once_more", N_("once more")),
    ("seal.go_on", N_("go on with run")),
    ("seal.set_aside", N_("set aside")),
    ("seal.later", N_("at a time")),
    ("seal.only", N_("seal only")),
    ("seal.back", N_("back")),
    ("page.help", N_("help")),
)
BINDINGS: list[BindingType] = [
    Binding("a", "accounts", N_("Choose the account"), id="seal.account", tooltip=N_("Send from another mailbox")),
    Binding("f", "seal_only", N_("Seal and send nothing"), id="seal.only", tooltip=N_("Freeze the messages for later")),
    Binding(
        "t", "later", N_("Send at a time"), id="seal.later", tooltip=N_("Seal now; the run waits in the open program")
    ),
    Binding(
        "e", "once_more", N_("Everybody once more"), id="seal.once_more", tooltip=N_("Or only who does not have it")
    ),
    Binding(
        "c",
        "go_on",
        N_("Go on with the run"),
        id="seal.go_on",
        tooltip=N_("Send the rest of an earlier run instead"),
    ),
    Binding(
        "x", "set_aside", N_("Set the run aside"), id="seal.set_aside", tooltip=N_("Asks first; nothing is deleted")
    ),
    Binding(
        "escape,q",
        "leave",
        N_("Back"),
        id="seal.back",
        key_display="esc",
        tooltip=N_("Back to the review; nothing is sealed"),
    ),
]
