"""XRC403: surnames of others, with an initial or a title."""

from __future__ import annotations

import re
from collections.abc import Iterator

from mailmerge.i18n import N_
from mailmerge.lint.finding import RawFinding, Suppression
from mailmerge.lint.rule import RuleDoc, Scope, rule
from mailmerge.lint.sentence import Quoted, Sentence
from mailmerge.lint.views.initials import initials_of_others
from mailmerge.lint.views.inspection import Inspection
from mailmerge.lint.views.message import MessageView
from mailmerge.lint.vocabulary import CAPITAL
from mailmerge.model import Severity
from mailmerge.text.folding import fold
from mailmerge.text.regex import regex

_WEAK = regex(
    rf"\b(?:M\.|Mme|Mlle|Mr\.?|Mrs\.?|Ms\.?|Monsieur|Madame|Mademoiselle|[{CAPITAL}]\.)[ \xa0]?([{CAPITAL}][\w'’-]+)"
)


DOC = RuleDoc(
    title=N_("Surnames of others, with an initial or a title."),
    what=N_('"J. Bridges" or "Mrs Bridges" in a value, if somebody else in the table has that surname.'),
    why=N_("It may mean that person, or anybody of that name; such mentions are listed together, and never block."),
    bad=N_('"discussed with Mrs Small" in the letter to Paul, if Agnes Small is a candidate'),
    good=N_("this person's own name"),
    fix=N_("Check some of them."),
)
SURNAME = Sentence(
    "xrc403.surname",
    one=N_('{person} would see "{mention}", which is also the surname of {owners}'),
    fix=N_("Check whether it means that person."),
    many=N_(
        'messages mention surnames that others in the table share, such as "{mention}" (mentions: {count}; {lines})'
    ),
)


@rule("XRC403", "weak-name", Severity.INFO, Suppression.NEVER, Scope.MESSAGE, DOC)
def weak_name(view: MessageView) -> Iterator[RawFinding]:
    """Surnames of others, with an initial or a title."""
    told: list[str] | None = None
    for printed in view.printed:
        for match in printed.once(_mentions):
            surname = fold(match[1])
            owners = view.inspection.identities.surname_owners(surname)
            if owners and view.record.number not in owners and surname not in view.words_of_own_name:
                if told is None:
                    told = [hit.text for hit in initials_of_others(view)]
                if any(match.group() in text or text in match.group() for text in told):
                    continue  # XRC402 tells of it
                yield RawFinding(
                    says=SURNAME,
                    values={
                        "person": view.inspection.person(view.record),
                        "mention": Quoted(match.group(), 40),
                        "owners": view.inspection.people(owners),
                    },
                    evidence=(view.own_key, match.group()),
                    record=view.record,
                    others=owners[:5],
                    excerpt=match.group(),
                    cause="weak",
                    general=True,
                )


def _mentions(_inspection: Inspection, value: str) -> list[re.Match[str]]:
    return list(_WEAK.finditer(value)) if "." in value or " " in value else []
