"""HTML where it is printed as it is written: in a letter in plain text, in the text part of one, in a cell."""

from __future__ import annotations

import re

from mailmerge.text.regex import regex

_NAMES = (
    "table|tbody|thead|tfoot|tr|td|th|div|span|p|br|hr|ul|ol|li|strong|em|b|i|u|a|font|img|h[1-6]|center|blockquote|"
    "html|body|head|style|meta|small|sup|sub"
)
"""Elements that are pasted with a text; others may be words in angle brackets."""
_TAG = regex(rf"<(?P<end>/?)(?P<name>{_NAMES})(?P<with>\s+[\w:-]+\s*=[^<>]*|\s*/)?\s*>", re.IGNORECASE)
_ENTITY = regex(
    r"&(?:nbsp|amp|quot|apos|[lr][sd]quo|laquo|raquo|euro|hellip|[nm]dash|[lg]t|#\d{2,5}|#x[0-9a-f]{2,5}|"
    r"[aeiouyncs](?:acute|grave|circ|uml|tilde|cedil|caron)|szlig|o?elig|oslash|aring);",
    re.IGNORECASE,
)


def raw_html_in(text: str) -> re.Match[str] | None:
    """The first tag in a text that is certainly one: <b> alone may be a letter in brackets, </b> is none."""
    if "<" not in text:
        return None
    first = None
    for count, tag in enumerate(_TAG.finditer(text), 1):
        first = first or tag
        if tag["end"] or tag["with"] or len(tag["name"]) > 1 or count > 1:
            return first
    return None


def entity_in(text: str) -> re.Match[str] | None:
    """The first character reference in a text."""
    return _ENTITY.search(text) if "&" in text else None
