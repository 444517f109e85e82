"""Submit the sealed messages of a run, one recipient each, at most once, and tell what became of them."""

from mailmerge.delivery.check import ServerReport, check_server
from mailmerge.delivery.control import Control
from mailmerge.delivery.events import Event, Lowered, Outcome, Resumed, Summary, Waiting
from mailmerge.delivery.loop import deliver
from mailmerge.delivery.pacing import estimate
from mailmerge.delivery.replies import Reply, Stage, rule_for
from mailmerge.delivery.report import lowered_in_words, meaning, write_left, write_report
from mailmerge.delivery.session import Timeouts

__all__ = [
    "Control",
    "Event",
    "Lowered",
    "Outcome",
    "Reply",
    "Resumed",
    "ServerReport",
    "Stage",
    "Summary",
    "Timeouts",
    "Waiting",
    "check_server",
    "deliver",
    "estimate",
    "lowered_in_words",
    "meaning",
    "rule_for",
    "write_left",
    "write_report",
]
