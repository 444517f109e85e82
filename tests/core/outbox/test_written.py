"""Nobody twice, across runs: who counts as written to, whatever became of the run that wrote."""

from __future__ import annotations

import datetime
import shutil
import sqlite3
import unicodedata
from contextlib import closing
from itertools import permutations, product
from pathlib import Path

import pytest
from outbox_cases import damage
from written_cases import NAMES, OTHER_WORDS, WORDS, account, as_format_1, became, campaign, checked, sealed, who

from mailmerge.campaign import Checked, IfWritten
from mailmerge.campaign.telling import runs_named
from mailmerge.errors import AlreadyWritten, Blocked, RunBusy, RunsIncomparable, UsageError
from mailmerge.model import State
from mailmerge.outbox import Outbox, Run, letters_locked, purge

STATES = ("accepted", "unknown", "submitting", "no state at all", "rejected", "pending", "deferred", "excluded")
WRITTEN = [1, 2, 3, 4]
PEOPLE = [f"personne{number}@boite.example" for number in range(1, len(STATES) + 1)]
NOW = datetime.timedelta(0)


@pytest.fixture
def outbox(tmp_path: Path) -> Outbox:
    return Outbox(tmp_path / "runs")


@pytest.fixture
def earlier(outbox: Outbox, tmp_path: Path) -> Run:
    """Five people: two accepted, one unknown, one rejected, one pending."""
    run = sealed(outbox, tmp_path / "a", PEOPLE[:5])
    with closing(sqlite3.connect(run.path)) as connection, connection:  # a run of the same second would be a draw
        before = (run.created - datetime.timedelta(minutes=1)).isoformat()
        connection.execute("UPDATE run SET created = ?", (before,))
    return became(run, {1: "accepted", 2: "accepted", 3: "unknown", 4: "rejected"})


def once_more(folder: Path, same: str) -> Checked:
    """The campaign of ``folder / "a"`` again: with the same words or not, in the same letter file or not."""
    letter = WORDS if "words" in same else OTHER_WORDS
    if "file" in same:
        return checked(folder / "a", PEOPLE, letter)
    return checked(folder / "b", PEOPLE, letter, name="copie.md")


@pytest.mark.parametrize(
    ("same", "days", "purged"),
    list(product(("words and file", "words", "file", "neither"), (0, 29, 31, 300), (False, True))),
)
def test_who_has_the_same_words_ever_or_the_same_file_lately_is_written(
    outbox: Outbox, tmp_path: Path, same: str, days: int, purged: bool
) -> None:
    run = sealed(outbox, tmp_path / "a", PEOPLE)
    became(run, dict(enumerate(STATES, 1)), days_ago=days)
    if purged:
        with closing(sqlite3.connect(run.path)) as connection, connection:
            connection.execute("UPDATE message SET state = 'unknown' WHERE state = 'submitting'")
        purge(run, NOW)
    comparison = once_more(tmp_path, same).compare(outbox)
    assert who(comparison) == (WRITTEN if "words" in same or ("file" in same and days <= 30) else [])
    expected = (State.ACCEPTED, State.UNKNOWN, State.UNKNOWN if purged else State.SUBMITTING, State.UNKNOWN)
    for person, state in zip(comparison.written, expected, strict=False):
        assert (person.run, person.record_there, person.state) == (run.id, person.record, state)
        assert person.address == PEOPLE[person.record - 1]
    unfinished = [(rest.run, rest.count) for rest in comparison.unfinished]
    assert unfinished == ([] if purged or same == "neither" else [(run.id, 2)])
    notes = [(note.run, note.count, note.same_file) for note in comparison.notes]
    noted = same == "neither" or (same == "file" and days > 30)  # most of the words are the same, in another file
    assert notes == ([(run.id, 4, True)] if noted else [])


@pytest.mark.parametrize(("days", "purged", "key"), list(product((0, 29, 31), (False, True), (False, True))))
@pytest.mark.parametrize("same", ["file", "copied campaign", "neither"])
def test_a_run_of_the_first_version_is_compared_by_its_addresses_and_the_names_of_its_letter(
    outbox: Outbox, tmp_path: Path, same: str, days: int, purged: bool, key: bool
) -> None:
    run = as_format_1(sealed(outbox, tmp_path / "a", PEOPLE))
    became(run, dict(enumerate(STATES, 1)), days_ago=days)
    if not key:
        (outbox.folder / "memory.key").unlink()
    if purged:
        with closing(sqlite3.connect(run.path)) as connection, connection:
            connection.execute("UPDATE message SET state = 'unknown' WHERE state = 'submitting'")
        purge(outbox.open(run.id), NOW)
    folder = {"file": "a", "copied campaign": "b", "neither": "a"}[same]
    name = "autre.md" if same == "neither" else "refus.md"
    again = checked(tmp_path / folder, PEOPLE, OTHER_WORDS, name=name)
    assert who(again.compare(outbox)) == (WRITTEN if same != "neither" and days <= 30 else [])


VARIANTS = [
    ("Zoe.Roux@Boite.EXAMPLE", "zoe.roux@boite.example"),
    ("zoe.roux+liste@boite.example", "zoe.roux@boite.example"),
    ("zoe.roux@gmail.com", "z.o.eroux+rh@googlemail.com"),
    ("zoe@münchen.example", "zoe@xn--mnchen-3ya.example"),
    ("zoé@boite.example", "ZOÉ@boite.example"),
]


@pytest.mark.parametrize(("before", "now"), [*VARIANTS, *(pair[::-1] for pair in VARIANTS)])
@pytest.mark.parametrize("how", ["as it is", "purged", "format 1"])
def test_every_spelling_of_a_mailbox_is_the_same_person(
    outbox: Outbox, tmp_path: Path, before: str, now: str, how: str
) -> None:
    run = became(sealed(outbox, tmp_path / "a", [before]), {1: "accepted"})
    if how == "purged":
        purge(run, NOW)
    elif how == "format 1":
        as_format_1(run)
    assert who(checked(tmp_path / "a", {now: "Roux"}).compare(outbox)) == [1]
    assert who(checked(tmp_path / "a", {f"x{now}": "Roux"}).compare(outbox)) == []


@pytest.mark.parametrize("change", ["dots at another provider", "another person"])
def test_another_mailbox_is_another_person(outbox: Outbox, tmp_path: Path, change: str) -> None:
    became(sealed(outbox, tmp_path / "a", ["zoe.roux@boite.example"]), {1: "accepted"})
    other = {"dots at another provider": "zoeroux@boite.example", "another person": "hugo@boite.example"}[change]
    assert who(checked(tmp_path / "a", [other]).compare(outbox)) == []


def test_a_test_to_oneself_never_counts(outbox: Outbox, tmp_path: Path) -> None:
    opened = campaign(tmp_path / "a", ["rh@atelier.example", "x@boite.example"])
    test = became(opened.seal_test(opened.recipient(2), account(), outbox), {2: "accepted"})
    assert who(opened.check().compare(outbox)) == []
    as_format_1(test)
    assert who(opened.check().compare(outbox)) == []


def test_a_renamed_table_a_moved_row_and_another_account_change_nothing(
    outbox: Outbox, earlier: Run, tmp_path: Path
) -> None:
    folder = tmp_path / "a"
    (folder / "liste.csv").write_text(f"Courriel;Nom\n{PEOPLE[4]};Garnier\n{PEOPLE[0]};Roux\n", encoding="utf-8")
    from mailmerge.campaign import open_campaign

    other = account("Paul <rh@paris.example>")
    again = open_campaign([folder / "liste.csv", folder / "refus.md"]).signed_by(other).check()
    (person,) = again.compare(outbox).written
    assert (person.record, person.record_there, person.run) == (2, 1, earlier.id)


def test_letters_chosen_by_a_field_are_compared_one_by_one(outbox: Outbox, tmp_path: Path) -> None:
    folder = tmp_path / "a"
    folder.mkdir()
    (folder / "fr.md").write_text("Subject: Bonjour\n\nBonjour {{ nom }},\n", encoding="utf-8")
    (folder / "en.md").write_text("Subject: Hello\n\nHello {{ nom }},\n", encoding="utf-8")
    (folder / "campaign.toml").write_text(
        'recipients = "people.csv"\ntemplate = {field = "langue", fr = "fr.md", en = "en.md"}\n', encoding="utf-8"
    )
    from mailmerge.campaign import open_campaign

    def opened(first: str, second: str) -> Checked:
        rows = f"Nom;Courriel;Langue\nRoux;a@boite.example;{first}\nPetit;b@boite.example;{second}\n"
        (folder / "people.csv").write_text(rows, encoding="utf-8")
        return open_campaign([folder]).signed_by(account()).check()

    run = became(opened("fr", "en").seal(account(), outbox), {1: "accepted", 2: "accepted"})
    assert who(opened("fr", "en").compare(outbox)) == [1, 2]
    other = opened("fr", "fr").compare(outbox)
    assert who(other) == [1]
    assert [(note.run, note.count, note.same_file) for note in other.notes] == [(run.id, 1, False)]


def test_the_newest_run_is_named_and_each_person_once(outbox: Outbox, earlier: Run, tmp_path: Path) -> None:
    again = sealed(outbox, tmp_path / "a", PEOPLE[:5], written=IfWritten.AGAIN)
    with closing(sqlite3.connect(earlier.path)) as connection, connection:
        connection.execute("UPDATE run SET created = '2026-01-01T10:00:00+00:00'")
    became(again, {1: "accepted"})
    written = checked(tmp_path / "a", PEOPLE[:5]).compare(outbox).written
    assert [(person.record, person.run) for person in written] == [(1, again.id), (2, earlier.id), (3, earlier.id)]


# --- sealing --------------------------------------------------------------------------------------------------------


def test_nothing_is_sealed_while_somebody_has_the_letter(outbox: Outbox, earlier: Run, tmp_path: Path) -> None:
    with pytest.raises(AlreadyWritten, match=rf"^3 of 5 people .*{earlier.id}.*2 accepted, 1 unknown") as refused:
        sealed(outbox, tmp_path / "a", PEOPLE[:5])
    assert [entry["record"] for entry in refused.value.written] == [1, 2, 3]
    assert [run.run for run in outbox.runs()] == [earlier.id]


def test_who_has_the_letter_is_skipped_and_the_run_says_why(outbox: Outbox, earlier: Run, tmp_path: Path) -> None:
    run = sealed(outbox, tmp_path / "a", PEOPLE[:5], written=IfWritten.SKIP)
    states = [(message.record, message.state, message.reply) for message in run.messages()]
    reason = f"already sent in run {earlier.id}"
    assert states == [(n, State.EXCLUDED, reason) for n in (1, 2, 3)] + [(n, State.PENDING, "") for n in (4, 5)]
    assert [message.name for message in run.messages()] == list(NAMES[:5])
    assert [record for record, _cells in run.rows()] == [1, 2, 3, 4, 5]


def test_nobody_is_left_where_all_have_the_letter(outbox: Outbox, tmp_path: Path) -> None:
    became(sealed(outbox, tmp_path / "a", PEOPLE[:2]), {1: "accepted", 2: "accepted"})
    with pytest.raises(AlreadyWritten):
        sealed(outbox, tmp_path / "a", PEOPLE[:2], written=IfWritten.SKIP)
    assert len(outbox.runs()) == 1


def test_writing_again_is_recorded_and_sealed(outbox: Outbox, earlier: Run, tmp_path: Path) -> None:
    run = sealed(outbox, tmp_path / "a", PEOPLE[:5], written=IfWritten.AGAIN)
    assert run.counts()[State.PENDING] == 5
    assert earlier.id in run.again
    with closing(sqlite3.connect(run.path)) as connection, connection:
        connection.execute("UPDATE run SET again = ''")
    from mailmerge.errors import Blocked

    with pytest.raises(Blocked, match="WIR904"), outbox.open(run.id).sending():
        pass


def test_one_letter_is_sealed_by_one_process_at_a_time(outbox: Outbox, tmp_path: Path) -> None:
    found = checked(tmp_path / "a", PEOPLE)
    copied = checked(tmp_path / "b", ["other@boite.example"], f"{WORDS}\n", name="copie.md")
    other = checked(tmp_path / "c", PEOPLE, OTHER_WORDS, name="autre.md")
    key, _marks = outbox.key()
    from mailmerge.campaign.sealing.intended import keys_of

    with letters_locked(outbox.folder, keys_of(found.campaign, key)):
        for busy in (found, copied):
            with pytest.raises(RunBusy, match="the same letter"):
                busy.seal(account(), outbox)
        assert other.seal(account(), outbox)
    assert found.seal(account(), outbox)


# --- sending --------------------------------------------------------------------------------------------------------


async def test_who_got_the_letter_since_the_sealing_is_left_out_when_it_is_sent(outbox: Outbox, tmp_path: Path) -> None:
    first = sealed(outbox, tmp_path / "a", PEOPLE[:3])
    second = sealed(outbox, tmp_path / "a", PEOPLE[:3])
    with first.sending() as journal:
        await journal.claim(1)
        await journal.settle(1, State.ACCEPTED, "250 ok")
        await journal.claim(2)
        await journal.settle(2, State.UNKNOWN, "lost")
        await journal.release(3, State.REJECTED, "550 5.1.1 no")
    with second.sending() as journal:
        assert await journal.due() == [3]
        assert [(m.record, m.state, m.reply) for m in journal.left_out] == [
            (n, State.EXCLUDED, f"already sent in run {first.id}") for n in (1, 2)
        ]
    assert second.history(1)[-1].kind == "left-out"
    assert outbox.open(second.id).leave_out_written() == []
    with second.sending() as journal:  # its seal still holds
        assert journal.left_out == ()


async def test_a_run_that_writes_again_heeds_only_what_was_sent_since(outbox: Outbox, tmp_path: Path) -> None:
    first = sealed(outbox, tmp_path / "a", PEOPLE[:4])
    with first.sending() as journal:
        await journal.claim(1)
        await journal.settle(1, State.ACCEPTED, "250 ok")
        await journal.claim(2)
        await journal.settle(2, State.UNKNOWN, "lost")
    again = sealed(outbox, tmp_path / "a", PEOPLE[:4], written=IfWritten.AGAIN)
    first.resolve(2, accepted=True, by="C. Martin")  # decided later, but sent before
    with first.sending() as journal:
        await journal.claim(3)
        await journal.settle(3, State.ACCEPTED, "250 ok")
    with again.sending() as journal:
        assert [message.record for message in journal.left_out] == [3]
        assert await journal.due() == [1, 2, 4]
        await journal.claim(4)
        await journal.settle(4, State.ACCEPTED, "250 ok")
    with first.sending() as journal:  # and the first one heeds the second
        assert [message.record for message in journal.left_out] == [4]


async def test_a_run_that_writes_again_heeds_what_an_unreadable_one_sent_since(outbox: Outbox, tmp_path: Path) -> None:
    first = sealed(outbox, tmp_path / "a", PEOPLE[:4])
    with first.sending() as journal:
        await journal.claim(1)
        await journal.settle(1, State.ACCEPTED, "250 ok")
    whole = first.path.read_bytes()
    first.path.write_bytes(whole[:5000])
    again = sealed(outbox, tmp_path / "a", PEOPLE[:4], written=IfWritten.AGAIN)
    first.path.write_bytes(whole)
    first = outbox.open(first.id)
    with first.sending() as journal:
        await journal.claim(3)
        await journal.settle(3, State.ACCEPTED, "250 ok")
    with again.sending() as journal:  # the first message may be of the same second
        assert 3 in [message.record for message in journal.left_out]
        assert {2, 4} <= set(await journal.due())


@pytest.mark.parametrize("other", ["0" * 32, "f" * 32])
def test_a_run_that_was_remembered_with_another_key_is_compared_by_its_addresses(
    outbox: Outbox, earlier: Run, tmp_path: Path, other: str
) -> None:
    damage(earlier.path, f"UPDATE run SET memory_key = '{other}'")
    assert who(checked(tmp_path / "a", PEOPLE[:5]).compare(outbox)) == [1, 2, 3]


async def test_two_runs_of_the_same_words_are_not_sent_side_by_side(outbox: Outbox, tmp_path: Path) -> None:
    """Their letters differ in a comment only, so that no lock of a letter is the same."""
    first = sealed(outbox, tmp_path / "a", PEOPLE[:2])
    second = sealed(outbox, tmp_path / "b", PEOPLE[:2], WORDS + "{# une copie #}", name="copie.md")
    other = sealed(outbox, tmp_path / "b", ["other@boite.example"], WORDS + "{# une autre #}", name="autre.md")
    with first.sending():
        with pytest.raises(RunBusy, match=first.id), second.sending():
            pass
        with other.sending():
            pass
    with second.sending():
        pass


def test_two_runs_of_one_letter_are_not_sent_side_by_side(outbox: Outbox, tmp_path: Path) -> None:
    first = sealed(outbox, tmp_path / "a", PEOPLE[:2])
    second = sealed(outbox, tmp_path / "a", PEOPLE[2:4])
    with first.sending(), pytest.raises(RunBusy, match="the same letter"), second.sending():
        pass
    with second.sending():
        pass


async def test_a_run_of_the_first_version_is_resumed_shown_and_purged(outbox: Outbox, tmp_path: Path) -> None:
    old = outbox.open(as_format_1(sealed(outbox, tmp_path / "a", PEOPLE[:3])).id)
    new = sealed(outbox, tmp_path / "a", PEOPLE[:3])
    with new.sending() as journal:
        await journal.claim(1)
        await journal.settle(1, State.ACCEPTED, "250 ok")
    with old.sending() as journal:
        assert [message.record for message in journal.left_out] == [1]
        await journal.claim(2)
        await journal.settle(2, State.ACCEPTED, "250 ok")
    with new.sending() as journal:
        assert [message.record for message in journal.left_out] == [2]
    assert [message.state for message in old.messages()] == [State.EXCLUDED, State.ACCEPTED, State.PENDING]
    assert purge(old, NOW)
    assert who(checked(tmp_path / "a", PEOPLE[:3]).compare(outbox)) == [1, 2]


# --- what is kept, and for how long ---------------------------------------------------------------------------------


def test_a_purged_run_names_nobody_and_a_year_later_nothing_is_left(
    outbox: Outbox, earlier: Run, tmp_path: Path
) -> None:
    key = (outbox.folder / "memory.key").read_bytes()
    purge(earlier, NOW)
    assert b"personne" not in earlier.path.read_bytes()
    assert b"refus.md" not in key
    again = checked(tmp_path / "a", PEOPLE[:5])
    for days, written in ((364, [1, 2, 3]), (366, [])):
        became(earlier, {1: "accepted"}, days_ago=days)
        outbox.purge()
        assert who(again.compare(outbox)) == written
    with closing(sqlite3.connect(earlier.path)) as connection:
        assert connection.execute("SELECT count(*) FROM memory").fetchone() == (0,)


def test_the_key_is_for_its_owner_only(outbox: Outbox, earlier: Run) -> None:
    assert (outbox.folder / "memory.key").stat().st_mode & 0o077 == 0


# --- damage ---------------------------------------------------------------------------------------------------------

UNREADABLE = {
    "cut short": lambda path: path.write_bytes(path.read_bytes()[:5000]),
    "empty": lambda path: path.write_bytes(b""),
    "something else": lambda path: path.write_bytes(b"not a run" * 1000),
    "its traces changed": lambda path: execute(path, "UPDATE memory SET mailboxes = zeroblob(length(mailboxes))"),
    "its traces gone": lambda path: execute(path, "DELETE FROM memory"),
    "its letters gone": lambda path: execute(path, "DELETE FROM letter"),
    "its row gone": lambda path: execute(path, "DELETE FROM run"),
    "written by a newer version": lambda path: execute(path, "UPDATE run SET format = 99"),
}


execute = damage


@pytest.mark.parametrize("damage", UNREADABLE)
@pytest.mark.parametrize("written", [IfWritten.REFUSE, IfWritten.SKIP])
def test_a_run_that_cannot_be_compared_stops_sealing_until_a_person_decides(
    outbox: Outbox, earlier: Run, tmp_path: Path, damage: str, written: IfWritten
) -> None:
    whole = earlier.path.read_bytes()
    UNREADABLE[damage](earlier.path)
    found = checked(tmp_path / "a", ["new@boite.example"])
    with pytest.raises(RunsIncomparable, match=earlier.id) as refused:
        found.seal(account(), outbox, written=written)
    for way in ("restore", f"--set-aside {earlier.id}", "--again"):
        assert way in str(refused.value)
    assert "\n" not in str(refused.value)
    damaged = earlier.path.read_bytes()
    assert found.seal(account(), outbox, written=IfWritten.AGAIN)
    assert outbox.set_aside(earlier.id).read_bytes() == damaged
    assert checked(tmp_path / "b", ["new@boite.example"], name="b.md").compare(outbox).unfinished
    earlier.path.write_bytes(whole)
    assert who(checked(tmp_path / "a", PEOPLE[:5]).compare(outbox)) == [1, 2, 3]


@pytest.mark.parametrize("damage", UNREADABLE)
def test_a_run_that_cannot_be_compared_stops_sending(outbox: Outbox, earlier: Run, tmp_path: Path, damage: str) -> None:
    run = sealed(outbox, tmp_path / "a", ["new@boite.example"])
    again = sealed(outbox, tmp_path / "a", ["new@boite.example"], written=IfWritten.AGAIN)
    UNREADABLE[damage](earlier.path)
    for one in (run, again):  # the damage is younger than both
        if one is again and damage in ("its traces changed", "its traces gone", "its letters gone"):
            continue  # nothing was sent since, and its journal still says so
        with pytest.raises(RunsIncomparable, match=earlier.id), one.sending():
            pass
    knowing = sealed(outbox, tmp_path / "a", ["new@boite.example"], written=IfWritten.AGAIN)
    with knowing.sending():
        pass
    outbox.set_aside(earlier.id)
    with run.sending():
        pass


@pytest.mark.parametrize(
    "damage",
    [
        "UPDATE run SET created = 'yesterday'",
        "UPDATE run SET senders = '[', headers = '{'",
        "UPDATE journal SET at = 'noon'",
        "UPDATE journal SET at = '', kind = 'x', to_state = to_state || ''",
        "DELETE FROM content",
        "UPDATE run SET sealed = 'sha256:0'",
    ],
)
def test_damage_where_nothing_is_compared_stops_nobody_and_hides_nobody(
    outbox: Outbox, earlier: Run, tmp_path: Path, damage: str
) -> None:
    execute(earlier.path, damage)
    found = checked(tmp_path / "a", [*PEOPLE[:5], "new@boite.example"])
    assert who(found.compare(outbox)) == [1, 2, 3]
    run = found.seal(account(), outbox, written=IfWritten.SKIP)
    with run.sending() as journal:
        assert journal.left_out == ()


KEYS = {
    "missing": lambda path: path.unlink(),
    "cut short": lambda path: path.write_bytes(path.read_bytes()[:20]),
    "empty": lambda path: path.write_bytes(b""),
    "changed": lambda path: path.write_bytes(
        b"0" + path.read_bytes()[1:] if path.read_bytes()[:1] != b"0" else b"1" + path.read_bytes()[1:]
    ),
}


@pytest.mark.parametrize("damage", KEYS)
@pytest.mark.parametrize("purged", [False, True])
def test_without_the_key_of_the_home_nothing_is_sealed_until_a_person_decides(
    outbox: Outbox, earlier: Run, tmp_path: Path, damage: str, purged: bool
) -> None:
    path = outbox.folder / "memory.key"
    if purged:
        purge(earlier, NOW)
    key = path.read_bytes()
    KEYS[damage](path)
    left = path.read_bytes() if path.exists() else None
    found = checked(tmp_path / "a", PEOPLE[:5])
    for written in (IfWritten.REFUSE, IfWritten.SKIP):
        with pytest.raises(RunsIncomparable, match=r"memory\.key"):
            found.seal(account(), outbox, written=written)
    with pytest.raises(RunsIncomparable, match=r"memory\.key"):
        found.compare(outbox)
    run = found.seal(account(), outbox, written=IfWritten.AGAIN)
    assert left is None or left in [each.read_bytes() for each in outbox.folder.glob("memory.damaged-*")]
    with run.sending():
        pass
    if purged:  # made with another key: it says nothing any more
        with pytest.raises(RunsIncomparable, match="another key"):
            found.compare(outbox)
        outbox.set_aside(earlier.id)
        assert who(found.compare(outbox)) == []
    else:  # it still has its addresses, and the name of its letter
        assert who(found.compare(outbox)) == [1, 2, 3]
    path.write_bytes(key)
    assert run.path.exists()


def test_a_restored_key_compares_as_before(outbox: Outbox, earlier: Run, tmp_path: Path) -> None:
    purge(earlier, NOW)
    path = outbox.folder / "memory.key"
    key = path.read_bytes()
    path.unlink()
    with pytest.raises(RunsIncomparable):
        checked(tmp_path / "a", PEOPLE[:5]).compare(outbox)
    path.write_bytes(key)
    assert who(checked(tmp_path / "a", PEOPLE[:5]).compare(outbox)) == [1, 2, 3]


def test_a_run_set_aside_is_lost_to_nobody_and_not_overwritten(outbox: Outbox, earlier: Run) -> None:
    from mailmerge.errors import OutboxError

    before = earlier.path.read_bytes()
    target = outbox.set_aside(earlier.id)
    assert target.read_bytes() == before
    shutil.copy(target, earlier.path)
    with pytest.raises(OutboxError, match="already exists"):
        outbox.set_aside(earlier.id)
    assert earlier.path.read_bytes() == before


def test_comparing_writes_nothing(outbox: Outbox, earlier: Run, tmp_path: Path) -> None:
    before = {path: path.read_bytes() for path in outbox.folder.rglob("*") if path.is_file()}
    assert who(checked(tmp_path / "a", PEOPLE[:5]).compare(outbox)) == [1, 2, 3]
    assert {path: path.read_bytes() for path in outbox.folder.rglob("*") if path.is_file()} == before


# --- a mailbox of several people ------------------------------------------------------------------------------------


def couple(folder: Path, letter: str = WORDS) -> Checked:
    opened = campaign(folder, [PEOPLE[0]], letter)
    (folder / "people.csv").write_text(
        "Nom;Courriel\nRoux;couple@boite.example\nPetit;couple@boite.example\nDurand;d@boite.example\n",
        encoding="utf-8",
    )
    from mailmerge.campaign import open_campaign
    from mailmerge.lint import Report

    opened = open_campaign([folder / "people.csv", folder / "refus.md"]).signed_by(account())
    return Checked(opened, Report((), 3, 3))  # that they share a mailbox was waived


def test_of_two_who_share_a_mailbox_only_the_one_written_to_is(outbox: Outbox, tmp_path: Path) -> None:
    run = became(couple(tmp_path / "a").seal(account(), outbox), {1: "accepted"})
    assert who(couple(tmp_path / "a").compare(outbox)) == [1]
    purge(run, NOW)
    assert who(couple(tmp_path / "a").compare(outbox)) == [1]


def test_where_it_is_not_known_which_of_two_has_a_corrected_letter_both_count(outbox: Outbox, tmp_path: Path) -> None:
    became(couple(tmp_path / "a").seal(account(), outbox), {2: "unknown"})
    assert who(couple(tmp_path / "a", OTHER_WORDS).compare(outbox)) == [1, 2]


async def test_both_who_share_a_mailbox_get_their_letter_over_two_runs(outbox: Outbox, tmp_path: Path) -> None:
    first = couple(tmp_path / "a").seal(account(), outbox)
    with first.sending() as journal:
        await journal.claim(1)
        await journal.settle(1, State.ACCEPTED, "250 ok")
    second = couple(tmp_path / "a").seal(account(), outbox, written=IfWritten.SKIP)
    with second.sending() as journal:
        assert await journal.due() == [2, 3]
        await journal.claim(2)
        await journal.settle(2, State.ACCEPTED, "250 ok")
    with first.sending() as journal:
        assert [message.record for message in journal.left_out] == [2]
        assert await journal.due() == [3]


COUPLE_STATES = ("accepted", "unknown", "rejected", "pending", "deferred")
COUPLES = [
    (first, second, COUPLE_STATES[(one + two) % len(COUPLE_STATES)])
    for (one, first), (two, second) in product(enumerate(COUPLE_STATES), repeat=2)
]
"""Each state of one of them beside each state of either other."""


@pytest.mark.parametrize("corrected", [False, True])
@pytest.mark.parametrize("states", COUPLES)
def test_what_a_run_still_has_to_send_is_counted_by_its_messages_also_where_two_share_a_mailbox(
    outbox: Outbox, tmp_path: Path, states: tuple[str, ...], corrected: bool
) -> None:
    run = became(couple(tmp_path / "a").seal(account(), outbox), dict(enumerate(states, 1)))
    found = couple(tmp_path / "a", OTHER_WORDS if corrected else WORDS).compare(outbox)
    left = sum(state in ("pending", "deferred") for state in states)
    assert [(rest.run, rest.count) for rest in found.unfinished] == ([(run.id, left)] if left else [])
    if not corrected:
        assert who(found) == [n for n, state in enumerate(states, 1) if state in ("accepted", "unknown")]
        assert {record: state.value for record, state in found.last.items()} == dict(enumerate(states, 1))


# --- what was agreed to, and one person alone ------------------------------------------------------------------------


@pytest.mark.parametrize("agreed", [[], [1], [1, 2], [1, 2, 3, 4], [4]])
def test_nothing_is_sealed_where_others_have_the_letter_than_was_agreed_to(
    outbox: Outbox, earlier: Run, tmp_path: Path, agreed: list[int]
) -> None:
    found = checked(tmp_path / "a", PEOPLE[:5])
    with pytest.raises(AlreadyWritten, match="changed since you were asked"):
        found.seal(account(), outbox, written=IfWritten.SKIP, agreed=agreed)
    assert [run.run for run in outbox.runs()] == [earlier.id]
    run = found.seal(account(), outbox, written=IfWritten.SKIP, agreed=[3, 2, 1])
    assert run.counts()[State.PENDING] == 2


def test_one_person_alone_is_all_that_is_sealed_and_what_was_found_about_others_stops_nothing(
    outbox: Outbox, tmp_path: Path
) -> None:
    found = campaign(tmp_path / "a", [*PEOPLE[:3], "no address"]).check()
    assert found.report.blocks
    run = found.only(2).seal(account(), outbox)
    assert [(message.record, message.state) for message in run.messages()] == [(2, State.PENDING)]
    assert [record for record, _cells in run.rows()] == [2]
    with pytest.raises(Blocked):
        found.only(4).seal(account(), outbox)
    with pytest.raises(UsageError):
        found.only(5)


def test_what_was_found_about_the_letter_stops_one_person_too(tmp_path: Path) -> None:
    found = campaign(tmp_path / "a", PEOPLE[:3], "Subject: Réponse\n\nBonjour {{ nulle_part }},\n").check()
    assert [finding.rule for finding in found.only(2).report.blocks]


def test_the_last_state_of_each_person_names_its_run(outbox: Outbox, earlier: Run, tmp_path: Path) -> None:
    second = checked(tmp_path / "a", PEOPLE[:6]).seal(account(), outbox, written=IfWritten.SKIP)
    found = checked(tmp_path / "a", PEOPLE[:6]).compare(outbox)
    assert {run: [n for n, named in found.last_runs.items() if named == run] for run in (earlier.id, second.id)} == {
        earlier.id: [1, 2, 3],
        second.id: [4, 5, 6],
    }
    assert found.last.keys() == found.last_runs.keys()


@pytest.mark.parametrize("met", list(permutations((State.ACCEPTED, State.REJECTED, State.UNKNOWN, State.PENDING))))
def test_the_states_of_an_earlier_run_are_said_in_their_usual_order(met: tuple[State, ...]) -> None:
    (said,) = runs_named([("r", state) for state in met], {"r": "2026-09-02"})
    assert "(1 accepted, 1 rejected, 1 unknown, 1 pending)" in said


INVISIBLE = {
    "nothing": lambda text: text,
    "a second blank": lambda text: text.replace("suite", " suite"),
    "a no-break space": lambda text: text.replace("pas donner", "pas\u00a0donner"),
    "an accent in two characters": lambda text: unicodedata.normalize("NFD", text),
}


@pytest.mark.parametrize("change", INVISIBLE)
def test_what_nobody_sees_makes_no_other_letter(outbox: Outbox, tmp_path: Path, change: str) -> None:
    """In a file of another name, in another folder."""
    words = WORDS.replace("suite", "suite à votre démarche")
    became(sealed(outbox, tmp_path / "a", PEOPLE[:2], words), {1: "accepted", 2: "accepted"})
    copy = checked(tmp_path / "b", PEOPLE[:2], INVISIBLE[change](words), name="autre.md")
    assert who(copy.compare(outbox)) == [1, 2]
    other = checked(tmp_path / "c", PEOPLE[:2], words.replace("démarche", "envoi"), name="autre.md")
    assert who(other.compare(outbox)) == []


def test_a_copy_of_the_letter_is_the_same_letter_whatever_a_cell_says_now(outbox: Outbox, tmp_path: Path) -> None:
    became(sealed(outbox, tmp_path / "a", PEOPLE[:2]), {1: "accepted", 2: "accepted"})
    renamed = {address: name.upper() for address, name in zip(PEOPLE[:2], NAMES, strict=False)}
    assert who(checked(tmp_path / "b", renamed, name="copie.md").compare(outbox)) == [1, 2]
