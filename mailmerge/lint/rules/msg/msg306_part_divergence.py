"""MSG306: the text part and the HTML part say the same."""

from __future__ import annotations

from collections.abc import Iterator

from mailmerge.i18n import N_
from mailmerge.lint.finding import Found, Suppression
from mailmerge.lint.rule import RuleDoc, Scope, rule
from mailmerge.lint.views.message import MessageView
from mailmerge.model import Severity
from mailmerge.text import fold, shorten

DOC = RuleDoc(
    title=N_("The text part and the HTML part say the same."),
    what=N_(
        "a value that one of the two shows and the other does not; entities, line breaks and marks that print "
        "nothing make no difference."
    ),
    why=N_("what was proofread in one is not what the person reads in the other; some programs show the text part."),
    bad=N_('an HTML part with "poste de Comptable" and a text part that still says "poste de Juriste"'),
    good=N_("both made from one letter"),
    fix=N_("write the letter once, as Markdown or HTML, and let the text be derived."),
)


@rule("MSG306", "part-divergence", Severity.BLOCK, Suppression.NEVER, Scope.MESSAGE, DOC)
def part_divergence(view: MessageView) -> Iterator[Found]:
    """The text part and the HTML part say the same."""
    html, text = view.shape.only_in_html, view.shape.only_in_text
    if not html and not text:
        return
    values = view.message.values
    in_text, in_html = (
        {fold(values[index]) for index in there} for there in (view.shape.text_slots, view.shape.markup.shown)
    )
    for index in sorted(html | text):
        value = fold(values[index])
        inside, outside = ("HTML", "text") if index in html else ("text", "HTML")
        if value in (in_text if index in html else in_html):
            continue
        if value and f" {value} " not in (view.folded_text if index in html else view.folded_html):
            yield Found(
                message=f"{view.inspection.person(view.record)}: the {inside} part shows {shorten(values[index], 40)} "
                f"and the {outside} part does not",
                fix="Write the letter once, and let the text part be derived from it.",
                evidence=(view.own_key, values[index]),
                record=view.record,
                letter=view.letter.letter.name,
                excerpt=values[index],
                cause=f"{inside}\x1f{view.message.shape.expressions[index].source}",
            )
