"""What a reviewer decides: to leave somebody out, to answer for a finding, to read the table otherwise."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, ClassVar, TypeVar

from textual import on
from textual.binding import Binding, BindingType

from mailmerge.campaign import (
    CAMPAIGN_FILE,
    Campaign,
    CampaignFile,
    ExclusionSection,
    WaiverSection,
    decided,
    save_campaign_file,
)
from mailmerge.campaign.filling import Filled, fill_fields
from mailmerge.errors import MailmergeError, UsageError
from mailmerge.tui import work
from mailmerge.tui.screens.campaign_elsewhere import CampaignElsewhere
from mailmerge.tui.theme import QUIET

if TYPE_CHECKING:
    from msgspec import Struct


T = TypeVar("T", bound="Struct")


class CampaignDecisions(CampaignElsewhere):
    """Decisions go into ``campaign.toml`` at once, with their reason, and the campaign is checked anew."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("X", "exclude", "Leave this person out", id="campaign.exclude", tooltip="With a reason, kept on file"),
        Binding("B", "excluded", "Who is left out", id="campaign.excluded", tooltip="And bringing them back"),
        Binding("W", "waive", "Answer for a finding", id="campaign.waive", tooltip="By name and with a reason"),
        Binding("C", "fields", "Fields the table lacks", id="campaign.fields", tooltip="Name the column that is meant"),
        Binding("m", "mapping", "How the table is read", id="campaign.mapping", tooltip="Encoding, columns, sheet"),
    ]

    def decide(self, file: CampaignFile) -> None:
        """Save other decisions, and check the campaign anew, the table as it was read."""
        if self.campaign is not None:
            self.behind(partial(self._decide, self.campaign, file), "open")

    def _decide(self, campaign: Campaign, file: CampaignFile) -> None:
        changed = decided(campaign, file)
        if changed.path is not None:
            self.saved_here(changed.path)
        self.post_message(work.Opened(changed))

    @on(work.Opened)
    def _settled(self, event: work.Opened) -> None:
        """A campaign that got a file is opened by it from now on; fields that the table lacks are asked for once."""
        if event.campaign.path is not None:
            self.sources = (event.campaign.path,)
        asked, self.fields_asked = self.fields_asked, True
        if event.campaign.missing_fields and not asked:
            self.call_after_refresh(self.ask_fields)

    fields_asked = False
    """Whether it was asked what fills the fields that the table lacks."""

    # --- leaving out, answering for ------------------------------------------------------------------------------

    def action_exclude(self) -> None:
        """Leave the person on screen out of this campaign."""
        from mailmerge.tui.screens.ask import Ask

        person, campaign = self.person, self.campaign
        if person is None or campaign is None:
            return

        try:
            exclusion = campaign.exclusion_of(person, "")
        except MailmergeError as error:
            self.complain(f"{person.name or person.address or 'This person'} cannot be left out: {error}")
            return

        def answered(reason: str | None) -> None:
            if reason:
                one = _changed(exclusion, reason=reason.strip())
                self.decide(_changed(campaign.file, exclusions=(*campaign.file.exclusions, one)))
                self.tell(f"{person.name or person.address} is left out. ", ("B brings them back.", QUIET))

        question = Ask(
            f"Leave out {person.name or person.address}",
            f"No message goes to {person.address or person.name}. The reason is kept in campaign.toml.",
            label="Reason",
            problem=lambda reason: "" if reason.strip() else "Give a reason: somebody will ask.",
        )
        self.app.push_screen(question, answered)

    def action_excluded(self) -> None:
        """Show who is left out, and bring them back."""
        from mailmerge.tui.screens.excluded import ExcludedScreen

        campaign = self.campaign
        if campaign is None:
            return

        def answered(ended: ExclusionSection | None) -> None:
            if ended is not None:
                kept = tuple(exclusion for exclusion in campaign.file.exclusions if exclusion != ended)
                self.decide(_changed(campaign.file, exclusions=kept))
                self.tell(f"{ended.name or ended.address} will be included again.")

        self.app.push_screen(ExcludedScreen(campaign.excluded), answered)

    def action_waive(self) -> None:
        """Answer for the finding under the cursor."""
        from mailmerge.lint import rule_named
        from mailmerge.lint.engine.waivers import SHORTEST_REASON
        from mailmerge.tui.screens.waive import WaiveForm

        finding, campaign = self.finding, self.campaign
        if finding is None or campaign is None:
            self.tell("Choose a finding first.")
            return
        if rule_named(finding.rule).suppression.value != "waiver":
            self.tell(f"{finding.rule} cannot be waived: {finding.fix}")
            return

        def answered(answer: tuple[str, str] | None) -> None:
            if answer is not None:
                reason, by = answer
                waiver = WaiverSection(finding.rule, finding.fingerprint, reason, by)
                self.decide(_changed(campaign.file, waivers=(*campaign.file.waivers, waiver)))
                self.tell(f"{by} answers for {finding.rule}. This stands in campaign.toml and under the seal.")

        self.app.push_screen(WaiveForm(finding, SHORTEST_REASON), answered)

    # --- fields that the table lacks -------------------------------------------------------------------------------

    def action_fields(self) -> None:
        """Take the column that the finding under the cursor proposes; ask about every missing field otherwise."""
        finding, campaign = self.finding, self.campaign
        if campaign is None:
            return
        if finding is not None and finding.column and finding.field in campaign.missing_fields:
            fields = {**campaign.file.fields, finding.field: finding.column}
            self.decide(_changed(campaign.file, fields=fields))
            self.tell(f"{finding.field} is the column {finding.column} from now on.", ("  In campaign.toml.", QUIET))
        elif campaign.missing_fields:
            self.ask_fields()
        else:
            self.tell("The table has every field that the letter uses.")

    def ask_fields(self) -> None:
        """Ask what fills each field that the table lacks."""
        from mailmerge.tui.screens.fields import AskFields

        campaign = self.campaign
        if campaign is None or not self.is_current:
            return

        def answered(filled: Filled | None) -> None:
            if filled and (filled.columns or filled.texts):
                self.behind(partial(self._fill, campaign, filled), "open")

        note = "A column is named in campaign.toml; a text is written into the letter."
        signer = campaign.signer.display_name if campaign.signer else ""
        question = AskFields(campaign.letters, campaign.table, campaign.missing_fields, note, signer)
        self.app.push_screen(question, answered)

    def _fill(self, campaign: Campaign, filled: Filled) -> None:
        fill_fields(campaign, filled)
        path = campaign.path or campaign.folder / CAMPAIGN_FILE
        for written in (path, *(letter.path for letter in campaign.letters)):
            self.saved_here(written)
        work.open_files(self.post_message, self.program.environment, [path])

    # --- how the table is read -------------------------------------------------------------------------------------

    def action_mapping(self) -> None:
        """Look at how the table is read, and change it."""
        from mailmerge.tui.mapping import TableSettings
        from mailmerge.tui.opening import having_settings, settings_of
        from mailmerge.tui.screens.mapping import MappingScreen

        campaign = self.campaign
        if campaign is None:
            return
        file = campaign.file
        before = settings_of(file)

        def answered(after: TableSettings | None) -> None:
            if after is None or after == before:
                return
            self.behind(partial(self._read_otherwise, campaign, having_settings(file, after)), "open")

        self.app.push_screen(MappingScreen(campaign.table.path, before), answered)

    def _read_otherwise(self, campaign: Campaign, file: CampaignFile) -> None:
        """Save how the table is read, and read it so."""
        path = campaign.path or campaign.folder / CAMPAIGN_FILE
        if campaign.path is None and path.exists():
            raise UsageError(f"{path} is there already: open it instead, so that what it says is kept")
        save_campaign_file(path, file)
        self.saved_here(path)
        work.open_files(self.post_message, self.program.environment, [path], self.account_name)

    def failed(self, group: str, error: BaseException | None) -> None:
        """Say calmly what did not work."""
        if group == "open" and isinstance(error, MailmergeError):
            self.complain(f"Still the campaign as it was: {error}")
        else:
            super().failed(group, error)


def _changed(section: T, **decisions: object) -> T:
    import msgspec

    return msgspec.structs.replace(section, **decisions)
