"""What a rule leaves alone hides nothing that comes after it: each case is judged again behind a harmless one."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import pytest
from each_row import row
from lint_cases import HEADERS, LETTER, PEOPLE, inspection_of, letter_of, table_of
from msgspec.structs import replace
from rule_cases import Case, Expected, case_files, found

from mailmerge.errors import Reason, RenderFailed
from mailmerge.letter import Letter
from mailmerge.lint import Inspection, LintSettings
from mailmerge.model import Message, Recipient
from mailmerge.text.folding import identifier

CASES = case_files()
MOST, MOST_WITH_FILES = 8, 3
"""Campaigns of each table of a rule that are put together."""
ADDRESSES = "LST120"
"""It judges the columns of addresses together."""
BLANKS = "TPL220"
"""It judges by the share of the people whose cell is blank."""


def some(cases: Mapping[str, Any], most: int = MOST) -> list[tuple[str, Any]]:
    """So many of a table at most, from all over it."""
    return list(cases.items())[:: -(-len(cases) // most) or 1]


def made(campaign: Case) -> Inspection | None:
    """A campaign of one letter to everybody in its table; None for one that is made in another way."""
    try:
        inspection = campaign()
    except TypeError:  # it needs a fixture
        return None
    is_plain = len(inspection.letters) == 1 and len(inspection.recipients) == len(inspection.table.records)
    is_usual = inspection.compose.__module__ == inspection_of.__module__ and not inspection.looked_into
    return inspection if is_plain and is_usual and inspection.settings == LintSettings() else None


def paired(calm: Sequence[Any], wrong: Sequence[Any]) -> Iterator[tuple[Any, Any]]:
    """Each of them beside one of the others."""
    for n in range(max(len(calm), len(wrong)) if calm and wrong else 0):
        yield calm[n % len(calm)], wrong[n % len(wrong)]


def told(inspection: Inspection, code: str) -> set[tuple[str, int | None]]:
    return {(each.excerpt, each.record) for each in found(inspection, code)}


def alone(expected: Sequence[Expected]) -> set[tuple[str, int | None]]:
    """What is told of one place; of several, the first depends on where they are."""
    return {(each.excerpt, each.record) for each in expected if each.count == 1}


def words_of(inspection: Inspection | None) -> str:
    """What the usual letter to the usual people says besides; ``""`` where a campaign is another one."""
    if inspection is None or inspection.table != table_of() or inspection.letters[0].path.suffix != ".md":
        return ""
    source = inspection.letters[0].source
    return source.removeprefix(LETTER).strip("\n") if source.startswith(LETTER) else ""


@pytest.mark.parametrize("code", [code for code in CASES if code.startswith(("TPL", "MSG"))])
def test_a_text_is_told_of_behind_one_that_is_left_alone(code: str) -> None:
    calm = [(name, text) for name, campaign in some(CASES[code].PASSES) if (text := words_of(made(campaign)))]
    wrong = [
        (name, text, expected)
        for name, (campaign, expected) in some(CASES[code].FAILS)
        if (text := words_of(made(campaign)))
    ]
    for (harmless, before), (name, text, expected) in paired(calm, wrong):
        with row(f"{name}, behind {harmless}"):
            assert alone(expected) <= told(
                inspection_of(letter=f"{LETTER}\n{before}\n\n{{{{ reference }}}}\n\n{text}\n"), code
            )


@pytest.mark.parametrize("code", [code for code in CASES if code.startswith("ATT")])
def test_a_file_is_told_of_behind_one_that_is_left_alone(code: str) -> None:
    for name, (campaign, expected) in some(CASES[code].FAILS, MOST_WITH_FILES):
        inspection = made(campaign)
        if inspection is None or not inspection.letters[0].source.startswith("Attachment:"):
            continue
        letter = inspection.letters[0]
        (letter.path.parent / "plan.txt").write_text("Plan d'accès, deuxième étage", encoding="utf-8")
        again = letter_of("Attachment: plan.txt\n" + letter.source, letter.path.parent, letter.path.name)
        with row(name):
            behind = inspection_of(inspection.table, again, sender=inspection.sender)
            assert alone(expected) <= told(behind, code)


@pytest.mark.parametrize("code", [code for code in CASES if code.startswith(("LST", "TPL", "MSG", "XRC"))])
def test_what_a_letter_says_again_is_told_once_of_one_place(code: str) -> None:
    for name, (campaign, _expected) in some(CASES[code].FAILS):
        inspection = made(campaign)
        if inspection is None or inspection.letters[0].path.suffix != ".md":
            continue
        source = inspection.letters[0].source
        _head, _blank, body = source.partition("\n\n")
        findings = found(inspection_of(inspection.table, f"{source}\n\n{body}", sender=inspection.sender), code)
        places = [(each.fingerprint, each.record, each.field, each.letter_line) for each in findings]
        with row(name):
            assert len(places) == len(set(places))


def without_letter_for_the_last(inspection: Inspection) -> Inspection:
    """The same with a second letter, neither of which is for the last of the people."""
    last, letter = inspection.recipients[-1], inspection.letters[0]

    def chosen(recipient: Recipient) -> Letter:
        if recipient is last:
            raise RenderFailed(Reason("no-letter", "no letter is there for this language"))
        return letter

    def composed(recipient: Recipient) -> Message:
        chosen(recipient)
        return inspection.compose(recipient)

    letters = [letter, letter_of("Subject: x\n\nx\n")]
    return replace(inspection, letters=letters, letter_of=chosen, compose=composed)


@pytest.mark.parametrize("code", [code for code in CASES if code.startswith(("LST", "TPL")) and code != BLANKS])
def test_what_is_told_of_others_does_not_depend_on_somebody_for_whom_there_is_no_letter(code: str) -> None:
    for name, (campaign, expected) in some(CASES[code].FAILS):
        inspection = made(campaign)
        if inspection is None or not inspection.recipients:
            continue
        last = inspection.recipients[-1].record.number
        with row(name):
            others = {(excerpt, record) for excerpt, record in alone(expected) if record != last}
            assert others <= told(without_letter_for_the_last(inspection), code)


def rows_of(inspection: Inspection | None) -> list[tuple[str, ...]] | None:
    """The rows of a campaign to as many people under the usual headers, and perhaps one more."""
    if inspection is None or len(inspection.table.records) != len(PEOPLE):
        return None
    headers = tuple(field.header for field in inspection.table.fields)
    rows = [record.values for record in inspection.table.records]
    is_usual = headers[: len(HEADERS)] == HEADERS and len(headers) <= len(HEADERS) + 1
    return rows if is_usual and inspection.table == table_of(rows, headers) else None


@pytest.mark.parametrize("code", [code for code in CASES if code.startswith("LST")])
def test_a_row_is_told_of_behind_one_that_is_left_alone(code: str) -> None:
    """A row that is left alone becomes the first one, where the first one is as usual."""
    calm, wrong = [], []
    for name, campaign in some(CASES[code].PASSES):
        inspection = made(campaign)
        rows = rows_of(inspection)
        changed = [n for n, row in enumerate(rows or ()) if row != PEOPLE[n]]
        if inspection is not None and rows and len(rows[0]) == len(HEADERS) and len(changed) == 1:
            own = zip(PEOPLE[0], PEOPLE[changed[0]], rows[changed[0]], strict=True)
            calm.append((name, tuple(cell if cell != usual else first for first, usual, cell in own)))
    for name, (campaign, expected) in some(CASES[code].FAILS):
        inspection = made(campaign)
        rows = rows_of(inspection)
        if inspection is not None and rows and rows[0] == PEOPLE[0]:
            wrong.append((name, inspection, rows, expected))
    for (harmless, first), (name, inspection, rows, expected) in paired(calm, wrong):
        with row(f"{name}, behind {harmless}"):
            again = inspection_of([first, *rows[1:]], inspection.letters[0])
            assert alone(expected) <= told(again, code)


@pytest.mark.parametrize(
    "code", [code for code in CASES if code.startswith(("LST", "MSG", "XRC")) and code != ADDRESSES]
)
def test_a_column_is_told_of_behind_one_that_is_left_alone(code: str) -> None:
    def columns(campaign: Case) -> tuple[str, list[str], str] | None:
        """The header of the column more, its cells, and what the letter says of it."""
        inspection = made(campaign)
        rows = rows_of(inspection)
        source = inspection.letters[0].source if inspection is not None else ""
        if inspection is None or not rows or not source.startswith(LETTER):
            return None
        if len(rows[0]) == len(HEADERS) or any(row[:-1] != usual for row, usual in zip(rows, PEOPLE, strict=True)):
            return None
        return inspection.table.fields[-1].header, [row[-1] for row in rows], source.removeprefix(LETTER)

    calm = [(name, column) for name, campaign in some(CASES[code].PASSES) if (column := columns(campaign))]
    wrong = [
        (name, column, expected)
        for name, (campaign, expected) in some(CASES[code].FAILS)
        if (column := columns(campaign))
    ]
    for (harmless, (header, cells, text)), (name, (own, its, said), expected) in paired(calm, wrong):
        if identifier(header) == identifier(own):
            continue
        rows = [(*row, one, other) for row, one, other in zip(PEOPLE, cells, its, strict=True)]
        with row(f"{name}, behind {harmless}"):
            again = inspection_of(table_of(rows, (*HEADERS, header, own)), LETTER + text + said)
            assert alone(expected) <= told(again, code)


def defects_in(table: Mapping[str, Any]) -> list[tuple[str, Inspection, Sequence[Expected]]]:
    """The campaigns of a table of a rule in which the reader met a defect."""
    campaigns = ((name, *(each if isinstance(each, tuple) else (each, ()))) for name, each in table.items())
    given = ((name, made(campaign), expected) for name, campaign, expected in campaigns)
    return [(name, each, expected) for name, each, expected in given if each is not None and each.table.defects]


def test_a_defect_is_told_of_behind_one_that_is_left_alone() -> None:
    """Of another rule, and one that its own rule leaves alone."""
    found_in = {code: defects_in(CASES[code].FAILS) for code in CASES if code.startswith("LST")}
    of_rules = {code: campaigns for code, campaigns in found_in.items() if campaigns}
    assert len(of_rules) > 3
    for code, campaigns in of_rules.items():
        calm = [*defects_in(CASES[code].PASSES), *(others[0] for others in of_rules.values())]
        judge_defects(code, calm, campaigns)


def judge_defects(code: str, calm: Sequence[Any], wrong: Sequence[Any]) -> None:
    for (harmless, before, _), (name, inspection, expected) in paired(calm, wrong):
        defects = tuple(each for each in before.table.defects if each not in inspection.table.defects)
        with row(f"{name}, behind {harmless}"):
            again = replace(inspection, table=replace(inspection.table, defects=defects + inspection.table.defects))
            assert alone(expected) <= told(again, code)
