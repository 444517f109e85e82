"""Open a campaign: ``campaign.toml``, or a table and a letter; and change what was decided about it."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec.structs import replace

from mailmerge.campaign.campaign import Campaign
from mailmerge.campaign.columns import check_name, names_of_others, with_names_set
from mailmerge.campaign.fields import field_columns
from mailmerge.campaign.file import (
    CAMPAIGN_FILE,
    TEMPLATE_FIELD,
    CampaignFile,
    read_campaign_file,
    require_new,
    save_campaign_file,
)
from mailmerge.campaign.mailing import signature_of
from mailmerge.campaign.people.recipients import select_recipients
from mailmerge.environment import Environment
from mailmerge.errors import AccountError, CampaignError, UsageError
from mailmerge.i18n import N_
from mailmerge.letter import Letter, read_letter
from mailmerge.letter.source.template import KIND_BY_SUFFIX
from mailmerge.model import RecordTable
from mailmerge.records import read_table
from mailmerge.records.columns.likely import lacking_field
from mailmerge.text.folding import fold, identifier

if TYPE_CHECKING:
    from mailmerge.accounts import Account


_NO_CAMPAIGN = N_("the folder {path} contains no {name}: give the table of recipients that is in it, and the letter")


_SAME_VALUE = N_(
    'template has different letters for "{one}" and "{other}", which are the same value: capitals and accents do not'
    " count; keep one of the two"
)


_EXCHANGED = N_("{letter} is named like a letter, and {table} like a table: give the table first, then the letter")


def open_campaign(sources: Sequence[Path], *, only: str = "", environment: Environment | None = None) -> Campaign:
    """Open ``[CAMPAIGN.toml]`` (or its folder), or ``[RECIPIENTS, TEMPLATE]``.

    ``only`` is an address: nobody else is written to then. ``environment`` is that of this process by default.

    Raises:
        UsageError: something else was given, or nobody has the address ``only``.
        TableError, LetterError, CampaignError: a file cannot be used.
    """
    around = environment or Environment.here()
    match list(sources):
        case [path] if path.is_dir():
            if not (path / CAMPAIGN_FILE).exists():
                raise UsageError(_NO_CAMPAIGN, path=path, name=CAMPAIGN_FILE)
            return _opened(read_campaign_file(path / CAMPAIGN_FILE), path / CAMPAIGN_FILE, path, only, around)
        case [path] if path.suffix.lower() == ".toml":
            return _opened(read_campaign_file(path), path, path.parent, only, around)
        case [recipients, template]:
            kinds = [KIND_BY_SUFFIX.get(path.suffix.lower()) for path in (recipients, template)]
            if kinds[0] in ("markdown", "html") and kinds[1] is None:
                raise UsageError(_EXCHANGED, table=template, letter=recipients)
            file = CampaignFile(recipients=named_from(recipients, template.parent), template=template.name)
            return _opened(file, None, template.parent, only, around, recipients)
        case _:
            given = " ".join(str(source) for source in sources) or "nothing"
            raise UsageError(
                N_("give one CAMPAIGN.toml, or RECIPIENTS and TEMPLATE; this was given: {given}"), given=given
            )


def save_decisions(campaign: Campaign, file: CampaignFile) -> Campaign:
    """The campaign with other decisions (waivers, exclusions, fields, account), saved in its ``campaign.toml``.

    The table and the letters are not read again. A campaign without a file gets one, beside its letter.

    Raises:
        UsageError: a ``campaign.toml`` is there already, and is not this campaign's.
        CampaignError: a decision cannot be used, or the file cannot be written.
    """
    path = campaign.path or campaign.folder / CAMPAIGN_FILE
    people, excluded = select_recipients(file, campaign.table, path.parent, path=path)
    if file.fields != campaign.file.fields:
        campaign = campaign.with_columns(field_columns(file, campaign.table, str(path)))
    if campaign.path is None:
        require_new(path)
    save_campaign_file(path, file)
    name = _name(path, file)
    changed = replace(campaign, name=name, path=path, file=file, recipients=people, excluded=excluded)
    return (
        changed if file.account == campaign.file.account else changed.signed_by(signer_of(file, campaign.environment))
    )


def signer_of(file: CampaignFile, environment: Environment | None = None, *, otherwise: str = "") -> Account | None:
    """The account that a campaign is sent from, as far as it is known: the one it names, else the only one there is.

    ``otherwise`` names who sends it where neither says so: the one that was the only one, until another was added.
    """
    with suppress(AccountError):
        accounts = (environment or Environment.here()).accounts
        if file.account:
            return accounts.get(file.account)
        known = {account.name: account for account in accounts.all()}
        return next(iter(known.values())) if len(known) == 1 else known.get(otherwise)
    return None


def named_from(path: Path, folder: Path) -> str:
    """How a file is named from a folder; absolute where no way leads there (another drive on Windows)."""
    try:
        return Path(os.path.relpath(path, folder)).as_posix()
    except ValueError:
        return str(path.absolute())


def _opened(
    file: CampaignFile,
    path: Path | None,
    folder: Path,
    only: str,
    environment: Environment,
    recipients: Path | None = None,
) -> Campaign:
    table = read_table(recipients or folder / file.recipients, file.reading)
    columns = field_columns(file, table, str(path or CAMPAIGN_FILE))
    check_name(file.columns.name, table, columns, path or CAMPAIGN_FILE)
    table = with_names_set(table, file.columns.name, columns)
    names_of_others(file, table, path or folder / CAMPAIGN_FILE)
    signer = signer_of(file, environment)
    letters = _letters(file, table, folder, signature_of(signer, table, columns), columns)
    people, excluded = select_recipients(file, table, folder, only, path=path)
    return Campaign(
        name=_name(path, file),
        path=path,
        folder=folder,
        file=file,
        table=table,
        letters_by_value=letters,
        recipients=people,
        excluded=excluded,
        signer=signer,
        columns=columns,
        environment=environment,
    )


def _name(path: Path | None, file: CampaignFile) -> str:
    """What a campaign is called: as its folder, or as its letter while it has no file."""
    return path.absolute().parent.name if path else Path(str(file.template)).name.partition(".")[0]


def _letters(
    file: CampaignFile, table: RecordTable, folder: Path, signature: str, columns: Mapping[str, str]
) -> Mapping[str, Letter]:
    def read(name: str) -> Letter:
        path = folder / name
        known_as = path.name if Path(name).is_absolute() else name
        headers = file.headers
        return read_letter(path, extra_headers=headers, signature=signature, name=known_as, columns=columns)

    if isinstance(file.template, str):
        return {"": read(file.template)}
    chooser = identifier(file.template[TEMPLATE_FIELD])
    if columns.get(chooser, chooser) not in table.names:
        raise CampaignError(
            N_('the letter is chosen by "{chooser}", but {problem}'),
            chooser=chooser,
            problem=lacking_field(table, chooser),
        )
    names = {value: name for value, name in file.template.items() if value != TEMPLATE_FIELD}
    chosen: dict[str, str] = {}
    for value, name in names.items():
        same = chosen.setdefault(fold(value), value)
        if names[same] != name:
            raise CampaignError(_SAME_VALUE, one=same, other=value)
    letters = {name: read(name) for name in dict.fromkeys(names.values())}
    return {fold(value): letters[name] for value, name in names.items()}
