"""Addresses: what is plain is judged here as the library judges it."""

from __future__ import annotations

import email_validator
import pytest
from hypothesis import given
from hypothesis import strategies as st

from mailmerge.addresses import (
    MAX_ADDRESS,
    MAX_LOCAL,
    AddressInvalid,
    AddressTooLong,
    find_addresses,
    is_address,
    parse_address,
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
