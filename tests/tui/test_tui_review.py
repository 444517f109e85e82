"""Where a review stands, without a screen: order, search, marks, the next one."""

from __future__ import annotations

import itertools
from datetime import UTC, datetime
from pathlib import Path

import pytest

from mailmerge.campaign import Campaign, open_campaign
from mailmerge.campaign.session.outliers import by_rarity
from mailmerge.campaign.session.review import Review
from mailmerge.delivery import Control, Resumed, Summary, Waiting
from mailmerge.delivery.progress import RunProgress
from mailmerge.model import State
from mailmerge.model.patterns import Pattern
from mailmerge.outbox import RunMessage
from mailmerge.tui.content.durations import duration_text, rate_text
from mailmerge.tui.content.html import html_as_text
from mailmerge.tui.screens.run.message_list import RunList
from mailmerge.tui.screens.run.progress_text import facts, outcome_sentence, said
from mailmerge.tui.widgets.progress import progress_bar


@pytest.fixture
def campaign(files: list[Path]) -> Campaign:
    return open_campaign(files)


@pytest.fixture
def review(campaign: Campaign) -> Review:
    return Review(campaign.recipients)


@pytest.mark.parametrize(
    ("query", "numbers"),
    [
        ("", [1, 2, 3, 4, 5]),
        ("graph", [2, 3, 5]),
        ("lecoeur", [5]),
        ("LÉA durand", [3]),
        ("toulouse chargee", [1]),
        ("@free.example", [2]),
        ("xyzzy", []),
    ],
)
def test_every_word_has_to_be_found_without_accents_or_case(review: Review, query: str, numbers: list[int]) -> None:
    assert [review.records[position].number for position in review.matching(query)] == numbers


def test_seen_states_and_findings_can_be_searched(files: list[Path]) -> None:
    files[0].write_text(files[0].read_text("cp1252").replace("hugo.petit@free.example", ""), encoding="cp1252")
    campaign = open_campaign(files)
    review = Review(campaign.recipients)
    review.set_report(campaign.check().report)
    review.seen = {1, 2}
    review.states = {1: State.ACCEPTED, 3: State.UNKNOWN}
    for query, positions in (
        ("seen", [0, 1]),
        ("unseen", [2, 3, 4]),
        ("accepted", [0]),
        ("unknown", [2]),
        ("lst105", [1]),
        ("one-address", [1]),
        ("block", [1]),
        ("block unseen", []),
    ):
        assert list(review.matching(query)) == positions, query


def test_the_next_finding_is_looked_for_round_the_end(files: list[Path]) -> None:
    files[0].write_text(files[0].read_text("cp1252").replace("hugo.petit@free.example", ""), encoding="cp1252")
    campaign = open_campaign(files)
    review = Review(campaign.recipients)
    assert review.next_finding(0) is None
    review.set_report(campaign.check().report)
    assert review.next_finding(0) == 1
    assert review.next_finding(3) == 1


def test_a_record_is_found_where_the_filter_shows_it(review: Review) -> None:
    assert review.row_of(4) == 3
    assert review.row_of(99) is None
    review.shown = [4, 1]
    assert review.row_of(2) == 1
    assert review.row_of(3) is None


def test_a_hundred_thousand_are_searched_between_two_keys(campaign: Campaign, review: Review) -> None:
    import time

    review.prepare_search()
    review.order = range(100_000)
    review._haystack = review._haystack * 20_000
    began = time.process_time()
    assert len(review.matching("graph")) == 60_000
    assert time.process_time() - began < 0.5


def test_the_order_is_stable_where_nothing_is_unusual(campaign: Campaign, review: Review) -> None:
    unusual = by_rarity(campaign, review.severities, lambda done, total: None)
    assert sorted(unusual.order) == [0, 1, 2, 3, 4]


def test_a_rate_and_a_duration_are_said_as_people_say_them() -> None:
    assert rate_text(31.2) == "31 a second"
    assert rate_text(0.5) == "30 a minute"
    assert duration_text(20) == "less than a minute"
    assert duration_text(600) == "about 10 minutes"
    assert duration_text(3 * 3600) == "about 3 hours"
    assert duration_text(3 * 86400) == "about 3 days"


def test_a_tally_adds_up_to_the_list() -> None:
    tally = RunProgress({1: State.PENDING, 2: State.UNKNOWN, 3: State.EXCLUDED})
    tally.decided(2, State.ACCEPTED, "seen in the Sent folder")
    assert (tally.total, tally.settled, tally.left, tally.to_look_at) == (2, 1, 1, 0)


ALL = [State.ACCEPTED, State.REJECTED, State.DEFERRED, State.UNKNOWN, State.PENDING]


@pytest.mark.parametrize(("before", "after"), list(itertools.permutations(ALL, 2)))
def test_what_is_decided_after_a_sending_is_in_its_outcome(before: State, after: State) -> None:
    tally = RunProgress({1: State.ACCEPTED, 2: before})
    counts = {str(state): tally.counts[state] for state in ALL}
    tally.take(Summary(run="2026-09-02-7f3a", **counts))
    tally.decided(2, after, "somebody asked")
    assert tally.summary is not None
    assert {state: getattr(tally.summary, state) for state in ALL} == {state: tally.counts[state] for state in ALL}
    assert said(tally, None).plain == outcome_sentence(tally.summary)


@pytest.mark.parametrize("waits", [True, False])
def test_how_many_are_accepted_is_said_while_a_sending_waits(waits: bool) -> None:
    tally = RunProgress({1: State.ACCEPTED, 2: State.ACCEPTED, 3: State.DEFERRED})
    tally.take(Waiting(until=datetime.now(UTC), reason="later") if waits else Resumed())
    shown = said(tally, Control()).plain + facts(tally).plain
    assert shown.count("2 accepted" if waits else "2 of 3 accepted") == 1


@pytest.mark.parametrize(
    "parts",
    [(0, 0, 0, 0, 1), (1, 1, 1, 0, 340), (340, 0, 0, 0, 340), (337, 2, 1, 0, 340), (0, 5, 5, 0, 10), (9, 0, 0, 4, 340)],
)
def test_a_bar_is_as_wide_as_it_should_be(parts: tuple[int, int, int, int, int]) -> None:
    bar = progress_bar(*parts, 60).plain
    assert len(bar) == 60
    assert ("✗" in bar) == (parts[1] > 0)
    assert ("?" in bar) == (parts[2] > 0)
    assert ("~" in bar) == (parts[3] > 0)


def test_html_is_shown_as_text_and_what_it_hides_is_said(files: list[Path]) -> None:
    letter = files[1].with_suffix(".html")
    letter.write_text(
        "Subject: x\n\n<h1>Bonjour {{ nom }}</h1><ul><li>un</li><li>deux</li></ul>"
        '<p style="display: none">caché</p><a href="https://atelier.example/x">ici</a><script>alert(1)</script>'
    )
    campaign = open_campaign([files[0], letter])
    message = campaign.compose(campaign.recipients[0])
    assert message.shape.html is not None
    shown = html_as_text(message.shape.html, message.values)
    assert "Bonjour Roux" in shown.plain
    assert "• un\n• deux" in shown.plain
    assert "not shown to the reader› caché" in shown.plain
    assert "ici ‹https://atelier.example/x›" in shown.plain
    assert "alert" not in shown.plain
    assert any(shown.plain[span.start : span.end] == "Roux" for span in shown.spans)


def test_a_comment_in_html_is_said() -> None:
    assert "hidden comment: secret" in html_as_text(Pattern(("<p>x<!-- secret --></p>",)), ()).plain


@pytest.mark.parametrize("width", [40, 47, 60, 78, 120])
@pytest.mark.parametrize("longest", [4, 14, 20, 28])
def test_names_are_whole_where_the_row_has_room_for_them(width: int, longest: int) -> None:
    messages = {
        number: RunMessage(
            record=number, name="N" * length, address=f"{'a' * length}@x.example", state=State.REJECTED,
            reply="550 5.1.1 no such user", message_id="", sha256="", attempts=1,
        )
        for number, length in ((1, longest), (2, 3))
    }  # fmt: skip
    rows = RunList(messages, RunProgress({1: State.REJECTED, 2: State.REJECTED}))
    shown = rows.row(0, width).plain
    assert ("N" * longest in shown) == (longest <= max(12, width * 3 // 10))
    assert rows.row(1, width).plain.index("aaa") == shown.index("a")
