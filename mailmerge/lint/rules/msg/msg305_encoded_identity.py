"""MSG305: no identity of somebody else in disguise."""

from __future__ import annotations

from collections.abc import Iterator

from mailmerge.i18n import N_
from mailmerge.lint.extract.encodings import decoded_views
from mailmerge.lint.finding import Found, Suppression
from mailmerge.lint.rule import RuleDoc, Scope, rule
from mailmerge.lint.views.message import MessageView
from mailmerge.lint.views.third_parties import foreign_in
from mailmerge.model import Severity
from mailmerge.text import shorten

DOC = RuleDoc(
    title=N_("No identity of somebody else in disguise."),
    what=N_(
        "an address, number, reference or full name of somebody else in percent, base64, hexadecimal or entity "
        'encoding, an address spelt "jean (at) x.example", or a name spelt J E A N, up to two encodings deep, in a '
        "value or a link."
    ),
    why=N_("a link of another person's that was pasted down a column opens that person's file."),
    bad=N_("https://rdv.example/?u=amVhbi5kdXBvbnRAeC5leGFtcGxl in the letter to Inès"),
    good=N_("a link with this person's own address in it"),
    fix=N_("correct the cell: the link is another row's."),
)


@rule("MSG305", "encoded-identity", Severity.BLOCK, Suppression.NEVER, Scope.MESSAGE, DOC)
def encoded_identity(view: MessageView) -> Iterator[Found]:
    """No identity of somebody else in disguise."""
    told: set[str] = set()
    for text in (*view.message.values, *view.shape.encoded):
        for decoded in decoded_views(text):
            for what, shown, owners, key in foreign_in(view, decoded):
                if key in told:
                    continue
                told.add(key)
                whose = f" of {view.inspection.people(owners)}" if owners else ""
                yield Found(
                    message=f"{view.inspection.person(view.record)} would get the {what}{whose} in an encoded form: "
                    f"{shorten(shown, 50)} in {shorten(text, 60)}",
                    fix="Correct the cell or the link: it is another person's.",
                    evidence=(view.own_key, what, key),
                    record=view.record,
                    others=owners,
                    excerpt=text,
                    cause=f"{what}\x1f{key}",
                )
