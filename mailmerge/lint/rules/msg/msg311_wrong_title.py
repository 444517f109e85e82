"""MSG311: the title in a greeting is this person's."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from mailmerge.i18n import N_
from mailmerge.letter.answers import gender_of
from mailmerge.lint.finding import RawFinding, Suppression
from mailmerge.lint.rule import RuleDoc, Scope, rule
from mailmerge.lint.sentence import Quoted, Sentence
from mailmerge.lint.views.greeting import TYPED_ADJECTIVES, TYPED_TITLES, lines_of, up_to_comma
from mailmerge.lint.views.message import MessageView
from mailmerge.model import Severity
from mailmerge.patterns import Span
from mailmerge.regex import regex
from mailmerge.text import fold

DOC = RuleDoc(
    title=N_("The title in a greeting is this person's."),
    what=N_(
        "A title, or a word such as Chère, that is typed into the greeting although the column of titles says "
        "something else of the person. A greeting for both passes: Madame, Monsieur; Cher·e; Dear Sir or Madam."
    ),
    why=N_("Half of the people would be addressed as what they are not."),
    bad=N_("Dear Mr {{ last_name }}, to a person whose title is Ms"),
    good=N_("Dear {{ title }} {{ last_name }},"),
    fix=N_("Print the column of titles, write a condition for each, or choose a greeting that fits everybody."),
)
WRONG = Sentence(
    "msg311.wrong",
    one=N_('{person} would be greeted as "{greeted}", although "{header}" says {title}'),
    fix=N_(
        "In {letter}, print the field {field} in the greeting, or write a greeting that fits everybody; if the cell is "
        "wrong, correct it."
    ),
    many=N_('{count} people would be greeted by a title that is not theirs, such as "{greeted}" for {title} ({lines})'),
)
_FOR_BOTH = regex(r"\w[(/·•∙.\-_*:]\s?\w")
"""Cher(e), Liebe/r, Estimado/a, Cher·e."""


@rule("MSG311", "wrong-title", Severity.BLOCK, Suppression.WAIVER, Scope.MESSAGE, DOC)
def wrong_title(view: MessageView) -> Iterator[RawFinding]:
    """The title in a greeting is this person's."""
    inspection, letter = view.inspection, view.letter.letter
    field = inspection.titles
    if not field or not view.shape.names_title or not view.greeting:
        return
    title = inspection.table.value(view.record, field)
    own, typed = gender_of(title), _typed(view)
    if not own or not typed or own == typed:
        return
    greeted = " ".join("".join(span.text for span in up_to_comma(view.greeting)).split())
    yield RawFinding(
        says=WRONG,
        values={
            "person": inspection.person(view.record),
            "greeted": Quoted(greeted),
            "header": Quoted(inspection.table.header(field), 40),
            "title": Quoted(title, 40),
            "letter": Quoted(letter.name),
            "field": Quoted(f"{{{{ {field} }}}}", 80),
        },
        evidence=(view.own_key, greeted, title),
        record=view.record,
        field=field,
        letter=letter.name,
        excerpt=greeted,
        cause=letter.name,
    )


def _typed(view: MessageView) -> str:
    """The gender that the author's words in the greeting address; empty for both, or neither."""
    said = _genders(view, up_to_comma(view.greeting))
    if len(said) != 1:
        return ""
    lines = list(lines_of(view.opening))
    at = lines.index(view.greeting)
    around = _genders(view, view.greeting)
    if at + 1 < len(lines) and len("".join(span.text for span in lines[at + 1]).split()) <= 2:
        around |= _genders(view, lines[at + 1])  # Madame,⏎Monsieur,
    return said.pop() if said == around else ""


def _genders(view: MessageView, line: Sequence[Span]) -> set[str]:
    said: set[str] = set()
    for number, span in enumerate(line):
        if span.value is not None:
            continue
        if _FOR_BOTH.search(span.text):
            return {"f", "m"}
        written = fold(span.text).split()
        said.update(gender for gender, titles in TYPED_TITLES.items() if not titles.isdisjoint(written))
        if written and number + 1 < len(line) and _is_about_person(view, line[number + 1].text):
            said.update(gender for gender, adjectives in TYPED_ADJECTIVES.items() if written[-1] in adjectives)
    return said


def _is_about_person(view: MessageView, value: str) -> bool:
    """Whether a value is a name of this person, or a title."""
    return bool(gender_of(value)) or not view.words_of_own_name.isdisjoint(fold(value).split())
