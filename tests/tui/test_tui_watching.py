"""Noticing that a file changed on disk, whatever way its editor saves."""

from __future__ import annotations

import os
import threading
import time
from pathlib import Path
from queue import Queue

import pytest
from tui_cases import LETTER, TABLE

from mailmerge.campaign.session import CampaignSession
from mailmerge.campaign.session.file_watcher import FilesChanged, FileWatch, Watcher
from mailmerge.environment import Environment
from mailmerge.files.home import home_below


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "lettre.md"
    path.write_text("Subject: x\n\nBonjour\n")
    return path


@pytest.fixture
def watch(file: Path) -> FileWatch:
    watch = FileWatch()
    watch.watch([file])
    assert watch.look() == ()
    return watch


def looks(watch: FileWatch) -> tuple[Path, ...]:
    """Two looks: the first finds that something is different, the second that it is at rest."""
    assert watch.look() == ()
    return watch.look()


def test_a_change_is_told_once(watch: FileWatch, file: Path) -> None:
    file.write_text("Subject: y\n\nBonsoir à tous\n")
    assert looks(watch) == (file,)
    assert looks(watch) == ()


@pytest.mark.parametrize(
    ("seconds", "is_news"),
    [
        pytest.param(-5, False, id="before it was read"),
        pytest.param(5, True, id="while it was read"),
        pytest.param(3600, False, id="by a clock that is an hour ahead"),
    ],
)
def test_what_is_saved_while_the_files_are_read_is_told(file: Path, seconds: int, is_news: bool) -> None:
    watch, began = FileWatch(), time.time_ns() - 60 * 10**9
    os.utime(file, ns=(began, began + seconds * 10**9))
    watch.watch([file], began)
    assert looks(watch) == ((file,) if is_news else ())
    assert looks(watch) == ()


def test_what_is_saved_while_the_files_are_read_is_told_although_it_is_gone_by_then(file: Path) -> None:
    watch = FileWatch()
    watch.watch([file], file.stat().st_mtime_ns - 1)
    assert watch.look() == ()
    file.unlink()
    assert looks(watch) == (file,)


def test_a_session_tells_what_was_saved_while_it_opened(tmp_path: Path) -> None:
    table, letter = tmp_path / "candidats.csv", tmp_path / "refus.fr.md"
    table.write_text(TABLE, encoding="utf-8")
    letter.write_text(LETTER, encoding="utf-8")
    session = CampaignSession(Environment(home_below(tmp_path / "home")), [table, letter])
    opened = session.open()
    table.write_text(TABLE.replace("Zoé", "Zoë"), encoding="utf-8")
    session.apply(opened)
    told: Queue[FilesChanged] = Queue()
    session.watch(told.put)
    assert told.get(timeout=30).paths == (table,)
    session.close()


def test_a_file_that_was_only_touched_did_not_change(watch: FileWatch, file: Path) -> None:
    os.utime(file, (1, 1))
    assert looks(watch) == ()


def test_a_change_that_keeps_date_and_size_is_noticed_where_the_file_was_replaced(watch: FileWatch, file: Path) -> None:
    status = file.stat()
    other = file.with_name(".lettre.md.swp")
    other.write_text(file.read_text().replace("Bonjour", "Bonsoir"))
    os.utime(other, ns=(status.st_atime_ns, status.st_mtime_ns))
    other.replace(file)
    assert looks(watch) == (file,)


def test_a_file_that_is_deleted_and_made_anew_is_told_only_if_it_says_something_else(
    watch: FileWatch, file: Path
) -> None:
    content = file.read_text()
    file.unlink()
    assert watch.look() == ()
    file.write_text(content)
    assert looks(watch) == ()
    file.unlink()
    assert watch.look() == ()
    file.write_text("Subject: y\n\ny")
    assert looks(watch) == (file,)


def test_a_file_that_is_gone_is_told_once_and_told_when_it_is_back(watch: FileWatch, file: Path) -> None:
    file.unlink()
    assert looks(watch) == (file,)
    assert FilesChanged((file,)).missing == (file,)
    assert looks(watch) == ()
    file.write_text("Subject: y\n\ny")
    assert looks(watch) == (file,)
    assert FilesChanged((file,)).missing == ()


def test_a_file_that_is_still_being_written_is_waited_for(watch: FileWatch, file: Path) -> None:
    for size in range(1, 5):
        file.write_text("x" * size)
        assert watch.look() == ()
    assert watch.look() == (file,)


def test_what_we_wrote_ourselves_is_not_told(watch: FileWatch, file: Path) -> None:
    file.write_text("Subject: y\n\ny")
    watch.accept_current(file)
    assert looks(watch) == ()
    file.write_text("Subject: z\n\nz")
    assert looks(watch) == (file,)


def test_a_file_that_stays_watched_keeps_what_is_known_of_it(watch: FileWatch, file: Path) -> None:
    file.write_text("Subject: y\n\ny")
    other = file.with_name("candidats.csv")
    watch.watch([other, file])
    assert looks(watch) == (file,)
    other.write_text("a;b")
    assert looks(watch) == (other,)
    watch.watch([other])
    file.write_text("Subject: z\n\nz")
    assert looks(watch) == ()


def test_a_watcher_tells_from_its_thread_until_it_is_stopped(file: Path) -> None:
    told: list[FilesChanged] = []
    came = threading.Event()

    def post(message: object) -> None:
        assert isinstance(message, FilesChanged)
        told.append(message)
        came.set()

    watcher = Watcher(post, interval=0.01)
    watcher._watch.watch([file])
    watcher._watch.look()
    watcher.watch([file])
    file.write_text("Subject: y\n\ny")
    assert came.wait(10)
    watcher.stop()
    assert watcher._thread is not None
    watcher._thread.join(10)
    assert not watcher._thread.is_alive()
    assert [message.paths for message in told] == [(file,)]
