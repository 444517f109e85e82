"""Where the starter letters and the sample data are: inside an installed program, or beside it in a checkout."""

from __future__ import annotations

from pathlib import Path

_PACKAGE = Path(__file__).parent.parent


def resource_folder(name: str) -> Path:
    """The folder ``templates`` or ``sample_data`` that came with the program.

    Raises:
        FileNotFoundError: the installation lacks it.
    """
    for folder in (_PACKAGE / name, _PACKAGE.parent / name):
        if folder.is_dir():
            return folder
    raise FileNotFoundError(name)
