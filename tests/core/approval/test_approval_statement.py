"""Statement and signature: OpenSSH is the judge, and a pasted approval is taken however it was pasted."""

from __future__ import annotations

import datetime
import html
import shutil
import subprocess
import textwrap
import unicodedata
from email.message import EmailMessage
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from each_row import each_row
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from mailmerge.approval.signatures.keys import read_public_key
from mailmerge.approval.signatures.pasted import text_of
from mailmerge.approval.signatures.sshsig import read_signature, sign, verify
from mailmerge.approval.signatures.statement import Statement, Wrong, parse_approval
from mailmerge.errors import ApprovalRefused, InputError
from mailmerge.settings.approval_rule import key_line

KEY = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))
ZONE = datetime.timezone(datetime.timedelta(hours=1))
AT = datetime.datetime(2026, 11, 26, 14, 3, 12, tzinfo=ZONE)
STATEMENT = Statement(
    run="2026-11-26-7f3a",
    root=f"sha256:{'5a' * 32}",
    messages=340,
    verdict="approved",
    looked_at=71,
    decoys_found=2,
    decoys_shown=2,
    approver="Paul Durand",
    at=AT,
    expires=AT + datetime.timedelta(hours=24),
)
REFUSED = replace(
    STATEMENT,
    verdict="refused",
    wrong=(Wrong(217, 'C’est le nom d’un autre : "Hugo"'), Wrong(3, ""), Wrong(12, "approver Zoé at 2026 > x")),
)
NAMES = ["Paul Durand", "Élodie Lefèvre-Noé", "Jean at the Desk", "Ömer Łaski", "expires Never", "O'Brien", "李雷", "P"]


def test_the_statement_is_what_the_format_says():
    assert STATEMENT.text == (
        "mailmerge-approval/1\nrun 2026-11-26-7f3a\n"
        f"root sha256:{'5a' * 32}\nmessages 340\nverdict approved\nlooked-at 71 of 340\ndecoys 2 of 2\n"
        "approver Paul Durand\nat 2026-11-26T14:03:12+01:00\nexpires 2026-11-27T14:03:12+01:00\n"
    )


def judged(folder: Path, text: str, signature: str, *, namespace: str = "approval@mailmerge") -> bool:
    program = shutil.which("ssh-keygen")
    assert program, "OpenSSH is the independent judge: install openssh-client"
    (folder / "allowed").write_text(f"paul {key_line(KEY.public_key().public_bytes_raw())}\n")
    (folder / "sig").write_text(signature)
    done = subprocess.run(
        [program, "-Y", "verify", "-f", folder / "allowed", "-I", "paul", "-n", namespace, "-s", folder / "sig"],
        input=text.encode(),
        capture_output=True,
        check=False,
    )
    return done.returncode == 0


@pytest.mark.parametrize("statement", [STATEMENT, REFUSED], ids=["approved", "refused"])
def test_openssh_accepts_the_signature_and_not_one_byte_more_or_less(tmp_path: Path, statement: Statement):
    signature = sign(KEY, statement.text)
    assert judged(tmp_path, statement.text, signature)
    assert not judged(tmp_path, statement.text, signature, namespace="git")
    for at in range(0, len(statement.text), 37):
        assert not judged(tmp_path, statement.text[:at] + statement.text[at + 1 :], signature)


def test_what_openssh_signs_is_accepted_here(tmp_path: Path):
    program = shutil.which("ssh-keygen")
    assert program
    subprocess.run([program, "-q", "-t", "ed25519", "-N", "", "-f", tmp_path / "key"], check=True)
    (tmp_path / "text").write_text(STATEMENT.text)
    subprocess.run(
        [program, "-Y", "sign", "-n", "approval@mailmerge", "-f", tmp_path / "key", tmp_path / "text"],
        check=True,
        capture_output=True,
    )
    statement, body = parse_approval(STATEMENT.text + (tmp_path / "text.sig").read_text())
    signature = read_signature(body)
    verify(statement.text, signature)
    assert key_line(signature.key) in (tmp_path / "key.pub").read_text()


@pytest.mark.parametrize("kind", ["rsa", "ecdsa"])
def test_a_signature_by_another_kind_of_key_is_refused(tmp_path: Path, kind: str):
    program = shutil.which("ssh-keygen")
    assert program
    subprocess.run([program, "-q", "-t", kind, "-N", "", "-f", tmp_path / "key"], check=True)
    (tmp_path / "text").write_text(STATEMENT.text)
    command = [program, "-Y", "sign", "-n", "approval@mailmerge", "-f", tmp_path / "key", tmp_path / "text"]
    subprocess.run(command, check=True, capture_output=True)
    _statement, body = parse_approval(STATEMENT.text + (tmp_path / "text.sig").read_text())
    with pytest.raises(ApprovalRefused, match="another kind"):
        read_signature(body)


@pytest.mark.parametrize("namespace", ["git", "file", "approval@mailmerge2", ""])
def test_a_signature_for_something_else_is_refused(tmp_path: Path, namespace: str, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("mailmerge.approval.signatures.sshsig.NAMESPACE", namespace)
    armoured = sign(KEY, STATEMENT.text)
    monkeypatch.undo()
    with pytest.raises(ApprovalRefused) as refused:
        verify(STATEMENT.text, read_signature(parse_approval(STATEMENT.text + armoured)[1]))
    assert refused.value.kind == "namespace"


PASTED = {
    "as it is": lambda text: text,
    "CRLF": lambda text: text.replace("\n", "\r\n"),
    "CR": lambda text: text.replace("\n", "\r"),
    "quoted": lambda text: "".join(f"> {line}\n" for line in text.splitlines()),
    "quoted twice": lambda text: "".join(f"> > {line}\r\n" for line in text.splitlines()),
    "quoted tightly": lambda text: "".join(f">>{line}\n" for line in text.splitlines()),
    "indented": lambda text: textwrap.indent(text, "    "),
    "empty lines between": lambda text: text.replace("\n", "\n\n"),
    "wrapped at 72": lambda text: "\n".join(textwrap.fill(line, 72) for line in text.splitlines()),
    "wrapped hard at 60": lambda text: "\n".join(
        "\n".join(line[at : at + 60] for at in range(0, len(line), 60)) for line in text.splitlines()
    ),
    "quoted and wrapped": lambda text: "".join(
        f"> {part}\n" for line in text.splitlines() for part in textwrap.wrap(line, 50)
    ),
    "on one line": lambda text: " ".join(text.split()),
    "in a mail": lambda text: f"Bonjour Claire,\n\nvoici :\n\n{text}\nBonne journée\nPaul\n",
    "decomposed": lambda text: unicodedata.normalize("NFD", text),
    "no-break spaces": lambda text: text.replace(" ", "\u00a0"),
    "byte order mark": lambda text: "\ufeff" + text,
    "initials of a quotation": lambda text: "".join(f"PD> {line}\n" for line in text.splitlines()),
    "zero-width spaces": lambda text: text.replace("\n", "\u200b\n"),
    "soft hyphens": lambda text: text.replace("/", "/\u00ad"),
    "long dashes": lambda text: text.replace("-----", "—–"),
}


@each_row("pasted", PASTED.values(), ids=PASTED)
@each_row("approver", NAMES)
def test_an_approval_is_taken_however_it_was_pasted(pasted, approver: str):
    statement = replace(STATEMENT, approver=approver)
    found, body = parse_approval(pasted(statement.text + sign(KEY, statement.text)))
    assert found == statement
    verify(found.text, read_signature(body))


@each_row("pasted", PASTED.values(), ids=PASTED)
def test_a_refusal_keeps_its_reasons_however_it_was_pasted(pasted):
    if pasted is PASTED["wrapped hard at 60"]:
        return  # a word of a reason is cut in two there, and the signature says so
    found, body = parse_approval(pasted(REFUSED.text + sign(KEY, REFUSED.text)))
    assert found.wrong == REFUSED.wrong
    verify(found.text, read_signature(body))


@given(
    st.text(max_size=80),
    st.lists(st.tuples(st.integers(1, 999_999), st.text(max_size=80)), max_size=3),
)
def test_whatever_name_and_reasons_are_typed_the_signed_text_can_be_read_again(
    approver: str, reasons: list[tuple[int, str]]
):
    wrong = tuple(Wrong(record, reason) for record, reason in reasons)
    statement = replace(STATEMENT, approver=approver, wrong=wrong, verdict="refused" if wrong else "approved")
    found, body = parse_approval(statement.text + sign(KEY, statement.text))
    assert found.text == statement.text
    verify(found.text, read_signature(body))


WHOLE = STATEMENT.text + sign(KEY, STATEMENT.text)


@given(st.integers(0, len(WHOLE) - 1), st.sampled_from("abcXYZ0189 >\n"))
def test_one_character_changed_is_never_an_approval_of_something_else(at: int, character: str):
    changed = WHOLE[:at] + character + WHOLE[at + 1 :]
    try:
        found, body = parse_approval(changed)
        verify(found.text, read_signature(body))
    except (InputError, ApprovalRefused):
        return
    assert found == STATEMENT


@given(st.integers(0, len(WHOLE) - 30))
def test_a_part_of_an_approval_is_one_clear_line(length: int):
    with pytest.raises(InputError) as refused:
        parse_approval(WHOLE[:length])
    assert "\n" not in str(refused.value)


@given(st.text(max_size=400))
def test_any_other_text_is_one_clear_line(text: str):
    with pytest.raises(InputError):
        parse_approval(text)


def test_a_newer_format_says_so():
    with pytest.raises(InputError, match="newer mailmerge"):
        parse_approval(WHOLE.replace("mailmerge-approval/1", "mailmerge-approval/2"))


def mail_of(text: str, kind: str, encoding: str, *, attached: bool = False) -> bytes:
    """A mail in which somebody sends an approval."""
    mail = EmailMessage()
    mail["From"], mail["To"], mail["Subject"] = "paul@exemple.test", "claire@exemple.test", "Validé"
    page = f"<html><body><p>Bonjour,</p><p>{html.escape(text).replace(chr(10), '<br>')}</p></body></html>"
    if attached:
        mail.set_content("Bonjour Claire,\n\nvoici.\n")
        mail.add_attachment(text.encode(), maintype="application", subtype="octet-stream", filename="r.approval")
    else:
        mail.set_content(page if kind == "html" else f"Bonjour,\n\n{text}\nPaul\n", subtype=kind, cte=encoding)
    return mail.as_bytes()


CARRIED = {
    "UTF-8": lambda text: text.encode(),
    "UTF-8 with its mark": lambda text: text.encode("utf-8-sig"),
    "UTF-16, as PowerShell writes it": lambda text: text.encode("utf-16"),
    "Windows-1252": lambda text: text.encode("cp1252", "replace"),
    "a mail in quoted-printable": lambda text: mail_of(text, "plain", "quoted-printable"),
    "a mail in base64": lambda text: mail_of(text, "plain", "base64"),
    "a mail of HTML": lambda text: mail_of(text, "html", "quoted-printable"),
    "a mail with the file": lambda text: mail_of(text, "plain", "", attached=True),
    "a mail out of a mailbox": lambda text: (
        b"From paul@exemple.test Thu Nov 26 14:00:00 2026\n" + mail_of(text, "plain", "base64")
    ),
    "a line like a header before it": lambda text: f"Re: voici\n{text}".encode(),
}


@each_row("carried", CARRIED.values(), ids=CARRIED)
@each_row("approver", ["Paul Durand", "Élodie Lefèvre-Noé"])
def test_an_approval_is_found_in_whatever_carried_it(carried, approver: str):
    statement = replace(STATEMENT, approver=approver)
    found, body = parse_approval(text_of(carried(statement.text + sign(KEY, statement.text))))
    assert found == statement
    verify(found.text, read_signature(body))


@given(st.binary(max_size=400))
def test_any_other_file_has_some_text(octets: bytes):
    assert isinstance(text_of(octets), str)
    assert isinstance(text_of(b"Subject: x\n\n" + octets), str)


KEY_FILES = {
    "UTF-8": str.encode,
    "UTF-8 with its mark": lambda line: line.encode("utf-8-sig"),
    "UTF-16, as PowerShell writes it": lambda line: line.replace("\n", "\r\n").encode("utf-16"),
    "Windows line ends": lambda line: line.replace("\n", "\r\n").encode(),
}


@each_row("written", KEY_FILES.values(), ids=KEY_FILES)
def test_a_public_key_is_read_as_any_terminal_writes_it(written, tmp_path: Path):
    public = KEY.public_key().public_bytes_raw()
    path = tmp_path / "paul.pub"
    path.write_bytes(written(key_line(public, "paul") + "\n"))
    assert read_public_key(path) == ("paul", public)


PRIVATE = {
    "OpenSSH": KEY.private_bytes(Encoding.PEM, PrivateFormat.OpenSSH, NoEncryption()),
    "PKCS #8": KEY.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()),
    "PuTTY": b"PuTTY-User-Key-File-3: ssh-ed25519\r\nEncryption: none\r\nComment: paul\r\nPublic-Lines: 2\r\n",
    "UTF-16": KEY.private_bytes(Encoding.PEM, PrivateFormat.OpenSSH, NoEncryption()).decode().encode("utf-16"),
}


@each_row("content", PRIVATE.values(), ids=PRIVATE)
def test_a_private_key_in_place_of_a_public_one_is_called_what_it_is(content: bytes, tmp_path: Path):
    path = tmp_path / "paul.pub"
    path.write_bytes(content)
    with pytest.raises(InputError, match="must never leave its computer"):
        read_public_key(path)
