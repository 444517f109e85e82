"""What came back is understood whatever server wrote it, and only what is ours counts."""

from __future__ import annotations

import datetime
from collections.abc import Iterable

import pytest
from each_row import each_row
from returned_mails import FORMS, NO_EVENT, Form, Sent, octets

from mailmerge.imap.matching import Messages
from mailmerge.imap.parts import read_parts
from mailmerge.imap.reports import READ_OCTETS, AnswerKind, MailReport, is_candidate, read_report
from mailmerge.model import State
from mailmerge.outbox import RunMessage

AT = datetime.datetime(2026, 9, 2, 10, 5, tzinfo=datetime.UTC)
SENT = Sent()
PEOPLE = [
    SENT,
    Sent(address="Hugo.O'Neill+x@boite.example", message_id="<a.b-c_d=e@atelier.example>"),
    Sent(address="zoe@xn--bote-cta.example", message_id="<0123456789abcdef0123456789abcdef@rh.atelier.test>"),
    Sent(address="MAJUSCULES@BOITE.EXAMPLE", message_id="<Maj.1@atelier.example>"),
]


def message(record: int, sent: Sent, state: State = State.ACCEPTED) -> RunMessage:
    return RunMessage(record, "Jeanne Petit", sent.address, state, "250 ok", sent.message_id, "00", 1)


def messages(people: Iterable[Sent], state: State = State.ACCEPTED, days: int = 14) -> Messages:
    listed = [message(record, sent, state) for record, sent in enumerate(people, 1)]
    times = {each.record: AT - datetime.timedelta(minutes=5) for each in listed}
    headers = {record: {"date": sent.date, "subject": sent.subject} for record, sent in enumerate(people, 1)}
    return Messages(listed, times, headers.__getitem__, datetime.timedelta(days=days))


def understood(mail: bytes) -> MailReport:
    report = read_report(mail)
    assert report is not None
    return report


@each_row("number", range(len(PEOPLE)))
@each_row("name", FORMS)
def test_a_form_is_understood_and_finds_its_message(name: str, number: int) -> None:
    form, sent = FORMS[name], PEOPLE[number]
    mail = octets(form, sent)
    known = messages(PEOPLE)
    assert is_candidate(mail.partition(b"\r\n\r\n")[0] + b"\r\n\r\n", known.ids)
    report = understood(mail)
    assert (report.kind, report.status) == (form.kind, form.status)
    match = known.match(report, AT)
    assert match is not None
    assert (match.message.record, match.certain) == (number + 1, True)


@each_row("name", FORMS)
def test_a_reason_is_short_and_never_the_letter(name: str) -> None:
    report = understood(octets(FORMS[name], SENT))
    assert 0 < len(report.reason) <= 200
    assert "\n" not in report.reason
    assert "SECRET" not in report.reason
    assert "Message-ID" not in report.reason


@each_row("name", FORMS)
@each_row("cut", [READ_OCTETS, 4000, 2600])
def test_a_mail_that_is_cut_short_is_read_as_far_as_it_goes(name: str, cut: int) -> None:
    report = read_report(octets(FORMS[name], SENT)[:cut])
    assert report is not None
    assert report.kind == FORMS[name].kind


@each_row("name", [name for name, form in FORMS.items() if form.kind != "auto-replied"])
def test_a_bounce_of_another_mail_to_the_same_person_is_not_ours(name: str) -> None:
    other = Sent(message_id="<une-autre-lettre@atelier.example>", date="Tue, 01 Sep 2026 08:00:00 +0000")
    report = understood(octets(FORMS[name], other))
    match = messages(PEOPLE).match(report, AT)
    assert match is None or not match.certain


@each_row("name", [name for name, form in FORMS.items() if form.kind != "auto-replied"])
def test_a_forged_bounce_without_our_id_is_a_hint_only(name: str) -> None:
    mail = octets(FORMS[name], SENT)
    for line in (SENT.message_id, f"Date: {SENT.date}"):
        mail = mail.replace(f"Message-ID: {line}\r\n".encode(), b"").replace(line.encode(), b"")
    report = understood(mail)
    match = messages(PEOPLE).match(report, AT)
    assert match is not None
    assert (match.message.record, match.certain) == (1, False)


def test_returned_content_without_an_id_counts_by_its_very_date_and_subject() -> None:
    mail = octets(FORMS["Postfix"], SENT).replace(f"Message-ID: {SENT.message_id}\r\n".encode(), b"")
    match = messages(PEOPLE).match(understood(mail), AT)
    assert match is not None
    assert match.certain


@pytest.mark.parametrize("days", [1, 14])
def test_an_address_alone_counts_for_so_many_days(days: int) -> None:
    mail = octets(FORMS["Postfix"], SENT).replace(SENT.message_id.encode(), b"").replace(SENT.date.encode(), b"")
    report, known = understood(mail), messages(PEOPLE, days=days)
    assert known.match(report, AT + datetime.timedelta(days=days - 1)) is not None
    assert known.match(report, AT + datetime.timedelta(days=days + 1)) is None


def test_an_address_of_two_messages_tells_nothing() -> None:
    mail = octets(FORMS["qmail"], SENT).replace(SENT.message_id.encode(), b"")
    twice = [SENT, Sent(message_id="<another@atelier.example>")]
    assert messages(twice).match(understood(mail), AT) is None


@pytest.mark.parametrize("name", NO_EVENT)
def test_what_is_no_event_is_not_taken_for_one(name: str) -> None:
    form = NO_EVENT[name]
    report = read_report(octets(form, SENT))
    assert (report and report.kind) == (AnswerKind.PERSON if form.kind else None)


def test_an_ordinary_mail_is_not_even_read() -> None:
    mail = octets(Form(NO_EVENT["a newsletter"].write, None), SENT)
    assert not is_candidate(mail.partition(b"\r\n\r\n")[0] + b"\r\n\r\n", messages(PEOPLE).ids)


def test_a_copy_of_our_own_is_no_answer() -> None:
    assert not is_candidate(SENT.header.encode().replace(b"\n", b"\r\n") + b"\r\n", messages(PEOPLE).ids)


HOSTILE = (
    "-",
    "Content-Type: ",
    "<",
    "a@",
    "<a ",
    "<p ",
    "550 ",
    "-- --",
    "domain ",
    "delai ",
    "<script",
    "5.1.",
    "=?",
    "> ",
)


@each_row("kind", ["text/plain", "text/html", "multipart/report; boundary=x", "message/delivery-status"])
@each_row("piece", HOSTILE)
def test_whatever_a_stranger_sends_is_read_to_its_end(piece: str, kind: str) -> None:
    head = f"From: MAILER-DAEMON@mx.example\r\nSubject: failure notice\r\nContent-Type: {kind}\r\n\r\n"
    mail = (head + piece * (READ_OCTETS // len(piece))).encode()[:READ_OCTETS]
    report = read_report(mail)
    assert report is None or len(report.reason) <= 200


@pytest.mark.parametrize("kind", ["plain", "html"])
def test_of_a_long_text_only_the_beginning_is_read(kind: str) -> None:
    head = f"Subject: x\r\nContent-Type: text/{kind}\r\n\r\n".encode()
    for size in (20_000, 20_001, 90_000):
        (text,) = read_parts(head + b"a" * size).texts
        assert len(text) == 20_000
