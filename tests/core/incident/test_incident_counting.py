"""Who could see whom, until when to notify, what an address reveals: the numbers of an incident."""

from __future__ import annotations

import datetime
import itertools
import time
from collections import Counter

import pytest
from each_row import each_row
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from mailmerge.errors import UsageError
from mailmerge.incident import clock
from mailmerge.incident.exposure import Audience, exposure
from mailmerge.incident.language import language_of
from mailmerge.incident.people import spoken_name
from mailmerge.incident.proposals import About, Category, categories, proposed
from mailmerge.incident.revealing import ShownDetail, revealed_by

NUMBERS = st.frozensets(st.integers(1, 12))
AUDIENCES = st.lists(st.builds(Audience, NUMBERS, NUMBERS), max_size=5)


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(AUDIENCES, st.frozensets(st.integers(1, 12)), st.dictionaries(st.integers(1, 12), st.sampled_from("ab")))
def test_the_sums_are_those_of_the_matrix(
    audiences: list[Audience], absent: frozenset[int], employer: dict[int, str]
) -> None:
    edges = {
        (reader, shown)
        for audience in audiences
        for reader, shown in itertools.product(audience.readers - absent, audience.shown)
        if reader != shown
    }
    counted = exposure(audiences, employer, absent)
    assert counted.disclosures == len(edges)
    assert counted.seen_by == Counter(shown for _, shown in edges)
    same = Counter(b for a, b in edges if a in employer and employer[a] == employer.get(b))
    assert counted.colleagues == same
    assert counted.readers == frozenset().union(*(audience.readers for audience in audiences)) - absent


@pytest.mark.parametrize("count", [2, 3, 48, 340, 5_000, 100_000])
def test_one_mail_to_many_is_n_times_n_less_one(count: int) -> None:
    everybody = frozenset(range(1, count + 1))
    counted = exposure([Audience(everybody, everybody)], {})
    assert counted.disclosures == count * (count - 1)
    assert set(counted.seen_by.values()) == {count - 1}


def test_the_same_mail_shown_again_discloses_nothing_more() -> None:
    everybody = frozenset(range(1, 11))
    once = exposure([Audience(everybody, everybody)], {})
    assert exposure([Audience(everybody, everybody)] * 3, {}) == once
    more = exposure([Audience(everybody, everybody), Audience(frozenset({99}), everybody)], {})
    assert more.disclosures == once.disclosures + 10


# --- the clock -------------------------------------------------------------------------------------------------------

TIMES = {
    "summer": ("2026-09-01 10:15 Europe/Paris", "2026-09-01T10:15+02:00", "2026-09-04T10:15+02:00"),
    "winter": ("2026-11-26 09:10 Europe/London", "2026-11-26T09:10+00:00", "2026-11-29T09:10+00:00"),
    "clocks go back in between": (
        "2026-10-24 10:15 Europe/Paris",
        "2026-10-24T10:15+02:00",
        "2026-10-27T09:15+01:00",
    ),
    "clocks go forward in between": (
        "2027-03-27 10:15 Europe/Paris",
        "2027-03-27T10:15+01:00",
        "2027-03-30T11:15+02:00",
    ),
    "an offset": ("2026-09-01 10:15 +02:00", "2026-09-01T10:15+02:00", "2026-09-04T10:15+02:00"),
    "an offset without a space": ("2026-09-01T10:15+0530", "2026-09-01T10:15+05:30", "2026-09-04T10:15+05:30"),
    "west": ("2026-09-01 23:59 -03:30", "2026-09-01T23:59-03:30", "2026-09-04T23:59-03:30"),
    "Z": ("2026-09-01 10:15Z", "2026-09-01T10:15+00:00", "2026-09-04T10:15+00:00"),
    "one digit of the hour": ("2026-09-01 9:05 Europe/Paris", "2026-09-01T09:05+02:00", "2026-09-04T09:05+02:00"),
    "seconds": ("2026-09-01 10:15:59 Europe/Paris", "2026-09-01T10:15+02:00", "2026-09-04T10:15+02:00"),
    "the day first": ("27/11/2026 14:30 Europe/Paris", "2026-11-27T14:30+01:00", "2026-11-30T14:30+01:00"),
    "with dots": ("27.11.2026 14:30 +01:00", "2026-11-27T14:30+01:00", "2026-11-30T14:30+01:00"),
    "the month first": ("11/27/2026 2:30 pm UTC", "2026-11-27T14:30+00:00", "2026-11-30T14:30+00:00"),
    "in words": ("le 27 novembre 2026 à 14 h 30 Europe/Paris", "2026-11-27T14:30+01:00", "2026-11-30T14:30+01:00"),
    "in English": ("14:30, Friday 27 November 2026 +01:00", "2026-11-27T14:30+01:00", "2026-11-30T14:30+01:00"),
    "noon": ("27/11/2026 noon Z", "2026-11-27T12:00+00:00", "2026-11-30T12:00+00:00"),
    "a leap day": ("2028-02-27 08:00 Europe/Paris", "2028-02-27T08:00+01:00", "2028-03-01T08:00+01:00"),
    "the end of a year": ("2026-12-30 08:00 Europe/Paris", "2026-12-30T08:00+01:00", "2027-01-02T08:00+01:00"),
}


@each_row(("text", "aware", "deadline"), TIMES.values(), ids=TIMES)
def test_the_deadline_is_72_hours_later_by_the_clock_of_the_zone(text: str, aware: str, deadline: str) -> None:
    found = clock.aware(text)
    assert (clock.written(found.at), clock.written(found.deadline)) == (aware, deadline)
    again = clock.again(clock.written(found.at), found.zone)
    assert clock.written(again.deadline) == deadline


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    st.datetimes(datetime.datetime(2020, 1, 1), datetime.datetime(2040, 1, 1)),
    st.sampled_from(["Europe/Paris", "Europe/London", "America/New_York", "Australia/Lord_Howe", "UTC", "+05:45"]),
)
def test_between_awareness_and_deadline_are_72_hours_always(local: datetime.datetime, zone: str) -> None:
    try:
        found = clock.aware(f"{local:%Y-%m-%d %H:%M} {zone}")
    except UsageError:  # the hour that the clocks skip
        return
    elapsed = found.deadline.astimezone(datetime.UTC) - found.at.astimezone(datetime.UTC)
    assert elapsed == datetime.timedelta(hours=72)
    assert f"{found.at:%Y-%m-%d %H:%M}" == f"{local:%Y-%m-%d %H:%M}"


WRONG = {
    "no zone": ("2026-09-01 10:15", "has no time zone"),
    "a day alone": ("2026-09-01", "is not a time with its zone"),
    "words": ("yesterday at ten", "is not a time with its zone"),
    "a day alone in figures": ("27/11/2026", "is not a time with its zone"),
    "no zone in figures": ("27/11/2026 14:30", "has no time zone"),
    "no zone in words": ("27 November 2026 2:30 pm", "has no time zone"),
    "two days": ("03/04/2026 10:15 Europe/Paris", "is not a time with its zone"),
    "no year": ("27 November 10:15 Europe/Paris", "is not a time with its zone"),
    "a word that means another day tomorrow": ("today 10:15 Europe/Paris", "is not a time with its zone"),
    "another weekday": ("Monday 27 November 2026 10:15 Europe/Paris", "is not a time with its zone"),
    "nothing": ("", "is not a time with its zone"),
    "no such day": ("2026-02-30 10:15 Europe/Paris", "is not a time with its zone"),
    "no such hour": ("2026-09-01 25:15 Europe/Paris", "is not a time with its zone"),
    "no such zone": ("2026-09-01 10:15 Europe/Toulouse", 'no time zone "Europe/Toulouse"'),
    "a path": ("2026-09-01 10:15 ../../etc/passwd", "no time zone"),
    "the hour that is skipped": ("2026-03-29 02:30 Europe/Paris", "the clocks went forward"),
    "an impossible offset": ("2026-09-01 10:15 +99:00", 'no time zone "+99:00"'),
}


@pytest.mark.parametrize(("text", "said"), WRONG.values(), ids=WRONG)
def test_what_is_no_moment_is_said(text: str, said: str) -> None:
    with pytest.raises(UsageError) as refused:
        clock.aware(text)
    assert said in str(refused.value)


@pytest.mark.parametrize("zone", ["Europe/Paris", "Europe/London", "America/Toronto"])
@pytest.mark.parametrize("moment", ["2026-09-01 10:15", "2026-01-31 10:15"])
def test_a_moment_without_a_zone_is_offered_that_of_the_computer(
    monkeypatch: pytest.MonkeyPatch, zone: str, moment: str
) -> None:
    monkeypatch.setenv("TZ", zone)
    time.tzset()
    try:
        with pytest.raises(UsageError) as refused:
            clock.aware(moment)
    finally:
        monkeypatch.undo()
        time.tzset()
    assert f'"{moment} {zone}"' in str(refused.value)


def test_the_hour_that_comes_twice_is_the_first_one() -> None:
    found = clock.aware("2026-10-25 02:30 Europe/Paris")
    assert found.ambiguous
    assert clock.written(found.at) == "2026-10-25T02:30+02:00"
    assert not clock.aware("2026-10-25 03:30 Europe/Paris").ambiguous


@pytest.mark.parametrize(
    ("variable", "zone"), [("Europe/Paris", "Europe/Paris"), ("Nowhere/Nothing", "+02:00"), ("Asia/Tokyo", "+02:00")]
)
def test_the_zone_of_this_machine_is_proposed_where_it_is_right(
    monkeypatch: pytest.MonkeyPatch, variable: str, zone: str
) -> None:
    monkeypatch.setenv("TZ", variable)
    monkeypatch.setattr("os.path.realpath", lambda path: path)
    now = datetime.datetime(2026, 9, 1, 10, 15, tzinfo=datetime.timezone(datetime.timedelta(hours=2)))
    assert clock.zone_here(now) == zone
    assert clock.aware(f"2026-09-01 10:15 {zone}").at == now


# --- what an address reveals -----------------------------------------------------------------------------------------

ADDRESSES: dict[str, set[ShownDetail]] = {
    "lea.durand@gmail.com": {ShownDetail.NAME_IN_ADDRESS},
    "lea_durand@orange.fr": {ShownDetail.NAME_IN_ADDRESS},
    "xyz@gmail.com": set(),
    "contact.pro@free.fr": set(),
    "xyz@airbus.example": {ShownDetail.EMPLOYER},
    "lea.durand@univ-toulouse.example": {ShownDetail.NAME_IN_ADDRESS, ShownDetail.EMPLOYER},
    "xyz@hotmail.co.uk": set(),
    "xyz@yahoo.com.br": set(),
    "xyz@acme.co.uk": {ShownDetail.EMPLOYER},
    "xyz1987@gmail.com": {ShownDetail.BIRTH_YEAR},
    "xyz31@gmail.com": set(),
    "xyz2029@gmail.com": set(),
    "xyz19876@gmail.com": set(),
    "xyz.diabete@gmail.com": {ShownDetail.HEALTH, ShownDetail.NAME_IN_ADDRESS},
    "toulousediabetiques@gmail.com": {ShownDetail.HEALTH},
    "autiste@gmail.com": {ShownDetail.HEALTH},
    "alicante@gmail.com": set(),
    "cancerel@gmail.com": set(),
}


@each_row("address", ADDRESSES)
def test_what_an_address_reveals(address: str) -> None:
    assert set(revealed_by(address)) == ADDRESSES[address]


def test_a_known_name_is_found_in_any_spelling() -> None:
    assert ShownDetail.NAME_IN_ADDRESS in set(revealed_by("heloiseroux75@orange.fr", ["Héloïse Roux"]))
    assert ShownDetail.NAME_IN_ADDRESS in set(revealed_by("crenard@free.fr", ["Corentin Renard"]))
    assert set(revealed_by("bleu.ciel@free.fr", ["Corentin Renard"])) == set()


NAMES = {
    "Léa Durand": "Léa Durand",
    "Durand, Léa": "Léa Durand",
    "DURAND Léa (EXT)": "DURAND Léa",
    "Mme Léa Durand": "Léa Durand",
    "Jean-Pierre O’Neill": "Jean-Pierre O’Neill",
    "Léa": "",
    "lea.durand": "",
    "Service RH": "",
    "Recrutement Atelier": "",
    "lea@x.example": "",
    "31 Durand": "",
    "": "",
}


@each_row("displayed", NAMES)
def test_a_person_is_greeted_by_a_name_or_not_at_all(displayed: str) -> None:
    assert spoken_name(displayed) == NAMES[displayed]


TEXTS: dict[str, set[About]] = {
    "Nous ne pouvons malheureusement pas y donner suite. Votre candidature": {About.APPLICATION, About.REFUSAL},
    "We regret to inform you that your application was unsuccessful": {About.APPLICATION, About.REFUSAL},
    "Votre arrêt de travail et votre salaire": {About.HEALTH, About.PAY},
    "Votre entretien préalable au licenciement": {About.INTERVIEW, About.DISCIPLINE},
    "La réunion de service est à dix heures": set(),
    "The meeting is at ten": set(),
}


@pytest.mark.parametrize("text", TEXTS)
def test_what_a_mail_is_about_is_proposed(text: str) -> None:
    assert set(proposed([text])) == TEXTS[text]


def test_categories_of_a_list_follow_from_its_headers() -> None:
    assert set(categories(["Téléphone", "N° sécu", "RQTH", "Poste visé"])) == {
        Category.CONTACT,
        Category.NATIONAL_ID,
        Category.HEALTH,
        Category.EMPLOYMENT,
    }


def test_the_letter_speaks_as_the_mail_does() -> None:
    assert language_of("Nous avons bien reçu votre candidature et nous vous en remercions", "en") == "fr"
    assert language_of("Thank you for your application. We are sorry that we will not be able to", "fr") == "en"
    assert language_of("ok", "fr") == "fr"
    assert language_of("ok", "de") == "en"
