"""What is said once a dry run was written."""

from __future__ import annotations

from pathlib import Path

from mailmerge.i18n import _, plural
from mailmerge.outbox import Manifest


def export_text(manifest: Manifest, folder: Path, *, sender: bool) -> str:
    """Where the messages are, which of them are blocked, and whom they come from where nobody was chosen yet."""
    sentences = []
    saved, apart, not_made = manifest.count, manifest.kept_apart, manifest.not_made
    if saved or not manifest.blocked:
        sentences.append(
            plural(
                saved,
                "{count} message was saved in {folder}.",
                "{count} messages were saved in {folder}.",
                folder=folder,
            )
        )
    if apart and (saved or not_made):
        sentences.append(
            plural(
                apart,
                "{count} message is blocked by a finding, and was saved in {folder}.",
                "{count} messages are blocked by findings, and were saved in {folder}.",
                folder=folder / "blocked",
            )
        )
    elif apart:
        sentences.append(
            plural(
                apart,
                "The message is blocked by a finding, and was saved in {folder}.",
                "All {count} messages are blocked by a finding, and were saved in {folder}.",
                folder=folder / "blocked",
            )
        )
    if not_made:
        sentences.append(
            plural(
                not_made,
                "{count} message could not be made: its finding says why.",
                "{count} messages could not be made: their findings say why.",
            )
        )
    if not sender:
        sentences.append(_("No account is chosen yet: undecided@sender.invalid is used as the sender."))
    return " ".join(sentences)
