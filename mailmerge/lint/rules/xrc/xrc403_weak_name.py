"""XRC403: surnames of others, with an initial or a title."""

from __future__ import annotations

import re
from collections.abc import Iterator

from mailmerge.i18n import N_
from mailmerge.lint.finding import Found, Suppression
from mailmerge.lint.rule import RuleDoc, Scope, rule
from mailmerge.lint.views.message import MessageView
from mailmerge.model import Severity
from mailmerge.text import fold, shorten

_WEAK = re.compile(
    r"\b(?:M\.|Mme|Mlle|Mr\.?|Mrs\.?|Ms\.?|Monsieur|Madame|Mademoiselle|[A-ZÀ-Þ]\.)[ \xa0]?([A-ZÀ-Þ][\w'’-]+)"
)


DOC = RuleDoc(
    title=N_("Surnames of others, with an initial or a title."),
    what=N_('"J. Dupont" or "Mme Dupont" in a value, where somebody else of the table is called so.'),
    why=N_("it may be that person, or anybody of that name; it is listed together, and never an alarm."),
    bad=N_('"vu avec Mme Petit" in the letter to Paul, where Inès Petit is a candidate'),
    good=N_("this person's own name"),
    fix=N_("look at some of them."),
)


@rule("XRC403", "weak-name", Severity.INFO, Suppression.NEVER, Scope.MESSAGE, DOC)
def weak_name(view: MessageView) -> Iterator[Found]:
    """Surnames of others, with an initial or a title."""
    for value in view.message.values:
        if "." not in value and " " not in value:
            continue
        for match in _WEAK.finditer(value):
            surname = fold(match[1])
            owners = view.inspection.identities.surname_owners(surname)
            if owners and view.record.number not in owners and surname not in view.words_of_own_name:
                yield Found(
                    message=f"{view.inspection.person(view.record)} would read {shorten(match.group(), 40)}, as "
                    f"{view.inspection.people(owners)} is called",
                    fix="Look whether it is that person.",
                    evidence=(view.own_key, match.group()),
                    record=view.record,
                    others=owners[:5],
                    excerpt=match.group(),
                    cause="weak",
                    together="in {count} places a message names somebody by a surname that others of the table have: "
                    "{lines}",
                    general=True,
                )
