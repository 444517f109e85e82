"""In whose messages a value is: names in their forms, addresses and numbers however they are written, files too."""

from __future__ import annotations

import hashlib
from datetime import UTC, datetime
from email.message import EmailMessage
from pathlib import Path

import pytest
from each_row import each_row

from mailmerge.campaign.runs.holders import Holder, Sought, about_person, holders_in_run
from mailmerge.campaign.runs.receipt import read_receipt
from mailmerge.errors import UsageError
from mailmerge.model import Envelope, SealedMessage, State
from mailmerge.outbox import Later, LaterKind, Outbox, Run, RunHeader
from mailmerge.outbox.afterwards import add_later
from mailmerge.text.addresses import find_addresses, same_mailbox_key

PEOPLE = {
    1: ("Jeanne Petit", "jeanne.petit@boite.example", "06 39 98 59 87", "AG-26-0118"),
    2: ("Jürgen Müller-Lüdenscheidt", "j.mueller@boite.example", "+33 6 39 98 00 01", "AG-26-0119"),
    3: ("Zoé N'Diaye", "zoe@xn--bote-cta.example", "07700 900469", "AVM-2261"),
}


def sealed(record: int, text: str, *, html: str = "", file: tuple[str, str] | None = None) -> SealedMessage:
    name, address = PEOPLE[record][:2]
    message = EmailMessage()
    message["From"] = "rh@atelier.example"
    message["To"] = address
    message["Subject"] = "Votre candidature"
    message["Date"] = "Wed, 02 Sep 2026 10:00:00 +0000"
    message_id = message["Message-ID"] = f"<{record}@atelier.example>"
    message.set_content(text, cte="quoted-printable")
    if html:
        message.add_alternative(html, subtype="html", cte="quoted-printable")
    if file:
        message.add_attachment(file[1], filename=file[0], cte="base64")
    content = message.as_bytes().replace(b"\n", b"\r\n")
    digest = hashlib.sha256(content).hexdigest()
    return SealedMessage(record, name, Envelope("rh@atelier.example", address), str(message_id), content, digest)


def run_of(folder: Path, *messages: SealedMessage) -> Run:
    rows = [(record, (name, address, phone, reference)) for record, (name, address, phone, reference) in PEOPLE.items()]
    return Outbox(folder).seal(
        RunHeader(
            run="2026-09-02-7f3a",
            created=datetime(2026, 9, 2, 10, 0, tzinfo=UTC),
            campaign="septembre",
            account="rh",
            senders=["rh@atelier.example"],
            headers=("nom", "email", "téléphone", "référence"),
        ),
        messages,
        rows=rows,
    )


WRITTEN = {
    "Jeanne Petit": ["Jeanne Petit", "PETIT Jeanne", "Petit, Jeanne", "jeanne  petit", "Jeanne\u00a0PETIT"],
    "petit JEANNE": ["Jeanne Petit"],
    "Jürgen Müller-Lüdenscheidt": ["Juergen Mueller-Luedenscheidt", "Müller Lüdenscheidt Jürgen"],
    "Zoé N'Diaye": ["ZOE N’DIAYE", "Ndiaye Zoé"],
    "jeanne.petit@boite.example": ["JEANNE.PETIT@boite.example", "jeanne.petit+rh@boite.example"],
    "06 39 98 59 87": ["06.39.98.59.87", "+33 6 39 98 59 87", "0639985987"],
    "AG-26-0118": ["AG 26 0118", "ag-26-0118"],
    "tournage sur bois": ["le Tournage sur  bois", "TOURNAGE SUR BOIS"],
}
"""By what is searched for, how a message has it."""


@each_row(("text", "written"), [(text, each) for text, forms in WRITTEN.items() for each in forms])
@each_row("place", ["text", "html", "file"])
def test_a_value_is_found_however_it_is_written_and_wherever(
    tmp_path: Path, text: str, written: str, place: str
) -> None:
    said = f"Bonjour,\n\nVoici : {written}.\n"
    message = {
        "text": lambda: sealed(2, said),
        "html": lambda: sealed(2, "Bonjour,\n", html=f"<p>Bonjour,</p><p>Voici : <b>{written}</b>.</p>"),
        "file": lambda: sealed(2, "Bonjour,\n", file=("notes.txt", said)),
    }[place]()
    other = sealed(3, "Bonjour,\n\nRien ici.\n")
    holders = list(holders_in_run(run_of(tmp_path, message, other), Sought(text)))
    assert [holder.record for holder in holders] == [2]


NOT_WRITTEN = {
    "Jeanne Petit": ["Jeanne Petitjean", "Jean Petit", "un petit mot de Jeannette"],
    "petit": ["petite", "appétit"],
    "jeanne.petit@boite.example": ["marie.jeanne.petit@boite.example", "jeanne.petit@boite.example.test"],
    "06 39 98 59 87": ["06 39 98 59 88", "106 39 98 59 870"],
}


@pytest.mark.parametrize(("text", "written"), [(text, each) for text, forms in NOT_WRITTEN.items() for each in forms])
def test_what_is_only_like_it_is_not_found(tmp_path: Path, text: str, written: str) -> None:
    run = run_of(tmp_path, sealed(3, f"Bonjour,\n\nVoici : {written}.\n"))
    assert list(holders_in_run(run, Sought(text))) == []


@pytest.fixture
def leaked(tmp_path: Path) -> Run:
    """Record 1's reference is in record 3's message, and record 2's name in everybody's file."""
    return run_of(
        tmp_path,
        sealed(1, "Bonjour Jeanne Petit,\n"),
        sealed(2, "Bonjour,\n", file=("liste.txt", "Jürgen Müller-Lüdenscheidt")),
        sealed(3, "Bonjour,\n\nDossier AG-26-0118.\n", file=("liste.txt", "Müller-Lüdenscheidt Jürgen")),
    )


@pytest.mark.parametrize(("record", "records"), [(1, [1, 3]), (2, [2, 3]), (3, [3])])
def test_everything_of_a_person_is_searched_for(leaked: Run, record: int, records: list[int]) -> None:
    holders: list[Holder] = list(holders_in_run(leaked, about_person(leaked, record)))
    assert [holder.record for holder in holders] == records


@pytest.mark.parametrize("text", ["", "  ", "a", "-!", "é"])
def test_too_little_to_search_for_is_refused(text: str) -> None:
    with pytest.raises(UsageError, match="at least 3"):
        Sought(text)


@pytest.mark.parametrize("record", PEOPLE)
def test_a_receipt_has_one_message_and_nothing_of_anybody_else(tmp_path: Path, record: int) -> None:
    run = run_of(tmp_path, *(sealed(each, f"Bonjour {PEOPLE[each][0]},\n") for each in PEOPLE))
    receipt = read_receipt(run, record)
    assert receipt.letter is not None
    assert receipt.message.sha256 == run.content(record).sha256
    assert PEOPLE[record][0] in receipt.letter.text
    for other in set(PEOPLE) - {record}:
        assert PEOPLE[other][0] not in repr(receipt)
        assert PEOPLE[other][1] not in repr(receipt)


SAID = {
    "one of the others": "550 5.1.1 <{other}>: user unknown, forwarded by {own}",
    "in capitals": "550 {OTHER} is not here; write to {own}",
    "a folded form of it": "user {other_ascii} unknown",
    "nobody": "250 2.6.0 <1234.abc@prod.outlook.example> [InternalId=7] queued for {own}",
}


@each_row("said", SAID.values(), ids=SAID)
@each_row("record", PEOPLE)
def test_what_a_server_says_about_others_is_on_no_receipt(said: str, record: int, tmp_path: Path) -> None:
    run = run_of(tmp_path, *(sealed(each, f"Bonjour {PEOPLE[each][0]},\n") for each in PEOPLE))
    own = PEOPLE[record][1]
    for other in sorted(set(PEOPLE) - {record}):
        address = PEOPLE[other][1]
        ascii_form = address if other != 3 else "zoe@boîte.example"
        reason = said.format(own=own, other=address, OTHER=address.upper(), other_ascii=ascii_form)
        later = Later(record, LaterKind.BOUNCED, "5.1.1", reason, datetime.now(UTC), source=f"{record} {other}")
        add_later(run, [later], looked_at=datetime.now(UTC))
        receipt = read_receipt(run, record)
        assert receipt.later is not None
        keys = {same_mailbox_key(receipt.later.reason[a:b]) for a, b in find_addresses(receipt.later.reason)}
        assert keys.isdisjoint({same_mailbox_key(address)})
        assert (same_mailbox_key(own) in keys) is ("{own}" in said)
    if "nobody" in said:
        assert receipt.later.reason == said.format(own=own)


@pytest.mark.parametrize("record", PEOPLE)
async def test_what_a_server_said_at_each_attempt_is_on_no_receipt_of_another(tmp_path: Path, record: int) -> None:
    run = run_of(tmp_path, *(sealed(each, f"Bonjour {PEOPLE[each][0]},\n") for each in PEOPLE))
    other = PEOPLE[record % 3 + 1][1]
    with run.sending() as journal:
        await journal.release(record, State.DEFERRED, f"450 4.2.1 <{other}> is busy")
        await journal.claim(record)
        await journal.settle(record, State.ACCEPTED, "250 2.0.0 Ok")
    receipt = read_receipt(run, record)
    assert [entry.reply for entry in receipt.history] == ["450 4.2.1 <…> is busy", "", "250 2.0.0 Ok"]
    assert other not in repr(receipt)


def test_people_who_share_a_mailbox_or_a_name_have_each_their_own_receipt(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    twins = {
        1: ("Jeanne Petit", "famille.petit@boite.example", "", "AG-1"),
        2: ("Jeanne Petit", "Famille.Petit@boite.example", "", "AG-2"),
        3: ("Jeanne Petit", "j.petit@boite.example", "", "AG-3"),
    }
    monkeypatch.setattr("test_holders.PEOPLE", twins)
    run = run_of(tmp_path, *(sealed(each, f"Votre dossier {twins[each][3]}.\n") for each in twins))
    events = [
        Later(each, LaterKind.BOUNCED, "5.1.1", " ".join(twins[each]), datetime.now(UTC), source=str(each))
        for each in twins
    ]
    add_later(run, events, looked_at=datetime.now(UTC))
    for record in twins:
        said = repr(read_receipt(run, record))
        assert twins[record][3] in said
        assert not any(twins[other][3] in said for other in set(twins) - {record})
    holders = list(holders_in_run(run, Sought("AG-2")))
    assert [holder.record for holder in holders] == [2]
