"""What is odd only beside the other messages: names half given, texts that two people share, a letter far too long."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from statistics import median

from mailmerge.lint.finding import Found, Suppression
from mailmerge.lint.registry import Scope, rule
from mailmerge.lint.scans import MessageView
from mailmerge.lint.survey import Survey
from mailmerge.model import Severity
from mailmerge.text import fold, shorten

_WEAK = re.compile(
    r"\b(?:M\.|Mme|Mlle|Mr\.?|Mrs\.?|Ms\.?|Monsieur|Madame|Mademoiselle|[A-ZÀ-Þ]\.)[ \xa0]?([A-ZÀ-Þ][\w'’-]+)"
)


@rule("XRC403", "weak-name", Severity.INFO, Suppression.NEVER, Scope.MESSAGE)
def weak_name(view: MessageView) -> Iterator[Found]:
    """Surnames of others, with an initial or a title.

    What: "J. Dupont" or "Mme Dupont" in a value, where somebody else of the table is called so.
    Why: it may be that person, or anybody of that name; it is listed together, and never an alarm.
    Bad: "vu avec Mme Petit" in the letter to Paul, where Inès Petit is a candidate
    Good: this person's own name
    Fix: look at some of them.
    """
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


@rule("XRC408", "twin-text", Severity.WARN, Suppression.WAIVER, Scope.SET)
def twin_text(survey: Survey) -> Iterator[Found]:
    """A text written for one person is read by one person.

    What: the same long free text in the letters of a few people, in a column where almost every text is different.
    Why: a personal remark that was copied one row too far is about somebody else.
    Bad: the same four lines of feedback for lines 17 and 18
    Good: one of five standard reasons that many people get
    Fix: compare the cells; write each person their own.
    """
    inspection = survey.inspection
    for field, texts in survey.texts.items():
        several = {text: numbers for text, numbers in texts.items() if len(numbers) > 1}
        if not several or len(texts) < 0.7 * sum(map(len, texts.values())):
            continue
        for numbers in several.values():
            if len(numbers) >= inspection.many:
                continue
            record = inspection.table.record(numbers[-1])
            text = inspection.table.value(record, field)
            yield Found(
                message=f'{inspection.people(numbers)} would read the same text of "{inspection.table.header(field)}", '
                f"where almost everybody has their own: {shorten(text, 60)}",
                fix="Compare the cells: the text of one person may have been copied to the other.",
                evidence=(field, text),
                record=record,
                field=field,
                others=tuple(numbers[:-1]),
                affected=tuple(numbers),
                excerpt=text,
            )


_FEWEST = 20
"""Messages of one branch from which on a usual length is known."""
_DEVIATIONS = 6
_LEAST_EXCESS = 300
"""Characters; less is a long job title."""


@rule("XRC409", "size-outlier", Severity.WARN, Suppression.WAIVER, Scope.SET)
def size_outlier(survey: Survey) -> Iterator[Found]:
    """No message is far longer than those like it.

    What: a length more than 6 median deviations from that of the messages of the same branch, and 300 characters.
    Why: a cell that swallowed a paragraph, or a whole other row, shows in the length first.
    Bad: one letter of 4,000 characters among letters of 900
    Good: a long job title
    Fix: look at the message.
    """
    inspection = survey.inspection
    branches: dict[int, list[tuple[int, int]]] = defaultdict(list)
    for fact in survey.facts:
        branches[fact.branch].append((fact.size, fact.asked))
    for members in branches.values():
        if len(members) < _FEWEST:
            continue
        middle = median(size for size, _number in members)
        spread = median(abs(size - middle) for size, _number in members)
        limit = max(_DEVIATIONS * 1.4826 * spread, _LEAST_EXCESS)
        for size, number in members:
            if size - middle > limit:
                record = inspection.table.record(number)
                yield Found(
                    message=f"the message of {inspection.person(record)} is {size - middle:.0f} characters longer "
                    "than those like it",
                    fix="Look at the message: a cell may hold more than it should.",
                    evidence=record.values,
                    record=record,
                    cause="longer",
                )
