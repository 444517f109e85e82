"""One test over a whole table: a row costs what it judges, and not a test of its own. Every row that fails is named."""

from __future__ import annotations

import functools
import inspect
import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TypeVar

import pytest

T = TypeVar("T")
U = TypeVar("U")
PARAM = type(pytest.param())
MOST_TOLD = 20
"""Rows whose whole failure is shown; the others are named."""
MOST_OF_A_NAME = 200
FEWER = 3
"""Of a test with more cases than this, one in so many is judged, where not all of them are."""
PARTS = 4
"""A row of a matrix meets one in so many of the columns, where not all of it is judged."""


def whole_or(sample: T, whole: T) -> T:
    """A sample of a matrix that has each of its rows and each of its columns; all of it where nothing is skipped."""
    return whole if os.environ.get("MAILMERGE_NOTHING_SKIPPED") else sample


def pairs(rows: Iterable[T], columns: Iterable[U]) -> list[tuple[T, U]]:
    """Each row with some of the columns in turn, each column with some of the rows; or with all of them."""
    rows, columns = list(rows), list(columns)
    parts = whole_or(min(len(rows), len(columns), PARTS), 1)
    return [
        (row, column)
        for down, row in enumerate(rows)
        for across, column in enumerate(columns)
        if (down + down // parts + across) % parts == 0
    ]


def sampled(tests: Sequence[T], told: Callable[[T], str]) -> list[T]:
    """Of each test with many cases some, in turn; all of them where nothing is skipped. ``told`` gives a case's id."""
    cases: dict[str, list[T]] = {}
    for each in tests:
        cases.setdefault(told(each).partition("[")[0], []).append(each)
    few = [each for group in cases.values() for each in (group[::FEWER] if len(group) > FEWER else group)]
    kept = set(map(told, whole_or(few, list(tests))))
    return [each for each in tests if told(each) in kept]


def each_row(names: str | Sequence[str], rows: Iterable[Any], ids: Any = None) -> Any:
    """``pytest.mark.parametrize`` for rows that need nothing of their own but ``tmp_path``: all of them in one test.

    A row has a folder of its own; every other fixture is shared by all rows of the test. Stacked, it is a matrix, of
    which a sample is judged, and all of it where nothing is skipped.
    """
    wanted = [name.strip() for name in names.split(",")] if isinstance(names, str) else list(names)
    own = list(_told_apart(wanted, rows, ids))

    def decorate(given: Callable[..., None]) -> Callable[..., None]:
        signature = inspect.signature(given)
        judge, columns = getattr(given, "stacked", (given, None))
        table = own if columns is None else list(_matrix(own, columns))
        missing = set(wanted) - set(signature.parameters)
        assert not missing, f"{given.__name__} takes no {missing}"
        shared = [value for name, value in signature.parameters.items() if name not in wanted]

        @functools.wraps(given)
        def judge_all(**fixtures: Any) -> None:
            folder: Path | None = fixtures.get("tmp_path")
            failed: list[Exception] = []
            for number, (told, values) in enumerate(table):
                if folder is not None:
                    fixtures["tmp_path"] = folder / str(number)
                    fixtures["tmp_path"].mkdir()
                try:
                    judge(**fixtures, **values)
                except Exception as failure:  # noqa: BLE001  (every row is judged, whatever became of one)
                    failed.extend(_of_row(told, failure))
                except (pytest.fail.Exception, pytest.skip.Exception) as outcome:
                    failed.extend(_of_row(told, AssertionError(str(outcome)).with_traceback(outcome.__traceback__)))
            assert table, "a table without a row judges nothing"
            if failed:
                rows_told = "; ".join(dict.fromkeys(_rows(each) for each in failed))
                raise ExceptionGroup(f"{len(failed)} of {len(table)} rows: {rows_told}", failed[:MOST_TOLD])

        judge_all.__signature__ = signature.replace(parameters=shared)  # type: ignore[attr-defined]
        judge_all.stacked = judge, table  # type: ignore[attr-defined]
        del judge_all.__wrapped__  # type: ignore[attr-defined]  (what pytest would ask for fixtures)
        return judge_all

    return decorate


Row = tuple[str, dict[str, Any]]


def _matrix(rows: Sequence[Row], columns: Sequence[Row]) -> Iterator[Row]:
    for (told, values), (told_there, values_there) in pairs(rows, columns):
        yield f"{told}, {told_there}", values | values_there


def _told_apart(names: Sequence[str], rows: Iterable[Any], ids: Any) -> Iterator[Row]:
    """Each row by the name that it is told by, and its values by theirs."""
    told = iter(ids) if isinstance(ids, Iterable) else None
    for row in rows:
        label = None
        if isinstance(row, PARAM):
            assert not row.marks, "a row has no mark of its own"
            label, values = row.id, row.values
        else:
            values = (row,) if len(names) == 1 else tuple(row)
        assert len(values) == len(names), f"a row of {len(values)} for {len(names)} names"
        if told is not None:
            label = next(told)
        elif ids is not None:
            label = "-".join(str(ids(value)) for value in values)
        yield str(label or ", ".join(map(repr, values)))[:MOST_OF_A_NAME], dict(zip(names, values, strict=True))


@contextmanager
def row(told: str) -> Iterator[None]:
    """Name one row of a table that a test goes through itself, where it fails."""
    try:
        yield
    except Exception as failure:
        failure.add_note(f"in the row {told}")
        raise


def _of_row(told: str, failure: Exception) -> Iterator[Exception]:
    within = failure.exceptions if isinstance(failure, ExceptionGroup) else (failure,)
    for each in within:
        each.add_note(f"in the row {told}")
        yield each


def _rows(failure: Exception) -> str:
    return ", ".join(note.removeprefix("in the row ") for note in reversed(failure.__notes__))
