"""What was decided about a campaign: who is left out, what was waived, filtered and mapped, with who and why."""

from __future__ import annotations

from collections.abc import Iterator
from enum import StrEnum
from typing import TYPE_CHECKING

from msgspec import Struct

from mailmerge.campaign.campaign import Campaign
from mailmerge.campaign.file import ExclusionSection, WaiverSection
from mailmerge.campaign.session.decisions import Amend, Decision, FilterBy, Forbid, ForgetColumn

if TYPE_CHECKING:
    from mailmerge.lint import Report


class DecidedKind(StrEnum):
    """What a decision is about."""

    LEFT_OUT = "left-out"
    LISTED = "listed"
    """On the never-write list."""
    WAIVED = "waived"
    ALLOWED = "allowed"
    FILTER = "filter"
    FIELD = "field"
    COLUMN = "column"
    ACCOUNT = "account"


class Decided(Struct, frozen=True):
    """One decision that holds."""

    kind: DecidedKind
    what: str
    """Who or what it is about: a name, a finding, a condition, a field."""
    reason: str = ""
    by: str = ""
    section: ExclusionSection | WaiverSection | None = None
    """Where it has a reason to change."""
    take_back: Decision | None = None
    """What ends it; None where it is changed elsewhere."""


def decisions_of(campaign: Campaign, report: Report | None) -> list[Decided]:
    """Everything that was decided, in the order in which it matters."""
    return [*_people(campaign), *_waivers(campaign, report), *_reading(campaign)]


def _people(campaign: Campaign) -> Iterator[Decided]:
    where = campaign.file.where
    if where:
        yield Decided(DecidedKind.FILTER, where, take_back=FilterBy(""))
    for each in campaign.excluded:
        who = each.recipient.name or each.recipient.address
        if each.exclusion is None:
            yield Decided(DecidedKind.LISTED, who, each.said)
        else:
            yield Decided(DecidedKind.LEFT_OUT, who, each.said, section=each.exclusion, take_back=Amend(each.exclusion))


def _waivers(campaign: Campaign, report: Report | None) -> Iterator[Decided]:
    found = {finding.fingerprint: finding for finding in report.findings} if report else {}
    for waiver in campaign.file.waivers:
        finding = found.get(waiver.finding)
        what = f"{waiver.rule}  {finding.message}" if finding else waiver.rule
        yield Decided(DecidedKind.WAIVED, what, waiver.reason, waiver.by, waiver, Amend(waiver))
    for address in campaign.file.lint.allow_addresses:
        yield Decided(DecidedKind.ALLOWED, address, take_back=Forbid(address))


def _reading(campaign: Campaign) -> Iterator[Decided]:
    for field, column in campaign.file.fields.items():
        yield Decided(DecidedKind.FIELD, f"{field} = {column}", take_back=ForgetColumn(field))
    columns = campaign.file.columns
    for key, value in (("email", columns.email), ("name", columns.name)):
        if value:
            yield Decided(DecidedKind.COLUMN, f"{key} = {value}")
    if campaign.file.account:
        yield Decided(DecidedKind.ACCOUNT, campaign.file.account)
