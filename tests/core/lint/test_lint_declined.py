"""A name is found with the endings of the letter's language; a longer name with these letters is left alone."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from each_row import each_row
from lint_cases import inspection_of, table_of

from mailmerge.lint import check
from mailmerge.lint.identities.forms.initials import initials_in
from mailmerge.lint.identities.index import Identities
from mailmerge.lint.identities.masking import identities_in
from mailmerge.lint.identities.what import What
from mailmerge.model import Severity

PEOPLE = (
    "Anna Müller",
    "Thomas Schmitt",
    "Ines Petit",
    "Jan Peter",
    "Lotte Janssen-Koch",
    "Piotr Kowalski",
    "Ewa Nowak",
    "Marek Wójcik",
    "Zofia Lewandowska",
    "Matti Virtanen",
    "Aino Korhonen",
    "István Nagy",
    "Zsófia Kovács",
    "Sophie de Vries",
    "Sven Lindqvist",
    "Petr Novák",
    "Jana Dvořáková",
    "Mette Sørensen",
)


def table(people: Sequence[str] = PEOPLE) -> list[tuple[str, ...]]:
    return [
        ("", first, last, f"u{number}@mail.example", "Juriste", f"RC-00{number:02}", "")
        for number, (first, _blank, last) in enumerate((each.partition(" ") for each in people), 11)
    ]


def whole(first: str, last: str) -> Iterator[tuple[str, str]]:
    """The language, and the name with its endings in a sentence."""
    name = f"{first} {last}"
    yield "de", f"Wir haben {name}s Vertrag geprüft."
    yield "de", f"{name}s neue Bewerbung liegt vor."
    yield "de", f"Die Bewerbung {name}s liegt vor."
    yield "de", f"Frau {name}s Termin"
    yield "nl", f"Wij hebben {name}s contract ontvangen."
    yield "sv", f"Vi har läst {name}s ansökan."
    yield "da", f"Vi har læst {name}s ansøgning."
    yield "nb", f"Vi har lest {name}s søknad."
    yield "fi", f"Olemme lukeneet: {name}n hakemus"
    yield "fi", f"Annoimme paikan: {name}lle"
    yield "hu", f"Felvettük {last} {first}t."
    yield "hu", f"Az állást {last} {first}nak adtuk."
    yield "hu", f"Beszéltünk {last} {first}ról."


GENERATED = [
    (language, text, " ".join(sorted(name.replace("ü", "u").casefold().split())))
    for name in ("Anna Müller", "Thomas Schmitt", "Sven Lindqvist", "Jan Peter")
    for language, text in whole(*name.split())
]
DECLINED = [
    ("pl", "Wybraliśmy Piotra Kowalskiego.", "kowalski piotr"),
    ("pl", "Stanowisko otrzymał po Piotrze Kowalskim.", "kowalski piotr"),
    ("pl", "Daliśmy to Piotrowi Kowalskiemu.", "kowalski piotr"),
    ("pl", "Rozmawiałam z Kowalskim Piotrem.", "kowalski piotr"),
    ("pl", "Umowa Ewy Nowak jest gotowa.", "ewa nowak"),
    ("pl", "Daliśmy to Ewie Nowak.", "ewa nowak"),
    ("pl", "Oferta dla Marka Wójcika.", "marek wojcik"),
    ("pl", "Oferta Zofii Lewandowskiej.", "lewandowska zofia"),
    ("cs", "Vybrali jsme Petra Nováka.", "novak petr"),
    ("cs", "Nabídka pro Janu Dvořákovou.", "dvorakova jana"),
    ("fi", "Valitsimme Matti Virtasen.", "matti virtanen"),
    ("fi", "Paikka annettiin Aino Korhoselle.", "aino korhonen"),
    ("hu", "Felvettük Nagy Istvánt.", "istvan nagy"),
    ("hu", "Beszéltünk Nagy Istvánnal.", "istvan nagy"),
    ("hu", "Kovács Zsófiának adtuk.", "kovacs zsofia"),
]


@each_row(("language", "text", "key"), [*GENERATED, *DECLINED])
def test_a_whole_name_is_found_with_its_endings(language: str, text: str, key: str) -> None:
    found = list(identities_in(Identities(table_of(table()), (), [language]), text))
    assert [(hit.what, hit.key) for hit in found] == [(What.NAME, key)]


OTHERS = [
    ("de", "Ihre Beraterin ist Anna Müllers."),
    ("de", "Ihr Berater Jan Peters\nPersonalabteilung"),
    ("de", "Jan Peters hilft Ihnen gern."),
    ("de", "Jan Peters, Leiter Personal"),
    ("de", "jan peters vertrag"),
    ("nl", "Jan Peters belt u morgen."),
    ("nl", "Met vriendelijke groet,\nJan Peters"),
    ("sv", "Jan Peters ringer dig."),
    ("fr", "Jan Peters Contrat"),
    ("en", "Jan Peters Contract"),
    ("pl", "Spotkanie: ulica Piotra Kowalskiego 3"),
    ("pl", "Wybraliśmy Piotra Kowalskiego-Lisa."),
    ("de", "Anna Müllers-Berg hilft Ihnen."),
    ("de", "Treffpunkt Bäckerei Anna Müllers Söhne"),
    ("pl", "Jana Peter jest z nami."),
    ("pl", "Marka Wójcik jest z nami."),
    ("pl", "Prosimy o kontakt: Adam Nowakowski."),
    ("fi", "Matti Virta soittaa teille."),
    ("fi", "Aino Korhola soittaa teille."),
    ("hu", "Nagy Éva írja alá."),
]


@each_row(("language", "text"), OTHERS)
def test_the_name_of_somebody_else_with_these_letters_is_left_alone(language: str, text: str) -> None:
    identities = Identities(table_of(table()), (), [language])
    assert [hit.text for hit in (*identities_in(identities, text), *initials_in(identities, text))] == []


ONE_NAME = [
    ("de", "Annas Zeugnis", "anna"),
    ("de", "Annas Arbeitsvertrag", "anna"),
    ("de", "Müllers Vertrag", "muller"),
    ("de", "Frau Müllers letzter Bescheid", "muller"),
    ("de", "siehe Schmitts neues Gehalt", "schmitt"),
    ("nl", "Annas dossier", "anna"),
    ("nl", "Sophies loonstrook", "sophie"),
    ("nl", "Anna's sollicitatiebrief", "anna"),
    ("sv", "Lindqvists betyg", "lindqvist"),
    ("da", "Mettes ansøgning", "mette"),
    ("en", "Anna's contract", "anna"),
    ("en", "Schmitt’s final report", "schmitt"),
    ("en", "Thomas' application", "thomas"),
]


@each_row(("language", "text", "key"), ONE_NAME)
@each_row("around", ["{}", "Bitte prüfen: {}.", "{} is here"])
def test_one_name_with_what_is_its_bearers_is_found(language: str, text: str, key: str, around: str) -> None:
    found = initials_in(Identities(table_of(table()), (), [language]), around.format(text))
    assert [(hit.what, hit.key) for hit in found] == [(What.ONE_NAME, key)]


NO_POSSESSION = [
    ("de", "Annas Büro ist geschlossen."),
    ("de", "Karin Müllers Vertrag"),
    ("de", "der Vertrag des Müllers"),
    ("de", "Andreas Vertrag"),
    ("nl", "Annas kamer"),
    ("en", "Annas contract"),
    ("en", "Anna's office"),
    ("en", "the miller's contract"),
    ("fr", "Annas contrat"),
    ("de", "Jans\nVertrag"),
]


@each_row(("language", "text"), NO_POSSESSION)
def test_one_name_without_what_is_its_bearers_is_left_alone(language: str, text: str) -> None:
    assert initials_in(Identities(table_of(table()), (), [language]), text) == []


def test_a_name_that_two_people_have_accuses_nobody() -> None:
    identities = Identities(table_of(table([*PEOPLE, "Anna Weber"])), (), ["de"])
    assert initials_in(identities, "Annas Zeugnis") == []


LETTER = "Subject: Ihre Bewerbung\nContent-Language: de\n\nGuten Tag {{ prenom }} {{ nom }},\n\n{{ poste }}\n"


@each_row(
    ("said", "severity"),
    [
        ("Wir haben Anna Müllers Vertrag geprüft.", Severity.BLOCK),
        ("Wir haben Annas Zeugnis geprüft.", Severity.WARN),
        ("Wir haben Müllers Zeugnis geprüft.", Severity.WARN),
        ("Wir haben Thomas Schmitts Vertrag geprüft.", None),
        ("Wir haben Schmitts Vertrag geprüft.", None),
        ("Wir haben Ihren Vertrag geprüft.", None),
    ],
)
def test_the_letter_to_another_is_stopped_or_warned_of(said: str, severity: Severity | None) -> None:
    rows = [list(row) for row in table()]
    rows[1][4] = said  # what Thomas Schmitt gets
    findings = [each for each in check(inspection_of(table_of(rows), LETTER)).findings if each.rule[:3] == "XRC"]
    assert [(each.rule, each.severity) for each in findings] == ([("XRC402", severity)] if severity else [])
