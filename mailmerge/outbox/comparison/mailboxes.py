"""Whose mailbox a message of another run went to: the people about to be written to, found by mailbox."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from typing import cast

from mailmerge.outbox.comparison.traces import Traces
from mailmerge.outbox.key import Key
from mailmerge.text.addresses import same_mailbox_key

Candidate = tuple[int, int, bytes, int]
"""A record here, a record there that may be the same person's, the words of the message there, and its letter there."""
Alone = dict[bytes | str, int]
"""The one record of a mailbox."""
Together = dict[bytes | str, list[int]]
"""The records of a mailbox that has several."""


class Mailboxes:
    """The records of each mailbox, as the entries of a run name it: by keyed digest, or by folded address.

    ``others`` are not about to be written to, and may share a mailbox with somebody who is.
    """

    def __init__(self, key: Key, addresses: Mapping[int, str], others: Mapping[int, str]):
        self._key = key
        self._addresses = addresses
        self._others = others
        self._settled: set[int] = set()
        self._known: dict[bool, tuple[Alone, Together]] = {}
        self.shared: dict[int, list[int]] = {}
        """The records that have a mailbox in common with others, and all of its records."""

    def find(self, entries: Traces, *, digests: bool) -> list[Candidate]:
        """Everybody who is not settled yet and has the mailbox of an entry; the entries of one record in order."""
        alone, together = self._by_mailbox(digests=digests)
        if not alone and not together:
            return []
        columns = entries.records, entries.words, entries.letters
        here = map(alone.get, entries.mailboxes)
        found = cast("list[Candidate]", [each for each in zip(here, *columns, strict=True) if each[0] is not None])
        if together:
            found += [
                (record, there, words, letter)
                for mailbox, there, words, letter in zip(entries.mailboxes, *columns, strict=True)
                for record in together.get(mailbox, ())
            ]
        return found

    def pairs(self, entries: Traces, *, digests: bool) -> list[tuple[int, int]]:
        """Like :meth:`find`, without the words and letters: the record here and the record there alone."""
        alone, together = self._by_mailbox(digests=digests)
        here = map(alone.get, entries.mailboxes)
        both = zip(here, entries.records, strict=True)
        found = cast("list[tuple[int, int]]", [each for each in both if each[0] is not None])
        if together:
            found += [
                (record, there)
                for mailbox, there in zip(entries.mailboxes, entries.records, strict=True)
                for record in together.get(mailbox, ())
            ]
        return found

    def settle(self, records: Collection[int]) -> None:
        """Look for some people no more: what there is to be known of them is known."""
        if not records:
            return
        self._settled.update(records)
        for digests, (alone, together) in self._known.items():
            self._known[digests] = _without(self._settled, alone, together)

    def _by_mailbox(self, *, digests: bool) -> tuple[Alone, Together]:
        if digests not in self._known:
            self._known[digests] = self._read(self._key.mailbox if digests else same_mailbox_key)
        return self._known[digests]

    def _read(self, key_of: Callable[[str], bytes | str]) -> tuple[Alone, Together]:
        alone: Alone = {}
        together: Together = {}
        for record, address in self._addresses.items():
            mailbox = key_of(address)
            if (first := alone.setdefault(mailbox, record)) != record:
                together.setdefault(mailbox, [first]).append(record)
        mates = {mailbox: list(records) for mailbox, records in together.items()}
        for record, address in self._others.items():
            if (mailbox := key_of(address)) in alone:
                mates.setdefault(mailbox, [alone[mailbox]]).append(record)
        self.shared = {one: records for records in mates.values() for one in records if one in self._addresses}
        for mailbox in together:
            del alone[mailbox]
        return _without(self._settled, alone, together)


def _without(settled: Collection[int], alone: Alone, together: Together) -> tuple[Alone, Together]:
    left = {mailbox: [one for one in records if one not in settled] for mailbox, records in together.items()}
    return (
        {mailbox: record for mailbox, record in alone.items() if record not in settled},
        {mailbox: records for mailbox, records in left.items() if records},
    )
