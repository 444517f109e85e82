"""How much one message may compute: whatever is made for it is paid for by its size, before it is made or as it grows.

Nothing here looks at a clock: the same letter and the same record are refused everywhere, or nowhere.
"""

from __future__ import annotations

from collections.abc import ItemsView, Iterable, KeysView, Sequence, ValuesView
from typing import Any

from jinja2 import Undefined, nodes

from mailmerge.i18n import number
from mailmerge.letter.reasons import Impossible, LimitExceeded

MAX_OUTPUT = 1_000_000
"""Characters that the values of one message may have together, and any text that is put together for it."""
MAX_WORK = 20_000_000
"""Characters that may be gone through for one message; an ordinary letter needs some hundreds."""
_A_NODE = 20
"""What the smallest step costs, in characters that are gone through."""
MAX_NUMBER = 10**15
"""The largest number that is calculated with: each digit of it is exact."""

CONTAINERS = (list, tuple, dict, ItemsView, KeysView, ValuesView)
"""What can hold several values."""
_PLAIN = (str, int, float, Undefined)
"""What holds no others."""


class Budget:
    """What is left of the work for one message."""

    __slots__ = ("_left",)

    def __init__(self) -> None:
        self._left = MAX_WORK

    def spend(self, characters: int) -> None:
        """Pay for something before it is done.

        Raises:
            LimitExceeded: nothing is left.
        """
        self._left -= characters
        if self._left < 0:
            raise LimitExceeded("too-much-work", limit=number(MAX_WORK))


def size_of(value: Any) -> int:
    """Characters in a value, and one for each part of it."""
    if isinstance(value, str):
        return len(value) + 1
    if isinstance(value, dict):
        return size_of(value.items())
    return 1 + sum(map(size_of, value)) if isinstance(value, CONTAINERS) else 1


def is_plain(value: Any) -> bool:
    """Whether a value holds no others."""
    return value is None or isinstance(value, _PLAIN)


def plain(value: Any) -> Any:
    """A value that is about to become text.

    Raises:
        Impossible: it holds others.
    """
    if not is_plain(value):
        raise Impossible("not-printable", name=type(value).__name__)
    return value


def flat(container: Any) -> Any:
    """A container that holds plain values, or pairs and lists of them, and nothing deeper: it cannot double for ever.

    Raises:
        Impossible: it is deeper.
    """
    for item in container.values() if isinstance(container, dict) else container:
        if not (is_plain(item) or (isinstance(item, list | tuple) and all(map(is_plain, item)))):
            raise Impossible("nested-list")
    return container


def bounded(number: Any) -> Any:
    """A number that was calculated.

    Raises:
        LimitExceeded: it is too large to be exact, or no number at all.
    """
    if isinstance(number, int | float) and not -MAX_NUMBER <= number <= MAX_NUMBER:
        raise LimitExceeded("number-too-large")
    return number


def capped(text: str) -> str:
    """The text, where it is not too long to be part of a message.

    Raises:
        LimitExceeded: it is.
    """
    require_length(len(text))
    return text


def require_length(length: int) -> None:
    """See that a text of this many characters may be made.

    Raises:
        LimitExceeded: it may not.
    """
    if length > MAX_OUTPUT:
        raise LimitExceeded("text-too-long", limit=number(MAX_OUTPUT))


def joined(texts: Iterable[str], separator: str = "") -> str:
    """Texts in one, counted as it grows.

    Raises:
        LimitExceeded: it grows too long.
    """
    kept: list[str] = []
    length = 0
    for text in texts:
        length += len(text) + (len(separator) if kept else 0)
        require_length(length)
        kept.append(text)
    return separator.join(kept)


def weight_of(body: Sequence[nodes.Node]) -> int:
    """What one round of a loop costs whatever its values are."""
    weight = 0
    waiting = list(body)
    while waiting:
        node = waiting.pop()
        weight += _A_NODE + (len(node.data) if isinstance(node, nodes.TemplateData) else 0)
        waiting += node.iter_child_nodes()
    return weight
