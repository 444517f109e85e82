"""What came back is read from a real mailbox, and nothing in it is touched."""

from __future__ import annotations

import asyncio
import datetime
import json
import sqlite3
import sys
import tracemalloc
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from delivery_cases import account_for, seal, sealed_message, send, states
from identity_provider import Provider
from mailboxes import Mailboxes
from sign_in_cases import account_of, signed_in
from smtp_script import CANARY, USER, Fault, ScriptedServer
from test_mailbox_filing import with_mailbox
from token_servers import Dovecot

from mailmerge.accounts import Account, Accounts, Secret, account_from_preset, changed
from mailmerge.delivery import Control, deliver
from mailmerge.imap import AcceptanceEvidence, look, with_copies
from mailmerge.model import SealedMessage, State
from mailmerge.outbox import LaterKind, Run, purge
from tests.conftest import ROOT, Result, SmtpServer

sys.path.insert(0, str(ROOT / "tests/core"))

from returned_mails import FORMS, NO_EVENT, Sent, octets

ADDRESSES = {
    1: "jeanne.petit@remote.test",
    2: "hugo.roux@slow.test",
    3: "lea.durand@boite.example",
    4: "zoe.martin@remote.test",
}


def person(record: int, address: str) -> SealedMessage:
    return sealed_message(record, address=address)


def sent_of(run: Run, record: int) -> Sent:
    """The message of a record as a server would return it."""
    message = next(each for each in run.messages() if each.record == record)
    return Sent(message.address, message.message_id, USER, f"Reponse {record}")


async def accepted_run(folder: Path, count: int, *faults: Fault) -> tuple[Run, Account]:
    run = seal(folder, count)
    async with ScriptedServer(faults=faults) as server:
        account = account_for(server)
        await send(run, account)
    return run, account


async def test_real_bounces_and_expiries_are_read_back(folder: Path, mailboxes: Mailboxes, returner: int) -> None:
    run = seal(folder, [person(*each) for each in ADDRESSES.items()])
    account = account_from_preset("rh", USER, host="127.0.0.1", port=returner, tls="none", auth="none")
    account = with_mailbox(account, mailboxes.port, password_command=f"{sys.executable} -c 'print(\"{CANARY}\")'")
    control = Control()
    events = with_copies(deliver(run, account, None, control), run, account, None, control, lambda _: None)
    assert [event async for event in events][-1].accepted == 4  # type: ignore[union-attr]
    mails = await asyncio.to_thread(mailboxes.wait_for, 3)
    assert len(mails) == 3
    found = await asyncio.to_thread(look, run, account, None)
    later = found.afterwards.later
    assert {record: each.kind for record, each in later.items()} == {
        1: LaterKind.BOUNCED,
        2: LaterKind.EXPIRED,
        4: LaterKind.BOUNCED,
    }
    assert later[1].status.startswith("5.")
    assert later[2].status.startswith("4.")
    assert all(each.certain and 0 < len(each.reason) <= 200 for each in later.values())
    assert set(states(run).values()) == {State.ACCEPTED}
    assert [found.afterwards.filed(record, State.ACCEPTED) for record in ADDRESSES] == [True] * 4
    assert mailboxes.read("INBOX") == mails, "nothing was marked, moved or deleted"


async def test_every_form_in_one_inbox_finds_its_own_message(folder: Path, mailboxes: Mailboxes) -> None:
    names = [*FORMS, *NO_EVENT]
    run, account = await accepted_run(folder, len(names))
    for record, name in enumerate(names, 1):
        form = FORMS.get(name) or NO_EVENT[name]
        sender = "somebody@boite.example" if name in NO_EVENT else ""
        mailboxes.deliver(octets(form, sent_of(run, record)), sender=sender)
    before = mailboxes.read("INBOX")
    account = with_mailbox(account, mailboxes.port, sent="off")
    found = look(run, account, Secret(CANARY))
    read = {record: str(each.kind) for record, each in found.afterwards.later.items()}
    assert read == {record: form.kind for record, form in enumerate(FORMS.values(), 1)}
    answered = len(FORMS) + 1 + list(NO_EVENT).index("an answer")
    assert found.answers == (answered,)
    assert found.afterwards.hints == {}
    assert mailboxes.read("INBOX") == before
    again = look(run, account, Secret(CANARY))
    assert again.afterwards.later == found.afterwards.later, "each mail counts once"


async def test_unknown_outcomes_are_explained_by_the_mailbox_and_decided_by_nobody_else(
    folder: Path, mailboxes: Mailboxes
) -> None:
    run = seal(folder, 4)
    async with ScriptedServer(faults=(Fault("dot", "drop", times=4),)) as server:
        account = account_for(server)
        for _ in range(4):
            await send(run, account, limit=1)
    unknown = [record for record, state in states(run).items() if state is State.UNKNOWN]
    assert len(unknown) == 4
    with mailboxes.opened() as client:
        client.append("Sent", run.content(1).content)
    mailboxes.deliver(octets(FORMS["Postfix"], sent_of(run, 2)))
    mailboxes.deliver(octets(NO_EVENT["an answer"], sent_of(run, 3)), sender="somebody@boite.example")
    found = look(run, with_mailbox(account, mailboxes.port), Secret(CANARY))
    assert found.unknown == 4
    assert found.evidence == {
        1: AcceptanceEvidence.SENT,
        2: AcceptanceEvidence.RETURNED,
        3: AcceptanceEvidence.ANSWERED,
    }
    assert set(states(run).values()) == {State.UNKNOWN}, "only a person decides"
    assert len(mailboxes.read("Sent")) == 1, "nothing of an unknown message is filed"


async def test_our_own_copy_of_a_verdict_that_was_taken_back_proves_nothing(folder: Path, mailboxes: Mailboxes) -> None:
    run, account = await accepted_run(folder, 2)
    account = with_mailbox(account, mailboxes.port)
    assert look(run, account, Secret(CANARY)).filed == 2
    with run.sending() as journal:
        await journal.doubt(1, "the server gave two verdicts")
    found = look(run, account, Secret(CANARY))
    assert (found.unknown, found.evidence) == (1, {})


async def test_returned_mail_is_left_alone_where_it_is_not_to_be_read(folder: Path, mailboxes: Mailboxes) -> None:
    run, account = await accepted_run(folder, 1)
    mailboxes.deliver(octets(FORMS["Postfix"], sent_of(run, 1)))
    found = look(run, with_mailbox(account, mailboxes.port, bounces=False), Secret(CANARY))
    assert (found.filed, found.read_inbox, found.afterwards.later) == (1, False, {})
    assert found.afterwards.looked_at is None


async def test_a_run_whose_personal_data_was_deleted_is_followed_by_its_ids(folder: Path, mailboxes: Mailboxes) -> None:
    run, account = await accepted_run(folder, 2)
    mail = octets(FORMS["Postfix"], sent_of(run, 2))
    purge(run, datetime.timedelta(0), today=datetime.datetime.now(datetime.UTC) + datetime.timedelta(days=99))
    mailboxes.deliver(mail)
    found = look(run, with_mailbox(account, mailboxes.port), Secret(CANARY))
    assert (found.filed, found.notes) == (0, ())
    assert found.afterwards.later[2].kind is LaterKind.BOUNCED


async def test_a_reader_who_goes_away_ends_the_sending_and_the_filing(folder: Path, mailboxes: Mailboxes) -> None:
    run = seal(folder, 20)
    async with ScriptedServer() as server:
        account = with_mailbox(account_for(server), mailboxes.port)
        control, told = Control(), list[object]()
        secret = Secret(CANARY)
        events = with_copies(deliver(run, account, secret, control), run, account, secret, control, told.append)
        async for _event in events:
            break
        await events.aclose()  # type: ignore[attr-defined]
        assert control.stopping
        accepted = list(states(run).values()).count(State.ACCEPTED)
        assert sum(server.copies.values()) == accepted
    with run.exclusive():
        assert look(run, account, secret).filed == accepted


@pytest.mark.parametrize("name", ["Postfix", "Gmail, the old form", "qmail", "in Japanese, text only"])
async def test_a_forged_bounce_is_a_hint_and_no_event(folder: Path, mailboxes: Mailboxes, name: str) -> None:
    run, account = await accepted_run(folder, 2)
    forged = sent_of(run, 1)
    mail = octets(FORMS[name], forged).replace(f"Message-ID: {forged.message_id}\r\n".encode(), b"")
    mailboxes.deliver(mail.replace(forged.message_id.encode(), b"").replace(forged.date.encode(), b""))
    found = look(run, with_mailbox(account, mailboxes.port, sent="off"), Secret(CANARY))
    assert found.afterwards.later == {}
    assert list(found.afterwards.hints) == [1]


async def test_a_bounce_of_30_mb_is_read_at_its_beginning(folder: Path, mailboxes: Mailboxes) -> None:
    run, account = await accepted_run(folder, 1)
    mail = octets(FORMS["Postfix"], sent_of(run, 1))
    huge = mail.replace(b"SECRET-DE-LA-LETTRE", b"SECRET" + b"\r\nXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXX" * 850_000)
    assert len(huge) > 30_000_000
    mailboxes.deliver(huge)
    tracemalloc.start()
    found = look(run, with_mailbox(account, mailboxes.port, sent="off"), Secret(CANARY))
    most = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert found.afterwards.later[1].kind is LaterKind.BOUNCED
    assert most < 10_000_000, "only its beginning is in memory"


async def test_a_bounce_that_came_too_late_or_before_the_run_is_not_read(folder: Path, mailboxes: Mailboxes) -> None:
    run, account = await accepted_run(folder, 1)
    ago = datetime.datetime.now(datetime.UTC) - datetime.timedelta(days=20)
    with closing(sqlite3.connect(run.path)) as connection, connection:
        connection.execute("UPDATE journal SET at = ?", (ago.isoformat(),))
    with mailboxes.opened() as client:
        mail = octets(FORMS["Postfix"], sent_of(run, 1))
        client.append("INBOX", mail, msg_time=run.created - datetime.timedelta(days=9))
    mailboxes.deliver(mail)
    account = with_mailbox(account, mailboxes.port, sent="off")
    assert look(run, account, Secret(CANARY)).afterwards.later == {}
    assert look(run, account, Secret(CANARY), days=60).afterwards.later[1].kind is LaterKind.BOUNCED


# --- the command line -----------------------------------------------------------------------------------------------

Mailmerge = Callable[..., Result]


@pytest.fixture
def home_run(home: Path, mailboxes: Mailboxes) -> tuple[Run, Accounts]:
    async def made() -> tuple[Run, Account]:
        run = seal(home / "data" / "runs", 3)
        async with ScriptedServer(faults=(Fault("dot", "drop", first=3),)) as server:
            account = account_for(server)
            await send(run, account)
        return run, account

    run, account = asyncio.run(made())
    accounts = Accounts(home / "config")
    command = f"{sys.executable} -c 'print(\"{CANARY}\")'"
    accounts.add(with_mailbox(account, mailboxes.port, password_command=command))
    return run, accounts


def test_follow_tells_one_event_a_line_and_show_has_it_afterwards(
    home_run: tuple[Run, Accounts], mailboxes: Mailboxes, mailmerge: Mailmerge
) -> None:
    run, _accounts = home_run
    before = mailmerge("show", run.id, "--json").json
    assert before["approval"] is None
    assert [(each["filed"], each["later"]) for each in before["messages"]] == [(None, None)] * 3
    mailboxes.deliver(octets(FORMS["Microsoft 365"], sent_of(run, 1)))
    mailboxes.deliver(octets(FORMS["Postfix"], sent_of(run, 3)))
    done = mailmerge("follow", run.id, "--json")
    assert done.code == 0, done.err
    *events, summary = done.events
    later = events[0]
    assert {key: later[key] for key in ("event", "record", "kind", "status")} == {
        "event": "later", "record": 1, "kind": "bounced", "status": "5.1.10",
    }  # fmt: skip
    assert later["reason"].startswith("550 5.1.10")
    assert {"event": "unknown", "record": 3, "evidence": "returned",
            "resolve": f"mailmerge resolve {run.id} 3 --accepted"} in events  # fmt: skip
    assert (summary["event"], summary["filed"], summary["bounced"], summary["explained"]) == ("summary", 2, 2, 1)
    assert f"mailmerge resolve {run.id} 3 --accepted" in done.err
    after = mailmerge("show", run.id, "--json").json["messages"]
    assert [each["filed"] for each in after] == [True, True, None]
    assert after[0]["later"] == {key: later[key] for key in ("kind", "status", "reason", "at")}
    assert "came back on" in mailmerge("show", run.id).out
    said = mailmerge("--lang", "fr", "follow", run.id).out.splitlines()
    assert [line.split()[:3] for line in said] == [[n, f"personne{n}@boite.example", "revenu"] for n in "13"]
    assert CANARY not in done.out + done.err


def test_account_check_shows_the_folder_for_copies(
    home_run: tuple[Run, Accounts], mailboxes: Mailboxes, mailmerge: Mailmerge, smtp_server: SmtpServer
) -> None:
    _run, accounts = home_run
    accounts.change("rh", changed(accounts.get("rh"), port=smtp_server.port, auth="none"))
    done = mailmerge("account", "check", "rh", "--json")
    assert done.code == 0, done.err
    assert done.json["mailbox"] == {
        "host": "127.0.0.1", "port": mailboxes.port, "folder": "Sent", "files_copies": True, "bounces": True,
    }  # fmt: skip
    assert 'copies go into "Sent"' in mailmerge("account", "check", "rh").out
    mailmerge("account", "edit", "rh", "--sent", "Nulle part")
    failed = mailmerge("account", "check", "rh")
    assert failed.code == 3
    assert 'has no folder "Nulle part"' in failed.err


def test_follow_without_a_mailbox_is_one_sentence(home_run: tuple[Run, Accounts], mailmerge: Mailmerge) -> None:
    run, _accounts = home_run
    assert mailmerge("account", "edit", "rh", "--no-imap").code == 0
    done = mailmerge("follow", run.id, "--json")
    assert done.code == 2
    assert "account edit rh --sent auto" in done.json["error"]


def test_follow_without_a_password_says_where_one_is_given(
    home_run: tuple[Run, Accounts], mailboxes: Mailboxes, mailmerge: Mailmerge
) -> None:
    run, accounts = home_run
    accounts.change("rh", with_mailbox(changed(accounts.get("rh"), auth="none"), mailboxes.port))
    done = mailmerge("follow", run.id)
    assert done.code != 0
    assert "set password_command under [accounts.rh.imap] in config.toml" in done.err


def test_follow_with_a_wrong_password_tries_once_and_can_be_repeated(
    home_run: tuple[Run, Accounts], mailboxes: Mailboxes, mailmerge: Mailmerge
) -> None:
    run, accounts = home_run
    accounts.change("rh", with_mailbox(accounts.get("rh"), mailboxes.port, password_command="echo wrong"))
    before = mailboxes.log.count("auth failed, 1 attempts")
    done = mailmerge("follow", run.id, "--json")
    assert done.code == 3
    assert "refused the login to the mailbox" in done.json["error"]
    assert "Traceback" not in done.err
    assert mailboxes.log.count("auth failed, 1 attempts") - before <= 1


def test_purging_forgets_what_others_wrote(
    home_run: tuple[Run, Accounts], mailboxes: Mailboxes, mailmerge: Mailmerge
) -> None:
    run, _accounts = home_run
    mailboxes.deliver(octets(FORMS["Microsoft 365"], sent_of(run, 1)))
    mailmerge("follow", run.id)
    purge(run, datetime.timedelta(0), today=datetime.datetime.now(datetime.UTC) + datetime.timedelta(days=99))
    message = json.loads(mailmerge("show", run.id, "--json").out)["messages"][0]
    assert (message["later"]["kind"], message["later"]["reason"]) == ("bounced", "")


async def test_a_token_reads_the_inbox(
    provider: Provider, dovecot: Dovecot, mailboxes: Mailboxes, keyring: object, folder: Path
) -> None:
    account = with_mailbox(account_of(provider, dovecot.port), mailboxes.port)
    tokens = await signed_in(account)
    run = seal(folder, 1)
    async for _event in deliver(run, account, tokens, Control()):
        pass
    mailboxes.deliver(octets(FORMS["Exim"], sent_of(run, 1)))
    found = await asyncio.to_thread(look, run, account, tokens)
    assert found.afterwards.later[1].kind is LaterKind.BOUNCED
