"""A fault of the program is one line and a file, and neither holds anybody's data."""

from __future__ import annotations

import errno
import os
import sys
from pathlib import Path

import pytest

from mailmerge.cli import app
from mailmerge.cli.output import BAD_INPUT
from mailmerge.runtime.faults import keep_fault

CANARY = "ines.petit@free.example"


def fail(how: str) -> BaseException:
    """An error that carries a candidate's address in its text, its locals, its cause and its notes."""
    typed = CANARY
    try:
        if how == "plain":
            raise KeyError(typed)
        if how == "group":
            raise ExceptionGroup(typed, [ValueError(typed), KeyError(typed)])
        try:
            raise ValueError(typed)
        except ValueError as cause:
            if how == "caused":
                raise KeyError(typed) from cause
            raise KeyError(typed)  # noqa: B904
    except Exception as error:  # noqa: BLE001
        error.add_note(typed)
        return error


@pytest.mark.parametrize("how", ["plain", "group", "caused", "while handling"])
def test_a_fault_is_kept_without_values(home: Path, how: str) -> None:
    line = keep_fault(fail(how))
    log = home / "state" / "fault.log"
    written = log.read_text()
    assert CANARY not in line + written
    assert str(log) in line
    assert "test_faults.py" in written
    assert "KeyError" in written
    if how != "plain":
        assert "ValueError" in written
    if sys.platform != "win32":
        assert log.stat().st_mode & 0o777 == 0o600


def test_a_fault_without_a_home_is_a_line_all_the_same(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    taken = tmp_path / "file"
    taken.write_text("")
    monkeypatch.setenv("MAILMERGE_HOME", str(taken))
    assert keep_fault(fail("plain")) == "an internal error (KeyError); please report how it came about"


SHORTAGES = {
    "no memory": MemoryError(),
    "no thread": RuntimeError("can't start new thread"),
    **{
        errno.errorcode[code]: OSError(code, os.strerror(code))
        for code in (errno.ENOMEM, errno.EAGAIN, errno.EMFILE, errno.ENFILE)
    },
}


@pytest.mark.parametrize("kind", SHORTAGES)
def test_what_the_computer_cannot_give_is_one_line_and_no_fault_of_the_program(home: Path, kind: str) -> None:
    assert "internal error" not in keep_fault(SHORTAGES[kind])
    assert not (home / "state" / "fault.log").exists()


@pytest.mark.parametrize("kind", SHORTAGES)
def test_a_command_that_runs_out_of_something_says_so(
    kind: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def runs_out(*_: object, **__: object) -> None:
        raise SHORTAGES[kind]

    monkeypatch.setattr(app.commands, "main", runs_out)
    assert app._run(["runs"]) == BAD_INPUT
    assert capsys.readouterr().err == f"mailmerge: {keep_fault(SHORTAGES[kind])}\n"


@pytest.mark.parametrize("error", [RuntimeError("x"), OSError(errno.EBADF, "x")])
def test_other_errors_are_faults_still(home: Path, error: BaseException) -> None:
    assert "internal error" in keep_fault(error)


def test_a_cause_that_goes_in_a_circle_ends(home: Path) -> None:
    error, other = ValueError(), KeyError()
    error.__cause__, other.__cause__ = other, error
    assert "ValueError" in keep_fault(error)
