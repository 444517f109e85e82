"""The words of a message, put together from its pieces, are those of its whole text."""

from __future__ import annotations

from types import SimpleNamespace

from hypothesis import given
from hypothesis import strategies as st

from mailmerge.lint.identities.masking import BARRIER
from mailmerge.lint.identities.reading import Reading
from mailmerge.lint.views.printed import Printed
from mailmerge.lint.views.variable import VariableWords
from mailmerge.patterns import EscapeContext, Pattern, Slot

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
    place = draw(st.sampled_from([EscapeContext.VERBATIM, EscapeContext.VERBATIM, EscapeContext.HTML]))
    constants = draw(st.lists(TEXTS, min_size=len(slots) + 1, max_size=len(slots) + 1))
    return Pattern(tuple(constants), tuple(Slot(value, place) for value in slots))


@given(st.data(), st.lists(TEXTS, min_size=1, max_size=4))
def test_they_are_the_words_of_the_whole_text(data: st.DataObject, values: list[str]) -> None:
    several = data.draw(st.lists(patterns(len(values)), min_size=1, max_size=3))
    loose = data.draw(st.lists(st.integers(0, len(values) - 1), max_size=2))
    text = BARRIER.join([pattern.fill(values) for pattern in several] + [values[index] for index in loose])

    inspection: object = SimpleNamespace()
    said = VariableWords(several, loose).of([Printed(inspection, value) for value in values])

    if said is not None:
        assert Reading(text, said).without_addresses().words == Reading(text).without_addresses().words


def test_they_are_put_together_for_a_usual_letter() -> None:
    letter = Pattern(("Bonjour ", " ", ",\n\nVotre dossier ", " est clos."), (Slot(0), Slot(1), Slot(2)))
    values = [Printed(SimpleNamespace(), each) for each in ("Zoé", "LE GALL", "RC-10412", "zoe@x.example")]

    assert VariableWords([letter], [3]).of(values) == (
        ["bonjour", "zoe", "le", "gall", "votre", "dossier", "rc", "10412", "est", "clos"]
    )
