"""Facts beside what they are called."""

from __future__ import annotations

from each_row import each_row
from textual.content import Content

from mailmerge.tui.content.facts import Facts

LABEL = "Subject  "
WORDS = "Your application to Avonmoor Furniture for the post of cabinet maker"


@each_row("width", range(len(LABEL) + 20, 100))
def test_a_long_fact_goes_on_below_its_own_beginning(width: int) -> None:
    lines = Facts([(Content(LABEL), Content(WORDS)), (Content("To       "), Content("Ann"))]).within(width)
    *long, short = lines.plain.split("\n")
    assert " ".join(line[len(LABEL) :].strip() for line in long) == WORDS
    assert [line[: len(LABEL)] for line in long] == [LABEL, *[" " * len(LABEL)] * (len(long) - 1)]
    assert max(map(len, long)) <= width
    assert short == "To       Ann"


def test_its_height_is_that_of_its_lines() -> None:
    facts = Facts([(Content(LABEL), Content(WORDS))])
    assert facts.get_height({}, 40) == len(facts.within(40).plain.split("\n"))
