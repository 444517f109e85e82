"""Choose a letter for a table: one of one's own, or one of those that come with the program."""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable, Sequence
from functools import partial
from pathlib import Path
from typing import ClassVar, cast

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Container, Vertical
from textual.content import Content

from mailmerge.campaign.setup.letter_choice import Offer, offer_of, offers_for
from mailmerge.errors import MailmergeError
from mailmerge.i18n import N_, _
from mailmerge.letter import read_letter
from mailmerge.model import RecordTable
from mailmerge.records.likely import likely_field
from mailmerge.text import plural
from mailmerge.tui.content.safe_content import Piece, fit, line, lines
from mailmerge.tui.content.theme import CARE, GOOD, QUIET, STRONG, VALUE
from mailmerge.tui.dialogs.file_picker import FilePicker
from mailmerge.tui.jobs.jobs import JobDone
from mailmerge.tui.page import Page
from mailmerge.tui.widgets.bars import Bar
from mailmerge.tui.widgets.paper import Paper
from mailmerge.tui.widgets.rows import Rows

_JINJA = re.compile(r"(\{\{.*?\}\}|\{%.*?%\}|\{#.*?#\})", re.DOTALL)


class LetterList(Rows):
    """One letter a row, and one row for any other file."""

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id)
        self.offers: Sequence[Offer] = ()

    @property
    def count(self) -> int:
        """How many rows there are."""
        return len(self.offers) + 1

    @property
    def current(self) -> Offer | None:
        """The letter under the cursor, None for another file."""
        return self.offers[self.cursor] if self.cursor < len(self.offers) else None

    def row(self, index: int, width: int) -> Content:
        """Whether it fits the table, its name, and whose it is."""
        here = "▸ " if index == self.cursor else "  "
        if index >= len(self.offers):
            return line(here, ("… ", QUIET), fit(_("Another file"), max(0, width - 4)))
        offer = self.offers[index]
        mark: Piece = ("! ", CARE) if offer.missing else ("✓ ", GOOD)
        note = "" if offer.starter else _("yours")
        if offer.missing:
            note = plural(len(offer.missing), "{count} missing", "{count} missing")
        return line(here, mark, fit(offer.title, max(0, width - len(note) - 6)), " ", (note, QUIET))


class LettersScreen(Page):
    """Gives back the file that ``use`` made of the letter chosen, or nothing.

    ``use`` asks what else it needs to know in front of this screen; where it gives None, one chooses again.
    """

    HELP = N_("""\
The letter

✓  the table has every column that the letter uses      !  some are missing

A starter letter is copied beside the table before it is used, and is yours to change from then on. What is marked in
the text is filled in for each person.
""")
    KEYS = (
        ("rows.down", N_("letter")),
        ("rows.choose", N_("use it")),
        ("letters.file", N_("another file")),
        ("letters.back", N_("back")),
        ("page.help", N_("help")),
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(
            "escape,q",
            "dismiss(None)",
            N_("Back"),
            id="letters.back",
            key_display="esc",
            tooltip=N_("Back to the table"),
        ),
        Binding(
            "o", "file", N_("Another file"), id="letters.file", tooltip=N_("Choose a letter of your own in a tree")
        ),
        Binding("1", "pane('letters')", N_("Letters"), show=False, id="letters.list", tooltip=N_("The letters")),
        Binding("2", "pane('letter')", N_("Text"), show=False, id="letters.text", tooltip=N_("The text of the letter")),
    ]

    DEFAULT_CSS = """
    LettersScreen #letters-pane { width: 52; margin-right: 1; }
    LettersScreen.-narrow #letters-pane { width: 1fr; margin-right: 0; }
    """

    def __init__(self, table: RecordTable, use: Callable[[Offer], Awaitable[Path | None]]) -> None:
        super().__init__()
        self.table = table
        self._use = use

    def body(self) -> ComposeResult:
        """The list, and one letter."""
        with Container(classes="two-panes"):
            with Vertical(classes="pane", id="letters-pane"):
                yield Bar(classes="title")
                yield LetterList(id="letters")
            with Vertical(classes="pane text-pane"):
                yield Bar(classes="title", id="letter-title")
                yield Paper(id="letter")

    def on_mount(self) -> None:
        """Look for letters."""
        super().on_mount()
        self.fill()
        self.query_one(LetterList).focus()

    def fill(self) -> None:
        """The titles; the letters that fit are looked for."""
        self.head(_("The letter"), self.table.path.name)
        self.query_one("#letters-pane > Bar", Bar).say((_("Letters"), STRONG))
        self.query_one(LetterList).rows_changed()
        self.jobs.start("letters", partial(offers_for, self.table))

    @on(JobDone)
    def offered(self, message: JobDone) -> None:
        """Show the letters."""
        listed = self.query_one(LetterList)
        listed.offers = cast("Sequence[Offer]", message.event)
        listed.rows_changed()
        self.show_letter()

    @on(Rows.Moved)
    def show_letter(self) -> None:
        """Show the letter under the cursor."""
        offer = self.query_one(LetterList).current
        title, paper = self.query_one("#letter-title", Bar), self.query_one("#letter", Paper)
        if offer is None:
            title.say((_("Another file"), STRONG))
            paper.show(lines(_("A letter of your own: a .md, .html or .txt file with {{ fields }} in it.")))
        else:
            title.say((offer.title, STRONG))
            paper.show(letter_text(offer, self.table))

    @on(Rows.Chosen)
    def chosen(self) -> None:
        """Give the letter back, or ask for a file."""
        offer = self.query_one(LetterList).current
        if offer is None:
            self.action_file()
        else:
            self.use(offer)

    def use(self, offer: Offer) -> None:
        """Make a campaign of the letter; what does not work is said here."""
        self.tell()
        self.run_worker(self._used(offer), exclusive=True, exit_on_error=False, group="use")

    async def _used(self, offer: Offer) -> None:
        path = await self._use(offer)
        if path is not None:
            self.dismiss(path)

    def action_pane(self, name: str) -> None:
        """Go to a pane."""
        self.query_one(f"#{name}").focus()

    def action_file(self) -> None:
        """Choose a letter in a tree."""

        def picked(path: Path | None) -> None:
            if path is None:
                return
            try:
                letter = read_letter(path)
            except MailmergeError as error:
                self.complain(str(error))
            else:
                self.use(offer_of(letter, self.table))

        folder = self.table.path.absolute().parent
        self.app.push_screen(FilePicker(_("The letter"), folder, letters=True), picked)


def letter_text(offer: Offer, table: RecordTable) -> Content:
    """What a letter needs, and its text as it stands in the file."""
    used = dict.fromkeys(name for each in offer.letter.expressions for name in sorted(each.fields))
    there = [name for name in used if name not in offer.missing]
    missing = [name for name in used if name in offer.missing]
    facts = []
    if not used:
        facts.append(line((_("It uses no column: everybody gets the same text."), QUIET)))
    if there:
        facts.append(
            line(("✓ ", GOOD), (_("in {table}").format(table=table.path.name) + "   ", QUIET), ", ".join(there))
        )
    if missing:
        near = {name: likely_field(table, name) for name in missing}
        named = [
            _('{name} ("{column}"?)').format(name=name, column=field.header) if field else name
            for name, field in near.items()
        ]
        facts.append(line(("! ", CARE), (_("missing there") + "   ", QUIET), ", ".join(named)))
    blocks = [Content("\n").join(facts)]
    copied = _("It is copied beside your table, and yours to change.") if offer.starter else ""
    asked = _("You will be asked which column, or which text, fills what is missing.") if missing else ""
    if copied or asked:
        blocks.append(line((" ".join(filter(None, (copied, asked))), QUIET)))
    blocks += [line(("─" * 24, QUIET)), _marked(offer.letter.path)]
    return Content("\n\n").join(blocks)


def _marked(path: Path) -> Content:
    try:
        text = path.read_text(encoding="utf-8-sig", errors="replace")
    except OSError:
        return line((_("The file is not there any more."), QUIET))
    return lines(
        *(
            (part, VALUE if part.startswith("{{") else QUIET if part.startswith("{") else "")
            for part in _JINJA.split(text)
        )
    )
