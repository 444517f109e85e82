"""Template code as it was meant: without invisible characters, in plain signs, with straight quotation marks."""

from __future__ import annotations

import re
from collections.abc import Callable

from jinja2 import TemplateSyntaxError
from jinja2.parser import Parser

from mailmerge.letter import sandbox
from mailmerge.text import INVISIBLE, identifier

NAME_LIKE = r"[^\W\d_][\w .'’°/\u00a0\u202f-]{0,60}?"
"""What a header of a table looks like that somebody took for a field's name."""
STRING = re.compile(r"'(?:[^'\\\n]|\\.)*'|\"(?:[^\"\\\n]|\\.)*\"")
_DOUBLE, _SINGLE = "“”„‟«»＂", "‘’‚‛‹›"
CURLY = re.compile(f"[{_DOUBLE}{_SINGLE}]")
_QUOTED = re.compile(
    rf"[{_DOUBLE}]\s?([^{_DOUBLE}\"\n]*?)\s?[{_DOUBLE}]|[{_SINGLE}]\s?([^{_SINGLE}'\n]*?)\s?[{_SINGLE}]"
)


def repair_code(code: str, write: Callable[[str], str], *, named: bool = True) -> str:
    """What is wrong inside the braces and can be repaired; ``""`` where it is something else.

    What was meant may need several repairs; the first one is named, and all of them are in what to write.
    """
    first = ""
    for said, repair in _REPAIRS:
        repaired = repair(code)
        if repaired != code:
            first, code = first or said.format(odd=_first_odd(code)), repaired
            if parses(code):
                return f"{first}; {write(code)}"
    compared = re.match(rf"(not\s+)?({NAME_LIKE})\s*((?:==|!=|\bin\b|\bis\b).*)?\Z", code) if named else None
    if compared and " " in compared[2] and parses(f"x {compared[3] or ''}"):
        meant = " ".join(filter(None, ((compared[1] or "").strip(), identifier(compared[2]), compared[3])))
        return f"{first or NO_SPACES}; {write(meant)}"
    return ""


NO_SPACES = "a field's name has no spaces or signs"


def _first_odd(code: str) -> str:
    return next((f"U+{ord(each):04X}" for each in code if each in INVISIBLE), "")


def shown(code: str) -> str:
    """The code without characters that print nothing."""
    return "".join(each for each in code if each not in INVISIBLE)


def _straight(code: str) -> str:
    """With straight quotation marks, unless those that are there already hold the text."""
    if not CURLY.search(STRING.sub("", code)):
        return code
    paired = _QUOTED.sub(lambda quoted: f'"{(quoted[1] or quoted[2] or "").strip()}"', code)
    return re.sub(f"[{_DOUBLE}]", '"', re.sub(f"[{_SINGLE}]", "'", paired))


def _half_width(code: str) -> str:
    return "".join(chr(ord(each) - 0xFEE0) if "！" <= each <= "～" else each for each in code)


def _compared(code: str) -> str:
    """With ``==`` and ``!=`` for the other signs of equality, outside texts."""
    return _outside_texts(
        code, lambda part: re.sub(r"\s*(?:===?|(?<![=!<>])=(?!=))\s*", " == ", part.replace("<>", "!="))
    )


def _joined(code: str) -> str:
    return _outside_texts(code, lambda part: re.sub(r"\s*&&\s*", " and ", re.sub(r"\s*\|\|\s*", " or ", part)))


def _outside_texts(code: str, repair: Callable[[str], str]) -> str:
    pieces = re.split(f"({STRING.pattern})", code)
    return "".join(piece if index % 2 else repair(piece) for index, piece in enumerate(pieces)).strip()


_REPAIRS: tuple[tuple[str, Callable[[str], str]], ...] = (
    ("there is an invisible character ({odd}) in it", shown),
    ("these are full-width signs", _half_width),
    ("the quotation marks are curly", _straight),
    ("two values are compared with ==", _compared),
    ("conditions are joined with and, or", _joined),
)


def parses(expression: str) -> bool:
    """Whether Jinja2 can read it as one expression."""
    try:
        parser = Parser(sandbox.environment(), expression, state="variable")
        parser.parse_tuple(with_condexpr=True)
    except (TemplateSyntaxError, RecursionError):
        return False
    return bool(parser.stream.eos)
