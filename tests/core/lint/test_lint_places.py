"""A name after a street is the street's; a name after "in your place" is somebody's."""

from __future__ import annotations

from each_row import each_row
from lint_cases import table_of

from mailmerge.lint.identities.index import Identities
from mailmerge.lint.identities.masking import identities_in

IDENTITIES = Identities(table_of())
STREETS = (
    "12 rue {}", "12, rue {}", "12 bis, avenue {}", "boulevard {}", "3 place {}", "3, place {}", "la place {}",
    "place {}, 31000 Toulouse", "au lycée {}", "à l'hôpital {}", "l'école {}", "place du Docteur {}",
    "rue du Général {}", "12 cours {}", "la salle {}", "le pont {}", "via {} 12", "le Prix {}", "la remise du prix {}",
    "7 {} Street",
    "stade {}", "12 {} Road", "{}-Straße 4", "{} School",
    "przy ul. {} 12", "przy Szkole Podstawowej im. {}", "Dom Kultury imienia {}",
)  # fmt: skip
PEOPLE_THERE = (
    "à la place de {}", "à la place d'{}", "à votre place, {}", "à votre place {}", "à sa place {}",
    "au second tour, {}", "au second tour {}", "en cours, {}", "au cours de {}", "via {}", "par {}",
    "la place, {}", "notre choix : {}", "le tour de {}", "place. {}", "rue de la Paix, {}",
    "3 candidats, à votre place {}", "le prix {}", "le parc {}", "au prix de {}", "sur place : {}", "salle 12, {}",
)  # fmt: skip


@each_row("around", STREETS)
def test_a_street_or_a_building_is_nobody(around: str) -> None:
    assert list(identities_in(IDENTITIES, around.format("Paul Nguyen"))) == []


@each_row("around", PEOPLE_THERE)
def test_somebody_in_a_place_is_somebody(around: str) -> None:
    assert [hit.text for hit in identities_in(IDENTITIES, around.format("Paul Nguyen"))] == ["Paul Nguyen"]
