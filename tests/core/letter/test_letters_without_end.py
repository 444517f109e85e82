"""What is begun thousands of times in a letter, or never ends, takes time in proportion to its length."""

from __future__ import annotations

import time
from pathlib import Path

import pytest
from each_row import each_row, whole_or
from letter_cases import composed, letter_of

from mailmerge.errors import LetterError
from mailmerge.letter.gaps import gaps_in
from mailmerge.letter.jinja.mistakes import explain_mistake, find_mistakes
from mailmerge.letter.markup.markdown import markdown_to_html
from mailmerge.letter.placeholders import NO_ALTERNATIVE
from mailmerge.letter.source.mailboxes import sender_problem
from mailmerge.letter.source.source_marks import source_marks

SIZE = whole_or(200_000, 400_000)
MOST_WORK = 10.0
"""Seconds of a processor; with the square of its length, each of these took minutes."""

SENDERS = {
    "a word": "a" * SIZE,
    "an angle bracket": "<" + "a" * SIZE,
    "angle brackets": "<" * SIZE,
    "parentheses": "(" * SIZE,
    "quotation marks": '"' * (SIZE + 1),
    "at signs": "<" + "a@" * SIZE,
}
OPENED = ("<script>", "<style>", "<title>", "<script ", "<!-- ", "<script><!--</style>", "{% raw %}", "{#", "{# a #}")
LINES = ("a\n", "---\n", "a | b\n")
MARKED = ("[a](", "<!-- ", "**a ", "`", "{{ a", "_a ")


@pytest.fixture(autouse=True)
def bounded() -> object:
    before = time.process_time()
    yield
    assert time.process_time() - before < MOST_WORK


@pytest.mark.parametrize("sender", SENDERS.values(), ids=SENDERS)
def test_a_sender_without_end_is_one_line(sender: str) -> None:
    found = sender_problem("From", sender)
    assert found is not None
    assert len(str(found)) < 2 * SIZE


@each_row("opened", OPENED)
def test_what_is_opened_again_and_again_hides_no_mistake_and_no_gap(opened: str) -> None:
    text = opened * (SIZE // len(opened))
    found = find_mistakes(f"{text}\n{{ {{ nom }} }}")
    assert found is not None or opened == "{#"
    explain_mistake(f"{text} {{{{", Unread())
    assert list(gaps_in(f"{text}\n{NO_ALTERNATIVE},\n", "html")) or "<" in opened


class Unread(Exception):
    lineno = 1


@each_row("line", LINES)
def test_a_paragraph_of_thousands_of_lines_becomes_html(line: str) -> None:
    assert markdown_to_html(line * 4_000)


@each_row("markup", ["markdown", "html"])
@each_row("opened", MARKED)
def test_the_marks_of_an_editor_end(opened: str, markup: str) -> None:
    assert isinstance(source_marks("Subject: x\n\n" + opened * (SIZE // len(opened)), markup), dict)


def test_an_address_that_ends_in_brackets_is_a_link(tmp_path: Path) -> None:
    text = f"http://x.example/{'(' * 50_000}{')' * 100_000}"
    message = composed(letter_of(tmp_path, f"Subject: x\n\n{text}\n"))
    assert message.html is not None
    assert message.html.count(")") == 150_000  # the link, its text, and what is not part of it


def test_a_subject_of_many_encoded_words_is_read(tmp_path: Path) -> None:
    letter = letter_of(tmp_path, f"Subject: {'=?utf-8?q?a?= ' * 50_000}\n\nx\n")
    assert composed(letter).subject == "a" * 50_000


@each_row(
    ("before", "unended"),
    [("", True), ("{# a #} ", True), ("{# a #}\n{# b #} ", True), ("{#} ", True)],
)
def test_the_comment_that_is_never_closed_is_the_one_named(tmp_path: Path, before: str, unended: bool) -> None:
    text = before if before == "{#} " else f"{before}\n{{# c"
    with pytest.raises(LetterError, match=r"the comment \{# is never closed") as caught:
        letter_of(tmp_path, f"Subject: x\n\n{text} {{{{ nom }}}}\n")
    assert unended
    assert f"line {3 + text.count(chr(10))}" in str(caught.value)
