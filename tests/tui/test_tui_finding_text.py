"""What the screen says of where a finding is, in the words of the table."""

from __future__ import annotations

from pathlib import Path

import pytest

from mailmerge.campaign import open_campaign
from mailmerge.tui.content.finding_text import finding_head


@pytest.mark.in_english
@pytest.mark.parametrize(
    ("header", "letter", "place"),
    [
        ("Poste visé", "Bonjour {{ nom }}, {{ poste_vise }}", 'column "Poste visé"'),
        ("Ref.: [N°]", "Bonjour {{ nom }}, {{ ref_n }}", 'column "Ref.: [N°]"'),
        ("Poste", "Bonjour {{ nom }}, {{ fonction }}", "field fonction"),
    ],
)
def test_a_place_is_called_as_in_the_table(header: str, letter: str, place: str, tmp_path: Path) -> None:
    (tmp_path / "t.csv").write_text(f"Nom;E-mail;{header}\nPetit;a@x.example;#REF!\n", encoding="utf-8")
    (tmp_path / "l.md").write_text(f"Subject: x\n\n{letter}\n", encoding="utf-8")
    findings = open_campaign([tmp_path / "t.csv", tmp_path / "l.md"]).check().report.findings
    assert place in " ".join(finding_head(each).plain for each in findings)
