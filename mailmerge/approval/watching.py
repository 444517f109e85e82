"""The verdict of a second person, as it comes to lie beside a pack: found, verified, and recorded."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

from mailmerge.approval.packs.places import watched_files
from mailmerge.approval.record import add_signed
from mailmerge.approval.signatures.pasted import read_text
from mailmerge.approval.state import ApprovalState, approval_state
from mailmerge.errors import ApprovalRefused, InputError

if TYPE_CHECKING:
    from mailmerge.environment import Environment
    from mailmerge.outbox import Run

Stamp = tuple[str, int, int]
"""A file as it was looked at: its path, when it was written, and its size."""


class ApprovalSeen(Struct, frozen=True):
    """How an approval stands after a look at the folders of the packs."""

    state: ApprovalState
    seen: frozenset[Stamp]
    problem: str = ""
    """Why what lies there does not count."""


def look(run: Run, environment: Environment, seen: frozenset[Stamp]) -> ApprovalSeen:
    """Record what lies beside the packs of a run and was not ``seen`` yet; how the approval stands now.

    Raises:
        InputError: ``config.toml`` cannot be read.
        OutboxError: the run cannot be read or written.
    """
    problem, stamps = "", set(seen)
    for path in watched_files(run):
        try:
            status = path.stat()
            stamp = (str(path), status.st_mtime_ns, status.st_size)
            if stamp in seen or not status.st_size:  # seen, or just being written
                continue
            stamps.add(stamp)
            add_signed(run, read_text(path), environment)
        except FileNotFoundError:
            continue
        except OSError:
            continue  # a share that is away for a moment
        except (InputError, ApprovalRefused) as error:
            problem = str(error)
    return ApprovalSeen(approval_state(run, environment), frozenset(stamps), problem)
