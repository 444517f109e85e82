"""What the linter found: here, and in all, with what to do about it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.content import Content
from textual.widgets import Static

from mailmerge.campaign.session.review import Review
from mailmerge.i18n import N_, _, number, plural
from mailmerge.tui.content.finding_text import finding_advice, finding_head, where
from mailmerge.tui.content.safe_content import fit, line
from mailmerge.tui.content.symbols import SEVERITY_MARKS, SEVERITY_STYLES
from mailmerge.tui.content.theme import MUTED, STRONG, WARNING
from mailmerge.tui.widgets.bars import Bar
from mailmerge.tui.widgets.rows import Rows

if TYPE_CHECKING:
    from mailmerge.lint import Finding


class FindingList(Rows["Finding"]):
    """One finding a row."""

    KEYS = (
        ("rows.choose", N_("go there")),
        ("campaign.waive", N_("waive")),
        ("campaign.exclude", N_("leave out")),
        ("campaign.send", N_("seal & send")),
        ("campaign.rules", N_("why")),
        ("campaign.all_findings", N_("of everybody")),
        ("campaign.decisions", N_("decisions")),
        ("page.help", N_("help")),
    )

    HELP = N_("""\
Findings

X  stops the send: repair the data or the letter, or leave the person out
!  deserves a look
i  is good to know

Enter goes to the person a finding is about, then to its place: the letter opens at its line; any other finding opens
in full. r shows the documentation of its rule.
""")

    def show_findings(self, findings: Sequence[Finding]) -> None:
        """List findings, the cursor on the first."""
        if not findings and not self.items:
            return
        self.items = findings
        self.cursor = 0
        self.rows_changed()
        self.scroll_to(y=0, animate=False)

    def row(self, index: int, width: int) -> Content:
        """Mark, code, place and sentence."""
        finding = self.items[index]
        place = where(finding)
        name = f"{finding.rule} {finding.name}" if width >= 70 else finding.rule
        head = line(
            "▸" if index == self.cursor else " ",
            (f"{SEVERITY_MARKS[finding.severity]} ", MUTED if finding.waived else SEVERITY_STYLES[finding.severity]),
            (name, STRONG),
            "  ",
            (f"{place}  " if place else "", MUTED),
        )
        said = _("waived: {finding}").format(finding=finding.message) if finding.waived else finding.message
        return head + line(fit(said, max(0, width - head.cell_length)))


def _counted(here: int, total: int) -> str:
    return plural(here, "{count} here, {total} in all", "{count} here, {total} in all", total=number(total))


def _none(messages: int) -> str:
    return plural(messages, "none in {count} message", "none in {count} messages")


class FindingsPane(Vertical):
    """The list of findings, and the chosen one in full where there is room."""

    DEFAULT_CLASSES = "titled"

    everybody = False
    """Whether the findings of everybody are listed."""
    _chosen: Finding | None = None

    def compose(self) -> ComposeResult:
        """The title, the list, the chosen finding."""
        yield Bar(classes="title")
        with Horizontal():
            yield FindingList(id="findings")
            with VerticalScroll(id="finding-text", can_focus=False):
                yield Static(id="finding-head")
                yield Static(id="finding")
                yield Static(id="finding-advice")

    @property
    def rows(self) -> FindingList:
        """The list."""
        return self.query_one(FindingList)

    def show_for(self, review: Review | None, record: int | None) -> None:
        """List the findings of one person and of the letter, or of everybody."""
        bar = self.query_one(Bar)
        report = review.report if review else None
        if review is None or report is None:
            self.rows.show_findings(())
            bar.say((_("Findings"), STRONG), (f"  {review.unchecked}" if review else "", MUTED))
            bar.say_right()
            self.show_chosen()
            return
        here = review.findings_of(record) if record is not None else ()
        of_person = (*here, *review.general_findings)
        self.rows.show_findings(report.findings if self.everybody else of_person)
        self.set_class(self.rows.count > 1, "-several")
        total = len(report.findings)
        self.set_class(not total, "-none")
        bar.say(
            (_("Findings"), STRONG),
            ("  " + (_counted(len(of_person), total) if total else _none(report.messages)), MUTED),
        )
        note = review.notes.get(record or 0, "")
        scope = (_("of everybody") if self.everybody else _("of this person and the letter")) if total else ""
        if total and not self.rows.count:
            scope = _("{key} lists those of everybody").format(key="F")
        bar.say_right((_("unusual: {note}").format(note=note) if note else scope, WARNING if note else MUTED))
        self.show_chosen()

    def show_progress(self, done: int, total: int) -> None:
        """Say how far the linter is."""
        self.query_one(Bar).say(
            (_("Findings"), STRONG),
            ("  " + _("checking {done} of {total} …").format(done=number(done), total=number(total)), MUTED),
        )

    def show_chosen(self) -> None:
        """Show the chosen finding in full."""
        finding = self.rows.current
        if finding is not self._chosen:
            self._chosen = finding
            self.query_one("#finding-head", Static).update(finding_head(finding) if finding else Content())
            self.query_one("#finding", Static).update(line(finding.message) if finding else Content())
            self.query_one("#finding-advice", Static).update(finding_advice(finding) if finding else Content())
