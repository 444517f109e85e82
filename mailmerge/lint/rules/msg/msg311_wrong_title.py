"""MSG311: the title in a greeting is this person's."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from mailmerge.i18n import N_
from mailmerge.letter.decisions.answers import gender_of
from mailmerge.lint.finding import RawFinding, Suppression
from mailmerge.lint.rule import RuleDoc, Scope, rule
from mailmerge.lint.sentence import Quoted, Sentence
from mailmerge.lint.views.greeting import NEITHER, TYPED_ADJECTIVES, TYPED_TITLES, greets, lines_of, up_to_comma
from mailmerge.lint.views.message import MessageView
from mailmerge.model import Severity
from mailmerge.model.patterns import Span
from mailmerge.text.folding import fold
from mailmerge.text.regex import regex
from mailmerge.text.titles import title_words

DOC = RuleDoc(
    title=N_("The title in a greeting is a title, and this person's."),
    what=N_(
        "A title, or a word such as Chère, that is typed into the greeting although the column of titles says "
        "something else of the person; and a code such as F or 1 in its place. A greeting for both passes: Madame, "
        "Monsieur; Cher·e; Dear Sir or Madam."
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
CODE = Sentence(
    "msg311.code",
    one=N_('{person} would be greeted as "{greeted}": "{header}" holds a code and no title'),
    fix=N_(
        "In {letter}, write a title for each code, such as {{% if {field} == '{title}' %}}, or a greeting that needs "
        "none."
    ),
    many=N_('{count} people would be greeted by a code in the place of a title, such as "{greeted}" ({lines})'),
)
_FOR_BOTH = regex(r"\w\.?[(/·•∙.\-_*:]\s?\w")
"""Cher(e), Liebe/r, Estimado/a, Cher·e."""
_FOR_ONE = regex(r"\b(?:Sig|Dott|Prof)\.\s?(?:ra|na|ssa)\b", re.IGNORECASE)
"""Feminine titles with a point of their own."""


@rule("MSG311", "wrong-title", Severity.BLOCK, Suppression.WAIVER, Scope.MESSAGE, DOC)
def wrong_title(view: MessageView) -> Iterator[RawFinding]:
    """The title in a greeting is this person's."""
    inspection = view.inspection
    if (inspection.gender_codes or inspection.titles) and (code := _code(view)):
        field, text = code
        yield _finding(view, CODE, field, text, f"code\x1f{field}")
        return
    if inspection.titles and view.shape.names_title and view.greeting:
        title = inspection.table.value(view.record, inspection.titles)
        own, typed = gender_of(title), _typed(view)
        if own and typed and own != typed:
            yield _finding(view, WRONG, inspection.titles, title, view.letter.letter.name)


def _code(view: MessageView) -> tuple[str, str] | None:
    """The field and the text of a code right behind the word that greets."""
    for before, span in pairwise(up_to_comma(view.greeting)):
        field = None if span.value is None or before.value is not None else view.field_of(span.value)
        is_code = field in view.inspection.gender_codes and bool(span.text.strip())
        says_neither = field is not None and field == view.inspection.titles and fold(span.text) in NEITHER
        if field is not None and (is_code or says_neither) and greets(before.text):
            return field, span.text
    return None


def _finding(view: MessageView, says: Sentence, field: str, title: str, cause: str) -> RawFinding:
    greeted = " ".join("".join(span.text for span in up_to_comma(view.greeting)).split())
    letter = view.letter.letter.name
    return RawFinding(
        says=says,
        values={
            "person": view.inspection.person(view.record),
            "greeted": Quoted(greeted),
            "header": Quoted(view.inspection.table.header(field), 40),
            "title": Quoted(title, 40),
            "letter": Quoted(letter),
            "field": Quoted(field if says is CODE else f"{{{{ {field} }}}}", 80),
        },
        evidence=(view.own_key, greeted, title),
        record=view.record,
        field=field,
        letter=letter,
        excerpt=greeted,
        cause=cause,
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
        if _FOR_BOTH.search(_FOR_ONE.sub("", span.text)):
            return {"f", "m"}
        written = title_words(span.text)
        said.update(gender for gender, titles in TYPED_TITLES.items() if not titles.isdisjoint(written))
        if all(not adjectives.isdisjoint(written) for adjectives in TYPED_ADJECTIVES.values()):
            return {"f", "m"}  # Szanowna Pani / Szanowny Panie
        if written and number + 1 < len(line) and _is_about_person(view, line[number + 1].text):
            said.update(gender for gender, adjectives in TYPED_ADJECTIVES.items() if written[-1] in adjectives)
    return said


def _is_about_person(view: MessageView, value: str) -> bool:
    """Whether a value is a name of this person, or a title."""
    return bool(gender_of(value)) or not view.words_of_own_name.isdisjoint(fold(value).split())
