"""Letters: a template and one record in, one message and its exact bytes out."""

from mailmerge.letter.conditions import compile_condition, compile_value
from mailmerge.letter.expressions import ConstantText, Forbidden
from mailmerge.letter.letter import Letter, read_letter
from mailmerge.letter.mime import assemble
from mailmerge.letter.template import LetterHeader

__all__ = [
    "ConstantText",
    "Forbidden",
    "Letter",
    "LetterHeader",
    "assemble",
    "compile_condition",
    "compile_value",
    "read_letter",
]
