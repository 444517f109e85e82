"""Pictures of the screens, made by the program: written with ``UPDATE_PICTURES=1``, compared in words otherwise."""

from __future__ import annotations

import html
import os
import re
from pathlib import Path

from textual.pilot import Pilot

PICTURES = Path(__file__).parent / "pictures"
_TEXT = re.compile(r"<text[^>]*>([^<]*)</text>")
_CHANGING = re.compile(r"\d{4}-\d\d-\d\d-[0-9a-f]{4}|[0-9a-f]{16,}|\d+")


def picture(pilot: Pilot[int], name: str) -> None:
    """Keep the screen as ``pictures/NAME.svg``, or see that it still says the same, numbers aside."""
    svg = pilot.app.export_screenshot(title="mailmerge")
    path = PICTURES / f"{name}.svg"
    if os.environ.get("UPDATE_PICTURES"):
        path.write_text("\n".join(line.rstrip() for line in svg.splitlines()) + "\n", encoding="utf-8")
        return
    shown, kept = _words(svg), _words(path.read_text(encoding="utf-8"))
    assert shown == kept, f"{path.name} is old (UPDATE_PICTURES=1 draws it again): {set(shown) ^ set(kept)}"


def _words(svg: str) -> list[str]:
    texts = (html.unescape(text).replace("\xa0", " ").strip() for text in _TEXT.findall(svg))
    return [_CHANGING.sub("0", text) for text in texts if text]
