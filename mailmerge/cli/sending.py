"""Watch a run being sent from the command line: one line per event, Ctrl-C, and the exit code for how it ended."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import TYPE_CHECKING

from mailmerge.accounts import Account, Secret
from mailmerge.cli.context import environment
from mailmerge.cli.output import (
    BLOCKED_OR_REJECTED,
    INTERRUPTED,
    LEFT_TO_SEND,
    OK,
    SOME_UNKNOWN,
    OutputLost,
    complain,
    print_json,
    put,
    say,
)
from mailmerge.cli.signals import interruptible
from mailmerge.cli.summary import decide_first, summary_document
from mailmerge.delivery import (
    Control,
    Event,
    Lowered,
    Outcome,
    Resumed,
    Summary,
    Waiting,
    deliver,
    left_out_event,
    lowered_in_words,
)
from mailmerge.errors import ApprovalNeeded, OutboxError, RunsIncomparable, SignInNeeded, StillToSend
from mailmerge.i18n import N_, _, clock, day, ngettext
from mailmerge.model import State
from mailmerge.model.words import COUNTED, in_words, state_column
from mailmerge.outbox import Run
from mailmerge.outbox.remarks import remark
from mailmerge.text.shown import visible

if TYPE_CHECKING:
    from mailmerge.accounts.oauth import Tokens
    from mailmerge.imap import Filed


def submit(
    run: Run, account: Account, secret: Secret | Tokens | None, *, limit: int | None, wait: bool, as_json: bool
) -> int:
    """Send what is due of a run; the documented exit code.

    Raises:
        StillToSend: the run cannot be opened for sending (another process sends it, the disk is full).
    """
    with _resumable(run):
        try:
            return asyncio.run(_submit(run, account, secret, limit, wait=wait, as_json=as_json))
        except ApprovalNeeded as error:
            return blocked(run, error, as_json=as_json)


def blocked(run: Run, error: ApprovalNeeded, *, as_json: bool) -> int:
    """Tell that a sealed run waits for the approval of a second person; the documented exit code."""
    if as_json:
        print_json(summary_document(run.id, run.counts()) | {"blocked": "approval"})
    complain(str(error))
    return BLOCKED_OR_REJECTED


def why_not_approved(run: Run, account: Account) -> ApprovalNeeded | None:
    """Why a run may not be sent yet, asked before a password is; the gate of the sending asks again."""
    from mailmerge.approval.gate import cleared

    try:
        cleared(run, account, environment())
    except ApprovalNeeded as error:
        return error
    return None


def leave_out_written(run: Run, *, as_json: bool) -> None:
    """Leave out, and tell, whoever got the same letter from another run since this one was sealed.

    What an earlier sender left in flight is unknown from then on. Done before a person is asked anything, it also sees
    that this process could send the run now.

    Raises:
        StillToSend: another process sends it or the same letter, or its record cannot be written.
        RunsIncomparable: another run cannot say whom it has written to.
    """
    with _resumable(run):
        left_out = run.leave_out_written()
    for message in left_out:
        _tell(left_out_event(message), as_json=as_json)


@contextmanager
def _resumable(run: Run) -> Iterator[None]:
    try:
        yield
    except RunsIncomparable:
        raise
    except OutboxError as error:
        raise StillToSend(
            N_("{error}; to go on later: mailmerge send --resume {run}"), error=error, run=run.id
        ) from None


async def _submit(
    run: Run, account: Account, secret: Secret | Tokens | None, limit: int | None, *, wait: bool, as_json: bool
) -> int:
    control = Control()
    code = OK
    with interruptible(control, _stopping) as interrupted:
        events = deliver(run, account, secret, control, limit=limit, wait=wait, environment=environment())
        if account.imap is not None:
            from mailmerge.imap import with_copies  # only such an account needs it

            events = with_copies(events, run, account, secret, control, _tell_copies)
        async for event in events:
            try:
                _tell(event, as_json=as_json)
            except OutputLost as lost:  # nobody sees what happens: finish what is in flight, and send nothing more
                control.stop()
                complain(_("{error}; stopping after the message in flight").format(error=lost))
            if isinstance(event, Summary):
                _tell_end(event)
                code = _exit_code(event, interrupted=bool(interrupted))
    return code


def _stopping() -> None:
    say(_("stopping after the message in flight; Ctrl-C again gives up on it"))


def _tell(event: Event, *, as_json: bool) -> None:
    match event:
        case Outcome() if as_json:
            print_json(
                {
                    "event": event.state,
                    "record": event.record,
                    "address": event.address,
                    "reply": event.reply,
                    "attempt": event.attempt,
                }
            )
        case Outcome():
            put(visible(f"{state_column(event.state)} {event.record:>6} {event.address}  {remark(event.reply)}"))
        case Waiting(kind="sign-in-needed"):
            if as_json:
                print_json({"event": "waiting", "reason": event.kind})
            say(_("waiting for a sign-in, in another terminal: {reason}").format(reason=event.reason))
        case Waiting(until=datetime() as until):
            say(_("waiting until {time}: {reason}").format(time=_moment(until), reason=event.reason))
        case Waiting():
            say(_("waiting: {reason}").format(reason=event.reason))
        case Resumed():
            say(_("resuming"))
        case Lowered():
            say(lowered_in_words(event))
        case Summary() if as_json:
            if isinstance(event.error, SignInNeeded):
                print_json({"event": "stopped", "reason": "sign-in-needed"})
            print_json(summary_document(event.run, _counts(event)))


def _tell_copies(filed: Filed) -> None:
    """What became of the copies; nothing about the sending hangs on it."""
    if filed.count:
        copies = ngettext(
            '{count} copy was put into "{folder}"', '{count} copies were put into "{folder}"', filed.count
        )
        say(copies.format(count=filed.count, folder=filed.folder))
    if filed.error is not None:
        say(_("note: not every copy was filed ({error}); `mailmerge follow` tries again").format(error=filed.error))


def _moment(time: datetime) -> str:
    return _("{day}, {time}").format(day=day(time), time=clock(time))


def _tell_end(summary: Summary) -> None:
    say(in_words(_counts(summary)))
    if summary.error is not None:
        complain(str(summary.error))
    elif summary.stopped:
        say(_(summary.stopped))
    if summary.unknown:
        say(decide_first(summary.run))
    if summary.pending or summary.deferred:
        say(_("to resume: {command}").format(command=f"mailmerge send --resume {summary.run}"))


def _counts(summary: Summary) -> dict[State, int]:
    return {state: getattr(summary, state) for state in COUNTED}


def _exit_code(summary: Summary, *, interrupted: bool) -> int:
    if interrupted:
        return INTERRUPTED
    if summary.unknown:
        return SOME_UNKNOWN
    if summary.pending or summary.deferred or summary.error is not None:
        return LEFT_TO_SEND
    return BLOCKED_OR_REJECTED if summary.rejected else OK
