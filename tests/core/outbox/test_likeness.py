"""The same letter, wherever its file is now and whatever it is called; and a plainly different one, which is not."""

from __future__ import annotations

import random
import re
import shutil
from collections.abc import Callable
from itertools import combinations
from pathlib import Path

import pytest
from each_row import each_row
from written_cases import account, became, checked, sealed, who

from mailmerge.campaign import open_campaign
from mailmerge.outbox import Outbox, WrittenComparison, purge
from mailmerge.outbox.comparison.likeness import MOST, SOME, likeness, likeness_of

TEMPLATES = sorted((Path(__file__).parents[3] / "templates").glob("*.md"))
FIRST = """Subject: Votre candidature

Bonjour {{ nom }},

nous vous remercions de votre candidature. Nous l'avons lue avec attention, mais nous ne pouvons pas lui donner suite.

Bien cordialement,
Claire Martin
Atelier du Lac
"""
OTHER = """Subject: Votre entretien

Bonjour {{ nom }},

pourriez-vous venir mardi à dix heures, muni de vos diplômes ? Le parking se trouve derrière la gare, à gauche.

Bien cordialement,
Claire Martin
Atelier du Lac
"""
PEOPLE = [f"personne{number}@boite.example" for number in range(1, 5)]

CORRECTED: dict[str, Callable[[str], str]] = {
    "a comma": lambda text: text.replace("candidature. Nous", "candidature, et nous"),
    "another comma": lambda text: text.replace("attention, mais", "attention mais"),
    "a word": lambda text: text.replace("lue", "étudiée"),
    "a word in the subject": lambda text: text.replace("Subject: Votre", "Subject: Réponse à votre"),
    "an accent": lambda text: text.replace("à", "a").replace("donner", "dönner"),
    "capitals": lambda text: text.replace("nous vous", "NOUS VOUS"),
    "a sentence more": lambda text: text.replace("donner suite.", "donner suite. Nous vous souhaitons bonne chance."),
    "a sentence less": lambda text: text.replace("Nous l'avons lue avec attention, mais nous", "Nous"),
    "another greeting": lambda text: text.replace("Bonjour {{ nom }}", "Madame, Monsieur {{ nom }}"),
    "a remark": lambda text: text.replace("\nBonjour", "\n{# relu par Paul #}Bonjour"),
    "lines broken otherwise": lambda text: text.replace("avec attention", "avec\nattention"),
}


def renamed(folder: Path) -> Path:
    return folder.rename(folder.with_name("renamed"))


def renamed_above(folder: Path) -> Path:
    return folder.parent.rename(folder.parent.with_name("other")) / folder.name


def copied(folder: Path) -> Path:
    return Path(shutil.copytree(folder, folder.with_name("copied")))


def moved_to_another_disk(folder: Path) -> Path:
    target = copied(folder)
    shutil.rmtree(folder)
    return target


def renamed_and_its_letter_too(folder: Path) -> Path:
    target = renamed(folder)
    (target / "refus.md").rename(target / "refus final.md")
    return target


MOVES = [renamed, renamed_above, copied, moved_to_another_disk, renamed_and_its_letter_too]


def write_in_place(path: Path, text: str) -> None:
    path.write_text(text, encoding="utf-8")


def write_as_an_editor(path: Path, text: str) -> None:
    """Another file takes the place of the one that was there."""
    beside = path.with_name("#new")
    beside.write_text(text, encoding="utf-8")
    beside.replace(path)


def compared(folder: Path, outbox: Outbox) -> WrittenComparison:
    (letter,) = folder.glob("*.md")
    return open_campaign([folder / "people.csv", letter]).signed_by(account()).check().compare(outbox)


@pytest.fixture
def outbox(tmp_path: Path) -> Outbox:
    return Outbox(tmp_path / "runs")


@each_row("purged", [False, True])
@each_row("move", MOVES)
@each_row("change", CORRECTED)
def test_a_corrected_letter_in_a_folder_that_was_renamed_or_copied_is_the_same_letter(
    tmp_path: Path, change: str, move: Callable[[Path], Path], purged: bool
) -> None:
    outbox = Outbox(tmp_path / "runs")
    folder = tmp_path / "campaigns" / "a"
    run = became(sealed(outbox, folder, PEOPLE, FIRST), {1: "accepted", 2: "unknown"}, days_ago=29)
    if purged:
        import datetime

        purge(run, datetime.timedelta(0))
    folder = move(folder)
    (letter,) = folder.glob("*.md")
    write_in_place(letter, CORRECTED[change](FIRST))
    assert CORRECTED[change](FIRST) != FIRST
    assert who(compared(folder, outbox)) == [1, 2]


@each_row("move", [renamed, copied])
@each_row("change", CORRECTED)
def test_an_editor_that_writes_another_file_makes_no_other_letter(
    tmp_path: Path, change: str, move: Callable[[Path], Path]
) -> None:
    outbox = Outbox(tmp_path / "runs")
    folder = tmp_path / "campaigns" / "a"
    became(sealed(outbox, folder, PEOPLE, FIRST), {1: "accepted"})
    folder = move(folder)
    write_as_an_editor(folder / "refus.md", CORRECTED[change](FIRST))
    assert who(compared(folder, outbox)) == [1]


@pytest.mark.parametrize("move", MOVES)
def test_a_plainly_different_letter_is_no_same_letter(
    outbox: Outbox, tmp_path: Path, move: Callable[[Path], Path]
) -> None:
    folder = tmp_path / "campaigns" / "a"
    run = became(sealed(outbox, folder, PEOPLE, FIRST), {1: "accepted"})
    folder = move(folder)
    (letter,) = folder.glob("*.md")
    write_as_an_editor(letter, OTHER)
    found = compared(folder, outbox)
    assert found.written == found.unfinished == ()
    same_campaign = move in (renamed, renamed_above, renamed_and_its_letter_too)
    noted = [(note.run, note.count, note.same_file) for note in found.notes]
    if move is renamed_above or same_campaign:
        assert noted == [(run.id, 1, False)]
    else:
        assert noted == []


def test_another_letter_of_one_campaign_is_a_note(outbox: Outbox, tmp_path: Path) -> None:
    run = became(sealed(outbox, tmp_path / "a", PEOPLE, FIRST), {1: "accepted"})
    found = checked(tmp_path / "a", PEOPLE, OTHER, name="invitation.md").compare(outbox)
    assert found.written == ()
    assert [(note.run, note.count, note.same_file) for note in found.notes] == [(run.id, 1, False)]


def test_a_copy_with_another_name_and_other_words_is_never_passed_over(outbox: Outbox, tmp_path: Path) -> None:
    run = became(sealed(outbox, tmp_path / "a", PEOPLE, FIRST), {1: "accepted"})
    found = checked(tmp_path / "b", PEOPLE, CORRECTED["a word"](FIRST), name="copie.md").compare(outbox)
    assert [(note.run, note.count, note.same_file) for note in found.notes] == [(run.id, 1, True)]


def test_after_thirty_days_a_corrected_letter_is_a_note(outbox: Outbox, tmp_path: Path) -> None:
    run = became(sealed(outbox, tmp_path / "a", PEOPLE, FIRST), {1: "accepted"}, days_ago=31)
    folder = copied(tmp_path / "a")
    write_in_place(folder / "refus.md", CORRECTED["a comma"](FIRST))
    found = compared(folder, outbox)
    assert found.written == ()
    assert [(note.run, note.count, note.same_file) for note in found.notes] == [(run.id, 1, True)]


# --- the measure ----------------------------------------------------------------------------------------------------


def alike(one: str, other: str) -> float:
    return likeness(likeness_of(one, b"key"), likeness_of(other, b"key"))


@each_row(("one", "other"), combinations(TEMPLATES, 2), ids=lambda path: path.stem)
def test_no_two_starter_letters_are_alike(one: Path, other: Path) -> None:
    assert alike(one.read_text("utf-8"), other.read_text("utf-8")) < SOME


@each_row("template", TEMPLATES, ids=lambda path: path.stem)
@each_row("seed", range(5))
def test_a_starter_letter_with_a_tenth_of_its_words_replaced_is_alike(template: Path, seed: int) -> None:
    text, dice = template.read_text("utf-8"), random.Random(seed)
    words = re.split(r"(\s+)", text)
    for place in dice.sample(range(0, len(words), 2), len(words) // 20):
        words[place] = "autrement"
    assert alike(text, "".join(words)) >= MOST


def test_what_is_markup_alone_does_not_make_two_letters_alike() -> None:
    frame = (
        "<html><style>.a { color: red; margin: 0 auto }</style><!-- news --><table><tr><td>{}</td></tr></table></html>"
    )
    assert (
        alike(frame.replace("{}", "Bonjour, merci de votre visite"), frame.replace("{}", "Le bureau est fermé")) < SOME
    )


def test_what_is_kept_tells_nothing_without_the_key() -> None:
    kept = likeness_of(FIRST, b"key")
    assert likeness(kept, likeness_of(FIRST, b"another key")) < 0.1
    assert b"candidature" not in kept
    assert likeness(b"", b"") == 0
