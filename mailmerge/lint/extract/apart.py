"""PDF files are read in a process of their own: their reader is not ours, and a process can be ended whatever it does.

One process reads one file after another and waits for the next. It ends with the program, and by itself where a file
takes too long and nobody is left to end it.
"""

from __future__ import annotations

import os
import pickle
import struct
import subprocess
import sys
import time
from contextlib import suppress
from threading import Lock, Timer
from typing import IO, NamedTuple

from mailmerge.lint.extract.content import Content, Part
from mailmerge.lint.extract.obstacles import Obstacle, Opaque
from mailmerge.lint.extract.source import Source

_COMMAND = [sys.executable, "-c", "from mailmerge.lint.extract.serving import serve; serve()"]
_LENGTH = struct.Struct(">Q")
_NONE_TO_BE_HAD = (OSError, MemoryError, RuntimeError)
"""What is raised where the system gives no process or no thread."""


class Task(NamedTuple):
    """One file, and what is left of the bounds of its attachment."""

    octets: bytes
    name: str
    depth: int
    part: Part | None
    files: int
    unpacked: int
    seconds: float


class ChildReply(NamedTuple):
    """What was found in it."""

    content: Content
    files: int
    unpacked: int
    opaque: tuple[Obstacle, int] | None = None
    """Why nothing more of the attachment is read."""
    damaged: bool = False


class _Helper:
    """The process, as this one sees it; made when the first file comes."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._process: subprocess.Popen[bytes] | None = None

    def ask(self, task: Task) -> ChildReply | None:
        """What it found; None where it did not answer in time, or ended.

        Raises:
            Opaque: there is no process to be had, or no thread to end it in time.
        """
        with self._lock:
            try:
                process = self._running()
                alarm = Timer(max(0.0, task.seconds), process.kill)
                alarm.daemon = True
                alarm.start()
            except _NONE_TO_BE_HAD:
                raise Opaque(Obstacle.NO_READER) from None
            try:
                assert process.stdin is not None  # noqa: S101  (pipes, as asked for)
                assert process.stdout is not None  # noqa: S101
                put(process.stdin, task)
                reply = get(process.stdout)
            except (OSError, EOFError, ValueError):
                reply = None
            except BaseException:  # its answer would be taken for that to the next file
                self._end(process)
                raise
            finally:
                alarm.cancel()
            if not isinstance(reply, ChildReply):
                self._end(process)
                return None
            return reply

    def make_ready(self) -> None:
        """Begin it, while its first file is still on its way."""
        with self._lock, suppress(*_NONE_TO_BE_HAD):
            self._running()

    def _running(self) -> subprocess.Popen[bytes]:
        if self._process is None or self._process.poll() is not None:
            path = os.pathsep.join(filter(None, sys.path))
            self._process = subprocess.Popen(  # noqa: S603  (our own program)
                _COMMAND, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
                env=os.environ | {"PYTHONPATH": path},
            )  # fmt: skip
        return self._process

    def _end(self, process: subprocess.Popen[bytes]) -> None:
        process.kill()
        process.wait()
        for pipe in (process.stdin, process.stdout):
            with suppress(OSError):
                if pipe is not None:
                    pipe.close()
        self._process = None


_helper = _Helper()


def make_ready() -> None:
    """Begin the process that reads PDF files: where one is sure to come, the wait for it is over by then."""
    _helper.make_ready()


def read_apart(source: Source) -> None:
    """As ``read_pdf``, within what is left of the attachment's time.

    Raises:
        Opaque: it is encrypted, holds too much, takes too long, or cannot be read for want of a process.
    """
    budget = source.budget
    seconds = budget.deadline - time.monotonic()
    reply = _helper.ask(
        Task(source.octets, source.name, source.depth, source.part, budget.files, budget.octets, seconds)
    )
    if reply is None:
        late = time.monotonic() >= budget.deadline
        raise Opaque(Obstacle.TOO_SLOW, round(budget.seconds)) if late else Opaque(Obstacle.DAMAGED)
    budget.files, budget.octets = reply.files, reply.unpacked
    source.content.take(reply.content)
    if reply.opaque is not None:
        raise Opaque(*reply.opaque)
    if reply.damaged:
        source.content.obstruct(Obstacle.DAMAGED)


def put(stream: IO[bytes], value: object) -> None:
    """Hand over one value."""
    data = pickle.dumps(value, pickle.HIGHEST_PROTOCOL)
    stream.write(_LENGTH.pack(len(data)) + data)
    stream.flush()


def get(stream: IO[bytes]) -> object:
    """Wait for one value.

    Raises:
        EOFError: nobody is left at the other end.
    """
    (length,) = _LENGTH.unpack(_exactly(stream, _LENGTH.size))
    return pickle.loads(_exactly(stream, length))  # noqa: S301  (from our own process)


def _exactly(stream: IO[bytes], length: int) -> bytes:
    data = stream.read(length)
    if len(data) < length:
        raise EOFError
    return data
