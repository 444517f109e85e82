"""How much of a text a sentence shows: whatever is in a cell, a line or a name, a sentence is read at a glance."""

from __future__ import annotations

from mailmerge.lint import Finding
from mailmerge.lint.sentence import Quoted

_A_WORD_OR_TWO, _A_TEXT = 40, 60
_WORDS = frozenset({
    "column", "header", "meant", "mention", "other_header", "printed", "repaired", "source", "value", "written",
})  # fmt: skip
"""Places of a sentence for a word or two."""
_OTHERWISE: dict[tuple[str, str], set[int]] = {
    ("ATT502", "shown"): {40, 60},
    ("ATT504", "file"): {40, 60},
    ("ATT504", "other"): {40},
    ("ATT504", "reason"): {120},
    ("ATT505", "shown"): {50},
    ("ATT506", "letter"): {40},
    ("LST101", "header"): {60},
    ("LST102", "cell"): {80},
    ("LST104", "characters"): {80},
    ("LST105", "address"): {40, 60},
    ("LST107", "ending"): {20},
    ("LST112", "cell"): {40},
    ("LST113", "cell"): {50},
    ("LST114", "cell"): {40},
    ("LST114", "other"): {40},
    ("LST116", "header"): {60},
    ("LST117", "who"): {100},
    ("LST118", "other"): {40},
    ("LST119", "header"): {60},
    ("LST120", "other"): {40},
    ("LST121", "header"): {60},
    ("LST124", "cell"): {40},
    ("LST124", "where"): {120},
    ("LST126", "cell"): {40},
    ("META003", "reason"): {200},
    ("MSG301", "residue"): {40, 60},
    ("MSG302", "greeted"): {40, 60},
    ("MSG305", "shown"): {50},
    ("MSG305", "source"): {40, 60},
    ("MSG308", "source"): {40, 60},
    ("MSG311", "field"): {80},
    ("MSG311", "title"): {40},
    ("TPL201", "header"): {60},
    ("TPL204", "text"): {50},
    ("TPL205", "text"): {40},
    ("TPL208", "expression"): {40},
    ("TPL208", "field"): {40},
    ("TPL208", "header"): {60},
    ("TPL211", "name"): {40},
    ("TPL212", "name"): {40},
    ("TPL213", "text"): {40},
    ("TPL214", "text"): {40, 60},
    ("TPL217", "write"): {120},
    ("TPL218", "write"): {120},
    ("TPL219", "text"): {40},
    ("TPL219", "write"): {160},
    ("TPL221", "first"): {80},
    ("TPL221", "second"): {80},
    ("TPL221", "text"): {40},
    ("TPL222", "where"): {120},
    ("XRC401", "letter"): {40},
    ("XRC402", "letter"): {40},
    ("XRC404", "own"): {40},
}
"""Characters that are shown at most, by rule and place, where it is not the usual number."""


def assert_shown_short(finding: Finding) -> None:
    """However long a text is, its place in the sentence is as long as such a place is."""
    for place, value in finding.values.items():
        if isinstance(value, Quoted):
            usual = {_A_WORD_OR_TWO if place in _WORDS else _A_TEXT}
            assert value.limit in _OTHERWISE.get((finding.rule, place), usual), (place, value.limit)
