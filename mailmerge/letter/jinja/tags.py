"""Mistakes inside one ``{% ... %}`` or one ``{{ ... }}``, in words of whoever wrote it."""

from __future__ import annotations

import difflib
import re

from jinja2 import TemplateSyntaxError

from mailmerge.errors import Reason
from mailmerge.letter.jinja import sandbox
from mailmerge.letter.jinja.repairs import CURLY, NAME_LIKE, STRING, is_sound, parses, repair_code, shown
from mailmerge.letter.reasons import reason
from mailmerge.text.folding import fold, identifier
from mailmerge.text.regex import regex
from mailmerge.text.shown import shorten, visible

FIELD_LIKE = rf"{NAME_LIKE}(?:\|[\w|\u00a0 ]{{1,40}}?)?"
_FILTERS = regex(r"(?:\|\s*[a-z]+\s*(?:\([^()]*\))?\s*)*\Z")
_TAGS = frozenset({"if", "elif", "else", "endif", "for", "endfor", "set", "endset", "raw", "endraw"})
_SPELT = sorted(_TAGS - {"raw", "endraw"})
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


def in_expression(inner: str) -> Reason | None:
    """What is wrong with a printed expression; None for nothing."""
    if not shown(inner).strip():
        return reason("nothing-in-braces")
    if parses(inner):
        return None
    word, _, rest = inner.partition(" ")
    if word in ("if", "elif", "else", "endif", "for", "endfor", "set") and (rest or word.startswith("e")):
        return reason("condition-in-braces", write=tag(inner))
    bare = inner.strip("{} \t\u00a0")
    if bare != inner and re.fullmatch(FIELD_LIKE, bare):
        return reason("braces-too-many", write=braced(bare))
    head, filters = _head_and_filters(inner)
    if re.fullmatch(NAME_LIKE, head.strip()) and identifier(head) and (filters or "|" not in inner):
        return reason("name-with-spaces", write=printed(f"{identifier(head)}{filters}"))
    if said := repair_code(inner, printed):
        return said
    if CURLY.search(STRING.sub("", inner)) and ("(" in inner or CURLY.match(inner)):
        return reason("curly-quotes-in", code=printed(shorten(inner, 50)))
    if inner[0] in "'\"":
        return reason("quote-missing-in", code=printed(shorten(inner, 50)))
    if "|" in inner and re.fullmatch(r"[^\W\d]\w*", head.strip()):
        write = printed(f'{identifier(head)}|default("text")')
        return reason("filter-unreadable", code=printed(shorten(inner, 50)), write=write)
    if name := identifier(head):
        return reason("name-with-spaces", write=printed(f"{name}{filters}"))
    return reason("not-a-name", code=printed(shorten(inner, 50)))


def in_tag(inner: str) -> Reason | None:
    """What is wrong with a ``{% ... %}``; None for nothing."""
    if not inner:
        return reason("nothing-in-tag")
    found = re.match(r"[^\W\d_]+", inner)
    word = found[0] if found else inner.split()[0]
    rest = inner[len(word) :].strip()
    if word in _REFUSED:
        return None
    if word == "else" and rest:
        return _else_with(rest, inner)
    if word not in _TAGS or not (rest == "" or inner[len(word)].isspace() or parses_as_tag(inner)):
        return _unknown_tag(inner, word)
    if word in ("if", "elif"):
        if not rest:
            return reason("no-condition", tag=tag(word), write=tag(f"{word} field"))
        if not parses(rest):
            said = repair_code(rest, lambda repaired: tag(f"{word} {repaired}"), decides=True)
            return said or reason("condition-unreadable", text=shorten(rest, 50), write=_FORMS[word])
    elif not parses_as_tag(inner):
        unread = tag(shorten(inner, 50))
        if word not in _FORMS:
            return reason("tag-unreadable-at-all", tag=unread)
        return reason("tag-unreadable", tag=unread, write=_FORMS[word])
    return None


def _else_with(rest: str, inner: str) -> Reason:
    condition = re.sub(r"\A(?:if|si)\b\s*", "", rest)
    if is_sound(condition, decides=True) and not re.fullmatch("if|si", condition):
        if condition != rest:
            return reason("tag-unknown", tag=tag(shorten(inner, 40)), write=tag(f"elif {condition}"))
        return reason("else-or-elif", write=tag(f"elif {condition}"))
    return reason("else-takes-none")


def _unknown_tag(inner: str, word: str) -> Reason:
    unknown = tag(shorten(inner, 40))
    two = " ".join(inner.split()[:2])
    meant, words = "", len(word)
    for called in (two, word):
        if fold(called) in _MEANT:
            meant, words = _MEANT[fold(called)], inner.index(called.split()[-1]) + len(called.split()[-1])
            break
    if not meant:
        near = difflib.get_close_matches(word.casefold(), _SPELT, 1, 0.7)
        meant = near[0] if near and (len(word) > 2 or near[0] == word.casefold()) else ""
    if meant:
        takes = meant in ("if", "elif", "if not", "for", "set")
        right = f"{meant} {inner[words:].strip()}".strip() if takes else meant
        if not parses_as_tag(right) or (meant in ("if", "elif", "if not") and in_tag(right)):
            return reason("tag-unknown-form", tag=unknown, write=_FORMS.get(meant, _FORMS["if"]))
        return reason("tag-unknown", tag=unknown, write=tag(right))
    if re.fullmatch(FIELD_LIKE, inner):
        return reason("tag-unknown-field", tag=unknown, write=braced(inner))
    return reason("tag-unknown-at-all", tag=unknown)


_FORMS = {
    "if": '{% if field == "a value" %}',
    "elif": '{% elif field == "a value" %}',
    "if not": "{% if not field %}",
    "else": "{% else %}",
    "for": "{% for item in field.split(',') %}",
    "set": "{% set name = field %}",
    "endif": "{% endif %}",
    "endfor": "{% endfor %}",
}


def _head_and_filters(inner: str) -> tuple[str, str]:
    """What was meant as a field's name, and the filters behind it, where they can be read."""
    head, bar, rest = inner.partition("|")
    filters = bar + rest.strip()
    return (head, filters) if bar and _FILTERS.match(filters) and is_sound(f"x{filters}") else (head, "")


def printed(code: str) -> str:
    """An expression between the braces that print it."""
    return f"{{{{ {code} }}}}"


def tag(code: str) -> str:
    """A condition or a loop between its braces."""
    return f"{{% {code} %}}"


def braced(text: str) -> str:
    """What was meant as a field between its braces, with the filters that can be read."""
    head, filters = _head_and_filters(text)
    return printed(f"{identifier(head) or visible(head.strip())}{filters}")


def parses_as_tag(inner: str) -> bool:
    """Whether Jinja2 can read what is between ``{%`` and ``%}``."""
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
