"""How the approval of a run stands, in sentences for both faces."""

from __future__ import annotations

from collections.abc import Iterator

from mailmerge.approval.moments import shown_moment
from mailmerge.approval.state import Approval, ApprovalState
from mailmerge.i18n import N_, _
from mailmerge.text.folding import fold
from mailmerge.text.shown import visible

_APPROVED = {
    "signed": N_("Approved by {name}, {at}, until {expires}."),
    "spoken": N_("Approved by {name} on the telephone, {at}, until {expires}."),
    "alone": N_("Looked at a second time by {name}, alone, {at}, until {expires}."),
}
_BY_ANOTHER_NAME = N_("Approved by {name}, {at}, until {expires}, with the key of {owner}.")
_WAITING = N_("Waiting for the approval of {name}, asked {at}.")
_NEEDED = N_("A second person has to approve it: it has more than {limit} messages.")
_REFUSED = N_("{name} found something wrong:")
_WRONG = N_("no. {record}: {reason}")
_WRONG_IN_GENERAL = N_("a finding: {reason}")


def state_lines(state: ApprovalState) -> Iterator[str]:
    """What to say, a line each; nothing where there is nothing to say."""
    if state.approval is not None:
        yield approved(state.approval)
    elif state.refused_by:
        yield _(_REFUSED).format(name=state.refused_by)
        for wrong in state.wrong:
            template = _WRONG if wrong.record else _WRONG_IN_GENERAL
            yield _(template).format(record=wrong.record, reason=wrong.reason or "-")
    elif state.problem is not None:
        yield str(state.problem)
    elif state.required:
        yield _(_NEEDED).format(limit=state.limit)
    if state.approval is None and state.asked and state.asked_at and not state.refused_by:
        yield _(_WAITING).format(name=state.asked, at=shown_moment(state.asked_at))


def approved(approval: Approval) -> str:
    """Who approved, when, and until when it holds."""
    is_known = not approval.owner or not _words(approval.owner).isdisjoint(_words(approval.approver))
    return _(_APPROVED[approval.kind] if is_known else _BY_ANOTHER_NAME).format(
        name=visible(approval.approver),
        owner=visible(approval.owner),
        at=shown_moment(approval.at),
        expires=shown_moment(approval.expires),
    )


_RECORDED = {
    "signed": N_("signed by {name}, {at}"),
    "spoken": N_("given by {name} on the telephone, {at}"),
    "alone": N_("a second look by {name}, alone, {at}"),
}


def recorded(approval: Approval) -> str:
    """Who approved a run, and when, whether or not that still holds."""
    return _(_RECORDED[approval.kind]).format(name=visible(approval.approver), at=shown_moment(approval.at))


def _words(name: str) -> set[str]:
    return set(fold(name).split())
