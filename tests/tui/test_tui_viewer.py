"""Opening what is attached: which files a viewer is given, under which name, and what is said."""

from __future__ import annotations

import io
import os
import stat
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from textual.pilot import Pilot
from tui_cases import OpenApp, screen_text, until

from mailmerge.model import Attachment, FileProblem, ProblemKind
from mailmerge.tui.desktop.file_viewer import copy_of, open_in_viewer, why_not_opened
from mailmerge.tui.dialogs.choose import Choose
from mailmerge.tui.screens.campaign.message_pane import MessagePane


def attached(filename: str, content: bytes = b"Horaires\n") -> Attachment:
    return Attachment(Path("/pieces") / filename, filename, "application/octet-stream", content)


def document(*members: str) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        for member in ("[Content_Types].xml", *members):
            archive.writestr(member, "<x/>")
    return file.getvalue()


@pytest.mark.parametrize("name", ["notice.txt", "Plan d'accès.TXT"])
def test_a_file_that_is_only_looked_at_is_opened(name: str) -> None:
    assert why_not_opened(attached(name)) == ""


@pytest.mark.parametrize(
    "name",
    ["a.exe", "a.sh", "a.desktop", "a.docm", "a.xlsm", "a.doc", "a.html", "a.svg", "a.zip", "a.pdf.lnk", "notice"],
)
def test_a_file_that_can_run_something_is_not_opened(name: str) -> None:
    assert why_not_opened(attached(name))


def test_macros_are_found_whatever_the_name_says() -> None:
    assert why_not_opened(attached("a.docx", document("word/document.xml"))) == ""
    assert why_not_opened(attached("a.docx", document("word/document.xml", "word/vbaProject.bin"))) == (
        "the attachment a.docx cannot be checked: it contains macros"
    )


def test_a_file_that_cannot_travel_is_not_opened_either() -> None:
    missing = Attachment(Path("a.pdf"), "a.pdf", "application/pdf", b"", problem=FileProblem(ProblemKind.MISSING))
    assert why_not_opened(missing) == "the file is missing"


@pytest.mark.parametrize(
    ("name", "ending"),
    [
        ("Plan d'accès.pdf", "-Plan_d_accès.pdf"),
        ("../../../etc/passwd.txt", "-passwd.txt"),
        ("-o $(reboot) `x`\n\x1b[2J.txt", "--o_reboot_x_2J.txt"),
        ("x" * 300 + ".txt", "-" + "x" * 60 + ".txt"),
    ],
)
def test_the_copy_has_a_harmless_name_and_is_for_this_user_alone(tmp_path: Path, name: str, ending: str) -> None:
    copy = copy_of(attached(name), tmp_path / "pages")
    assert copy.parent == tmp_path / "pages"
    assert copy.name.endswith(ending)
    assert copy.read_bytes() == b"Horaires\n"
    if os.name != "nt":
        assert stat.S_IMODE(copy.stat().st_mode) == 0o600
        assert stat.S_IMODE(copy.parent.stat().st_mode) == 0o700


@pytest.mark.skipif(os.name == "nt", reason="Windows always has a desktop")
def test_without_a_desktop_no_viewer_is_started(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("mailmerge.tui.desktop.file_viewer.sys.platform", "linux")
    for name in ("DISPLAY", "WAYLAND_DISPLAY"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr(
        "mailmerge.tui.desktop.file_viewer.start_quietly", lambda _: pytest.fail("something was started")
    )
    assert not open_in_viewer(tmp_path / "notice.txt")


@pytest.fixture
def viewed(monkeypatch: pytest.MonkeyPatch) -> list[Path]:
    """What a viewer was given."""
    opened: list[Path] = []

    def show(path: Path) -> bool:
        opened.append(path)
        return True

    monkeypatch.setattr("mailmerge.tui.desktop.file_viewer.open_in_viewer", show)
    return opened


@pytest.fixture
def attach(files: list[Path]) -> Callable[..., None]:
    """Let these files, of this content, travel with the letter."""

    def add(**contents: bytes) -> None:
        names = [name.replace("_", ".") for name in contents]
        for name, content in zip(names, contents.values(), strict=True):
            (files[1].parent / name).write_bytes(content)
        header = "".join(f"Attachment: {name}\n" for name in names)
        files[1].write_text(header + files[1].read_text(encoding="utf-8"), encoding="utf-8")

    return add


async def to_attachments(pilot: Pilot[int]) -> None:
    await pilot.press("l", "l", "l")
    pane = pilot.app.screen.query_one(MessagePane)
    await until(pilot, lambda: "in its viewer" in pane.paper.text)


async def test_o_opens_the_one_file_from_its_face(
    files: list[Path], open_app: OpenApp, attach: Callable[..., None], viewed: list[Path], home: Path
):
    attach(horaires_txt=b"Lundi 9 h\n")
    async with open_app(*files) as pilot:
        await to_attachments(pilot)
        await pilot.press("o")
        await until(pilot, lambda: "A copy is open in its viewer" in screen_text(pilot))
        assert viewed[0].read_bytes() == b"Lundi 9 h\n"
        assert viewed[0].is_relative_to(home / "state")


async def test_one_of_several_files_is_chosen_or_clicked(
    files: list[Path], open_app: OpenApp, attach: Callable[..., None], viewed: list[Path]
):
    attach(horaires_txt=b"Lundi 9 h\n", outil_sh=b"#!/bin/sh\nreboot\n")
    async with open_app(*files) as pilot:
        await to_attachments(pilot)
        await pilot.press("o")
        await until(pilot, lambda: isinstance(pilot.app.screen, Choose))
        await pilot.press("enter")
        await until(pilot, lambda: len(viewed) == 1)
        await until(pilot, lambda: not isinstance(pilot.app.screen, Choose))
        paper = pilot.app.screen.query_one("#paper")
        line = next(y for y, text in enumerate(screen_text(pilot).split("\n")) if "2  outil.sh" in text)
        x = screen_text(pilot).split("\n")[line].index("outil.sh") - paper.region.x
        await pilot.click(paper, offset=(x, line - paper.region.y))
        await until(pilot, lambda: "outil.sh is not opened from here: .sh files can run" in screen_text(pilot))
        assert len(viewed) == 1
