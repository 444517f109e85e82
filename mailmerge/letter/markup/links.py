"""A bare ``http://`` or ``https://`` address in a Markdown letter is a link, as on GitHub (GFM 6.9, autolinks).

Only what the author wrote is looked at: a value is not in the text yet when links are found, so that an address in a
cell stays text. A field may be in the path of an address, where it is percent-encoded; it never decides the host.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from mailmerge.letter.placeholders import CLOSE, OPEN
from mailmerge.text.regex import regex

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.rules_core import StateCore
    from markdown_it.token import Token

_ADDRESS = regex(
    rf"(?<![^\s*_~(\[\"'«“‘‹>:;,–—-])https?://(?:[\w-]+\.)+[\w-]*[^\W_](?::\d{{1,5}})?"
    rf"(?:[/?#](?:{OPEN}[^{CLOSE}]*{CLOSE}|[^\s<>\"«»“”{OPEN}{CLOSE}])*)?(?![\w{OPEN}@])",
    re.IGNORECASE,
)
_ENDS = frozenset("?!.,:;*_~'’…")
_BRACKETS = {")": "(", "]": "[", "}": "{"}
_OPENS, _CLOSES = regex(r"<a[>\s]", re.IGNORECASE), regex(r"</a\s*>", re.IGNORECASE)


def link_addresses(markdown: MarkdownIt) -> None:
    """Have a Markdown converter make links of bare addresses."""
    markdown.core.ruler.push("bare_addresses", _link_all)


def _link_all(state: StateCore) -> None:
    for block in state.tokens:
        if block.type == "inline" and block.children and "://" in block.content:
            block.children = list(_linked(state, block.children))


def _linked(state: StateCore, tokens: list[Token]) -> Iterator[Token]:
    inside = 0
    for index, token in enumerate(tokens):
        if token.type in ("link_open", "link_close"):
            inside += token.nesting
        elif token.type == "html_inline":
            inside += bool(_OPENS.match(token.content)) - bool(_CLOSES.match(token.content))
        if token.type == "text" and inside <= 0 and "://" in token.content:
            following = tokens[index + 1] if index + 1 < len(tokens) else None
            goes_on = following is not None and following.nesting >= 0 and not following.type.endswith("break")
            yield from _split(state, token, goes_on=goes_on)
        else:
            yield token


def _split(state: StateCore, token: Token, *, goes_on: bool) -> Iterator[Token]:
    """The text of a token with its addresses as links; with ``goes_on`` one at its end is only half of an address."""
    from markdown_it.token import Token

    text, position = token.content, 0

    def piece(content: str) -> Token:
        return Token("text", "", 0, content=content, level=token.level)

    for found in _ADDRESS.finditer(text):
        address = _without_end(found[0])
        url = state.md.normalizeLink(address)
        if not state.md.validateLink(url) or (goes_on and found.end() == len(text)):
            continue
        if found.start() > position:
            yield piece(text[position : found.start()])
        yield Token("link_open", "a", 1, attrs={"href": url}, markup="linkify", info="auto", level=token.level)
        yield piece(address)
        yield Token("link_close", "a", -1, markup="linkify", info="auto", level=token.level)
        position = found.start() + len(address)
    if position < len(text):
        yield piece(text[position:])


def _without_end(address: str) -> str:
    """The address without the punctuation of the sentence that it ends."""
    counts = {sign: address.count(sign) for pair in _BRACKETS.items() for sign in pair}
    end = len(address)
    while end:
        last = address[end - 1]
        unopened = last in _BRACKETS and counts[last] > counts[_BRACKETS[last]]
        if last not in _ENDS and not unopened:
            break
        if unopened:
            counts[last] -= 1
        end -= 1
    return address[:end]
