"""What a reviewer decides about a campaign, and how that is carried out: in ``campaign.toml``, at once."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias, TypeVar, assert_never, cast

from msgspec import Struct
from msgspec.structs import replace
from msgspec.structs import replace as with_file

from mailmerge.campaign.campaign import Campaign
from mailmerge.campaign.file import (
    CAMPAIGN_FILE,
    CampaignFile,
    ExclusionSection,
    WaiverSection,
    read_campaign_file,
    require_new,
    save_campaign_file,
)
from mailmerge.campaign.opening import open_campaign, save_decisions
from mailmerge.campaign.setup.filling import Filled, fill_fields

if TYPE_CHECKING:
    from mailmerge.accounts import Account
    from mailmerge.campaign.setup.table_setup import TableSettings

T = TypeVar("T")


class Exclude(Struct, frozen=True):
    """Leave one person out."""

    exclusion: ExclusionSection


class BringBack(Struct, frozen=True):
    """Write to a person again who was left out."""

    exclusion: ExclusionSection


class Waive(Struct, frozen=True):
    """Answer for one finding."""

    waiver: WaiverSection


class Allow(Struct, frozen=True):
    """Let everybody see an address that is not theirs."""

    address: str


class Forbid(Struct, frozen=True):
    """Allow an address no longer."""

    address: str


class Amend(Struct, frozen=True):
    """Give another reason for an exclusion or a waiver; take it back where there is no ``after``."""

    before: ExclusionSection | WaiverSection
    after: ExclusionSection | WaiverSection | None = None


class FilterBy(Struct, frozen=True):
    """Write only to the people for whom a condition is true; to everybody where there is none."""

    where: str


class ForgetColumn(Struct, frozen=True):
    """Let a field of the letter be found by its name again."""

    field: str


class NameColumn(Struct, frozen=True):
    """Say which column of the table a field of the letter is."""

    field: str
    column: str


class FillFields(Struct, frozen=True):
    """Say what fills the fields that the table lacks: columns, and texts that go into the letters."""

    filled: Filled


class ReadOtherwise(Struct, frozen=True):
    """Read the table in another way."""

    settings: TableSettings


class UseAccount(Struct, frozen=True):
    """Send from this account from now on."""

    account: Account


Decision: TypeAlias = (
    Exclude
    | BringBack
    | Waive
    | Allow
    | Forbid
    | Amend
    | FilterBy
    | ForgetColumn
    | NameColumn
    | FillFields
    | ReadOtherwise
    | UseAccount
)


def carry_out(campaign: Campaign, decision: Decision, wrote: Callable[[Path], object]) -> Campaign:
    """Write a decision down, and give the campaign with it; ``wrote`` is told each file that was written, at once.

    It is made on the file as it is now, and one at a time: a decision that was written meanwhile, by this process or
    another, is kept and not written over.

    Raises:
        UsageError: a ``campaign.toml`` is there already, and is not this campaign's.
        InputError: a file cannot be used or written, or another process is still changing it.
    """
    path = campaign.path or campaign.folder / CAMPAIGN_FILE
    with campaign.environment.alone_with(path):
        changed = _write_down(campaign, path, decision, wrote)
    return changed or open_campaign([path], environment=campaign.environment)


def _write_down(campaign: Campaign, path: Path, decision: Decision, wrote: Callable[[Path], object]) -> Campaign | None:
    """Write a decision down; the campaign with it, or None where its files have to be read again."""
    now = read_campaign_file(path) if campaign.path else campaign.file
    file = with_decision(now, decision)
    if isinstance(decision, FillFields):
        fill_fields(with_file(campaign, file=now), decision.filled)
        for written in (path, *(letter.path for letter in campaign.letters)):
            wrote(written)
    elif now == campaign.file and not isinstance(decision, ReadOtherwise):
        changed = save_decisions(campaign, file)
        wrote(path)
        return changed
    else:
        if campaign.path is None:
            require_new(path)
        save_campaign_file(path, file)
        wrote(path)
    return None


def with_decision(file: CampaignFile, decision: Decision) -> CampaignFile:
    """What ``campaign.toml`` says with a decision; texts for fields are written elsewhere."""
    match decision:
        case Exclude(exclusion):
            return replace(file, exclusions=(*file.exclusions, exclusion))
        case BringBack(exclusion):
            return replace(file, exclusions=tuple(each for each in file.exclusions if each != exclusion))
        case Waive(waiver):
            return replace(file, waivers=(*file.waivers, waiver))
        case Allow(address):
            return _allowing(file, (*file.lint.allow_addresses, address))
        case Forbid(address):
            return _allowing(file, (each for each in file.lint.allow_addresses if each != address))
        case Amend(before, after):
            return replace(
                file,
                exclusions=tuple(_amended(file.exclusions, before, after)),
                waivers=tuple(_amended(file.waivers, before, after)),
            )
        case FilterBy(where):
            return replace(file, where=where)
        case ForgetColumn(field):
            return replace(file, fields={name: column for name, column in file.fields.items() if name != field})
        case NameColumn(field, column):
            return replace(file, fields={**file.fields, field: column})
        case FillFields(filled):
            return replace(file, fields={**file.fields, **filled.columns})
        case ReadOtherwise(settings):
            from mailmerge.campaign.setup.table_setup import having_settings

            return having_settings(file, settings)
        case UseAccount(account):
            return replace(file, account=account.name)
    assert_never(decision)


def _allowing(file: CampaignFile, addresses: Iterable[str]) -> CampaignFile:
    return replace(file, lint=replace(file.lint, allow_addresses=tuple(addresses)))


def _amended(sections: Iterable[T], before: object, after: object) -> Iterator[T]:
    """The sections with another one in the place of ``before``, or without it."""
    for section in sections:
        if section != before:
            yield section
        elif after is not None:
            yield cast("T", after)
