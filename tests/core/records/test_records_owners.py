"""Names and addresses are judged together: the right column, or a question, and never somebody else's address."""

from __future__ import annotations

from itertools import permutations
from pathlib import Path

import pytest
from each_row import each_row
from hypothesis import given
from hypothesis import strategies as st

from mailmerge.errors import EmailColumnUnclear
from mailmerge.model import ColumnEvidence, RecordTable
from mailmerge.records import preview_table, read_table
from mailmerge.records.columns.headers import AddressClue, mail_grade
from mailmerge.records.columns.local_parts import likeness, pieces_of
from mailmerge.text.folding import strip_accents

PEOPLE = [
    ("Zoé", "Lefèvre"), ("Paul", "Petit-Jean"), ("Ana", "Gil"), ("Luc", "d'Arcy"), ("Inès", "Roux"), ("Hugo", "Petit"),
]  # fmt: skip
OTHERS = [
    ("Claire", "Martin"), ("Karl", "Vogel"), ("Rosa", "Neri"), ("Tim", "Jansen"), ("Eva", "Alonso"), ("Rui", "Costa"),
]  # fmt: skip
FORMS = {
    "first.last": "{f}.{l}", "flast": "{i}{l}", "last.first": "{l}.{f}", "firstlast": "{f}{l}", "f-last": "{i}-{l}",
    "last_f": "{l}_{i}", "first.last2": "{f}.{l}2",
}  # fmt: skip
OPAQUE = [f"candidature{n}@x.example" for n in range(len(PEOPLE))]
LANGUAGES = {
    "fr": ("Prénom", "Nom"), "en": ("First name", "Last name"), "de": ("Vorname", "Nachname"),
    "es": ("Nombre", "Apellidos"), "it": ("Nome", "Cognome"), "nl": ("Voornaam", "Achternaam"),
    "pt": ("Nome", "Sobrenome"),
}  # fmt: skip
OWN = {
    "fr": ["E-mail", "Courriel du participant", "Email candidat", "Email (obligatoire)", "E-mail 1",
           "Adresse mail perso", "Votre adresse électronique", "Mél. de l'élève", "E-mail professionnel",
           "Adresse de messagerie principale"],
    "en": ["Email", "Primary Email", "Candidate e-mail", "Your email address (required)", "Personal Email",
           "Work email",
           "Applicant Email Address", "E-mail of the student", "Preferred email"],
    "de": ["E-Mail", "E-Mail-Adresse", "E-Mail der Bewerberin", "E-Mail-Adresse des Kandidaten (Pflichtfeld)",
           "Private E-Mail", "Persönliche E-Mail-Adresse", "Emailadresse", "E-Mail (dienstlich)", "Teilnehmer E-Mail"],
    "es": ["Correo electrónico", "Correo", "Correo del candidato", "Email personal", "Correo electrónico (obligatorio)",
           "Dirección de correo electrónico", "E-mail del alumno", "Correo principal"],
    "it": ["E-mail", "Indirizzo e-mail", "Posta elettronica", "Email del candidato", "E-mail personale",
           "Email privata",
           "Indirizzo di posta elettronica (obbligatorio)", "E-mail dello studente"],
    "nl": ["E-mail", "E-mailadres", "E-mailadres van de kandidaat", "Persoonlijk e-mailadres", "E-mail (verplicht)",
           "E-mail deelnemer", "Zakelijk e-mailadres"],
    "pt": ["E-mail", "Correio eletrónico", "Endereço de e-mail", "E-mail do candidato", "Email pessoal",
           "E-mail (obrigatório)", "E-mail do aluno"],
}  # fmt: skip
ROLES = {
    "fr": ["paie", "CPE", "tuteur", "notaire", "belle-mère", "chasseur de têtes", "bailleur", "infirmière référente"],
    "en": ["referee", "payroll", "carer", "GP", "landlord", "school", "headhunter", "PA", "next door neighbour"],
    "de": ["Vorgesetzter", "Führungskraft", "Eltern", "Ansprechpartner", "Hausarzt", "Nachbarin", "Betriebsrat"],
    "es": ["del jefe", "del tutor", "de la empresa", "del vecino", "de la gestoría"],
    "it": ["genitore", "del responsabile", "del medico", "del vicino", "dello studio"],
    "nl": ["leidinggevende", "ouder", "huisarts", "buurvrouw", "uitzendbureau"],
    "pt": ["do chefe", "da mãe", "do encarregado de educação", "do vizinho", "do gabinete"],
}
EITHER = [
    "Agent email", "Email du contact", "Email du client", "Customer email", "E-Mail Kontakt", "Correo del cliente",
    "Email contatto", "E-mail klant", "E-mail do cliente",
]  # fmt: skip
QUALIFIED = ["{mail} {role}", "{role} {mail}", "{mail} ({role})", "{role}_{mail}", "{mail} - {role}"]
MAIL_WORD = {"fr": "Courriel", "en": "Email", "de": "E-Mail", "es": "Correo", "it": "E-mail", "nl": "E-mailadres",
             "pt": "E-mail"}  # fmt: skip


def address(first: str, last: str, form: str = "first.last") -> str:
    def letters(name: str) -> str:
        return "".join(character for character in strip_accents(name) if character.isalpha())

    f, last = letters(first), letters(last)
    return FORMS[form].format(f=f, i=f[0], l=last) + "@x.example"


def addresses(people: list[tuple[str, str]], form: str = "first.last") -> list[str]:
    return [address(first, last, form) for first, last in people]


def path_of(folder: Path, columns: dict[str, list[str]]) -> Path:
    path = folder / "table.csv"
    rows = [list(columns), *map(list, zip(*columns.values(), strict=True))]
    path.write_text("\n".join(";".join(row) for row in rows) + "\n", encoding="utf-8")
    return path


def chosen(folder: Path, columns: dict[str, list[str]]) -> str:
    """The header of the e-mail column; ``""`` where somebody is asked, in one line that says how to answer."""
    path = path_of(folder, columns)
    try:
        table = read_table(path)
    except EmailColumnUnclear as refusal:
        return "" if "[columns] email = " in str(refusal) and "\n" not in str(refusal) else str(refusal)
    return table.header(table.columns.email)


def named(language: str) -> dict[str, list[str]]:
    first, last = LANGUAGES[language]
    return {first: [first for first, _ in PEOPLE], last: [last for _, last in PEOPLE]}


@each_row(("language", "header"), [(language, header) for language in OWN for header in OWN[language]])
def test_a_header_for_ones_own_address_is_taken_in_silence(tmp_path: Path, language: str, header: str):
    assert mail_grade(header).is_own
    for content in (addresses(PEOPLE), OPAQUE):
        assert chosen(tmp_path, {**named(language), header: content}) == header
        assert chosen(tmp_path, {"N°": list("123456"), header: content}) == header


@each_row(("language", "role"), [(language, role) for language in ROLES for role in ROLES[language]])
def test_an_address_of_whoever_else_is_a_question_or_not_written_to(tmp_path: Path, language: str, role: str):
    few = [*addresses(OTHERS[:2])] * 3
    for phrase in QUALIFIED:
        header = phrase.format(mail=MAIL_WORD[language], role=role)
        assert not mail_grade(header).is_known, header
        for content in (addresses(OTHERS), few, OPAQUE):
            assert chosen(tmp_path, {**named(language), header: content}) == "", header
        assert chosen(tmp_path, {"N°": list("123456"), header: addresses(OTHERS)}) == "", header
        own = OWN[language][0]
        assert chosen(tmp_path, {**named(language), header: few, own: addresses(PEOPLE)}) == own


@each_row("role", sorted({role for roles in ROLES.values() for role in roles}))
def test_a_column_that_is_called_by_a_role_alone_is_a_question(tmp_path: Path, role: str):
    assert chosen(tmp_path, {**named("fr"), role: addresses(OTHERS)}) == ""


@pytest.mark.parametrize("header", EITHER)
def test_a_word_for_either_of_two_people_is_settled_by_the_names(tmp_path: Path, header: str):
    assert mail_grade(header) is AddressClue.EITHER
    assert chosen(tmp_path, {**named("fr"), header: addresses(PEOPLE)}) == header
    assert chosen(tmp_path, {**named("fr"), header: addresses(OTHERS)}) == ""
    assert chosen(tmp_path, {**named("fr"), header: OPAQUE}) == ""
    assert chosen(tmp_path, {"N°": list("123456"), header: OPAQUE}) == header
    assert chosen(tmp_path, {"N°": list("123456"), header: [*addresses(OTHERS[:2])] * 3}) == ""
    assert chosen(tmp_path, {**named("fr"), header: addresses(OTHERS), "Email": OPAQUE}) == "Email"


@each_row("form", FORMS)
@each_row("language", LANGUAGES)
@each_row("header", ["E-mail Xyzzy", "Courriel (rubrique 12)", "Joindre", "Kontaktweg"])
def test_a_doubt_is_settled_by_the_peoples_own_names(tmp_path: Path, header: str, language: str, form: str):
    own = addresses(PEOPLE, form)
    assert chosen(tmp_path, {**named(language), header: own}) == header
    mixed = [*own[:3], *OPAQUE[3:]]
    assert chosen(tmp_path, {header: mixed, **named(language)}) == header
    assert chosen(tmp_path, {header: addresses(OTHERS, form), **named(language)}) == ""
    both = {**named(language), header: own, "E-mail Plugh": addresses(OTHERS, form)}
    assert chosen(tmp_path, both) == header
    assert chosen(tmp_path, {**both, "Boss": addresses(OTHERS, form)}) == header


@each_row("form", FORMS)
@each_row("other", ["Manager", "Suivi", "Recruteur", "Vorgesetzter", "Jefe", "Referente", "Case owner"])
def test_an_address_of_somebody_whom_the_row_names_is_a_question(tmp_path: Path, other: str, form: str):
    names = [f"{first} {last}" for first, last in OTHERS]
    theirs = addresses(OTHERS, form)
    columns = {**named("fr"), other: names, "Email": theirs}
    for order in list(permutations(columns))[:: len(other)]:
        assert chosen(tmp_path, {header: columns[header] for header in order}) == ""
    for rows in (1, 2, 3):
        assert chosen(tmp_path, {header: cells[:rows] for header, cells in columns.items()}) == ""
    assert f'those of the people in "{other}"' in asked(tmp_path, columns)
    apart = {**named("fr"), f"Prénom {other}": [f for f, _ in OTHERS], f"Nom {other}": [n for _, n in OTHERS]}
    if other != "Case owner" and other != "Suivi":
        assert chosen(tmp_path, {**apart, "Email": theirs}) == ""
    assert chosen(tmp_path, {**columns, "Email": addresses(PEOPLE, form)}) == "Email"
    assert chosen(tmp_path, {**columns, "Email": [*theirs[:1], *addresses(PEOPLE, form)[1:]]}) == "Email"
    assert chosen(tmp_path, {**columns, "Email": OPAQUE}) == "Email"


def test_a_doubt_is_a_defect_that_the_screen_can_ask_about(tmp_path: Path):
    for header, kind in (("E-mail Xyzzy", "unclear-email-column"), ("Email", "email-column-of-others")):
        names = [f"{first} {last}" for first, last in OTHERS]
        path = path_of(tmp_path, {**named("fr"), "Manager": names, header: addresses(OTHERS)})
        if kind == "unclear-email-column":
            path = path_of(tmp_path, {**named("fr"), header: addresses(OTHERS)})
        preview = preview_table(path)
        assert preview.columns.email == ""
        assert [str(defect.kind) for defect in preview.defects] == [kind]
        told = read_table(path, email=header)
        assert told.header(told.columns.email) == header
        assert evidence(told) is ColumnEvidence.SET


def asked(folder: Path, columns: dict[str, list[str]]) -> str:
    with pytest.raises(EmailColumnUnclear) as refusal:
        read_table(path_of(folder, columns))
    return str(refusal.value)


@pytest.mark.parametrize("known", [{}, {"Matricule": list("123456")}])
def test_a_table_that_names_only_managers_is_about_nobody_else(tmp_path: Path, known: dict[str, list[str]]):
    columns = {**known, "Manager": [f"{first} {last}" for first, last in OTHERS], "Email": addresses(OTHERS)}
    assert chosen(tmp_path, columns) == ""


def test_relatives_with_the_same_surname_are_told_apart(tmp_path: Path):
    parents = [(first, last) for (first, _), (_, last) in zip(OTHERS, PEOPLE, strict=True)]
    assert chosen(tmp_path, {**named("fr"), "Courriel grand-parent": addresses(parents)}) == ""
    assert chosen(tmp_path, {**named("fr"), "Email Xyzzy": addresses(parents)}) == ""


@pytest.mark.parametrize(
    ("word", "mail"), [("contact", "Email du contact"), ("client", "Client email"), ("agent", "Agent e-mail")]
)
def test_columns_that_share_such_a_word_belong_together_where_nobody_else_is_named(
    tmp_path: Path, word: str, mail: str
):
    theirs = {f"Prénom {word}": [first for first, _ in OTHERS], f"Nom {word}": [last for _, last in OTHERS]}
    for content in (addresses(OTHERS), addresses(OTHERS, "flast")):
        columns = {"Société": list("abcdef"), **theirs, mail: content}
        assert chosen(tmp_path, columns) == mail
        table = read_table(path_of(tmp_path, columns))
        assert table.name_of(table.records[0]) == "Claire Martin"
        assert chosen(tmp_path, {**named("fr"), **theirs, mail: content}) == ""


def test_a_second_column_of_the_same_header_is_said_by_its_letters(tmp_path: Path):
    path = tmp_path / "table.csv"
    path.write_text("Email;Nom;;Email\na@x.example;A;;c@x.example\nb@x.example;B;;d@x.example\n", encoding="utf-8")
    with pytest.raises(EmailColumnUnclear) as refusal:
        read_table(path)
    assert 'columns A and D are both called "Email"' in str(refusal.value)
    assert "rename or delete the other one" in str(refusal.value)


def evidence(table: RecordTable) -> ColumnEvidence:
    assert table.email_reason is not None
    return table.email_reason.evidence


def test_what_settled_it_is_told(tmp_path: Path):
    read = {
        header: read_table(path_of(tmp_path, {**named("fr"), header: addresses(PEOPLE)}))
        for header in ("Email", "Email du client", "E-mail Xyzzy", "Joindre")
    }
    assert [evidence(table).value for table in read.values()] == ["header", "header", "content", "content"]


# --- local parts -----------------------------------------------------------------------------------------------------

names = st.text(alphabet="abcdefghijklmnopqrstuvwxyz", min_size=3, max_size=10)


@given(first=names, last=names, form=st.sampled_from(sorted(FORMS)))
def test_a_name_is_found_in_any_form_of_an_address(first: str, last: str, form: str):
    found = likeness(pieces_of(address(first, last, form)), (first, last))
    assert found.is_clear
    assert found.letters + found.left == sum(map(len, pieces_of(address(first, last, form))))


@given(pieces=st.lists(names, max_size=3), words=st.lists(names, max_size=4))
def test_what_is_explained_and_what_is_left_are_the_whole(pieces: list[str], words: list[str]):
    found = likeness(pieces, words)
    assert found.letters + found.left == sum(map(len, pieces))
    assert 0 <= found.whole <= found.parts <= len(words)
