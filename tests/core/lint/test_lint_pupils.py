"""Letters to parents: the names of the pupils are known, though the addresses are not theirs."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from each_row import each_row

from mailmerge.campaign import open_campaign
from mailmerge.model import Severity
from mailmerge.text.folding import fold, identifier

HEADERS = (
    ("Prénom élève", "Nom élève", "Mail des parents"),
    ("Pupil first name", "Pupil surname", "Parent email"),
    ("Vorname Schüler", "Nachname Schüler", "E-Mail Eltern"),
    ("Nombre del alumno", "Apellidos del alumno", "Correo de los padres"),
    ("Prénom de l'adhérent", "Nom de l'adhérent", "Courriel du responsable légal"),
)
PUPILS = (("Maëlle", "Vaudreuil"), ("Gaspard", "Kerbrat"), ("Sidonie", "Quintard"))


def told(
    folder: Path, headers: tuple[str, ...], text: str, *, first: str = "Maëlle", more: str = ""
) -> dict[str, Severity]:
    """The rules that say something of a letter whose first reader sees a text, and how severe each is."""
    rows = [(*pupil, f"famille{number}@mail.example", "rang 2") for number, pupil in enumerate(PUPILS)]
    rows[0] = (first, *rows[0][1:3], text)
    lines = [(*headers, "Place"), *rows]
    (folder / "t.csv").write_text("\n".join(map(";".join, lines)), encoding="utf-8")
    letter = f"Subject: x\n{more}\nChers parents de {{{{ {identifier(headers[0])} }}}},\n\n{{{{ place }}}}\n"
    (folder / "l.md").write_text(letter, encoding="utf-8")
    settings = f'recipients = "t.csv"\ntemplate = "l.md"\n[columns]\nemail = "{headers[2]}"\n'
    (folder / "campaign.toml").write_text(settings, encoding="utf-8")
    findings = open_campaign([folder / "campaign.toml"]).check().report.findings
    return {each.rule: each.severity for each in findings if each.severity is not Severity.INFO}


@each_row("headers", HEADERS)
def test_another_pupils_name_stops_the_letter(headers: tuple[str, ...], tmp_path: Path) -> None:
    assert told(tmp_path, headers, "assis près de Gaspard Kerbrat") == {"XRC402": Severity.BLOCK}


@each_row("headers", HEADERS)
def test_ones_own_childs_does_not(headers: tuple[str, ...], tmp_path: Path) -> None:
    assert told(tmp_path, headers, "place de Maëlle Vaudreuil") == {}


@each_row("headers", HEADERS)
def test_a_garbled_name_is_known_to_be_one(headers: tuple[str, ...], tmp_path: Path) -> None:
    assert "LST103" in told(tmp_path, headers, "rang 1", first="Ma‰lle")


@each_row("headers", HEADERS)
def test_one_report_for_several_pupils_is_told(headers: tuple[str, ...], tmp_path: Path) -> None:
    for _first, last in PUPILS:
        (tmp_path / f"{last}.txt").write_text("Votre bilan : 14 points sur 20, groupe rouge", "utf-8")
    told_of = told(tmp_path, headers, "rang 1", more=f"Attachment: {{{{ {identifier(headers[1])} }}}}.txt\n")
    assert "ATT504" in told_of


FAMILIES = (
    ("Maëlle", "Vaudreuil"), ("Gaspard", "Kerbrat"), ("Sidonie", "Quintard"), ("Ulysse", "Baylac"),
    ("Noé", "Castaing"), ("Lilou", "Tastavin"), ("Marceau", "Delpech"), ("Inaya", "Roumégoux"),
)  # fmt: skip


def campaign_of(
    folder: Path, headers: tuple[str, ...], pupils: Sequence[tuple[str, str]], greeting: str, head: str = ""
) -> set[str]:
    """The rules that stop a letter to the parents of these pupils, whose addresses have the family's name."""
    rows = [
        (*pupil, f"famille.{fold(last).replace(' ', '')}@mail.example", f"M. et Mme {last}")
        for pupil, (_first, last) in zip(pupils, FAMILIES, strict=True)
    ]
    lines = [(*headers, "Famille"), *rows]
    (folder / "t.csv").write_text("\n".join(map(";".join, lines)), encoding="utf-8")
    child = identifier(headers[0])
    (folder / "l.md").write_text(
        f"Subject: x\n{head}\n{greeting}\n\nVotre enfant {{{{ {child} }}}} a réussi.\n", "utf-8"
    )
    settings = f'recipients = "t.csv"\ntemplate = "l.md"\n[columns]\nemail = "{headers[2]}"\n'
    (folder / "campaign.toml").write_text(settings, encoding="utf-8")
    findings = open_campaign([folder / "campaign.toml"]).check().report.findings
    return {each.rule for each in findings if each.severity is Severity.BLOCK}


@each_row("headers", HEADERS)
def test_a_pupil_typed_into_the_greeting_stops_the_letter(headers: tuple[str, ...], tmp_path: Path) -> None:
    assert "MSG302" in campaign_of(tmp_path, headers, FAMILIES, "Bonjour Gaspard,")


@each_row("headers", HEADERS)
def test_pupils_moved_against_the_addresses_of_their_parents_stop_the_letter(
    headers: tuple[str, ...], tmp_path: Path
) -> None:
    moved = (*FAMILIES[1:], FAMILIES[0])
    assert "LST110" in campaign_of(tmp_path, headers, moved, "Chers parents,")
    in_order = sorted(FAMILIES, key=lambda pupil: pupil[1])
    assert "LST110" in campaign_of(tmp_path, headers, in_order, "Chers parents,")


@each_row("headers", HEADERS)
@each_row("greeting", ("Chers parents,", "Bonjour {{ famille }},", "Chers parents de {}{}{},"))
def test_pupils_with_another_name_than_their_parents_pass(
    headers: tuple[str, ...], greeting: str, tmp_path: Path
) -> None:
    pupils = [(first, "Autrement" if number % 3 == 0 else last) for number, (first, last) in enumerate(FAMILIES)]
    letter = greeting.format("{{ ", identifier(headers[0]), " }}") if "{}" in greeting else greeting
    assert campaign_of(tmp_path, headers, pupils, letter) == set()


def test_parents_in_to_are_no_pupils(tmp_path: Path) -> None:
    to = f"To: {{{{ famille }}}} <{{{{ {identifier(HEADERS[0][2])} }}}}>"
    pupils = [(first, "Autrement") for first, _last in FAMILIES]
    assert campaign_of(tmp_path, HEADERS[0], pupils, "Chers parents,", head=f"{to}\n") == set()
