"""A sitting with a campaign, without a screen: a review from the files to the run, and events that come late."""

from __future__ import annotations

import pickle
import subprocess
import sys
import threading
from collections.abc import Callable
from pathlib import Path

import pytest
from each_row import pairs
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from mailmerge.accounts import Account, Accounts, account_from_preset
from mailmerge.campaign import Campaign, ExclusionSection, WaiverSection, open_campaign, read_campaign_file
from mailmerge.campaign.session import (
    HERE,
    Allow,
    BringBack,
    CampaignSession,
    CheckFailed,
    Decision,
    Exclude,
    FilesChanged,
    FillFields,
    FilterBy,
    NameColumn,
    Opened,
    OpenFailed,
    ReadOtherwise,
    SessionEvent,
    UseAccount,
    Waive,
    decisions_of,
)
from mailmerge.campaign.session.job import Here
from mailmerge.campaign.setup.filling import Filled
from mailmerge.campaign.setup.table_setup import TableSettings
from mailmerge.environment import Environment
from mailmerge.errors import CampaignError, UsageError
from mailmerge.files.home import Home, find_home
from mailmerge.model import State

TABLE = """\
Civilité;Prénom;Nom;Adresse e-mail;Poste
Madame;Maëlys;Roux;maelys.roux@orange.example;Cheffe d'atelier
Monsieur;Hugo;Petit;hugo.petit@free.example;Graphiste
Madame;Léa;Durand;lea.durand@outlook.example;Graphiste
"""
LETTER = """\
Subject: Votre candidature au poste de {{ poste }}

Bonjour {{ civilite }} {{ nom }},

Nous avons lu votre candidature avec attention, et nous avons choisi une autre personne.

Hélène Castéra
"""


@pytest.fixture
def sources(tmp_path: Path) -> list[Path]:
    table, letter = tmp_path / "candidats.csv", tmp_path / "refus.fr.md"
    table.write_text(TABLE, encoding="utf-8")
    letter.write_text(LETTER, encoding="utf-8")
    return [table, letter]


@pytest.fixture
def account() -> Account:
    account = account_from_preset("rh", "rh@atelier.example", host="127.0.0.1", port=25, tls="none", auth="none")
    return Accounts(find_home().config).add(account)


def opened(sources: list[Path]) -> CampaignSession:
    session = CampaignSession(Environment.here(), sources)
    assert session.apply(session.open())
    return session


def checked(sources: list[Path]) -> CampaignSession:
    session = opened(sources)
    assert session.apply(session.check())
    return session


def exclusion(session: CampaignSession, number: int) -> Exclude:
    assert session.campaign is not None
    return Exclude(session.campaign.exclusion_of(session.campaign.recipient(number), "already phoned"))


@pytest.mark.parametrize(("first", "then"), [("Petit", "Durand"), ("Roux", "Petit"), ("Durand", "Roux")])
def test_a_search_finds_who_is_shown_after_another_filter_for_as_many(
    sources: list[Path], first: str, then: str
) -> None:
    session = opened(sources)
    for name, others in ((first, then), (then, first)):
        session.apply(session.decide(FilterBy(f"nom == '{name}'")))
        review = session.review
        assert review is not None
        assert list(review.matching(name.lower())) == [0]
        assert list(review.matching(others.lower())) == []


# --- a whole review --------------------------------------------------------------------------------------------------


def test_a_review_goes_from_the_files_to_the_run(sources: list[Path], account: Account, tmp_path: Path) -> None:
    session = opened(sources)
    told: list[tuple[int, int]] = []
    assert session.apply(session.check(Here(lambda done, total: told.append((done, total)))))
    assert told[-1][0] == told[-1][1]
    review, campaign = session.review, session.campaign
    assert review is not None
    assert campaign is not None
    assert session.view(1)
    assert not session.view(1)
    session.keep_viewed(campaign, campaign.recipient(1))
    session.apply(session.search("graphiste"))
    assert [review.recipient(row).record.number for row in range(len(review.shown))] == [2, 3]
    session.apply(session.search(""))
    session.apply(session.order(HERE))
    assert sorted(review.order) == [0, 1, 2]
    exported = session.export(tmp_path / "dry-run")
    assert exported.manifest.count == 3
    assert session.apply(session.compare())
    assert session.apply(session.seal(account))
    assert session.run is not None
    assert session.apply(session.read_states())
    assert set(review.states.values()) == {State.PENDING}
    assert session.apply(session.compare())
    assert [left for _, left in session.unfinished] == [3]
    session.close()
    again = opened(sources)
    again.apply(again.recall_viewed())
    assert again.review is not None
    assert again.review.seen == {1}


def test_the_session_needs_no_screen() -> None:
    code = "import sys, mailmerge.campaign.session; sys.exit(any(name in sys.modules for name in ('textual', 'rich')))"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_one_person_alone_is_sealed(sources: list[Path], account: Account) -> None:
    session = checked(sources)
    assert session.checked is not None
    session.apply(session.seal(account, checked=session.checked.only(2)))
    assert session.run is not None
    assert [message.record for message in session.run.messages()] == [2]
    assert not session.stale


def test_a_test_is_sealed_to_the_account_itself(sources: list[Path], account: Account) -> None:
    session = opened(sources)
    event = session.seal_test(2, account)
    session.apply(event)
    assert [message.address for message in event.run.messages()] == ["rh@atelier.example"]
    assert session.run is None


class Elsewhere:
    """A process, as far as it can be told here: what goes in and what comes out is pickled."""

    def run(self, work: Callable[..., object], *arguments: object) -> object:
        work, arguments = pickle.loads(pickle.dumps((work, arguments)))
        assert not any(isinstance(each, CampaignSession) for each in (getattr(work, "__self__", None), *arguments))
        return pickle.loads(pickle.dumps(work(*arguments, lambda done, total: None)))


def test_what_takes_long_can_be_done_in_another_process(sources: list[Path], account: Account, tmp_path: Path) -> None:
    session = opened(sources)
    assert session.apply(session.check(Elsewhere()))
    assert session.apply(session.order(Elsewhere()))
    assert session.export(tmp_path / "out", Elsewhere()).manifest.count == 3
    assert session.apply(session.seal(account, job=Elsewhere()))
    assert session.run is not None
    assert session.run.counts()[State.PENDING] == 3


@pytest.mark.parametrize("command", ["check", "order", "recall_viewed", "sign_again", "compare"])
def test_a_command_without_a_campaign_says_so(sources: list[Path], command: str) -> None:
    session = CampaignSession(Environment.here(), sources)
    with pytest.raises(UsageError):
        getattr(session, command)()


def test_nothing_is_exported_or_sealed_unchecked(sources: list[Path], account: Account, tmp_path: Path) -> None:
    session = opened(sources)
    with pytest.raises(UsageError, match="not checked"):
        session.export(tmp_path / "out")
    with pytest.raises(UsageError, match="not checked"):
        session.seal(account)


# --- decisions -------------------------------------------------------------------------------------------------------


def decisions(session: CampaignSession, account: Account) -> dict[str, Decision]:
    assert session.campaign is not None
    return {
        "exclude": exclusion(session, session.campaign.recipients.records[-1].number),
        "waive": Waive(WaiverSection("LST108", "0" * 16, "a couple that shares one mailbox", "C. Martin")),
        "name": NameColumn("fonction", "Poste"),
        "account": UseAccount(account),
        "fill": FillFields(Filled({"fonction": "Poste"}, {})),
        "read": ReadOtherwise(TableSettings(encoding="utf-8")),
    }


KINDS = ("exclude", "waive", "name", "account", "fill", "read")


@pytest.mark.parametrize("kind", KINDS)
def test_a_decision_is_in_the_file_and_in_the_campaign(sources: list[Path], account: Account, kind: str) -> None:
    session = opened(sources)
    before = session.campaign
    event = session.decide(decisions(session, account)[kind])
    assert session.campaign is before
    assert session.apply(event)
    path = sources[0].parent / "campaign.toml"
    assert session.campaign is not None
    assert session.campaign.file == read_campaign_file(path)
    assert session.sources == (path,)
    assert path in event.written


@pytest.mark.parametrize("kind", ["exclude", "waive", "name", "account"])
def test_a_decision_about_people_does_not_read_the_table_again(
    sources: list[Path], account: Account, kind: str
) -> None:
    session = opened(sources)
    assert session.campaign is not None
    table = session.campaign.table
    for _ in range(2):  # the first makes the file, the second changes it
        session.apply(session.decide(decisions(session, account)[kind]))
    assert session.campaign.table is table


def test_somebody_is_left_out_and_brought_back(sources: list[Path]) -> None:
    session = opened(sources)
    leave_out = exclusion(session, 2)
    session.apply(session.decide(leave_out))
    assert session.campaign is not None
    assert [record.number for record in session.campaign.recipients.records] == [1, 3]
    session.apply(session.decide(BringBack(leave_out.exclusion)))
    assert len(session.campaign.recipients) == 3


@pytest.mark.parametrize(("first", "second"), pairs(KINDS, KINDS))
def test_two_decisions_that_overtake_each_other_are_both_kept(
    sources: list[Path], account: Account, first: str, second: str
) -> None:
    session = opened(sources)
    session.apply(session.decide(NameColumn("reference", "Nom")))  # the campaign has a file
    made = decisions(session, account)
    earlier = session.decide(made[first])
    later = session.decide(exclusion(session, 2) if second == first == "exclude" else made[second])
    assert session.apply(earlier)
    assert not session.apply(later), "it is about the campaign before the first decision"
    assert session.apply(session.open())
    assert session.campaign is not None
    file = session.campaign.file
    assert file == read_campaign_file(sources[0].parent / "campaign.toml")
    for kind in {first, second}:
        decided = {
            "exclude": bool(file.exclusions),
            "waive": bool(file.waivers),
            "name": "fonction" in file.fields,
            "account": file.account == "rh",
            "fill": "fonction" in file.fields,
            "read": file.encoding == "utf-8",
        }
        assert decided[kind], kind
    assert len(file.exclusions) == (2 if second == first == "exclude" else int("exclude" in (first, second)))


@pytest.mark.parametrize("kind", ["fill", "read"])
def test_what_was_written_is_known_before_a_long_table_is_read_again(
    sources: list[Path], account: Account, monkeypatch: pytest.MonkeyPatch, kind: str
) -> None:
    session = opened(sources)
    calls: list[str] = []

    def read(paths: list[Path], **options: object) -> Campaign:
        calls.append("read")
        return open_campaign(paths, **options)

    monkeypatch.setattr(session, "_accept_current", lambda path: calls.append(path.name))
    monkeypatch.setattr(
        "mailmerge.campaign.session.decisions.open_campaign",
        read,
    )
    session.decide(decisions(session, account)[kind])
    assert calls[0] == "campaign.toml"
    assert calls[-1] == "read"


def test_an_account_is_used_for_now_where_it_cannot_be_written_down(sources: list[Path], account: Account) -> None:
    session = opened(sources)
    (sources[0].parent / "campaign.toml").write_text('recipients = "x.csv"\ntemplate = "y.md"\n')
    event = session.decide(UseAccount(account))
    assert isinstance(event.unsaved, UsageError)
    session.apply(event)
    assert session.account_name == "rh"
    with pytest.raises(UsageError):
        session.decide(exclusion(session, 1))


# --- what stays, and what comes late ---------------------------------------------------------------------------------


def test_the_order_the_search_and_what_was_seen_stay_after_a_decision(sources: list[Path]) -> None:
    session = checked(sources)
    session.view(3)
    session.apply(session.order())
    session.apply(session.search("graphiste"))
    session.apply(session.decide(exclusion(session, 2)))
    assert session.review is not None
    assert session.review.unusual_first
    assert session.review.query == "graphiste"
    assert [session.review.recipient(row).record.number for row in range(len(session.review.shown))] == [3]
    assert session.review.seen == {3}
    assert session.checked is None


@pytest.mark.parametrize("left_out", [(1,), (2,), (1, 3), (3, 2)])
def test_whoever_is_left_out_after_being_seen_does_not_count_as_seen(
    sources: list[Path], left_out: tuple[int, ...]
) -> None:
    session = checked(sources)
    for number in (1, 2, 3):
        session.view(number)
    decisions = [exclusion(session, number) for number in left_out]
    for done, decision in enumerate(decisions, 1):
        session.apply(session.decide(decision))
        assert session.review is not None
        assert (session.review.seen_count, session.review.total) == (3 - done, 3 - done)
        session.apply(session.recall_viewed())
        assert (session.review.seen_count, session.review.total) == (3 - done, 3 - done)
    session.apply(session.decide(BringBack(decisions[0].exclusion)))
    assert (session.review.seen_count, session.review.total) == (4 - len(left_out), 4 - len(left_out))


def test_a_table_that_was_read_again_makes_everything_unseen_that_reads_otherwise(sources: list[Path]) -> None:
    session = opened(sources)
    session.view(1)
    session.view(2)
    assert session.campaign is not None
    for number in (1, 2):
        session.keep_viewed(session.campaign, session.campaign.recipient(number))
    sources[0].write_text(TABLE.replace("Petit", "Legrand"), encoding="utf-8")
    session.apply(session.open())
    session.apply(session.recall_viewed())
    assert session.review is not None
    assert session.review.seen == {1}


LATE: dict[str, Callable[[CampaignSession], SessionEvent]] = {
    "check": lambda session: session.check(),
    "check failed": lambda session: CheckFailed(session.campaign, "no memory"),
    "order": lambda session: session.order(),
    "search": lambda session: session.search("roux"),
    "recall": lambda session: session.recall_viewed(),
    "compare": lambda session: session.compare(),
    "open": lambda session: session.open(),
    "open failed": lambda session: OpenFailed(session.campaign, CampaignError("broken")),
    "decide": lambda session: session.decide(NameColumn("reference", "Nom")),
    "sign": lambda session: session.sign_again(),
}


@pytest.mark.parametrize("kind", LATE)
def test_what_is_about_an_older_campaign_changes_nothing(sources: list[Path], kind: str) -> None:
    session = checked(sources)
    session.apply(session.decide(NameColumn("fonction", "Poste")))
    session.apply(session.check())
    late = LATE[kind](session)
    sources[0].write_text(TABLE.replace("Petit", "Legrand"), encoding="utf-8")
    session.apply(session.open())
    before = (session.campaign, session.checked, session.review, session.unfinished)
    review = session.review
    assert review is not None
    state = (list(review.shown), review.query, list(review.order), set(review.seen), review.report, review.comparison)
    assert not session.apply(late)
    assert (session.campaign, session.checked, session.review, session.unfinished) == before
    assert state == (
        list(review.shown), review.query, list(review.order), set(review.seen), review.report, review.comparison
    )  # fmt: skip


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=st.lists(st.sampled_from(["open", "exclude", "bring back", "apply first", "apply last"]), max_size=12))
def test_whatever_order_events_come_in_the_file_is_what_is_in_hand_in_the_end(
    tmp_path_factory: pytest.TempPathFactory, steps: list[str]
) -> None:
    folder = tmp_path_factory.mktemp("order")
    table, letter = folder / "candidats.csv", folder / "refus.fr.md"
    table.write_text(TABLE, encoding="utf-8")
    letter.write_text(LETTER, encoding="utf-8")
    session = CampaignSession(Environment(Home(folder / "c", folder / "s", folder / "d")), [table, letter])
    session.apply(session.open())
    session.apply(session.decide(NameColumn("reference", "Nom")))
    waiting: list[SessionEvent] = []
    left_out: set[int] = set()
    for step in steps:
        if step == "open":
            waiting.append(session.open())
        elif step == "exclude" and len(left_out) < 2:
            number = 1 + len(left_out)
            assert session.campaign is not None
            person = next(r for r in session.campaign.table.records if r.number == number)
            address = session.campaign.table.value(person, "adresse_e_mail")
            left_out.add(number)
            waiting.append(session.decide(Exclude(ExclusionSection(address=address, reason="already phoned"))))
        elif step == "bring back" and left_out:
            file = read_campaign_file(folder / "campaign.toml")
            waiting.append(session.decide(BringBack(file.exclusions[-1])))
            left_out.discard(len(left_out))
        elif waiting and step in ("apply first", "apply last"):
            event = waiting.pop(0 if step == "apply first" else -1)
            if not session.apply(event):
                waiting.append(session.open())  # as the screen does
    while waiting:
        if not session.apply(waiting.pop(0)):
            waiting.append(session.open())
    assert session.campaign is not None
    file = read_campaign_file(folder / "campaign.toml")
    assert len(file.exclusions) == len(left_out)
    assert session.campaign.file == file
    assert {record.number for record in session.campaign.recipients.records} == {1, 2, 3} - left_out


# --- the files on disk -----------------------------------------------------------------------------------------------


def test_what_was_sealed_is_older_once_a_file_changes_and_not_where_one_is_gone(
    sources: list[Path], account: Account
) -> None:
    session = checked(sources)
    session.apply(FilesChanged((sources[0],)))
    assert not session.stale, "nothing was sealed yet"
    session.apply(session.seal(account))
    session.apply(FilesChanged((sources[0].with_name("gone.csv"),)))
    assert not session.stale
    session.apply(FilesChanged((sources[0],)))
    assert session.stale


def test_a_file_that_changes_is_told_and_one_that_is_written_here_is_not(sources: list[Path]) -> None:
    came = threading.Event()
    told: list[FilesChanged] = []

    def changed(event: FilesChanged) -> None:
        told.append(event)
        came.set()

    session = opened(sources)
    session.watch(changed)
    assert session._watcher is not None
    session._watcher._interval = 0.01
    session.apply(session.decide(NameColumn("fonction", "Poste")))
    while session._watcher._watch.look():
        pass
    sources[1].write_text(LETTER.replace("attention", "soin"), encoding="utf-8")
    assert came.wait(20)
    session.close()
    assert [event.paths for event in told] == [(sources[1],)]


def test_a_failed_opening_leaves_the_campaign_as_it_was(sources: list[Path]) -> None:
    session = checked(sources)
    campaign = session.campaign
    sources[1].write_text("Subject: x\n\n{% if %}\n")
    event = session.open()
    assert isinstance(event, OpenFailed)
    assert session.apply(event)
    assert session.campaign is campaign
    assert session.checked is not None


def test_an_address_is_allowed_beside_whatever_is_allowed_already(sources: list[Path]) -> None:
    sources[1].write_text(LETTER + "\nÉcrivez à dpo@atelier.example.\n", encoding="utf-8")
    toml = sources[0].parent / "campaign.toml"
    toml.write_text(
        f'recipients = "{sources[0].name}"\ntemplate = "{sources[1].name}"\n'
        '[lint]\nallow_addresses = ["rh@atelier.example"]\nsignatories = ["Claire Martin"]\n'
    )
    session = checked([toml])
    assert session.checked is not None
    (found,) = session.checked.report.blocks
    assert found.allows == "dpo@atelier.example"
    session.apply(session.decide(Allow(found.allows)))
    session.apply(session.check())
    assert session.checked.report.blocks == ()
    assert read_campaign_file(toml).lint.allow_addresses == ("rh@atelier.example", "dpo@atelier.example")
    assert read_campaign_file(toml).lint.signatories == ("Claire Martin",)
    assert session.campaign is not None
    decided = [each.take_back for each in decisions_of(session.campaign, session.checked.report)]
    for take_back in filter(None, decided):
        session.apply(session.decide(take_back))
    assert read_campaign_file(toml).lint.allow_addresses == ()
    assert read_campaign_file(toml).lint.signatories == ("Claire Martin",)


def test_a_campaign_is_outdated_until_its_files_can_be_read_again(sources: list[Path]) -> None:
    session = checked(sources)
    assert session.outdated is None
    whole = sources[1].read_text(encoding="utf-8")
    sources[1].write_text("Subject: x\n\n{% if %}\n")
    session.apply(session.open())
    session.apply(session.decide(exclusion(session, 1)))
    session.apply(session.sign_again())
    assert "refus.fr.md" in str(session.outdated)
    sources[1].write_text(whole, encoding="utf-8")
    session.apply(session.open())
    assert session.outdated is None


def test_a_campaign_is_outdated_while_one_of_its_files_is_gone(sources: list[Path]) -> None:
    session = checked(sources)
    whole = sources[0].read_bytes()
    sources[0].unlink()
    session.apply(FilesChanged((sources[0],)))
    assert str(session.outdated) == f"{sources[0].name}: deleted"
    sources[0].write_bytes(whole)
    session.apply(FilesChanged((sources[0],)))
    session.apply(session.open())
    assert session.outdated is None


def test_the_same_campaign_once_more_changes_nothing(sources: list[Path]) -> None:
    session = checked(sources)
    event = session.sign_again()
    assert isinstance(event, Opened)
    assert session.apply(event)
    assert session.checked is not None


def test_a_campaign_that_gets_a_file_is_called_as_it_will_be_when_it_is_opened_by_it(
    sources: list[Path], account: Account
) -> None:
    """Else what is sealed now is not found as its own, unfinished run in the next sitting."""
    session = checked(sources)
    assert session.apply(session.decide(exclusion(session, 1)))
    assert session.campaign is not None
    assert session.campaign.path is not None
    assert session.campaign.name == open_campaign([session.campaign.path]).name
    assert session.apply(session.check())
    assert session.apply(session.seal(account))
    again = checked([session.campaign.path])
    assert again.apply(again.compare())
    assert [left for _, left in again.unfinished] == [2]
