"""Keep what is needed to mend a fault of the program, and nothing of anybody's data.

Where it happened is kept: files, lines, names of errors. What an error says is not, and no local variable is: both can
hold a password being typed or a candidate's letter.
"""

from __future__ import annotations

import errno
from collections.abc import Iterator
from pathlib import Path

from mailmerge import __version__
from mailmerge.errors import MailmergeError
from mailmerge.files.home import find_home, private_directory, write_atomically
from mailmerge.i18n import _

_LOG = "fault.log"
_SHORT = frozenset({errno.ENOMEM, errno.EAGAIN, errno.EMFILE, errno.ENFILE})
"""What a system says that has no memory, no process, no thread or no file left to give."""
_NO_THREAD = "can't start new thread"
"""All that Python says of it."""


def is_shortage(error: BaseException) -> bool:
    """Whether the computer could not give what was needed: memory, a process, a thread, an open file."""
    if isinstance(error, OSError):
        return error.errno in _SHORT
    return isinstance(error, MemoryError) or (isinstance(error, RuntimeError) and str(error) == _NO_THREAD)


def keep_fault(error: BaseException, state: Path | None = None) -> str:
    """Write ``fault.log`` into the state folder, this user's by default; nothing where the computer is short of memory.

    Returns the line for the person, which names it.
    """
    if is_shortage(error):
        return _("there is not enough memory, or too many programs are open: close some of them, and try again")
    kind = type(error).__name__
    try:
        path = private_directory(state or find_home().state) / _LOG
        write_atomically(path, "".join(_account(error)).encode("utf-8", "backslashreplace"))
    except (OSError, MailmergeError):
        return _("an internal error ({kind}); please report how it came about").format(kind=kind)
    return _("an internal error ({kind}); please report it with the file {path}").format(kind=kind, path=path)


def _account(error: BaseException) -> Iterator[str]:
    import platform
    import traceback
    from importlib.metadata import version

    yield f"mailmerge {__version__}, textual {version('textual')}, "
    yield f"Python {platform.python_version()}, {platform.platform()}\n"
    told: set[int] = set()
    following: BaseException | None = error
    while following is not None and id(following) not in told:
        told.add(id(following))
        yield f"\n{type(following).__module__}.{type(following).__qualname__}\n"
        yield from traceback.format_tb(following.__traceback__)
        if isinstance(following, BaseExceptionGroup):
            for one in following.exceptions:
                yield from _account(one)
        following = following.__cause__ or (None if following.__suppress_context__ else following.__context__)
