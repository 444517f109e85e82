"""In small tables of old encodings, words that no language writes so are read in the encoding in which one does."""

from __future__ import annotations

from itertools import combinations
from pathlib import Path

import pytest
from each_row import each_row

from mailmerge.records import read_table
from mailmerge.records.delimited.encoding_guess import label
from mailmerge.records.delimited.language_letters import better_fitting

People = list[tuple[str, str]]
LANGUAGES: dict[str, tuple[tuple[str, ...], People]] = {
    "Latvian": (("cp1257",), [("Jānis", "Bērziņš"), ("Māris", "Ozoliņš"), ("Anna", "Krūmiņa-Bērziņa")]),
    "Lithuanian": (("cp1257",), [("Rūta", "Žukauskienė"), ("Šarūnas", "Kęstutis")]),
    "Estonian": (("cp1257",), [("Ülle", "Šults"), ("Tõnu", "Põld")]),
    "Czech": (("cp1250", "iso8859-2"), [("Věra", "Součková"), ("Zdeněk", "Křížek"), ("Lucie", "Novotná")]),
    "Slovene": (("cp1250",), [("Jana", "Dušek"), ("Luka", "Eržen")]),
    "Croatian": (("cp1250", "iso8859-2"), [("Željko", "Đurić")]),
    "Polish": (("cp1250", "iso8859-2"), [("Małgorzata", "Dąbrowska"), ("Łukasz", "Wójcik")]),
    "Hungarian": (("cp1250", "iso8859-2"), [("Győző", "Kőműves")]),
    "Romanian": (("cp1250",), [("Voichiţa", "Nemeş"), ("Ion", "Ţăranu")]),
    "Icelandic": (("cp1252",), [("Sýrus", "Þjóstólfsson"), ("Guðrún", "Ævarsdóttir"), ("Björn", "Sigurðsson")]),
    "French": (("cp1252",), [("Zoé", "Lefèvre"), ("Noël", "Gœtz"), ("Maïté", "D’Arçon"), ("Loïc", "Août")]),
    "Danish": (("cp1252",), [("Søren", "Bjørnstrøm"), ("Åse", "Nygård")]),
    "Portuguese": (("cp1252",), [("João", "Conceição"), ("Inês", "Simões"), ("Mª Fátima", "Nuñes")]),
    "of two languages": (("cp1252",), [("Søren", "Lefèvre"), ("Noël", "Jørgensen"), ("Guðrún", "Gonçalves-Müller")]),
}  # fmt: skip


def written(folder: Path, people: People, codec: str) -> Path:
    path = folder / "table.csv"
    lines = ["First name;Surname;Email", *(f"{a};{b};u{n}@x.example" for n, (a, b) in enumerate(people))]
    path.write_bytes("\r\n".join(lines).encode(codec))
    return path


@each_row("language", LANGUAGES)
def test_few_names_are_read_in_the_encoding_of_their_language(tmp_path: Path, language: str) -> None:
    codecs, people = LANGUAGES[language]
    for codec in codecs:
        for count in range(1, len(people) + 1):
            for several in combinations(people, count):
                table = read_table(written(tmp_path, list(several), codec))
                assert [record.values[:2] for record in table.records] == list(several), (codec, several)


WHOLE: dict[str, tuple[tuple[str, ...], People]] = {
    "Polish": (("cp852", "cp1250", "iso8859-2"), [("Świętosława", "Zając"), ("Paweł", "Lis"), ("Łukasz", "Mróz")]),
    "Hungarian": (("cp852", "cp1250", "iso8859-2"), [("Dóra", "Szűcs"), ("Ágnes", "Tóth"), ("Zsófia", "Kovács")]),
    "Hungarian of Ő": (("cp852", "cp1250"), [("Gergő", "Őszi"), ("László", "Nagy")]),
    "Portuguese": (("cp860", "cp850", "cp1252"), [("João", "Magalhães"), ("Conceição", "Simões"), ("Inês", "Leitão")]),
    "Portuguese, one": (("cp860",), [("João", "Pinto")]),
    "Turkish": (("cp857", "cp1254"), [("Ömer", "Kılıç"), ("Ayşe", "Yılmaz"), ("Çağlar", "Öztürk")]),
    "Turkish beside French": (("cp1254",), [("Ayşe", "Yılmaz"), ("Çağlar", "Öztürk"), ("Élodie", "Lefèvre")]),
    "Icelandic": (("cp1252",), [("Pétur", "Sigurðsson"), ("Ýr", "Þorgeirs"), ("Hreiðar", "Hreiðarsson")]),
    "Turkish of ı": (("cp1254",), [("Ömer", "Kılıç"), ("Can", "Aslan")]),
    "German": (("cp850", "cp1252"), [("Jörg", "Märzhäuser"), ("Käthe", "Groß")]),
    "Finnish": (("cp850", "cp1252"), [("Päivi", "Jääoja"), ("Yrjö", "Mäkelä")]),
    "French": (("cp850", "cp1252"), [("Élodie", "Brûlé"), ("Zoé", "Lefèvre"), ("François", "Août")]),
    "French of û": (("cp1252",), [("Rémy", "Brûlé"), ("Gül", "Dûment")]),
    "of several": (("cp1252",), [("José", "García"), ("Élodie", "Brûlé"), ("Jürgen", "Weiß"), ("Søren", "Gonçalves")]),
}


@each_row("language", WHOLE)
def test_names_together_are_read_in_the_encoding_of_their_language(tmp_path: Path, language: str) -> None:
    codecs, people = WHOLE[language]
    for codec in codecs:
        table = read_table(written(tmp_path, people, codec))
        assert [record.values[:2] for record in table.records] == people, codec


@each_row("language", [each for each in WHOLE if "one" not in each and " of " not in each])
def test_many_names_are_read_in_the_encoding_of_their_language(tmp_path: Path, language: str) -> None:
    codecs, people = WHOLE[language]
    for codec in [each for each in codecs if (language, each) not in {("Hungarian", "cp852"), ("Turkish", "cp857")}]:
        table = read_table(written(tmp_path, people * 300, codec))
        assert [record.values[:2] for record in table.records] == people * 300, codec


@each_row("foreign", [0, 1, 3])
@each_row("codec", ["iso8859-2", "cp852"])
def test_a_few_foreign_names_among_many_are_no_obstacle(tmp_path: Path, codec: str, foreign: int) -> None:
    endings = ("ski", "ska", "cki", "cka", "wicz", "czyk", "icz", "ak", "ek", "ik")
    own = [(f"Świętosł{one}a", f"Dąb{one}{two}") for one in "aeiou" for two in endings]
    people = (own + [("Inés", "Píriz")] * foreign) * 20
    table = read_table(written(tmp_path, people, codec))
    assert [record.values[:2] for record in table.records] == people


@each_row(
    "codec, header, name",
    [
        ("cp1250", "Imię", "Anna"), ("cp1254", "Soyadı", "Ali"), ("cp850", "Prénom", "Inès"),
        ("cp850", "Prénom", "Loïc"), ("mac-roman", "Prénom", "Inès"), ("cp1252", "Prénom", "Loïc"),
    ],
)  # fmt: skip
def test_a_word_of_the_header_shows_the_encoding(tmp_path: Path, codec: str, header: str, name: str) -> None:
    path = tmp_path / "table.csv"
    people = "".join(f"Gil;{name};a{n}@x.example\r\n" for n in range(20))
    path.write_bytes(f"Name;{header};E-mail\r\n{people}".encode(codec))
    table = read_table(path)
    assert (table.fields[1].header, table.records[0].values[1]) == (header, name)


def test_the_other_reading_is_told(tmp_path: Path) -> None:
    table = read_table(written(tmp_path, [("Jānis", "Bērziņš")], "cp1257"))
    assert table.dialect.alternative == 'read as Windows-1252 it would say "Jânis", as Windows-1257 "Jānis"'
    table = read_table(written(tmp_path, [("Anna", "Křížková")], "iso8859-2"))
    assert label("iso8859-2") == "ISO 8859-2"
    assert "ISO 8859-2" in table.dialect.alternative or table.dialect.encoding == "cp1250"


@pytest.mark.parametrize("word", ["Bçrziòð", "Souèková", "Kõmûves", "Ðults", "Nemeº", "Þukauskienë"])
def test_a_word_of_no_language_is_looked_at_again(word: str) -> None:
    assert better_fitting([word.encode("cp1252")], "cp1252")


@pytest.mark.parametrize("word", ["Ðults", "Bçrziòð"])
def test_one_word_of_another_language_leaves_all_as_they_are(word: str) -> None:
    assert better_fitting([word.encode("cp1252"), "Ærøskøbing-Ñandú".encode("cp1252")], "cp1252") == ""
