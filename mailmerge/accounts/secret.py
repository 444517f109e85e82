"""A password or token that shows itself to nobody who does not ask for it by name."""

from __future__ import annotations

import hmac
from typing import NoReturn, SupportsIndex

REDACTED = "‹secret›"
"""What is shown in its place."""


class Secret:
    """A password or an access token.

    ``repr``, ``str`` and ``format`` are redacted, because crash screens print local variables; it can be neither
    pickled nor copied. :meth:`reveal` is the only way in.
    """

    __slots__ = ("__value",)

    def __init__(self, value: str):
        self.__value = value

    def reveal(self) -> str:
        """The text itself; call it where it leaves for the server or the keyring, and keep no copy."""
        return self.__value

    def __repr__(self) -> str:
        return REDACTED

    __str__ = __repr__

    def __format__(self, specification: str) -> str:
        return REDACTED

    def __bool__(self) -> bool:
        return bool(self.__value)

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Secret):
            return NotImplemented
        return hmac.compare_digest(self.__value.encode(), other.__value.encode())

    __hash__ = None  # type: ignore[assignment]

    def __reduce_ex__(self, protocol: SupportsIndex) -> NoReturn:
        raise TypeError("a secret is neither pickled nor copied")
