"""What a sentence says of people, lines and texts: so many by name, and how many more."""

from __future__ import annotations

from each_row import each_row

from mailmerge.errors import Reason
from mailmerge.lint.sentence import Because, Lines, People, Person, Quoted, Sentence, Term, Value, advice, data, said

ANA, JO, NOBODY = Person("Ana Gil", 2), Person("Jo Roy", 3), Person("", 4)
SAID: dict[str, tuple[Value, str, object]] = {
    "a person": (ANA, "Ana Gil (line 2)", {"name": "Ana Gil", "line": 2}),
    "a row without a name": (NOBODY, "line 4", {"name": "", "line": 4}),
    "a long name": (Person("A" * 41, 2), f"{'A' * 39}… (line 2)", {"name": "A" * 41, "line": 2}),
    "a name that is not too long": (Person("A" * 40, 2), f"{'A' * 40} (line 2)", {"name": "A" * 40, "line": 2}),
    "somebody of another sheet": (
        Person("Ana Gil", 2, "S" * 31),
        f'Ana Gil (sheet "{"S" * 29}…", line 2)',
        {"name": "Ana Gil", "line": 2, "sheet": "S" * 31},
    ),
    "a row of another sheet": (Person("", 2, "S"), 'sheet "S", line 2', {"name": "", "line": 2, "sheet": "S"}),
    "one of the people": (People((ANA,), 0), "Ana Gil (line 2)", {"people": [data(ANA)], "more": 0}),
    "two people": (
        People((ANA, JO), 0), "Ana Gil (line 2) and Jo Roy (line 3)", {"people": [data(ANA), data(JO)], "more": 0}
    ),
    "more than two": (
        People((ANA, JO), 1),
        "Ana Gil (line 2), Jo Roy (line 3) and 1 more",
        {"people": [data(ANA), data(JO)], "more": 1},
    ),
    "one line": (Lines((2,), 0), "line 2", {"lines": [2], "more": 0}),
    "lines": (Lines((2, 4), 0), "lines 2, 4", {"lines": [2, 4], "more": 0}),
    "more lines": (Lines((2,), 7), "lines 2 and 7 more", {"lines": [2], "more": 7}),
    "a text": (Quoted("a" * 60), "a" * 60, "a" * 60),
    "a long text": (Quoted("a" * 61), "a" * 59 + "…", "a" * 61),
    "a reason": (
        Because(Reason("too-long", "it has {number} letters: {said}", {"number": 161 * "9"}, said="b" * 161)),
        f"it has {'9' * 159}… letters: {'b' * 159}…",
        {"kind": "too-long", "number": 161 * "9"},
    ),
    "a word of ours": (Term("reference"), "reference", "reference"),
    "a number": (7, "7", 7),
}  # fmt: skip


@each_row(("value", "shown", "in_json"), SAID.values(), ids=SAID.keys())
def test_a_value_is_said_to_people_and_to_programs(value: Value, shown: str, in_json: object) -> None:
    assert f"{value}" == shown
    assert data(value) == in_json


def test_what_many_share_is_one_sentence() -> None:
    values = {"cell": Quoted("x"), "count": 3, "lines": Lines((2, 3, 4), 0)}
    with_many = Sentence("a", one="{cell} is odd", fix="Mend {cell}.", many="{count} are odd ({lines})")
    without = Sentence("a", one="{cell} is odd", fix="Mend {cell}.")
    assert said(with_many, values) == said(without, values) == "x is odd"
    assert said(with_many, values, together=True) == "3 are odd (lines 2, 3, 4)"
    assert said(without, values, together=True) == "x is odd (3 people affected: lines 2, 3, 4)"
    assert advice(with_many, values) == "Mend x."
