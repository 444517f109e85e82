"""A number that knows one person is found however its digits are grouped, and no other for it."""

from __future__ import annotations

from each_row import each_row

from mailmerge.lint.identities.index import _beginnings
from mailmerge.lint.identities.numbers import NumberKind, Numbers, phone_of
from mailmerge.text.folding import normalise

KNOWN = Numbers()
KNOWN.add_phone("06 12 34 56 78", 1)
KNOWN.add_phone("+44 20 7946 0958 / 01 23 45 67 89", 2)
KNOWN.add(NumberKind.REFERENCE, "20260041", 3)
KNOWN.add(NumberKind.NUMBER, "31000", 4)
KNOWN.add_phone("1234567", 5)
KNOWN.add(NumberKind.NIR, "1850578006084", 6)

FOUND: dict[str, list[tuple[str, str, str]]] = {
    "06 12 34 56 78": [("phone", "0612345678", "06 12 34 56 78")],
    "06.12.34.56.78": [("phone", "0612345678", "06.12.34.56.78")],
    "0612345678": [("phone", "0612345678", "0612345678")],
    "+33 6 12 34 56 78": [("phone", "0612345678", "+33 6 12 34 56 78"), ("phone", "0612345678", "6 12 34 56 78")],
    "0033612345678": [("phone", "0612345678", "0033612345678")],
    "(+33) 6-12-34-56-78": [("phone", "0612345678", "+33) 6-12-34-56-78"), ("phone", "0612345678", "6-12-34-56-78")],
    "33612345678": [("phone", "0612345678", "33612345678")],
    "612345678": [("phone", "0612345678", "612345678")],
    "6 12 34 56 78": [("phone", "0612345678", "6 12 34 56 78")],
    "06 12 34 56 79": [],
    "+33 (0)6 12 34 56 78": [
        ("phone", "0612345678", "+33 (0)6 12 34 56 78"),
        ("phone", "0612345678", "0)6 12 34 56 78"),
        ("phone", "0612345678", "6 12 34 56 78"),
    ],
    "tel:+33612345678": [("phone", "0612345678", "+33612345678")],
    "020 7946 0958": [("phone", "02079460958", "020 7946 0958")],
    "+44 20 7946 0958": [("phone", "02079460958", "+44 20 7946 0958"), ("phone", "02079460958", "20 7946 0958")],
    "0044 (0)20 7946 0958": [
        ("phone", "02079460958", "0044 (0)20 7946 0958"),
        ("phone", "02079460958", "0)20 7946 0958"),
        ("phone", "02079460958", "20 7946 0958"),
    ],
    "01 23 45 67 89": [("phone", "0123456789", "01 23 45 67 89")],
    "1234567": [("phone", "1234567", "1234567")],
    "123 45 67": [("phone", "1234567", "123 45 67")],
    "12 34 56 7": [("phone", "1234567", "12 34 56 7")],
    "20260041": [("reference", "20260041", "20260041")],
    "2026 0041": [("reference", "20260041", "2026 0041")],
    "2026-0041": [("reference", "20260041", "2026-0041")],
    "n° 2026 0041 12": [],
    "12 2026 0041": [],
    "12-2026 0041": [("reference", "20260041", "2026 0041")],
    "20260041 €": [],
    "20260041,50": [],
    "20260041.5": [],
    "20260041.": [("reference", "20260041", "20260041")],
    "x.20260041": [],
    ".20260041": [],
    "20260041%": [],
    "20-26-0041": [],
    "2026.00.41": [],
    "31000": [("number", "31000", "31000")],
    "31000 Toulouse": [],
    ", 31000 Toulouse": [],
    "12 rue, 31000 Toulouse": [],
    "12 rue\n31000 Toulouse": [],
    "réf 31000 Toulouse": [("number", "31000", "31000")],
    "31000  Toulouse": [],
    "31000 toulouse": [("number", "31000", "31000")],
    "(31000 Toulouse)": [],
    "- 31000 Toulouse": [],
    "F-31000 Toulouse": [],
    "FRA-31000 Toulouse": [],
    "31 000": [],
    "31000 €": [],
    "31000 km": [],
    "31000,50": [],
    "31000.50.": [],
    "31000.5": [],
    "1 85 05 78 006 084": [("nir", "1850578006084", "1 85 05 78 006 084")],
    "185057800608499": [],
    "1-85-05-78-006-084": [("nir", "1850578006084", "1-85-05-78-006-084")],
    "a1850578006084b": [("nir", "1850578006084", "1850578006084")],
}
"""Of each text what is found: its kind, its key, and how the text writes it."""


@each_row(("text", "found"), FOUND.items())
def test_a_number_is_found_however_it_is_written_and_in_nothing_else(
    text: str, found: list[tuple[str, str, str]]
) -> None:
    plain = normalise(text)
    assert [(each.kind, each.key, plain[each.start : each.end]) for each in KNOWN.find(plain)] == found


PHONES = {
    "06 12 34 56 78": "0612345678", "+33 6 12 34 56 78": "0612345678", "0033 6 12 34 56 78": "0612345678",
    "612345678": "0612345678", "33612345678": "0612345678", "336123456789": "336123456789", "012345678": "012345678",
    " +33 612345678": "0612345678", "+44 (0)20 7946 0958": "02079460958", "+1 212 555 0100": "12125550100",
    "0012125550100": "12125550100", "+353 1 234 5678": "012345678", "+35 123": "35123", "06 12 34 56 7८": "061234567",
}  # fmt: skip


@each_row(("written", "digits"), PHONES.items())
def test_a_telephone_number_is_one_however_it_is_dialled(written: str, digits: str) -> None:
    assert phone_of(written) == digits


def test_each_number_has_its_owners() -> None:
    owners = {key: KNOWN.owners(key) for key in ("0612345678", "02079460958", "0123456789", "20260041", "1")}
    assert owners == {"0612345678": (1,), "02079460958": (2,), "0123456789": (2,), "20260041": (3,), "1": ()}
    assert list(Numbers().find("06 12 34 56 78")) == []


def test_a_reference_that_swallowed_half_a_table_costs_what_it_is_long() -> None:
    """An unclosed quotation mark makes such a cell; that it begins like a name is no reason to keep each beginning."""
    kept = sum(map(len, _beginnings("de" + "1" * 200_000, "de")))
    assert kept < 20 * 200_000


def test_a_reference_that_begins_like_a_particle_is_found_in_its_groups() -> None:
    assert {"de 4", "de 4711", "de 47112233"} <= set(_beginnings("de47112233", "de"))
