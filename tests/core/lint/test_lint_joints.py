"""What people write between the parts of a name or a reference does not hide whose it is; what it looks like stays."""

from __future__ import annotations

from each_row import each_row
from identity_campaigns import PLACES, leaking
from identity_forms import CODES, Someone, people, table_for
from lint_cases import LETTER, PEOPLE, changed, inspection_of
from rule_cases import attached, found

from mailmerge.lint import check
from mailmerge.lint.identities.doubt.ordinary import ORDINARY
from mailmerge.lint.identities.index import Identities
from mailmerge.lint.identities.masking import identities_in
from mailmerge.model import Severity
from mailmerge.text.folding import fold

LINKS = (
    """
    né, née, dit, dite, alias, épouse, veuve, ex-, nom de jeune fille, nom d'usage, connu sous le nom de,
    born, aka, a.k.a., also known as, formerly, f/k/a, maiden name, geb., geborene, vormals, genannt, auch bekannt als,
    nacida, conocido como, de soltera, nato, detta, noto come, voorheen, ook bekend als, z domu, zwany, vel, nascida,
    conhecido como
""".replace("\n    ", " ")
    .strip()
    .split(", ")
)
AROUND = {
    "between": "{first} {link} {last}",
    "in brackets": "{first} ({link} {last})",
    "after a comma": "{first}, {link} {last}",
    "after another surname": "{first} Zwolinska {link} {last}",
    "surname first": "{last} {link} {first}",
}
SEPARATORS = (" : ", ": ", " – ", " / ", " → ", " > ", " = ", " + ", " * ", " … ", " . ", " ~ ", " | ")
NUMBERS = ("no", "no.", "n°", "nº", "№", "nr", "Nr.", "num.", "numéro", "number", "Nummer", "réf.", "ref", "– no.")


def _known(locale: str) -> list[Someone]:
    """People whose names are no words, and whose surname is nobody's first name."""
    some = people(locale)
    firsts = {fold(each.first).replace(" ", "") for each in some}
    return [
        each
        for each in some
        if not ORDINARY.issuperset(fold(f"{each.first} {each.last}").split())
        and not ORDINARY.issuperset(fold(each.last).split())
        and fold(each.last).replace(" ", "") not in firsts
    ]


def _missed(some: list[Someone], texts: list[str]) -> list[str]:
    identities = Identities(table_for(tuple(some)))
    return [
        text
        for number, text in enumerate(texts, 1)
        if not any(number in hit.owners for hit in identities_in(identities, f"Nous avons vu {text} hier."))
    ]


@each_row("around", AROUND)
@each_row("link", LINKS)
def test_a_word_that_links_two_names_hides_nobody(link: str, around: str) -> None:
    for locale in ("fr_FR", "de_DE", "pl_PL", "mixed"):
        some = _known(locale)
        texts = [AROUND[around].format(first=who.first, last=who.last, link=link).replace("- ", "-") for who in some]
        assert _missed(some, texts) == []


@each_row("sign", SEPARATORS)
@each_row("locale", ["fr_FR", "en_GB", "es_ES", "nl_NL", "tr_TR", "mixed"])
def test_a_sign_between_first_name_and_surname_hides_nobody(locale: str, sign: str) -> None:
    some = _known(locale)
    assert _missed(some, [f"{who.first}{sign}{who.last}" for who in some]) == []
    assert _missed(some, [f"{who.last.upper()}{sign}{who.first}" for who in some]) == []


@each_row("number", NUMBERS)
@each_row("kind", ["letters and digits", "joined"])
def test_a_word_for_a_number_within_a_reference_hides_it_not(kind: str, number: str) -> None:
    for code in CODES[kind]:
        letters = "".join(filter(str.isalpha, code))
        digits = "".join(filter(str.isdigit, code))
        identities = inspection_of(changed(2, reference=code)).identities
        for text in (f"{letters} {number} {digits}", f"{letters} ({number} {digits})", f"{number} {letters}-{digits}"):
            found = [hit.owners for hit in identities_in(identities, f"Votre dossier {text} est clos.")]
            assert (2,) in found, text


@each_row("kind", ["letters and digits", "joined", "three groups"])
@each_row("sign", [" ", ".", ". ", "-", "/", "\u00a0"])
def test_the_letters_of_a_reference_may_be_apart(sign: str, kind: str) -> None:
    for code in CODES[kind]:
        letters = "".join(filter(str.isalpha, code))
        apart = sign.join(letters) + code[len(letters) :].replace("-", " ")
        apart = apart if apart[len(sign.join(letters))] in " /-" else f"{sign.join(letters)} {code[len(letters) :]}"
        identities = inspection_of(changed(2, reference=code)).identities
        assert [hit.owners for hit in identities_in(identities, f"Dossier {apart}.")] == [(2,)], apart


SHORTENED = {
    "Karim/Ben Slimane": "Karim B. Slimane, Karim B Slimane, B. Slimane Karim, SLIMANE (B.) Karim",
    "Anna/van der Berg": "Anna v. d. Berg, Anna v.d. Berg, Anna V. Berg",
    "Jean-Pierre/Roussel": "Jean-P. Roussel, J. Pierre Roussel, J.-Pierre Roussel, Roussel J. Pierre",
    "María/García Lozano": "María G. Lozano, G. Lozano María, Lozano, María G.",
    "Luc/Saint-Avit": "Luc St-Avit, Luc St Avit, Luc S. Avit, ST AVIT Luc",
    "Awa/Ould Ahmed": "Awa O. Ahmed",
    "Anna Maria/Kowalczyk": "Anna M. Kowalczyk, A. Maria Kowalczyk",
}


@each_row(
    "whole", ["Karim/Ben Slimane", "Jean-Pierre/Roussel", "Luc/Saint-Avit", "Awa/Ould Ahmed", "Anna Maria/Kowalczyk"]
)
def test_an_initial_in_place_of_a_part_of_a_name_hides_nobody(whole: str) -> None:
    first, _, last = whole.partition("/")
    identities = inspection_of(changed(2, prenom=first, nom=last)).identities
    for text in SHORTENED[whole].split(", "):
        if "(" not in text:
            found = [hit.owners for hit in identities_in(identities, f"Nous avons vu {text} hier.")]
            assert found == [(2,)], text


@each_row("place", PLACES)
def test_linked_and_numbered_leaks_are_stopped_at_every_place(place: str) -> None:
    some = tuple(_known("fr_FR")[:6])
    other = some[1]
    digits = other.reference.partition("-")[2]
    for text in (
        f"{other.first} alias {other.last}",
        f"{other.first} née {other.last}",
        f"{other.first} : {other.last}",
        f"CAND no {digits}",
        f"C A N D {digits}",
    ):
        stopped = [f for f in check(leaking(place, text, some)).blocks if f.rule[:3] in ("XRC", "MSG", "TPL")]
        assert any(1 in finding.affected for finding in stopped), text


@each_row(
    "text",
    [
        "Hugo est né à Durand-sur-Loire.",
        "Merci Hugo.\nNée en 1990, Mme Durand vous écrira.",
        "Hugo est dit le sage. Durand est plein.",
        "Équipe Hugo : Durand, Lefèvre et Nguyen.",
        "Bonjour Hugo :\nDurand SA vous attend.",
        "Cher Hugo,\n\nDurand et fils, anciennement Dupuis.",
        "RC. Le 10412 est plein.",
        "Dossier RC\n\nNo 10412",
        "groupe C no 1042",
        "No 10412 is not RC.",
        "Nous vous attendons au parc Hugo Durand.",
        "Rendez-vous dans la salle Hugo Durand.",
        "Prix Hugo Durand",
        "12 cours Hugo Durand",
        "lycée Hugo Durand",
        "face à la tour Hugo Durand",
        "inscription à la promenade Hugo Durand",
    ],
)
def test_words_that_only_look_linked_are_nobody(text: str) -> None:
    rows = [*changed(2, nom="Durand", prenom="Hugo", reference="RC-10412")]
    identities = inspection_of(changed(3, rows, reference="C1042")).identities
    assert [hit.text for hit in identities_in(identities, text)] == []


@each_row("text", ["Nous préférons le parc Hugo Durand.", "C'est le prix Hugo Durand.", "la tour Hugo Durand"])
def test_a_word_of_many_meanings_before_a_name_is_no_place_without_evidence(text: str) -> None:
    identities = inspection_of(changed(2, nom="Durand", prenom="Hugo")).identities
    assert [hit.owners for hit in identities_in(identities, text)] == [(2,)]


@each_row("text", ["Nous avons vu Z. Lefèvre.", "Le poste revient à Z. Lefèvre.", "we have met Z. Lefèvre"])
def test_an_initial_within_a_sentence_of_the_letter_is_told_and_a_signature_is_not(text: str) -> None:
    told = [f.rule for f in check(inspection_of(letter=f"{LETTER}\n{text}\n")).findings if "Lefèvre" in f.message]
    assert "XRC402" in told
    for signed in ("Z. Lefèvre", "Signé par Z. Lefèvre", "Pour la direction, Z. Lefèvre"):
        said = [f for f in check(inspection_of(letter=f"{LETTER}\n{signed}\n")).findings if f.rule == "XRC402"]
        assert said == [], signed


FORMS = {
    "dashes and a town": "{last} - Toulouse - {first}",
    "a dash and slashes": "{first} / Toulouse / {last}",
    "first and last name": "First name: {first}\nLast name: {last}",
    "family name": "Family name = {last}; given name = {first}",
    "last and first": "last: {last}\nfirst: {first}",
    "nom de famille": "Prénom : {first}, nom de famille : {last}",
    "apellido": "Primer apellido: {last} Nombre de pila: {first}",
}


@each_row("form", FORMS)
@each_row("locale", ["fr_FR", "en_GB", "de_DE", "pl_PL"])
def test_a_typed_row_and_a_form_with_labels_of_two_words_hide_nobody(locale: str, form: str) -> None:
    some = _known(locale)
    identities = Identities(table_for(tuple(some)))
    missed = [
        text
        for number, who in enumerate(some, 1)
        for text in [f"Dossier\n{FORMS[form].format(first=who.first, last=who.last)}\nfin"]
        if not any(number in hit.owners for hit in identities_in(identities, text))
    ]
    assert missed == []


@each_row(
    "text",
    [
        "Hugo - Zoé - Paul - Lefèvre - Nguyen",  # more than two names: a list
        "Paul - Lyon",
        "Durand first. Last name: none. Hugo",
        "What we last said, Hugo, was given to Durand.",
    ],
)
def test_a_list_of_first_names_and_words_that_are_labels_elsewhere_are_nobody(text: str) -> None:
    identities = inspection_of(changed(2, nom="Durand", prenom="Hugo")).identities
    assert [hit.text for hit in identities_in(identities, text)] == []


FURTHER = {
    "Ian/McKenna": "Ian Mac Kenna, Ian MacKenna, MACKENNA Ian",
    "Ian/MacLeod": "Ian McLeod, Ian Mc Leod",
    "Ana/De la Fuente": "Ana Fuente, Ana de La Fuente, FUENTE Ana",
    "Nadia/El Amrani": "Nadia Elamrani, Nadia Amrani",
    "José/García Pérez": "José García, Jose Garcia Perez",
    "Luc/Saint-Avit": "Luc St Avit, Luc St-Avit",
    "Lise/Sainte-Croix": "Lise Ste Croix",
}


@each_row("whole", FURTHER)
def test_a_surname_in_the_other_of_its_usual_forms_is_the_surname(whole: str) -> None:
    first, _, last = whole.partition("/")
    identities = inspection_of(changed(2, prenom=first, nom=last)).identities
    for text in FURTHER[whole].split(", "):
        assert [hit.owners for hit in identities_in(identities, f"Nous avons vu {text} hier.")] == [(2,)], text


SURNAMES = ("Petit", "Kowalski", "Lefèvre", "Nguyen", "Benali", "Charpentier", "Vasseur", "Garrec")
LISTS = {
    "commas": ", ".join,
    "titles": lambda names: ", ".join(f"M. {name}" for name in names),
    "slashes": " / ".join,
    "lines": "\n".join,
    "capitals": lambda names: " ".join(names).upper(),
    "dashes": " – ".join,
}


@each_row("form", LISTS)
@each_row("place", ["the letter", "a file for all"])
def test_a_list_of_surnames_is_told_in_the_letter_and_in_a_file(place: str, form: str) -> None:
    text = f"Seront présents :\n{LISTS[form]([row[2] for row in PEOPLE[1:]])}\nà 9 h."
    if place == "the letter":
        inspection = inspection_of(letter=f"{LETTER}\n{text}\n")
    else:
        inspection = attached("plan.txt", text.encode())()
    told = [f for code in ("XRC402", "ATT502") for f in found(inspection, code)]
    assert [finding.severity for finding in told] == [Severity.WARN]
    assert 1 in told[0].affected


@each_row(
    "text",
    [
        "Avec Julie Kowalski, Marc Lefèvre, Odile Nguyen, Rémi Benali, Ève Charpentier et Luc Vasseur.",
        "Kowalski, Lefèvre, Nguyen et Benali.",
        "Nos agences : Lyon, Paris, Lens, Laval, Nancy, Troyes et Tours.",
    ],
)
def test_colleagues_with_first_names_four_surnames_and_towns_are_no_list(text: str) -> None:
    rows = [
        ("M.", f"Prénom{name}", name, f"z{number}@x.example", "Juriste", f"RC-9{number:03}", "")
        for number, name in enumerate(SURNAMES)
    ]
    report = check(inspection_of(rows, f"{LETTER}\n{text}\n"))
    assert [f.message for f in report.findings if f.rule in ("XRC402", "TPL203")] == []


@each_row("form", ["{} {}", "{} : {}", "{} ({})", "{} – {}", "{}: {},5", "{}\t{}"])
@each_row("first", range(3), ids=["ordinary words among them", "no such words", "the last ones"])
def test_three_surnames_with_a_figure_behind_each_are_a_list(form: str, first: int) -> None:
    rows = [
        ("M.", f"Prénom{name}", name, f"z{number}@x.example", "Juriste", f"RC-9{number:03}", "")
        for number, name in enumerate(SURNAMES)
    ]
    marks = ", ".join(form.format(name, 40 + 7 * number) for number, name in enumerate(SURNAMES[first : first + 3]))
    told = found(inspection_of(rows, f"{LETTER}\nPour comparer : {marks}.\n"), "XRC402")
    assert [finding.severity for finding in told] == [Severity.WARN]


@each_row(
    "text",
    [
        "Petit 12, Kowalski 9.",
        "Petit, Kowalski 12, Lefèvre.",
        "Salle Petit 12, Salle Kowalski 9, Salle Lefèvre 3.",
        "Petit à 9h30, Kowalski 10h, Lefèvre 11h15.",
        "Julie Petit 12, Marc Kowalski 9, Odile Lefèvre 3.",
    ],
)
def test_two_of_them_rooms_and_hours_are_none(text: str) -> None:
    rows = [
        ("M.", f"Prénom{name}", name, f"z{number}@x.example", "Juriste", f"RC-9{number:03}", "")
        for number, name in enumerate(SURNAMES)
    ]
    assert found(inspection_of(rows, f"{LETTER}\n{text}\n"), "XRC402") == []
