"""Whatever a rule about the letter can say, one of its cases has it say."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Iterator

from rule_cases import case_files, found

from mailmerge.lint.rules import tpl
from mailmerge.lint.sentence import Sentence


def _sentences(value: object) -> Iterator[Sentence]:
    if isinstance(value, Sentence):
        yield value
    elif isinstance(value, dict):
        yield from _sentences(list(value.values()))
    elif isinstance(value, tuple | list | frozenset):
        for each in value:
            yield from _sentences(each)


def test_each_sentence_is_said_for_one_or_for_many_by_some_case() -> None:
    modules = [importlib.import_module(f"{tpl.__name__}.{name.name}") for name in pkgutil.iter_modules(tpl.__path__)]
    known = {sentence.id: sentence for module in modules for sentence in _sentences(list(vars(module).values()))}
    said = {
        (finding.says.id, finding.together)
        for code, module in case_files().items()
        if code.startswith("TPL")
        for campaign, _expected in module.FAILS.values()
        for finding in found(campaign(), code)
    }
    assert set(known) == {name for name, _together in said}
    assert {name for name, sentence in known.items() if sentence.many} <= {name for name, together in said if together}
