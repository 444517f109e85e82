"""Nothing leaves without the approval that it needs, and no approval counts for anything but these very bytes."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from pathlib import Path

import pytest
from approval_cases import ACCOUNT, Desk, desk, write_campaign
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from each_row import each_row
from msgspec.structs import replace
from outbox_cases import alter, sealed_run

from mailmerge.approval.gate import cleared, enter
from mailmerge.approval.record import add_alone, add_signed, add_spoken, begin_alone, write_for
from mailmerge.approval.signatures.code import expected_code
from mailmerge.approval.signatures.keys import own_key
from mailmerge.approval.signatures.statement import Wrong
from mailmerge.approval.state import approval_state, recorded_approval
from mailmerge.campaign import IfWritten, open_campaign
from mailmerge.errors import ApprovalNeeded, ApprovalRefused, Blocked, InputError, MailmergeError, UsageError
from mailmerge.outbox import ApprovalKind, Outbox, read_entries, root_lines
from mailmerge.settings.approval_rule import key_line

HOUR = datetime.timedelta(hours=1)
OTHER = Ed25519PrivateKey.generate()


def refusal(at: Desk, account=ACCOUNT) -> ApprovalNeeded:
    with pytest.raises(ApprovalNeeded) as needed:
        cleared(at.here.outbox.open(at.run.id), account, at.here)
    assert "\n" not in str(needed.value)
    return needed.value


def test_the_root_is_the_digest_of_readable_lines(tmp_path: Path):
    at = desk(tmp_path, 3)
    rows = [(m.record, m.address, m.sha256) for m in at.run.messages()]
    lines = list(root_lines(at.run.sealed_facts(), rows))
    assert lines[0] == "mailmerge-run/1"
    assert "account localhost:2525 rh@exemple.test" in lines
    assert {"findings", "letter", "table", "waivers", "approval"} <= {line.split(" ")[0] for line in lines}
    assert lines[-1] == f"3 p2@boite.example {rows[-1][2]}"
    assert all(line.isascii() for line in lines)


def test_a_run_above_the_number_waits_and_one_below_does_not(tmp_path: Path):
    assert refusal(desk(tmp_path / "a", 21)).kind == "missing"
    small = desk(tmp_path / "b", 20)
    assert cleared(small.run, ACCOUNT, small.here) is None


def test_an_approval_that_counts_is_journaled_when_the_sending_begins(tmp_path: Path):
    at = desk(tmp_path)
    add_signed(at.run, at.signed(), at.here)
    approval = cleared(at.run, ACCOUNT, at.here)
    assert approval is not None
    assert (approval.approver, approval.kind, approval.used) == ("Paul Durand", "signed", False)
    enter(at.run, ACCOUNT, at.here)
    enter(at.run, ACCOUNT, at.here)  # it is resumed
    kinds = [entry.kind for entry in read_entries(at.run)]
    assert kinds == [ApprovalKind.SIGNED, ApprovalKind.USED]
    with pytest.raises(ApprovalRefused) as again:
        add_signed(at.run, at.signed(), at.here)
    assert again.value.kind == "used"


REFUSED: dict[str, Callable[[Desk], str]] = {
    "other-run": lambda at: at.changed(run="2026-11-26-0000"),
    "other-root": lambda at: at.changed(root=f"sha256:{'0' * 64}"),
    "other-number": lambda at: at.changed(messages=26, looked_at=26),
    "unknown-key": lambda at: at.signed(key=OTHER),
    "decoys": lambda at: at.changed(decoys_found=1),
    "looked": lambda at: at.changed(looked_at=0),
    "future": lambda at: at.changed(at=at.clock() + 2 * HOUR, expires=at.clock() + 3 * HOUR),
    "too-early": lambda at: at.changed(at=at.clock() - 2 * HOUR),
    "too-long": lambda at: at.changed(expires=at.clock() + 25 * HOUR),
    "expired": lambda at: at.changed(expires=at.clock()),
    "signature": lambda at: at.signed().replace("Paul Durand", "Paula Durand"),
}


@pytest.mark.parametrize("kind", REFUSED)
def test_an_approval_that_does_not_count_is_refused_with_its_sentence(tmp_path: Path, kind: str):
    at = desk(tmp_path)
    with pytest.raises(ApprovalRefused) as refused:
        add_signed(at.run, REFUSED[kind](at), at.here)
    assert refused.value.kind == kind
    assert "\n" not in str(refused.value)
    assert not read_entries(at.run)
    assert refusal(at).kind == "missing"


def test_no_decoys_at_all_prove_nothing_of_several_letters(tmp_path: Path):
    at = desk(tmp_path)
    with pytest.raises(ApprovalRefused, match="decoy"):
        add_signed(at.run, at.changed(decoys_found=0, decoys_shown=0), at.here)


CHANGES = {
    "one byte of a message": f"UPDATE message SET sha256 = '{'0' * 64}' WHERE record = 7",
    "a recipient": "UPDATE message SET forward_path = 'somebody@else.example' WHERE record = 7",
    "a sender": "UPDATE message SET reverse_path = 'somebody@else.example' WHERE record = 7",
    "a message less": "DELETE FROM message WHERE record = 25",
    "a message more": "INSERT INTO message SELECT 99, name, reverse_path, forward_path, '<x@y>', sha256, state, '', 0"
    " FROM message WHERE record = 1",
    "two people exchanged": "UPDATE message SET forward_path = CASE record WHEN 1 THEN 'p1@boite.example' ELSE"
    " 'p0@boite.example' END WHERE record IN (1, 2)",
    "a waiver": f"UPDATE run SET waivers_digest = '{'0' * 64}'",
    "the senders": """UPDATE run SET senders = '["rh@exemple.test", "x@y.example"]'""",
    "everybody again": "UPDATE run SET again = '{}'",
    "the account": "UPDATE fact SET value = 'elsewhere.example:587 rh@exemple.test' WHERE name = 'account'",
    "the findings": "UPDATE fact SET value = 'sha256:0', content = '' WHERE name = 'findings'",
    "the rule": "DELETE FROM fact WHERE name = 'approval'",
    "all facts": "DROP TABLE fact",
}


@each_row("change", CHANGES.values(), ids=CHANGES)
def test_whatever_is_changed_after_the_approval_nothing_is_sent(tmp_path: Path, change: str):
    at = desk(tmp_path)
    add_signed(at.run, at.signed(), at.here)
    alter(at.run, change)

    def send() -> None:
        run = at.here.outbox.open(at.run.id)
        cleared(run, ACCOUNT, at.here)
        with run.sending():
            raise AssertionError("it was opened for sending")

    with pytest.raises(Blocked):
        send()


def test_a_rule_whose_text_was_changed_is_found(tmp_path: Path):
    at = desk(tmp_path)
    alter(at.run, """UPDATE fact SET content = '{"required_above":1000}' WHERE name = 'approval'""")
    with pytest.raises(MailmergeError, match="damaged"):
        cleared(at.run, ACCOUNT, at.here)


@pytest.mark.parametrize(
    ("hours", "kind"), [(23.9, None), (24.1, "expired"), (48, "expired"), (-24, "clock"), (-1, "clock"), (-0.05, None)]
)
def test_an_approval_holds_for_its_hours_whatever_is_done_to_the_clock(tmp_path: Path, hours: float, kind: str | None):
    at = desk(tmp_path)
    add_signed(at.run, at.signed(), at.here)
    at.clock.move(hours=hours)
    if kind is None:
        assert cleared(at.run, ACCOUNT, at.here)
    else:
        assert refusal(at).kind == kind


def test_a_folder_for_the_pack_that_cannot_be_made_is_another_folder_to_choose(tmp_path: Path):
    at = desk(tmp_path)
    (tmp_path / "file").write_text("no folder")
    with pytest.raises(InputError, match="choose another folder") as refused:
        write_for(at.run, "paul", tmp_path / "file" / "G", at.here)
    assert "MAILMERGE_HOME" not in str(refused.value)
    assert read_entries(at.run) == []


def test_an_approval_that_expired_takes_its_pack_with_it(tmp_path: Path):
    at = desk(tmp_path)
    packed = write_for(at.run, "paul", tmp_path / "G", at.here)
    add_signed(at.run, at.signed(), at.here)
    assert cleared(at.run, ACCOUNT, at.here)
    assert packed.pack.exists()
    at.clock.move(hours=25)
    assert refusal(at).kind == "expired"
    assert not packed.pack.exists()
    assert not packed.page.exists()


def test_a_shorter_rule_of_the_company_ends_an_approval_earlier(tmp_path: Path):
    at = desk(tmp_path)
    add_signed(at.run, at.signed(), at.here)
    at.here.home.config.mkdir(parents=True, exist_ok=True)
    (at.here.home.config / "config.toml").write_text("[approval]\nvalid_hours = 8\n", encoding="utf-8")
    assert refusal(at).kind == "too-long"


@pytest.mark.parametrize(
    "account",
    [
        replace(ACCOUNT, host="127.0.0.1"),
        replace(ACCOUNT, port=2526),
        replace(ACCOUNT, address="chef@exemple.test"),
    ],
    ids=["host", "port", "address"],
)
def test_what_was_approved_for_one_account_does_not_leave_from_another(tmp_path: Path, account):
    at = desk(tmp_path)
    add_signed(at.run, at.signed(), at.here)
    assert refusal(at, account).kind == "other-account"


def test_a_key_made_here_is_never_a_second_person(tmp_path: Path, keyring):
    at = desk(tmp_path)
    own = own_key(at.here)
    assert own is not None
    at.here.home.config.mkdir(parents=True, exist_ok=True)
    text = at.signed(key=own.private)
    with pytest.raises(ApprovalRefused) as refused:
        add_signed(at.run, text, at.here)
    assert refused.value.kind == "own-key"


def test_a_key_made_here_after_the_approval_was_recorded_does_not_count_either(tmp_path: Path, keyring):
    at = desk(tmp_path)
    add_signed(at.run, at.signed(), at.here)
    own = own_key(at.here)
    assert own is not None
    path = at.here.home.data / "approval" / "keys.json"
    line = own.line.split()[1]
    paul = key_line(at.paul.public_key().public_bytes_raw()).split()[1]
    path.write_text(path.read_text().replace(line, paul))
    assert refusal(at).kind == "own-key"


def test_the_approval_of_one_run_is_none_of_the_same_letters_sealed_again(tmp_path: Path):
    at = desk(tmp_path)
    text = at.signed()
    campaign = open_campaign([tmp_path / "campagne"], environment=at.here)
    checked = campaign.signed_by(ACCOUNT).check()
    again = checked.seal(ACCOUNT, at.here.outbox, written=IfWritten.AGAIN)
    with pytest.raises(ApprovalRefused) as refused:
        add_signed(again, text, at.here)
    assert refused.value.kind == "other-run"


def test_a_refusal_is_the_last_word_until_somebody_approves(tmp_path: Path):
    at = desk(tmp_path)
    add_signed(at.run, at.signed(), at.here)
    wrong = (Wrong(7, "le nom d’une autre personne"),)
    add_signed(at.run, at.changed(verdict="refused", wrong=wrong), at.here)
    state = approval_state(at.run, at.here)
    assert (state.clear, state.refused_by, tuple(state.wrong)) == (False, "Paul Durand", wrong)
    assert refusal(at).kind == "refused"
    assert recorded_approval(at.run) is None
    with pytest.raises(ApprovalRefused) as replayed:
        add_signed(at.run, at.signed(), at.here)
    assert replayed.value.kind == "replayed"
    at.clock.move(minutes=1)
    add_signed(at.run, at.signed(), at.here)
    assert approval_state(at.run, at.here).clear


def test_the_same_approval_given_twice_is_recorded_once(tmp_path: Path):
    at = desk(tmp_path)
    for _ in range(2):
        add_signed(at.run, at.signed(), at.here)
    assert len(read_entries(at.run)) == 1


def test_a_test_goes_to_oneself_without_anybody_and_to_nobody_else(tmp_path: Path):
    at = desk(tmp_path, rule="required_above = 0")
    campaign = open_campaign([tmp_path / "campagne"], environment=at.here)
    test = campaign.seal_test(campaign.recipient(1), ACCOUNT, at.here.outbox)
    assert cleared(test, ACCOUNT, replace(at.here)) is None
    at.here.home.config.mkdir(parents=True, exist_ok=True)
    (at.here.home.config / "config.toml").write_text("[approval]\nrequired_above = 0\n", encoding="utf-8")
    assert cleared(test, ACCOUNT, at.here) is None
    alter(at.run, "UPDATE run SET test = 1")
    with pytest.raises(ApprovalNeeded) as needed:
        cleared(at.here.outbox.open(at.run.id), ACCOUNT, at.here)
    assert needed.value.kind == "test"


def test_a_run_of_an_older_program_is_held_to_todays_rule(tmp_path: Path):
    at = desk(tmp_path / "desk")
    run = sealed_run(at.here.outbox.folder, 25, run="2026-01-01-0001")
    at.here.home.config.mkdir(parents=True, exist_ok=True)
    assert cleared(run, ACCOUNT, at.here) is None
    (at.here.home.config / "config.toml").write_text("[approval]\nrequired_above = 20\n", encoding="utf-8")
    with pytest.raises(ApprovalNeeded):
        cleared(Outbox(at.here.outbox.folder).open(run.id), ACCOUNT, at.here)
    with pytest.raises(UsageError, match="seal the campaign again"):
        write_for(run, "paul", tmp_path / "out", at.here)


# --- spoken, and alone -----------------------------------------------------------------------------------------------


def code_in(at: Desk) -> str:
    return expected_code(read_entries(at.run)[-1], at.run)


def test_a_code_that_was_read_out_is_recorded_as_spoken(tmp_path: Path):
    at = desk(tmp_path)
    write_for(at.run, "paul", tmp_path / "out", at.here)
    code = code_in(at)
    add_spoken(at.run, f" {code[:5]}-{code[5:]} ", "Paul Durand", at.here)
    approval = cleared(at.run, ACCOUNT, at.here)
    assert approval is not None
    assert (approval.kind, approval.approver) == ("spoken", "Paul Durand")
    at.clock.move(hours=25)
    assert refusal(at).kind == "expired"


def test_a_code_with_one_wrong_digit_is_refused(tmp_path: Path):
    at = desk(tmp_path, 21)
    write_for(at.run, "paul", tmp_path / "out", at.here)
    code = code_in(at)
    for place in range(10):
        wrong = code[:place] + str((int(code[place]) + 1) % 10) + code[place + 1 :]
        with pytest.raises(ApprovalRefused) as refused:
            add_spoken(at.run, wrong, "Paul", at.here)
        assert refused.value.kind == "code"


def test_the_code_of_an_earlier_page_is_refused(tmp_path: Path):
    at = desk(tmp_path)
    write_for(at.run, "paul", tmp_path / "out", at.here)
    code = code_in(at)
    write_for(at.run, "paul", tmp_path / "out", at.here)
    with pytest.raises(ApprovalRefused, match="not the code"):
        add_spoken(at.run, code, "Paul", at.here)


def test_a_pack_is_only_written_for_somebody_whom_the_rule_names(tmp_path: Path):
    at = desk(tmp_path)
    with pytest.raises(UsageError, match="the rule names paul"):
        write_for(at.run, "lea", tmp_path / "out", at.here)
    assert not (tmp_path / "out").exists()


def test_a_second_look_alone_begins_after_ten_minutes_and_counts_where_nobody_is_named(tmp_path: Path):
    at = desk(tmp_path, approvers=())
    begins = begin_alone(at.run, at.here)
    assert begins - at.clock() == datetime.timedelta(minutes=10)
    at.clock.move(minutes=9, seconds=59)
    assert begin_alone(at.run, at.here) == begins
    with pytest.raises(ApprovalRefused) as early:
        add_alone(at.run, 25, 2, at.here)
    assert early.value.kind == "too-soon"
    at.clock.move(seconds=1)
    assert add_alone(at.run, 25, 2, at.here).kind == "alone"
    assert cleared(at.run, ACCOUNT, at.here)


def test_a_second_look_alone_does_not_count_where_the_rule_names_somebody(tmp_path: Path):
    at = desk(tmp_path)
    with pytest.raises(ApprovalRefused) as refused:
        begin_alone(at.run, at.here)
    assert refused.value.kind == "alone"


def test_purging_forgets_what_opens_a_pack_and_keeps_who_approved(tmp_path: Path):
    at = desk(tmp_path)
    write_for(at.run, "paul", tmp_path / "out", at.here)
    add_signed(at.run, at.signed(), at.here)
    assert at.here.outbox.purge(datetime.timedelta(0), unfinished=True).runs == (at.run.id,)
    run = at.here.outbox.open(at.run.id)
    pack, signed = read_entries(run)
    assert pack.content == {}
    assert signed.by == "Paul Durand"
    found = recorded_approval(run)
    assert found is not None
    assert found.kind == "signed"
    raw = run.path.read_bytes()
    assert b"boite.example" not in raw


def test_a_campaign_without_a_rule_asks_nobody(tmp_path: Path):
    at = desk(tmp_path)
    free = open_campaign([write_campaign(tmp_path / "frei", 30, approval="")], environment=at.here)
    run = free.signed_by(ACCOUNT).check().seal(ACCOUNT, at.here.outbox)
    assert cleared(run, ACCOUNT, at.here) is None
