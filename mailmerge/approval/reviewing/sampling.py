"""How much a clean sample proves: the hypergeometric law, without an approximation."""

from __future__ import annotations

import math

CONFIDENCE = 0.95
SHARE = 0.05
"""One in twenty."""


def sample_size(population: int, wrong: int) -> int:
    """The least number of letters of which at least one of the ``wrong`` ones is, that often, where they are drawn."""
    if population <= 0 or wrong <= 0:
        return max(0, population)
    return next(size for size in range(1, population + 1) if missed(population, wrong, size) <= 1 - CONFIDENCE + 1e-12)


def missed(population: int, wrong: int, drawn: int) -> float:
    """The probability that none of the ``wrong`` letters is among those that were drawn."""
    if drawn > population - wrong:
        return 0.0
    right = population - wrong
    return math.exp(
        math.lgamma(right + 1)
        - math.lgamma(right - drawn + 1)
        - math.lgamma(population + 1)
        + math.lgamma(population - drawn + 1)
    )


def review_sample(population: int) -> int:
    """How many letters a review draws: enough to meet one, had one in twenty been wrong."""
    return sample_size(population, wrong_of(population))


def wrong_of(population: int) -> int:
    """How many letters are wrong where one in twenty is."""
    return max(1, math.ceil(population * SHARE))
