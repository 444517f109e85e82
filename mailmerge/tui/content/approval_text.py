"""What the seal page says where a second person has to approve the run before it may leave."""

from __future__ import annotations

from mailmerge.campaign import Mailing
from mailmerge.errors import InputError
from mailmerge.i18n import _, number, plural
from mailmerge.settings.approval_rule import ApprovalRule, stricter


def rule_for(campaign: Mailing) -> ApprovalRule:
    """The rule that a campaign is sealed under."""
    try:
        return stricter(campaign.file.approval, campaign.environment.preferences.approval)
    except InputError:  # what is wrong with the settings is said by the sealing, which stops at it
        return campaign.file.approval


def sealed_and_waits(count: int, address: str) -> str:
    """What will happen."""
    return plural(
        count,
        "{count} message from {address} will be sealed, and waits for approval.",
        "{count} messages from {address} will be sealed, and wait for approval.",
        address=address,
    )


def type_to_seal(count: int, rule: ApprovalRule) -> str:
    """What is to be typed."""
    return _(
        "Type {count} and press Enter to seal the messages. Nothing is sent yet: more than {limit} messages need the"
        " approval of a second person."
    ).format(count=count, limit=number(rule.required_above or 0))
