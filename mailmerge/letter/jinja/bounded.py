"""The filters and methods of a letter: each bounded in what it is given, and paid for by what it goes through.

Their values are texts, numbers, and containers of plain values. Whatever a letter says, its work ends soon: nothing
has to be stopped from outside.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from jinja2 import Environment, Undefined, pass_context
from jinja2.filters import FILTERS as JINJA_FILTERS
from jinja2.runtime import Context

from mailmerge.letter.budget import (
    CONTAINERS,
    Budget,
    bounded,
    capped,
    is_plain,
    joined,
    plain,
    require_length,
    size_of,
)
from mailmerge.letter.reasons import Impossible
from mailmerge.letter.recorder import RECORDER, AuthorText, Recorder
from mailmerge.letter.values import dates, filters
from mailmerge.letter.values.date_styles import is_style, wrong_style
from mailmerge.letter.values.numbers import DECIMAL_MARKS, read_number

TEXT_METHODS = frozenset({
    "capitalize", "casefold", "count", "endswith", "find", "isalnum", "isalpha", "isascii", "isdecimal", "isdigit",
    "islower", "isnumeric", "isspace", "istitle", "isupper", "join", "lower", "lstrip", "partition", "removeprefix",
    "removesuffix", "replace", "rpartition", "rsplit", "rstrip", "split", "splitlines", "startswith", "strip",
    "swapcase", "title", "upper",
})  # fmt: skip
DICT_METHODS = frozenset({"items", "keys", "values", "get"})
METHODS = TEXT_METHODS | DICT_METHODS
"""Methods that a letter may call on text, and on a dictionary that it writes itself."""

_STRIPPING = frozenset({"strip", "lstrip", "rstrip", "trim"})
"""They compare each character at an end with each of the argument."""
_PRECISION = 15
_LONGEST_DATE = 100
"""Characters of a date, and of the pattern it is written by."""
_A_DATE = 1000
"""What writing a date costs, in characters."""


def recorder_of(context: Context) -> Recorder:
    """What the rendering that is going on has printed, and its budget."""
    recorder: Recorder = context.parent[RECORDER]
    return recorder


def _missing(value: Any) -> bool:
    return value is None or isinstance(value, Undefined)


def _paid(budget: Budget, name: str, value: Any, arguments: Sequence[Any], factor: int) -> None:
    """Pay for what goes through a value and its arguments, which are bounded too."""
    size = size_of(value)
    for argument in arguments:
        if isinstance(argument, int | float):
            bounded(argument)
        size += size_of(argument)
    if name in _STRIPPING and arguments:
        size += size_of(value) * size_of(arguments[0])
    budget.spend(size * factor)


def _over_text(name: str, function: Callable[..., Any], factor: int = 1) -> Callable[..., Any]:
    """A filter over text that leaves what is missing as it is, so that printing it is reported as a blank."""

    @pass_context
    def filtered(context: Context, value: Any, *arguments: Any, **named: Any) -> Any:
        if _missing(value):
            return value
        _paid(recorder_of(context), name, plain(value), (*arguments, *named.values()), factor)
        return function(str(value), *arguments, **named)

    return filtered


def _over_several(name: str, function: Callable[..., Any], factor: int = 1) -> Callable[..., Any]:
    """A filter over a text or a container; it is given the environment too."""

    @pass_context
    def filtered(context: Context, value: Any, *arguments: Any, **named: Any) -> Any:
        _paid(recorder_of(context), name, value, (*arguments, *named.values()), factor)
        if not (is_plain(value) or isinstance(value, CONTAINERS)):
            raise Impossible("not-iterable")
        return function(context.environment, value, *arguments, **named)

    return filtered


def _first(environment: Environment, value: Any) -> Any:
    return next(iter(value), environment.undefined("the text or the list is empty"))


def _last(environment: Environment, value: Any) -> Any:
    return next(reversed(value), environment.undefined("the text or the list is empty"))


def _sort(environment: Environment, value: Any, reverse: bool = False, case_sensitive: bool = False) -> list[Any]:
    """Jinja2's, but for sorting by an attribute."""
    return list(JINJA_FILTERS["sort"](environment, value, reverse, case_sensitive))


def _default(value: Any, instead: Any = "", boolean: bool = False) -> Any:
    """A blank cell is a missing one: all cells are text."""
    missing = _missing(value) or (boolean and not value)
    if missing or (isinstance(value, str) and not value.strip()):
        return AuthorText(instead) if isinstance(instead, str) else instead
    return value


def _float(value: Any, default: float | None = None, decimal: str = "") -> float:
    """The number that a text is (:mod:`mailmerge.letter.values.numbers`); a blank is 0, or the default.

    Jinja2's own filter makes 0 of everything that it cannot read, and a condition over it would be silently wrong.
    """
    if decimal not in ("", *DECIMAL_MARKS):
        raise Impossible("not-a-decimal-mark", text=str(plain(decimal))[:_LONGEST_DATE])
    if isinstance(value, int | float):
        return float(value)
    text = "" if _missing(value) else str(plain(value))
    if not text.strip():
        return default or 0.0
    try:
        return float(bounded(read_number(text, decimal)))
    except Impossible as error:
        if default is None or error.reason.kind != "not-a-number":
            raise
        return default


def _int(value: Any, default: float | None = None, decimal: str = "") -> int:
    return int(bounded(_float(value, default, decimal)))


def _round(value: Any, precision: Any = 0, method: str = "common") -> Any:
    """Jinja2's, which raises ten to the power of whatever it is given."""
    if not isinstance(value, int | float):
        raise Impossible("text-and-number")
    if not isinstance(precision, int) or abs(precision) > _PRECISION:
        raise Impossible("wrong-arguments")
    return JINJA_FILTERS["round"](bounded(value), precision, method)


def _replace(text: str, old: str, new: str, count: int | None = None) -> str:
    there = text.count(old)
    times = there if count is None or count < 0 else min(count, there)
    require_length(len(text) + times * (len(new) - len(old)))
    return text.replace(old, new, times)


@pass_context
def _join(context: Context, items: Any, separator: str = "") -> str:
    if not isinstance(items, (str, Undefined, *CONTAINERS)):
        raise Impossible("not-iterable")
    _paid(recorder_of(context), "join", items, (separator,), 10)
    return joined((str(plain(item)) for item in items), str(plain(separator)))


@pass_context
def _date(context: Context, value: Any, style: Any = "long", order: Any = dates.DayOrder.DAY_FIRST) -> Any:
    if _missing(value) or (isinstance(value, str) and not value.strip()):
        return value
    recorder = recorder_of(context)
    recorder.spend(_A_DATE)
    if not recorder.language:
        raise Impossible("no-language")
    text = _short(str(plain(value)))
    if not isinstance(style, str) or len(style) > _LONGEST_DATE:
        raise Impossible("wrong-arguments")
    if not is_style(style):
        raise Impossible("not-a-date-style", **wrong_style(style))
    _check_order(order)
    return filters.date(text, style, recorder.language, order)


@pass_context
def _day(context: Context, value: Any, order: Any = dates.DayOrder.DAY_FIRST) -> Any:
    """A date as text of which the order is the order in time: ``06/01/2027`` is ``2027-01-06``."""
    if _missing(value):
        return value
    recorder_of(context).spend(_A_DATE)
    _check_order(order)
    text = str(plain(value))
    if not text.strip():
        raise Impossible("blank-date")
    return dates.read_date(_short(text), order).isoformat()


def _check_order(order: Any) -> None:
    if order not in tuple(dates.DayOrder):
        raise Impossible("not-an-order", text=str(plain(order))[:_LONGEST_DATE])


def _short(text: str) -> str:
    if len(text) > _LONGEST_DATE:
        raise Impossible("not-a-date", text=f"{text[:_LONGEST_DATE]}…")
    return text


@pass_context
def accord(context: Context, word: str, title: Any, feminine: str = "") -> Any:
    """``accord("reçu", civilite)``."""
    if isinstance(title, Undefined):
        return title
    _paid(recorder_of(context), "accord", (word, title, feminine), (), 20)
    return AuthorText(filters.accord(*(str(plain(each)) for each in (word, title, feminine))))


@pass_context
def called(context: Context, owner: Any, method: str, *arguments: Any, **named: Any) -> Any:
    """A method of :data:`METHODS`, of the kind of value that has it.

    Raises:
        UndefinedError: the value has none of this name.
    """
    if isinstance(owner, Undefined):
        return owner()
    if method not in (TEXT_METHODS if isinstance(owner, str) else DICT_METHODS if isinstance(owner, dict) else ()):
        return context.environment.undefined(obj=owner, name=method)()
    _paid(recorder_of(context), method, owner, (*arguments, *named.values()), 2)
    return getattr(owner, method)(*arguments, **named)


FILTERS: Mapping[str, Any] = {
    "abs": _over_several("abs", lambda _environment, value: abs(value)),
    "count": _over_several("count", lambda _environment, value: len(value)),
    "first": _over_several("first", _first),
    "last": _over_several("last", _last),
    "length": _over_several("length", lambda _environment, value: len(value)),
    **{name: _over_text(name, JINJA_FILTERS[name], 2) for name in ("capitalize", "lower", "trim", "upper")},
    **{name: _over_text(name, lambda text: text) for name in ("e", "escape")},
    "d": _default,
    "default": _default,
    "date": _date,
    "day": _day,
    "float": _float,
    "int": _int,
    "join": _join,
    "list": _over_several("list", lambda _environment, value: list(value), 10),
    "proper": _over_text("proper", filters.proper, 50),
    "replace": _over_text("replace", _replace, 2),
    "round": _round,
    "sort": _over_several("sort", _sort, 50),
    "string": _over_text("string", capped),
    "title": _over_text("title", JINJA_FILTERS["title"], 20),
    "wordcount": _over_text("wordcount", JINJA_FILTERS["wordcount"], 10),
}
"""The filters that a letter may use. ``e`` and ``escape`` change nothing: every value is escaped for its place."""
