"""Somebody else's identity in a message, in words."""

from __future__ import annotations

from mailmerge.lint.finding import Found
from mailmerge.lint.identities.index import Hit, What
from mailmerge.lint.identities.masking import identities_in
from mailmerge.lint.views.message import MessageView
from mailmerge.lint.vocabulary import STAFF
from mailmerge.model import Severity
from mailmerge.text import fold, shorten


def exposure(view: MessageView, hit: Hit) -> Found:
    """That a message holds what belongs to somebody else."""
    inspection = view.inspection
    owners = inspection.people(hit.owners)
    index, excerpt = _where(view, hit)
    expressions = view.message.shape.expressions
    fields = sorted(expressions[index].fields) if index is not None and index < len(expressions) else []
    is_colleague = hit.what is What.NAME and len(fields) == 1 and not STAFF.isdisjoint(fields[0].split("_"))
    place = f' in "{fields[0]}"' if len(fields) == 1 else ""
    return Found(
        message=f"{inspection.person(view.record)} would read the {hit.what.value} of {owners}{place}"
        + (f": {shorten(excerpt, 60)}" if excerpt else ""),
        fix="Correct the cell that the letter prints: it holds what belongs to the other row.",
        evidence=(view.own_key, hit.what.value, hit.key),
        record=view.record,
        field=fields[0] if len(fields) == 1 else None,
        others=hit.owners,
        excerpt=excerpt,
        cause=f"{hit.what.value}\x1f{hit.key}",
        severity=Severity.WARN if is_colleague else None,
        general=is_colleague,
        together=f"{{count}} people would read the {hit.what.value} of {owners}{place}: {{lines}}",
    )


def _where(view: MessageView, hit: Hit) -> tuple[int | None, str]:
    """The value that holds the hit, and the text to mark."""
    for index, value in enumerate(view.message.values):
        if any(other.key == hit.key for other in identities_in(view.inspection.identities, value)):
            return index, value if len(value) < 80 else _near(value, hit)
    return None, hit.key


def _near(value: str, hit: Hit) -> str:
    """The sentence of a long value that holds the hit."""
    first = hit.key.split("@")[0].split()[0]
    for line in value.replace(". ", ".\n").split("\n"):
        if first in fold(line) or first in line:
            return line.strip()
    return hit.key
