"""Addresses: what is plain is judged here as the library judges it."""

from __future__ import annotations

import email_validator
import pytest
from each_row import each_row
from hypothesis import given
from hypothesis import strategies as st

from mailmerge.text.addresses import (
    MAX_ADDRESS,
    MAX_LOCAL,
    AddressInvalid,
    AddressTooLong,
    find_addresses,
    is_address,
    parse_address,
    same_mailbox_key,
)

PIECE = st.text(alphabet="abz019-_.+", min_size=1, max_size=66)
LABELS = st.lists(st.text(alphabet="abz01-", min_size=1, max_size=64), min_size=1, max_size=4)
TOP = st.sampled_from(["fr", "FR", "example", "test", "c", "x1", "xn--p1ai", "", "museum"])


def by_the_library(address: str) -> str | None:
    """What email-validator makes of an address, None where it refuses it."""
    email_validator.SPECIAL_USE_DOMAIN_NAMES.clear()
    try:
        valid = email_validator.validate_email(address, check_deliverability=False, allow_quoted_local=False)
    except email_validator.EmailNotValidError:
        return None
    return f"{valid.local_part}@{valid.ascii_domain}"


@given(local=PIECE, labels=LABELS, top=TOP)
def test_an_address_is_what_the_library_says_it_is(local: str, labels: list[str], top: str) -> None:
    address = f"{local}@{'.'.join((*labels, top))}"
    try:
        ours: str | None = parse_address(address)
    except AddressInvalid:
        ours = None
    assert ours == by_the_library(address)


@pytest.mark.parametrize(
    "address",
    [
        f"{'a' * 64}@mail.example",
        f"a@{'b' * 63}.example",
        f"a@{'b' * 64}.example",
        f"a@{'.'.join(['b' * 60] * 4)}.example",
        f"a@{'.'.join(['b' * 62] * 4)}.example",
        "a@ab--c.example",
        "a@xn--caf-dma.example",
        "A.B@Mail.EXAMPLE",
    ],
)
def test_the_edges_of_a_plain_address_are_the_librarys(address: str) -> None:
    try:
        ours: str | None = parse_address(address)
    except AddressInvalid:
        ours = None
    assert ours == by_the_library(address)


@pytest.mark.parametrize("unit", ["a", "é", "語", "😀"])
@pytest.mark.parametrize("more", [0, 1])
def test_a_local_part_has_64_octets_at_most(unit: str, more: int) -> None:
    count, rest = divmod(MAX_LOCAL + more, len(unit.encode()))
    local = "a" * rest + unit * count
    if more:
        with pytest.raises(AddressTooLong):
            parse_address(f"{local}@mail.example")
    else:
        assert parse_address(f"{local}@mail.example") == f"{local}@mail.example"


@pytest.mark.parametrize("local", ["a" * 64, "a.b+c" + "d" * 50, "é" * 30])
def test_an_address_has_254_octets_at_most_its_domain_in_a_labels(local: str) -> None:
    stem = ".".join(["b" * 60] * 3)
    for total in range(MAX_ADDRESS - 6, MAX_ADDRESS + 4):
        room = total - len(local.encode()) - len(f"@{stem}..example")
        if not 1 <= room <= 63:
            continue
        address = f"{local}@{stem}.{'c' * room}.example"
        assert len(address.encode()) == total
        assert is_address(address) is (total <= MAX_ADDRESS)
    accented = ".".join(["é" * 25] * 7)
    assert not is_address(f"{local}@{accented}.example")


# --- spellings of one mailbox ---------------------------------------------------------------------------------------

LOCALS = ("jean.petit", "zoé.roux", "o'brien", "a_b-c", "ΝΙΚΟΣ", "прокоп")
DOMAINS = ("boite.example", "münchen.example", "straße.example", "例え.example")


def _spellings(local: str, domain: str) -> set[str]:
    import itertools
    import unicodedata

    import idna

    ascii_domain = idna.encode(domain, uts46=True).decode()
    locals_ = {local, local.upper(), local.lower(), f'"{local}"', f"{local}+liste", f'"{local}+x"', f'"\\{local}"'}
    domains = {domain, domain.upper() if "ß" not in domain else domain, ascii_domain, ascii_domain.upper()}
    domains |= {f"{each}." for each in domains} | {domain.replace(".", "\u3002")}
    return {
        unicodedata.normalize(form, f" {mine}@{theirs}".removeprefix(" " * blank))
        for mine, theirs in itertools.product(locals_, domains)
        for form in ("NFC", "NFD")
        for blank in (0, 1)
    }


@each_row("local", LOCALS)
@each_row("domain", DOMAINS)
def test_every_spelling_of_a_mailbox_has_one_key(local: str, domain: str) -> None:
    keys = {same_mailbox_key(spelling) for spelling in _spellings(local, domain)}
    assert len(keys) == 1, keys
    (key,) = keys
    assert same_mailbox_key(key) == key
    for other in (f"x{local}@{domain}", f"{local}@x{domain}", f"{local}x@{domain}"):
        assert same_mailbox_key(other) != key


def test_a_sharp_s_in_a_domain_is_no_double_s() -> None:
    assert same_mailbox_key("a@straße.example") == same_mailbox_key("a@XN--STRAE-OQA.example.")
    assert same_mailbox_key("a@straße.example") != same_mailbox_key("a@strasse.example")


@pytest.mark.parametrize(
    "link",
    ["https://x.example/?u={}", "//x.example/{}", "https://x.example/a?b=c&m={}&d=e", "mailto:{}?subject=x", "https://x.example/#{}"],
)  # fmt: skip
def test_an_address_in_a_link_is_found_without_the_link(link: str) -> None:
    text = link.format("jean.dupont+a@y.example")
    assert [text[start:end] for start, end in find_addresses(text)] == ["jean.dupont+a@y.example"]


def test_an_address_that_names_another_is_found_whole() -> None:
    text = "bounce+jean=y.example@x.example"
    assert [text[start:end] for start, end in find_addresses(text)] == [text]


@each_row(
    ("text", "said"),
    {
        "": "no address",
        "a@x.example, b@x.example": "more than one address",
        "a.x.example": "there is no @",
        "@x.example": "nothing is before the @",
        "a@": "nothing is after the @",
        '"a b"@x.example': "the part before the @ cannot be in quotation marks",
        "a@[192.0.2.1]": "after the @ there must be a domain, not a number in brackets",
        "a b@x.example": "there is a space in it",
        "a..b@x.example": "there are two full stops in a row",
        ".a@x.example": "the part before the @ begins or ends with a full stop",
        "a.@x.example": "the part before the @ begins or ends with a full stop",
        "a@-x.example": "the part after the @ begins or ends with a full stop or a hyphen",
        "a@x.example.": "the part after the @ begins or ends with a full stop or a hyphen",
        "a,b;,@x.example": "these characters cannot be used before the @: , ;",
        "a\u202e@x.example": "these characters cannot be used before the @: U+202E",
        "a@x!y.example": "these characters cannot be used after the @: !",
        "a@x": "the part after the @ has no full stop",
        f"a@{'x' * 70}.example": "the part after the @ is not a valid domain",
    }.items(),
)
def test_why_something_is_not_an_address_is_said_in_our_own_words(text: str, said: str) -> None:
    with pytest.raises(AddressInvalid) as caught:
        parse_address(text)
    assert str(caught.value) == said
