"""All rules by code: one rule is one function with its own documentation."""

from __future__ import annotations

import inspect
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from typing import Any, TypeVar

from mailmerge.lint.finding import Suppression
from mailmerge.model import Severity

_Check = TypeVar("_Check", bound=Callable[..., Iterable[Any]])


class Scope(StrEnum):
    """What a rule is shown, and so how often it is called."""

    TABLE = "table"
    """The table, once."""
    LETTER = "letter"
    """Each letter, once."""
    MESSAGE = "message"
    """Each message, as it is composed."""
    SET = "set"
    """All messages together, once at the end."""
    WIRE = "wire"
    """The exact bytes, at sealing and before each DATA."""
    ENGINE = "engine"
    """The linter itself."""


SECTIONS = ("What", "Why", "Bad", "Good", "Fix")
"""The headings of a rule's documentation, in order."""
_SECTION = re.compile(rf"^({'|'.join(SECTIONS)}): ?", re.MULTILINE)


@dataclass(frozen=True)
class Rule:
    """One rule: what it looks for, how grave that is, and what may be done about it."""

    code: str
    name: str
    severity: Severity
    """The gravest it gives; a rule may be milder where its documentation says so."""
    suppression: Suppression
    scope: Scope
    """Where it looks first; some rules look again in another."""
    documentation: str
    """A title, then the sections What, Why, Bad, Good and Fix."""

    @property
    def title(self) -> str:
        """The first line of the documentation."""
        return self.documentation.partition("\n")[0]

    @cached_property
    def sections(self) -> Mapping[str, str]:
        """The documentation by heading."""
        pieces = _SECTION.split(self.documentation)
        return {heading: text.strip() for heading, text in zip(pieces[1::2], pieces[2::2], strict=True)}


@dataclass(frozen=True, slots=True)
class Check:
    """One function of a rule; most rules have one, some look at the letter and then at each message."""

    rule: Rule
    scope: Scope
    find: Callable[..., Iterable[Any]]


REGISTER: dict[str, Rule] = {}
CHECKS: list[Check] = []


def rule(
    code: str, name: str, severity: Severity, suppression: Suppression, scope: Scope
) -> Callable[[_Check], _Check]:
    """Enter a function into the register; its docstring is the rule's documentation."""

    def enter(function: _Check) -> _Check:
        REGISTER[code] = Rule(code, name, severity, suppression, scope, inspect.getdoc(function) or "")
        CHECKS.append(Check(REGISTER[code], scope, function))
        return function

    return enter


def also(code: str, scope: Scope) -> Callable[[_Check], _Check]:
    """Enter a further function of a rule that is registered already."""

    def enter(function: _Check) -> _Check:
        CHECKS.append(Check(REGISTER[code], scope, function))
        return function

    return enter


def checks_of(scope: Scope) -> tuple[Check, ...]:
    """The functions to call in a scope, in the order of their rules' codes."""
    return tuple(sorted((check for check in CHECKS if check.scope is scope), key=lambda check: check.rule.code))
