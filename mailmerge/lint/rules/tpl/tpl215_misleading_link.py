"""TPL215: a link leads where its words say."""

from __future__ import annotations

from collections.abc import Iterator
from weakref import WeakKeyDictionary

from mailmerge.formats.html_walker import MARK_OPEN
from mailmerge.i18n import N_
from mailmerge.lint.extract.html import marks_in
from mailmerge.lint.finding import RawFinding, Suppression
from mailmerge.lint.rule import RuleDoc, Scope, rule
from mailmerge.lint.rules.tpl.source_lines import line_of
from mailmerge.lint.rules.tpl.targets import diverges, shown_address
from mailmerge.lint.sentence import Quoted, Sentence
from mailmerge.lint.views.layout import ShapeScan
from mailmerge.lint.views.message import MessageView
from mailmerge.model import Severity

DOC = RuleDoc(
    title=N_("A link leads where its words say."),
    what=N_("A link whose words are the address of one page, and that leads to another host, page or mailbox."),
    why=N_("That is what phishing looks like: mail filters reject it, and careful recipients do not click."),
    bad=N_("[https://example.com](https://tracker.example/x?id=1)"),
    good=N_("[https://example.com](https://example.com), or words that are not an address: [our website](...)"),
    fix=N_("Write the same address in both places, or words instead of the address."),
)
_ELSEWHERE = Sentence(
    "tpl215.elsewhere",
    one=N_('{letter}, line {line}: the link shows "{text}", but leads to {target}'),
    fix=N_("Write the same address in both places, or words instead of the address."),
    many=N_('{letter}, line {line}: the link shows "{text}", but leads to {target} ({count} messages)'),
)


@rule("TPL215", "misleading-link", Severity.WARN, Suppression.WAIVER, Scope.MESSAGE, DOC)
def misleading_link(view: MessageView) -> Iterator[RawFinding]:
    """Links that show one address and lead to another."""
    divergent = _DIVERGENT.get(view.shape)
    if divergent is None:
        divergent = _DIVERGENT[view.shape] = tuple(_divergent(view))
    for text, known, line in divergent:
        letter = view.letter.letter
        yield RawFinding(
            says=_ELSEWHERE,
            values={"letter": Quoted(letter.name), "line": line, "text": Quoted(text), "target": Quoted(known)},
            evidence=(letter.name, text, known),
            record=view.record,
            letter=letter.name,
            letter_line=line,
            excerpt=text,
            cause="\x1f".join((letter.name, text, known)),
            general=True,
        )


_DIVERGENT: WeakKeyDictionary[ShapeScan, tuple[tuple[str, str, int], ...]] = WeakKeyDictionary()
"""For each shape the words, the target and the line of its misleading links: found once."""


def _divergent(view: MessageView) -> Iterator[tuple[str, str, int]]:
    for link in view.shape.markup.links:
        if marks_in(link.text) or "." not in link.text:
            continue
        # a value may end the path, and never decides the host (another rule looks at that)
        known = link.target.partition(MARK_OPEN)[0]
        shown = shown_address(link.text)
        if shown and known and diverges(shown, known):
            yield " ".join(link.text.split()), known, line_of(view, link.target, link.text)
