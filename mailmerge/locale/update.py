"""Bring the catalogues up to date: ``uv run python -m mailmerge.locale.update``.

Texts are found where they are marked (``_``, ``N_``, ``ngettext``, ``pgettext``, ``plural``), in the ``--help`` of
every command, and in Click, whose own words are translated here too. A text that has changed keeps its translation as
"fuzzy" until somebody has read it; the tests accept none.
"""

from __future__ import annotations

from collections.abc import Iterator
from inspect import cleandoc
from pathlib import Path

import click
from babel.messages.catalog import Catalog
from babel.messages.extract import DEFAULT_KEYWORDS, extract_from_dir
from babel.messages.pofile import read_po, write_po

from mailmerge.cli.app import COMMANDS, commands, load
from mailmerge.i18n import DOMAIN, LOCALE

_KEYWORDS = {
    **{name: DEFAULT_KEYWORDS[name] for name in ("_", "N_", "ngettext", "pgettext")},
    "plural": (2, 3),
}
_WIDTH = 120


def texts() -> Catalog:
    """Every text that can be translated, and where it stands."""
    catalogue = Catalog(project=DOMAIN, charset="utf-8")
    for root in (LOCALE.parent, Path(click.__file__).parent):
        here = root.parent if root == LOCALE.parent else root
        for name, _, message, _, context in extract_from_dir(root, [("**.py", "python")], keywords=_KEYWORDS):
            place = (root / name).relative_to(here).as_posix()
            catalogue.add(message, locations=[(place, None)], context=context)  # type: ignore[list-item]
    for place, text in _help():
        catalogue.add(text, locations=[(place, None)])  # type: ignore[list-item]
    return catalogue


def _help() -> Iterator[tuple[str, str]]:
    """What ``--help`` says, command by command."""
    waiting = [("mailmerge", commands), *((name, load(target)) for name, target in COMMANDS.items())]
    for name, command in waiting:
        if command.help:
            yield name, cleandoc(command.help)
        for parameter in command.params:
            if isinstance(parameter, click.Option) and parameter.help:
                yield name, parameter.help
        if isinstance(command, click.Group) and command is not commands:
            waiting.extend((f"{name} {sub}", each) for sub, each in command.commands.items())


def update(path: Path, template: Catalog) -> None:
    """Bring the catalogue of one language up to date."""
    with path.open("rb") as file:
        catalogue = read_po(file, locale=path.parent.parent.name, domain=DOMAIN)
    catalogue.update(template)
    with path.open("wb") as file:
        write_po(file, catalogue, width=_WIDTH, ignore_obsolete=True, include_lineno=False)


if __name__ == "__main__":
    found = texts()
    for each in sorted(LOCALE.glob(f"*/LC_MESSAGES/{DOMAIN}.po")):
        update(each, found)
