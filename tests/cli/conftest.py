"""A small campaign to run commands on."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from pseudo import PSEUDO, use_pseudo

from mailmerge import i18n

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


@pytest.fixture
def account(mailmerge: Callable[..., Any], smtp_server: Any) -> str:
    """An account at the server of the test."""
    added = mailmerge(
        "account", "add", "rh", "--address", "Claire Martin <rh@atelier.example>", "--host", "127.0.0.1",
        "--port", smtp_server.port, "--tls", "none", "--auth", "none",
    )  # fmt: skip
    assert added.code == 0, added.err
    return "rh"


@pytest.fixture
def speak_pseudo(monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """A language in which every sentence is another; the name by which it is asked for."""
    before = i18n.language(), i18n._catalogue
    monkeypatch.setattr(i18n, "languages", lambda: (i18n.ENGLISH, PSEUDO))
    monkeypatch.setattr(i18n, "use", use_pseudo)
    yield PSEUDO
    i18n.use_catalogue(*before)


@pytest.fixture(autouse=True)
def spoken(request: pytest.FixtureRequest, home: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """The language of a test: English, and one in which every sentence is another, which no script may mind.

    A test that reads sentences is marked ``in_english``.
    """
    name: str = getattr(request, "param", i18n.ENGLISH)
    if name != i18n.ENGLISH:
        request.getfixturevalue("speak_pseudo")
        monkeypatch.setenv("MAILMERGE_LANG", name)
    return name


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Every test of the command line is run in both languages."""
    if metafunc.definition.get_closest_marker("in_english") is None:
        metafunc.parametrize("spoken", [i18n.ENGLISH, PSEUDO], indirect=True)
