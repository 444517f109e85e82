"""TPL207: the letter has no text that its readers do not see."""

from __future__ import annotations

from collections.abc import Iterator

from mailmerge.formats.html_walker import HiddenBy
from mailmerge.i18n import N_
from mailmerge.lint.finding import RawFinding, Suppression
from mailmerge.lint.rule import RuleDoc, Scope, rule
from mailmerge.lint.sentence import Quoted, Sentence, Term, Value
from mailmerge.lint.views.message import MessageView
from mailmerge.model import Severity

DOC = RuleDoc(
    title=N_("The letter has no text that its readers do not see."),
    what=N_(
        "HTML comments, display:none, zero size, text in the same colour as its background, and alt, title or data- "
        "attributes that contain a field. With a field in it, it blocks; without, it is only listed."
    ),
    why=N_(
        'Anybody who opens the source can read it; candidates have found a comment "score: 7/20" in their rejection.'
    ),
    bad=N_('<!-- {{ note }} -->, <span style="display:none">{{ reference }}</span>'),
    good=N_("Text that everybody sees"),
    fix=N_("Delete it from the letter."),
)
_FIX = N_("Delete it from the letter, or make it visible.")
_FIELDS = Sentence(
    "tpl207.fields",
    one=N_("{letter}: {hidden} contains hidden text that includes data from {headers}"),
    fix=_FIX,
    many=N_("{letter}: {hidden} contains hidden text that includes data from {headers} ({count} messages)"),
)
_TEXT = Sentence(
    "tpl207.text",
    one=N_('{letter}: {hidden} contains hidden text: "{text}"'),
    fix=_FIX,
    many=N_('{letter}: {hidden} contains hidden text: "{text}" ({count} messages)'),
)
_ANY = Sentence(
    "tpl207.any",
    one=N_("{letter}: {hidden} contains something that nobody sees"),
    fix=_FIX,
    many=N_("{letter}: {hidden} contains something that nobody sees ({count} messages)"),
)
_ATTRIBUTE_FIELDS = Sentence(
    "tpl207.attribute-fields",
    one=N_("{letter}: the attribute {attribute} contains hidden text that includes data from {headers}"),
    fix=_FIX,
    many=N_(
        "{letter}: the attribute {attribute} contains hidden text that includes data from {headers} ({count} messages)"
    ),
)
_ATTRIBUTE_TEXT = Sentence(
    "tpl207.attribute-text",
    one=N_('{letter}: the attribute {attribute} contains hidden text: "{text}"'),
    fix=_FIX,
    many=N_('{letter}: the attribute {attribute} contains hidden text: "{text}" ({count} messages)'),
)
_ATTRIBUTE_ANY = Sentence(
    "tpl207.attribute-any",
    one=N_("{letter}: the attribute {attribute} contains something that nobody sees"),
    fix=_FIX,
    many=N_("{letter}: the attribute {attribute} contains something that nobody sees ({count} messages)"),
)
_HIDDEN = {
    HiddenBy.COMMENT: Term(N_("an HTML comment")),
    HiddenBy.STYLE: Term(N_("an element that is not displayed")),
    HiddenBy.COLOUR: Term(N_("an element in the same colour as its background")),
}


@rule("TPL207", "hidden-content", Severity.BLOCK, Suppression.WAIVER, Scope.MESSAGE, DOC)
def hidden_content(view: MessageView) -> Iterator[RawFinding]:
    """Text that nobody sees."""
    letter, table = view.letter.letter.name, view.inspection.table
    for hidden in view.shape.markup.hidden:
        fields = sorted({field for index in hidden.values for field in view.message.shape.expressions[index].fields})
        headers = [table.header(field) if field in table.names else field for field in fields]
        values: dict[str, Value] = {
            "letter": Quoted(letter),
            "attribute": Quoted(hidden.attribute),
            "headers": Quoted(", ".join(headers)),
            "text": Quoted(hidden.text),
        }
        if hidden.by in _HIDDEN:
            values["hidden"] = _HIDDEN[hidden.by]
            with_fields, with_text, with_any = _FIELDS, _TEXT, _ANY
        else:
            with_fields, with_text, with_any = _ATTRIBUTE_FIELDS, _ATTRIBUTE_TEXT, _ATTRIBUTE_ANY
        has_text = bool(hidden.text.strip("… "))  # more than the marks of values
        key = (letter, hidden.by.value, hidden.attribute, hidden.text)
        yield RawFinding(
            says=with_fields if fields else with_text if has_text else with_any,
            values=values,
            evidence=key,
            record=view.record,
            field=fields[0] if len(fields) == 1 else None,
            letter=letter,
            excerpt=hidden.text,
            severity=Severity.BLOCK if hidden.values else Severity.INFO,
            cause="\x1f".join(key),
            general=True,
        )
