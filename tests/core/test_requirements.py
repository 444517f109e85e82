"""The lowest versions that may be installed are none with a public advisory."""

from __future__ import annotations

import tomllib

import pytest
from house_source import PROJECT

REPAIRED_IN = {
    "filelock": "3.20.3",  # a lock file could be swapped for a link between check and use
    "idna": "3.15",  # quadratic time on crafted names
    "jinja2": "3.1.6",  # ways out of the sandbox
    "pypdf": "6.16.1",  # endless loops and memory on crafted files
}
"""As published by 2026-11-26: the first version without a known advisory. Look again before each release."""


def _floors() -> dict[str, tuple[int, ...]]:
    required = tomllib.loads(PROJECT.read_text(encoding="utf-8"))["project"]["dependencies"]
    return {name: _version(floor) for name, _, floor in (line.partition(">=") for line in required)}


def _version(text: str) -> tuple[int, ...]:
    return tuple(int(part) for part in text.split(","[0])[0].split("."))


@pytest.mark.parametrize("name", REPAIRED_IN)
def test_a_floor_is_not_below_the_last_repair(name: str) -> None:
    assert _floors()[name] >= _version(REPAIRED_IN[name])


def test_every_requirement_has_a_floor() -> None:
    assert all(_floors().values())
