"""Why a workbook cannot be read, in words for whoever saved it."""

from __future__ import annotations

import struct
import zipfile
from zlib import error as InflateError  # noqa: N812

from mailmerge.i18n import N_, Term

CONTRADICTS = N_("its contents contradict each other")
_INCOMPLETE = N_("it is not complete")
_LACKS_A_PART = N_("a part of it is missing")


class Damage(ValueError):
    """A workbook is damaged; its argument says how, marked with ``N_``."""


def reason_of(error: Exception) -> Term:
    """What is wrong, where what was raised is Python's or a library's own word for it."""
    if isinstance(error, Damage):
        return Term(str(error))
    if isinstance(error, zipfile.BadZipFile | InflateError | EOFError | struct.error):
        return Term(_INCOMPLETE)
    return Term(_LACKS_A_PART if isinstance(error, KeyError) else CONTRADICTS)
