"""What a letter can compute: filters and tests over the values of one record, and nothing else.

Jinja2's own immutable sandbox is the second wall; the first is the allow-list of :mod:`mailmerge.letter.syntax`.
"""

from __future__ import annotations

import warnings
from collections.abc import Mapping, Sequence
from functools import lru_cache, wraps
from types import CodeType
from typing import Any, Protocol

from jinja2 import StrictUndefined, Undefined, pass_context
from jinja2.filters import FILTERS as JINJA_FILTERS
from jinja2.runtime import Context
from jinja2.sandbox import ImmutableSandboxedEnvironment
from jinja2.tests import TESTS as JINJA_TESTS

from mailmerge.letter import dates, words
from mailmerge.letter.reasons import Impossible, TooMuch
from mailmerge.letter.recorder import MAX_OUTPUT, Chosen, Recorder, capped

RECORDER = " recorder"
"""The context key of the :class:`Recorder`; with its space no letter can name it, nor the filters below."""
PRINTED, JOINED, STEPS, CHOSEN, ACCORD = " printed", " joined", " steps", " chosen", " accord"

METHODS = frozenset({
    "capitalize", "casefold", "count", "endswith", "find", "isalnum", "isalpha", "isascii", "isdecimal", "isdigit",
    "islower", "isnumeric", "isspace", "istitle", "isupper", "items", "join", "keys", "lower", "lstrip",
    "partition", "removeprefix", "removesuffix", "replace", "rpartition", "rsplit", "rstrip", "split", "splitlines",
    "startswith", "strip", "swapcase", "title", "upper", "values", "get",
})  # fmt: skip
"""Methods that a letter may call on text, and on a dictionary that it writes itself."""


class LetterEnvironment(ImmutableSandboxedEnvironment):
    """The Jinja2 environment of letters: strict about undefined names, no globals, no escaping (places do that)."""

    intercepted_binops = frozenset({"+"})

    def __init__(self) -> None:
        # Unoptimized: folding constants would run parts of the letter, and fail, while it is read.
        super().__init__(undefined=StrictUndefined, autoescape=False, auto_reload=False, cache_size=0, optimized=False)
        self.globals.clear()
        self.filters = {**FILTERS, **_INTERNAL}
        self.tests = {name: JINJA_TESTS[name] for name in TESTS}

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
        """``+`` with a bound on what it builds, of two texts, two lists or two numbers."""
        if {isinstance(left, int | float), isinstance(right, int | float)} == {True, False} and not (
            isinstance(left, Undefined) or isinstance(right, Undefined)
        ):
            raise Impossible("text-and-number")
        if isinstance(left, Undefined | str | list | tuple) and len(left) + len(right) > MAX_OUTPUT:
            raise TooMuch("text-too-long", limit=f"{MAX_OUTPUT:,}")
        return left + right


@lru_cache(maxsize=1)
def environment() -> LetterEnvironment:
    """The one environment; it keeps no state of any letter."""
    return LetterEnvironment()


class Filter(Protocol):
    """A filter over text."""

    def __call__(self, value: Any, /, *args: Any, **kwargs: Any) -> Any:
        """The filtered value."""


def _over_text(function: Filter) -> Filter:
    """A filter over text that leaves what is missing as it is, so that printing it is reported as a blank."""

    @wraps(function)
    def filtered(value: Any, *args: Any, **kwargs: Any) -> Any:
        if value is None or isinstance(value, Undefined):
            return value
        return function(str(value), *args, **kwargs)

    return filtered


def _default(value: Any, instead: Any = "", boolean: bool = False) -> Any:
    """A blank cell is a missing one: all cells are text."""
    missing = value is None or isinstance(value, Undefined) or (boolean and not value)
    if missing or (isinstance(value, str) and not value.strip()):
        return Chosen(instead) if isinstance(instead, str) else instead
    return value


def _float(value: Any, default: float | None = None) -> float:
    """The number that a text is, with a point or a comma; a blank is 0, or the default.

    Jinja2's own filter makes 0 of everything that it cannot read, and a condition over it would be silently wrong.
    """
    if isinstance(value, int | float):
        return float(value)
    text = "" if value is None or isinstance(value, Undefined) else "".join(str(value).split())
    if not text:
        return default or 0.0
    try:
        return float(text.replace(",", "."))
    except ValueError:
        if default is None:
            raise Impossible("not-a-number", text=str(value)) from None
        return default


def _int(value: Any, default: float | None = None) -> int:
    return int(_float(value, default))


def _replace(text: str, old: str, new: str, count: int | None = None) -> str:
    times = text.count(old) if count is None else min(count, text.count(old))
    if len(text) + times * (len(new) - len(old)) > MAX_OUTPUT:
        raise TooMuch("text-too-long", limit=f"{MAX_OUTPUT:,}")
    return text.replace(old, new) if count is None else text.replace(old, new, count)


def _join(items: Sequence[Any], separator: str = "") -> str:
    texts = [str(item) for item in items]
    if sum(map(len, texts)) + len(separator) * len(texts) > MAX_OUTPUT:
        raise TooMuch("text-too-long", limit=f"{MAX_OUTPUT:,}")
    return separator.join(texts)


@pass_context
def _date(context: Context, value: Any, style: str = "long") -> Any:
    if value is None or isinstance(value, Undefined) or (isinstance(value, str) and not value.strip()):
        return value
    language = _recorder(context).language
    if not language:
        raise Impossible("no-language")
    return words.date(str(value), style, language)


def _day(value: Any, order: str = dates.DayOrder.DAY_FIRST) -> Any:
    """A date as text of which the order is the order in time: ``06/01/2027`` is ``2027-01-06``."""
    if value is None or isinstance(value, Undefined):
        return value
    if order not in tuple(dates.DayOrder):
        raise Impossible("not-an-order", text=str(order))
    if not str(value).strip():
        raise Impossible("blank-date")
    return dates.read_date(str(value), order).isoformat()


def _accord(word: str, civility: Any, feminine: str = "") -> Any:
    if isinstance(civility, Undefined):
        return civility
    return Chosen(words.accord(str(word), str(civility), str(feminine)))


def _recorder(context: Context) -> Recorder:
    recorder: Recorder = context.parent[RECORDER]
    return recorder


@pass_context
def _printed(context: Context, value: Any, expression: int) -> str:
    recorder: Recorder = context.parent[RECORDER]
    return recorder.printed(value, expression)


@pass_context
def _joined(context: Context, parts: Sequence[Any], expression: int) -> str:
    return _recorder(context).joined(parts, expression)


@pass_context
def _steps(context: Context, iterable: Any, write: str) -> list[Any]:
    return _recorder(context).steps(iterable, write)


@pass_context
def _chosen(context: Context, text: str) -> Chosen:
    return Chosen(text)


_TAKEN = ("abs", "count", "first", "last", "length", "list", "round", "sort")
FILTERS: Mapping[str, Any] = {
    **{name: JINJA_FILTERS[name] for name in _TAKEN},
    **{
        name: _over_text(JINJA_FILTERS[name]) for name in ("capitalize", "lower", "title", "trim", "upper", "wordcount")
    },
    "d": _default,
    "default": _default,
    "date": _date,
    "day": _day,
    "e": _over_text(lambda text: text),
    "escape": _over_text(lambda text: text),
    "float": _float,
    "int": _int,
    "join": _join,
    "proper": _over_text(words.proper),
    "replace": _over_text(_replace),
    "string": _over_text(capped),
}
"""The filters that a letter may use. ``e`` and ``escape`` change nothing: every value is escaped for its place."""

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
    ACCORD: _accord,
}
