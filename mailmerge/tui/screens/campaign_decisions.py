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
        """A campaign that got a file is opened by it from now on."""
        if event.campaign.path is not None:
            self.sources = (event.campaign.path,)

    # --- leaving out, answering for ------------------------------------------------------------------------------

    def action_exclude(self) -> None:
        """Leave the person on screen out of this campaign."""
        from mailmerge.tui.screens.ask import Ask

        person, campaign = self.person, self.campaign
        if person is None or campaign is None:
            return

        def answered(reason: str | None) -> None:
            if reason:
                exclusion = ExclusionSection(person.address, reason.strip())
                self.decide(_changed(campaign.file, exclusions=(*campaign.file.exclusions, exclusion)))
                self.tell(f"{person.name or person.address} is left out. ", ("B brings them back.", QUIET))

        question = Ask(
            f"Leave out {person.name or person.address}",
            f"No message goes to {person.address}. The reason is kept in campaign.toml.",
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

        def answered(address: str | None) -> None:
            if address is not None:
                kept = tuple(e for e in campaign.file.exclusions if e.address != address)
                self.decide(_changed(campaign.file, exclusions=kept))
                self.tell(f"{address} is written to again.")

        self.app.push_screen(ExcludedScreen(campaign.excluded, campaign.file.exclusions), answered)

    def action_waive(self) -> None:
        """Answer for the finding under the cursor."""
        from mailmerge.lint import rule_named
        from mailmerge.lint.waivers import SHORTEST_REASON
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

    # --- how the table is read -------------------------------------------------------------------------------------

    def action_mapping(self) -> None:
        """Look at how the table is read, and change it."""
        from mailmerge.tui.mapping import TableSettings
        from mailmerge.tui.screens.mapping import MappingScreen

        campaign = self.campaign
        if campaign is None:
            return
        file = campaign.file
        before = TableSettings(
            file.sheet, file.delimiter, file.encoding, file.header_line, file.columns.email, file.columns.name
        )

        def answered(after: TableSettings | None) -> None:
            if after is None or after == before:
                return
            reading = {key: getattr(after, key) for key in ("sheet", "delimiter", "encoding", "header_line")}
            columns = _changed(file.columns, email=after.email, name=after.name)
            self.behind(partial(self._read_otherwise, campaign, _changed(file, columns=columns, **reading)), "open")

        self.app.push_screen(MappingScreen(campaign.table.path, before), answered)

    def _read_otherwise(self, campaign: Campaign, file: CampaignFile) -> None:
        """Save how the table is read, and read it so."""
        path = campaign.path or campaign.folder / CAMPAIGN_FILE
        if campaign.path is None and path.exists():
            raise UsageError(f"{path} is there already: open it instead, so that what it says is kept")
        save_campaign_file(path, file)
        self.saved_here(path)
        work.open_files(self.post_message, [path], self.account_name)

    def failed(self, group: str, error: BaseException | None) -> None:
        """Say calmly what did not work."""
        if group == "open" and isinstance(error, MailmergeError):
            self.complain(f"Still the campaign as it was: {error}")
        else:
            super().failed(group, error)


def _changed(section: T, **decisions: object) -> T:
    import msgspec

    return msgspec.structs.replace(section, **decisions)
