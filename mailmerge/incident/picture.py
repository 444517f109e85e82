"""One picture of an incident: how many people, what of theirs, seen by how many, and who answered to all, and when.

Drawn as SVG without scripts, in shapes and words: nothing is told by colour alone, and nobody is named.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from html import escape

from mailmerge.incident import clock
from mailmerge.incident.record import IncidentRecord
from mailmerge.incident.revealing import ShownDetail
from mailmerge.incident.words import Words

_WIDTH = 920
_MOST_DOTS = 400
_DOTS_A_ROW = 40
_BAR_LEFT, _BAR_WIDTH = 320, 420
_TIME_LEFT, _TIME_WIDTH = 40, 760
_MOST_ANSWERS = 8
_ROW = 26


def picture(record: IncidentRecord, words: Words) -> str:
    """Who saw what, and the 72 hours, as SVG."""
    parts: list[str] = []
    height = 40
    for draw in (_people, _shown, _time):
        pieces, height = draw(record, words, height)
        parts += pieces
    title = escape(words.word("picture", "title"))
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" role="img" aria-label="{title}" viewBox="0 0 {_WIDTH} {height}"'
        f' width="{_WIDTH}" height="{height}" font-family="sans-serif" font-size="14">\n'
        f"<title>{title}</title>\n" + "\n".join(parts) + "\n</svg>"
    )


def _text(
    x: float, y: float, text: str, *, anchor: str = "start", size: int = 14, bold: bool = False, halo: bool = False
) -> str:
    weight = ' font-weight="bold"' if bold else ""
    weight += ' paint-order="stroke" stroke="#fff" stroke-width="4"' if halo else ""
    return f'<text x="{x:.0f}" y="{y:.0f}" text-anchor="{anchor}" font-size="{size}"{weight}>{escape(text)}</text>'


def _people(record: IncidentRecord, words: Words, top: int) -> tuple[list[str], int]:
    """A dot for each person (or for this many), and the number of disclosures."""
    count = words.number(record.exposed)
    parts = [_text(20, top, words.word("picture", "people").format(count=count), size=22, bold=True)]
    dots = min(record.exposed, _MOST_DOTS)
    y = top + 24
    for dot in range(dots):
        row, column = divmod(dot, _DOTS_A_ROW)
        parts.append(f'<circle cx="{27 + column * 14}" cy="{y + row * 14}" r="4.5" fill="#2c5f8a"/>')
    rows = max(1, -(-dots // _DOTS_A_ROW))
    least, most = words.number(record.seen_by_least), words.number(record.seen_by_most)
    seen = "seen_by_same" if least == most else "seen_by"
    middle = y + (rows - 1) * 7
    disclosures = words.word("picture", "disclosures").format(count=words.number(record.disclosures))
    parts.append(_text(610, max(y, middle - 8), disclosures, size=20, bold=True))
    y += rows * 14 + 14
    parts.append(_text(20, y, words.word("picture", seen).format(least=least, most=most)))
    parts.append(_text(20, y + 20, words.word("picture", "disclosures_note"), size=12))
    return parts, y + 64


def _shown(record: IncidentRecord, words: Words, top: int) -> tuple[list[str], int]:
    """A bar for each kind of data."""
    parts = [_text(20, top, words.word("picture", "seen"), size=16, bold=True)]
    y = top + 14
    for each in ShownDetail:
        count = record.shown.get(each, 0)
        if count:
            width = min(_BAR_WIDTH, max(2.0, _BAR_WIDTH * count / max(record.exposed, 1)))
            parts.append(_text(_BAR_LEFT - 10, y + 15, words.word("theirs", each), anchor="end"))
            parts.append(f'<rect x="{_BAR_LEFT}" y="{y + 2}" width="{width:.1f}" height="16" fill="#2c5f8a"/>')
            parts.append(_text(_BAR_LEFT + width + 8, y + 15, words.number(count), bold=True))
            y += _ROW
    return parts, y + 40


def _time(record: IncidentRecord, words: Words, top: int) -> tuple[list[str], int]:
    """The line from the sending to the deadline, with the answers to everybody."""
    marks = list(_marks(record, words))
    first, last = marks[0][0], max(mark[0] for mark in marks)
    span = max((last - first).total_seconds(), 1.0)
    parts = [_text(20, top, words.word("picture", "time"), size=16, bold=True)]
    line = top + 24
    right = _TIME_LEFT + _TIME_WIDTH
    parts.append(f'<line x1="{_TIME_LEFT}" y1="{line}" x2="{right}" y2="{line}" stroke="#444" stroke-width="2"/>')
    y = line + 24
    labels = []
    for moment, said in marks:
        x = _TIME_LEFT + _TIME_WIDTH * (moment - first).total_seconds() / span
        parts.append(f'<line x1="{x:.1f}" y1="{line - 6}" x2="{x:.1f}" y2="{y - 5}" stroke="#888"/>')
        left = x <= _TIME_LEFT + _TIME_WIDTH / 2
        anchor, beside = ("start", 5) if left else ("end", -5)
        labels.append(_text(x + beside, y, said, anchor=anchor, size=12, halo=True))
        y += 18
    parts += labels
    more = len(record.answers) - _MOST_ANSWERS
    if more > 0:
        parts.append(_text(_TIME_LEFT, y, words.word("picture", "more").format(count=words.number(more)), size=12))
        y += 18
    return parts, y + 10


def _marks(record: IncidentRecord, words: Words) -> Iterator[tuple[datetime.datetime, str]]:
    """What happened when, in its order."""
    aware = clock.again(record.aware, record.zone)
    zone = aware.at.tzinfo
    found = [(aware.at, words.word("picture", "aware")), (aware.deadline, words.word("picture", "deadline"))]
    if record.sent:
        found.append((datetime.datetime.fromisoformat(record.sent), words.word("picture", "sent")))
    dated = [each for each in record.answers if each.at][:_MOST_ANSWERS]
    for each in dated:
        said = words.word("picture", "answer").format(number=each.by)
        found.append((datetime.datetime.fromisoformat(each.at or ""), said))
    for moment, said in sorted(found):
        yield moment, f"{words.date_time(moment.astimezone(zone))} · {said}"
