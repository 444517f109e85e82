"""The five steps of a campaign in words, and where it is in them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mailmerge.campaign.runs.due_runs import Due
from mailmerge.campaign.session.review import Review
from mailmerge.campaign.session.session import CampaignSession
from mailmerge.i18n import N_, _, number, plural
from mailmerge.model import Severity, State
from mailmerge.model.words import counted_severity, counted_state
from mailmerge.tui.content.due_text import due_note
from mailmerge.tui.content.theme import ERROR, MUTED, SUCCESS, WARNING
from mailmerge.tui.widgets.bars import StripStep

if TYPE_CHECKING:
    from mailmerge.outbox import Run

_TITLES = (N_("Recipients"), N_("Letter"), N_("Review"), N_("Seal"), N_("Send"))


def steps(session: CampaignSession) -> list[StripStep]:
    """What the strip shows."""
    campaign, review, run = session.campaign, session.review, session.run
    if review is None or campaign is None:
        return [StripStep(_(title), "later" if step else "now", "") for step, title in enumerate(_TITLES)]
    people = [(number(review.total), MUTED)]
    if campaign.excluded:
        people.append((counted_state(State.EXCLUDED, len(campaign.excluded)), MUTED))
    return [
        StripStep(_("Recipients"), "done", _("Everybody who gets a message"), tuple(people)),
        _letter(review),
        _review(review),
        _seal(run, changed=session.stale),
        _send(review, run, session.due),
    ]


def _letter(review: Review) -> StripStep:
    tooltip = _("What every message is made from")
    found = review.report.findings if review.report else ()
    stopping = sum(finding.stops and bool(finding.letter_line or not finding.affected) for finding in found)
    if stopping:
        said = counted_severity(Severity.BLOCK, stopping)
        return StripStep(_("Letter"), "wrong", tooltip, ((said, ERROR),))
    if review.report is None:
        return StripStep(_("Letter"), "now", tooltip)
    return StripStep(_("Letter"), "done", tooltip, ((_("ok"), MUTED),))


def _review(review: Review) -> StripStep:
    tooltip = _("Look at each message; what the linter found is marked")
    seen = plural(review.seen_count, "{count}/{total} seen", "{count}/{total} seen", total=number(review.total))
    facts = [(seen, MUTED)]
    if review.report is None:
        return StripStep(_("Review"), "now", tooltip, tuple(facts))
    blocks, warns = len(review.report.blocks), review.report.count(Severity.WARN)
    facts.insert(0 if blocks else 1, (counted_severity(Severity.BLOCK, blocks), ERROR if blocks else MUTED))
    facts.append((counted_severity(Severity.WARN, warns), WARNING if warns else MUTED))
    state = "wrong" if blocks else "now" if review.seen_count < review.total else "done"
    return StripStep(_("Review"), state, tooltip, tuple(facts))


def _seal(run: Run | None, *, changed: bool) -> StripStep:
    if changed:
        return StripStep(_("Seal"), "care", _("A file has changed since sealing"), ((_("changed since"), WARNING),))
    if run is None:
        return StripStep(_("Seal"), "later", _("Freeze the messages"))
    return StripStep(_("Seal"), "done", _("The messages are frozen"), ((run.id, MUTED),))


def _send(review: Review, run: Run | None, due: Due | None) -> StripStep:
    tooltip = _("One message to each person")
    if due is not None:
        return StripStep(_("Send"), "care" if due.overdue else "now", tooltip, (due_note(due),))
    if run is None or not review.states:
        return StripStep(_("Send"), "later", tooltip)
    counts = run.counts()
    open_ends = sum(counts[s] for s in (State.UNKNOWN, State.PENDING, State.DEFERRED, State.REJECTED))
    facts = [(counted_state(State.ACCEPTED, counts[State.ACCEPTED]), SUCCESS)]
    if open_ends:
        facts.append((plural(open_ends, "{count} to look at", "{count} to look at"), WARNING))
    return StripStep(_("Send"), "care" if open_ends else "done", tooltip, tuple(facts))
