"""What a mistyped domain was meant to be: a provider that exists, or nothing."""

from __future__ import annotations

import string
from importlib.resources import files

import idna
import pytest
from each_row import each_row
from hypothesis import given
from hypothesis import strategies as st

from mailmerge.lint.domains import distance, ending_exists, meant_provider, top_level_domains
from mailmerge.lint.vocabulary import FREE_MAIL

USUAL = ["gmail.com", "outlook.com", "hotmail.com", "hotmail.fr", "yahoo.fr", "orange.fr", "laposte.net", "icloud.com"]
ENDINGS = {
    "com": ["con", "cmo", "ocm", "comm", "coom", "c", "vom", "xom", "comd", "cpm", "cim", "co", "cm", "om"],
    "fr": ["f", "ft", "frr", "ffr", "rf", "fe"],
    "net": ["ner", "nett", "nte"],
}


def slips(name: str) -> list[str]:
    """Each letter left out, doubled, or exchanged with the next one."""
    out = [name[:i] + name[i + 1 :] for i in range(len(name))]
    doubled = [name[:i] + name[i] + name[i:] for i in range(len(name))]
    swapped = [name[:i] + name[i + 1] + name[i] + name[i + 2 :] for i in range(len(name) - 1)]
    return [slip for slip in dict.fromkeys((*out, *doubled, *swapped)) if slip != name]


@pytest.mark.parametrize("provider", USUAL)
def test_name_and_ending_are_repaired_together(provider: str):
    name, _, ending = provider.partition(".")
    wrong = 0
    for slip in (name, *slips(name)):
        for other in ENDINGS[ending]:
            meant = meant_provider(f"{slip}.{other}")
            assert meant in FREE_MAIL or (not meant and ending_exists(f"{slip}.{other}"))
            wrong += meant.partition(".")[0] not in (name, slip)
    assert wrong <= 2, "another provider may be as near to a few of them"


@each_row("provider", sorted(FREE_MAIL))
def test_a_provider_is_meant_as_it_is(provider: str):
    assert meant_provider(provider) == ""
    assert ending_exists(provider)


@given(
    st.text(string.ascii_lowercase, min_size=1, max_size=12), st.text(string.ascii_lowercase, min_size=1, max_size=5)
)
def test_nothing_but_a_known_provider_is_ever_proposed(name: str, ending: str):
    assert meant_provider(f"{name}.{ending}") in {"", *FREE_MAIL}


@pytest.mark.parametrize(
    "domain",
    [
        "gmail.vet",
        "yahoo.it",
        "outlook.ie",
        "orange.com",
        "mail.example",
        "orixge.fr",
        "gmxyl.com",
        "frxy.fr",
        "clinique.vet",
        "maison.bet",
    ],
)
def test_a_domain_that_may_be_is_left_alone(domain: str):
    assert meant_provider(domain) == ""
    assert ending_exists(domain)


@pytest.mark.parametrize("ending", ["fr", "com", "vet", "bet", "museum", "xn--p1ai", "xn--fiqs8s", "bzh", "re", "test"])
def test_every_ending_that_exists_is_known(ending: str):
    assert ending_exists(f"x.{ending}")


def test_the_list_of_endings_is_whole_and_says_its_date():
    text = files("mailmerge.lint").joinpath("tlds.txt").read_text(encoding="ascii")
    assert text.startswith("# ")
    assert "IANA's list of 20" in text
    assert len(top_level_domains()) > 1400
    foreign = [ending for ending in top_level_domains() if ending.startswith("xn--")]
    assert len(foreign) > 140
    assert all(idna.decode(ending) for ending in foreign)


@given(st.text("abc", max_size=5), st.text("abc", max_size=5))
def test_the_distance_is_the_same_both_ways_and_none_for_the_same(one: str, other: str):
    assert distance(one, other) == distance(other, one)
    assert (distance(one, other) == 0) is (one == other)
