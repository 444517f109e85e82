"""Letters: a template and one record in, one message and its exact bytes out."""

from mailmerge.letter.conditions import Condition, compile_condition, compile_value, fields_of_value
from mailmerge.letter.deciding import Comparison
from mailmerge.letter.draft import Draft, open_draft, save_draft
from mailmerge.letter.expressions import ConstantText, Forbidden
from mailmerge.letter.letter import Letter, parse_letter, read_letter
from mailmerge.letter.mailboxes import sender_problem
from mailmerge.letter.mime import assemble
from mailmerge.letter.template import LetterHeader

__all__ = [
    "Comparison",
    "Condition",
    "ConstantText",
    "Draft",
    "Forbidden",
    "Letter",
    "LetterHeader",
    "assemble",
    "compile_condition",
    "compile_value",
    "fields_of_value",
    "open_draft",
    "parse_letter",
    "read_letter",
    "save_draft",
    "sender_problem",
]
