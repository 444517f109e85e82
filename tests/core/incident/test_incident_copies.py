"""What copies are called, when they are from, and who may be one person: told to the author, named in no report."""

from __future__ import annotations

import csv
import datetime
import re
from pathlib import Path

import pytest
from each_row import each_row
from leaked_mails import AWARE, LEAK_ID, SENT, eml
from test_incident_opening import NOW, rows

from mailmerge.environment import Environment
from mailmerge.files import working_files
from mailmerge.files.home import home_below
from mailmerge.incident.mail import CopyNote, HeaderField
from mailmerge.incident.opening import OpenedIncident, open_incident, status_of
from mailmerge.incident.read.address_list import parties
from mailmerge.text.folding import fold

WHO = [
    ("Léa Durand", "lea.durand@boite.example"),
    ("Petit, Hugo (EXT)", "hp@courrier.example"),
    ("", "zoe.roux@boite.example"),
    ("李雷", "li@courrier.example"),
]
CALLED = {
    "Thunderbird": "Votre candidature - Léa Durand _lea.durand@boite.example_ - 2026-09-01 1012.eml",
    "Outlook": "RE Votre candidature (Léa Durand).eml",
    "decomposed": "RE_Votre_candidature_Le\u0301a_Durand.eml",
    "capitals": "DURAND LEA.eml",
    "last name first": "petit hugo.eml",
    "address": "zoe.roux@boite.example.eml",
    "another alphabet": "李雷.eml",
    "folder": "Léa Durand/mail.eml",
}
HARMLESS = {"subject": "Votre candidature.eml", "number": "copy-1.eml", "one word of a name": "hugo 2026.eml"}


def opened_as(folder: Path, name: str, content: bytes = b"", *, aware: str = AWARE) -> OpenedIncident:
    """An incident of one copy that is called like this."""
    path = folder / "copies" / name
    path.parent.mkdir(parents=True)
    path.write_bytes(content or eml(WHO))
    here = Environment(home_below(folder / "home"), lambda: NOW)
    return open_incident([path], aware=aware, folder=folder / "incident", language="fr", environment=here)


@each_row("name", CALLED.values(), ids=CALLED)
def test_a_copy_that_is_called_after_somebody_is_a_number_in_everything_but_the_working_files(
    name: str, tmp_path: Path
):
    opened = opened_as(tmp_path, name)
    here = Environment(home_below(tmp_path / "home"), lambda: NOW)
    (listed,) = working_files.listed(here.home.data)
    assert {"people.csv", "copies.csv"} <= set(listed.names) <= set(opened.files)
    for file in set(opened.files) - set(listed.names):
        said = fold((opened.folder / file).read_text(encoding="utf-8"))
        assert not any(fold(word) in said for word in ("lea durand", "hugo petit", "petit hugo", "zoe roux", "李雷"))
        assert fold(name.removesuffix(".eml")) not in said
    assert [each.file for each in opened.record.evidence] == ["copy-1.eml"]
    assert rows(opened.folder / "copies.csv") == [{"copy": "copy-1.eml", "file": str(tmp_path / "copies" / name)}]
    assert status_of(opened.folder, here).evidence == {"copy-1.eml": True}
    with (tmp_path / "copies" / name).open("ab") as file:
        file.write(b"\r\n")
    assert status_of(opened.folder, here).evidence == {"copy-1.eml": False}
    (opened.folder / "copies.csv").unlink()
    assert status_of(opened.folder, here).evidence == {"copy-1.eml": None}


@each_row("name", HARMLESS.values(), ids=HARMLESS)
def test_a_copy_whose_name_is_nobodys_is_called_as_it_is(name: str, tmp_path: Path):
    opened = opened_as(tmp_path, name)
    assert [each.file for each in opened.record.evidence] == [str(tmp_path / "copies" / name)]
    assert "copies.csv" not in opened.files


HOUR = datetime.timedelta(hours=1)
TIMES = {
    "a day before": (SENT, "2026-08-31 10:15 Europe/Paris", True),
    "a minute before": (SENT, "2026-09-01 09:57 Europe/Paris", True),
    "the same minute": (SENT, "2026-09-01 09:58 Europe/Paris", False),
    "after, in a zone whose clock shows less": (SENT, "2026-09-01 04:15 America/New_York", False),
    "before, in a zone whose clock shows more": (SENT, "2026-09-01 16:15 Asia/Tokyo", True),
    "after, by an offset": (SENT, "2026-09-01 09:15 +01:00", False),
    "in the hour that the clock showed twice": (
        datetime.datetime(2026, 10, 25, 2, 30, tzinfo=datetime.timezone(2 * HOUR)), "2026-10-25 02:15 Europe/Paris",
        False,
    ),
    "before the clock was set back": (
        datetime.datetime(2026, 10, 25, 2, 30, tzinfo=datetime.timezone(HOUR)), "2026-10-25 01:59 Europe/Paris", True,
    ),
    "no date": (None, AWARE, False),
}  # fmt: skip


@each_row("sent, aware, told", TIMES.values(), ids=TIMES)
def test_a_moment_before_the_mail_was_sent_is_told(
    sent: datetime.datetime | None, aware: str, told: bool, tmp_path: Path
):
    opened = opened_as(tmp_path, "copy.eml", eml(WHO, sent=sent), aware=aware)
    assert (CopyNote.BEFORE_SENT in [each.note for each in opened.remarks]) is told


SPELLED = {
    "two addresses": ([("Léa Durand", "a@x.example"), ("Durand, Lea", "b@y.example"), ("Eva", "e@x.example")], 2),
    "twice two": ([("Léa Durand", "a@x.example"), ("Léa Durand", "b@y.example")] * 2, 2),
    "one mailbox": ([("Léa Durand", "A@x.example"), ("Léa Durand", "a@X.example"), ("Eva", "e@x.example")], 0),
    "two people": ([("Léa Durand", "a@x.example"), ("Hugo Durand", "b@y.example")], 0),
    "no names": ([("", "a@x.example"), ("", "b@y.example")], 0),
    "a function": ([("Service RH", "a@x.example"), ("Service RH", "b@y.example")], 0),
}


@each_row("who, count", SPELLED.values(), ids=SPELLED)
def test_people_who_share_a_name_are_counted_apart_and_told(who: list[tuple[str, str]], count: int, tmp_path: Path):
    opened = opened_as(tmp_path, "copy.eml", eml(who))
    assert sum(each.count for each in opened.remarks if each.note is CopyNote.SAME_NAME) == count
    report = (opened.folder / "report.fr.md").read_text(encoding="utf-8")
    assert ("portent le même nom" in report) is bool(count)


def test_what_people_read_in_french_ends_no_line_before_a_sign(tmp_path: Path):
    opened = opened_as(tmp_path, "copy.eml")
    letter = (opened.folder / "apology" / "excuses.fr.md").read_text(encoding="utf-8")
    page = (opened.folder / "report.html").read_text(encoding="utf-8").partition("<body>")[2]
    for text in (letter, page):
        assert "\u00a0:" in text
        assert re.findall(r".{9} (?:[:;!?»]|%(?!\}))", text) == []
    with (opened.folder / "register.csv").open(encoding="utf-8-sig", newline="") as file:
        assert "adresse électronique\u00a0: 4" in list(csv.reader(file))[1][6]


@pytest.mark.parametrize("address", ['"léa durand"@boite.example', '"a,b"@boite.example', '"a\\"b"@x.example'])
def test_an_address_whose_local_part_is_quoted_is_an_address(address: str):
    (found,) = parties(address, HeaderField.CC)
    assert (found.name, found.address) == ("", address)
    assert LEAK_ID not in found.address
