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

from mailmerge.letter import sandbox
from mailmerge.letter.repairs import CURLY, NAME_LIKE, NO_SPACES, STRING, parses, repair_code, shown
from mailmerge.text import INVISIBLE, fold, identifier, shorten, visible


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
_FIELD_LIKE = rf"{NAME_LIKE}(?:\|[\w|\u00a0 ]{{1,40}}?)?"
_LOST_BRACE = re.compile(rf"(?<!\{{)\{{\s*({_FIELD_LIKE})\s*\}}\}}")
_SPACED = re.compile(rf"\{{[\s{_ODD}]+\{{[\s{_ODD}]*({_FIELD_LIKE})[\s{_ODD}]*\}}[\s{_ODD}]*\}}")
_FULL_WIDTH = re.compile(rf"(?:｛\s*[｛{{]|\{{\s*｛)[\s{_ODD}]*({_FIELD_LIKE})[\s{_ODD}]*[｝}}]|｛\s*[｛%％]()")
_ONE_MORE = re.compile(rf"\{{\{{\{{?\s*({_FIELD_LIKE})\s*\}}\}}\}}")
_FILTERS = re.compile(r"(?:\|\s*[a-z]+\s*(?:\([^()]*\))?\s*)*\Z")

_ORDINARY = "{{ field }} or {% if field %} with ordinary ones"
_TAGS = frozenset({"if", "elif", "else", "endif", "for", "endfor", "set", "endset", "raw", "endraw"})
_REFUSED = frozenset({
    "autoescape", "block", "break", "call", "continue", "do", "extends", "filter", "from", "import", "include", "macro",
    "trans", "with", "endautoescape", "endblock", "endcall", "endfilter", "endmacro", "endtrans", "endwith",
})  # fmt: skip
"""Tags of Jinja2 that a letter cannot have; said elsewhere."""
_MEANT = {
    "si": "if", "sinon": "else", "sinonsi": "elif", "sinon si": "elif", "finsi": "endif", "fin si": "endif",
    "fin": "endif", "end": "endif", "end if": "endif", "fi": "endif", "elseif": "elif", "elsif": "elif",
    "else if": "elif", "unless": "if not", "pour": "for", "finpour": "endfor", "fin pour": "endfor",
    "end for": "endfor", "foreach": "for", "assign": "set", "let": "set",
}  # fmt: skip
"""What people write who know another language, or French only."""
_CLOSES = {"if": "endif", "for": "endfor"}


def find_mistakes(source: str) -> Mistake | None:
    """What would be printed as it stands although it was meant as a field: braces lost, spaced or full-width."""
    if "{" not in source and "｛" not in source:
        return None
    plain = _blanked(source)
    said: tuple[tuple[re.Pattern[str], Callable[[str], str]], ...] = (
        (_SPACED, lambda field: f"there is something between the two braces; write {_braced(field)}"),
        (_LOST_BRACE, lambda field: f"a brace is missing at the beginning; write {_braced(field)}"),
        (_ONE_MORE, lambda field: f"there is a brace too many; write {_braced(field)}"),
        (_FULL_WIDTH, lambda field: f"these are full-width braces; write {_braced(field) if field else _ORDINARY}"),
    )
    found = [
        (match.start(), sentence(match[1] or "")) for pattern, sentence in said for match in pattern.finditer(plain)
    ]
    return Mistake(_line_at(source, min(found)[0]), min(found)[1]) if found else None


def explain_mistake(source: str, error: TemplateSyntaxError) -> Mistake:
    """What is wrong with a text that Jinja2 cannot read: the first mistake in it."""
    mistake = next(_code_mistakes(source), None)
    return mistake or Mistake(error.lineno, f"the template code cannot be read here: {_decapitalised(error)}")


def explain_expression(source: str) -> str:
    """The same for one expression without braces, a ``where``; ``""`` where no repair is known."""
    return repair_code(source.strip(), lambda repaired: f"write {repaired}")


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
        inner = plain[found.end() : end].strip("+-").strip()
        said = _in_expression(inner) if printed else _in_tag(inner)
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
        halved = re.match(rf"\{{\{{[-+]?\s*({_FIELD_LIKE}(?:\([^()\n]*\))?)\s*\}}", line)
        if halved:
            return f"a brace is missing at the end; write {_braced(halved[1])}"
        wide = re.match(rf"\{{\{{[-+]?\s*({_FIELD_LIKE})\s*[｝}}]", line)
        if wide:
            return f"these are full-width braces; write {_braced(wide[1])}"
        word = re.match(r"\{\{[-+]?\s*([^\W\d]\w*)\s*(?=[,.;:!?)]|\Z)", line)
        if word:
            return f"the braces are not closed; write {_braced(word[1])}"
    else:
        halved = re.match(r"\{%[-+]?\s*([^%{}\n]+?)\s*[%}]*(?=\}|%|\Z)", line)
        if halved and _parses_as_tag(halved[1]):
            return f"the sign {closing} is missing; write {{% {halved[1].strip()} %}}"
    return f"{opening} is never closed here: {shorten(line.strip(), 50)}; write {closing} after it"


def _in_expression(inner: str) -> str:
    """What is wrong with a printed expression, ``""`` for nothing."""
    if not shown(inner).strip():
        return "there is nothing between {{ and }}; write the name of a field"
    if parses(inner):
        return ""
    word, _, rest = inner.partition(" ")
    if word in ("if", "elif", "else", "endif", "for", "endfor", "set") and (rest or word.startswith("e")):
        return f"a condition goes between {{% and %}}; write {{% {inner} %}}"
    bare = inner.strip("{} \t\u00a0")
    if bare != inner and re.fullmatch(_FIELD_LIKE, bare):
        return f"there are too many braces; write {_braced(bare)}"
    head, filters = _head_and_filters(inner)
    if re.fullmatch(NAME_LIKE, head.strip()) and identifier(head) and (filters or "|" not in inner):
        return f"{NO_SPACES}; write {{{{ {identifier(head)}{filters} }}}}"
    if said := repair_code(inner, lambda repaired: f"write {{{{ {repaired} }}}}"):
        return said
    if CURLY.search(STRING.sub("", inner)) and ("(" in inner or CURLY.match(inner)):
        return f"the quotation marks are curly in {{{{ {shorten(inner, 50)} }}}}; write straight ones, \" or '"
    if inner[0] in "'\"":
        return f"a quotation mark is missing in {{{{ {shorten(inner, 50)} }}}}; write one at each end of the text"
    if name := identifier(head):
        return f"{NO_SPACES}; write {{{{ {name}{filters} }}}}"
    return f"{{{{ {shorten(inner, 50)} }}}} is not the name of a field; write it in letters, digits and _"


def _in_tag(inner: str) -> str:
    """What is wrong with a ``{% ... %}``, ``""`` for nothing."""
    if not inner:
        return "there is nothing between {% and %}; write a condition, or take it out"
    word, _, rest = inner.partition(" ")
    meant = next((_MEANT[each] for each in (fold(" ".join(inner.split()[:2])), fold(word)) if each in _MEANT), "")
    if word in _REFUSED:
        return ""
    if word not in _TAGS or (word == "else" and rest.strip()):
        if word == "else" and rest.strip() and not meant:
            return "{% else %} takes no condition; write {% elif " + shorten(rest.strip(), 40) + " %}, or {% else %}"
        if not meant and word.casefold() in _TAGS:
            meant = word.casefold()
        if meant:
            words = 2 if fold(" ".join(inner.split()[:2])) in _MEANT else 1
            condition = " ".join(inner.split()[words:]) if meant in ("if", "elif", "if not", "for", "set") else ""
            return f"{{% {shorten(inner, 40)} %}} is not known; write {{% {f'{meant} {condition}'.strip()} %}}"
        if re.fullmatch(_FIELD_LIKE, inner):
            return f"{{% {shorten(inner, 40)} %}} is not known; to print a field write {_braced(inner)}"
        return f"{{% {shorten(word, 40)} %}} is not known; a letter has if, elif, else, endif, for, endfor and set"
    if word in ("if", "elif"):
        if not rest.strip():
            return f"{{% {word} %}} has no condition; write {{% {word} field %}}"
        if not parses(rest):
            said = repair_code(rest.strip(), lambda repaired: f"write {{% {word} {repaired} %}}")
            return said or f"the condition {shorten(rest.strip(), 50)} cannot be read; {_CONDITION}"
    elif not _parses_as_tag(inner):
        return f"{{% {shorten(inner, 50)} %}} cannot be read; {_FORMS.get(word, 'take it out')}"
    return ""


_CONDITION = 'write it as {% if field %}, or as {% if field == "a value" %}'
_FORMS = {
    "for": "write it as {% for item in field.split(',') %}",
    "set": "write it as {% set name = field %}",
    "endif": "write {% endif %}",
    "endfor": "write {% endfor %}",
}


def _head_and_filters(inner: str) -> tuple[str, str]:
    """What was meant as a field's name, and the filters behind it, where they can be read."""
    head, bar, rest = inner.partition("|")
    filters = bar + rest.strip()
    return (head, filters) if bar and _FILTERS.match(filters) and parses(f"x{filters}") else (head, "")


def _braced(text: str) -> str:
    head, filters = _head_and_filters(text)
    return f"{{{{ {identifier(head) or visible(head.strip())}{filters} }}}}"


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


def _parses_as_tag(inner: str) -> bool:
    word = inner.split(None, 1)[0] if inner.strip() else ""
    if word in ("else", "endif", "endfor", "endset", "raw", "endraw"):
        return inner.strip() == word
    closing = {"if": "{% endif %}", "elif": "{% endif %}", "for": "{% endfor %}"}.get(word, "")
    if word == "set" and "=" not in inner:
        closing = "{% endset %}"
    before = "{% if x %}" if word == "elif" else ""
    try:
        sandbox.environment().parse(f"{before}{{% {inner} %}}{closing}")
    except (TemplateSyntaxError, RecursionError):
        return False
    return True


def _blanked(source: str) -> str:
    """The text with comments, style sheets and what is marked as raw blanked out, places kept."""

    def blank(found: re.Match[str]) -> str:
        return re.sub(r"[^\n]", " ", found[0])

    return _COMMENT.sub(blank, _RAW.sub(blank, source))


def _line_at(source: str, position: int) -> int:
    return source.count("\n", 0, position) + 1


def _decapitalised(error: TemplateSyntaxError) -> str:
    message = (error.message or "the template code cannot be read").rstrip(".")
    return f"{message[:1].lower()}{message[1:]}"
