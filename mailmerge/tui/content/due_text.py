"""That a run waits for its time, or that it has passed: in a sentence, and in a list."""

from __future__ import annotations

from mailmerge.campaign.runs.due_runs import Due
from mailmerge.i18n import N_, _, clock, day
from mailmerge.tui.content.safe_content import Piece, styled
from mailmerge.tui.content.theme import KEY, MUTED, WARNING

_SENTENCES = {
    False: N_(
        "Run {run} leaves on {day} at {time}, from the program in which it waits. {key} opens it to send it now or"
        " to call it off."
    ),
    True: N_(
        "Run {run} was to leave on {day} at {time} and was not sent. {key} opens it to send it or to call it off."
    ),
}


def due_sentence(run: str, due: Due, key: str) -> tuple[Piece, ...]:
    """When a run leaves or was to leave, and the key that opens it."""
    said = styled(_(_SENTENCES[due.overdue]), run=run, day=day(due.at), time=clock(due.at), key=(key, KEY))
    return (("! ", WARNING), *said) if due.overdue else said


def due_note(due: Due) -> tuple[str, str]:
    """The same in a row of a list."""
    said = _("was due {time}") if due.overdue else _("leaves {time}")
    return said.format(time=f"{due.at:%Y-%m-%d %H:%M}"), WARNING if due.overdue else MUTED
