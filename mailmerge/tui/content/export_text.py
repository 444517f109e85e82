"""What is said once a dry run was written."""

from __future__ import annotations

from pathlib import Path

from mailmerge.i18n import _
from mailmerge.text import plural


def export_text(saved: int, blocked: int, folder: Path, *, sender: bool) -> str:
    """Where the messages are, which of them are blocked, and whom they come from where nobody was chosen yet."""
    sentences = []
    if saved or not blocked:
        sentences.append(
            plural(
                saved,
                "{count} message was saved in {folder}.",
                "{count} messages were saved in {folder}.",
                folder=folder,
            )
        )
    if blocked and saved:
        sentences.append(plural(blocked, "{count} more is in blocked/.", "{count} more are in blocked/."))
    elif blocked:
        sentences.append(
            plural(
                blocked,
                "The message is blocked by a finding, and was saved in {folder}.",
                "All {count} messages are blocked by a finding, and were saved in {folder}.",
                folder=folder / "blocked",
            )
        )
    if not sender:
        sentences.append(_("No account is chosen yet: undecided@sender.invalid is used as the sender."))
    return " ".join(sentences)
