"""Regular expressions that are compiled when they are first used: most of them are not, in any one command."""

from __future__ import annotations

import re
from typing import Any, AnyStr, cast

_METHODS = ("search", "match", "fullmatch", "finditer", "findall", "sub", "subn", "split")


def regex(pattern: AnyStr, flags: int = 0) -> re.Pattern[AnyStr]:
    """What :func:`re.compile` gives, compiled at its first use; a mistake in it is found by a test over all of them."""
    return cast("re.Pattern[AnyStr]", Regex(pattern, flags))


class Regex:
    """Stands for a compiled pattern; from its first use on its methods are those of the pattern itself."""

    __slots__ = ("compiled", "pattern", "wanted", *_METHODS)

    def __init__(self, pattern: str | bytes, wanted: int):
        self.pattern, self.wanted = pattern, wanted

    def __getattr__(self, name: str) -> Any:
        """What a slot does not hold yet, or a pattern has besides (``flags``, ``groups``)."""
        if name.startswith("__"):
            raise AttributeError(name)
        if name == "compiled" or name in _METHODS:
            self.compiled = re.compile(self.pattern, self.wanted)
            for method in _METHODS:
                setattr(self, method, getattr(self.compiled, method))
            return getattr(self, name)
        return getattr(self.compiled, name)
