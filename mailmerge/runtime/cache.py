"""What was made last, as much of it as is worth keeping."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable, Iterable
from typing import Generic, TypeVar

Key = TypeVar("Key", bound=Hashable)
Value = TypeVar("Value")


def _one(_value: object) -> int:
    return 1


class BoundedCache(Generic[Key, Value]):
    """Keeps what was used last, up to a weight (of one each, where nothing else is said); the newest stays whatever it
    weighs. Not for several threads at once."""

    def __init__(self, most: int, weigh: Callable[[Value], int] = _one):
        self._most = most
        self._weigh = weigh
        self._kept: OrderedDict[Key, Value] = OrderedDict()
        self.weight = 0
        """Of all that is kept."""

    def __len__(self) -> int:
        return len(self._kept)

    def values(self) -> Iterable[Value]:
        """What is kept, the newest last."""
        return self._kept.values()

    def get(self, key: Key) -> Value | None:
        """What is kept under a key, used just now; None where nothing is."""
        value = self._kept.get(key)
        if value is not None:
            self._kept.move_to_end(key)
        return value

    def put(self, key: Key, value: Value) -> Value:
        """Keep a value. Returns it."""
        self[key] = value
        return value

    def __setitem__(self, key: Key, value: Value) -> None:
        """Keep a value, at the cost of those that were not used for the longest time."""
        before = self._kept.pop(key, None)
        if before is not None:
            self.weight -= self._weigh(before)
        self._kept[key] = value
        self.weight += self._weigh(value)
        while self.weight > self._most and len(self._kept) > 1:
            self.weight -= self._weigh(self._kept.popitem(last=False)[1])

    def forget(self, which: Callable[[Value], bool]) -> None:
        """Keep no longer what ``which`` says."""
        for key in [key for key, value in self._kept.items() if which(value)]:
            self.weight -= self._weigh(self._kept.pop(key))
