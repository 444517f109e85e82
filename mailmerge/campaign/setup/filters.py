"""A filter that is chosen, not written: the people with one value in one column, as ``where`` in ``campaign.toml``."""

from __future__ import annotations

from collections import Counter

from msgspec import Struct

from mailmerge.campaign.campaign import Campaign
from mailmerge.campaign.people.recipients import select_recipients
from mailmerge.model import RecordTable

_ESCAPES = str.maketrans({"\\": "\\\\", "'": "\\'", "\n": "\\n", "\r": "\\r"})


class ValueCount(Struct, frozen=True):
    """One value of a column, and how many people have it."""

    value: str
    people: int


def values_of(table: RecordTable, column: str) -> list[ValueCount]:
    """The values of a column (an identifier), the most frequent first."""
    counts = Counter(table.value(record, column) for record in table.records)
    return [ValueCount(value, people) for value, people in counts.most_common()]


def where_value(column: str, value: str) -> str:
    """The condition that a column (an identifier) has a value."""
    return f"{column} == '{value.translate(_ESCAPES)}'"


def people_where(campaign: Campaign, where: str) -> int:
    """How many people a campaign would write to with another filter.

    Raises:
        CampaignError: the condition cannot be used.
    """
    from msgspec.structs import replace

    file = replace(campaign.file, where=where)
    recipients, _excluded = select_recipients(file, campaign.table, campaign.folder, path=campaign.path)
    return len(recipients)
