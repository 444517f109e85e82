"""Mistakes in the template code of a letter, in words of whoever wrote it, with what to write instead.

Jinja2's own sentences are for programmers ("expected token 'end of print statement', got 'de'"). What people write are
headers of their table with spaces in them, one brace too few, quotation marks that a word processor curled, and
conditions that are never closed; each is recognised here and the right spelling is named.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from operator import itemgetter

from jinja2 import TemplateSyntaxError
from msgspec import Struct

from mailmerge.errors import Reason
from mailmerge.letter.jinja.repairs import STRING, repair_code
from mailmerge.letter.jinja.tags import FIELD_LIKE, braced, in_expression, in_tag, parses_as_tag, tag
from mailmerge.letter.markup.enclosed import replace_enclosed
from mailmerge.letter.reasons import reason
from mailmerge.text.folding import identifier
from mailmerge.text.regex import regex
from mailmerge.text.shown import INVISIBLE, shorten


class Mistake(Struct, frozen=True):
    """One mistake in the template code."""

    line: int
    """Of the text that was looked at, from 1."""
    reason: Reason
    """What is wrong, and what to write."""


_ODD = "".join(sorted(INVISIBLE))
_RAW = regex(r"\{%[-+]?\s*(raw)\b|<(style|script)\b", re.IGNORECASE)
_ENDS = {
    "raw": regex(r"\{%[-+]?\s*endraw\s*[-+]?%\}", re.IGNORECASE),
    "style": regex("</style", re.IGNORECASE),
    "script": regex("</script", re.IGNORECASE),
}
_COMMENT = regex(r"\{#.*?(?:#\}|\Z)", re.DOTALL)
_CODE = regex(r"\{\{|\{%")
_LOST_BRACE = regex(rf"(?<![{{\\])\{{\s*({FIELD_LIKE})\s*\}}\}}")
_SPACED = regex(rf"\{{[\s{_ODD}]+\{{[\s{_ODD}]*({FIELD_LIKE})[\s{_ODD}]*\}}[\s{_ODD}]*\}}")
_FULL_WIDTH = regex(rf"(?:｛\s*[｛{{]|\{{\s*｛)[\s{_ODD}]*({FIELD_LIKE})[\s{_ODD}]*[｝}}]|｛\s*[｛%％]()")
_ONE_MORE = regex(rf"\{{\{{\{{?\s*({FIELD_LIKE})\s*\}}\}}\}}")

_CLOSES = {"if": "endif", "for": "endfor"}


_TAG_BRACES = regex(
    rf"(?<![{{\\])(?:\{{[\s{_ODD}]+%|\{{[^\w\s{{}}%#]%|\{{\{{+[\s{_ODD}]*%|\{{%%|[\[<]%(?!=))(?:[-+])?\s*"
    r"((?:if|elif|else|endif|for|endfor|set|si|sinon|finsi)\b[^{}%\n]*?)\s*(?:%[\s%]*\}+|%[\]>]|\}\})"
)
"""``{{% if x %}}``, ``{ % if x % }``, ``[% if x %]``: a condition in other braces than ``{%`` and ``%}``.

What stands after a backslash is meant to be printed: an imported letter has the tags of other programs so.
"""


_SECTION = regex(
    rf"\{{\{{~?\s*([#/^])\s*(?!(?:each|with)\b)(?:(if|unless)\b\s*)?({FIELD_LIKE})?\s*~?\}}\}}", re.IGNORECASE
)
"""The beginning or end of a condition, with the field that it asks about."""


def find_mistakes(source: str) -> Mistake | None:
    """What would be printed literally although it was meant as a field: braces lost, spaced or full-width."""
    if "{" not in source and "｛" not in source and "%" not in source:
        return None
    plain = _blanked(source)
    found = [(match.start(), why, match[1] or "") for pattern, why in _BRACES for match in pattern.finditer(plain)]
    if not found:
        return None
    position, why, inner = min(found, key=itemgetter(0))
    return Mistake(_line_at(source, position), why(inner))


def _full_width(field: str) -> Reason:
    return reason("full-width-braces", write=braced(field)) if field else reason("full-width-braces-empty")


def _in_ordinary_braces(inner: str) -> Reason:
    return in_tag(inner) or reason("condition-in-braces", write=tag(inner))


_BRACES: tuple[tuple[re.Pattern[str], Callable[[str], Reason]], ...] = (
    (_SPACED, lambda field: reason("spaced-braces", write=braced(field))),
    (_LOST_BRACE, lambda field: reason("brace-missing-first", write=braced(field))),
    (_ONE_MORE, lambda field: reason("brace-too-many", write=braced(field))),
    (_FULL_WIDTH, _full_width),
    (_TAG_BRACES, _in_ordinary_braces),
)


def explain_mistake(source: str, error: TemplateSyntaxError) -> Mistake:
    """What is wrong with a text that Jinja2 cannot read: the first mistake in it."""
    mistake = _section_of_others(source) or next(_code_mistakes(source), None)
    return mistake or Mistake(error.lineno, reason("braces-unreadable"))


def _section_of_others(source: str) -> Mistake | None:
    """A condition as Handlebars and Mustache write it, of which Jinja2 reads the sign as its own: ``{{#if nom}}``."""
    found = _SECTION.search(source)
    if found is None:
        return None
    sign, word, field = found[1], (found[2] or "").lower(), identifier(found[3] or "") or "field"
    code = f"if not {field}" if sign == "^" or word == "unless" else f"if {field}"
    return Mistake(
        _line_at(source, found.start()), reason("condition-in-braces", write=tag("endif" if sign == "/" else code))
    )


def explain_expression(source: str) -> Reason:
    """The same for one expression without braces, a ``where``."""
    repaired = repair_code(source.strip(), str, decides=True)
    return repaired or reason("not-a-condition", write='field == "a value"')


def _code_mistakes(source: str) -> Iterator[Mistake]:
    """The mistakes of the braces one by one, then those of conditions and loops as they are nested."""
    plain = _blanked(source)
    opened: list[tuple[str, int, str]] = []
    position = 0
    while found := _CODE.search(plain, position):
        line = _line_at(source, found.start())
        printed = found[0] == "{{"
        end = _end_of_code(plain, found.end(), "}}" if printed else "%}")
        if end is None:
            yield Mistake(line, _never_ended(plain[found.start() :], printed=printed))
            return
        inner = plain[found.end() : end].lstrip("+-").removesuffix("-")
        inner = (inner if printed else inner.removesuffix("+")).strip()
        said = in_expression(inner) if printed else in_tag(inner)
        if said:
            yield Mistake(line, said)
            return
        if not printed:
            word = inner.split(None, 1)[0] if inner else ""
            if word in _CLOSES:
                opened.append((word, line, inner))
            elif said := _misnested(word, opened):
                yield Mistake(line, said)
                return
        position = end + 2
    unended = source.find("{#", max(0, source.rfind("#}") - 1))
    if unended >= 0:
        yield Mistake(_line_at(source, unended), reason("comment-never-closed"))
        return
    if opened:
        word, line, inner = opened[-1]
        why = reason("tag-never-closed", tag=tag(shorten(inner, 50)), write=tag(_CLOSES[word]))
        yield Mistake(line, why)


def _misnested(word: str, opened: list[tuple[str, int, str]]) -> Reason | None:
    if word in ("elif", "else", "endif") and not any(each[0] == "if" for each in opened):
        if word == "else" and opened:
            return None  # {% for %} ... {% else %}
        return reason("no-if-before", tag=tag(word))
    if word in ("endfor", "endif"):
        if not opened or opened[-1][0] != word[3:]:
            if not any(each[0] == word[3:] for each in opened):
                return reason("no-opening-before", tag=tag(word), opening=tag(f"{word[3:]} ..."))
            inner, line = opened[-1][0], opened[-1][1]
            opening, first = tag(f"{inner} ..."), tag(_CLOSES[inner])
            return reason("closed-too-early", tag=tag(word), opening=opening, line=line, write=first)
        opened.pop()
    return None


def _never_ended(rest: str, *, printed: bool) -> Reason:
    opening, closing = ("{{", "}}") if printed else ("{%", "%}")
    line = rest.split("\n", 1)[0]
    if printed:
        halved = re.match(rf"\{{\{{[-+]?\s*({FIELD_LIKE}(?:\([^()\n]*\))?)\s*\}}", line)
        if halved:
            return reason("brace-missing-last", write=braced(halved[1]))
        wide = re.match(rf"\{{\{{[-+]?\s*({FIELD_LIKE})\s*[｝}}]", line)
        if wide:
            return reason("full-width-braces", write=braced(wide[1]))
        word = re.match(r"\{\{[-+]?\s*([^\W\d]\w*)\s*(?=[,.;:!?)]|\Z)", line)
        if word:
            return reason("braces-open", write=braced(word[1]))
    else:
        halved = re.match(r"\{%[-+]?\s*([^%{}\n]+?)\s*[%}]*(?=\}|%|\Z)", line)
        if halved and parses_as_tag(halved[1]):
            return reason("sign-missing", sign=closing, write=tag(halved[1].strip()))
    return reason("never-closed", opening=opening, text=shorten(line.strip(), 50), closing=closing)


def _end_of_code(text: str, start: int, closing: str) -> int | None:
    """Where the code that begins at ``start`` ends; None where other code, or a blank line, begins first."""
    position = start
    while position < len(text):
        if text.startswith(closing, position):
            while closing == "}}" and text.startswith("}}}", position):
                position += 1  # {{ {'a': 1}['a'] }} has the braces of a dictionary inside
            return position
        if _CODE.match(text, position) and not text.startswith("{{{", start - 2):
            return None
        if text.startswith("\n\n", position):
            return None
        string = STRING.match(text, position)
        position = string.end() if string else position + 1
    return None


def _blanked(source: str) -> str:
    """The text with comments, style sheets and what is marked as raw blanked out, places kept."""

    def blank(part: str) -> str:
        return re.sub(r"[^\n]", " ", part)

    return _COMMENT.sub(lambda found: blank(found[0]), replace_enclosed(source, _RAW, _ENDS, blank))


def _line_at(source: str, position: int) -> int:
    return source.count("\n", 0, position) + 1
