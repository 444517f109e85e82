"""Double verification on the command line: two computers, and no connection before the second person has signed."""

from __future__ import annotations

import datetime
import json
import re
import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from approval_cases import write_campaign
from keyring import core
from keyring.backends.fail import Keyring

from mailmerge.approval.approve import open_for_review, write_verdict
from mailmerge.approval.record import add_refusal
from mailmerge.approval.reviewing.contents import Contents
from mailmerge.approval.reviewing.review import ApprovalReview
from mailmerge.approval.signatures.code import expected_code
from mailmerge.approval.signatures.statement import Wrong
from mailmerge.approval.watching import look
from mailmerge.cli import waiting
from mailmerge.delivery import Arrival
from mailmerge.environment import Environment
from mailmerge.errors import InputError, KeyringUnusable, MailmergeError, UsageError, WrongWords
from mailmerge.files.home import home_below
from mailmerge.outbox import Outbox, read_entries, read_facts

Run = Callable[..., Any]
TOMORROW = f"{datetime.datetime.now().astimezone() + datetime.timedelta(hours=24):%Y-%m-%d %H:%M}"


class Claire:
    """The author, her campaign, and a server that counts."""

    def __init__(self, mailmerge: Run, folder: Path, home: Path, server: Any, use: Callable[[Path], None]) -> None:
        self.mailmerge, self.folder, self.server = mailmerge, folder, server
        self.home, self.paul = home, folder / "paul"
        self._use = use
        self.later: Callable[..., None] = lambda **hours: None
        """Lets the clock of this computer be so much later."""

    def account(self) -> None:
        options = (
            "--host",
            "127.0.0.1",
            "--port",
            self.server.port,
            "--tls",
            "none",
            "--auth",
            "none",
            "--hours",
            "0:00-24:00",
        )
        assert self.mailmerge("account", "add", "rh", "--address", "rh@exemple.test", *options).code == 0

    def campaign(self, count: int = 25, **options: Any) -> Path:
        return write_campaign(self.folder / "campagne", count, **options)

    def at_pauls(self, *arguments: object) -> Any:
        """A command on the other computer."""
        self._use(self.paul)
        try:
            return self.mailmerge(*arguments)
        finally:
            self._use(self.home)

    @property
    def here(self) -> Environment:
        """Her computer."""
        return Environment(home_below(self.home))

    def forget_paul(self) -> None:
        """Take his key out of the file again."""
        path = self.home / "config" / "config.toml"
        text = path.read_text(encoding="utf-8")
        path.write_text(re.sub(r"(?m)^approvers = .*$", "approvers = {}", text), encoding="utf-8")

    def trust_paul(self) -> None:
        line = self.at_pauls("approval", "key").out
        (self.folder / "paul.pub").write_text(line)
        assert self.mailmerge("approval", "trust", self.folder / "paul.pub", "--name", "paul").code == 0

    def sealed(self) -> str:
        done = self.mailmerge("seal", self.campaign(), "--json")
        assert done.code == 0, done.err
        return str(done.json["run"])

    def pack(self, run: str) -> dict[str, str]:
        done = self.mailmerge("pack", run, "--for", "paul", "--out", self.folder / "G", "--json")
        assert done.code == 0, done.err
        return dict(done.json)

    def review(self, packed: dict[str, str], wrong: str = "") -> Path:
        """Paul looks at every letter, and signs."""
        there = Environment(home_below(self.paul))
        pack = Path(packed["pack"])
        contents, key = open_for_review(pack, packed["words"], there)
        verdict = looked(contents, wrong)
        return write_verdict(pack, contents, verdict, key, there, "Paul Durand")[0]


def looked(contents: Contents, wrong: str = "") -> Any:
    """The verdict of somebody who looks at everything, finds both decoys, and maybe the first letter wrong."""
    now = [0.0]
    review = ApprovalReview(contents, clock=lambda: now[0])
    real = [position for position, item in enumerate(review.items) if item.why is not None and not item.decoy]
    for position, item in enumerate(review.items):
        review.open(position)
        now[0] += 2
        if item.decoy or (wrong and position == real[0]):
            review.mark_wrong(position, wrong or "another person's data")
    one, other = review.questions
    verdict = review.verdict(str(len(contents.letters)), one.answers[0], other.answers[0])
    assert verdict is not None
    return verdict


@pytest.fixture
def claire(
    mailmerge: Run, tmp_path: Path, home: Path, smtp_server: Any, keyring: Any, monkeypatch: pytest.MonkeyPatch
) -> Claire:
    made = Claire(
        mailmerge, tmp_path, home, smtp_server, lambda folder: monkeypatch.setenv("MAILMERGE_HOME", str(folder))
    )
    made.later = partial(_later, monkeypatch)
    made.account()
    return made


def _later(monkeypatch: pytest.MonkeyPatch, *, hours: float) -> None:
    class Later(datetime.datetime):
        @classmethod
        def now(cls, tz: datetime.tzinfo | None = None) -> Later:
            return super().now(tz) + datetime.timedelta(hours=hours)

    monkeypatch.setattr("mailmerge.environment.datetime", SimpleNamespace(datetime=Later))


@pytest.mark.in_english
def test_the_whole_way_from_a_sealed_run_to_messages_that_leave(claire: Claire):
    claire.trust_paul()
    done = claire.mailmerge("send", claire.campaign(), "--yes", "25", "--json")
    assert done.code == 1
    assert done.events[-1] == {
        "event": "summary", "run": done.events[-1]["run"], "accepted": 0, "rejected": 0, "deferred": 0, "unknown": 0,
        "pending": 25, "blocked": "approval",
    }  # fmt: skip
    run = done.events[-1]["run"]
    assert f"mailmerge pack {run} --for NAME" in done.err
    assert claire.mailmerge("show", run, "--json").json["approval"] is None

    packed = claire.pack(run)
    assert len(packed["words"].split()) == 5
    approval = claire.review(packed)
    assert claire.mailmerge("approval", "add", run, approval).code == 0
    shown = claire.mailmerge("show", run, "--json").json
    assert {key: shown["approval"][key] for key in ("approver", "kind")} == {
        "approver": "Paul Durand",
        "kind": "signed",
    }
    assert "Approved by Paul Durand" in claire.mailmerge("show", run).out
    assert claire.server.accepted == []

    sent = claire.mailmerge("send", "--resume", run, "--yes", "25", "--json")
    assert (sent.code, sent.events[-1]["accepted"]) == (0, 25)
    assert "blocked" not in sent.events[-1]
    assert not Path(packed["pack"]).exists()
    assert not Path(packed["page"]).exists()
    again = claire.mailmerge("approval", "add", run, approval)
    assert (again.code, "used already" in again.err) == (1, True)


WAYS: dict[str, tuple[str, ...]] = {
    "resume": ("--resume", "RUN", "--yes", "25"),
    "limit": ("--resume", "RUN", "--yes", "5", "--limit", "5"),
    "wait": ("--resume", "RUN", "--yes", "25", "--wait"),
    "again": ("SOURCE", "--again", "--yes", "25"),
    "skip written": ("SOURCE", "--skip-written", "--yes", "25"),
    "no number": ("SOURCE",),
    "a limit below the number": ("SOURCE", "--limit", "3", "--yes", "3"),
    "at a time": ("SOURCE", "--at", TOMORROW, "--yes", "25"),
    "resumed at a time": ("--resume", "RUN", "--at", TOMORROW, "--yes", "25"),
}


@pytest.mark.parametrize("way", WAYS.values(), ids=WAYS)
def test_no_way_of_sending_goes_round_the_approval(claire: Claire, way: tuple[str, ...]):
    claire.trust_paul()
    run = claire.sealed()
    given = {"RUN": run, "SOURCE": claire.folder / "campagne" / "campaign.toml"}
    done = claire.mailmerge("send", *(given.get(word, word) for word in way), "--json")
    assert done.code == 1, done.err
    assert done.events[-1]["blocked"] == "approval"
    assert done.events[-1]["pending"] == 25
    assert claire.server.accepted == []


def test_no_connection_is_made_and_no_password_asked_before_the_approval(claire: Claire):
    claire.trust_paul()
    options = ("--host", "127.0.0.1", "--port", "1", "--tls", "none", "--auth", "password")
    claire.mailmerge("account", "add", "dead", "--address", "rh@exemple.test", *options)
    done = claire.mailmerge("send", claire.campaign(), "--account", "dead", "--yes", "25", "--json")
    assert (done.code, done.events[-1]["blocked"]) == (1, "approval")


def test_a_rule_in_the_users_config_holds_for_a_run_that_was_sealed_before_it(claire: Claire):
    done = claire.mailmerge("seal", claire.campaign(approval=""), "--json")
    claire.trust_paul()
    path = claire.home / "config" / "config.toml"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("[approval]", "[approval]\nrequired_above = 10"), encoding="utf-8")
    blocked = claire.mailmerge("send", "--resume", done.json["run"], "--yes", "25", "--json")
    assert (blocked.code, blocked.events[-1]["blocked"]) == (1, "approval")


@pytest.mark.in_english
def test_a_time_that_is_given_before_the_approval_is_asked_for_again(claire: Claire):
    claire.trust_paul()
    done = claire.mailmerge("send", claire.campaign(), "--at", TOMORROW, "--yes", "25")
    assert done.code == 1
    assert "the time is not kept" in done.err
    assert "--resume" in done.err
    assert "the time" not in claire.mailmerge("send", claire.campaign(), "--again", "--yes", "25").err


RETRIES = {
    "plain": (("--yes", "25"), ()),
    "again": (("--again", "--yes", "25"), ("--again",)),
    "skip written": (("--skip-written", "--yes", "25"), ("--skip-written",)),
    "a limit": (("--limit", "5", "--yes", "5"), ()),
}


@pytest.mark.in_english
@pytest.mark.parametrize(("options", "mode"), RETRIES.values(), ids=RETRIES)
def test_the_same_command_given_again_goes_on_with_the_run_that_waits(
    claire: Claire, options: tuple[str, ...], mode: tuple[str, ...]
):
    claire.trust_paul()
    campaign = claire.campaign()
    done = claire.mailmerge("send", campaign, *options, "--json")
    run = done.events[-1]["run"]
    for _retry in range(2):
        done = claire.mailmerge("send", campaign, *options, "--json")
        assert (done.code, done.events[-1]["run"], done.events[-1]["blocked"]) == (1, run, "approval")
        assert f"run {run} of " in done.err
        assert "nothing was sealed again" in done.err
    assert [each["run"] for each in claire.mailmerge("runs", "--json").json["runs"]] == [run]
    assert claire.server.accepted == []
    assert claire.mailmerge("approval", "add", run, claire.review(claire.pack(run))).code == 0
    sent = claire.mailmerge("send", campaign, *mode, "--yes", "25", "--json")
    assert (sent.code, sent.events[-1]["run"], sent.events[-1]["accepted"]) == (0, run, 25)
    assert len(claire.server.accepted) == 25


def test_an_approved_run_is_not_sent_without_the_number_and_not_with_another(claire: Claire):
    claire.trust_paul()
    campaign = claire.campaign()
    run = claire.mailmerge("send", campaign, "--yes", "25", "--json").events[-1]["run"]
    assert claire.mailmerge("approval", "add", run, claire.review(claire.pack(run))).code == 0
    for number in (("--yes", "24"), ()):
        assert claire.mailmerge("send", campaign, *number).code == 2
    assert claire.server.accepted == []
    assert len(claire.mailmerge("runs", "--json").json["runs"]) == 1


def _in_file(name: str, old: str, new: str) -> Callable[[Path], None]:
    def change(folder: Path) -> None:
        content = (folder / name).read_bytes()
        assert old.encode() in content
        (folder / name).write_bytes(content.replace(old.encode(), new.encode(), 1))

    return change


CHANGES: dict[str, Callable[[Path], None]] = {
    "a word of the letter": _in_file("refus.fr.md", "Vous avez", "Vous aviez"),
    "the order of its head": _in_file(
        "refus.fr.md", "Content-Language: fr\n", "Content-Language: fr\nX-Ours: {{ poste }}\n"
    ),
    "one cell that the letter says": _in_file("candidats.csv", "Hugo;Petit", "Hugo;Petitt"),
    "an address": _in_file("candidats.csv", "p7@boite", "p7@autre"),
    "a row less": _in_file("candidats.csv", "Madame;Noé;Petita;p14@boite.example;Chargée de communication\r\n", ""),
    "an exclusion": _in_file(
        "campaign.toml", "[approval]", '[[exclusions]]\naddress = "p3@boite.example"\nreason = "x"\n[approval]'
    ),
    "whom the condition takes": _in_file("campaign.toml", "[approval]", "where = \"prenom != 'Hugo'\"\n[approval]"),
    "which column a field is": _in_file(
        "campaign.toml", "[approval]", "[fields]\nprenom = 'Nom'\nnom = 'Prénom'\n[approval]"
    ),
}


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_a_run_that_says_anything_else_is_not_gone_on_with(claire: Claire, change: Callable[[Path], None]):
    claire.trust_paul()
    campaign = claire.campaign(approval="required_above = 5", extra='headers = ["X-Ours"]\n')
    run = claire.mailmerge("send", campaign, "--json").events[-1]["run"]
    assert claire.mailmerge("send", campaign, "--json").events[-1]["run"] == run
    change(campaign.parent)
    assert claire.mailmerge("send", campaign, "--json").events[-1]["run"] != run


def test_a_run_of_another_account_is_not_gone_on_with(claire: Claire):
    claire.trust_paul()
    campaign = claire.campaign()
    run = claire.mailmerge("send", campaign, "--json").events[-1]["run"]
    options = ("--host", "127.0.0.1", "--port", "1", "--tls", "none", "--auth", "none")
    claire.mailmerge("account", "add", "other", "--address", "rh@exemple.test", *options)
    assert claire.mailmerge("send", campaign, "--account", "other", "--json").events[-1]["run"] != run
    assert claire.mailmerge("send", campaign, "--json").events[-1]["run"] == run


AFTER_APPROVAL = {
    "resume": ("--resume", "RUN", "--yes", "25"),
    "wait": ("--resume", "RUN", "--yes", "25", "--wait"),
    "limit": ("--resume", "RUN", "--yes", "5", "--limit", "5"),
    "at a time": ("--resume", "RUN", "--at", TOMORROW, "--yes", "25"),
}


@pytest.fixture
def due(monkeypatch: pytest.MonkeyPatch) -> list[Callable[[], object]]:
    """The time of a scheduled run comes at once; what is in the list happens meanwhile."""
    meanwhile: list[Callable[[], object]] = []

    async def waited(*_: object) -> Arrival:
        for happens in meanwhile:
            happens()
        return Arrival.DUE

    monkeypatch.setattr(waiting, "wait_until_due", waited)
    return meanwhile


@pytest.mark.parametrize("way", AFTER_APPROVAL.values(), ids=AFTER_APPROVAL)
def test_what_was_approved_leaves_however_it_is_sent(claire: Claire, due: list[Any], way: tuple[str, ...]):
    claire.trust_paul()
    run = claire.sealed()
    assert claire.mailmerge("approval", "add", run, claire.review(claire.pack(run))).code == 0
    done = claire.mailmerge("send", *(run if word == "RUN" else word for word in way), "--json")
    count = 5 if "--limit" in way else 25
    assert (done.code in (0, 3), done.events[-1]["accepted"], len(claire.server.accepted)) == (True, count, count)


ENDS = {
    "it expires": lambda claire, run: claire.later(hours=25),
    "it is withdrawn": lambda claire, run: add_refusal(
        claire.here.outbox.open(run), [Wrong(1, "not his")], claire.here
    ),
    "the key is revoked": lambda claire, run: claire.forget_paul(),
}


@pytest.mark.parametrize("ends", ENDS.values(), ids=ENDS)
def test_an_approval_that_ends_between_sealing_and_the_hour_lets_nothing_leave(
    claire: Claire, due: list[Any], ends: Callable[..., object]
):
    claire.trust_paul()
    run = claire.sealed()
    approval = claire.review(claire.pack(run))
    assert claire.mailmerge("approval", "add", run, approval).code == 0
    due.append(lambda: ends(claire, run))
    done = claire.mailmerge("send", "--resume", run, "--at", TOMORROW, "--yes", "25", "--json")
    assert (done.code, done.events[-1]["blocked"], done.events[-1]["pending"]) == (1, "approval", 25)
    assert claire.server.accepted == []


def test_the_file_of_an_approval_is_read_once_and_may_vanish_or_be_replaced_afterwards(claire: Claire):
    claire.trust_paul()
    run = claire.sealed()
    approval = claire.review(claire.pack(run))
    assert claire.mailmerge("approval", "add", run, approval).code == 0
    assert claire.mailmerge("send", "--resume", run, "--limit", "5", "--yes", "5").code in (0, 3)
    approval.write_text("something else", encoding="utf-8")
    assert claire.mailmerge("send", "--resume", run, "--limit", "5", "--yes", "5").code in (0, 3)
    approval.unlink()
    assert claire.mailmerge("send", "--resume", run, "--yes", "15").code == 0
    assert len({accepted.forward_paths[0] for accepted in claire.server.accepted}) == 25


def test_below_the_number_nobody_is_asked(claire: Claire):
    claire.trust_paul()
    done = claire.mailmerge("send", claire.campaign(20), "--yes", "20", "--json")
    assert (done.code, done.events[-1]["accepted"]) == (0, 20)


def test_a_number_that_is_wrong_seals_nothing(claire: Claire):
    done = claire.mailmerge("send", claire.campaign(), "--yes", "24")
    assert done.code == 2
    assert claire.mailmerge("runs", "--json").json["runs"] == []


@pytest.mark.in_english
def test_a_refusal_comes_back_with_its_reasons(claire: Claire):
    claire.trust_paul()
    run = claire.sealed()
    approval = claire.review(claire.pack(run), "Ce n’est pas son poste")
    done = claire.mailmerge("approval", "add", run, approval, "--json")
    assert (done.code, done.json["refused_by"]) == (0, "Paul Durand")
    (found,) = done.json["wrong"]
    assert found["reason"] == "Ce n’est pas son poste"
    assert f"no. {found['record']}: Ce n’est pas son poste" in claire.mailmerge("show", run).out
    sent = claire.mailmerge("send", "--resume", run, "--yes", "25", "--json")
    assert (sent.code, sent.events[-1]["blocked"]) == (1, "approval")
    assert claire.server.accepted == []


def remarks(claire: Claire, *options: str) -> list[dict[str, Any]]:
    """What a check repeats of what the second person found."""
    done = claire.mailmerge("check", claire.folder / "campagne" / "campaign.toml", "--json", *options)
    assert done.code == 0, done.err
    return [finding for finding in done.json["findings"] if finding["rule"] == "META003"]


def refused(claire: Claire, reason: str = "Ce n’est pas son poste", *, found: str = "added") -> tuple[str, int]:
    """A sealed run that Paul refused; the run, and the record that he found wrong."""
    claire.trust_paul()
    run = claire.sealed()
    approval = claire.review(claire.pack(run), reason)
    if found == "added":
        assert claire.mailmerge("approval", "add", run, approval).code == 0
    else:
        look(Environment(home_below(claire.home)).outbox.open(run), Environment(home_below(claire.home)), frozenset())
    (wrong,) = claire.mailmerge("approval", "add", run, approval, "--json").json["wrong"]
    return run, int(wrong["record"])


@pytest.mark.in_english
@pytest.mark.parametrize("found", ["added", "watched"])
def test_a_refusal_comes_back_as_a_finding_about_its_message_and_stops_no_new_seal(claire: Claire, found: str):
    run, record = refused(claire, found=found)
    (finding,) = remarks(claire)
    assert (finding["severity"], finding["record"], finding["line"]) == ("warn", record, record + 1)
    assert finding["message"] == (
        f'Paul Durand did not approve run {run} and wrote about this message: "Ce n’est pas son poste"'
    )
    again = claire.mailmerge("seal", claire.folder / "campagne" / "campaign.toml", "--again", "--json")
    assert again.code == 0, again.err
    assert remarks(claire) == []
    facts = read_facts(Environment(home_below(claire.home)).outbox.open(again.json["run"]))
    assert "Ce n’est pas son poste" in facts["findings"], "the second person sees it beside the new message"


def test_a_remark_follows_its_person_through_a_sorted_table_and_leaves_with_them(claire: Claire):
    _run, record = refused(claire)
    table = claire.folder / "campagne" / "candidats.csv"
    header, *rows = table.read_text(encoding="utf-8-sig").splitlines()
    table.write_text("\n".join([header, *reversed(rows), ""]), encoding="utf-8-sig")
    (finding,) = remarks(claire)
    assert finding["record"] == len(rows) + 1 - record
    others = [row for row in reversed(rows) if row != rows[record - 1]]
    table.write_text("\n".join([header, *others, ""]), encoding="utf-8-sig")
    assert remarks(claire) == []


def test_a_remark_is_answered_by_a_waiver_that_the_second_person_sees(claire: Claire):
    refused(claire)
    (finding,) = remarks(claire)
    with (claire.folder / "campagne" / "campaign.toml").open("a", encoding="utf-8") as file:
        file.write(
            f'[[waivers]]\nrule = "META003"\nfinding = "{finding["fingerprint"]}"\n'
            'reason = "the position is the one of the notice"\nby = "C. Martin"\n'
        )
    assert [each["waived"] for each in remarks(claire)] == [True]


def test_a_remark_is_of_its_own_campaign_and_an_approval_brings_none(claire: Claire):
    claire.trust_paul()
    run = claire.sealed()
    assert claire.mailmerge("approval", "add", run, claire.review(claire.pack(run))).code == 0
    assert remarks(claire) == []
    refused_run = claire.mailmerge("seal", claire.folder / "campagne" / "campaign.toml", "--again", "--json").json[
        "run"
    ]
    approval = claire.review(claire.pack(refused_run), "faux")
    assert claire.mailmerge("approval", "add", refused_run, approval).code == 0
    assert len(remarks(claire)) == 1
    other = write_campaign(claire.folder / "ailleurs")
    done = claire.mailmerge("check", other, "--json")
    assert "META003" not in {finding["rule"] for finding in done.json["findings"]}


@pytest.mark.parametrize("pasted", [b"", b"x", b"\xff\xfe", b"mailmerge-approval/1\n", b"\x00" * 100, b"{}"])
def test_whatever_else_is_pasted_is_one_clear_line(claire: Claire, pasted: bytes):
    run = claire.sealed()
    (claire.folder / "pasted").write_bytes(pasted)
    done = claire.mailmerge("approval", "add", run, claire.folder / "pasted", "--json")
    assert done.code == 2
    assert done.err.count("\n") == 1
    assert set(done.json) == {"error"}


def test_an_approval_is_taken_from_stdin_quoted_and_with_other_line_ends(claire: Claire, monkeypatch):
    claire.trust_paul()
    run = claire.sealed()
    text = claire.review(claire.pack(run)).read_text(encoding="utf-8")
    quoted = "".join(f"> {line}\r\n" for line in text.splitlines())
    (claire.folder / "mail").write_bytes(quoted.encode())
    with (claire.folder / "mail").open() as mail:
        monkeypatch.setattr(sys, "stdin", mail)
        assert claire.mailmerge("approval", "add", run, "-").code == 0


KEY_FILES = {
    "an RSA key": ("ssh-rsa AAAAB3NzaC1yc2EAAAADAQABAAABgQ paul", "kind ssh-rsa"),
    "an ECDSA key": ("ecdsa-sha2-nistp256 AAAAE2VjZHNh paul", "kind ecdsa-sha2-nistp256"),
    "a security key": ("sk-ssh-ed25519@openssh.com AAAAGnNr paul", "kind sk-ssh-ed25519@openssh.com"),
    "a private key": ("-----BEGIN OPENSSH PRIVATE KEY-----\nabc\n-----END OPENSSH PRIVATE KEY-----", "private key"),
    "a letter": ("Bonjour Paul", "is not a public key"),
    "nothing": ("", "is not a public key"),
    "two keys": ("ssh-ed25519 AAAA\nssh-ed25519 BBBB", "is not a public key"),
}


@pytest.mark.parametrize(("text", "said"), KEY_FILES.values(), ids=KEY_FILES)
@pytest.mark.in_english
def test_what_is_not_a_public_key_is_not_trusted(claire: Claire, text: str, said: str):
    (claire.folder / "k.pub").write_text(text)
    done = claire.mailmerge("approval", "trust", claire.folder / "k.pub")
    assert done.code == 2
    assert said in done.err
    assert done.err.count("\n") == 1


@pytest.mark.in_english
def test_ones_own_key_is_not_trusted(claire: Claire):
    (claire.folder / "own.pub").write_text(claire.mailmerge("approval", "key").out)
    done = claire.mailmerge("approval", "trust", claire.folder / "own.pub")
    assert (done.code, "made on this computer" in done.err) == (2, True)


def test_both_computers_show_the_same_six_words(claire: Claire):
    key = claire.at_pauls("approval", "key", "--json").json
    (claire.folder / "paul.pub").write_text(key["key"] + "\n")
    trusted = claire.mailmerge("approval", "trust", claire.folder / "paul.pub", "--json").json
    assert trusted["words"] == key["words"]
    assert {len(words.split()) for words in key["words"].values()} == {6}
    assert claire.at_pauls("approval", "key", "--json").json == key  # it is made once


def test_trusting_somebody_leaves_the_rest_of_the_file_alone(claire: Claire):
    path = claire.home / "config" / "config.toml"
    before = (
        "# ours\nkeep_days = 10\n\n" + path.read_text(encoding="utf-8") + "\n[approval] # the rule\nvalid_hours = 8\n"
    )
    path.write_text(before, encoding="utf-8")
    claire.trust_paul()
    after = path.read_text(encoding="utf-8")
    assert all(line in after.splitlines() for line in before.splitlines())
    assert 'paul = "ssh-ed25519 ' in after
    claire.trust_paul()
    assert path.read_text(encoding="utf-8") == after


@pytest.mark.in_english
def test_without_a_keyring_there_is_no_key_and_one_clear_line(mailmerge: Run, monkeypatch: pytest.MonkeyPatch):
    before = core.get_keyring()
    core.set_keyring(Keyring())
    try:
        done = mailmerge("approval", "key")
    finally:
        core.set_keyring(before)
    assert done.code == 2
    assert done.err.count("\n") == 1
    assert "keyring" in done.err


@pytest.mark.in_english
def test_the_author_is_told_at_once_that_they_cannot_approve_their_own_run(claire: Claire):
    claire.trust_paul()
    packed = claire.pack(claire.sealed())
    done = claire.mailmerge("approve", packed["pack"])
    assert (done.code, "sealed on this computer" in done.err) == (2, True)


def test_a_spoken_code_is_recorded_as_what_it_is(claire: Claire):
    claire.trust_paul()
    run = claire.sealed()
    claire.pack(run)
    assert claire.mailmerge("approval", "spoken", run, "12345 67890", "--by", "Paul").code == 1
    opened = Outbox(claire.home / "data" / "runs").open(run)
    code = expected_code(read_entries(opened)[-1], opened)
    done = claire.mailmerge("approval", "spoken", run, f"{code[:5]} {code[5:]}", "--by", "Paul Durand", "--json")
    assert (done.code, done.json["approval"]["kind"]) == (0, "spoken")
    assert claire.mailmerge("send", "--resume", run, "--yes", "25", "--json").code == 0


@pytest.mark.in_english
def test_a_second_look_alone_waits(claire: Claire):
    run = claire.mailmerge("seal", claire.campaign(), "--json").json["run"]
    done = claire.mailmerge("approval", "alone", run)
    assert (done.code, "the second look begins at" in done.err) == (0, True)
    assert claire.mailmerge("send", "--resume", run, "--yes", "25", "--json").events[-1]["blocked"] == "approval"


@pytest.mark.in_english
def test_a_pack_cannot_be_reviewed_without_a_terminal(claire: Claire):
    claire.trust_paul()
    packed = claire.pack(claire.sealed())
    done = claire.at_pauls("approve", packed["pack"])
    assert (done.code, "run it in a terminal" in done.err) == (2, True)


@pytest.mark.parametrize(
    ("refusal", "asked"),
    [
        (WrongWords("these words do not open it"), 3),
        (KeyringUnusable("no keyring here"), 1),
        (InputError("it is not whole"), 1),
        (UsageError("the key of this computer is the author's own"), 1),
    ],
)
def test_only_wrong_words_are_asked_for_again(
    claire: Claire, monkeypatch: pytest.MonkeyPatch, refusal: MailmergeError, asked: int
):
    claire.trust_paul()
    packed, questions = claire.pack(claire.sealed()), []

    def refuse(*_: object) -> None:
        raise refusal

    monkeypatch.setattr("mailmerge.cli.commands.approval._need_terminal", lambda: None)
    monkeypatch.setattr(
        "mailmerge.cli.commands.approval.ask", lambda question: questions.append(question) or "a b c d e"
    )
    monkeypatch.setattr("mailmerge.approval.approve.open_for_review", refuse)
    done = claire.at_pauls("approve", packed["pack"])
    assert (done.code, len(questions)) == (2, asked)
    assert done.err.count(str(refusal)) == asked


@pytest.mark.parametrize("content", [b"", b"x", b"PK\x03\x04", b'{"mailmerge-pack": 1}\n', b'{"mailmerge-pack": 2}\nx'])
def test_a_file_that_is_no_pack_is_one_clear_line(claire: Claire, content: bytes):
    (claire.folder / "x.mmpack").write_bytes(content)
    done = claire.at_pauls("approve", claire.folder / "x.mmpack")
    assert done.code == 2
    assert done.err.count("\n") == 1


def test_the_help_says_what_is_not_prevented(mailmerge: Run):
    said = mailmerge("--lang", "en", "approval", "--help").out
    assert "the author sends with another program" in said
    assert "NO" in said


def test_json_of_a_pack_is_one_document(claire: Claire):
    claire.trust_paul()
    packed = claire.pack(claire.sealed())
    assert set(packed) == {"run", "for", "words", "pack", "page"}
    json.dumps(packed)


@pytest.mark.in_english
@pytest.mark.parametrize("given", ["paul", "", "marie", " paul "])
def test_a_key_that_is_there_already_keeps_its_name_and_that_is_said(claire: Claire, given: str) -> None:
    claire.trust_paul()
    again = claire.mailmerge("approval", "trust", claire.folder / "paul.pub", *(["--name", given] if given else []))
    assert again.code == 0
    assert ("nothing was changed: config.toml has this key already, as paul" in again.err) is (given == "marie")
    assert claire.mailmerge("approval", "trust", claire.folder / "paul.pub", "--json").json["name"] == "paul"
