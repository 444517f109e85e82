"""A surname set apart, an initial with a surname, a reference with signs and blanks: all say who is meant."""

from __future__ import annotations

from collections.abc import Callable

from each_row import each_row
from identity_forms import CODES, LOCALES, Someone, people, table_for
from lint_cases import LETTER, changed, inspection_of, report_of
from msgspec.structs import replace
from rule_cases import attached, found, theirs

from mailmerge.lint import LintSettings
from mailmerge.lint.identities.doubt.ordinary import ORDINARY
from mailmerge.lint.identities.forms.initials import initials_in
from mailmerge.lint.identities.index import Identities
from mailmerge.lint.identities.masking import identities_in
from mailmerge.model import Severity
from mailmerge.text.folding import fold

Form = Callable[[Someone], str]
APART: dict[str, Form] = {
    "brackets": lambda w: f"{w.first} ({w.last})",
    "brackets without a blank": lambda w: f"{w.first}({w.last})",
    "square brackets": lambda w: f"{w.first} [{w.last}]",
    "capitals in brackets": lambda w: f"{w.first} ({w.last.upper()})",
    "a title in brackets": lambda w: f"{w.first} (Mme {w.last})",
    "a dash": lambda w: f"{w.first} – {w.last}",
    "a slash": lambda w: f"{w.first} / {w.last}",
    "a comma on a line of its own": lambda w: f"\n{w.first}, {w.last}\n",
    "a form on one line": lambda w: f"Nom : {w.last} / Prénom : {w.first}",
    "a form with semicolons": lambda w: f"apellidos: {w.last}; nombre: {w.first}",
}
TITLED: dict[str, Form] = {
    "Mr N. Reed": lambda w: f"Mr {w.first[0]}. {w.last}",
    "Mr N Reed": lambda w: f"Mr {w.first[0]} {w.last}",
    "Frau A. REED": lambda w: f"Frau {w.first[0]}. {w.last.upper()}",
    "Monsieur Reed N.": lambda w: f"Monsieur {w.last} {w.first[0]}.",
    "Mr. Reed, N.": lambda w: f"Mr. {w.last}, {w.first[0]}.",
}
BARE: dict[str, Form] = {
    "N. Reed": lambda w: f"{w.first[0]}. {w.last}",
    "REED N.": lambda w: f"{w.last.upper()} {w.first[0]}.",
    "Reed, N.": lambda w: f"{w.last}, {w.first[0]}.",
}
SPACED: dict[str, Callable[[str], str]] = {
    sign: lambda code, sign=sign: code.replace("-", sign).replace("/", sign)  # type: ignore[misc]
    for sign in (" - ", " – ", " / ", " . ", ": ", " : ", "\u00a0-\u00a0", " (", " n° ", "# ")
}


def distinct(locale: str) -> list[Someone]:
    """People of whom each has a surname and an initial of their own, and one that is no word."""
    seen: dict[tuple[str, str], Someone] = {}
    some = people(locale)
    surnames = [fold(each.last) for each in some]
    for each in some:
        if surnames.count(fold(each.last)) == 1 and not ORDINARY.issuperset(fold(each.last).split()):
            seen.setdefault((each.first[0], fold(each.last)), each)
    return list(seen.values())


@each_row("form", APART)
@each_row("locale", ["fr_FR", "en_GB", "de_DE", "es_ES", "it_IT", "pl_PL", "mixed"])
def test_a_surname_set_apart_is_a_name(locale: str, form: str) -> None:
    some = distinct(locale)
    firsts = {fold(each.first).replace(" ", "") for each in some}
    identities = Identities(table_for(tuple(some)))
    missed = [
        text
        for number, who in enumerate(some, 1)
        if fold(who.last).replace(" ", "") not in firsts
        for text in [f"Nous avons retenu {APART[form](who)} pour ce poste."]
        if not any(number in hit.owners for hit in identities_in(identities, text))
    ]
    assert missed == []


@each_row(
    "text",
    [
        "Bonjour Hugo,\n\nPetit rappel de votre rendez-vous.",
        "Merci à Inès, Jean et Zoé.",
        "Hugo (Paris) et Zoé (Lyon) animent la séance.",
        "Nous verrons Paul, Dupont SA et les autres.",
        "Animé par Jean, Nguyen et Paul.",
        "nom : Petit. Inès arrive demain.",
    ],
)
def test_first_names_towns_and_sentences_are_no_surname_set_apart(text: str) -> None:
    rows = [*changed(2, nom="Paris", prenom="Hugo")]
    identities = inspection_of(rows).identities
    assert [hit.text for hit in identities_in(identities, text)] == []


@each_row("form", SPACED)
@each_row("kind", ["letters and digits", "three groups"])
def test_a_reference_with_signs_and_blanks_is_the_reference(kind: str, form: str) -> None:
    some = people("fr_FR", len(CODES[kind]))
    table = table_for(tuple(replace(who, reference=code) for who, code in zip(some, CODES[kind], strict=False)))
    identities = Identities(table)
    missed = [
        code
        for number, code in enumerate(CODES[kind][: len(some)], 1)
        if not any(
            number in hit.owners for hit in identities_in(identities, f"Votre dossier {SPACED[form](code)} est clos.")
        )
    ]
    assert missed == []


@each_row("text", ["groupe C - 1042 euros", "à 10412", "RC. Le 10412 est plein", "RC\n10412"])
def test_other_words_beside_a_number_are_no_reference(text: str) -> None:
    identities = inspection_of(changed(2, reference="C1042")).identities
    assert list(identities_in(identities, text)) == []


@each_row("form", [*TITLED, *BARE])
@each_row("locale", LOCALES[:10])
def test_an_initial_with_a_surname_says_who_is_meant(locale: str, form: str) -> None:
    some = distinct(locale)
    identities = Identities(table_for(tuple(some)))
    missed = [
        text
        for number, who in enumerate(some, 1)
        if len(fold(who.first.split()[0])) > 1 and (form != "N. Reed" or who.first[0] != "M")  # M. is a title
        for text in [f"Vu avec {({**TITLED, **BARE}[form])(who)} hier."]
        if not any(number in hit.owners for hit in initials_in(identities, text))
    ]
    assert missed == []


@each_row("form", TITLED)
@each_row("place", ["a cell", "the letter", "one's own file", "a file for all"])
def test_a_title_an_initial_and_a_surname_warn_wherever_they_are(place: str, form: str) -> None:
    who = Someone("Zoé", "Lefèvre", "", "", "", "")
    text = f"Vu avec {TITLED[form](who)} hier."
    match place:
        case "a cell":
            inspection = inspection_of(changed(2, poste=text))
        case "the letter":
            inspection = inspection_of(letter=f"{LETTER}\n{text}\n")
        case "one's own file":
            inspection = theirs(".txt", f"Attestation de Jean Dupont. {text}".encode(), 2)()
        case _:
            inspection = attached("plan.txt", text.encode())()
    told = [f for code in ("XRC402", "ATT502") for f in found(inspection, code)]
    assert [finding.severity for finding in told] == [Severity.WARN]
    assert 3 in told[0].others
    assert 2 in told[0].affected
    assert 3 not in told[0].affected


@each_row(
    "text",
    [
        "Vu avec J. Dupont hier.",  # oneself
        "Vu avec Mme X. Lefèvre hier.",
        "Vu avec M. Lefèvre hier.",
        "Annexe Z. Lefèvre n'y est pas.",
        "Partie I. Petit rappel.",
        "Salle Z. Lefèvre ouvre.",
    ],
)
def test_another_initial_a_title_alone_or_a_part_of_something_is_nobody(text: str) -> None:
    report = report_of(changed(2, poste=text))
    assert [f.message for f in report.findings if f.rule == "XRC402"] == []


def test_whoever_signs_may_have_the_initial_and_surname_of_a_candidate() -> None:
    rows = changed(3, prenom="Chloé", nom="Martin", adresse_e_mail="chloe.martin@mail.example")
    for text, settings in (("C. Martin", LintSettings()), ("Z. Martin", LintSettings(signatories=("Zoé Martin",)))):
        assert not found(inspection_of(changed(2, rows, poste=f"Vu avec {text}."), settings=settings), "XRC402")


def test_two_people_of_one_initial_and_surname_are_nobody_in_particular() -> None:
    rows = changed(4, prenom="Zélie", nom="Lefèvre")
    assert not found(inspection_of(changed(2, rows, poste="Vu avec Z. Lefèvre.")), "XRC402")


def test_one_signature_in_a_file_is_no_list_and_three_initials_are() -> None:
    for text, count in (("Fait à Lyon. Z. Lefèvre", 0), ("Z. Lefèvre 14/20\nP. Nguyen 12/20\nA. Benali 9/20", 3)):
        told = found(theirs(".txt", f"Attestation de Jean Dupont\n{text}".encode(), 2)(), "ATT502")
        assert len(told) == count
