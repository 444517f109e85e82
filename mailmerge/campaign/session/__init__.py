"""One sitting with a campaign, without a screen: open it, look at its messages, decide, check, export, seal.

session = CampaignSession(Environment.here(), [Path("campaign.toml")])
session.apply(session.open())
session.apply(session.check())
session.apply(session.seal(account))
"""

from mailmerge.campaign.session.decisions import (
    BringBack,
    Decision,
    Exclude,
    FillFields,
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
    "BringBack",
    "CampaignSession",
    "CheckDone",
    "CheckFailed",
    "Compared",
    "Decision",
    "Exclude",
    "Exported",
    "FilesChanged",
    "FillFields",
    "Job",
    "NameColumn",
    "OpenFailed",
    "Opened",
    "Ordered",
    "ReadOtherwise",
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
]
