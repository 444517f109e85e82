"""Whatever is written about people can be read by this user only, whatever the umask and whatever folder it goes to."""

from __future__ import annotations

import asyncio
import os
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from mailmerge.accounts import account_from_preset
from mailmerge.campaign import open_campaign, open_outbox
from mailmerge.campaign.setup.scaffold import copy_starter, starters
from mailmerge.delivery import write_lists
from mailmerge.files.home import make_private, private_directory, write_atomically, write_new
from mailmerge.tui.desktop.private_files import forget_files, write_private

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such permissions")


@pytest.fixture(params=[0, 0o022, 0o077], ids=lambda mask: f"umask {mask:03o}")
def umask(request: pytest.FixtureRequest) -> Iterator[int]:
    before = os.umask(request.param)
    yield request.param
    os.umask(before)


def modes(folder: Path, *, but: frozenset[Path] = frozenset()) -> dict[str, int]:
    """What somebody else may do with what is in a folder, if anything."""
    found = {path: path.stat().st_mode & 0o077 for path in (folder, *folder.rglob("*")) if path not in but}
    assert found
    return {str(path): mode for path, mode in found.items() if mode}


@pytest.fixture
def shared(tmp_path: Path) -> Path:
    """A folder that others can read, with a file of theirs."""
    folder = tmp_path / "shared"
    folder.mkdir()
    folder.chmod(0o755)
    return folder


def test_a_dry_run_is_private_in_a_new_folder_and_in_one_that_is_shared(
    mailmerge, campaign, tmp_path: Path, shared: Path, umask: int
) -> None:
    source = campaign(["Madame;Léa;Durand;a@x.example, b@y.example;Comptable", "M.;Hugo;Petit;h@x.example;Juriste"])
    assert mailmerge("export", *source, "--out", tmp_path / "new" / "below" / "out").code == 1
    assert modes(tmp_path / "new") == {}
    assert (tmp_path / "new/below/out/blocked").is_dir()
    for _ in range(2):  # the second replaces the first
        assert mailmerge("export", *source, "--out", shared).code == 1
        assert modes(shared, but=frozenset({shared})) == {}
    assert shared.stat().st_mode & 0o777 == 0o755, "a folder that was there stays as it is"


def test_a_folder_for_blocked_messages_that_was_there_stays_as_it_is(
    mailmerge, campaign, shared: Path, umask: int
) -> None:
    source = campaign(["Madame;Léa;Durand;a@x.example, b@y.example;Comptable", "M.;Hugo;Petit;h@x.example;Juriste"])
    assert mailmerge("export", *source, "--out", shared).code == 1
    (shared / "blocked").chmod(0o755)
    assert mailmerge("export", *source, "--out", shared).code == 1
    assert (shared / "blocked").stat().st_mode & 0o777 == 0o755
    assert modes(shared, but=frozenset({shared, shared / "blocked"})) == {}


def test_a_run_its_lists_and_the_home_are_private(
    mailmerge, campaign, smtp_server, tmp_path: Path, shared: Path, home: Path, umask: int
) -> None:
    mailmerge("account", "add", "rh", "--address", "rh@atelier.example", "--host", "127.0.0.1", "--port",
              smtp_server.port, "--tls", "none", "--auth", "none")  # fmt: skip
    source = campaign()
    run = mailmerge("send", *source, "--account", "rh", "--yes", 2, "--limit", 2, "--json").events[-1]["run"]
    (shared / "status.xlsx").write_bytes(b"an earlier one, which everybody can read")
    (shared / "status.xlsx").chmod(0o644)
    files = {name: shared / name for name in ("report.csv", "failed.csv", "left.csv", "unknown.xlsx")}
    lists = [("--csv", "report.csv"), ("--failed", "failed.csv"), ("--left", "left.csv"), ("--unknown", "unknown.xlsx")]
    assert mailmerge("show", run, *[word for flag, name in lists for word in (flag, files[name])]).code == 0
    assert mailmerge("export", "--run", run, "--status", shared / "status.xlsx").code == 0
    assert mailmerge("export", "--run", run, "--status", shared / "status.csv", "--out", tmp_path / "eml").code == 0
    write_lists(open_outbox().open(run), tmp_path / "lists" / "of" / "run")
    assert len(list(shared.iterdir())) == 6
    assert modes(shared, but=frozenset({shared})) == {}
    assert modes(tmp_path / "eml") == modes(tmp_path / "lists") == {}
    assert modes(home, but=frozenset({home})) == {}
    assert list((home / "data" / "runs").iterdir())


def test_a_run_that_is_being_sent_is_private_with_all_that_is_beside_it(home: Path, campaign, umask: int) -> None:
    account = account_from_preset("rh", "rh@atelier.example", host="localhost", tls="none", auth="none")
    opened = open_campaign(campaign())
    run = opened.check().seal(account, open_outbox())
    with run.sending() as journal:
        asyncio.run(journal.claim(1))
        assert len(list(run.path.parent.iterdir())) >= 4, "the run, its log, its lock and its ballast"
        assert modes(home, but=frozenset({home})) == {}


def test_a_new_campaign_is_private(mailmerge, tmp_path: Path, umask: int) -> None:
    folder = tmp_path / "above" / "campaign"
    assert mailmerge("init", folder).code == 0
    assert len(list(folder.iterdir())) == 3
    assert modes(tmp_path / "above") == {}
    copy_starter(starters()[0], tmp_path / "letters" / "new" / "letter.md")
    assert modes(tmp_path / "letters") == {}


def test_a_new_campaign_in_a_folder_that_is_shared_has_private_files(mailmerge, shared: Path, umask: int) -> None:
    assert mailmerge("init", shared).code == 0
    assert modes(shared, but=frozenset({shared})) == {}
    assert shared.stat().st_mode & 0o777 == 0o755


def test_a_page_for_the_browser_is_private(tmp_path: Path, umask: int) -> None:
    path = write_private(tmp_path / "state" / "pages", "message", ".html", b"<p>Zo\xc3\xa9</p>")
    assert modes(tmp_path / "state") == {}
    assert path.read_bytes() == b"<p>Zo\xc3\xa9</p>"
    forget_files()


def test_what_the_house_writes_with_is_private(tmp_path: Path, umask: int) -> None:
    make_private(tmp_path / "a" / "b")
    private_directory(tmp_path / "c" / "d")
    write_new(tmp_path / "a" / "b" / "new", b"x")
    write_atomically(tmp_path / "c" / "d" / "whole", b"x")
    assert modes(tmp_path / "a") == modes(tmp_path / "c") == {}
    with pytest.raises(FileExistsError):
        write_new(tmp_path / "a" / "b" / "new", b"y")
    assert (tmp_path / "a" / "b" / "new").read_bytes() == b"x"
    with pytest.raises(FileExistsError):
        make_private(tmp_path / "a" / "b" / "new")
