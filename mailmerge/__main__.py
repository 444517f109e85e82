"""The command ``mailmerge``, and ``python -m mailmerge``."""

import sys

from mailmerge import __version__
from mailmerge.runtime import garbage


def main() -> None:
    """Say the version, for which nothing else is needed; anything else is a command."""
    if sys.argv[1:] == ["--version"] and sys.stdout:
        try:
            print(f"mailmerge, version {__version__}", flush=True)  # noqa: T201
            return
        except OSError:
            pass  # the command line says why it cannot be written
    garbage.wait()  # what imports make is kept: looking through it for garbage is a tenth of the start
    from mailmerge.cli import main as command_line

    try:
        command_line()
    finally:
        garbage.leave()


if __name__ == "__main__":
    main()
