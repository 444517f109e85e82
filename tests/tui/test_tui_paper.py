"""A sheet of text: what is named at its head goes on beside its name, and every character can be brought into view."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st
from rich.cells import cell_len
from textual.content import Content

from mailmerge.tui.widgets.paper import Paper

NAMES = 9
WORDS = st.text("aé –'-.@<>,", min_size=1, max_size=14).map(str.strip).filter(bool)
TEXTS = st.lists(WORDS, min_size=1, max_size=30).map(" ".join)


def laid_out(rows: list[str], head: int, width: int) -> Paper:
    paper = Paper()
    paper._content, paper._head, paper._names, paper._width = Content("\n".join(rows)), head, NAMES, width
    paper._lines = paper._wrapped()
    return paper


@given(values=st.lists(TEXTS, min_size=1, max_size=5), body=st.lists(TEXTS | st.just(""), max_size=4),
       width=st.integers(2 * NAMES, 90))  # fmt: skip
@settings(deadline=None)
def test_a_long_value_goes_on_beside_its_name_and_nothing_is_lost(values: list[str], body: list[str], width: int):
    rows = [f"{'Name':<{NAMES}}{value}" for value in values]
    lines = [each.plain for each in laid_out([*rows, *body], len(rows), width)._lines]
    assert "".join("".join(lines).split()) == "".join("".join([*rows, *body]).split())
    assert max(map(cell_len, lines)) <= width
    of_head = 0
    for value in values:
        assert lines[of_head].startswith("Name")
        shown = len(value) - value.count(" ")
        while shown > 0:
            line = lines[of_head]
            assert line[:NAMES] in (f"{'Name':<{NAMES}}", " " * NAMES)
            shown -= len("".join(line[NAMES:].split()))
            of_head += 1


def test_a_narrow_sheet_and_one_without_names_are_wrapped_as_they_are() -> None:
    rows = ["Name     " + "word " * 12, "", "text " * 12]
    for head, width in ((1, 2 * NAMES - 1), (0, 40)):
        paper = laid_out(rows, head, width)
        assert [each.plain for each in paper._lines] == [each.plain for each in paper._content.wrap(width)]
