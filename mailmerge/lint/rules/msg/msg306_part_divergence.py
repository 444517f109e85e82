"""MSG306: the text part and the HTML part have the same content."""

from __future__ import annotations

from collections.abc import Iterator

from mailmerge.i18n import N_
from mailmerge.lint.finding import RawFinding, Suppression
from mailmerge.lint.rule import RuleDoc, Scope, rule
from mailmerge.lint.sentence import Quoted, Sentence
from mailmerge.lint.views.message import MessageView
from mailmerge.model import Severity
from mailmerge.text.folding import fold

DOC = RuleDoc(
    title=N_("The text part and the HTML part have the same content."),
    what=N_(
        "A value that one of the two shows and the other does not; entities, line breaks and invisible characters "
        "make no difference."
    ),
    why=N_("What was proofread in one is not what the person reads in the other; some programs show the text part."),
    bad=N_('an HTML part with "position of Accountant" and a text part that still has "position of Lawyer"'),
    good=N_("both made from one letter"),
    fix=N_("Write the letter once, as Markdown or HTML, and let mailmerge generate the plain-text part."),
)
_FIX = N_("Write {letter} once, and let mailmerge generate the plain-text part.")
ONLY_IN_HTML = Sentence(
    "msg306.html",
    one=N_('{person}: the HTML part shows "{value}" and the text part does not'),
    fix=_FIX,
    many=N_('in {count} messages the HTML part shows what the text part does not, such as "{value}" ({lines})'),
)
ONLY_IN_TEXT = Sentence(
    "msg306.text",
    one=N_('{person}: the text part shows "{value}" and the HTML part does not'),
    fix=_FIX,
    many=N_('in {count} messages the text part shows what the HTML part does not, such as "{value}" ({lines})'),
)


@rule("MSG306", "part-divergence", Severity.BLOCK, Suppression.NEVER, Scope.MESSAGE, DOC)
def part_divergence(view: MessageView) -> Iterator[RawFinding]:
    """The text part and the HTML part have the same content."""
    html, text = view.shape.only_in_html, view.shape.only_in_text
    if not html and not text:
        return
    values = view.message.values
    in_text, in_html = (
        {fold(values[index]) for index in there} for there in (view.shape.text_slots, view.shape.markup.shown)
    )
    for index in sorted(html | text):
        value = fold(values[index])
        if value in (in_text if index in html else in_html):
            continue
        if value and f" {value} " not in (view.folded_text if index in html else view.folded_html):
            yield RawFinding(
                says=ONLY_IN_HTML if index in html else ONLY_IN_TEXT,
                values={
                    "person": view.inspection.person(view.record),
                    "value": Quoted(values[index], 40),
                    "letter": Quoted(view.letter.letter.name),
                },
                evidence=(view.own_key, values[index]),
                record=view.record,
                letter=view.letter.letter.name,
                excerpt=values[index],
                cause=f"{'HTML' if index in html else 'text'}\x1f{view.message.shape.expressions[index].source}",
            )
