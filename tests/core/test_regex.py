"""Regular expressions are compiled when they are first used, and every one of the house can be."""

import ast
import gc
import importlib
import pkgutil
import re
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

import mailmerge
from mailmerge.text.regex import Regex, regex

PATTERNS = ["a+", "(?P<year>\\d{4})-(\\d\\d)", "\\b[a-z]*", "", "é|è", ","]
CALLS = {
    "search": lambda pattern, text: _groups(pattern.search(text)),
    "match": lambda pattern, text: _groups(pattern.match(text)),
    "fullmatch": lambda pattern, text: _groups(pattern.fullmatch(text)),
    "finditer": lambda pattern, text: [found.span() for found in pattern.finditer(text)],
    "findall": lambda pattern, text: pattern.findall(text),
    "sub": lambda pattern, text: pattern.sub("<>", text),
    "subn": lambda pattern, text: pattern.subn("<>", text, 1),
    "split": lambda pattern, text: pattern.split(text),
    "pattern": lambda pattern, text: pattern.pattern,
    "flags": lambda pattern, text: pattern.flags,
    "groups": lambda pattern, text: (pattern.groups, dict(pattern.groupindex)),
}


def _groups(found):
    return found and (found.span(), found.groups(), found.groupdict())


def modules():
    """Every module of the program, imported."""
    found = pkgutil.walk_packages(mailmerge.__path__, "mailmerge.", onerror=lambda name: None)
    return [importlib.import_module(each.name) for each in found if not each.name.startswith("mailmerge.locale.")]


@given(st.sampled_from(PATTERNS), st.sampled_from([0, re.IGNORECASE, re.ASCII]), st.text("aé1-2, \n", max_size=12))
def test_a_late_pattern_answers_as_one_that_is_compiled_at_once(pattern, flags, text):
    for name, call in CALLS.items():
        late, at_once = regex(pattern, flags), re.compile(pattern, flags)
        assert call(late, text) == call(at_once, text), name
        assert call(late, text) == call(at_once, text), f"{name}, once more"


def test_bytes_are_searched_as_text_is():
    assert regex(rb"(\d+)").findall(b"1 22") == re.compile(rb"(\d+)").findall(b"1 22")


def test_every_pattern_of_the_program_compiles():
    modules()
    gc.unfreeze()  # a command run in this process has put what there was out of sight
    late = [each for each in gc.get_objects() if type(each) is Regex and each.pattern not in PATTERNS]
    assert len(late) > 500
    for each in late:
        assert each.compiled.pattern == each.pattern


def test_no_module_compiles_a_pattern_while_it_is_imported():
    at_once = [
        f"{path.name}:{node.lineno}"
        for path in Path(mailmerge.__path__[0]).rglob("*.py")
        for node in _run_at_import(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call) and ast.unparse(node.func) == "re.compile"
    ]
    assert not at_once, "regex() of mailmerge/text/regex.py compiles at the first use"


def _run_at_import(node):
    """What is run when a module is imported: everything but the bodies of functions."""
    yield node
    for child in ast.iter_child_nodes(node):
        if not isinstance(child, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda):
            yield from _run_at_import(child)
