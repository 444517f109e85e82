"""A rule finds the same in whatever order the columns of a table and the files of a letter are.

So no rule stops looking at the first column or file that is not the one it looks for.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence

from each_row import each_row
from lint_cases import arranged, letter_of
from msgspec.structs import replace
from rule_cases import Case, Expected, case_files, found

from mailmerge.letter import Letter
from mailmerge.lint import Finding
from mailmerge.model import Record, RecordTable

Row = tuple[str, Case, tuple[Expected, ...]]
SIDE_BY_SIDE = {"LST110", "LST111", "LST118", "LST122"}
"""These name the first of several columns that moved together, or that hold names."""
AT_THE_END = {
    "LST102: as many delimiters as the row lacks cells",
    "LST114: a comma in a company's name",
    "LST114: a cell that is not there",
    "LST114: commas in the names of several companies",
    "LST114: cells that are not there in several rows",
}
"""What is wrong goes on to the last cells of the row: another has swallowed them, or they have moved."""


def columns_reversed(table: RecordTable, letter: Letter) -> tuple[RecordTable, Letter]:
    records = [Record(each.number, each.line, tuple(each.values)[::-1]) for each in table.records]
    return replace(table, fields=table.fields[::-1], records=records), letter


def another_file_first(table: RecordTable, letter: Letter) -> tuple[RecordTable, Letter]:
    """With a file that has nothing wrong, for everybody."""
    text = letter.path.read_text(encoding="utf-8")
    (letter.path.parent / "annexe.txt").write_text("Plan du site", encoding="utf-8")
    return table, letter_of(f"Attachment: annexe.txt\n{text}", letter.path.parent, letter.path.name)


def cases_of_family(family: str, *, but: Collection[str] = ()) -> dict[str, Row]:
    return {
        f"{code}: {name}": (code, *each)
        for code, module in case_files().items()
        if code.startswith(family) and code not in but
        for name, each in module.FAILS.items()
    }


def assert_same(findings: Sequence[Finding], expected: Sequence[Expected]) -> None:
    def place(record: int | None, field: str | None, count: int) -> tuple[int, str, int]:
        return record or 0, field or "", count

    found_at = sorted(place(each.record, each.field, each.count) for each in findings)
    assert found_at == sorted(place(each.record, each.field, each.count) for each in expected)


LST = {name: each for name, each in cases_of_family("LST", but=SIDE_BY_SIDE).items() if name not in AT_THE_END}
ATT = dict(list(cases_of_family("ATT").items())[::3])


@each_row(("code", "campaign", "expected"), LST.values(), ids=LST)
def test_the_columns_may_be_in_any_order(code: str, campaign: Case, expected: Sequence[Expected]) -> None:
    with arranged(columns_reversed):
        assert_same(found(campaign(), code), expected)


@each_row(("code", "campaign", "expected"), ATT.values(), ids=ATT)
def test_another_file_may_come_first(code: str, campaign: Case, expected: Sequence[Expected]) -> None:
    with arranged(another_file_first):
        assert_same(found(campaign(), code), expected)
