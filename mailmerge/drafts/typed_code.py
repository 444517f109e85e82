"""Template code that somebody typed into a document: straightened, whole, and with its fields between marks."""

from __future__ import annotations

import re
from collections.abc import Callable

from mailmerge.drafts.draft import CODE_CLOSE, CODE_OPEN
from mailmerge.text.regex import regex

CODE = regex(
    rf"(?<!{CODE_OPEN})(?:\{{\{{[^{{}}\n]{{1,300}}\}}\}}|\{{%[-+]?\s*(?:(?:p|r|tr|tc)\s+)?(?:if|elif|else|endif)\b[^{{}}%\n]{{0,300}}%\}})",
    re.IGNORECASE,
)
"""An expression, or a tag of a condition; docxtpl writes a letter before the word."""
_TAG = regex(r"\{%([-+]?)\s*(?:(?:p|r|tr|tc)\s+)?(\w+)(.*?)([-+]?)%\}")
_PLAIN = str.maketrans("“”„‟«»＂″‘’‚‛\u00a0\u202f\u2009", '""""""""\'\'\'\'   ')
_STRING = r"\"[^\"]*\"|'[^']*'"
_COMPUTED = regex(rf"\{{\{{\s*(?:accord\s*\(|[^\W\d][\w.]*\s*\|\s*[^\W\d]|(?:{_STRING})\s+if\s)")
"""An expression that is more than the name of a field, as a letter has it."""
_NAME = regex(rf"({_STRING})|(?<![\w.|])(?<!\|\s)(?<!\bis\s)([^\W\d]\w*(?:\.[^\W\d]\w*)*)(?![\w.]|\s*\()")
_WORDS = frozenset(("if", "elif", "else", "endif", "and", "or", "not", "in", "is", "true", "false", "none"))
_INLINE = r"</?(?:a|b|del|em|font|i|ins|mark|s|small|span|strike|strong|sub|sup|u|o:p|wbr)\b[^<>]{0,2000}>"
_BETWEEN = rf"(?:[^<>{{}}«»]|{_INLINE}){{0,200}}?"
_SPREAD = regex(
    rf"\{{(?:{_INLINE})*\{{{_BETWEEN}\}}(?:{_INLINE})*\}}|\{{(?:{_INLINE})*%{_BETWEEN}%(?:{_INLINE})*\}}"
    rf"|(?:«|&laquo;){_BETWEEN}(?:»|&raquo;)|&lt;(?:{_INLINE})*&lt;{_BETWEEN}&gt;(?:{_INLINE})*&gt;"
)
_TAGS = regex(r"<[^<>]*>")


def gathered(html: str) -> str:
    """HTML in which no field is spread over several elements: what began or ended within one does so behind it."""
    return _SPREAD.sub(
        lambda found: _TAGS.sub("", found[0]) + "".join(_TAGS.findall(found[0])) if "<" in found[0] else found[0], html
    )


def code_of(typed: str, write: Callable[[str], str]) -> str:
    """Typed code between marks, ``write`` in the place of each field; ``""`` where it is text, or the name of a field.

    Code with a mistake is code all the same: the letter says what is wrong in it.
    """
    from jinja2 import Environment, TemplateSyntaxError

    code = typed.translate(_PLAIN)
    if tag := _TAG.fullmatch(code):
        code = f"{{%{tag[1]} {tag[2].lower()}{tag[3]}{tag[4]}%}}"
        whole = code.replace("elif", "if", 1) + "{% endif %}" if tag[2].lower() in ("if", "elif") else ""
    elif _COMPUTED.match(code):
        whole = code
    else:
        return ""
    try:
        Environment(autoescape=True).parse(whole)
    except (TemplateSyntaxError, RecursionError):
        return f"{CODE_OPEN}{code}{CODE_CLOSE}"
    return f"{CODE_OPEN}{_NAME.sub(lambda found: _named(found, write), code)}{CODE_CLOSE}"


def _named(found: re.Match[str], write: Callable[[str], str]) -> str:
    return found[0] if found[1] or found[2].lower() in _WORDS else write(found[2])
