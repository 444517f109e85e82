"""MSG301: the message contains no template residue."""

from __future__ import annotations

import re
from collections.abc import Iterator

from mailmerge.i18n import N_
from mailmerge.lint.finding import RawFinding, Suppression
from mailmerge.lint.raw_html import raw_html_in
from mailmerge.lint.rule import RuleDoc, Scope, rule
from mailmerge.lint.sentence import Quoted, Sentence
from mailmerge.lint.views.inspection import Inspection
from mailmerge.lint.views.message import MessageView
from mailmerge.model import GapKind, Severity
from mailmerge.records.cells.no_value import NoValue, is_answer
from mailmerge.text.regex import regex
from mailmerge.text.titles import GREETINGS

_BRACES = regex(r"\{\{|\}\}|\{%|%\}")
_NOTHING = regex(r"\s*(?:None|nan|NaN|NaT|<NA>|null|NULL|undefined|\(null\))\s*")
_NOTHING_WORD = regex(r"(?<![\w'’.@/-])(?:None|nan|NaN|NaT|undefined)(?![\w'’@/-]|\.\w)")
_GREETINGS = "|".join(sorted(GREETINGS, key=len, reverse=True))
_EMPTY_GREETING = regex(
    rf"^[ \t>*_]*(?:{_GREETINGS})(?:[ \t\xa0]+(?:{_GREETINGS}|m\.|mme\.?|mr\.?|mrs\.?|ms\.?))?[ \t\xa0]+[*_]*[,!]",
    re.IGNORECASE | re.MULTILINE,
)


DOC = RuleDoc(
    title=N_("The message contains no template residue."),
    what=N_(
        "{{ or }}, None or nan in a printed value; a greeting without a name; a line that a condition leaves without "
        "words, such as one with a comma alone; and a message without text. It is a warning if a condition only leaves "
        "a blank before a comma or a full stop, a sentence without a word, or a greeting without its title, "
        "and where a cell has HTML tags."
    ),
    why=N_('"Dear None," is the sentence that made mail merges notorious.'),
    bad=N_("Dear ,"),
    good=N_("Dear Ms Small,"),
    fix=N_("Fill in the cell, or put a condition around the expression."),
)
PRINTED = Sentence(
    "msg301.printed",
    one=N_('{person}: the letter prints {residue} for "{source}"'),
    fix=N_('Fill in "{source}", or correct its content.'),
    many=N_('in {count} messages the letter prints {residue} for "{source}" ({lines})'),
)
HTML = Sentence(
    "msg301.html",
    one=N_('{person} would read the HTML tag {residue} in "{source}": cells are printed as they are'),
    fix=N_('Delete the tags from "{source}".'),
    many=N_(
        '{count} people would read HTML tags in "{source}", such as {residue}: cells are printed as they are ({lines})'
    ),
)
GREETING = Sentence(
    "msg301.greeting",
    one=N_('{person}: the greeting is "{greeting}", without a name'),
    fix=N_("Fill in the name, or write a greeting that needs none."),
    many=N_('in {count} messages the greeting has no name, as in "{greeting}" ({lines})'),
)
GAP = Sentence(
    "msg301.gap",
    one=N_('{person} would read the line "{line}": no condition in it holds for them'),
    fix=N_("Write what they should read after {{% else %}}, or correct the cell that the condition looks at."),
    many=N_('{count} people would read a line such as "{line}": no condition in it holds for them ({lines})'),
)
HOLE = Sentence(
    "msg301.hole",
    one=N_('{person} would read a blank before a comma or a full stop, where a condition does not hold: "{line}"'),
    fix=N_("Put the blank inside the condition, or write what they should read after {{% else %}}."),
    many=N_(
        "{count} people would read a blank before a comma or a full stop, where a condition does not hold: "
        '"{line}" ({lines})'
    ),
)
UNTITLED = Sentence(
    "msg301.untitled",
    one=N_('{person} would be greeted with "{line}": none of the alternatives in it holds for them'),
    fix=GAP.fix,
    many=N_('{count} people would be greeted as in "{line}": none of the alternatives in it holds for them ({lines})'),
)
BETWEEN = Sentence(
    "msg301.between",
    one=N_('{person} would read a sentence that lacks a word, where a condition does not hold: "{line}"'),
    fix=GAP.fix,
    many=N_(
        '{count} people would read a sentence that lacks a word, where a condition does not hold: "{line}" ({lines})'
    ),
)
_GAPS = {GapKind.WORDS: GAP, GapKind.WORD: HOLE, GapKind.TITLE: UNTITLED, GapKind.BETWEEN: BETWEEN}
EMPTY = Sentence(
    "msg301.empty",
    one=N_("{person} would get a message without text: no condition of the letter holds for them"),
    fix=GAP.fix,
    many=N_("{count} people would get a message without text: no condition of the letter holds for them ({lines})"),
)


@rule("MSG301", "residue", Severity.BLOCK, Suppression.NEVER, Scope.MESSAGE, DOC)
def residue(view: MessageView) -> Iterator[RawFinding]:
    """The message contains no template residue."""
    reported: set[str] = set()
    for index, printed in enumerate(view.printed):
        left, value = printed.once(_left_over), printed.text
        if left and value not in reported:
            reported.add(value)
            field = view.field_of(index)
            if view.inspection.no_values.get(field or "", {}).get(value) is NoValue.LIKELY:
                continue  # a surname among surnames: LST124 asks
            if field in view.inspection.table.names and is_answer(view.inspection.table.header(field), value):
                continue
            yield RawFinding(
                says=PRINTED,
                values={
                    "person": view.inspection.person(view.record),
                    "residue": Quoted(left),
                    "source": view.source_of(index),
                },
                evidence=(view.own_key, field or "", value),
                record=view.record,
                field=field,
                excerpt=value,
                cause=f"{field}\x1f{left}",
            )
    yield from _tags(view)
    greeting = _EMPTY_GREETING.search("".join(span.text for span in view.opening))
    known = set(view.inspection.table.names)
    if greeting and view.letter.letter.expressions and all(e.fields <= known for e in view.message.blanks):
        text = greeting.group().strip()
        yield RawFinding(
            says=GREETING,
            values={"person": view.inspection.person(view.record), "greeting": Quoted(text)},
            evidence=(view.own_key, "greeting"),
            record=view.record,
            excerpt=text,
            cause="greeting",
        )
    yield from _left_by_conditions(view, "" if greeting is None else greeting.group())


def _tags(view: MessageView) -> Iterator[RawFinding]:
    """Tags in cells, each field once."""
    reported: set[str | None] = set()
    for index, value in enumerate(view.message.values):
        if "<" in value and (tag := raw_html_in(value)) and (field := view.field_of(index)) not in reported:
            reported.add(field)
            yield RawFinding(
                says=HTML,
                values={
                    "person": view.inspection.person(view.record),
                    "residue": Quoted(tag[0], 40),
                    "source": view.source_of(index),
                },
                evidence=(view.own_key, "html", field or "", tag[0]),
                record=view.record,
                field=field,
                excerpt=tag[0],
                severity=Severity.WARN,
                cause=f"html\x1f{field}",
            )


def _left_by_conditions(view: MessageView, greeting: str) -> Iterator[RawFinding]:
    """Lines, or a whole message, to which a condition could have given words."""
    person = view.inspection.person(view.record)
    is_silent = not view.shape.speaks and not view.message.blanks and not any(map(str.isalnum, view.message.text))
    if is_silent:
        yield RawFinding(
            says=EMPTY, values={"person": person}, evidence=(view.own_key, "empty"), record=view.record, cause="empty"
        )
        return
    for gap in view.message.shape.gaps:
        line = gap.line.fill(view.message.values)
        if greeting and "".join(line.split()) == "".join(greeting.split()):
            continue
        yield RawFinding(
            says=_GAPS[gap.kind],
            values={"person": person, "line": Quoted(line)},
            evidence=(view.own_key, "gap", *gap.line.constants),
            record=view.record,
            excerpt=line,
            severity=None if gap.kind is GapKind.WORDS else Severity.WARN,
            cause="\x1f".join(("gap", *gap.line.constants)),
        )


def _left_over(_inspection: Inspection, value: str) -> str:
    """The braces in a value, or the word for nothing that it is; ``""`` if it has neither."""
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
