"""What the journal keeps in English is read in the language of whoever reads it, and a server's words as they are."""

from __future__ import annotations

import re

import pytest
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
