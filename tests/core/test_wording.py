"""Every sentence that a person can read is plain English: the habits of a translation stay out."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from click import __file__ as click_file
from each_row import each_row
from house_source import translatable

from tests.conftest import ROOT

HABITS = {
    "stands": r"\bstands?\b",
    "is no": r"(?<![Tt]here )\b(?:is|are) no\b(?! longer)",
    "one X a person": r"\b(?:one|an) [\w.-]+(?: \w+)? an? (?:person|line|row|recipient)\b",
    "told": r"\btold\b|\btells?\b",
    "otherwise than": r"\b(?:read|called|written) otherwise\b|\botherwise than\b",
    "written to": r"\b(?:who|whom|people|nobody|anybody|everybody|being|is|are) (?:\w+ )*written to\b",
    "so many": r"\bso (?:many|much)\b",
    "anew": r"\banew\b|\bin truth\b|\bputs? off\b|\bby hand\b|\bat the (?:most|least)\b|\bis there already\b",
    "a slip of the pen": r"\bslip of the pen\b|\bas (?:it|they) stands?\b|\blook whether\b",
}
_CLICK = Path(click_file).parent.name


def sentences() -> list[str]:
    """The program's own texts, their places taken out."""
    found = []
    for message in translatable():
        if not message.id or all(place.startswith(f"{_CLICK}/") for place, _line in message.locations):
            continue
        ids = message.id if isinstance(message.id, tuple) else (message.id,)
        found += [re.sub(r"\{[^{}]*\}", "…", text) for text in ids]
    return found


@pytest.fixture(scope="module")
def said() -> list[str]:
    return sentences()


@pytest.mark.parametrize("habit", HABITS)
def test_a_habit_is_in_no_sentence(said: list[str], habit: str) -> None:
    assert len(said) > 900
    assert [text for text in said if re.search(HABITS[habit], text)] == []


@each_row("habit", HABITS)
@each_row("name", ["README.md", "CONTRIBUTING.md"])
def test_a_habit_is_in_no_document(name: str, habit: str) -> None:
    text = (ROOT / name).read_text(encoding="utf-8")
    assert [match.group() for match in re.finditer(HABITS[habit], " ".join(text.split()))] == []


@pytest.mark.parametrize(
    ("habit", "sentence"),
    [
        ("stands", "what stands in the cell"),
        ("is no", "it is no table"),
        ("one X a person", "one .eml file a person"),
        ("told", "the server told nothing"),
        ("written to", "nobody who is written to has it"),
        ("so many", "runs of so many days"),
        ("anew", "the file is there already"),
    ],
)
def test_a_habit_is_seen(habit: str, sentence: str) -> None:
    assert re.search(HABITS[habit], sentence)
