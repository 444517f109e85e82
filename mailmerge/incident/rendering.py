"""The texts of the sheets, filled in with the facts; what is not known stays an empty field, marked as such."""

from __future__ import annotations

import datetime
import re
from functools import cache
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from mailmerge.incident import clock
from mailmerge.incident.facts import BY_KEY, FACTS
from mailmerge.incident.proposals import About
from mailmerge.incident.record import IncidentRecord
from mailmerge.incident.revealing import ShownDetail
from mailmerge.incident.words import TEXTS, Words, words_of
from mailmerge.text.regex import regex
from mailmerge.text.shown import visible

_MARKDOWN = regex(r"([\\`*_\[\]<>#|~!{}])")
_LISTS = frozenset((ShownDetail.ROW, ShownDetail.QUOTED))


@cache
def _environment() -> Environment:
    """Code is ``<% %>`` and ``<< >>``: the letter of apology has places of its own in braces."""
    environment = Environment(  # noqa: S701  (Markdown: what is filled in is escaped for it)
        loader=FileSystemLoader(TEXTS),
        undefined=StrictUndefined,
        block_start_string="<%",
        block_end_string="%>",
        variable_start_string="<<",
        variable_end_string=">>",
        comment_start_string="<#",
        comment_end_string="#>",
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        finalize=lambda value: "" if value is None else value,
    )
    environment.filters["markdown"] = escaped
    return environment


def escaped(text: str) -> str:
    """A text that somebody typed, as Markdown and the letter's places read it: as it is."""
    return _MARKDOWN.sub(r"\\\1", visible(text)).replace("\\{", "&#123;").replace("\\}", "&#125;")


def render(name: str, record: IncidentRecord) -> str:
    """The sheet of a template: ``report.fr.md.j2`` is French."""
    words = words_of(name.split(".")[1])
    text = _environment().get_template(name).render(values_for(record, words))
    return re.sub(r"\n{3,}", "\n\n", text)


def values_for(record: IncidentRecord, words: Words) -> dict[str, Any]:
    """What the texts are made of."""
    facts = {key: record.facts.get(key, "") for key in BY_KEY}
    aware = clock.again(record.aware, record.zone)
    deadline = aware.deadline
    about = facts["about"]
    return {
        "record": record,
        "words": words,
        "facts": facts,
        "labels": {fact.key: words.word("facts", fact.key) for fact in FACTS},
        "open": [words.word("facts", key) for key in record.open],
        "number": words.number,
        "aware": words.date_time(aware.at, record.zone),
        "deadline": words.date_time(deadline, record.zone),
        "steps": _steps(aware, record.zone, words),
        "sent": words.moment(record.sent) or facts["sent_at"],
        "sent_day": words.day(datetime.datetime.fromisoformat(record.sent)) if record.sent else facts["sent_at"],
        "listed": any(record.shown.get(each) for each in _LISTS) and not record.mails[0].to > 1,
        "known": words.enumeration(words.word("known", each.strip()) for each in about.split(",") if each.strip()),
        "about": words.words("about", about),
        "proposed": words.enumeration(words.word("about", each) for each in record.proposed),
        "notified": facts["notified_at"],
        "gravity": words.word("gravity", facts["gravity"]) if facts["gravity"] else "",
        "informed": words.word("informed", facts["informed"]) if facts["informed"] else "",
        "categories": [words.word("category", each) for each in record.categories],
        "shown": [(words.word("theirs", each), record.shown[each]) for each in ShownDetail if record.shown.get(each)],
        "remarks": [_remark(each.note, each.file, each.count, words) for each in record.remarks],
        "answers": [(words.moment(each.at), each.by) for each in record.answers],
        "evidence": [(each.file.replace("\\", "/").rpartition("/")[2], each) for each in record.evidence],
        "health": bool(record.shown.get(ShownDetail.HEALTH)) or "health" in record.categories or About.HEALTH in about,
        "law_read": words.month(clock.LAW_READ),
        "forms_read": words.month(clock.FORMS_READ),
        "hours": clock.HOURS,
        "title_of": lambda code: _rule_title(code, words),
        "box": lambda ticked: "[x]" if ticked else "[ ]",
        "field": lambda text: escaped(text) if text else words.word("answers", "empty"),
    }


def _remark(note: str, file: str, count: int, words: Words) -> str:
    return words.word("remarks", note).format(file=file, count=words.number(count))


def _steps(aware: clock.Awareness, zone: str, words: Words) -> dict[str, str]:
    """The times of the checklist: by how many hours after awareness."""
    utc = aware.at.astimezone(datetime.UTC)
    return {
        f"h{hours}": words.date_time((utc + datetime.timedelta(hours=hours)).astimezone(aware.at.tzinfo))
        for hours in (1, 4, 12, 24, 48, clock.HOURS)
    }


def _rule_title(code: str, words: Words) -> str:
    from mailmerge import i18n
    from mailmerge.lint import rule_named

    with i18n.speaking(words.language):
        return i18n._(rule_named(code).doc.title)
