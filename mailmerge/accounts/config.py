"""The accounts in ``config.toml``: a wrong key is an error and never ignored, and a person's comments stay."""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

from msgspec import Struct
from msgspec.structs import fields

from mailmerge.accounts.account import NUMBERS, Account, OAuthClient
from mailmerge.accounts.from_preset import account_from_preset, split_address
from mailmerge.accounts.mailbox import Imap
from mailmerge.accounts.validation import validate
from mailmerge.errors import AccountError, AccountInvalid, Reason
from mailmerge.i18n import N_
from mailmerge.settings.bounds import out_of_bounds
from mailmerge.settings.config_file import CONFIG_FILE, config_locked, config_text, read_config, write_config
from mailmerge.text.shown import shorten, visible

if TYPE_CHECKING:
    from tomlkit import TOMLDocument
    from tomlkit.items import Table

    Rewrite = Callable[[TOMLDocument, Account, Account], None]

KNOWN_KEYS = tuple(field.name for field in fields(Account) if field.name != "name")
_TABLES: dict[str, type[Struct]] = {"oauth": OAuthClient, "imap": Imap}
"""The keys of an account that are tables of their own, which must come last."""
_SUB_KEYS = {name: tuple(field.name for field in fields(kind)) for name, kind in _TABLES.items()}


class Accounts:
    """The accounts of one user, read afresh by every call."""

    def __init__(self, config_dir: Path):
        self.path = config_dir / CONFIG_FILE

    def all(self) -> list[Account]:
        """Every account, in the order of the file; none where there is no file yet.

        Raises:
            AccountError: the file cannot be read, or an account in it is wrong.
        """
        return [self._account(name, table) for name, table in self._tables().items()]

    def get(self, name: str) -> Account:
        """The account of this name.

        Raises:
            AccountError: there is none, the file cannot be read, or the account is wrong.
        """
        tables = self._tables()
        if name in tables:
            return self._account(name, tables[name])
        raise AccountError(
            N_(
                'no account is called "{name}": known are {known}; add it with'
                " `mailmerge account add {name} --address ...`"
            )
            if tables
            else N_('no account is called "{name}": add it with `mailmerge account add {name} --address ...`'),
            name=shorten(name) or "NAME",
            known=", ".join(map(shorten, tables)),
        )

    def add(self, account: Account) -> Account:
        """Write a new account. Returns it as it was written.

        Raises:
            AccountError: the name is taken, the account is wrong, or the file cannot be written.
        """
        account = self._settled(account)
        with config_locked(self.path):
            document = self._document()
            tables = document.setdefault("accounts", _super_table())
            if account.name in tables:
                raise _taken(account.name, N_("{problem}: change it with `mailmerge account edit {name}`"))
            tables[account.name] = _as_table(account)
            write_config(self.path, document.as_string())
        return account

    def change(self, name: str, account: Account) -> Account:
        """Write what is different in an account, its name too; the rest of its table, and comments, stay.

        Raises:
            AccountError: there is none of this name, the new one is taken, or the file cannot be written.
            AccountInvalid: a value is wrong.
        """
        with config_locked(self.path):
            account = self._settled(account)
            write_config(self.path, self._changed(self.get(name), account))
        return account

    def _changed(self, before: Account, account: Account) -> str:
        """The text of the file with an account as it is now."""
        name, known = before.name, self._tables()
        if account.name != name and account.name in known:
            raise _taken(account.name, N_("{problem}: choose another name"))
        others = {key: table for key, table in known.items() if key != name}
        for rewrite in (_in_place, _anew):
            document = self._document()
            if self._holds(document, rewrite, before, account, others):
                return document.as_string()
        raise AccountError(
            N_("cannot change {path} without losing something in it: edit it in a text editor"), path=self.path
        )

    def _holds(
        self, document: TOMLDocument, rewrite: Rewrite, before: Account, after: Account, others: Mapping[str, Any]
    ) -> bool:
        """Whether the rewritten document reads back as the changed account and the others as they were."""
        with suppress(Exception):  # tomlkit loses its way in tables that are written in several places
            rewrite(document, before, after)
            tables = tomllib.loads(document.as_string())["accounts"]
            return self._account(after.name, tables.pop(after.name)) == after and bool(tables == others)
        return False

    def remove(self, name: str) -> Account:
        """Take an account out of the file; its secret stays in the keyring until it is forgotten.

        Raises:
            AccountError: there is none of this name, or the file cannot be written.
        """
        with config_locked(self.path):
            account = self.get(name)
            document = self._document()
            del document["accounts"][name]
            write_config(self.path, document.as_string())
        return account

    def _settled(self, account: Account) -> Account:
        shown, spec = split_address(account.name, account.address)
        values = {field.name: getattr(account, field.name) for field in fields(Account)}
        values |= {"address": spec, "display_name": account.display_name or shown}
        if account.auth != "none":
            values["username"] = account.username or spec
        return validate(Account(**values))

    def _account(self, name: str, table: Any) -> Account:
        import msgspec

        where = f'{self.path}, account "{shorten(name)}"'
        if not isinstance(table, dict):
            raise AccountError(N_("{where}: write it as a table, [accounts.{name}]"), where=where, name=shorten(name))
        for key in table:
            if key not in KNOWN_KEYS:
                raise AccountError(
                    N_('{where}: "{key}" is not a key of an account; known are {known}'),
                    where=where,
                    key=shorten(key),
                    known=_known(),
                )
        for problem in out_of_bounds(table, NUMBERS):
            raise AccountError(N_("{where}: {problem}"), where=where, problem=problem)
        for name_below in _TABLES:
            _check_keys_below(where, name_below, table.get(name_below, {}))
        if "address" not in table:
            raise AccountError(N_('{where}: "address" is missing'), where=where)
        provider = table.get("provider", "")
        try:
            # Types first, so that no surprise comes later; what is missing comes from the preset afterwards.
            typed = msgspec.convert({"name": name, "host": "", "port": 0} | table, Account)
        except msgspec.ValidationError as error:
            raise AccountError(N_("{where}: {error}"), where=where, error=visible(str(error))) from None
        given = {key: value for key, value in table.items() if key not in ("address", "provider", *_TABLES)}
        try:
            return account_from_preset(
                name, table["address"], provider=provider, oauth=typed.oauth, imap=typed.imap, **given
            )
        except AccountError as error:
            raise AccountError(N_("{path}: {error}"), path=self.path, error=error) from None

    def _tables(self) -> Mapping[str, Any]:
        document = read_config(self.path)
        tables = document.get("accounts", {})
        if not isinstance(tables, dict):
            raise AccountError(N_("{path}: write accounts as tables, [accounts.NAME]"), path=self.path)
        return tables

    def _document(self) -> TOMLDocument:
        import tomlkit

        self._tables()  # says what is wrong, where anything is
        return tomlkit.parse(config_text(self.path))


def _taken(name: str, template: str) -> AccountInvalid:
    taken = Reason("taken", N_('an account is already called "{name}"'), {"name": name})
    return AccountInvalid(template, field="name", name=name, problem=taken)


def _known() -> str:
    return ", ".join(KNOWN_KEYS)


def _check_keys_below(where: str, name: str, table: Any) -> None:
    if not isinstance(table, dict):
        return  # msgspec says what is wrong
    for key in table:
        if key not in _SUB_KEYS[name]:
            raise AccountError(
                N_('{where}, {table}: "{key}" is not a key; known are {known}'),
                where=where,
                table=name,
                key=shorten(key),
                known=", ".join(_SUB_KEYS[name]),
            )


def _super_table() -> Table:
    import tomlkit

    return tomlkit.table(is_super_table=True)


def _in_place(document: TOMLDocument, before: Account, after: Account) -> None:
    """Change what differs, and leave all else as it is."""
    tables: Any = document["accounts"]
    if after.name != before.name:
        tables[after.name] = tables.pop(before.name)
    _update(tables[after.name], before, after)


def _anew(document: TOMLDocument, before: Account, after: Account) -> None:
    """Write all accounts again, in one place."""
    tables = document.unwrap()["accounts"]
    del document["accounts"]
    written = _super_table()
    for name, table in tables.items():
        if name == before.name:
            written[after.name] = _as_table(after)
        else:
            written[name] = table
    document["accounts"] = written


def _update(table: Any, before: Account, after: Account) -> None:
    """Change what differs; a value that only follows from the provider is not written, unless it was."""
    wanted = _as_table(after)
    moved = before.provider != after.provider
    for key in KNOWN_KEYS:
        if getattr(before, key) == getattr(after, key) and not (moved and key in wanted):
            continue
        if key not in wanted:
            table.pop(key, None)
        elif key in _TABLES and key in table:
            _update_below(table[key], wanted[key], _SUB_KEYS[key])
        else:
            table[key] = wanted[key]


def _update_below(table: Any, wanted: Mapping[str, Any], keys: Sequence[str]) -> None:
    for key in keys:
        if key in wanted:
            table[key] = wanted[key]
        else:
            table.pop(key, None)


def _as_table(account: Account) -> Table:
    """What a person would write: the server always, the rest where it is not what is usual there."""
    import tomlkit

    server: dict[str, Any] = {key: getattr(account, key) for key in ("host", "port", "tls", "auth")}
    usual = account_from_preset(account.name, account.address, provider=account.provider, **server)
    table = tomlkit.table()
    for key in KNOWN_KEYS:
        value = getattr(account, key)
        if key in _TABLES:
            continue
        if key == "address" or key in server or (key == "provider" and value) or value != getattr(usual, key):
            table.add(key, tomlkit.string(value, multiline=True) if key == "signature" else value)
    if account.oauth is not None:
        table.add("oauth", {key: value for key in _SUB_KEYS["oauth"] if (value := getattr(account.oauth, key))})
    if account.imap is not None:
        bare, always = Imap(), ("host", "port", "tls")
        written = {key: getattr(account.imap, key) for key in _SUB_KEYS["imap"]}
        table.add(
            "imap", {key: value for key, value in written.items() if key in always or value != getattr(bare, key)}
        )
    return table
