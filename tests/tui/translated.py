"""What a screen in a language that nobody speaks must not show: a word of English, or a sentence that is cut."""

from __future__ import annotations

import re

from pseudo import CLOSE, OPEN, outside
from textual.pilot import Pilot
from textual.screen import ModalScreen
from textual.widgets import Button, Static
from tui_cases import LETTER, TABLE, screen_text

from mailmerge.lint import all_rules
from mailmerge.tui.widgets.bars import Bar
from mailmerge.tui.widgets.key_bar import KeyBar

WORD = re.compile(r"[^\W\d_·]{3,}")
NO_WORD = re.compile(r"\S*…|=_[0-9a-f]+|\b[0-9a-f]{9,}\b|\b\d{4}-\d\d-\d\d-[0-9a-f]{4}\b")
"""What is cut short, a digest, a boundary, and a run: the last of its four signs may look like a word."""
RULES = " ".join(f"{rule.code} {rule.name}" for rule in all_rules())
THE_SAME = """mailmerge refus candidats demo csv toml md html Claire Martin atelier example rh smtp sha256 HTML
    TLS STARTTLS Windows UTF MIME Version Message Date Content Type multipart alternative text plain
    charset utf Transfer Encoding quoted printable base64 boundary MAIL FROM RCPT bit Subject Fields From To
    Mac Roman home end esc space tab del pgup pgdn ink dry run auto generated Auto Submitted quot Votre
    Mailer 7bit"""
"""Names, header fields and formats: the same in every language."""


def untranslated(text: str, data: str) -> list[str]:
    """Words that are neither ours in translation nor the campaign's."""
    known = set(WORD.findall(" ".join((TABLE, LETTER, RULES, THE_SAME, data))))
    lines = [NO_WORD.sub("", line) for line in outside(text).splitlines()]
    words = [word for line in lines for word in WORD.findall(line)]
    return [word for word in words if not any(word in each or word.lower() == each for each in known)]


def on_top(pilot: Pilot[int]) -> str:
    """What is on screen; of a dialog, itself alone: what is behind it is cut by its edges."""
    boxes = pilot.app.screen.query(".box") if isinstance(pilot.app.screen, ModalScreen) else []
    text = screen_text(pilot)
    for box in boxes:
        area = box.region
        rows = text.split("\n")[area.y : area.bottom]
        return "\n".join(row[area.x : area.right] for row in rows)
    return text


def cut(pilot: Pilot[int]) -> list[str]:
    """Keys, buttons, labels and titles that cannot be read whole."""
    screen, found = pilot.app.screen, []
    for bar in screen.query(Bar):
        shown = bar.render().plain if bar.is_on_screen and bar.size.width else ""
        if isinstance(bar, KeyBar) and shown.count(OPEN) != shown.count(CLOSE):
            found.append(shown)
        elif not isinstance(bar, KeyBar) and bar.left.cell_length > bar.content_size.width > 0:
            found.append(bar.left.plain)
    labels = {str(button.label): button.size.width for button in screen.query(Button) if button.is_on_screen}
    found += [label for label, width in labels.items() if width < len(label)]
    tall = [label for label in screen.query(".label").results(Static) if label.is_on_screen and label.size.height > 2]
    return [*found, *(str(label.visual) for label in tall)]
