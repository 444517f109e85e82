"""What one process writes into a file that several change, no other loses: how much was sent, which files to purge."""

from __future__ import annotations

import datetime
import json
import subprocess
import sys
from pathlib import Path

import pytest

from mailmerge import home, working_files
from mailmerge.accounts import account_from_preset
from mailmerge.delivery.pacing import DayCount
from mailmerge.errors import InputError
from mailmerge.home import alone_with

TIMES, PROCESSES = 15, 3
ACCOUNT = account_from_preset("rh", "rh@x.example", host="mail.x.example", per_day=1000)
PROGRAM = """
import datetime, sys
from pathlib import Path
from mailmerge import working_files
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


def test_of_several_processes_each_one_s_part_is_kept(tmp_path: Path) -> None:
    processes = [
        subprocess.Popen(
            [sys.executable, "-c", PROGRAM.format(times=TIMES), str(tmp_path), str(number)],
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
    hours = json.loads((tmp_path / "sent-by-hour.json").read_bytes())[ACCOUNT.address]
    assert sum(hours.values()) == TIMES * PROCESSES
    names = {each.folder.name for each in working_files.listed(tmp_path)}
    assert names == {f"{number}-{n}" for number in range(PROCESSES) for n in range(TIMES)}


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
