"""A matrix of cases is judged in a sample that leaves no row and no column out, and whole where nothing is skipped."""

from __future__ import annotations

from itertools import product
from pathlib import Path

import pytest
from each_row import FEWER, PARTS, each_row, sampled


def judged(rows: int, columns: int, further: int = 1) -> list[tuple[int, int, int]]:
    """What a test over a matrix of three tables is shown."""
    seen = []

    @each_row("one", range(rows))
    @each_row("two", range(columns))
    @each_row("three", range(further))
    def judge(one: int, two: int, three: int) -> None:
        seen.append((one, two, three))

    judge()
    return seen


SIZES = (1, 2, 3, 4, 5, 8, 13)


@each_row(("rows", "columns", "further"), product(SIZES, SIZES, (1, 2, 7)))
def test_a_sample_has_each_row_and_each_column(
    monkeypatch: pytest.MonkeyPatch, rows: int, columns: int, further: int
) -> None:
    monkeypatch.delenv("MAILMERGE_NOTHING_SKIPPED", raising=False)
    sample = judged(rows, columns, further)
    assert [len({cell[place] for cell in sample}) for place in range(3)] == [rows, columns, further]
    assert len(sample) == len(set(sample)) <= rows * columns * further
    assert min(rows, columns) < PARTS or len(sample) <= rows * columns * further / PARTS + rows


@each_row(("rows", "columns"), product(SIZES, SIZES))
def test_all_of_it_is_judged_where_nothing_is_skipped(monkeypatch: pytest.MonkeyPatch, rows: int, columns: int) -> None:
    monkeypatch.setenv("MAILMERGE_NOTHING_SKIPPED", "1")
    assert sorted(judged(rows, columns, 2)) == sorted(product(range(rows), range(columns), range(2)))


def test_each_cell_that_fails_is_named_by_its_row_and_column(tmp_path: Path) -> None:
    @each_row("one", ["a", "b"])
    @each_row("two", ["c", "d"])
    def judge(tmp_path: Path, one: str, two: str) -> None:
        assert not list(tmp_path.iterdir())
        (tmp_path / "file").touch()
        assert one != "b"

    with pytest.raises(ExceptionGroup, match=r"'b', '[cd]'"):
        judge(tmp_path=tmp_path)


CASES = ["a::one", *(f"a::many[{n}]" for n in range(10)), *(f"b::many[{n}]" for n in range(FEWER)), "b::one"]


def test_of_many_cases_of_a_test_some_are_judged(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("MAILMERGE_NOTHING_SKIPPED", raising=False)
    kept = ["a::one", *(f"a::many[{n}]" for n in (0, 3, 6, 9)), *(f"b::many[{n}]" for n in range(FEWER)), "b::one"]
    assert sampled(CASES, str) == kept
    assert sampled(CASES[5:6], str) == CASES[5:6]


def test_all_cases_are_judged_where_nothing_is_skipped(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MAILMERGE_NOTHING_SKIPPED", "1")
    assert sampled(CASES, str) == CASES
