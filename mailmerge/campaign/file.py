"""``campaign.toml``: everything a campaign may say, read strictly: a mistyped key is an error, not a surprise."""

from __future__ import annotations

import datetime
import re
import tomllib
from collections.abc import MutableMapping, Sequence
from pathlib import Path
from typing import Any

import msgspec

from mailmerge.errors import CampaignError, Reason, UsageError, os_reason
from mailmerge.files.home import write_atomically
from mailmerge.i18n import N_
from mailmerge.records import ReadOptions
from mailmerge.settings.approval_rule import ApprovalRule, rule_problems
from mailmerge.settings.bounds import Bounds, out_of_bounds, why_no_toml
from mailmerge.text.folding import fold
from mailmerge.text.regex import regex

CAMPAIGN_FILE = "campaign.toml"
TEMPLATE_FIELD = "field"
"""In ``template = {field = "langue", fr = "..."}``: the key that names the column, beside the letters."""


class ColumnsSection(msgspec.Struct, forbid_unknown_fields=True, frozen=True, omit_defaults=True):
    """``[columns]``: who a record is, where headers and content do not say it well enough."""

    email: str = ""
    """A header or an identifier."""
    name: str = ""
    """A template over one record: ``{{ prenom }} {{ nom }}``."""


class LintSection(msgspec.Struct, forbid_unknown_fields=True, frozen=True, omit_defaults=True):
    """``[lint]``: what may appear in a message although it is not the recipient's."""

    allow_addresses: tuple[str, ...] = ()
    signatories: tuple[str, ...] = ()
    names_of_others: tuple[str, ...] = ()
    """Columns (headers or identifiers) that name colleagues on purpose, so that the letter may name them."""


class WaiverSection(msgspec.Struct, forbid_unknown_fields=True, frozen=True, omit_defaults=True):
    """``[[waivers]]``: one finding that a named person answers for."""

    rule: str
    finding: str
    reason: str
    by: str
    until: datetime.date | None = None
    """The last day on which it holds."""


class ExclusionSection(msgspec.Struct, forbid_unknown_fields=True, frozen=True, omit_defaults=True, kw_only=True):
    """``[[exclusions]]``: one person whom this campaign does not write to.

    Where address and name are given, both must match; one alone must match exactly one record.
    """

    address: str = ""
    name: str = ""
    reason: str


class CampaignFile(msgspec.Struct, forbid_unknown_fields=True, frozen=True, omit_defaults=True):
    """One ``campaign.toml``; paths are relative to its folder."""

    recipients: str
    template: str | dict[str, str]
    """One letter, or one for each value of a field: ``{field = "langue", fr = "...", en = "..."}``."""
    account: str = ""
    where: str = ""
    """A Jinja expression over one record; only people for whom it is true are written to."""
    headers: tuple[str, ...] = ()
    """The ``X-*`` header fields that the letter may set."""
    suppress: str = ""
    """A file with the addresses that are never written to: a table, or one address a line."""
    sheet: str = ""
    delimiter: str = ""
    encoding: str = ""
    header_line: int = 0
    columns: ColumnsSection = ColumnsSection()
    fields: dict[str, str] = msgspec.field(default_factory=dict)
    """Fields of the letters that the table calls otherwise: by each the column, a header or an identifier."""
    lint: LintSection = LintSection()
    waivers: tuple[WaiverSection, ...] = ()
    exclusions: tuple[ExclusionSection, ...] = ()
    approval: ApprovalRule = ApprovalRule()

    @property
    def reading(self) -> ReadOptions:
        """How its table is read."""
        return ReadOptions(self.sheet, self.delimiter, self.encoding, self.header_line, self.columns.email)


def require_new(path: Path) -> None:
    """See that no campaign file is there yet.

    Raises:
        UsageError: one is.
    """
    if path.exists():
        raise UsageError(N_("{path} already exists: open it instead, so that its settings are kept"), path=path)


def save_campaign_file(path: Path, campaign: CampaignFile) -> None:
    """Write a campaign file; of one that is there, comments and order stay, and only what differs is changed.

    Raises:
        CampaignError: it cannot be written, or the one that is there cannot be read.
    """
    import tomlkit

    try:
        text = path.read_text(encoding="utf-8-sig") if path.exists() else ""
        before = read_campaign_file(path) if text else None
        document = tomlkit.parse(text)
        _update(document, _content(campaign), _content(before) if before else {})
        write_atomically(path, tomlkit.dumps(document).encode())
    except OSError as error:
        raise CampaignError(N_("cannot write the campaign {path}: {why}"), path=path, why=os_reason(error)) from None


def _content(campaign: CampaignFile) -> dict[str, Any]:
    """What the file has to say: everything that is not as it is by default."""
    content: dict[str, Any] = msgspec.to_builtins(campaign, builtin_types=(datetime.date,))
    return {key: value for key, value in content.items() if value not in ({}, ())}


def _update(document: MutableMapping[str, Any], wanted: dict[str, Any], before: dict[str, Any]) -> None:
    for key in before.keys() - wanted.keys():
        del document[key]
    for key, value in wanted.items():
        if value == before.get(key):
            continue
        if isinstance(value, tuple) and isinstance(value[0], dict):
            _update_tables(document, key, value, before.get(key, ()))
        elif isinstance(value, dict) and (key in _SECTIONS or key in ("fields", "approvers")) and key in document:
            _update(document[key], value, before.get(key, {}))
        else:
            document[key] = value


def _update_tables(
    document: MutableMapping[str, Any], key: str, wanted: Sequence[dict[str, Any]], before: Sequence[dict[str, Any]]
) -> None:
    """``[[key]]``: tables that stay keep their comments, the others go, new ones come last."""
    import tomlkit

    if key not in document:
        document[key] = tomlkit.aot()
    for index in reversed([i for i, table in enumerate(before) if table not in wanted]):
        del document[key][index]
    for table in wanted:
        if table not in before:
            document[key].append(tomlkit.item(table))


_NUMBERS = {"header_line": Bounds(0, 1_048_576)}
_UNKNOWN = regex(r"unknown field `(?P<key>[^`]*)`(?: - at `\$\.?(?P<place>[^`]*)`)?")
_SECTIONS: dict[str, type[msgspec.Struct]] = {
    "": CampaignFile,
    "columns": ColumnsSection,
    "lint": LintSection,
    "waivers": WaiverSection,
    "exclusions": ExclusionSection,
    "approval": ApprovalRule,
}


def read_campaign_file(path: Path) -> CampaignFile:
    """Read and validate a campaign file.

    Raises:
        CampaignError: unreadable, not TOML, an unknown key, a value of the wrong type.
    """
    try:
        text = path.read_bytes().decode("utf-8-sig")
        return parse_campaign(tomllib.loads(text), str(path))
    except OSError as error:
        raise CampaignError(N_("cannot read the campaign {path}: {why}"), path=path, why=os_reason(error)) from None
    except UnicodeDecodeError:
        raise CampaignError(N_("{path} is not UTF-8 text: save campaign.toml as UTF-8"), path=path) from None
    except (ValueError, RecursionError) as error:
        raise CampaignError(N_("{path} is not valid TOML: {error}"), path=path, error=why_no_toml(error)) from None


def parse_campaign(document: dict[str, object], where: str) -> CampaignFile:
    """Validate the content of a campaign file; ``where`` names it in errors.

    Raises:
        CampaignError: an unknown key, a missing key, or a value of the wrong type.
    """
    for problem in (*out_of_bounds(document, _NUMBERS), *rule_problems(document.get("approval"))):
        raise CampaignError(N_("{where}: {problem}"), where=where, problem=problem)
    try:
        campaign = msgspec.convert(document, CampaignFile)
    except msgspec.ValidationError as error:
        raise CampaignError(N_("{where}: {problem}"), where=where, problem=_explained(error)) from None
    if isinstance(campaign.template, dict) and TEMPLATE_FIELD not in campaign.template:
        raise CampaignError(
            N_('{where}: template has several letters but no "field" that chooses between them'), where=where
        )
    for number, exclusion in enumerate(document.get("exclusions", ()), 1):  # type: ignore[arg-type,var-annotated]
        key = _blank_key(exclusion)
        if key is not None:
            raise CampaignError(_BLANK if key else _NOBODY, where=where, number=number, key=key)
    return campaign


_BLANK = N_(
    "{where}: [[exclusions]] number {number}: {key} is blank; an exclusion names one person by address, name or both,"
    " and gives the reason"
)
_NOBODY = N_(
    "{where}: [[exclusions]] number {number}: address and name are both missing; an exclusion names one person by"
    " address, name or both, and gives the reason"
)


def _blank_key(exclusion: dict[str, str]) -> str | None:
    """The key of an exclusion that is blank, ``""`` where nobody is named; None where nothing is wrong.

    A blank key would match everybody without one.
    """
    for key in ("address", "name", "reason"):
        if key in exclusion and not exclusion[key].strip():
            return key
    if "address" not in exclusion and "name" in exclusion and not fold(exclusion["name"]):
        return "name"  # without a letter: a dash, or what nobody sees
    return None if "address" in exclusion or "name" in exclusion else ""


def _explained(error: msgspec.ValidationError) -> Reason:
    """What is wrong, for which the library has a sentence only."""
    said = str(error)
    unknown = _UNKNOWN.search(said)
    if not unknown:
        return Reason("invalid", N_("{said}"), said=said[:1].lower() + said[1:].replace("`$.", "`"))
    place = re.sub(r"\[.*", "", unknown["place"] or "")
    known = ", ".join(_SECTIONS.get(place, CampaignFile).__struct_fields__)
    values = {"key": unknown["key"], "section": place, "known": known}
    if place:
        return Reason("unknown-key", N_('unknown key "{key}" in [{section}]; the keys there are: {known}'), values)
    return Reason("unknown-key", N_('unknown key "{key}"; the keys there are: {known}'), values)
