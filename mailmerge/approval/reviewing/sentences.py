"""Sentences that both faces and the page say about a review."""

from __future__ import annotations

from collections.abc import Mapping

from mailmerge.approval.reviewing.sampling import missed, wrong_of
from mailmerge.approval.reviewing.selection import Question, Why
from mailmerge.i18n import N_, _

WHY: Mapping[Why, str] = {
    Why.FINDING: N_("a finding is about it"),
    Why.WAY: N_("letters with this wording: {count}"),
    Why.SHORTEST: N_("the shortest letter"),
    Why.LONGEST: N_("the longest letter"),
    Why.FILES: N_("its attachments have other names than those of the other letters"),
    Why.SAMPLE: N_("drawn by chance"),
}
"""Why a letter is shown."""


def why_text(why: Why, takers: int) -> str:
    """Why a letter is shown; of each wording, how many letters have it."""
    return _(WHY[why]).format(count=takers)


_QUESTIONS = {
    "surname": N_("Who is letter no. {record} to? Type the first three letters of the surname."),
    "way": N_("How many letters have the same wording as letter no. {record}?"),
    "number": N_("What is the number of the letter to {name}?"),
}


def question_text(question: Question) -> str:
    """A question, in the language of whoever reads it."""
    return _(_QUESTIONS[question.kind]).format(record=question.record, name=question.name)


_ALL = N_("Every letter of the run is shown.")
_ONE = N_(
    "{seen} of {total} letters are drawn by chance. If none of them is wrong: had a single letter been wrong, you would"
    " have met it {percent} times in 100."
)
_SOME = N_(
    "{seen} of {total} letters are drawn by chance. If none of them is wrong: had one letter in twenty been wrong, you"
    " would have met one {percent} times in 100. A single wrong letter you would probably not meet."
)


def sampling_sentence(total: int, seen: int) -> str:
    """What a sample without a wrong letter proves, and what it does not."""
    if seen >= total:
        return _(_ALL)
    percent = int(100 * (1 - missed(total, wrong_of(total), seen)) + 1e-9)
    sentence = _ONE if wrong_of(total) == 1 else _SOME
    return _(sentence).format(seen=seen, total=total, percent=percent)
