"""What one process writes into a file that several change, no other loses: how much was sent, which files to purge."""

from __future__ import annotations

import datetime
import json
import subprocess
import sys
from pathlib import Path

import pytest
from leaked_mails import AWARE, eml, people

from mailmerge.accounts import account_from_preset
from mailmerge.campaign import read_campaign_file
from mailmerge.delivery.pacing import DayCount
from mailmerge.environment import Environment
from mailmerge.errors import InputError
from mailmerge.files import home, working_files
from mailmerge.files.home import alone_with
from mailmerge.incident.facts import FACTS
from mailmerge.incident.opening import files_in, open_incident
from mailmerge.incident.record import read_record
from mailmerge.incident.sheets import changed_sheets

TIMES, PROCESSES = 15, 3
ACCOUNT = account_from_preset("rh", "rh@x.example", host="mail.x.example", per_day=1000)
PROGRAM = """
import datetime, sys
from pathlib import Path
from mailmerge.files import working_files
from mailmerge.accounts import account_from_preset
from mailmerge.delivery.pacing import DayCount
folder, number = Path(sys.argv[1]), int(sys.argv[2])
account = account_from_preset("rh", "rh@x.example", host="mail.x.example", per_day=1000)
count = DayCount(account, folder)
since = datetime.datetime(2026, 11, 27, tzinfo=datetime.UTC)
print("ready", flush=True)
sys.stdin.readline()
for n in range({times}):
    count.count()
    count.save()
    working_files.remember(folder, working_files.WorkingFiles(folder / f"{{number}}-{{n}}", ("a.csv",), since))
"""


def at_once(program: str, folder: Path) -> None:
    """Run a program in several processes, which do their work at the same time."""
    processes = [
        subprocess.Popen(
            [sys.executable, "-c", program, str(folder), str(number)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        for number in range(PROCESSES)
    ]
    for process in processes:
        assert process.stdout is not None
        assert process.stdout.readline() == "ready\n"
    for process in processes:
        assert process.stdin is not None
        process.stdin.write("\n")
        process.stdin.flush()
    assert [process.communicate()[1] for process in processes] == [""] * PROCESSES


def test_of_several_processes_each_one_s_part_is_kept(tmp_path: Path) -> None:
    at_once(PROGRAM.format(times=TIMES), tmp_path)
    hours = json.loads((tmp_path / "sent-by-hour.json").read_bytes())[ACCOUNT.address]
    assert sum(hours.values()) == TIMES * PROCESSES
    names = {each.folder.name for each in working_files.listed(tmp_path)}
    assert names == {f"{number}-{n}" for number in range(PROCESSES) for n in range(TIMES)}


DECISIONS = """
import sys
from pathlib import Path
from mailmerge.campaign.session import CampaignSession, Exclude
from mailmerge.environment import Environment
folder, number = Path(sys.argv[1]), int(sys.argv[2])
session = CampaignSession(Environment.here(), [folder / "campaign.toml"])
session.apply(session.open())
print("ready", flush=True)
sys.stdin.readline()
for n in range({times}):
    person = session.campaign.recipient(number * {times} + n + 1)
    session.apply(session.decide(Exclude(session.campaign.exclusion_of(person, "already phoned"))))
"""


def test_decisions_of_several_processes_are_all_kept_and_no_lock_is_left_beside_the_file(tmp_path: Path) -> None:
    names = [f"{chr(97 + n % 26)}{chr(97 + n // 26)}" for n in range(PROCESSES * TIMES + 1)]
    rows = "".join(f"Person {name};{name}@x.example\n" for name in names)
    (tmp_path / "people.csv").write_text(f"Name;Email\n{rows}", encoding="utf-8")
    (tmp_path / "letter.md").write_text("Subject: x\n\nDear {{ name }},\n", encoding="utf-8")
    file = tmp_path / "campaign.toml"
    file.write_text('recipients = "people.csv"\ntemplate = "letter.md"\n', encoding="utf-8")
    before = {path.name for path in tmp_path.iterdir()}
    at_once(DECISIONS.format(times=TIMES), tmp_path)
    kept = [exclusion.address for exclusion in read_campaign_file(file).exclusions]
    assert sorted(kept) == sorted(f"{name}@x.example" for name in names[:-1])
    assert {path.name for path in tmp_path.iterdir()} == before


FACTS_PROGRAM = """
import sys
from pathlib import Path
from mailmerge.environment import Environment
from mailmerge.incident.opening import set_facts
folder, number = Path(sys.argv[1]), int(sys.argv[2])
print("ready", flush=True)
sys.stdin.readline()
for fact in {facts}[number]:
    set_facts(folder, {{fact: "x"}}, language="en", environment=Environment.here())
"""


def test_facts_of_several_processes_are_all_kept(tmp_path: Path) -> None:
    (tmp_path / "leaked.eml").write_bytes(eml(people()[:5]))
    folder, environment = tmp_path / "incident", Environment.here()
    open_incident([tmp_path / "leaked.eml"], aware=AWARE, folder=folder, language="en", environment=environment)
    names = [fact.key for fact in FACTS if not fact.choices][: PROCESSES * 3]
    before = files_in(folder)
    at_once(FACTS_PROGRAM.format(facts=[names[number::PROCESSES] for number in range(PROCESSES)]), folder)
    record = read_record(folder)
    assert record.facts == dict.fromkeys(names, "x")
    assert (changed_sheets(folder, record), files_in(folder)) == ([], before)


def test_a_decision_about_a_file_that_another_process_changes_is_refused_in_one_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(home.alone_with.__wrapped__, "__defaults__", (0,))  # type: ignore[attr-defined]
    environment, file = Environment.here(), tmp_path / "campaign.toml"
    with (
        environment.alone_with(file),
        pytest.raises(InputError, match=r"campaign\.toml is being written by another process"),
        environment.alone_with(tmp_path / "." / "campaign.toml"),
    ):
        pytest.fail("two at a time")


def test_a_count_that_cannot_be_written_now_is_written_with_the_next(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("mailmerge.delivery.pacing._PATIENCE", 0)
    count, file = DayCount(ACCOUNT, tmp_path), tmp_path / "sent-by-hour.json"
    count.count()
    with alone_with(file):
        count.save()
    assert not file.exists()
    count.count()
    count.save()
    assert sum(json.loads(file.read_bytes())[ACCOUNT.address].values()) == 2


def test_a_list_of_files_that_another_process_writes_is_one_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(home.alone_with.__wrapped__, "__defaults__", (0,))  # type: ignore[attr-defined]
    since = datetime.datetime(2026, 11, 27, tzinfo=datetime.UTC)
    files = working_files.WorkingFiles(tmp_path / "x", ("a.csv",), since)
    working_files.remember(tmp_path, files)
    with alone_with(tmp_path / "working-files.json"):
        with pytest.raises(InputError, match="is being written by another process"):
            working_files.remember(tmp_path, files)
        with pytest.raises(InputError, match="is being written by another process"):
            working_files.purge(tmp_path, datetime.timedelta(), since)
    assert working_files.listed(tmp_path) == [files]


def test_nothing_is_locked_where_nothing_is_listed(tmp_path: Path) -> None:
    purged = working_files.purge(tmp_path, datetime.timedelta(), datetime.datetime.now(datetime.UTC))
    assert (purged, list(tmp_path.iterdir())) == (working_files.Deleted((), ()), [])
