"""What a letter can compute: filters and tests over the values of one record, and nothing else.

Jinja2's own immutable sandbox is the second wall; the first is the allow-list of :mod:`mailmerge.letter.jinja.syntax`.
"""

from __future__ import annotations

import warnings
from collections.abc import Mapping, Sequence
from functools import lru_cache
from types import CodeType
from typing import Any

from jinja2 import StrictUndefined, TemplateSyntaxError, Undefined, pass_context
from jinja2.runtime import Context
from jinja2.sandbox import ImmutableSandboxedEnvironment
from jinja2.tests import TESTS as JINJA_TESTS

from mailmerge.letter.budget import bounded, flat, require_length, size_of
from mailmerge.letter.jinja.bounded import FILTERS, METHODS, accord, called, recorder_of
from mailmerge.letter.reasons import Impossible, reason
from mailmerge.letter.recorder import RECORDER, AuthorText
from mailmerge.text.regex import regex

__all__ = ["FILTERS", "METHODS", "RECORDER", "TESTS", "LetterEnvironment", "environment"]

PRINTED, JOINED, STEPS, CHOSEN, ACCORD, CALLED, USED, FLAT, FILLED, COUNTED = (
    " printed", " joined", " steps", " chosen", " accord", " called", " used", " flat", " filled", " counted"
)  # fmt: skip
"""Filters that no letter can name, because of their space."""

_ENDLESS_NUMBER = regex(r"\d[\d_]{3999}")


class LetterEnvironment(ImmutableSandboxedEnvironment):
    """The Jinja2 environment of letters: strict about undefined names, no globals, no escaping (places do that)."""

    intercepted_binops = frozenset({"+", "-", "/", "//"})

    def __init__(self) -> None:
        # Unoptimized: folding constants would run parts of the letter, and fail, while it is read.
        super().__init__(undefined=StrictUndefined, autoescape=False, auto_reload=False, cache_size=0, optimized=False)
        self.globals.clear()
        self.filters = {**FILTERS, **_INTERNAL}
        self.tests = {name: JINJA_TESTS[name] for name in TESTS}

    def preprocess(self, source: str, name: str | None = None, filename: str | None = None) -> str:
        """Jinja's hook: Python refuses to read a number of more than 4,300 digits, with an error of its own."""
        if line := line_of_endless_number(source):
            raise TemplateSyntaxError(str(reason("number-too-large")), line, name, filename)
        return super().preprocess(source, name, filename)

    def _compile(self, source: str, filename: str) -> CodeType:
        """Jinja's hook: Python's warnings about ``1['x']`` are not for whoever wrote the letter."""
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", SyntaxWarning)
            return super()._compile(source, filename)

    def getitem(self, obj: Any, argument: Any) -> Any:
        """``a[b]`` takes an item only; text never falls back to an attribute."""
        try:
            return obj[argument]
        except (TypeError, LookupError):
            return self.undefined(obj=obj, name=argument)

    def call_binop(self, context: Context, operator: str, left: Any, right: Any) -> Any:
        """A sum of two texts, two lists or two numbers, and what else is calculated: bounded, and paid for."""
        if isinstance(left, Undefined) or isinstance(right, Undefined):
            return self.binop_table[operator](left, right)
        if isinstance(left, int | float) is not isinstance(right, int | float):
            raise Impossible("text-and-number")
        if isinstance(left, str | list | tuple):
            require_length(len(left) + len(right))
            recorder_of(context).spend(size_of(left) + size_of(right))
        return bounded(self.binop_table[operator](left, right))


def line_of_endless_number(source: str) -> int:
    """The first line with a number of thousands of digits; 0 where there is none."""
    number = _ENDLESS_NUMBER.search(source)
    return source.count("\n", 0, number.start()) + 1 if number else 0


@lru_cache(maxsize=1)
def environment() -> LetterEnvironment:
    """The one environment; it keeps no state of any letter."""
    return LetterEnvironment()


@pass_context
def _printed(context: Context, value: Any, expression: int) -> str:
    return recorder_of(context).printed(value, expression)


@pass_context
def _joined(context: Context, parts: Sequence[Any], expression: int) -> str:
    return recorder_of(context).joined(parts, expression)


@pass_context
def _filled(context: Context, value: Any, expression: int) -> Any:
    return recorder_of(context).filled(value, expression)


@pass_context
def _counted(context: Context, value: Any, expression: int) -> Any:
    return recorder_of(context).counted(value, expression)


@pass_context
def _steps(context: Context, iterable: Any, write: str, weight: int) -> list[Any]:
    return recorder_of(context).steps(iterable, write, weight)


@pass_context
def _chosen(context: Context, text: str) -> AuthorText:
    return AuthorText(text)


@pass_context
def _used(context: Context, value: Any) -> Any:
    """A name that the letter has set, or any name in a loop: its value is gone through each time."""
    recorder_of(context).spend(size_of(value))
    return value


@pass_context
def _flat(context: Context, container: Any) -> Any:
    """A container that the letter writes: its items may be anything."""
    recorder_of(context).spend(size_of(flat(container)))
    return container


TESTS = frozenset({
    "!=", "<", "<=", "==", ">", ">=", "boolean", "defined", "divisibleby", "eq", "equalto", "even", "false",
    "float", "ge", "greaterthan", "gt", "in", "integer", "le", "lessthan", "lower", "lt", "mapping", "ne", "none",
    "number", "odd", "sequence", "string", "true", "undefined", "upper",
})  # fmt: skip
"""The tests that a letter may use after ``is``."""

_INTERNAL: Mapping[str, Any] = {
    PRINTED: _printed,
    JOINED: _joined,
    STEPS: _steps,
    CHOSEN: _chosen,
    ACCORD: accord,
    CALLED: called,
    USED: _used,
    FLAT: _flat,
    FILLED: _filled,
    COUNTED: _counted,
}
