"""MSG304: no address but this person's and the sender's."""

from __future__ import annotations

from collections.abc import Iterator

from mailmerge.i18n import N_
from mailmerge.lint.finding import Found, Suppression
from mailmerge.lint.rule import RuleDoc, Scope, rule
from mailmerge.lint.rules.msg.fields import field_of
from mailmerge.lint.views.message import MessageView
from mailmerge.model import Severity
from mailmerge.text import shorten

DOC = RuleDoc(
    title=N_("No address but this person's and the sender's."),
    what=N_(
        "any e-mail address in any part, header or link of a message that is neither the recipient's, nor the "
        "sender's, nor allowed by name."
    ),
    why=N_("it needs no list to be right: whoever the address belongs to, this person was not meant to read it."),
    bad=N_('"comme convenu avec paul.durand@client.example" in a comment that the letter prints'),
    good=N_("the recipient's own address; the sender's; [lint] allow_addresses = [\"dpo@exemple.test\"]"),
    fix=N_("take the address out of the cell or the letter, or allow it by name if everybody may have it."),
)


@rule("MSG304", "foreign-address", Severity.BLOCK, Suppression.ALLOW, Scope.MESSAGE, DOC)
def foreign_address(view: MessageView) -> Iterator[Found]:
    """No address but this person's and the sender's."""
    for address in view.addresses:
        yield Found(
            message=f"{view.inspection.person(view.record)} would read the address {shorten(address.text)}, "
            "which is neither theirs nor allowed",
            fix="Take it out of the cell; or, for an address of your own, name it in [lint] allow_addresses.",
            evidence=(view.own_key, address.key),
            record=view.record,
            field=_field_with(view, address.text),
            excerpt=address.text,
            cause=address.key,
            together=f"{{count}} people would read the address {shorten(address.text)}, which is neither theirs "
            "nor allowed: {lines}",
        )
    letter = view.letter.letter.name
    if len(view.shape.addresses) > _FEW_ADDRESSES:
        count = len(view.shape.addresses)
        first = shorten(view.shape.addresses[0].text)
        yield Found(
            message=f"{letter} holds {count} addresses that are neither the recipient's nor allowed, such as {first}",
            fix="Take them out of the letter: everybody would read them.",
            evidence=(letter, *sorted(address.key for address in view.shape.addresses)),
            record=view.record,
            letter=letter,
            excerpt=view.shape.addresses[0].text,
            cause=f"letter\x1f{letter}",
            together=f"{letter} holds {count} addresses that are neither the recipient's nor allowed, such as {first}; "
            "{count} people would read them",
            general=True,
        )
        return
    for address in view.shape.addresses:
        if address.key not in view.own_keys:
            yield Found(
                message=f"the letter to {view.inspection.person(view.record)} holds the address "
                f"{shorten(address.text)}, which is neither theirs nor allowed",
                fix="Take it out of the letter; or, for an address of your own, name it in [lint] allow_addresses.",
                evidence=(view.own_key, address.key),
                record=view.record,
                letter=letter,
                excerpt=address.text,
                cause=f"letter\x1f{address.key}",
                general=True,
                together=f"the letter holds the address {shorten(address.text)}, which is neither the recipient's nor "
                "allowed; {count} people would read it: {lines}",
            )


_FEW_ADDRESSES = 3


def _field_with(view: MessageView, text: str) -> str | None:
    """The field whose printed value holds the text."""
    for index, value in enumerate(view.message.values):
        if text in value:
            return field_of(view, index)
    return None
