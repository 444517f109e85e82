"""What ``seal`` and ``send`` do about people who have the same letter from an earlier run."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, TypeVar

import click

from mailmerge.campaign import Checked, IfWritten, already_written
from mailmerge.campaign.telling import from_runs, received_otherwise, run_day, who_received
from mailmerge.cli.context import environment
from mailmerge.cli.output import OK, SOME_UNKNOWN, note, say
from mailmerge.errors import AlreadyWritten, RunsIncomparable, UsageError
from mailmerge.i18n import N_, _, plural
from mailmerge.model import State
from mailmerge.outbox import WrittenComparison

_Command = TypeVar("_Command", bound=Callable[..., Any])


def written_options(command: _Command) -> _Command:
    """``--skip-written`` and ``--again``; the command receives them as ``skip`` and ``again``."""
    skip = click.option("--skip-written", "skip", is_flag=True, help="Leave out who has this letter from another run.")
    again = click.option("--again", is_flag=True, help="Write once more to who has this letter from another run.")
    return skip(again(command))


def if_written(*, skip: bool, again: bool) -> IfWritten:
    """What the options say.

    Raises:
        UsageError: both were given.
    """
    if skip and again:
        raise UsageError(N_("give --skip-written or --again, not both"))
    return IfWritten.SKIP if skip else IfWritten.AGAIN if again else IfWritten.REFUSE


def compared(found: Checked, written: IfWritten) -> WrittenComparison:
    """What earlier runs say about the people; told on stderr as far as it stops nobody.

    Raises:
        AlreadyWritten: people have this letter, and no option says what to do.
        RunsIncomparable: an earlier run cannot be compared, and not everybody is written to again.
    """
    try:
        comparison = found.compare(environment().outbox)
    except RunsIncomparable as error:
        if written is not IfWritten.AGAIN:
            raise
        note(str(error.reason))
        return WrittenComparison()
    people = len(found.campaign.recipients)
    if comparison.written and written is IfWritten.REFUSE:
        raise _with_ways_on(already_written(comparison, people), comparison, people)
    for rest in comparison.unfinished:
        said = plural(
            rest.count,
            "run {run} of {day} still has {count} message of this letter to send to these people: mailmerge send "
            "--resume {run}",
            "run {run} of {day} still has {count} messages of this letter to send to these people: mailmerge send"
            " --resume {run}",
            run=rest.run,
            day=run_day(comparison.days[rest.run]),
        )
        note(said)
    for each in comparison.notes:
        note(received_otherwise(each, comparison.days[each.run]))
    return comparison


def _with_ways_on(error: AlreadyWritten, comparison: WrittenComparison, people: int) -> AlreadyWritten:
    """The error with what can be done about it on the command line."""
    values = {
        "error": error,
        "others": people - len(comparison.written),
        "people": people,
        "run": comparison.unfinished[0].run if comparison.unfinished else "",
        "count": comparison.unfinished[0].count if comparison.unfinished else 0,
    }
    return AlreadyWritten(_WAYS_ON[bool(values["others"]), bool(comparison.unfinished)], error.written, **values)


_WAYS_ON: Mapping[tuple[bool, bool], str] = {
    (True, False): N_("{error}: --skip-written writes to the other {others}, --again writes to all {people} once more"),
    (True, True): N_(
        "{error}: --skip-written writes to the other {others}, --again writes to all {people} once more; run {run}"
        " still has {count} to send: mailmerge send --resume {run}"
    ),
    (False, False): N_("{error}: --skip-written would write to nobody, --again writes to all {people} once more"),
    (False, True): N_(
        "{error}: --skip-written would write to nobody, --again writes to all {people} once more; run {run}"
        " still has {count} to send: mailmerge send --resume {run}"
    ),
}
"""By whether others are left to write to, and whether an earlier run has something left to send."""


def left(found: Checked, comparison: WrittenComparison, written: IfWritten) -> int:
    """How many people would be written to."""
    people = len(found.campaign.recipients)
    return people if written is IfWritten.AGAIN else people - len(comparison.written)


def nobody_left(comparison: WrittenComparison) -> int:
    """Nothing is left to do: as when a complete run is resumed."""
    said = _("{people}, from {runs}; nothing was sealed or sent")
    say(said.format(people=who_received(comparison, len(comparison.written)), runs=from_runs(comparison)))
    return OK if all(person.state is State.ACCEPTED for person in comparison.written) else SOME_UNKNOWN
