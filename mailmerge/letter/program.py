"""A letter read: the tree that renders it, and what is known of the author's own words in it."""

from __future__ import annotations

from dataclasses import dataclass, field

from jinja2 import nodes
from msgspec import Struct

from mailmerge.errors import Reason
from mailmerge.letter.decisions.comparisons import Cell
from mailmerge.letter.decisions.deciding import Choice, Decision
from mailmerge.model import Expression


class Forbidden(Struct, frozen=True):
    """Something in the letter that reaches beyond its own record, or that the sandbox does not give (TPL206)."""

    line: int
    reason: Reason


class ConstantText(Struct, frozen=True):
    """The author's own words."""

    text: str
    line: int
    """The line of the file at which the text begins."""
    part: str
    """``body``, the header field, or ``signature`` where the text is that of the account."""
    literal: bool = False
    """Whether it is a text between quotation marks that an expression can print: ``{{ "Comptable" }}``."""
    language: str = ""
    """The text that a condition around it compares a column of languages with: ``{% if langue == 'fr' %}``."""

    def line_at(self, place: int) -> int:
        """The line of the file on which a place of the text is."""
        return self.line + self.text.count("\n", 0, place)


class Unknown(ValueError):
    """A typing error in the template code: an unknown filter or test, a brace too few, a name with a hyphen in it."""

    def __init__(self, reason: Reason, line: int) -> None:
        super().__init__(str(reason))
        self.reason = reason
        self.line = line


Scope = dict[str, frozenset[str]]
"""For each name that the letter itself sets, the fields that it was made from."""


class LetterPart(Struct, frozen=True):
    """A header field's value or a body, as the file has it."""

    name: str
    source: str
    line: int
    """The line of the file at which it begins."""


@dataclass
class LetterProgram:
    """The parts of a letter, read and rewritten into one tree."""

    tree: nodes.Template
    expressions: list[Expression] = field(default_factory=list)
    constants: list[ConstantText] = field(default_factory=list)
    forbidden: list[Forbidden] = field(default_factory=list)
    needed: set[str] = field(default_factory=set)
    """Fields that are printed without a default, and not within a condition that they are there."""
    decisions: list[Decision] = field(default_factory=list)
    choices: list[Choice] = field(default_factory=list)
    aliases: dict[str, Cell | None] = field(default_factory=dict)
    """Names that the letter sets: to a cell as it is but for its case, or to anything else."""
