"""A campaign: the five steps tied together. The one import that a script needs.

campaign = open_campaign([Path("campaign.toml")])
checked = campaign.check()
run = checked.seal(account, open_outbox())
"""

from mailmerge.campaign.campaign import Campaign
from mailmerge.campaign.checked import Checked, IfWritten
from mailmerge.campaign.file import (
    CAMPAIGN_FILE,
    CampaignFile,
    ExclusionSection,
    WaiverSection,
    read_campaign_file,
    save_campaign_file,
)
from mailmerge.campaign.mailing import Mailing
from mailmerge.campaign.opening import open_campaign, save_decisions, signer_of
from mailmerge.campaign.people.recipients import Excluded, Recipients
from mailmerge.campaign.sealing.retention import open_outbox, unfinished_runs
from mailmerge.campaign.telling import already_written

__all__ = [
    "CAMPAIGN_FILE",
    "Campaign",
    "CampaignFile",
    "Checked",
    "Excluded",
    "ExclusionSection",
    "IfWritten",
    "Mailing",
    "Recipients",
    "WaiverSection",
    "already_written",
    "open_campaign",
    "open_outbox",
    "read_campaign_file",
    "save_campaign_file",
    "save_decisions",
    "signer_of",
    "unfinished_runs",
]
