"""Who could see whom: for each mail its readers and the people in it, and the sums over all mails.

An edge a -> b is there once, however many copies show it. Readers of the same mails have the same edges, so they are
counted together: a hundred thousand people in one mail are one sum.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Mapping, Sequence

from msgspec import Struct


class Audience(Struct, frozen=True):
    """One mail: by their numbers, the people who got it, and those who are to be seen in it."""

    readers: frozenset[int]
    shown: frozenset[int]


class Exposure(Struct, frozen=True):
    """What all mails together showed."""

    disclosures: int
    """Edges: once for each person and each other person who could see something of theirs."""
    seen_by: Mapping[int, int]
    """How many others could see something of a person; who is not in it, was seen by nobody."""
    colleagues: Mapping[int, int]
    """How many of those are at the person's own employer."""
    readers: frozenset[int]
    """Who got any of the mails."""

    @property
    def exposed(self) -> int:
        """How many people were seen by anybody."""
        return len(self.seen_by)


def exposure(audiences: Sequence[Audience], employer: Mapping[int, str], absent: Collection[int] = ()) -> Exposure:
    """The exposure; ``absent`` are people who got nothing, as it came back.

    ``employer`` names the domain of those people who have one that tells something.
    """
    missing = frozenset(absent)
    mails: dict[int, list[int]] = defaultdict(list)
    for number, audience in enumerate(audiences):
        for reader in audience.readers - missing:
            mails[reader].append(number)
    groups: dict[tuple[int, ...], list[int]] = defaultdict(list)
    for reader, got in mails.items():
        groups[tuple(got)].append(reader)
    total: Counter[int] = Counter()
    mates: Counter[int] = Counter()
    for numbers, readers in groups.items():
        shown = frozenset().union(*(audiences[number].shown for number in numbers))
        at = Counter(employer[reader] for reader in readers if reader in employer)
        own = frozenset(readers)
        for person in shown:
            total[person] += len(readers) - (person in own)
            if person in employer:
                mates[person] += at[employer[person]] - (person in own)
    seen = {person: count for person, count in total.items() if count}
    colleagues = {person: count for person, count in mates.items() if count}
    return Exposure(sum(seen.values()), seen, colleagues, frozenset(mails))
