"""MSG301: nothing of the machine is left in the message."""

from __future__ import annotations

import re
from collections.abc import Iterator

from mailmerge.i18n import N_
from mailmerge.lint.finding import Found, Suppression
from mailmerge.lint.rule import RuleDoc, Scope, rule
from mailmerge.lint.rules.msg.fields import field_of
from mailmerge.lint.views.message import MessageView
from mailmerge.model import Severity
from mailmerge.text import shorten

_BRACES = re.compile(r"\{\{|\}\}|\{%|%\}")
_NOTHING = re.compile(r"\s*(?:None|nan|NaN|NaT|<NA>|null|NULL|undefined|\(null\))\s*")
_NOTHING_WORD = re.compile(r"(?<![\w'’.@/-])(?:None|nan|NaN|NaT|undefined)(?![\w'’@/-]|\.\w)")
_GREETINGS = (
    "bonjour|bonsoir|salut|cher|chère|chers|chères|dear|hello|hi|good morning|madame|monsieur|mademoiselle|"
    "guten tag|sehr geehrte[r]?|hallo"
)
_EMPTY_GREETING = re.compile(
    rf"^[ \t>*_]*(?:{_GREETINGS})(?:[ \t\xa0]+(?:{_GREETINGS}|m\.|mme\.?|mr\.?|mrs\.?|ms\.?))?[ \t\xa0]+[*_]*[,!]",
    re.IGNORECASE | re.MULTILINE,
)


DOC = RuleDoc(
    title=N_("Nothing of the machine is left in the message."),
    what=N_("{{ and }}, None, nan, and a greeting without anybody in it, in what was printed for this person."),
    why=N_('"Bonjour None," is the sentence by which peers of this program are known.'),
    bad=N_("Bonjour ,"),
    good=N_("Bonjour Madame Petit,"),
    fix=N_("fill in the cell, or put a condition around the expression."),
)


@rule("MSG301", "residue", Severity.BLOCK, Suppression.NEVER, Scope.MESSAGE, DOC)
def residue(view: MessageView) -> Iterator[Found]:
    """Nothing of the machine is left in the message."""
    told: set[str] = set()
    for index, value in enumerate(view.message.values):
        left = _left_over(value)
        if left and value not in told:
            told.add(value)
            field = field_of(view, index)
            yield Found(
                message=f"{view.inspection.person(view.record)}: the letter prints {left}"
                + (f" for {field}" if field else ""),
                fix="Fill in the cell, or correct what stands in it.",
                evidence=(view.own_key, field or "", value),
                record=view.record,
                field=field,
                excerpt=value,
                cause=f"{field}\x1f{left}",
            )
    greeting = _EMPTY_GREETING.search("".join(span.text for span in view.opening))
    known = set(view.inspection.table.names)
    if greeting and view.letter.letter.expressions and all(e.fields <= known for e in view.message.blanks):
        yield Found(
            message=f'{view.inspection.person(view.record)}: the greeting is "{shorten(greeting.group().strip())}", '
            "without a name",
            fix="Fill in the cell, or write a greeting for people without a name.",
            evidence=(view.own_key, "greeting"),
            record=view.record,
            excerpt=greeting.group().strip(),
            cause="greeting",
        )


def _left_over(value: str) -> str:
    if "{" in value or "}" in value:
        braces = _BRACES.search(value)
        if braces:
            return braces.group()
    if _NOTHING.fullmatch(value):
        return f'"{value.strip()}"'
    if len(value) < 80:
        word = _NOTHING_WORD.search(value)
        if word and len(value.split()) <= 4:
            return f'"{word.group()}"'
    return ""
