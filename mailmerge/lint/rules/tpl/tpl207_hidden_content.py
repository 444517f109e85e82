"""TPL207: nothing is written that is not shown."""

from __future__ import annotations

from collections.abc import Iterator

from mailmerge.i18n import N_
from mailmerge.lint.finding import Found, Suppression
from mailmerge.lint.rule import RuleDoc, Scope, rule
from mailmerge.lint.views.message import MessageView
from mailmerge.model import Severity
from mailmerge.text import shorten

DOC = RuleDoc(
    title=N_("Nothing is written that is not shown."),
    what=N_(
        "HTML comments, display:none, zero size, text in the colour of its background, and alt, title or data- "
        "attributes that carry a field. It blocks where a field is in it, and is listed otherwise."
    ),
    why=N_('whoever opens the source reads it; a comment "score: 7/20" in a rejection has been read by candidates.'),
    bad=N_('<!-- {{ note }} -->, <span style="display:none">{{ reference }}</span>'),
    good=N_("text that everybody sees"),
    fix=N_("delete it from the letter."),
)


@rule("TPL207", "hidden-content", Severity.BLOCK, Suppression.WAIVER, Scope.MESSAGE, DOC)
def hidden_content(view: MessageView) -> Iterator[Found]:
    """Nothing is written that is not shown."""
    letter = view.letter.letter.name
    for hidden in view.shape.markup.hidden:
        fields = sorted({field for index in hidden.values for field in view.message.shape.expressions[index].fields})
        carried = f", and it carries {', '.join(fields)}" if fields else ""
        text = f": {shorten(hidden.text, 60)}" if hidden.text.strip("… ") else ""
        yield Found(
            message=f"{letter}: {hidden.why} holds text that nobody sees{carried}{text}",
            fix="Delete it from the letter, or show it.",
            evidence=(letter, hidden.why, hidden.text),
            record=view.record,
            field=fields[0] if len(fields) == 1 else None,
            letter=letter,
            excerpt=hidden.text,
            severity=Severity.BLOCK if hidden.values else Severity.INFO,
            cause=f"{letter}\x1f{hidden.why}\x1f{hidden.text}",
            together=f"{letter}: {hidden.why} holds text that nobody sees{carried}{text} ({{count}} messages)",
            general=True,
        )
