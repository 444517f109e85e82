"""Mistakes in the template code of a letter, in words of whoever wrote it, with what to write instead.

Jinja2's own sentences are for programmers ("expected token 'end of print statement', got 'de'"). What people write are
headers of their table with spaces in them, one brace too few, quotation marks that a word processor curled, and
conditions that are never closed; each is recognised here and the right spelling is named.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from jinja2 import TemplateSyntaxError

from mailmerge.i18n import N_
from mailmerge.letter.repairs import STRING, repair_code
from mailmerge.letter.tags import FIELD_LIKE, braced, in_expression, in_tag, parses_as_tag
from mailmerge.text import INVISIBLE, shorten


@dataclass(frozen=True, slots=True)
class Mistake:
    """One mistake in the template code."""

    line: int
    """Of the text that was looked at, from 1."""
    said: str
    """What is wrong, and what to write: a sentence without its full stop."""


_ODD = "".join(sorted(INVISIBLE))
_RAW = re.compile(
    r"\{%[-+]?\s*raw\b.*?\{%[-+]?\s*endraw\s*[-+]?%\}|<(style|script)\b.*?</\1", re.DOTALL | re.IGNORECASE
)
_COMMENT = re.compile(r"\{#.*?(?:#\}|\Z)", re.DOTALL)
_CODE = re.compile(r"\{\{|\{%")
_LOST_BRACE = re.compile(rf"(?<!\{{)\{{\s*({FIELD_LIKE})\s*\}}\}}")
_SPACED = re.compile(rf"\{{[\s{_ODD}]+\{{[\s{_ODD}]*({FIELD_LIKE})[\s{_ODD}]*\}}[\s{_ODD}]*\}}")
_FULL_WIDTH = re.compile(rf"(?:｛\s*[｛{{]|\{{\s*｛)[\s{_ODD}]*({FIELD_LIKE})[\s{_ODD}]*[｝}}]|｛\s*[｛%％]()")
_ONE_MORE = re.compile(rf"\{{\{{\{{?\s*({FIELD_LIKE})\s*\}}\}}\}}")

_ORDINARY = "{{ field }} or {% if field %} with ordinary ones"
_CLOSES = {"if": "endif", "for": "endfor"}


_TAG_BRACES = re.compile(
    rf"(?<!\{{)(?:\{{[\s{_ODD}]+%|\{{[^\w\s{{}}%#]%|\{{\{{+[\s{_ODD}]*%|\{{%%|[\[<]%(?!=))(?:[-+])?\s*"
    r"((?:if|elif|else|endif|for|endfor|set|si|sinon|finsi)\b[^{}%\n]*?)\s*(?:%[\s%]*\}+|%[\]>]|\}\})"
)
"""``{{% if x %}}``, ``{ % if x % }``, ``[% if x %]``: a condition in other braces than ``{%`` and ``%}``."""


def find_mistakes(source: str) -> Mistake | None:
    """What would be printed as it stands although it was meant as a field: braces lost, spaced or full-width."""
    if "{" not in source and "｛" not in source and "%" not in source:
        return None
    plain = _blanked(source)
    said: tuple[tuple[re.Pattern[str], Callable[[str], str]], ...] = (
        (_SPACED, lambda field: f"there is something between the two braces; write {braced(field)}"),
        (_LOST_BRACE, lambda field: f"a brace is missing at the beginning; write {braced(field)}"),
        (_ONE_MORE, lambda field: f"there is a brace too many; write {braced(field)}"),
        (_FULL_WIDTH, lambda field: f"these are full-width braces; write {braced(field) if field else _ORDINARY}"),
        (_TAG_BRACES, _in_ordinary_braces),
    )
    found = [
        (match.start(), sentence(match[1] or "")) for pattern, sentence in said for match in pattern.finditer(plain)
    ]
    return Mistake(_line_at(source, min(found)[0]), min(found)[1]) if found else None


def _in_ordinary_braces(inner: str) -> str:
    said = in_tag(inner)
    return said or f"a condition goes between {{% and %}}; write {{% {inner} %}}"


def explain_mistake(source: str, error: TemplateSyntaxError) -> Mistake:
    """What is wrong with a text that Jinja2 cannot read: the first mistake in it."""
    mistake = next(_code_mistakes(source), None)
    return mistake or Mistake(error.lineno, _UNREADABLE)


_UNREADABLE = (
    "the braces here cannot be read; write a field as {{ field }} and a condition as {% if field %} ... {% endif %}"
)


def explain_expression(source: str) -> str:
    """The same for one expression without braces, a ``where``."""
    said = repair_code(source.strip(), lambda repaired: f"write {repaired}", decides=True)
    return said or N_("this is not a condition; write it as {example}").format(example='field == "a value"')


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
    unended = re.search(r"\{#(?!.*#\})", source, re.DOTALL)
    if unended:
        yield Mistake(_line_at(source, unended.start()), "the comment {# is never closed; write #} where it ends")
        return
    if opened:
        word, line, inner = opened[-1]
        yield Mistake(
            line,
            f"{{% {shorten(inner, 50)} %}} is never closed; write {{% {_CLOSES[word]} %}} where its text ends",
        )


def _misnested(word: str, opened: list[tuple[str, int, str]]) -> str:
    if word in ("elif", "else", "endif") and not any(each[0] == "if" for each in opened):
        if word == "else" and opened:
            return ""  # {% for %} ... {% else %}
        return f"{{% {word} %}} has no {{% if ... %}} before it; write the condition, or take it out"
    if word in ("endfor", "endif"):
        if not opened or opened[-1][0] != word[3:]:
            if not any(each[0] == word[3:] for each in opened):
                return f"{{% {word} %}} has no {{% {word[3:]} ... %}} before it; write it, or take this out"
            inner, line = opened[-1][0], opened[-1][1]
            return (
                f"{{% {word} %}} comes before the {{% {inner} ... %}} of line {line} is closed; "
                f"write {{% {_CLOSES[inner]} %}} first"
            )
        opened.pop()
    return ""


def _never_ended(rest: str, *, printed: bool) -> str:
    opening, closing = ("{{", "}}") if printed else ("{%", "%}")
    line = rest.split("\n", 1)[0]
    if printed:
        halved = re.match(rf"\{{\{{[-+]?\s*({FIELD_LIKE}(?:\([^()\n]*\))?)\s*\}}", line)
        if halved:
            return f"a brace is missing at the end; write {braced(halved[1])}"
        wide = re.match(rf"\{{\{{[-+]?\s*({FIELD_LIKE})\s*[｝}}]", line)
        if wide:
            return f"these are full-width braces; write {braced(wide[1])}"
        word = re.match(r"\{\{[-+]?\s*([^\W\d]\w*)\s*(?=[,.;:!?)]|\Z)", line)
        if word:
            return f"the braces are not closed; write {braced(word[1])}"
    else:
        halved = re.match(r"\{%[-+]?\s*([^%{}\n]+?)\s*[%}]*(?=\}|%|\Z)", line)
        if halved and parses_as_tag(halved[1]):
            return f"the sign {closing} is missing; write {{% {halved[1].strip()} %}}"
    return f"{opening} is never closed here: {shorten(line.strip(), 50)}; write {closing} after it"


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

    def blank(found: re.Match[str]) -> str:
        return re.sub(r"[^\n]", " ", found[0])

    return _COMMENT.sub(blank, _RAW.sub(blank, source))


def _line_at(source: str, position: int) -> int:
    return source.count("\n", 0, position) + 1
