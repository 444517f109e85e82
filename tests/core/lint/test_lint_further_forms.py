"""Further ways in which a person is known: a name in brackets, letters written apart, a street with its number last."""

from __future__ import annotations

from each_row import each_row
from lint_cases import HEADERS, LETTER, PEOPLE, inspection_of, table_of
from rule_cases import found

from mailmerge.lint.extract.encodings import decoded_views
from mailmerge.lint.identities.details import Homes
from mailmerge.lint.identities.index import Identities
from mailmerge.lint.identities.masking import identities_in
from mailmerge.lint.identities.reading import Reading, plain_words

CALLED = ("Robert (Bob)", "Elżbieta (Ela)", "Maria Teresa (Maite)", "Jean-Pierre [Jipé]", "Xiaoming (Amy)")
REMARKS = ("Robert (stagiaire)", "Robert (RH)", "Robert (2)", "Robert (CDI)", "Robert (à temps partiel)")


def known_as(cell: str) -> Identities:
    return Identities(table_of([[cell, "Durand", "x@mail.example"]], ["Prénom", "Nom", "Adresse e-mail"]))


@each_row("cell", CALLED)
def test_whoever_is_called_otherwise_in_brackets_is_known_by_both(cell: str) -> None:
    first, _, called = cell.rstrip(")]").replace("[", "(").partition(" (")
    for name in (f"{first} Durand", f"{called} Durand", f"DURAND {called}"):
        assert [hit.owners for hit in identities_in(known_as(cell), f"avec {name}.")] == [(1,)]


@each_row("cell", REMARKS)
def test_a_remark_in_brackets_is_no_name(cell: str) -> None:
    remark = cell[cell.index("(") + 1 : -1]
    assert [hit.text for hit in identities_in(known_as(cell), f"avec Robert Durand, {remark} Durand")] == [
        "Robert Durand"
    ]


@each_row("word", ("a", "e", "z", "y", "o", "à", "i"))
def test_a_small_word_before_letters_written_apart_is_none_of_them(word: str) -> None:
    views = decoded_views(f"La visita è {word} D O M I T I L L A  A C Q U A V I V A {word} U G O.")
    assert any(f"{word} DOMITILLA  ACQUAVIVA {word} UGO" in view for view in views)


@each_row("apart", ("A N N A", "A n n a", "a n n a", "A.N.N.A", "A-N-N-A", "Ł U C J A", "J E A N - L U C"))
def test_letters_written_apart_are_a_word(apart: str) -> None:
    whole = "".join(filter(str.isalpha, apart)) if " - " not in apart else "JEAN LUC"
    assert whole in decoded_views(apart)


@each_row(
    "label", ("First name", "full name:", "Nom de naissance", "nombre de pila", "Primer apellido", "Mme", "Vorname", "")
)
def test_a_text_that_is_a_label_alone_has_no_words(label: str) -> None:
    assert plain_words(label) == []
    assert list(identities_in(known_as("Robert"), label)) == []


STREETS = (
    "Via dei Tigli 8, 40122 Bologna", "Calle del Olmo 12, 28002 Madrid", "Via Giovanni delle Bande Nere 8",
    "Rua das Flores 12, 4050-101 Porto", "Plaza de la Constitución 3", "ul. Lipowa 12, 00-101 Warszawa",
    "12 rue des Tilleuls, 31000 Toulouse", "Lindenweg 12, 50225 Köln", "8 bis, chemin du Moulin",
    "14B Larch Street, Leeds",
)  # fmt: skip


@each_row("street", STREETS)
def test_a_street_is_known_wherever_its_number_is(street: str) -> None:
    homes = Homes()
    homes.add(street, 1)
    for text in (street, f"chez vous, {street}."):
        tokens = [(token.word, token.start, token.end) for token in Reading(text).tokens]
        assert [found.owners for found in homes.find(tokens)] == [(1,)]


@each_row("header", ("Téléphone", "Mobile", "Telemóvel", "Móvil", "Celular", "Cellulare", "Komórka", "Mobiel", "Handy"))
def test_a_column_of_telephones_is_known_by_its_header(header: str) -> None:
    numbers = [f"91 {number}4 70 36 92" for number in range(5)]
    rows = [[f"x{at}@mail.example", number] for at, number in enumerate(numbers)]
    identities = Identities(table_of(rows, ["Adresse e-mail", header]))
    assert [hit.owners for hit in identities_in(identities, "tél. 91-34-70-36-92")] == [(4,)]


def linked(wrong: str) -> list[tuple[int | None, tuple[int, ...]]]:
    """A column with everybody's own name in a link, and another's for the second person."""
    slug = "https://form.example/dossier/{}-{}"
    cells = [slug.format(row[1], row[2]).lower() for row in PEOPLE]
    rows = [(*row, wrong or cell if n == 1 else cell) for n, (row, cell) in enumerate(zip(PEOPLE, cells, strict=True))]
    table = table_of(rows, (*HEADERS, "Lien"))
    return [(each.record, each.others) for each in found(inspection_of(table, LETTER + "\n{{ lien }}\n"), "XRC402")]


@each_row("wrong", ("https://form.example/dossier/paul-nguyen", "https://form.example/d/nguyen.paul", "Paul Nguyen"))
def test_a_wrong_cell_in_a_column_of_own_names_is_anothers(wrong: str) -> None:
    assert linked(wrong) == [(2, (4,))]


def test_the_other_cells_are_ones_own() -> None:
    assert linked("") == []
