"""One sitting with a campaign, without a screen: open it, look at its messages, decide, check, export, seal.

session = CampaignSession(Environment.here(), [Path("campaign.toml")])
session.apply(session.open())
session.apply(session.check())
session.apply(session.seal(account))
"""

from mailmerge.campaign.session.decided import Decided, DecidedKind, decisions_of
from mailmerge.campaign.session.decisions import (
    Allow,
    Amend,
    BringBack,
    Decision,
    Exclude,
    FillFields,
    FilterBy,
    ForgetColumn,
    NameColumn,
    ReadOtherwise,
    UseAccount,
    Waive,
)
from mailmerge.campaign.session.events import (
    CheckDone,
    CheckFailed,
    Compared,
    Exported,
    Opened,
    OpenFailed,
    Ordered,
    RemarksRead,
    RunRead,
    Sealed,
    Searched,
    SessionEvent,
    StatesRead,
    TestSealed,
    ViewedRecalled,
)
from mailmerge.campaign.session.file_watcher import FilesChanged
from mailmerge.campaign.session.job import HERE, Job
from mailmerge.campaign.session.review import Review
from mailmerge.campaign.session.session import CampaignSession

__all__ = [
    "HERE",
    "Allow",
    "Amend",
    "BringBack",
    "CampaignSession",
    "CheckDone",
    "CheckFailed",
    "Compared",
    "Decided",
    "DecidedKind",
    "Decision",
    "Exclude",
    "Exported",
    "FilesChanged",
    "FillFields",
    "FilterBy",
    "ForgetColumn",
    "Job",
    "NameColumn",
    "OpenFailed",
    "Opened",
    "Ordered",
    "ReadOtherwise",
    "RemarksRead",
    "Review",
    "RunRead",
    "Sealed",
    "Searched",
    "SessionEvent",
    "StatesRead",
    "TestSealed",
    "UseAccount",
    "ViewedRecalled",
    "Waive",
    "decisions_of",
]
