"""The words of a message, put together from its pieces, are those of its whole text."""

from __future__ import annotations

from types import SimpleNamespace

from hypothesis import given
from hypothesis import strategies as st

from mailmerge.lint.identities.masking import BARRIER
from mailmerge.lint.identities.reading import Reading
from mailmerge.lint.views.printed import Printed
from mailmerge.lint.views.variable import VariableText
from mailmerge.model.patterns import EscapeContext, Pattern, Slot

TEXTS = st.lists(
    st.sampled_from(
        [
            *"aéß\u0301\u200b_-'’*&;@.,:(|\n\t \xa0",
            "Zoé", "Łukasz", "LE GALL", "d’Arc", "Mme", "Prénom", "M&A", "&eacute;", "jean@x.example", "ﬁ",
            "Ａ", "n° 7", "x.example", "first name", "Jean-", "\u0430", "1 234",
        ]
    ),
    max_size=5,
).map("".join)  # fmt: skip


@st.composite
def patterns(draw: st.DrawFn, values: int) -> Pattern:
    slots = draw(st.lists(st.integers(0, values - 1), max_size=3))
    place = draw(
        st.sampled_from([EscapeContext.VERBATIM, EscapeContext.VERBATIM, EscapeContext.HTML, EscapeContext.URL])
    )
    constants = draw(st.lists(TEXTS, min_size=len(slots) + 1, max_size=len(slots) + 1))
    return Pattern(tuple(constants), tuple(Slot(value, place) for value in slots))


@given(st.data(), st.lists(TEXTS, min_size=1, max_size=4))
def test_they_are_the_words_of_the_whole_text(data: st.DataObject, values: list[str]) -> None:
    several = data.draw(st.lists(patterns(len(values)), min_size=1, max_size=3))
    text = BARRIER.join(pattern.fill(values) for pattern in several)

    printed = [Printed(SimpleNamespace(), value) for value in values]
    said = [VariableText(pattern).words(values, printed) for pattern in several]

    if None not in said:
        words = [word for each in said for word in each or ()]
        assert Reading(text, words).without_addresses().words == Reading(text).without_addresses().words


def test_they_are_put_together_for_a_usual_letter() -> None:
    letter = Pattern(
        ("Bonjour ", " ", ",\n\nVotre dossier ", " est clos.\n\nÀ ", ": (x.example/?r=", "&m=x)"),
        (Slot(0), Slot(1), Slot(2), Slot(3), Slot(2, EscapeContext.URL)),
    )
    values = ["Zoé", "LE GALL", "RC-10412", "zoe@x.example"]
    printed = [Printed(SimpleNamespace(), each) for each in values]

    expected = "bonjour zoe le gall votre dossier rc 10412 est clos a x example r rc 10412 m x"
    assert VariableText(letter).words(values, printed) == expected.split()


def test_an_entity_tells_more_of_the_whole_text_than_of_its_line() -> None:
    letter = Pattern(("Un &copy droit : ", "\nUn autre."), (Slot(0),))
    values = ["&eacute;"]

    assert VariableText(letter).words(values, [Printed(SimpleNamespace(), each) for each in values]) is None
