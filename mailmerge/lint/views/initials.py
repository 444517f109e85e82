"""Whom a message, or a file, means by an initial and a surname."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from mailmerge.lint.identities.forms.initials import initials_in
from mailmerge.lint.identities.what import Hit, What
from mailmerge.lint.views.inspection import Inspection
from mailmerge.lint.views.message import MessageView
from mailmerge.text.folding import fold


def initials_of_others(view: MessageView) -> list[Hit]:
    """Those in the values of a message, columns of colleagues left out, and in the letter's own words."""
    inspection = view.inspection
    colleagues = inspection.people_columns.colleagues | inspection.settings.names_of_others
    expressions = view.message.shape.expressions
    hits: list[Hit] = []
    for index, printed in enumerate(view.printed):
        if found := printed.once(_initials_in):
            hits += found if index >= len(expressions) or not expressions[index].fields & colleagues else ()
    return list(dict.fromkeys(others_among(view, [*hits, *view.shape.initials])))


def _initials_in(inspection: Inspection, text: str) -> list[Hit]:
    return initials_in(inspection.identities, text)


def others_among(view: MessageView, hits: Iterable[Hit]) -> Iterator[Hit]:
    """Those that mean neither this person nor whoever writes."""
    for hit in hits:
        is_own = view.record.number in hit.owners or not view.inspection.writers.isdisjoint(hit.owners)
        if not is_own and not _is_named_so(hit, _known_names(view)):
            yield hit


def _known_names(view: MessageView) -> Iterator[frozenset[str]]:
    """The words of the names of this person, and of whoever writes or signs."""
    yield view.words_of_own_name
    yield from (frozenset(fold(mailbox.name).split()) for mailbox in view.message.mailboxes("From"))
    yield from (frozenset(key.split()) for key in view.inspection.signatories)


def _is_named_so(hit: Hit, names: Iterable[frozenset[str]]) -> bool:
    """Whether a name has the words of a mention, and a word that begins with its initial."""
    said = (hit.key if hit.what is What.ONE_NAME else fold(hit.text)).split()
    whole = {word for word in said if len(word) > 1}
    letters = {word for word in said if len(word) == 1}
    return any(whole <= name and letters <= {word[:1] for word in name - whole} for name in names)
