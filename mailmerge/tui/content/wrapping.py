"""Lines are broken at spaces, and never at a no-break space: a French ``?`` or ``»`` begins no line.

Rich takes every white space for a place to break (Rich 14, ``_wrap.py``), and Textual wraps with it.
"""

from __future__ import annotations

from rich import _wrap

from mailmerge.text.regex import regex

_STAYS = "\u00a0\u202f\u2007"
_WORD = regex(rf"[^\S{_STAYS}]*(?:\S|[{_STAYS}])+[^\S{_STAYS}]*")


def keep_no_break_spaces() -> None:
    """Have no line broken at a no-break space; once, before anything is drawn."""
    _wrap.re_word = _WORD
