"""All rules by code: one rule is one file: a function and its documentation."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from enum import StrEnum
from typing import Any, TypeVar

from msgspec import Struct

from mailmerge.i18n import N_
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


class RuleDoc(Struct, frozen=True):
    """What `mailmerge rules CODE` says about a rule: data, so that it can be translated and survives ``-OO``."""

    title: str
    """What holds when the rule is silent, as a sentence."""
    what: str
    """What it finds."""
    why: str
    bad: str
    """An example that it finds."""
    good: str
    """An example that it leaves alone."""
    fix: str


HEADINGS = {"what": N_("What"), "why": N_("Why"), "bad": N_("Bad"), "good": N_("Good"), "fix": N_("Fix")}
"""The parts of a rule's documentation after its title, in order, and what each is called."""


class Rule(Struct, frozen=True):
    """One rule: what it looks for, how grave that is, and what may be done about it."""

    code: str
    name: str
    severity: Severity
    """The gravest it gives; a rule may be milder where its documentation says so."""
    suppression: Suppression
    scope: Scope
    """Where it looks first; some rules look again in another."""
    doc: RuleDoc


class Check(Struct, frozen=True):
    """One function of a rule; most rules have one, some look at the letter and then at each message."""

    rule: Rule
    scope: Scope
    find: Callable[..., Iterable[Any]]
    of_files: bool = False
    """Whether it looks at attached files alone: most messages have none."""


REGISTER: dict[str, Rule] = {}
CHECKS: list[Check] = []


def rule(
    code: str,
    name: str,
    severity: Severity,
    suppression: Suppression,
    scope: Scope,
    doc: RuleDoc,
    *,
    of_files: bool = False,
) -> Callable[[_Check], _Check]:
    """Enter a function into the register."""

    def enter(function: _Check) -> _Check:
        REGISTER[code] = Rule(code, name, severity, suppression, scope, doc)
        CHECKS.append(Check(REGISTER[code], scope, function, of_files))
        return function

    return enter


def also(code: str, scope: Scope, *, of_files: bool = False) -> Callable[[_Check], _Check]:
    """Register another check for an existing rule."""

    def enter(function: _Check) -> _Check:
        CHECKS.append(Check(REGISTER[code], scope, function, of_files))
        return function

    return enter


def checks_of(scope: Scope) -> tuple[Check, ...]:
    """The functions to call in a scope, in the order of their rules' codes."""
    return tuple(sorted((check for check in CHECKS if check.scope is scope), key=lambda check: check.rule.code))
