"""The rules, all of them, in the order of their codes."""

from __future__ import annotations

import importlib
import pkgutil
from functools import cache

from mailmerge.errors import UsageError
from mailmerge.i18n import N_
from mailmerge.lint.rule import REGISTER, Rule
from mailmerge.runtime import garbage
from mailmerge.text.regex import regex

_RULES = "mailmerge.lint.rules"
_RULE_FILE = regex(r"[a-z]+\d{3}_")


@cache
def load() -> None:
    """Enter every rule: the files ``rules/FAMILY/CODE_NAME.py``, wherever the program is installed."""
    with garbage.paused():
        root = importlib.import_module(_RULES)
        for family in pkgutil.iter_modules(root.__path__, f"{_RULES}."):
            for found in pkgutil.iter_modules(importlib.import_module(family.name).__path__):
                if _RULE_FILE.match(found.name):
                    importlib.import_module(f"{family.name}.{found.name}")


def all_rules() -> tuple[Rule, ...]:
    """Every rule."""
    load()
    return tuple(REGISTER[code] for code in sorted(REGISTER, key=code_order))


def rule_named(code: str) -> Rule:
    """The rule with this code or name, in any case.

    Raises:
        UsageError: there is none.
    """
    load()
    wanted = code.strip()
    for rule in REGISTER.values():
        if wanted.upper() == rule.code or wanted.lower() == rule.name:
            return rule
    raise UsageError(N_('there is no rule "{code}": `mailmerge rules` lists them all'), code=code)


_FAMILIES = ("LST", "TPL", "MSG", "XRC", "ATT", "WIR", "META")


def code_order(code: str) -> tuple[int, str]:
    """What to sort codes by: the table first, then the letter, and so on to the wire."""
    return next(index for index, family in enumerate(_FAMILIES) if code.startswith(family)), code
