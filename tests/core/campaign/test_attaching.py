"""A file chosen for one person becomes everybody's, or the pattern by which each person has their own."""

from __future__ import annotations

from pathlib import Path

import pytest
from each_row import each_row
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from mailmerge.campaign.setup.attaching import Way, copy_beside, ways_to_attach, write_attachment
from mailmerge.errors import UsageError
from mailmerge.letter import read_letter
from mailmerge.model import Recipient, RecordTable
from mailmerge.records import read_table

PEOPLE = (
    ("Roux", "Maëlys", "M-1043", "fiche-1.pdf", "Toulouse"),
    ("Petit", "Hugo", "M-1044", "fiche-2.pdf", "Albi"),
    ("Lecœur", "Zoé", "M-1045", "fiche-3.pdf", "Albi"),
    ("DURAND-MARTIN", "Léa", "M-1046", "", "Castres"),
)
SHAPES = (
    ("pieces/{2}.pdf", "pieces/{{{{ reference }}}}.pdf", 4), ("{2}.pdf", "{{{{ reference }}}}.pdf", 4),
    ("contrat {0} {1}.pdf", "contrat {{{{ nom }}}} {{{{ prenom }}}}.pdf", 4),
    ("{0}_{1}_{2}.pdf", "{{{{ nom }}}}_{{{{ prenom }}}}_{{{{ reference }}}}.pdf", 4),
    ("pieces/{2}/contrat.pdf", "pieces/{{{{ reference }}}}/contrat.pdf", 4),
    ("pieces/{3}", "pieces/{{{{ fichier }}}}", 3), ("plan-{4}.png", "plan-{{{{ ville }}}}.png", 4),
)  # fmt: skip
"""How files may be called, the pattern it makes, and how many people have one."""


def the_table(folder: Path) -> RecordTable:
    rows = "\n".join(";".join((*person, f"p{number}@x.example")) for number, person in enumerate(PEOPLE))
    (folder / "t.csv").write_text(f"Nom;Prénom;Référence;Fichier;Ville;E-mail\n{rows}\n", encoding="utf-8")
    return read_table(folder / "t.csv")


def put(path: Path, content: bytes = b"%PDF-1.4 x") -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
    return path


def the_letter(folder: Path, fields: str = "") -> Path:
    letter = folder / "letter.md"
    letter.write_text(f"Subject: x\n{fields}\nBonjour {{{{ prenom }}}},\n", encoding="utf-8")
    return letter


def holds(letter: Path, way: Way, table: RecordTable) -> dict[int, bool]:
    """Whether each person's message has its file, once it is written into the letter."""
    write_attachment(letter, way)
    read = read_letter(letter)
    held = {}
    for record in table.records:
        message = read.compose(Recipient(record, "", ""), table.values(record))
        held[record.number] = message.attachments[-1].problem is None
    return held


@each_row("elsewhere", [False, True])
@each_row("shape", SHAPES)
def test_the_columns_in_a_name_make_the_pattern_and_who_has_a_file_is_counted_as_the_letter_finds_it(
    tmp_path: Path, elsewhere: bool, shape: tuple[str, str, int]
) -> None:
    name, pattern, count = shape
    table, letter = the_table(tmp_path), the_letter(tmp_path)
    folder = tmp_path.parent / f"elsewhere-{tmp_path.name}" if elsewhere else tmp_path
    files = [put(folder / name.format(*person)) for person in PEOPLE if "{3}" not in name or person[3]]
    ways = ways_to_attach(files[0], tmp_path, table, table.records)
    way = ways[1]
    written = pattern.format()
    if elsewhere:
        own_folder = "{2}/" in name
        base = files[0].parent.parent if own_folder else files[0].parent
        written = f"{base.name}/{written.removeprefix('pieces/')}"
    assert way.written == written
    assert len(way.found) == count
    assert len(way.without) == len(PEOPLE) - count
    copy_beside(way, tmp_path)
    held = holds(letter, way, table)
    assert held == {record.number: record not in way.without for record in table.records}


@each_row("missing", [(), (1,), (1, 2), (1, 2, 3)])
def test_people_without_a_file_are_named(tmp_path: Path, missing: tuple[int, ...]) -> None:
    table = the_table(tmp_path)
    for number, person in enumerate(PEOPLE):
        if number not in missing:
            put(tmp_path / "pieces" / f"{person[2]}.pdf")
    way = ways_to_attach(tmp_path / "pieces" / "M-1043.pdf", tmp_path, table, table.records)[1]
    assert [record.number - 1 for record in way.without] == list(missing)


@each_row("change", ["lower", "upper"])
def test_names_in_small_letters_or_capitals_are_found_by_a_filter(tmp_path: Path, change: str) -> None:
    table, letter = the_table(tmp_path), the_letter(tmp_path)
    files = [put(tmp_path / f"{getattr(person[0], change)()}.pdf") for person in PEOPLE]
    way = ways_to_attach(files[0], tmp_path, table, table.records)[1]
    assert way.written == f"{{{{ nom|{change} }}}}.pdf"
    assert not way.without
    assert all(holds(letter, way, table).values())


@each_row("name", ["livret.pdf", "livret d’accueil.pdf", "Rouxel.pdf", "M-10430.pdf", "x.png", "Toulousain.pdf"])
def test_a_name_without_a_whole_value_is_the_same_for_everybody(tmp_path: Path, name: str) -> None:
    table, letter = the_table(tmp_path), the_letter(tmp_path)
    (way,) = ways_to_attach(put(tmp_path / name), tmp_path, table, table.records)
    assert (way.written, way.fields) == (name, ())
    assert all(holds(letter, way, table).values())


@each_row(
    "name", ["a{{ b }}.pdf", "{% x %}.pdf", "a  b.pdf", " a.pdf", "'a.pdf'", "=?x?=.pdf", "a\u00a0b.pdf", "a\u202eb"]
)
def test_a_name_that_would_read_as_something_else_in_a_letter_is_refused(tmp_path: Path, name: str) -> None:
    table = the_table(tmp_path)
    with pytest.raises(UsageError, match="plain name"):
        ways_to_attach(put(tmp_path / name), tmp_path, table, table.records)


def test_an_empty_file_is_refused(tmp_path: Path) -> None:
    table = the_table(tmp_path)
    with pytest.raises(UsageError, match="is empty"):
        ways_to_attach(put(tmp_path / "a.pdf", b""), tmp_path, table, table.records)


def test_nothing_is_copied_over_another_file(tmp_path: Path) -> None:
    table = the_table(tmp_path / ".." / tmp_path.name)
    put(tmp_path / "a.pdf", b"one")
    elsewhere = put(tmp_path.parent / f"{tmp_path.name}-other" / "a.pdf", b"another")
    (way,) = ways_to_attach(elsewhere, tmp_path, table, table.records)
    with pytest.raises(UsageError, match="another file of that name"):
        copy_beside(way, tmp_path)
    assert (tmp_path / "a.pdf").read_bytes() == b"one"


@each_row(
    "fields",
    [("Fields: prenom\n", "Fields: prenom, reference"), ("Fields: reference\n", "Fields: reference\n"), ("", "")],
)
def test_the_field_in_the_name_of_the_file_is_entered_in_fields(tmp_path: Path, fields: tuple[str, str]) -> None:
    before, after = fields
    table, letter = the_table(tmp_path), the_letter(tmp_path, before)
    way = ways_to_attach(put(tmp_path / "M-1043.pdf"), tmp_path, table, table.records)[1]
    write_attachment(letter, way)
    write_attachment(letter, way)
    text = letter.read_text(encoding="utf-8")
    assert after in text
    assert text.count("Attachment:") == 1


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(st.sampled_from("aé1 -_.(),&'"), max_size=6), st.text(st.sampled_from("b2 -_()"), max_size=6))
def test_whatever_is_around_a_value_the_file_that_was_chosen_is_that_persons(
    tmp_path_factory: pytest.TempPathFactory, before: str, after: str
) -> None:
    folder = tmp_path_factory.mktemp("any")
    table, letter = the_table(folder), the_letter(folder)
    file = put(folder / f"{before}M-1043{after}.pdf")
    try:
        ways = ways_to_attach(file, folder, table, table.records)
    except UsageError:
        return
    for way in ways:
        written = letter.read_text(encoding="utf-8")
        held = holds(letter, way, table)
        letter.write_text(written, encoding="utf-8")
        assert held[1]
        assert [number for number, holding in held.items() if not holding] == [record.number for record in way.without]
