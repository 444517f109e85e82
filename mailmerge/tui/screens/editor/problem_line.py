"""The line below the letter: what stands in the way of it, and the key that mends it."""

from __future__ import annotations

from collections.abc import Sequence

from textual.content import Content

from mailmerge.i18n import _, plural
from mailmerge.tui.content.safe_content import line, styled
from mailmerge.tui.content.theme import KEY, MUTED, STRONG, SUCCESS, WARNING
from mailmerge.tui.screens.editor.preview import Preview, PreviewProblem

_NONE = PreviewProblem(None, "")


def nearest_problem(problems: Sequence[PreviewProblem], row: int) -> PreviewProblem:
    """The problem on this line of the letter (from 1) before any other; one that says nothing where there is none."""
    return next((each for each in problems if each.line == row), next(iter(problems), _NONE))


def with_found(problems: Sequence[PreviewProblem], found: Sequence[PreviewProblem]) -> Sequence[PreviewProblem]:
    """Problems, and what the check found on other lines than theirs: one fault is not said twice."""
    lines = {each.line for each in problems}
    return (*problems, *(each for each in found if each.line not in lines))


def where_to_go(problems: Sequence[PreviewProblem]) -> tuple[int | None, str]:
    """The line of the first problem that has one; else why there is none to go to."""
    wanted = next((each.line for each in problems if each.line), None)
    return wanted, _("None of the problems has a line number.") if problems else _("This letter has no problem.")


def problem_line(
    made: Preview, problems: Sequence[PreviewProblem], problem: PreviewProblem, *, checked: bool
) -> Content:
    """One of the problems of a letter, and how many more there are; or that there is none.

    ``checked`` says whether the check has seen this very text: what it would find is not known before that.
    """
    if not problems:
        name = made.recipient.name or made.recipient.address
        said = (
            _("This makes a message for {name}.")
            if checked
            else _("This makes a message for {name}. Saving checks it.")
        )
        return line(("✓ ", SUCCESS), (said.format(name=name), MUTED))
    more = len(problems) - 1
    where = (_("line {line}:").format(line=problem.line) + " ") if problem.line and not problem.says_where else ""
    rest = "   " + plural(more, "and {count} more", "and {count} more") if more else ""
    enters = ("   ", *styled(_("{key} enters it there."), key=("F5", KEY))) if problem.undeclared else ()
    return line(("! ", WARNING), (where, STRONG), problem.said, *enters, (rest, MUTED))
