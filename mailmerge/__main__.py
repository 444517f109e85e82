"""The command ``mailmerge``, and ``python -m mailmerge``."""

from mailmerge import garbage

garbage.wait()  # what imports make is kept: looking through it for garbage is a tenth of the start

from mailmerge.cli import main  # noqa: E402

__all__ = ["main"]

if __name__ == "__main__":
    main()
