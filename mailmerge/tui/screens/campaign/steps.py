"""The five steps of a campaign in words, and where it is in them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mailmerge.campaign.session.review import Review
from mailmerge.campaign.session.session import CampaignSession
from mailmerge.model import Severity, State
from mailmerge.text import plural
from mailmerge.tui.content.theme import CARE, GOOD, QUIET, WRONG
from mailmerge.tui.widgets.bars import Stage

if TYPE_CHECKING:
    from mailmerge.outbox import Run

_TITLES = ("Recipients", "Letter", "Review", "Seal", "Send")


def steps(session: CampaignSession) -> list[Stage]:
    """What the strip shows."""
    campaign, review, run = session.campaign, session.review, session.run
    if review is None or campaign is None:
        return [Stage(title, "now" if title == "Recipients" else "later", "") for title in _TITLES]
    people = [(str(review.total), QUIET)]
    if campaign.excluded:
        people.append((f"{len(campaign.excluded)} left out", QUIET))
    return [
        Stage("Recipients", "done", "Everybody who gets a message", tuple(people)),
        _letter(review),
        _review(review),
        _seal(run, changed=session.stale),
        _send(review, run),
    ]


def _letter(review: Review) -> Stage:
    tooltip = "What every message is made from"
    stopping = sum(1 for finding in review.general_findings if finding.stops)
    if stopping:
        said = plural(stopping, "1 problem", "{count} problems")
        return Stage("Letter", "wrong", tooltip, ((said, WRONG),))
    if review.report is None:
        return Stage("Letter", "now", tooltip)
    return Stage("Letter", "done", tooltip, (("ok", QUIET),))


def _review(review: Review) -> Stage:
    tooltip = "Look at each message; what the linter found is marked"
    facts = [(f"{review.seen_count}/{review.total} seen", QUIET)]
    if review.report is None:
        return Stage("Review", "now", tooltip, tuple(facts))
    blocks, warns = len(review.report.blocks), review.report.count(Severity.WARN)
    facts.insert(0 if blocks else 1, (f"{blocks} block", WRONG if blocks else QUIET))
    facts.append((f"{warns} warn", CARE if warns else QUIET))
    state = "wrong" if blocks else "now" if review.seen_count < review.total else "done"
    return Stage("Review", state, tooltip, tuple(facts))


def _seal(run: Run | None, *, changed: bool) -> Stage:
    if changed:
        return Stage("Seal", "care", "A file is not what was sealed any more", (("changed since", CARE),))
    if run is None:
        return Stage("Seal", "later", "Freeze the messages")
    return Stage("Seal", "done", "The messages are frozen", ((run.id, QUIET),))


def _send(review: Review, run: Run | None) -> Stage:
    tooltip = "One message to each person"
    if run is None or not review.states:
        return Stage("Send", "later", tooltip)
    counts = run.counts()
    open_ends = sum(counts[s] for s in (State.UNKNOWN, State.PENDING, State.DEFERRED, State.REJECTED))
    facts = [(f"{counts[State.ACCEPTED]} accepted", GOOD)]
    if open_ends:
        facts.append((f"{open_ends} to look at", CARE))
    return Stage("Send", "care" if open_ends else "done", tooltip, tuple(facts))
