"""A file as people give it: typed, pasted from a file manager, or dropped into the terminal."""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path, PureWindowsPath
from urllib.parse import urlsplit
from urllib.request import url2pathname

from mailmerge.text.regex import regex

_QUOTES = {'"': '"', "'": "'", "«": "»", "“": "”", "‘": "’"}
"""What a file manager, a shell or a word processor puts around a path, and what ends it."""
_ESCAPED = regex(r"\\(.)")
"""What a shell would take away; on Windows a backslash is part of every path."""
_OF_WINDOWS = regex(r"\\\\|[A-Za-z]:\\")
"""A server or a drive: it is shown as it was given where it is not there."""


def typed_path(text: str) -> Path:
    """The path that was meant: without the quotes, ``file://`` or backslashes that came along, from home where ``~``.

    What is there under the very name that was given is never read as something else.
    """
    given = text.strip()
    if is_there(Path(given)):
        return Path(given)
    given = _without_quotes(given)
    if given.lower().startswith("file:"):
        return _of_url(given)
    path = _from_home(given)
    if os.name != "nt" and not is_there(path) and not _OF_WINDOWS.match(given):
        return _from_home(_ESCAPED.sub(r"\1", given))
    return path


def as_typed(path: Path) -> str:
    """A path as somebody would type it, from the folder where one is or from home; :func:`typed_path` reads it back."""
    written = str(path)
    with suppress(ValueError, OSError):
        written = str(path.relative_to(Path.cwd()))
    if written == str(path):
        with suppress(ValueError, RuntimeError):
            written = str(Path("~") / path.relative_to(Path.home()))
    return written if typed_path(written).absolute() == path.absolute() else str(path)


def is_there(path: Path) -> bool:
    """Whether there is such a file or folder; not for a name that the system would not even look up."""
    try:
        return path.exists()
    except (OSError, ValueError):
        return False


def where_looked(path: Path) -> str:
    """The whole path that was looked for; one of Windows on another system as it was given."""
    foreign = PureWindowsPath(path)
    return str(path) if foreign.drive and foreign.is_absolute() else str(path.absolute())


def _from_home(given: str) -> Path:
    path = Path(given)
    with suppress(RuntimeError):  # nobody has that name
        path = path.expanduser()
    return path


def _without_quotes(given: str) -> str:
    while len(given) > 1 and _QUOTES.get(given[0]) == given[-1]:
        given = given[1:-1].strip()
    return given


def _of_url(url: str) -> Path:
    try:
        parts = urlsplit(url)
    except ValueError:
        return Path(url)
    host = "" if parts.netloc.lower() in {"", "localhost"} else f"//{parts.netloc}"
    return Path(url2pathname(host + parts.path))
