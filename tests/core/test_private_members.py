"""Where the program leans on what a library calls private: all of it is listed, still there, and pinned."""

from __future__ import annotations

import ast
import importlib
import inspect
import tomllib
from collections.abc import Iterator

import pytest
from each_row import each_row
from house_source import PROJECT, modules

USED = {
    "_buffer": ("aiosmtplib", "aiosmtplib.protocol:SMTPProtocol.__init__"),
    "_close_messages_no_wait": ("textual", "textual.app:App._close_messages_no_wait"),
    "_exception": ("textual", "textual.app:App.__init__"),
    "_scroll_update": ("textual", "textual.scroll_view:ScrollView._scroll_update"),
    "_theme": ("textual", "textual.widgets:TextArea._set_theme"),
    "_undefined_message": ("jinja2", "jinja2.runtime:Undefined._undefined_message"),
}
"""Each with the package that has it, and a function of that package that is it or sets it."""
OVERRIDDEN = {
    "_build_highlight_map": ("textual", "textual.widgets:TextArea._build_highlight_map"),
    "_compile": ("jinja2", "jinja2:Environment._compile"),
    "_fatal_error": ("textual", "textual.app:App._fatal_error"),
    "_on_key": ("textual", "textual.widgets:TextArea._on_key"),
    "_start_no_matches_countdown": ("textual", "textual.command:CommandPalette._start_no_matches_countdown"),
    "_trigger_server": ("aiosmtpd", "aiosmtpd.controller:BaseThreadedController._trigger_server"),
}
IMPORTED = {
    "DirEntry": ("textual", "textual.widgets._directory_tree"),
    "Font": ("pypdf", "pypdf.generic._font"),
    "RTL_CHARACTER_PATTERN": ("pypdf", "pypdf._text_extraction"),
    "get_display_str": ("pypdf", "pypdf._text_extraction"),
}
"""Each with the package that has it, and the private module that it is imported from."""
LIBRARIES = ("aiosmtpd", "aiosmtplib", "asyncio", "click", "email", "html", "jinja2", "textual")


def _own_names() -> set[str]:
    found = set[str]()
    for module in modules().values():
        for node in ast.walk(module):
            match node:
                case ast.FunctionDef(name=name) | ast.AsyncFunctionDef(name=name) | ast.ClassDef(name=name):
                    found.add(name)
                case ast.Attribute(attr=name, ctx=ast.Store()) | ast.Name(id=name, ctx=ast.Store()) | ast.arg(arg=name):
                    found.add(name)
    return found


def _private(name: str) -> bool:
    return name.startswith("_") and not name.startswith("__")


def _classes() -> Iterator[type]:
    for name in modules():
        if name.startswith("mailmerge.locale") or name == "mailmerge.__main__":
            continue
        for each in vars(importlib.import_module(name)).values():
            if inspect.isclass(each) and each.__module__ == name:
                yield each


def test_every_private_member_that_is_used_is_listed() -> None:
    own = _own_names()
    found = {
        node.attr
        for module in modules().values()
        for node in ast.walk(module)
        if isinstance(node, ast.Attribute) and _private(node.attr) and node.attr not in own
    }
    assert found == USED.keys()


def test_everything_that_is_imported_from_a_private_module_is_listed() -> None:
    found = {
        name.name: node.module
        for module in modules().values()
        for node in ast.walk(module)
        if isinstance(node, ast.ImportFrom) and node.module and not node.module.startswith("mailmerge")
        for name in node.names
        if any(map(_private, node.module.split(".")))
    }
    assert found == {name: module for name, (_package, module) in IMPORTED.items()}


def test_every_private_method_that_is_overridden_is_listed() -> None:
    found = {
        name
        for cls in _classes()
        for base in cls.__mro__[1:]
        if base.__module__.partition(".")[0] in LIBRARIES
        for name, member in vars(cls).items()
        if _private(name) and inspect.isfunction(member) and name in vars(base)
    }
    assert found == OVERRIDDEN.keys(), "a name of ours may have become one of theirs"


@each_row("name", [*USED, *OVERRIDDEN])
def test_a_private_member_is_still_there(name: str) -> None:
    _package, place = (USED | OVERRIDDEN)[name]
    module, _, path = place.partition(":")
    owner, _, function = path.partition(".")
    member = getattr(getattr(importlib.import_module(module), owner), function)
    member = member.fget if isinstance(member, property) else member
    assert callable(member)
    assert name == function or name in inspect.getsource(member)


@pytest.mark.parametrize("package", sorted({package for package, _ in (USED | OVERRIDDEN | IMPORTED).values()}))
def test_a_library_whose_private_members_are_used_has_an_upper_pin(package: str) -> None:
    required = tomllib.loads(PROJECT.read_text(encoding="utf-8"))["project"]["dependencies"]
    (line,) = [line for line in required if line.partition(">=")[0] == package]
    assert "<" in line, f"{line}: what is private may change at every release"
