"""TPL205: no placeholder of another program is left in the letter."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from mailmerge.i18n import N_
from mailmerge.lint.extract.as_read import ELEMENTS, TextAsRead, readings_of
from mailmerge.lint.finding import RawFinding, Suppression
from mailmerge.lint.raw_html import entity_in, raw_html_in
from mailmerge.lint.rule import RuleDoc, Scope, rule
from mailmerge.lint.rules.tpl.editors_notes import notes_in
from mailmerge.lint.rules.tpl.placeholder_marks import Placeholder, placeholders_in
from mailmerge.lint.rules.tpl.placeholder_names import Names, meant_field
from mailmerge.lint.rules.tpl.stand_ins import stand_ins
from mailmerge.lint.rules.tpl.unfinished import is_instruction, runs_in, unfinished_in
from mailmerge.lint.sentence import Quoted, Sentence
from mailmerge.lint.views.inspection import Inspection
from mailmerge.lint.vocabulary import words
from mailmerge.model import SIGNATURE, Severity
from mailmerge.text.regex import regex

if TYPE_CHECKING:
    from mailmerge.letter import Letter


DOC = RuleDoc(
    title=N_("No placeholder of another program is left in the letter."),
    what=N_(
        "The name of a column, or a usual one, in the marks of another mail-merge program: {nom}, <<nom>>, «nom», "
        "[Nom], %NOM%, ${nom}, *|NOM|*, { MERGEFIELD nom }, ::nom::; braces that belong to no field; <nom> and any "
        "other tag that HTML does not have; XXXX and TODO. And what was to be filled in before the letter was sent: "
        "[to be confirmed], [Uhrzeit], DD/MM/YYYY, xx/xx/2026, or ____ within a sentence; and words in round brackets "
        "or quotation marks in the place of a value, as in: on (date). Capitals alone, [ABC], XX alone, and (to be "
        "confirmed) are a warning, and so are HTML tags and &nbsp; in plain text."
    ),
    why=N_('They are printed literally: every recipient would get "Dear [First name],".'),
    bad=N_("Dear [First name],"),
    good=N_("Dear {{ first_name }},"),
    fix=N_("Write {{ field }}, or the intended word. Style sheets, links and notes such as [1] are fine."),
)
_MEANT = Sentence(
    "tpl205.meant",
    one=N_("{letter}, line {line}: {text} would be printed literally"),
    fix=N_("Write {{{{ {field} }}}}, or the intended words."),
)
_LITERAL = Sentence(
    "tpl205.literal",
    one=N_("{letter}, line {line}: {text} would be printed literally"),
    fix=N_("Write {{{{ field }}}} with the name of a field, or the intended words."),
)
_LOST = Sentence(
    "tpl205.lost",
    one=N_("{letter}, line {line}: {text} belongs to no field and would be printed literally"),
    fix=N_("Write a field with two braces on each side, {{{{ field }}}}, or delete the brace."),
)
_TAG_MEANT = Sentence(
    "tpl205.tag-meant",
    one=N_("{letter}, line {line}: {text} would not be shown: mail programs take it for an HTML tag"),
    fix=N_("Write {{{{ {field} }}}}, or the intended words."),
)
_TAG = Sentence(
    "tpl205.tag",
    one=N_("{letter}, line {line}: {text} would not be shown: mail programs take it for an HTML tag"),
    fix=N_("Write the words without the angle brackets, or {{{{ field }}}} with the name of a field."),
)
_UNFINISHED = Sentence(
    "tpl205.unfinished",
    one=N_("{letter}, line {line}: {text} was to be filled in, and would be printed literally"),
    fix=N_("Write the intended words, or {{{{ field }}}} with the name of a field."),
)
_NOTE = Sentence(
    "tpl205.note",
    one=N_("{letter}, line {line}: {text} seems to be for whoever edits the letter; every recipient would read it"),
    fix=N_("Delete it, once what it says is done; if it is for the recipients, no action is needed."),
)
_COMMENT = Sentence(
    "tpl205.comment",
    one=N_("{letter}, line {line}: {text} is a comment, and nothing is printed for it"),
    fix=N_("Write {{{{ {field} }}}}, or delete the comment."),
)
_HTML = Sentence(
    "tpl205.html",
    one=N_("{letter}, line {line}: {text} is HTML, and would be printed literally, since this text is plain text"),
    fix=N_("Delete it; or, if the whole letter is HTML, give its file the ending .html."),
)
_SECTION = regex(r"^--\S.*\n(?:[\w-]+:.*\n)*?Content-Type:\s*text/(plain|html)", re.MULTILINE | re.IGNORECASE)
_TAGS = regex(r"\s*(?:\[[^\[\]]*\]\s*)*")
_SERVED = regex(r"<\?(?:php\b|=)(?:(?!<\?|\?>).){0,500}\?>", re.DOTALL | re.IGNORECASE)
_VARIABLE = regex(r"\$(?:\w+(?:\[\s*['\"]|->))?([^\W\d]\w*)")
"""What PHP prints, and the last word of ``$nom``, ``$row['nom']`` and ``$row->nom``."""
_COMMENTED = regex(r"\{#\s*([^\W\d_][\w ]{0,40}?)\s*#\}")


@rule("TPL205", "foreign-placeholder", Severity.BLOCK, Suppression.NEVER, Scope.LETTER, DOC)
def foreign_placeholder(inspection: Inspection, letter: Letter) -> Iterator[RawFinding]:
    """Placeholders of other programs, marks that have lost their name, and tags that are none."""
    names = Names.of(inspection.table)
    for whole in readings_of(letter.constants, letter.kind):
        told: list[tuple[int, int]] = []
        certain = [(start, end) for start, end, sure in unfinished_in(whole) if sure]
        for reading in (whole, *whole.attributes):
            for each in placeholders_in(reading, names):
                field = meant_field(each.name, names)
                if reading is whole and not each.sure and _overlaps(each.start, each.end, certain):
                    continue
                if not each.sure and _tags_subject(letter, reading, each):
                    continue
                if reading is whole:
                    told.append((each.start, each.end))
                yield _found(
                    letter,
                    reading.line(each.start),
                    reading.written(each.start, each.end),
                    _MEANT if field else _LITERAL if each.name else _LOST,
                    field,
                    sure=each.sure,
                )
        yield from _unknown_tags(letter, whole, names)
        yield from _unfinished(letter, whole, told, names)
    yield from _raw_html(letter)
    yield from _served(letter, names)
    for match in _COMMENTED.finditer(letter.source):
        if names.is_field(match[1]):
            line = letter.source.count("\n", 0, match.start()) + 1
            yield _found(letter, line, match[0], _COMMENT, meant_field(match[1], names), sure=False)


def _served(letter: Letter, names: Names) -> Iterator[RawFinding]:
    """Code that only a server fills in: HTML takes it for a comment, so that nobody sees it in a message."""
    for match in () if letter.kind == "text" else _SERVED.finditer(letter.source):
        variable = _VARIABLE.search(match[0])
        field = meant_field(variable[1], names) if variable else ""
        line = letter.source.count("\n", 0, match.start()) + 1
        yield _found(letter, line, match[0], _TAG_MEANT if field else _TAG, field, sure=True)


def _tags_subject(letter: Letter, reading: TextAsRead, each: Placeholder) -> bool:
    """Whether brackets begin the subject, as those do by which people sort their mail: [PRESS] New opening hours."""
    header, _, subject = letter.source.split("\n")[reading.line(each.start) - 1].partition(":")
    before, tag, after = subject.partition(reading.written(each.start, each.end))
    return header.casefold() == "subject" and bool(tag and after.strip()) and _TAGS.fullmatch(before) is not None


def _raw_html(letter: Letter) -> Iterator[RawFinding]:
    """The first tag or character reference of a text that no mail program reads as HTML."""
    plain = _plain_lines(letter)
    for constant in letter.constants:
        if constant.literal or constant.part == SIGNATURE or (constant.part == "body" and constant.line not in plain):
            continue
        if found := raw_html_in(constant.text) or entity_in(constant.text):
            line = constant.line_at(found.start())
            yield _found(letter, line, found[0], _HTML, "", sure=False)
            return


def _plain_lines(letter: Letter) -> range:
    """The lines of a letter's body that are plain text: all, none, or a section of two."""
    if letter.kind == "text":
        return range(1, sys.maxsize)
    sections = {found[1].casefold(): found.start() for found in _SECTION.finditer(letter.source)}
    if sections.keys() != {"plain", "html"}:
        return range(0)
    ends = sections["html"] if sections["html"] > sections["plain"] else len(letter.source)
    first, last = (letter.source.count("\n", 0, place) + 1 for place in (sections["plain"], ends))
    return range(first, last + 1)


def _unfinished(
    letter: Letter, reading: TextAsRead, told: Sequence[tuple[int, int]], names: Names
) -> Iterator[RawFinding]:
    """What was to be filled in, where it has not been told of as a placeholder."""
    taken = list(told)
    stand_in = [each for each in stand_ins(reading.text, names.is_field) if not reading.in_code(each[0])]
    for start, end, sure in (*unfinished_in(reading), *stand_in):
        if not _overlaps(start, end, taken):
            taken.append((start, end))
            yield _found(letter, reading.line(start), reading.written(start, end), _UNFINISHED, "", sure=sure)
    for start, end, sure in notes_in(reading, letter.source):
        if not _overlaps(start, end, taken):
            taken.append((start, end))
            yield _found(letter, reading.line(start), reading.written(start, end).strip(), _NOTE, "", sure=sure)
    for start, end, sure in runs_in(reading.source):
        line = reading.line_of_source(start)
        if not _overlaps(start, end, [(reading.place(first), reading.place(last)) for first, last in taken]):
            yield _found(letter, line, reading.source[start:end], _UNFINISHED, "", sure=sure)


def _overlaps(start: int, end: int, several: Sequence[tuple[int, int]]) -> bool:
    return any(start < last and first < end for first, last in several)


def _unknown_tags(letter: Letter, reading: TextAsRead, names: Names) -> Iterator[RawFinding]:
    """Tags that HTML does not have; one that it has is a field as well where nothing ends it."""
    ended = {tag.name for tag in reading.tags if tag.ends}
    for tag in reading.tags:
        called = tag.written.strip("<>/ ")
        known = names.is_field(called) or names.is_field(tag.name)
        instructed = "=" not in called and " " in called and is_instruction(called)
        if tag.ends or ":" in tag.name or ("-" in tag.name and not known):
            continue
        if (
            tag.name in ELEMENTS
            and not instructed
            and not (known and tag.name not in ended and tag.name not in _NEVER_ENDED)
        ):
            continue
        name = called if names.is_field(called) else tag.name
        field = meant_field(name, names)
        sure = known or names.is_usual(name) or is_instruction(called)
        yield _found(letter, tag.line, tag.written, _TAG_MEANT if field else _TAG, field, sure=sure)


_NEVER_ENDED = words("area base br col embed hr img input link meta param source track wbr p li td tr th dt dd option")


_PRINTED = (_MEANT, _LITERAL, _LOST, _UNFINISHED, _NOTE)
_BACKSLASH = regex(r"\\([!-/:-@\[-`{-~])")
"""A sign that Markdown shall print as it is."""


def _found(letter: Letter, line: int, text: str, says: Sentence, field: str, *, sure: bool) -> RawFinding:
    is_markdown = letter.kind == "markdown" and line >= min(letter.body_lines) and says in _PRINTED
    printed = _BACKSLASH.sub(r"\1", text) if is_markdown else text
    return RawFinding(
        says=says,
        values={"letter": Quoted(letter.name), "line": line, "text": Quoted(printed, 40), "field": field},
        evidence=(letter.name, text),
        letter=letter.name,
        letter_line=line,
        excerpt=printed,
        severity=None if sure else Severity.WARN,
    )
