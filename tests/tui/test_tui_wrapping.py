"""Lines on the screens are broken at spaces only."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from textual.content import Content

from mailmerge.tui.content.wrapping import keep_no_break_spaces

WIDTH = 24
WORDS = st.text(alphabet="abcdé«»?!:;", min_size=1, max_size=7)
TIED = st.lists(WORDS, min_size=1, max_size=3).map("\u00a0".join)


@given(st.lists(TIED, min_size=1, max_size=12))
def test_what_a_no_break_space_ties_stays_on_one_line(groups: list[str]) -> None:
    keep_no_break_spaces()
    lines = [line.plain for line in Content(" ".join(groups)).wrap(WIDTH)]
    assert [group for line in lines for group in line.split(" ") if group] == groups
    assert all(len(line.rstrip(" ")) <= WIDTH for line in lines)


def test_a_question_mark_begins_no_line() -> None:
    keep_no_break_spaces()
    text = "Voulez-vous arrêter l’envoi\u00a0? Les «\u00a0autres\u00a0» restent."
    for width in range(12, 40):
        assert not any(line.plain.startswith(("?", "»", "\u00a0")) for line in Content(text).wrap(width))


def test_what_is_longer_than_a_line_is_still_shown_whole() -> None:
    keep_no_break_spaces()
    text = "a\u00a0" * 40
    lines = Content(text).wrap(10)
    assert "".join(line.plain for line in lines).replace("\u00a0", "") == "a" * 40
