"""The sender's mailbox after a sending: copies in Sent, what came back, and the truth about an unknown outcome.

What speaks IMAP is imported only when a mailbox is opened.
"""

from mailmerge.imap.behind import Filed, with_copies
from mailmerge.imap.filing import files_here
from mailmerge.imap.looking import DAYS, AcceptanceEvidence, MailboxLook, MailboxReport, check_mailbox, look

__all__ = [
    "DAYS",
    "AcceptanceEvidence",
    "Filed",
    "MailboxLook",
    "MailboxReport",
    "check_mailbox",
    "files_here",
    "look",
    "with_copies",
]
