"""The page for a computer without the program, in a real browser: it opens with its words, and fetches nothing."""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import chromium
import pytest
from approval_cases import Desk, desk, write_campaign
from chromium import Page

from mailmerge.approval.record import Packed, write_for
from mailmerge.approval.reviewing.contents import Contents, contents_of
from mailmerge.approval.reviewing.selection import plain_answer, questions
from mailmerge.approval.signatures.code import expected_code, shown_code
from mailmerge.approval.words import plain_words
from mailmerge.campaign import open_campaign
from mailmerge.outbox import read_entries

pytestmark = pytest.mark.skipif(bool(chromium.missing()), reason=chromium.missing())


@dataclass(frozen=True)
class Written:
    """A page, and what should be in it."""

    at: Desk
    packed: Packed
    contents: Contents

    @property
    def code(self) -> str:
        return shown_code(expected_code(read_entries(self.at.run)[-1], self.at.run))


LETTER = """\
Subject: Votre candidature <b>{{ poste }}</b>
Content-Language: fr
Content-Type: text/html

<p>Bonjour {{ prenom }} {{ nom }}</p><img src="data:image/gif;base64,R0lGODlhAQABAAAAACw="><p></script><i>non</i></p>
"""


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> Written:
    folder = tmp_path_factory.mktemp("page")
    at = desk(folder, 30)
    packed = write_for(at.run, "paul", folder / "G", at.here)
    return Written(at, packed, contents_of(at.run, "paul", at.here))


@pytest.fixture
def page(tmp_path: Path) -> Iterator[Page]:
    with chromium.chromium(tmp_path / "profile") as opened:
        yield opened


def unlock(page: Page, words: str) -> str:
    """Type the words, and see what comes of it."""
    page.run(f"document.getElementById('words').value = {json.dumps(words)}")
    page.run("document.getElementById('lock').requestSubmit()")
    page.until("['open', 'shut'].includes(document.getElementById('problem').dataset.state)")
    return str(page.run("document.getElementById('problem').dataset.state"))


@pytest.mark.parametrize("folded", [plain_words, plain_answer], ids=["words", "answers"])
def test_the_page_reads_what_is_typed_as_the_program_does(written: Written, page: Page, folded):
    page.open(written.packed.page.as_uri())
    typed = ["Œuvre  ÉOLIEN", "Łaski", "Müller", "straße", "Ðóra Þór", "ø-Ø", "ıI", "O’Brien", "no. 34", "３４"]
    typed += ["Zoe\u0301", "a\u00a0b", "", "李雷", "ﬁn", "É", "ÅÄÖ"]
    name = {plain_words: "plainWords", plain_answer: "plainAnswer"}[folded]
    assert page.run(f"{json.dumps(typed)}.map({name})") == [folded(each) for each in typed]


def look_at_all(page: Page) -> None:
    """Give every letter its two seconds, without waiting for them."""
    page.run("spent = C.items.map(() => 2000); state()")


def answer(page: Page, *answers: str) -> str:
    for name, text in zip(("count", "first", "second"), answers, strict=True):
        page.run(f"document.getElementById('{name}').value = {json.dumps(text)}")
    page.run("delete document.getElementById('result').dataset.state")
    page.run("document.getElementById('answers').requestSubmit()")
    page.until("document.getElementById('result').dataset.state")
    return str(page.run("document.getElementById('result').innerText"))


def test_the_right_words_and_answers_give_the_code_that_the_author_expects(written: Written, page: Page):
    page.open(written.packed.page.as_uri())
    assert page.run("isSecureContext")
    assert unlock(page, written.packed.words) == "open"
    count, one, other = str(len(written.contents.letters)), *questions(written.contents)
    assert page.run("document.getElementById('answers').hidden")
    page.run("show(C.items.findIndex(item => item.why !== 'finding-itself'))")
    assert "Votre candidature" in page.run("document.getElementById('shown').innerText")
    look_at_all(page)
    page.until("!document.getElementById('answers').hidden")
    assert "That is not" in answer(page, "29", one.answers[0], other.answers[0]) or count != "29"
    assert written.code not in answer(page, count, "zzz", other.answers[0])
    assert written.code in answer(page, f" {count} ", one.answers[0].upper(), other.answers[0])
    assert page.requests == [written.packed.page.as_uri()]


def test_the_answers_only_come_after_every_letter_was_open(written: Written, page: Page):
    page.open(written.packed.page.as_uri())
    unlock(page, written.packed.words)
    for milliseconds, hidden in ((1999, True), (2000, False)):
        page.run(f"since = 0; spent = C.items.map(() => {milliseconds}); state()")
        assert page.run("document.getElementById('answers').hidden") is hidden
    page.run("since = 0; spent[3] = 1999; state()")
    assert page.run("document.getElementById('answers').hidden")
    page.run("show(3)")
    page.until("!document.getElementById('answers').hidden")


TYPED = {
    "capitals": str.upper,
    "decomposed": lambda words: unicodedata.normalize("NFD", words),
    "spaces": lambda words: f"  {words.replace(' ', '   ')}\u00a0",
    "an accent too many": lambda words: words.replace("e", "é"),
    "hyphens": lambda words: words.replace(" ", "-"),
}
WRONG = {
    "nothing": lambda _: "",
    "one word less": lambda words: words.rpartition(" ")[0],
    "another order": lambda words: " ".join(reversed(words.split())),
    "another word": lambda words: words.rpartition(" ")[0] + " zebra",
}


def test_words_are_taken_however_they_are_typed_and_no_others_are(written: Written, page: Page):
    page.open(written.packed.page.as_uri())
    for name, typed in WRONG.items():
        assert unlock(page, typed(written.packed.words)) == "shut", name
        assert page.run("document.getElementById('review').hidden"), name
    for name, typed in TYPED.items():
        assert unlock(page, typed(written.packed.words)) == "open", name


CHANGES = {
    "content": (r'"content": "(.)', lambda m: m[0][:-1] + ("A" if m[1] != "A" else "B")),
    "salt": (r'"salt": "(.)', lambda m: m[0][:-1] + ("A" if m[1] != "A" else "B")),
    "nonce": (r'"nonce": "(.)', lambda m: m[0][:-1] + ("A" if m[1] != "A" else "B")),
    "iterations": (r'"iterations": ', lambda m: m[0] + "1"),
}


@pytest.mark.parametrize("part", CHANGES)
def test_a_page_that_was_changed_does_not_open(written: Written, page: Page, tmp_path: Path, part: str):
    pattern, change = CHANGES[part]
    text, times = re.subn(pattern, change, written.packed.page.read_text(encoding="utf-8"), count=1)
    assert times == 1
    (tmp_path / "r.html").write_text(text, encoding="utf-8")
    page.open((tmp_path / "r.html").as_uri())
    assert unlock(page, written.packed.words) == "shut"


def test_a_script_that_was_changed_does_not_run(written: Written, page: Page, tmp_path: Path):
    text = written.packed.page.read_text(encoding="utf-8").replace("const LEAST = 2000;", "const LEAST = 0;")
    (tmp_path / "r.html").write_text(text, encoding="utf-8")
    page.open((tmp_path / "r.html").as_uri())
    assert page.run("typeof plainWords") == "undefined"


def test_the_policy_lets_the_page_fetch_nothing(written: Written, page: Page):
    page.open(written.packed.page.as_uri())
    unlock(page, written.packed.words)
    tried = (
        "Promise.all([fetch('https://elsewhere.example/').then(() => 'fetched', () => 'refused'),"
        " new Promise(done => { const image = new Image(); image.onload = () => done('loaded');"
        " image.onerror = () => done('refused'); image.src = 'https://elsewhere.example/a.png'; })])"
    )
    assert page.run(tried) == ["refused", "refused"]


def test_html_of_a_letter_is_shown_and_never_runs(tmp_path: Path, page: Page):
    at = desk(tmp_path, 3, rule="valid_hours = 24")
    path = write_campaign(tmp_path / "h", 3, letter=LETTER, approval="")
    checked = open_campaign([path], environment=at.here).signed_by(at.account).check()
    at.run = checked.seal(at.account, at.here.outbox)
    packed = write_for(at.run, "paul", tmp_path / "G", at.here)
    page.open(packed.page.as_uri())
    assert unlock(page, packed.words) == "open"
    page.run("show(C.items.findIndex(item => item.why !== 'finding-itself'))")
    assert page.run("document.querySelector('iframe').getAttribute('sandbox')") == ""
    assert "Bonjour" in page.run("document.querySelector('iframe').srcdoc")
    assert "Votre candidature <b>" in page.run("document.getElementById('shown').innerText")
