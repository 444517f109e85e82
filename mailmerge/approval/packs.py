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
    for entry in read_entries(run):
        files = entry.content.get("files", []) if entry.kind is ApprovalKind.PACK else []
        for path in map(Path, files):
            if path.name in (f"{run.id}{PACK_SUFFIX}", f"{run.id}{PAGE_SUFFIX}"):
                with suppress(OSError):
                    path.unlink()
                    gone.append(path)
    return gone


def watched_files(run: Run) -> list[Path]:
    """Where a second person's program would write its verdict: beside the packs."""
    folders = {
        Path(str(file)).parent
        for entry in read_entries(run)
        if entry.kind is ApprovalKind.PACK
        for file in entry.content.get("files", [])
    }
    return sorted(folder / f"{run.id}{APPROVAL_SUFFIX}" for folder in folders)
