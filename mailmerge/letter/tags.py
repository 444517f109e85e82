"""Mistakes inside one ``{% ... %}`` or one ``{{ ... }}``, in words of whoever wrote it."""

from __future__ import annotations

import difflib
import re

from jinja2 import TemplateSyntaxError

from mailmerge.letter import sandbox
from mailmerge.letter.repairs import CURLY, NAME_LIKE, NO_SPACES, STRING, is_sound, parses, repair_code, shown
from mailmerge.text import fold, identifier, shorten, visible

FIELD_LIKE = rf"{NAME_LIKE}(?:\|[\w|\u00a0 ]{{1,40}}?)?"
_FILTERS = re.compile(r"(?:\|\s*[a-z]+\s*(?:\([^()]*\))?\s*)*\Z")
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


def in_expression(inner: str) -> str:
    """What is wrong with a printed expression, ``""`` for nothing."""
    if not shown(inner).strip():
        return "there is nothing between {{ and }}; write the name of a field"
    if parses(inner):
        return ""
    word, _, rest = inner.partition(" ")
    if word in ("if", "elif", "else", "endif", "for", "endfor", "set") and (rest or word.startswith("e")):
        return f"a condition goes between {{% and %}}; write {{% {inner} %}}"
    bare = inner.strip("{} \t\u00a0")
    if bare != inner and re.fullmatch(FIELD_LIKE, bare):
        return f"there are too many braces; write {braced(bare)}"
    head, filters = _head_and_filters(inner)
    if re.fullmatch(NAME_LIKE, head.strip()) and identifier(head) and (filters or "|" not in inner):
        return f"{NO_SPACES}; write {{{{ {identifier(head)}{filters} }}}}"
    if said := repair_code(inner, lambda repaired: f"write {{{{ {repaired} }}}}"):
        return said
    if CURLY.search(STRING.sub("", inner)) and ("(" in inner or CURLY.match(inner)):
        return f"the quotation marks are curly in {{{{ {shorten(inner, 50)} }}}}; write straight ones, \" or '"
    if inner[0] in "'\"":
        return f"a quotation mark is missing in {{{{ {shorten(inner, 50)} }}}}; write one at each end of the text"
    if "|" in inner and re.fullmatch(r"[^\W\d]\w*", head.strip()):
        return (
            f"what follows the bar in {{{{ {shorten(inner, 50)} }}}} cannot be read; "
            f'write it as {{{{ {identifier(head)}|default("text") }}}}'
        )
    if name := identifier(head):
        return f"{NO_SPACES}; write {{{{ {name}{filters} }}}}"
    return f"{{{{ {shorten(inner, 50)} }}}} is not the name of a field; write it in letters, digits and _"


def in_tag(inner: str) -> str:
    """What is wrong with a ``{% ... %}``, ``""`` for nothing."""
    if not inner:
        return "there is nothing between {% and %}; write a condition, or take it out"
    found = re.match(r"[^\W\d_]+", inner)
    word = found[0] if found else inner.split()[0]
    rest = inner[len(word) :].strip()
    if word in _REFUSED:
        return ""
    if word == "else" and rest:
        return _else_with(rest, inner)
    if word not in _TAGS or not (rest == "" or inner[len(word)].isspace() or parses_as_tag(inner)):
        return _unknown_tag(inner, word)
    if word in ("if", "elif"):
        if not rest:
            return f"{{% {word} %}} has no condition; write {{% {word} field %}}"
        if not parses(rest):
            said = repair_code(rest, lambda repaired: f"write {{% {word} {repaired} %}}", decides=True)
            return said or f"the condition {shorten(rest, 50)} cannot be read; {_FORMS[word]}"
    elif not parses_as_tag(inner):
        return f"{{% {shorten(inner, 50)} %}} cannot be read; {_FORMS.get(word, 'take it out')}"
    return ""


def _else_with(rest: str, inner: str) -> str:
    condition = re.sub(r"\A(?:if|si)\b\s*", "", rest)
    if is_sound(condition, decides=True) and not re.fullmatch("if|si", condition):
        if condition != rest:
            return f"{{% {shorten(inner, 40)} %}} is not known; write {{% elif {condition} %}}"
        return f"{{% else %}} takes no condition; write {{% elif {condition} %}}, or {{% else %}}"
    return "{% else %} takes no condition; write {% else %}"


def _unknown_tag(inner: str, word: str) -> str:
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
        tag = f"{meant} {inner[words:].strip()}".strip() if takes else meant
        if not parses_as_tag(tag) or (meant in ("if", "elif", "if not") and in_tag(tag)):
            return f"{{% {shorten(inner, 40)} %}} is not known; {_FORMS.get(meant, _FORMS['if'])}"
        return f"{{% {shorten(inner, 40)} %}} is not known; write {{% {tag} %}}"
    if re.fullmatch(FIELD_LIKE, inner):
        return f"{{% {shorten(inner, 40)} %}} is not known; to print a field write {braced(inner)}"
    return (
        f"{{% {shorten(inner, 40)} %}} is not known; a letter has if, elif, else, endif, for, endfor and set: "
        "write {% if field %} ... {% endif %}"
    )


_FORMS = {
    "if": 'write it as {% if field == "a value" %}',
    "elif": 'write it as {% elif field == "a value" %}',
    "if not": "write it as {% if not field %}",
    "else": "write {% else %}",
    "for": "write it as {% for item in field.split(',') %}",
    "set": "write it as {% set name = field %}",
    "endif": "write {% endif %}",
    "endfor": "write {% endfor %}",
}


def _head_and_filters(inner: str) -> tuple[str, str]:
    """What was meant as a field's name, and the filters behind it, where they can be read."""
    head, bar, rest = inner.partition("|")
    filters = bar + rest.strip()
    return (head, filters) if bar and _FILTERS.match(filters) and is_sound(f"x{filters}") else (head, "")


def braced(text: str) -> str:
    """What was meant as a field between its braces, with the filters that can be read."""
    head, filters = _head_and_filters(text)
    return f"{{{{ {identifier(head) or visible(head.strip())}{filters} }}}}"


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
