"""Keep what is needed to mend a fault of the program, and nothing of anybody's data.

Where it happened is kept: files, lines, names of errors. What an error says is not, and no local variable is: both can
hold a password being typed or a candidate's letter.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from mailmerge import __version__
from mailmerge.errors import MailmergeError
from mailmerge.home import find_home, private_directory, write_atomically
from mailmerge.i18n import _

_LOG = "fault.log"


def keep_fault(error: BaseException, state: Path | None = None) -> str:
    """Write ``fault.log`` into the state folder, this user's by default.

    Returns the line for the person, which names it.
    """
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
