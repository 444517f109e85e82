"""What a reviewer decides: to leave somebody out, to answer for a finding, to read the table otherwise."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from msgspec.structs import replace

from mailmerge.campaign import ExclusionSection, WaiverSection
from mailmerge.campaign.session import (
    Allow,
    BringBack,
    CampaignSession,
    Decision,
    Exclude,
    FillFields,
    NameColumn,
    Opened,
    ReadOtherwise,
    UseAccount,
    Waive,
)
from mailmerge.campaign.setup.filling import Filled
from mailmerge.errors import MailmergeError
from mailmerge.i18n import _
from mailmerge.tui.content.safe_content import styled
from mailmerge.tui.content.theme import MUTED
from mailmerge.tui.page import Page
from mailmerge.tui.screens.campaign.selection import Selection

if TYPE_CHECKING:
    from mailmerge.accounts import Account
    from mailmerge.lint import Finding


class Decisions:
    """Decisions go into ``campaign.toml`` at once, with their reason, and the campaign is checked anew."""

    def __init__(
        self, page: Page, session: CampaignSession, selected: Callable[[], Selection], *, fields_asked: bool
    ) -> None:
        self._page = page
        self._session = session
        self._selected = selected
        self._fields_asked = fields_asked
        """Whether it was asked what fills the fields that the table lacks."""
        self._typed: dict[str, tuple[str, str]] = {}
        """The reason and the name that were typed for a decision, until it is written: it may not be at first."""

    def decide(self, decision: Decision) -> None:
        """Carry a decision out behind the screen; nothing takes its place, files that are read again least of all."""
        if self._session.campaign is not None:
            self._page.jobs.start("decide", partial(self._session.decide, decision), exclusive=False)

    def use_account(self, account: Account | None) -> None:
        """Send from an account that was chosen; where none was, from the same as before, as it is now."""
        if account is not None:
            self.decide(UseAccount(account))
        else:
            self.sign_again()

    def sign_again(self) -> None:
        """The accounts may be others now, and with them who sends and the signature that the letters print."""
        if self._session.campaign is not None:
            self._page.jobs.start("open", self._session.sign_again, exclusive=False)

    def opened(self, event: Opened) -> None:
        """Say who sends from now on, where that was decided; ask once for fields that the table lacks."""
        if isinstance(event.decision, Exclude | Waive):
            self._typed.clear()
        if isinstance(event.decision, UseAccount):
            account = event.decision.account
            said = _("{account} sends this campaign, as {address}.").format(
                account=account.name, address=account.address
            )
            for_now = _("{account} sends this campaign, as {address}. This is for now only: {reason}")
            if event.unsaved:
                said = for_now.format(account=account.name, address=account.address, reason=event.unsaved)
            self._page.tell(said)
        asked, self._fields_asked = self._fields_asked, True
        if event.campaign.missing_fields and not asked:
            self._page.call_after_refresh(self.ask_fields)

    # --- leaving out, answering for ------------------------------------------------------------------------------

    def exclude(self) -> None:
        """Leave the person on screen out of this campaign."""
        from mailmerge.tui.dialogs.ask import Ask

        person, campaign = self._selected().person, self._session.campaign
        if person is None or campaign is None:
            return

        try:
            exclusion = campaign.exclusion_of(person, "")
        except MailmergeError as error:
            who = person.name or person.address or _("this person")
            self._page.complain(_("{who} cannot be left out: {error}").format(who=who, error=error))
            return
        key = f"{exclusion.address} {exclusion.name}"

        def answered(reason: str | None) -> None:
            if reason:
                self._typed[key] = reason.strip(), ""
                self.decide(Exclude(replace(exclusion, reason=reason.strip())))
                said = _("{who}: left out. {remark}")
                remark = (_("B brings them back."), MUTED)
                self._page.tell(*styled(said, who=person.name or person.address, remark=remark))

        question = Ask(
            _("Leave out {who}").format(who=person.name or person.address),
            _("No message goes to {who}. The reason is kept in campaign.toml.").format(
                who=person.address or person.name
            ),
            label=_("Reason"),
            value=self._typed.get(key, ("", ""))[0],
            problem=lambda reason: "" if reason.strip() else _("Give a reason: somebody will ask."),
        )
        self._page.app.push_screen(question, answered)

    def excluded(self) -> None:
        """Show who is left out, and bring them back."""
        campaign = self._session.campaign
        if campaign is None:
            return

        def answered(ended: ExclusionSection | None) -> None:
            if ended is not None:
                self.decide(BringBack(ended))
                self._page.tell(_("{who}: included again.").format(who=ended.name or ended.address))

        self._page.program.go.excluded(campaign.excluded, answered)

    def may_waive(self, finding: Finding | None) -> bool:
        """Whether somebody may answer for a finding, or allow what it found."""
        return finding is not None and (finding.suppression.value == "waiver" or bool(finding.allows))

    def waive(self) -> None:
        """Answer for the finding under the cursor, or allow the address that it found."""
        from mailmerge.lint.engine.waivers import SHORTEST_REASON
        from mailmerge.tui.dialogs.waive import WaiveForm

        finding, campaign = self._selected().finding, self._session.campaign
        if finding is None or campaign is None:
            self._page.tell(_("Choose a finding first."))
            return
        if not self.may_waive(finding):
            self._page.tell(_("{rule} cannot be waived. {fix}").format(rule=finding.rule, fix=finding.fix))
            return
        if finding.allows:
            self._allow(finding.allows)
            return

        def answered(answer: tuple[str, str] | None) -> None:
            if answer is not None:
                self._typed[finding.fingerprint] = reason, by = answer
                self.decide(Waive(WaiverSection(finding.rule, finding.fingerprint, reason, by)))
                said = _("{by} waived {rule}. This is recorded in campaign.toml and included in the seal.").format(
                    by=by, rule=finding.rule
                )
                self._page.tell(said)

        typed = self._typed.get(finding.fingerprint, ("", ""))
        self._page.app.push_screen(WaiveForm(finding, SHORTEST_REASON, *typed), answered)

    def _allow(self, address: str) -> None:
        from mailmerge.tui.dialogs.ask import Confirm

        def answered(yes: bool | None) -> None:
            if yes:
                self.decide(Allow(address))
                self._page.tell(_("{address} is allowed in this campaign. D takes it back.").format(address=address))

        question = Confirm(
            _("Allow {address}").format(address=address),
            _(
                "Everybody who gets a letter of this campaign may see it. Allow only an address of your own, such as "
                "that of the data protection officer. The entry is kept in campaign.toml."
            ),
            yes=_("Allow it"),
            no=_("Cancel"),
        )
        self._page.app.push_screen(question, answered)

    # --- fields that the table lacks -----------------------------------------------------------------------------

    def fields(self) -> None:
        """Take the column that the finding under the cursor proposes; ask about every missing field otherwise."""
        finding, campaign = self._selected().finding, self._session.campaign
        if campaign is None:
            return
        if finding is not None and finding.column and finding.field in campaign.missing_fields:
            self.decide(NameColumn(finding.field, finding.column))
            said = _("{field} is the column {column} from now on.").format(field=finding.field, column=finding.column)
            self._page.tell(said, ("  " + _("In campaign.toml."), MUTED))
        elif campaign.missing_fields:
            self.ask_fields()
        else:
            self._page.tell(_("The table has every field that the letter uses."))

    def ask_fields(self) -> None:
        """Ask what fills each field that the table lacks."""
        from mailmerge.tui.dialogs.ask_fields import AskFields

        campaign = self._session.campaign
        if campaign is None or not self._page.is_current:
            return

        def answered(filled: Filled | None) -> None:
            if filled and (filled.columns or filled.texts):
                self.decide(FillFields(filled))

        note = _("A column is named in campaign.toml; a text is written into the letter.")
        signer = campaign.signer.display_name if campaign.signer else ""
        question = AskFields(campaign.letters, campaign.table, campaign.missing_fields, note, signer)
        self._page.app.push_screen(question, answered)

    # --- how the table is read -----------------------------------------------------------------------------------

    def mapping(self) -> None:
        """Look at how the table is read, and change it."""
        if self._session.campaign is not None:
            self._page.run_worker(self._ask_mapping(), group="mapping", exclusive=True, exit_on_error=False)

    async def _ask_mapping(self) -> None:
        from mailmerge.campaign.setup.table_setup import settings_of

        campaign = self._session.campaign
        if campaign is not None:
            before = settings_of(campaign.file)
            after = await self._page.program.go.table(campaign.table.path, before)
            if after is not None and after != before:
                self.decide(ReadOtherwise(after))
