"""What the last gate says when it keeps a message back: a rule, a token and values, and one sentence made of them."""

from __future__ import annotations

import hashlib
import importlib
import pickle
import pkgutil
from collections.abc import Callable, Iterator
from types import ModuleType

import pytest
from each_row import each_row
from lint_cases import LETTER, inspection_of, letter_of
from msgspec.structs import replace
from test_lint_assembled import STAMP
from wire_cases import HEAD, PLAIN, SENDERS, TWO_PARTS, sealed

import mailmerge.lint.rules.wir
import mailmerge.lint.wire
from mailmerge.errors import Blocked
from mailmerge.letter import assemble
from mailmerge.lint import before_data, gate, one_rcpt, prove
from mailmerge.lint.engine import proof
from mailmerge.lint.sentence import Sentence
from mailmerge.model import Envelope, Message, SealedMessage, State

Do = Callable[[], None]
CORRECT_ADDRESS = "Correct the address and the name of this person, or the To line of the letter, and check again."
CORRECT_HEADERS = "Correct the headers of the letter, or the cells used in them, and check again."
SEAL = "Seal the campaign again."
OWN = "Use an address of the account, or one in its domain."
RESUME = "Resume the run: the messages that are left will be sent."
AGAIN = "It will be sent on a new connection."
REPORT = "Your files are not the cause: please report this as a bug in mailmerge."
TO = "=?utf-8?q?In=C3=A8s?= Petit <ines.petit@mail.example>"


def head(old: str, new: str, body: str = PLAIN) -> Do:
    """The gate, for a message with other headers."""
    assert old in HEAD
    return lambda: gate(sealed(HEAD.replace(old, new, 1) + body), senders=SENDERS)


def octets(old: bytes, new: bytes) -> Do:
    """The gate, for a message with other bytes, sealed as they are."""
    whole = sealed().content
    assert old in whole
    return lambda: gate(sealed(whole.replace(old, new, 1)), senders=SENDERS)


def parts(old: str, new: str) -> Do:
    """The gate, for a message whose parts are others."""
    assert old in TWO_PARTS
    return lambda: gate(sealed(HEAD + TWO_PARTS.replace(old, new, 1)), senders=SENDERS)


def changed(**fields: object) -> Do:
    """The gate, for a message that is sealed as something else."""
    return lambda: gate(sealed(**fields), senders=SENDERS)


def composed() -> tuple[Message, SealedMessage]:
    """The second person's message with a file, and its bytes."""
    letter = letter_of("From: Claire Martin <rh@exemple.test>\nAttachment: plan.bin\n" + LETTER)
    (letter.path.parent / "plan.bin").write_bytes(b"small")
    inspection = inspection_of(letter=letter)
    message = inspection.compose(inspection.recipients[1])
    assert inspection.sender is not None
    return message, assemble(message, inspection.sender, STAMP)


def proved(old: bytes = b"", new: bytes = b"", **fields: object) -> Do:
    """The proof, for bytes that are not those that were composed."""

    def run() -> None:
        message, bytes_ = composed()
        assert old in bytes_.content
        content = bytes_.content.replace(old, new, 1)
        damaged = replace(bytes_, content=content, sha256=hashlib.sha256(content).hexdigest())
        prove(replace(damaged, **fields), message)  # type: ignore[arg-type]

    return run


CASES: dict[str, tuple[Do, str, str]] = {
    "wir901.not-one-path": (
        changed(envelope=Envelope("rh@exemple.test", "a@x.example,b@y.example")),
        "the envelope's recipient is not a single address: a@x.example,b@y.example",
        CORRECT_ADDRESS,
    ),
    "wir901.not-one-mailbox": (
        head(TO, "ines.petit@mail.example, anne@y.example"),
        "the To header is not a single mailbox: ines.petit@mail.example, anne@y.example",
        CORRECT_ADDRESS,
    ),
    "wir901.other-mailbox": (
        head(TO, "anne@y.example"),
        "the To header names anne@y.example, but the envelope names ines.petit@mail.example",
        CORRECT_ADDRESS,
    ),
    "wir902.unknown": (
        head("MIME-Version", "Bcc: anne@y.example\nMIME-Version"),
        "the header bcc is not allowed in a message",
        CORRECT_HEADERS,
    ),
    "wir902.repeated": (
        head("MIME-Version", "Subject: encore\nSubject: et\nMIME-Version"),
        "the header subject appears 3 times",
        CORRECT_HEADERS,
    ),
    "wir902.missing": (
        head("MIME-Version: 1.0\n", ""),
        "the header mime-version is missing",
        REPORT,
    ),
    "wir902.control": (
        head("Votre candidature", "=?UTF-8?Q?=0ABcc:_x@y.example?="),
        "the header subject hides a control character in an encoded word",
        CORRECT_HEADERS,
    ),
    "wir903.no-last-end": (
        octets(b"Bonjour,\r\n", b"Bonjour,"),
        "the last line has no line end",
        REPORT,
    ),
    "wir903.bare": (
        octets(b"Bonjour,\r\n", b"Bonjour,\nBcc: x\r\n"),
        "a CR or LF is on its own",
        REPORT,
    ),
    "wir903.not-7bit": (
        octets(b"Bonjour", b"Bonjour \xc3\xa9"),
        "an octet is not 7-bit text",
        REPORT,
    ),
    "wir903.long-line": (
        octets(b"Bonjour", b"x" * 999),
        "a line is longer than 998 octets",
        REPORT,
    ),
    "wir903.headers-no-end": (
        octets(b"\r\n\r\n", b"\r\n"),
        "no empty line ends the headers",
        REPORT,
    ),
    "wir903.no-header": (
        octets(b"Subject: ", b"Sub ject: "),
        "a line of the headers is not a header: Sub ject: Votre candidature",
        REPORT,
    ),
    "wir903.part-headers-no-end": (
        parts("7bit\n\nBonjour,", "7bit\nBonjour: ,"),
        "no empty line ends the headers of a part",
        REPORT,
    ),
    "wir903.part-no-header": (
        parts("Content-Transfer-Encoding: 7bit", "Content Transfer Encoding"),
        "a line of the headers of a part is not a header: Content Transfer Encoding",
        REPORT,
    ),
    "wir903.encoding": (
        octets(b"quoted-printable", b"8bit"),
        "a part has the encoding 8bit",
        REPORT,
    ),
    "wir903.whole-message": (
        parts("text/html", "message/rfc822"),
        "a part is a whole message (message/rfc822)",
        REPORT,
    ),
    "wir903.no-boundary": (
        parts('; boundary="=-b1"', ""),
        "the parts cannot be separated: multipart/alternative",
        REPORT,
    ),
    "wir903.not-closed": (
        parts("--=-b1--\n", ""),
        "a part is not closed",
        REPORT,
    ),
    "wir903.beside-parts": (
        parts("--=-b1--\n", "--=-b1--\nepilogue\n"),
        "there is text before the first part or after the last one",
        REPORT,
    ),
    "wir903.part-headers": (
        parts("Content-Type: text/html", "Bcc: x@y.example\nContent-Type: text/html"),
        "a part has headers that no part needs: bcc, content-type, content-transfer-encoding",
        REPORT,
    ),
    "wir904.changed": (
        changed(sha256="0" * 64),
        "the bytes are not those that were sealed",
        SEAL,
    ),
    "wir905.reverse-path": (
        changed(envelope=Envelope("x@y.example", "ines.petit@mail.example")),
        "the reverse path is not the sender's own: x@y.example",
        OWN,
    ),
    "wir905.stranger": (
        head("MIME-Version", "Reply-To: x@y.example\nMIME-Version"),
        "the header reply-to is not the sender's own: x@y.example",
        OWN,
    ),
    "wir905.other-id": (
        head("<run.1@exemple.test>", "<run.2@exemple.test>"),
        "the Message-ID is not the sealed one: <run.2@exemple.test>",
        REPORT,
    ),
    "wir905.id-domain": (
        lambda: gate(
            sealed((HEAD + PLAIN).replace("<run.1@exemple.test>", "<run.1@y.example>"), message_id="<run.1@y.example>"),
            senders=SENDERS,
        ),
        "the Message-ID is not in the sender's domain: <run.1@y.example>",
        REPORT,
    ),
    "wir906.not-recorded": (
        lambda: before_data(State.DEFERRED, record=7),
        "the journal has the message as deferred, not as submitting",
        RESUME,
    ),
    "wir906.not-again": (
        lambda: before_data(State.ACCEPTED, record=7),
        "the journal already has the message as accepted",
        RESUME,
    ),
    "wir907.not-one": (
        lambda: one_rcpt(["a@x.example", "b@x.example"], "a@x.example"),
        "the server accepted 2 recipients for this message instead of one",
        AGAIN,
    ),
    "wir907.other": (
        lambda: one_rcpt(["b@x.example"], "a@x.example"),
        "the server accepted another recipient for this message than its own",
        AGAIN,
    ),
    "wir903.other-record": (
        proved(record=3),
        "the bytes were sealed for another record than the message was composed for",
        REPORT,
    ),
    "wir903.to": (
        proved(b"<jean.dupont@mail.example>", b"<x@y.example>"),
        "the To header parses as Jean Dupont <x@y.example>",
        REPORT,
    ),
    "wir903.name-in-to": (
        proved(b"To: Jean Dupont", b"To: Jean Durand"),
        "the name in the To header parses as Jean Durand instead of Jean Dupont",
        REPORT,
    ),
    "wir903.not-one": (
        proved(b"From: Claire Martin", b"From: Claire, Martin"),
        "the header from does not parse as one mailbox: Claire, Martin <rh@exemple.test>",
        REPORT,
    ),
    "wir903.header": (
        proved(b"Subject: Votre", b"Subject: Notre"),
        "the header subject parses as Notre candidature au poste de Juriste "
        "instead of Votre candidature au poste de Juriste",
        REPORT,
    ),
    "wir903.unreadable": (
        proved(b"Subject: Votre", b"Subject: =?x-none?q?Votre?="),
        "the header subject cannot be decoded: =?x-none?q?Votre?= candidature au poste de Juriste",
        REPORT,
    ),
    "wir903.parts": (
        lambda: prove(composed()[1], replace(composed()[0], attachments=())),
        "the message has 3 parts instead of 2",
        REPORT,
    ),
    "wir903.text": (
        proved(b"Bonjour", b"Bonsoir"),
        "a text parses as something other than what was composed",
        REPORT,
    ),
    "wir903.file": (
        proved(b"c21hbGw=", b"b3RoZXI="),
        "the attachment plan.bin is not in the bytes as it was composed",
        REPORT,
    ),
    "wir903.defect": (
        proved(b"MIME-Version", b"Content-Transfer-Encoding: base64\r\nMIME-Version"),
        "the message parses with a defect: InvalidMultipartContentTransferEncodingDefect",
        REPORT,
    ),
    "wir903.part": (
        proved(b'filename="plan.bin"', b'filename="else.bin"'),
        "a part parses as application/octet-stream else.bin instead of application/octet-stream plan.bin",
        REPORT,
    ),
    "wir903.charset": (
        proved(b'text/plain; charset="utf-8"', b'text/plain; charset="cp1252"'),
        "a text is not declared as UTF-8",
        REPORT,
    ),
}
"""By the token of the reason: what is refused, why, and what to do about it."""


def refused(do: Do) -> Blocked:
    with pytest.raises(Blocked) as refusal:
        do()
    return refusal.value


@each_row("kind", CASES)
def test_a_refusal_says_which_rule_keeps_whom_back_why_and_what_to_do(kind: str) -> None:
    do, why, fix = CASES[kind]
    error = refused(do)
    assert (error.kind, error.rule.lower()) == (kind, kind.partition(".")[0])
    whom = "" if error.rule == "WIR907" else f" (record {error.values['record']})"
    assert str(error) == f"{error.rule}: {why}{whom}; the message is held back. {fix}"


@pytest.mark.parametrize(
    ("kind", "record"),
    [("wir901.other-mailbox", 1), ("wir903.text", 2), ("wir903.other-record", 3), ("wir906.not-again", 7)],
)
def test_a_refusal_names_the_record_of_the_message(kind: str, record: int) -> None:
    assert refused(CASES[kind][0]).values["record"] == record


@each_row("kind", CASES)
def test_a_refusal_is_the_same_in_another_process(kind: str) -> None:
    error = refused(CASES[kind][0])
    again = pickle.loads(pickle.dumps(error))
    assert (str(again), again.rule, again.kind, again.values) == (str(error), error.rule, error.kind, error.values)


def _modules() -> Iterator[ModuleType]:
    yield proof
    for package in (mailmerge.lint.rules.wir, mailmerge.lint.wire):
        for found in pkgutil.iter_modules(package.__path__, f"{package.__name__}."):
            yield importlib.import_module(found.name)


def test_no_sentence_of_the_gate_lacks_a_case() -> None:
    sentences = {each.id for module in _modules() for each in vars(module).values() if isinstance(each, Sentence)}
    assert sentences == set(CASES)


@pytest.mark.parametrize(
    "path", ["", "ines.petit", "a@b@x.example", "a b@x.example", '"a"@x.example', "a;b@x.example", "a@x.example\0"]
)
def test_an_envelope_that_names_no_single_address_is_refused_as_such(path: str) -> None:
    assert refused(changed(envelope=Envelope("rh@exemple.test", path))).kind == "wir901.not-one-path"


@pytest.mark.parametrize("path", ["Ines.petit@mail.example", "ines.petit@mail.test", "ines@mail.example"])
def test_an_envelope_that_names_somebody_else_is_refused_as_such(path: str) -> None:
    assert refused(changed(envelope=Envelope("rh@exemple.test", path))).kind == "wir901.other-mailbox"


def test_the_case_of_a_domain_does_not_matter() -> None:
    changed(envelope=Envelope("rh@exemple.test", "ines.petit@MAIL.example"))()


def test_a_declared_header_of_an_own_name_passes() -> None:
    head("MIME-Version", "X-Campaign: a\nMIME-Version")()


@pytest.mark.parametrize(
    ("octet", "passes"),
    [("00", False), ("1F", False), ("20", True), ("7E", True), ("7F", False), ("9F", False), ("A0", True)],
)
def test_no_control_character_hides_in_an_encoded_word(octet: str, passes: bool) -> None:
    do = head("Votre candidature", f"=?iso-8859-1?q?a={octet}b?=")
    if passes:
        do()
    else:
        assert refused(do).kind == "wir902.control"


def test_what_a_header_holds_is_a_value_and_never_a_place_in_the_sentence() -> None:
    error = refused(head(TO, "{record} {0.__class__} <ines.petit@mail.example>"))
    assert "{record} {0.__class__}" in str(error)
    assert str(error.values["value"]) == "{record} {0.__class__} <ines.petit@mail.example>"
    assert error.values["record"] == 1


def test_controls_in_a_refused_text_show_and_do_not_act() -> None:
    error = refused(changed(envelope=Envelope("rh@exemple.test", "a@x.example\x1b[2J\u202e")))
    assert "a@x.example␛[2J‹U+202E›" in str(error)


@pytest.mark.parametrize("state", list(State))
def test_a_body_may_begin_only_while_the_journal_says_submitting(state: State) -> None:
    if state is State.SUBMITTING:
        before_data(state, record=7)
    else:
        error = refused(lambda: before_data(state, record=7))
        due = state in (State.PENDING, State.DEFERRED)
        assert error.kind == ("wir906.not-recorded" if due else "wir906.not-again")
        assert error.values["record"] == 7


@pytest.mark.parametrize("state", ["", "sent", "SUBMITTING", "submitting "])
def test_a_body_may_not_begin_in_a_state_that_does_not_exist(state: str) -> None:
    assert refused(lambda: before_data(state, record=7)).kind == "wir906.not-again"


@pytest.mark.parametrize(
    ("accepted", "kind"),
    [
        ([], "wir907.not-one"),
        (["a@x.example"], ""),
        (["A@x.example"], "wir907.other"),
        ([""], "wir907.other"),
        (["a@x.example", "a@x.example"], "wir907.not-one"),
        (["b@x.example", "a@x.example"], "wir907.not-one"),
    ],
)
def test_a_body_may_begin_only_for_the_one_recipient_that_was_accepted(accepted: list[str], kind: str) -> None:
    if kind:
        assert refused(lambda: one_rcpt(accepted, "a@x.example")).kind == kind
    else:
        one_rcpt(accepted, "a@x.example")
