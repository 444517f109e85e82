"""Values are dataclasses or Structs, and each takes its defaults from its own library: no type checker sees a mix."""

import dataclasses
import gc

import msgspec
from test_regex import modules


def _ours(kind):
    return str(kind.__module__).startswith("mailmerge.")


def test_no_default_is_of_another_library():
    modules()
    gc.unfreeze()
    kinds = [each for each in gc.get_objects() if isinstance(each, type) and _ours(each)]
    structs = [each for each in kinds if issubclass(each, msgspec.Struct)]
    others = [each for each in kinds if dataclasses.is_dataclass(each)]
    assert len(structs) > 100
    assert len(others) > 50
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
