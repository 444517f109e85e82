"""A run and what can be done with it: export it, send it, and decide about what is unknown."""

from __future__ import annotations

from contextlib import AbstractContextManager, suppress
from pathlib import Path
from typing import TYPE_CHECKING

from mailmerge.errors import OutboxError
from mailmerge.model import State
from mailmerge.outbox.export import Manifest, export_eml
from mailmerge.outbox.sealed_run import RunMessage, SealedRun

if TYPE_CHECKING:
    from mailmerge.outbox.afterwards import Afterwards
    from mailmerge.outbox.journal import Journal


class Run(SealedRun, frozen=True):
    """One run; its modules for deciding and sending are loaded when they are needed."""

    def export(self, folder: Path) -> Manifest:
        """Write the sealed bytes as .eml files: as they will be, or were, sent.

        Raises:
            OutboxError: the folder cannot be written, or the bytes were purged.
        """
        return export_eml(self.contents(), folder, campaign=self.campaign, run=self.id, created=self.created)

    def resolve(self, record: int, *, accepted: bool, by: str) -> None:
        """Say what became of an ``unknown`` message: accepted, or to be sent again. Journaled with who and when.

        Raises:
            OutboxError: nobody is named, or the message is not unknown.
            RunBusy: the message is in flight in another process.
        """
        from mailmerge.outbox.deciding import resolve

        resolve(self, record, accepted=accepted, by=by)

    def afterwards(self) -> Afterwards:
        """What is known of the messages after they were accepted: copies in Sent, and what came back.

        Raises:
            OutboxError: the run cannot be read.
        """
        from mailmerge.outbox.afterwards import read_afterwards

        return read_afterwards(self)

    def recover(self) -> list[int]:
        """Mark as unknown what a sender that died left in flight, and what the file does not know of.

        Returns the records concerned.

        Raises:
            RunBusy: that sender is alive.
        """
        from mailmerge.outbox.deciding import recover_run

        return recover_run(self)

    def recover_abandoned(self) -> None:
        """:meth:`recover` where something is in flight and no sender is alive; whoever only looks needs no error."""
        if self.counts()[State.SUBMITTING] and not self.is_behind():
            with suppress(OutboxError):  # it is being sent, or cannot be written
                self.recover()

    def take_over(self, *, by: str) -> None:
        """A person says that this run goes on here, and nowhere else.

        Raises:
            RunBusy: another process is sending it.
            OutboxError: it cannot be written.
        """
        from mailmerge.outbox.deciding import take_over

        take_over(self, by=by)

    def sending(self) -> AbstractContextManager[Journal]:
        """Be the one sender of this run, and of its letter: locked, verified against its seal, and recovered.

        Whoever got the same letter from another run since the sealing is left out (:attr:`Journal.left_out`).

        Raises:
            RunBusy: another process, or another task, is sending it, or the same letter.
            Blocked: the run is not what was sealed (WIR904).
            BegunElsewhere: it was begun in another home, and nobody has said that it goes on here.
            RunsIncomparable: another run cannot say whom it has written to.
            OutboxError: it was purged, or cannot be written.
        """
        from mailmerge.outbox.sending import sending

        return sending(self)

    def leave_out_written(self) -> list[RunMessage]:
        """Do what begins a sending and send nothing: recover, and leave out who has the letter; who that is.

        Raises:
            As :meth:`sending`.
        """
        from mailmerge.outbox.sending import leave_out_written

        return leave_out_written(self)
