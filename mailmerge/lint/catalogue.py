"""The rules, all of them, in the order of their codes."""

from __future__ import annotations

from mailmerge.errors import UsageError
from mailmerge.lint.registry import REGISTER, Rule


def rules() -> tuple[Rule, ...]:
    """Every rule."""
    return tuple(REGISTER[code] for code in sorted(REGISTER, key=code_order))


def rule_named(code: str) -> Rule:
    """The rule with this code or name, in any case.

    Raises:
        UsageError: there is none.
    """
    wanted = code.strip()
    for rule in REGISTER.values():
        if wanted.upper() == rule.code or wanted.lower() == rule.name:
            return rule
    raise UsageError(f'there is no rule "{code}": `mailmerge rules` lists them all')


_FAMILIES = ("LST", "TPL", "MSG", "XRC", "ATT", "WIR", "META")


def code_order(code: str) -> tuple[int, str]:
    """What to sort codes by: the table first, then the letter, and so on to the wire."""
    return next(index for index, family in enumerate(_FAMILIES) if code.startswith(family)), code
