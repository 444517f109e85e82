"""What the journal says in the place of a server's reply: kept in English, said in the language of whoever reads it."""

from __future__ import annotations

import re
from functools import cache
from string import Formatter

from msgspec import Struct

from mailmerge.i18n import N_, _

ALREADY_SENT = N_("already sent in run {run}")
TOO_LARGE = N_("not sent: the message has {size} bytes, and {host} takes {limit} at most")
NO_ACCENTS = N_("not sent: {host} takes no address with accents before the @ (no SMTPUTF8)")
ANSWER_SENSELESS = N_("the answer to {command} makes no sense: {reply}")
VERDICT_SENSELESS = N_("the answer to the message makes no sense: {reply}")
ONE_AFTER_ANOTHER = N_("{reply} came after {refusal}")
NO_ANSWER = N_("no answer within {seconds} s")
RESOLVED_ACCEPTED = N_("resolved by {name}: it was accepted")
RESOLVED_NOT_ACCEPTED = N_("resolved by {name}: it was not accepted")
STOPPED = N_("stopped before it was sent")
PROGRAM_ENDED = N_("the program ended before the server's verdict came")
CONTRADICTED = N_("the run's record contradicts its journal")
OLDER_THAN_SENT = N_("the run's file is older than what was sent")
BROUGHT_UP_TO_DATE = N_("brought up to date from what was noted when it was sent")
# the general ones after those that they would fit too
_REMARKS = (
    ALREADY_SENT, TOO_LARGE, NO_ACCENTS, VERDICT_SENSELESS, ANSWER_SENSELESS, NO_ANSWER, RESOLVED_ACCEPTED,
    RESOLVED_NOT_ACCEPTED, ONE_AFTER_ANOTHER,
)  # fmt: skip


def remark(text: str) -> str:
    """A server's reply as it is; a remark of ours in the language in use, with what it names."""
    if text[:3].isdigit():
        return text
    for template in _REMARKS:
        if found := _pattern(template).fullmatch(text):
            return _(template).format(**found.groupdict())
    return _(text)


class KeptRemark(Struct, frozen=True):
    """A remark in a sentence of ours."""

    text: str
    """As it is kept."""

    def __str__(self) -> str:
        return remark(self.text)


@cache
def _pattern(template: str) -> re.Pattern[str]:
    parts = Formatter().parse(template)
    return re.compile("".join(re.escape(text) + (f"(?P<{name}>.+?)" if name else "") for text, name, _1, _2 in parts))
