"""Every rule does work in proportion to what it is shown: twice the people, or twice the text, is twice the work.

Nothing stops a rule from outside, so that none may need it. The lines that a rule goes through are counted, not
seconds.
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Callable, Iterator
from types import FrameType
from typing import Any

import pytest
from each_row import pairs
from lint_cases import HEADERS, LETTER, inspection_of, letter_of, table_of
from rule_cases import found

from mailmerge.lint import check
from mailmerge.lint.engine.catalogue import load
from mailmerge.lint.identities.index import Hit, Identities
from mailmerge.lint.identities.own import Own
from mailmerge.lint.identities.reading import Reading
from mailmerge.lint.rule import CHECKS, Check
from mailmerge.model import RecordTable

SYLLABLES = ("ba", "de", "fi", "go", "lu", "ma", "ne", "po", "ri", "su")


def name_of(number: int) -> str:
    """A surname that nobody else has."""
    return "".join(SYLLABLES[int(digit)] for digit in f"{number:04}").capitalize()


def people(count: int, **cells: str) -> list[tuple[str, ...]]:
    rows = []
    for number in range(count):
        surname, post = name_of(number), ("Comptable", "Juriste", "Acheteur")[number % 3]
        address = f"{('ines', 'jean', 'zoe')[number % 3]}.{surname.lower()}@mail.example"
        first = ("Inès", "Jean", "Zoé")[number % 3]
        title = ("Mme", "M.", "Mme")[number % 3]
        phone = f"06 12 {number // 100:02} {number % 100:02} 01"
        rows.append((title, first, surname, address, post, f"RC-{1000 + number}", phone))
    return rows


@pytest.fixture
def work() -> Iterator[Callable[..., Counter[str]]]:
    """Check a campaign, and count the lines that each rule goes through."""
    load()
    before = list(CHECKS)
    counted: Counter[str] = Counter()

    def counting(each: Check) -> Check:
        def find(*shown: object) -> Iterator[Any]:
            def trace(frame: FrameType, event: str, _argument: object) -> Any:
                if event == "line":
                    counted[each.rule.code] += 1
                return trace

            outside = sys.gettrace()
            sys.settrace(trace)
            try:
                found = list(each.find(*shown))
            finally:
                sys.settrace(outside)
            yield from found

        return Check(each.rule, each.scope, find)

    def measured(rows: RecordTable | list[tuple[str, ...]], letter: str = LETTER) -> Counter[str]:
        counted.clear()
        check(inspection_of(rows, letter))
        return Counter(counted)

    CHECKS[:] = [counting(each) for each in before]
    yield measured
    CHECKS[:] = before


def grown(once: Counter[str], twice: Counter[str]) -> dict[str, str]:
    """The rules that did far more than twice the work."""
    return {
        code: f"{once[code]} lines, then {lines}"
        for code, lines in twice.items()
        if lines > 2.6 * once[code] + 3000  # what is done once in a campaign is in both
    }


def test_twice_the_people_are_twice_the_work(work: Callable[..., Counter[str]]) -> None:
    assert not grown(work(people(100)), work(people(200)))


DECIDING = (
    "{% if reference == 'RC-1000' %}A{% endif %}", "{% if reference in ['RC-1000', 'RC-1001'] %}A{% endif %}",
    "{% if reference == 'refusé' %}A{% endif %}", "{% if nom|lower == 'n' %}A{% endif %}",
    "{% if 'RC' in reference %}A{% endif %}", "{% if reference %}A{% endif %}",
)  # fmt: skip


@pytest.mark.parametrize("condition", DECIDING)
def test_a_condition_over_what_everybody_has_of_their_own_is_judged_in_time(
    work: Callable[..., Counter[str]], condition: str
) -> None:
    letter = f"{LETTER}{condition}"
    assert not grown(work(people(75), letter), work(people(150), letter))


TEXTS = (
    "a.", "1 ", "a@b.example ", "Jean Dupont ", '<a href="', "[a](", "{{ ", "@", "-", "1,", "a-", "l'", "http://a.",
    "a:", "é", "&amp;", "01/02/", "=?", "a\n", "(", ";", "Mme ", "<!--", "\u200b", "a a@a.", "RC-1", "+33 6 ",
)  # fmt: skip
IN_PLACES = pairs(TEXTS, ["cell", "letter", "remark"])
"""Where each of them is written again and again."""


def texts_in(place: str) -> list[str]:
    return [text for text, there in IN_PLACES if there == place]


@pytest.mark.parametrize("text", texts_in("cell"))
def test_twice_the_text_in_a_cell_is_twice_the_work(work: Callable[..., Counter[str]], text: str) -> None:
    """A book pasted into a cell, in a column that looks like that of the others and in one of remarks."""

    def rows(length: int) -> list[tuple[str, ...]]:
        long = (text * length)[:length]
        return [(*row[:4], long if number == 2 else row[4], *row[5:]) for number, row in enumerate(people(8))]

    assert not grown(work(rows(2_000)), work(rows(4_000)))


@pytest.mark.parametrize("text", texts_in("letter"))
def test_twice_the_text_in_a_letter_is_twice_the_work(work: Callable[..., Counter[str]], text: str) -> None:
    """Whole pieces of it: what is cut off at the end is read otherwise."""
    written = text.replace("{{ ", "{ ")
    pieces = 2_000 // len(written)
    assert not grown(work(people(4), LETTER + written * pieces), work(people(4), LETTER + written * 2 * pieces))


@pytest.mark.parametrize("text", texts_in("remark"))
def test_a_remark_of_one_word_again_and_again_is_found_in_time(work: Callable[..., Counter[str]], text: str) -> None:
    """The text that a colleague wrote about a person, pasted into what everybody reads."""

    def table(length: int) -> RecordTable:
        remark = (text * length)[:length]
        rows = [(*row, remark if number == 1 else "") for number, row in enumerate(people(3))]
        rows[0] = (*rows[0][:4], remark, *rows[0][5:])
        return table_of(rows, (*HEADERS, "Commentaire interne"))

    assert not grown(work(table(2_000)), work(table(4_000)))


def test_a_file_that_lists_everybody_is_read_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whose it is that is in it does not depend on who gets it."""
    looked_at: Counter[int] = Counter()
    for count in (60, 120):
        rows = people(count)
        said = "\n".join(f"{first} {last}\t{address}" for _, first, last, address, *_ in rows)
        letter = letter_of(f"Attachment: liste.txt\n{LETTER}")
        (letter.path.parent / "liste.txt").write_text(said, encoding="utf-8")
        inspection = inspection_of(table_of(rows, (*HEADERS[:-1], "Téléphone")), letter)
        plain = Identities.found_in

        def counting(
            self: Identities, text: str | Reading, mine: Own | None = None, *, count: int = count, plain: Any = plain
        ) -> list[Hit]:
            looked_at[count] += len(text if isinstance(text, str) else text.text)
            return list(plain(self, text, mine))

        with monkeypatch.context() as patch:
            patch.setattr(Identities, "found_in", counting)
            [finding] = found(inspection, "ATT502")
        assert len(finding.affected) == count
    assert looked_at[120] < 3 * looked_at[60]
