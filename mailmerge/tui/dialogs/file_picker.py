"""Choose a file in a tree; only those that can be used are shown."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import ClassVar

from rich.style import Style
from rich.text import Text
from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.screen import ModalScreen
from textual.widgets import DirectoryTree, Static
from textual.widgets._directory_tree import DirEntry
from textual.widgets.tree import TreeNode

from mailmerge.drafts import SUFFIXES
from mailmerge.i18n import N_, _
from mailmerge.letter.source.template import KIND_BY_SUFFIX
from mailmerge.records.file_kinds.file_type import TABLE_SUFFIXES
from mailmerge.text.shown import visible
from mailmerge.tui.content.safe_content import line
from mailmerge.tui.content.theme import MUTED, STRONG

TABLES = TABLE_SUFFIXES | {".toml"}
"""Tables, and the campaigns that name one."""
LETTERS = SUFFIXES.union(KIND_BY_SUFFIX)
"""Letters, and the documents that can become one."""


class UsableFiles(DirectoryTree):
    """Folders, and files of some kinds; names are shown, never acted upon."""

    ICON_NODE = "▸ "
    ICON_NODE_EXPANDED = "▾ "
    ICON_FILE = "  "

    def __init__(self, folder: Path, suffixes: frozenset[str] | None) -> None:
        """Files of every kind where no endings are given."""
        super().__init__(folder, id="tree")
        self._suffixes = suffixes

    def filter_paths(self, paths: Iterable[Path]) -> Iterable[Path]:
        """Folders and usable files, no hidden ones."""
        return [path for path in paths if not path.name.startswith(".") and (self._usable(path) or path.is_dir())]

    def _usable(self, path: Path) -> bool:
        return self._suffixes is None or path.suffix.lower() in self._suffixes

    def render_label(self, node: TreeNode[DirEntry], base_style: Style, style: Style) -> Text:
        """The name, made visible."""
        label = super().render_label(node, base_style, style)
        label.plain = visible(label.plain)
        return label


class FilePicker(ModalScreen[Path | None]):
    """Gives back a file, or nothing."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,q", "dismiss(None)", N_("Cancel"), id="picker.cancel", tooltip=N_("Choose nothing")),
        Binding("backspace", "up", N_("Folder above"), id="picker.up", tooltip=N_("Show the folder above")),
        Binding("j", "tree('cursor_down')", N_("Down"), id="picker.down", tooltip=N_("The next entry")),
        Binding("k", "tree('cursor_up')", N_("Up"), id="picker.before", tooltip=N_("The entry before")),
    ]

    def __init__(self, title: str, folder: Path, suffixes: frozenset[str] | None) -> None:
        """Files of every kind where no endings are given."""
        super().__init__()
        self._title = title
        self._folder = folder.absolute() if folder.is_dir() else Path.cwd()
        self._suffixes = suffixes

    def compose(self) -> ComposeResult:
        """The tree."""
        with Vertical(classes="box picker"):
            yield Static(line((self._title, STRONG)))
            yield UsableFiles(self._folder, self._suffixes)
            yield Static(line((_("Enter chooses, Backspace goes to the folder above, Escape cancels."), MUTED)))

    @on(DirectoryTree.FileSelected)
    def selected(self, event: DirectoryTree.FileSelected) -> None:
        """Give the file back."""
        self.dismiss(event.path)

    def action_up(self) -> None:
        """Show the folder above."""
        tree = self.query_one(UsableFiles)
        tree.path = Path(tree.path).parent

    def action_tree(self, action: str) -> None:
        """Move in the tree with the keys of the program."""
        tree = self.query_one(UsableFiles)
        getattr(tree, f"action_{action}")()
