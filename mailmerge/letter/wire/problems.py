"""Why a file cannot be sent, in words: for whoever has the file before them."""

from __future__ import annotations

from collections.abc import Mapping

from mailmerge.i18n import N_
from mailmerge.model import FileProblem, ProblemKind
from mailmerge.text.shown import shorten

_SENTENCES: Mapping[ProblemKind, str] = {
    ProblemKind.EMPTY: N_("the file is empty"),
    ProblemKind.ENCODED_WORD: N_('the file name contains "=?", which mail programs misread; rename the file'),
    ProblemKind.LEADS_OUT: N_("the name in the cell could lead out of the letter's folder"),
    ProblemKind.LINK: N_("the file is a symbolic link, or in a folder that is one"),
    ProblemKind.MISSING: N_("the file is missing"),
    ProblemKind.NOT_A_FILE: N_("this is not a file"),
    ProblemKind.OUTSIDE: N_("the file is outside the letter's folder"),
    ProblemKind.TOO_LARGE: N_("the file is larger than {limit} MB"),
    ProblemKind.UNREADABLE: N_("the file cannot be read ({reason})"),
}
_LEADS_OUT_OF = N_("the name in the cell could lead out of the folder {folder}")


def explain(problem: FileProblem) -> str:
    """Why a file cannot be sent, as a clause that can follow a colon, safe to show."""
    sentence = _LEADS_OUT_OF if problem.folder else _SENTENCES[problem.kind]
    return sentence.format(folder=shorten(problem.folder), limit=problem.limit, reason=shorten(problem.reason, 120))
