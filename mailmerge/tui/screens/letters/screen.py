"""Choose a letter for a table: one of one's own, or one of those that come with the program."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from functools import partial
from pathlib import Path
from typing import ClassVar, cast

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Container, Vertical

from mailmerge.campaign.setup.attaching import write_attachment
from mailmerge.campaign.setup.create import name_problem, write_empty_letter
from mailmerge.campaign.setup.import_draft import ImportedDraft, give_subject, import_draft, letter_of
from mailmerge.campaign.setup.letter_choice import LetterOffer, documents_beside, offer_of, offers_for
from mailmerge.drafts import SUFFIXES, is_document
from mailmerge.drafts.draft import said
from mailmerge.errors import MailmergeError
from mailmerge.i18n import N_, _
from mailmerge.letter import read_letter
from mailmerge.model import RecordTable
from mailmerge.tui.content.safe_content import lines, styled
from mailmerge.tui.content.theme import KEY, MUTED, STRONG, SUCCESS
from mailmerge.tui.dialogs.ask import Ask
from mailmerge.tui.dialogs.attaching import ask_to_attach
from mailmerge.tui.dialogs.file_picker import LETTERS, FilePicker
from mailmerge.tui.jobs.jobs import JobDone
from mailmerge.tui.page import Page
from mailmerge.tui.screens.letters.letter_list import Another, LetterList
from mailmerge.tui.screens.letters.offer_text import letter_text
from mailmerge.tui.widgets.bars import Bar
from mailmerge.tui.widgets.paper import Paper
from mailmerge.tui.widgets.rows import Rows

_DOCUMENTS = N_("""\
A letter of your own: a .md, .html or .txt file with {{ fields }} in it; or a document (.docx, .odt, .html, .eml) with \
the merge fields of Word, LibreOffice or a mail program, which becomes a letter beside your table. The document \
stays as it is, and you see what could not be kept.""")


_DOCUMENT = N_("""\
Enter makes a letter of this document: its merge fields become fields of your table, and its bold, its lists and its \
pictures stay. The document itself stays as it is, and you see what could not be kept before anything else is done.""")


class LettersScreen(Page):
    """Gives back the file that ``use`` made of the letter chosen, or nothing.

    ``use`` asks what else it needs to know in front of this screen; where it gives None, one chooses again.
    """

    HELP = N_("""\
The letter

✓  the table has every column that the letter uses      !  some are missing

A starter letter is copied beside the table before it is used, and is yours to change from then on. What is marked in
the text is filled in for each person.

F9 attaches a file to a letter of your own: to everybody's message, or to each person's by a column of the table.
""")
    KEYS = (
        ("rows.down", N_("letter")),
        ("rows.choose", N_("use it")),
        ("letters.file", N_("another file")),
        ("letters.attach", N_("attach")),
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
        Binding(
            "f9",
            "attach",
            N_("Attach a file"),
            id="letters.attach",
            tooltip=N_("A file or a picture: the same for everybody, or each person's own"),
        ),
        Binding("1", "pane('letters')", N_("Letters"), show=False, id="letters.list", tooltip=N_("The letters")),
        Binding("2", "pane('letter')", N_("Text"), show=False, id="letters.text", tooltip=N_("The text of the letter")),
    ]

    def __init__(
        self, table: RecordTable, use: Callable[[LetterOffer], Awaitable[Path | None]], document: Path | None = None
    ) -> None:
        """``document`` becomes a letter at once."""
        super().__init__()
        self._document = document
        self.table = table
        self._use = use
        self._lost: dict[Path, Sequence[str]] = {}
        """What could not be kept of the documents that became letters here."""
        self._show: Path | None = None
        """The letter to go to, once the letters are looked for again."""

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
        self.fill()
        self.query_one(LetterList).focus()

    def fill(self) -> None:
        """The titles; the letters that fit are looked for."""
        self.head(_("The letter"), self.table.path.name)
        self.query_one("#letters-pane > Bar", Bar).say((_("Letters"), STRONG))
        self.query_one(LetterList).rows_changed()
        self._look_for_letters()

    def _look_for_letters(self) -> None:
        self.jobs.start("letters", lambda: (documents_beside(self.table.path), offers_for(self.table)))

    @on(JobDone)
    def offered(self, message: JobDone) -> None:
        """Show the letters, or one that a document became."""
        if isinstance(message.event, ImportedDraft):
            self.imported(message.event)
            return
        listed = self.query_one(LetterList)
        listed.show(*cast("tuple[Sequence[Path], Sequence[LetterOffer]]", message.event))
        if self._show is not None:
            listed.show_letter(self._show)
            self._show = None
        self.show_letter()
        if self._document is not None:
            document, self._document = self._document, None
            self._import(document)

    def imported(self, event: ImportedDraft) -> None:
        """Go to the letter that a document became, and say what was not kept."""
        self._lost[event.letter] = [said(lost) for lost in event.lost]
        self.query_one(LetterList).focus()
        if event.problem is not None:
            self.complain(str(event.problem))
            return
        subject = "" if event.has_subject else _("It has no subject yet: write one at its top.")
        written = _("{letter} was made of the document, which stays as it is.").format(letter=event.letter.name)
        self.tell(" ".join(filter(None, (written, subject))))
        self._show = event.letter
        self._look_for_letters()
        if not event.has_subject:
            self.run_worker(self._ask_subject(event.letter), exclusive=True, exit_on_error=False, group="use")

    async def _ask_subject(self, letter: Path) -> None:
        """Ask what a document on paper does not have."""
        subject = await self.app.push_screen_wait(_about(_("The subject of {letter}").format(letter=letter.name)))
        if subject:
            give_subject(letter, subject)
            self.tell()
            self._show = letter
            self._look_for_letters()

    @on(Rows.Moved)
    def show_letter(self) -> None:
        """Show the letter under the cursor."""
        self.refresh_bindings()
        title, paper = self.query_one("#letter-title", Bar), self.query_one("#letter", Paper)
        match self.query_one(LetterList).current:
            case Path() as document:
                title.say((document.name, STRONG))
                paper.show(lines(_(_DOCUMENT)))
            case LetterOffer() as offer:
                title.say((offer.title, STRONG))
                paper.show(letter_text(offer, self.table, self._lost.get(offer.letter.path, ())))
            case Another.EMPTY:
                title.say((_("New empty letter"), STRONG))
                said = _("A letter that greets each person by name, for you to write. E opens it afterwards.")
                paper.show(lines(said))
            case Another.FILE:
                title.say((_("Another file, or a document"), STRONG))
                paper.show(lines(_(_DOCUMENTS)))

    @on(Rows.Chosen)
    def chosen(self) -> None:
        """Give the letter back, or ask for a file; nothing is chosen before the letters are there."""
        listed = self.query_one(LetterList)
        match listed.current:
            case _ if not listed.offers:
                pass
            case Path() as document:
                self._import(document)
            case LetterOffer() as offer:
                self.use(offer)
            case Another.EMPTY:
                self.run_worker(self._write_empty(), exclusive=True, exit_on_error=False, group="use")
            case Another.FILE:
                self.action_file()

    async def _write_empty(self) -> None:
        """Ask for a name, write a letter that only greets, and use it."""
        folder = self.table.path.absolute().parent
        question = Ask(
            _("New empty letter"),
            _("The letter is written into {folder} under this name.").format(folder=folder),
            value="letter.md",
            problem=lambda name: name_problem(name, folder),
        )
        name = await self.app.push_screen_wait(question)
        if not name:
            return
        subject = await self.app.push_screen_wait(_about(_("New empty letter")))
        if subject:
            path = folder / name.strip()
            write_empty_letter(path, self.table, subject)
            await self._used(offer_of(read_letter(path), self.table))

    def use(self, offer: LetterOffer) -> None:
        """Make a campaign of the letter; what does not work is said here."""
        self.tell()
        self.run_worker(self._used(offer), exclusive=True, exit_on_error=False, group="use")

    async def _used(self, offer: LetterOffer) -> None:
        path = await self._use(offer)
        await self.made()
        if path is not None:
            self.dismiss(path)

    def action_file(self) -> None:
        """Choose a letter in a tree."""

        def picked(path: Path | None) -> None:
            if path is None:
                return
            if is_document(path):
                self._import(path)
                return
            try:
                letter = read_letter(path)
            except MailmergeError as error:
                if path.suffix.lower() in SUFFIXES:  # a web page that another program wrote is a document, too
                    self._import(path)
                else:
                    self.complain(str(error))
            else:
                self.use(offer_of(letter, self.table))

        folder = self.table.path.absolute().parent
        self.app.push_screen(FilePicker(_("The letter"), folder, LETTERS), picked)

    def action_attach(self) -> None:
        """Attach a file to the letter under the cursor, where it is one's own."""
        offer = self.query_one(LetterList).current
        if not isinstance(offer, LetterOffer):
            return
        if offer.starter is None:
            self.run_worker(self._attach_to(offer.letter.path), exclusive=True, exit_on_error=False, group="attach")
        else:
            said = _("{enter} copies this starter letter beside your table; then {edit} opens it, and {key} attaches.")
            self.tell(*styled(said, enter=("⏎", KEY), edit=("E", KEY), key=("F9", KEY)))

    async def _attach_to(self, letter: Path) -> None:
        found = await ask_to_attach(self, letter.parent, self.table, self.table.records)
        if found is not None:
            write_attachment(letter, found.way)
            said = _("{letter} attaches {path} now.").format(letter=letter.name, path=found.way.written)
            self.tell(("✓ ", SUCCESS), said)
            self._show = letter
            self._look_for_letters()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Only a letter that is chosen can have a file."""
        if action == "attach":
            return self.is_mounted and isinstance(self.query_one(LetterList).current, LetterOffer)
        return super().check_action(action, parameters)

    def _import(self, document: Path) -> None:
        """Make a letter of a document, beside the table, in a thread."""
        folder = self.table.path.absolute().parent
        made = letter_of(document, folder)
        if made.exists():
            said = _("{letter} was made of this document before. Delete it to have it made again.")
            self.tell(said.format(letter=made.name))
            self._show = made
            self._look_for_letters()
            return
        self.tell((_("Reading {names} …").format(names=document.name), MUTED))
        self.jobs.start("import", partial(import_draft, document, folder, people=self.table))


def _about(title: str) -> Ask:
    return Ask(
        title,
        _("What everybody reads first; you can change it later."),
        label=_("Subject"),
        problem=lambda subject: "" if subject.strip() else _("Give a subject."),
    )
