"""What the apology says is true of each person: whether they got the mail, or were only in a list that others got."""

from __future__ import annotations

import csv
import io
from pathlib import Path

from each_row import each_row
from leaked_mails import AWARE, SENT, answer, eml
from test_incident_opening import NOW

from mailmerge.campaign import open_campaign
from mailmerge.environment import Environment
from mailmerge.files.home import home_below
from mailmerge.incident.opening import open_incident
from mailmerge.model import Severity

FIRST = ("Hugo", "Zoe", "Anne", "Luc", "Eva")
LISTED = [(f"{first} Durand", f"{first.casefold()}@boite{number}.example") for number, first in enumerate(FIRST)]
READERS = [("Paul Petit", "paul@autre.example"), ("Marie Roux", "marie@encore.example")]
ENGLISH = "Dear all,\n\nThank you for the applications. We will not be taking you further.\n\nThe team\n"


def table(people: list[tuple[str, str]]) -> bytes:
    text = io.StringIO(newline="")
    csv.writer(text, delimiter=";").writerows([("Nom", "Adresse e-mail"), *people])
    return text.getvalue().encode()


def listing(people: list[tuple[str, str]]) -> str:
    return "\n".join(f"{name} {address}" for name, address in people)


SENTENCES = {
    "fr": (
        ("Vous étiez du nombre", "Vous l’avez reçu", "Ce que nous vous demandons", "Supprimez-le"),
        ("Vous ne l’avez pas reçu", "Ce que nous demandons aux personnes"),
    ),
    "en": (
        ("You were among them", "You received it", "What we ask of you", "Please delete it"),
        ("You did not receive it", "What we are asking of those who received"),
    ),
}
BODIES = {"fr": "Bonjour,\n\nNous ne pouvons pas donner suite à votre candidature.\n\nLe service\n", "en": ENGLISH}
LEAKS = {
    "all in To": lambda body: eml([*READERS, *LISTED], body=body),
    "a list attached, to several": lambda body: eml(READERS, body=body, files=[("liste.csv", table(LISTED))]),
    "a list attached, to one": lambda body: eml(READERS[:1], body=body, files=[("liste.csv", table(LISTED))]),
    "a list pasted": lambda body: eml(READERS[:1], body=f"{body}\n{listing(LISTED)}\n"),
    "a list of those who got it": lambda body: eml(bcc=LISTED, body=body, files=[("liste.csv", table(LISTED))]),
    "a list of some who got it": lambda body: eml(LISTED[:2], body=body, files=[("liste.csv", table(LISTED))]),
}


@each_row("leak", LEAKS.values(), ids=LEAKS)
@each_row("language", ["fr", "en"])
def test_each_person_reads_what_is_true_of_them(leak, language: str, tmp_path: Path):
    copy = tmp_path / "copy.eml"
    copy.write_bytes(leak(BODIES[language]))
    here = Environment(home_below(tmp_path / "home"), lambda: NOW)
    opened = open_incident([copy], aware=AWARE, folder=tmp_path / "i", language=language, environment=here)
    got = {address for _name, address in (*READERS, *LISTED) if _got(copy.read_bytes(), address)}
    campaign = open_campaign([opened.folder / "apology"], environment=here)
    report = campaign.check().report
    assert not report.blocks
    assert [each.message for each in report.findings if each.severity is Severity.WARN] == []
    told = {recipient.address: campaign.compose(recipient).text for recipient in campaign.recipients}
    assert set(told) == {address for _name, address in LISTED} | (got if opened.record.exposed > len(LISTED) else set())
    mine, others = SENTENCES[language]
    for address, text in told.items():
        assert any(said in text for said in mine) is (address in got)
        assert any(said in text for said in others) is (address not in got)
        assert not any(other in text for other in set(told) - {address})


def _got(content: bytes, address: str) -> bool:
    return address.encode() in content.partition(b"\r\n\r\n")[0]


def test_somebody_who_answered_to_everybody_got_the_mail(tmp_path: Path):
    for number, content in enumerate((eml(LISTED), answer(LISTED[0], LISTED[1:]))):
        (tmp_path / f"{number}.eml").write_bytes(content)
    here = Environment(home_below(tmp_path / "home"), lambda: NOW)
    copies = sorted(tmp_path.glob("*.eml"))
    opened = open_incident(copies, aware=AWARE, folder=tmp_path / "i", language="fr", environment=here)
    assert (opened.record.bystanders, opened.record.exposed_readers) == (0, len(LISTED))
    assert SENT.isoformat(timespec="minutes") in {each.at for each in opened.record.mails}
