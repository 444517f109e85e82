"""Verdicts count in the order in which they were given, each once, however late and in whatever form they arrive."""

from __future__ import annotations

import base64
import datetime
import re
from itertools import permutations
from pathlib import Path

import pytest
from approval_cases import Desk, desk
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from mailmerge.approval.describe import state_lines
from mailmerge.approval.gate import cleared, enter
from mailmerge.approval.record import add_alone, add_refusal, add_signed, add_spoken, begin_alone, write_for
from mailmerge.approval.signatures.code import expected_code
from mailmerge.approval.signatures.statement import Wrong
from mailmerge.approval.state import approval_state
from mailmerge.approval.watching import look
from mailmerge.campaign.runs.receipt import read_receipt
from mailmerge.cli.receipt_text import text_page
from mailmerge.errors import ApprovalRefused, InputError, OutboxError
from mailmerge.i18n import speaking
from mailmerge.outbox import ApprovalKind, read_entries
from mailmerge.settings.approval_rule import key_line

WRONG = (Wrong(3, "somebody else’s name"),)
MARIE = Ed25519PrivateKey.generate()


def trust_marie(at: Desk) -> None:
    """Let the user's own rule name both: the stricter of the two names those whom each names."""
    lines = {"paul": at.paul, "marie": MARIE}
    named = ", ".join(f'{name} = "{key_line(key.public_key().public_bytes_raw())}"' for name, key in lines.items())
    at.here.home.config.mkdir(parents=True, exist_ok=True)
    text = f"[approval]\nrequired_above = 20\napprovers = {{ {named} }}\n"
    (at.here.home.config / "config.toml").write_text(text, encoding="utf-8")


def add_each(at: Desk, texts: list[str]) -> list[str]:
    """Record them in this order; of each, why it did not count."""
    told = []
    for text in texts:
        try:
            add_signed(at.run, text, at.here)
            told.append("")
        except ApprovalRefused as refused:
            told.append(refused.kind)
    return told


@pytest.mark.parametrize("order", list(permutations(range(3))), ids=str)
@pytest.mark.parametrize("last", ["approved", "refused"])
def test_what_was_said_last_holds_in_whatever_order_it_is_recorded(tmp_path: Path, order: tuple[int, ...], last: str):
    at = desk(tmp_path)
    said = []
    for verdict in ("approved", "refused", last):
        at.clock.move(minutes=1)
        said.append(at.changed(verdict=verdict, wrong=WRONG if verdict == "refused" else ()))
    at.clock.move(minutes=1)
    add_each(at, [said[number] for number in order])
    assert approval_state(at.run, at.here).clear is (last == "approved")


def test_an_approval_that_was_given_before_a_refusal_says_why_it_does_not_count(tmp_path: Path):
    at = desk(tmp_path)
    before = at.signed()
    at.clock.move(minutes=1)
    assert add_each(at, [at.changed(verdict="refused", wrong=WRONG), before]) == ["", "withdrawn"]


@pytest.mark.parametrize("hours", [0, 23, 60, 24 * 400])
def test_a_refusal_holds_however_late_it_is_read(tmp_path: Path, hours: int):
    at = desk(tmp_path)
    refusal = at.changed(verdict="refused", wrong=WRONG)
    at.clock.move(hours=hours)
    add_signed(at.run, refusal, at.here)
    state = approval_state(at.run, at.here)
    assert (state.clear, state.refused_by, tuple(state.wrong)) == (False, "Paul Durand", WRONG)


def test_what_one_person_found_wrong_nobody_else_approves(tmp_path: Path):
    at = desk(tmp_path, approvers=())
    trust_marie(at)
    add_signed(at.run, at.changed(verdict="refused", wrong=WRONG), at.here)
    at.clock.move(minutes=1)
    assert add_each(at, [at.signed(key=MARIE)]) == ["refused"]
    write_for(at.run, "marie", tmp_path / "out", at.here)
    with pytest.raises(ApprovalRefused) as refused:
        add_spoken(at.run, code_of_last_pack(at), "Marie", at.here)
    assert refused.value.kind == "refused"
    at.clock.move(minutes=1)
    assert add_each(at, [at.signed()]) == [""]
    assert approval_state(at.run, at.here).clear


def test_what_the_author_found_wrong_somebody_who_approves_later_takes_back(tmp_path: Path):
    at = desk(tmp_path)
    add_signed(at.run, at.signed(), at.here)
    at.clock.move(minutes=1)
    add_refusal(at.run, WRONG, at.here)
    assert not approval_state(at.run, at.here).clear
    at.clock.move(minutes=1)
    add_signed(at.run, at.signed(), at.here)
    assert approval_state(at.run, at.here).clear


def test_an_approval_that_no_longer_counts_leaves_an_earlier_one_that_does(tmp_path: Path):
    at = desk(tmp_path, approvers=())
    trust_marie(at)
    add_signed(at.run, at.signed(), at.here)
    at.clock.move(minutes=1)
    add_signed(at.run, at.signed(key=MARIE), at.here)
    line = key_line(at.paul.public_key().public_bytes_raw())
    (at.here.home.config / "config.toml").write_text(
        f'[approval]\napprovers = {{ paul = "{line}" }}\n', encoding="utf-8"
    )
    approval = approval_state(at.run, at.here).approval
    assert approval is not None
    assert approval.owner == "paul"


@pytest.mark.parametrize("minutes", [-4, 0, 4])
def test_the_clock_of_the_other_computer_may_differ_a_little(tmp_path: Path, minutes: int):
    at = desk(tmp_path)
    at.clock.move(minutes=10)

    def said(verdict: str) -> str:
        theirs = at.clock() + datetime.timedelta(minutes=minutes)
        wrong = WRONG if verdict == "refused" else ()
        expires = theirs + datetime.timedelta(hours=24)
        return at.changed(verdict=verdict, wrong=wrong, at=theirs, expires=expires)

    early = said("approved")
    at.clock.move(minutes=1)
    add_signed(at.run, said("approved"), at.here)
    at.clock.move(minutes=1)
    add_refusal(at.run, WRONG, at.here)
    assert not approval_state(at.run, at.here).clear
    at.clock.move(minutes=6)
    add_signed(at.run, said("approved"), at.here)
    assert approval_state(at.run, at.here).clear
    at.clock.move(minutes=1)
    late = said("approved")
    at.clock.move(minutes=1)
    add_signed(at.run, said("refused"), at.here)
    assert add_each(at, [early, late]) == ["withdrawn", "withdrawn"]
    assert not approval_state(at.run, at.here).clear


# --- once ------------------------------------------------------------------------------------------------------------


def rewritten(text: str, change: str) -> str:
    """The same approval with its signature written in another way, where there is one."""
    found = re.search(r"(?<=SIGNATURE-----\n)[^-]*(?=\n-----END)", text)
    assert found
    body = "".join(found[0].split())
    blob = bytearray(base64.b64decode(body))
    if change == "last bits":
        alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"
        letter = body.rstrip("=")[-1]
        body = body.rstrip("=")[:-1] + alphabet[alphabet.index(letter) ^ 1] + "=" * (len(body) - len(body.rstrip("=")))
    elif change == "reserved field":
        start = blob.index(b"approval@mailmerge") + len(b"approval@mailmerge")
        blob[start : start + 4] = b"\0\0\0\1x"
        body = base64.b64encode(blob).decode()
    elif change == "octets behind":
        body = base64.b64encode(bytes(blob) + b"\0\0\0\0").decode()
    elif change == "no padding":
        body = body.rstrip("=")
    elif change == "quoted":
        return "".join(f"> {line}\r\n" for line in text.splitlines())
    elif change == "on one line":
        return " ".join(text.split())
    return text[: found.start()] + body + text[found.end() :]


CHANGES = ("as it is", "last bits", "reserved field", "octets behind", "no padding", "quoted", "on one line")


@pytest.mark.parametrize("change", CHANGES)
@pytest.mark.parametrize("after", ["used", "withdrawn"])
def test_an_approval_is_never_recorded_again_however_its_signature_is_written(tmp_path: Path, change: str, after: str):
    at = desk(tmp_path)
    text = at.signed()
    add_signed(at.run, text, at.here)
    if after == "used":
        enter(at.run, at.account, at.here)
    else:
        add_signed(at.run, at.changed(verdict="refused", wrong=WRONG), at.here)
    with pytest.raises((ApprovalRefused, InputError)):
        add_signed(at.run, rewritten(text, change), at.here)
    assert approval_state(at.run, at.here).clear is (after == "used")


def code_of_last_pack(at: Desk) -> str:
    return expected_code([each for each in read_entries(at.run) if each.kind is ApprovalKind.PACK][-1], at.run)


def test_a_code_counts_once(tmp_path: Path):
    at = desk(tmp_path)
    write_for(at.run, "paul", tmp_path / "out", at.here)
    code = code_of_last_pack(at)
    first = add_spoken(at.run, code, "Paul Durand", at.here)
    at.clock.move(hours=1)
    assert add_spoken(at.run, code, "Paul Durand", at.here) == first
    at.clock.move(hours=24)
    with pytest.raises(ApprovalRefused) as expired:
        add_spoken(at.run, code, "Paul Durand", at.here)
    assert expired.value.kind == "expired"
    assert not approval_state(at.run, at.here).clear
    write_for(at.run, "paul", tmp_path / "out", at.here)
    add_spoken(at.run, code_of_last_pack(at), "Paul Durand", at.here)
    assert cleared(at.run, at.account, at.here)


@pytest.mark.parametrize("kind", ["spoken", "alone"])
def test_a_code_does_not_count_after_somebody_found_something_wrong(tmp_path: Path, kind: str):
    at = desk(tmp_path, approvers=())
    write_for(at.run, "paul", tmp_path / "out", at.here)
    code = code_of_last_pack(at)
    add_spoken(at.run, code, "Paul Durand", at.here)
    at.clock.move(minutes=1)
    add_refusal(at.run, WRONG, at.here)
    with pytest.raises(ApprovalRefused) as replayed:
        add_spoken(at.run, code, "Paul Durand", at.here)
    assert replayed.value.kind == "replayed"
    at.clock.move(minutes=1)
    if kind == "spoken":
        write_for(at.run, "paul", tmp_path / "out", at.here)
        add_spoken(at.run, code_of_last_pack(at), "Paul Durand", at.here)
    else:
        begin_alone(at.run, at.here)
        at.clock.move(minutes=10)
        add_alone(at.run, 25, 2, at.here)
    assert approval_state(at.run, at.here).clear


@pytest.mark.parametrize(
    ("approver", "said"), [("Paul Durand", False), ("PAUL", False), ("Claire Martin", True), ("Direction", True)]
)
def test_whose_key_it_is_is_shown_where_the_name_is_another(tmp_path: Path, approver: str, said: bool):
    at = desk(tmp_path)
    add_signed(at.run, at.changed(approver=approver), at.here)
    with speaking("en"):
        lines = list(state_lines(approval_state(at.run, at.here)))
    assert ("with the key of paul" in lines[0]) is said


@pytest.mark.parametrize("kind", ["signed", "spoken", "alone", "none"])
def test_a_receipt_says_who_approved_the_run(tmp_path: Path, kind: str):
    at = desk(tmp_path, approvers=("paul",) if kind == "signed" else ())
    if kind == "signed":
        add_signed(at.run, at.signed(), at.here)
    elif kind == "spoken":
        write_for(at.run, "paul", tmp_path / "out", at.here)
        add_spoken(at.run, code_of_last_pack(at), "Paul Durand", at.here)
    elif kind == "alone":
        begin_alone(at.run, at.here)
        at.clock.move(minutes=10)
        add_alone(at.run, 25, 2, at.here)
    with speaking("en"):
        page = text_page(read_receipt(at.run, 1), "")
    line = next(line for line in page.splitlines() if line.startswith("Approval"))
    said = {"signed": "signed by Paul Durand", "spoken": "given by Paul Durand on the telephone", "alone": "alone"}
    assert said.get(kind, "none was recorded") in line


def test_nobody_waits_for_a_second_look_at_what_was_deleted(tmp_path: Path):
    at = desk(tmp_path, approvers=())
    assert at.here.outbox.purge(datetime.timedelta(0), unfinished=True).runs == (at.run.id,)
    at.run = at.here.outbox.open(at.run.id)
    with pytest.raises(OutboxError, match="were deleted on"):
        begin_alone(at.run, at.here)
    assert read_entries(at.run) == []
    with speaking("en"):
        page = text_page(read_receipt(at.run, 1), "")
    assert "Recipient               deleted with the letter" in page
    assert "The letter as it was sealed" in page


def test_a_file_that_is_just_being_written_is_looked_at_later(tmp_path: Path):
    at = desk(tmp_path)
    packed = write_for(at.run, "paul", tmp_path / "out", at.here)
    path = packed.pack.with_suffix(".approval")
    path.touch()
    first = look(at.run, at.here, frozenset())
    assert (first.problem, first.seen, first.state.clear) == ("", frozenset(), False)
    path.write_text(at.signed(), encoding="utf-8")
    second = look(at.run, at.here, first.seen)
    assert (second.problem, second.state.clear) == ("", True)
