"""What is around a place in a text is what a slice of it says, wherever the place is."""

from __future__ import annotations

import pytest

from mailmerge.lint.surroundings import NEAR, after, before, line_after, line_before, paragraph_after, paragraph_before

TEXT = f"\n\na\nb c\n\nd\n{'e' * 2 * NEAR}\n\n\nf"
ENDS = {"\n": (line_before, line_after), "\n\n": (paragraph_before, paragraph_after)}


@pytest.mark.parametrize("text", ["", "a", "\n", TEXT])
def test_what_is_around_a_place_is_what_is_beside_it_in_the_text(text: str) -> None:
    for at in range(len(text) + 1):
        assert (before(text, at), after(text, at)) == (text[:at][-NEAR:], text[at:][:NEAR])
        for end, (up_to_it, rest) in ENDS.items():
            assert (up_to_it(text, at), rest(text, at)) == (text[:at].rsplit(end, 1)[-1], text[at:].split(end)[0])
