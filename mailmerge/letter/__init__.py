"""Letters: a template and one record in, one message and its exact bytes out."""

from mailmerge.letter.conditions import Condition, compile_condition, compile_value, fields_of_value
from mailmerge.letter.decisions.deciding import Comparison
from mailmerge.letter.letter import Letter, parse_letter, read_letter
from mailmerge.letter.program import ConstantText, Forbidden
from mailmerge.letter.source.letter_file import LetterFile, open_letter_file, save_letter_file
from mailmerge.letter.source.mailboxes import sender_problem
from mailmerge.letter.source.template import LetterHeader
from mailmerge.letter.wire.mime import assemble

__all__ = [
    "Comparison",
    "Condition",
    "ConstantText",
    "Forbidden",
    "Letter",
    "LetterFile",
    "LetterHeader",
    "assemble",
    "compile_condition",
    "compile_value",
    "fields_of_value",
    "open_letter_file",
    "parse_letter",
    "read_letter",
    "save_letter_file",
    "sender_problem",
]
