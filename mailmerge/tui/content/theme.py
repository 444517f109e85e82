"""How the screens look: ink on a dark desk, paper on a light one, and the terminal's own colours where it asks."""

from __future__ import annotations

from textual.theme import Theme

INK = Theme(
    name="ink",
    primary="#7aa2c8",
    secondary="#6c7f93",
    accent="#d9a85f",
    warning="#d9a85f",
    error="#e0707a",
    success="#8fb573",
    foreground="#dcd7cc",
    background="#12151b",
    surface="#171b22",
    panel="#1f252e",
    dark=True,
    variables={
        "value": "#d9a85f",
        "value-background": "#2b271f",
        "quiet": "#8d98a5",
        "footer-background": "#12151b",
        "footer-key-foreground": "#d9a85f",
        "footer-description-foreground": "#a3a9af",
        "block-cursor-background": "#2d4258",
        "block-cursor-foreground": "#f3efe6",
        "block-cursor-text-style": "bold",
        "block-cursor-blurred-background": "#222a34",
        "block-cursor-blurred-foreground": "#dcd7cc",
        "block-hover-background": "#1f252e",
        "border": "#7aa2c8",
        "border-blurred": "#2a323d",
        "scrollbar": "#2f3945",
        "scrollbar-hover": "#465564",
        "scrollbar-active": "#7aa2c8",
        "scrollbar-background": "#171b22",
        "scrollbar-background-hover": "#171b22",
        "scrollbar-background-active": "#171b22",
        "scrollbar-corner-color": "#171b22",
        "input-selection-background": "#7aa2c8 35%",
    },
)
PAPER = Theme(
    name="paper",
    primary="#2c5f8a",
    secondary="#6b7783",
    accent="#9a5b13",
    warning="#9a5b13",
    error="#b22f3d",
    success="#3f7330",
    foreground="#2a2a2e",
    background="#e9e4d8",
    surface="#faf7f0",
    panel="#e1dacb",
    dark=False,
    variables={
        "value": "#7d460a",
        "value-background": "#f4e6c8",
        "quiet": "#6b675e",
        "footer-background": "#e9e4d8",
        "footer-key-foreground": "#9a5b13",
        "footer-description-foreground": "#55524b",
        "block-cursor-background": "#cfdfec",
        "block-cursor-foreground": "#16202a",
        "block-cursor-text-style": "bold",
        "block-cursor-blurred-background": "#e8e4da",
        "block-cursor-blurred-foreground": "#2a2a2e",
        "block-hover-background": "#f0ebdf",
        "border": "#2c5f8a",
        "border-blurred": "#d3ccbc",
        "scrollbar": "#cdc5b3",
        "scrollbar-hover": "#b5ac98",
        "scrollbar-active": "#2c5f8a",
        "scrollbar-background": "#faf7f0",
        "scrollbar-background-hover": "#faf7f0",
        "scrollbar-background-active": "#faf7f0",
        "scrollbar-corner-color": "#faf7f0",
        "input-selection-background": "#2c5f8a 30%",
    },
)

DEFAULT = INK.name

SHARED_VARIABLES = {"value": "ansi_yellow", "value-background": "ansi_default", "quiet": "ansi_bright_black"}
"""What our style sheet uses beyond Textual's variables, for themes that are not ours."""

VALUE = "underline $value on $value-background"
"""What came from the table, in a message."""
LEAK = "bold reverse $error"
"""The excerpt that a finding is about."""
MUTED = "$quiet"
STRONG = "bold"
KEY = "bold $accent"
ACTIVE = "bold underline $accent"
"""The tab that is shown."""
SUCCESS = "$success"
WARNING = "bold $warning"
ERROR = "bold $error"
