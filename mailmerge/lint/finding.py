"""What a rule found, how grave it is, and who may answer for it."""

from __future__ import annotations

import datetime
import hashlib
from collections.abc import Iterable, Mapping
from enum import StrEnum

from msgspec import Struct
from msgspec import field as attribute

from mailmerge.lint.sentence import Sentence, Value, advice, said
from mailmerge.model import Record, Severity


class Suppression(StrEnum):
    """How a finding can be set aside; fixed in code for each rule."""

    NEVER = "never"
    """Repair the data, or exclude the person."""
    WAIVER = "waiver"
    """A named person answers for it, with a reason, in ``campaign.toml``."""
    ALLOW = "allow"
    """An entry of the campaign's ``[lint]`` lists."""


class Waiver(Struct, frozen=True):
    """One finding that a named person answers for, in this campaign only."""

    rule: str
    finding: str
    """The finding's fingerprint."""
    reason: str
    by: str
    until: datetime.date | None = None
    """The last day on which it holds."""


class RawFinding(Struct, frozen=True, kw_only=True):
    """What a rule says; the engine makes a :class:`Finding` of it."""

    evidence: tuple[str, ...]
    """What makes it this finding, wherever its row is: tokens, names, addresses, texts of cells; never a line number,
    and never a sentence."""
    says: Sentence
    values: Mapping[str, Value] = attribute(default_factory=dict)
    """What stands in the sentence."""
    record: Record | None = None
    """The person whose message it stops; None where it concerns everybody."""
    field: str | None = None
    others: tuple[int, ...] = ()
    """Numbers of the other people involved."""
    affected: tuple[int, ...] | None = None
    """Numbers of the people whose messages it stops, where that is more than ``record``."""
    line: int | None = None
    """The spreadsheet's line, where it is about no record."""
    letter: str = ""
    """What the letter is called, where it is the cause."""
    letter_line: int | None = None
    excerpt: str = ""
    """The offending text as the message or cell has it; empty where there is none to show."""
    severity: Severity | None = None
    """Where it differs from the rule's."""
    cause: str = ""
    """Findings of one rule with one cause become one finding once they are many."""
    general: bool = False
    """Whether the letter is to blame: one finding for its cause, however few, and about no record."""
    column: str = ""
    """The header of the column that a field which is not there likely means."""
    fields: tuple[str, ...] = ()
    """Further fields that have the same cause, besides ``field``."""
    whole_row: bool = False
    """Whether it is the cause of whatever is wrong in the row."""
    files: bool = False
    """Whether it is the cause of whatever is wrong with people's own files."""
    suppression: Suppression | None = None
    """Where it differs from the rule's."""
    allows: str = ""
    """The address that an entry of ``allow_addresses`` would allow; empty where none would."""


class Finding(Struct, frozen=True, kw_only=True):
    """One thing that a person must repair, look at, or know."""

    rule: str
    name: str
    severity: Severity
    record: int | None
    """The person whose message it is about, the first where it is about several; None for the letter or the table."""
    line: int | None
    """The line that the spreadsheet shows."""
    field: str | None
    says: Sentence
    values: Mapping[str, Value]
    """What stands in the sentence, by name."""
    fingerprint: str
    """Stable while the same thing is wrong with the same person, however the rows are sorted."""
    suppression: Suppression
    """How it can be set aside."""
    waived: bool = False
    others: tuple[int, ...] = ()
    """The other people involved."""
    affected: tuple[int, ...] = ()
    """The people whose messages it is about; empty for everybody."""
    letter: str = ""
    letter_line: int | None = None
    """The line of the letter, where the letter is the cause."""
    excerpt: str = ""
    header: str = ""
    """The header of :attr:`field`, as the table has it; empty where it is not there, or has none."""
    column: str = ""
    """The header of the column that :attr:`field`, which is not there, likely means."""
    count: int = 1
    """How many times the same cause was met."""
    together: bool = False
    """Whether it speaks of everybody who shares the cause."""
    fields: tuple[str, ...] = ()
    """Further fields that have the same cause."""
    whole_row: bool = False
    """Whether it is the cause of whatever is wrong in the row."""
    files: bool = False
    """Whether it is the cause of whatever is wrong with people's own files."""
    allows: str = ""
    """The address that an entry of ``allow_addresses`` would allow; empty where none would."""
    echoes: tuple[Finding, ...] = ()
    """What other rules found of the same cause; told on their own only if this is waived."""

    @property
    def message(self) -> str:
        """What is wrong, and where, in the language of whoever reads it."""
        return said(self.says, self.values, together=self.together)

    @property
    def fix(self) -> str:
        """What to do about it, likewise."""
        return advice(self.says, self.values)

    @property
    def stops(self) -> bool:
        """Whether it stops the send."""
        return self.severity is Severity.BLOCK and not self.waived


def fingerprint(rule: str, evidence: Iterable[str]) -> str:
    """Sixteen hexadecimal digits that name one finding of a rule."""
    digest = hashlib.sha256("\x1f".join((rule, *evidence)).encode("utf-8", "surrogatepass"))
    return digest.hexdigest()[:16]
