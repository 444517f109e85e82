"""One .eml a person, exactly the bytes, under a name that every file system takes; whole, or not at all."""

from __future__ import annotations

import hashlib
import json
from email import message_from_bytes, policy
from pathlib import Path

import pytest
from outbox_cases import CREATED, RUN, message, sealed_run

from mailmerge.errors import OutboxError
from mailmerge.outbox import BlockedMessage, export_eml


def names(folder: Path) -> list[str]:
    return sorted(str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file())


def test_each_file_is_exactly_what_would_be_sent(tmp_path: Path):
    run = sealed_run(tmp_path / "runs", [message(n, name="Zoé Noël") for n in (1, 2, 12)])
    run.export(tmp_path / "out")
    assert names(tmp_path / "out") == ["001-zoe-noel.eml", "002-zoe-noel.eml", "012-zoe-noel.eml", "manifest.json"]
    assert (tmp_path / "out/012-zoe-noel.eml").read_bytes() == run.content(12).content


def test_the_manifest_says_what_each_file_is(tmp_path: Path):
    sealed = message(7, name="Léa Durand", address="lea@boite.example")
    stopped = message(8, name="Max", address="max@boite.example")
    export_eml(
        [sealed],
        tmp_path / "out",
        blocked=[
            BlockedMessage(8, "Max", "max@boite.example", ("XRC401", "MSG304"), stopped),
            BlockedMessage(9, "Sans Lettre", "a@x; b@y", ["TPL201"], None),
        ],
        campaign="septembre",
        created=CREATED,
    )
    manifest = json.loads((tmp_path / "out/manifest.json").read_text("utf-8"))
    entries = manifest.pop("messages"), manifest.pop("blocked")
    assert manifest == {
        "program": "mailmerge",
        "campaign": "septembre",
        "run": None,
        "created": "2026-09-02T10:00:00Z",
        "count": 1,
    }
    assert entries[0] == [
        {
            "record": 7,
            "name": "Léa Durand",
            "address": "lea@boite.example",
            "file": "007-lea-durand.eml",
            "sha256": sealed.sha256,
            "message_id": sealed.message_id,
            "subject": "Réponse 7",
        }
    ]
    assert [(e["record"], e["file"], e["rules"]) for e in entries[1]] == [
        (8, "blocked/008-max.eml", ["XRC401", "MSG304"]),
        (9, "", ["TPL201"]),
    ]
    assert names(tmp_path / "out") == ["007-lea-durand.eml", "blocked/008-max.eml", "manifest.json"]
    exported = (tmp_path / "out/blocked/008-max.eml").read_bytes()
    assert hashlib.sha256(exported).hexdigest() == entries[1][0]["sha256"]
    assert message_from_bytes(exported, policy=policy.default)["Subject"] == "Réponse 8"


def test_the_manifest_of_a_run_names_the_run(tmp_path: Path):
    manifest = sealed_run(tmp_path / "runs").export(tmp_path / "out")
    assert (manifest.run, manifest.campaign, manifest.created, manifest.count) == (RUN, "septembre", CREATED, 3)


@pytest.mark.parametrize(
    ("name", "file"),
    [
        ("Maëlys ROUX-D'Œuvre", "001-maelys-roux-d-oeuvre.eml"),
        ("", "001-personne1-boite-example.eml"),
        ("山田太郎", "001-personne1-boite-example.eml"),
        ("../../etc/passwd", "001-etc-passwd.eml"),
        ("CON", "001-con.eml"),
        ("a:b*c?\x00\r\n", "001-a-b-c.eml"),
        ("x" * 400, f"001-{'x' * 60}.eml"),
    ],
)
def test_a_name_becomes_a_file_name_that_is_safe_everywhere(tmp_path: Path, name: str, file: str):
    sealed = message(1, name=name) if name else message(1)
    sealed = type(sealed)(1, name, sealed.envelope, sealed.message_id, sealed.content, sealed.sha256)
    assert export_eml([sealed], tmp_path / "out").messages[0].file == file
    assert (tmp_path / "out" / file).exists()


def test_the_number_has_as_many_digits_as_the_largest(tmp_path: Path):
    export_eml((message(n, name="a") for n in (1, 1500)), tmp_path / "out")
    assert names(tmp_path / "out") == ["0001-a.eml", "1500-a.eml", "manifest.json"]


def test_an_earlier_export_is_replaced_and_other_files_stay(tmp_path: Path):
    out = tmp_path / "out"
    stopped = BlockedMessage(3, "c", "c@boite.example", ["X"], message(3, name="c"))
    export_eml([message(1, name="a"), message(2, name="b")], out, blocked=[stopped])
    (out / "notes.txt").write_text("mine")
    (out / "009-mine.eml").write_text("mine")
    export_eml([message(2, name="b", padding=200)], out)
    assert names(out) == ["002-b.eml", "009-mine.eml", "manifest.json", "notes.txt"]
    assert (out / "002-b.eml").read_bytes() == message(2, padding=200).content
    assert not (out / "blocked").exists()


def test_a_folder_that_holds_something_else_is_refused_and_untouched(tmp_path: Path):
    (tmp_path / "letter.md").write_text("mine")
    with pytest.raises(OutboxError, match=r"not empty.*choose another folder"):
        export_eml([message(1)], tmp_path)
    assert names(tmp_path) == ["letter.md"]


@pytest.mark.parametrize("manifest", ["{}", "[]", "not json", '{"program": "npm"}', '{"program": 5}', ""])
def test_the_manifest_of_another_program_does_not_make_the_folder_ours(tmp_path: Path, manifest: str):
    (tmp_path / "manifest.json").write_text(manifest)
    with pytest.raises(OutboxError, match="choose another folder"):
        export_eml([message(1)], tmp_path)
    assert (tmp_path / "manifest.json").read_text() == manifest


def test_a_manifest_that_was_tampered_with_deletes_nothing_elsewhere(tmp_path: Path):
    out, precious = tmp_path / "out", tmp_path / "precious.eml"
    precious.write_text("mine")
    export_eml([message(1, name="a")], out)
    text = (out / "manifest.json").read_text().replace("001-a.eml", "../precious.eml")
    (out / "manifest.json").write_text(text)
    (out / "001-a.eml").unlink()
    export_eml([message(1, name="a")], out)
    assert precious.exists()


def test_a_file_of_somebody_in_the_way_is_not_overwritten(tmp_path: Path):
    out = tmp_path / "out"
    export_eml([message(1, name="a")], out)
    (out / "002-b.eml").write_text("mine")
    with pytest.raises(OutboxError, match=r"002-b\.eml already exists"):
        export_eml([message(1, name="a"), message(2, name="b")], out)
    assert names(out) == ["001-a.eml", "002-b.eml", "manifest.json"]
    assert (out / "002-b.eml").read_text() == "mine"


@pytest.mark.parametrize("path", ["file", "file/out"])
def test_a_file_where_the_folder_should_be_is_one_clear_line(tmp_path: Path, path: str):
    (tmp_path / "file").write_text("mine")
    with pytest.raises(OutboxError, match="a folder is needed there"):
        export_eml([message(1)], tmp_path / path)


def test_an_export_that_fails_half_way_leaves_the_earlier_one_whole(tmp_path: Path):
    def half():
        yield message(1, name="a", padding=500)
        raise OutboxError("the bytes were purged")

    export_eml([message(1, name="a")], tmp_path / "out")
    with pytest.raises(OutboxError, match="purged"):
        export_eml(half(), tmp_path / "out")
    assert names(tmp_path / "out") == ["001-a.eml", "manifest.json"]
    assert (tmp_path / "out/001-a.eml").read_bytes() == message(1).content
    with pytest.raises(OutboxError, match="purged"):
        export_eml(half(), tmp_path / "new")
    assert not (tmp_path / "new").exists()


def test_what_a_killed_export_left_does_not_stop_the_next(tmp_path: Path):
    (tmp_path / "out/.export-abc").mkdir(parents=True)
    (tmp_path / "out/.export-abc/1.eml").write_text("half")
    export_eml([message(1, name="a")], tmp_path / "out")
    assert names(tmp_path / "out") == ["001-a.eml", "manifest.json"]


def test_two_messages_of_one_record_are_refused(tmp_path: Path):
    with pytest.raises(OutboxError, match="record 1 has two messages"):
        export_eml([message(1), message(1)], tmp_path / "out")


def test_an_export_of_nobody_is_an_empty_manifest(tmp_path: Path):
    assert export_eml([], tmp_path / "out").count == 0
    assert names(tmp_path / "out") == ["manifest.json"]
