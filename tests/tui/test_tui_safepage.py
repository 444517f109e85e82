"""The page for the browser: what a hostile letter or a hostile cell cannot do there."""

from __future__ import annotations

import os
import re
import stat
import subprocess
import sys
import time
from html.parser import HTMLParser
from pathlib import Path

import pytest
from msgspec.structs import replace

from mailmerge.letter import parse_letter
from mailmerge.model import Message, Recipient, Record
from mailmerge.model.patterns import Pattern
from mailmerge.tui.desktop import private_files
from mailmerge.tui.desktop import safe_page as safepage
from mailmerge.tui.desktop.private_files import forget_files
from mailmerge.tui.desktop.safe_page import POLICY, open_page, write_safe_page

PIXEL = bytes.fromhex("89504e470d0a1a0a0000000d4948445200000001000000010806000000")
HOSTILE = """\
<html><head><base href="https://evil.example/"><meta http-equiv="refresh" content="0;url=https://evil.example/">
<link rel="stylesheet" href="https://evil.example/a.css"><style>@import "https://evil.example/b.css";</style></head>
<body background="https://evil.example/c.png" onload="alert(1)">
<p onclick="alert(1)" style="color: red; background: url(https://evil.example/d.png); position: fixed">Bonjour</p>
<p style="width: expression(alert(1)); background-image: u\\72l(//evil.example); color: rgb(1, 2, 3)">Salut</p>
<script>alert("script")</script><scr<script>ipt>alert(2)</script>
<form action="https://evil.example/"><input name="password"><button>OK</button></form>
<img src="https://evil.example/e.png" srcset="https://evil.example/f.png 2x" onerror="alert(1)" alt="distant">
<img src="//evil.example/g.png"><img src="g.png"><img src="data:image/svg+xml;base64,PHN2Zz4=">
<img src="data:text/html;base64,PGI+"><img src=" cid:unknown">
<picture><source srcset="https://evil.example/h.png"></picture><video src="https://evil.example/i.mp4"></video>
<iframe src="https://evil.example/"></iframe><object data="https://evil.example/"></object><embed src="x">
<svg><style><img src=x onerror=alert(1)></style><image href="https://evil.example/j.png"/></svg>
<a href="javascript:alert(1)">a</a><a href="data:text/html,<b>">b</a><a href=" JaVaScRiPt:alert(1)">c</a>
<a href="https://atelier.example/suite" ping="https://evil.example/" target="_blank">suite</a>
<table background="https://evil.example/k.png"><tr><td bgcolor="#eee">cellule</td></tr></table>
<math><mtext><table><mglyph><style><!--</style><img title="--&gt;&lt;img src=1 onerror=alert(1)&gt;"></math>
</body></html>
"""


def message(folder: Path, html: str, **values: str) -> Message:
    letter = parse_letter(f"Subject: Votre <b>candidature\n{html}", folder / "lettre.html")
    person = Recipient(Record(1, 2, ()), "Zoé <script>alert(1)</script> Lecœur", "zoe@proton.example")
    return letter.compose(person, values)


def raw(message: Message, html: str) -> Message:
    """The message with this very HTML, which no letter would give."""
    return replace(message, shape=replace(message.shape, html=Pattern((html,))))


class Seen(HTMLParser):
    """Every element and attribute of a page, as a browser would meet them."""

    def __init__(self, page: Path) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.attributes: list[tuple[str, str, str]] = []
        self.text = ""
        self.feed(page.read_text(encoding="utf-8"))
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes += [(tag, name, value or "") for name, value in attrs]

    def handle_data(self, data: str) -> None:
        self.text += data

    def values(self, wanted: str) -> list[str]:
        return [value for _, name, value in self.attributes if name == wanted]


@pytest.fixture
def hostile(tmp_path: Path) -> Seen:
    return Seen(write_safe_page(raw(message(tmp_path, "\nx"), HOSTILE), tmp_path / "pages"))


def test_nothing_that_acts_is_left(hostile: Seen) -> None:
    assert not {
        "script", "form", "input", "button", "iframe", "object", "embed", "svg", "math", "style", "link", "base",
        "video", "source", "picture", "template",
    } & set(hostile.tags)  # fmt: skip
    assert [name for _, name, _ in hostile.attributes if name.startswith("on")] == []
    assert hostile.values("http-equiv") == ["Content-Security-Policy"]
    assert hostile.tags.count("body") == 1


def test_nothing_is_fetched(hostile: Seen) -> None:
    assert hostile.values("src") == []
    assert hostile.values("srcset") == hostile.values("background") == hostile.values("ping") == []
    assert not any("url" in style or "\\" in style or "position" in style for style in hostile.values("style"))
    assert hostile.values("href") == ["https://atelier.example/suite"]
    assert hostile.values("rel")[-1] == "noopener noreferrer"


def test_what_does_no_harm_stays(hostile: Seen) -> None:
    assert all(word in hostile.text for word in ("Bonjour", "Salut", "cellule", "suite"))
    assert {"color: red", "color: rgb(1, 2, 3)"} <= set(hostile.values("style"))
    assert "distant" in hostile.values("alt")


def test_what_was_left_out_is_said(hostile: Seen) -> None:
    assert "Left out here: " in hostile.text
    assert all(word in hostile.text for word in ("form", "iframe", "script", "7 images that are not in the message"))


def test_the_policy_stands_before_everything_else(tmp_path: Path) -> None:
    page = write_safe_page(message(tmp_path, "\n<p>Bonjour</p>"), tmp_path / "pages").read_text(encoding="utf-8")
    assert POLICY.startswith("default-src 'none'; img-src data:; style-src 'unsafe-inline'")
    first = re.search(r"<(?!!doctype|html|head)[^>]*>", page)
    assert first is not None
    assert first[0] == f'<meta http-equiv="Content-Security-Policy" content="{POLICY}">'


def test_a_cell_shows_literally(tmp_path: Path) -> None:
    page = write_safe_page(
        message(tmp_path, "\n<p title='{{ nom }}'>{{ nom }}</p>", nom="</p><script>alert(1)</script><img src=x>"),
        tmp_path / "pages",
    )
    seen = Seen(page)
    assert "script" not in seen.tags
    assert "img" not in seen.tags
    assert "</p><script>alert(1)</script>" in seen.text


def test_subject_and_name_show_literally(tmp_path: Path) -> None:
    seen = Seen(write_safe_page(message(tmp_path, "\n<p>x</p>"), tmp_path / "pages"))
    assert "Votre <b>candidature" in seen.text
    assert "to Zoé <script>alert(1)</script> Lecœur <zoe@proton.example>" in seen.text


def test_an_image_of_the_message_is_in_the_page(tmp_path: Path) -> None:
    (tmp_path / "logo.png").write_bytes(PIXEL)
    page = write_safe_page(message(tmp_path, 'Attachment: logo.png\n\n<img src="logo.png" alt="logo">'), tmp_path / "p")
    (source,) = Seen(page).values("src")
    assert source.startswith("data:image/png;base64,iVBORw0KGgo")
    assert "Left out" not in page.read_text(encoding="utf-8")


def test_an_image_that_is_missing_is_left_out(tmp_path: Path) -> None:
    page = write_safe_page(message(tmp_path, 'Attachment: logo.png\n\n<img src="logo.png" alt="logo">'), tmp_path / "p")
    assert Seen(page).values("src") == []
    assert "1 image that is not in the message" in Seen(page).text


@pytest.mark.skipif(os.name == "nt", reason="Windows has no modes")
def test_the_page_is_for_this_user_alone(tmp_path: Path) -> None:
    page = write_safe_page(message(tmp_path, "\n<p>x</p>"), tmp_path / "state" / "pages")
    assert stat.S_IMODE(page.stat().st_mode) == 0o600
    assert stat.S_IMODE(page.parent.stat().st_mode) == 0o700


def test_a_plain_letter_has_no_page(tmp_path: Path) -> None:
    letter = parse_letter("Subject: x\n\nx", tmp_path / "lettre.txt")
    with pytest.raises(ValueError, match="plain text"):
        write_safe_page(letter.compose(Recipient(Record(1, 2, ()), "", "a@b.example"), {}), tmp_path)


def test_pages_go_when_the_program_ends(tmp_path: Path) -> None:
    program = f"""
from pathlib import Path
from mailmerge.letter import parse_letter
from mailmerge.model import Recipient, Record
from mailmerge.tui.desktop.safe_page import write_safe_page
letter = parse_letter("Subject: x\\n\\n<p>x</p>", Path({str(tmp_path)!r}) / "lettre.html")
message = letter.compose(Recipient(Record(1, 2, ()), "", "a@b.example"), {{}})
print(write_safe_page(message, Path({str(tmp_path)!r}) / "pages").exists())
"""
    ended = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert ended.stdout.strip() == "True"
    assert list((tmp_path / "pages").iterdir()) == []


def test_pages_that_a_crash_left_behind_go_at_the_next_one(tmp_path: Path) -> None:
    (tmp_path / "message-old.html").write_text("x")
    os.utime(tmp_path / "message-old.html", (time.time() - 200_000,) * 2)
    (tmp_path / "message-new.html").write_text("x")
    page = write_safe_page(message(tmp_path, "\n<p>x</p>"), tmp_path)
    assert {path.name for path in tmp_path.iterdir()} == {"message-new.html", page.name}
    forget_files()
    assert not page.exists()


@pytest.mark.skipif(os.name == "nt", reason="a shell script stands for the browser")
def test_the_page_opens_in_the_browser_of_the_desktop(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    script, opened = tmp_path / "browser", tmp_path / "opened"
    script.write_text(f'#!/bin/sh\necho "$1" > "{opened}.part" && mv "{opened}.part" "{opened}"\n')
    script.chmod(0o755)
    monkeypatch.setenv("BROWSER", f"{script} %s")
    monkeypatch.setattr(safepage.webbrowser, "_tryorder", None)
    page = write_safe_page(message(tmp_path, "\n<p>x</p>"), tmp_path / "pages")
    assert open_page(page)
    deadline = time.monotonic() + 10
    while not opened.exists():
        assert time.monotonic() < deadline
        time.sleep(0.02)
    assert opened.read_text().strip() == page.as_uri()


@pytest.mark.parametrize("browser", ["lynx", "/usr/bin/w3m"])
def test_a_browser_in_the_terminal_is_not_used(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, browser: str) -> None:
    monkeypatch.setattr(safepage.webbrowser, "get", lambda: safepage.webbrowser.GenericBrowser(browser))
    monkeypatch.setattr(private_files.subprocess, "Popen", lambda *_, **__: pytest.fail("something was started"))
    assert not open_page(tmp_path / "x.html")
