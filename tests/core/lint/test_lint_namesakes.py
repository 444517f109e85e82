"""A thing that is called as somebody of the table is called is nobody; the same name of a person still is."""

from __future__ import annotations

from each_row import each_row
from lint_cases import table_of

from mailmerge.lint.extract.encodings import decoded_views
from mailmerge.lint.identities.index import Identities
from mailmerge.lint.identities.masking import identities_in
from mailmerge.lint.identities.reading import Reading

PEOPLE = (("Mary", "Rose"), ("Hugo", "Durand"), ("Marie", "Curie"), ("Jean", "Moulin"), ("Łucja", "Nowak"))
IDENTITIES = Identities(
    table_of(
        [[first, last, f"x{number}@mail.example"] for number, (first, last) in enumerate(PEOPLE)],
        ["Prénom", "Nom", "Adresse e-mail"],
    )
)
THINGS = (
    # French
    "l'équipage du {}", "à bord du {}", "à bord de la {}", "au musée, le {} est exposé", "le voilier {}",
    "le navire « {} »", "une goélette nommée {}", "la péniche {}", "promotion {}", "la bourse {}", "le programme {}",
    "l'orchestre {}", "le rosier {}", "la tempête {}", "12 rue {}", "lycée {}", "le Prix {}", "l'hôpital {}",
    "la fête se tient sur le {}.", "visite du {} à quai", "la chorale {}", "la paroisse {}",
    # English
    "the {}", "aboard the {}", "the ship {}", "a yacht called {}", "the {} Prize", "the {} sails at noon",
    "the {} Museum", "the {} Trust", "a visit to the {}, then lunch", "the lifeboat \"{}\"", "{} School",
    "St Mary's church and the {} Orchestra", "hurricane {}", "the {} Scholarship", "the pub called the {}",
    # others
    "das Schiff {}", "an Bord der {}", "das Segelschiff „{}“", "der {}-Preis", "{}-Straße 4", "der Chor {}",
    "el barco {}", "a bordo del {}", "la beca {}", "la nave chiamata {}", "a bordo della {}", "il veliero {}",
    "het schip {}", "aan boord van de {}", "de beurs {}", "de {}-prijs",
    "statek {}", "nagroda {}", "o navio {}", "a bolsa {}",
    "nava {}", "el colegio {}", "cabinet {} & Fils", "{} & Sons", "{} GmbH",
    # where one eats
    "au restaurant Chez {}", "le bistrot « {} »", "l'auberge Chez {}", "la Brasserie {}", "lunch at {}'s Bistro",
    "the {} Hotel", "der Gasthaus {}", "im Gasthof zum {}", "en Casa {}", "la trattoria da {}", "na Tasca do {}",
    "w restauracji U {}", "bij Café {}",
)  # fmt: skip
BY_ARTICLE = (
    "l'équipage du {}", "au musée, le {} est exposé", "la fête se tient sur le {}.", "visite du {} à quai", "the {}",
    "the {} sails at noon", "a visit to the {}, then lunch",
)  # fmt: skip
"""Of these, what nothing but an article says."""
SOMEBODY = (
    "on se retrouve chez {}", "le dîner est chez {}", "au restaurant, {} a parlé", "le restaurant de {}",
    "la casa de {}",
    "the place went to {}", "we chose {}", "{} was chosen", "the {} application", "the {} interview",
    "the {} file", "on the boat, {} was better", "we met {} on the ship", "the prize went to {}",
    "nous avons retenu {}", "le dossier de {}", "le prix de {}", "devant {}", "le bateau, {} aussi", "au profit de {}",
    "par {}", "le choix du jury : {}", "le groupe de {}", "au jury, {} a plu", "du coup {} commence lundi",
    "der Platz ging an {}", "wir haben {} gewählt", "die Stelle bekam {}", "das Boot von {}",
    "la plaza fue para {}", "hemos elegido a {}", "abbiamo scelto {}", "il posto è di {}",
    "de plaats ging naar {}", "wybraliśmy {}", "escolhemos {}", "am ales pe {}",
)  # fmt: skip


@each_row(("around", "name"), [(around, " ".join(name)) for around in THINGS for name in PEOPLE])
def test_a_thing_that_bears_the_name_is_nobody(around: str, name: str) -> None:
    assert list(identities_in(IDENTITIES, around.format(name))) == []


@each_row("around", (*THINGS, "la festa è a bordo della {}", "il y a à bord du {}", "o i na pokładzie {}"))
def test_nor_when_a_disguise_is_taken_off(around: str) -> None:
    for name in PEOPLE:
        for view in decoded_views(around.format(" ".join(name))):
            assert list(identities_in(IDENTITIES, view)) == []


@each_row("around", (*THINGS, "pour le poste : le {}", "la candidature au {}", "l'annonce du {}"))
def test_words_of_the_letter_say_nothing_of_what_a_wrong_cell_has(around: str) -> None:
    before, _, after = around.partition("{}")
    for name in map(" ".join, PEOPLE):
        span = (len(before), len(before) + len(name))
        reading = Reading(f"{before}{name}{after}", cells=lambda span=span: [span])
        assert [hit.text for hit in IDENTITIES.found_in(reading)] == [name]


@each_row("around", [around for around in THINGS if around not in BY_ARTICLE])
def test_words_of_the_same_cell_do(around: str) -> None:
    for name in map(" ".join, PEOPLE):
        before, cell = "Cafe\u0301 ", around.format(name)
        span = (len(before), len(before) + len(cell))
        assert IDENTITIES.found_in(Reading(before + cell, cells=lambda span=span: [span])) == []


@each_row(("around", "name"), [(around, " ".join(name)) for around in SOMEBODY for name in PEOPLE])
def test_a_person_of_that_name_is_somebody(around: str, name: str) -> None:
    assert [hit.text for hit in identities_in(IDENTITIES, around.format(name))] == [name]
