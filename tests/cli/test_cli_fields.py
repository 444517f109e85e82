"""Fields of a letter that the table calls otherwise: ``[fields]``, what is advised, and what ``init`` asks."""

from __future__ import annotations

import os
import subprocess
import sys
import tomllib
from collections.abc import Sequence
from pathlib import Path

import pytest

LETTER = "Subject: Votre candidature\n\nBonjour {{ civilite }} {{ nom }},\n\nvoici {{ fonction }}.\n"
TABLE = (
    "Civilité;Prénom;Nom;Courriel;Poste visé;Date RDV\n"
    "Madame;Zoé;Blanc;zoe.blanc@x.example;Vendeuse;12/11/2026\n"
    "Monsieur;Luc;Noir;luc.noir@x.example;Juriste;13/11/2026\n"
)


def write_campaign(folder: Path, fields: str) -> Path:
    (folder / "candidats.csv").write_text(TABLE, encoding="utf-8")
    (folder / "lettre.fr.md").write_text(LETTER, encoding="utf-8")
    path = folder / "campaign.toml"
    path.write_text(f'recipients = "candidats.csv"\ntemplate = "lettre.fr.md"\n{fields}', encoding="utf-8")
    return path


def test_a_field_that_the_table_calls_otherwise_checks_with_0(mailmerge, tmp_path: Path) -> None:
    path = write_campaign(tmp_path, '[fields]\nfonction = "Poste visé"\n')
    assert mailmerge("check", path).code == 0
    assert "voici Juriste." in mailmerge("preview", path, "--record", 2).out


@pytest.mark.in_english
def test_a_column_that_is_not_there_leaves_with_2_and_one_line(mailmerge, tmp_path: Path) -> None:
    path = write_campaign(tmp_path, '[fields]\nfonction = "Postes"\n')
    result = mailmerge("check", path, "--json")
    assert result.code == 2
    (line,) = result.err.strip().splitlines()
    assert line == f"mailmerge: {result.json['error']}" or result.json["error"] in line
    for word in (str(path), "[fields]", "fonction", "Postes", 'did you mean "Poste visé"?', '"Civilité", "Prénom"'):
        assert word in result.json["error"]


@pytest.mark.parametrize("fields", ["fields = 3\n", "[fields]\nfonction = 3\n", '[fields.fonction]\nx = "y"\n'])
def test_fields_of_another_type_leave_with_2(mailmerge, tmp_path: Path, fields: str) -> None:
    result = mailmerge("check", write_campaign(tmp_path, fields))
    assert result.code == 2
    assert len(result.err.strip().splitlines()) == 1


@pytest.mark.in_english
def test_an_unknown_field_is_told_with_what_to_write(mailmerge, tmp_path: Path) -> None:
    path = write_campaign(tmp_path, "")
    assert (
        'did you mean "Poste visé"? write [fields] fonction = "Poste visé"'
        in mailmerge("preview", path, "--record", 1).err
    )
    checked = mailmerge("check", path)
    assert checked.code == 1
    assert '[fields] fonction = "Poste visé"' in checked.out
    path.write_text(f"where = \"fonction == 'x'\"\n{path.read_text('utf-8')}", encoding="utf-8")
    refused = mailmerge("check", path)
    assert refused.code == 2
    assert 'write [fields] fonction = "Poste visé" in campaign.toml' in refused.err


def interview(folder: Path, answers: Sequence[str]) -> str:
    """``mailmerge init`` at a terminal, and what it said."""
    import pty

    master, slave = pty.openpty()
    command = [sys.executable, "-m", "mailmerge", "init", "new"]
    with subprocess.Popen(command, stdin=slave, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, cwd=folder) as child:
        os.write(master, "".join(f"{answer}\n" for answer in answers).encode())
        said = child.communicate(timeout=60)[0].decode()
    os.close(master)
    os.close(slave)
    assert child.returncode == 0, said
    return said


@pytest.mark.in_english
@pytest.mark.skipif(sys.platform == "win32", reason="needs a pseudo-terminal")
def test_init_proposes_columns_and_tries_texts_where_the_letter_uses_them(tmp_path: Path) -> None:
    (tmp_path / "t.csv").write_text(TABLE.replace("Date RDV", "Colonne 7"), encoding="utf-8")
    answers = ["8", "t.csv", "Claire Martin", "Claire Martin <rh@atelier.example>"]
    said = interview(tmp_path, [*answers, "le 12 novembre", "12/11/2026", "Sophie Delmas", ""])
    assert "Claire Martin has no mail address" in said
    assert '"le 12 novembre" is not a date' in said
    assert 'the column "Poste visé", for the first person: Vendeuse' in said
    assert "signataire" not in said
    written = tomllib.loads((tmp_path / "new" / "campaign.toml").read_text(encoding="utf-8"))
    assert written["fields"] == {"poste": "Poste visé"}
    letter = (tmp_path / "new" / "rejection-after-interview.fr.md").read_text(encoding="utf-8")
    assert '{{ "12/11/2026"|date("long", "day first") }}' in letter
    assert letter.rstrip().endswith('{{ "Claire Martin" }}')


@pytest.mark.in_english
@pytest.mark.skipif(sys.platform == "win32", reason="needs a pseudo-terminal")
def test_init_takes_the_name_of_a_column_for_that_column(tmp_path: Path) -> None:
    (tmp_path / "t.csv").write_text(TABLE, encoding="utf-8")
    interview(tmp_path, ["8", "t.csv", "", "?", "date rdv", "poste visé", "Hélène"])
    written = tomllib.loads((tmp_path / "new" / "campaign.toml").read_text(encoding="utf-8"))
    assert written["fields"] == {"interlocuteur": "Date RDV", "poste": "Poste visé"}
