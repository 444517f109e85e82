"""A small campaign to run commands on."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

LETTER = """\
Subject: Votre candidature au poste de {{ poste }}
Fields: civilite, nom, poste
Content-Language: fr

Bonjour {{ civilite }} {{ nom }},

Nous ne pouvons pas donner suite à votre candidature au poste de **{{ poste }}**.

Le service des ressources humaines
"""
HEADER = "Civilité;Prénom;Nom;Adresse e-mail;Poste"
PEOPLE = [
    "Madame;Maëlys;Roux;maelys.roux@orange.example;Chargée de communication",
    "Monsieur;Hugo;Petit;hugo.petit@free.example;Technicien support",
    "Madame;Léa;Durand;lea.durand@laposte.example;Comptable",
]


@pytest.fixture
def campaign(tmp_path: Path) -> Callable[..., tuple[Path, Path]]:
    """``campaign(rows=..., letter=...)``: a table and a letter on disk."""

    def make(rows: list[str] = PEOPLE, letter: str = LETTER, header: str = HEADER) -> tuple[Path, Path]:
        table = tmp_path / "candidats.csv"
        table.write_bytes("\r\n".join([header, *rows, ""]).encode("cp1252"))
        template = tmp_path / "refus.fr.md"
        template.write_text(letter, encoding="utf-8")
        return table, template

    return make
