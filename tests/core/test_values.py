"""A value is a frozen Struct; a dataclass is what is filled in while it is made. No type checker sees a mix."""

from __future__ import annotations

import ast
import dataclasses
import gc

import msgspec
import pytest
from house_source import nodes
from test_regex import modules

from mailmerge.drafts.draft import Picture
from mailmerge.incident.mail import MailFile
from mailmerge.model import Stamp
from mailmerge.model.reticent import Reticent
from mailmerge.outbox.key import Key


def _ours(kind):
    return str(kind.__module__).startswith("mailmerge.")


def test_no_dataclass_is_frozen():
    decorators = [each for _, node in nodes(ast.ClassDef) for each in node.decorator_list]
    assert len(decorators) > 10
    frozen = [
        f"{module}.{node.name}"
        for module, node in nodes(ast.ClassDef)
        for each in node.decorator_list
        if isinstance(each, ast.Call) and any(keyword.arg == "frozen" for keyword in each.keywords)
    ]
    assert not frozen, "a value is `class Name(Struct, frozen=True)`"


def test_no_default_is_of_another_library():
    modules()
    gc.unfreeze()
    kinds = [each for each in gc.get_objects() if isinstance(each, type) and _ours(each)]
    structs = [each for each in kinds if issubclass(each, msgspec.Struct)]
    others = [each for each in kinds if dataclasses.is_dataclass(each)]
    assert len(structs) > 200
    assert len(others) > 15
    mixed = [
        kind.__qualname__ for kind in structs for each in kind.__struct_defaults__ if type(each) is dataclasses.Field
    ]
    factory = type(msgspec.field(default_factory=dict))
    mixed += [
        kind.__qualname__ for kind in others for each in dataclasses.fields(kind) if isinstance(each.default, factory)
    ]
    assert not mixed


def test_no_struct_is_made_a_dataclass():
    modules()
    gc.unfreeze()
    kinds = [each for each in gc.get_objects() if isinstance(each, type) and issubclass(each, msgspec.Struct)]
    assert not [each.__qualname__ for each in kinds if _ours(each) and "__dataclass_fields__" in vars(each)]


@pytest.mark.parametrize("kind", [Stamp, Key, MailFile, Picture])
def test_what_holds_a_secret_or_a_letter_shows_no_field_of_it(kind):
    assert issubclass(kind, Reticent)
    held = {each.name: f"canary-{each.name}" for each in msgspec.structs.fields(kind)}
    assert repr(kind(**held)) == f"{kind.__name__}(...)"
