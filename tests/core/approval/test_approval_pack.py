"""A pack opens with its five words, however they are typed, and with nothing else; and it holds what will be sent."""

from __future__ import annotations

import json
import os
import stat
import unicodedata
from email import message_from_bytes
from email.policy import SMTP
from pathlib import Path

import pytest
from approval_cases import ACCOUNT, FIRST, computer, desk, write_campaign
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from mailmerge.approval.approve import open_for_review, require_other_author
from mailmerge.approval.packs.pack import ITERATIONS, Lock, new_lock, read_pack, write_pack
from mailmerge.approval.packs.places import retire_packs
from mailmerge.approval.record import write_for
from mailmerge.approval.reviewing.contents import Contents, contents_of
from mailmerge.approval.reviewing.reading import read_letter
from mailmerge.approval.signatures.keys import own_key
from mailmerge.approval.words import LANGUAGES, draw_words, fingerprint_words, plain_words, word_list
from mailmerge.campaign import open_campaign
from mailmerge.errors import InputError, UsageError
from mailmerge.files.home import write_atomically
from mailmerge.i18n import speaking


@pytest.fixture(scope="module")
def contents(tmp_path_factory: pytest.TempPathFactory) -> Contents:
    at = desk(tmp_path_factory.mktemp("pack"), 40)
    return contents_of(at.run, "paul", at.here)


@pytest.fixture
def lock() -> Lock:
    return new_lock("éolien tortue hérisson œuvre cactus")


def test_a_key_costs_whoever_guesses_words_what_owasp_asks_for() -> None:
    assert ITERATIONS == 600_000


def test_what_is_read_is_what_was_written(tmp_path: Path, contents: Contents, lock: Lock):
    size = write_pack(tmp_path / "r.mmpack", contents, lock)
    assert (tmp_path / "r.mmpack").stat().st_size == size
    assert (tmp_path / "r.mmpack").stat().st_mode & 0o077 == 0
    assert read_pack(tmp_path / "r.mmpack", lock.words) == contents


@pytest.mark.skipif(os.name == "nt", reason="there a file has the rights of its folder")
@pytest.mark.parametrize(
    ("folder", "file", "below"),
    [
        (0o700, 0o600, 0o700),
        (0o755, 0o600, 0o700),
        (0o750, 0o600, 0o700),
        (0o770, 0o640, 0o770),
        (0o2775, 0o640, 0o2770),
        (0o777, 0o644, 0o777),
    ],
)
def test_whoever_may_answer_beside_a_pack_may_read_it(tmp_path: Path, folder: int, file: int, below: int) -> None:
    at = desk(tmp_path / "desk", 2)
    for new, mode in (("", file), ("new", file), ("new/again", file)):
        share = tmp_path / f"share{new.count('/') + len(new)}"
        share.mkdir()
        share.chmod(folder)
        packed = write_for(at.run, "paul", share / new, at.here)
        answered = packed.pack.with_suffix(".approval")
        write_atomically(answered, b"approved", shared=True)
        made = [packed.pack, packed.page, answered]
        assert {stat.S_IMODE(each.stat().st_mode) for each in made} == {mode}
        between = [each for each in packed.pack.parents if share in each.parents]
        assert {stat.S_IMODE(each.stat().st_mode) for each in between} <= {below}


TYPED = {
    "as they are": lambda words: words,
    "capitals": str.upper,
    "no accents": lambda words: "".join(
        c for c in unicodedata.normalize("NFKD", words) if not unicodedata.combining(c)
    ),
    "decomposed": lambda words: unicodedata.normalize("NFD", words),
    "spaces": lambda words: f"  {words.replace(' ', '    ')} \t",
    "no-break spaces": lambda words: words.replace(" ", "\u00a0"),
    "commas": lambda words: words.replace(" ", ", "),
    "lines": lambda words: words.replace(" ", "\r\n"),
    "hyphens": lambda words: words.replace(" ", "-"),
    "oe": lambda words: words.replace("œ", "oe"),
    "title": str.title,
}


@pytest.mark.parametrize("typed", TYPED.values(), ids=TYPED)
def test_the_words_open_it_however_they_are_typed(tmp_path: Path, contents: Contents, lock: Lock, typed):
    write_pack(tmp_path / "r.mmpack", contents, lock)
    assert read_pack(tmp_path / "r.mmpack", typed(lock.words)).root == contents.root


@pytest.mark.parametrize("name", LANGUAGES)
def test_every_word_is_told_from_every_other_whatever_is_left_out_of_it(name: str):
    words = word_list(name)
    assert len(words) == len({plain_words(word) for word in words}) == 2048
    assert all(plain_words(typed(word)) == plain_words(word) for word in words for typed in (str.upper, str.title))
    assert all(plain_words(unicodedata.normalize("NFD", word)) == plain_words(word) for word in words)


def test_words_are_drawn_in_the_language_of_the_program():
    with speaking("en"):
        assert set(draw_words().split()) <= set(word_list("en"))
    assert set(draw_words("fr").split()) <= set(word_list("fr"))
    assert len({draw_words("fr") for _ in range(100)}) == 100


def test_six_words_name_a_key():
    words = {fingerprint_words(bytes([number]) * 32, "fr") for number in range(200)}
    assert len(words) == 200
    assert all(len(each.split()) == 6 for each in words)


WRONG = [
    "",
    "éolien",
    "éolien tortue hérisson œuvre",
    "tortue éolien hérisson œuvre cactus",
    "a b c d e",
    "éolien " * 5,
]


@pytest.mark.parametrize("words", WRONG)
def test_other_words_do_not_open_it(tmp_path: Path, contents: Contents, lock: Lock, words: str):
    write_pack(tmp_path / "r.mmpack", contents, lock)
    with pytest.raises(InputError, match="these words do not open"):
        read_pack(tmp_path / "r.mmpack", words)


def written(folder: Path, contents: Contents, lock: Lock) -> bytes:
    write_pack(folder / "r.mmpack", contents, lock)
    return (folder / "r.mmpack").read_bytes()


@pytest.mark.parametrize("share", [0, 1, 5, 20, 50, 99])
def test_a_part_of_a_pack_is_one_clear_line(tmp_path: Path, contents: Contents, lock: Lock, share: int):
    whole = written(tmp_path, contents, lock)
    (tmp_path / "r.mmpack").write_bytes(whole[: len(whole) * share // 100])
    with pytest.raises(InputError) as refused:
        read_pack(tmp_path / "r.mmpack", lock.words)
    assert "\n" not in str(refused.value)


def test_a_pack_with_one_byte_changed_anywhere_does_not_open(tmp_path: Path, contents: Contents, lock: Lock):
    whole = written(tmp_path, contents, lock)
    for at in [*range(0, 260, 7), *range(260, len(whole), len(whole) // 60)]:
        (tmp_path / "r.mmpack").write_bytes(whole[:at] + bytes([whole[at] ^ 1]) + whole[at + 1 :])
        with pytest.raises(InputError) as refused:
            read_pack(tmp_path / "r.mmpack", lock.words)
        assert "\n" not in str(refused.value)


def test_a_newer_pack_says_so(tmp_path: Path, contents: Contents, lock: Lock):
    head, _, blob = written(tmp_path, contents, lock).partition(b"\n")
    newer = json.loads(head) | {"mailmerge-pack": 2}
    (tmp_path / "r.mmpack").write_bytes(json.dumps(newer).encode() + b"\n" + blob)
    with pytest.raises(InputError, match="newer mailmerge"):
        read_pack(tmp_path / "r.mmpack", lock.words)


@given(st.binary(max_size=300))
def test_any_other_file_is_one_clear_line(tmp_path_factory: pytest.TempPathFactory, content: bytes):
    path = tmp_path_factory.mktemp("any") / "r.mmpack"
    path.write_bytes(content)
    with pytest.raises(InputError) as refused:
        read_pack(path, "a b c d e")
    assert "\n" not in str(refused.value)


def test_an_iteration_count_that_would_never_end_is_refused(tmp_path: Path, contents: Contents, lock: Lock):
    head, _, blob = written(tmp_path, contents, lock).partition(b"\n")
    for count in (0, -1, 10**9, float("inf"), float("nan"), "x", None):
        (tmp_path / "r.mmpack").write_bytes(
            json.dumps(json.loads(head) | {"iterations": count}).encode() + b"\n" + blob
        )
        with pytest.raises(InputError, match="not whole"):
            read_pack(tmp_path / "r.mmpack", lock.words)


def test_a_pack_whose_author_says_something_else_than_its_bytes_is_refused(
    tmp_path: Path, contents: Contents, lock: Lock
):
    first = contents.letters[0]
    lies = [
        replace(contents, letters=[replace(first, content=first.content + b"x"), *contents.letters[1:]]),
        replace(contents, letters=[replace(first, address="somebody@else.example"), *contents.letters[1:]]),
        replace(contents, letters=contents.letters[1:]),
        replace(contents, facts={**contents.facts, "waivers": "sha256:0"}),
        replace(contents, root=f"sha256:{'0' * 64}"),
    ]
    for lie in lies:
        write_pack(tmp_path / "r.mmpack", lie, lock)
        with pytest.raises(InputError, match="does not hold what it says"):
            read_pack(tmp_path / "r.mmpack", lock.words)


# --- decoys -------------------------------------------------------------------------------------------------------


def test_decoys_are_letters_to_one_person_with_the_values_of_another(contents: Contents):
    assert len(contents.decoys) == 8
    names = {each.record: each.name for each in contents.letters}
    sealed = {each.record: read_letter(each.content) for each in contents.letters}
    for decoy in contents.decoys:
        read, real = read_letter(decoy.content), sealed[decoy.record]
        assert read.to == real.to
        assert read.text != real.text
        own = names[decoy.record].split()[-1]
        assert own not in read.text
        others = {name.split()[-1] for record, name in names.items() if name.split()[-1] != own}
        assert any(other in read.text for other in others)


def test_no_decoy_is_in_the_run(contents: Contents):
    assert not {decoy.content for decoy in contents.decoys} & {letter.content for letter in contents.letters}
    assert contents.computed_root() == contents.root


@pytest.mark.parametrize("count", [1, 2, 3, 8])
@pytest.mark.parametrize("body", ["Bonjour {{ nom }},\n\nnon.\n", "Bonjour,\n\nnon.\n"], ids=["a name", "no name"])
def test_there_are_decoys_from_two_letters_on_also_where_letters_hold_nothing_of_their_own(
    tmp_path: Path, count: int, body: str
):
    at = desk(tmp_path / "d", 3)
    letter = f"Subject: Réponse\nContent-Language: fr\n\n{body}"
    path = write_campaign(tmp_path / "c", count, letter=letter, approval="")
    checked = open_campaign([path], environment=at.here).signed_by(at.account).check()
    run = checked.seal(at.account, at.here.outbox)
    found = contents_of(run, "paul", at.here)
    assert (len(found.decoys) >= 2) == (count > 1)
    for decoy in found.decoys:
        assert message_from_bytes(decoy.content, policy=SMTP)["Subject"] == "Réponse"
    assert len({decoy.content for decoy in found.decoys}) == len(found.decoys)


# --- two computers ------------------------------------------------------------------------------------------------


def test_the_author_cannot_review_their_own_pack(tmp_path: Path, keyring):
    at = desk(tmp_path)
    packed = write_for(at.run, "paul", tmp_path / "G", at.here)
    with pytest.raises(UsageError, match="sealed on this computer"):
        open_for_review(packed.pack, packed.words, at.here)


def test_an_author_key_is_not_a_second_persons_wherever_it_is(tmp_path: Path, keyring):
    at = desk(tmp_path)
    own_key(at.here)
    packed = write_for(at.run, "paul", tmp_path / "G", at.here)
    there = computer(tmp_path / "paul", at.clock)
    (there.home.data / "approval").mkdir(parents=True)
    made = (at.here.home.data / "approval" / "keys.json").read_bytes()
    (there.home.data / "approval" / "keys.json").write_bytes(made)  # the author's key on another computer
    with pytest.raises(UsageError, match="the author's own"):
        open_for_review(packed.pack, packed.words, there)


def test_packs_are_deleted_where_they_were_written_and_nothing_else_is(tmp_path: Path):
    at = desk(tmp_path)
    packed = write_for(at.run, "paul", tmp_path / "G", at.here)
    (tmp_path / "G" / "other.mmpack").write_bytes(b"x")
    assert sorted(retire_packs(at.run)) == sorted([packed.pack, packed.page])
    assert [path.name for path in (tmp_path / "G").iterdir()] == ["other.mmpack"]


def test_a_folder_that_cannot_be_written_is_one_clear_line(tmp_path: Path):
    at = desk(tmp_path)
    (tmp_path / "G").write_text("a file")
    with pytest.raises(InputError) as refused:
        write_for(at.run, "paul", tmp_path / "G" / "in", at.here)
    assert "\n" not in str(refused.value)


def test_a_pack_is_of_a_run_and_says_which_before_anybody_gives_the_words(tmp_path: Path):
    at = desk(tmp_path)
    packed = write_for(at.run, "paul", tmp_path / "G", at.here)
    assert require_other_author(packed.pack, computer(tmp_path / "paul", at.clock)) == at.run.id
    raw = packed.pack.read_bytes() + packed.page.read_bytes()
    hidden = ["boite.example", "Comptable", *FIRST[:3], "Rouxa", packed.words]
    assert not [word for word in hidden if word.encode() in raw]


SHOWN_OTHERWISE = {
    "no findings": lambda c: replace(c, findings=[]),
    "a waiver that nobody gave": lambda c: replace(c, findings=[*c.findings, {"record": 1, "waived": True}]),
    "other wordings": lambda c: replace(c, ways=[*c.ways, {"letter": "x", "language": "fr"}]),
    "one letter of another wording": lambda c: replace(
        c, letters=[replace(c.letters[0], way=1 - c.letters[0].way), *c.letters[1:]]
    ),
    "another template": lambda c: replace(c, sources=dict.fromkeys(c.sources, "Bonjour")),
    "nothing of what was sealed": lambda c: replace(c, sealed={}),
    "findings that were sealed elsewhere": lambda c: replace(c, sealed={**c.sealed, "findings": "[]"}, findings=[]),
    "a run that names a file elsewhere": lambda c: replace(c, run="../../elsewhere"),
    "for a year": lambda c: replace(c, hours=24 * 365),
}


@pytest.mark.parametrize("change", SHOWN_OTHERWISE.values(), ids=SHOWN_OTHERWISE)
def test_a_pack_that_shows_something_else_than_was_sealed_is_not_reviewed(tmp_path: Path, lock: Lock, change):
    campaign = write_campaign(tmp_path / "campagne", 24)
    people = campaign.parent / "candidats.csv"
    rows = people.read_text("utf-8-sig").replace("p1@boite.example", "p1@gmial.com")  # what a check warns of
    people.write_text(rows, encoding="utf-8-sig")
    at = desk(tmp_path / "desk", 2)
    run = open_campaign([campaign], environment=at.here).signed_by(ACCOUNT).check().seal(ACCOUNT, at.here.outbox)
    found = contents_of(run, "paul", at.here)
    assert found.findings
    write_pack(tmp_path / "r.mmpack", found, lock)
    assert read_pack(tmp_path / "r.mmpack", lock.words) == found
    write_pack(tmp_path / "r.mmpack", change(found), lock)
    with pytest.raises(InputError) as refused:
        read_pack(tmp_path / "r.mmpack", lock.words)
    assert "\n" not in str(refused.value)
