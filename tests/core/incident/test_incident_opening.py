"""An incident opened: only working files name anybody, the apologies check clean, and nothing is altered."""

from __future__ import annotations

import csv
import datetime
import json
import re
import stat
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from email.message import EmailMessage
from pathlib import Path

import pytest
from each_row import pairs
from leaked_mails import AWARE, BODY, LEAK_ID, SENDER, SENT, TABLE, answer, eml, mbox, msg, people

from mailmerge import i18n
from mailmerge.campaign import open_campaign
from mailmerge.environment import Environment
from mailmerge.errors import InputError, TableError, UsageError
from mailmerge.files import working_files
from mailmerge.files.home import home_below
from mailmerge.incident import opening
from mailmerge.incident.draft import IncidentDraft, IncidentStep, StepState, keep_draft, load_draft, opened_from
from mailmerge.incident.facts import FACTS, checked
from mailmerge.incident.mail import CopyNote
from mailmerge.incident.notes import hours_said, time_left
from mailmerge.incident.opening import OpenedIncident, incidents, open_incident, status_of
from mailmerge.incident.record import IncidentRecord, read_record
from mailmerge.incident.sheets import changed_sheets
from mailmerge.incident.words import LANGUAGES, words_of
from mailmerge.text.addresses import same_mailbox_key
from mailmerge.text.folding import fold

NOW = datetime.datetime(2026, 9, 1, 12, 15, tzinfo=datetime.timezone(datetime.timedelta(hours=2)))
Open = Callable[..., OpenedIncident]


@pytest.fixture
def around(tmp_path: Path) -> Environment:
    return Environment(home_below(tmp_path / "home"), lambda: NOW)


@pytest.fixture
def opened(tmp_path: Path, around: Environment) -> Open:
    """``opened(content, ...)``: an incident of copies with these contents."""

    def make(
        *contents: bytes, language: str = "fr", aware: str = AWARE, into: str = "incident", **options: object
    ) -> OpenedIncident:
        paths = []
        for number, content in enumerate(contents):
            kind = "mbox" if content.startswith(b"From ") else "msg" if content.startswith(b"\xd0\xcf") else "eml"
            path = tmp_path / f"copy-{number}.{kind}"
            path.write_bytes(content)
            paths.append(path)
        return open_incident(
            paths, aware=aware, folder=tmp_path / into, language=language, environment=around, **options  # type: ignore[arg-type]
        )  # fmt: skip

    return make


def rows(path: Path, delimiter: str = ",") -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file, delimiter=delimiter))


WORKING = {"people.csv", "apology/personnes.csv", "apology/people.csv"}
FORMS: dict[str, Callable[[Sequence[tuple[str, str]]], bytes]] = {
    "eml": eml,
    "msg": msg,
    "mbox": lambda who: mbox(eml(who), answer(who[3], who)),
}


@pytest.mark.parametrize(("table", "names"), pairs([None, TABLE], [True, False]))
def test_the_apologies_check_clean_for_everybody_whatever_kind_of_file_was_leaked(
    opened: Open, around: Environment, table: Path | None, *, names: bool
) -> None:
    checked: list[dict[str, bytes]] = []
    for form, leaked in FORMS.items():
        found = opened(leaked(people(names=names)), table=table, into=form)
        assert (found.record.people, found.record.exposed, found.record.disclosures) == (340, 340, 340 * 339)
        assert found.record.deadline == "2026-09-04T10:15+02:00"
        folder = found.folder / "apology"
        apology = {path.name: path.read_bytes() for path in folder.rglob("*") if path.is_file()}
        if apology in checked:
            continue
        checked.append(apology)
        campaign = open_campaign([folder / "campaign.toml"], environment=around)
        report = campaign.check().report
        assert (report.messages, [each.message for each in report.findings]) == (340, [])
        greeted = {campaign.compose(recipient).text.split("\n")[0].casefold() for recipient in campaign.recipients}
        if table:
            assert "bonjour madame perez," in greeted
        else:
            assert greeted == ({f"bonjour {n.casefold()}," for n, _ in people()} if names else {"madame, monsieur,"})


@pytest.mark.parametrize("language", ["fr", "en"])
@pytest.mark.parametrize("table", [None, TABLE], ids=["alone", "with its table"])
def test_nothing_but_the_working_files_names_anybody(opened: Open, language: str, table: Path | None) -> None:
    who = people()
    found = opened(*map(bytes, (eml(who), answer(who[7], who))), language=language, table=table)
    names = {fold(name) for name, _ in who}
    for name in found.files:
        text = (found.folder / name).read_text(encoding="utf-8-sig")
        addresses = {address for _, address in who if address in text}
        if name in WORKING:
            assert len(addresses) == 340
            continue
        assert not addresses, name
        folded = f" {fold(text)} "
        assert not [each for each in names if f" {each} " in folded], name
    assert stat.S_IMODE((found.folder / "people.csv").stat().st_mode) == 0o600
    for path in found.folder.rglob("*"):
        assert not stat.S_IMODE(path.stat().st_mode) & 0o077, path


def test_the_folder_has_every_sheet_in_both_languages(opened: Open) -> None:
    found = opened(eml(people()))
    assert set(found.files) == {
        "incident.json", "people.csv", "register.csv", "cnil.fr.md", "ico.en.md", "report.html",
        "report.fr.md", "report.fr.html", "report.en.md", "report.en.html", "checklist.fr.md", "checklist.en.md",
        "apology/campaign.toml", "apology/personnes.csv", "apology/excuses.fr.md",
    }  # fmt: skip
    page = (found.folder / "report.html").read_text(encoding="utf-8")
    assert page == (found.folder / "report.fr.html").read_text(encoding="utf-8")
    assert "<svg" in page
    assert "<script" not in page
    assert "default-src 'none'" in page
    assert not re.search(r"""(?:src|href)=["']?(?:https?:|//)""", page)
    assert page.count("<circle") == 340
    assert "115\u00a0260 divulgations" in page
    (row,) = rows(found.folder / "register.csv")
    assert row["Personnes exposées"] == "340"
    assert row["Preuves (SHA-256)"] == found.record.evidence[0].sha256


def test_the_checklist_has_its_times(opened: Open) -> None:
    text = (opened(eml(people()[:5])).folder / "checklist.fr.md").read_text(encoding="utf-8")
    for time in ("1er septembre 2026 à 11 h 15", "1er septembre 2026 à 14 h 15", "4 septembre 2026 à 10 h 15"):
        assert time in text


def test_each_person_has_a_row_with_what_was_shown(opened: Open) -> None:
    who = [*people()[:3], ("Zoé Roux", "zoe1987@acme.example"), ("Hugo Petit", "hugo.petit@acme.example")]
    found = opened(eml(who), answer(who[0], who))
    listed = {row["address"]: row for row in rows(found.folder / "people.csv")}
    assert len(listed) == 5
    assert {row["seen_by"] for row in listed.values()} == {"4"}
    assert listed["zoe1987@acme.example"]["colleagues"] == "1"
    assert "année de naissance dans l’adresse" in listed["zoe1987@acme.example"]["shown"]
    assert listed[who[0][1]]["answered_all"] == "2026-09-01T10:28+02:00"
    assert found.record.shown["employer"] == 2
    assert [(each.answer, each.by) for each in found.record.mails] == [(False, 0), (True, 1)]
    assert "personne n° 1" in (found.folder / "report.fr.html").read_text(encoding="utf-8")


def test_a_cell_is_no_formula(opened: Open) -> None:
    found = opened(eml([('=HYPERLINK("http://x.example")', "a@x.example"), ("Bo", "b@y.example")]))
    assert rows(found.folder / "people.csv")[0]["name"].startswith("'=")


def notice(address: str, *, action: str = "failed", about: str = LEAK_ID) -> bytes:
    """A notice of non-delivery (RFC 3464)."""
    return (
        "From: MAILER-DAEMON@mail.example\r\nTo: rh@atelier-garonne.example\r\nSubject: Undelivered\r\n"
        'Content-Type: multipart/report; report-type=delivery-status; boundary="b"\r\n\r\n'
        "--b\r\nContent-Type: text/plain\r\n\r\nSorry.\r\n"
        "--b\r\nContent-Type: message/delivery-status\r\n\r\nReporting-MTA: dns; mail.example\r\n\r\n"
        f"Final-Recipient: rfc822; {address}\r\nAction: {action}\r\nStatus: 5.1.1\r\n\r\n"
        f"--b\r\nContent-Type: text/rfc822-headers\r\n\r\nMessage-ID: {about}\r\nSubject: x\r\n--b--\r\n"
    ).encode()


def test_who_is_proven_not_to_have_got_it_saw_nothing_and_is_not_written_to(opened: Open, around: Environment) -> None:
    who = people()[:10]
    found = opened(eml(who), notice(who[2][1]))
    assert (found.record.people, found.record.bounced, found.record.received) == (10, 1, 9)
    assert found.record.disclosures == 9 * 9
    assert found.record.unreachable == 1
    campaign = open_campaign([found.folder / "apology" / "campaign.toml"], environment=around)
    assert who[2][1] not in campaign.recipients.addresses().values()
    assert len(campaign.table.records) == 10
    assert not campaign.check().report.findings


@pytest.mark.parametrize("other", [{"action": "delayed"}, {"about": "<another@x>"}], ids=["delayed", "another mail"])
def test_a_notice_that_proves_nothing_changes_nothing(opened: Open, other: dict[str, str]) -> None:
    who = people()[:10]
    found = opened(eml(who), notice(who[2][1], **other))
    assert (found.record.people, found.record.bounced) == (10, 0)


@pytest.mark.parametrize("kind", ["eml", "mbox", "mbx", "json", "csv"])
def test_what_came_back_can_be_a_file_of_its_own(opened: Open, tmp_path: Path, kind: str) -> None:
    who = people()[:10]
    gone = who[2][1]
    path = tmp_path / f"returned.{kind}"
    box = mbox(notice(gone), notice("other@x.example", about="<other@x>"))
    messages = [{"address": address, "later": {"kind": "bounced"} if address == gone else None} for _, address in who]
    path.write_bytes(
        {
            "eml": notice(gone),
            "mbox": box,
            "mbx": box,
            "json": json.dumps({"run": "x", "messages": messages}).encode(),
            "csv": f"Adresse\n{gone}\n".encode(),
        }[kind]
    )
    assert opened(eml(who), returned_mail=path).record.bounced == 1


def test_a_list_of_everybody_is_no_returned_mail(opened: Open, tmp_path: Path) -> None:
    path = tmp_path / "all.csv"
    path.write_text("Adresse\n" + "\n".join(address for _, address in people()[:10]), encoding="utf-8")
    with pytest.raises(InputError, match="lists everybody"):
        opened(eml(people()[:10]), returned_mail=path)


# --- nobody's letter names anybody else ------------------------------------------------------------------------------


@pytest.mark.parametrize("which", ["address", "name"])
@pytest.mark.parametrize("bounced", [False, True], ids=["reached", "not reached"])
def test_a_letter_that_names_one_of_the_others_is_refused(
    opened: Open, around: Environment, which: str, *, bounced: bool
) -> None:
    who = people()[:10]
    found = opened(eml(who), *([notice(who[2][1])] if bounced else []))
    letter = found.folder / "apology" / "excuses.fr.md"
    said = who[2][1] if which == "address" else who[2][0]
    letter.write_text(letter.read_text(encoding="utf-8") + f"\nVoir aussi {said}.\n", encoding="utf-8")
    campaign = open_campaign([found.folder / "apology" / "campaign.toml"], environment=around)
    assert campaign.check().report.blocks


# --- facts -----------------------------------------------------------------------------------------------------------

SOME = {
    "about": "application, refusal",
    "organisation": "Atelier Garonne",
    "dpo": "Inès Labarthe",
    "dpo_contact": "dpo@atelier-garonne.example",
    "signatory": "Bertrand Lacoste",
    "gravity": "limited",
    "informed": "later",
    "measures_after": "Double relecture de *tout* envoi & <b>plus</b>",
}


def set_facts(folder: Path, facts: Mapping[str, str], *, language: str) -> IncidentRecord:
    return opening.set_facts(folder, facts, language=language, environment=Environment.here())


def test_facts_go_into_the_sheets_and_the_letter_and_the_letter_stays_clean(opened: Open, around: Environment) -> None:
    found = opened(eml(people()), table=TABLE)
    before = set(found.record.open)
    record = set_facts(found.folder, SOME, language="fr")
    assert before - set(record.open) == set(SOME)
    cnil = (found.folder / "cnil.fr.md").read_text(encoding="utf-8")
    assert "- [x] Limitée" in cnil
    assert "Organisme : Atelier Garonne" in cnil
    assert "- [x] Non, mais elles le seront" in cnil
    campaign = open_campaign([found.folder / "apology" / "campaign.toml"], environment=around)
    report = campaign.check().report
    assert [each.message for each in report.findings] == []
    text = campaign.compose(campaign.recipients[0]).text
    assert "que vous aviez postulé et que la réponse était négative" in text
    assert "dpo@atelier-garonne.example" in text
    assert "Double relecture de *tout* envoi & <b>plus</b>" in text
    record = set_facts(found.folder, {"gravity": ""}, language="fr")
    assert "gravity" in record.open


def test_of_facts_that_are_filled_in_at_the_same_time_all_stay(opened: Open) -> None:
    found = opened(eml(people()[:3]))
    with ThreadPoolExecutor(len(SOME)) as pool:
        for done in [pool.submit(set_facts, found.folder, {key: SOME[key]}, language="fr") for key in SOME]:
            done.result()
    record = read_record(found.folder)
    assert record.facts == SOME
    assert changed_sheets(found.folder, record) == []


def test_somebody_of_the_leak_is_never_allowed_in_the_letter(opened: Open, around: Environment) -> None:
    found = opened(eml(people()[:10]))
    set_facts(found.folder, {"dpo_contact": people()[4][1]}, language="fr")
    assert open_campaign([found.folder / "apology" / "campaign.toml"], environment=around).check().report.blocks


@pytest.mark.parametrize("value", ['<b>"x" & {y} {{ z }} {% if %}</b>', "a\nb | c ``` d", "=1+1", "É" * 300])
def test_whatever_is_typed_is_shown_as_typed_and_breaks_no_sheet(opened: Open, around: Environment, value: str) -> None:
    found = opened(eml(people()[:3]))
    typed = {fact.key: value for fact in FACTS if not fact.choices}
    assert set_facts(found.folder, typed, language="en").facts.keys() == typed.keys()
    page = (found.folder / "report.fr.html").read_text(encoding="utf-8")
    assert "<b>" not in page.partition("Brouillon")[2].replace("<strong>", "")
    campaign = open_campaign([found.folder / "apology" / "campaign.toml"], environment=around)
    assert campaign.check().report.messages == 3


@pytest.mark.parametrize(
    ("fact", "said"),
    [({"nothing": "x"}, 'no field "nothing"'), ({"gravity": "awful"}, '"awful" is not one of the choices')],
)
def test_a_wrong_fact_is_said(opened: Open, fact: dict[str, str], said: str) -> None:
    found = opened(eml(people()[:3]))
    with pytest.raises(UsageError) as refused:
        set_facts(found.folder, fact, language="en")
    assert said in str(refused.value)


@pytest.mark.parametrize(
    ("hour", "french", "english"), [(0, "0 h 05", "00:05"), (9, "9 h 05", "09:05"), (10, "10 h 05", "10:05")]
)
def test_a_time_of_day_is_written_as_its_language_writes_it(hour: int, french: str, english: str) -> None:
    at = datetime.datetime(2026, 11, 27, hour, 5)
    assert words_of("fr").date_time(at).replace("\u00a0", " ") == f"27 novembre 2026 à {french}"
    assert words_of("en").date_time(at) == f"27 November 2026 at {english}"


CHOSEN = [
    (fact.key, token, word)
    for fact in FACTS
    for token in fact.choices
    for word in {token, token.upper(), *(words_of(each).word(fact.key, token) for each in LANGUAGES)}
]


def without_article(word: str) -> str:
    return re.sub("^(?:(?:an?|une?|la|le) |l’)", "", word)


def test_a_choice_is_made_by_its_token_or_by_the_word_of_the_sheets() -> None:
    assert [(key, word) for key, token, word in CHOSEN if checked(key, word) != token] == []
    assert [(key, word) for key, token, word in CHOSEN if checked(key, without_article(word)) != token] == []
    assert checked("about", "une candidature, refusal") == "application, refusal"
    assert checked("about", "Candidature, santé") == "application, health"


@pytest.mark.parametrize("value", ["énorme", "limitée, maximale", "non"])
def test_what_is_no_choice_is_answered_with_the_words_for_them(value: str) -> None:
    with pytest.raises(UsageError) as refused, i18n.speaking("fr"):
        checked("gravity", value)
    with i18n.speaking("fr"):
        assert "limited (limitée)" in str(refused.value)
    assert "important (significant)" in str(refused.value)


def test_a_sheet_that_somebody_changed_is_left_alone(opened: Open, around: Environment) -> None:
    found = opened(eml(people()[:3]))
    sheet = found.folder / "cnil.fr.md"
    sheet.write_text("mien", encoding="utf-8")
    set_facts(found.folder, {"organisation": "Atelier"}, language="fr")
    assert sheet.read_text(encoding="utf-8") == "mien"
    assert "Atelier" in (found.folder / "ico.en.md").read_text(encoding="utf-8")
    assert status_of(found.folder, around).changed == ["cnil.fr.md"]


# --- what is open, and how much time is left -------------------------------------------------------------------------


def test_the_status_counts_down_and_looks_at_the_evidence(opened: Open, around: Environment, tmp_path: Path) -> None:
    found = opened(eml(people()[:3]))
    status = status_of(found.folder, around)
    assert status.hours_left == 70.0
    assert list(status.evidence.values()) == [True]
    copy = tmp_path / "copy-0.eml"
    copy.write_bytes(copy.read_bytes() + b"x")
    assert list(status_of(found.folder, around).evidence.values()) == [False]
    copy.unlink()
    assert list(status_of(found.folder, around).evidence.values()) == [None]
    late = Environment(around.home, lambda: NOW + datetime.timedelta(days=4))
    assert status_of(found.folder, late).hours_left == -26.0


@pytest.mark.in_english
def test_no_time_is_left_for_what_was_done(opened: Open, around: Environment) -> None:
    found = opened(eml(people()[:3]))
    assert "hours left to notify the authority" in time_left(found.record, around)
    when = "27/11/2026 9 h"
    record = set_facts(found.folder, {"notified_at": when}, language="fr")
    for now in (NOW, NOW + datetime.timedelta(days=4)):
        then = Environment(around.home, lambda now=now: now)  # type: ignore[misc]
        assert time_left(record, then) == f"The authority was notified: {when}"
        assert hours_said(record, then) == "authority notified"


def test_a_mail_without_a_date_leaves_its_time_open(opened: Open) -> None:
    found = opened(eml(people()[:3], sent=None))
    assert CopyNote.NO_DATE in {each.note for each in found.remarks}
    assert "sent_at" in found.record.open
    record = set_facts(found.folder, {"sent_at": "le matin du 1er septembre"}, language="fr")
    assert "sent_at" not in record.open
    assert "le matin du 1er septembre" in (found.folder / "cnil.fr.md").read_text(encoding="utf-8")


def test_the_copies_are_as_they_were(opened: Open, tmp_path: Path) -> None:
    contents = (eml(people()), mbox(answer(people()[0], people())), msg(people()[:5]))
    opened(*contents)
    for number, content in enumerate(contents):
        (path,) = tmp_path.glob(f"copy-{number}.*")
        assert path.read_bytes() == content


NO_EXPOSURE = {
    "one person": eml([("Léa Durand", "lea@x.example")]),
    "one person, twice": eml([("Léa", "lea@x.example")], cc=[("Léa", "LEA@x.example")]),
    "everybody in Bcc": eml([SENDER], bcc=people()[:20]),
    "nobody": eml([]),
}


@pytest.mark.parametrize("content", NO_EXPOSURE.values(), ids=NO_EXPOSURE)
def test_no_exposure_is_one_line_and_writes_nothing(opened: Open, tmp_path: Path, content: bytes) -> None:
    with pytest.raises(InputError, match="no exposure"):
        opened(content)
    assert not (tmp_path / "incident").exists()


def test_a_table_that_fits_nobody_is_said(opened: Open, tmp_path: Path) -> None:
    table = tmp_path / "others.csv"
    table.write_text("Nom;Courriel\nRoux;roux@w.example\nPetit;petit@w.example\n", encoding="utf-8")
    with pytest.raises(TableError, match="none of the 3 people of the mail is in"):
        opened(eml(people()[:3]), table=table)


def test_a_table_that_is_out_of_step_gives_nobody_anothers_name(
    opened: Open, tmp_path: Path, around: Environment
) -> None:
    who = people()[:6]
    lines = [f"{name};{address}" for (name, _), (_, address) in zip(who, [*who[1:], who[0]], strict=True)]
    table = tmp_path / "shifted.csv"
    table.write_text("\n".join(["Nom complet;Courriel", *lines]), encoding="utf-8")
    found = opened(eml(who), table=table)
    assert [(each.note, each.count) for each in found.remarks] == [(CopyNote.NAMES_DIFFER, 6)]
    campaign = open_campaign([found.folder / "apology" / "campaign.toml"], environment=around)
    assert {campaign.compose(each).text.split("\n")[0] for each in campaign.recipients} == {"Madame, Monsieur,"}


def test_a_shared_mailbox_takes_nobodys_title(opened: Open, tmp_path: Path, around: Environment) -> None:
    table = tmp_path / "couple.csv"
    table.write_text(
        "Civilité;Prénom;Nom;Courriel\nMadame;Léa;Roux;roux@w.example\nMonsieur;Hugo;Roux;roux@w.example\n"
        "Madame;Zoé;Petit;petit@w.example\n",
        encoding="utf-8",
    )
    found = opened(eml([("", "roux@w.example"), ("", "petit@w.example")]), table=table)
    campaign = open_campaign([found.folder / "apology" / "campaign.toml"], environment=around)
    texts = [campaign.compose(each).text.split("\n")[0] for each in campaign.recipients]
    assert texts == ["Madame, Monsieur,", "Bonjour Madame Petit,"]


def test_a_folder_with_something_in_it_is_left_alone(opened: Open, tmp_path: Path) -> None:
    (tmp_path / "incident").mkdir()
    (tmp_path / "incident" / "mine.txt").write_text("x")
    with pytest.raises(UsageError, match="already there and not empty"):
        opened(eml(people()[:3]))
    assert [path.name for path in (tmp_path / "incident").iterdir()] == ["mine.txt"]


def test_a_list_sent_to_one_person_exposes_all_the_others(opened: Open) -> None:
    table = "Nom;Courriel\n" + "\n".join(f"Nom{n};candidat{n}@w.example" for n in range(30))
    found = opened(eml([("Bo", "bo@x.example")], files=[("liste.csv", table.encode())]))
    assert (found.record.people, found.record.exposed, found.record.disclosures) == (31, 30, 30)
    assert {rule.code for rule in found.record.rules} & {"ATT502", "ATT506"}
    letter = (found.folder / "apology" / "excuses.fr.md").read_text(encoding="utf-8")
    assert "avec une liste de personnes" in letter


def test_the_rules_that_would_have_stopped_it_are_named(opened: Open) -> None:
    found = opened(eml(people()))
    assert {rule.code for rule in found.record.rules} == {"TPL203", "TPL208"}
    assert found.record.rules_on == 340
    assert "TPL208" in (found.folder / "report.en.md").read_text(encoding="utf-8")


def test_an_english_leak_is_apologised_for_in_english(opened: Open, around: Environment) -> None:
    body = "Thank you for your application. We are sorry that we will not be able to offer you this position.\n"
    found = opened(eml(people()[:8], body=body, subject="Your application"))
    campaign = open_campaign([found.folder / "apology" / "campaign.toml"], environment=around)
    assert [each.message for each in campaign.check().report.findings] == []
    assert campaign.compose(campaign.recipients[0]).text.startswith("Dear Léa Durand,")


# --- the working files are purged ------------------------------------------------------------------------------------


def test_working_files_are_listed_and_purged_with_time(opened: Open, around: Environment) -> None:
    found = opened(eml(people()[:5]))
    (listed,) = working_files.listed(around.home.data)
    assert {path.name for path in listed.there} == {"people.csv", "personnes.csv"}
    month = datetime.timedelta(days=30)
    late = listed.changed + month
    assert working_files.purge(around.home.data, month, late - datetime.timedelta(seconds=1)).files == ()
    done = working_files.purge(around.home.data, month, late)
    assert {path.name for path in done.files} == {"people.csv", "personnes.csv"}
    assert working_files.listed(around.home.data) == []
    assert status_of(found.folder, around).record.people == 5
    set_facts(found.folder, {"organisation": "Atelier"}, language="fr")
    assert not (found.folder / "people.csv").exists()


def test_the_table_of_apologies_that_are_being_sealed_stays(opened: Open, around: Environment) -> None:
    found = opened(eml(people()[:5]))
    table = found.folder / "apology" / "personnes.csv"
    late = NOW + datetime.timedelta(days=999)
    assert working_files.purge(around.home.data, datetime.timedelta(0), late, in_use=table).files == ()
    assert table.exists()


def test_colleagues_of_the_sender_are_counted_and_mentioned(opened: Open) -> None:
    found = opened(eml(people()[:5], cc=[("", "direction@atelier-garonne.example")]))
    assert found.record.people == 6
    assert [(each.note, each.count) for each in found.remarks] == [(CopyNote.OWN_DOMAIN, 1)]


def test_a_working_file_that_cannot_be_deleted_stays_listed(opened: Open, around: Environment) -> None:
    def refuse(path: Path) -> None:
        raise PermissionError(13, "no", str(path))

    opened(eml(people()[:5]))
    done = working_files.purge(
        around.home.data, datetime.timedelta(0), NOW + datetime.timedelta(days=999), deleting=refuse
    )
    assert len(done.kept) == 2
    assert len(working_files.listed(around.home.data)) == 1


# --- step by step ----------------------------------------------------------------------------------------------------


def test_a_draft_is_found_again_at_every_step(tmp_path: Path, around: Environment) -> None:
    copy = tmp_path / "leak.eml"
    copy.write_bytes(eml(people()[:4]))
    draft = load_draft(around)
    assert draft.state_of(IncidentStep.COPIES, None) is StepState.NOW
    for change in ({"copies": (str(copy),)}, {"aware": AWARE}):
        draft = keep_draft(around, IncidentDraft(**{"copies": draft.copies, "aware": draft.aware, **change}))  # type: ignore[arg-type]
        assert load_draft(around) == draft
    assert draft.state_of(IncidentStep.COUNT, None) is StepState.NOW
    draft = keep_draft(around, opened_from(draft, str(tmp_path / "out"), "fr", around))
    again = load_draft(around)
    assert again == draft
    record = again.record()
    assert record is not None
    assert record.people == 4
    assert again.state_of(IncidentStep.FACTS, record) is StepState.NOW
    assert incidents(around) == [tmp_path / "out"]
    (around.home.state / "incident-draft.json").write_text("{", encoding="utf-8")
    assert load_draft(around).folder == str(tmp_path / "out")


@pytest.mark.parametrize("content", ["", "{", "[]", '{"format": 1}', '{"people": "x"}'])
def test_a_damaged_record_is_one_line(tmp_path: Path, around: Environment, content: str) -> None:
    (tmp_path / "incident.json").write_text(content, encoding="utf-8")
    with pytest.raises(InputError, match="is damaged"):
        status_of(tmp_path, around)
    with pytest.raises(InputError, match="is not the folder of an incident"):
        status_of(tmp_path / "nowhere", around)


def test_a_thousand_mails_of_one_thread_are_few_sums(opened: Open) -> None:
    who = people()[:40]
    found = opened(mbox(eml(who), *(answer(who[n % 40], who, number=n, minutes=n) for n in range(60))))
    assert found.record.disclosures == 40 * 39
    assert len(found.record.answers) == 60
    assert "et 52 autres réponses" in (found.folder / "report.fr.html").read_text(encoding="utf-8")


def test_the_mail_in_two_batches_is_one_incident(opened: Open) -> None:
    who = people()[:40]
    later = SENT + datetime.timedelta(minutes=5)
    batches = [eml(who[:25]), eml(who[20:], message_id="<leak-2@x>", sent=later)]
    found = opened(mbox(*batches, eml(who[:3], subject="autre", message_id="<o@x>")))
    assert found.record.people == 40
    first, second = set(range(25)), set(range(20, 40))
    edges = {(a, b) for group in (first, second) for a in group for b in group if a != b}
    assert found.record.disclosures == len(edges)


def test_mailboxes_are_the_same_however_they_are_spelled(opened: Open) -> None:
    found = opened(eml([("", "Lea.Durand@Gmail.com"), ("", "leadurand+x@gmail.com"), ("", "bo@x.example")]))
    assert found.record.people == 2
    assert same_mailbox_key("Lea.Durand@Gmail.com") == same_mailbox_key("leadurand+x@gmail.com")


def test_the_message_object_of_the_standard_library_is_read_too(opened: Open) -> None:
    message = EmailMessage()
    message["From"], message["To"] = SENDER[1], ", ".join(address for _, address in people()[:30])
    message["Subject"], message["Date"] = "Votre candidature", SENT
    message.set_content(BODY)
    assert opened(message.as_bytes()).record.disclosures == 30 * 29
