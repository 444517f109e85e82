"""What a second person looks at, as text: a letter out of its bytes, or a finding that somebody answers for."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from textual.content import Content

from mailmerge.approval.reviewing.reading import read_letter
from mailmerge.approval.reviewing.review import Item, Missing, Verdict
from mailmerge.approval.reviewing.selection import Question
from mailmerge.approval.reviewing.sentences import question_text, why_text
from mailmerge.i18n import N_, _
from mailmerge.tui.content.html import html_page
from mailmerge.tui.content.safe_content import line, lines
from mailmerge.tui.content.theme import MUTED, STRONG, WARNING

_WAIVED = N_("The author answers for this finding")
_WARNING = N_("This has to be looked at")
_LABELS = (N_("To"), N_("Subject"), N_("From"))
_FILES = N_("Files")


def title_of(item: Item) -> str:
    """What something is called in one line."""
    if item.finding is not None:
        return _("Finding {rule}").format(rule=item.finding.get("rule", ""))
    return _("Letter no. {record}").format(record=item.record)


def why_shown(item: Item) -> str:
    """Why it is shown, in one line."""
    if item.finding is not None:
        return _(_WAIVED if item.finding.get("waived") else _WARNING)
    return why_text(item.why, item.takers) if item.why is not None else ""


def item_text(item: Item, wrong: str | None) -> Content:
    """All of it, and what was said against it."""
    said = []
    if wrong is not None:
        reason = wrong or _("no reason given")
        said = [line(("! ", WARNING), _("You found it wrong: {reason}").format(reason=reason)), Content()]
    body = _letter(item.content) if item.finding is None else _finding(item.finding)
    return Content("\n").join([*said, body])


def _finding(finding: Mapping[str, Any]) -> Content:
    rows = [line((str(finding.get("message", "")), STRONG)), Content()]
    if finding.get("why"):
        rows.append(lines(_("{by} answers for it: {why}").format(by=finding.get("by", ""), why=finding["why"])))
    else:
        rows.append(lines(str(finding.get("fix", ""))))
    return Content("\n").join(rows)


def _letter(content: bytes) -> Content:
    read = read_letter(content)
    labels = [_(label) for label in _LABELS]
    width = max(map(len, [*labels, _(_FILES)])) + 2
    rows = [
        line((f"{label:<{width}}", MUTED), value)
        for label, value in zip(labels, (read.to, read.subject, read.sender), strict=True)
    ]
    for number, (name, size) in enumerate(read.files):
        label = "" if number else _(_FILES)
        shown = _("{name}, {size} KB").format(name=name, size=max(1, size // 1024))
        rows.append(line((f"{label:<{width}}", MUTED), shown))
    rows += [Content(), lines(read.text.strip()) if read.text.strip() else line((_("This letter has no text."), MUTED))]
    if read.html:
        rows += [Content(), line(("── " + _("The same letter as HTML"), MUTED)), Content(), html_page(read.html)]
    return Content("\n").join(rows)


_MISSING: Mapping[Missing, str] = {
    Missing.UNSEEN: N_("Some letters were not open for two seconds yet."),
    Missing.NUMBER: N_("That is not the number of letters."),
    Missing.FIRST: N_("The second answer is not right: look at the letter again."),
    Missing.SECOND: N_("The third answer is not right: look at the letters again."),
    Missing.REASON: N_("Say what is wrong, in a few words."),
}


def missing_sentence(missing: Missing) -> str:
    """What is still to be done."""
    return _(_MISSING[missing])


def asked(questions: tuple[Question, Question]) -> list[str]:
    """The number and the questions, as they are asked."""
    return [_("How many letters are there in this run?"), *map(question_text, questions)]


def decoys_told(verdict: Verdict) -> str:
    """Which letters were not part of the run."""
    if len(verdict.decoy_records) < 2:
        return ""
    first, second = verdict.decoy_records[:2]
    return _("The decoys were no. {first} and no. {second}: you found both. They are not part of the run.").format(
        first=first, second=second
    )


def missed_decoy(record: int) -> str:
    """That a decoy was missed."""
    return _(
        "One of the letters was a decoy, no. {record}, with the data of somebody else, and you took it for a right one."
        " Nothing was signed. The review begins again, with other decoys."
    ).format(record=record)
