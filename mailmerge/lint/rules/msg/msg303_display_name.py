"""MSG303: the name in To is this person's."""

from __future__ import annotations

from collections.abc import Iterator

from mailmerge.i18n import N_
from mailmerge.lint.finding import RawFinding, Suppression
from mailmerge.lint.identities.what import What
from mailmerge.lint.rule import RuleDoc, Scope, rule
from mailmerge.lint.sentence import Quoted, Sentence
from mailmerge.lint.views.message import MessageView
from mailmerge.model import Severity
from mailmerge.text.folding import fold, normalise
from mailmerge.text.regex import regex
from mailmerge.text.titles import TITLES

_UNSAFE_NAME = regex(r"[@<>\r\n]")


DOC = RuleDoc(
    title=N_("The name in To is this person's."),
    what=N_("A display name that is not the record's, or that contains @, <, > or a line break."),
    why=N_(
        'Mail programs show the display name instead of the address: "anne@y.example <jean@x.example>" looks like '
        "a second recipient, and a long quoted name can be folded into one."
    ),
    bad=N_('To: "jean@x.example, anne@y.example" <jean@x.example>'),
    good=N_('To: "Dupont, Jean" <jean@x.example>'),
    fix=N_("Correct the name in the table, or the To header of the letter."),
)
_UNSAFE = N_("{person}: the name in To contains @, <, > or a line break: {name}")
_MANY_UNSAFE = N_("in {count} messages the name in To contains @, <, > or a line break: {name} ({lines})")
_OTHER = N_("{person}: the name in To is not this person's: {name}")
_MANY_OTHER = N_("in {count} messages the name in To is not the recipient's: {name} ({lines})")
_IN_TABLE = N_("Correct the name in the table.")
_IN_HEADER = N_("In the To header of {letter}, use the fields that hold the person's own name.")
_IN_HEADER_CELLS = N_("Correct the cells that the To header of {letter} prints.")
UNSAFE_IN_TABLE = Sentence("msg303.unsafe.table", one=_UNSAFE, fix=_IN_TABLE, many=_MANY_UNSAFE)
UNSAFE_IN_HEADER = Sentence("msg303.unsafe.header", one=_UNSAFE, fix=_IN_HEADER_CELLS, many=_MANY_UNSAFE)
OTHER_IN_TABLE = Sentence("msg303.other.table", one=_OTHER, fix=_IN_TABLE, many=_MANY_OTHER)
OTHER_IN_HEADER = Sentence("msg303.other.header", one=_OTHER, fix=_IN_HEADER, many=_MANY_OTHER)


@rule("MSG303", "display-name", Severity.BLOCK, Suppression.NEVER, Scope.MESSAGE, DOC)
def display_name(view: MessageView) -> Iterator[RawFinding]:
    """The name in To is this person's."""
    columns = view.inspection.table.columns
    patterns = view.message.shape.mailboxes.get("To", ())
    in_header = [pattern.name.fill(view.message.values) for pattern in patterns]
    for name in dict.fromkeys((view.recipient.name, *in_header)):
        in_table = name == view.recipient.name
        if _UNSAFE_NAME.search(normalise(name)):
            kind, says = "unsafe", UNSAFE_IN_TABLE if in_table else UNSAFE_IN_HEADER
        elif not _is_own_name(view, name):
            kind, says = "other", OTHER_IN_TABLE if in_table else OTHER_IN_HEADER
        else:
            continue
        yield RawFinding(
            says=says,
            values={
                "person": view.inspection.person(view.record),
                "name": Quoted(name),
                "letter": Quoted(view.letter.letter.name),
            },
            evidence=(view.own_key, name),
            record=view.record,
            field=columns.full_name or columns.last_name or None,
            excerpt=name,
            cause=f"{kind}\x1f{name}",
        )


def _is_own_name(view: MessageView, name: str) -> bool:
    own = view.words_of_own_name if view.inspection.table.columns.names else frozenset()  # parents are no pupils
    said = fold(name).split()
    words = set(said) - TITLES
    if not own or words <= own:
        return True
    if words.isdisjoint(own) and not words <= set(fold(" ".join(view.record.values)).split()):
        return False
    return all(hit.what is not What.NAME for hit in view.inspection.identities.found_in(name, view.own))
