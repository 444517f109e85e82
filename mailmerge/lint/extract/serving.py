"""The process that reads PDF files, seen from within."""

from __future__ import annotations

import os
import signal
import sys
from contextlib import suppress
from functools import partial
from threading import Timer

from mailmerge.lint.extract.apart import ChildReply, Task, get, put
from mailmerge.lint.extract.content import Content
from mailmerge.lint.extract.obstacles import Obstacle, Opaque
from mailmerge.lint.extract.pdf.document import read_pdf
from mailmerge.lint.extract.reader import read_any
from mailmerge.lint.extract.source import Source, UnpackBudget

_GRACE = 2.0
"""Seconds after which a process that should have been ended ends itself."""


def serve() -> None:
    """What the process does: read the files that are handed to it, until nobody hands it any."""
    requests, replies = sys.stdin.buffer, sys.stdout.buffer
    with suppress(EOFError, OSError, KeyboardInterrupt):
        while isinstance(task := get(requests), Task):
            end = Timer(task.seconds + _GRACE, os.kill, (os.getpid(), signal.SIGTERM))
            end.daemon = True
            end.start()
            content, budget = Content(), UnpackBudget(task.files, task.unpacked, task.seconds)
            opaque: tuple[Obstacle, int] | None = None
            damaged = False
            read = partial(read_any, pdf=read_pdf)
            try:
                read_pdf(Source(task.octets, task.name, content, read, task.depth, task.part, budget))
            except Opaque as error:
                opaque = error.obstacle, error.limit
            except Exception:  # noqa: BLE001  (a broken file breaks its reader in any way)
                damaged = True
            put(replies, ChildReply(content, budget.files, budget.octets, opaque, damaged))
            end.cancel()
