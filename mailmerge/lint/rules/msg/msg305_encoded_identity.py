"""MSG305: no identity of somebody else in disguise."""

from __future__ import annotations

from collections.abc import Iterator

from mailmerge.i18n import N_
from mailmerge.lint.extract.encodings import decoded_views
from mailmerge.lint.finding import RawFinding, Suppression
from mailmerge.lint.identities.spelling import spelling
from mailmerge.lint.identities.what import Hit
from mailmerge.lint.rule import RuleDoc, Scope, rule
from mailmerge.lint.sentence import Quoted, Sentence, Value
from mailmerge.lint.views.message import MessageView
from mailmerge.lint.views.third_parties import foreign_in, is_encoded
from mailmerge.model import Severity

DOC = RuleDoc(
    title=N_("No identity of somebody else in disguise."),
    what=N_(
        "An address, number, reference or full name of somebody else in percent, base64, hexadecimal or entity "
        'encoding, an address spelt "jean (at) x.example", or a name spelt J E A N, up to two encodings deep, in a '
        "value or a link."
    ),
    why=N_("A link to another person's file, copied down a column, opens that file."),
    bad=N_("https://rdv.example/?u=amVhbi5kdXBvbnRAeC5leGFtcGxl in the letter to Agnes"),
    good=N_("a link with this person's own address in it"),
    fix=N_("Correct the cell: the link belongs to another row."),
)
ENCODED = Sentence(
    "msg305.encoded",
    one=N_("{person} would get the {what} of {owners} in an encoded form: {shown} in {text}"),
    fix=N_('Correct "{source}": it contains another person\'s data.'),
    many=N_("{count} people would get the {what} of {owners} in an encoded form: {shown} ({lines})"),
)
STRANGER = Sentence(
    "msg305.stranger",
    one=N_("{person} would get an encoded address that is neither theirs nor allowed: {shown} in {text}"),
    fix=N_('Remove it from "{source}"; if it is one of your own addresses, add it to allow_addresses under [lint].'),
    many=N_("{count} people would get an encoded address that is neither theirs nor allowed: {shown} ({lines})"),
)


@rule("MSG305", "encoded-identity", Severity.BLOCK, Suppression.NEVER, Scope.MESSAGE, DOC)
def encoded_identity(view: MessageView) -> Iterator[RawFinding]:
    """No identity of somebody else in disguise."""
    reported = {hit.key for hit in (*view.others, *view.shape.hits) if not is_encoded(hit)}
    for index, each in enumerate((*view.printed, *map(view.inspection.printed, view.shape.encoded))):
        for decoded in each.decoded if each.text != view.recipient.address else ():
            for what, shown, owners, key in foreign_in(view, decoded):
                if key in reported:
                    continue
                reported.add(key)
                shown = spelling(decoded, Hit(what, key, owners)) or shown
                written = _disguise(view, each.text, key)
                values: dict[str, Value] = {
                    "person": view.inspection.person(view.record),
                    "what": what.term,
                    "shown": Quoted(shown, 50),
                    "text": Quoted(written),
                    "source": _source(view, index),
                }
                if owners:
                    values["owners"] = view.inspection.people(owners)
                yield RawFinding(
                    says=ENCODED if owners else STRANGER,
                    values=values,
                    evidence=(view.own_key, what.token, key),
                    record=view.record,
                    others=owners,
                    excerpt=written,
                    cause=f"{what.token}\x1f{key}",
                )


def _disguise(view: MessageView, text: str, key: str) -> str:
    """The word of a text, or else its line, in which an identity is."""
    for pieces in (text.split(), text.splitlines()):
        for piece in pieces if len(pieces) > 1 else ():
            if any(key == found for view_of in decoded_views(piece) for _, _, _, found in foreign_in(view, view_of)):
                return piece.strip()
    return text


def _source(view: MessageView, index: int) -> Quoted:
    """Where a text comes from: a value from its column, and what is after the values from the letter."""
    return view.source_of(index) if index < len(view.message.values) else Quoted(view.letter.letter.name)
