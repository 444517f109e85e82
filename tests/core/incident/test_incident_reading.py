"""Copies of a leaked mail: whoever saved them, the same people come out, and what cannot be read is one clear line."""

from __future__ import annotations

import datetime
import struct
from collections.abc import Callable
from contextlib import suppress
from email.utils import formataddr
from pathlib import Path

import pytest
from each_row import each_row
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from leaked_mails import BODY, LEAK_ID, SENDER, SUBJECT, answer, eml, mbox, msg, people
from outlook_files import OutlookMail, compound

from mailmerge.errors import InputError
from mailmerge.formats.compound import CompoundFile
from mailmerge.formats.outlook.compressed_rtf import decompress
from mailmerge.formats.outlook.rtf import read_rtf
from mailmerge.incident.mail import CopyNote, HeaderField, Party
from mailmerge.incident.people import Leak
from mailmerge.incident.read.address_list import parties
from mailmerge.incident.read.copies import read_copies
from mailmerge.incident.revealing import ShownDetail
from mailmerge.incident.uniting import leak_of

LEA, NOEMIE, LUCIA = ("Léa Durand", "lea@x.example"), ("Noémie Robin", "noemie@y.example"), ("", "lucia@z.example")


def written(folder: Path, name: str, content: bytes) -> Path:
    path = folder / name
    path.write_bytes(content)
    return path


def leak(*paths: Path) -> Leak:
    return leak_of(read_copies(paths).mails)


def known(found: Leak) -> set[tuple[str, str]]:
    return {(person.name, person.address) for person in found.people}


# --- one field of people ---------------------------------------------------------------------------------------------

FIELDS: dict[str, tuple[str, list[tuple[str, str]]]] = {
    "bare": ("a@x.example, b@y.example", [("", "a@x.example"), ("", "b@y.example")]),
    "semicolons, as Outlook shows": ("a@x.example; b@y.example;", [("", "a@x.example"), ("", "b@y.example")]),
    "a comma in a quoted name": ('"Durand, Léa" <a@x.example>', [("Durand, Léa", "a@x.example")]),
    "a quote in a quoted name": (r'"Léa \"L\" Durand" <a@x.example>', [('Léa "L" Durand', "a@x.example")]),
    "a group": ("Candidats: a@x.example, Bo <b@y.example>;", [("", "a@x.example"), ("Bo", "b@y.example")]),
    "an empty group": ("undisclosed-recipients:;", []),
    "a comment": ("a@x.example (Léa, from Albi)", [("", "a@x.example")]),
    "an encoded word": ("=?utf-8?q?L=C3=A9a?= Durand <a@x.example>", [("Léa Durand", "a@x.example")]),
    "an encoded comma": ("=?utf-8?q?Durand=2C_L=C3=A9a?= <a@x.example>", [("Durand, Léa", "a@x.example")]),
    "a mailto": ("<mailto:a@x.example>", [("", "a@x.example")]),
    "single quotes, as Outlook writes": ("'a@x.example' <a@x.example>", [("", "a@x.example")]),
    "a name alone": ("Léa Durand", [("Léa Durand", "")]),
    "a directory entry": ("Léa Durand </o=ExchangeLabs/cn=lea>", [("Léa Durand", "")]),
    "folded": ("a@x.example,\r\n b@y.example", [("", "a@x.example"), ("", "b@y.example")]),
    "an unknown charset": ("=?x-none?q?L?= <a@x.example>", [("=?x-none?q?L?=", "a@x.example")]),
}


@each_row(("value", "expected"), FIELDS.values(), ids=FIELDS)
def test_people_are_read_from_a_field(value: str, expected: list[tuple[str, str]]) -> None:
    assert [(party.name, party.address) for party in parties(value)] == expected


NAMES = st.text("aéŁ ,;<>()\"'\\.:@", max_size=12)
LOCALS = st.text("abc", min_size=1, max_size=5)
WHO = st.lists(st.tuples(NAMES, st.builds("{}.{}@{}.example".format, LOCALS, LOCALS, LOCALS)), max_size=6)
CALM = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
"""A busy machine takes its time."""


@CALM
@given(WHO)
def test_whatever_people_are_called_every_address_is_found_once(who: list[tuple[str, str]]) -> None:
    value = ", ".join(formataddr(each, "utf-8") for each in who)
    assert [party.address for party in parties(value)] == [address for _, address in who]


@CALM
@given(st.text(max_size=300))
def test_no_field_breaks_the_reading(value: str) -> None:
    assert all(isinstance(party, Party) for party in parties(value))


# --- files -----------------------------------------------------------------------------------------------------------

FORMS: dict[str, Callable[[list[tuple[str, str]]], bytes]] = {
    "eml": eml,
    "msg": msg,
    "msg, Exchange": lambda who: msg(who, smtp_addresses=True),
    "msg, code page": lambda who: msg(who, code_page=1252),
    "mbox": lambda who: mbox(eml(LEA and [LEA, NOEMIE], subject="autre", message_id="<other@x>"), eml(who)),
}


@pytest.mark.parametrize("names", [True, False], ids=["names", "addresses"])
@pytest.mark.parametrize("form", FORMS)
def test_the_accident_is_read_whatever_saved_it(tmp_path: Path, form: str, *, names: bool) -> None:
    who = people(names=names)
    found = leak(written(tmp_path, f"leak.{form[:4].strip(',')}", FORMS[form](who)))
    if form == "msg, code page":
        assert {person.address for person in found.people} == {address for _, address in who}
    else:
        assert known(found) == set(who)
    assert len(found.people) == 340
    assert found.audiences[0].readers == found.audiences[0].shown == frozenset(range(1, 341))


@pytest.mark.parametrize("form", ["eml", "msg"])
def test_kinds_of_recipients_are_told_apart(tmp_path: Path, form: str) -> None:
    if form == "eml":
        content = eml([LEA], cc=[NOEMIE], bcc=[LUCIA])
    else:
        content = msg([], recipients=[("to", *LEA), ("cc", *NOEMIE), ("bcc", *LUCIA)])
    (mail,) = read_copies([written(tmp_path, f"leak.{form}", content)]).mails
    assert {party.address: party.field for party in mail.recipients} == {
        LEA[1]: HeaderField.TO,
        NOEMIE[1]: HeaderField.CC,
        LUCIA[1]: HeaderField.BCC,
    }
    assert mail.sender_copy
    (audience,) = leak_of([mail]).audiences
    assert (len(audience.readers), len(audience.shown)) == (3, 2)


def test_what_a_message_says_is_read(tmp_path: Path) -> None:
    for name, content in (("a.eml", eml([LEA, NOEMIE])), ("a.msg", msg([LEA, NOEMIE]))):
        (mail,) = read_copies([written(tmp_path, name, content)]).mails
        assert (mail.subject, mail.message_id) == (SUBJECT, LEAK_ID)
        assert mail.sent == datetime.datetime(2026, 9, 1, 7, 58, tzinfo=datetime.UTC)
        assert mail.sender[0].address == SENDER[1]
        assert mail.text.split() == BODY.split()


def test_a_copy_that_travelled_is_known_from_the_senders() -> None:
    received = b"Received: from x by y; Tue, 1 Sep 2026 09:58:00 +0200\r\n" + eml([LEA, NOEMIE])
    from mailmerge.incident.read.internet_message import read_message

    assert read_message(eml([LEA, NOEMIE]), Path("x.eml")).sender_copy
    assert not read_message(received, Path("x.eml")).sender_copy


def test_two_copies_of_one_mail_are_one_mail(tmp_path: Path) -> None:
    sender = written(tmp_path, "sent.eml", eml([LEA], bcc=[NOEMIE]))
    received = written(tmp_path, "received.msg", msg([LEA, LUCIA]))
    found = leak(sender, received)
    assert len(found.sent) == len(found.audiences) == 1
    assert len(found.people) == 3


def test_answers_to_everybody_are_people_who_can_be_read(tmp_path: Path) -> None:
    paths = [
        written(tmp_path, "leak.eml", eml([LEA, NOEMIE])),
        written(tmp_path, "answer.eml", answer(LEA, [NOEMIE, LUCIA])),
    ]
    for order in (paths, paths[::-1]):
        found = leak(*order)
        assert [sent.answer for sent in found.sent].count(True) == 1
        lea = next(person for person in found.people if person.address == LEA[1])
        assert len(lea.answered) == 1
        assert ShownDetail.WORDS in lea.shown
        assert len(found.people) == 3  # not the sender of the leak, whom the answer goes to as well


def test_the_answer_alone_shows_the_leak_by_what_it_quotes(tmp_path: Path) -> None:
    quoted = (
        "Bonjour à tous\n\n-----Message d'origine-----\nDe : Atelier Garonne <rh@atelier-garonne.example>\n"
        "À : Léa Durand <lea@x.example>; Noémie Robin <noemie@y.example>;\n    Zoé Roux <zoe@w.example>\n"
        "Objet : Votre candidature\n"
    )
    found = leak(written(tmp_path, "answer.eml", answer(LEA, [NOEMIE], body=quoted)))
    assert {person.address for person in found.people} == {LEA[1], NOEMIE[1], "zoe@w.example"}
    assert {len(each.readers) for each in found.audiences} == {2, 3}  # of the answer, and of the mail that it quotes


def test_a_forwarded_mail_is_the_leak_that_it_quotes(tmp_path: Path) -> None:
    quoted = (
        "Pour information\n\n---------- Forwarded message ---------\n"
        "From: Atelier Garonne <rh@atelier-garonne.example>\nDate: Tue, 1 Sep 2026\nSubject: Votre candidature\n"
        "To: Léa Durand <lea@x.example>, Noémie Robin <noemie@y.example>, <zoe@w.example>\n"
    )
    forwarded = eml([("", "dpo@conseil.example")], subject=f"Fwd: {SUBJECT}", body=quoted, message_id="<f@x>")
    found = leak(written(tmp_path, "forwarded.eml", forwarded))
    by_address = {person.address: person.number for person in found.people}
    assert set(by_address) == {LEA[1], NOEMIE[1], "zoe@w.example", "dpo@conseil.example"}
    leaked = {number for address, number in by_address.items() if address != "dpo@conseil.example"}
    assert leaked in [set(each.readers) for each in found.audiences]


def test_the_leak_can_be_an_answer_of_its_sender(tmp_path: Path) -> None:
    content = eml([LEA, NOEMIE, LUCIA], subject="Re: votre message", references="<question@mail.example>")
    found = leak(written(tmp_path, "leak.eml", content))
    assert len(found.people) == 3
    assert [sent.answer for sent in found.sent] == [False]


def test_an_answer_to_the_sender_alone_is_no_answer_to_everybody(tmp_path: Path) -> None:
    paths = [
        written(tmp_path, "leak.eml", eml([LEA, NOEMIE, LUCIA])),
        written(tmp_path, "answer.eml", answer(LEA, [])),
        written(tmp_path, "sorry.eml", eml([LEA, NOEMIE, LUCIA], subject=f"Re: {SUBJECT}", message_id="<sorry@x>",
                                           references=LEAK_ID)),
    ]  # fmt: skip
    found = leak(*paths)
    assert not any(person.answered for person in found.people)
    assert [sent.answer for sent in found.sent] == [False, False]
    assert len(found.people) == 3


def test_a_thread_on_gmail_is_quoted_too(tmp_path: Path) -> None:
    body = "Merci\n\nLe mar. 1 sept. 2026 à 10:00, Zoé Roux <zoe@w.example> a écrit :\n> Bonjour\n"
    found = leak(written(tmp_path, "leak.eml", eml([LEA, NOEMIE], body=body)))
    zoe = next(person for person in found.people if person.address == "zoe@w.example")
    assert ShownDetail.QUOTED in zoe.shown


@pytest.mark.parametrize("suffix", ["csv", "xlsx"])
def test_an_attached_list_is_leaked_data(tmp_path: Path, suffix: str) -> None:
    if suffix == "csv":
        content = "Nom;Prénom;Courriel;RQTH\nRoux;Zoé;zoe@w.example;oui\nPetit;Hugo;hugo@v.example;non\n".encode(
            "cp1252"
        )
    else:
        import xlsxwriter

        path = tmp_path / "list.xlsx"
        with xlsxwriter.Workbook(path) as book:
            sheet = book.add_worksheet()
            for number, row in enumerate(
                [["Nom", "Prénom", "Courriel", "RQTH"], ["Roux", "Zoé", "zoe@w.example", "oui"],
                 ["Petit", "Hugo", "hugo@v.example", "non"]]
            ):  # fmt: skip
                sheet.write_row(number, 0, row)
        content = path.read_bytes()
    found = leak(written(tmp_path, "leak.eml", eml([LEA], files=[(f"liste.{suffix}", content)])))
    rows = {person.address: person for person in found.people if ShownDetail.ROW in person.shown}
    assert set(rows) == {"zoe@w.example", "hugo@v.example"}
    assert list(rows["zoe@w.example"].columns) == ["RQTH"]
    assert found.audiences[0].shown >= {person.number for person in rows.values()}


def test_a_mail_that_is_attached_shows_its_people(tmp_path: Path) -> None:
    from email.message import EmailMessage
    from email.parser import BytesParser

    outer = EmailMessage()
    outer["From"], outer["To"], outer["Subject"] = SENDER[1], LEA[1], "Tr"
    outer.set_content("voir le message joint")
    outer.add_attachment(BytesParser().parsebytes(eml([NOEMIE, LUCIA])))
    found = leak(written(tmp_path, "leak.eml", outer.as_bytes()))
    assert {person.address for person in found.people} == {LEA[1], NOEMIE[1], LUCIA[1]}
    assert [(len(each.readers), len(each.shown)) for each in found.audiences] == [(1, 3), (2, 2)]


def test_a_contact_in_the_text_is_nobody_of_the_leak(tmp_path: Path) -> None:
    body = f"{BODY}\nPour toute question : dpo@atelier-garonne.example, contact@mediation.example\n"
    assert len(leak(written(tmp_path, "leak.eml", eml([LEA, NOEMIE], body=body))).people) == 2


def test_colleagues_of_the_sender_in_the_text_are_nobody_of_the_leak(tmp_path: Path) -> None:
    contacts = [f"{name}@atelier-garonne.example" for name in ("claire.martin", "paul", "ines.labarthe", "hugo")]
    quoted = "De : Claire Martin <claire.martin@atelier-garonne.example>\nÀ : Paul <paul@atelier-garonne.example>\n"
    body = f"{BODY}\n{', '.join(contacts)}, agence@interim.example\n\n{quoted}"
    found = leak(written(tmp_path, "leak.eml", eml([LEA, NOEMIE], body=body)))
    assert not [person for person in found.people if person.address in contacts]


def test_a_list_pasted_into_the_text_is(tmp_path: Path) -> None:
    body = BODY + "\n".join(f"candidat{number}@gmail.example" for number in range(5))
    assert len(leak(written(tmp_path, "leak.eml", eml([LEA], body=body))).people) == 6


def test_a_mailbox_yields_the_mails_of_the_leak_and_no_other(tmp_path: Path) -> None:
    others = [eml([LEA, NOEMIE], subject=f"Sujet {n}", message_id=f"<other-{n}@x>", sender=LEA) for n in range(20)]
    leaked = [eml(people()[:50]), *(answer(people()[n], people()[:50], number=n) for n in range(3))]
    read = read_copies([written(tmp_path, "box.mbox", mbox(*others[:7], *leaked, *others[7:]))])
    assert len(read.mails) == 4
    assert [(each.note, each.count) for each in read.remarks] == [(CopyNote.UNRELATED, 20)]


@pytest.mark.parametrize(
    ("subject", "references"), [("Autre chose", LEAK_ID), (f"RE: {SUBJECT}", ""), (f"TR: {SUBJECT}", "")]
)
def test_an_answer_in_a_mailbox_is_known_by_either_of_its_marks(tmp_path: Path, subject: str, references: str) -> None:
    reply = eml([SENDER, NOEMIE], sender=LEA, subject=subject, message_id="<r@x>", references=references)
    other = eml([LEA, NOEMIE], sender=LUCIA, subject="Sans rapport", message_id="<o@x>")
    read = read_copies([written(tmp_path, "box.mbox", mbox(other, eml(people()[:9]), reply))])
    assert [mail.message_id for mail in read.mails] == [LEAK_ID, "<r@x>"]


def test_a_mailbox_is_streamed(tmp_path: Path) -> None:
    import tracemalloc

    path = tmp_path / "big.mbox"
    filler = eml([LEA], subject="autre", message_id="<f@x>", body="x" * 70 + "\n" * 2) + b"A" * 60 + b"\n"
    with path.open("wb") as file:
        file.write(mbox(eml(people()[:40])))
        file.write(mbox(filler + b"QUJD" * 15 * 20_000) * 20)
    tracemalloc.start()
    try:
        assert len(read_copies([path]).mails) == 1
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert path.stat().st_size > 20_000_000
    assert peak < 4_000_000


def test_compressed_rtf_is_read() -> None:
    packed = bytes.fromhex(
        "2d0000002b0000004c5a4675f1c5c7a703000a007263706731323542320af32068656c090020627705b06c647d0a800fa0"
    )
    assert decompress(packed) == "{\\rtf1\\ansi\\ansicpg1252\\pard hello world}\r\n"  # the example of MS-OXRTFCP 3.1
    assert read_rtf("{\\rtf1{\\fonttbl{\\f0 Arial;}}L\\'e9a\\par \\u233?t\\'e9}").text == "Léa\nété"


# --- what cannot be read ---------------------------------------------------------------------------------------------


def encrypted_mail(kind: str) -> bytes:
    head = eml([LEA, NOEMIE]).partition(b"Content-Type")[0]
    return head + f"Content-Type: {kind}\r\n\r\nAAAA\r\n".encode()


REFUSED: dict[str, tuple[str, bytes, str]] = {
    "nothing": ("a.eml", b"", "is empty"),
    "blank": ("a.eml", b"\r\n\r\n", "is empty"),
    "a text": ("a.eml", "Bonjour à tous,\nvoici la liste".encode(), "is not a mail"),
    "a table": ("a.csv", b"Nom;Courriel\nRoux;zoe@w.example\n", "is not a mail"),
    "a PDF": ("a.eml", b"%PDF-1.7\n%\xe2\xe3\n1 0 obj", "is not a mail"),
    "a workbook": ("a.msg", b"PK\x03\x04" + bytes(60), "is not a mail"),
    "a picture": ("a.msg", b"\x89PNG\r\n\x1a\n" + bytes(60), "is not a mail"),
    "a program": ("a.mbox", b"MZ" + bytes(300), "is not a mail"),
    "winmail.dat": ("winmail.dat", b"\x78\x9f\x3e\x22" + bytes(60), "winmail.dat, which only Outlook reads"),
    "an Outlook data file": ("a.pst", b"!BDN" + bytes(60), "Outlook data file"),
    "a mailbox of letters to one person": ("a.mbox", mbox(eml([LEA])), "went to several people"),
    "encrypted, S/MIME": (
        "a.eml",
        encrypted_mail("application/pkcs7-mime; smime-type=enveloped-data"),
        "is encrypted",
    ),
    "encrypted, PGP": ("a.eml", encrypted_mail('multipart/encrypted; boundary="x"'), "is encrypted"),
    "encrypted .msg, S/MIME": (
        "a.msg",
        OutlookMail([("to", *LEA)], message_class="IPM.Note.SMIME").content(),
        "is encrypted",
    ),
    "encrypted .msg, rights": (
        "a.msg",
        OutlookMail([("to", *LEA)], files=[("message.rpmsg", b"x")]).content(),
        "is encrypted",
    ),
    "an encrypted Office file": (
        "a.msg",
        compound({"EncryptedPackage": bytes(100), "EncryptionInfo": bytes(100)}),
        "is encrypted",
    ),
    "an old Word file": ("a.msg", compound({"WordDocument": bytes(5000)}), "not a mail that Outlook saved"),
    "a .msg that was cut off": ("a.msg", msg(people()[:40])[:3000], "is damaged"),
}


@each_row(("name", "content", "said"), REFUSED.values(), ids=REFUSED)
def test_what_is_no_readable_mail_is_one_clear_line(tmp_path: Path, name: str, content: bytes, said: str) -> None:
    path = written(tmp_path, name, content)
    with pytest.raises(InputError) as refused:
        read_copies([path])
    sentence = str(refused.value)
    assert said in sentence
    assert str(path) in sentence
    assert "\n" not in sentence


def test_a_folder_and_a_missing_file_are_said(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="is a folder"):
        read_copies([tmp_path])
    with pytest.raises(InputError, match="cannot be read: no such file"):
        read_copies([tmp_path / "nothing.eml"])


def test_a_signed_mail_is_not_encrypted(tmp_path: Path) -> None:
    content = OutlookMail([("to", *LEA), ("to", *NOEMIE)], message_class="IPM.Note.SMIME.MultipartSigned").content()
    assert len(leak(written(tmp_path, "a.msg", content)).people) == 2


def test_an_attached_winmail_is_a_remark(tmp_path: Path) -> None:
    found = leak(written(tmp_path, "a.eml", eml([LEA, NOEMIE], files=[("winmail.dat", b"x")])))
    assert [each.note for each in found.remarks] == [CopyNote.WINMAIL]


# --- compound files that lie -----------------------------------------------------------------------------------------

SMALL = msg([LEA, NOEMIE, LUCIA])


@CALM
@given(st.lists(st.tuples(st.integers(0, len(SMALL) - 1), st.integers(0, 255)), min_size=1, max_size=12))
def test_no_damage_hangs_or_breaks_the_reading(changes: list[tuple[int, int]]) -> None:
    from mailmerge.incident.read.outlook import read_msg

    content = bytearray(SMALL)
    for place, octet in changes:
        content[place] = octet
    with suppress(InputError):
        read_msg(bytes(content), Path("x.msg"))


@CALM
@given(st.integers(0, 127), st.integers(0, 127))
def test_a_chain_that_leads_back_to_itself_ends(first: int, second: int) -> None:
    from mailmerge.incident.read.outlook import read_msg

    fat = SMALL.rindex(struct.pack("<I", 0xFFFFFFFD)) // 512 * 512
    content = bytearray(SMALL)
    struct.pack_into("<I", content, fat + first * 4, second)
    struct.pack_into("<I", content, fat + second * 4, first)
    with suppress(InputError):
        read_msg(bytes(content), Path("x.msg"))


@each_row("link", [68, 72, 76], ids=["left", "right", "child"])
@each_row("target", [0, 1, 2, 3])
def test_a_directory_that_leads_back_to_itself_ends(link: int, target: int) -> None:
    content = bytearray(compound({"a": b"x" * 100, "b": {"c": b"y" * 100}}))
    directory = (struct.unpack_from("<I", content, 48)[0] + 1) * 512
    for entry in range(1, 4):
        struct.pack_into("<I", content, directory + entry * 128 + link, target)
    assert len(CompoundFile(bytes(content)).paths()) <= 3


def test_a_compound_file_is_read_stream_by_stream() -> None:
    tree = {"small": b"s" * 100, "inner": {"large": bytes(range(256)) * 40, "empty": b""}}
    file = CompoundFile(compound(tree))
    paths = file.paths()
    assert set(paths) == {("small",), ("inner", "large"), ("inner", "empty")}
    assert file.read(paths["small",]) == tree["small"]
    assert file.read(paths["inner", "large"]) == bytes(range(256)) * 40
    assert file.read(paths["inner", "empty"]) == b""
