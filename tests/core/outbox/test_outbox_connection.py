"""How SQLite is given the file of a run, wherever a home is."""

from __future__ import annotations

import os
import sqlite3
from contextlib import closing
from pathlib import Path, PurePath, PurePosixPath, PureWindowsPath

from each_row import each_row

from mailmerge.outbox.connection import uri_of

PATHS = {
    PurePosixPath("/home/zoé/a run.sqlite3"): "file:///home/zo%C3%A9/a%20run.sqlite3",
    PurePosixPath("/home/a?b#c%d&e.sqlite3"): "file:///home/a%3Fb%23c%25d%26e.sqlite3",
    PureWindowsPath("C:\\Users\\Zoé\\a run.sqlite3"): "file:///C:/Users/Zo%C3%A9/a%20run.sqlite3",
    PureWindowsPath("\\\\server\\rh partagé\\a.sqlite3"): "file:////server/rh%20partag%C3%A9/a.sqlite3",
    PureWindowsPath("\\\\192.0.2.1\\c$\\a.sqlite3"): "file:////192.0.2.1/c%24/a.sqlite3",
}


@each_row(("path", "uri"), PATHS.items(), ids=map(str, PATHS))
def test_a_path_has_no_host_for_sqlite(path: PurePath, uri: str) -> None:
    assert uri_of(path) == uri


@each_row("name", ["a.sqlite3", "é ü.sqlite3", "a?b#c%20d.sqlite3", "a&mode=ro.sqlite3", os.fsdecode(b"\xff.sqlite3")])
@each_row("server", ["", "/"])
def test_sqlite_opens_what_was_meant(tmp_path: Path, name: str, server: str) -> None:
    path = tmp_path / name
    uri = uri_of(path).replace("file:///", f"file:///{server}", 1)
    with closing(sqlite3.connect(f"{uri}?mode=rwc", uri=True)) as connection:
        connection.execute("CREATE TABLE a (b)")
    assert [each.name for each in tmp_path.iterdir()] == [name]
