"""The lists that a run leaves behind: everybody's state, and what is left to do, as a spreadsheet shows them."""

from __future__ import annotations

import csv
import datetime
import os
import subprocess
import sys
import zipfile
from contextlib import closing
from pathlib import Path
from sqlite3 import connect

import pytest

from mailmerge.accounts import account_from_preset
from mailmerge.campaign import open_campaign
from mailmerge.delivery import LEFT, REFUSED, UNDECIDED, write_lists, write_people, write_report, write_status
from mailmerge.errors import OutboxError, UsageError
from mailmerge.model import State
from mailmerge.outbox import Outbox, Run
from mailmerge.records import read_table

LETTER = "Subject: Votre candidature, {{ prenom }}\n\nBonjour {{ prenom }} {{ nom }},\n\nvoici la suite.\n"
ADDED = ["state", "time", "meaning", "reply", "later", "later time", "later reason"]
NAMES = ["Roux", "Petit", "Durand", "Oliveira", "Lecoeur", "Martin", "Bernard", "Robert", "Richard", "Moreau"]


async def sent(folder: Path, header: list[str], rows: list[list[str]], exclude: str = "") -> Run:
    """A run of these rows: accepted, rejected, deferred, unknown, in flight, resolved as not accepted, pending."""
    folder.mkdir(exist_ok=True)
    with (folder / "candidats.csv").open("w", encoding="utf-8-sig", newline="") as file:
        csv.writer(file, delimiter=";").writerows([header, *rows])
    (folder / "letter.md").write_text(LETTER, encoding="utf-8")
    (folder / "campaign.toml").write_text('recipients = "candidats.csv"\ntemplate = "letter.md"\n' + exclude, "utf-8")
    campaign = open_campaign([folder])
    account = account_from_preset("rh", "Claire <rh@atelier.example>", host="localhost", tls="none", auth="none")
    run = campaign.check().seal(account, Outbox(folder / "runs"))
    verdicts = [
        (State.ACCEPTED, "250 2.0.0 Ok"),
        (State.REJECTED, "550 5.1.1 Unknown"),
        (State.DEFERRED, "450 4.2.1 Later"),
        (State.UNKNOWN, "the connection was lost"),
        (None, ""),
        (State.UNKNOWN, "the connection was lost"),
    ]
    with run.sending() as journal:
        for record, (state, reply) in zip(await journal.due(), verdicts, strict=False):
            await journal.claim(record)
            if state:
                await journal.settle(record, state, reply)
    states = {message.record: message.state for message in run.messages()}
    last = max((record for record, state in states.items() if state is State.UNKNOWN), default=0)
    if list(states.values()).count(State.UNKNOWN) == 2:
        run.resolve(last, accepted=False, by="C. Martin")
    return run


def people(count: int) -> list[list[str]]:
    return [[f"Prénom{name}", name, f"{name.lower()}@boite.example"] for name in NAMES[:count]]


HEADER = ["Prénom", "Nom", "Adresse e-mail"]
PLAIN_EXCLUSION = '[[exclusions]]\naddress = "moreau@boite.example"\nreason = "already phoned"\n'


@pytest.fixture
async def run(tmp_path: Path) -> Run:
    rows = people(10)
    for row in rows:
        row[0] = row[0].replace("Prénom", "Zo")
    return await sent(tmp_path / "campaign", HEADER, rows, PLAIN_EXCLUSION)


def table(path: Path) -> list[list[str]]:
    if path.suffix == ".xlsx":
        read = read_table(path)
        return [[field.header for field in read.fields], *(list(record.values) for record in read.records)]
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.reader(file, delimiter=";"))


@pytest.mark.parametrize("name", ["status.csv", "status.xlsx", "STATUS.XLSX"])
def test_everybody_is_in_the_status_list_in_the_tables_own_order(run: Run, tmp_path: Path, name: str) -> None:
    assert write_status(run, tmp_path / name) == 10
    path = tmp_path / name
    header, *rows = table(path if path.suffix != ".XLSX" else path.rename(tmp_path / "renamed.xlsx"))
    assert header == [*HEADER, *ADDED]
    assert [row[1] for row in rows] == NAMES
    assert [row[2] for row in rows] == [f"{name.lower()}@boite.example" for name in NAMES]
    assert [row[3] for row in rows] == [
        *("accepted", "rejected", "deferred", "unknown", "submitting", "pending"),
        *("pending", "pending", "pending", "excluded"),
    ]
    assert [row[6] for row in rows] == [message.reply for message in run.messages()]
    assert rows[1][5] == "The server says: there is no such mailbox."
    assert rows[9][6] == "already phoned"
    assert {cell for row in rows for cell in row[7:]} == {""}


def test_the_time_is_that_of_the_verdict_local_with_its_offset(run: Run, tmp_path: Path) -> None:
    write_status(run, tmp_path / "status.csv")
    times = [row[4] for row in table(tmp_path / "status.csv")[1:]]
    assert times[6:] == ["", "", "", ""], "nothing happened to these"
    for record, text in enumerate(times[:6], 1):
        at = datetime.datetime.fromisoformat(text)
        assert at == run.history(record)[-1].at.replace(microsecond=0)
        assert at.utcoffset() == at.astimezone().utcoffset()
    write_report(run, tmp_path / "report.csv")
    header, *rows = table(tmp_path / "report.csv")
    assert [row[header.index("time")] for row in rows] == times


def test_of_several_things_that_happened_the_last_one_has_the_time(run: Run, tmp_path: Path) -> None:
    with closing(connect(run.path)) as connection, connection:
        connection.execute("UPDATE journal SET at = printf('2026-09-02T10:00:%02d.500+00:00', id)")
    latest = {record: run.history(record)[-1].at for record in range(1, 7)}
    assert run.times() == latest
    assert run.history(6)[0].at < run.history(6)[-1].at
    write_status(run, tmp_path / "status.csv")
    times = [datetime.datetime.fromisoformat(row[4]) for row in table(tmp_path / "status.csv")[1:7]]
    assert times == [at.replace(microsecond=0) for at in latest.values()]


def test_the_time_follows_the_zone_of_the_computer(run: Run, tmp_path: Path) -> None:
    code = (
        "import sys; from pathlib import Path; from mailmerge.outbox import Outbox; from mailmerge.delivery import *;"
    )
    code += "write_status(Outbox(Path(sys.argv[1])).open(sys.argv[2]), Path(sys.argv[3]))"
    written = {}
    for zone in ("UTC", "Europe/Paris", "America/St_Johns"):
        path = tmp_path / f"{zone.replace('/', '-')}.csv"
        command = [sys.executable, "-c", code, str(run.path.parent), run.id, str(path)]
        subprocess.run(command, check=True, env={**os.environ, "TZ": zone})
        written[zone] = table(path)[1][4]
    assert written["UTC"].endswith("+00:00")
    assert written["Europe/Paris"][-6:] in ("+01:00", "+02:00")
    assert written["America/St_Johns"][-6:] in ("-03:30", "-02:30")
    assert len({datetime.datetime.fromisoformat(text) for text in written.values()}) == 1


def test_nobody_is_in_two_lists_and_nobody_left_is_in_none(run: Run, tmp_path: Path) -> None:
    found = {}
    for name, states in {"failed": REFUSED, "left": LEFT, "unknown": UNDECIDED}.items():
        write_people(run, tmp_path / f"{name}.csv", states)
        header, *rows = table(tmp_path / f"{name}.csv")
        assert header == HEADER
        found[name] = [row[1] for row in rows]
    assert found == {
        "failed": ["Petit"],
        "left": ["Durand", "Martin", "Bernard", "Robert", "Richard"],
        "unknown": ["Oliveira", "Lecoeur"],
    }
    assert {*REFUSED, *LEFT, *UNDECIDED, State.ACCEPTED, State.EXCLUDED} == set(State)
    assert not REFUSED & LEFT
    assert not (REFUSED | LEFT) & UNDECIDED


def test_the_workbook_holds_texts_only_and_its_header_is_frozen(run: Run, tmp_path: Path) -> None:
    write_status(run, tmp_path / "status.xlsx")
    with zipfile.ZipFile(tmp_path / "status.xlsx") as archive:
        (sheet,) = [name for name in archive.namelist() if name.startswith("xl/worksheets/sheet")]
        xml = archive.read(sheet).decode()
    assert "<f>" not in xml
    assert 't="n"' not in xml
    assert xml.count("<v>") == xml.count('t="s"')
    assert 'ySplit="1"' in xml
    assert 'state="frozen"' in xml
    assert "<hyperlink" not in xml


async def test_columns_of_the_table_keep_their_names_where_the_list_adds_its_own(tmp_path: Path) -> None:
    header = [*HEADER, "State", "Reply", "state (mailmerge)"]
    run = await sent(tmp_path / "c", header, [[*row, "old", "older", "oldest"] for row in people(2)])
    write_status(run, tmp_path / "status.xlsx")
    found, *rows = table(tmp_path / "status.xlsx")
    assert found[:6] == header
    assert found[6:] == [
        *("state (mailmerge) (mailmerge)", "time", "meaning", "reply (mailmerge)"),
        *("later", "later time", "later reason"),
    ]
    assert [row[3:7] for row in rows] == [
        ["old", "older", "oldest", "accepted"],
        ["old", "older", "oldest", "rejected"],
    ]
    assert read_table(tmp_path / "status.xlsx").defects == ()


def test_people_whose_row_was_not_kept_are_listed_by_their_address(run: Run, tmp_path: Path) -> None:
    with closing(connect(run.path)) as connection, connection:
        connection.execute("DELETE FROM row WHERE record = 10")  # as earlier versions sealed people left out
    write_status(run, tmp_path / "status.csv")
    assert table(tmp_path / "status.csv")[10][:4] == ["", "", "moreau@boite.example", "excluded"]


def test_a_test_to_oneself_has_a_status_list_too(tmp_path: Path) -> None:
    (tmp_path / "candidats.csv").write_text("Prénom;Nom;E-mail\nZoé;Roux;zoe.roux@boite.example\n", "utf-8")
    (tmp_path / "letter.md").write_text(LETTER, "utf-8")
    campaign = open_campaign([tmp_path / "candidats.csv", tmp_path / "letter.md"])
    account = account_from_preset("rh", "Claire <rh@atelier.example>", host="localhost", tls="none", auth="none")
    run = campaign.seal_test(campaign.recipients[0], account, Outbox(tmp_path / "runs"))
    write_status(run, tmp_path / "status.csv")
    assert [row[:3] for row in table(tmp_path / "status.csv")] == [
        ["name", "address", "state"],
        ["Claire", "rh@atelier.example", "pending"],
    ]


def test_the_table_that_was_sealed_is_never_written_over(run: Run, tmp_path: Path) -> None:
    source = tmp_path / "campaign" / "candidats.csv"
    before = source.read_bytes()
    for write in (write_status, write_report, lambda run, path: write_people(run, path, LEFT)):
        with pytest.raises(UsageError, match="name of the table that was sealed"):
            write(run, source)
    assert source.read_bytes() == before
    write_status(run, tmp_path / "candidats.csv")


def test_a_purged_run_has_no_lists_and_says_so_in_one_line(run: Run, tmp_path: Path) -> None:
    with run.sending():
        pass
    assert Outbox(run.path.parent).purge(datetime.timedelta(0), unfinished=True).runs == (run.id,)
    for write in (write_status, write_lists, lambda run, path: write_people(run, path, LEFT)):
        with pytest.raises(OutboxError, match=r"the personal data of run .* was deleted on 20..-..-..") as told:
            write(run, tmp_path / "list.csv")
        assert "\n" not in str(told.value)
    assert not (tmp_path / "list.csv").exists()
    assert write_report(run, tmp_path / "report.csv") == 10


def test_all_lists_go_into_one_folder_and_those_that_are_empty_are_not_there(run: Run, tmp_path: Path) -> None:
    folder = tmp_path / "new" / "lists"
    written = {each.path.name: each.people for each in write_lists(run, folder)}
    assert written == {
        f"{run.id}-status.xlsx": 10,
        f"{run.id}-correct-and-write-again.csv": 1,
        f"{run.id}-will-be-tried-by-resume.csv": 5,
        f"{run.id}-decide-first.csv": 2,
    }
    assert {path.name for path in folder.iterdir()} == set(written)
    run.recover()
    run.resolve(4, accepted=True, by="C. Martin")
    run.resolve(5, accepted=True, by="C. Martin")
    assert f"{run.id}-decide-first.csv" not in {each.path.name for each in write_lists(run, folder)}
    assert not (folder / f"{run.id}-decide-first.csv").exists(), "it would say what is no longer so"


def test_a_list_that_cannot_be_written_is_one_line_and_leaves_the_earlier_one(run: Run, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("mine")
    with pytest.raises(OutboxError, match=r"cannot write the lists to .*; choose another folder"):
        write_lists(run, tmp_path / "file")
    with pytest.raises(OutboxError, match=r"cannot write .*: no such file"):
        write_status(run, tmp_path / "missing" / "status.xlsx")
    assert (tmp_path / "file").read_text() == "mine"
