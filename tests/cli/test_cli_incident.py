"""``mailmerge incident``, ``purge``, and the apologies through the ordinary gate."""

from __future__ import annotations

import datetime
import os
import subprocess
from collections.abc import Callable
from email import message_from_bytes
from email.policy import default
from pathlib import Path
from typing import Any

import pytest
from each_row import whole_or
from leaked_mails import AWARE, TABLE, eml, mbox, msg, people

from mailmerge import i18n
from mailmerge.accounts import Accounts, account_from_preset
from mailmerge.files.home import find_home
from tests.conftest import Result, SmtpServer

Run = Callable[..., Result]


@pytest.fixture
def leak(tmp_path: Path) -> Path:
    path = tmp_path / "leak.eml"
    path.write_bytes(eml(people()))
    return path


@pytest.mark.in_english
def test_open_gives_the_numbers_and_the_files(mailmerge: Run, leak: Path, tmp_path: Path) -> None:
    folder = tmp_path / "incident"
    done = mailmerge("incident", "open", leak, "--table", TABLE, "--aware", AWARE, "--out", folder, "--json")
    assert done.code == 0
    document = done.json
    assert document["people"] == 340
    assert document["disclosures"] == 115_260
    assert document["aware"] == "2026-09-01T10:15+02:00"
    assert document["deadline"] == "2026-09-04T10:15+02:00"
    assert {"incident.json", "people.csv", "report.html", "cnil.fr.md", "ico.en.md", "register.csv"} <= set(
        document["files"]
    )
    assert all((folder / name).is_file() for name in document["files"])
    assert "340 people exposed, 115,260 disclosures" in done.err


@pytest.mark.in_english
def test_status_and_set(mailmerge: Run, leak: Path, tmp_path: Path) -> None:
    folder = tmp_path / "incident"
    mailmerge("incident", "open", leak, "--aware", AWARE, "--out", folder)
    before = mailmerge("incident", "status", folder, "--json").json
    assert before["people"] == 340
    assert before["deadline"] == "2026-09-04T10:15+02:00"
    assert isinstance(before["hours_left"], float)
    assert [each["unchanged"] for each in before["evidence"]] == [True]
    assert {"about", "dpo", "gravity"} <= set(before["open"])
    assert f'mailmerge incident set {folder} "about=..."' in mailmerge("incident", "status", folder).err
    set_ = mailmerge("incident", "set", folder, "organisation=Atelier = Garonne", "about=application", "--json")
    assert set_.code == 0
    assert set_.json["facts"] == {"organisation": "Atelier = Garonne", "about": "application"}
    after = mailmerge("incident", "status", folder)
    assert after.code == 0
    assert "(organisation)" not in after.out
    assert "still empty: The data protection officer (dpo)" in after.out
    assert mailmerge("incident", "set", folder, "organisation").code == 2


@pytest.mark.in_english
@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"aware": "2026-09-01 10:15"}, "has no time zone"),
        ({"copy": b"%PDF-1.7"}, "is not a mail"),
        ({"copy": b"\x78\x9f\x3e\x22"}, "winmail.dat"),
        ({"copy": eml(people()[:1])}, "no exposure"),
        ({"table": "Nom;Courriel\nRoux;roux@w.example\n"}, "none of the 340 people"),
        ({"table": ""}, "is empty"),
        ({"bounces": ""}, "is empty"),
    ],
)
@pytest.mark.parametrize("as_json", [False, True])
def test_what_cannot_be_opened_is_one_line_and_exit_2(
    mailmerge: Run, leak: Path, tmp_path: Path, change: dict[str, Any], said: str, *, as_json: bool
) -> None:
    if "copy" in change:
        leak.write_bytes(change["copy"])
    options: list[object] = []
    for name in ("table", "bounces"):
        if name in change:
            (tmp_path / f"{name}.csv").write_text(change[name], encoding="utf-8")
            options += [f"--{name}", tmp_path / f"{name}.csv"]
    folder = tmp_path / "incident"
    flags = ["--json"] if as_json else []
    done = mailmerge("incident", "open", leak, *options, "--aware", change.get("aware", AWARE), "--out", folder, *flags)
    assert done.code == 2
    assert said in done.err
    assert len(done.err.strip().splitlines()) == 1
    assert "Traceback" not in done.err
    if as_json:
        assert said in done.json["error"]
    assert not folder.exists()


@pytest.mark.in_english
@pytest.mark.parametrize(
    ("form", "names", "table", "count"),
    [
        (eml, True, TABLE, 340),
        (msg, False, None, whole_or(40, 340)),
        (lambda who: mbox(eml(who)), True, None, whole_or(40, 340)),
    ],
    ids=["eml", "msg without names", "mbox"],
)
def test_all_apologies_leave_through_the_ordinary_gate_one_by_one(
    mailmerge: Run,
    smtp_server: SmtpServer,
    tmp_path: Path,
    form: Callable[..., bytes],
    table: Path | None,
    count: int,
    *,
    names: bool,
) -> None:
    Accounts(find_home().config).add(
        account_from_preset(
            "rh", "rh@atelier-garonne.example", host="127.0.0.1", port=smtp_server.port, tls="none", auth="none"
        )
    )
    leaked = people(names=names)[:count]
    content = form(leaked)
    path = tmp_path / ("leak.mbox" if content.startswith(b"From ") else "leak.bin")
    path.write_bytes(content)
    folder = tmp_path / "incident"
    options = ["--table", table] if table else []
    assert mailmerge("incident", "open", path, *options, "--aware", AWARE, "--out", folder).code == 0
    assert smtp_server.accepted == []
    campaign = folder / "apology" / "campaign.toml"
    checked = mailmerge("check", campaign, "--json").json
    assert (checked["messages"], checked["findings"]) == (count, [])
    sent = mailmerge("send", campaign, "--account", "rh", "--yes", str(count), "--json")
    assert (sent.code, sent.events[-1]["accepted"]) == (0, count)
    everybody = {address.casefold() for _, address in leaked}
    reached = set()
    for message in smtp_server.accepted:
        (own,) = message.forward_paths
        reached.add(own.casefold())
        text = message_from_bytes(message.content, policy=default).as_string().casefold()
        assert not [address for address in everybody - {own.casefold()} if f"<{address}>" in text]
    assert reached == everybody


@pytest.mark.in_english
def test_purge_lists_and_deletes_the_working_files(mailmerge: Run, leak: Path, tmp_path: Path) -> None:
    folder = tmp_path / "incident"
    mailmerge("incident", "open", leak, "--aware", AWARE, "--out", folder)
    kept = mailmerge("purge")
    assert f"kept the working file {folder / 'people.csv'}" in kept.err
    old = datetime.datetime.now(datetime.UTC).timestamp() - 40 * 86_400
    for path in (folder / "people.csv", folder / "apology" / "personnes.csv"):
        os.utime(path, (old, old))
    registry = find_home().data / "working-files.json"
    registry.write_text(registry.read_text(encoding="utf-8").replace("202", "201"), encoding="utf-8")
    done = mailmerge("purge")
    assert f"deleted the working file {folder / 'people.csv'}" in done.err
    assert f"deleted the working file {folder / 'apology' / 'personnes.csv'}" in done.err
    assert not (folder / "people.csv").exists()
    assert (folder / "report.html").exists()
    assert "working file" not in mailmerge("purge").err
    assert mailmerge("incident", "status", folder).code == 0


@pytest.mark.in_english
def test_what_could_not_be_seen_is_a_note(mailmerge: Run, tmp_path: Path) -> None:
    path = tmp_path / "leak.eml"
    path.write_bytes(b"Received: by x; Tue, 1 Sep 2026 09:58:00 +0200\r\n" + eml(people()[:5], sent=None))
    done = mailmerge("incident", "open", path, "--aware", AWARE, "--out", tmp_path / "incident", "--json")
    assert done.json["remarks"] == ["no-date", "received-copy"]
    assert "note: the mail has no date" in done.err
    assert "note: this is a received copy" in done.err


def test_the_outputs_follow_the_language_of_the_program(mailmerge: Run, leak: Path, tmp_path: Path) -> None:
    mailmerge("--lang", "en", "incident", "open", leak, "--aware", AWARE, "--out", tmp_path / "incident")
    assert i18n.language() == "en"
    page = (tmp_path / "incident" / "report.html").read_bytes()
    assert page == (tmp_path / "incident" / "report.en.html").read_bytes()


@pytest.mark.privileged
@pytest.mark.parametrize("below", ["", "dossier/de novembre"], ids=["in the disk", "in new folders"])
@pytest.mark.parametrize("there", [False, True], ids=["a new folder", "an empty one"])
def test_a_full_disk_leaves_nothing_of_an_incident(
    mailmerge: Run, leak: Path, tmp_path: Path, below: str, there: bool
) -> None:
    disk = tmp_path / "disk"
    disk.mkdir()
    if subprocess.run(["mount", "-t", "tmpfs", "-o", "size=256k", "tmpfs", disk], check=False).returncode:
        pytest.skip("only root can mount a file system")
    try:
        for room in (0, 4, 8, 16, 64, 128):
            (disk / "other").write_bytes(b"x" * ((256 - room) << 10))
            folder = disk / below / "incident"
            if there:
                folder.mkdir(parents=True, exist_ok=True)
            before = set(disk.rglob("*"))
            done = mailmerge("incident", "open", leak, "--table", TABLE, "--aware", AWARE, "--out", folder)
            assert (done.code, done.err.count("\n")) == (2, 1)
            assert set(disk.rglob("*")) == before
    finally:
        subprocess.run(["umount", "-l", disk], check=True)
