"""Which letters are shown, what is asked about them, what a clean sample proves, and when there is a verdict."""

from __future__ import annotations

import datetime
from collections import Counter
from fractions import Fraction
from math import comb
from pathlib import Path

import pytest
from approval_cases import desk
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from mailmerge.approval.reviewing.contents import Contents, PackedLetter, contents_of
from mailmerge.approval.reviewing.decoys import Decoy
from mailmerge.approval.reviewing.review import LEAST_SECONDS, ApprovalReview, Missing, Verdict, statement_of
from mailmerge.approval.reviewing.sampling import missed, review_sample, sample_size
from mailmerge.approval.reviewing.selection import Question, Why, questions, shown_letters
from mailmerge.approval.reviewing.sentences import question_text, sampling_sentence
from mailmerge.i18n import speaking
from mailmerge.outbox import root_digest

NAMES = ("Maëlys Roux", "Hugo Petit", "Léa de la Tour", "Zoé O’Brien", "Noé", "Jean-Pierre Müller-Łaski", "李雷", "")


def letter(record: int, text: str, *, way: int = 0, name: str | None = None, file: str = "") -> PackedLetter:
    attached = f'Content-Disposition: attachment; filename="{file}"\r\n' if file else ""
    content = f"To: x@y.example\r\nSubject: s\r\n{attached}\r\n{text}\r\n".encode()
    named = NAMES[record % len(NAMES)] if name is None else name
    return PackedLetter(record, named, f"p{record}@boite.example", "0" * 64, content, way)


def contents(letters: list[PackedLetter], *, findings: list[dict[str, object]] | None = None) -> Contents:
    facts = {"run": "r"}
    return Contents(
        run="2026-11-26-7f3a",
        created=datetime.datetime(2026, 11, 26, tzinfo=datetime.UTC),
        campaign="refus",
        asked="paul",
        root=root_digest(facts, ((each.record, each.address, each.sha256) for each in letters)),
        facts=facts,
        hours=24,
        letters=letters,
        ways=[{}],
        findings=findings or [],
        sources={},
        author_keys=[],
        decoys=[Decoy(number, f"decoy {number}".encode()) for number in range(1, min(8, len(letters)) + 1)]
        if len(letters) > 1
        else [],
    )


def batch(count: int) -> Contents:
    return contents([letter(number, f"text {number % 7}" * (1 + number % 5)) for number in range(1, count + 1)])


# --- samples ---


@pytest.mark.parametrize(
    ("population", "size"), [(20, 19), (50, 31), (100, 45), (340, 54), (1_000, 57), (5_000, 59), (1, 1), (2, 2)]
)
def test_the_sample_is_large_enough_to_meet_one_in_twenty(population: int, size: int):
    assert review_sample(population) == size


@given(st.integers(1, 400), st.integers(1, 400), st.integers(0, 400))
def test_the_chance_to_miss_them_all_is_what_counting_gives(population: int, wrong: int, drawn: int):
    wrong, drawn = min(wrong, population), min(drawn, population)
    exact = Fraction(comb(population - wrong, drawn), comb(population, drawn))
    assert missed(population, wrong, drawn) == pytest.approx(float(exact), abs=1e-9)


@given(st.integers(1, 400), st.integers(1, 400))
def test_one_letter_fewer_would_not_be_enough(population: int, wrong: int):
    wrong = min(wrong, population)
    size = sample_size(population, wrong)
    limit = Fraction(5, 100)
    assert Fraction(comb(population - wrong, size), comb(population, size)) <= limit
    assert size == 1 or Fraction(comb(population - wrong, size - 1), comb(population, size - 1)) > limit


def test_the_sentence_says_what_a_clean_sample_proves_and_what_not():
    with speaking("en"):
        said = sampling_sentence(340, 54)
        assert said.startswith("54 of 340 letters are drawn by chance.")
        assert "one letter in twenty" in said
        assert "95 times in 100" in said
        assert "A single wrong letter you would probably not meet." in said
        assert "twenty" not in sampling_sentence(20, 19)
        assert sampling_sentence(2, 2) == "Every letter of the run is shown."


# --- what is shown ---


def test_what_somebody_answers_for_comes_first_then_rare_ways_extremes_odd_files_and_chance():
    letters = [letter(number, "usual text", way=0, file=f"contrat-{number}.pdf") for number in range(1, 101)]
    letters[9] = letter(10, "another way", way=1, file="contrat-10.pdf")
    letters[19] = letter(20, "x", file="contrat-20.pdf")
    letters[29] = letter(30, "very long " * 50, file="contrat-30.pdf")
    letters[39] = letter(40, "usual text", file="salaires.pdf")
    found = contents(letters, findings=[{"rule": "LST108", "record": 50, "waived": True}, {"rule": "TPL209"}])
    shown = shown_letters(found)
    whys = [each.why for each in shown]
    assert shown[0].record == 50
    assert {each.record: each.why for each in shown if each.record in (10, 20, 30, 40, 50)} == {
        10: Why.WAY, 20: Why.SHORTEST, 30: Why.LONGEST, 40: Why.FILES, 50: Why.FINDING,
    }  # fmt: skip
    order = [Why.FINDING, Why.WAY, Why.SHORTEST, Why.LONGEST, Why.FILES, Why.SAMPLE]
    assert [order.index(why) for why in whys] == sorted(order.index(why) for why in whys)
    assert len({each.record for each in shown}) == len(shown)


@given(st.integers(1, 130))
@settings(max_examples=40)
def test_a_sample_is_the_same_for_both_people_and_another_for_another_root(count: int):
    one = batch(count)
    assert shown_letters(one) == shown_letters(batch(count))
    assert len(shown_letters(one)) >= review_sample(count)
    other = shown_letters(replace(one, root=f"sha256:{'1' * 64}"))
    if count > 60:
        assert {each.record for each in other} != {each.record for each in shown_letters(one)}


def test_every_letter_is_drawn_as_often_as_any_other():
    drawn: Counter[int] = Counter()
    base = batch(200)
    for number in range(60):
        shown = shown_letters(replace(base, root=f"sha256:{number:064}"))
        drawn.update(each.record for each in shown if each.why is Why.SAMPLE)
    assert len(drawn) == 200
    assert max(drawn.values()) < 4 * 60 * review_sample(200) / 200


# --- questions ---


@given(st.integers(1, 60))
@settings(max_examples=40)
def test_the_questions_are_about_letters_that_are_shown_and_have_an_answer(count: int):
    found = batch(count)
    shown = {each.record for each in shown_letters(found)}
    for question in questions(found):
        assert question.record in shown
        assert all(question.answers)
        assert question.accepts(question.answers[0]) == question.answers[0]
        assert question.accepts("") is None
        assert "{" not in question_text(question)


def test_how_many_letters_have_a_wording_is_said_beside_the_letter_that_is_asked_about():
    letters = [letter(number, "text", way=number % 3 == 0) for number in range(1, 61)]
    for findings in ([], [{"rule": "TPL209", "record": number} for number in range(1, 61)]):
        found = replace(contents(letters, findings=findings), ways=[{}, {}])
        question = questions(found)[1]
        shown = {each.record: each for each in shown_letters(found)}
        if question.kind == "way":
            assert question.answers == (str(shown[question.record].takers),) == ("20",)
        else:
            assert findings


SURNAMES = [
    ("Maëlys Roux", "rou", ["Rou", "ROUX", "roux ", "Roú"]),
    ("Jean-Pierre Müller-Łaski", "las", ["Müller", "mul", "Laski"]),
    ("Léa de la Tour", "tou", ["tour", "de", "la", "TOU"]),
    ("Noé", "noe", ["Noé", "NOE"]),
    ("Zoé O’Brien", "obr", ["O'Brien", "o’b", "OBR"]),
    ("Hugo Ng", "ng", ["Ng", "NG"]),
]


@pytest.mark.parametrize(("name", "canonical", "typed"), SURNAMES, ids=[name for name, _, _ in SURNAMES])
def test_a_surname_is_taken_however_it_is_typed(name: str, canonical: str, typed: list[str]):
    question = questions(contents([letter(1, "a", name=name), letter(2, "b", name=name)]))[0]
    assert question.answers[0] == canonical
    assert all(question.accepts(each) == canonical for each in typed)
    assert question.accepts("zzz") is None


def test_a_number_is_only_taken_whole():
    question = Question("way", 7, "x", ("34",))
    assert [question.accepts(typed) for typed in ("34", " 34 ", "no. 34", "3", "340", "034", "")] == [
        "34", "34", "34", None, None, None, None,
    ]  # fmt: skip


# --- verdicts ---


class Reviewer:
    """Somebody who looks."""

    def __init__(self, found: Contents) -> None:
        self.time = 0.0
        self.review = ApprovalReview(found, clock=lambda: self.time)

    def look(self, seconds: float = LEAST_SECONDS) -> Reviewer:
        for position in range(len(self.review.items)):
            self.review.open(position)
            self.time += seconds
        self.review.close()
        return self

    def find(self, decoys: int = 2) -> Reviewer:
        found = [position for position, item in enumerate(self.review.items) if item.decoy]
        for position in found[:decoys]:
            self.review.mark_wrong(position, "another person")
        return self

    def answers(self) -> tuple[str, str, str]:
        one, other = self.review.questions
        return str(len(self.review.contents.letters)), one.answers[0], other.answers[0]

    def verdict(self) -> Verdict | None:
        return self.review.verdict(*self.answers())


@pytest.mark.parametrize("count", [2, 3, 25, 340])
def test_who_looks_at_everything_and_finds_both_decoys_gives_a_verdict(count: int):
    reviewer = Reviewer(batch(count)).look().find()
    verdict = reviewer.verdict()
    assert verdict is not None
    assert (verdict.approved, verdict.decoys_found, verdict.decoys_shown) == (True, 2, 2)
    assert 0 < verdict.looked_at <= count
    stated = statement_of(reviewer.review.contents, verdict, "Paul", datetime.datetime.now(datetime.UTC))
    assert "decoys 2 of 2\napprover Paul\n" in stated.text


def test_a_run_of_one_letter_has_no_decoys():
    verdict = Reviewer(batch(1)).look().find().verdict()
    assert verdict is not None
    assert (verdict.approved, verdict.decoys_shown, verdict.looked_at) == (True, 0, 1)


@pytest.mark.parametrize("seconds", [0.0, 1.0, 1.99])
def test_less_than_two_seconds_for_each_letter_is_not_enough(seconds: float):
    reviewer = Reviewer(batch(25)).look(seconds).find()
    assert reviewer.verdict() is None
    assert Missing.UNSEEN in reviewer.review.missing(*reviewer.answers())
    reviewer.look(2.01 - seconds)
    assert reviewer.verdict() is not None


def test_two_short_looks_count_together_and_one_letter_that_was_not_open_is_missed():
    reviewer = Reviewer(batch(25)).look(1.0).look(1.0).find()
    assert reviewer.verdict() is not None
    other = Reviewer(batch(25)).find()
    for position in range(1, len(other.review.items)):
        other.review.open(position)
        other.time += 5
    other.review.close()
    assert other.verdict() is None
    assert other.review.next_unseen(5) == 0


@pytest.mark.parametrize("which", [0, 1, 2])
@pytest.mark.parametrize("typed", ["", "0", "zzz"])
def test_a_wrong_answer_is_no_verdict(which: int, typed: str):
    reviewer = Reviewer(batch(25)).look().find()
    answers = list(reviewer.answers())
    answers[which] = typed
    assert reviewer.review.verdict(*answers) is None
    assert reviewer.review.missing(*answers) == [[Missing.NUMBER, Missing.FIRST, Missing.SECOND][which]]


@pytest.mark.parametrize("found", [0, 1])
def test_a_missed_decoy_is_no_approval_and_the_next_review_has_others(found: int):
    reviewer = Reviewer(batch(50)).look().find(found)
    verdict = reviewer.verdict()
    assert verdict is not None
    assert verdict.missed
    seen = {item.content for item in reviewer.review.items if item.decoy}
    again = reviewer.review.again()
    assert not {item.content for item in again.items if item.decoy} & seen
    assert again.seen == 0
    third = again.again()
    assert not {item.content for item in third.items if item.decoy} & (
        seen | {item.content for item in again.items if item.decoy}
    )


def test_decoys_never_run_out():
    review = Reviewer(batch(50)).review
    for _ in range(10):
        review = review.again()
        assert sum(item.decoy for item in review.items) == 2


def test_a_letter_that_is_wrong_makes_a_refusal_with_its_reason():
    reviewer = Reviewer(batch(25)).look().find()
    real = [position for position, item in enumerate(reviewer.review.items) if not item.decoy]
    reviewer.review.mark_wrong(real[0], "  not his name ")
    reviewer.review.mark_wrong(real[1], "x")
    reviewer.review.take_back(real[1])
    verdict = reviewer.verdict()
    assert verdict is not None
    assert not verdict.approved
    record = reviewer.review.items[real[0]].record
    assert [(each.record, each.reason) for each in verdict.wrong] == [(record, "not his name")]
    stated = statement_of(reviewer.review.contents, verdict, "Paul", datetime.datetime.now(datetime.UTC))
    assert stated.verdict == "refused"
    assert f'wrong {record} "not his name"\n' in stated.text


@given(st.integers(2, 80))
@settings(max_examples=40)
def test_a_decoy_is_never_told_by_its_place_or_by_a_twin_beside_it(count: int):
    found = batch(count)
    review = ApprovalReview(found)
    records = [item.record for item in review.items if item.why is not None]
    decoys = [item for item in review.items if item.decoy]
    assert len(decoys) == 2
    if count > 10:
        twins = [item.record for item in decoys if records.count(item.record) > 1]
        assert all(Counter(each.record for each in shown_letters(found))[record] for record in twins)
    assert all(item.why is not None and item.finding is None for item in decoys)


def test_rare_letters_are_shown_although_a_decoy_is_to_the_same_person(tmp_path: Path):
    at = desk(tmp_path, 40)
    found = contents_of(at.run, "paul", at.here)
    essential = {each.record for each in shown_letters(found) if each.why is not Why.SAMPLE}
    for _ in range(20):
        shown = {item.record for item in ApprovalReview(found).items if item.why is not None and not item.decoy}
        assert essential <= shown
