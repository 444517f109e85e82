"""Noticing that a file changed on disk, whatever way its editor saves."""

from __future__ import annotations

import os
import threading
from pathlib import Path

import pytest

from mailmerge.campaign.session.file_watcher import FilesChanged, FileWatch, Watcher


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
