"""Where the packs of a run were written, and where a verdict would lie beside them."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from mailmerge.outbox import ApprovalKind, read_entries

if TYPE_CHECKING:
    from mailmerge.outbox import Run

PACK_SUFFIX = ".mmpack"
PAGE_SUFFIX = ".html"
APPROVAL_SUFFIX = ".approval"


def retire_packs(run: Run) -> list[Path]:
    """Delete the packs and pages of a run that are where they were written; copies elsewhere are not ours."""
    gone = []
    for path in _files_of_packs(run):
        if path.name in (f"{run.id}{PACK_SUFFIX}", f"{run.id}{PAGE_SUFFIX}"):
            with suppress(OSError):
                path.unlink()
                gone.append(path)
    return gone


def watched_files(run: Run) -> list[Path]:
    """Where a second person's program would write its verdict: beside the packs."""
    folders = {path.parent for path in _files_of_packs(run)}
    return sorted(folder / f"{run.id}{APPROVAL_SUFFIX}" for folder in folders)


def _files_of_packs(run: Run) -> list[Path]:
    """Every pack and page of the run that was written, wherever it is now."""
    packs = [entry for entry in read_entries(run) if entry.kind is ApprovalKind.PACK]
    return [Path(str(file)) for entry in packs for file in entry.content.get("files", [])]
