"""One cause, one finding: what further rules found of it is folded into the finding that is nearest to it.

What is an echo of what is told by where it is: the same cell, the same row, or the same text of the same person. A
finding that is graver than its cause, or whose cause is waived, stays on its own: nothing that blocks is ever lost.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from msgspec.structs import replace

from mailmerge.lint.finding import Finding
from mailmerge.lint.vocabulary import words
from mailmerge.model import Severity
from mailmerge.text.folding import normalise

_OF_A_ROW = words(
    "LST101 LST102 LST103 LST104 LST105 LST106 LST107 LST109 LST112 LST113 LST114 LST115 LST120 LST123 LST124 TPL201 "
    "TPL208 MSG301 MSG302 MSG303 MSG304 MSG305 MSG306 XRC401 XRC402 XRC409 ATT502 ATT504"
)
_OF_A_SHIFT = words("LST111 LST120 LST123 MSG302 MSG304 XRC401 XRC402 XRC403 XRC408 ATT502 ATT504")
EXPLAINS: Mapping[str, frozenset[str]] = {
    "LST110": _OF_A_SHIFT,
    "LST111": _OF_A_SHIFT,
    "LST122": _OF_A_SHIFT,
    "TPL203": words("TPL204 TPL207 TPL208 TPL211 MSG302 MSG303 MSG304 MSG305 XRC401 XRC402"),
    "XRC401": words("LST102 MSG304 MSG305 XRC402"),
    "LST102": words("LST103 LST113 LST114 TPL201 TPL208 MSG301 MSG302 MSG303 MSG304 MSG306"),
    "LST124": words("LST103 LST104 LST113 LST114 MSG301 MSG302 MSG303"),
    "LST104": words("LST105 MSG302 MSG303 MSG304"),
    "LST105": words("LST106 LST107 LST109 LST114 LST115 TPL201 TPL208 MSG303 MSG304 XRC401 XRC402"),
    "LST114": words("LST102 LST105 LST107 LST109 LST113 MSG301 MSG302 MSG303 MSG304 XRC401 XRC402 TPL208"),
    "LST106": words("LST107 MSG304"),
    "LST112": words("LST113 LST114 MSG301 MSG302"),
    "LST103": words("LST112 LST113 LST114 TPL208 MSG301 MSG302 MSG303"),
    "MSG305": words("MSG304"),
    "MSG302": words("MSG311 TPL204"),
    "TPL218": words("TPL201"),
    "TPL219": words("MSG311"),
    "TPL208": words("MSG303 MSG304 MSG305"),
    "ATT502": words("LST123 ATT504 ATT505 ATT506"),
}
"""What a finding of a rule is the cause of, in the same place; the nearest cause first."""
_OF_ONE_FILE = words("LST123 ATT504 ATT506")
"""What is wrong with a file, or with the cells that name it, and comes from whose data is in it."""
_OF_ONE_PERSON = words("TPL203 XRC401 XRC402 ATT502")
"""Rules that find several things of one person where one thing is copied: their address with their telephone number."""
_OF_WORDS = words("TPL204")
"""What is told of some words of the letter, and comes from what is told of the same words only."""
_PLACE = {rule: place for place, rule in enumerate(EXPLAINS)}
RANK = {severity: rank for rank, severity in enumerate(Severity)}
"""How grave a finding is: the gravest first."""


def fold_echoes(findings: Iterable[Finding]) -> list[Finding]:
    """The findings in their order, each echo within the one that is its cause."""
    several = list(findings)
    general: list[Finding] = []
    personal: dict[int, list[Finding]] = {}
    for root in several:
        if not root.waived and (root.rule in EXPLAINS or root.whole_row):
            for number in root.affected:
                personal.setdefault(number, []).append(root)
            if root.letter or not root.affected:
                general.append(root)
    echoes, copies = _of_one_person(several)
    folded: set[int] = set()
    for echo in sorted(several, key=_nearness):
        if id(echo) in copies:
            continue
        near = {id(root): root for number in echo.affected for root in personal.get(number, ())}
        causes = [
            root
            for root in (*general, *near.values())
            if _nearness(root) < _nearness(echo) and id(root) not in folded and _explains(root, echo)
        ]
        if causes and _covers(causes, echo):
            folded.add(id(echo))
            echoes.setdefault(id(min(causes, key=_nearness)), []).append(echo)
    return [
        replace(each, echoes=_all_within(each, echoes)) if id(each) in echoes else each
        for each in several
        if id(each) not in folded | copies
    ]


def _of_one_person(several: Iterable[Finding]) -> tuple[dict[int, list[Finding]], set[int]]:
    """What one rule found of one person in one place, folded into the first of it; and which findings those are."""
    first: dict[tuple[object, ...], Finding] = {}
    echoes: dict[int, list[Finding]] = {}
    folded: set[int] = set()
    for finding in several:
        place = finding.field or str(finding.values.get("file", "")) or (finding.letter, finding.letter_line)
        is_told = finding.affected or finding.letter_line
        if finding.rule not in _OF_ONE_PERSON or not finding.others or not is_told or not any(place):
            continue
        key = (finding.rule, place, finding.affected, finding.others, finding.waived)
        root = first.setdefault(key, finding)
        if root is not finding and RANK[root.severity] <= RANK[finding.severity] and not root.waived:
            echoes.setdefault(id(root), []).append(finding)
            folded.add(id(finding))
    return echoes, folded


def _all_within(root: Finding, echoes: Mapping[int, Sequence[Finding]]) -> tuple[Finding, ...]:
    """The echoes of a finding, and theirs."""
    return tuple(each for echo in echoes.get(id(root), ()) for each in (echo, *_all_within(echo, echoes)))


def _nearness(finding: Finding) -> tuple[bool, bool, int]:
    """The smaller, the nearer to the cause."""
    place = _PLACE.get(finding.rule, len(_PLACE))
    if finding.whole_row:
        return False, False, place
    return True, not finding.fields, place


def _explains(root: Finding, echo: Finding) -> bool:
    """Whether one is what the other comes from: by kind, by gravity and by place."""
    kinds = _OF_A_ROW if root.whole_row else EXPLAINS.get(root.rule, frozenset())
    if echo.rule not in kinds or RANK[echo.severity] < RANK[root.severity]:
        return False
    if echo.rule in _OF_WORDS and not echo.affected:
        is_typed = root.letter_line is not None or not root.field
        return is_typed and root.letter == echo.letter and _shows_the_same(root, echo)
    if root.affected and not set(root.affected) & set(echo.affected):
        return False
    return root.whole_row or _is_same_place(root, echo)


def _is_same_place(root: Finding, echo: Finding) -> bool:
    """Whether both are about the same cell, or show the same text."""
    if echo.field and echo.field in (root.field, *root.fields):
        return True
    if root.letter and not root.affected and (echo.letter or root.letter) == root.letter:
        if echo.field:
            return False  # a cell has it as well
        if root.letter_line is not None and root.letter_line == echo.letter_line:
            return True
    if root.rule == "ATT502" and echo.rule in _OF_ONE_FILE:
        file = str(root.values.get("file", ""))
        return bool(file) and file in (str(echo.values.get("file", "")), echo.excerpt)
    if root.files and echo.rule.startswith("ATT"):
        return True
    if root.affected and not set(root.affected).issuperset(echo.affected or (0,)):
        return False
    return _shows_the_same(root, echo)


def _shows_the_same(root: Finding, echo: Finding) -> bool:
    """Whether the text of one is in that of the other, and on the same line as far as that is known."""
    if not root.excerpt or not echo.excerpt:
        return False
    if root.letter_line and echo.letter_line and root.letter_line != echo.letter_line:
        return False  # each is to be repaired where it is
    one, other = _shown(root.excerpt), _shown(echo.excerpt)
    return one in other or other in one


def _shown(text: str) -> str:
    """A text without what nobody sees."""
    return "".join(normalise(text).casefold().split())


def _covers(causes: Sequence[Finding], echo: Finding) -> bool:
    """Whether everybody whose message the echo is about is stopped by its causes as well, or owns what is in them."""
    if any(not cause.affected for cause in causes) or (echo.rule in _OF_WORDS and not echo.affected):
        return True
    covered = {number for cause in causes for number in cause.affected}
    if echo.rule in _OF_ONE_FILE:
        covered.update(number for cause in causes if cause.rule == "ATT502" for number in cause.others)
    return bool(echo.affected) and covered.issuperset(echo.affected)
