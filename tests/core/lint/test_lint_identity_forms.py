"""Whoever is given away is found in every form of writing and at every place; clean campaigns pass in silence."""

from __future__ import annotations

import pytest
from each_row import each_row
from identity_campaigns import PLACES, clean_campaign, leaking
from identity_forms import (
    ADDRESS_FORMS,
    CODE_FORMS,
    CODES,
    LAYOUTS,
    LOCALES,
    PHONE_FORMS,
    Someone,
    names_of,
    people,
    table_for,
)
from msgspec.structs import replace

from mailmerge.lint import check
from mailmerge.lint.identities.doubt.ordinary import ORDINARY
from mailmerge.lint.identities.index import Identities
from mailmerge.lint.identities.masking import identities_in
from mailmerge.model import Severity
from mailmerge.text.folding import fold

AROUND = ("Nous avons retenu {} pour ce poste.", "Nous avons retenu :\n{}\nMerci.")
"""A sentence, and a line of its own for what is part of a list."""
IN_LISTS = ("\t", ";", "|")


def is_found(identities: Identities, owner: int, text: str) -> bool:
    around = AROUND[any(sign in text for sign in IN_LISTS)]
    return any(owner in hit.owners for hit in identities_in(identities, around.format(text)))


def needs_evidence(who: Someone) -> bool:
    """Whether a name is made of ordinary words alone, such as Esperanza Iglesia."""
    return ORDINARY.issuperset(fold(f"{who.first} {who.last}").split())


@each_row("locale", [*LOCALES, "mixed"])
def test_a_name_is_found_in_every_form(locale: str) -> None:
    some = people(locale)
    identities = Identities(table_for(some))
    missed = [
        (form, text)
        for number, who in enumerate(some, 1)
        if not needs_evidence(who)
        for form, text in names_of(who)
        if not is_found(identities, number, text)
    ]
    assert missed == []


@each_row("layout", LAYOUTS)
@each_row("locale", ["fr_FR", "nl_NL", "tr_TR", "mixed"])
def test_a_name_of_one_column_is_found_in_every_form(locale: str, layout: str) -> None:
    some = people(locale)
    identities = Identities(table_for(some, layout))
    missed = [
        (form, text)
        for number, who in enumerate(some, 1)
        if not needs_evidence(who)
        for form, text in names_of(who)
        if not is_found(identities, number, text)
    ]
    assert missed == []


@each_row("form", PHONE_FORMS)
def test_a_telephone_number_is_found_in_every_form(form: str) -> None:
    some = people("fr_FR")
    identities = Identities(table_for(some))
    for number, who in enumerate(some, 1):
        assert is_found(identities, number, PHONE_FORMS[form](who.phone)), who.phone


@each_row("form", ADDRESS_FORMS)
def test_an_address_is_found_in_every_form(form: str) -> None:
    some = people("fr_FR")
    identities = Identities(table_for(some))
    for number, who in enumerate(some, 1):
        assert is_found(identities, number, ADDRESS_FORMS[form](*who.address.split("@"))), who.address


@each_row("form", CODE_FORMS)
@each_row("kind", [*CODES, "IBAN"])
def test_a_reference_and_an_account_are_found_in_every_form(kind: str, form: str) -> None:
    some = people("fr_FR", 8)
    codes = CODES.get(kind) or [who.iban for who in some]
    if kind != "IBAN":
        some = tuple(replace(who, reference=code) for who, code in zip(some, codes, strict=True))
    identities = Identities(table_for(some))
    for number, code in enumerate(codes, 1):
        assert is_found(identities, number, CODE_FORMS[form](code)), code


@pytest.mark.parametrize("place", PLACES)
def test_a_leak_is_stopped_at_every_place(place: str) -> None:
    some = people("fr_FR", 6)
    other = some[1]
    address = tuple(other.address.split("@"))
    texts = [
        f"{other.first} {other.last}",
        f"{other.last.upper()} Madame {other.first}",
        f"{other.last};Toulouse;{other.first}",
        PHONE_FORMS["dashes"](other.phone),
        CODE_FORMS["dots"](other.reference),
        CODE_FORMS["joined"](other.iban),
        ADDRESS_FORMS["AT DOT"](*address),
        ADDRESS_FORMS["a zero-width space"](*address),
    ]
    for text in texts:
        stopped = [f for f in check(leaking(place, text, some)).blocks if f.rule[:3] in ("XRC", "MSG")]
        assert any(1 in finding.affected for finding in stopped), text


@each_row("seed", [0, 1])
@each_row("locale", [*LOCALES, "mixed"])
def test_a_clean_campaign_of_lookalikes_passes_in_silence(locale: str, seed: int) -> None:
    findings = check(clean_campaign(locale, seed)).findings
    loud = [f for f in findings if f.severity is not Severity.INFO and not f.rule.startswith("LST")]
    assert [(finding.rule, finding.message) for finding in loud] == []
