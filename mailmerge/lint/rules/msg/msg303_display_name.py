"""MSG303: the name in To is this person's."""

from __future__ import annotations

import re
from collections.abc import Iterator

from mailmerge.i18n import N_
from mailmerge.lint.finding import Found, Suppression
from mailmerge.lint.identities.columns import CIVILITIES
from mailmerge.lint.rule import RuleDoc, Scope, rule
from mailmerge.lint.views.message import MessageView
from mailmerge.model import Severity
from mailmerge.text import fold, shorten

_UNSAFE_NAME = re.compile(r"[@<>\r\n]")


DOC = RuleDoc(
    title=N_("The name in To is this person's."),
    what=N_("a display name that is not the record's, or that holds @, <, > or a line break."),
    why=N_(
        'mail programs show the display name instead of the address: "anne@y.example <jean@x.example>" looks like '
        "a second recipient, and a long quoted name can be folded into one."
    ),
    bad=N_('To: "jean@x.example, anne@y.example" <jean@x.example>'),
    good=N_('To: "Dupont, Jean" <jean@x.example>'),
    fix=N_("correct the name's cell, or the letter's To header."),
)


@rule("MSG303", "display-name", Severity.BLOCK, Suppression.NEVER, Scope.MESSAGE, DOC)
def display_name(view: MessageView) -> Iterator[Found]:
    """The name in To is this person's."""
    names = [view.recipient.name]
    patterns = view.message.shape.mailboxes.get("To", ())
    names += [pattern.name.fill(view.message.values) for pattern in patterns]
    for name in dict.fromkeys(names):
        if not name:
            continue
        reason = ""
        if _UNSAFE_NAME.search(name):
            reason = "holds @, <, > or a line break"
        elif not _is_own_name(view, name):
            reason = "is not this person's"
        if reason:
            yield Found(
                message=f"{view.inspection.person(view.record)}: the name in To {reason}: {shorten(name)}",
                fix="Correct the name's cell, or write To: {{ name }} <{{ email }}> with this table's fields.",
                evidence=(view.own_key, name),
                record=view.record,
                field=view.inspection.table.columns.full_name or view.inspection.table.columns.last_name or None,
                excerpt=name,
                cause=f"{reason}\x1f{name}",
            )


def _is_own_name(view: MessageView, name: str) -> bool:
    own = view.words_of_own_name
    said = fold(name).split()
    words = set(said) - CIVILITIES
    if not own or words <= own:
        return True
    if words.isdisjoint(own) and not words <= set(fold(" ".join(view.record.values)).split()):
        return False
    return all(view.record.number in hit.owners for hit in view.inspection.identities.names_in(said))
