"""What the commands say about a server: what it offers, which level will be used, and where it is lowered."""

from __future__ import annotations

import asyncio
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from smtp_script import USER, ScriptedServer
from smtp_unable import HangsUp


class Commands:
    """The program, with a home of its own and an account at this server."""

    def __init__(self, home: Path, server: ScriptedServer, **keys: object):
        self.folder = home
        account = {"address": USER, "host": "127.0.0.1", "port": server.port, "tls": "none", "auth": "none"} | keys
        (home / "config").mkdir(parents=True)
        lines = "".join(f"{key} = {json.dumps(value)}\n" for key, value in account.items())
        (home / "config" / "config.toml").write_text(f"[accounts.rh]\n{lines}", encoding="utf-8")
        (home / "people.csv").write_text("email,nom\na@boite.example,Roux\nb@boite.example,Petit\n", encoding="utf-8")
        (home / "letter.md").write_text("Subject: Bonjour\n\nBonjour {{ nom }},\n", encoding="utf-8")

    async def __call__(self, *arguments: str) -> tuple[int | None, str, str]:
        child = await asyncio.create_subprocess_exec(
            sys.executable, "-m", "mailmerge", *arguments, cwd=self.folder, stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=os.environ | {"MAILMERGE_HOME": str(self.folder)},
        )  # fmt: skip
        out, err = await asyncio.wait_for(child.communicate(), 60)
        return child.returncode, out.decode(), err.decode()


@pytest.mark.parametrize(
    ("extensions", "level", "said"),
    [
        (("SIZE 1000000", "PIPELINING"), "", "group: the commands of a message leave together"),
        (("SIZE 1000000", "PIPELINING"), "full", "full: the commands of the next message leave with each message"),
        (("SIZE 1000000", "PIPELINING"), "off", "off: one command at a time"),
        (("SIZE 1000000",), "full", "off: one command at a time"),
    ],
)
async def test_a_check_says_what_is_offered_and_which_level_will_be_used(
    tmp_path: Path, extensions: tuple[str, ...], level: str, said: str
) -> None:
    async with ScriptedServer(extensions=extensions) as server:
        code, out, err = await Commands(tmp_path, server, pipelining=level)("account", "check", "rh")
        assert code == 0, err
        assert f"pipelining  {said}\n" in out
        assert "size        1,000,000 bytes per message at most\n" in out
        assert f"offers      {', '.join(sorted(['AUTH', *(e.partition(' ')[0] for e in extensions)]))}\n" in out


async def test_a_check_says_that_an_odd_size_is_ignored(tmp_path: Path) -> None:
    async with ScriptedServer(extensions=("SIZE 10", "PIPELINING")) as server:
        code, out, err = await Commands(tmp_path, server)("account", "check", "rh")
        assert code == 0, err
        assert "size        the server says 10, which cannot be meant and is ignored\n" in out


async def test_a_level_that_is_lowered_is_said_once_beside_the_events(tmp_path: Path) -> None:
    async with ScriptedServer(conversation=HangsUp) as server:
        mailmerge = Commands(tmp_path, server)
        code, out, err = await mailmerge("send", "people.csv", "letter.md", "--account", "rh", "--yes", "2", "--json")
        assert code == 0, err
        assert [json.loads(line)["event"] for line in out.splitlines()] == ["accepted", "accepted", "summary"]
        said = (
            "127.0.0.1 does not keep to the PIPELINING that it offers (the connection was lost): from now on commands"
        )
        assert err.count(said) == 1
