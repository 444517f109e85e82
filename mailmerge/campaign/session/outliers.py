"""The order "most unusual first": what a tired reader would miss stands at the top."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from statistics import median

from msgspec import Struct

from mailmerge.campaign import Campaign
from mailmerge.errors import RenderFailed
from mailmerge.i18n import _
from mailmerge.model import Severity

_RARE = 0.05
"""A branch of the letter that fewer take is rare."""
_FAR = 4.0
"""Median deviations from the usual length that make a message long or short."""
_MOSTLY = 0.9
"""A field that so many have filled is missed where it is empty."""
_ENOUGH = 12
"""Messages of one wording from which a usual length can be told."""
_REPORTED = 100
"""Messages between two reports of progress."""
_POINTS = {Severity.BLOCK: 1000.0, Severity.WARN: 100.0, Severity.INFO: 5.0}


class Outliers(Struct, frozen=True):
    """An order of positions, and why a record stands near the top."""

    order: Sequence[int]
    notes: Mapping[int, str]


def by_rarity(campaign: Campaign, severities: Mapping[int, Severity], progress: Callable[[int, int], None]) -> Outliers:
    """Findings first, then messages that cannot be made, rare branches, odd lengths, and fields that only few lack."""
    recipients = campaign.recipients
    total = len(recipients)
    lengths: list[int] = []
    wordings: list[int] = []
    filled = Counter[int]()
    for done, recipient in enumerate(recipients, 1):
        try:
            message = campaign.compose(recipient)
            wordings.append(hash(message.shape.source.constants))
            lengths.append(len(message.text))
        except RenderFailed:
            wordings.append(0)
            lengths.append(0)
        filled.update(index for index, value in enumerate(recipient.record.values) if value)
        if done % _REPORTED == 0 or done == total:
            progress(done, total)
    takers = Counter(wordings)
    usual = _usual_lengths(wordings, lengths)
    expected = [index for index, count in filled.items() if _MOSTLY <= count / total < 1]
    scores: list[tuple[float, int]] = []
    notes: dict[int, str] = {}
    for position, recipient in enumerate(recipients):
        number = recipient.record.number
        said: list[str] = []
        score = 0.0
        severity = severities.get(number)
        if severity:
            score += _POINTS[severity]
        share = takers[wordings[position]] / total
        if not lengths[position]:
            score += 500
            said.append(_("cannot be created"))
        elif share < _RARE:
            score += 50 * (1 - share)
            said.append(_("wording of {count} of {total}").format(count=takers[wordings[position]], total=total))
        middle, spread = usual.get(wordings[position], (0.0, 0.0))
        deviation = (lengths[position] - middle) / spread if spread else 0.0
        if abs(deviation) >= _FAR:
            score += min(40.0, abs(deviation))
            said.append(_("longer than usual") if deviation > 0 else _("shorter than usual"))
        empty = [index for index in expected if not recipient.record.values[index]]
        if empty:
            score += 10 * len(empty)
            said.append(_("{column} is blank").format(column=campaign.table.fields[empty[0]].header))
        if said:
            notes[number] = ", ".join(said)
        scores.append((-score, position))
    scores.sort()
    return Outliers([position for _score, position in scores], notes)


def _usual_lengths(wordings: Sequence[int], lengths: Sequence[int]) -> dict[int, tuple[float, float]]:
    """The median length and the median deviation from it, of each wording that enough people get."""
    by_wording: dict[int, list[int]] = {}
    for wording, length in zip(wordings, lengths, strict=True):
        if length:
            by_wording.setdefault(wording, []).append(length)
    usual = {}
    for wording, made in by_wording.items():
        if len(made) >= _ENOUGH:
            middle = median(made)
            usual[wording] = middle, max(median(abs(length - middle) for length in made), middle * 0.05)
    return usual
