"""What one key puts into a letter: a field into Fields:, a file as Attachment:, a picture into the text."""

from __future__ import annotations

from pathlib import Path

from each_row import each_row
from hypothesis import given
from hypothesis import strategies as st

from mailmerge.letter import parse_letter
from mailmerge.letter.source.insertions import attached, attachment_entry, field_entry, picture_in

HEADS = (
    "Subject: x", "subject: x\nContent-Language: fr", "Subject: a\n  folded\n  twice", "Subject: x\nX-Y: z",
    "SUBJECT: x\nAttachment: a.pdf", "Attachment: a.pdf\nSubject: x\nAttachment: b.pdf",
    "Subject: x\nTo: {{ a }} <{{ b }}>",
)  # fmt: skip
FIELDS = (
    ("Fields: a, b", {"a", "b"}), ("Fields:a,b", {"a", "b"}), ("Fields: a; b", {"a", "b"}),
    ("Fields: a,\n b", {"a", "b"}),
    ("Fields: a, b,", {"a", "b"}), ("Fields:", set()), ("Fields: ", set()), ("fields: A-b", {"a_b"}),
    ("FIELDS :a", {"a"}),
    ("Fields: a  ", {"a"}), ("Fields:\n a,\n b  ", {"a", "b"}),
)  # fmt: skip
BODIES = ("Hello\n", "", "Fields: no header\n\nAttachment: none\n", "\n\nHello {{ a }}")


@each_row("head", HEADS)
@each_row("fields", FIELDS)
@each_row("body", BODIES)
@each_row("first", [True, False])
def test_a_field_is_entered_in_the_header_that_is_there_and_nowhere_else(
    head: str, fields: tuple[str, set[str]], body: str, first: bool
) -> None:
    written, named = fields
    block = f"{written}\n{head}" if first else f"{head}\n{written}"
    text = f"{block}\n\n{body}"
    entry = field_entry(text, "new_one")
    assert entry is not None
    after = entry.into(text)
    letter = parse_letter(after, Path("x.md"), extra_headers=["X-Y"])
    assert letter.declared == named | {"new_one"}
    assert after.partition("\n\n")[2] == body
    assert field_entry(after, "new_one") is None
    assert len(after) - len(text) == len(entry.text)


@each_row("head", HEADS)
@each_row("body", BODIES)
def test_without_the_header_no_field_is_entered(head: str, body: str) -> None:
    assert field_entry(f"{head}\n\n{body}", "new_one") is None


@each_row("head", HEADS)
@each_row("body", BODIES)
def test_a_file_is_entered_behind_the_others_and_the_body_stays(head: str, body: str) -> None:
    text = f"{head}\n\n{body}"
    entry = attachment_entry(text, "pieces/{{ a }}.pdf")
    assert entry is not None
    after = entry.into(text)
    assert attached(after) == [*attached(text), "pieces/{{ a }}.pdf"]
    assert after.partition("\n\n")[2] == body
    parse_letter(after, Path("x.md"), extra_headers=["X-Y"])


def test_a_text_without_a_header_takes_no_file() -> None:
    assert attachment_entry("\nHello", "a.pdf") is None
    assert attachment_entry("", "a.pdf") is None


NAMES = st.text(st.sampled_from("abéœ %()_*-[]!.'&#1"), min_size=1, max_size=12).map(
    lambda name: " ".join(f"x{name}x".split()) + ".png"
)


@given(NAMES, st.sampled_from([("markdown", ".md"), ("html", ".html")]))
def test_a_picture_in_the_text_is_the_attached_file(name: str, kind: tuple[str, str]) -> None:
    markup, suffix = kind
    text = f"Subject: x\nAttachment: {name}\n\nHello\n\n{picture_in(markup, name)}\n"
    letter = parse_letter(text, Path(f"x{suffix}"))
    (skeleton,) = [letter._compiled(_skeleton(letter))]
    assert all(skeleton.content_ids)
    assert len(skeleton.content_ids) == 1


def _skeleton(letter):  # type: ignore[no-untyped-def]
    from mailmerge.letter.recorder import Recorder

    return letter._render(letter._program, Recorder(letter.language, letter._defaulted), {})
