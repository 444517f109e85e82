"""Text as it is shown: what a screen or a header may carry, what prints nothing, and where a text can be cut."""

from __future__ import annotations

import re
from functools import cache

from mailmerge.text.regex import regex

INVISIBLE = frozenset(
    "\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180e\u200b\u200c\u200d\u200e\u200f"
    "\u202a\u202b\u202c\u202d\u202e\u2060\u2061\u2062\u2063\u2064\u2066\u2067\u2068\u2069\u206a\u206b"
    "\u206c\u206d\u206e\u206f\u3164\ufeff\uffa0\ufff9\ufffa\ufffb"
)
"""Characters that print nothing, or that change the direction of what follows (Unicode TR 36, section 2.5)."""

_ASTRAL_SELECTORS = "\U000e0000-\U000e007f\U000e0100-\U000e01ef"
"""Tags and the further variation selectors. Like those at U+FE00 they choose how the character before them looks, and
print nothing where they cannot."""
_PICTOGRAPH = (
    "\u00a9\u00ae\u203c\u2049\u2100-\u214f\u2190-\u21ff\u2300-\u23ff\u24c2\u25a0-\u27bf\u2900-\u297f\u2b00-\u2bff"
)
_PICTOGRAPH += "\u3030\u303d\u3297\u3299\U0001f000-\U0001faff"
_ELEMENT = f"[{_PICTOGRAPH}][\ufe0e\ufe0f]?[\U0001f3fb-\U0001f3ff]?(?:[\U000e0020-\U000e007e]+\U000e007f)?"
_EMOJI = (
    f"(?:[#*0-9]\ufe0f?\u20e3|[\U0001f1e6-\U0001f1ff]{{2}}|{_ELEMENT}(?:\u200d{_ELEMENT})*"
    "|[\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff][\ufe00-\ufe0f\U000e0100-\U000e01ef])"
)
"""Keycaps, flags, families and other pictures of several characters (Unicode TR 51, section 1.4.9), and ideographs with
the variant that a name is written with (TR 37): joiners, selectors and tags belong to them and are seen."""

_BLANK = frozenset("\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000")
_HIDDEN = "".join(sorted(INVISIBLE)) + "\ufe00-\ufe0f"
_UNSAFE_CLASS = f"\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ue000-\uf8ff{_HIDDEN}"
_NOT_SHOWN_CLASS = _HIDDEN + "".join(sorted(_BLANK))
_NOT_SHOWN, _UNSAFE = regex(f"[{_NOT_SHOWN_CLASS}]"), regex(f"[{_UNSAFE_CLASS}]")
_ASTRAL = regex("[\U00010000-\U0010ffff]")
_IS_SELECTOR = regex(f"[\ufe00-\ufe0f{_ASTRAL_SELECTORS}]")
_JOINED = regex(f"[\u200d\u20e3\ufe00-\ufe0f\U0001f3fb-\U0001f3ff{_ASTRAL_SELECTORS}]")
_FLAGS = regex("[\U0001f1e6-\U0001f1ff]+\\Z")
"""Halves of flags at the end of a text."""
_CONTROL = regex("[\x00-\x1f\x7f-\x9f\u2028\u2029]")


def visible(text: str) -> str:
    """Make hostile characters show instead of act: the one way that text from outside reaches a screen.

    Control characters become their Unicode pictures (``␛``), line breaks ``⏎``, and other controls, bidirectional
    marks, zero-width and private-use characters their code point in guillemets (``‹U+202E›``). Emoji stay as they are,
    with the joiners and selectors that belong to them.
    """
    return (_or_emoji(_UNSAFE_CLASS) if _may_join(text) else _UNSAFE).sub(_picture, text)


@cache
def _or_emoji(characters: str) -> re.Pattern[str]:
    """Such characters, for text with something that may belong to an emoji: it takes ten times as long."""
    return re.compile(f"(?P<emoji>{_EMOJI})|[{characters}{_ASTRAL_SELECTORS}]")


def _may_join(text: str) -> bool:
    """Whether something in a text may belong to an emoji, or to the ideograph before it."""
    return not text.isascii() and (
        "\u200d" in text or "\ufe0f" in text or "\ufe0e" in text or bool(_ASTRAL.search(text))
    )


def cut(text: str, limit: int) -> str:
    """At most ``limit`` characters from the beginning of a text, none of its emoji in half."""
    if len(text) <= limit:
        return text
    end = limit
    while end > 0 and (_JOINED.match(text[end]) or text[end - 1] == "\u200d"):
        end -= 1
    halves = _FLAGS.search(text[:end])
    if halves and len(halves.group()) % 2:
        end -= 1
    return text[:end]


def visible_lines(text: str) -> str:
    """Like :func:`visible`, for text of several lines: line breaks (CRLF too) and tabs keep their meaning."""
    lines = text.replace("\r\n", "\n").split("\n")
    return "\n".join(visible(line.replace("\t", "    ")) for line in lines)


def _picture(match: re.Match[str]) -> str:
    character = match.group()
    if match.lastgroup == "emoji":
        return character
    if character in "\n\r\u2028\u2029":
        return "⏎"
    code = ord(character)
    if code < 0x20:
        return chr(0x2400 + code)
    return "␡" if code == 0x7F else f"‹U+{code:04X}›"


def one_line(text: str) -> str:
    """The text as one header field can carry it: control characters and runs of white space become one space.

    Applied to every value on its way into a header, so that none can end it (RFC 5322 2.2).
    """
    return " ".join(_CONTROL.sub(" ", text).split())


def has_invisible(text: str) -> bool:
    """Whether the text holds a character that prints nothing, or a blank other than the ASCII space and tab."""
    return bool(invisible_in(text))


def invisible_in(text: str) -> list[str]:
    """The characters of a text that print nothing, and its blanks other than the ASCII space and tab, in their order.

    The joiners, selectors and tags inside an emoji are seen, and do not count.
    """
    if text.isascii():
        return []
    pattern = _or_emoji(_NOT_SHOWN_CLASS) if _may_join(text) else _NOT_SHOWN
    return [match.group() for match in pattern.finditer(text) if match.lastgroup != "emoji"]


def prints_nothing(character: str) -> bool:
    """Whether a character prints nothing by itself: an invisible one, or a selector of how the one before it looks."""
    return character in INVISIBLE or bool(_IS_SELECTOR.match(character))


_LONGEST_EMOJI = 16
"""Characters of one picture, as a family of four with its skin tones."""


def shorten(text: str, limit: int = 60) -> str:
    """At most ``limit`` characters, safe to show, an ellipsis where something was cut."""
    shown = visible(cut(text, limit + _LONGEST_EMOJI))
    return shown if len(shown) <= limit else cut(shown, limit - 1) + "…"
