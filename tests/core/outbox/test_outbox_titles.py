"""Where a home is and what a test is called are kept in English, and said in the language of whoever reads them."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from pseudo import pseudo, speaking_pseudo

from mailmerge import i18n
from mailmerge.outbox.comparison.earlier import TEST_NAME
from mailmerge.outbox.titles import NAMELESS, PLACE, TEST, KeptPlace, run_title

WORDS = st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Cs", "Zl", "Zp")), min_size=1, max_size=20)
ADDRESSES = st.from_regex(r"[a-z.]{1,8}@[a-z]{1,8}\.example", fullmatch=True)


@given(folder=WORDS.map("/{}".format), computer=WORDS.filter(lambda name: " on " not in f" {name} "))
def test_where_a_home_is_is_said_in_the_language(folder: str, computer: str) -> None:
    kept = PLACE.format(folder=folder, computer=computer)
    assert str(KeptPlace(kept)) == kept
    with speaking_pseudo():
        assert str(KeptPlace(kept)) == pseudo(PLACE).format(folder=folder, computer=computer)


def test_a_computer_without_a_name_is_said_in_the_language() -> None:
    with i18n.speaking("fr"):
        assert str(KeptPlace(PLACE.format(folder="/home/claire", computer=NAMELESS))) == "/home/claire (cet ordinateur)"


@given(campaign=WORDS, address=ADDRESSES)
def test_the_run_of_a_test_is_called_in_the_language_and_known_by_its_name(campaign: str, address: str) -> None:
    kept = TEST.format(campaign=campaign, address=address)
    assert TEST_NAME.search(kept)
    assert run_title(kept) == kept
    with speaking_pseudo():
        assert run_title(kept) == pseudo(TEST).format(campaign=campaign, address=address)


@given(campaign=WORDS.filter(lambda name: "(test to " not in name))
def test_a_campaign_is_called_as_it_is(campaign: str) -> None:
    with speaking_pseudo():
        assert run_title(campaign) == campaign
