"""Conditions and filters of other programs as a letter writes them: Handlebars, Mustache, Mailchimp, Liquid, ERB, PHP.

Each tag is translated by itself, those of one condition all or none (:mod:`mailmerge.drafts.pairing`). What has no
counterpart stays text, which the checks then find.
"""

from __future__ import annotations

import re
from functools import partial

from mailmerge.drafts.draft import CODE_CLOSE, CODE_OPEN, FIELD_CLOSE, FIELD_OPEN
from mailmerge.text.regex import regex

WORDS = r"[^\W\d_][\w .'’°/&-]{0,59}?"
"""What the name of a field is made of."""
_NAME = rf"[@$]?({WORDS})"
_PATH = r"[^\W\d]\w*(?:\.[^\W\d]\w*)*"
_QUOTED = r"\"[^\"{}]*\"|'[^'{}]*'|“[^”{}]*”"
_SIGN = r"(=|!=)"
_VALUE = r"([^|{}\"\n]{1,60}?)"
_TESTED = regex(rf"({_PATH})\s*(==|!=)\s*(?:blank|empty|nil|null)\b")

_TAGS: tuple[tuple[re.Pattern[str], str], ...] = (
    (regex(rf"\{{\{{~?\s*#\s*if\s+{_NAME}\s*~?\}}\}}", re.IGNORECASE), "if {0}"),
    (regex(rf"\{{\{{~?\s*#\s*unless\s+{_NAME}\s*~?\}}\}}", re.IGNORECASE), "if not {0}"),
    (regex(rf"\{{\{{\s*#\s*(?!(?:each|with|list|foreach)\b){_NAME}\s*\}}\}}", re.IGNORECASE), "if {0}"),
    (regex(rf"\{{\{{\s*\^\s*{_NAME}\s*\}}\}}"), "if not {0}"),
    (regex(r"\{\{~?\s*(?:else|\^)\s*~?\}\}", re.IGNORECASE), "else"),
    (regex(rf"\{{\{{~?\s*else\s+if\s+{_NAME}\s*~?\}}\}}", re.IGNORECASE), "elif {0}"),
    (
        regex(r"\{\{~?\s*/\s*(?!(?:each|with|list|foreach)\b)[@$]?[^\W\d_][\w .'’-]{0,59}?\s*~?\}\}", re.IGNORECASE),
        "endif",
    ),
    (regex(rf"\*\|\s*IF:\s*{_NAME}\s*\|\*", re.IGNORECASE), "if {0}"),
    (regex(rf"\*\|\s*IFNOT:\s*{_NAME}\s*\|\*", re.IGNORECASE), "if not {0}"),
    (regex(rf"\*\|\s*IF:\s*{_NAME}\s*{_SIGN}\s*{_VALUE}\s*\|\*", re.IGNORECASE), "if {0} {1} {2}"),
    (regex(rf"\*\|\s*ELSEIF:\s*{_NAME}\s*\|\*", re.IGNORECASE), "elif {0}"),
    (regex(rf"\*\|\s*ELSEIF:\s*{_NAME}\s*{_SIGN}\s*{_VALUE}\s*\|\*", re.IGNORECASE), "elif {0} {1} {2}"),
    (regex(r"\*\|\s*ELSE:\s*\|\*", re.IGNORECASE), "else"),
    (regex(r"\*\|\s*END:\s*IF\s*\|\*", re.IGNORECASE), "endif"),
    (regex(r"\{%-?\s*endunless\s*-?%\}", re.IGNORECASE), "endif"),
    (regex(rf"<%-?\s*if\s+@?({_PATH})\s*-?%>"), "if {0}"),
    (regex(rf"<%-?\s*unless\s+@?({_PATH})\s*-?%>"), "if not {0}"),
    (regex(rf"<%-?\s*elsif\s+@?({_PATH})\s*-?%>"), "elif {0}"),
    (regex(r"<%-?\s*else\s*-?%>"), "else"),
    (regex(r"<%-?\s*end\s*-?%>"), "endif"),
    (regex(rf"<\?php\s+if\s*\(\s*\$({_PATH})\s*\)\s*[:{{]\s*\?>", re.IGNORECASE), "if {0}"),
    (regex(rf"<\?php\s+\}}?\s*else\s?if\s*\(\s*\$({_PATH})\s*\)\s*[:{{]\s*\?>", re.IGNORECASE), "elif {0}"),
    (regex(r"<\?php\s+\}?\s*else\s*[:{]\s*\?>", re.IGNORECASE), "else"),
    (regex(r"<\?php\s+(?:endif\s*;?|\})\s*\?>", re.IGNORECASE), "endif"),
)
"""A tag, and what a condition of a letter has in its place: the field, the sign of comparison, the text."""
_PRINTED: tuple[re.Pattern[str], ...] = (
    regex(rf"<%=\s*@?({_PATH})\s*%>"),
    regex(
        r"<\?(?:=|php\s+(?:echo|print))\s*\(?(?:\w+\s*\(\s*)?\$(?:\w+(?:\[\s*['\"]|->)(?=\w))?"
        rf"({WORDS})(?:['\"]\s*\])?\s*\)?\s*\)?\s*;?\s*\?>",
        re.IGNORECASE,
    ),
)
"""Tags that print a field."""
_UNLESS = regex(r"\{%(-?)\s*unless\b(?P<test>[^{}%\n]{1,300}?)(-?)%\}", re.IGNORECASE)
_CONDITION = regex(r"\{%-?\s*(?:if|elsif|elif)\b[^{}%\n]{1,300}%\}", re.IGNORECASE)
_FILTERED = regex(rf"\{{\{{\s*({_PATH})\s*((?:\|\s*\w+\s*(?::\s*(?:{_QUOTED})\s*)?)+)\}}\}}")
_FILTER = regex(rf"\|\s*(\w+)\s*(?::\s*({_QUOTED}))?")
_FILTERS = {"upcase": "upper", "downcase": "lower", "titleize": "proper", "title_case": "proper", "strip": "trim"}
_DAYS = {"d": "dd", "e": "d", "-d": "d", "m": "MM", "-m": "M", "B": "MMMM", "b": "MMM", "Y": "yyyy", "y": "yy",
         "A": "EEEE", "a": "EEE"}  # fmt: skip
"""What a letter writes for the parts of a date in Liquid (strftime)."""


def translated(text: str) -> str:
    """The text with the tags of other programs as code of a letter, between marks as the names of its fields are."""
    if not any(mark in text for mark in ("{{", "{%", "*|", "<%", "<?")):
        return text
    text = _UNLESS.sub(lambda found: f"{{%{found[1]} if not ({found['test'].strip()}) {found[3]}%}}", text)
    text = _CONDITION.sub(lambda found: _tested(found[0]), text)
    for pattern, code in _TAGS:
        text = pattern.sub(partial(_tag, code), text)
    for pattern in _PRINTED:
        text = pattern.sub(lambda found: _marked(f"{{{{ {_field(found[1])} }}}}"), text)
    return _FILTERED.sub(lambda found: _filtered(found) or found[0], text)


def _marked(code: str) -> str:
    return f"{CODE_OPEN}{code}{CODE_CLOSE}"


def _field(words: str) -> str:
    return f"{FIELD_OPEN}{words.strip()}{FIELD_CLOSE}"


def _tag(code: str, found: re.Match[str]) -> str:
    name, sign, value = (*found.groups(), "", "", "")[:3]
    return _marked(f"{{% {code.format(_field(name), '==' if sign == '=' else sign, _quoted(value))} %}}")


def _quoted(text: str) -> str:
    return f'"{text}"' if '"' not in text else f"'{text}'"


def _tested(tag: str) -> str:
    """A condition of Liquid as one of a letter: ``elsif``, and what asks whether a field is blank."""
    tag = re.sub(r"^(\{%-?\s*)elsif\b", r"\1elif", tag, flags=re.IGNORECASE)
    return _TESTED.sub(lambda found: f"not {found[1]}" if found[2] == "==" else found[1], tag)


def _filtered(found: re.Match[str]) -> str:
    """A field with filters of Liquid; ``""`` where one of them has no counterpart, or all are those of a letter."""
    if ":" not in found[2] and not any(each[1].lower() in _FILTERS for each in _FILTER.finditer(found[2])):
        return ""
    written = ""
    for each in _FILTER.finditer(found[2]):
        name, argument = each[1].lower(), (each[2] or "")[1:-1]
        if name == "date" and argument:
            pattern = _date_pattern(argument)
            if not pattern:
                return ""
            written += f'|date("{pattern}")'
        elif name == "default" and each[2]:
            written += f"|default({_quoted(argument)})"
        elif not each[2]:
            written += f"|{_FILTERS.get(name, name)}"
        else:
            return ""
    return f"{{{{ {found[1]}{written} }}}}"


def _date_pattern(written: str) -> str:
    """The pattern of a date in the letters of CLDR; ``""`` where it has a time of day."""
    pieces = re.split(r"%(-?[A-Za-z])", written)
    if any(each not in _DAYS for each in pieces[1::2]) or len(pieces) == 1:
        return ""
    pieces[1::2] = [_DAYS[each] for each in pieces[1::2]]
    pieces[::2] = [re.sub(r"[^\W\d_]+", r"'\g<0>'", each) for each in pieces[::2]]
    return "".join(pieces)
