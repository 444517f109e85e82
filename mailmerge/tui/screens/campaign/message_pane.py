"""One message and its faces."""

from __future__ import annotations

from textual import on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.message import Message
from textual.reactive import reactive

from mailmerge.i18n import N_, _, number
from mailmerge.tui.content.message_views import Face
from mailmerge.tui.content.theme import STRONG
from mailmerge.tui.widgets.bars import ChoiceBar, Tabs
from mailmerge.tui.widgets.paper import Paper

FACES = (
    ("letter", N_("Letter")),
    ("html", N_("HTML")),
    ("headers", N_("Headers")),
    ("attachments", N_("Attachments")),
    ("source", N_("Source")),
    ("changes", N_("Changes")),
)


class MessagePaper(Paper):
    """The sheet with the message."""

    KEYS = (
        ("campaign.edit", N_("edit letter")),
        ("campaign.test", N_("test to me")),
        ("campaign.send", N_("seal & send")),
        ("campaign.browser", N_("open")),
        ("campaign.copy", N_("copy")),
        ("campaign.next_face", N_("next view")),
        ("page.help", N_("help")),
    )

    HELP = N_("""\
Message

What this person gets. What came from the table is underlined; what a finding is about is shown in reverse.

Letter       the text, and who it goes to
HTML         the HTML part as text; what it hides is said
Headers      the envelope and every header field
Attachments  each file, with its size and beginning; o or a click opens it
Source       the exact bytes
Changes      what differs from the person above in the list
""")


class MessagePane(Vertical):
    """The message of the chosen person."""

    DEFAULT_CLASSES = "titled"

    face: reactive[str] = reactive("letter", repaint=False)
    said = ""
    """The title, in full."""
    _place = 0, 0

    class FaceChanged(Message):
        """Another face is wanted."""

    def compose(self) -> ComposeResult:
        """Tabs above a sheet."""
        yield Tabs(classes="title")
        yield MessagePaper(id="paper")

    @property
    def paper(self) -> Paper:
        """The sheet."""
        return self.query_one(Paper)

    def show_title(self, place: int = 0, total: int = 0) -> None:
        """Say which message this is, in fewer words where the pane is narrow; 0 for none."""
        self._place = place, total
        if not place:
            self.said = shown = _("Message")
        else:
            values = {"place": number(place), "total": number(total)}
            self.said = _("Message {place} of {total}").format_map(values)
            shown = _("{place} of {total}").format_map(values) if self.size.width < 80 else self.said
        self.query_one(Tabs).say((shown, STRONG))

    def on_resize(self) -> None:
        """There is more room now, or less."""
        self.show_title(*self._place)

    def show_face(self, face: Face) -> None:
        """Show one face, scrolled to what a finding is about."""
        self.paper.show(face.content, head=face.head, names=face.names)
        if face.place >= 0:
            self.paper.show_place(face.place)

    def watch_face(self, face: str) -> None:
        """Mark the tab; the screen brings the face."""
        self.query_one(Tabs).show_tabs([(key, _(title)) for key, title in FACES], face)
        self.post_message(self.FaceChanged())

    def next_face(self, step: int) -> None:
        """Go to the next face, or the one before."""
        keys = [key for key, _title in FACES]
        self.face = keys[(keys.index(self.face) + step) % len(keys)]

    @on(ChoiceBar.Chosen)
    def tab_chosen(self, event: ChoiceBar.Chosen) -> None:
        """A tab was clicked."""
        event.stop()
        self.face = event.key

    def read_on(self) -> bool:
        """Scroll by a page; False where the end was in view already."""
        paper = self.paper
        if paper.scroll_offset.y >= paper.max_scroll_y:
            return False
        paper.scroll_page_down(animate=False)
        return True
