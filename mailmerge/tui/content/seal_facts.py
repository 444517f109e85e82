"""The facts of the seal page: one line each, under what it is called.

No widgets here.
"""

from __future__ import annotations

from collections.abc import Iterator, Set
from datetime import datetime
from typing import TYPE_CHECKING

from rich.cells import cell_len
from textual.content import Content

from mailmerge.accounts import Account
from mailmerge.accounts.hours import Hours, read_hours
from mailmerge.delivery import estimate
from mailmerge.errors import MailmergeError
from mailmerge.i18n import _, clock, day, number, pgettext, plural
from mailmerge.model import Severity
from mailmerge.tui.content.account_text import limits_in_words
from mailmerge.tui.content.durations import duration_text, end_text
from mailmerge.tui.content.safe_content import fit, line
from mailmerge.tui.content.seal_details import left_out_by_name, waived_findings
from mailmerge.tui.content.sealing import Plan
from mailmerge.tui.content.theme import MUTED, SUCCESS, WARNING

if TYPE_CHECKING:
    from mailmerge.lint import Report

Fact = tuple[Content, Content]
"""What it is called, and what it is."""


def _labels() -> tuple[str, ...]:
    """What the facts are called."""
    return (
        _("Account"), _("Subject"), _("To"), pgettext("message", "First"), pgettext("message", "Last"), _("Hours"),
        _("Pace"), _("Version"),
        _("Warnings"), _("Left out"), _("Before"), _("Seen"), pgettext("message", "Most unusual"), _("Waived"),
    )  # fmt: skip


def facts(
    plan: Plan,
    account: Account | None,
    report: Report,
    seen: Set[int],
    leaves: datetime,
    outdated: MailmergeError | None = None,
) -> Iterator[Fact]:
    """What is to be known before the number is typed; ``seen`` are the records whose messages were looked at.

    ``leaves`` is when the first message is to leave, ``outdated`` why this is not what the files hold now.
    """
    first, last = plan.ends
    if outdated is not None:
        yield _fact(_("Version"), _("the previous one: {reason}").format(reason=outdated), WARNING)
    if account:
        yield _fact(_("Account"), f"{account.name}, {account.host}:{account.port}")
    yield _fact(_("Subject"), plan.subject)
    if plan.total == 1:
        yield _fact(_("To"), f"{first.name} <{first.address}>")
    else:
        yield _fact(pgettext("message", "First"), f"{first.name} <{first.address}>")
        yield _fact(pgettext("message", "Last"), f"{last.name} <{last.address}>")
        if plan.unusual is not None:
            person, why = plan.unusual
            said = _("{who}: {reason}").format(who=f"{person.name} <{person.address}>", reason=why)
            yield _fact(pgettext("message", "Most unusual"), said)
    if account and plan.ready:
        if hours := read_hours(account.hours) if account.hours else None:
            yield _hours(account.hours, hours, leaves)
        yield _fact(_("Pace"), _pace(account, plan.count))
    yield _seen(plan, seen)
    warnings = report.count(Severity.WARN)
    if warnings:
        said = plural(warnings, "{count} finding to look at", "{count} findings to look at")
        yield _fact(_("Warnings"), said, WARNING)
    waived = list(waived_findings(report, plan.campaign.file.waivers))
    for place, said in enumerate(waived):
        yield _fact("" if place else _("Waived"), said, WARNING)
    if plan.left_out:
        yield _fact(_("Left out"), plan.left_out)
        for said in () if plan.alone else left_out_by_name(plan.campaign):
            yield _fact("", said)
    if plan.comparison is not None:
        for place, said in enumerate(plan.before or [_("no letter of this campaign to these people")]):
            yield _fact("" if place else _("Before"), said)


def _fact(label: str, text: str, style: str = "") -> Fact:
    return line((fit(label, max(map(cell_len, _labels())) + 2), MUTED)), line((text, style))


def _hours(written: str, hours: Hours, leaves: datetime) -> Fact:
    """When the account sends, and when the first message leaves where that is later than it would."""
    opens = hours.next_opening(leaves)
    if opens == leaves:
        return _fact(_("Hours"), _("{hours}; outside them the run waits").format(hours=written))
    said = _("{hours}; the first message leaves on {day} at {time}")
    return _fact(_("Hours"), said.format(hours=written, day=day(opens), time=clock(opens)), WARNING)


def _pace(account: Account, count: int) -> str:
    seconds = estimate(count, account).total_seconds()
    limits = ", ".join(limits_in_words(account)) or _("no limit known")
    said = _("{limits}; {duration}") if account.hours else _("{limits}; {duration}, until {time}")
    return said.format(limits=limits, duration=duration_text(seconds), time=end_text(seconds))


def _seen(plan: Plan, seen: Set[int]) -> Fact:
    if plan.alone:
        if plan.ends[0].record.number in seen:
            return _fact(_("Seen"), _("this message"), SUCCESS)
        return _fact(_("Seen"), _("not yet; this message was checked by the linter only"), WARNING)
    count, total = len(seen), plan.total
    if count >= total:
        return _fact(_("Seen"), _("every message"), SUCCESS)
    said = _("{seen} of {total} messages; the others were checked by the linter only")
    return _fact(_("Seen"), said.format(seen=number(count), total=number(total)), WARNING)
