"""Submit the sealed messages of a run, one recipient each, at most once, and tell what became of them."""

from mailmerge.delivery.check import ServerReport, check_server, sign_in
from mailmerge.delivery.control import Control
from mailmerge.delivery.events import Event, Lowered, Outcome, Resumed, Summary, Waiting, left_out_event
from mailmerge.delivery.loop import deliver
from mailmerge.delivery.moments import comes_twice, read_dated, read_moment, require_possible
from mailmerge.delivery.pacing import estimate
from mailmerge.delivery.report import (
    LEFT,
    REFUSED,
    UNDECIDED,
    WrittenList,
    lowered_in_words,
    meaning,
    write_lists,
    write_people,
    write_records,
    write_report,
    write_status,
)
from mailmerge.delivery.schedule import Arrival, wait_until_due
from mailmerge.delivery.sheets import require_kind
from mailmerge.delivery.smtp.replies import Reply, Stage, rule_for
from mailmerge.delivery.smtp.session import Timeouts

__all__ = [
    "LEFT",
    "REFUSED",
    "UNDECIDED",
    "Arrival",
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
    "WrittenList",
    "check_server",
    "comes_twice",
    "deliver",
    "estimate",
    "left_out_event",
    "lowered_in_words",
    "meaning",
    "read_dated",
    "read_moment",
    "require_kind",
    "require_possible",
    "rule_for",
    "sign_in",
    "wait_until_due",
    "write_lists",
    "write_people",
    "write_records",
    "write_report",
    "write_status",
]
