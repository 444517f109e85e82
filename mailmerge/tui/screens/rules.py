"""What the linter looks for, why it matters, and how to repair it: the rules, or one finding with its rule."""

from __future__ import annotations

from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Container, Vertical
from textual.content import Content

from mailmerge.i18n import N_, _, plural
from mailmerge.lint import HEADINGS, Finding, Rule, all_rules
from mailmerge.tui.content.finding_text import whole_finding
from mailmerge.tui.content.safe_content import fit, line, lines
from mailmerge.tui.content.symbols import SEVERITY_MARKS, SEVERITY_STYLES
from mailmerge.tui.content.theme import MUTED, STRONG
from mailmerge.tui.page import Page
from mailmerge.tui.widgets.bars import Bar
from mailmerge.tui.widgets.paper import Paper
from mailmerge.tui.widgets.rows import Rows

SUPPRESSIONS = {
    "never": N_("Cannot be waived: repair the data, or leave the person out."),
    "waiver": N_("Can be waived in campaign.toml, by name and with a reason, for one finding."),
    "allow": N_("Can be allowed by an entry in the [lint] lists of campaign.toml."),
}


class RuleList(Rows[Rule]):
    """One rule a row."""

    def row(self, index: int, width: int) -> Content:
        """Severity, code and name."""
        rule = self.items[index]
        return line(
            "▸" if index == self.cursor else " ",
            (f"{SEVERITY_MARKS[rule.severity]} ", SEVERITY_STYLES[rule.severity]),
            (f"{rule.code}  ", MUTED),
            fit(rule.name, max(0, width - len(rule.code) - 5)),
        )


class RulesScreen(Page):
    """All rules at the left, the documentation of one at the right."""

    HELP = N_("""\
Rules

X  stops the send      !  must be looked at      i  is good to know

No rule can be switched off. Where a finding can be waived, that is for this finding only, by name, with a reason.""")
    KEYS = (("rows.down", N_("rule")), ("rules.back", N_("back")), ("page.help", N_("help")))
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(
            "escape,q,r", "dismiss", N_("Back"), id="rules.back", key_display="esc", tooltip=N_("Back to the campaign")
        ),
    ]

    def __init__(self, finding: Finding | None = None) -> None:
        super().__init__()
        self.finding = finding
        self.rules = all_rules()

    def body(self) -> ComposeResult:
        """The list and the documentation."""
        with Container(classes="two-panes"):
            with Vertical(classes="pane list-pane"):
                yield Bar(classes="title")
                yield RuleList(self.rules, id="rules")
            with Vertical(classes="pane text-pane"):
                yield Bar(classes="title", id="rule-title")
                yield Paper(id="rule")

    def on_mount(self) -> None:
        """Show the rule of the finding, or the first."""
        self.fill()
        self.query_one(RuleList).focus()

    def fill(self) -> None:
        """The rules, and one of them."""
        self.head(_("Rules of the linter"), plural(len(self.rules), "{count} rule", "{count} rules"))
        self.query_one(".list-pane > Bar", Bar).say((_("Rules"), STRONG))
        listed = self.query_one(RuleList)
        listed.rows_changed()
        codes = [rule.code for rule in self.rules]
        if self.finding and self.finding.rule in codes:
            listed.show_row(codes.index(self.finding.rule))
        self.show_rule()

    @on(Rows.Moved)
    def show_rule(self) -> None:
        """Show the documentation under the cursor."""
        rule = self.query_one(RuleList).current
        if rule is None:
            return
        finding = self.finding if self.finding and self.finding.rule == rule.code else None
        self.query_one("#rule-title", Bar).say((f"{rule.code} {rule.name}", STRONG))
        self.query_one("#rule", Paper).show(rule_text(rule, finding))


def rule_text(rule: Rule, finding: Finding | None) -> Content:
    """A finding, where there is one, then what the rule is about."""
    blocks: list[Content] = []
    if finding:
        blocks += [whole_finding(finding), line(("─" * 24, MUTED))]
    blocks.append(line((_(rule.doc.title), STRONG)))
    blocks += [
        Content("\n").join((line((_(heading), MUTED)), lines(_(getattr(rule.doc, part)))))
        for part, heading in HEADINGS.items()
    ]
    suppression = (finding or rule).suppression.value
    blocks.append(line((_(SUPPRESSIONS[suppression]), MUTED)))
    if finding and suppression == "waiver":
        blocks.append(lines((f'[[waivers]]\nrule = "{finding.rule}"\nfinding = "{finding.fingerprint}"', MUTED)))
    return Content("\n\n").join(blocks)
