"""What the journal keeps in English is read in the language of whoever reads it, and a server's words as they are."""

from __future__ import annotations

import ast
import re

import pytest
from house_source import modules
from hypothesis import given
from hypothesis import strategies as st
from pseudo import pseudo, speaking_pseudo

from mailmerge.outbox import remarks
from mailmerge.outbox.remarks import remark

TEMPLATES = sorted(value for name, value in vars(remarks).items() if name.isupper() and isinstance(value, str))
NAMES = re.compile(r"\{(\w+)\}")
VALUES = st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Cs", "Zl", "Zp")), min_size=1, max_size=12)


@pytest.mark.parametrize("template", TEMPLATES)
@given(data=st.data())
def test_a_remark_is_said_in_the_language_with_what_it_names(template: str, data: st.DataObject) -> None:
    values = {name: data.draw(VALUES.filter(lambda text: not _ours(text)), name) for name in NAMES.findall(template)}
    kept = template.format(**values)
    if kept[:3].isdigit():  # that is a reply of a server
        return
    assert remark(kept) == kept
    with speaking_pseudo():
        said = remark(kept)
    assert said.startswith("⟦")
    if "{reply} came" not in template:
        assert said == pseudo(template).format(**values)


def _ours(text: str) -> bool:
    """Whether it could be cut another way: by a word that a remark has, too."""
    return not text.strip() or any(mark in text for mark in (" ", ":", ","))


@pytest.mark.parametrize(
    "reply", ["250 2.0.0 Ok: queued", "550 5.1.1 no such user; already sent in run 5", "451 4.3.0 it came after noon"]
)
def test_a_reply_of_a_server_stays_as_it_is(reply: str) -> None:
    with speaking_pseudo():
        assert remark(reply) == reply


def test_a_reply_within_a_remark_stays_as_it_is() -> None:
    with speaking_pseudo():
        assert "250 it came after: 3" in remark("the answer to MAIL FROM makes no sense: 250 it came after: 3")


def test_wherever_a_reply_is_shown_it_is_shown_as_a_remark() -> None:
    shown = [
        f"{name}, line {call.lineno}"
        for name, tree in modules().items()
        for call in ast.walk(tree)
        if isinstance(call, ast.Call) and isinstance(call.func, ast.Name) and call.func.id == "_"
        for part in ast.walk(call)
        if isinstance(part, ast.Attribute) and part.attr == "reply"
    ]
    assert shown == []
