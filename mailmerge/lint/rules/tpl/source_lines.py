"""Where in a letter's file something is that was found in its HTML."""

from __future__ import annotations

import re
from html import escape
from urllib.parse import unquote

from mailmerge.lint.extract.html import MARK
from mailmerge.lint.views.message import MessageView


def written(view: MessageView, skeleton: str) -> str:
    """A text of the HTML as its author wrote it, expressions in their braces."""
    expressions = view.message.shape.expressions
    return unquote(MARK.sub(lambda mark: expressions[int(mark[1])].source, skeleton))


def line_of(view: MessageView, target: str, text: str) -> int:
    """The line of a link or a picture, by its target or its words; the first of the body where neither is found."""
    letter = view.letter.letter
    source = letter.source
    first = min((constant.line for constant in letter.constants if constant.part == "body"), default=1)
    body = sum(map(len, source.split("\n")[: first - 1])) + first - 1
    begins = MARK.split(target)[0].strip()
    expression = MARK.match(target)
    if expression:
        return view.message.shape.expressions[int(expression[1])].line
    needles = [re.escape(needle) for needle in (begins, escape(begins), unquote(begins)) if len(needle) > 1]
    if not needles:
        needles = [r"\]\(\s*<?#?>?\s*\)|href\s*=\s*(?:\"#?\"|'#?'|#(?=[\s>]))|src\s*=\s*(?:\"\"|'')|<a\s*>"]
    shown = " ".join(MARK.split(text)[0].split())
    for needle in (*needles, *([re.escape(shown)] if shown else [])):
        if found := re.compile(needle, re.IGNORECASE).search(source, body):
            return source.count("\n", 0, found.start()) + 1
    return first
