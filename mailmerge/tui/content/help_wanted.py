"""What the way out of the worst is called, on the start page and in the palette."""

from __future__ import annotations

from mailmerge.i18n import N_

HELP_WANTED = N_("Help, I sent a list to everybody")
